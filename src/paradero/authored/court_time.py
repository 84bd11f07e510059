"""How long a court's term is: days are whole, a last day off runs on, and where nobody states the rule of
time, every plausible end bounds the term.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Literal

import msgspec

from paradero.model.time.clock import DAY_US, EPOCH, HOUR_US, us_of
from paradero.model.time.moments import MomentError
from paradero.model.time.reading import duration_us
from paradero.model.time.zones import instants, offset_at

# How a term is counted. `frcp-6`: Fed. R. Civ. P. 6(a), whole days, a last day off runs to the next that is
# not, hours run on and an end on a day off moves to the same clock time of the next working day; `frcp-6d`:
# the same and three days for service by mail; `no-roll`: to the end of the last day, whatever day it is;
# `elapsed`: by the hours that pass; `clock`: to the same clock time. Blank: nobody states it.
TimeRule = Literal["", "frcp-6", "frcp-6d", "no-roll", "elapsed", "clock"]

Unit = Literal["day", "month", "hour", "business_day"]

_WORKING = re.compile(r"(\d+) business days?")
_DAYS = re.compile(r"(-?)P(?:(\d+)W)?(?:(\d+)D)?")
_MONTHS = re.compile(r"(-?)(?:P(?:(\d{1,2})Y)?(?:(\d{1,3})M)?|(\d{1,2}) years?|(\d{1,3}) months?)")
_MONTH_DAYS, _YEAR_DAYS = (
    30,
    365,
)  # how many days stand for a month, and for a year, where a court counts them so
_ZONES = (
    "Pacific/Guam",
    "America/New_York",
    "America/Los_Angeles",
    "Pacific/Honolulu",
)  # where an order names no zone: as far apart as its courts lie
_CLOSING = 16  # the hour at which the first clerk's office closes: a term to file on paper may end there
_ROLLS = 12  # days that a term can run on at most, from one day off to the next, with room to spare


class Holiday(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A day off: by its date, by the nth Monday, Thursday or Friday of its month (-1 the last), or by its
    distance from Easter; in no zone that begins with `not_in`.
    """

    name: str
    month: int = 0
    day: int = 0
    nth_monday: int = 0
    nth_thursday: int = 0
    nth_friday: int = 0
    days_after: int = 0
    days_from_easter: int = 0
    every_years: int = 1
    since: int = 1
    until: int = 9999
    certain: bool = True
    not_in: str = ""

    def in_year(self, year: int) -> dt.date | None:
        """The day of a year on which it falls; None where it does not."""
        if not self.since <= year <= self.until or (year - self.since) % self.every_years:
            return None
        if self.days_from_easter:
            return _easter(year) + dt.timedelta(days=self.days_from_easter)
        if self.day:
            return dt.date(year, self.month, self.day)
        weekday, nth = (
            (0, self.nth_monday)
            if self.nth_monday
            else (3, self.nth_thursday)
            if self.nth_thursday
            else (4, self.nth_friday)
        )
        first = (
            dt.date(year, self.month, 1)
            if nth > 0
            else dt.date(year, self.month + 1, 1) - dt.timedelta(days=7)
        )
        found = first + dt.timedelta(days=(weekday - first.weekday()) % 7 + (7 * (nth - 1) if nth > 0 else 0))
        return found + dt.timedelta(days=self.days_after)


