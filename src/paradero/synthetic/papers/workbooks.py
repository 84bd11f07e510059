"""Write a table as ICE's workbooks are: six rows of preamble, the header on row 7, date cells, blank cells
left out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from paradero.synthetic.cases.records import Cell, Records, cells_of
from paradero.synthetic.papers.paging import FIRST_ROW, Pages
from paradero.synthetic.papers.reporting import Strays
from paradero.synthetic.vocabulary import Column, columns

__all__ = ["write_workbook"]

_CHUNK = 20_000
_CREATED = dt.datetime(2026, 3, 11, 12, 0, 0)
_FORMS = {"moment": "mm/dd/yyyy hh:mm", "day": "mm/dd/yyyy"}

Put = Callable[[int, int, Any, Format | None], int]


def write_workbook(
    path: Path,
    records: Records,
    pages: Pages,
    *,
    seed: int,
    texts: Mapping[tuple[int, str], str],
    strays: Strays,
) -> None:
    """Write all sheets, a row at a time in bounded memory. `texts` replaces cells by (row, header), `strays`
    adds cells right of the table.
    """
    with xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_numbers": False}) as book:
        book.set_properties(
            {"title": "FABRICATED DATA - not real records", "author": "paradero synth", "created": _CREATED}
        )
        forms = {kind: book.add_format({"num_format": form}) for kind, form in _FORMS.items()}
        for number, name in enumerate(pages.names):
            sheet = book.add_worksheet(name)
            _write_head(sheet, records.of, name, seed)
            here = {line: (column, text) for of, line, column, text in strays if of == number}
            _write_rows(sheet, records, pages, pages.runs()[number], forms, texts, here)


def _write_head(sheet: Worksheet, of: str, name: str, seed: int) -> None:
    preamble = (
        f"ICE {of.title()} - FABRICATED",
        f"FABRICATED DATA - not real records - paradero synth seed {seed}",
        "Period: 10/01/2022 through 03/10/2026",
        f"Sheet: {name}",
        "In the layout of the ERO LESA Statistical Tracking Unit, release of March 2026",
        "Produced 03/11/2026; nobody listed here exists",
    )
    for row, text in enumerate(preamble):
        sheet.write_string(row, 0, text)
    for place, column in enumerate(columns(of)):
        sheet.write_string(FIRST_ROW - 2, place, column.header)


def _write_rows(
    sheet: Worksheet,
    records: Records,
    pages: Pages,
    run: tuple[int, int],
    forms: dict[str, Format],
    texts: Mapping[tuple[int, str], str],
    strays: dict[int, tuple[int, str]],
) -> None:
    listed = columns(records.of)
    puts = [_put(sheet, column, forms) for column in listed]
    places = {column.header: place for place, column in enumerate(listed)}
    replaced = {row for row, _ in texts}
    for start in range(run[0], run[1], _CHUNK):
        stop = min(start + _CHUNK, run[1])
        rows = pages.order[start:stop]
        cells = zip(*(cells_of(records, column, rows) for column in listed), strict=True)
        for row, line, values in zip(rows.tolist(), pages.line[start:stop].tolist(), cells, strict=True):
            _write_row(line - 1, values, puts)
            if row in replaced:
                for (own, header), text in texts.items():
                    if own == row:
                        sheet.write_string(line - 1, places[header], text)
            if line in strays:
                sheet.write_string(line - 1, *strays[line])


def _write_row(row: int, values: tuple[Cell, ...], puts: list[tuple[Put, Format | None]]) -> None:
    for place, (value, (put, form)) in enumerate(zip(values, puts, strict=True)):
        if value is not None:
            put(row, place, value, form)


def _put(sheet: Worksheet, column: Column, forms: dict[str, Format]) -> tuple[Put, Format | None]:
    put = sheet.write_string if column.type in ("text", "id") else sheet.write_number
    return put, forms.get(column.type)
