"""Stata's files, read back by a reader written from its manual and from nothing of ours (pandas and pyreadstat, which
the suite does not need, read them too): values, missing ones, times, limits of names.
"""

from __future__ import annotations

import datetime as dt
import struct
from pathlib import Path
from typing import Any

import duckdb
import pytest
from casefile.made import said

from paradero.casefile.folder import Casefile
from paradero.exports import export

NOTE = {"scope": "a test, ñ", "digest": "0"}


def part(raw: bytes, tag: str) -> bytes:
    begin = raw.index(f"<{tag}>".encode()) + len(tag) + 2
    return raw[begin : raw.index(f"</{tag}>".encode(), begin)]


def text(raw: bytes) -> str:
    return raw.split(b"\x00", 1)[0].decode("utf-8")


def read(path: Path) -> tuple[list[str], list[str], list[str], list[list[Any]]]:
    """Names, formats, labels and rows; a missing value is None."""
    raw = path.read_bytes()
    assert raw.startswith(b"<stata_dta><header><release>118</release><byteorder>LSF</byteorder>")
    marks = struct.unpack("<14Q", part(raw, "map"))
    tags = ("stata_dta", "map", "variable_types", "varnames", "sortlist", "formats", "value_label_names",
            "variable_labels", "characteristics", "data", "strls", "value_labels", "/stata_dta")  # fmt: skip
    for mark, tag in zip(marks, tags, strict=False):
        assert raw[mark:].startswith(f"<{tag}>".encode()), tag
    assert marks[-1] == len(raw)
    n_columns = struct.unpack("<H", part(raw, "K"))[0]
    n_rows = struct.unpack("<Q", raw[raw.index(b"<N>") + 3 :][:8])[0]

    def fields(place: int, tag: str, size: int) -> list[str]:
        begin = marks[place] + len(tag) + 2
        return [text(raw[begin + size * at : begin + size * (at + 1)]) for at in range(n_columns)]

    types = struct.unpack(f"<{n_columns}H", raw[marks[2] + 16 :][: 2 * n_columns])
    names, shown = fields(3, "varnames", 129), fields(5, "formats", 57)
    labels = fields(7, "variable_labels", 321)
    longs: dict[tuple[int, int], str] = {}
    at = marks[10] + len("<strls>")
    while raw[at : at + 3] == b"GSO":
        v, o, kind, size = struct.unpack("<IQBI", raw[at + 3 : at + 20])
        assert kind == 130
        longs[v, o] = raw[at + 20 : at + 20 + size - 1].decode("utf-8")
        at += 20 + size
    at = marks[9] + len("<data>")
    rows = []
    for _ in range(n_rows):
        row: list[Any] = []
        for code in types:
            if code == 32768:
                (both,) = struct.unpack("<Q", raw[at : at + 8])
                row.append(longs[both & 0xFFFF, both >> 16] if both else "")
                at += 8
            elif code <= 2045:
                row.append(text(raw[at : at + code]))
                at += code
            else:
                how, size, most = {
                    65526: ("<d", 8, 8.9884656743e307),
                    65528: ("<i", 4, 2147483620),
                    65530: ("<b", 1, 100),
                }[code]
                (value,) = struct.unpack(how, raw[at : at + size])
                row.append(None if value > most else value)
                at += size
        rows.append(row)
    assert raw[at:].startswith(b"</data>")
    return names, shown, labels, rows


