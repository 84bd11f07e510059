"""Take one source in: find its tables, type its rows, keep its cells, say what was odd. Nothing is visible
until all of it is written.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
from collections.abc import Callable
from concurrent import futures
from concurrent.futures import process
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from paradero.disk.whole_files import half_of
from paradero.model.errors import SourceError
from paradero.sources.containers.first_bytes import WORKBOOKS, Container, container_of
from paradero.sources.containers.parts import SCANNED, largest_sheet
from paradero.sources.containers.workbooks import Sheets, sheets_of
from paradero.sources.layouts import Layout
from paradero.sources.sheets.ledger import Ledger
from paradero.sources.sheets.rows import ADDRESS, BOUNDS
from paradero.sources.sheets.sniffing import near_kind, nearest_of_all, no_known_table, release_in
from paradero.sources.sheets.tasks import MOST_HELD, SheetReport, SheetTask
from paradero.sources.taking import take_sheet
from paradero.sources.values import typed
from paradero.sources.values.dates import DateOrder
from paradero.sources.whole_files import (
    assumed_of,
    check_balance,
    in_one_order,
    with_overflow,
    with_repeated_sheets,
)

EMPTY_COLUMNS = ADDRESS

_SPARE, _TIMES = 6 << 30, 12  # addresses for the libraries, and bytes for each of a sheet's XML
_SMALL = 4_000_000  # bytes of file below which starting processes costs more than it saves


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingested:
    """What a source gave: per kind its row files; counts over all sheets, what became of every row, what was
    assumed; one report per sheet.
    """

    kinds: tuple[str, ...]
    container: str
    release: str | None
    rows_in: int
    rows_kept: int
    rows_flagged: int
    cells_rejected: int
    ledger: Ledger
    assumed: tuple[dict[str, Any], ...]
    sheets: tuple[SheetReport, ...]

    def as_json(self) -> dict[str, Any]:
        """As written to report.json."""
        fields = {name: getattr(self, name) for name in self.__slots__ if name not in ("sheets", "ledger")}
        return fields | {
            "ledger": self.ledger.as_json(),
            "sheets": [sheet.as_json() for sheet in self.sheets],
        }


def empty_rows(layout: Layout) -> pa.Schema:
    """The columns of a kind's row table, for a casefile that has no source of it."""
    declared = [(column.name, typed.ARROW[column.type]) for column in layout.column]
    stamp = typed.ARROW["timestamp"]
    kinds = tuple(zip(BOUNDS, (stamp, stamp, pa.string()), strict=True))
    states = [
        (f"{column.name}{part}", kind)
        for column in layout.column
        if column.states
        for part, kind in (("_why_missing", pa.string()), *(kinds if column.type == "timestamp" else ()))
    ]
    return pa.schema(
        [*EMPTY_COLUMNS, *declared, *states, ("redactions", pa.string()), ("extra", pa.string())]
    )


def ingest(
    path: Path,
    out_dir: Path,
    *,
    source: str,
    file_name: str,
    as_kind: str | None = None,
    date_order: DateOrder | None = None,
    keep: tuple[str, ...] = (),
    own: str = "",
    progress: Callable[[str], None] | None = None,
    processes: int | None = None,
    most_held: int = MOST_HELD,
) -> Ingested:
    """Read the file at `path` into `out_dir` as `rows-<kind>-<sheet>.parquet`, `cells-<sheet>.parquet`,
    `rejects.parquet`, `columns.parquet`.

    `source` is the id written into every row, `file_name` the name it came under. Direct identifiers are
    withheld; under the headers `keep` the cells as received are kept, and shown by `rows` alone. Several
    sheets are read by as many processes as there are cores. `date_order` declares the order of day and month;
    else all date columns of all sheets decide it together. `own` is the text of a layout that a user wrote
    over `as_kind`. `most_held`: bytes of text, or of Parquet unpacked, above which a table is taken in
    pieces, with the same result. Raises SourceError, leaving `out_dir` as it was,
    where no sheet holds a table of a known kind, or the rows of the file are not all accounted for.
    """
    container = container_of(path, file_name)
    beside = half_of(out_dir)
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    try:
        tasks = _tasks(
            path, container, beside, source=source, file_name=file_name, as_kind=as_kind, keep=keep
        )
        tasks = [replace(task, date_order=date_order, own=own, most_held=most_held) for task in tasks]
        reports = _run(tasks, progress, processes)
        reports = in_one_order(tasks, with_overflow(tasks, reports))
        _check(reports, file_name, as_kind, own)
        check_balance(reports, file_name)
        reports = with_repeated_sheets(beside, reports)
        done = _summary(reports, container, file_name)
        _join(beside, "rejects", len(tasks))
        _join(beside, "columns", len(tasks))
        (beside / "report.json").write_text(
            json.dumps(done.as_json(), indent=1, ensure_ascii=False), encoding="utf-8"
        )
        if out_dir.exists():
            shutil.rmtree(out_dir)
        os.replace(beside, out_dir)
        return done
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _tasks(
    path: Path,
    container: Container,
    out: Path,
    *,
    source: str,
    file_name: str,
    as_kind: str | None,
    keep: tuple[str, ...],
) -> list[SheetTask]:
    sheets = sheets_of(path, container, file_name) if container in WORKBOOKS else Sheets(names=("",))
    threads = (os.cpu_count() or 1) if len(sheets.names) == 1 else 1
    return [
        SheetTask(
            path=path,
            container=container,
            number=number,
            name=name,
            out=out,
            source=source,
            file_name=file_name,
            as_kind=as_kind,
            all_sheets=sheets.names,
            hidden=name in sheets.hidden,
            serial_epoch=sheets.serial_epoch,
            threads=threads,
            keep=keep,
        )
        for number, name in enumerate(sheets.names)
    ]


