"""One date as people and databases spell it: Oracle, SQL Server, Unix, ISO basic, offsets, months in words
(English, Spanish).
"""

from __future__ import annotations

import calendar
import datetime as dt
import functools
import re
from dataclasses import dataclass

_SPANISH = (
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
)
_ZONES = "EST EDT CST CDT MST MDT PST PDT AKST AKDT HST AST GMT UTC Z"
_WEEKDAY = r"(?:(?:MON|TUE|WED|THU|FRI|SAT|SUN)[A-Z]*\.?,?\s+)?"
_NUMERIC = r"(?P<a>\d{1,2})(?P<sep>[-/.])(?P<b>\d{1,2})(?P=sep)(?P<y0>\d{4})"
_YEAR_FIRST = r"(?P<y1>\d{4})(?P<sep1>[-/.])(?P<m1>\d{1,2})(?P=sep1)(?P<d1>\d{1,2})"
_BASIC = r"(?P<y2>\d{4})(?P<m2>\d{2})(?P<d2>\d{2})"
_DAY_WORD = r"(?P<d3>\d{1,2})(?:ST|ND|RD|TH)?[-\s/.]\s*(?:DE\s+)?(?P<w3>[A-Z]{3,10})\.?,?[-\s/.]\s*(?:DEL?\s+)?(?P<y3>\d{4}|\d{2})"
_WORD_DAY = r"(?P<w4>[A-Z]{3,10})\.?\s*(?P<d4>\d{1,2})(?:ST|ND|RD|TH)?(?:,\s*|\s+)(?P<y4>\d{4})"
_CLOCK = (
    r"(?:(?P<H>\d{1,2})[:.](?P<M>\d{2})(?:[:.](?P<S>\d{2})(?:[.:,](?P<f>\d{1,9}))?)?\s*(?P<ap>[AP]\.?\s?M\.?)?|(?P<basic>\d{4}(?:\d{2})?))"
    r"\s*(?P<zone>[A-Z]{1,4}|[+-]\d{2}(?::?\d{2})?)?"
)
_DATE = re.compile(
    rf"{_WEEKDAY}(?:{_YEAR_FIRST}|{_BASIC}|{_NUMERIC}|{_DAY_WORD}|{_WORD_DAY})(?:(?:\s*,?\s+|T|:(?=\d\d:)){_CLOCK})?"
)
_UNIX = re.compile(
    rf"{_WEEKDAY}(?P<w>[A-Z]{{3}})\s+(?P<d>\d{{1,2}})\s+(?P<clock>\d{{1,2}}:\d{{2}}:\d{{2}})\s+(?P<zone>[A-Z]{{3,4}})\s+(?P<y>\d{{4}})"
)
_LONGEST = 60  # no spelling of a date is longer; a cell of prose is not looked through


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelled:
    """A date read month first and day first; the two are equal where the spelling leaves no choice. `zone` is
    what stood behind the clock.
    """

    month_first: dt.datetime | None
    day_first: dt.datetime | None
    zone: str | None = None


@functools.cache
def _months() -> dict[str, int]:
    names: dict[str, int] = {"SEPT": 9, "SETIEMBRE": 9, "SET": 9}
    for number in range(1, 13):
        for name in (
            calendar.month_name[number],
            calendar.month_abbr[number],
            _SPANISH[number - 1],
            _SPANISH[number - 1][:3],
        ):
            names[name.upper()] = number
    return names


def spelled(text: str) -> Spelled | None:
    """A text as a date on the clock as written; None where it is none. An offset or zone is told, and the
    clock kept as it was shown.
    """
    upper = text.upper()
    if len(upper) > _LONGEST or not any(letter.isdigit() for letter in upper):
        return None
    if unix := _UNIX.fullmatch(upper):
        upper = f"{unix['w']} {unix['d']} {unix['y']} {unix['clock']} {unix['zone']}"
    found = _DATE.fullmatch(upper)
    if found is None:
        return None
    clock, zone = _clock(found), found["zone"]
    if clock is None or (zone and zone[0] not in "+-" and zone not in _ZONES.split()):
        return None
    month, day = _days(found)
    at = (None if each is None else _moment(each, clock) for each in (month, day))
    month_first, day_first = at
    if month_first is None and day_first is None:
        return None
    return Spelled(month_first=month_first, day_first=day_first, zone=zone)


def _moment(day: dt.date, clock: dt.timedelta) -> dt.datetime | None:
    try:
        return dt.datetime.combine(day, dt.time()) + clock
    except OverflowError:
        return None


def _days(found: re.Match[str]) -> tuple[dt.date | None, dt.date | None]:
    """The day, month first and day first."""
    if found["a"]:
        a, b, year = int(found["a"]), int(found["b"]), int(found["y0"])
        return _day(year, a, b), _day(year, b, a)
    if found["y1"]:
        day = _day(int(found["y1"]), int(found["m1"]), int(found["d1"]))
    elif found["y2"]:
        day = _day(int(found["y2"]), int(found["m2"]), int(found["d2"]))
    else:
        place = "3" if found["w3"] else "4"
        month = _months().get(found[f"w{place}"])
        day = None if month is None else _day(_full_year(found[f"y{place}"]), month, int(found[f"d{place}"]))
    return day, day


def _full_year(digits: str) -> int:
    year = int(digits)
    return year if len(digits) == 4 else year + (1900 if year >= 69 else 2000)


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _clock(found: re.Match[str]) -> dt.timedelta | None:
    """The clock time; 24:00 is the midnight that ends the day. None where it is no clock time."""
    if found["basic"]:
        digits = found["basic"].ljust(6, "0")
        hour, minute, second = int(digits[:2]), int(digits[2:4]), int(digits[4:])
    elif found["H"]:
        hour, minute, second = int(found["H"]), int(found["M"]), int(found["S"] or 0)
    else:
        return dt.timedelta()
    if found["ap"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found["ap"][0] == "P" else 0)
    micros = int((found["f"] or "").ljust(6, "0")[:6] or 0)
    if hour > 24 or minute > 59 or second > 59 or (hour == 24 and (minute or second or micros)):
        return None
    return dt.timedelta(hours=hour, minutes=minute, seconds=second, microseconds=micros)
