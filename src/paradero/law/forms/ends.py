"""Where a day ends: an act that is told by its day alone against a deadline at the end of one, and a deadline
that is told by its day alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from paradero.authored.court_time.counting import earliest_closing
from paradero.model.time.clock import EPOCH, HOUR_US, MINUTE_US, us_of
from paradero.model.time.comparisons import Bounded, after
from paradero.model.time.moments import Moment
from paradero.model.time.zones import instants, offset_at

_SHORTEST_DAY = 22 * HOUR_US


class Bounds(NamedTuple):
    """The bounds of a moment by themselves; None is no bound."""

    lo: int | None
    hi: int | None


def after_the_end(done: Bounded, due: Bounded) -> bool | None:
    """Whether an act came after a deadline. A day ends where the next begins: what is told to have been done
    on the day after, at whatever hour, was not done by the end of the day before.
    """
    is_next_day = (
        done.lo is not None
        and done.lo == due.hi
        and done.hi is not None
        and done.hi - done.lo >= _SHORTEST_DAY
    )
    return True if is_next_day else after(done, due)


def undone_at_the_end(until: Bounded, due: Bounded) -> bool | None:
    """Whether what had not been done until then was not done in time: the word reaches to the deadline."""
    reaches = until.lo is not None and due.hi is not None and until.lo >= due.hi
    return True if reaches else after(until, due)


def by_the_day(moment: Moment, zones: Sequence[str], calendar: str) -> Moment:
    """A deadline that is told by its day alone: the day is open until its end, or until an office closes, and
    no earlier. One at 24:00 is the end of the day itself, and nothing of the minute after.
    """
    if moment.lo is None or moment.hi is None:
        return moment
    for zone in zones:
        first, last = (
            EPOCH + dt.timedelta(microseconds=us + offset_at(us, zone)) for us in (moment.lo, moment.hi + 1)
        )
        if first.time() == dt.time() and moment.hi - moment.lo < MINUTE_US:
            return replace(moment, hi=moment.lo)
        if first.time() == last.time() == dt.time() and last.date() - first.date() == dt.timedelta(days=1):
            closing = dt.datetime.combine(first.date(), dt.time.fromisoformat(earliest_closing(calendar)))
            return replace(moment, lo=max(moment.lo, instants(us_of(closing), zone).first))
    return moment
