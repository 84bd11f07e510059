"""The tables of a release, column by column."""
