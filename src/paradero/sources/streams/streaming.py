"""Take a large table in: what all its rows tell is gathered first, then each piece is typed and written."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from paradero.engines.lending import lent
from paradero.sources.sheets.assumed import Assumed
from paradero.sources.sheets.beside import Parted
from paradero.sources.sheets.odd_cells import Listed, rejects_table
from paradero.sources.sheets.prints import write_prints
from paradero.sources.sheets.profile import Profile, merged, profile_table
from paradero.sources.sheets.sheet import (
    cells_table,
    found_in,
    header_rows,
    held_columns,
    report_of,
    take_rows,
)
from paradero.sources.sheets.sniffing import Found, nearest_miss
from paradero.sources.sheets.tasks import SheetReport, SheetTask
from paradero.sources.streams.gathering import gathered, padded
from paradero.sources.streams.merging import merged_assumed, merged_report
from paradero.sources.streams.pieces import Pieces
from paradero.sources.values.entire import Entire
from paradero.sources.values.identifiers import withhold

_HELD_WHOLE = ("facilities",)  # a list that says of itself whether its rows are people


def take_in_pieces(task: SheetTask) -> SheetReport | None:
    """Take a table in piece by piece, with the result of taking it whole; None where it must be held whole
    after all. It takes as much room beside `task.out` as the table itself.
    """
    folder = task.out / f"pieces-{task.number}"
    folder.mkdir()
    try:
        pieces = Pieces(task, folder)
        first = pieces.first()
        found = found_in(task, first)
        if found is None:
            why = nearest_miss(first.head, task.as_kind, task.own)
            return SheetReport(number=task.number, name=task.label, why=why, head=tuple(first.head))
        if found.fit.layout.kind in _HELD_WHOLE:
            return None
        entire = gathered(task, found, pieces, folder)
        return None if entire is None else _written(task, found, pieces, entire)
    finally:
        shutil.rmtree(folder)


class _Growing:
    """A Parquet file that tables of the same columns are added to."""

    def __init__(self, path: Path, level: int | None = None) -> None:
        self._path, self._level = path, level
        self._writer: pq.ParquetWriter | None = None

    def add(self, table: pa.Table) -> None:
        """Add rows; columns of dictionaries are written as what they hold."""
        plain = pa.schema(
            [
                field.with_type(field.type.value_type) if pa.types.is_dictionary(field.type) else field
                for field in table.schema
            ]
        )
        if self._writer is None:
            self._writer = pq.ParquetWriter(
                self._path, plain, compression="zstd", compression_level=self._level, store_schema=False
            )
        self._writer.write_table(table.cast(plain))

    def close(self) -> None:
        """Nothing is added any more."""
        if self._writer is not None:
            self._writer.close()


def _written(task: SheetTask, found: Found, pieces: Pieces, entire: Entire) -> SheetReport:
    kind = found.fit.layout.kind
    is_text = task.container == "csv"
    rows = _Growing(task.out / f"rows-{kind}-{task.number}.parquet")
    cells = _Growing(task.out / f"cells-{task.number}.parquet", level=1)
    rejected = _Growing(task.out / f"rejects-{task.number}.parquet")
    listed = Listed()
    reports: list[SheetReport] = []
    assumed: list[list[Assumed]] = []
    profiles: list[list[Profile]] = []
    with lent(threads=task.threads) as connection:
        for loaded in pieces:
            columns = padded(held_columns(task, loaded, found), entire, loaded)
            first = header_rows(task, found, loaded.start)
            clean, withheld = withhold(columns, found.headers, found.fit, first, entire=entire)
            if is_text:
                shown = clean
                if task.keep:
                    shown, _ = withhold(
                        columns, found.headers, found.fit, first, keep=task.keep, entire=entire
                    )
                cells.add(cells_table(shown, loaded))
            del columns
            bare = replace(loaded, table=pa.table({}))
            taken = take_rows(connection, task, bare, found, clean, Parted(fit=found.fit), entire)
            taken = replace(taken, rejects=listed.of(taken.rejects))
            rows.add(taken.table)
            moved = [each._replace(row=each.row + loaded.start) for each in taken.rejects]
            rejected.add(rejects_table(task, moved))
            profiles.append(taken.profile)
            assumed.append(taken.assumed)
            reports.append(replace(report_of(task, bare, taken, (kind,)), withheld=tuple(withheld)))
        for growing in (rows, cells, rejected):
            growing.close()
        write_prints(connection, task.out, kind, task.number)
    pq.write_table(
        profile_table(merged(profiles)), task.out / f"columns-{task.number}.parquet", compression="zstd"
    )
    return merged_report(reports, merged_assumed(assumed, found.fit.layout))
