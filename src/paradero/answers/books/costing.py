"""Cost a casefile: its agreements and its counts of people, put into the formulas of its costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from paradero.answers.books.balancing import trust_of
from paradero.answers.books.books import agreements_of, balances_of, costs_of, indices_of
from paradero.answers.books.solved import Solved
from paradero.authored.attribution import Attributed
from paradero.authored.evidence import Trust
from paradero.balance.balancing import Bounded
from paradero.casefile.folder import Casefile
from paradero.model.errors import CasefileError, UnknownName
from paradero.model.naming import unknown
from paradero.model.units import parse_unit
from paradero.money.agreements import Agreement
from paradero.money.amounts import Quantity
from paradero.money.costing import Costed, costed
from paradero.money.costs import Cost
from paradero.money.indices import Index, in_prices_of


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCosts:
    """The costs of a casefile."""

    agreements: tuple[Agreement, ...]
    costs: tuple[Cost, ...]
    costed: tuple[Costed, ...]


def costed_case(
    case: Casefile,
    *,
    on: Sequence[str] = (),
    off: Sequence[str] = (),
    trust: str | None = None,
    without: Sequence[str] = (),
    prices_of: int | None = None,
    index: str | None = None,
) -> CaseCosts:
    """Compute every result of the casefile with assumptions switched as asked; `trust` and `without` are of
    the counts of people.

    With `prices_of` every amount is put into the prices of that year by the index named, or by the only one
    there is. Raises CasefileError where there are no costs, AuthoredError for a mistake in a file,
    UnknownName for an assumption or index that no file has.
    """
    balances = balances_of(case)
    believed = trust_of(
        trust, without, {each.said.by for one in balances for count in one.counts for each in count.asserted}
    )
    agreements = agreements_of(case)
    solved = Solved(case, balances)
    costs = costs_of(case, agreements, counts_of(solved, believed))
    solved.save()
    if not costs:
        raise CasefileError(f"{case.root}: no costs in costs/. Write one: docs/how-to/write-a-cost.md.")
    if prices_of is not None:
        chosen = _index(indices_of(case), index)
        costs = tuple(in_prices_of(cost, chosen, prices_of) for cost in costs)
    known = [name for cost in costs for name in cost.assumptions]
    for each in (*on, *off):
        if each not in known:
            raise unknown("an assumption", each, known)
    return CaseCosts(
        agreements=agreements,
        costs=costs,
        costed=tuple(costed(cost, result, on=on, off=off) for cost in costs for result in cost.results),
    )


def _index(found: tuple[Index, ...], name: str | None) -> Index:
    chosen = [one for one in found if name in (None, one.id)]
    if len(chosen) == 1:
        return chosen[0]
    if not found:
        raise UnknownName(
            "`--prices-of` needs a price index, and indices/ is empty. See docs/how-to/write-a-cost.md."
        )
    if name is not None:
        raise unknown("a price index in indices/", name, [one.id for one in found])
    raise UnknownName(
        f"indices/ has {len(found)} price indices. Choose one with `--index`:"
        f" {', '.join(one.id for one in found)}."
    )


def counts_of(solved: Solved, trust: Trust | None = None) -> Mapping[str, Quantity]:
    """Every count of the balance as a quantity: likeliest only where there is one number."""
    if not solved.balances:
        return {}
    balanced = solved.balance(trust)
    found = {}
    for name, each in balanced.counts.items():
        said: dict[str, Attributed] = {}
        for bound in (each.lo, each.hi):
            said.update((one.id, one.said) for one in balanced.rests_on(bound)[0])
        found[name] = _quantity(name, each, tuple(said.values()))
    return found


def _quantity(name: str, each: Bounded, said: tuple[Attributed, ...]) -> Quantity:
    lo, hi = (None if value is None else Fraction(value) for value in each.span)
    mode = lo if lo is not None and lo == hi else None
    file = each.count.file
    return Quantity(
        symbol=name,
        what=file.what,
        what_es=file.what_es,
        lo=lo,
        mode=mode,
        hi=hi,
        unit=parse_unit(file.unit),
        prices_of=None,
        said=said,
    )
