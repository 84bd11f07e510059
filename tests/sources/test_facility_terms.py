"""What lists of facilities state of contracts, rates and inspections, against a plain reading of ICE's list."""

from __future__ import annotations

import contextlib
import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from attack.scale import at_length

from paradero.building.adding import add
from paradero.building.building import build
from paradero.building.tables import define, open_tables
from paradero.casefile.folder import create
from paradero.sources.facility_lists import list_constants

from .builders import DATA, write_csv

LIST = DATA / "facilities" / "ICE_Facility_List_11-06-2017-web.xlsx"
DAY = 86_400_000_000


def us(day: dt.datetime) -> int:
    return int(day.replace(tzinfo=dt.UTC).timestamp()) * 1_000_000


def terms_of_2017(folder: Path) -> list[dict[str, Any]]:
    """The terms that the main sheet of ICE's list of 2017 states."""
    case = create(folder / "case")
    add(case, LIST, release="list")
    build(case)
    with open_tables(case) as built:
        define(built, "facility_terms")
        define(built, "facility_rows")
        return built.rows(
            "SELECT t.* FROM facility_terms t JOIN facility_rows f ON f.row_id = t.row_id"
            " WHERE f.source_sheet = 'Facility List - Main' ORDER BY t.row_id, t.term"
        )


@at_length
def test_every_term_of_the_list_of_2017_is_what_its_cells_say(tmp_path: Path) -> None:
    terms = terms_of_2017(tmp_path)
    with contextlib.closing(openpyxl.load_workbook(LIST, read_only=True)) as workbook:
        rows = list(workbook["Facility List - Main"].iter_rows(values_only=True))
    heads = [str(head) for head in rows[8]]
    lines = [dict(zip(heads, line, strict=True)) for line in rows[9:] if line[0] is not None]
    made = {name: [row for row in terms if row["term"] == name] for name in {row["term"] for row in terms}}

    def filled(head: str) -> list[Any]:
        return [line[head] for line in lines if line[head] is not None]

    def numbers(head: str) -> list[float]:
        return sorted(float(cell) for cell in filled(head) if isinstance(cell, int | float))

    for term, head in (
        ("capacity", "Capacity"),
        ("guaranteed minimum", "Guaranteed Minimum"),
        ("per diem", "Per Diem Rate Detailed"),
    ):
        assert len(made[term]) == len(filled(head))
        assert sorted(row["value"] for row in made[term] if row["value"] is not None) == numbers(head)
    assert sum(row["why"] == "withheld" for row in made["per diem"]) == filled(
        "Per Diem Rate Detailed"
    ).count("b)(4)")
    ends = filled("Best Known Contract Expiration Date")
    assert sorted(row["to_hi"] for row in made["contract"] if row["to_hi"]) == sorted(
        us(end) + DAY - 1 for end in ends
    )
    begins = filled("Best Known Contract Initiation Date")
    assert sorted(row["from_lo"] for row in made["contract"] if row["from_lo"]) == sorted(map(us, begins))
    for term, head in (
        ("last inspection", "Last Inspection Date"),
        ("previous inspection", "Second to Last Inspection Date"),
        ("next inspection", "Next Inspection Date"),
    ):
        dates = sorted(us(cell) for cell in filled(head))
        assert sorted(row["from_lo"] for row in made[term] if row["from_lo"]) == dates
    listed = us(dt.datetime(2017, 11, 6))
    assert {(row["listed_lo"], row["listed_hi"]) for row in terms} == {(listed, listed + DAY - 1)}


@pytest.mark.parametrize(
    ("line", "name", "day", "where"),
    [
        ("FY2018 data: IIDS as of 11/06/2017; EID data", "list.xlsx", "2017-11-06", "sheet"),
        ("FACILITY LIST - Population Data as of August 15, 2009;", "list.xls", "2009-08-15", "sheet"),
        ("Facilities", "ICE_Facility_List_11-06-2017-web.xlsx", "2017-11-06", "file_name"),
        ("as of 13/45/2017", "list-2017.xlsx", None, None),
        ("Facilities of 11/06/2017", "list.xlsx", None, None),
    ],
)
def test_the_day_of_a_list(line: str, name: str, day: str | None, where: str | None) -> None:
    assert list_constants([[None, line]], name) == {"list_date": day, "list_date_from": where}


def test_a_rate_holds_for_the_day_of_its_list_and_no_other(tmp_path: Path) -> None:
    heads = ["DETLOC", "Name", "List Date", "Per Diem", "Guaranteed Minimum", "Capacity"]
    rows = [["EXAMPLE", "EXAMPLE JAIL", "2025-01-10", "100.50", "3", "AS NEEDED"]]
    write_csv(tmp_path / "list.csv", [heads, *rows])
    stints = ["Anonymized Identifier", "Detention Facility Code", "Book In Date Time", "Book Out Date Time"]
    write_csv(
        tmp_path / "stints.csv",
        [
            stints,
            ["a", "EXAMPLE", "2025-01-09 10:00:05", "2025-01-12 10:00:05"],
            ["b", "EXAMPLE", "2025-01-10 10:00:05", "2025-01-20 10:00:05"],
            ["c", "EXAMPLE", "2025-01-11 10:00:05", "2025-01-20 10:00:05"],
        ],
    )
    case = create(tmp_path / "case")
    add(case, tmp_path / "list.csv", release="list")
    add(case, tmp_path / "stints.csv", release="r")
    build(case)
    with open_tables(case) as built:
        define(built, "per_diem_days")
        (row,) = built.rows("SELECT * FROM per_diem_days")
        define(built, "facility_terms")
        terms = built.rows("SELECT term, value, why FROM facility_terms")
    assert [tuple(each.values()) for each in terms] == [
        ("capacity", None, "unreadable"),
        ("guaranteed minimum", 3.0, None),
        ("per diem", 100.5, None),
    ]
    assert (row["n_lo"], row["dollars_lo"], row["guaranteed_lo"]) == (2, 201.0, 301.5)
