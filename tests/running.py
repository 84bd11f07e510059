"""Run the real steps over rows written in Python: many small histories at once, each under release names of
its own.
"""

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from reference.columns import Row, grouped
from reference.histories import History

from paradero.building.making import SOURCES
from paradero.building.overlaps import REPEATED_ROWS
from paradero.building.stages import all_steps, empty_of, groupings, ingested_name, kinds_of_rows
from paradero.custody import given
from paradero.custody.definitions import definitions
from paradero.engines.duckdb import DuckDBEngine
from paradero.engines.steps import Step, needed_for, order_steps
from paradero.model.time.clock import us_of

ROWS_A_SOURCE, ROWS_A_SHEET = 2**38, 2**26
KINDS = ("detentions", "arrests", "removals")
GAP_US = 86_400_000_000
LONGEST_OPEN_UNTIL = datetime(2026, 3, 10, 23, 59, 59)

Tables = dict[str, pa.Table]


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Histories as one case: `histories` by name, their releases and row ids renamed to those that the steps
    give; `tables` are the given tables.
    """

    histories: dict[str, History]
    tables: Tables


def batch(
    histories: Mapping[str, History],
    *,
    wanted: Iterable[str] | None = None,
    shuffled: int | None = None,
    assuming: Iterable[str] = (),
) -> Batch:
    """Make one case of many histories, each release two sources of two sheets; `wanted` headcount definitions
    (all of them unless named).

    `assuming` are assumptions that headcounts are made under.

    `shuffled` is a seed: the rows of every given table come in an order of its chance, which no result may
    depend on.
    """
    sources: list[Row] = []
    ingested: dict[str, list[Row]] = {kind: [] for kind in KINDS}
    renamed = {name: addressed(name, one, sources, ingested) for name, one in histories.items()}
    settings = [
        {"release": release, "released_at": us_of(at)}
        for one in renamed.values()
        for release, at in one.released_at.items()
    ]
    names = definitions() if wanted is None else wanted
    lists = {
        "sources": (SOURCES, sources),
        "repeated_rows": (REPEATED_ROWS, []),
        "settings": (given.SETTINGS, [{"gap_us": GAP_US, "longest_open_until": us_of(LONGEST_OPEN_UNTIL)}]),
        "release_settings": (given.RELEASE_SETTINGS, settings),
        "reasons": (given.REASONS, given.reasons()),
        "headcount_definitions": (
            given.DEFINITIONS,
            [definitions()[name].as_row(assuming=tuple(assuming)) for name in names],
        ),
    } | {ingested_name(kind): (empty_of(kind), ingested.get(kind, [])) for kind in kinds_of_rows()}
    if shuffled is not None:
        chance = random.Random(shuffled)
        lists = {name: (schema, chance.sample(rows, len(rows))) for name, (schema, rows) in lists.items()}
    return Batch(
        histories=renamed, tables={name: given.table(schema, rows) for name, (schema, rows) in lists.items()}
    )


def addressed(name: str, one: History, sources: list[Row], ingested: dict[str, list[Row]]) -> History:
    """Add a history's sources and rows to the case; give the history back with the names of releases and rows
    that they have there.
    """
    found = History(released_at={f"{name}/{release}": at for release, at in one.released_at.items()})
    rows = sorted(
        ((row, kind) for kind in KINDS for row in getattr(one, kind)), key=lambda pair: pair[0]["row_id"]
    )
    of_release = grouped(
        [{"release": row["release"], "row": row, "kind": kind} for row, kind in rows], "release"
    )
    for (release,), members in sorted(of_release.items()):
        for part, half in enumerate((members[: len(members) // 2], members[len(members) // 2 :])):
            rank, source = len(sources), f"{name}/{release}/{part}"
            sources.append(
                {
                    "source": source,
                    "source_rank": rank,
                    "release": f"{name}/{release}",
                    "sha256": f"{rank:064x}",
                    "file_name": f"{source}.xlsx",
                }
            )
            for number, member in enumerate(half, 2):
                sheet = int(number > len(half) // 2)
                row, ordinal = member["row"], sheet * ROWS_A_SHEET + number
                place = {
                    "source": source,
                    "sheet_number": sheet,
                    "ordinal": ordinal,
                    "source_sheet": f"sheet {sheet}",
                    "source_row": number,
                }
                ingested[member["kind"]].append(
                    place
                    | {column: value for column, value in row.items() if column not in ("release", "row_id")}
                )
                getattr(found, member["kind"]).append(
                    row | {"release": f"{name}/{release}", "row_id": rank * ROWS_A_SOURCE + ordinal}
                )
    return found


def ordered_steps(tables: Tables) -> list[Step]:
    """Give every step in an order in which it can run on the given tables."""
    return order_steps(all_steps(), given=set(tables))


def run(
    of: Batch, *, threads: int | None = None, by: str | None = None, only: Iterable[str] = ()
) -> DuckDBEngine:
    """Run every step on DuckDB, in memory; ask the engine's connection for any table. `by` names another
    grouping of headcounts than facilities.

    `only` names tables: no step is run that none of them rests on.
    """
    engine = DuckDBEngine(threads=threads)
    wanted = {name for table in only for name in needed_for(table, all_steps())}
    for name, table in of.tables.items():
        engine.connection.register(f"arrow_{name}", table)
        engine.connection.execute(f'CREATE TABLE "{name}" AS SELECT * FROM "arrow_{name}"')
    for step in ordered_steps(of.tables):
        if wanted and step.name not in wanted:
            continue
        chosen = replace(groupings()[by], name=step.name) if by and step.name == "counted_stints" else step
        if chosen.kept == "view":
            engine.define(chosen)
        else:
            engine.connection.execute(f'CREATE TABLE "{chosen.name}" AS {chosen.select}')
    return engine


def rows_of(engine: DuckDBEngine, query: str) -> list[Row]:
    """Give a table (by name) or the rows of a query as dicts."""
    found = engine.connection.execute(query if " " in query else f'SELECT * FROM "{query}"')
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def write_given(of: Batch, folder: Path) -> dict[str, Path]:
    """Write the given tables as Parquet, for engines that read files."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = {name: folder / f"{name}.parquet" for name in of.tables}
    for name, path in paths.items():
        pq.write_table(of.tables[name], path)
    return paths


def write_tables(engine: Any, given_paths: Mapping[str, Path], folder: Path) -> dict[str, list[Path]]:
    """Run every step on an engine through files; give the files of each table. Views, too, are written, but
    not those that only address ingested rows.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, path in given_paths.items():
        engine.read(name, [path])
    found = {}
    for step in order_steps(all_steps(), given=set(given_paths)):
        if any(name.startswith("ingested_") for name in step.inputs):
            engine.define(step)
            continue
        path = folder / f"{step.name}.parquet"
        engine.write(step, path)
        found[step.name] = sorted(path.glob("*.parquet")) if path.is_dir() else [path]
        engine.read(step.name, found[step.name])
    return found
