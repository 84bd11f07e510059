"""Read a worksheet cell by cell in bounded memory: slower than fastexcel, and safe against cells in far corners.

Gives the same text as fastexcel for ordinary cells: whole numbers without a fraction, dates as
`YYYY-MM-DD HH:MM:SS`, booleans as true and false, error values as null.
"""

from __future__ import annotations

import datetime as dt
import posixpath
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pyarrow as pa

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_REFERENCE = re.compile(r"([A-Z]+)([0-9]+)")
_BUILT_IN_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_GAP = 1000  # a cell this many empty rows below the last filled row is a stray

Far = list[tuple[int, int, str]]


def sheet_parts(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    """(sheet name, path of its XML in the archive), in workbook order."""
    targets = {}
    for relation in ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels")):
        target = relation.attrib["Target"]
        targets[relation.attrib["Id"]] = target.lstrip("/") if target.startswith("/") else posixpath.normpath("xl/" + target)
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    return [
        (sheet.attrib["name"], targets[sheet.attrib[_REL + "id"]])
        for sheet in book.iter(_MAIN + "sheet")
        if "worksheets" in targets.get(sheet.attrib[_REL + "id"], "")
    ]


def is_1904(archive: zipfile.ZipFile) -> bool:
    """Whether the workbook counts days from 1904 (old Macintosh) rather than 1900."""
    properties = ElementTree.fromstring(archive.read("xl/workbook.xml")).find(_MAIN + "workbookPr")
    return properties is not None and properties.attrib.get("date1904") in ("1", "true")


def read_carefully(path: Path, number: int, *, most_columns: int, rows: int | None = None) -> tuple[list[dict[int, str]], Far]:
    """Rows of a sheet as {column number: text}, and the cells too far to the right or below to belong to it."""
    with zipfile.ZipFile(path) as archive:
        strings = _shared_strings(archive)
        dates = _date_styles(archive)
        epoch = dt.datetime(1904, 1, 1) if is_1904(archive) else dt.datetime(1899, 12, 30)
        table: list[dict[int, str]] = []
        far: Far = []
        with archive.open(sheet_parts(archive)[number][1]) as stream:
            for row, cells in _rows(stream):
                filled = {}
                for column, cell in cells:
                    text = _text(cell, strings, dates, epoch)
                    if text is None:
                        continue
                    if column > most_columns or row > len(table) + _GAP:
                        far.append((row, column, text))
                    else:
                        filled[column] = text
                if row <= len(table) + _GAP:
                    if rows is not None and row > rows:
                        break
                    table.extend({} for _ in range(row - len(table) - 1))
                    table.append(filled)
        return table, far


def _rows(stream: object) -> Iterator[tuple[int, list[tuple[int, ElementTree.Element]]]]:
    row_number = 0
    for _, element in ElementTree.iterparse(stream):  # type: ignore[arg-type]
        if element.tag != _MAIN + "row":
            continue
        row_number = int(element.attrib.get("r", row_number + 1))
        cells, column = [], 0
        for cell in element.iterfind(_MAIN + "c"):
            found = _REFERENCE.fullmatch(cell.attrib.get("r", ""))
            column = column_number(found.group(1)) if found else column + 1
            cells.append((column, cell))
        yield row_number, cells
        element.clear()


def _text(cell: ElementTree.Element, strings: list[str], dates: set[int], epoch: dt.datetime) -> str | None:
    kind = cell.attrib.get("t", "n")
    if kind == "inlineStr":
        return "".join(part.text or "" for part in cell.iter(_MAIN + "t")) or None
    value = cell.findtext(_MAIN + "v")
    if value is None or kind == "e":
        return None
    if kind == "s":
        return strings[int(value)]
    if kind == "b":
        return "true" if value == "1" else "false"
    if kind != "n":
        return value.replace("T", " ") if kind == "d" else value
    if int(cell.attrib.get("s", "0")) in dates:
        moment = epoch + dt.timedelta(milliseconds=round(float(value) * 86_400_000))
        return moment.isoformat(sep=" ", timespec="milliseconds" if moment.microsecond else "seconds")
    number = float(value)
    return str(int(number)) if number.is_integer() and abs(number) < 1e18 else repr(number)


def _shared_strings(archive: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    strings = []
    with archive.open("xl/sharedStrings.xml") as stream:
        for _, element in ElementTree.iterparse(stream):
            if element.tag == _MAIN + "si":
                phonetic = {id(part) for reading in element.iter(_MAIN + "rPh") for part in reading.iter(_MAIN + "t")}
                strings.append("".join(part.text or "" for part in element.iter(_MAIN + "t") if id(part) not in phonetic))
                element.clear()
    return strings


def _date_styles(archive: zipfile.ZipFile) -> set[int]:
    if "xl/styles.xml" not in archive.namelist():
        return set()
    styles = ElementTree.fromstring(archive.read("xl/styles.xml"))
    custom = {
        int(form.attrib["numFmtId"])
        for form in styles.iter(_MAIN + "numFmt")
        if re.search(r"[ymdhs]", _QUOTED.sub("", form.attrib["formatCode"].lower()))
    }
    cell_formats = styles.find(_MAIN + "cellXfs")
    if cell_formats is None:
        return set()
    return {
        number
        for number, form in enumerate(cell_formats)
        if int(form.attrib.get("numFmtId", "0")) in _BUILT_IN_DATES | custom
    }


def column_number(letters: str) -> int:
    """Spreadsheet column letters to a number: A is 1, Z 26, AA 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """A column's letters from its number: 1 is A, 27 AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def far_cells_of(table: list[dict[int, str]], far: Far) -> tuple[pa.Table, list[tuple[int, str, str]]]:
    """The dense part as an Arrow table of text, and the strays by address.

    The table ends at the right of the widest run that at least two rows fill; single cells beyond it are strays too.
    """
    filled: dict[int, int] = {}
    for row in table:
        for column in row:
            filled[column] = filled.get(column, 0) + 1
    width = max((column for column, times in filled.items() if times > 1), default=max(filled, default=0))
    strays = [(row, column_letters(column), text) for row, column, text in far]
    for number, row in enumerate(table, start=1):
        strays.extend((number, column_letters(column), text) for column, text in row.items() if column > width)
    columns = {f"c{position}": pa.array([row.get(position + 1) for row in table], pa.string()) for position in range(width)}
    return pa.table(columns), sorted(strays)