def _run(
    tasks: list[SheetTask], progress: Callable[[str], None] | None, processes: int | None
) -> list[SheetReport]:
    workers = min(len(tasks), processes or os.cpu_count() or 1)
    largest = largest_sheet(tasks[0].path) if tasks[0].container == "xlsx" else 0
    # a sheet too large to be looked through is read in a process of its own, which may take no more memory
    # than an honest one needs
    if (workers < 2 or tasks[0].path.stat().st_size < _SMALL) and largest <= SCANNED:
        reports = []
        for task in tasks:
            reports.append(take_sheet(task))
            if progress:
                progress(task.name)
        return reports
    context = multiprocessing.get_context("spawn")
    try:
        with futures.ProcessPoolExecutor(
            workers, mp_context=context, initializer=_within, initargs=(_SPARE + _TIMES * largest,)
        ) as pool:
            waiting = {pool.submit(take_sheet, task): task for task in tasks}
            for future in futures.as_completed(waiting):
                future.result()
                if progress:
                    progress(waiting[future].name)
            return sorted((future.result() for future in waiting), key=lambda report: report.number)
    except process.BrokenProcessPool as error:
        raise SourceError(
            f"{tasks[0].file_name}: a reading process was killed, as where sheets do not fit into memory."
            " Close other programs and add it again."
        ) from error


def _within(most: int) -> None:
    """Limit the memory that this process may ask for; where the system knows no such limit, it has none. What
    the reader says when it dies of that is for nobody.
    """
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    try:
        import resource
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(
        resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard)
    )


def _check(reports: list[SheetReport], file_name: str, as_kind: str | None, own: str) -> None:
    if not any(report.kinds for report in reports):
        heads = [list(report.head) for report in reports]
        raise SourceError(no_known_table(file_name, nearest_of_all(heads, as_kind, own)))
    kinds = {kind for report in reports for kind in report.kinds}
    for report in reports:
        near = near_kind(list(report.head)) if not report.kinds else None
        if near is not None and near in kinds:
            raise SourceError(
                f"{file_name}, sheet {report.name!r}: not a table of {near}, as the other sheets are."
                f" {report.why}"
            )


def _summary(reports: list[SheetReport], container: str, file_name: str) -> Ingested:
    preamble = [cell for report in reports for row in report.head[:8] for cell in row if cell]
    return Ingested(
        kinds=tuple(dict.fromkeys(kind for report in reports for kind in report.kinds)),
        container=container,
        release=release_in([file_name, *preamble, *(report.file_original or "" for report in reports)]),
        rows_in=sum(report.rows_in for report in reports),
        rows_kept=sum(report.rows_kept for report in reports),
        rows_flagged=sum(report.rows_flagged for report in reports),
        cells_rejected=sum(report.cells_rejected for report in reports),
        ledger=sum((report.ledger for report in reports), Ledger(in_file=0)),
        assumed=tuple(assumed_of(reports)),
        sheets=tuple(reports),
    )


def _join(folder: Path, name: str, sheets: int) -> None:
    parts = [
        folder / f"{name}-{number}.parquet"
        for number in range(sheets)
        if (folder / f"{name}-{number}.parquet").exists()
    ]
    if len(parts) == 1:
        parts[0].rename(folder / f"{name}.parquet")
        return
    if parts:
        pq.write_table(
            pa.concat_tables([pq.read_table(part) for part in parts]),
            folder / f"{name}.parquet",
            compression="zstd",
        )
    for part in parts:
        part.unlink()
