"""A sheet as it is read from markup: OpenDocument, SpreadsheetML, HTML, dockets of courts."""

from __future__ import annotations

from dataclasses import dataclass, field

Rows = list[list[str | None]]


@dataclass(slots=True)
class Sheet:
    """A sheet as it is read: its rows, whether it is hidden, how many of its rows are, and what is to be
    said of it.
    """

    rows: Rows = field(default_factory=list)
    hidden: bool = False
    hidden_rows: int = 0
    added: int = 0
    remark: str | None = None
