"""What can be said of moments: true, false, or None where the bounds leave it open. The engines' preludes
define the same names.

Every answer is as sharp as the bounds allow: true where it holds for all instants within them, false where it
holds for none, None otherwise. A side without bound leaves open whatever depends on it; widening a bound can
turn an answer only into None. Periods run from a begin to an end, the end not included.
"""

from __future__ import annotations

from typing import Protocol


class Bounded(Protocol):
    """Anything that lies between `lo` and `hi`, both included; None is no bound. A Moment is one."""

    @property
    def lo(self) -> int | None: ...

    @property
    def hi(self) -> int | None: ...


def before(a: Bounded, b: Bounded) -> bool | None:
    """Whether a is earlier than b.

    =====  ================================
    true   a.hi < b.lo
    false  a.lo >= b.hi
    None   otherwise, or a bound is missing
    =====  ================================
    """
    if _less(a.hi, b.lo):
        return True
    return False if _at_most(b.hi, a.lo) else None


def after(a: Bounded, b: Bounded) -> bool | None:
    """Whether a is later than b.

    =====  ================================
    true   a.lo > b.hi
    false  a.hi <= b.lo
    None   otherwise, or a bound is missing
    =====  ================================
    """
    return before(b, a)


def not_after(a: Bounded, b: Bounded) -> bool | None:
    """Whether a is earlier than b or the same instant.

    =====  ================================
    true   a.hi <= b.lo
    false  a.lo > b.hi
    None   otherwise, or a bound is missing
    =====  ================================
    """
    return _not(before(b, a))


def not_before(a: Bounded, b: Bounded) -> bool | None:
    """Whether a is later than b or the same instant.

    =====  ================================
    true   a.lo >= b.hi
    false  a.hi < b.lo
    None   otherwise, or a bound is missing
    =====  ================================
    """
    return _not(before(a, b))


def same_instant(a: Bounded, b: Bounded) -> bool | None:
    """Whether a and b are one instant.

    =====  ================================
    true   a.lo = a.hi = b.lo = b.hi
    false  a.hi < b.lo or b.hi < a.lo
    None   otherwise, or a bound is missing
    =====  ================================
    """
    if a.lo is not None and a.lo == a.hi == b.lo == b.hi:
        return True
    return False if _less(a.hi, b.lo) or _less(b.hi, a.lo) else None


def elapsed(a: Bounded, b: Bounded) -> tuple[int | None, int | None]:
    """Least and greatest time from a to b in microseconds, negative where b can be earlier; in steps
    `elapsed_lo` and `elapsed_hi`.

    ========  ====================================
    least     b.lo - a.hi, None if one is missing
    greatest  b.hi - a.lo, None if one is missing
    ========  ====================================
    """
    return _minus(b.lo, a.hi), _minus(b.hi, a.lo)


def longer_than(a: Bounded, b: Bounded, limit_us: int | None) -> bool | None:
    """Whether more than `limit_us` microseconds passed from a to b.

    =====  ============================================
    true   b.lo - a.hi > limit
    false  b.hi - a.lo <= limit
    None   otherwise, or a bound or the limit is missing
    =====  ============================================
    """
    least, greatest = elapsed(a, b)
    if _less(limit_us, least):
        return True
    return False if _at_most(greatest, limit_us) else None


def overlaps(a_begin: Bounded, a_end: Bounded, b_begin: Bounded, b_end: Bounded) -> bool | None:
    """Whether each of two periods begins before the other ends; in steps `periods_overlap`, since SQL
    reserves the name.

    =====  =====================================================
    true   before(a_begin, b_end) and before(b_begin, a_end)
    false  one of them is false
    None   otherwise
    =====  =====================================================
    """
    return _both(before(a_begin, b_end), before(b_begin, a_end))


def during(m: Bounded, begin: Bounded, end: Bounded) -> bool | None:
    """Whether m is within the period: not before its begin, and before its end.

    =====  ====================================================================================
    true   not_before(m, begin) and before(m, end)
    false  one of them is false, or before(begin, end) is: nothing is within an empty period
    None   otherwise
    =====  ====================================================================================
    """
    if before(begin, end) is False:
        return False
    return _both(not_before(m, begin), before(m, end))


def _less(a: int | None, b: int | None) -> bool:
    return a is not None and b is not None and a < b


def _at_most(a: int | None, b: int | None) -> bool:
    return a is not None and b is not None and a <= b


def _minus(a: int | None, b: int | None) -> int | None:
    return None if a is None or b is None else a - b


def _not(answer: bool | None) -> bool | None:
    return None if answer is None else not answer


def _both(one: bool | None, other: bool | None) -> bool | None:
    if one is False or other is False:
        return False
    return True if one and other else None
