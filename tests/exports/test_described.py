"""What columns mean goes out with them: in Parquet as Arrow's readers find it, in SQLite as a table."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
from casefile.made import said

import paradero.exports
import paradero.model
from paradero.building.tables import legible, open_tables
from paradero.casefile.folder import Casefile
from paradero.exports import export
from paradero.exports.formats import ending_of, endings

NOTE = {"case": 'it\'s; a "test"', "scope": "nobody, ñ", "digest": "0", "made by": "paradero 0"}
ROWS = """
SELECT i AS row_id, 'a:b:' || i AS row_id_address, chr(65 + (i % 3)::INTEGER) AS release,
  TIMESTAMP '2025-01-01' + to_hours(i) AS since, 'z' || i AS "no such column"
FROM range(300) r(i)
"""


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield connection


def declared_meanings() -> dict[str, str]:
    """columns.csv, read without paradero's own reader."""
    path = Path(paradero.model.__path__[0]) / "columns.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        return {row["name"]: row["meaning"] for row in csv.DictReader(stream)}


def wanted_of(columns: list[str]) -> dict[str, str]:
    meanings = declared_meanings()
    rows = {name: f"Address (source:sheet:row) of {name}. {text}" for name, text in meanings.items()}
    return {
        column: meanings.get(column) or rows[column.removesuffix("_address")]
        for column in columns
        if column in meanings or column.endswith("_address")
    }


