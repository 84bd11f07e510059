"""Published figures against the records, drawn small: what agrees, what is explained and by what, what
contradicts, what cannot have come about.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from paradero.answers.counts.reconciling import reconciled
from paradero.building.adding import add
from paradero.building.building import build
from paradero.building.tables import open_tables
from paradero.casefile.folder import Casefile, create

STINTS = """\
unique_identifier,stay_book_in_date_time,book_in_date_time,book_out_date_time,detention_facility_code,detention_facility,detention_release_reason,stay_release_reason
p1,2024-09-01 08:00,2024-09-01 08:00,2024-10-11 08:00,ALPHATX,ALPHA CENTER,Removed,Removed
p2,2024-10-05 09:00,2024-10-05 09:00,,ALPHATX,ALPHA CENTER,,
p3,2024-10-02 10:00,2024-10-02 10:00,2024-10-04 07:00,BETAAZ,BETA JAIL,Bonded Out,Bonded Out
p4,2024-12-01 10:00,2024-12-01 10:00,2024-12-02 10:00,BETAAZ,BETA JAIL,Bonded Out,Bonded Out
p5,2024-10-03 10:00,2024-10-03 10:00,,GAMMAHD,GAMMA HOLD ROOM,,
p5,2024-10-03 10:00,2024-10-03 12:00,2024-10-03 13:00,BETAAZ,BETA JAIL,Bonded Out,Bonded Out
"""

# facility ALPHATX holds p1 up to 10 October and p2 from 5 October on; BETAAZ holds p3 on 2 and 3 October;
# GAMMAHD: p5 never booked out of the hold room
DAYS = """\
detention_facility_code,date,n_detained,n_detained_at_midnight
ALPHATX,2024-10-06,2,2
ALPHATX,2024-10-07,2,3
ALPHATX,2024-08-01,0,1
BETAAZ,2024-10-03,2,1
GAMMAHD,2024-10-04,0,0
DELTAXX,2024-10-03,5,5
"""

HEADERS = [
    "Name",
    "Address",
    "City",
    "State",
    "Zip",
    "AOR",
    "Type Detailed",
    "Male/Female",
    "FY25 ALOS",
    "Level A",
    "Level B",
    "Level C",
    "Level D",
]
HEADERS += [
    "Male Crim",
    "Male Non-Crim",
    "Female Crim",
    "Female Non-Crim",
    "ICE Threat Level 1",
    "ICE Threat Level 2",
    "ICE Threat Level 3",
    "No ICE Threat Level",
]


def workbook(path: Path, pulled: str, averages: dict[str, float]) -> Path:
    """A workbook of ICE's detention statistics in small: `averages` by facility, all in the first of the four
    columns by sex and criminality.
    """
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("Detention FY25").write(0, 0, "Detention")
        sheet = book.add_worksheet("Facilities FY25")
        for row, text in enumerate(
            ["ICE FACILITIES DATA, FY25", f"Data Source: ICE Integrated Decision Support (IIDS), {pulled}"]
        ):
            sheet.write(row, 0, text)
        sheet.write_row(6, 0, HEADERS)
        for row, (name, average) in enumerate(averages.items(), 7):
            sheet.write_row(
                row,
                0,
                [
                    name,
                    "1 ROAD",
                    "TOWN",
                    "TX",
                    "79999",
                    "ELP",
                    "DIGSA",
                    "Male",
                    10,
                    0,
                    0,
                    0,
                    0,
                    average,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                ],
            )
        book.add_worksheet("Footnotes").write(0, 0, "Footnotes")
    return path


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Casefile:
    folder = tmp_path_factory.mktemp("published")
    case = create(folder / "case")
    (folder / "stints.csv").write_text(STINTS)
    (folder / "days.csv").write_text(DAYS)
    # 15 midnights of p1 and p2 in the ten days from 1 October to 10 October: 1.6 a day; then, over 20 days,
    # fewer in all than there had been
    first = workbook(
        folder / "first.xlsx", "10/11/2024", {"ALPHA CENTER": 1.6, "BETA JAIL": 0.7, "NOWHERE": 2.1}
    )
    second = workbook(
        folder / "second.xlsx", "10/21/2024", {"ALPHA CENTER": 1.3, "BETA JAIL": 0.25, "NOWHERE": 2.05}
    )
    for path in (folder / "stints.csv", folder / "days.csv", first, second):
        add(case, path, release="R")
    stated(case, "covers_from = 2024-09-01T00:00:00")
    build(case)
    return case


def stated(case: Casefile, line: str) -> None:
    """Add a line on the release to the settings."""
    path = case.root / "paradero.toml"
    path.write_text(f'{path.read_text()}\n[releases."R"]\n{line}\n')


def rows(case: Casefile, table: str, query: str) -> list[tuple[Any, ...]]:
    with open_tables(case, table, "sources") as built:
        return [tuple(row.values()) for row in built.rows(query)]


def test_facility_days(case: Casefile) -> None:
    query = (
        "SELECT detention_facility_code, CAST(date AS VARCHAR), definition, published, n, n_lo, n_hi, status"
        " FROM facility_day_comparisons WHERE published IS NOT NULL ORDER BY ALL"
    )
    assert rows(case, "facility_day_comparisons", query) == [
        (
            "ALPHATX",
            "2024-08-01",
            "ddp-any-time",
            0,
            None,
            None,
            None,
            "explained: outside the release",
        ),  # no record covers it: a 0 agrees with nothing
        ("ALPHATX", "2024-08-01", "ddp-midnight", 1, None, None, None, "explained: outside the release"),
        (
            "ALPHATX",
            "2024-10-06",
            "ddp-any-time",
            2,
            2,
            1,
            2,
            "agrees",
        ),  # p2's book-out is blank: nothing is shown after the day of the book-in
        ("ALPHATX", "2024-10-06", "ddp-midnight", 2, 2, 1, 2, "agrees"),
        ("ALPHATX", "2024-10-07", "ddp-any-time", 2, 2, 1, 2, "agrees"),
        ("ALPHATX", "2024-10-07", "ddp-midnight", 3, 2, 1, 2, "conflict"),
        ("BETAAZ", "2024-10-03", "ddp-any-time", 2, 2, 2, 2, "agrees"),
        ("BETAAZ", "2024-10-03", "ddp-midnight", 1, 1, 1, 1, "agrees"),
        (
            "DELTAXX",
            "2024-10-03",
            "ddp-any-time",
            5,
            None,
            None,
            None,
            "explained: facility not in the records",
        ),
        (
            "DELTAXX",
            "2024-10-03",
            "ddp-midnight",
            5,
            None,
            None,
            None,
            "explained: facility not in the records",
        ),
        ("GAMMAHD", "2024-10-04", "ddp-any-time", 0, 1, 0, 1, "explained: missing ends"),
        ("GAMMAHD", "2024-10-04", "ddp-midnight", 0, 1, 0, 1, "explained: missing ends"),
    ]


def test_what_the_table_leaves_out_is_listed(case: Casefile) -> None:
    query = (
        "SELECT count(*) FROM facility_day_comparisons WHERE status = 'not published' AND definition ="
        " 'ddp-midnight' AND detention_facility_code = 'ALPHATX'"
    )
    assert rows(case, "facility_day_comparisons", query) == [
        (30 + 7 - 2,)
    ]  # held from 1 September on; the table ends on 7 October and has two of these days


def test_the_days_of_a_workbook(case: Casefile) -> None:
    query = (
        "SELECT s.file_name, fiscal_year, CAST(as_of AS VARCHAR), days_stated, days_found, days, fits FROM"
        " workbook_days w JOIN sources s ON s.source = w.source ORDER BY 1"
    )
    assert rows(case, "workbook_days", query) == [
        ("first.xlsx", 2025, "2024-10-11", 10, 10, 10, True),
        ("second.xlsx", 2025, "2024-10-21", 20, 20, 20, True),
    ]


def test_average_populations(case: Casefile) -> None:
    query = (
        "SELECT name, days, detention_facility_code, published_person_days, person_days, status FROM"
        " adp_comparisons ORDER BY days, name"
    )
    assert rows(case, "adp_comparisons", query) == [
        ("ALPHA CENTER", 10, "ALPHATX", 16, 16, "agrees"),
        ("BETA JAIL", 10, "BETAAZ", 7, 2, "agrees"),  # within half a person a day
        ("NOWHERE", 10, None, 21, None, "explained: name not in the records"),
        ("ALPHA CENTER", 20, "ALPHATX", 26, 26, "agrees"),
        ("BETA JAIL", 20, "BETAAZ", 5, 2, "agrees"),
        ("NOWHERE", 20, None, 41, None, "explained: name not in the records"),
    ]


def test_averages_between_two_workbooks(case: Casefile) -> None:
    query = (
        "SELECT name, earlier_days, days, round(interval_person_days, 6), round(interval_adp, 6), status FROM"
        " adp_intervals ORDER BY name"
    )
    assert rows(case, "adp_intervals", query) == [
        ("ALPHA CENTER", 10, 20, 10.0, 1.0, "possible"),
        ("BETA JAIL", 10, 20, -2.0, -0.2, "impossible: fewer person-days than before"),
        ("NOWHERE", 10, 20, 20.0, 2.0, "possible"),
    ]


def test_contradictions_are_listed_with_their_rows(case: Casefile) -> None:
    found = reconciled(case, status=None, limit=0)
    assert found.contradictions == 4
    assert [(row.what, row.facility, (row.address or "").split(":")[1:]) for row in found.rows] == [
        ("identity", "ALPHATX", ["", "3"]),  # fewer people in the day than at its midnight
        ("interval", "BETA JAIL", ["Facilities FY25", "9"]),
        ("facility-day", "ALPHATX", ["", "3"]),
        ("identity", "ALPHATX", ["", "4"]),
    ]
    assert (
        sum(
            row.n
            for row in reconciled(case, status="explained", limit=0).summary
            if row.status.startswith("explained")
        )
        == 8 + 6
    )  # and averages beside a series that lacks most of their days


TWICE = """\
detention_facility_code,date,n_detained_at_midnight,n_detained
ALPHATX,2024-10-06,2,2
ALPHATX,2024-10-06,3,2
ALPHATX,2024-10-07,2,2
ALPHATX,2024-10-07,2,2
BETAAZ,2024-10-06,0,0
BETAAZ,2024-10-07,0,0
"""
NATION = """\
date,daily_pop,midnight_pop,book_in,book_out
2024-10-05,9,7,1,2
2024-10-06,9,3,1,2
2024-10-06,9,4,1,2
2024-10-07,9,5,1,0
"""


def listed(tmp_path: Path, files: dict[str, str], line: str | None = None) -> Casefile:
    """Make a case of the stints and some published tables."""
    case = create(tmp_path / "case")
    for name, text in ({"stints.csv": STINTS} | files).items():
        (tmp_path / name).write_text(text)
        add(case, tmp_path / name, release="R")
    if line is not None:
        stated(case, line)
    build(case)
    return case


def test_a_source_that_states_a_figure_twice_contradicts_itself(tmp_path: Path) -> None:
    workbook(
        tmp_path / "book.xlsx", "10/11/2024", {"ALPHA CENTER": 1.6, "alpha center ": 1.9, "BETA JAIL": 0.7}
    )
    case = listed(tmp_path, {"days.csv": TWICE, "nation.csv": NATION}, "covers_from = 2024-09-01T00:00:00")
    add(case, tmp_path / "book.xlsx", release="R")
    build(case)
    figures = (
        "SELECT series, at_place, CAST(date AS VARCHAR), published, other_published FROM repeated_figures"
        " ORDER BY ALL"
    )
    assert rows(case, "repeated_figures", figures) == [
        ("average", "ALPHA CENTER", None, 1.6, 1.9),
        ("average", "alpha center", None, 1.9, 1.6),
        ("midnight_pop", "everywhere", "2024-10-06", 3.0, 4.0),
        ("midnight_pop", "everywhere", "2024-10-06", 4.0, 3.0),
        ("n_detained_at_midnight", "ALPHATX", "2024-10-06", 2.0, 3.0),
        ("n_detained_at_midnight", "ALPHATX", "2024-10-06", 3.0, 2.0),
    ]
    days = (
        "SELECT CAST(date AS VARCHAR), published, n, status FROM facility_day_comparisons WHERE"
        " detention_facility_code = 'ALPHATX' AND definition = 'ddp-midnight' AND published_row IS NOT NULL"
        " ORDER BY ALL"
    )
    twice = "cannot be judged: published twice, with different numbers"
    assert rows(case, "facility_day_comparisons", days) == [
        ("2024-10-06", 2, None, twice),
        ("2024-10-06", 3, None, twice),
        ("2024-10-07", 2, 2, "agrees"),
        ("2024-10-07", 2, 2, "agrees"),
    ]
    averages = "SELECT trim(name), person_days, status FROM adp_comparisons ORDER BY ALL"
    assert rows(case, "adp_comparisons", averages) == [
        ("ALPHA CENTER", None, twice),
        ("BETA JAIL", 2, "agrees"),
        ("alpha center", None, twice),
    ]
    identities = (
        "SELECT CAST(date AS VARCHAR), at_midnight, status FROM series_identities WHERE at_place ="
        " 'everywhere' ORDER BY ALL"
    )
    assert rows(case, "series_identities", identities) == [
        ("2024-10-05", 7, "cannot be judged: no day before"),
        ("2024-10-06", 3, twice),
        ("2024-10-06", 4, twice),
        (
            "2024-10-07",
            5,
            "cannot be judged: no day before",
        ),  # neither 3 nor 4 is the midnight of the day before
    ]
    # the day of which a facility is stated twice is no sum over facilities; the next one is, its equal rows
    # once
    sums = (
        "SELECT n, people_apart FROM series_comparisons WHERE series LIKE '%added up' OR other_series LIKE"
        " '%added up' AND shift = 0"
    )
    assert (1, 3.0) in rows(case, "series_comparisons", sums)
    found = reconciled(case, status="impossible: published twice", limit=0)
    assert [(row.address or "").split(":")[-1] for row in found.rows if row.facility == "ALPHATX"] == [
        "2",
        "3",
    ]
    assert [(row.other_address or "").split(":")[-1] for row in found.rows if row.facility == "ALPHATX"] == [
        "3",
        "2",
    ]
    assert found.contradictions == 6


COHORT = """\
unique_identifier,stay_book_in_date_time,book_in_date_time,book_out_date_time,detention_facility_code,detention_release_reason,stay_release_reason
p1,2024-10-01 08:00,2024-10-01 08:00,2024-10-11 08:00,ALPHATX,Removed,Removed
p2,2024-10-02 09:00,2024-10-02 09:00,2024-10-20 09:00,ALPHATX,Removed,Removed
p3,2024-10-03 10:00,2024-10-03 10:00,2024-10-25 07:00,ALPHATX,Removed,Removed
"""
# a fourth, booked in on 15 August, is still held on 2 October; a fifth is booked in on 12 October: neither
# stay begins in the period
WITH_OTHERS = """\
detention_facility_code,date,n_detained_at_midnight
ALPHATX,2024-10-01,2
ALPHATX,2024-10-02,3
ALPHATX,2024-10-12,3
"""


def compared(case: Casefile) -> list[tuple[Any, ...]]:
    return rows(
        case,
        "facility_day_comparisons",
        "SELECT published, n, status FROM facility_day_comparisons WHERE published_row IS NOT NULL ORDER BY"
        " date",
    )


def test_a_release_of_stays_begun_in_a_period_lacks_those_held_since_before(tmp_path: Path) -> None:
    case = create(tmp_path / "case")
    for name, text in {"stints.csv": COHORT, "days.csv": WITH_OTHERS}.items():
        (tmp_path / name).write_text(text)
        add(case, tmp_path / name, release="R")
    build(case)
    outside = "explained: outside the release"
    assert compared(case) == [(2, None, outside), (3, None, outside), (3, None, outside)]
    stated(
        case, "covers_from = 2024-10-01T00:00:00"
    )  # somebody says that everybody held since then is in it, and is held to it up to the last book-in
    build(case)
    assert compared(case) == [(2, 1, "conflict"), (3, 2, "conflict"), (3, None, outside)]


def test_the_first_days_and_the_last_day_of_a_release_are_not_certain(tmp_path: Path) -> None:
    stints = STINTS.splitlines()
    old = (  # held since long before the period that was asked for
        "p0,2010-01-01 08:00,2010-01-01 08:00,2024-10-04 08:00,ALPHATX,ALPHA CENTER,Removed,Removed"
    )
    days = "detention_facility_code,date,n_detained_at_midnight\nALPHATX,2015-05-05,40\nALPHATX,2024-10-03,9\nALPHATX,2024-10-05,2\nALPHATX,2024-10-06,5\nALPHATX,2024-10-07,0\nALPHATX,2024-12-01,9\n"
    case = create(tmp_path / "case")
    for name, text in {
        "stints.csv": "\n".join([stints[0], old, *stints[1:]]) + "\n",
        "days.csv": days,
    }.items():
        (tmp_path / name).write_text(text)
        add(case, tmp_path / name, release="R")
    build(case)
    outside = "explained: outside the release"
    # the first book-out is of 3 October (p5), the latest event of 1 December: what is certain begins on the
    # day after the one and ends before the other five may have been held, three of them since before the
    # period, unless somebody states that nobody is left out; nobody at all cannot have been
    lacking = "cannot be judged: the release may lack people held since before it"
    first = [(40, None, outside), (9, None, outside), (2, 2, "agrees")]
    assert compared(case) == [*first, (5, 2, lacking), (0, 2, "conflict"), (9, None, outside)]
    stated(case, "covers_from = 2024-10-01T00:00:00")
    build(case)
    assert compared(case) == [
        (40, None, outside),
        (9, 2, "conflict"),
        (2, 2, "agrees"),
        (5, 2, "conflict"),
        (0, 2, "conflict"),
        (9, None, outside),
    ]
