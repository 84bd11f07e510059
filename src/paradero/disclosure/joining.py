"""The unknowns of a population: of all its columns at once, or of groups that are counted together."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence

from paradero.disclosure.cells import Condition, Region, State
from paradero.disclosure.held.cliques import tree_of
from paradero.disclosure.unknowns.equations import Equation, Unknowns
from paradero.disclosure.unknowns.parts import Parts


def unknowns_of(states: Sequence[State], *, growing: bool) -> Unknowns:
    """The unknowns of one population in all its states, in the order in which they were published. Raises
    NotChecked where what follows from the cells cannot be written down, or is too much.
    """
    if not all(one.parts for state in states for one in state.dimensions):
        return Parts(states).made(growing=growing)  # people of several places do not part along columns
    return _joined(states, growing=growing)


def _joined(states: Sequence[State], *, growing: bool) -> Unknowns:
    """The unknowns of every group of columns, and equal sums of what groups share."""
    regions = list(dict.fromkeys(fact.region for state in states for fact in state.facts))
    branches = tree_of(_columns(region) for region in regions)
    alike = Parts(states).alike()
    shared = [
        [
            tuple(
                Condition(column, tuple(block))
                for column, block in zip(sorted(one.shared), blocks, strict=True)
            )
            for blocks in itertools.product(*(alike.get(column, []) for column in sorted(one.shared)))
        ]
        for one in branches
    ]
    more = [
        [
            *shared[place],
            *(region for at, one in enumerate(branches) if one.on == place for region in shared[at]),
            *(region for region in regions if _columns(region) <= branch.columns),
        ]
        for place, branch in enumerate(branches)
    ]
    found = Unknowns()
    taken: set[tuple[int, int]] = set()
    makings: list[tuple[Parts, int]] = []
    for group, (branch, told_apart) in enumerate(zip(branches, more, strict=True)):
        places = [
            [
                place
                for place, fact in enumerate(state.facts)
                if (at, place) not in taken and _columns(fact.region) <= branch.columns
            ]
            for at, state in enumerate(states)
        ]
        taken.update((at, place) for at, of in enumerate(places) for place in of)
        own = [
            State(
                dimensions=tuple(one for one in state.dimensions if one.column in branch.columns),
                facts=tuple(state.facts[place] for place in of),
            )
            for state, of in zip(states, places, strict=True)
        ]
        making = Parts(own, told_apart)
        makings.append((making, found.n))
        _add(found, making.made(growing=growing), places)
        found.sums |= {
            (at, place, group): tuple(number + makings[-1][1] for number in making.sum_of(at, fact.region))
            for at, state in enumerate(states)
            for place, fact in enumerate(state.facts)
            if _columns(fact.region) <= branch.columns
        }
    for place, branch in enumerate(branches):
        if branch.on is not None:
            found.equations += _equal(makings[place], makings[branch.on], shared[place], len(states))
    return found


def _add(found: Unknowns, made: Unknowns, places: Sequence[Sequence[int]]) -> None:
    """Add the unknowns of a group, which number their cells by themselves, to those of all."""

    def moved(numbers: Iterable[int]) -> tuple[int, ...]:
        return tuple(number + found.n for number in numbers)

    for one in made.equations:
        fact = (one.fact[0], places[one.fact[0]][one.fact[1]]) if one.fact else None
        found.equations.append(Equation(moved(one.plus), moved(one.minus), one.lo, one.hi, fact))
    found.n += made.n


def _equal(
    one: tuple[Parts, int], other: tuple[Parts, int], regions: Sequence[Region], n_states: int
) -> Iterator[Equation]:
    """What two groups share has one count in every state."""
    for at in range(n_states):
        for region in regions:
            plus, minus = (
                tuple(number + first for number in making.sum_of(at, region))
                for making, first in (one, other)
            )
            if plus or minus:
                yield Equation(plus, minus, 0, 0)


def _columns(region: Region) -> frozenset[str]:
    return frozenset(one.column for one in region)
