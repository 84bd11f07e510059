"""OpenDocument workbooks, written here cell by cell: whatever is repeated, hidden or styled, a sheet is the grid
that a person sees.
"""

from __future__ import annotations

import random
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import pytest

from paradero.model.errors import SourceError
from paradero.sources.containers.first_bytes import container_of
from paradero.sources.containers.opendocument import opendocument
from paradero.sources.containers.workbooks import read_sheet, sheets_of

NAMESPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"))
)
MIME = "application/vnd.oasis.opendocument.spreadsheet"


def workbook(path: Path, tables: str, *, mime: str = MIME, manifest: str = "<manifest/>") -> Path:
    """An OpenDocument file with these tables; style `off` is that of a hidden one."""
    content = (
        f"<?xml version='1.0'?><office:document-content {NAMESPACES}><office:automatic-styles>"
        '<style:style style:name="off" style:family="table"><style:table-properties table:display="false"/>'
        f"</style:style></office:automatic-styles><office:body><office:spreadsheet>{tables}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", mime)
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)
    return path


def table(rows: str, name: str = "a", style: str = "on") -> str:
    return f'<table:table table:name={quoteattr(name)} table:style-name="{style}">{rows}</table:table>'


def cell(inner: str, **given: str) -> str:
    attributes = "".join(
        f" {'table' if key.startswith('number') else 'office'}:{key.replace('_', '-')}={quoteattr(value)}"
        for key, value in given.items()
    )
    return f"<table:table-cell{attributes}>{inner}</table:table-cell>"


def words(text: str, **more: str) -> str:
    return cell(f"<text:p>{escape(text)}</text:p>", value_type="string", **more)


CELLS = {
    words("plain & <odd>"): "plain & <odd>",
    cell("<text:p>two</text:p><text:p>lines</text:p>", value_type="string"): "two\nlines",
    cell('<text:p>a<text:s text:c="3"/>b<text:tab/>c</text:p>', value_type="string"): "a   b\tc",
    cell(
        "<text:p><text:span>in </text:span><text:a>parts</text:a></text:p>", value_type="string"
    ): "in parts",
    cell(
        "<office:annotation><text:p>a remark</text:p></office:annotation><text:p>seen</text:p>",
        value_type="string",
    ): "seen",
    cell("<text:p>7</text:p>", value_type="float", value="7.0"): "7",
    cell("<text:p>7.13</text:p>", value_type="float", value="7.125"): "7.125",
    cell("<text:p>$5</text:p>", value_type="currency", value="5"): "5",
    cell("<text:p>50%</text:p>", value_type="percentage", value="0.5"): "0.5",
    cell("<text:p>3/1/25</text:p>", value_type="date", date_value="2025-03-01"): "2025-03-01 00:00:00",
    cell(
        "<text:p>3/1/25 8:15</text:p>", value_type="date", date_value="2025-03-01T08:15:00"
    ): "2025-03-01 08:15:00",
    cell(
        "<text:p>x</text:p>", value_type="date", date_value="2025-03-01T08:14:59.9999997"
    ): "2025-03-01 08:15:00",
    cell("<text:p>8:15</text:p>", value_type="time", time_value="PT08H15M00S"): "08:15:00",
    cell("<text:p>TRUE</text:p>", value_type="boolean", boolean_value="true"): "true",
    cell("<text:p>#N/A</text:p>", value_type="string", string_value=""): "#N/A",
    cell("<text:p>Err:508</text:p>", value_type="float", value="0"): "Err:508",
    cell("", value_type="string", string_value="by attribute"): "by attribute",
    cell(""): None,
}


def test_a_cell_of_each_kind(tmp_path: Path) -> None:
    rows = "".join(f"<table:table-row>{each}{words('end')}</table:table-row>" for each in CELLS)
    path = workbook(tmp_path / "f.ods", table(rows))
    assert container_of(path, "f") == "ods"
    read = read_sheet(path, "ods", "a", "f").table
    assert read.column(0).to_pylist() == list(CELLS.values())
    assert read.column(1).to_pylist() == ["end"] * len(CELLS)


