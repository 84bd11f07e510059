"""The parts of an .xlsx archive: which worksheets it has, where their XML lies, how far their cells reach."""

from __future__ import annotations

import html
import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from paradero.sources.missing import uncalculated

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DIMENSION = re.compile(rb'<(?:\w+:)?dimension ref="([A-Z]+)([0-9]+)(?::([A-Z]+)([0-9]+))?"')
_ROW = re.compile(rb'<(?:\w+:)?row [^>]*?\br="([0-9]+)"')
_FAR_COLUMN = re.compile(rb'<(?:\w+:)?c [^>]*?\br="([A-Z]{3,12}|[B-Z][A-Z])[0-9]')
_FORMULA = re.compile(
    rb"<(?:\w+:)?c"
    rb" ([^>]*)>\s*<(?:\w+:)?f\b[^>]*?(?:/>|>([^<]*)</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_LONG_NUMBER = re.compile(
    rb"<(?:\w+:)?c"
    rb" ([^>]*)>\s*(?:<(?:\w+:)?f\b[^>]*?(?:/>|>[^<]*</(?:\w+:)?f>)\s*)?<(?:\w+:)?v>\s*(-?(?:[0-9]{16,}(?:\.[0-9]*)?|[0-9.]+[eE]\+?[0-9]+))\s*</"
)
# begun with letters, so that the rest of a sheet is passed over quickly; then the numbers alone are looked at
_VALUES = re.compile(rb"v>([^<]{2,})</")
_HAS_LONG = re.compile(rb"(?:[0-9]{16}|[0-9][eE]\+?[0-9]+)\s*$", re.MULTILINE)
_IS_NUMBER = re.compile(rb'\bt="n"')
_HAS_TYPE = re.compile(rb'\bt="')
_ADDRESS = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_LAST_VALUE = re.compile(rb'<(?:\w+:)?c [^>]*?\br="[A-Z]+([0-9]{1,12})"[^>]*>\s*<(?:\w+:)?(?:v|is|f)\b')
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row [^>]*?\bhidden="(?:1|true)"')
BEYOND = 2.0**53  # whole numbers from here on a cell cannot hold to the unit
SCANNED = (
    64 << 20
)  # bytes of XML up to which a sheet is looked through whole rather than its stated dimension believed


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPart:
    """One worksheet: its name, its XML in the archive, whether the workbook hides it. Chart sheets
    are none.
    """

    name: str
    path: str
    hidden: bool


def sheet_parts(archive: zipfile.ZipFile) -> list[SheetPart]:
    """The worksheets of a workbook in its own order."""
    targets = {}
    for relation in _xml(archive, "xl/_rels/workbook.xml.rels"):
        target = relation.attrib["Target"]
        targets[relation.attrib["Id"]] = (
            target.lstrip("/") if target.startswith("/") else posixpath.normpath("xl/" + target),
            relation.attrib["Type"],
        )
    book = _xml(archive, "xl/workbook.xml")
    parts = []
    for sheet in book.iter(MAIN + "sheet"):
        path, kind = targets[sheet.attrib[_REL + "id"]]
        if kind.endswith("/worksheet"):
            parts.append(
                SheetPart(
                    name=sheet.attrib["name"],
                    path=path,
                    hidden=sheet.attrib.get("state", "visible") != "visible",
                )
            )
    return parts


