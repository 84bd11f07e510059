"""Tables made to fill a machine: each ends in a sentence or is read, in seconds and within the memory that an
honest file of its size needs.
"""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from casefile.made import said
from sources.builders import STINT, STINT_HEADERS

from .forked import Forks
from .packed import gzipped
from .scale import draws

SECONDS, MEGABYTES = 10, 1300  # on a quiet machine; a process that has loaded everything takes some 150 MB
NS = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
STRINGS, SHEET, BOOK = "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", "xl/workbook.xml"
ENTITIES = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa">' + b"".join(
    b'<!ENTITY %c "%s">' % (98 + step, b"&%c;" % (97 + step) * 10) for step in range(9)
) + b"]>"  # fmt: skip
CELL = b'<c r="%c%d" t="inlineStr"><is><t>2025-01-01 10:00:00 and so on and on</t></is></c>'


def with_cell(reference: bytes) -> Callable[[bytes], bytes]:
    """A sheet with one more cell at a place of one's choice."""
    row = int(reference.lstrip(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    return lambda xml: xml.replace(
        b"</sheetData>",
        b'<row r="%d"><c r="%s" t="inlineStr"><is><t>x</t></is></c></row></sheetData>' % (row, reference),
    )


def long_sheet(xml: bytes) -> bytes:
    """More than may be looked through, a small stated dimension, and one cell far off."""
    rows = b"".join(
        b'<row r="%d">' % row + b"".join(CELL % (65 + column, row) for column in range(7)) + b"</row>"
        for row in range(7, 140_000)
    )
    return with_cell(b"ZZZZZ140001")(xml.replace(b"</sheetData>", rows + b"</sheetData>"))


BOOKS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "a column far off": (SHEET, with_cell(b"ZZZZZZ7")),
    "the last cell of a sheet": (SHEET, with_cell(b"XFD1048576")),
    "a row beyond all sheets": (SHEET, with_cell(b"A99999999999")),
    "a cell that lies about its row": (SHEET, lambda xml: xml.replace(b'r="A2"', b'r="A99999999"')),
    "a dimension of everything": (SHEET, lambda xml: xml.replace(b'ref="A1:G3"', b'ref="A1:XFD1048576"')),
    "a long sheet with a cell far off": (SHEET, long_sheet),
    "one text without end": (STRINGS, lambda xml: xml.replace(b"</sst>", b"<si><t>" + b"a" * 400_000_000 + b"</t></si></sst>")),
    "more texts than can be": (STRINGS, lambda xml: xml.replace(b'ount="', b'ount="40000000')),
    "entities in texts": (STRINGS, lambda xml: ENTITIES + b"<sst " + NS + b"><si><t>&j;</t></si></sst>"),  # noqa: ARG005
    "entities in the book": (BOOK, lambda xml: xml.replace(b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>', ENTITIES).replace(b"Sheet1", b"&j;")),
    "thousands of sheets": (BOOK, lambda xml: xml.replace(b"</sheets>", b"".join(b'<sheet name="s%d" sheetId="%d" r:id="rId1"/>' % (n, n) for n in range(2, 5000)) + b"</sheets>")),
}  # fmt: skip

HEAD = ",".join(STINT_HEADERS).encode() + b"\n"
LINE = ",".join(map(str, STINT)).encode() + b"\n"
SS = (
    b'xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
    b' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
)
TEXTS: dict[str, Callable[[], bytes]] = {
    "b.csv.gz": lambda: gzipped(HEAD, LINE * 100_000, 120),
    "wide.csv": lambda: b"\n".join(
        b",".join(b"%d" % (row * column % 97) for column in range(591)) for row in range(591)
    ),
    "names.csv": lambda: b"\n".join(
        b",".join(b"FACILITY NUMBER %d DETENTION CENTER" % column for column in range(600)) for _ in range(60)
    ),
    "quote.csv": lambda: HEAD + b'"' * 10_000_001 + b"\n",
    "cell.csv": lambda: HEAD + b'"' + b"a," * 20_000_000 + b'"\n',
    "rows.xls": (
        lambda: (
            b'<?xml version="1.0"?><Workbook '
            + SS
            + b'><Worksheet ss:Name="a"><Table><Row ss:Index="900000000"/></Table></Worksheet></Workbook>'
        )
    ),
    "span.xls": (
        lambda: (
            b"<html><table>"
            + b"<tr><td colspan=1000 rowspan=1000>x</td><td colspan=99999999>y</td></tr>" * 2000
            + b"</table></html>"
        )
    ),
}


def ends_well(ended: Forks, path: Path, tmp_path: Path) -> None:
    """Add the file in a process of its own: it says a sentence or takes it, soon, and without much memory."""
    case = tmp_path / "case"
    assert said(tmp_path, "new", str(case)).code == 0
    used = ended(tmp_path, "--case", str(case), "add", str(path))
    heard = used.out + used.err
    assert used.code in (0, 1), used
    assert "Traceback" not in heard
    assert heard.strip()
    assert used.peak < MEGABYTES * 2**20, used
    assert used.seconds < SECONDS, used


@pytest.mark.parametrize("name", list(BOOKS)[:: draws(3, 1)])
def test_workbooks_made_to_fill_a_machine(name, ended, tmp_path):
    with xlsxwriter.Workbook(tmp_path / "honest.xlsx") as book:
        sheet = book.add_worksheet()
        for row, cells in enumerate([STINT_HEADERS, STINT, STINT]):
            for column, cell in enumerate(cells):
                sheet.write_string(row, column, str(cell))
    part, change = BOOKS[name]
    with (
        zipfile.ZipFile(tmp_path / "honest.xlsx") as honest,
        zipfile.ZipFile(tmp_path / "b.xlsx", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made,
    ):
        for entry in honest.namelist():
            made.writestr(entry, change(honest.read(entry)) if entry == part else honest.read(entry))
    ends_well(ended, tmp_path / "b.xlsx", tmp_path)


@pytest.mark.parametrize("name", list(TEXTS)[:: draws(3, 1)])
def test_texts_made_to_fill_a_machine(name, ended, tmp_path):
    (tmp_path / name).write_bytes(TEXTS[name]())
    ends_well(ended, tmp_path / name, tmp_path)