def test_parquet_says_what_its_columns_and_the_file_are(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    relation = connection.sql(ROWS)
    export(relation, tmp_path / "t.parquet", name="t", note=NOTE)
    schema = pq.read_schema(tmp_path / "t.parquet")
    found = {field.name: (field.metadata or {}).get(b"description", b"").decode() for field in schema}
    assert found == dict.fromkeys(relation.columns, "") | wanted_of(relation.columns)
    assert {key.decode(): value.decode() for key, value in schema.metadata.items()} == NOTE
    # as a reader finds it that knows no Arrow
    entries = connection.execute(
        "SELECT decode(key), decode(value) FROM parquet_kv_metadata(?)", [str(tmp_path / "t.parquet")]
    ).fetchall()
    assert dict(entries).items() >= NOTE.items()
    assert pq.read_table(tmp_path / "t.parquet").to_pylist() == [
        dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()
    ]
    metadata = pq.read_metadata(tmp_path / "t.parquet")
    assert {metadata.row_group(0).column(i).compression for i in range(metadata.num_columns)} == {"ZSTD"}


def test_words_change_nothing_of_the_rows(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    """All bytes before the footer are those that the engine writes of itself, in the order asked for."""
    relation = connection.sql(
        "SELECT i AS row_id, CASE WHEN i % 7 = 0 THEN NULL ELSE 'text ' || i % 1000 END AS release"
        " FROM range(300_000) r(i)"
    ).order("row_id DESC")
    relation.write_parquet(str(tmp_path / "plain.parquet"), compression="zstd")
    export(relation, tmp_path / "t.parquet", name="t", note=NOTE)
    plain, told = ((tmp_path / name).read_bytes() for name in ("plain.parquet", "t.parquet"))
    length = len(plain) - 8 - int.from_bytes(plain[-8:-4], "little")
    assert length > 100_000
    assert plain[:length] == told[:length]
    assert pq.read_table(tmp_path / "t.parquet")["row_id"].to_pylist() == list(reversed(range(300_000)))


def test_a_relation_of_a_database_that_is_only_read(tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "own.duckdb")) as connection:
        connection.execute("CREATE TABLE t AS SELECT 1 AS row_id")
    with duckdb.connect(str(tmp_path / "own.duckdb"), read_only=True) as connection:
        for ending in endings():
            export(connection.table("t"), tmp_path / f"t{ending}", name="t", note=NOTE)
            assert (tmp_path / f"t{ending}").stat().st_size > 0


def test_an_export_leaves_nothing_in_the_connection(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    views = "SELECT view_name FROM duckdb_views() WHERE NOT internal"
    export(connection.sql(ROWS), tmp_path / "t.parquet", name="t", note=NOTE)
    assert connection.sql(views).fetchall() == []
    wrong = connection.sql("SELECT CAST(t AS INTEGER) AS n FROM (VALUES ('1'), ('x')) v(t)")
    with pytest.raises(duckdb.Error):
        export(wrong, tmp_path / "wrong.parquet", name="t", note=NOTE)
    assert connection.sql(views).fetchall() == []
    assert [path.name for path in tmp_path.iterdir()] == ["t.parquet"]


def test_sqlite_says_what_its_columns_are_and_finds_rows_by_id(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    relation = connection.sql(ROWS)
    export(relation, tmp_path / "t.sqlite", name="stays", note=NOTE)
    with closing(sqlite3.connect(tmp_path / "t.sqlite")) as database:
        tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        assert tables == [("stays",), ("about",), ("columns",)]
        wanted = dict.fromkeys(relation.columns) | wanted_of(relation.columns)
        assert database.execute('SELECT "table", "column", description FROM columns').fetchall() == [
            ("stays", column, meaning) for column, meaning in wanted.items()
        ]
        for column, is_indexed in (("row_id", True), ("row_id_address", True), ("release", False)):
            plan = database.execute(f"EXPLAIN QUERY PLAN SELECT * FROM stays WHERE {column} = 1").fetchall()
            assert ("USING INDEX" in plan[0][3]) is is_indexed
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


@pytest.mark.parametrize("name", ["columns", "about"])
def test_a_table_that_is_called_as_one_beside_it(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path, name: str
) -> None:
    export(connection.sql(ROWS), tmp_path / "t.sqlite", name=name, note=NOTE)
    with closing(sqlite3.connect(tmp_path / "t.sqlite")) as database:
        assert database.execute(f"SELECT count(*) FROM {name}").fetchall() == [(300,)]
        (about,) = {"about", "about_of_file"} - ({"about_of_file"} if name != "about" else {"about"})
        assert dict(database.execute(f"SELECT * FROM {about}")) == NOTE


def test_columns_of_source_rows_are_described_by_their_layouts(whole: Casefile, tmp_path: Path) -> None:
    with open_tables(whole, "stints") as built:
        export(legible(built, "stints"), tmp_path / "s.parquet", name="stints", note=NOTE)
    schema = pq.read_schema(tmp_path / "s.parquet")
    assert schema.field("stay_release_reason").metadata == {
        b"description": declared_meanings()["stay_release_reason"].encode()
    }
    assert schema.field("book_in_date_time").metadata == {
        b"description": b"Book-in of the stint at this facility"
    }


def test_json_of_an_export_is_as_before(whole: Casefile, tmp_path: Path) -> None:
    heard = said(whole.root, "export", "stays", "-o", str(tmp_path / "s.sqlite"), "--json")
    assert list(heard.json) == [
        *("file", "table", "n_rows", "formulas", "case", "what", "scope", "digest", "made by")
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["s.sqlite"]


def test_endings_come_from_the_modules(whole: Casefile) -> None:
    here = Path(paradero.exports.__path__[0]) / "formats"
    modules = {path.stem.replace("_", ".") for path in here.glob("*.py") if path.stem != "__init__"}
    assert {ending.removeprefix(".") for ending in endings()} == modules
    help_text = " ".join(said(whole.root, "export", "--help").out.split())
    assert all(ending in help_text for ending in endings())


def test_a_name_of_an_ending_alone_has_none() -> None:
    assert (ending_of(".csv"), ending_of("a.CSV"), ending_of("a.csv.gz")) == (None, ".csv", None)
    with pytest.raises(AttributeError, match="no attribute `exported`"):
        _ = paradero.exports.exported
