"""The balance of people: every count with the bounds that all statements and equations together allow, what
each bound rests on, and what cannot all be true.

Statements about one count that share a number bound it by what they share; where they do not, none is
preferred: the bounds span all of them, and the disagreement is told. Where the bounds of several counts
cannot all hold under the equations, every way of leaving out as few of them as possible is tried, and the
bounds span all of these ways.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from paradero.authored.evidence import Trust
from paradero.balance.balances import Asserted, Balance, Count, Equation
from paradero.balance.conflicts import (
    Clash,
    System,
    clashes,
    constraints,
    disagree,
    parts,
    spans_of,
    ways,
    widest,
)
from paradero.balance.constraints import Bound

Span = tuple[int | None, int | None]
Spans = dict[str, Span]

_NO_SPAN: Span = (None, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounded:
    """A count with its bounds: None is no bound. `is_disputed` where what is said of it shares no number."""

    count: Count
    lo: Bound
    hi: Bound
    is_disputed: bool

    @property
    def span(self) -> tuple[int | None, int | None]:
        return self.lo.value, self.hi.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Balanced:
    """All counts bounded, and everything that cannot all be true."""

    counts: Mapping[str, Bounded]
    clashes: tuple[Clash, ...]
    statements: Mapping[str, Asserted]
    equations: Mapping[str, Equation]
    n_ways: int
    left_out_at_once: bool

    def rests_on(self, bound: Bound) -> tuple[tuple[Asserted, ...], tuple[Equation, ...]]:
        """The statements and equations of a bound; a disputed count stands for all that is said of it."""
        statements: dict[str, Asserted] = {}
        for name in bound.rests_on:
            if name in self.statements:
                statements[name] = self.statements[name]
            elif name not in self.equations:
                statements.update((each.id, each) for each in self.statements.values() if each.count == name)
        return tuple(statements.values()), tuple(
            self.equations[name] for name in bound.rests_on if name in self.equations
        )


def balance_of(balances: Sequence[Balance], trust: Trust | None = None) -> Balanced:
    """Put all balances together as one system; statements that are not believed are left out."""
    system = _system(balances, trust or Trust())
    lo_of, hi_of = dict[str, Bound](), dict[str, Bound]()
    met: list[tuple[str, ...]] = []
    n_ways, at_once = 1, False
    for part in parts(system):
        settled = ways(part)
        for name, (lo, hi) in widest(part, settled.ways).items():
            lo_of[name], hi_of[name] = lo, hi
        met += settled.met
        n_ways, at_once = n_ways * len(settled.ways), at_once or settled.at_once
    bounded = {
        count.id: Bounded(
            count=count, lo=lo_of[count.id], hi=hi_of[count.id], is_disputed=count.id in system.disputed
        )
        for count in system.counts
    }
    met += [
        (*each.lo.rests_on, *each.hi.rests_on) for each in bounded.values() if leaves_no_whole_number(each)
    ]
    return Balanced(
        counts=bounded,
        clashes=clashes(system, met),
        statements={each.id: each for said in system.kept.values() for each in said},
        equations=system.equations,
        n_ways=n_ways,
        left_out_at_once=at_once,
    )


class Kept(msgspec.Struct, frozen=True):
    """What of a balance takes time to work out, so that it can be kept: the bounds of each count, and the
    statements and equations of each clash, by id.
    """

    bounds: dict[str, tuple[KeptBound, KeptBound]]
    clashes: list[tuple[list[str], list[str]]]
    n_ways: int
    left_out_at_once: bool


class KeptBound(msgspec.Struct, frozen=True, array_like=True):
    """A bound as it is kept."""

    value: int | None
    rests_on: list[str]
    is_rounded: bool


def kept_of(balanced: Balanced) -> Kept:
    """What is to be kept of a balance."""
    return Kept(
        bounds={name: (_kept_bound(each.lo), _kept_bound(each.hi)) for name, each in balanced.counts.items()},
        clashes=[
            ([each.id for each in clash.statements], [each.id for each in clash.equations])
            for clash in balanced.clashes
        ],
        n_ways=balanced.n_ways,
        left_out_at_once=balanced.left_out_at_once,
    )


def _kept_bound(bound: Bound) -> KeptBound:
    return KeptBound(bound.value, list(bound.rests_on), bound.is_rounded)


def restored(balances: Sequence[Balance], trust: Trust, kept: Kept) -> Balanced:
    """The balance that something was kept of: the same as `balance_of` gives for the same balances."""
    system = _system(balances, trust)
    statements = {each.id: each for said in system.kept.values() for each in said}
    bounds = {
        name: [Bound(each.value, tuple(each.rests_on), each.is_rounded) for each in sides]
        for name, sides in kept.bounds.items()
    }
    return Balanced(
        counts={
            count.id: Bounded(
                count=count,
                lo=bounds[count.id][0],
                hi=bounds[count.id][1],
                is_disputed=count.id in system.disputed,
            )
            for count in system.counts
        },
        clashes=tuple(
            Clash(
                statements=tuple(statements[name] for name in said),
                equations=tuple(system.equations[name] for name in equations),
            )
            for said, equations in kept.clashes
        ),
        statements=statements,
        equations=system.equations,
        n_ways=kept.n_ways,
        left_out_at_once=kept.left_out_at_once,
    )


def spans_without(
    balances: Sequence[Balance], source: str, trust: Trust | None = None
) -> dict[str, tuple[int | None, int | None]]:
    """The bounds of every count as if a source had said nothing."""
    return spans_without_all(balances, {source}, trust)


def spans_without_all(
    balances: Sequence[Balance],
    sources: Collection[str],
    trust: Trust | None = None,
    *,
    unsaid: str | None = None,
    of: str | None = None,
) -> dict[str, tuple[int | None, int | None]]:
    """The bounds of every count, or of the count `of` alone, as if several sources had said nothing, and
    nobody anything of the count `unsaid`.
    """
    believed = trust or Trust()
    system = _system(
        balances, Trust(evidence=believed.evidence, without=(*believed.without, *sorted(sources))), unsaid
    )
    found = {}
    for part in parts(system):
        wanted = part.names if of is None else tuple(name for name in part.names if name == of)
        spans = [spans_of(part.names, part.without(way), wanted) for way in ways(part).ways] if wanted else []
        found.update({name: _span([each[name] for each in spans]) for name in wanted})
    return found


def _span(spans: Sequence[tuple[int | None, int | None]]) -> tuple[int | None, int | None]:
    los, his = [lo for lo, _ in spans if lo is not None], [hi for _, hi in spans if hi is not None]
    return min(los) if len(los) == len(spans) else None, max(his) if len(his) == len(spans) else None


def _system(balances: Sequence[Balance], believed: Trust, unsaid: str | None = None) -> System:
    counts = tuple(count for balance in balances for count in balance.counts)
    kept = {
        count.id: tuple(
            each
            for each in count.asserted
            if count.id != unsaid and believed.keeps(each.said.by, each.said.evidence)
        )
        for count in counts
    }
    equations = {
        each.id: each
        for balance in balances
        for each in balance.equations
        if each.file.by not in believed.without
    }
    disputed = frozenset(name for name, said in kept.items() if disagree(said))
    return System(
        counts=counts,
        kept=kept,
        equations=equations,
        disputed=disputed,
        constraints=tuple(constraints(kept, equations, disputed)),
    )


def leaves_no_whole_number(bounded: Bounded) -> bool:
    """Whether the bounds leave no whole number: the constraints have fractions as their only answer."""
    return (
        bounded.lo.value is not None and bounded.hi.value is not None and bounded.lo.value > bounded.hi.value
    )
