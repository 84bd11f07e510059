"""Agreements as data: parties, instrument, dates, amounts planned, granted, paid, term, people covered; each
with who says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import msgspec

from paradero.authored.attribution import Attributed, check_attributed
from paradero.authored.declared import AuthoredError, Mistakes, read, seen_from
from paradero.model.formulas import FormulaError, Node, parse_relation, unit_of
from paradero.model.time.moments import MomentError
from paradero.model.time.reading import parse_moment
from paradero.model.units import Unit
from paradero.money.amounts import Quantity, read_bounds, unit_with_year

Kind = Literal[
    "planned",
    "asked",
    "granted",
    "ceiling",
    "paid",
    "price",
    "per_diem",
    "guaranteed_minimum",
    "flight_hour",
    "people",
    "term",
]


class AmountFile(Attributed, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One figure of an agreement as somebody says it: money, people covered, or the term, by `kind`;
    `facility` is the code of the one that it is of.
    """

    id: str
    kind: Kind
    what: str
    what_es: str
    unit: str
    facility: str = ""
    prices_of: int | None = None
    value: float | None = None
    lo: float | None = None
    mode: float | None = None
    hi: float | None = None


class DateFile(Attributed, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """When something about the agreement happened, as somebody says: `time` in the forms of
    docs/explanation/time.md.
    """

    what: str
    what_es: str
    time: str


class TermFile(Attributed, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What somebody says of the agreement in words, where no figure says it."""

    says: str
    says_es: str


class EquationFile(Attributed, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What somebody says holds between amounts of this agreement: `total = first + second`, `paid <=
    granted`, by their ids.
    """

    id: str
    holds: str


class AgreementFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`agreements/*.toml`."""

    id: str
    title: str
    title_es: str
    parties: list[str]
    instrument: str
    amount: list[AmountFile] = []
    date: list[DateFile] = []
    term: list[TermFile] = []
    equation: list[EquationFile] = []
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Equation:
    """A relation read: the left side less the right one stands to nought as `sign` says."""

    file: EquationFile
    difference: Node
    sign: str
    unit: Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """An agreement read; its amounts under `agreement/amount`."""

    id: str
    file: AgreementFile
    place: str
    text: str
    amounts: tuple[Quantity, ...]
    equations: tuple[Equation, ...]


def read_agreement(text: str, *, file: str) -> Agreement:
    """Read one agreement; raises AuthoredError naming file, line and what is wrong."""
    declared, mistakes = read(text, AgreementFile, file=file), Mistakes()
    form = declared.form
    amounts: dict[str, Quantity] = {}
    places: dict[str, str] = {}
    for which, one in enumerate(form.amount):
        with mistakes.gathered():
            place = declared.place("amount", which, "id")
            if one.id in places:
                raise AuthoredError(
                    f"{place}: the id `{one.id}` is taken by"
                    f" {seen_from(place, places[one.id])}. Choose another."
                )
            places[one.id] = place
            amounts[one.id] = _amount(one, f"{form.id}/{one.id}", place=place)
    for which, each in enumerate(form.date):
        with mistakes.gathered():
            _check_date(each, place=declared.place("date", which, "time"))
    for which, term in enumerate(form.term):
        with mistakes.gathered():
            check_attributed(term, what="a term", place=declared.place("term", which, "says"))
    # an equation over an amount that could not be read would be a second mistake of the same
    mistakes.settle()
    units, equations = {name: each.unit for name, each in amounts.items()}, []
    for which, equation in enumerate(form.equation):
        with mistakes.gathered():
            equations.append(_equation(equation, units, place=declared.place("equation", which, "holds")))
    mistakes.settle()
    return Agreement(
        id=form.id,
        file=form,
        place=file,
        text=text,
        amounts=tuple(amounts.values()),
        equations=tuple(equations),
    )


def _amount(one: AmountFile, symbol: str, *, place: str) -> Quantity:
    what = f"the amount `{one.id}`"
    check_attributed(one, what=what, place=place)
    lo, mode, hi = read_bounds(one, what=what, place=place)
    unit = unit_with_year(one.unit, one.prices_of, what=what, place=place)
    return Quantity(
        symbol=symbol,
        what=one.what,
        what_es=one.what_es,
        lo=lo,
        mode=mode,
        hi=hi,
        unit=unit,
        prices_of=one.prices_of,
        said=(one,),
    )


def _check_date(one: DateFile, *, place: str) -> None:
    check_attributed(one, what="a date", place=place)
    try:
        parse_moment(one.time, zones=["UTC"])
    except MomentError as error:
        raise AuthoredError(f"{place}: {error}") from error


def _equation(one: EquationFile, units: Mapping[str, Unit], *, place: str) -> Equation:
    check_attributed(one, what=f"the equation `{one.id}`", place=place)
    try:
        left, sign, right = parse_relation(one.holds)
        difference = Node("-", (left, right))
        unit = unit_of(difference, units)
    except FormulaError as error:
        raise AuthoredError(f"{place}: {error}.") from error
    return Equation(file=one, difference=difference, sign=sign, unit=unit)
