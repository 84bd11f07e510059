"""The errors a user can cause, each a sentence that says what was expected, what was found and what to do."""

from __future__ import annotations


class ParaderoError(Exception):
    """Something the user can mend: shown as one sentence without a stack trace, exit code 1.

    Write it as: what was expected, where (file, sheet, row, column), what was found, what to do next.
    """


class SourceError(ParaderoError):
    """A source file cannot be read as what it claims to be; nothing of it was stored."""


class CasefileError(ParaderoError):
    """The casefile folder is missing, locked, damaged or changed behind paradero's back."""


class UnknownName(ParaderoError):
    """A table, definition, rule or id that does not exist; the message suggests near ones."""
