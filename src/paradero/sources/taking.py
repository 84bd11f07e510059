"""Take one sheet in: find its header, type its rows, write rows, cells, rejects and the profile of its
columns. A table too large to be held is taken in pieces.
"""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa
import pyarrow.parquet as pq

from paradero.engines.lending import lent
from paradero.sources.held import Held, Texts
from paradero.sources.ice_statistics import is_statistics, long_cells
from paradero.sources.sheets.beside import parted
from paradero.sources.sheets.ledger import Ledger
from paradero.sources.sheets.loading import load
from paradero.sources.sheets.odd_cells import rejects_table
from paradero.sources.sheets.prints import write_prints
from paradero.sources.sheets.profile import profile_table
from paradero.sources.sheets.rows import ORDINALS_A_SHEET, ROW_GROUP
from paradero.sources.sheets.sheet import (
    cells_table,
    found_in,
    header_rows,
    held_columns,
    report_of,
    take_rows,
)
from paradero.sources.sheets.sniffing import Found, nearest_miss
from paradero.sources.sheets.tasks import Loaded, SheetReport, SheetTask
from paradero.sources.streams.pieces import is_large
from paradero.sources.streams.streaming import take_in_pieces
from paradero.sources.values.identifiers import withhold


def take_sheet(task: SheetTask) -> SheetReport:
    """Read one sheet and write its files into `task.out`; a sheet without a table of a known kind is
    reported, not kept.
    """
    if is_large(task):
        report = take_in_pieces(task)
        if report is not None:
            return report
    return _take_whole(task)


def _take_whole(task: SheetTask) -> SheetReport:
    loaded = load(task)
    is_text = task.container not in ("parquet", "feather")
    found = found_in(task, loaded)
    headers, fitted, first = (found.headers, found.fit, found.header_row) if found else ((), None, 0)
    columns = held_columns(task, loaded, found)
    kinds: tuple[str, ...] = ()
    clean, withheld = withhold(columns, headers, fitted, first if is_text else 0)
    if is_text and loaded.rows:
        kinds = _write_cells(
            task, loaded, withhold(columns, headers, fitted, first, keep=task.keep)[0] if task.keep else clean
        )
    if found is None or not loaded.rows:
        why = nearest_miss(loaded.head, task.as_kind, task.own) if loaded.rows else "It has no cells."
        ledger = Ledger(
            in_file=loaded.in_file, taken=loaded.rows if kinds else 0, not_taken=0 if kinds else loaded.rows
        )
        return SheetReport(
            number=task.number,
            name=task.label,
            kinds=kinds,
            hidden=task.hidden,
            last_row=loaded.rows,
            encoding=loaded.encoding,
            why=why,
            head=tuple(loaded.head),
            ledger=ledger,
            remarks=loaded.remarks,
            withheld=tuple(withheld) if loaded.rows else (),
        )
    del columns  # the cells are held as codes by now
    report = _take_table(task, replace(loaded, table=pa.table({})), found, clean, kinds)
    return replace(report, withheld=tuple(withheld))


def _write_cells(task: SheetTask, loaded: Loaded, columns: list[Held]) -> tuple[str, ...]:
    """Keep the cells as received; of a statistics workbook also every filled cell with its labels. Returns
    the kinds written.
    """
    pq.write_table(
        cells_table(columns, loaded),
        task.out / f"cells-{task.number}.parquet",
        compression="zstd",
        compression_level=1,
        row_group_size=ROW_GROUP,
        write_statistics=["source_row"],
        store_schema=False,
    )
    if not is_statistics(list(task.all_sheets)) or task.as_kind not in (
        None,
        "statistics",
        "facility_statistics",
    ):
        return ()
    base = task.number * ORDINALS_A_SHEET
    shown = pa.table(
        {
            name: held.raw()
            for name, held in zip(loaded.table.column_names, columns, strict=True)
            if isinstance(held, Texts)
        }
    )
    cells = long_cells(
        shown, source=task.source, sheet_number=task.number, sheet=task.label, ordinal_base=base
    )
    pq.write_table(cells, task.out / f"rows-statistics-{task.number}.parquet", compression="zstd")
    return ("statistics",)


def _take_table(
    task: SheetTask, loaded: Loaded, found: Found, columns: list[Held], kinds: tuple[str, ...]
) -> SheetReport:
    kind = found.fit.layout.kind
    apart = parted(found, columns, header_rows(task, found))
    with lent(threads=task.threads) as connection:
        taken = take_rows(connection, task, loaded, found, columns, apart)
        pq.write_table(
            taken.table,
            task.out / f"rows-{kind}-{task.number}.parquet",
            compression="zstd",
            row_group_size=ROW_GROUP,
            store_schema=False,
        )
        write_prints(connection, task.out, kind, task.number)
    for name, table in (
        ("rejects", rejects_table(task, taken.rejects)),
        ("columns", profile_table(taken.profile)),
    ):
        pq.write_table(table, task.out / f"{name}-{task.number}.parquet", compression="zstd")
    return report_of(task, loaded, taken, (*kinds, kind))
