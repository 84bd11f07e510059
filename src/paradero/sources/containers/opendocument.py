"""Read the sheets of an OpenDocument workbook (LibreOffice, Google Sheets) cell by cell, in the form that
other workbooks are read in.

Rows and cells may be written once and said to be repeated, up to the last corner of a sheet: repeats of
nothing at the end of a row or sheet are left out, others are laid out as far as a table reaches.
"""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from xml.etree import ElementTree

from paradero.model.errors import SourceError
from paradero.sources.containers.markup import Rows

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_CELLS = (_TABLE + "table-cell", _TABLE + "covered-table-cell")
_MOST_COLUMNS = 1024
_MOST_ROWS = 1_048_576
_MOST_REPEATED = 2_000_000  # cells that repeats may add to a sheet
_TIMES = re.compile(r"P(?:([0-9]+)D)?T([0-9]+)H([0-9]+)M([0-9]+)(?:[.,][0-9]+)?S")
_ERROR = re.compile(r"#[A-Z0-9/]+[!?]?|Err:[0-9]+")


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


def opendocument(path: Path, name: str) -> dict[str, Sheet]:
    """Each sheet by name, in order. Raises SourceError where a cell lies beyond any table, or repeats fill a
    sheet; ElementTree.ParseError or zipfile.BadZipFile where the file is damaged.
    """
    with zipfile.ZipFile(path) as archive, archive.open("content.xml") as stream:
        return dict(_tables(stream, name))


def _tables(stream: IO[bytes], name: str) -> Iterator[tuple[str, Sheet]]:
    hidden_styles: set[str] = set()
    within, sheet, empty = 0, Sheet(), 0
    # expat refuses entity bombs by itself since 2.4
    for event, element in ElementTree.iterparse(stream, events=("start", "end")):  # noqa: S314
        if element.tag == _STYLE + "style" and event == "end":
            shown = element.find(f"{_STYLE}table-properties")
            if shown is not None and shown.get(_TABLE + "display") == "false":
                hidden_styles.add(element.get(_STYLE + "name", ""))
        elif element.tag == _TABLE + "table" and event == "start":
            within += 1
            if within == 1:
                sheet, empty = Sheet(hidden=element.get(_TABLE + "style-name") in hidden_styles), 0
        elif element.tag == _TABLE + "table-row" and event == "end" and within == 1:
            times = _times(element, "rows")
            row = _row(element, name)
            sheet.hidden_rows += times * (
                element.get(_TABLE + "visibility") in ("collapse", "filter") and bool(row)
            )
            if row:
                _lay_out(sheet, [[]] * empty + [row] * times, name)
                empty = 0
            else:
                empty += times
            element.clear()
        elif element.tag == _TABLE + "table" and event == "end":
            within -= 1
            if within == 0:
                yield element.get(_TABLE + "name", ""), sheet
                element.clear()


def _lay_out(sheet: Sheet, rows: Rows, name: str) -> None:
    """Append rows to a sheet, within bounds."""
    sheet.added += sum(map(len, rows[1:]))
    if len(sheet.rows) + len(rows) > _MOST_ROWS:
        raise SourceError(
            f"{name}: a cell in row {len(sheet.rows) + len(rows):,}, beyond any sheet. Save a copy as .xlsx"
            " and add that."
        )
    if sheet.added > _MOST_REPEATED:
        raise SourceError(
            f"{name}: repeated rows fill the sheet with more than {_MOST_REPEATED:,} cells. Save a copy as"
            " .csv and add that."
        )
    sheet.rows += rows


def _row(element: ElementTree.Element, name: str) -> list[str | None]:
    """The cells of a row up to its last one with content."""
    cells: list[str | None] = []
    empty = 0
    for cell in element:
        if cell.tag not in _CELLS:
            continue
        times, text = _times(cell, "columns"), _text(cell)
        if text is None:
            empty += times
            continue
        if len(cells) + empty + times > _MOST_COLUMNS:
            raise SourceError(
                f"{name}: a cell in column {len(cells) + empty + times:,}, beyond any table. Save a copy as"
                " .xlsx and add that."
            )
        cells += [None] * empty + [text] * times
        empty = 0
    return cells


def _times(element: ElementTree.Element, what: str) -> int:
    text = element.get(f"{_TABLE}number-{what}-repeated", "1")
    return int(text) if text.isdigit() and len(text) < 10 else _MOST_ROWS + 1


def _text(cell: ElementTree.Element) -> str | None:
    """The text of a cell as other workbooks give it: whole numbers without a fraction, dates with a blank
    between day and clock, durations as a clock, errors as they are shown.
    """
    kind = cell.get(_OFFICE + "value-type")
    shown = "\n".join(_paragraph(each) for each in cell.iterfind(_TEXT + "p"))
    if _ERROR.fullmatch(shown):
        return shown
    if kind == "date":
        return _moment(cell.get(_OFFICE + "date-value", shown)) or None
    if kind == "boolean":
        return cell.get(_OFFICE + "boolean-value") or shown or None
    if kind == "time":
        found = _TIMES.fullmatch(cell.get(_OFFICE + "time-value", ""))
        days, hours, minutes, seconds = (int(part or 0) for part in found.groups()) if found else (0, 0, 0, 0)
        return f"{24 * days + hours:02}:{minutes:02}:{seconds:02}" if found else shown or None
    if kind in ("float", "currency", "percentage"):
        return _number(cell.get(_OFFICE + "value", shown)) or None
    return (shown or cell.get(_OFFICE + "string-value") or None) if kind or shown else None


def _paragraph(element: ElementTree.Element) -> str:
    """The text of a paragraph; runs of blanks, tabs and breaks are elements of their own."""
    parts = [element.text or ""]
    for child in element:
        if child.tag == _TEXT + "s":
            parts.append(" " * min(int(child.get(_TEXT + "c", "1")), _MOST_COLUMNS))
        elif child.tag in (_TEXT + "tab", _TEXT + "line-break"):
            parts.append("\t" if child.tag.endswith("tab") else "\n")
        elif child.tag != _OFFICE + "annotation":
            parts.append(_paragraph(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _moment(text: str) -> str:
    """A day or moment of ISO 8601 as other workbooks give it: with its clock, to the nearest second."""
    try:
        found = dt.datetime.fromisoformat(text)
        rounded = (found + dt.timedelta(microseconds=500_000)).replace(microsecond=0)
    except (ValueError, OverflowError):
        return text
    return rounded.isoformat(sep=" ")


def _number(text: str) -> str:
    return text.partition(".")[0] if re.fullmatch(r"-?[0-9]{1,15}\.0+", text) else text
