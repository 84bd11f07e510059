"""The errors a user can cause, told by one pattern: where, what happened, what to do."""

from __future__ import annotations


class ParaderoError(Exception):
    """Something the user can mend: shown as one sentence without a stack trace, exit code 1.

    Write it as "Where: what happened. What to do.": file and line (or sheet, row, column) first, the value in
    backticks, one step that works, about 30 words. `tests/contract/test_messages.py` holds the pattern.

    >>> str(ParaderoError("costs/a.toml line 9: `first` (2024-12) is after `last` (2024-01). Swap them."))
    'costs/a.toml line 9: `first` (2024-12) is after `last` (2024-01). Swap them.'
    """


class SourceError(ParaderoError):
    """A source file cannot be read as what it claims to be; nothing of it was stored."""


class CasefileError(ParaderoError):
    """The casefile folder is missing, locked, damaged or changed behind paradero's back."""


class UnknownName(ParaderoError):
    """A table, definition, rule or id that does not exist; the message suggests near ones."""
