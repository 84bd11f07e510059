"""Make the tables of a build: each step whose inputs changed, beside the hashing of the one before."""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from paradero.building import receipts
from paradero.building.ingested import filled_columns, ingested_folder, report_of
from paradero.building.overlaps import repeated_rows
from paradero.building.receipts import Receipt, TableReceipt
from paradero.building.stages import empty_of, ingested_name, kinds_of_rows
from paradero.casefile.folder import Casefile, CaseSettings
from paradero.casefile.originals import Source
from paradero.casefile.seals import sha256_of
from paradero.custody import given
from paradero.custody.definitions import Definition, definitions
from paradero.engines.choice import Engine, open_engine
from paradero.engines.digest import digest_of
from paradero.engines.fingerprint import fingerprint_of, version_of
from paradero.engines.lending import lent
from paradero.engines.steps import Step
from paradero.model.time.clock import us_of

Progress = Callable[[str, int, int], None]

_FEW = 3_000  # rows below which planning, and starting and stopping threads, costs more than they save

SOURCES = pa.schema(
    [
        ("source", pa.string()),
        ("source_rank", pa.int64()),
        ("release", pa.string()),
        ("sha256", pa.string()),
        ("file_name", pa.string()),
        ("kinds", pa.string()),
        ("variant", pa.string()),
        ("origin", pa.string()),
        ("licence", pa.string()),
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A build under way: where it writes, what it may take over from the last one, which step comes when."""

    folder: Path
    engine: str
    before: Receipt | None
    before_folder: Path | None
    steps: list[Step]
    keys: dict[str, str] = field(default_factory=dict)


def given_names() -> set[str]:
    """Names of the tables that no step makes: what the casefile itself states."""
    return {
        "sources",
        "repeated_rows",
        "settings",
        "release_settings",
        "reasons",
        "headcount_definitions",
    } | {ingested_name(kind) for kind in kinds_of_rows()}


def _given_tables(case: Casefile, settings: CaseSettings, sources: list[Source]) -> dict[str, pa.Table]:
    listed: list[dict[str, Any]] = [
        {
            "source": source.source,
            "source_rank": rank,
            "release": source.release,
            "sha256": source.sha256,
            "file_name": source.file_name,
            "kinds": ", ".join(source.kinds),
            "variant": source.variant,
            "origin": source.origin,
            "licence": source.licence,
        }
        for rank, source in enumerate(sources)
    ]
    limits = [
        {"gap_us": settings.settings.gap_us, "longest_open_until": settings.settings.longest_open_until_us}
    ]
    looked = [
        {
            "release": name,
            "released_at": None if each.released_at is None else us_of(each.released_at),
            "covers_from": None if each.covers_from is None else us_of(each.covers_from),
        }
        for name, each in sorted(settings.releases.items())
    ]
    return {
        "sources": given.table(SOURCES, listed),
        "repeated_rows": repeated_rows(case, sources),
        "settings": given.table(given.SETTINGS, limits),
        "release_settings": given.table(given.RELEASE_SETTINGS, looked),
        "reasons": given.table(given.REASONS, given.reasons()),
        "headcount_definitions": given.table(
            given.DEFINITIONS, [each.as_row() for each in _definitions_wanted(case, sources)]
        ),
    }


def _definitions_wanted(case: Casefile, sources: list[Source]) -> list[Definition]:
    """The definitions that every build counts by, and those that a published table of the casefile was
    counted by.
    """
    printed = {
        column
        for source in sources
        if "facility_days" in source.kinds
        for column in filled_columns(ingested_folder(case, source))
    }
    return [each for each in definitions().values() if each.in_build or each.published_as in printed]


def make_tables(
    case: Casefile,
    plan: Plan,
    settings: CaseSettings,
    sources: list[Source],
    *,
    master: str | None,
    threads: int | None,
    memory: str | None,
    progress: Progress | None,
) -> list[TableReceipt]:
    """Make every kept table of a build in the order of its steps, taking over what has not changed."""
    made: list[TableReceipt | Future[TableReceipt]] = []
    few = _rows(case, sources) < _FEW
    if threads is None and plan.engine == "duckdb" and few:
        threads = 1
    # a table is hashed beside the making of the next one: neither alone keeps two cores busy
    with lent(threads=threads, memory=memory) as reader, ThreadPoolExecutor(max_workers=1) as hashing:
        runner = _Lazy(plan, case, master=master, threads=threads, memory=memory, few=few)
        try:
            for name, table in _given_tables(case, settings, sources).items():
                path = plan.folder / f"{name}.parquet"
                pq.write_table(table, path, compression="zstd")
                digest = digest_of(reader, [path])
                plan.keys[name] = digest.sha256
                made.append(
                    TableReceipt(
                        name=name,
                        sha256=digest.sha256,
                        rows=digest.rows,
                        key=digest.sha256,
                        seconds=0.0,
                        made_by="given",
                    )
                )
                runner.read(name, [path])
            for kind in kinds_of_rows():
                _read_ingested(case, plan, runner, kind, sources)
            kept = [step.name for step in plan.steps if step.kept == "table"]
            read = {name for step in plan.steps for name in step.inputs}
            for step in plan.steps:
                plan.keys[step.name] = _key(step, plan)
                # the others are there to be asked, not to be built on
                if step.kept == "view":
                    if step.name in read:
                        runner.define(step)
                    continue
                if progress:
                    progress(step.title, kept.index(step.name), len(kept))
                made.append(_make_one(step, plan, runner, reader, hashing))
                if step.name in read:
                    runner.read(step.name, receipts.table_files(plan.folder, step.name))
            return [table.result() if isinstance(table, Future) else table for table in made]
        finally:
            runner.close()


def _rows(case: Casefile, sources: list[Source]) -> int:
    return sum(int(str(sheet["rows_kept"])) for source in sources for sheet in report_of(case, source).sheets)


def _read_ingested(case: Casefile, plan: Plan, runner: _Lazy, kind: str, sources: list[Source]) -> None:
    found = [
        path
        for source in sources
        for path in sorted(ingested_folder(case, source).glob(f"rows-{kind}-*.parquet"), key=_sheet_number)
    ]
    if not found:
        empty = plan.folder / f"empty-{kind}.parquet"
        pq.write_table(empty_of(kind).empty_table(), empty)
        found = [empty]
        plan.keys[ingested_name(kind)] = "none"
    else:
        # equal originals read by equal code give equal rows: the folder's name says both
        text = "\n".join(f"{path.parent.name}/{path.name}" for path in found)
        plan.keys[ingested_name(kind)] = hashlib.sha256(text.encode()).hexdigest()
    runner.read(ingested_name(kind), found)


def _sheet_number(path: Path) -> int:
    return int(path.stem.rpartition("-")[2])


def _key(step: Step, plan: Plan) -> str:
    parts = [
        step.fingerprint,
        plan.engine,
        *([version_of("pyspark")] if plan.engine == "spark" else []),
        fingerprint_of("tables", steps=False),
        *(f"{name}={plan.keys[name]}" for name in step.inputs),
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _make_one(
    step: Step, plan: Plan, runner: _Lazy, reader: duckdb.DuckDBPyConnection, hashing: ThreadPoolExecutor
) -> TableReceipt | Future[TableReceipt]:
    path = plan.folder / f"{step.name}.parquet"
    before = _taken_over(step, plan, path)
    if before is not None:
        return before
    started = time.monotonic()
    runner.write(step, path)
    made = receipts.table_files(plan.folder, step.name)
    return hashing.submit(
        _hashed, reader, made, step.name, plan.keys[step.name], round(time.monotonic() - started, 3)
    )


def _hashed(
    reader: duckdb.DuckDBPyConnection, made: list[Path], name: str, key: str, seconds: float
) -> TableReceipt:
    digest = digest_of(reader, made)
    return TableReceipt(
        name=name, sha256=digest.sha256, rows=digest.rows, key=key, seconds=seconds, made_by="step"
    )


def _taken_over(step: Step, plan: Plan, new: Path) -> TableReceipt | None:
    """Link a table of the last build into this one; None where it was made of something else, or is not there
    byte by byte as it was built.
    """
    table = plan.before.table(step.name) if plan.before else None
    if (
        table is None
        or plan.before is None
        or plan.before_folder is None
        or table.key != plan.keys[step.name]
    ):
        return None
    old = plan.before_folder / new.name
    sealed = {
        name: sha256
        for name, sha256 in plan.before.files.items()
        if name == old.name or name.startswith(f"{old.name}/")
    }
    now = {
        path.relative_to(plan.before_folder).as_posix(): path
        for path in ([*old.rglob("*")] if old.is_dir() else [old])
        if path.is_file()
    }
    if not sealed or sealed != {name: sha256_of(path) for name, path in now.items()}:
        return None
    if old.is_dir():
        shutil.copytree(old, new, copy_function=_link)
    else:
        _link(old, new)
    return table


def _link(old: str | Path, new: str | Path) -> None:
    try:
        os.link(old, new)
    except OSError:  # a file system without links
        shutil.copyfile(old, new)


class _Lazy:
    """An engine that starts only when the first step has to run; until then it remembers what it was told."""

    def __init__(
        self,
        plan: Plan,
        case: Casefile,
        *,
        master: str | None,
        threads: int | None,
        memory: str | None,
        few: bool,
    ) -> None:
        self._plan = plan
        self._options: dict[str, Any] = {
            "master": master,
            "threads": threads,
            "memory": memory,
            "temporary": case.build,
            "few": few,
        }
        self._told: list[Callable[[Engine], None]] = []
        self._engine: Engine | None = None

    def read(self, name: str, paths: list[Path]) -> None:
        self._tell(lambda engine: engine.read(name, paths))

    def define(self, step: Step) -> None:
        self._tell(lambda engine: engine.define(step))

    def write(self, step: Step, path: Path) -> None:
        if self._engine is None:
            self._engine = open_engine(self._plan.engine, **self._options)
            for told in self._told:
                told(self._engine)
        self._engine.write(step, path)

    def _tell(self, act: Callable[[Engine], None]) -> None:
        self._told.append(act)
        if self._engine is not None:
            act(self._engine)

    def close(self) -> None:
        if self._engine is not None:
            self._engine.close()