def test_values_come_back_and_missing_ones_are_missing(tmp_path: Path) -> None:
    with duckdb.connect() as connection:
        relation = connection.sql(
            "SELECT * FROM (VALUES (TRUE, 7, 274877906952::BIGINT, 9007199254740993::BIGINT, 0.5::DOUBLE, 12.34::DECIMAL(9,2),"
            " DATE '2025-03-15', TIMESTAMP '2025-03-15 17:25:01.5', 'ñandú', repeat('x', 3000)),"
            " (NULL, NULL, NULL, NULL, 'nan'::DOUBLE, NULL, NULL, NULL, NULL, NULL),"
            " (FALSE, 0, 0, 0, 'inf'::DOUBLE, -1, DATE '1959-12-31', TIMESTAMP '1959-12-31 23:59:59', '=1+1', 'short'))"
            " v(b, i, big, huge, d, dec, day, clock, t, long)"
        )
        told = export(relation, tmp_path / "k.dta", name="kinds", note=NOTE)
    names, shown, _, rows = read(tmp_path / "k.dta")
    assert (names[0], names[-1]) == ("b", "_long")  # `long` is a word of Stata's own
    assert "long is _long" in (told or "")
    assert "an empty text and a missing one are the same" in (told or "")
    assert (shown[6], shown[7]) == ("%td", "%tc")
    first, second, third = rows
    assert first[:3] == [1, 7, 274877906952]
    assert first[3] == "9007199254740993", "a number that a double cannot hold stays whole"
    assert first[4:6] == [0.5, 12.34]
    assert dt.date(1960, 1, 1) + dt.timedelta(days=first[6]) == dt.date(2025, 3, 15)
    assert dt.datetime(1960, 1, 1) + dt.timedelta(milliseconds=first[7]) == dt.datetime(
        2025, 3, 15, 17, 25, 1, 500000
    )
    assert first[8:] == ["ñandú", "x" * 3000]
    assert second == [None, None, None, "", None, None, None, None, "", ""]
    assert third[4] is None, "no number stands for infinity"
    assert (third[0], third[6], third[7], third[8], third[9]) == (0, -1, -1000, "=1+1", "short")


def test_names_are_stata_s_and_no_two_alike(tmp_path: Path) -> None:
    columns = [
        "a" * 40 + "1",
        "a" * 40 + "2",
        "if",
        "str12",
        "1st",
        "with blank",
        "with-blank",
        "_N",
        "",
        "ok",
        "a" * 32,
    ]
    listed = ", ".join(f'{at} AS "{name or " "}"' for at, name in enumerate(columns))
    with duckdb.connect() as connection:
        told = export(connection.sql(f"SELECT {listed}"), tmp_path / "n.dta", name="n" * 200, note=NOTE)
    names, _, labels, rows = read(tmp_path / "n.dta")
    assert len({each.lower() for each in names}) == len(columns)
    assert rows == [list(range(len(columns)))]
    for name in names:
        assert len(name.encode()) <= 32
        assert name.replace("_", "a").isalnum()
        assert name.isascii()
        assert not name[0].isdigit()
        assert name not in ("if", "str12", "_N")
    assert (names[9], names[10]) == ("ok", "a" * 32), "a name that fits stays as it is"
    assert "if is _if" in (told or "")
    assert all(len(each) <= 80 for each in labels)
    assert labels[5] == "with blank", "the name before it was changed is the label"


@pytest.mark.parametrize("table", ["stays", "stints"])
def test_tables_come_back(whole: Casefile, tmp_path: Path, table: str) -> None:
    """Cell by cell what JSON lines of the same table have, but for what Stata cannot tell apart."""
    heard = said(whole.root, "export", table, "-o", str(tmp_path / "t.dta"), "--json").json
    assert heard["formulas"] is None
    assert "renamed for Stata" in heard["changed"]
    said(whole.root, "export", table, "-o", str(tmp_path / "t.csv"))
    said(whole.root, "export", table, "-o", str(tmp_path / "t.parquet"))
    with duckdb.connect() as connection:
        wanted = connection.sql(f"SELECT * FROM '{tmp_path / 't.parquet'}'").fetchall()
    names, shown, labels, rows = read(tmp_path / "t.dta")
    assert len(rows) == len(wanted)
    assert sum(label != "" for label in labels) > 20
    for row, other in zip(rows, wanted, strict=True):
        for how, value, there in zip(shown, row, other, strict=True):
            if there is None:
                assert value in (None, "")
            elif how == "%tc":
                assert dt.datetime(1960, 1, 1) + dt.timedelta(milliseconds=value) == there
            elif how == "%td":
                assert dt.date(1960, 1, 1) + dt.timedelta(days=value) == there
            elif how.endswith("s"):
                assert value == str(there)
            else:
                assert value == pytest.approx(float(there))
    assert len(names) == len(set(names))
    once = (tmp_path / "t.dta").read_bytes()
    said(whole.root, "export", table, "-o", str(tmp_path / "t.dta"))
    assert (tmp_path / "t.dta").read_bytes() == once


def test_an_empty_table_is_a_file(tmp_path: Path) -> None:
    with duckdb.connect() as connection:
        export(connection.sql("SELECT 1 AS a, 'x' AS b WHERE FALSE"), tmp_path / "e.dta", name="e", note=NOTE)
    names, _, _, rows = read(tmp_path / "e.dta")
    assert (names, rows) == (["a", "b"], [])
