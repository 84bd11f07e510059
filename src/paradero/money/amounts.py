"""Quantities of money and of what money is divided by: (lo, mode, hi) with unit, and for money the year of
its prices.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from paradero.authored.attribution import Attributed, number, unit_at
from paradero.authored.declared import AuthoredError
from paradero.model.units import Unit

_CURRENCY = re.compile(r"[A-Z]{3}")


class Bounds(Protocol):
    """`value`, or some of `lo`, `mode` (the likeliest) and `hi`; a bound that nobody gives is left out."""

    @property
    def value(self) -> float | None: ...
    @property
    def lo(self) -> float | None: ...
    @property
    def mode(self) -> float | None: ...
    @property
    def hi(self) -> float | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number known within bounds, None being no bound or no likeliest value; `symbol` names it wherever it
    stands, so that it stays one number.
    """

    symbol: str
    what: str
    what_es: str
    lo: Fraction | None
    mode: Fraction | None
    hi: Fraction | None
    unit: Unit
    prices_of: int | None
    said: tuple[Attributed, ...]


def read_bounds(
    bounds: Bounds, *, what: str, place: str
) -> tuple[Fraction | None, Fraction | None, Fraction | None]:
    """(lo, mode, hi); raises AuthoredError naming `place` where there is no number, or they are out
    of order.
    """
    value, lo, mode, hi = (
        number(each, place=place) for each in (bounds.value, bounds.lo, bounds.mode, bounds.hi)
    )
    if (value is None) == (lo is None and hi is None):
        fault = (
            "has no number. Write `value`, or `lo`, `hi` or both, with `mode` where one is likeliest."
            if value is None
            else "has both `value` and `lo` or `hi`. Leave one of the two."
        )
        raise AuthoredError(f"{place}: {what} {fault}")
    if value is not None:
        lo = mode = hi = value
    given = [each for each in (lo, mode, hi) if each is not None]
    if given != sorted(given):
        raise AuthoredError(
            f"{place}: `lo`, `mode` and `hi` of {what} are not in order:"
            f" {', '.join(f'{float(each):,}' for each in given)}. Correct them."
        )
    return lo, mode, hi


def unit_with_year(text: str, prices_of: int | None, *, what: str, place: str) -> Unit:
    """The unit; raises AuthoredError naming `place` where it cannot be read, or money is given without the
    year of its prices.
    """
    unit = unit_at(text, place=place)
    if any(_CURRENCY.fullmatch(word) for word, _ in unit.powers) and prices_of is None:
        raise AuthoredError(f"{place}: {what} is in {unit}, without the year of its prices. Add `prices_of`.")
    return unit
