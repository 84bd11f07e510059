"""What cannot be in ICE's statistics workbooks, planted in three small ones."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from casefile.made import said

from paradero.building.adding import add
from paradero.building.building import build
from paradero.casefile.folder import Casefile, create

AVERAGES = ["Name", "Address", "City", "State", "Zip", "AOR", "Type Detailed", "Male/Female", "FY25 ALOS"]
AVERAGES += ["Level A", "Level B", "Level C", "Level D", "Male Crim", "Male Non-Crim", "Female Crim"]
AVERAGES += ["Female Non-Crim", "ICE Threat Level 1", "ICE Threat Level 2", "ICE Threat Level 3"]
AVERAGES += ["No ICE Threat Level", "Mandatory"]
MONTHS = ["Oct", "Nov", "Dec", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep"]
Facility = tuple[float, float, float, float]  # by level, by sex, by threat, mandatory


def workbook(path: Path, pulled: str, facilities: dict[str, Facility], booked: int, out: list[int]) -> Path:
    book = openpyxl.Workbook()
    counts = book.active
    assert counts is not None
    counts.title = "Detention FY25"
    counts.append(["ICE Initial Book-Ins by Facility Type and Criminality: FY2025"])
    counts.append(["Facility Type", "Convicted Criminal", "Total"])
    counts.append(["Adult", 5, booked])
    counts.append([])
    counts.append(["ICE Final Book Outs by Release Reason, Month and Criminality: FY2025"])
    counts.append(["Release Reason", *MONTHS, "Total"])
    counts.append(["Paroled", *out])
    sheet = book.create_sheet("Facilities FY25")
    sheet.append(["ICE FACILITIES DATA, FY25"])
    sheet.append([f"Data Source: ICE Integrated Decision Support (IIDS), {pulled}"])
    for _ in range(4):
        sheet.append([])
    sheet.append(AVERAGES)
    for name, (level, sex, threat, mandatory) in facilities.items():
        place = [name, "1 ROAD", "TOWN", "TX", "79999", "ELP", "DIGSA", "Male", 10]
        sheet.append([*place, level, 0, 0, 0, sex, 0, 0, 0, 0, 0, 0, threat, mandatory])
    book.create_sheet("Footnotes").append(["Footnotes"])
    book.save(path)
    return path


def alike(average: float) -> Facility:
    return (average, average, average, 0)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Casefile:
    folder = tmp_path_factory.mktemp("watched")
    none = [0] * 11
    made = (
        ("10/11/2024", {"ALPHA": alike(1.6), "BETA": alike(0.7), "GAMMA": alike(0.5)}, 10, [3, *none, 3]),
        ("10/21/2024", {"ALPHA": alike(0.65)}, 9, [3, *none, 4]),
        ("10/31/2024", {"ALPHA": (0.7, 0.6, 0.6, 0.8), "BETA": alike(0.5)}, 12, [5, *none, 5]),
    )
    case = create(folder / "case")
    for number, (pulled, facilities, booked, out) in enumerate(made, 1):
        add(case, workbook(folder / f"book{number}.xlsx", pulled, facilities, booked, out))
    build(case)
    return case


def found(case: Casefile, *arguments: str) -> list[tuple[str, str, str, float | None, float | None]]:
    rows = said(case.root, "watch", *arguments, "--json").json["rows"]
    return [(row["what"], row["status"], row["about"], row["earlier"], row["later"]) for row in rows]


def test_each_impossibility_is_found_once_in_its_workbook(case: Casefile) -> None:
    assert found(case, "book1.xlsx") == []
    assert found(case, "book2.xlsx") == [
        ("an average with fewer person-days than before", "impossible", "ALPHA, TOWN", 16.0, 13.0),
        (
            "a count since 1 October that falls",
            "impossible",
            "ICE Initial Book-Ins by Facility Type and Criminality: Adult, Total",
            10.0,
            9.0,
        ),
        (
            "a total that is not the sum of its months",
            "impossible",
            "ICE Final Book Outs by Release Reason, Month and Criminality: Paroled",
            3.0,
            4.0,
        ),
        ("a facility that vanishes within the year", "doubtful", "GAMMA, TOWN", 0.5, None),
    ]
    newest = found(case)
    assert newest == [
        ("more in mandatory detention than held", "impossible", "ALPHA, TOWN", 0.6, 0.8),
        ("security levels beside sex and criminality", "impossible", "ALPHA, TOWN", 0.6, 0.7),
        ("a facility that vanishes and returns", "impossible", "BETA, TOWN", 0.7, None),
    ]
    assert len(found(case, "--all")) == 4 + 3


def test_every_figure_is_cited_and_the_exit_code_says_that_there_is_one(case: Casefile) -> None:
    heard = said(case.root, "watch", "--all", "--json")
    assert heard.code == 2
    for row in heard.json["rows"]:
        cited = [row["address"], row["earlier_address"]]
        assert any(cited), row
        assert said(case.root, "rows", *filter(None, cited)).code == 0, row
    assert said(case.root, "watch", "book1.xlsx").code == 0
    text = said(case.root, "watch", "--limit", "1").out
    assert "2 more rows" in text


def test_one_workbook_has_none_beside_it(tmp_path: Path) -> None:
    case = create(tmp_path / "case")
    add(case, workbook(tmp_path / "alone.xlsx", "10/11/2024", {"ALPHA": alike(1.6)}, 1, [0] * 13))
    build(case)
    heard = said(case.root, "watch")
    assert (heard.code, "fewer than two workbooks" in heard.out) == (0, True)
    assert "is not a workbook of detention statistics" in said(case.root, "watch", "other.xlsx").err
