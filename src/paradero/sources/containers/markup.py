"""Read tables that are saved as markup under the name of a workbook: SpreadsheetML (Excel 2003 XML), and HTML
tables as reporting programs write them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import IO
from xml.etree import ElementTree

from paradero.model.errors import SourceError
from paradero.sources.containers.marked_up import Rows
from paradero.sources.containers.texts.encodings import decoded

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_X = "{urn:schemas-microsoft-com:office:excel}"
_MOST_COLUMNS = 1024
_MOST_ROWS = 1_048_576
_BLANKS = re.compile(r"[ \t\r\n]+")


def spreadsheetml(path: Path, name: str) -> dict[str, tuple[Rows, bool]]:
    """Each worksheet by name: its rows, and whether it is hidden. Raises SourceError where a cell lies beyond
    any sheet.
    """
    sheets: dict[str, tuple[Rows, bool]] = {}
    with path.open("rb") as stream:
        for sheet, rows, hidden in _worksheets(stream, name):
            sheets[sheet] = (rows, hidden)
    return sheets


def _worksheets(stream: IO[bytes], name: str) -> Iterator[tuple[str, Rows, bool]]:
    rows: Rows = []
    # expat refuses entity bombs by itself since 2.4
    for event, element in ElementTree.iterparse(stream, events=("start", "end")):  # noqa: S314
        if event == "start" and element.tag == _SS + "Worksheet":
            rows = []
        elif event == "end" and element.tag == _SS + "Row":
            row = int(element.get(_SS + "Index", len(rows) + 1))
            if row > _MOST_ROWS:
                raise SourceError(
                    f"{name}: a cell in row {row:,}, beyond any sheet. Save a copy as .xlsx and add that."
                )
            rows += [[] for _ in range(row - len(rows) - 1)]
            rows.append(_row(element, name))
            element.clear()
        elif event == "end" and element.tag == _SS + "Worksheet":
            visible = element.find(f"{_X}WorksheetOptions/{_X}Visible")
            yield (
                element.get(_SS + "Name", ""),
                rows,
                visible is not None and (visible.text or "") != "SheetVisible",
            )
            element.clear()


def _row(element: ElementTree.Element, name: str) -> list[str | None]:
    cells: list[str | None] = []
    for cell in element.iterfind(_SS + "Cell"):
        column = int(cell.get(_SS + "Index", len(cells) + 1))
        if column > _MOST_COLUMNS:
            raise SourceError(
                f"{name}: a cell in column {column:,}, beyond any table. Save a copy as .xlsx and add that."
            )
        cells += [None] * (column - len(cells) - 1)
        found = cell.find(_SS + "Data")
        cells.append(
            None if found is None else _typed("".join(found.itertext()), found.get(_SS + "Type", "String"))
        )
        cells += [None] * min(int(cell.get(_SS + "MergeAcross", 0)), _MOST_COLUMNS)
        if len(cells) > 2 * _MOST_COLUMNS:
            raise SourceError(
                f"{name}: a row of more than {2 * _MOST_COLUMNS:,} cells, beyond any table. Save a copy as"
                " .xlsx and add that."
            )
    return cells


def _typed(text: str, kind: str) -> str | None:
    """The text of a cell as other workbooks give it."""
    if kind == "DateTime":
        return re.sub(r"\.0+$", "", text.replace("T", " "))
    if kind == "Boolean":
        return "true" if text == "1" else "false"
    if kind == "Number" and re.fullmatch(r"-?[0-9]{1,15}\.0+", text):
        return text.partition(".")[0]
    return text or None


class _Tables(HTMLParser):
    """Gathers the outermost tables of a page; a table within a cell is that cell's text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[Rows] = []
        self.depth = 0
        self.cell: list[str] | None = None
        self.span = (1, 1)
        self.below: dict[int, int] = {}  # column: rows that a cell above still reaches down to

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.depth += 1
            if self.depth == 1:
                self.tables.append([])
                self.below = {}
        elif self.depth == 1 and tag == "tr":
            self._close()
            self.tables[-1].append([])
        elif self.depth == 1 and tag in ("td", "th") and self.tables:
            self._close()
            if not self.tables[-1]:
                self.tables[-1].append([])
            given = dict(attrs)
            self.cell, self.span = [], (_number(given.get("colspan")), _number(given.get("rowspan")))
        elif tag == "br" and self.cell is not None:
            self.cell.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag == "table" and self.depth:
            self._close()
            self.depth -= 1
        elif self.depth == 1 and tag in ("td", "th", "tr"):
            self._close()

    def handle_data(self, data: str) -> None:
        if self.cell is not None:
            self.cell.append(data)

    def _close(self) -> None:
        """Put the cell that is open in its place: behind those of its row, past those that reach down from
        above.
        """
        if self.cell is None or self.depth != 1:
            return
        row = self.tables[-1][-1]
        while self.below.get(len(row), 0) > 0:
            self.below[len(row)] -= 1
            row.append(None)
        across, down = self.span
        text = _BLANKS.sub(" ", "".join(self.cell)).strip()
        for place in range(min(across, _MOST_COLUMNS - len(row))):
            if down > 1:
                self.below[len(row)] = down - 1
            row.append(text or None if place == 0 else None)
        self.cell = None


def _number(text: str | None) -> int:
    return min(int(text), _MOST_COLUMNS) if text and text.strip().isdigit() and int(text) > 0 else 1


def html_tables(path: Path, name: str) -> dict[str, tuple[Rows, bool]]:
    """Each outermost table of a page that has rows, as `table 1`, `table 2`, …; raises SourceError where
    there is none.
    """
    parser = _Tables()
    parser.feed(decoded(path.read_bytes()).content)
    parser.close()
    found = [rows for rows in parser.tables if any(rows)]
    if not found:
        raise SourceError(
            f"{name}: this is a web page without a table, saved under this name. The download failed, or"
            " wants a login; fetch it again."
        )
    return {f"table {number}": (rows, False) for number, rows in enumerate(found, start=1)}
