"""When a relation holds: when it can hold, and when it surely does. Instants are microseconds since
1970-01-01 UTC, both ends included.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass

from paradero.model.time.clock import DAY_US


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """`lo` and `hi` bound when it can hold, None being no bound; from `sure_lo` to `sure_hi` it surely holds,
    both None where nothing says so.
    """

    lo: int | None = None
    hi: int | None = None
    sure_lo: int | None = None
    sure_hi: int | None = None

    @property
    def can_hold(self) -> bool:
        """Whether there is an instant at which it can hold."""
        return self.lo is None or self.hi is None or self.lo <= self.hi

    @property
    def surely_holds(self) -> bool:
        """Whether there is an instant at which it surely holds."""
        return self.sure_lo is not None and self.sure_hi is not None and self.sure_lo <= self.sure_hi


UNKNOWN = Span()


def day_span(us: int) -> Span:
    """Said of one day, and of no other."""
    return Span(sure_lo=us, sure_hi=us + DAY_US - 1)


def at_once(spans: Iterable[Span]) -> Span:
    """When all of them hold at one instant: can, and surely do."""
    return functools.reduce(_both, spans)


def _both(a: Span, b: Span) -> Span:
    lows, highs = ([x for x in pair if x is not None] for pair in ((a.lo, b.lo), (a.hi, b.hi)))
    sure_lo = None if a.sure_lo is None or b.sure_lo is None else max(a.sure_lo, b.sure_lo)
    sure_hi = None if a.sure_hi is None or b.sure_hi is None else min(a.sure_hi, b.sure_hi)
    return Span(lo=max(lows, default=None), hi=min(highs, default=None), sure_lo=sure_lo, sure_hi=sure_hi)
