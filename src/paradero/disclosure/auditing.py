"""The audit: whether every count that readers may be after stays open, whatever they work out from all that
was ever published of a population.

Held open are: every published cell, shown or withheld; the difference of every two cells of which one lies
within the other; what is left of a cell when all that is shown within it is taken away; and the change of a
cell from one state of the casefile to the next.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from paradero.disclosure.cells import Fact, Region, State, in_words
from paradero.disclosure.joining import unknowns_of
from paradero.disclosure.unknowns.equations import Equation, NotChecked, Unknowns
from paradero.disclosure.worlds import Impossible, Worlds

MOST_TIED = 6_000  # unknowns that depend on each other
MOST_SECONDS = 600
_ABOVE = 60  # how far above all that is published a count may lie in a world; more would change nothing

_SCATTERED = 6  # digits

_Sum = tuple[int, int, int]  # the places of a state and of a cell in it, and the group of columns
Aim = tuple[tuple[int, int], ...]  # unknown, factor


@dataclass(frozen=True, slots=True)
class Breach:
    """A count that can be worked out too closely: which, between what bounds, and in which component."""

    what: str
    lo: int
    hi: int
    aim: Aim
    component: int


@dataclass(slots=True)
class _Component:
    """Unknowns that depend on each other: their numbers, the aims over them, and the worlds of them."""

    unknowns: tuple[int, ...]
    worlds: Worlds
    aims: dict[Aim, str] = field(default_factory=dict)
    places: dict[tuple[int, int], int] = field(default_factory=dict)


class Audit:
    """The audit of one population in all its states; `open_by` is how far apart the bounds of every count
    have to be. Raises NotChecked where it cannot be made.
    """

    def __init__(self, states: Sequence[State], *, open_by: int) -> None:
        self.states = states
        self.open_by = open_by
        self.until = time.monotonic() + MOST_SECONDS
        try:
            self._begin(growing=True)
        except Impossible:
            # somebody was taken out of the records, and a reader who thinks otherwise finds that it cannot be
            try:
                self._begin(growing=False)
            except Impossible:
                raise NotChecked(
                    "What this casefile has published of these people cannot all be true. Restore"
                    " `published/` from"
                    " a copy."
                ) from None

    def breaches(self, components: Iterable[int] | None = None) -> list[Breach]:
        """Every count of these components, or of all, that is not open enough."""
        chosen = range(len(self.components)) if components is None else components
        return [breach for number in chosen for breach in self._breaches(number)]

    def tied(self, component: int) -> list[tuple[int, int]]:
        """The published cells in a component, by the places of state and cell."""
        return list(self.components[component].places)

    def relax(self, component: int, fact: tuple[int, int], lo: int, hi: int | None) -> None:
        """Let the readers know less of a cell."""
        of = self.components[component]
        of.worlds.relax(of.places[fact], lo, hi)

    def width(self, breach: Breach) -> int:
        """How far apart the bounds of the count of a breach are now, at most `open_by`."""
        of = self.components[breach.component]
        lo, hi = self._span(of, breach.aim)
        return min(hi - lo, self.open_by)

    def _begin(self, *, growing: bool) -> None:
        unknowns = unknowns_of(self.states, growing=growing)
        self.components = list(_components(unknowns))
        home = {unknown: number for number, of in enumerate(self.components) for unknown in of.unknowns}
        place = {unknown: at for of in self.components for at, unknown in enumerate(of.unknowns)}
        for what, aim in self._aims(unknowns, growing=growing):
            homes = {home[unknown] for unknown, _ in aim}
            if len(homes) == 1:  # over several, the bounds of one of them alone are as far apart
                local = tuple(sorted((place[unknown], factor) for unknown, factor in aim))
                self.components[homes.pop()].aims.setdefault(local, what)
        for of in self.components:
            for sign in (1, -1):  # raises Impossible where no world fits
                of.worlds.extreme(dict.fromkeys(range(of.worlds.n), sign))
            if of.worlds.n > 1:
                _scatter(of)

    def _aims(self, unknowns: Unknowns, *, growing: bool) -> Iterator[tuple[str, Aim]]:
        sums = {key: frozenset(numbers) for key, numbers in unknowns.sums.items()}
        for key, numbers in sums.items():
            yield self._named(key), _aim(numbers)
        yield from self._differences(sums)
        if growing:
            yield from self._changes(sums)

    def _differences(self, sums: Mapping[_Sum, frozenset[int]]) -> Iterator[tuple[str, Aim]]:
        of_unknown: dict[int, list[_Sum]] = {}
        for key, numbers in sums.items():
            for number in numbers:
                of_unknown.setdefault(number, []).append(key)
        for key, numbers in sums.items():
            shared = Counter(other for number in numbers for other in of_unknown[number])
            within = [other for other, n in shared.items() if n == len(sums[other]) < len(numbers)]
            for other in within:
                yield f"{self._named(key)}, but {self._named(other)}", _aim(numbers - sums[other])
            shown = (sums[other] for other in within if self._fact(other).lo > 0)
            left = numbers.difference(*shown)
            if left:
                yield f"what is not shown of {self._named(key)}", _aim(left)

    def _changes(self, sums: Mapping[_Sum, frozenset[int]]) -> Iterator[tuple[str, Aim]]:
        by_region: dict[tuple[Region, int], dict[int, _Sum]] = {}
        for at, place, group in sums:
            region = self._fact((at, place, group)).region
            by_region.setdefault((region, group), {})[at] = (at, place, group)
        for (region, _), keys in by_region.items():
            ordered = sorted(keys)
            for i, later in enumerate(ordered):
                for earlier in ordered[:i]:
                    more, less = sums[keys[later]], sums[keys[earlier]]
                    aim = (*((number, 1) for number in more), *((number, -1) for number in less))
                    yield f"the change of {in_words(region)}", tuple(sorted(aim))

    def _fact(self, key: _Sum) -> Fact:
        return self.states[key[0]].facts[key[1]]

    def _named(self, key: _Sum) -> str:
        return in_words(self._fact(key).region)

    def _breaches(self, number: int) -> Iterator[Breach]:
        of = self.components[number]
        for aim, what in of.aims.items():
            lo, hi = self._span(of, aim)
            if hi - lo < self.open_by:
                yield Breach(what, lo, hi, aim, number)

    def _span(self, of: _Component, aim: Aim) -> tuple[int, int]:
        """Bounds of a count that checked worlds reach; where they are apart by `open_by` they may be further
        apart still.
        """
        found = [_count(world, aim) for world in of.worlds.checked]
        for sign in (1, -1):
            if max(found) - min(found) >= self.open_by:
                break
            if time.monotonic() > self.until:
                raise NotChecked(
                    f"The audit of {len(of.unknowns):,} cells that depend on each other takes more than"
                    f" {MOST_SECONDS:,} seconds. Count by fewer columns, or by columns with fewer values."
                )
            world = of.worlds.extreme({unknown: sign * factor for unknown, factor in aim})
            if world is not None:
                found.append(_count(world, aim))
        return min(found), max(found)


def _scatter(of: _Component) -> None:
    """Look for worlds far from each other, most counts being open by some two of them: halves of the
    unknowns, by each digit of their numbers, as great as can be and the other half as small.
    """
    for digit in range(min(of.worlds.n.bit_length(), _SCATTERED)):
        half = {unknown: 1 if unknown >> digit & 1 else -1 for unknown in range(of.worlds.n)}
        of.worlds.extreme(half)
        of.worlds.extreme({unknown: -factor for unknown, factor in half.items()})


def _count(world: Sequence[int], aim: Aim) -> int:
    return sum(factor * world[unknown] for unknown, factor in aim)


def _aim(numbers: Iterable[int]) -> Aim:
    return tuple((number, 1) for number in sorted(numbers))


def _components(unknowns: Unknowns) -> Iterator[_Component]:
    """The unknowns that equations tie together, the equations beside them."""
    root = list(range(unknowns.n))

    def find(one: int) -> int:
        while root[one] != one:
            root[one] = root[root[one]]
            one = root[one]
        return one

    for equation in unknowns.equations:
        tied = (*equation.plus, *equation.minus)
        for other in tied[1:]:
            root[find(other)] = find(tied[0])
    members: dict[int, list[int]] = {}
    for number in range(unknowns.n):
        members.setdefault(find(number), []).append(number)
    equations: dict[int, list[Equation]] = {one: [] for one in members}
    for equation in unknowns.equations:
        tied = (*equation.plus, *equation.minus)
        if not tied:
            if (equation.lo or 0) > 0 or (equation.hi is not None and equation.hi < 0):
                raise Impossible
            continue
        equations[find(tied[0])].append(equation)
    for one, numbers in members.items():
        yield _component(tuple(numbers), equations[one])


def _component(numbers: tuple[int, ...], equations: Sequence[Equation]) -> _Component:
    if len(numbers) > MOST_TIED:
        raise NotChecked(
            f"{len(numbers):,} cells depend on each other, more than the {MOST_TIED:,} that can be"
            " checked. Count by"
            " fewer columns, or by columns with fewer values."
        )
    place = {unknown: at for at, unknown in enumerate(numbers)}
    local = [
        Equation(
            tuple(place[number] for number in one.plus),
            tuple(place[number] for number in one.minus),
            one.lo,
            one.hi,
            one.fact,
        )
        for one in equations
    ]
    ends = [bound for one in local for bound in (one.lo, one.hi) if bound is not None]
    highest = max(ends, default=0) + _ABOVE
    places = {one.fact: at for at, one in enumerate(local) if one.fact is not None}
    return _Component(unknowns=numbers, worlds=Worlds(len(numbers), local, highest), places=places)
