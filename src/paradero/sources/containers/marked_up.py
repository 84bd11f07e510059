"""A sheet as it is read from markup: OpenDocument, SpreadsheetML, HTML, dockets of courts, tables in PDFs."""

from __future__ import annotations

from dataclasses import dataclass, field

Rows = list[list[str | None]]


@dataclass(slots=True)
class Sheet:
    """A sheet as it is read: its rows, whether it is hidden, how many of its rows are, and what is to be
    said of it. `origins` are the page and the place there of each row, of a table in pages; `doubted` are its
    rows (from 1) whose cells cannot be told apart for certain, with what was expected of them.
    """

    rows: Rows = field(default_factory=list)
    hidden: bool = False
    hidden_rows: int = 0
    added: int = 0
    remark: str | None = None
    origins: list[tuple[str, int]] = field(default_factory=list)
    doubted: tuple[tuple[int, str], ...] = ()
