"""The columns of a population and the parts of it that cells and states tell apart."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

from paradero.disclosure.cells import Condition, Dimension, Region, State, Value, in_words
from paradero.disclosure.unknowns.equations import NotChecked

MOST_PARTS = 300_000

Axis = tuple[str, ...]


class Parting:
    """The columns, their values, and which of them part the units; every cell's parts, by their numbers.

    `wholes` are the parts of each cell's conditions on columns that part the units, `alive` those that a
    state may have people in; both are there once the parts are told apart.
    """

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

    def split(self, region: Region) -> tuple[Region, Axis, tuple[Value, ...]]:
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

    def regions(self) -> Iterator[Region]:
        """Every cell that is published, listed or asked for."""
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
        named = [one for region in self.regions() for one in region]
        return self._blocks(dict.fromkeys([*named, *listed]))[0]

    def tell_parts_apart(self) -> None:
        """Give every part that some cell tells apart a number, and every cell its parts."""
        plains = dict.fromkeys(self.split(region)[0] for region in self.regions())
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
