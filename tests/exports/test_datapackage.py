"""A Data Package as its standard (version 2) describes it, read by a reader of its own."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import json
import re
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from paradero.building.tables import legible, open_tables
from paradero.casefile.folder import Casefile
from paradero.exports import export

NOTE = {"case": "Fabricated", "what": "table x", "scope": "Nobody, ñ.", "digest": "0f", "made by": "p 0"}
TABLES = ("stints", "unaccounted", "rejects")
KINDS = """
SELECT * FROM (VALUES
  (1::BIGINT, true, DATE '2025-03-09', TIMESTAMP '2025-03-09 02:30:00', 0.25::DOUBLE, 1.50, 'a,b', [1, 2]),
  (NULL, false, NULL, TIMESTAMP '2025-03-09 23:59:59.999999', NULL, NULL, 'two' || chr(10) || 'lines', NULL),
  (-7, NULL, DATE '1969-12-31', NULL, 1e300, -2.25, '=1+1', [])
) AS t(row_id, is_counted, seen, since, size, price, "a, b", listed)
"""


def _boolean(text: str) -> bool:
    return {"true": True, "false": False}[text]


def _instant(text: str) -> dt.datetime:
    assert re.fullmatch(r"-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?", text), "xsd:dateTime"
    return dt.datetime.fromisoformat(text)


def _day(text: str) -> dt.date:
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", text)
    return dt.date.fromisoformat(text)


# the lexical forms of Table Schema's default formats
CASTS: dict[str, Callable[[str], Any]] = {
    "string": str,
    "integer": int,
    "number": float,
    "boolean": _boolean,
    "datetime": _instant,
    "date": _day,
}


def read_package(path: Path) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The descriptor and the rows, as a program reads them that knows only the standard."""
    with zipfile.ZipFile(path) as packed:
        assert packed.testzip() is None
        package = json.loads(packed.read("datapackage.json"))
        (resource,) = package["resources"]
        content = packed.read(resource["path"])
    algorithm, _, digest = resource["hash"].partition(":")
    assert hashlib.new(algorithm, content).hexdigest() == digest
    assert len(content) == resource["bytes"]
    schema = resource["schema"]
    header, *lines = csv.reader(io.StringIO(content.decode(resource["encoding"]), newline=""))
    assert header == [field["name"] for field in schema["fields"]]
    rows = [
        {
            field["name"]: None if cell in schema["missingValues"] else CASTS[field["type"]](cell)
            for field, cell in zip(schema["fields"], line, strict=True)
        }
        for line in lines
    ]
    return package, rows


def test_every_type_comes_back(tmp_path: Path) -> None:
    with duckdb.connect() as connection:
        said = export(connection.sql(KINDS), tmp_path / "k.datapackage.zip", name="My kinds", note=NOTE)
    package, rows = read_package(tmp_path / "k.datapackage.zip")
    assert [field["type"] for field in package["resources"][0]["schema"]["fields"]] == [
        *("integer", "boolean", "date", "datetime", "number", "number", "string", "string")
    ]
    assert [tuple(row.values()) for row in rows] == [
        (1, True, dt.date(2025, 3, 9), dt.datetime(2025, 3, 9, 2, 30), 0.25, 1.5, "a,b", "[1, 2]"),
        (None, False, None, dt.datetime(2025, 3, 9, 23, 59, 59, 999999), None, None, "two\nlines", None),
        (-7, None, dt.date(1969, 12, 31), None, 1e300, -2.25, "'=1+1", "[]"),
    ]
    assert said is not None
    assert said.startswith("1 cells")
    assert package["paradero"] == NOTE | {"formulas": said}
    assert re.fullmatch(r"[a-z0-9._-]+", package["name"])


@pytest.mark.parametrize("table", TABLES)
def test_tables_come_back(whole: Casefile, tmp_path: Path, table: str) -> None:
    with open_tables(whole, table) as built:
        relation = legible(built, table)
        export(relation, tmp_path / "t.datapackage.zip", name=table, note=NOTE)
        wanted = relation.fetchall()
        names = relation.columns
    package, rows = read_package(tmp_path / "t.datapackage.zip")
    assert [tuple(row) for row in rows[:1]] == [tuple(names)][: len(rows)]
    assert [tuple(row.values()) for row in rows] == [
        tuple(None if value == "" else value for value in row) for row in wanted
    ]
    assert (package["name"], package["title"]) == (table, "Fabricated: table x")
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert package["resources"][0]["type"] == "table"


def test_the_text_says_what_it_covers_and_how_it_is_checked(tmp_path: Path) -> None:
    with duckdb.connect() as connection:
        export(connection.sql(KINDS), tmp_path / "k.datapackage.zip", name="kinds", note=NOTE)
    with zipfile.ZipFile(tmp_path / "k.datapackage.zip") as packed:
        texts = [packed.read(name).decode("utf-8") for name in ("README.txt", "LEAME.txt")]
        digest = hashlib.sha256(packed.read("data.csv")).hexdigest()
    assert "Cómo comprobar este paquete" in texts[1]
    for text in texts:
        assert digest in text
        assert all(f"{key}: {value}" in text for key, value in NOTE.items())
        assert "paradero verify" in text


def test_columns_of_derived_tables_are_said_in_both_languages(tmp_path: Path) -> None:
    with duckdb.connect() as connection:
        relation = connection.sql(
            "SELECT 1 AS n_lo, 2 AS row_id, 'a:b:2' AS row_id_address, 3 AS \"no such\""
        )
        export(relation, tmp_path / "k.datapackage.zip", name="kinds", note=NOTE)
    with zipfile.ZipFile(tmp_path / "k.datapackage.zip") as packed:
        fields = json.loads(packed.read("datapackage.json"))["resources"][0]["schema"]["fields"]
    said_of = {one["name"]: (one.get("description"), one.get("description_es")) for one in fields}
    assert said_of["no such"] == (None, None)
    for name in ("n_lo", "row_id", "row_id_address"):
        english, spanish = said_of[name]
        assert english
        assert spanish
        assert english != spanish


def test_another_day_and_other_threads_give_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for threads in (1, 2):
        monkeypatch.setattr(time, "time", lambda year=threads: year * 365.25 * 86400.0 * 12)
        with duckdb.connect(config={"threads": threads}) as connection:
            many = connection.sql("SELECT i AS row_id, 'text ' || i % 1000 AS t FROM range(300_000) r(i)")
            export(many, tmp_path / f"{threads}.datapackage.zip", name="many", note=NOTE)
    first, second = ((tmp_path / f"{threads}.datapackage.zip").read_bytes() for threads in (1, 2))
    assert first == second