def largest_sheet(path: Path) -> int:
    """Bytes of XML of the largest worksheet; 0 where the archive cannot be opened, which whoever reads it
    will say.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return max(
                (part.file_size for part in archive.infolist() if part.filename.startswith("xl/worksheets/")),
                default=0,
            )
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return 0


def is_1904(archive: zipfile.ZipFile) -> bool:
    """Whether the workbook counts days from 1904 (old Macintosh) rather than 1900."""
    properties = _xml(archive, "xl/workbook.xml").find(MAIN + "workbookPr")
    return properties is not None and properties.attrib.get("date1904") in ("1", "true")


_BINARY_BOOK, _BOOK_PROPERTIES = "xl/workbook.bin", 153


def is_1904_in_binary(archive: zipfile.ZipFile) -> bool:
    """The same of a workbook of binary records (.xlsb): number and size of each in seven bits a byte."""
    with archive.open(_BINARY_BOOK) as stream:
        content = stream.read(4096)
    place = 0
    while place < len(content):
        number, place = _sevens(content, place)
        size, place = _sevens(content, place)
        if number == _BOOK_PROPERTIES:
            return bool(content[place : place + 1] and content[place] & 1)
        place += size
    return False


def _sevens(content: bytes, place: int) -> tuple[int, int]:
    """A number written in seven bits a byte, the lowest first, and where it ends."""
    number = shift = 0
    while place < len(content):
        byte = content[place]
        number, place, shift = number | (byte & 127) << shift, place + 1, shift + 7
        if byte < 128:
            break
    return number, place


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """The rectangle that holds all cells of a sheet, by column number and row; `size` is the length of its
    XML.

    Where the sheet was looked through (`is_sure`) also its last row with a value, how many rows it hides, and
    as they are to be shown the cells (row, column number) whose formulas have no result in the file, and
    those with numbers too long for a cell.
    """

    left: int
    right: int
    bottom: int
    size: int
    is_sure: bool
    last_row: int | None = None
    hidden_rows: int = 0
    uncalculated: dict[tuple[int, int], str] = field(default_factory=dict)
    long_numbers: dict[tuple[int, int], str] = field(default_factory=dict)

    def is_compact(self, *, most_columns: int, small: int) -> bool:
        """Whether it is no wider than `most_columns` and either `small` in cells or mostly filled (a cell
        takes some 25 bytes of XML).
        """
        cells = self.right * self.bottom
        return self.right <= most_columns and (cells <= small or cells * 8 <= self.size)


def extent_of(archive: zipfile.ZipFile, part: SheetPart) -> Extent | None:
    """How far a sheet's cells reach; None where a large sheet does not say. Small sheets are looked through,
    large ones believed.
    """
    size = archive.getinfo(part.path).file_size
    with archive.open(part.path) as stream:
        if size > SCANNED:
            return _stated(stream.read(4096), size)
        xml = stream.read()
    right = max((_number(letters) for letters in set(_FAR_COLUMN.findall(xml))), default=52)
    bottom = max(map(int, _ROW.findall(xml)), default=0)
    # a cell may name another row than the one it stands in, and the fast reader believes it: one of more
    # digits makes the sheet too long for that
    # (begun with a letter, the pattern is looked for six times as fast as with the edge of a word)
    far = re.finditer(rb'r="[A-Z]{1,12}[0-9]{%d,}"' % (len(str(bottom)) + 1), xml)
    if any(xml[found.start() - 1 : found.start()].isspace() for found in far):
        bottom = max(bottom, 1 << 40)
    left = next(
        (
            number
            for number in range(1, right + 1)
            if re.search(rb'<(?:\w+:)?c [^>]*?\br="%s[0-9]' % _letters(number), xml)
        ),
        1,
    )
    return Extent(
        left=left,
        right=right,
        bottom=bottom,
        size=size,
        is_sure=True,
        last_row=_last_row(xml),
        hidden_rows=len(_HIDDEN_ROW.findall(xml)),
        uncalculated=_uncalculated(xml),
        long_numbers=_long_numbers(xml),
    )


def _last_row(xml: bytes) -> int:
    """The last row with a value, looked for from the end."""
    step = 1 << 20
    for end in range(len(xml), 0, -step):
        found = _LAST_VALUE.findall(xml, max(0, end - 2 * step), end)
        if found:
            return max(map(int, found))
    return 0


def _uncalculated(xml: bytes) -> dict[tuple[int, int], str]:
    if b"</f>" not in xml and b"<f" not in xml:
        return {}
    found = {}
    for attributes, formula in _FORMULA.findall(xml):
        address = _ADDRESS.search(attributes)
        if address is not None and b't="str"' not in attributes:  # a text of no letters is a result
            found[int(address[2]), _number(address[1])] = uncalculated(
                html.unescape(formula.decode("utf-8", "replace"))
            )
    return found


def _long_numbers(xml: bytes) -> dict[tuple[int, int], str]:
    if not _HAS_LONG.search(b"\n".join(_VALUES.findall(xml))):
        return {}
    found = {}
    for attributes, value in _LONG_NUMBER.findall(xml):
        address = _ADDRESS.search(attributes)
        is_number = _IS_NUMBER.search(attributes) or not _HAS_TYPE.search(attributes)
        if address is not None and is_number and abs(float(value)) >= BEYOND:
            found[int(address[2]), _number(address[1])] = with_exponent(value.decode())
    return found


def with_exponent(value: str) -> str:
    """A number too long for a cell as the file has it, or with an exponent: written out it would show digits
    that nobody stated.
    """
    return value if "E" in value.upper() else re.sub(r"\.?0*E", "E", f"{float(value):.16E}")


def _stated(head: bytes, size: int) -> Extent | None:
    found = _DIMENSION.search(head)
    if found is None or found.group(3) is None:
        return None
    return Extent(
        left=_number(found.group(1)),
        right=_number(found.group(3)),
        bottom=int(found.group(4)),
        size=size,
        is_sure=False,
    )


def _number(letters: bytes) -> int:
    return column_number(letters.decode())


def _letters(number: int) -> bytes:
    return column_letters(number).encode()


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


def _xml(archive: zipfile.ZipFile, path: str) -> ElementTree.Element:
    # expat refuses entity bombs by itself since 2.4
    return ElementTree.fromstring(archive.read(path))  # noqa: S314
