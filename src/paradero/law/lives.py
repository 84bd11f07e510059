"""When an order was in force: from its beginning through expiry, extension, stay and vacatur, each known only
within bounds.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from paradero.authored.statements import Timeline
from paradero.law.rules import ALWAYS_US, NEVER_US
from paradero.law.shown.periods import Period, periods_of
from paradero.law.shown.variants import Variant


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """From `lo` on, before `hi` (microseconds UTC; None: without bound), the order was in force, was not, or
    the statements leave it open (None).
    """

    lo: int | None
    hi: int | None
    in_force: bool | None


def life_of(variant: Variant, line: Timeline) -> list[Span]:
    """The whole life of an order under one reading of when it binds, spans end to end."""
    periods = periods_of(variant, line)
    bounds = [variant.begin.lo, variant.begin.hi, *(us for each in periods for us in each.bounds)]
    turns = sorted({us for us in bounds if us is not None and ALWAYS_US < us < NEVER_US})
    edges: list[int | None] = [None, *turns, None]
    found: list[Span] = []
    for lo, hi in itertools.pairwise(edges):
        at = lo if lo is not None else (hi - 1 if hi is not None else 0)
        state = _at(at, variant, periods)
        if found and found[-1].in_force == state:
            found[-1] = Span(lo=found[-1].lo, hi=hi, in_force=state)
        else:
            found.append(Span(lo=lo, hi=hi, in_force=state))
    return found


def _at(at: int, variant: Variant, periods: Sequence[Period]) -> bool | None:
    """Begun, in one of the periods in which it was in force, and in none in which it was not: each may be
    open.
    """
    begun = _reached(at, variant.begin.lo, variant.begin.hi)
    alive = _any(_within(at, each) for each in periods if each.is_in_force)
    barred = _any(_within(at, each) for each in periods if not each.is_in_force)
    answers = (begun, alive, None if barred is None else not barred)
    return False if False in answers else None if None in answers else True


def _within(at: int, period: Period) -> bool | None:
    begun, ended = _reached(at, *period.bounds[:2]), _reached(at, *period.bounds[2:])
    if begun is False or ended is True:
        return False
    # a stay of part of the class is open of the order as a whole
    return None if begun is None or ended is None or period.stay else True


def _reached(at: int, lo: int | None, hi: int | None) -> bool | None:
    """Whether an instant known between bounds has come by `at`."""
    if hi is not None and hi <= at:
        return True
    return False if lo is not None and lo > at else None


def _any(answers: Iterable[bool | None]) -> bool | None:
    known = list(answers)
    return True if True in known else None if None in known else False
