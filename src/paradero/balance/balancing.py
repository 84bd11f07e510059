"""The balance of people: every count with the bounds that all statements and equations together allow, what each bound rests on, and what cannot all be true.

Statements about one count that share a number bound it by what they share; where they do not, none is preferred: the bounds span all of them, and the
disagreement is told. Where the bounds of several counts cannot all hold under the equations, every way of leaving out as few of them as possible is tried,
and the bounds span all of these ways.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations
from math import inf

import msgspec

from paradero.authored.evidence import Trust
from paradero.balance.balances import Asserted, Balance, Count, Equation
from paradero.balance.constraints import Bound, Constraint, component

# Ways of leaving out that are tried, and that are spanned; beyond either, everything that conflicts is left out at once, which is wider.
_MOST_TRIED, _MOST_WAYS = 200, 50

Sides = tuple[Bound, Bound]
Span = tuple[int | None, int | None]
Spans = dict[str, Span]

_NO_SPAN: Span = (None, None)


@functools.lru_cache(maxsize=10_000)
def _conflict_in(names: tuple[str, ...], constraints: tuple[Constraint, ...], holding: str | None = None) -> tuple[str, ...]:
    """A minimal conflict, found once: what one source says leaves most parts of a balance as they were."""
    from paradero.balance.linear import conflict_in  # linear programs take half a second to load, and kept balances need none

    return conflict_in(names, constraints, holding=holding)


@functools.lru_cache(maxsize=10_000)
def _spans_of(names: tuple[str, ...], constraints: tuple[Constraint, ...], wanted: tuple[str, ...]) -> Mapping[str, tuple[int | None, int | None]]:
    from paradero.balance.linear import spans_of

    return spans_of(names, constraints, wanted)


def _bounds_of(names: Sequence[str], constraints: Sequence[Constraint], wanted: Sequence[str]) -> dict[str, Sides]:
    from paradero.balance.linear import bounds_of

    return bounds_of(names, constraints, wanted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Statements and equations that cannot all be true; without any one of them the others can."""

    statements: tuple[Asserted, ...]
    equations: tuple[Equation, ...]

    @property
    def id(self) -> str:
        return " + ".join([*(each.id for each in self.statements), *(each.id for each in self.equations)])

    @property
    def counts(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(each.count for each in self.statements))

    @property
    def sources(self) -> tuple[str, ...]:
        """Who says something in it; whoever states an equation is not a source of numbers."""
        return tuple(dict.fromkeys(each.said.by for each in self.statements))


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
        return tuple(statements.values()), tuple(self.equations[name] for name in bound.rests_on if name in self.equations)


@dataclass(frozen=True, slots=True, kw_only=True)
class _System:
    """What is believed, as constraints: `disputed` counts have one constraint that spans all that is said of them."""

    counts: tuple[Count, ...]
    kept: Mapping[str, tuple[Asserted, ...]]
    equations: Mapping[str, Equation]
    disputed: frozenset[str]
    constraints: tuple[Constraint, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(count.id for count in self.counts)

    def without(self, way: frozenset[str]) -> tuple[Constraint, ...]:
        return tuple(each for each in self.constraints if each.id not in way)


def balance_of(balances: Sequence[Balance], trust: Trust | None = None) -> Balanced:
    """Put all balances together as one system; statements that are not believed are left out."""
    system = _system(balances, trust or Trust())
    lo_of, hi_of = dict[str, Bound](), dict[str, Bound]()
    met: list[tuple[str, ...]] = []
    n_ways, at_once = 1, False
    for part in _parts(system):
        settled = _ways(part)
        for name, (lo, hi) in _widest(part, settled.ways).items():
            lo_of[name], hi_of[name] = lo, hi
        met += settled.met
        n_ways, at_once = n_ways * len(settled.ways), at_once or settled.at_once
    bounded = {count.id: Bounded(count=count, lo=lo_of[count.id], hi=hi_of[count.id], is_disputed=count.id in system.disputed) for count in system.counts}
    met += [(*each.lo.rests_on, *each.hi.rests_on) for each in bounded.values() if leaves_no_whole_number(each)]
    return Balanced(
        counts=bounded,
        clashes=_clashes(system, met),
        statements={each.id: each for said in system.kept.values() for each in said},
        equations=system.equations,
        n_ways=n_ways,
        left_out_at_once=at_once,
    )


class Kept(msgspec.Struct, frozen=True):
    """What of a balance takes time to work out, so that it can be kept: the bounds of each count, and the statements and equations of each clash, by id."""

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
        clashes=[([each.id for each in clash.statements], [each.id for each in clash.equations]) for clash in balanced.clashes],
        n_ways=balanced.n_ways,
        left_out_at_once=balanced.left_out_at_once,
    )


