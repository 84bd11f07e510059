"""What a formula can give when its inputs lie between bounds, a shared input being the same number wherever
it stands.

Interval arithmetic alone treats `x - x` as two unrelated numbers. So the slope by every input is bounded
first (interval automatic differentiation); where it keeps one sign over all bounds, the extreme lies at an
end of that input, which is then fixed. If every input is fixed so, the bounds are exact. What is left is cut
into halves, and these again; a bound that no piece is shown to reach holds every value, but may be wider than
needed, and is marked so. (R. E. Moore, R. B. Kearfott, M. J. Cloud, Introduction to Interval Analysis, SIAM
2009, chapters 5 and 6.) All ends are fractions: nothing is rounded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import inf

from paradero.model.formulas import FormulaError, Node

End = Fraction | float  # a float only where there is no bound: -inf below, inf above

ABOUT = Fraction(1, 10)  # "about 300" can mean 270 to 330, "almost 300" 270 to below 300

_HALVINGS = 7  # at most 128 pieces


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers from lo to hi; -inf and inf are no bound."""

    lo: End
    hi: End

    @property
    def is_point(self) -> bool:
        return self.lo == self.hi

    def holds(self, value: End) -> bool:
        """Whether a number lies in it."""
        return self.lo <= value <= self.hi

    def meets(self, other: Interval) -> bool:
        """Whether the two share a number."""
        return self.lo <= other.hi and other.lo <= self.hi

    def within(self, other: Interval) -> bool:
        """Whether all of it lies in the other."""
        return other.lo <= self.lo and self.hi <= other.hi


def point(value: Fraction) -> Interval:
    """The interval of one number."""
    return Interval(value, value)


def bounded(lo: Fraction | None, hi: Fraction | None) -> Interval:
    """The interval with these bounds, None being none."""
    return Interval(-inf if lo is None else lo, inf if hi is None else hi)


def end_or_none(end: End) -> Fraction | None:
    """A bound, None where there is none."""
    return end if isinstance(end, Fraction) else None


@dataclass(frozen=True, slots=True)
class Range:
    """The bounds of a formula; `is_exact` where both are reached by some inputs within their bounds."""

    interval: Interval
    is_exact: bool


def range_of(formula: Node, box: Mapping[str, Interval]) -> Range:
    """Bounds that hold every value of the formula over the box; raises FormulaError where a divisor can be
    zero.
    """
    lo, lo_exact = _lowest(formula, dict(box), _HALVINGS)
    hi, hi_exact = _lowest(Node("*", (Node("number", number=Fraction(-1)), formula)), dict(box), _HALVINGS)
    return Range(Interval(lo, -hi), lo_exact and hi_exact)


def value_at(formula: Node, values: Mapping[str, Fraction]) -> Fraction:
    """The value of a formula at given inputs; raises FormulaError for a division by zero."""
    found = _over(formula, {name: point(value) for name, value in values.items()}, None)[0].lo
    assert isinstance(found, Fraction)  # noqa: S101 (finite inputs give finite results)
    return found


def _lowest(formula: Node, box: dict[str, Interval], halvings: int) -> tuple[End, bool]:
    """The least value, or a bound below it, and whether it is reached."""
    wide = [name for name in formula.names() if not box[name].is_point]
    fixed = True
    while fixed:
        fixed = False
        for name in list(wide):
            slope = _over(formula, box, name)[1]
            end = box[name].lo if slope.lo >= 0 else box[name].hi if slope.hi <= 0 else None
            if isinstance(end, Fraction):
                box[name] = point(end)
                wide.remove(name)
                fixed = True
    if not wide:
        return _over(formula, box, None)[0].lo, True
    below = _over(formula, box, None)[0].lo
    finite = [
        name for name in wide if isinstance(box[name].lo, Fraction) and isinstance(box[name].hi, Fraction)
    ]
    if below == -inf and len(finite) < len(wide):
        return below, _runs_away(formula, box, wide)
    if halvings == 0 or not finite:
        return below, False
    name = max(finite, key=lambda each: (box[each].hi - box[each].lo, each))
    middle = (box[name].lo + box[name].hi) / 2
    halves = [
        _lowest(formula, {**box, name: half}, halvings - 1)
        for half in (Interval(box[name].lo, middle), Interval(middle, box[name].hi))
    ]
    return min(
        halves, key=lambda half: (half[0], not half[1])
    )  # reached, if the half that gives the least reaches it


def _runs_away(formula: Node, box: Mapping[str, Interval], wide: list[str]) -> bool:
    """Whether there is plainly no bound: the slope by an unbounded input keeps away from zero."""
    for name in wide:
        slope = _over(formula, box, name)[1]
        if (slope.lo > 0 and box[name].lo == -inf) or (slope.hi < 0 and box[name].hi == inf):
            return True
    return False


def _over(formula: Node, box: Mapping[str, Interval], by: str | None) -> tuple[Interval, Interval]:
    """(values, slopes by one input) over the box."""
    if formula.op == "number":
        return point(formula.number), _ZERO
    if formula.op == "name":
        return box[formula.name], _ONE if formula.name == by else _ZERO
    parts = [_over(part, box, by) for part in formula.parts]
    if formula.op in ("min", "max"):
        found = parts[0]
        for other in parts[1:]:
            found = _extreme(found, other, formula.op)
        return found
    (left, left_slope), (right, right_slope) = parts
    if formula.op in ("+", "-"):
        if formula.op == "-":
            right, right_slope = _negative(right), _negative(right_slope)
        return _sum(left, right), _sum(left_slope, right_slope)
    if formula.op == "*":
        return _product(left, right), _sum(_product(left_slope, right), _product(left, right_slope))
    if right.lo <= 0 <= right.hi:
        raise FormulaError(
            f"the divisor `{formula.parts[1]}` may be zero: it runs from {right.lo} to {right.hi}. Narrow"
            " its range"
        )
    inverse = _inverse(right)
    quotient = _product(left, inverse)
    return quotient, _product(_sum(left_slope, _negative(_product(quotient, right_slope))), inverse)


_ZERO, _ONE = point(Fraction(0)), point(Fraction(1))


def _sum(left: Interval, right: Interval) -> Interval:
    return Interval(left.lo + right.lo, left.hi + right.hi)


def _negative(one: Interval) -> Interval:
    return Interval(-one.hi, -one.lo)


def _product(left: Interval, right: Interval) -> Interval:
    # nothing times an unbounded number is nothing: the number itself is finite
    ends = [Fraction(0) if 0 in (a, b) else a * b for a in (left.lo, left.hi) for b in (right.lo, right.hi)]
    return Interval(min(ends), max(ends))


def _inverse(one: Interval) -> Interval:
    lo, hi = (Fraction(0) if isinstance(end, float) else 1 / end for end in (one.hi, one.lo))
    return Interval(lo, hi)


def _extreme(
    one: tuple[Interval, Interval], other: tuple[Interval, Interval], op: str
) -> tuple[Interval, Interval]:
    (a, a_slope), (b, b_slope) = one, other
    choose = min if op == "min" else max
    values = Interval(choose(a.lo, b.lo), choose(a.hi, b.hi))
    a_wins, b_wins = (a.hi <= b.lo, b.hi <= a.lo) if op == "min" else (a.lo >= b.hi, b.lo >= a.hi)
    slopes = (
        a_slope
        if a_wins
        else b_slope
        if b_wins
        else Interval(min(a_slope.lo, b_slope.lo), max(a_slope.hi, b_slope.hi))
    )
    return values, slopes
