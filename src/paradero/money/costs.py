"""Costs as data: results as formulas over named inputs, and assumptions that can be switched on and off."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from paradero.authored.attribution import Attributed, check_attributed
from paradero.authored.declared import AuthoredError, Mistakes, read, seen_from
from paradero.model.errors import ParaderoError
from paradero.model.formulas import FormulaError, Node, parse_formula, unit_of
from paradero.model.naming import choice_of
from paradero.model.units import Unit
from paradero.money.amounts import Quantity, read_bounds, unit_with_year
from paradero.money.cost_files import (
    AssumptionFile,
    CostFile,
    ElapsedFile,
    Given,
    InputFile,
    LedgerFile,
    ResultFile,
    SetsFile,
)

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_RESERVED = ("min", "max")


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What stands for an input: one quantity, or a formula over other inputs."""

    quantity: Quantity | None
    formula: Node | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumption:
    """An assumption read."""

    id: str
    file: AssumptionFile
    sets: Mapping[str, Origin]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A result read."""

    id: str
    file: ResultFile
    formula: Node
    unit: Unit
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """A file of costs read: its inputs, its assumptions, its results."""

    id: str
    file: CostFile
    place: str
    text: str
    inputs: Mapping[str, Origin]
    assumptions: Mapping[str, Assumption]
    results: tuple[Result, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """Where inputs can have their numbers from: amounts of agreements, counts of the balance, and what
    measures the records and the moments of a casefile.
    """

    amounts: Mapping[str, Quantity]
    counts: Mapping[str, Quantity]
    measured: Callable[[LedgerFile | ElapsedFile], Quantity]


def read_cost(text: str, *, file: str, elsewhere: Elsewhere) -> Cost:
    """Read one file of costs with what it may name elsewhere; raises AuthoredError naming file, line and what
    was expected, units that do not fit included.
    """
    declared, mistakes = read(text, CostFile, file=file), Mistakes()
    form = declared.form
    units: dict[str, Unit] = {}
    places: dict[str, str] = {}
    for which, one in enumerate(form.input):
        with mistakes.gathered():
            place = declared.place("input", which, "id")
            _check_id(one.id, places.setdefault(one.id, place), place)
            units[one.id] = _unit_of_input(one, place=place)
    mistakes.settle()  # what follows reads the inputs by their units
    inputs: dict[str, Origin] = {}
    for which, one in enumerate(form.input):
        with mistakes.gathered():
            place = declared.place("input", which, "id")
            inputs[one.id] = _origin(
                one,
                one.id,
                one,
                _said_of(one, place),
                symbol=one.id,
                units=units,
                elsewhere=elsewhere,
                place=place,
            )
    assumptions: dict[str, Assumption] = {}
    places = {}
    for which, each in enumerate(form.assumption):
        with mistakes.gathered():
            place = declared.place("assumption", which, "id")
            _check_id(each.id, places.setdefault(each.id, place), place)
            assumptions[each.id] = _assumption(each, form, units=units, elsewhere=elsewhere, place=place)
    mistakes.settle()
    results = []
    for which, result in enumerate(form.result):
        with mistakes.gathered():
            results.append(_result(result, units, assumptions, place=declared.place("result", which, "id")))
    mistakes.settle()
    return Cost(
        id=form.id,
        file=form,
        place=file,
        text=text,
        inputs=inputs,
        assumptions=assumptions,
        results=tuple(results),
    )


def _check_id(own_id: str, first: str, place: str) -> None:
    """Refuse an id at `place` that stands at `first` already."""
    if first != place:
        raise AuthoredError(
            f"{place}: the id `{own_id}` is taken by {seen_from(place, first)}. Choose another."
        )


def _unit_of_input(one: InputFile, *, place: str) -> Unit:
    fault = (
        "is a word of formulas"
        if one.id in _RESERVED
        else ""
        if _NAME.fullmatch(one.id)
        else "may hold only small letters, digits and `_`"
    )
    if fault:
        raise AuthoredError(f"{place}: the id `{one.id}` {fault}. Rename it.")
    year = (
        one.prices_of if one.prices_of is not None or not (one.amount or one.formula) else 0
    )  # those bring their own
    return unit_with_year(one.unit, year, what=f"the input `{one.id}`", place=place)


def _assumption(
    one: AssumptionFile, form: CostFile, *, units: Mapping[str, Unit], elsewhere: Elsewhere, place: str
) -> Assumption:
    if not one.sets:
        raise AuthoredError(f"{place}: the assumption `{one.id}` sets nothing. Say what it sets.")
    check_attributed(one, what=f"the assumption `{one.id}`", place=place)
    by_id = {each.id: each for each in form.input}
    sets = {}
    for each in one.sets:
        if each.input not in by_id:
            raise AuthoredError(
                f"{place}: `sets` names `{each.input}`, which is not an input. Choose one of:"
                f" {', '.join(by_id)}."
            )
        symbol = f"{one.id}:{each.input}"
        sets[each.input] = _origin(
            each,
            each.input,
            by_id[each.input],
            one,
            symbol=symbol,
            units=units,
            elsewhere=elsewhere,
            place=place,
        )
    return Assumption(id=one.id, file=one, sets=sets)


def _said_of(one: InputFile, place: str) -> Attributed | None:
    """Who says an input's number; None where it comes from elsewhere."""
    if one.amount or one.count or one.formula or one.ledger or one.elapsed:
        return None
    if one.evidence is None or not one.dated:
        raise AuthoredError(
            f"{place}: nothing says who gives the input `{one.id}`, or of when it is. Add `by`, `evidence`,"
            " `seen` and `dated`."
        )
    said = Attributed(
        by=one.by, evidence=one.evidence, seen=one.seen, dated=one.dated, fact=one.fact, note=one.note
    )
    check_attributed(said, what=f"the input `{one.id}`", place=place)
    return said


