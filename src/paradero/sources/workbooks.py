"""Read the sheets of a workbook as text: quickly where a sheet is as it should be, carefully where it is not.

fastexcel (calamine) lays a sheet out as a dense rectangle, so one stray cell in a far corner would ask for
hundreds of gigabytes. The sheet's own `<dimension>` is read first; where it is absent or implausible the sheet
is read cell by cell instead (`paradero.sources.careful`).
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

import fastexcel
import pyarrow as pa

from paradero.model.errors import SourceError
from paradero.sources.careful import column_number, far_cells_of, is_1904, read_carefully, sheet_parts

MOST_COLUMNS = 1024
MOST_CELLS = 400_000_000

_DIMENSION = re.compile(rb'<(?:\w+:)?dimension ref="([A-Z]+)([0-9]+)(?::([A-Z]+)([0-9]+))?"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """The cells of one sheet, all text: column i of `table` is worksheet column i + 1 + `first_column`, row j is worksheet row j + 1.

    `far` lists cells that lie outside the table and were left out of it: (row, column letters, text).
    """

    table: pa.Table
    first_column: int = 0
    far: tuple[tuple[int, str, str], ...] = ()


def sheet_names(path: Path, name: str) -> list[str]:
    """Names of the worksheets in order; raises SourceError when the workbook cannot be opened."""
    try:
        return list(fastexcel.read_excel(path).sheet_names)
    except Exception as error:  # fastexcel raises its own unrelated classes for damaged files
        raise SourceError(f"{name}: expected a workbook that opens, found a damaged one ({_first_line(error)}). Copy or download it again.") from error


def read_sheet(path: Path, number: int, name: str, *, rows: int | None = None) -> Cells:
    """Read sheet `number` (0-based) as text, `rows` rows at most; raises SourceError naming file and sheet."""
    if zipfile.is_zipfile(path) and not _plausible(path, number):
        return read_stray(path, number, name, rows=rows)
    try:
        reader = fastexcel.read_excel(path)
        sheet = reader.load_sheet(number, header_row=None, skip_rows=0, n_rows=rows, dtypes="string")
        return Cells(table=pa.table(pa.RecordBatch.from_arrays(*_columns(sheet))))
    except Exception as error:  # as above
        if "no data" in str(error).lower() or "empty" in str(error).lower():
            return Cells(table=pa.table({}))
        raise SourceError(f"{name}, sheet {number + 1}: expected a readable worksheet, found {_first_line(error)}. Open and save it in a spreadsheet program.") from error


def _columns(sheet: fastexcel.ExcelSheet) -> tuple[list[pa.Array], list[str]]:
    batch = sheet.to_arrow()
    return batch.columns, [f"c{position}" for position in range(batch.num_columns)]


def read_stray(path: Path, number: int, name: str, *, rows: int | None = None) -> Cells:
    """Read a sheet with a far-away cell: the dense part as a table, the strays as a list."""
    try:
        table, far = read_carefully(path, number, most_columns=MOST_COLUMNS, rows=rows)
    except (KeyError, ValueError, zipfile.BadZipFile) as error:
        raise SourceError(f"{name}, sheet {number + 1}: expected a readable worksheet, found {_first_line(error)}.") from error
    dense, stray = far_cells_of(table, far)
    return Cells(table=dense, far=tuple(stray))


def _plausible(path: Path, number: int) -> bool:
    with zipfile.ZipFile(path) as archive:
        parts = sheet_parts(archive)
        if number >= len(parts):
            return True
        with archive.open(parts[number][1]) as stream:
            head = stream.read(4096)
    found = _DIMENSION.search(head)
    if found is None:
        return False
    first, top, last, bottom = found.groups()
    if last is None:
        return True
    width = column_number(last.decode()) - column_number(first.decode()) + 1
    height = int(bottom) - int(top) + 1
    return width <= MOST_COLUMNS and width * height <= MOST_CELLS and (width <= 256 or height <= 200_000)


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__


def serial_epoch(path: Path) -> str:
    """The day that serial date numbers of a workbook count from: 1899-12-30, or 1904-01-01 for the old Macintosh system."""
    with zipfile.ZipFile(path) as archive:
        return "1904-01-01" if is_1904(archive) else "1899-12-30"
