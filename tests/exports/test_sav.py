"""SPSS files, read back by pyreadstat: values, missing ones, times, names within SPSS's limits, labels, notes; the same
bytes on repeat; and what is said where the extra is missing or a text has no room.
"""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import duckdb
import pyreadstat
import pytest
from casefile.made import said

from paradero.casefile.folder import Casefile
from paradero.exports import export
from paradero.model.errors import ParaderoError

NOTE = {"scope": "a test, ñ", "digest": "0"}


def written(path: Path, select: str) -> str | None:
    with duckdb.connect() as connection:
        return export(connection.sql(select), path, name="t", note=NOTE)


def test_values_come_back(tmp_path: Path) -> None:
    path = tmp_path / "x.sav"
    told = written(
        path,
        "SELECT * FROM (VALUES (1, 'ñ', TIMESTAMP '2025-03-15 17:26:00', DATE '2025-03-15', TRUE, 9007199254740993,"
        ' 1.5), (NULL, NULL, NULL, NULL, NULL, NULL, NULL)) AS t(n, text, "at", day, is_so, digits, amount)',
    )
    rows, meta = pyreadstat.read_sav(str(path), output_format="dict")
    assert rows["n"] == [1.0, None]
    assert rows["text"] == ["ñ", ""]
    assert rows["at"][0] == dt.datetime(2025, 3, 15, 17, 26)
    assert rows["day"][0] == dt.date(2025, 3, 15)
    assert rows["is_so"] == [1.0, None]
    assert rows["digits"] == ["9007199254740993", ""]  # a double would round it
    assert rows["amount"] == [1.5, None]
    assert meta.notes[0] == "scope: a test, ñ"
    assert told is not None
    assert "an empty text and a missing one are the same" in told
    before = path.read_bytes()
    written(path, "SELECT 1 AS other")
    written(
        path,
        "SELECT * FROM (VALUES (1, 'ñ', TIMESTAMP '2025-03-15 17:26:00', DATE '2025-03-15', TRUE, 9007199254740993,"
        ' 1.5), (NULL, NULL, NULL, NULL, NULL, NULL, NULL)) AS t(n, text, "at", day, is_so, digits, amount)',
    )
    assert path.read_bytes() == before


def test_names_are_within_its_limits(tmp_path: Path) -> None:
    path = tmp_path / "x.sav"
    long = "a" * 70
    told = written(
        path,
        f'SELECT 1 AS "with", 2 AS "With ", 3 AS "{long}", 4 AS "{long}b", 5 AS "1st", 6 AS "_own", 7 AS "día"',
    )
    _, meta = pyreadstat.read_sav(str(path), metadataonly=True, output_format="dict")
    names = [each.lower() for each in meta.column_names]
    assert len(set(names)) == 7
    assert all(len(each.encode()) <= 64 and each[0].isalpha() and each != "with" for each in names)
    assert told is not None
    assert "renamed for SPSS" in told


def test_a_table_of_a_casefile_with_its_meanings(whole: Casefile, tmp_path: Path) -> None:
    path = tmp_path / "stays.sav"
    heard = said(whole.root, "export", "stays", "-o", str(path), "--json").json
    rows, meta = pyreadstat.read_sav(str(path), output_format="dict")
    assert len(rows["unique_identifier"]) == heard["n_rows"]
    assert meta.column_names_to_labels["unique_identifier"].startswith("The release's own pseudonymous id")
    assert heard["formulas"] is None


def test_what_has_no_room_and_what_is_missing_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.sav"
    with pytest.raises(ParaderoError, match="`text`: SPSS holds texts of at most 32,767 bytes"):
        written(path, "SELECT repeat('x', 32768) AS text")
    assert not path.exists()
    monkeypatch.setitem(sys.modules, "pyreadstat", None)
    with pytest.raises(ParaderoError, match=r"paradero\[stats\]"):
        written(path, "SELECT 1 AS n")
    assert not path.exists()