def _origin(
    given: Given,
    name: str,
    declared: InputFile,
    said: Attributed | None,
    *,
    symbol: str,
    units: Mapping[str, Unit],
    elsewhere: Elsewhere,
    place: str,
) -> Origin:
    unit = units[name]
    has_bounds = any(each is not None for each in (given.value, given.lo, given.mode, given.hi))
    if [
        has_bounds,
        *map(bool, (given.amount, given.count, given.formula, given.ledger, given.elapsed)),
    ].count(True) != 1:
        raise AuthoredError(
            f"{place}: `{name}` needs exactly one of numbers, `amount`, `count`, `formula`, `ledger` and"
            " `elapsed`. Leave one."
        )
    if given.formula:
        node = formula_at(given.formula, place=place)
        _require(_unit_at(node, units, place=place), unit, name, place)
        return Origin(quantity=None, formula=node)
    if has_bounds:
        lo, mode, hi = read_bounds(given, what=f"`{name}`", place=place)
        year = (
            given.prices_of
            if isinstance(given, SetsFile) and given.prices_of is not None
            else declared.prices_of
        )
        unit_with_year(str(unit), year, what=f"what is set as `{name}`", place=place)
        quantity = Quantity(
            symbol=symbol,
            what=declared.what,
            what_es=declared.what_es,
            lo=lo,
            mode=mode,
            hi=hi,
            unit=unit,
            prices_of=year,
            said=(said,) if said else (),
        )
        return Origin(quantity=quantity, formula=None)
    measure = given.ledger or given.elapsed
    if measure is not None:
        quantity = _measured(measure, elsewhere, name, place)
        _require(quantity.unit, unit, name, place)
        return Origin(quantity=quantity, formula=None)
    known, wanted, kind = (
        (elsewhere.amounts, given.amount, "an amount, AGREEMENT/AMOUNT")
        if given.amount
        else (elsewhere.counts, given.count, "a count of the balance")
    )
    if wanted not in known:
        raise AuthoredError(f"{place}: `{wanted}`, for `{name}`, is not {kind}. {choice_of(known)}")
    _require(known[wanted].unit, unit, name, place)
    return Origin(quantity=known[wanted], formula=None)


def _measured(measure: LedgerFile | ElapsedFile, elsewhere: Elsewhere, name: str, place: str) -> Quantity:
    """What is measured; whatever cannot be is told with the input's place."""
    try:
        return elsewhere.measured(measure)
    except AuthoredError:
        raise
    except ParaderoError as error:
        raise AuthoredError(f"{place}: `{name}` cannot be measured. {error}") from error


def formula_at(text: str, *, place: str) -> Node:
    """A formula; raises AuthoredError naming `place` where it cannot be read."""
    try:
        return parse_formula(text)
    except FormulaError as error:
        raise AuthoredError(f"{place}: {error}.") from error


def _unit_at(node: Node, units: Mapping[str, Unit], *, place: str) -> Unit:
    try:
        return unit_of(node, units)
    except FormulaError as error:
        raise AuthoredError(f"{place}: {error}.") from error


def _require(found: Unit, declared: Unit, name: str, place: str) -> None:
    if found != declared:
        raise AuthoredError(
            f"{place}: `{name}` is declared in {declared} and comes out in {found}. Correct the unit or the"
            " formula."
        )


def _result(
    declared: ResultFile, units: Mapping[str, Unit], assumptions: Mapping[str, Assumption], *, place: str
) -> Result:
    formula = formula_at(declared.formula, place=place)
    unit = unit_with_year(declared.unit, 0, what=declared.id, place=place)
    _require(_unit_at(formula, units, place=place), unit, declared.id, place)
    for each in (*declared.with_, *declared.without):
        if each not in assumptions:
            raise AuthoredError(
                f"{place}: `{each}` is not an assumption of this file. {choice_of(assumptions)}"
            )
    return Result(id=declared.id, file=declared, formula=formula, unit=unit, place=place)
