"""Dates and clock times as ISO 8601 and EDTF write them: the stretch of the wall clock that each text stands
for. No zones here.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from paradero.model.time.clock import DAY_US, EPOCH, HOUR_US, MINUTE_US, us_of
from paradero.model.time.moments import Precision

SECOND_US = 1_000_000
FIRST_US, LAST_US = (
    us_of(dt.datetime.min),
    us_of(dt.datetime.max),
)  # the years that have a calendar here: 0001 to 9999

# EDTF's parts of a year: (years later, month, day) of the first and the last day. A season's bounds are wide
# enough for the meteorological and the astronomical count, for both hemispheres where none is named, and for
# either year where it runs over new year.
PARTS_OF_A_YEAR = {
    21: ((0, 3, 1), (0, 12, 22)),
    22: ((-1, 12, 1), (1, 3, 21)),
    23: ((0, 3, 1), (0, 12, 22)),
    24: ((-1, 12, 1), (1, 3, 21)),
    25: ((0, 3, 1), (0, 6, 22)),
    26: ((0, 6, 1), (0, 9, 24)),
    27: ((0, 9, 1), (0, 12, 22)),
    28: ((-1, 12, 1), (1, 3, 21)),
    29: ((0, 9, 1), (0, 12, 22)),
    30: ((-1, 12, 1), (1, 3, 21)),
    31: ((0, 3, 1), (0, 6, 22)),
    32: ((0, 6, 1), (0, 9, 24)),
    33: ((0, 1, 1), (0, 3, 31)),
    34: ((0, 4, 1), (0, 6, 30)),
    35: ((0, 7, 1), (0, 9, 30)),
    36: ((0, 10, 1), (0, 12, 31)),
    37: ((0, 1, 1), (0, 4, 30)),
    38: ((0, 5, 1), (0, 8, 31)),
    39: ((0, 9, 1), (0, 12, 31)),
    40: ((0, 1, 1), (0, 6, 30)),
    41: ((0, 7, 1), (0, 12, 31)),
}

_TIME = re.compile(r"(\d{2})(?::(\d{2})(?::(\d{2})(?:[.,](\d{1,6}))?)?)?", re.ASCII)
_BASIC_TIME = re.compile(r"(\d{2})(?:(\d{2})(?:(\d{2})(?:[.,](\d{1,6}))?)?)?", re.ASCII)
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_BASIC_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_ORDINAL = re.compile(r"(\d{4})-(\d{3})", re.ASCII)
_WEEK = re.compile(r"(\d{4})-W(\d{2})(?:-(\d))?", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)
_UNSPECIFIED = re.compile(r"([\dX]{4})(?:-([\dX]{2})(?:-([\dX]{2}))?)?", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """First and last microsecond of what a text stands for, on the clock it was read from."""

    begin: int
    end: int
    precision: Precision


def stretch_of(text: str) -> Stretch | None:
    """Read a date, or a day and a time of day; None where it is neither, ValueError where there is no such
    day or time.
    """
    parts = re.split(r"[T ]", text, maxsplit=1)
    if len(parts) == 1:
        return _date(text)
    day, basic = _date(parts[0]), _BASIC_DAY.fullmatch(parts[0]) is not None
    found = (_BASIC_TIME if basic else _TIME).fullmatch(parts[1])
    if day is None or day.precision is not Precision.DAY or "X" in parts[0] or found is None:
        return None
    return _time(day.begin, *found.groups())


def _time(day: int, hour: str, minute: str | None, second: str | None, fraction: str | None) -> Stretch:
    if (
        int(hour) > 24
        or int(minute or 0) > 59
        or int(second or 0) > 59
        or (int(hour) == 24 and int((minute or "0") + (second or "0") + (fraction or "0")))
    ):
        raise ValueError("no such time of day")
    begin = day + int(hour) * HOUR_US + int(minute or 0) * MINUTE_US + int(second or 0) * SECOND_US
    if fraction is not None:
        unit = 10 ** (6 - len(fraction))
        begin += int(fraction) * unit
        return Stretch(
            begin=begin,
            end=begin + unit - 1,
            precision=Precision.MILLISECOND if len(fraction) <= 3 else Precision.MICROSECOND,
        )
    unit, precision = (
        (HOUR_US, Precision.HOUR)
        if minute is None
        else (MINUTE_US, Precision.MINUTE)
        if second is None
        else (SECOND_US, Precision.SECOND)
    )
    return Stretch(begin=begin, end=begin + unit - 1, precision=precision)


def _date(text: str) -> Stretch | None:
    if found := _DAY.fullmatch(text) or _BASIC_DAY.fullmatch(text):
        day = dt.date(int(found[1]), int(found[2]), int(found[3]))
        return _days(day, day, Precision.DAY)
    if found := _MONTH.fullmatch(text):
        return _month(int(found[1]), int(found[2]))
    if found := _YEAR.fullmatch(text):
        return _days(dt.date(int(text), 1, 1), dt.date(int(text), 12, 31), Precision.YEAR)
    if found := _ORDINAL.fullmatch(text):
        day = dt.date(int(found[1]), 1, 1) + dt.timedelta(days=int(found[2]) - 1)
        if day.year != int(found[1]):
            raise ValueError("no such day of the year")
        return _days(day, day, Precision.DAY)
    if found := _WEEK.fullmatch(text):
        first = dt.date.fromisocalendar(int(found[1]), int(found[2]), int(found[3] or 1))
        return (
            _days(first, first, Precision.DAY)
            if found[3]
            else _days(first, first + dt.timedelta(days=6), Precision.WEEK)
        )
    found = _UNSPECIFIED.fullmatch(text)
    return None if found is None or text.startswith("XXXX") else _unspecified(found[1], found[2], found[3])


def _days(first: dt.date, last: dt.date, precision: Precision) -> Stretch:
    begin, end = ((date - EPOCH.date()).days * DAY_US for date in (first, last))
    return Stretch(begin=begin, end=end + DAY_US - 1, precision=precision)


def _month(year: int, month: int) -> Stretch:
    if month in PARTS_OF_A_YEAR:
        first, last = PARTS_OF_A_YEAR[month]
        return _days(
            dt.date(year + first[0], *first[1:]), dt.date(year + last[0], *last[1:]), Precision.SEASON
        )
    return _days(dt.date(year, month, 1), _last_of_month(year, month), Precision.MONTH)


def _last_of_month(year: int, month: int) -> dt.date:
    return dt.date(year, 12, 31) if month == 12 else dt.date(year, month + 1, 1) - dt.timedelta(days=1)


def _unspecified(year: str, month: str | None, day: str | None) -> Stretch:
    """The earliest and the latest date that fit digits left open with X."""
    first = next(_fitting(year, month or "XX", day or "XX", descending=False), None)
    last = next(_fitting(year, month or "XX", day or "XX", descending=True), None)
    if first is None or last is None:
        raise ValueError("no date fits")
    whole_month, whole_year = day in (None, "XX"), month in (None, "XX") and day in (None, "XX")
    return _days(
        first, last, Precision.YEAR if whole_year else Precision.MONTH if whole_month else Precision.DAY
    )


def _fitting(year: str, month: str, day: str, *, descending: bool) -> Iterator[dt.date]:
    def numbers(pattern: str, least: int, most: int) -> list[int]:
        digits = itertools.product(*("0123456789" if digit == "X" else digit for digit in pattern))
        return sorted(
            (number for number in map(int, map("".join, digits)) if least <= number <= most),
            reverse=descending,
        )

    for y in numbers(year, dt.MINYEAR, dt.MAXYEAR):
        for m in numbers(month, 1, 12):
            for d in numbers(day, 1, _last_of_month(y, m).day):
                yield dt.date(y, m, d)


# Printing

_LENGTH_OF_TEXT = {
    Precision.YEAR: 4,
    Precision.MONTH: 7,
    Precision.DAY: 10,
    Precision.HOUR: 13,
    Precision.MINUTE: 16,
    Precision.SECOND: 19,
    Precision.MILLISECOND: 23,
    Precision.MICROSECOND: 26,
}


def text_at(us: int, precision: Precision, *, is_last: bool) -> str | None:
    """The shortest text of the given precision or a finer one that begins (or, for `is_last`, ends)
    at `us`.
    """
    finest_first = list(Precision)
    for unit in reversed(finest_first[: finest_first.index(precision) + 1]):
        text = None if unit is Precision.WEEK and precision is not Precision.WEEK else _unit_at(us, unit)
        stretch = None if text is None else stretch_of(text)
        if stretch is not None and us == (stretch.end if is_last else stretch.begin):
            return text
    return None


def _unit_at(us: int, unit: Precision) -> str | None:
    """The unit that an instant lies in, as ISO 8601 writes it; parts of a year have no name of their own
    here.
    """
    try:
        at = EPOCH + dt.timedelta(microseconds=us)
    except OverflowError:
        return None
    year, week, _ = at.isocalendar()
    plain = at.isoformat(timespec="microseconds")
    if unit is Precision.WEEK:
        return f"{year:04d}-W{week:02d}"
    return None if unit is Precision.SEASON else plain[: _LENGTH_OF_TEXT[unit]]
