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


def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    (tmp_path / "asked.sql").write_text(text, encoding="utf-8")
    monkeypatch.setattr(queries, "files", lambda _package: tmp_path)
    queries._queries.cache_clear()


def test_a_query_is_read_by_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(
        tmp_path,
        monkeypatch,
        "-- one: a single row\nSELECT 1 AS n;\n\n-- two: rows\n-- and why\nSELECT 2 AS n\n  FROM range($n)\n",
    )
    assert query("asked", "one") == "-- one: a single row\nSELECT 1 AS n"
    assert duckdb.execute(query("asked", "two"), {"n": 3}).fetchall() == [(2,)] * 3
    (tmp_path / "room").mkdir()
    (tmp_path / "room" / "long.sql").write_text("-- What is asked.\nSELECT 4 AS n;\n", encoding="utf-8")
    assert query("room", "long") == "-- What is asked.\nSELECT 4 AS n"
    with pytest.raises(QueryError, match=r"asked has no query `three`\. There are: one, two\."):
        query("asked", "three")
    with pytest.raises(QueryError, match=r"elsewhere has no query `three`\. There are: none\."):
        query("elsewhere", "three")
    queries._queries.cache_clear()


@pytest.mark.parametrize(
    "text", ["SELECT 1\n", "SELECT 1\n-- one: late\nSELECT 2\n", "-- a: b\n1\n-- a: b\n2\n"]
)
def test_a_file_without_heads_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    written(tmp_path, monkeypatch, text)
    with pytest.raises(QueryError, match="each under a name of its own"):
        query("asked", "a")
    queries._queries.cache_clear()


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
    room = path.relative_to(SOURCE).with_suffix("").as_posix()
    if queries._HEAD.match(path.read_text(encoding="utf-8")):
        assert all(query(room, name) for name in queries._queries(room))
    else:
        assert query(str(Path(room).parent), path.stem).startswith("-- ")
