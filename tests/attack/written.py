"""A writer of tables that shares no code with the reader: rows known beforehand, put down in one of the ways
in which offices and databases write them.

It also says what must come back. It knows only what it wrote: which date has two readings and whether any
date of the file settles them, which cell it spoiled, which lines it put beside the records.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HEADERS = ["Stay Book In Date Time", "Book In Date Time", "Detention Facility", "Detention Facility Code", "Book Out Date Time", "Bond Posted Amount",
           "Detention Release Reason", "Anonymized Identifier"]  # fmt: skip
MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
LONG = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
NOTHING = ["", "", "NULL", "N/A", "(null)", "-", "None", "NaT"]
STAND_INS = [(1900, 1, 1), (1970, 1, 1), (2099, 12, 31), (9999, 12, 31)]
PLACES = [
    ("CENTRO NIÑOS", "AAAHOLD"),
    ("NORTH", "BBBNORT"),
    ("PEÑA, OLD ROAD", "CCCPENA"),
    ("SOUTH; ANNEX", "DDDSOUT"),
]

Cell = str
Out = tuple[
    str, Any
]  # what must come back of a date: ("at", instant), ("two", (earlier, later)), ("none", why)


@dataclass(slots=True, kw_only=True)
class Record:
    """One row as it happened, and how its cells were spoiled."""

    begin: dt.datetime
    end: dt.datetime | None
    place: tuple[str, str]
    amount: float | None
    person: str
    end_text: str | None = None  # written instead of the end
    end_why: str | None = None


@dataclass(slots=True, kw_only=True)
class Manner:
    """How a file is written."""

    spelling: str
    delimiter: str = ","
    encoding: str = "utf-8"
    comma: bool = False
    thousands: bool = False
    two_columns: bool = False
    above: int = 0
    extra: dict[int, list[Cell]] = field(default_factory=dict)  # before which record which line stands


@dataclass(slots=True, kw_only=True)
class Expected:
    """What must come back: of each record its dates, amount and person; and the account of the file's
    rows.
    """

    begins: list[Out]
    ends: list[Out]
    amounts: list[float | None]
    persons: list[str]
    places: list[str]
    ledger: dict[str, int]
    date_order: str | None = None


SPELLINGS = [
    "iso",
    "iso_t",
    "mdy",
    "dmy",
    "mdy_dash",
    "dmy_dot",
    "oracle",
    "oracle_long",
    "sqlserver",
    "basic",
    "words",
    "offset",
    "unix",
    "seven",
    "slashed_iso",
]
NUMERIC = {"mdy": False, "mdy_dash": False, "dmy": True, "dmy_dot": True}


def spelled(at: dt.datetime, spelling: str) -> str:
    """An instant in a spelling; the clock to the minute."""
    h12, ap = (at.hour - 1) % 12 + 1, "AM" if at.hour < 12 else "PM"
    return {
        "iso": f"{at:%Y-%m-%d %H:%M}:00",
        "iso_t": f"{at:%Y-%m-%dT%H:%M:00}.000Z",
        "mdy": f"{at.month}/{at.day}/{at.year} {at.hour}:{at:%M}",
        "dmy": f"{at:%d/%m/%Y} {at:%H:%M}",
        "mdy_dash": f"{at:%m-%d-%Y %H:%M}",
        "dmy_dot": f"{at.day}.{at.month}.{at.year} {at:%H:%M}",
        "oracle": f"{at.day:02}-{MONTHS[at.month - 1]}-{at.year % 100:02} {h12:02}.{at:%M}.00.000000 {ap}",
        "oracle_long": f"{at.day:02}-{MONTHS[at.month - 1]}-{at.year} {at:%H:%M}:00",
        "sqlserver": f"{MONTHS[at.month - 1].capitalize()} {at.day:>2} {at.year} {h12:>2}:{at:%M}{ap}",
        "basic": f"{at:%Y%m%d %H%M}",
        "words": f"{LONG[at.month - 1]} {at.day}, {at.year} {h12}:{at:%M} {ap}",
        "offset": f"{at:%Y-%m-%dT%H:%M}:00-05:00",
        "unix": f"{['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'][at.weekday()]} {MONTHS[at.month - 1].capitalize()} {at.day} {at:%H:%M}:00 EST {at.year}",
        "seven": f"{at:%Y-%m-%d %H:%M}:00.0000000",
        "slashed_iso": f"{at:%Y/%m/%d %H:%M}",
    }[spelling]  # fmt: skip


def records(chance: random.Random, n: int, *, low_days: bool) -> list[Record]:
    """Draw rows; with `low_days` no day is above 12, so that no date of the file settles an order."""
    made = []
    for number in range(n):
        begin = dt.datetime(
            chance.choice([2019, 2024, 2025]),
            chance.randint(1, 12),
            chance.randint(1, 12 if low_days else 28),
            chance.randint(0, 23),
            chance.randint(1, 59),
        )
        end: dt.datetime | None = begin + dt.timedelta(hours=chance.randint(1, 400))
        if low_days and end is not None and end.day > 12:
            end = end.replace(day=chance.randint(1, 12))
        made.append(
            Record(
                begin=begin, end=end, place=chance.choice(PLACES), person=f"p{number:03}{chance.randint(0, 9)}",
                amount=chance.choice([None, 500.0, 1500.0, 2500.5, 7500.25, 12.5]),
            )
        )  # fmt: skip
        kind = chance.random()
        if kind < 0.2:
            made[-1].end, made[-1].end_text, made[-1].end_why = None, chance.choice(NOTHING), "blank"
        elif kind < 0.3:
            made[-1].end, made[-1].end_text, made[-1].end_why = (
                None,
                chance.choice(["(b)(6), (b)(7)(C)", "(b)(7)(E)"]),
                "withheld",
            )
        elif kind < 0.38:
            made[-1].end, made[-1].end_text, made[-1].end_why = (
                None,
                chance.choice(["??", "see file", "#REF!", "31-31-2025"]),
                "unreadable",
            )
        elif kind < 0.45:
            year, month, day = chance.choice(STAND_INS)
            made[-1].end, made[-1].end_text, made[-1].end_why = (
                None,
                f"{year}-{month:02}-{day:02} 00:00:00",
                "stand_in",
            )
    return made


def amount_text(amount: float | None, manner: Manner) -> str:
    """An amount with the file's decimal sign, and signs between thousands where it has them."""
    if amount is None:
        return ""
    whole, part = int(amount), round(amount % 1 * 100)
    text = f"{whole:,}" if manner.thousands else str(whole)
    text += f".{part:02}" if part else ""
    return text.translate(str.maketrans(",.", ".,")) if manner.comma else text


