"""Placements in segregation: real workbooks against a plain count of their cells, and lengths by hand."""

from __future__ import annotations

import contextlib
import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl

from paradero.building.adding import add
from paradero.building.building import build
from paradero.building.tables import define, open_tables
from paradero.casefile.folder import create

from .builders import DATA

DAY = 86_400_000_000

HEAD = "Tracking Number,Facility,Report Type,Placement Date,Placement Reason,Release Date,Created,Length of Stay\n"


def placements(folder: Path, *files: Path) -> list[dict[str, Any]]:
    """Take the files into a new casefile, each as a release, build, and read the rows of the table."""
    case = create(folder)
    for number, file in enumerate(files):
        add(case, file, release=f"r{number}")
    build(case)
    with open_tables(case) as built:
        define(built, "placements")
        return built.rows("SELECT * FROM placements ORDER BY row_id")


LENGTHS = [
    # two days without a clock: anything from the end of the first to the beginning of the last
    ("2023-08-01", "2023-08-16", "15", 14 * DAY, 16 * DAY, 0),
    ("2023-08-02", "2023-08-17", "16", 14 * DAY, 16 * DAY, 0),  # both days counted
    ("2023-08-03", "2023-08-18", "20", 14 * DAY, 16 * DAY, 5),
    ("2023-08-04", "2023-08-19", "", 14 * DAY, 16 * DAY, None),
    ("2023-08-05 10:00:05", "2023-08-05 22:00:05", "1", DAY // 2, DAY // 2, 0),
    ("2023-08-06", "(b)(7)(E)", "15", 0, None, None),  # nothing shows it after its first day
    ("2023-08-17", "2023-08-02", "15", 0, 0, None),  # released before it: a fault of the record
    ("", "2023-08-01", "15", None, None, None),
]


def test_lengths_are_bounds_and_the_stated_one_is_compared(tmp_path: Path) -> None:
    file = tmp_path / "log.csv"
    lines = [
        f'T1,EXAMPLE,14 Day,{placed},Disciplinary,"{released}",,{stated}\n'
        for placed, released, stated, *_ in LENGTHS
    ]
    file.write_text(HEAD + "".join(lines))
    rows = placements(tmp_path / "case", file)
    assert len(rows) == len(LENGTHS)
    for row, (placed, _, _, lo, hi, apart) in zip(rows, LENGTHS, strict=True):
        assert row["days_apart"] == apart, placed
        assert row["is_inverted"] is (placed == "2023-08-17")
        for found, expected in ((row["length_lo_us"], lo), (row["length_hi_us"], hi)):
            assert (found is None) == (expected is None), placed
            # as recorded: a second has fractions, a day ends with its last microsecond
            assert found is None or abs(found - expected) <= 2_000_000, placed


def test_rows_that_may_tell_of_one_placement_are_told(tmp_path: Path) -> None:
    file = tmp_path / "log.csv"
    line = "{},EXAMPLE,{},2023-08-01,Disciplinary,2023-08-16,,15\n"
    file.write_text(
        HEAD
        + "".join(line.format(*each) for each in (("T1", "14 Day"), ("T1", "30 Day"), ("T2", "14 Day")))
        + line.format('"(b)(7)(E)"', "72 Hour")
        + "T1,ELSEWHERE,14 Day,2023-08-01,Disciplinary,2023-08-16,,15\n"
    )
    rows = placements(tmp_path / "case", file)
    # the one without an id may be either of the two placements, or a third; one id is one placement anywhere
    assert [row["alike"] for row in rows] == [4, 4, 2, 4, 3]


def test_the_national_export_is_what_a_plain_reading_of_its_cells_gives(tmp_path: Path) -> None:
    file = DATA / "detention" / "srms_national_2018-09_2023-09_redacted.xlsx"
    with contextlib.closing(openpyxl.load_workbook(file, read_only=True)) as workbook:
        head, *lines = workbook.worksheets[0].iter_rows(values_only=True)
    heads = [str(each) for each in head]
    begin, end, length = (heads.index(name) for name in ("Placement Date", "Release Date", "Length of Stay"))
    told = [line for line in lines if line[begin] is not None]
    rows = placements(tmp_path / "case", file)
    assert len(rows) == len(told) == 14_264
    dated = [line for line in told if isinstance(line[end], dt.datetime)]
    same = sum(
        int(str(line[length])) - (line[end].date() - line[begin].date()).days in (0, 1)  # type: ignore[union-attr]
        for line in dated
        if line[length] is not None and line[end] >= line[begin]  # type: ignore[operator]
    )
    assert sum(row["days_apart"] == 0 for row in rows) == same
    assert sum(row["length_hi_us"] is None for row in rows) == len(told) - len(dated) == 155
    # placed at the very end of a day, and released at the very beginning of the sixteenth after it
    long = sum((line[end] - line[begin]).days > 15 for line in dated)  # type: ignore[operator]
    assert sum(row["length_lo_us"] > 15 * DAY for row in rows) == long


def test_what_stands_in_the_columns_of_names_is_counted_and_not_taken(tmp_path: Path) -> None:
    file = tmp_path / "log.csv"
    file.write_text(
        "Name,Alien #,Date in,Date out,Total days,Initial placement,Placement reason,Disc seg,Release reason\n"
        "Quill Zanzibar,A987-654-321,1/3/2015,1/5/2015,2,medical,meal monitoring,N,release to population\n"
    )
    (row,) = placements(tmp_path / "case", file)
    assert row["placement_reason"] == "meal monitoring"
    written = [path for path in (tmp_path / "case").rglob("*") if path.is_file()]
    kept = [path for path in written if "sources" not in path.relative_to(tmp_path).parts]
    assert not [path for path in kept if b"Zanzibar" in path.read_bytes()]
    assert not [path for path in kept if b"987-654-321" in path.read_bytes()]
