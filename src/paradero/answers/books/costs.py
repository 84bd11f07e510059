"""Results of costs as values: what each comes to, what it rests on, and what moves it."""

from __future__ import annotations

from typing import Literal

from paradero.answers.books.citations import Citation, CitedQuantity, citation, cited_quantity, plain
from paradero.authored.evidence import Evidence
from paradero.model.answer import Answer
from paradero.money.costing import Costed, Mover


class IfSwitched(Answer, frozen=True, kw_only=True):
    """The bounds of a result with one assumption switched."""

    lo: int | float | None
    hi: int | float | None


class CostAssumption(Answer, frozen=True, kw_only=True):
    """An assumption that can touch a result: whether it is on, the inputs it sets, who makes it, and what the
    result is with it switched.
    """

    id: str
    says: str
    says_es: str
    on: bool
    by_default: bool
    sets: list[str]
    if_switched: IfSwitched
    by: str
    evidence: Evidence
    dated: str
    seen: list[str]
    fact: str
    note: str


class CostMover(Answer, frozen=True, kw_only=True):
    """What a result does when an input goes from its lower to its upper bound, or an assumption is switched;
    `swing` in the result's unit, None where a bound is open.
    """

    name: str
    kind: Literal["assumption", "input"]
    lo: int | float | None
    hi: int | float | None
    swing: int | float | None


class CostResult(Answer, frozen=True, kw_only=True):
    """What a cost comes to in `unit`: `lo`, `hi` and the likeliest value `mode` (None: nobody states one).

    `bounds` are `exact` where both can be reached, `outer` where they may be wider than needed. `over` is the
    formula over its inputs, under the assumptions that are on; `prices_of` are the years of its prices.
    """

    id: str
    cost: str
    what: str
    what_es: str
    lo: int | float | None
    mode: int | float | None
    hi: int | float | None
    unit: str
    is_estimate: bool
    prices_of: list[int]
    bounds: Literal["exact", "outer"]
    formula: str
    over: str
    assumptions: list[CostAssumption]
    inputs: list[CitedQuantity]
    sensitivity: list[CostMover]
    matters_most: str | None
    citations: list[Citation]
    fact: str
    note: str

    @property
    def assumed(self) -> list[str]:
        """The assumptions that are on."""
        return [each.id for each in self.assumptions if each.on]


def cost_result(one: Costed) -> CostResult:
    """A result with its bounds, its formula, every input with who says it, every assumption and its switch,
    and what moves it most.
    """
    file = one.result.file
    return CostResult(
        id=one.result.id,
        cost=one.cost.id,
        what=file.what,
        what_es=file.what_es,
        lo=plain(one.lo),
        mode=plain(one.mode),
        hi=plain(one.hi),
        unit=str(one.result.unit),
        is_estimate=file.estimate,
        prices_of=sorted({each.prices_of for each in one.quantities if each.prices_of is not None}),
        bounds="exact" if one.is_exact else "outer",
        formula=file.formula,
        over=str(one.formula),
        assumptions=[_assumption(one, name, is_on) for name, is_on in one.switches.items()],
        inputs=[cited_quantity(each) for each in one.quantities],
        sensitivity=[_mover(each) for each in one.movers],
        matters_most=next((each.name for each in one.movers if each.swing), None),
        citations=_citations(one),
        fact=file.fact,
        note=file.note,
    )


def _assumption(one: Costed, name: str, is_on: bool) -> CostAssumption:
    file = one.cost.assumptions[name].file
    mover = next(each for each in one.movers if each.is_assumption and each.name == name)
    return CostAssumption(
        id=name,
        says=file.says,
        says_es=file.says_es,
        on=is_on,
        by_default=file.on,
        sets=[each.input for each in file.sets],
        if_switched=IfSwitched(lo=plain(mover.lo), hi=plain(mover.hi)),
        **file.cited(),
    )


def _mover(one: Mover) -> CostMover:
    return CostMover(
        name=one.name,
        kind="assumption" if one.is_assumption else "input",
        lo=plain(one.lo),
        hi=plain(one.hi),
        swing=plain(one.swing),
    )


def _citations(one: Costed) -> list[Citation]:
    said = [each for quantity in one.quantities for each in quantity.said]
    said += [one.cost.assumptions[name].file for name, is_on in one.switches.items() if is_on]
    found: list[Citation] = []
    for cited in map(citation, said):
        if cited not in found:
            found.append(cited)
    return found
