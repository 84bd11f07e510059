"""How long a court's term is: every end that it can have, each under the reading of the rule of time that
gives it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from paradero.authored.court_time.closings import Closing
from paradero.authored.court_time.counting import Counting
from paradero.authored.court_time.days_off import Calendar, calendar_of
from paradero.authored.court_time.methods import Method, Unit, methods_of
from paradero.model.time.clock import DAY_US, HOUR_US
from paradero.model.time.moments import MomentError
from paradero.model.time.reading import duration_us

_WORKING = re.compile(r"(-?)(\d+) business days?")
_DAYS = re.compile(r"(-?)P(?:(\d+)W)?(?:(\d+)D)?")
_MONTHS = re.compile(r"(-?)(?:P(?:(\d{1,2})Y)?(?:(\d{1,3})M)?|(\d{1,2}) years?|(\d{1,3}) months?)")
_ENDS = re.compile(r"|closing|24:00|([01]\d|2[0-3]):[0-5]\d")
_ZONES = (
    "Pacific/Guam",
    "America/New_York",
    "America/Los_Angeles",
    "Pacific/Honolulu",
)  # where an order names no zone: as far apart as its courts lie
# what a term can have at most: a hundred years, and so many working days or hours of days that are not off
_MOST = {"day": 36_525, "month": 1_200, "business_day": 2_600, "hour": 36_525 * 24 * HOUR_US}
_ROLLS = 12  # days that a term can run on at most, from one day off to the next, with room to spare


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A way of counting, and whether the days count as off that are so only as some hold."""

    method: str
    doubtful: bool

    @property
    def id(self) -> str:
        """Its name within a construction."""
        return f"{self.method}-all-days" if self.doubtful else self.method


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An end of a term under one choice, between `lo` and `hi` (microseconds UTC), and why it is that end."""

    choice: Choice
    title: str
    title_es: str
    source: str
    lo: int
    hi: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A term as it is written: `n` days, months, hours (as microseconds) or business days; below zero it
    counts back. `ends` is when its last day ends: `24:00`, `closing`, a clock time; blank: nobody says.
    """

    unit: Unit
    n: int
    rule: str
    zones: tuple[str, ...]
    is_deadline: bool
    calendar: Calendar
    ends_with: str = ""
    choice: Choice | None = None
    closings: tuple[Closing, ...] = ()

    def reach(self) -> tuple[int, int]:
        """How far from its beginning the end can lie, in microseconds, whatever the day on which it
        begins.
        """
        methods = self._methods()
        rolls = _ROLLS + len(self.closings)
        if self.unit == "hour":
            if all(each.hours == "elapse" for each in methods):
                return self.n, self.n
            off = 3 * abs(self.n) if any(each.hours == "skip" for each in methods) else 0
            before = rolls * DAY_US + off if self.n < 0 else HOUR_US
            return self.n - before, self.n + rolls * DAY_US + off
        if self.unit == "business_day":
            days = sorted((self.n, 2 * self.n))
            return (days[0] - rolls) * DAY_US, (days[1] + rolls) * DAY_US
        if self.unit == "month":  # a month has 28 to 31 days, and days off are added
            days = sorted((self.n * 28, self.n * 31))
            return (days[0] - rolls) * DAY_US, (days[1] + rolls) * DAY_US
        if all(each.days == "elapse" for each in methods):
            return self.n * DAY_US, self.n * DAY_US
        back = rolls if self.n < 0 else 1
        return (self.n - back) * DAY_US, (self.n + rolls) * DAY_US

    def ends(self, start: int) -> tuple[int, int]:
        """The earliest and the latest instant at which a term that begins at `start` may end."""
        found = self.readings(start)
        return min(each.lo for each in found), max(each.hi for each in found)

    def readings(self, start: int) -> list[Reading]:
        """Every end of a term that begins at `start`, each under the choice that gives it; what differs in
        nothing from an earlier one is left out.
        """
        found: dict[tuple[int, int], Reading] = {}
        for method in self._methods():
            for doubtful in (False, True) if self.choice is None else (self.choice.doubtful,):
                counted = [self._counted(start, zone, method, doubtful=doubtful) for zone in self.zones]
                lo = min(end for ends, _ in counted for end in ends)
                hi = max(end for ends, _ in counted for end in ends)
                names = list(dict.fromkeys(name for _, days in counted for name in days))
                off, off_es = (
                    (f"; off: {', '.join(names)}", f"; inhábil: {', '.join(names)}") if names else ("", "")
                )
                reading = Reading(
                    choice=Choice(method=method.id, doubtful=doubtful),
                    title=method.title + off,
                    title_es=method.title_es + off_es,
                    source=method.source,
                    lo=lo,
                    hi=hi,
                )
                found.setdefault((lo, hi), reading)
        return list(found.values())

    def read_as(self, choice: Choice) -> Term:
        """The same term under one choice."""
        return replace(self, choice=choice)

    def without(self, sources: Sequence[str]) -> Term:
        """The same term without the closings that these sources state."""
        return replace(self, closings=tuple(each for each in self.closings if each.by not in sources))

    def _methods(self) -> Sequence[Method]:
        all_of = methods_of(self.rule, self.unit, back=self.n < 0, has_closings=bool(self.closings))
        if self.choice is not None:
            return [each for each in all_of if each.id == self.choice.method]
        whole = [each for each in all_of if each.keeps_whole_days(self.unit)]
        return (
            whole if self.ends_with and whole else all_of
        )  # a day that ends at a stated hour is a whole day

    def _counted(
        self, start: int, zone: str, method: Method, *, doubtful: bool
    ) -> tuple[list[int], list[str]]:
        counting = Counting(
            calendar=self.calendar,
            method=method,
            zone=zone,
            doubtful=doubtful,
            is_deadline=self.is_deadline,
            ends_with=self.ends_with,
            closings=self.closings,
        )
        ends = counting.ends(start, self.unit, self.n)
        return ends, counting.relied_on


