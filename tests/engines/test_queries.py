"""Queries are read by name, names are let into SQL only where they are declared, rows become values."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import duckdb
import msgspec
import pytest

from paradero.engines import queries
from paradero.engines.queries import QueryError, identifier, query, values_of
from paradero.model.errors import UnknownName

SOURCE = Path(queries.__file__).parents[1]


class Day(msgspec.Struct, frozen=True):
    day: dt.date
    n: int
    share: float | None


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "asked.sql"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_query_is_read_by_its_name(tmp_path: Path) -> None:
    room = written(
        tmp_path,
        "-- one: a single row\nSELECT 1 AS n;\n\n-- two: rows\n-- and why\nSELECT 2 AS n\n  FROM range($n)\n",
    )
    assert query(room, "one") == "-- one: a single row\nSELECT 1 AS n"
    assert duckdb.execute(query(room, "two"), {"n": 3}).fetchall() == [(2,)] * 3
    with pytest.raises(QueryError, match=r"asked\.sql has no query `three`\. It has: one, two\."):
        query(room, "three")


def test_a_query_may_have_a_file_of_its_own(tmp_path: Path) -> None:
    written(tmp_path, "-- What is asked.\nSELECT 4 AS n;\n")
    assert query(tmp_path, "asked") == "-- What is asked.\nSELECT 4 AS n"
    with pytest.raises(QueryError, match=r"has no query other\.sql"):
        query(tmp_path, "other")


@pytest.mark.parametrize(
    "text", ["SELECT 1\n", "SELECT 1\n-- one: late\nSELECT 2\n", "-- a: b\n1\n-- a: b\n2\n"]
)
def test_a_file_without_heads_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(QueryError, match="without a name of its own"):
        query(written(tmp_path, text), "a")


def test_only_declared_names_become_identifiers() -> None:
    assert identifier("state", ("state", "gender")) == '"state"'
    assert identifier('a"b', ['a"b']) == '"a""b"'
    for name in ("stat", 'state" --', "", "STATE"):
        with pytest.raises(UnknownName):
            identifier(name, ("state", "gender"))


def test_rows_become_values_of_what_is_declared() -> None:
    row = {"day": dt.date(2025, 3, 15), "n": 3, "share": None, "more": "left out"}
    assert values_of([row], Day) == [Day(day=dt.date(2025, 3, 15), n=3, share=None)]
    for wrong in ({"n": "3"}, {"n": None}, {"share": "x"}):
        with pytest.raises(msgspec.ValidationError):
            values_of([row | wrong], Day)


@pytest.mark.parametrize(
    "path", sorted((SOURCE / "answers").rglob("*.sql")), ids=lambda path: str(path.relative_to(SOURCE))
)
def test_every_query_can_be_read(path: Path) -> None:
    """All under their heads, or the one of the file; a file of one query begins with what it is about."""
    text = path.read_text(encoding="utf-8")
    if queries._HEAD.match(text):
        assert all(query(path, name) for name in queries._queries(text, path.name))
    else:
        assert query(path.parent, path.stem).startswith("-- ")
