"""Price indices as data, and costs put into the prices of one year by one of them: a stated choice of whoever
asks, never made silently.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

import msgspec

from paradero.authored.attribution import Attributed, check_attributed, number
from paradero.authored.declared import AuthoredError, Mistakes, read
from paradero.money.amounts import Quantity
from paradero.money.costs import Assumption, Cost, Origin


class YearFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The index of one year."""

    year: int
    value: float


class IndexFile(Attributed, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`indices/*.toml`: an index of prices in one currency, a value a year, with who publishes it."""

    id: str
    title: str
    title_es: str
    currency: str
    year: list[YearFile]


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """An index read: its value by year."""

    id: str
    file: IndexFile
    place: str
    values: Mapping[int, Fraction]


def read_index(text: str, *, file: str) -> Index:
    """Read one index; raises AuthoredError naming file, line and what is wrong."""
    declared, mistakes = read(text, IndexFile, file=file), Mistakes()
    with mistakes.gathered():
        check_attributed(declared.form, what="the index", place=declared.place())
    values: dict[int, Fraction] = {}
    for which, one in enumerate(declared.form.year):
        with mistakes.gathered():
            place = declared.place("year", which, "year")
            value = number(one.value, place=place)
            if value is None or value <= 0 or one.year in values:
                fault = (
                    "appears twice"
                    if one.year in values
                    else f"has the value {one.value}, which is not above 0"
                )
                raise AuthoredError(f"{place}: the year {one.year} {fault}. Correct it.")
            values[one.year] = value
    mistakes.settle()
    return Index(id=declared.form.id, file=declared.form, place=file, values=values)


def in_prices_of(cost: Cost, index: Index, year: int) -> Cost:
    """The costs with every amount in the index's currency put into the prices of a year: multiplied by its
    index, divided by that of its own prices.

    Raises AuthoredError naming the index where it has no value for one of the two years.
    """
    return replace(
        cost,
        inputs={name: _origin(origin, index, year) for name, origin in cost.inputs.items()},
        assumptions={name: _assumption(each, index, year) for name, each in cost.assumptions.items()},
    )


def _assumption(one: Assumption, index: Index, year: int) -> Assumption:
    return replace(one, sets={name: _origin(origin, index, year) for name, origin in one.sets.items()})


def _origin(origin: Origin, index: Index, year: int) -> Origin:
    return (
        origin
        if origin.quantity is None
        else replace(origin, quantity=_deflated(origin.quantity, index, year))
    )


def _deflated(one: Quantity, index: Index, year: int) -> Quantity:
    power = dict(one.unit.powers).get(index.file.currency, 0)
    if not power or one.prices_of is None or one.prices_of == year:
        return one
    for needed in (one.prices_of, year):
        if needed not in index.values:
            there = ", ".join(map(str, sorted(index.values)))
            raise AuthoredError(
                f"{index.place}: no value for {needed}, so `{one.symbol}` cannot be put into the prices of"
                f" {year}. Add it; there are {there}."
            )
    ratio = (index.values[year] / index.values[one.prices_of]) ** power
    lo, mode, hi = (None if bound is None else bound * ratio for bound in (one.lo, one.mode, one.hi))
    return replace(one, lo=lo, mode=mode, hi=hi, prices_of=year, said=(*one.said, index.file))
