"""Limits: a measure, or the length of a holding, held against a number."""

from __future__ import annotations

import math
from dataclasses import dataclass

from paradero.law.events import Event
from paradero.law.forms.terms import Limit
from paradero.law.rules import ALWAYS_US
from paradero.law.scopes import part_of
from paradero.law.shown.periods import Force, force_of
from paradero.law.shown.values import Lack, Shown, Span, Told, both
from paradero.law.shown.variants import AT_LIMIT, Variant
from paradero.model.time.reading import duration_us

Bounds = tuple[float | None, float | None]


def shown_of_limit(variant: Variant, limit: Limit, event: Event, told: Told) -> Shown:
    """Whether what was measured is past the limit. Of a holding it is its length, and the order has to be in
    force when it began, or at some instant from that on at which its limit was reached, as the construction
    says.
    """
    names = event.moment_names()
    if limit.unit == "duration" and "begin" in names:
        length = told.line.apart(names["begin"], names["end"])
        value: Bounds | None = length
        begun = told.span(names["begin"])
        number = duration_us(next(iter(limit.bounds().values())))
        at: Span | None = begun
        if variant.completion and variant.completion.phase == AT_LIMIT:
            reached = (_plus(begun[0], number), _plus(begun[1], number))
            held = _Overstay(
                reached=reached,
                ended=told.span(names["end"]),
                is_past=is_past(limit, length),
                is_from_then=bool(limit.under),
            )
            at = held.asked_at(_force(variant, event, told)) if _is_most(limit) else reached
    else:
        value, at = _measured(limit, event, told), None
        number = None
    past = is_past(limit, value) if value else None
    shown = both((told.did(event), past))
    margin: Span = (None, None)
    if number is not None and value is not None:
        margin = (_minus(value[0], number), _minus(value[1], number))
    return Shown(
        is_shown=shown,
        at=at,
        margin=margin,
        lacks=(Lack(fact="value", name=limit.measure),) if past is None else (),
    )


def _force(variant: Variant, event: Event, told: Told) -> Force:
    order = variant.order
    reach = {
        act.id: part_of(order, act, event, told.links, told.trust).reaches
        for act in order.file.act
        if act.condition
    }
    return force_of(variant, told.line, reach)


def _is_most(limit: Limit) -> bool:
    return bool(limit.at_most or limit.under)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Overstay:
    """The time for which somebody was held past a limit: from when it was reached to the end of the holding.
    `is_from_then`: the instant at which it is reached is past it already.
    """

    reached: Span
    ended: Span
    is_past: bool | None
    is_from_then: bool

    def asked_at(self, force: Force) -> Span:
        """The instant at which the order has to be in force: one at which they were held past the limit and
        it certainly was, where there is one; all of them, where there may be; else that at which the limit
        was reached.
        """
        (first, by_then), (until, last) = self.reached, self.ended
        if self.is_past is False or first is None or by_then is None:
            return self.reached if self.is_past is False or self._is_out(force) else (first, last)
        marks = force.marks()
        at_once = [first, *(us for us in marks if first < us <= by_then), by_then]
        if all(force.is_sure(us) for us in at_once):
            return self.reached
        later = [by_then, *(us for us in marks if us > by_then)]
        sure = next((us for us in later if until is not None and us < until and force.is_sure(us)), None)
        if sure is not None:
            return sure, sure
        if not self._is_out(force):
            return first, last
        # held past it in no world while in force; where they may not have been, the rule then has the word
        return (first, first) if self.is_past else self.reached

    def _is_out(self, force: Force) -> bool:
        """Whether the order was in force at no instant at which they may have been held past the limit."""
        first, last = self.reached[0], self.ended[1]
        since = ALWAYS_US if first is None else first
        held = [us for us in (since, *force.marks()) if us >= since and (last is None or us < last)]
        if self.is_from_then and last is not None:
            held.append(last)
        return not any(force.may_be(us) for us in held)


def is_past(limit: Limit, value: Bounds) -> bool | None:
    """Whether a value is past the limit, for every value within its bounds: `at_most` n is past above n,
    `under` n from n on, `at_least` n below n, `over` n up to n.
    """
    (way, text), (lo, hi) = next(iter(limit.bounds().items())), value
    n = duration_us(text) if limit.unit == "duration" else float(text)
    low, high = -math.inf if lo is None else lo, math.inf if hi is None else hi
    answers = {
        "at_most": (low > n, high <= n),
        "under": (low >= n, high < n),
        "at_least": (high < n, low >= n),
        "over": (high <= n, low > n),
    }
    is_past_for_certain, is_within_for_certain = answers[way]
    return True if is_past_for_certain else False if is_within_for_certain else None


def _measured(limit: Limit, event: Event, told: Told) -> Bounds | None:
    """What is said of the measure in the limit's unit: what several share, or the span of them where they
    share nothing; None where nobody says.
    """
    said = [
        (one.lo, one.hi)
        for one in event.file.value
        if one.measure == limit.measure and one.unit == limit.unit and told.trust.keeps(one.by, one.evidence)
    ]
    if not said:
        return None
    los = [-math.inf if lo is None else lo for lo, _ in said]
    his = [math.inf if hi is None else hi for _, hi in said]
    lo, hi = (max(los), min(his)) if max(los) <= min(his) else (min(los), max(his))
    return (None if lo == -math.inf else lo, None if hi == math.inf else hi)


def _plus(one: int | None, other: int) -> int | None:
    return None if one is None else one + other


def _minus(one: float | None, other: int) -> int | None:
    return None if one is None else int(one) - other
