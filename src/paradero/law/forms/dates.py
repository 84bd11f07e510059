"""Days as conditions and attributes name them: a day, a month, a year, or bounds of one."""

from __future__ import annotations

from paradero.law.forms.order_file import Condition
from paradero.model.time.moments import MomentError
from paradero.model.time.reading import parse_moment

NEVER = "none"  # the value of a date where there is none: no order was ever made, no hearing ever held


def day_bounds(text: str) -> tuple[int | None, int | None] | None:
    """The first and the last microsecond that a date can be, on one clock; None where it is no date."""
    try:
        found = parse_moment(text, zones=("UTC",))
    except MomentError:
        return None
    return found.lo, found.hi


def dated(condition: Condition, value: str) -> bool | None:
    """Whether a value satisfies a condition on a date; None where it may lie on either side of the day, or is
    no date that can be read.
    """
    if value in condition.or_is:
        return True
    limit, bounds = day_bounds(condition.before or condition.not_before), day_bounds(value)
    if bounds is None:
        return False if value == NEVER and NEVER not in condition.or_is else None
    first = limit[0] if limit else None
    if first is None:
        return None
    if bounds[1] is not None and bounds[1] < first:
        return bool(condition.before)
    return bool(condition.not_before) if bounds[0] is not None and bounds[0] >= first else None
