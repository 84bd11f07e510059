"""Case files of the immigration courts: their quirks, their steps in order, and links that somebody states."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from paradero.building.adding import add
from paradero.building.building import build
from paradero.building.tables import define, open_tables
from paradero.casefile.folder import create
from paradero.sources import layout_of

from .builders import Table, taken, write_csv

DAY = 86_400_000_000
SOURCES = Path(layout_of.__code__.co_filename).parent


def us(text: str) -> int:
    return int(dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC).timestamp() * 1_000_000)


def tabs(path: Path, rows: Table) -> Path:
    """Write rows as the courts do: tabs, no quoting, the end of lines of Windows."""
    lines = ["\t".join(map(str, row)) for row in rows]
    path.write_bytes(("\r\n".join(lines) + "\r\n").encode("cp1252"))
    return path


def tables(case_folder: Path, files: dict[str, Path], *names: str) -> list[list[dict[str, Any]]]:
    case = create(case_folder)
    for release, file in files.items():
        add(case, file, release=release.partition(" ")[0])
    build(case)
    with open_tables(case) as built:
        for name in names:
            define(built, name)
        return [built.rows(f"SELECT * FROM {name}") for name in names]


CUSTODY = ["IDNCUSTODY", "IDNCASE", "CUSTODY", "DATDETAINED", "DATRELEASED"]


def test_the_courts_quirks_lose_no_row(tmp_path: Path) -> None:
    rows: Table = [
        CUSTODY,
        ["1", "900", "D", "2024-01-12 00:00:00.000", "\\N"],
        ["2", "901", "R", "2024-01-20 00:00:00.000", "2024-02-01 00:00:00.000"],
        ["3", "902", 'N"', "", ""],  # a quote that is never closed
        ["4", "903", "R", "2024-03-01 00:00:00.000", "2024-02-01 00:00:00.000", "surplus"],
        ["5", "904", "R"],
        ["6", "905", "Ñ", "(b)(6)", ""],
        ["7", "906", "N", "2024-01-01 00:00:00.000", ""],
    ]
    done, made = taken(tabs(tmp_path / "tbl_CustodyHistory.csv", rows), tmp_path / "out")
    assert done.kinds == ("court_custody",)
    assert [row["idncase"] for row in made] == ["900", "901", "902", "903", "904", "905", "906"]
    assert [row["released_why_missing"] for row in made][:3] == ["blank", None, "blank"]
    (found,) = tables(tmp_path / "case", {"eoir": tmp_path / "tbl_CustodyHistory.csv"}, "court_detentions")
    assert [row["contradicts"] for row in found] == [
        None,
        None,
        None,
        "released before detained",
        "released without a date",
        None,
        "never detained, yet dated",
    ]
    assert (found[1]["held_lo_us"], found[1]["held_hi_us"]) == (11 * DAY + 1, 13 * DAY - 1)
    assert (found[0]["held_lo_us"], found[0]["held_hi_us"]) == (0, None)


@pytest.mark.parametrize(
    "codes",
    [
        ["D", '"R', "N", 'D"', "D"],  # two that nobody closes: between them two rows would vanish
        ["D", '"R', "N", "D", "D"],
        ["D", "N", "N", "D", '"'],
        ['"D"', "D", "N", "D", "D"],  # a cell in quotes is a cell in quotes
        ['a "b" c', '"', "N", "D", "D"],
    ],
)
def test_a_quote_that_nobody_closes_takes_no_rows_with_it(codes: list[str], tmp_path: Path) -> None:
    rows: Table = [CUSTODY, *([n, 900 + n, code, "2024-01-12", ""] for n, code in enumerate(codes))]
    _, made = taken(tabs(tmp_path / "f.csv", rows), tmp_path / "out")
    assert [row["idncase"] for row in made] == [str(900 + n) for n in range(len(codes))]
    plain = [code[1:-1] if len(code) > 1 and code[0] == code[-1] == '"' else code for code in codes]
    assert [row["custody"] for row in made] == plain


def test_a_cell_of_several_lines_stays_one(tmp_path: Path) -> None:
    file = tmp_path / "f.csv"
    file.write_text("\t".join(CUSTODY) + '\n1\t900\tD\t2024-01-12\t"one\ntwo"\n2\t901\tD\t2024-01-12\t\n')
    _, made = taken(file, tmp_path / "out")
    assert [row["idncase"] for row in made] == ["900", "901"]


SAMPLES = {
    "eoir_proceedings": [("", "charged", "OSC_DATE"), ("", "decided", "COMP_DATE")],
    "eoir_schedule": [("", "hearing set", "ADJ_DATE")],
    "eoir_bonds": [
        ("", "bond requested", "BOND_HEAR_REQ_DATE"),
        ("", "bond hearing", "BOND_HEARING_DATE"),
        ("", "bond decided", "COMP_DATE"),
    ],
    "eoir_custody": [("", "detained", "DATDETAINED"), ("", "released", "DATRELEASED")],
    "eoir_appeals": [("", "appealed", "datAppealFiled"), ("", "appeal decided", "datBIADecision")],
}


def test_steps_are_the_dated_cells_in_order(tmp_path: Path) -> None:
    expected = set()
    for folder, cells in SAMPLES.items():
        with (SOURCES / folder / "sample.csv").open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                case = row.get("IDNCASE") or row["idncase"]
                expected |= {(case, step, us(row[head])) for _, step, head in cells if row[head]}
    files = {f"eoir {folder}": SOURCES / folder / "sample.csv" for folder in SAMPLES}
    (steps,) = tables(tmp_path / "case", files, "court_steps")
    assert {(row["idncase"], row["step"], row["at_lo"]) for row in steps} == expected
    assert all(row["at_hi"] == row["at_lo"] + DAY - 1 for row in steps)
    for case in {row["idncase"] for row in steps}:
        of_case = [row for row in steps if row["idncase"] == case]
        assert [row["nth"] for row in of_case] == list(range(1, len(of_case) + 1))
        assert [row["at_lo"] for row in of_case] == sorted(row["at_lo"] for row in of_case)


def test_a_case_is_a_persons_only_where_somebody_says_so(tmp_path: Path) -> None:
    stints = [["Anonymized Identifier", "Detention Facility Code", "Book In Date Time", "Book Out Date Time"]]
    stints += [[person, "EXAMPLE", "2024-01-12 10:00:05", ""] for person in ("aa", "bb")]
    heads = ["idncase", "unique_identifier", "person_release", "stated_by", "ground"]
    links = [
        ["9000001", "aa", "ice", "Example Clinic", "counsel in both"],
        ["9000002", "aa", "ice", "Example Clinic", "counsel in both"],
        ["9000002", "bb", "ice", "Another Clinic", "dates"],
        ["9000003", "cc", "ice", "Example Clinic", "dates"],
    ]
    files = {
        "ice": write_csv(tmp_path / "stints.csv", stints),
        "links": write_csv(tmp_path / "links.csv", [heads, *links]),
        "eoir": SOURCES / "eoir_custody" / "sample.csv",
    }
    (found,) = tables(tmp_path / "case", files, "court_case_links")
    assert [(row["status"], row["person_no"] is not None, row["n_steps"]) for row in found] == [
        ("stated", True, 1),
        ("disputed", False, 2),
        ("disputed", False, 2),
        ("no such person", False, 0),
    ]


@pytest.mark.parametrize("folder", ["eoir_cases", *SAMPLES])
def test_no_town_counsel_or_judge_is_taken(folder: str, tmp_path: Path) -> None:
    with (SOURCES / folder / "sample.csv").open(encoding="utf-8", newline="") as stream:
        head, *rows = csv.reader(stream)
    people = ["ALIEN_CITY", "ALIEN_ZIPCODE", "C_BIRTHDATE", "IJ_NAME", "ATTY_NBR", "Respondent Name"]
    fresh = [name for name in people if name not in head]
    table = [[*head, *fresh], *([*row, *["Zanzibar"] * len(fresh)] for row in rows)]
    for name in set(people) & set(head):
        for row in table[1:]:
            row[head.index(name)] = "Zanzibar"
    done, _ = taken(write_csv(tmp_path / "f.csv", table), tmp_path / "out")
    assert done.kinds[0].startswith("court_")
    assert not [path for path in (tmp_path / "out").rglob("*.parquet") if b"Zanzibar" in path.read_bytes()]
