"""Read the sheets of a workbook as text: quickly where a sheet is as it should be, carefully where it is not.

fastexcel (calamine) lays a sheet out as a dense rectangle, so one stray cell in a far corner would ask for
hundreds of gigabytes. How far a sheet's cells reach is looked at first; where that is implausible, the sheet
is read cell by cell instead (`paradero.sources.containers.careful`).
"""

from __future__ import annotations

import functools
import logging
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

import fastexcel
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from paradero.model.errors import SourceError
from paradero.sources.containers.careful import Stray, read_carefully
from paradero.sources.containers.damage import told
from paradero.sources.containers.dockets import dockets
from paradero.sources.containers.first_bytes import Container
from paradero.sources.containers.marked_up import Rows, Sheet
from paradero.sources.containers.markup import html_tables, spreadsheetml
from paradero.sources.containers.opendocument import opendocument
from paradero.sources.containers.parts import extent_of, is_1904, is_1904_in_binary, sheet_parts
from paradero.sources.containers.pdf.sheets import pdf_sheets

MOST_COLUMNS = 1024
_MOST_SHEETS = 500
_GLANCED = 1 << 20  # bytes of XML above which the first rows of a sheet are read alone
SMALL = 2_000_000  # cells that may be laid out whatever is in them: some 60 MB

# that a column is read as text is asked for; the reader says so of each, and names no file
logging.getLogger("fastexcel").setLevel(logging.ERROR)

_MARKUP = ("spreadsheetml", "html", "ods", "docket", "pdf")
_ERRORS = {
    "NA": "#N/A",
    "Div0": "#DIV/0!",
    "Ref": "#REF!",
    "Name": "#NAME?",
    "Value": "#VALUE!",
    "Null": "#NULL!",
    "Num": "#NUM!",
    "GettingData": "#GETTING_DATA",
}
_EPOCHS = ("1899-12-30", "1904-01-01")
_SAVE = "Open it in a spreadsheet program and save a copy, or download it again."


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """The cells of one sheet, all text: column i of `table` is worksheet column i + 1, row j is worksheet row
    j + 1.

    `far` lists cells that lie outside the table and were left out of it: (row, column letters, text).
    `hidden_rows` counts rows that the sheet hides, where that was looked for. `last_row` is the last row that
    the sheet's own XML gives a value to, where that was looked at. `remark` is what the reader has to say of
    the sheet as a whole; `origins` and `doubted` are those of `Sheet`.
    """

    table: pa.Table
    far: tuple[Stray, ...] = ()
    hidden_rows: int = 0
    last_row: int | None = None
    remark: str | None = None
    origins: tuple[tuple[str, int], ...] = ()
    doubted: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheets:
    """The worksheets of a workbook in order (chart sheets are none), which are hidden, and the day that
    serial dates count from.
    """

    names: tuple[str, ...]
    hidden: frozenset[str] = frozenset()
    serial_epoch: str = "1899-12-30"


def sheets_of(path: Path, container: Container, name: str) -> Sheets:
    """Open a workbook as far as its list of sheets; raises SourceError where it is damaged."""
    with told(name, "workbook", _SAVE):
        found = _sheets_of(path, container, name)
    if not found.names:
        raise SourceError(f"{name}: the workbook has no worksheets. {_SAVE}")
    if len(found.names) > _MOST_SHEETS:
        raise SourceError(
            f"{name}: {len(found.names):,} sheets; at most {_MOST_SHEETS} are read. Save those that hold"
            " records as a workbook of their own."
        )
    return found


def _sheets_of(path: Path, container: Container, name: str) -> Sheets:
    if container in _MARKUP:
        found = _marked_up(path, container, name)
        return Sheets(
            names=tuple(found), hidden=frozenset(sheet for sheet, read in found.items() if read.hidden)
        )
    if container == "xls" or _is_binary(path):
        opened = fastexcel.read_excel(path)
        visible = {
            name: opened.load_sheet(name, n_rows=1, header_row=None).visible for name in opened.sheet_names
        }
        epoch = _EPOCHS[container != "xls" and _counts_from_1904(path)]
        return Sheets(
            names=tuple(visible),
            hidden=frozenset(name for name, is_so in visible.items() if is_so != "visible"),
            serial_epoch=epoch,
        )
    with zipfile.ZipFile(path) as archive:
        parts = sheet_parts(archive)
        epoch = _EPOCHS[is_1904(archive)]
    hidden = frozenset(part.name for part in parts if part.hidden)
    return Sheets(names=tuple(part.name for part in parts), hidden=hidden, serial_epoch=epoch)