def _kept_bound(bound: Bound) -> KeptBound:
    return KeptBound(bound.value, list(bound.rests_on), bound.is_rounded)


def restored(balances: Sequence[Balance], trust: Trust, kept: Kept) -> Balanced:
    """The balance that something was kept of: the same as `balance_of` gives for the same balances."""
    system = _system(balances, trust)
    statements = {each.id: each for said in system.kept.values() for each in said}
    bounds = {name: [Bound(each.value, tuple(each.rests_on), each.is_rounded) for each in sides] for name, sides in kept.bounds.items()}
    return Balanced(
        counts={
            count.id: Bounded(count=count, lo=bounds[count.id][0], hi=bounds[count.id][1], is_disputed=count.id in system.disputed) for count in system.counts
        },
        clashes=tuple(
            Clash(statements=tuple(statements[name] for name in said), equations=tuple(system.equations[name] for name in equations))
            for said, equations in kept.clashes
        ),
        statements=statements,
        equations=system.equations,
        n_ways=kept.n_ways,
        left_out_at_once=kept.left_out_at_once,
    )


def spans_without(balances: Sequence[Balance], source: str, trust: Trust | None = None) -> dict[str, tuple[int | None, int | None]]:
    """The bounds of every count as if a source had said nothing."""
    return spans_without_all(balances, {source}, trust)


def spans_without_all(
    balances: Sequence[Balance], sources: Collection[str], trust: Trust | None = None, *, unsaid: str | None = None, of: str | None = None
) -> dict[str, tuple[int | None, int | None]]:
    """The bounds of every count, or of the count `of` alone, as if several sources had said nothing, and nobody anything of the count `unsaid`."""
    believed = trust or Trust()
    system = _system(balances, Trust(evidence=believed.evidence, without=(*believed.without, *sorted(sources))), unsaid)
    found = {}
    for part in _parts(system):
        wanted = part.names if of is None else tuple(name for name in part.names if name == of)
        spans = [_spans_of(part.names, part.without(way), wanted) for way in _ways(part).ways] if wanted else []
        found.update({name: _span([each[name] for each in spans]) for name in wanted})
    return found


def _span(spans: Sequence[tuple[int | None, int | None]]) -> tuple[int | None, int | None]:
    los, his = [lo for lo, _ in spans if lo is not None], [hi for _, hi in spans if hi is not None]
    return min(los) if len(los) == len(spans) else None, max(his) if len(his) == len(spans) else None


def _system(balances: Sequence[Balance], believed: Trust, unsaid: str | None = None) -> _System:
    counts = tuple(count for balance in balances for count in balance.counts)
    kept = {
        count.id: tuple(each for each in count.asserted if count.id != unsaid and believed.keeps(each.said.by, each.said.evidence)) for count in counts
    }  # fmt: skip
    equations = {each.id: each for balance in balances for each in balance.equations if each.file.by not in believed.without}
    disputed = frozenset(name for name, said in kept.items() if _disagree(said))
    return _System(counts=counts, kept=kept, equations=equations, disputed=disputed, constraints=tuple(_constraints(kept, equations, disputed)))


def leaves_no_whole_number(bounded: Bounded) -> bool:
    """Whether the bounds leave no whole number: the constraints have fractions as their only answer."""
    return bounded.lo.value is not None and bounded.hi.value is not None and bounded.lo.value > bounded.hi.value


def _disagree(said: Sequence[Asserted]) -> bool:
    return any(not one.meets(other) for one, other in combinations(said, 2))


def _constraints(kept: Mapping[str, Sequence[Asserted]], equations: Mapping[str, Equation], disputed: frozenset[str]) -> list[Constraint]:
    found: list[Constraint] = []
    for name, said in kept.items():
        if name in disputed:
            los, his = [each.lo for each in said], [each.hi for each in said]
            lo = None if None in los else min(each for each in los if each is not None)
            hi = None if None in his else max(each for each in his if each is not None)
            found.append(_of_count(name, name, lo, hi))
        else:
            found += [_of_count(each.id, name, each.lo, each.hi) for each in said]
    return [*found, *(Constraint(id=each.id, factors=each.factors, lo=each.lo, hi=each.hi) for each in equations.values())]


def _of_count(name: str, count: str, lo: int | None, hi: int | None) -> Constraint:
    return Constraint(
        id=name, factors=((count, Fraction(1)),), lo=None if lo is None else Fraction(lo), hi=None if hi is None else Fraction(hi)
    )  # fmt: skip


