"""DuckDB and Spark make the same tables of the same rows: compared by the digest that a build's receipt
carries.
"""

from pathlib import Path
from typing import Any

import pytest
from attack.scale import at_length, draws
from duckdb import DuckDBPyConnection
from reference.histories import random_history
from running import batch, ordered_steps, run, write_given, write_tables

from paradero.building.stages import all_steps
from paradero.engines.digest import digest_of
from paradero.engines.duckdb import DuckDBEngine, connect


def widened(reader: DuckDBPyConnection, paths: list[Path]) -> list[Path]:
    """Make every whole number of a table a BIGINT, as SparkEngine writes them: only views have narrower ones,
    and a build does not write views.
    """
    table = reader.read_parquet([str(path) for path in paths])
    narrow = [name for name, kind in zip(table.columns, table.types, strict=True) if str(kind) == "INTEGER"]
    if not narrow:
        return paths
    wide = paths[0].with_name("widened.parquet") if len(paths) > 1 else paths[0].with_suffix(".widened")
    replaced = ", ".join(f'CAST("{name}" AS BIGINT) AS "{name}"' for name in narrow)
    table.project(f"* REPLACE ({replaced})").write_parquet(str(wide))
    return [wide]


# The steps that the suite runs on Spark, one of each shape in which engines can differ; all of them run at length.
SAMPLE = {
    "persons": "numbered in the order of texts, nulls first",
    "stint_flags": "windows whose frames end at ties, keys that are hashed",
    "stint_spans": "times as numbers, of two readings the earlier and the later",
    "releases": "lag and lead over gaps, sums over a frame, the least of values of which some are null",
    "disputed_times": "a join of a person's rows by ranges of time",
    "stay_spans": "islands: a running greatest, and numbers of them",
    "stay_ends": "many CASEs over outer joins",
    "stay_removals": "the nearest of several, whole days rounded below 1970",
    "arrests": "a count that begins anew, true and false summed",
    "reason_kinds": "texts held against patterns, the first that fits",
    "facilities": "votes with ties, numbers as texts",
    "headcount_changes": "days of spans, and what may be added to them",
    "headcount_denials": "booleans counted: a plan that once grew without end",
    "headcounts": "sequences of days, one row each",
}
# types as Spark calls them, where DuckDB calls them otherwise; whole numbers are written as BIGINT by both
SPELT = {"INTEGER": "bigint", "VARCHAR": "string", "TIMESTAMP": "timestamp_ntz", "int": "bigint"}


@pytest.mark.xdist_group("spark")
def test_tables_are_the_same_on_both_engines(plainly: Any, tmp_path: Path) -> None:
    of = batch(
        {f"h{seed}": random_history(seed) for seed in range(9000, 9012)}, wanted=["uwchr", "vera-midnight"]
    )
    duckdb = DuckDBEngine()
    given = write_given(of, tmp_path / "given")
    made = write_tables(duckdb, given, tmp_path / duckdb.name)
    paths = made | {name: [path] for name, path in given.items()}
    steps = [all_steps()[name] for name in SAMPLE]
    for name in {name for step in steps for name in step.inputs}:
        if name not in paths:  # rows with their addresses, which no engine keeps
            paths[name] = [tmp_path / f"{name}.parquet"]
            duckdb.connection.table(name).write_parquet(str(paths[name][0]))
        plainly.read(name, paths[name])
    different = {}
    with connect() as reader:
        for step in steps:
            # each from the tables that DuckDB made, so that each is compared by itself
            path = tmp_path / "spark" / f"{step.name}.parquet"
            plainly.write(step, path)
            one, other = (
                digest_of(reader, widened(reader, files))
                for files in (made[step.name], sorted(path.glob("*.parquet")))
            )
            assert one.rows > 0, step.name
            if one != other:
                different[step.name] = (one.rows, other.rows)
    duckdb.close()
    assert different == {}


@pytest.mark.xdist_group("spark")
def test_every_other_step_has_the_same_columns_on_both_engines(plainly: Any) -> None:
    """What the sample leaves out is understood by Spark, and gives columns of the same names and types; the suite asks
    it of every third step.
    """
    nobody = batch({})
    engine = run(nobody)
    steps = [step.name for step in ordered_steps(nobody.tables)]
    asked = {*steps[:: draws(3, 1)]} - SAMPLE.keys()
    for table in (*nobody.tables, *steps):
        found = engine.connection.execute(
            "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = ? ORDER BY column_index",
            [table],
        ).fetchall()
        columns = [(name, SPELT.get(kind, kind.lower())) for name, kind in found]
        if table in asked:
            schema = plainly.session.sql(all_steps()[table].select).schema
            kinds = [(each.name, each.dataType.simpleString()) for each in schema]
            assert [(name, SPELT.get(kind, kind)) for name, kind in kinds] == columns, table
        nothing = ", ".join(f"CAST(NULL AS {kind}) AS `{name}`" for name, kind in columns)
        plainly.session.sql(f"CREATE OR REPLACE TEMP VIEW `{table}` AS SELECT {nothing} WHERE FALSE")
    engine.close()


@at_length
@pytest.mark.xdist_group("spark")
def test_every_table_is_the_same_on_both_engines(plainly: Any, tmp_path: Path) -> None:
    of = batch(
        {f"h{seed}": random_history(seed) for seed in range(9000, 9300)},
        wanted=["uwchr", "vera-midnight", "vera-24-hour", "noon"],
    )
    paths = write_given(of, tmp_path / "given")
    duckdb = DuckDBEngine()
    tables = {
        engine.name: write_tables(engine, paths, tmp_path / engine.name) for engine in (duckdb, plainly)
    }
    duckdb.close()
    with connect() as reader:
        made = {
            name: {table: digest_of(reader, widened(reader, files)) for table, files in found.items()}
            for name, found in tables.items()
        }
    different = {
        table: (one.rows, made["spark"][table].rows)
        for table, one in made["duckdb"].items()
        if one != made["spark"][table]
    }
    assert different == {}