def term_of(
    text: str,
    *,
    rule: str,
    zones: Sequence[str],
    is_deadline: bool,
    calendar: str = "",
    ends_with: str = "",
    closings: Sequence[Closing] = (),
) -> Term:
    """Read a term: `P14D`, `P3M` or `3 months`, `P1Y`, `PT48H`, `3 business days`; a leading `-` counts back.
    Raises MomentError with the forms that are read.
    """
    days_of = calendar_of(calendar)
    if not _ENDS.fullmatch(ends_with):
        raise MomentError(
            f"`ends` must be `24:00`, `closing` or a clock time such as `16:00`; `{ends_with}` is not. Write"
            " one of these, or leave it out."
        )
    found: Callable[[Unit, int], Term] = functools.partial(
        _term,
        rule=rule,
        zones=tuple(zones) or ((days_of.zone,) if days_of.zone else _ZONES),
        is_deadline=is_deadline,
        calendar=days_of,
        ends_with=ends_with,
        closings=tuple(closings),
    )
    if working := _WORKING.fullmatch(text):
        return found("business_day", int(working[2]) * (-1 if working[1] else 1))
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


def _term(
    unit: Unit,
    n: int,
    *,
    rule: str,
    zones: Iterable[str],
    is_deadline: bool,
    calendar: Calendar,
    ends_with: str,
    closings: tuple[Closing, ...],
) -> Term:
    if abs(n) > _MOST[unit]:
        raise MomentError("A term is of a hundred years or 2,600 working days at most. Correct it.")
    methods = methods_of(rule, unit, back=n < 0)
    if any(each.more for each in methods) and (unit not in ("day", "month") or n < 0):
        raise MomentError(
            f"The rule `{rule}` adds days to a time of days or months that runs forward, and to no other."
            " Name another."
        )
    if ends_with and (unit == "hour" or not any(each.keeps_whole_days(unit) for each in methods)):
        raise MomentError(
            f"`ends` (`{ends_with}`) is for times that end with a day. Leave it out, or name a rule that"
            " counts whole days."
        )
    return Term(
        unit=unit,
        n=n,
        rule=rule,
        zones=tuple(zones),
        is_deadline=is_deadline,
        calendar=calendar,
        ends_with=ends_with,
        closings=closings,
    )
