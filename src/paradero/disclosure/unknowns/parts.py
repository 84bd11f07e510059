"""The unknown counts, by state, part and combination of columns of several values, and their equations."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence

from paradero.disclosure.cells import Dimension, Region, State, Value
from paradero.disclosure.unknowns.equations import Equation, NotChecked, Unknowns
from paradero.disclosure.unknowns.parting import Axis, Parting

MOST_UNKNOWNS = 120_000
_OTHER = "\0other"  # any value that no cell names: no value of a table has this letter


class Parts:
    """The parts of a population that are told apart, and the numbers of the unknowns."""

    def __init__(self, states: Sequence[State], told_apart: Sequence[Region] = ()) -> None:
        self.of = Parting(states, told_apart)
        self.axes: dict[Axis, Axis | None] = {}
        self.live: dict[int, set[Axis]] = {}
        self.number: dict[tuple[int, int, Axis, tuple[Value, ...]], int] = {}
        self.found = Unknowns()

    def alike(self) -> dict[str, list[list[Value]]]:
        """By column the values that no cell and no state tells apart."""
        return self.of.alike()

    def made(self, *, growing: bool) -> Unknowns:
        """Number the unknowns and write down their equations."""
        self.of.tell_parts_apart()
        self.axes = self._axes()
        self.live = self._live()
        self._number_unknowns()
        for at, state in enumerate(self.of.states):
            for place, fact in enumerate(state.facts):
                plus = self.sum_of(at, fact.region)
                self.found.sums[at, place, 0] = plus
                self.found.equations.append(Equation(plus, (), fact.lo, fact.hi, (at, place)))
            self.found.equations += (
                Equation(self.sum_of(at, region), (), 1, None) for region in self.of.presences[at]
            )
        self.found.equations += self._of_several()
        if growing:
            self.found.equations += self._growth()
        return self.found

    def _axes(self) -> dict[Axis, Axis | None]:
        """Every combination of columns of several values that cells use, each with the next larger group of
        people: the longest combination within it. None: everybody.
        """
        axes = dict.fromkeys(
            [(), *(self.of.split(fact.region)[1] for state in self.of.states for fact in state.facts)]
        )
        for column in dict.fromkeys(region[0].column for each in self.of.presences for region in each):
            if not self.of.parting[column] and not any(column in axis for axis in axes):
                axes[column,] = None
        found: dict[Axis, Axis | None] = {}
        for axis in axes:
            within = sorted((one for one in axes if set(one) < set(axis)), key=len)
            for less, more in itertools.pairwise(within):
                if not set(less) < set(more):
                    raise NotChecked(
                        f"People may have several values of each of {', '.join(axis)}: counts by"
                        f" {', '.join(less)}, by {', '.join(more)} and by all of them together cannot be held"
                        " against each other. Count by columns with one value a person, or rows"
                        " (`--of rows`)."
                    )
            found[axis] = within[-1] if within else None
        return found

    def _values(self, column: str) -> list[Value]:
        """The values of a column of several that cells name, and one for all others."""
        named = dict.fromkeys(
            one.values[0] for region in self.of.regions() for one in region if one.column == column
        )
        return [*named, *([_OTHER] if any(value not in named for value in self.of.domains[column]) else [])]

    def _live(self) -> dict[int, set[Axis]]:
        """By part the combinations whose people are tied to something published: their own cells, or those of
        a larger group. What is in none may be any number.
        """
        found: dict[int, set[Axis]] = {}
        for region in self.of.regions():
            plain, axis, _ = self.of.split(region)
            wanted = axis if axis in self.axes else next(one for one in self.axes if set(axis) <= set(one))
            for part in self.of.wholes[plain]:
                found.setdefault(part, set()).add(wanted)
        for axes in found.values():
            for axis in self.axes:
                above = self.axes[axis]
                while above is not None:
                    if above in axes:
                        axes.add(axis)
                        break
                    above = self.axes[above]
        return found

    def _number_unknowns(self) -> None:
        values = {column: self._values(column) for axis in self.axes for column in axis}
        for at, dimensions in enumerate(self.of.dimensions):
            for part, axes in self.live.items():
                if part not in self.of.alive[at]:
                    continue
                for axis in axes:
                    for chosen in itertools.product(*(values[column] for column in axis)):
                        if self._is_there(dimensions, axis, chosen):
                            self.number[at, part, axis, chosen] = len(self.number)
                            if len(self.number) > MOST_UNKNOWNS:
                                raise NotChecked(
                                    f"There are more than {MOST_UNKNOWNS:,} cells to hold against"
                                    " each other, too"
                                    " many to check. Count by fewer columns, or by columns with fewer values."
                                )
        self.found.n = len(self.number)

    def _is_there(self, dimensions: Mapping[str, Dimension], axis: Axis, chosen: tuple[Value, ...]) -> bool:
        return all(
            column not in dimensions or value == _OTHER or value in dimensions[column].values
            for column, value in zip(axis, chosen, strict=True)
        )

    def sum_of(self, at: int, region: Region) -> tuple[int, ...]:
        """The unknowns that a cell of a state is the sum of, or for a listed value those of which one at
        least is not 0.
        """
        plain, axis, chosen = self.of.split(region)
        parts = self.of.wholes[plain]
        if axis in self.axes:
            keys = [(at, part, axis, chosen) for part in parts]
            return tuple(self.number[key] for key in keys if key in self.number)
        within = next(one for one in self.axes if set(axis) <= set(one))
        place = within.index(axis[0])
        return tuple(
            number
            for (of, part, other, values), number in self.number.items()
            if of == at and part in parts and other == within and values[place] == chosen[0]
        )

    def _of_several(self) -> Iterator[Equation]:
        """People of a place are some of the larger group, all of which are in one place at least."""
        below: dict[tuple[int, Axis], list[int]] = {}
        for (at, part, axis, chosen), number in self.number.items():
            above = self.axes[axis]
            if above is None or above not in self.live[part]:
                continue
            larger = tuple(value for column, value in zip(axis, chosen, strict=True) if column in above)
            whole = self.number.get((at, part, above, larger))
            if whole is not None:
                yield Equation((whole,), (number,), 0, None)
                below.setdefault((whole, axis), []).append(number)
        for (whole, _), numbers in below.items():
            yield Equation(tuple(numbers), (whole,), 0, None)

    def _growth(self) -> Iterator[Equation]:
        """Nobody leaves the records: no count of a later state is less than that of the state before."""
        for (at, part, axis, chosen), number in self.number.items():
            if at == 0:
                continue
            before = self.number.get((at - 1, part, axis, chosen))
            if before is not None:
                yield Equation((number,), (before,), 0, None)
