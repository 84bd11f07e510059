"""Deaths in custody: lists read without a name, bounds by hand, links only where one stay can be meant."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from paradero.building.adding import add
from paradero.building.building import build
from paradero.building.tables import define, open_tables
from paradero.casefile.folder import create

from .builders import write_csv

DAY = 86_400_000_000
TABLES = ("deaths", "death_links", "death_contradictions", "recorded_deaths")

HEADS = [
    *("Anonymized Identifier", "Detention Facility", "Detention Facility Code", "Stay Book In Date Time"),
    *("Book In Date Time", "Book Out Date Time", "Detention Release Reason", "Stay Release Reason"),
    *("Gender", "Birth Year"),
]
# person, place, begin of the stay, begin, end, reasons of stint and stay, sex, year of birth
STINTS = [
    # the record says so, at the place and on the day of row 1 of the list
    "aa EXAMPLE 2024-02-01 2024-02-01 2024-03-05 Died Died Male 1980",
    # released on paper on the day, a stay that began on the day that row 2 states
    "bb SAMPLES 2024-04-03 2024-04-03 2024-04-20 Released Released Female 1990",
    # two who began on the day that row 3 states
    "cc OTHERSX 2024-05-01 2024-05-01 2024-05-10 Released Released Male 1990",
    "dd OTHERSX 2024-05-01 2024-05-01 2024-05-10 Removed Removed Male 1991",
    # a death that no list has, between deaths that the list has
    "ee THIRDXX 2024-03-01 2024-03-01 2024-04-01 Died Died Male 1970",
    # goes on after the death that row 5 states by the person's id
    "ff FIFTHXX 2024-05-02 2024-05-02 2024-05-12 Transferred Released Male 1970",
    "ff SIXTHXX 2024-05-02 2024-05-20 2024-05-22 Released Released Male 1970",
    # the release goes on after the last death
    "zz LASTXXX 2023-05-01 2023-05-01 2023-06-01 Removed Removed Male 1970",
    "yy LASTXXX 2024-12-01 2024-12-01 - - - Male 1970",
]


def stints(path: Path) -> Path:
    """Write the release: names of places are their codes and JAIL, days begin at 8:00:05."""
    rows = []
    for line in STINTS:
        person, code, *times, why, stay_why, sex, born = (cell.strip("-") for cell in line.split())
        clocks = [time and f"{time} 08:00:05" for time in times]
        rows.append([person, f"{code} JAIL", code, *clocks, why, stay_why, sex, born])
    return write_csv(path, [HEADS, *rows])


LIST = [
    "No.,Name,Date of Birth,Date of Death,Final Cause of Death,Facility,DETLOC,Sex,Date Entered Custody,"
    "Date Released,Days in Custody,Person ID,Report URL",
    "1,Quill Zanzibar,1980-01-02,2024-03-05,Cardiac arrest,,EXAMPLE,M,2024-02-01,,33,,x.example/Zanzibar.pdf",
    "2,b(6),b(6),2024-04-20,Pending,Samples Jail,,F,2024-04-03,2024-04-20,30,,",
    "3,b(6),b(6),2024-05-11,Sepsis,,OTHERSX,M,2024-05-01,,10,,",
    "4,b(6),b(6),b(6),Sepsis,,OTHERSX,M,2024-05-01,,10,,",
    "5,b(6),b(6),2024-05-15,Sepsis,County Hospital,,M,,2024-05-12,,ff,",
    "6,b(6),b(6),2024-06-15,Sepsis,,NOWHERE,M,,,,,",
]


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    folder = tmp_path_factory.mktemp("deaths")
    stints(folder / "stints.csv")
    (folder / "list.csv").write_text("\n".join(LIST) + "\n")
    case = create(folder / "case")
    for name in ("stints.csv", "list.csv"):
        add(case, folder / name, release="r")
    build(case)
    kept = [path for path in (folder / "case").rglob("*") if path.is_file() and "sources" not in path.parts]
    assert not [path for path in kept if b"Zanzibar" in path.read_bytes()]
    with open_tables(case) as built:
        for name in TABLES:
            define(built, name)
        return {name: built.rows(f"SELECT * FROM {name} ORDER BY ALL") for name in TABLES}


def us(text: str) -> int:
    return int(dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC).timestamp() * 1_000_000)


def test_a_day_is_all_its_instants_and_stated_days_are_compared(tables: dict[str, Any]) -> None:
    first, second, third, fourth, *_ = tables["deaths"]
    assert (first["death_lo"], first["death_hi"]) == (us("2024-03-05"), us("2024-03-06") - 1)
    assert (first["days_lo"], first["days_apart"]) == (33, 0)  # 2024 is a leap year
    assert (second["days_lo"], second["days_apart"]) == (17, 13)
    assert second["place_code"] == "SAMPLES"  # by its name
    assert third["days_apart"] == 0
    assert (fourth["death_lo"], fourth["death_hi"], fourth["death_why"]) == (None, None, "withheld")


def test_a_link_is_stated_or_the_only_candidate(tables: dict[str, Any]) -> None:
    found = [(row["link"], row["n_candidates"], row["end_kind"]) for row in tables["death_links"]]
    assert found == [
        ("only candidate", 1, "death"),
        ("only candidate", 1, "release"),
        ("several candidates", 2, None),
        ("no day", 0, None),
        ("stated", 1, "release"),
        ("no candidate", 0, None),
    ]


def test_contradictions_have_their_rows(tables: dict[str, Any]) -> None:
    found = {(row["row_id"], row["kind"]) for row in tables["death_contradictions"]}
    ids = [row["row_id"] for row in tables["deaths"]]
    assert found == {
        (ids[1], "released on the day"),
        (ids[1], "days in custody"),
        (ids[4], "custody after the death"),
        (ids[4], "ended otherwise"),
        (ids[4], "released before the death, by the list"),
    }


def test_deaths_that_the_record_states_are_looked_for_in_lists(tables: dict[str, Any]) -> None:
    assert [(row["n_links"], row["listed"]) for row in tables["recorded_deaths"]] == [
        (1, "listed"),
        (0, "not in a list that reaches its day"),
    ]


def test_two_rows_that_claim_one_stay_get_none(tmp_path: Path) -> None:
    stints(tmp_path / "stints.csv")
    heads = ["Date of Death", "Cause of Death", "DETLOC"]
    write_csv(tmp_path / "list.csv", [heads, ["2024-03-05", "x", "EXAMPLE"], ["2024-03-06", "y", "EXAMPLE"]])
    case = create(tmp_path / "case")
    add(case, tmp_path / "stints.csv", release="r")
    add(case, tmp_path / "list.csv", release="list")
    build(case)
    with open_tables(case) as built:
        define(built, "death_links")
        rows = built.rows("SELECT link, stay_row FROM death_links")
    assert rows == [{"link": "candidate of another row", "stay_row": None}] * 2


@pytest.mark.parametrize(
    ("heads", "day"),
    [
        (["Case_Number", "Age", "Date", "Location", "State", "Incident_Type", "In_Custody"], 2),
        (["Fecha de muerte", "Centro de detención", "Causa de muerte", "Nacionalidad"], 0),
        (["DOD", "COD", "Facility", "AOR", "Gender"], 0),
    ],
)
def test_lists_of_others_are_deaths_too(heads: list[str], day: int, tmp_path: Path) -> None:
    row = ["1"] * len(heads)
    row[day] = "2024-03-05"
    case = create(tmp_path / "case")
    write_csv(tmp_path / "f.csv", [heads, row])
    add(case, tmp_path / "f.csv")
    build(case)
    with open_tables(case) as built:
        define(built, "deaths")
        assert [each["death_lo"] for each in built.rows("SELECT death_lo FROM deaths")] == [us("2024-03-05")]