class Calendar(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`calendars/*.toml`: the days off of a court."""

    title: str
    source: str
    day: list[Holiday]


@functools.cache
def _days_off(year: int, zone: str) -> tuple[frozenset[dt.date], frozenset[dt.date]]:
    """The days that are off in a year for certain, and those that may be: a fixed day at a weekend may be
    kept on the Friday or the Monday beside it.
    """
    calendar = msgspec.toml.decode(
        (files("paradero.authored") / "calendars" / "us.toml").read_bytes(), type=Calendar
    )
    days = [each for each in calendar.day if not each.not_in or not zone.startswith(each.not_in)]
    certain = {day for each in days if each.certain and (day := each.in_year(year))}
    possible = {day for each in days if not each.certain and (day := each.in_year(year))}
    fixed = [
        day
        for near in (year - 1, year, year + 1)
        for each in days
        if each.day and (day := each.in_year(near))
    ]
    beside = {day + dt.timedelta(days={5: -1, 6: 1}[day.weekday()]) for day in fixed if day.weekday() > 4}
    return frozenset(certain), frozenset(possible | beside)


def _easter(year: int) -> dt.date:
    """Easter Sunday of the Gregorian calendar (Meeus, Jones, Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return dt.date(year, month, day + 1)


def is_off(day: dt.date, *, doubtful: bool, zone: str = "") -> bool:
    """Whether a day is off; `doubtful`: or may be, in some state or territory that can have that zone."""
    certain, possible = _days_off(day.year, zone)
    return day.weekday() > 4 or day in certain or (doubtful and day in possible)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A term as it is written: `n` days, months, hours (as microseconds) or business days; below zero it
    counts back.
    """

    unit: Unit
    n: int
    rule: TimeRule
    zones: tuple[str, ...]
    is_deadline: bool

    def reach(self) -> tuple[int, int]:
        """How far from its beginning the end can lie, in microseconds, whatever the day on which it
        begins.
        """
        if self.unit == "hour":
            return self.n - (0 if self.rule == "elapsed" else HOUR_US), self.n + (
                0 if self.rule == "elapsed" else _ROLLS * DAY_US
            )
        if self.unit == "business_day":
            return self.n * DAY_US - DAY_US, (2 * self.n + _ROLLS) * DAY_US
        if (
            self.unit == "month"
        ):  # a month has 28 to 31 days, and a term that counts back or runs on is longer by days off
            days = sorted((self.n * 28, self.n * 31))
            return (days[0] - _ROLLS) * DAY_US, (days[1] + _ROLLS) * DAY_US
        if self.rule == "elapsed":
            return self.n * DAY_US, self.n * DAY_US
        back = _ROLLS if self.n < 0 else 1
        return (self.n - back) * DAY_US, (self.n + _ROLLS) * DAY_US

    def ends(self, start: int) -> tuple[int, int]:
        """The earliest and the latest instant at which a term that begins at `start` may end."""
        found = [end for zone in self.zones for end in self._ends(start, zone)]
        return min(found), max(found)

    def _ends(self, start: int, zone: str) -> Iterable[int]:
        local = EPOCH + dt.timedelta(microseconds=start + offset_at(start, zone))
        if self.unit == "hour":
            return self._hours(start, local, zone)
        if self.unit == "business_day":
            return [
                end for doubtful in (False, True) for end in self._working(local, zone, doubtful=doubtful)
            ]
        return self._back(start, local, zone) if self.n < 0 else self._days(start, local, zone)

    def _lasts(self, first: dt.date) -> list[dt.date]:
        """The days that may be the last: of a month that lacks the day its own last day; where nobody states
        the rule, also the next, and so many days of 30.
        """
        if self.unit == "day":
            return [first + dt.timedelta(days=self.n)]
        year, month = divmod(first.year * 12 + first.month - 1 + self.n, 12)
        length = (dt.date(year + (month == 11), (month + 1) % 12 + 1, 1) - dt.date(year, month + 1, 1)).days
        last = dt.date(year, month + 1, min(first.day, length))
        if self.rule:
            return [last]
        years, months = divmod(abs(self.n), 12)
        counted = (years * _YEAR_DAYS + months * _MONTH_DAYS) * (-1 if self.n < 0 else 1)
        return [
            last,
            *([last + dt.timedelta(days=1)] if first.day > length else []),
            first + dt.timedelta(days=counted),
        ]

    def _days(self, start: int, local: dt.datetime, zone: str) -> list[int]:
        return [end for last in self._lasts(local.date()) for end in self._forward(start, local, last, zone)]

    def _forward(self, start: int, local: dt.datetime, last: dt.date, zone: str) -> list[int]:
        rolled = [_working_day(last, 1, zone, doubtful=doubtful) for doubtful in (False, True)]
        if self.rule == "frcp-6d":
            rolled = [
                _working_day(day + dt.timedelta(days=3), 1, zone, doubtful=doubtful)
                for day, doubtful in zip(rolled, (False, True), strict=True)
            ]
        days = {"": [last, *rolled], "no-roll": [last], "frcp-6": rolled, "frcp-6d": rolled}.get(
            self.rule, []
        )
        found = [
            end
            for day in days
            for end in _instants(dt.datetime.combine(day + dt.timedelta(days=1), dt.time()), zone)
        ]
        if self.is_deadline:  # an office may close before midnight
            found += [
                end for day in days for end in _instants(dt.datetime.combine(day, dt.time(_CLOSING)), zone)
            ]
        if self.rule in ("", "elapsed"):
            found.append(start + (last - local.date()).days * DAY_US)
        if self.rule in ("", "clock"):
            found += _instants(dt.datetime.combine(last, local.time()), zone)
        return found

    def _back(self, start: int, local: dt.datetime, zone: str) -> list[int]:
        return [end for last in self._lasts(local.date()) for end in self._backward(start, local, last, zone)]

    def _backward(self, start: int, local: dt.datetime, last: dt.date, zone: str) -> list[int]:
        back = [_working_day(last, -1, zone, doubtful=doubtful) for doubtful in (False, True)]
        days = {"frcp-6": back, "frcp-6d": back, "no-roll": [last]}.get(self.rule, [*back, last])
        found = [
            end
            for day in days
            for end in _instants(dt.datetime.combine(day + dt.timedelta(days=1), dt.time()), zone)
        ]
        if self.is_deadline:  # an office may close before midnight
            found += [
                end for day in days for end in _instants(dt.datetime.combine(day, dt.time(_CLOSING)), zone)
            ]
        if self.rule:
            return found
        forward = _working_day(last, 1, zone, doubtful=True)
        found += _instants(dt.datetime.combine(forward + dt.timedelta(days=1), dt.time()), zone)
        return [
            *found,
            *_instants(dt.datetime.combine(min(back), dt.time()), zone),
            start + (last - local.date()).days * DAY_US,
        ]

    def _hours(self, start: int, local: dt.datetime, zone: str) -> list[int]:
        end = start + self.n
        if self.rule == "elapsed":
            return [end]
        by_hand = _instants(local + dt.timedelta(microseconds=self.n), zone)
        if self.rule == "clock":
            return by_hand
        clock = EPOCH + dt.timedelta(microseconds=end + offset_at(end, zone))
        rolled = [
            _working_day(clock.date(), 1 if self.n >= 0 else -1, zone, doubtful=doubtful)
            for doubtful in (False, True)
        ]
        found = [
            each
            for day in rolled
            if day != clock.date()
            for each in _instants(dt.datetime.combine(day, clock.time()), zone)
        ]
        stays = self.rule != "frcp-6" or clock.date() in rolled
        return [*found, *([end] if stays else []), *([] if self.rule == "frcp-6" else by_hand)]

    def _working(self, local: dt.datetime, zone: str, *, doubtful: bool) -> list[int]:
        day = local.date()
        for _ in range(self.n):
            day = _working_day(day + dt.timedelta(days=1), 1, zone, doubtful=doubtful)
        ends = [
            dt.datetime.combine(day, local.time()),
            dt.datetime.combine(day + dt.timedelta(days=1), dt.time()),
        ]
        return [end for each in ends for end in _instants(each, zone)]


def term_of(text: str, *, rule: TimeRule, zones: Sequence[str], is_deadline: bool) -> Term:
    """Read a term: `P14D`, `P3M` or `3 months`, `P1Y`, `PT48H`, `3 business days`; a leading `-` counts back.
    Raises MomentError with the forms that are read.
    """
    found: Callable[[Unit, int], Term] = functools.partial(
        _term, rule=rule, zones=zones, is_deadline=is_deadline
    )
    if working := _WORKING.fullmatch(text):
        return found("business_day", int(working[1]))
    days = _DAYS.fullmatch(text)
    if days is not None and (days[2] or days[3]):
        return found("day", (7 * int(days[2] or 0) + int(days[3] or 0)) * (-1 if days[1] else 1))
    if (months := _MONTHS.fullmatch(text)) is not None and any(months.groups()[1:]):
        if rule == "elapsed":
            raise MomentError(
                f"`{text}` cannot be counted by the rule `elapsed`: months and years differ in length. Leave"
                " out `rule`, or give days or hours."
            )
        years, of_year = int(months[2] or months[4] or 0), int(months[3] or months[5] or 0)
        return found("month", (12 * years + of_year) * (-1 if months[1] else 1))
    try:
        return found("hour", -duration_us(text[1:]) if text.startswith("-") else duration_us(text))
    except MomentError as error:
        raise MomentError(
            f"{error} Business days, such as `3 business days`, and months and years, such as `P3M` or `1"
            " year`, are read too."
        ) from error


def _term(unit: Unit, n: int, *, rule: TimeRule, zones: Sequence[str], is_deadline: bool) -> Term:
    return Term(unit=unit, n=n, rule=rule, zones=tuple(zones) or _ZONES, is_deadline=is_deadline)


def _working_day(day: dt.date, step: int, zone: str, *, doubtful: bool) -> dt.date:
    while is_off(day, doubtful=doubtful, zone=zone):
        day += dt.timedelta(days=step)
    return day


def _instants(local: dt.datetime, zone: str) -> list[int]:
    """The instants that a clock reading can be: two where the hour came twice."""
    found = instants(us_of(local), zone)
    return [found.first, found.last]
