"""What the reader who knows most does not know: the counts of the parts of a population that all publications
together tell apart, and every equation that ties them to each other and to what is published.

A part is a cell of no smaller published cells. Where every unit has one value of a column, parts add up.
Where a unit may have several (a person in two facilities), the people of a place are some of all people, and
all people are in one place at least; of several such columns the nested combinations are told apart, and any
others are refused, for there more would follow than is written down here. Later states of the casefile have
unknowns of their own; with `growing` the reader takes it that nobody was ever taken out of the records.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from paradero.disclosure.cells import Condition, Dimension, Region, State, Value, in_words
from paradero.model.errors import ParaderoError

MOST_PARTS = 300_000
MOST_UNKNOWNS = 120_000
_OTHER = "\0other"  # any value that no cell names: no value of a table has this letter

Axis = tuple[str, ...]


class NotChecked(ParaderoError):
    """A check of disclosure control could not be made, and so nothing is published."""


@dataclass(frozen=True, slots=True)
class Equation:
    """The sum of `plus` less the sum of `minus` is at least `lo` and at most `hi` (None: no bound). `fact` is
    the place of the state and of the published cell in it, None for what no publication says.
    """

    plus: tuple[int, ...]
    minus: tuple[int, ...]
    lo: int | None
    hi: int | None
    fact: tuple[int, int] | None = None


@dataclass(slots=True)
class Unknowns:
    """The unknown counts, numbered from 0, their equations, and the unknowns that each published cell is the
    sum of, by the places of its state and of itself in it, and of the group of columns that has it.
    """

    n: int = 0
    equations: list[Equation] = field(default_factory=list)
    sums: dict[tuple[int, int, int], tuple[int, ...]] = field(default_factory=dict)


class Parts:
    """The columns of a population, the parts of it that are told apart, and the numbers of the unknowns."""

    def __init__(self, states: Sequence[State], told_apart: Sequence[Region] = ()) -> None:
        self.states = states
        self.told_apart = told_apart  # cells that nobody published, whose sums are asked for
        self.dimensions: list[dict[str, Dimension]] = [
            {one.column: one for one in state.dimensions} for state in states
        ]
        self.parting = self._parting()
        self.domains = self._domains()
        self.presences = self._presences()
        self.wholes: dict[Region, tuple[int, ...]] = {}
        self.alive: list[set[int]] = []
        self.axes: dict[Axis, Axis | None] = {}
        self.live: dict[int, set[Axis]] = {}
        self.number: dict[tuple[int, int, Axis, tuple[Value, ...]], int] = {}
        self.found = Unknowns()

    def made(self, *, growing: bool) -> Unknowns:
        """Number the unknowns and write down their equations."""
        self._tell_parts_apart()
        self.axes = self._axes()
        self.live = self._live()
        self._number_unknowns()
        for at, state in enumerate(self.states):
            for place, fact in enumerate(state.facts):
                plus = self.sum_of(at, fact.region)
                self.found.sums[at, place, 0] = plus
                self.found.equations.append(Equation(plus, (), fact.lo, fact.hi, (at, place)))
            self.found.equations += (
                Equation(self.sum_of(at, region), (), 1, None) for region in self.presences[at]
            )
        self.found.equations += self._of_several()
        if growing:
            self.found.equations += self._growth()
        return self.found

    def _parting(self) -> dict[str, bool]:
        """Whether each column parts the units; the states have to agree."""
        said: dict[str, set[bool]] = {}
        for dimensions in self.dimensions:
            for one in dimensions.values():
                said.setdefault(one.column, set()).add(one.parts)
        for column, answers in said.items():
            if len(answers) > 1:
                raise NotChecked(
                    f"`{column}`: in one state of the casefile every unit has one value there, in another"
                    " several, so earlier and new counts cannot be held together. Count by other columns."
                )
        return {column: answers.pop() for column, answers in said.items()}

    def _domains(self) -> dict[str, list[Value]]:
        """All values of every column, in any state or cell."""
        found: dict[str, dict[Value, None]] = {}
        for dimensions in self.dimensions:
            for one in dimensions.values():
                found.setdefault(one.column, {}).update(dict.fromkeys(one.values))
        for state in self.states:
            for fact in state.facts:
                for condition in fact.region:
                    found.setdefault(condition.column, {}).update(dict.fromkeys(condition.values))
        return {column: list(values) for column, values in found.items()}

    def _presences(self) -> list[list[Region]]:
        """By state the values that are listed, so that somebody has them, where no published cell says so."""
        found: list[list[Region]] = []
        for state, dimensions in zip(self.states, self.dimensions, strict=True):
            sure = {
                (one.column, one.values[0])
                for fact in state.facts
                if fact.lo >= 1
                for one in fact.region
                if len(one.values) == 1 and not one.but
            }
            found.append(
                [
                    (Condition(one.column, (value,)),)
                    for one in dimensions.values()
                    if one.listed
                    for value in one.values
                    if (one.column, value) not in sure
                ]
            )
        return found

    def _split(self, region: Region) -> tuple[Region, Axis, tuple[Value, ...]]:
        """A cell's conditions on columns that part the units, and its columns and values of the others."""
        several = [one for one in region if not self.parting[one.column]]
        for one in several:
            if one.but or len(one.values) != 1:
                raise NotChecked(
                    f"{in_words(region)}: a person may have several values of `{one.column}`, so all"
                    " but some of"
                    " them cannot be held against other counts. Ask for one value, or count rows"
                    " (`--of rows`)."
                )
        plain = tuple(one for one in region if self.parting[one.column])
        return plain, tuple(one.column for one in several), tuple(one.values[0] for one in several)

    def _regions(self) -> Iterator[Region]:
        for state, presences in zip(self.states, self.presences, strict=True):
            yield from (fact.region for fact in state.facts)
            yield from presences
        yield from self.told_apart

    def alike(self) -> dict[str, list[list[Value]]]:
        """By column the values that no cell and no state tells apart."""
        listed = [
            Condition(one.column, (value,))
            for dimensions in self.dimensions
            for one in dimensions.values()
            if one.listed
            for value in one.values
        ]
        named = [one for region in self._regions() for one in region]
        return self._blocks(dict.fromkeys([*named, *listed]))[0]

    def _tell_parts_apart(self) -> None:
        """Give every part that some cell tells apart a number, and every cell its parts."""
        plains = dict.fromkeys(self._split(region)[0] for region in self._regions())
        blocks, members = self._blocks(dict.fromkeys(one for plain in plains for one in plain))
        columns = list(blocks)
        if math.prod(len(blocks[column]) for column in columns) > MOST_PARTS:
            raise NotChecked(
                f"The columns {', '.join(columns)} part the records into more than {MOST_PARTS:,}"
                " parts, too many"
                " to check. Count by fewer columns, or by columns with fewer values."
            )
        cells_of: dict[tuple[int, ...], list[int]] = {}
        for place, plain in enumerate(plains):
            admitted = {one.column: members[one] for one in plain}
            choices = [admitted.get(column, range(len(blocks[column]))) for column in columns]
            for atom in itertools.product(*choices):
                cells_of.setdefault(atom, []).append(place)
        dead = [self._dead(blocks, dimensions) for dimensions in self.dimensions]
        numbers: dict[tuple[tuple[int, ...], tuple[bool, ...]], int] = {}
        of_cell: dict[int, dict[int, None]] = {}
        for atom, cells in cells_of.items():
            lives = tuple(
                not any(block in gone[column] for column, block in zip(columns, atom, strict=True))
                for gone in dead
            )
            number = numbers.setdefault((tuple(cells), lives), len(numbers))
            for cell in cells:
                of_cell.setdefault(cell, {})[number] = None
        self.wholes = {plain: tuple(of_cell.get(place, ())) for place, plain in enumerate(plains)}
        self.alive = [
            {number for (_, lives), number in numbers.items() if lives[at]} for at in range(len(self.states))
        ]

    def _blocks(
        self, conditions: Iterable[Condition]
    ) -> tuple[dict[str, list[list[Value]]], dict[Condition, list[int]]]:
        """By column the values that no condition and no state tells apart, together; by condition the places
        of those that it admits.
        """
        by_column: dict[str, list[Condition]] = {}
        for one in conditions:
            by_column.setdefault(one.column, []).append(one)
        blocks: dict[str, list[list[Value]]] = {}
        members: dict[Condition, list[int]] = {}
        for column, asked in by_column.items():
            admitting = [(one.but, set(one.values)) for one in asked]
            known = [set(each[column].values) for each in self.dimensions if column in each]
            alike: dict[tuple[bool, ...], list[Value]] = {}
            for value in self.domains[column]:
                pattern = (
                    *((value in of) is not but for but, of in admitting),
                    *(value in of for of in known),
                )
                alike.setdefault(pattern, []).append(value)
            blocks[column] = list(alike.values())
            for place, one in enumerate(asked):
                members[one] = [block for block, pattern in enumerate(alike) if pattern[place]]
        return blocks, members

    def _dead(
        self, blocks: Mapping[str, list[list[Value]]], dimensions: Mapping[str, Dimension]
    ) -> dict[str, set[int]]:
        """By column the values that nobody has in a state, which lists all that there are."""
        return {
            column: {
                place
                for place, block in enumerate(of)
                if column in dimensions and block[0] not in dimensions[column].values
            }
            for column, of in blocks.items()
        }

    def _axes(self) -> dict[Axis, Axis | None]:
        """Every combination of columns of several values that cells use, each with the next larger group of
        people: the longest combination within it. None: everybody.
        """
        axes = dict.fromkeys(
            [(), *(self._split(fact.region)[1] for state in self.states for fact in state.facts)]
        )
        for column in dict.fromkeys(region[0].column for each in self.presences for region in each):
            if not self.parting[column] and not any(column in axis for axis in axes):
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
            one.values[0] for region in self._regions() for one in region if one.column == column
        )
        return [*named, *([_OTHER] if any(value not in named for value in self.domains[column]) else [])]

    def _live(self) -> dict[int, set[Axis]]:
        """By part the combinations whose people are tied to something published: their own cells, or those of
        a larger group. What is in none may be any number.
        """
        found: dict[int, set[Axis]] = {}
        for region in self._regions():
            plain, axis, _ = self._split(region)
            wanted = axis if axis in self.axes else next(one for one in self.axes if set(axis) <= set(one))
            for part in self.wholes[plain]:
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
        for at, dimensions in enumerate(self.dimensions):
            for part, axes in self.live.items():
                if part not in self.alive[at]:
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
        plain, axis, chosen = self._split(region)
        parts = self.wholes[plain]
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
