"""Constraints on counts, the bounds that follow from them, which of them are tied together, and what
propagation along them settles without a linear program.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraint:
    """`lo <= sum of factor times count <= hi`; kept or left out as a whole."""

    id: str
    factors: tuple[tuple[str, Fraction], ...]
    lo: Fraction | None
    hi: Fraction | None


@dataclass(frozen=True, slots=True)
class Bound:
    """A bound of a count in whole people, None where there is none, the constraints it rests on, and whether
    rounding to whole people moved it.
    """

    value: int | None
    rests_on: tuple[str, ...] = ()
    is_rounded: bool = False


def propagated(
    names: Sequence[str], constraints: Sequence[Constraint]
) -> dict[str, tuple[Fraction, Fraction | None]]:
    """Bounds that each constraint gives each of its counts from the bounds of the others, over and over;
    sound, but not always the tightest.
    """
    box: dict[str, tuple[Fraction, Fraction | None]] = dict.fromkeys(names, (Fraction(0), None))
    for _ in range(len(constraints) + 1):
        before = dict(box)
        for one in constraints:
            for name, factor in one.factors:
                low, high = Fraction(0), Fraction(0)
                low_open = high_open = False
                for other, by in one.factors:
                    if other != name:
                        least, most = box[other] if by > 0 else (box[other][1], box[other][0])
                        low_open, high_open = low_open or least is None, high_open or most is None
                        low, high = low + by * (least or 0), high + by * (most or 0)
                above = None if one.hi is None or low_open else (one.hi - low) / factor
                below = None if one.lo is None or high_open else (one.lo - high) / factor
                if factor < 0:
                    above, below = below, above
                lo, hi = box[name]
                box[name] = (
                    lo if below is None else max(lo, below),
                    hi if above is None else above if hi is None else min(hi, above),
                )
        if box == before:
            break
    return box


def tied_to(name: str, constraints: Sequence[Constraint]) -> list[Constraint]:
    """The constraints that reach a count through shared counts."""
    reached = component(name, constraints)
    return [each for each in constraints if each.id in reached]


def component(name: str, constraints: Sequence[Constraint]) -> set[str]:
    """The ids of all constraints that reach a count through shared counts."""
    counts, found = {name}, set[str]()
    grown = True
    while grown:
        grown = False
        for each in constraints:
            if each.id not in found and any(count in counts for count, _ in each.factors):
                found.add(each.id)
                counts.update(count for count, _ in each.factors)
                grown = True
    return found
