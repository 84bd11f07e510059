"""Counting one term by one method on one clock: days, months, hours and working days, forward and back."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from paradero.authored.court_time.closings import Closing
from paradero.authored.court_time.days_off import Calendar, calendar_of
from paradero.authored.court_time.methods import Method, Unit
from paradero.model.time.clock import DAY_US, EPOCH, us_of
from paradero.model.time.zones import instants, offset_at

_MONTH_DAYS, _YEAR_DAYS = 30, 365  # of a month and a year, where a court counts them so
_FIRST_YEAR, _LAST_YEAR = 1000, 9000
_CLOSINGS = ("16:00", "18:00")  # between which a clerk's office closes, where nobody looked it up


def earliest_closing(calendar: str) -> str:
    """The clock time at which the office of a court closes, or the earliest that it may, where nobody looked
    it up.
    """
    return calendar_of(calendar).closing or _CLOSINGS[0]


@dataclass(slots=True, kw_only=True)
class Counting:
    """`doubtful`: days count as off that are so only as some hold; `closings` are the days on which somebody
    states that the office was not open; `relied_on` names those that made a difference.
    """

    calendar: Calendar
    method: Method
    zone: str
    doubtful: bool
    is_deadline: bool
    ends_with: str
    closings: tuple[Closing, ...] = ()
    relied_on: list[str] = field(default_factory=list)

    def ends(self, start: int, unit: Unit, n: int) -> list[int]:
        """The instants (microseconds UTC) at which a term that begins at `start` may end: several where the
        hour came twice, or where nobody says when the day of a deadline ends.
        """
        local = EPOCH + dt.timedelta(microseconds=start + offset_at(start, self.zone))
        if not _FIRST_YEAR <= local.year <= _LAST_YEAR:
            return [start]  # beyond every calendar; only moments without bounds lie there
        if unit == "hour":
            return self._hours(start, local, n)
        if unit == "business_day":
            return self._working(local, n)
        last = local.date() + dt.timedelta(days=n) if unit == "day" else self._months(local.date(), n)
        return self._days(start, local, last, back=n < 0)

    def _months(self, first: dt.date, n: int) -> dt.date:
        """The day of the same number so many months on, or what stands for it where the month lacks it."""
        if self.method.months == "thirty":
            years, months = divmod(abs(n), 12)
            return first + dt.timedelta(
                days=(years * _YEAR_DAYS + months * _MONTH_DAYS) * (-1 if n < 0 else 1)
            )
        year, month = divmod(first.year * 12 + first.month - 1 + n, 12)
        length = (dt.date(year + (month == 11), (month + 1) % 12 + 1, 1) - dt.date(year, month + 1, 1)).days
        last = dt.date(year, month + 1, min(first.day, length))
        return last + dt.timedelta(days=self.method.months == "over" and n % 12 == 0 and first.day > length)

    def _days(self, start: int, local: dt.datetime, last: dt.date, *, back: bool) -> list[int]:
        if self.method.days == "elapse":
            return [start + (last - local.date()).days * DAY_US]
        if self.method.days == "clock":
            return self._instants(dt.datetime.combine(last, local.time()))
        if self.method.days == "clear" and back:
            return self._instants(dt.datetime.combine(self._rolled(last, -1, back=True), dt.time()))
        if self.method.days == "roll":
            step = {"before": -1, "after": 1, "keep": 0}[self.method.back] if back else 1
            last = self._rolled(last, step, back=back)
            if self.method.more:
                last = self._rolled(last + dt.timedelta(days=self.method.more), step, back=back)
        return self._end_of(self._accessible(last))

    def _hours(self, start: int, local: dt.datetime, n: int) -> list[int]:
        if self.method.hours == "elapse":
            return [start + n]
        if self.method.hours == "clock":
            return self._instants(local + dt.timedelta(microseconds=n))
        if self.method.hours == "skip":
            return [self._skipping(start, n)]
        end = start + n
        clock = EPOCH + dt.timedelta(microseconds=end + offset_at(end, self.zone))
        day = self._accessible(self._rolled(clock.date(), -1 if n < 0 else 1, back=n < 0))
        return [end] if day == clock.date() else self._instants(dt.datetime.combine(day, clock.time()))

    def _skipping(self, start: int, n: int) -> int:
        """So many hours on, or back, of days that are not off."""
        step, left, at = 1 if n >= 0 else -1, abs(n), start
        while True:
            local = EPOCH + dt.timedelta(microseconds=at + offset_at(at, self.zone))
            day = local.date() if step > 0 or local.time() > dt.time() else local.date() - dt.timedelta(1)
            # a day may begin at 01:00, where the clock is changed at midnight, or twice
            edges = self._instants(dt.datetime.combine(day + dt.timedelta(days=step > 0), dt.time()))
            edge = max(edges) if step > 0 else min(edges)
            whole = 0 if self._is_off(day, back=n < 0) else abs(edge - at)
            if whole >= left:
                return at + step * left
            at, left = edge, left - whole

    def _working(self, local: dt.datetime, n: int) -> list[int]:
        day, step = local.date(), 1 if n >= 0 else -1
        for _ in range(abs(n)):
            day = self._rolled(day + dt.timedelta(days=step), step, back=n < 0)
        if self.method.working == "clock" and not self.ends_with:
            return self._instants(dt.datetime.combine(day, local.time()))
        return self._end_of(day)

    def _rolled(self, day: dt.date, step: int, *, back: bool) -> dt.date:
        while step and self._is_off(day, back=back):
            day += dt.timedelta(days=step)
        return day

    def _accessible(self, day: dt.date) -> dt.date:
        """The day, or the first accessible one after it that is not off, where its office was inaccessible;
        forward also where days are counted back, Fed. R. Civ. P. 6(a)(3).
        """
        if self.method.closings != "last" or not self._is_closed(day, "inaccessible"):
            return day
        while self._is_closed(day, "inaccessible") or self._is_off(day, back=False):
            day += dt.timedelta(days=1)
        return day

    def _is_closed(self, day: dt.date, *offices: str) -> bool:
        """Whether somebody states that the office was not open; who does is relied on."""
        said = [each for each in self.closings if each.day == day and each.office in offices]
        self.relied_on += [name for each in said if (name := f"{each.day} ({each.by})") not in self.relied_on]
        return bool(said)

    def _is_off(self, day: dt.date, *, back: bool) -> bool:
        found = self.calendar.is_off(
            day, zone=self.zone, states=self.method.states, back=back, saturdays=self.method.saturdays
        )
        counts_open = self.method.closings == "days" and found is not True
        if counts_open and self._is_closed(day, "closed", "inaccessible"):
            return True
        if isinstance(found, bool):
            return found
        if self.doubtful:
            self.relied_on.append(found)
        return self.doubtful

    def _end_of(self, day: dt.date) -> list[int]:
        """When the day ends: at midnight, at an hour that is stated, or, of a deadline, perhaps when the
        office closes.
        """
        if self.ends_with not in ("", "24:00", "closing"):
            return self._at(day, self.ends_with)
        closings = [self.calendar.closing] if self.calendar.closing else list(_CLOSINGS)
        at_closing = [end for clock in closings for end in self._at(day, clock)]
        if self.ends_with == "closing":
            return at_closing
        midnight = self._instants(dt.datetime.combine(day + dt.timedelta(days=1), dt.time()))
        return [*at_closing, *midnight] if self.is_deadline and not self.ends_with else midnight

    def _at(self, day: dt.date, clock: str) -> list[int]:
        return self._instants(dt.datetime.combine(day, dt.time.fromisoformat(clock)))

    def _instants(self, local: dt.datetime) -> list[int]:
        """The instants that a clock reading can be: two where the hour came twice."""
        found = instants(us_of(local), self.zone)
        return [found.first, found.last]