@pytest.mark.parametrize("seed", range(30))
def test_repeats_lay_out_the_grid_that_was_meant(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    grid: list[list[str | None]] = []
    for _ in range(rng.randint(1, 6)):
        row = [rng.choice([None, None, "a", "b"]) for _ in range(rng.randint(0, 6))]
        grid += [row] * rng.choice([1, 1, 2, 5])
    drawn, at = [], 0
    while at < len(grid):
        times = 1
        while at + times < len(grid) and grid[at + times] == grid[at] and rng.random() < 0.7:
            times += 1
        cells, place = "", 0
        row = grid[at]
        while place < len(row):
            run = 1
            while place + run < len(row) and row[place + run] == row[place] and rng.random() < 0.7:
                run += 1
            more = {"number_columns_repeated": str(run)} if run > 1 or rng.random() < 0.3 else {}
            text = row[place]
            cells += cell("", **more) if text is None else words(text, **more)
            place += run
        cells += cell("", number_columns_repeated="16000")
        drawn.append(f'<table:table-row table:number-rows-repeated="{times}">{cells}</table:table-row>')
        at += times
    end = f'<table:table-row table:number-rows-repeated="1048000">{cell("", number_columns_repeated="16384")}</table:table-row>'
    split = rng.randint(0, len(drawn))  # headers may stand in an element of their own
    head = f"<table:table-header-rows>{''.join(drawn[:split])}</table:table-header-rows>" if split else ""
    path = workbook(tmp_path / "f.ods", table(head + "".join(drawn[split:]) + end))
    read = opendocument(path, "f")["a"].rows
    width = max(map(len, grid), default=0)

    def whole(rows: list[list[str | None]]) -> list[list[str | None]]:
        full = [[*row, *[None] * (width - len(row))] for row in rows]
        while full and not any(full[-1]):
            full.pop()
        return full

    assert whole(read) == whole(grid)


def test_hidden_sheets_and_rows_are_told(tmp_path: Path) -> None:
    seen = f"<table:table-row>{words('x')}</table:table-row>"
    rows = "".join(
        f'<table:table-row table:visibility="{how}" table:number-rows-repeated="2">{words("y")}</table:table-row>'
        for how in ("collapse", "filter", "visible")
    )
    path = workbook(tmp_path / "f.ods", table(seen + rows, "shown") + table(seen, "kept back", "off"))
    found = sheets_of(path, "ods", "f")
    assert (found.names, found.hidden) == (("shown", "kept back"), frozenset({"kept back"}))
    assert read_sheet(path, "ods", "shown", "f").hidden_rows == 4


@pytest.mark.parametrize(
    ("rows", "words_of_error"),
    [
        (
            f'<table:table-row table:number-rows-repeated="1048577">{words("x")}</table:table-row>',
            "beyond any sheet",
        ),
        (
            f"<table:table-row>{words('x', number_columns_repeated='999999999999')}</table:table-row>",
            "beyond any table",
        ),
        (
            '<table:table-row table:number-rows-repeated="1000000">'
            f"{words('x', number_columns_repeated='1000')}</table:table-row>",
            "repeated rows fill the sheet",
        ),
    ],
)
def test_repeats_meant_to_fill_the_memory_do_not(rows: str, words_of_error: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=words_of_error):
        sheets_of(workbook(tmp_path / "f.ods", table(rows)), "ods", "f")


def test_what_is_no_open_workbook_says_so(tmp_path: Path) -> None:
    locked = workbook(tmp_path / "f.ods", "", manifest="<manifest><manifest:encryption-data/></manifest>")
    with pytest.raises(SourceError, match="locked by a password"):
        container_of(locked, "f")
    letter = workbook(tmp_path / "g.odt", "", mime="application/vnd.oasis.opendocument.text")
    with pytest.raises(SourceError, match="not a workbook"):
        container_of(letter, "g")
    cut = tmp_path / "h.ods"
    cut.write_bytes(workbook(tmp_path / "f.ods", table("")).read_bytes()[:-30])
    with pytest.raises(SourceError, match="damaged or truncated"):
        container_of(cut, "h")
    broken = workbook(tmp_path / "f.ods", "<table:table>")
    with pytest.raises(SourceError, match="damaged"):
        sheets_of(broken, "ods", "f")
