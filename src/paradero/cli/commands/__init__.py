"""The commands, a group a module."""
