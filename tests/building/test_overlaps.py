"""The same rows in two files of a release are told and counted once; rows that are alike by chance, or of
another release, all count.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from sources.builders import write_csv, write_xlsx

from paradero.building.adding import add
from paradero.building.building import build
from paradero.building.overlaps import Overlap, overlaps_of
from paradero.building.tables import open_tables
from paradero.casefile.folder import Casefile, create
from paradero.model.addresses import ROWS_A_SOURCE

HEADERS = [
    "Area of Responsibility",
    "Book In Date",
    "Detention Facility Code",
    "Gender",
    "Country of Citizenship",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Of a casefile in which each test has releases and rows of its own: what the last file of each repeats,
    and by release how many rows count and how many repeat another.
    """

    overlaps: dict[str, list[Overlap]]
    counted: dict[str, tuple[int, int]]


def rows(code: str, days: Sequence[int] = (1, 1, 2, 3, 4, 5, 6), month: str = "2019-03") -> list[list[str]]:
    """Rows of a facility; two of them are alike unless other days are named."""
    return [["Seattle Area of Responsibility", f"{month}-{day:02}", code, "Male", "MEXICO"] for day in days]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Found:
    folder = tmp_path_factory.mktemp("overlaps")
    case = create(folder / "case")
    overlaps = {}

    def added(path: Path, release: str | None = None) -> None:
        source, _ = add(case, path, release=release)
        overlaps[path.stem] = overlaps_of(case, source)

    same = rows("CSCNWWA")
    added(write_xlsx(folder / "workbook.xlsx", {"Book Ins": [["title"], HEADERS, *same]}))
    added(write_csv(folder / "text.csv", [HEADERS, *reversed(same)], delimiter="|"))
    version = rows("LONGER")
    added(write_csv(folder / "shorter.csv", [HEADERS, *version]), "longer")
    more = rows("LONGER", range(1, 10), "2019-04")
    added(write_csv(folder / "longer.csv", [HEADERS, *version, *more]), "longer")
    alike = rows("CHANCE")
    added(write_csv(folder / "before.csv", [HEADERS, *alike]), "chance")
    other = rows("CHANCE", range(1, 9), "2018-03")
    added(write_csv(folder / "chance.csv", [HEADERS, *alike[:2], *other]), "chance")
    both = rows("BOTH")
    added(write_csv(folder / "one.csv", [HEADERS, *both]), "one")
    added(write_csv(folder / "two.csv", [["again", "", "", "", ""], HEADERS, *both]), "two")
    twice = rows("TWICE")
    sheets = {"Book Ins": [HEADERS, *twice], "Copy": [HEADERS, *twice]}
    added(write_xlsx(folder / "sheets.xlsx", sheets), "sheets")
    build(case)
    return Found(overlaps=overlaps, counted=counted(case))


def counted(case: Casefile) -> dict[str, tuple[int, int]]:
    """By release: (rows that count, rows that repeat another)"""
    with open_tables(case, "detention_rows", "repeated_rows", "sources") as built:
        each = [
            {
                row["release"]: row["n"]
                for row in built.rows(
                    f"SELECT s.release, count(r.row_id) AS n FROM sources s LEFT JOIN {table} r"
                    f" ON r.row_id // {ROWS_A_SOURCE} = s.source_rank GROUP BY s.release"
                )
            }
            for table in ("detention_rows", "repeated_rows")
        ]
    return {release: (n, each[1][release]) for release, n in each[0].items()}


def test_the_same_release_as_workbook_and_as_text_is_counted_once(found: Found) -> None:
    (overlap,) = found.overlaps["text"]
    assert (overlap.rows, overlap.is_same_release, overlap.other.file_name) == (7, True, "workbook.xlsx")
    named = {"longer", "chance", "one", "two", "sheets"}
    (unnamed,) = found.counted.keys() - named
    assert found.counted[unnamed] == (7, 7)  # two of them are alike: a row is matched with one row


def test_a_longer_version_adds_its_new_rows_only(found: Found) -> None:
    assert found.counted["longer"] == (16, 7)


def test_rows_alike_by_chance_all_count(found: Found) -> None:
    assert found.overlaps["chance"] == []
    assert found.counted["chance"] == (17, 0)


def test_other_releases_are_told_and_count(found: Found) -> None:
    assert [(each.rows, each.is_same_release) for each in found.overlaps["two"]] == [(7, False)]
    assert (found.counted["one"], found.counted["two"]) == ((7, 0), (7, 0))


def test_a_sheet_that_repeats_another_is_counted_once(found: Found) -> None:
    assert found.counted["sheets"] == (7, 7)
