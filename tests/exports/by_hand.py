"""A small release, as ICE's workbooks have it, of which every filled-in column can be worked out by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl

HEADERS = {
    "Detentions": [
        *("Stay Book In Date Time", "Book In Date Time", "Book Out Date Time", "Stay Book Out Date"),
        *("Detention Facility", "Detention Facility Code", "Initial Bond Set Amount", "Gender", "Birth Year"),
        *("Book In Criminality", "Birth Date", "Case Threat Level", "Anonymized Identifier", "Final Charge"),
    ],
    "Arrests": [
        *("Apprehension Date", "State", "TOA Current Duty Site", "Apprehension Method", "Gender"),
        *("TOA Current Duty AOR", "Apprehension Final Program", "Anonymized Identifier"),
    ],
}
CONVICTED = "1 Convicted Criminal"
DETENTIONS: list[tuple[Any, ...]] = [
    # a stint twice, but for its bond: the first stays
    ("2025-01-01 10:00", "2025-01-01 10:00", "2025-01-02 09:00", "2025-01-05", "ALPHA", "AAA", 5000, "Male"),
    ("2025-01-01 10:00", "2025-01-01 10:00", "2025-01-02 09:00", "2025-01-05", "ALPHA", "AAA", 3000, "Male"),
    # booked into one place twice on one day: the last stays
    ("2025-01-01 10:00", "2025-01-02 12:00", "2025-01-02 18:00", "2025-01-05", "BETA", "BBB", None, "Male"),
    ("2025-01-01 10:00", "2025-01-02 20:00", "2025-01-05 00:00", "2025-01-05", "BETA", "BBB", None, "Male"),
    ("2025-02-01 08:00", "2025-02-01 08:00", None, None, "GAMMA", "CCC", None, "Male"),
    (
        "2025-01-03 00:00",
        "2025-01-03 00:00",
        "2025-01-04 07:00",
        "2025-01-04",
        "ALPHA",
        "AAA",
        None,
        "Female",
    ),
    ("2025-01-01 05:00", "2025-01-01 05:00", "2025-01-01 06:00", "2025-01-01", "ALPHA", "AAA", None, "Male"),
]
WHO: list[tuple[Any, ...]] = [
    *[(2008, None, "b(6), b(7)c", "NA", "aa01", "b(6), b(7)C")] * 4,
    (2008, None, "b(6), b(7)c", "NA", "aa01", "(b)(7)(E)"),
    (1990, CONVICTED, "b(6), b(7)c", "1", "bb02", "ALIEN PRESENT"),
    (None, None, "b(6), b(7)c", None, None, None),
]
ARRESTS: list[tuple[Any, ...]] = [
    ("2024-12-31 20:00", None, "ST. PAUL, MN, DOCKET CONTROL OFFICE", "Located", "Unknown", "aa01"),
    ("2025-01-01 06:00", "TEXAS", "ST. PAUL, MN, DOCKET CONTROL OFFICE", "Located", "Unknown", "aa01"),
    ("2025-01-02 12:00", None, "Office of West Virginia", "Located", "Unknown", "bb02"),
    ("2025-01-05 12:00", None, "HEADQUARTERS", "Located", "Unknown", None),
    ("2025-01-25 09:00", None, "La Crosse, WI", "Located", "Unknown", "aa01"),
    (None, None, None, "Located", "Unknown", "bb02"),
]


def workbook(path: Path, sheet: str, headers: list[str], rows: list[tuple[Any, ...]]) -> Path:
    """A workbook as ICE releases them: six rows above the header."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for _ in range(6):
        page.append(["FABRICATED"])
    page.append(headers)
    for row in rows:
        page.append(list(row))
    book.save(path)
    return path
