"""What costs come to: each result with bounds, the assumptions it stands on, and what moves it most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from paradero.authored.declared import AuthoredError
from paradero.model.formulas import FormulaError, Node
from paradero.model.ranges import bounded, end_or_none, range_of, value_at
from paradero.money.amounts import Quantity
from paradero.money.costs import Assumption, Cost, Origin, Result


@dataclass(frozen=True, slots=True, kw_only=True)
class Mover:
    """What a result does when one input goes from its lower to its upper bound, or one assumption is
    switched; `swing` in the result's unit, None where open.
    """

    name: str
    is_assumption: bool
    lo: Fraction | None
    hi: Fraction | None
    swing: Fraction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Costed:
    """A result computed: None is no bound, or no likeliest value. `switches` are the assumptions that can
    touch it, and whether they are on.
    """

    cost: Cost
    result: Result
    formula: Node
    lo: Fraction | None
    mode: Fraction | None
    hi: Fraction | None
    is_exact: bool
    quantities: tuple[Quantity, ...]
    switches: Mapping[str, bool]
    movers: tuple[Mover, ...]


def costed(cost: Cost, result: Result, *, on: Sequence[str] = (), off: Sequence[str] = ()) -> Costed:
    """Compute one result with assumptions switched as asked; what is asked for displaces other assumptions
    that set the same input.

    Raises AuthoredError where two assumptions asked for set one input, inputs define each other in a circle,
    or a divisor can be zero.
    """
    asked_on, asked_off = (
        [each for each in on if each in cost.assumptions],
        [each for each in off if each in cost.assumptions],
    )
    active = _active(cost, result, asked_on, asked_off)
    formula, quantities = _resolved(cost, result, active)
    lo, mode, hi, is_exact = _computed(result, formula, quantities)
    touching = _touching(cost, result)
    movers = [
        *_inputs_that_move(result, formula, quantities),
        *_assumptions_that_move(cost, result, active, touching, mode),
    ]
    return Costed(
        cost=cost,
        result=result,
        formula=formula,
        lo=lo,
        mode=mode,
        hi=hi,
        is_exact=is_exact,
        quantities=tuple(quantities.values()),
        switches={name: name in active for name in touching},
        movers=tuple(sorted(movers, key=lambda each: (each.swing is None, -(each.swing or 0), each.name))),
    )


def _fitting(cost: Cost, name: str, on: Sequence[str]) -> list[str]:
    """The assumption and those beside it that set other inputs."""
    return [
        name,
        *(each for each in on if not set(cost.assumptions[each].sets) & set(cost.assumptions[name].sets)),
    ]


def _active(cost: Cost, result: Result, asked_on: Sequence[str], asked_off: Sequence[str]) -> list[str]:
    both = sorted(set(asked_on) & set(asked_off))
    if both:
        raise AuthoredError(
            f"{cost.place}: the assumption `{both[0]}` is asked for both on and off. Leave one."
        )
    asked = [cost.assumptions[each] for each in asked_on]
    _refuse_two(cost, asked)
    standing = [
        each
        for each in cost.assumptions.values()
        if each.id not in asked_off
        and each not in asked
        and (each.id in result.file.with_ or (each.file.on and each.id not in result.file.without))
        and not any(set(each.sets) & set(other.sets) for other in asked)
    ]
    own = [each for each in standing if each.id in result.file.with_]
    standing = [
        each for each in standing if each in own or not any(set(each.sets) & set(other.sets) for other in own)
    ]
    _refuse_two(cost, standing)
    names = {each.id for each in (*asked, *standing)}
    return [name for name in cost.assumptions if name in names]


def _refuse_two(cost: Cost, assumptions: Sequence[Assumption]) -> None:
    seen: dict[str, str] = {}
    for each in assumptions:
        for name in each.sets:
            if name in seen:
                raise AuthoredError(
                    f"{cost.place}: two assumptions that are on set `{name}`: `{seen[name]}` and"
                    f" `{each.id}`. Switch one off."
                )
            seen[name] = each.id


def _origin_of(cost: Cost, name: str, active: Sequence[str]) -> Origin:
    return next(
        (cost.assumptions[each].sets[name] for each in active if name in cost.assumptions[each].sets),
        cost.inputs[name],
    )


def _resolved(cost: Cost, result: Result, active: Sequence[str]) -> tuple[Node, dict[str, Quantity]]:
    """The formula with every derived input put in its place, over quantities by their symbols: one symbol
    stays one number.
    """
    quantities: dict[str, Quantity] = {}

    def put(node: Node, inside: tuple[str, ...]) -> Node:
        if node.op != "name":
            return Node(node.op, tuple(put(part, inside) for part in node.parts), node.number, node.name)
        if node.name in inside:
            raise AuthoredError(
                f"{cost.place}: inputs define each other in a circle: {' > '.join((*inside, node.name))}."
                " Take one of them out of the circle."
            )
        origin = _origin_of(cost, node.name, active)
        if origin.quantity is not None:
            if quantities.setdefault(origin.quantity.symbol, origin.quantity) != origin.quantity:
                raise AuthoredError(
                    f"{cost.place}: two different numbers are named `{origin.quantity.symbol}`. Give one of"
                    " them another id."
                )
            return Node("name", name=origin.quantity.symbol)
        assert origin.formula is not None  # noqa: S101 (an origin is one or the other)
        return put(origin.formula, (*inside, node.name))

    return put(result.formula, ()), quantities


def _computed(
    result: Result, formula: Node, quantities: Mapping[str, Quantity]
) -> tuple[Fraction | None, Fraction | None, Fraction | None, bool]:
    box = {symbol: bounded(each.lo, each.hi) for symbol, each in quantities.items()}
    try:
        found = range_of(formula, box)
        modes = {symbol: each.mode for symbol, each in quantities.items() if each.mode is not None}
        mode = value_at(formula, modes) if len(modes) == len(quantities) else None
    except FormulaError as error:
        raise AuthoredError(f"{result.place}: {error}.") from error
    return end_or_none(found.interval.lo), mode, end_or_none(found.interval.hi), found.is_exact


def _touching(cost: Cost, result: Result) -> list[str]:
    """The assumptions that set an input which the result can come to use, whichever of them are on."""
    reached, waiting = set[str](), list(result.formula.names())
    while waiting:
        name = waiting.pop()
        if name in reached:
            continue
        reached.add(name)
        origins = [
            cost.inputs[name],
            *(each.sets[name] for each in cost.assumptions.values() if name in each.sets),
        ]
        waiting += [
            other for origin in origins if origin.formula is not None for other in origin.formula.names()
        ]
    return [name for name, each in cost.assumptions.items() if reached & set(each.sets)]


def _inputs_that_move(result: Result, formula: Node, quantities: Mapping[str, Quantity]) -> list[Mover]:
    """For each input that is not one number: the result at its two bounds, the other inputs at their
    likeliest or, where none is, in the middle.
    """
    found = []
    middles = {symbol: _middle(each) for symbol, each in quantities.items()}
    for symbol, one in quantities.items():
        if one.lo is not None and one.lo == one.hi:
            continue
        others = {name: middle for name, middle in middles.items() if name != symbol and middle is not None}
        if one.lo is None or one.hi is None or len(others) < len(quantities) - 1:
            found.append(Mover(name=symbol, is_assumption=False, lo=None, hi=None, swing=None))
            continue
        try:
            ends = sorted(
                (value_at(formula, {**others, symbol: one.lo}), value_at(formula, {**others, symbol: one.hi}))
            )
        except FormulaError as error:
            raise AuthoredError(f"{result.place}: {error}.") from error
        found.append(Mover(name=symbol, is_assumption=False, lo=ends[0], hi=ends[1], swing=ends[1] - ends[0]))
    return found


def _middle(one: Quantity) -> Fraction | None:
    if one.mode is not None:
        return one.mode
    return None if one.lo is None or one.hi is None else (one.lo + one.hi) / 2


def _assumptions_that_move(
    cost: Cost, result: Result, active: Sequence[str], touching: Sequence[str], mode: Fraction | None
) -> list[Mover]:
    """For each assumption: the bounds of the result when it is switched, the others staying as they are; the
    swing is of the likeliest value.
    """
    found = []
    for name in touching:
        if name in active:
            others = [each for each in active if each != name]
        else:
            fitting = _fitting(cost, name, active)
            others = [each for each in cost.assumptions if each in fitting]
        formula, quantities = _resolved(cost, result, others)
        lo, other, hi, _ = _computed(result, formula, quantities)
        swing = None if other is None or mode is None else abs(other - mode)
        found.append(Mover(name=name, is_assumption=True, lo=lo, hi=hi, swing=swing))
    return found
