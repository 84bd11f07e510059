"""Limits: a measure, or the length of a holding, held against a number."""

from __future__ import annotations

import math

from paradero.law.events import Event
from paradero.law.forms.terms import Limit
from paradero.law.shown.values import Lack, Shown, Span, Told, both
from paradero.law.shown.variants import AT_LIMIT, Variant
from paradero.model.time.reading import duration_us

Bounds = tuple[float | None, float | None]


def shown_of_limit(variant: Variant, limit: Limit, event: Event, told: Told) -> Shown:
    """Whether what was measured is past the limit. Of a holding it is its length, and the order has to be in
    force when it began, or when its limit was reached, as the construction says.
    """
    names = event.moment_names()
    if limit.unit == "duration" and "begin" in names:
        value: Bounds | None = told.line.apart(names["begin"], names["end"])
        begun = told.span(names["begin"])
        number = duration_us(next(iter(limit.bounds().values())))
        at: Span | None = begun
        if variant.completion and variant.completion.phase == AT_LIMIT:
            at = (_plus(begun[0], number), _plus(begun[1], number))
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
