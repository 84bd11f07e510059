"""Take one source in: find its tables, type its rows, keep its cells, say what was odd. Nothing is visible until all of it is written."""

from __future__ import annotations

import concurrent.futures as futures
import json
import multiprocessing
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import feather

from paradero.model.errors import SourceError
from paradero.sources.containers import Container, container_of
from paradero.sources.layouts import Layout
from paradero.sources.sheets import take_sheet
from paradero.sources.sniffing import columnar_headers, nearest_miss, release_in
from paradero.sources.tasks import SheetReport, SheetTask
from paradero.sources.workbooks import sheet_names

__all__ = ["EMPTY_COLUMNS", "Ingested", "empty_rows", "ingest", "original_row"]

EMPTY_COLUMNS = (
    ("source", pa.string()), ("sheet_number", pa.int32()), ("ordinal", pa.int64()), ("source_sheet", pa.string()), ("source_row", pa.int64()),
    ("file_original", pa.string()), ("sheet_original", pa.string()), ("row_original", pa.int64()),
)  # fmt: skip

_ARROW = {"text": pa.string(), "timestamp": pa.timestamp("us"), "integer": pa.int64(), "number": pa.float64()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingested:
    """What a source gave: per kind its row files; counts over all sheets; one report per sheet."""

    kinds: tuple[str, ...]
    container: str
    release: str | None
    rows_in: int
    rows_kept: int
    rows_flagged: int
    cells_rejected: int
    sheets: tuple[SheetReport, ...]

    def as_json(self) -> dict[str, Any]:
        fields = {name: getattr(self, name) for name in self.__slots__ if name != "sheets"}
        return fields | {"sheets": [sheet.as_json() for sheet in self.sheets]}


def empty_rows(layout: Layout) -> pa.Schema:
    """The columns of a kind's row table, for a casefile that has no source of it."""
    declared = [(column.name, _ARROW[column.type]) for column in layout.column]
    states = [(f"{column.name}_why_missing", pa.string()) for column in layout.column if column.states]
    return pa.schema([*EMPTY_COLUMNS, *declared, *states, ("redactions", pa.string()), ("extra", pa.string())])


def ingest(
    path: Path,
    out_dir: Path,
    *,
    source: str,
    file_name: str,
    as_kind: str | None = None,
    progress: Callable[[str], None] | None = None,
    processes: int | None = None,
) -> Ingested:
    """Read the file at `path` into `out_dir` as `rows-<kind>-<sheet>.parquet`, `cells-<sheet>.parquet`, `rejects.parquet`, `columns.parquet`.

    `source` is the id written into every row, `file_name` the name it came under. Several sheets are read by as many
    processes as there are cores. Raises SourceError, leaving `out_dir` as it was, where no sheet holds a table of a known kind.
    """
    container = container_of(path, file_name)
    beside = out_dir.with_name(f".{out_dir.name}.{os.getpid()}")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    try:
        tasks = _tasks(path, container, beside, source=source, file_name=file_name, as_kind=as_kind)
        reports = _run(tasks, progress, processes)
        _check(reports, tasks, file_name, as_kind)
        done = _summary(reports, container, file_name)
        _join(beside, "rejects", len(tasks))
        _join(beside, "columns", len(tasks))
        (beside / "report.json").write_text(json.dumps(done.as_json(), indent=1, ensure_ascii=False), encoding="utf-8")
        if out_dir.exists():
            shutil.rmtree(out_dir)
        os.replace(beside, out_dir)
        return done
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _tasks(path: Path, container: Container, out: Path, *, source: str, file_name: str, as_kind: str | None) -> list[SheetTask]:
    names = sheet_names(path, file_name) if container in ("xlsx", "xls") else [""]
    return [
        SheetTask(
            path=path, container=container, number=number, name=name, out=out, source=source, file_name=file_name, as_kind=as_kind, all_sheets=tuple(names)
        )
        for number, name in enumerate(names)
    ]


def _run(tasks: list[SheetTask], progress: Callable[[str], None] | None, processes: int | None) -> list[SheetReport]:
    workers = min(len(tasks), processes or os.cpu_count() or 1)
    if workers < 2 or tasks[0].path.stat().st_size < 4_000_000:
        reports = []
        for task in tasks:
            reports.append(take_sheet(task))
            if progress:
                progress(task.name)
        return reports
    context = multiprocessing.get_context("spawn")
    with futures.ProcessPoolExecutor(workers, mp_context=context, max_tasks_per_child=1) as pool:
        waiting = {pool.submit(take_sheet, task): task for task in tasks}
        for future in futures.as_completed(waiting):
            future.result()
            if progress:
                progress(waiting[future].name)
        return sorted((future.result() for future in waiting), key=lambda report: report.number)


def _check(reports: list[SheetReport], tasks: list[SheetTask], file_name: str, as_kind: str | None) -> None:
    if any(report.kinds for report in reports):
        return
    heads = [row for report in reports for row in report.head]
    raise SourceError(f"{file_name}: expected a table of a known kind. {nearest_miss(heads, as_kind)} Name the kind with --as if you know it.")


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
        sheets=tuple(reports),
    )


def _join(folder: Path, name: str, sheets: int) -> None:
    parts = [folder / f"{name}-{number}.parquet" for number in range(sheets) if (folder / f"{name}-{number}.parquet").exists()]
    if parts:
        pq.write_table(pa.concat_tables([pq.read_table(part) for part in parts]), folder / f"{name}.parquet", compression="zstd")
    for part in parts:
        part.unlink()


def original_row(path: Path, ingested: Path, sheet: str, row: int) -> dict[str, str | None]:
    """One row as received: header (or column letter where there is none) to text.

    `path` is the original, `ingested` the folder `ingest` wrote. Raises SourceError where there is no such sheet or row.
    """
    report = json.loads((ingested / "report.json").read_text(encoding="utf-8"))
    found = next((entry for entry in report["sheets"] if entry["name"] == sheet), None)
    if found is None:
        names = ", ".join(repr(entry["name"]) for entry in report["sheets"])
        raise SourceError(f"Expected one of the sheets {names}, found {sheet!r}.")
    cells = ingested / f"cells-{found['number']}.parquet"
    with duckdb.connect() as connection:
        if cells.exists():
            rows = connection.read_parquet(str(cells)).filter(f"source_row = {int(row)}").project("* EXCLUDE (source_row)").fetchall()
            headers = found["headers"]
        else:
            headers = columnar_headers(path, report["container"])
            table = feather.read_table(path) if report["container"] == "feather" else None
            relation = connection.from_arrow(table) if table is not None else connection.read_parquet(str(path))
            rows = relation.limit(1, row - 1).project(", ".join(f"CAST(COLUMNS(*) AS VARCHAR)" for _ in range(1))).fetchall() if row > 0 else []
    if not rows:
        raise SourceError(f"Expected a row of sheet {sheet!r}, found no row {row}: it has rows up to {found['last_row']}.")
    hidden = set(found["identifiers"])
    named = [header or f"column {position + 1}" for position, header in enumerate(headers)]
    named += [f"column {position + 1}" for position in range(len(named), len(rows[0]))]
    return {name: _shown(value, name in hidden) for name, value in zip(named, rows[0], strict=False)}


def _shown(value: Any, hidden: bool) -> str | None:
    if value is None or not hidden:
        return None if value is None else str(value)
    return "(a direct identifier, not shown)"