def _parts(system: _System) -> list[_System]:
    """The counts that equations tie together, each part a system of its own: a conflict in one has no bearing on another."""
    parts: list[_System] = []
    placed = set[str]()
    for name in system.names:
        if name in placed:
            continue
        own = component(name, system.constraints)
        constraints = tuple(each for each in system.constraints if each.id in own)
        tied = {name, *(count for each in constraints for count, _ in each.factors)}
        placed |= tied
        counts = tuple(count for count in system.counts if count.id in tied)
        parts.append(replace(system, counts=counts, constraints=constraints))
    return parts


@dataclass(frozen=True, slots=True, kw_only=True)
class _Settled:
    """The ways of leaving out, the conflicts met, and whether all that conflicts was left out at once, there being too many ways."""

    ways: list[frozenset[str]]
    met: list[tuple[str, ...]]
    at_once: bool


def _ways(part: _System) -> _Settled:
    """The ways of leaving out as few statements as possible: R. Reiter's tree of hitting sets (1987), level by level.

    Equations stay, unless a conflict is of nothing else.
    """
    met: dict[tuple[str, ...], None] = {}
    level: list[frozenset[str]] = [frozenset()]
    n_tried = 0
    while n_tried <= _MOST_TRIED and len(level) <= _MOST_TRIED:
        ways, below = [], dict[frozenset[str], None]()
        for way in level:
            n_tried += 1
            found = next((each for each in met if not way & set(each)), None) or _conflict_in(part.names, part.without(way))
            if not found:
                ways.append(way)
                continue
            met.setdefault(found)
            below |= {way | {name}: None for name in _leavable(part, found)}
        if 0 < len(ways) <= _MOST_WAYS:
            return _Settled(ways=ways, met=list(met), at_once=False)
        if ways:
            break
        level = list(below)
    everything = frozenset(name for found in met for name in _leavable(part, found))
    while found := _conflict_in(part.names, part.without(everything)):
        met.setdefault(found)
        everything |= frozenset(_leavable(part, found))
    return _Settled(ways=[everything], met=list(met), at_once=True)


def _leavable(part: _System, conflict: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in conflict if name not in part.equations) or conflict


def _widest(system: _System, ways: Sequence[frozenset[str]]) -> dict[str, Sides]:
    """The bounds that hold under every way: the lowest below and the highest above, none where one way has none, each with what it rests on in that way."""
    names = system.names
    spans = [_spans_of(names, system.without(way), names) for way in ways] if len(ways) > 1 else [dict.fromkeys(names, _NO_SPAN)]
    lowest = {name: min(range(len(spans)), key=lambda way: spans[way][name][0] or 0) for name in names}
    highest = {name: max(range(len(spans)), key=lambda way: inf if (hi := spans[way][name][1]) is None else hi) for name in names}
    lo_of, hi_of = dict[str, Bound](), dict[str, Bound]()
    for number, way in enumerate(ways):
        wanted = [name for name in names if number in (lowest[name], highest[name])]
        for name, (lo, hi) in _bounds_of(names, system.without(way), wanted).items():
            if lowest[name] == number:
                lo_of[name] = lo
            if highest[name] == number:
                hi_of[name] = hi
    return {name: (lo_of[name], hi_of[name]) for name in names}


def _clashes(system: _System, met: Sequence[tuple[str, ...]]) -> tuple[Clash, ...]:
    """Pairs that disagree on one count; what the sums say of each side of a disagreement; and what disagrees across counts though each count is agreed."""
    found: dict[frozenset[str], Clash] = {}

    def add(members: Sequence[str]) -> None:
        statements = [each for said in system.kept.values() for each in said if each.id in members]
        statements += [each for name in members if name in system.disputed for each in system.kept[name]]
        equations = [system.equations[name] for name in dict.fromkeys(members) if name in system.equations]
        found.setdefault(frozenset(members), Clash(statements=tuple(statements), equations=tuple(equations)))

    for said in system.kept.values():
        for one, other in combinations(said, 2):
            if not one.meets(other):
                add([one.id, other.id])
    agreed = system.without(system.disputed | {name for members in met for name in members if name not in system.equations})
    for name in (each for each in system.kept if each in system.disputed):
        for one in system.kept[name]:
            members = _conflict_in(system.names, (*agreed, _of_count(one.id, name, one.lo, one.hi)), one.id)
            if members:
                add(members)
    for each in met:
        add(each)
    return tuple(found.values())
