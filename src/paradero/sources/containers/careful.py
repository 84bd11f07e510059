"""Read a worksheet cell by cell in bounded memory: slower than fastexcel, and safe against cells in far
corners.

Gives the same text as fastexcel for ordinary cells: whole numbers without a fraction, dates as `YYYY-MM-DD
HH:MM:SS`, booleans as true and false; error values as they are written (#N/A), formulas that were never
calculated with their text.
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

import pyarrow as pa

from paradero.sources.containers.parts import (
    BEYOND,
    MAIN,
    column_letters,
    column_number,
    is_1904,
    sheet_parts,
    with_exponent,
)
from paradero.sources.missing import uncalculated

_REFERENCE = re.compile(r"([A-Z]{1,12})([0-9]{1,12})")
_BUILT_IN_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_GAP = 1000  # a cell this many empty rows below the last filled row is a stray
_CHUNK = 20_000

Stray = tuple[int, str, str]


@dataclass(slots=True)
class Dense:
    """The dense part of a sheet as it grows: rows are kept as Arrow chunks, so that a million of them fit."""

    rows: int = 0
    chunks: list[dict[int, pa.Array]] = field(default_factory=list)
    lengths: list[int] = field(default_factory=list)
    filled: dict[int, int] = field(default_factory=dict)
    waiting: list[dict[int, str]] = field(default_factory=list)

    def add(self, cells: dict[int, str]) -> None:
        """Append one row."""
        self.rows += 1
        self.waiting.append(cells)
        for column in cells:
            self.filled[column] = self.filled.get(column, 0) + 1
        if len(self.waiting) == _CHUNK:
            self.settle()

    def settle(self) -> None:
        """Turn the waiting rows into a chunk."""
        columns = {column for row in self.waiting for column in row}
        self.chunks.append(
            {column: pa.array([row.get(column) for row in self.waiting], pa.string()) for column in columns}
        )
        self.lengths.append(len(self.waiting))
        self.waiting = []

    def width(self) -> int:
        """The right end of the widest run that at least two rows fill; single cells beyond it are strays."""
        return max(
            (column for column, times in self.filled.items() if times > 1),
            default=max(self.filled, default=0),
        )

    def table(self) -> pa.Table:
        """All rows, to the width, as text columns c0, c1, …"""
        parts = list(zip(self.chunks, self.lengths, strict=True))
        arrays = [
            pa.chunked_array(
                [chunk.get(column, pa.nulls(length, pa.string())) for chunk, length in parts], pa.string()
            )
            for column in range(1, self.width() + 1)
        ]
        return pa.table(arrays, names=[f"c{position}" for position in range(len(arrays))])

    def beyond(self) -> list[Stray]:
        """The cells to the right of the width."""
        width, strays, first = self.width(), [], 1
        for chunk, length in zip(self.chunks, self.lengths, strict=True):
            for column in sorted(column for column in chunk if column > width):
                strays += [
                    (first + place, column_letters(column), text)
                    for place, text in enumerate(chunk[column].to_pylist())
                    if text is not None
                ]
            first += length
        return strays


def read_carefully(
    path: Path, sheet: str, *, most_columns: int, rows: int | None = None
) -> tuple[pa.Table, tuple[Stray, ...]]:
    """A sheet's dense part as a table of text, and the cells too far to the right or below to belong to it,
    by address.
    """
    dense, far = Dense(), []
    with zipfile.ZipFile(path) as archive:
        strings, dates = _shared_strings(archive), _date_styles(archive)
        epoch = dt.datetime(1904, 1, 1) if is_1904(archive) else dt.datetime(1899, 12, 30)
        part = next(part.path for part in sheet_parts(archive) if part.name == sheet)
        with archive.open(part) as stream:
            for row, cells in _rows(stream):
                texts = {
                    column: text
                    for column, cell in cells
                    if (text := _text(cell, strings, dates, epoch)) is not None
                }
                if row > dense.rows + _GAP:
                    far += [(row, column_letters(column), text) for column, text in texts.items()]
                    continue
                if rows is not None and row > rows:
                    break
                for _ in range(row - dense.rows - 1):
                    dense.add({})
                far += [
                    (row, column_letters(column), text)
                    for column, text in texts.items()
                    if column > most_columns
                ]
                dense.add({column: text for column, text in texts.items() if column <= most_columns})
    dense.settle()
    return dense.table(), tuple(sorted(far + dense.beyond()))


def _rows(stream: IO[bytes]) -> Iterator[tuple[int, list[tuple[int, ElementTree.Element]]]]:
    row_number = 0
    events = ElementTree.iterparse(stream, events=("start", "end"))
    _, root = next(events)
    parent = root
    for event, element in events:
        if event == "start":
            parent = element if element.tag == MAIN + "sheetData" else parent
            continue
        if element.tag != MAIN + "row":
            continue
        row_number = int(element.attrib.get("r", row_number + 1))
        cells, column = [], 0
        for cell in element.iterfind(MAIN + "c"):
            found = _REFERENCE.fullmatch(cell.attrib.get("r", ""))
            column = column_number(found.group(1)) if found else column + 1
            cells.append((column, cell))
        yield row_number, cells
        parent.clear()


def _text(cell: ElementTree.Element, strings: list[str], dates: set[int], epoch: dt.datetime) -> str | None:
    kind = cell.attrib.get("t", "n")
    if kind == "inlineStr":
        return "".join(part.text or "" for part in cell.iter(MAIN + "t")) or None
    value = cell.findtext(MAIN + "v")
    if not value:
        formula = cell.find(MAIN + "f")
        return uncalculated(formula.text) if formula is not None and kind != "str" else None
    if kind != "n":
        return _worded(kind, value, strings)
    if int(cell.attrib.get("s", "0")) in dates:
        leap = (
            1 if epoch.year == 1899 and float(value) < 60 else 0
        )  # Excel believes that 1900 had a 29 February
        moment = epoch + dt.timedelta(days=leap, milliseconds=round(float(value) * 86_400_000))
        return moment.isoformat(sep=" ", timespec="milliseconds" if moment.microsecond else "seconds")
    number = float(value)
    if abs(number) >= BEYOND:
        return with_exponent(value)
    return (
        str(int(number)) if number.is_integer() else f"{number:.9f}".rstrip("0").rstrip(".")
    )  # fastexcel rounds there too


def _worded(kind: str, value: str, strings: list[str]) -> str:
    if kind == "s":
        return strings[int(value)]
    if kind == "b":
        return "true" if value == "1" else "false"
    return value.replace("T", " ") if kind == "d" else value


def _shared_strings(archive: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    strings = []
    with archive.open("xl/sharedStrings.xml") as stream:
        events = ElementTree.iterparse(stream, events=("start", "end"))
        _, root = next(events)
        for event, element in events:
            if event == "end" and element.tag == MAIN + "si":
                phonetic = {
                    id(part) for reading in element.iter(MAIN + "rPh") for part in reading.iter(MAIN + "t")
                }
                strings.append(
                    "".join(part.text or "" for part in element.iter(MAIN + "t") if id(part) not in phonetic)
                )
                root.clear()
    return strings


def _date_styles(archive: zipfile.ZipFile) -> set[int]:
    if "xl/styles.xml" not in archive.namelist():
        return set()
    styles = ElementTree.fromstring(archive.read("xl/styles.xml"))
    custom = {
        int(form.attrib["numFmtId"])
        for form in styles.iter(MAIN + "numFmt")
        if re.search(r"[ymdhs]", _QUOTED.sub("", form.attrib["formatCode"].lower()))
    }
    cell_formats = styles.find(MAIN + "cellXfs")
    if cell_formats is None:
        return set()
    return {
        number
        for number, form in enumerate(cell_formats)
        if int(form.attrib.get("numFmtId", "0")) in _BUILT_IN_DATES | custom
    }
