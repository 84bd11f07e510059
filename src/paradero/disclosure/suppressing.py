"""Which cells of a publication are shown, so that nothing small can be worked out from it and all before it.

Small cells are withheld first, then others, cheapest first, until the audit finds every count open; then what
turned out to be withheld for nothing is shown again. The audit of what is decided is made anew at the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from paradero.disclosure.auditing import Audit, Breach
from paradero.disclosure.cells import Cell, Dimension, Region, State, Why, in_words
from paradero.disclosure.profiles import Profile
from paradero.disclosure.unknowns.equations import NotChecked

_MOST_TRIED = 40  # cells tried for each that is withheld
_CLASHES = 5

Key = tuple[int, int]  # the places of a state and of a fact in it


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A cell that somebody wants to publish, with its true count, and of how many people at least its rows
    are (None: what is counted are people, or no rows of people).
    """

    region: Region
    count: int
    people: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be published of a population: its dimensions and counts in the state numbered `at` of those
    in `earlier`, which are in the order of their publication (one past the last: a new state). `bound` are
    the decisions that earlier publications made on cells in that state.
    """

    earlier: tuple[State, ...]
    at: int
    dimensions: tuple[Dimension, ...]
    cells: tuple[Counted, ...]
    bound: Mapping[Region, Cell]


def decided(wanted: Wanted, profile: Profile) -> tuple[Cell, ...]:
    """What is shown of every cell, in their order. Raises NotChecked where the audit cannot be made, and
    where whatever is withheld now, something could be worked out with what was published before.
    """
    return _Deciding(wanted, profile).decided()


class _Deciding:
    """The cells of a publication and what is decided on them so far."""

    def __init__(self, wanted: Wanted, profile: Profile) -> None:
        self.wanted = wanted
        self.profile = profile
        self.counts = {one.region: one.count for one in wanted.cells}
        self.cells = {one.region: self._first(one) for one in wanted.cells}
        states = self._states()
        self.audit = Audit(states, open_by=profile.protection)
        n_before = len(states[wanted.at].facts) - len(self.cells)
        self.keys: dict[Key, Region] = {
            (wanted.at, n_before + place): region for place, region in enumerate(self.cells)
        }

    def decided(self) -> tuple[Cell, ...]:
        """Withhold until nothing can be worked out; then check all of it anew."""
        breaches = self.audit.breaches()
        touched = set()
        while breaches:
            for number in dict.fromkeys(breach.component for breach in breaches):
                self._withhold(next(breach for breach in breaches if breach.component == number))
                touched.add(number)
            breaches = self.audit.breaches(dict.fromkeys(breach.component for breach in breaches))
        for number in sorted(touched):
            self._show_again(number)
        again = Audit(self._states(), open_by=self.profile.protection).breaches()
        if again:
            raise NotChecked(
                f"Nothing is published: checked anew, {again[0].what} could be worked out. Count by"
                " fewer columns."
            )
        return tuple(self.cells[one.region] for one in self.wanted.cells)

    def _first(self, one: Counted) -> Cell:
        """The decision on a cell by itself, or the one made before: what was withheld stays so."""
        before = self.wanted.bound.get(one.region)
        if self.profile.is_small(one.count):
            return Cell(region=one.region, shown=None, why=Why.SMALL)
        if one.people is not None and self.profile.is_small(one.people):
            return Cell(region=one.region, shown=None, why=Why.FEW)
        if before is not None and before.shown is None:
            return before
        return Cell(region=one.region, shown=self.profile.rounded(one.count), why=Why.ROUNDED)

    def _states(self) -> tuple[State, ...]:
        states = list(self.wanted.earlier)
        if self.wanted.at == len(states):
            states.append(State(dimensions=(), facts=()))
        before = states[self.wanted.at]
        facts = (*before.facts, *(self.profile.fact_of(cell) for cell in self.cells.values()))
        states[self.wanted.at] = State(
            dimensions=merged(before.dimensions, self.wanted.dimensions), facts=facts
        )
        return tuple(states)

    def _free(self, component: int) -> list[tuple[Key, Region]]:
        """The cells of a component that are shown and were not shown before, the smallest first."""
        found = [
            (key, self.keys[key])
            for key in self.audit.tied(component)
            if key in self.keys
            and self.cells[self.keys[key]].why is Why.ROUNDED
            and self.keys[key] not in self.wanted.bound
        ]
        return sorted(found, key=lambda one: (self.counts[one[1]], in_words(one[1])))

    def _withhold(self, breach: Breach) -> None:
        """Withhold the smallest cell that opens the count, or the one that opens it most."""
        free = self._free(breach.component)
        if not free:
            raise NotChecked(self._clash(breach))
        best, most = free[0], -1
        for key, region in free[:_MOST_TRIED]:
            self._tell(breach.component, key, Why.PROTECTS, region)
            width = self.audit.width(breach)
            self._tell(breach.component, key, Why.ROUNDED, region)
            if width > most:
                best, most = (key, region), width
            if width >= self.profile.protection:
                break
        key, region = best
        self.cells[region] = Cell(region=region, shown=None, why=Why.PROTECTS, protects=breach.what)
        self._tell(breach.component, key, Why.PROTECTS, region)

    def _show_again(self, component: int) -> None:
        """Show what others that were withheld later have made needless to withhold, the largest first."""
        hidden = [
            (key, region)
            for key in self.audit.tied(component)
            if (region := self.keys.get(key)) is not None
            and self.cells[region].why is Why.PROTECTS
            and region not in self.wanted.bound
        ]
        for key, region in sorted(hidden, key=lambda one: (-self.counts[one[1]], in_words(one[1]))):
            self._tell(component, key, Why.ROUNDED, region)
            if self.audit.breaches([component]):
                self._tell(component, key, Why.PROTECTS, region)
            else:
                self.cells[region] = self._shown(region)

    def _shown(self, region: Region) -> Cell:
        return Cell(region=region, shown=self.profile.rounded(self.counts[region]), why=Why.ROUNDED)

    def _tell(self, component: int, key: Key, why: Why, region: Region) -> None:
        """Let readers know of a cell what they know of one that is shown, or withheld for others' sake."""
        cell = self._shown(region) if why is Why.ROUNDED else Cell(region=region, shown=None, why=why)
        fact = self.profile.fact_of(cell)
        self.audit.relax(component, key, fact.lo, fact.hi)

    def _clash(self, breach: Breach) -> str:
        before = [
            in_words(self._region(key)) for key in self.audit.tied(breach.component) if key not in self.keys
        ]
        named = "; ".join(dict.fromkeys(before[:_CLASHES])) or "none"
        return (
            f"Nothing is published: {breach.what} could be worked out to {breach.lo} to {breach.hi}"
            " whatever of this"
            f" publication is withheld. Already published, and in its way: {named}. Publish other"
            " columns or filters."
        )

    def _region(self, key: Key) -> Region:
        return self.audit.states[key[0]].facts[key[1]].region


def merged(before: Iterable[Dimension], now: Iterable[Dimension]) -> tuple[Dimension, ...]:
    """The dimensions of two publications of one state together. Raises NotChecked where they say other things
    of a column.
    """
    found: dict[str, Dimension] = {}
    for one in (*before, *now):
        old = found.setdefault(one.column, one)
        if (set(old.values), old.parts) != (set(one.values), one.parts):
            raise NotChecked(
                f"`{one.column}` had other values when this build of the casefile was published from"
                " before. Restore"
                " `published/` from a copy."
            )
        found[one.column] = msgspec.structs.replace(old, listed=old.listed or one.listed)
    return tuple(found[column] for column in sorted(found))


def kinds(cells: Sequence[Cell]) -> dict[Why, int]:
    """How many cells were decided on in each way."""
    return {why: sum(1 for cell in cells if cell.why is why) for why in Why}
