"""The same rows in two files of a release are told and counted once; rows that are alike by chance, or of
another release, all count.
"""

from pathlib import Path

import pytest
from sources.builders import write_csv, write_xlsx

from paradero.building.adding import add
from paradero.building.building import build
from paradero.building.overlaps import overlaps_of
from paradero.building.tables import open_tables
from paradero.casefile.folder import Casefile, create

HEADERS = [
    "Area of Responsibility",
    "Book In Date",
    "Detention Facility Code",
    "Gender",
    "Country of Citizenship",
]
ROWS = [
    ["Seattle Area of Responsibility", f"2019-03-{day:02}", "CSCNWWA", "Male", "MEXICO"]
    for day in (1, 1, 2, 3, 4, 5, 6)
]


@pytest.fixture
def case(tmp_path: Path) -> Casefile:
    return create(tmp_path / "case")


def counted(case: Casefile) -> tuple[int, int]:
    """(rows that count, rows that repeat another)"""
    build(case)
    with open_tables(case, "detention_rows", "repeated_rows") as built:
        return tuple(
            built.rows(f"SELECT count(*) AS n FROM {name}")[0]["n"]
            for name in ("detention_rows", "repeated_rows")
        )


def test_the_same_release_as_workbook_and_as_text_is_counted_once(case, tmp_path):
    add(case, write_xlsx(tmp_path / "a.xlsx", {"Book Ins": [["title"], HEADERS, *ROWS]}))
    source, _ = add(case, write_csv(tmp_path / "b.csv", [HEADERS, *reversed(ROWS)], delimiter="|"))
    (overlap,) = overlaps_of(case, source)
    assert (overlap.rows, overlap.is_same_release, overlap.other.file_name) == (7, True, "a.xlsx")
    assert counted(case) == (7, 7)  # two of them are alike: a row is matched with one row


def test_a_longer_version_adds_its_new_rows_only(case, tmp_path):
    add(case, write_csv(tmp_path / "a.csv", [HEADERS, *ROWS]))
    more = [
        ["Seattle Area of Responsibility", f"2019-04-{day:02}", "CSCNWWA", "Male", "MEXICO"]
        for day in range(1, 10)
    ]
    add(case, write_csv(tmp_path / "b.csv", [HEADERS, *ROWS, *more]))
    assert counted(case) == (16, 7)


def test_rows_alike_by_chance_all_count(case, tmp_path):
    add(case, write_csv(tmp_path / "a.csv", [HEADERS, *ROWS]))
    other = [
        ["Seattle Area of Responsibility", f"2018-03-{day:02}", "CSCNWWA", "Male", "MEXICO"]
        for day in range(1, 9)
    ]
    source, _ = add(case, write_csv(tmp_path / "b.csv", [HEADERS, *ROWS[:2], *other]))
    assert overlaps_of(case, source) == []
    assert counted(case) == (17, 0)


def test_other_releases_are_told_and_count(case, tmp_path):
    add(case, write_csv(tmp_path / "a.csv", [HEADERS, *ROWS]), release="one")
    source, _ = add(
        case, write_csv(tmp_path / "b.csv", [["again", "", "", "", ""], HEADERS, *ROWS]), release="two"
    )
    assert [(each.rows, each.is_same_release) for each in overlaps_of(case, source)] == [(7, False)]
    assert counted(case) == (14, 0)


def test_a_sheet_that_repeats_another_is_counted_once(case, tmp_path):
    add(case, write_xlsx(tmp_path / "a.xlsx", {"Book Ins": [HEADERS, *ROWS], "Copy": [HEADERS, *ROWS]}))
    assert counted(case) == (7, 7)
