"""Counts that cannot all hold: every way of leaving out as few as possible, and what the rest then allows."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations
from math import inf

from paradero.balance.balances import Asserted, Count, Equation
from paradero.balance.constraints import Bound, Constraint, component

# Ways of leaving out that are tried, and that are spanned; beyond either, everything that conflicts is left
# out at once, which is wider.
_MOST_TRIED = 200


_MOST_WAYS = 50


Sides = tuple[Bound, Bound]


@functools.lru_cache(maxsize=10_000)
def _conflict_in(
    names: tuple[str, ...], constraints: tuple[Constraint, ...], holding: str | None = None
) -> tuple[str, ...]:
    """A minimal conflict, found once: what one source says leaves most parts of a balance as they were."""
    from paradero.balance.linear import (
        conflict_in,
    )  # linear programs take half a second to load, and kept balances need none

    return conflict_in(names, constraints, holding=holding)


@functools.lru_cache(maxsize=10_000)
def spans_of(
    names: tuple[str, ...], constraints: tuple[Constraint, ...], wanted: tuple[str, ...]
) -> Mapping[str, tuple[int | None, int | None]]:
    """The whole numbers that each wanted count can take under all constraints, found once."""
    from paradero.balance.linear import spans_of

    return spans_of(names, constraints, wanted)


def _bounds_of(
    names: Sequence[str], constraints: Sequence[Constraint], wanted: Sequence[str]
) -> dict[str, Sides]:
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
class System:
    """What is believed, as constraints: `disputed` counts have one constraint that spans all that is said of
    them.
    """

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


def disagree(said: Sequence[Asserted]) -> bool:
    """Whether statements about one count name ranges that share no number."""
    return any(not one.meets(other) for one, other in combinations(said, 2))


def constraints(
    kept: Mapping[str, Sequence[Asserted]], equations: Mapping[str, Equation], disputed: frozenset[str]
) -> list[Constraint]:
    """Statements and equations as linear constraints; of a disputed count the span of all that is said."""
    found: list[Constraint] = []
    for name, said in kept.items():
        if name in disputed:
            los, his = [each.lo for each in said], [each.hi for each in said]
            lo = None if None in los else min(each for each in los if each is not None)
            hi = None if None in his else max(each for each in his if each is not None)
            found.append(_of_count(name, name, lo, hi))
        else:
            found += [_of_count(each.id, name, each.lo, each.hi) for each in said]
    return [
        *found,
        *(
            Constraint(id=each.id, factors=each.factors, lo=each.lo, hi=each.hi)
            for each in equations.values()
        ),
    ]


def _of_count(name: str, count: str, lo: int | None, hi: int | None) -> Constraint:
    return Constraint(
        id=name,
        factors=((count, Fraction(1)),),
        lo=None if lo is None else Fraction(lo),
        hi=None if hi is None else Fraction(hi),
    )


def parts(system: System) -> list[System]:
    """The counts that equations tie together, each part a system of its own: a conflict in one has no bearing
    on another.
    """
    parts: list[System] = []
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
    """The ways of leaving out, the conflicts met, and whether all that conflicts was left out at once, there
    being too many ways.
    """

    ways: list[frozenset[str]]
    met: list[tuple[str, ...]]
    at_once: bool


def ways(part: System) -> _Settled:
    """The ways of leaving out as few statements as possible: R. Reiter's tree of hitting sets (1987), level
    by level.

    Equations stay, unless a conflict is of nothing else.
    """
    met: dict[tuple[str, ...], None] = {}
    level: list[frozenset[str]] = [frozenset()]
    n_tried = 0
    while n_tried <= _MOST_TRIED and len(level) <= _MOST_TRIED:
        ways, below = [], dict[frozenset[str], None]()
        for way in level:
            n_tried += 1
            found = next((each for each in met if not way & set(each)), None) or _conflict_in(
                part.names, part.without(way)
            )
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


def _leavable(part: System, conflict: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in conflict if name not in part.equations) or conflict


def widest(system: System, ways: Sequence[frozenset[str]]) -> dict[str, Sides]:
    """The bounds that hold under every way: the lowest below and the highest above, none where one way has
    none, each with what it rests on in that way.
    """
    names = system.names
    spans = (
        [spans_of(names, system.without(way), names) for way in ways]
        if len(ways) > 1
        else [dict.fromkeys(names, (None, None))]
    )
    lowest = {name: min(range(len(spans)), key=lambda way: spans[way][name][0] or 0) for name in names}
    highest = {
        name: max(range(len(spans)), key=lambda way: inf if (hi := spans[way][name][1]) is None else hi)
        for name in names
    }
    lo_of, hi_of = dict[str, Bound](), dict[str, Bound]()
    for number, way in enumerate(ways):
        wanted = [name for name in names if number in (lowest[name], highest[name])]
        for name, (lo, hi) in _bounds_of(names, system.without(way), wanted).items():
            if lowest[name] == number:
                lo_of[name] = lo
            if highest[name] == number:
                hi_of[name] = hi
    return {name: (lo_of[name], hi_of[name]) for name in names}


def clashes(system: System, met: Sequence[tuple[str, ...]]) -> tuple[Clash, ...]:
    """Pairs that disagree on one count; what the sums say of each side of a disagreement; and what disagrees
    across counts though each count is agreed.
    """
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
    agreed = system.without(
        system.disputed | {name for members in met for name in members if name not in system.equations}
    )
    for name in (each for each in system.kept if each in system.disputed):
        for one in system.kept[name]:
            members = _conflict_in(system.names, (*agreed, _of_count(one.id, name, one.lo, one.hi)), one.id)
            if members:
                add(members)
    for each in met:
        add(each)
    return tuple(found.values())