def read_sheet(path: Path, container: Container, sheet: str, name: str, *, rows: int | None = None) -> Cells:
    """Read a sheet as text, `rows` rows at most; raises SourceError naming file and sheet."""
    with told(f"{name}, sheet {sheet!r}", "worksheet", _SAVE):
        if container in _MARKUP:
            read = _marked_up(path, container, name)[sheet]
            return Cells(
                table=_as_table(read.rows[:rows]),
                hidden_rows=read.hidden_rows,
                remark=read.remark,
                origins=tuple(read.origins[:rows]),
                doubted=read.doubted,
            )
        if container == "xls" or _is_binary(path):
            return Cells(table=_quickly(path, sheet, rows))
        with zipfile.ZipFile(path) as archive:
            part = next(part for part in sheet_parts(archive) if part.name == sheet)
            # reading carefully stops at the last row asked for; all else goes through the whole sheet
            is_glance = rows is not None and archive.getinfo(part.path).file_size > _GLANCED
            extent = None if is_glance else extent_of(archive, part)
        if extent is not None and extent.is_compact(most_columns=MOST_COLUMNS, small=SMALL):
            table = _quickly_or_none(path, sheet, rows)
            if table is not None and (extent.is_sure or table.num_columns == extent.right - extent.left + 1):
                table = _written_in(
                    _shifted(table, extent.left - 1), extent.uncalculated | extent.long_numbers
                )
                return Cells(table=table, hidden_rows=extent.hidden_rows, last_row=extent.last_row)
        table, far = read_carefully(path, sheet, most_columns=MOST_COLUMNS, rows=rows)
        return Cells(
            table=table,
            far=far,
            hidden_rows=extent.hidden_rows if extent else 0,
            last_row=extent.last_row if extent else None,
        )


# `stamp` is part of the cache's key: a file that changed is read again
@functools.lru_cache(maxsize=1)
def _read_markup(
    path: Path,
    container: Container,
    name: str,
    stamp: int,  # noqa: ARG001
) -> dict[str, Sheet]:
    if container == "ods":
        return opendocument(path, name)
    if container == "pdf":
        return pdf_sheets(path, name)
    if container == "docket":
        entries, remark = dockets(path, name)
        return {sheet: Sheet(rows=rows, remark=remark) for sheet, rows in entries.items()}
    found = spreadsheetml(path, name) if container == "spreadsheetml" else html_tables(path, name)
    return {sheet: Sheet(rows=rows, hidden=hidden) for sheet, (rows, hidden) in found.items()}


def _marked_up(path: Path, container: Container, name: str) -> dict[str, Sheet]:
    return _read_markup(path, container, name, path.stat().st_mtime_ns)


def _as_table(rows: Rows) -> pa.Table:
    width = max(map(len, rows), default=0)
    return pa.table(
        {
            f"c{place}": pa.array([row[place] if place < len(row) else None for row in rows], pa.string())
            for place in range(width)
        }
    )


def _quickly_or_none(path: Path, sheet: str, rows: int | None) -> pa.Table | None:
    """The sheet by the fast reader; None where that one does not get on with it, and the careful one is to
    say whether it is damaged.
    """
    try:
        return _quickly(path, sheet, rows)
    except fastexcel.FastExcelError:
        return None


def _quickly(path: Path, sheet: str, rows: int | None) -> pa.Table:
    found = fastexcel.read_excel(path).load_sheet(
        sheet, header_row=None, skip_rows=0, n_rows=rows, dtypes="string"
    )
    batch, errors = found.to_arrow_with_errors()
    table = pa.table(batch.columns, names=[f"c{position}" for position in range(batch.num_columns)])
    return (
        _patched(table, {each.position: _error_text(each.detail) for each in errors.errors})
        if errors
        else table
    )


def _error_text(detail: str) -> str:
    """An error cell as the spreadsheet shows it, from the reader's words: Expected string but got
    'Error(NA)'.
    """
    found = re.search(r"Error\((\w+)\)", detail)
    return _ERRORS.get(found[1], f"#{found[1].upper()}!") if found else "#VALUE!"


def _patched(table: pa.Table, cells: dict[tuple[int, int], str]) -> pa.Table:
    """The table with some cells (row, column from 0) written in."""
    by_column: dict[int, dict[int, str]] = {}
    for (row, column), text in cells.items():
        by_column.setdefault(column, {})[row] = text
    for column, texts in by_column.items():
        whole = table.column(column).combine_chunks()
        mask = np.zeros(len(whole), np.bool_)
        mask[list(texts)] = True
        put = pa.array([texts[row] for row in sorted(texts)], whole.type)
        table = table.set_column(
            column, table.column_names[column], pc.replace_with_mask(whole, pa.array(mask), put)
        )
    return table


def _written_in(table: pa.Table, cells: dict[tuple[int, int], str]) -> pa.Table:
    """The table with some cells (row, column from 1) as they are to be shown."""
    inside = {
        (row - 1, column - 1): text
        for (row, column), text in cells.items()
        if row <= table.num_rows and column <= table.num_columns
    }
    return _patched(table, inside) if inside else table


def _shifted(table: pa.Table, empty: int) -> pa.Table:
    """With the empty columns at the left that fastexcel leaves out, so that column i is worksheet column i +
    1.
    """
    arrays = [pa.nulls(table.num_rows, pa.string())] * empty + table.columns if table.num_columns else []
    return pa.table(arrays, names=[f"c{position}" for position in range(len(arrays))])


def _counts_from_1904(path: Path) -> bool:
    with zipfile.ZipFile(path) as archive:
        return is_1904_in_binary(archive)


def _is_binary(path: Path) -> bool:
    with zipfile.ZipFile(path) as archive:
        return "xl/workbook.xml" not in archive.namelist()