def two_readings(at: dt.datetime, spelling: str) -> bool:
    return spelling in NUMERIC and at.day <= 12 and at.day != at.month


def settled(rows: list[Record]) -> bool:
    """Whether some date of the file can be read in its order only."""
    return any(at is not None and at.day > 12 for row in rows for at in (row.begin, row.end))


def returned(at: dt.datetime, spelling: str, is_settled: bool) -> Out:
    if is_settled or not two_readings(at, spelling):
        return "at", at
    return "two", tuple(sorted((at, at.replace(month=at.day, day=at.month))))


def lines_of(rows: list[Record], manner: Manner) -> list[list[Cell]]:
    """All lines of the file as cells: titles, headers, records, and what stands between them."""
    headers = list(HEADERS)
    if manner.two_columns:
        headers[4:5] = ["Book Out Date", "Book Out Time"]
    lines: list[list[Cell]] = [
        [f"Extract {number}"] + [""] * (len(headers) - 1) for number in range(manner.above)
    ]
    lines.append(headers)
    for number, row in enumerate(rows):
        if number in manner.extra:
            lines.append(
                headers
                if manner.extra[number] == ["HEADER"]
                else (manner.extra[number] + [""] * len(headers))[: len(headers)]
            )
        begin = spelled(row.begin, manner.spelling)
        end = row.end_text if row.end is None else spelled(row.end, manner.spelling)
        ends = [end or ""]
        if manner.two_columns:
            day, _, clock = (end or "").partition(" ") if row.end is not None else (end or "", "", "")
            ends = [day, clock]
        lines.append(
            [
                begin,
                begin,
                row.place[0],
                row.place[1],
                *ends,
                amount_text(row.amount, manner),
                "Transferred",
                row.person,
            ]
        )
    return lines


def expected_of(rows: list[Record], manner: Manner) -> Expected:
    """What must come back of a file."""
    is_settled = settled(rows)
    texts = [amount_text(row.amount, manner) for row in rows]
    has_proof = any(
        row.amount is not None and (row.amount % 1 or (manner.thousands and row.amount >= 1e6))
        for row in rows
    )
    amounts: list[float | None] = []
    for row, text in zip(rows, texts, strict=True):
        is_either = manner.thousands and row.amount is not None and row.amount >= 1000 and not row.amount % 1
        unclear = is_either and not has_proof and ("." in text or manner.delimiter == ";")
        amounts.append(None if unclear else row.amount)
    extra = list(manner.extra.values())
    return Expected(
        begins=[returned(row.begin, manner.spelling, is_settled) for row in rows],
        ends=[
            ("none", row.end_why) if row.end is None else returned(row.end, manner.spelling, is_settled)
            for row in rows
        ],
        amounts=amounts,
        persons=[row.person for row in rows],
        places=[row.place[0] for row in rows],
        ledger={
            "in_file": manner.above + 1 + len(rows) + len(extra),
            "taken": len(rows),
            "above": manner.above,
            "header": 1,
            "repeated_headers": sum(each == ["HEADER"] for each in extra),
            "notes": sum(each not in (["HEADER"], [""]) for each in extra),
            "blank": sum(each == [""] for each in extra),
            "stray": 0,
            "not_taken": 0,
            "missing": 0,
        },
    )


def write_text(path: Path, lines: list[list[Cell]], manner: Manner) -> None:
    """The lines as delimited text, quoted where need be, or with blanks that keep the columns in line."""
    if manner.delimiter == " ":
        widths = [max(len(line[place]) for line in lines) + 3 for place in range(len(lines[0]))]
        text = (
            "\n".join(
                "".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
                for line in lines
            )
            + "\n"
        )
    else:
        quoted = [
            [f'"{cell}"' if manner.delimiter in cell or '"' in cell else cell for cell in line]
            for line in lines
        ]
        text = "".join(manner.delimiter.join(line) + "\r\n" for line in quoted)
    if manner.encoding == "mixed":
        parts = text.splitlines(keepends=True)
        accents = [number for number, part in enumerate(parts) if not part.isascii()]
        odd = set(accents[1::2])
        path.write_bytes(
            b"".join(part.encode("cp1252" if number in odd else "utf-8") for number, part in enumerate(parts))
        )
    else:
        path.write_bytes(text.encode(manner.encoding))
