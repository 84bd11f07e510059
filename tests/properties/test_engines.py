"""DuckDB and Spark make the same tables of the same rows: compared by the digest that a build's receipt
carries.
"""

from pathlib import Path
from typing import Any

import pytest
from attack.scale import draws
from duckdb import DuckDBPyConnection
from reference.histories import random_history
from running import batch, write_given, write_tables

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


@pytest.mark.xdist_group("spark")
def test_every_table_is_the_same_on_both_engines(plainly: Any, tmp_path: Path) -> None:
    of = batch(
        {f"h{seed}": random_history(seed) for seed in range(9000, 9000 + draws(40, 300))},
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
