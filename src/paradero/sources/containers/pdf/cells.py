"""A row as it is read from a page, and the text of a cell from its lines: what cannot be told for certain is
marked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from paradero.sources.missing import UNCLEAR

Doubt = Literal["crossing", "short", "goes_on", "merged", "broken", "undrawn", "raised", "unlike"]

WORDS: dict[Doubt, str] = {
    "crossing": "text within the edges of its column",
    "short": "as many cells as the table has columns, or lines drawn between its rows",
    "goes_on": "a row of its own; the next line may belong to it",
    "merged": "one cell a column; a cell reaches over several",
    "broken": "whole words; one may be broken at the end of a line",
    "undrawn": "letters that have a code; some can only be seen",
    "raised": "a figure; raised ones may be part of it or a footnote",
    "unlike": "text where the column has it; it stands elsewhere",
}

LETTER_MORE = 1.6  # times the mean letter: a line with less room than that may be full

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
# raised and yet perhaps part of the figure: powers of ten and two, and cents beside a sum
_PART = re.compile(rf"(?<![\d.,])(?:10|2)[{_RAISED}]|[$€£₡] ?[\d,]+[{_RAISED}]{{2}}(?![{_RAISED}])")
_MARK = re.compile(rf" ?[{_RAISED}]+(?:[, ]?[{_RAISED}]+)*")
_DAY = re.compile(r"(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d{2}-\d{2}),?")
_CLOCK = re.compile(r"\d{1,2}:\d{2}")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its cells, the page that it stands on, and why it is in doubt, where it is."""

    cells: tuple[str | None, ...]
    page: int
    doubts: frozenset[Doubt] = frozenset()

    @property
    def n_filled(self) -> int:
        return sum(1 for cell in self.cells if cell)


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands of a cell on one line: its text, and whether the line is full to the edge of the cell."""

    text: str
    full: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of a cell, None where nothing stands in it, and what is in doubt of it."""

    text: str | None
    doubts: frozenset[Doubt] = frozenset()


def cell_of(pieces: Sequence[Piece]) -> Cell:
    """The cell from its lines, from the top. A word that may be broken at a line's end and letters without a
    code make it unclear.
    """
    text, doubts = "", set[Doubt]()
    before: Piece | None = None
    for piece in pieces:
        if before is None:
            text = piece.text
        else:
            joint = _joint(before, piece)
            if joint is None:
                doubts.add("broken")
            text += f"{joint or ''}{piece.text}"
        before = piece
    if "\ufffd" in text:
        doubts.add("undrawn")
    if _PART.search(text):
        doubts.add("raised")
    if doubts:
        return Cell(UNCLEAR, frozenset(doubts))
    return Cell(_MARK.sub("", text).strip() or None)


def _joint(before: Piece, after: Piece) -> str | None:
    """What stands between two lines of a cell: a blank, or nothing after a hyphen among figures; None where
    the line may end within a word.
    """
    first, last = after.text[:1], before.text[-1:]
    if last == "-" and before.text[-2:-1] not in ("", " "):
        return "" if before.text[-2].isdigit() and first.isdigit() else None
    is_moment = _DAY.fullmatch(before.text) and _CLOCK.match(after.text)
    if before.full and " " not in before.text and last.isalnum() and first.isalnum() and not is_moment:
        return None
    return " "
