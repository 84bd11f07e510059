"""Lists of people kept in hold rooms and at Guantánamo: read as detentions, judged by the rules, never guessed."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from casefile.made import said

from paradero.building.adding import add
from paradero.building.building import build
from paradero.building.tables import define, open_tables
from paradero.casefile.folder import create
from paradero.model.errors import SourceError

from .builders import Table, taken, write_csv

HOLD = """Pseudonym,Hold Room,Date In,Date Out,Hours,Field Office
P-1,EXAMPLE CITY HOLD ROOM,2025-07-01 08:00:05,2025-07-05 10:00:05,98,EXA
P-2,EXAMPLE CITY HOLD ROOM,2025-07-01 09:00:05,2025-07-01 15:00:05,6,EXA
P-3,SAMPLE HOLDING ROOM,2025-07-02 09:00:05,2025-07-06 09:00:05,96,SAM
P-4,SAMPLE HOLDING ROOM,2025-07-02 09:00:05,,,SAM
P-5,SAMPLE COUNTY JAIL,2025-07-02 09:00:05,2025-07-09 09:00:05,168,SAM
"""
GTMO = """Pseudonym,Nationality,Arrival at GTMO,Departure from GTMO,Camp
G-1,EXAMPLELAND,2025-02-04,2025-02-20,Camp VI
G-2,EXAMPLELAND,2025-02-05,,Migrant Operations Center
"""


def test_a_list_of_hold_rooms_is_judged_as_a_plain_reading_of_its_cells(tmp_path: Path) -> None:
    (tmp_path / "hold.csv").write_text(HOLD)
    case = create(tmp_path / "case")
    add(case, tmp_path / "hold.csv", release="hold")
    build(case)
    audited = said(tmp_path / "case", "audit", "--json", "--rule", "hold-room-limit")
    long = 0
    for row in csv.DictReader(HOLD.splitlines()):
        if "ROOM" in row["Hold Room"] and row["Date Out"]:
            held = dt.datetime.fromisoformat(row["Date Out"]) - dt.datetime.fromisoformat(row["Date In"])
            assert held == dt.timedelta(hours=int(row["Hours"]))
            long += held > dt.timedelta(hours=72)
    found = {
        (row["version"], row["construction"]): row
        for row in audited.json["summary"]
        if row["rule"] == "hold-room-limit"
    }
    counts = {(row["violated"], row["undetermined"], row["complied"]) for row in found.values()}
    assert counts == {(long, 1, 1)}  # P-4 has no end; P-5's place is a jail by its name


def test_a_list_of_guantanamo_is_of_detentions(tmp_path: Path) -> None:
    (tmp_path / "gtmo.csv").write_text(GTMO)
    done, rows = taken(tmp_path / "gtmo.csv", tmp_path / "out")
    assert done.kinds == ("detentions",)
    assert [(row["unique_identifier"], row["detention_facility"]) for row in rows] == [
        ("G-1", "Camp VI"),
        ("G-2", "Migrant Operations Center"),
    ]
    assert rows[0]["book_out_date_time"] == dt.datetime(2025, 2, 20)
    assert rows[1]["book_out_date_time"] is None


@pytest.mark.parametrize("head", ["Subject", "Name", "Detainee Name", "Detainee"])
def test_whoever_heads_a_column_by_people_gives_no_name(head: str, tmp_path: Path) -> None:
    rows: Table = [
        [head, "Hold Room", "Date In", "Date Out"],
        ["Quill Zanzibar", "EXAMPLE CITY HOLD ROOM", "2025-07-01 08:00:05", "2025-07-05 10:00:05"],
    ]
    done, made = taken(write_csv(tmp_path / "f.csv", rows), tmp_path / "out")
    assert (done.kinds, made[0]["unique_identifier"]) == (("detentions",), None)
    assert not [path for path in (tmp_path / "out").rglob("*.parquet") if b"Zanzibar" in path.read_bytes()]


def test_a_log_that_does_not_say_of_what_is_no_log_of_segregation(tmp_path: Path) -> None:
    rows: Table = [
        ["Name", "Facility", "Date In", "Date Out", "Reason"],
        ["b(6)", "EXAMPLE CITY HOLD ROOM", "2025-07-01 08:00", "2025-07-05 10:00", "processing"],
    ]
    file = write_csv(tmp_path / "log.csv", rows)
    with pytest.raises(SourceError, match="paradero layout new"):
        taken(file, tmp_path / "out")
    (tmp_path / "case").mkdir()
    create(tmp_path / "case" / "c")
    folder = tmp_path / "case" / "c"
    assert said(folder, "layout", "new", str(file), "-o", "layouts/log.toml").code == 0
    assert said(folder, "add", str(file), "--layout", "layouts/log.toml").code == 0


def test_rows_of_a_release_have_no_room_without_a_name(tmp_path: Path) -> None:
    (tmp_path / "hold.csv").write_text(HOLD.replace("SAMPLE COUNTY JAIL", ""))
    case = create(tmp_path / "case")
    add(case, tmp_path / "hold.csv", release="hold")
    build(case)
    with open_tables(case) as built:
        define(built, "codeless_rooms")
        rows: list[dict[str, Any]] = built.rows("SELECT is_hold_room FROM codeless_rooms ORDER BY row_id")
    assert [row["is_hold_room"] for row in rows] == [True] * 4
