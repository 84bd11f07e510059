"""A writer of the smallest .xlsb workbooks: BIFF12 records in a zip, by the published format ([MS-XLSB])."""

from __future__ import annotations

import struct
import zipfile
from dataclasses import dataclass
from pathlib import Path

Cell = str | float | bool | None


@dataclass(frozen=True)
class Shown:
    """A number with a format (1: a day and time, 2: a day), the result of a formula, or an error by code."""

    number: float = 0.0
    style: int = 0
    is_formula: bool = False
    error: int | None = None


_NS = "http://schemas.openxmlformats.org"
_PACKAGE = f"{_NS}/package/2006"
_OFFICE = f"{_NS}/officeDocument/2006/relationships"
_BINARY = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
_TYPES = "".join(
    f'<Override PartName="/xl/{part}.bin" ContentType="application/vnd.ms-excel.{kind}"/>'
    for part, kind in (
        ("workbook", "sheet.binary.macroEnabled.main"),
        ("styles", "styles"),
        ("sharedStrings", "sharedStrings"),
    )
)


def _relation(number: int, kind: str, target: str) -> str:
    return f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'


def _relations(all_of_them: str) -> str:
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{all_of_them}</Relationships>'


def _record(number: int, content: bytes = b"") -> bytes:
    head = bytes([number]) if number < 128 else bytes([number & 127 | 128, number >> 7])
    size = len(content)
    while size > 127:
        head, size = head + bytes([size & 127 | 128]), size >> 7
    return head + bytes([size]) + content


def _text(text: str) -> bytes:
    return struct.pack("<I", len(text.encode("utf-16-le")) // 2) + text.encode("utf-16-le")


def _cell(column: int, value: Cell | Shown, strings: list[str]) -> bytes:
    place = struct.pack("<II", column, value.style if isinstance(value, Shown) else 0)
    if isinstance(value, Shown):
        if value.error is not None:
            return _record(3, place + bytes([value.error]))
        number = place + struct.pack("<d", value.number)
        return _record(9, number + struct.pack("<HII", 0, 0, 0)) if value.is_formula else _record(5, number)
    if isinstance(value, bool):
        return _record(4, place + bytes([value]))
    if value is None:
        return _record(1, place)
    if isinstance(value, str):
        strings.append(value)
        number, content = 7, struct.pack("<I", len(strings) - 1)
    elif value == int(value) and abs(value) < 1 << 28:  # a whole number as 30 bits
        number, content = 2, struct.pack("<i", int(value) << 2 | 2)
    else:
        number, content = 5, struct.pack("<d", value)
    return _record(number, place + content)


def write_xlsb(
    path: Path,
    sheets: dict[str, list[list[Cell | Shown]]],
    *,
    hidden: tuple[str, ...] = (),
    is_1904: bool = False,
) -> Path:
    """A workbook of these sheets."""
    strings: list[str] = []
    bundle, rels = b"", ""
    with zipfile.ZipFile(path, "w") as archive:
        for number, (name, rows) in enumerate(sheets.items(), start=1):
            width = max(map(len, rows))
            content = b"".join(
                _record(0, struct.pack("<IIHBBBI", at, 0, 300, 0, 0, 0, 1) + struct.pack("<II", 0, width - 1))
                + b"".join(_cell(column, value, strings) for column, value in enumerate(row))
                for at, row in enumerate(rows)
            )
            extent = _record(148, struct.pack("<IIII", 0, len(rows) - 1, 0, width - 1))
            sheet = _record(129) + extent + _record(145) + content + _record(146) + _record(130)
            archive.writestr(f"xl/worksheets/sheet{number}.bin", sheet)
            state = struct.pack("<II", name in hidden, number)
            bundle += _record(156, state + _text(f"rId{number}") + _text(name))
            rels += _relation(number, "worksheet", f"worksheets/sheet{number}.bin")
        for number, part in ((98, "styles"), (99, "sharedStrings")):
            rels += _relation(number, part, f"{part}.bin")
        book = _record(153, struct.pack("<II", is_1904, 0) + _text("")) + _record(143) + bundle + _record(144)
        archive.writestr("xl/workbook.bin", _record(131) + book + _record(132))
        formats = ((164, "yyyy-mm-dd hh:mm:ss"), (14, ""))
        custom = _record(44, struct.pack("<H", 164) + _text(formats[0][1]))
        fmts = _record(615, struct.pack("<I", 1)) + custom + _record(616)
        xfs = b"".join(
            _record(47, struct.pack("<HHHHHBBHH", 0, each, 0, 0, 0, 0, 0, 0, 0)) for each in (0, 164, 14)
        )
        styles = _record(278) + fmts + _record(617, struct.pack("<I", 3)) + xfs + _record(618) + _record(279)
        archive.writestr("xl/styles.bin", styles)
        items = b"".join(_record(19, b"\0" + _text(text)) for text in strings)
        counts = struct.pack("<II", len(strings), len(strings))
        archive.writestr("xl/sharedStrings.bin", _record(159, counts) + items + _record(160))
        archive.writestr("xl/_rels/workbook.bin.rels", _relations(rels))
        archive.writestr("_rels/.rels", _relations(_relation(1, "officeDocument", "xl/workbook.bin")))
        types = _TYPES + "".join(
            f'<Override PartName="/xl/worksheets/sheet{number}.bin"'
            ' ContentType="application/vnd.ms-excel.worksheet"/>'
            for number in range(1, len(sheets) + 1)
        )
        plain = f'<Default Extension="bin" ContentType="{_BINARY}"/>'
        archive.writestr(
            "[Content_Types].xml", f'<Types xmlns="{_PACKAGE}/content-types">{plain}{types}</Types>'
        )
    return path
