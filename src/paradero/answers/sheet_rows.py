"""Rows of an original side by side, in the columns of their sheet, as received."""

from __future__ import annotations

import re
from typing import Literal

from paradero.answers.original import is_kept_in, source_taken_in
from paradero.building.ingested import ingested_folder
from paradero.casefile.folder import Casefile
from paradero.casefile.originals import original_path
from paradero.model.answer import Answer
from paradero.sources.held import REDACTED
from paradero.sources.originals import HIDDEN
from paradero.sources.sheet_rows import sheet_part

CellState = Literal["value", "blank", "withheld", "withheld by paradero", "hidden"]

_REDACTED = re.compile(REDACTED)
_WITHHELD_HERE = "[withheld by paradero: "


class SheetCell(Answer, frozen=True, kw_only=True):
    """A cell as printed, and what it is: withheld by who released it (an exemption mark) or by paradero,
    hidden as a direct identifier, blank.
    """

    text: str
    state: CellState


class SheetColumn(Answer, frozen=True, kw_only=True):
    """A column of a sheet: its letter there, its header, the name that tells it from others."""

    letter: str
    header: str | None
    name: str


class SheetLine(Answer, frozen=True, kw_only=True):
    """A row with its number in the sheet."""

    row: int
    cells: list[SheetCell]


class SheetRows(Answer, frozen=True, kw_only=True):
    """Rows of a sheet of a source in its columns. `kept_in` are the letters of columns that hold direct
    identifiers and were kept all the same (`add --keep`): they are shown nowhere. `header_row` is None where
    the file itself names its columns.
    """

    source: str
    file_name: str
    sha256: str
    sheet: str
    header_row: int | None
    last_row: int
    kept_in: list[str]
    columns: list[SheetColumn]
    rows: list[SheetLine]


def sheet_rows(case: Casefile, name: str, sheet: str, first: int, last: int) -> SheetRows:
    """The rows `first` to `last` of a sheet of the source of that short id, those that there are. Raises
    UnknownName or SourceError where there is no such source or sheet.
    """
    source = source_taken_in(case, name)
    part = sheet_part(original_path(case, source), ingested_folder(case, source), sheet, first, last)
    is_kept = [is_kept_in(source, each) for each in part.names]
    letters = [_letters(place) for place in range(len(part.names))]
    shown = [place for place, kept in enumerate(is_kept) if not kept]
    return SheetRows(
        source=source.source,
        file_name=source.file_name,
        sha256=source.sha256,
        sheet=sheet,
        header_row=part.header_row,
        last_row=part.last_row,
        kept_in=[letters[place] for place, kept in enumerate(is_kept) if kept],
        columns=[
            SheetColumn(letter=letters[place], header=part.headers[place], name=part.names[place])
            for place in shown
        ],
        rows=[
            SheetLine(row=row, cells=[_cell(cells[place]) for place in shown])
            for row, cells in sorted(part.rows.items())
        ],
    )


def _cell(text: str | None) -> SheetCell:
    if text is None or not text.strip():
        return SheetCell(text=text or "", state="blank")
    if text == HIDDEN:
        return SheetCell(text="", state="hidden")
    if text.startswith(_WITHHELD_HERE):
        return SheetCell(text=text, state="withheld by paradero")
    return SheetCell(text=text, state="withheld" if _REDACTED.match(text.strip()) else "value")


def _letters(place: int) -> str:
    """The letters of a column as a spreadsheet has them, from 0: A, Z, AA."""
    text = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        text = chr(ord("A") + rest) + text
    return text
