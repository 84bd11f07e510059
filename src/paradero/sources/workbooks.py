"""Read the sheets of a workbook as text: quickly where a sheet is as it should be, carefully where it is not.

fastexcel (calamine) lays a sheet out as a dense rectangle, so one stray cell in a far corner would ask for
hundreds of gigabytes. How far a sheet's cells reach is looked at first; where that is implausible, the sheet is read
cell by cell instead (`paradero.sources.careful`).
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path

import fastexcel
import pyarrow as pa

from paradero.sources.careful import Stray, read_carefully
from paradero.sources.damage import told
from paradero.sources.parts import extent_of, is_1904, sheet_parts

MOST_COLUMNS = 1024
SMALL = 2_000_000  # cells that may be laid out whatever is in them: some 60 MB

_SAVE = "Open it in a spreadsheet program and save a copy, or download it again."


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """The cells of one sheet, all text: column i of `table` is worksheet column i + 1, row j is worksheet row j + 1.

    `far` lists cells that lie outside the table and were left out of it: (row, column letters, text).
    """

    table: pa.Table
    far: tuple[Stray, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheets:
    """The worksheets of a workbook in order (chart sheets are none), which are hidden, and the day that serial dates count from."""

    names: tuple[str, ...]
    hidden: frozenset[str] = frozenset()
    serial_epoch: str = "1899-12-30"


def sheets_of(path: Path, name: str) -> Sheets:
    """Open a workbook as far as its list of sheets; raises SourceError where it is damaged."""
    with told(name, "a workbook that opens", _SAVE):
        reader = fastexcel.read_excel(path)
        if not zipfile.is_zipfile(path) or _is_binary(path):
            return Sheets(names=tuple(reader.sheet_names))
        with zipfile.ZipFile(path) as archive:
            parts = sheet_parts(archive)
            epoch = "1904-01-01" if is_1904(archive) else "1899-12-30"
        hidden = frozenset(part.name for part in parts if part.hidden)
        return Sheets(names=tuple(part.name for part in parts), hidden=hidden, serial_epoch=epoch)


def read_sheet(path: Path, sheet: str, name: str, *, rows: int | None = None) -> Cells:
    """Read a sheet as text, `rows` rows at most; raises SourceError naming file and sheet."""
    with told(f"{name}, sheet {sheet!r}", "a readable worksheet", _SAVE):
        if not zipfile.is_zipfile(path) or _is_binary(path):
            return Cells(table=_quickly(path, sheet, rows))
        with zipfile.ZipFile(path) as archive:
            extent = extent_of(archive, next(part for part in sheet_parts(archive) if part.name == sheet))
        is_glance = rows is not None and (extent is None or not extent.is_sure)  # reading carefully stops at the last row asked for
        if extent is not None and not is_glance and extent.is_compact(most_columns=MOST_COLUMNS, small=SMALL):
            table = _quickly(path, sheet, rows)
            if extent.is_sure or table.num_columns == extent.right - extent.left + 1:
                return Cells(table=_shifted(table, extent.left - 1))
        table, far = read_carefully(path, sheet, most_columns=MOST_COLUMNS, rows=rows)
        return Cells(table=table, far=far)


def _quickly(path: Path, sheet: str, rows: int | None) -> pa.Table:
    try:
        batch = fastexcel.read_excel(path).load_sheet(sheet, header_row=None, skip_rows=0, n_rows=rows, dtypes="string", eager=True)
    except fastexcel.FastExcelError as error:
        if "no data" in str(error).lower() or "empty" in str(error).lower():
            return pa.table({})
        raise
    return pa.table(batch.columns, names=[f"c{position}" for position in range(batch.num_columns)])


def _shifted(table: pa.Table, empty: int) -> pa.Table:
    """With the empty columns at the left that fastexcel leaves out, so that column i is worksheet column i + 1."""
    arrays = [pa.nulls(table.num_rows, pa.string())] * empty + table.columns if table.num_columns else []
    return pa.table(arrays, names=[f"c{position}" for position in range(len(arrays))])


def _is_binary(path: Path) -> bool:
    with zipfile.ZipFile(path) as archive:
        return "xl/workbook.xml" not in archive.namelist()
