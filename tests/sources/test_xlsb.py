"""Binary workbooks: each kind of cell comes out as it does of an .xlsx."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from paradero.sources.containers.workbooks import read_sheet, sheets_of

from .builders import rejects_of, taken
from .xlsb import Cell, Shown, write_xlsb

HEADERS: list[Cell | Shown] = ["Book In Date Time", "Book Out Date Time", "Detention Facility", "Birth Year"]
ROWS: list[list[Cell | Shown]] = [
    HEADERS,
    [Shown(45658 + 10 / 24, 1), Shown(45659.0, 2), "É, X", 1990.0],
    [Shown(45658.5, 1, is_formula=True), "2025-01-03 11:30:00", "Y", Shown(error=0x2A)],
    [45658.0, None, "Z", 1.5],
]


def test_values_dates_and_types_come_out(tmp_path: Path) -> None:
    path = write_xlsb(tmp_path / "f.xlsb", {"Stints": ROWS})
    done, rows = taken(path, tmp_path / "out")
    first = dt.datetime(2025, 1, 1)
    assert [row["book_in_date_time"] for row in rows] == [
        first.replace(hour=10),
        first.replace(hour=12),
        first,
    ]
    assert [row["book_out_date_time"] for row in rows] == [
        dt.datetime(2025, 1, 2),
        dt.datetime(2025, 1, 3, 11, 30),
        None,
    ]
    assert [row["detention_facility"] for row in rows] == ["É, X", "Y", "Z"]
    assert {
        (each["source_row"], each["problem"], each["value"]) for each in rejects_of(tmp_path / "out")
    } == {(3, "error_cell", "#N/A"), (4, "serial_number", "45658"), (4, "unreadable", "1.5")}
    assert (done.container, done.rows_kept) == ("xlsx", 3)


@pytest.mark.parametrize(("is_1904", "year"), [(False, 2025), (True, 2029)])
def test_serial_days_count_from_the_day_that_the_workbook_says(
    is_1904: bool, year: int, tmp_path: Path
) -> None:
    path = write_xlsb(tmp_path / "f.xlsb", {"Stints": ROWS}, is_1904=is_1904)
    _, rows = taken(path, tmp_path / "out")
    assert [row["book_in_date_time"].year for row in rows] == [year] * 3  # the last has no format of a date


def test_hidden_sheets_are_told(tmp_path: Path) -> None:
    path = write_xlsb(tmp_path / "f.xlsb", {"a": [["x", True]], "b": [["y"]]}, hidden=("b",))
    found = sheets_of(path, "xlsx", "f.xlsb")
    assert (found.names, found.hidden) == (("a", "b"), frozenset({"b"}))
    assert read_sheet(path, "xlsx", "a", "f.xlsb").table.to_pylist() == [{"c0": "x", "c1": "true"}]
