"""The files of a release, and the list of what was planted."""
