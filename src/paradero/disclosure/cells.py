"""What is published of people: counts of cells. A cell is everybody of a population who meets conditions on
columns; what readers know of its count is a range.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

import msgspec

Value = str | None  # None: not recorded


class Condition(msgspec.Struct, frozen=True, array_like=True, order=False):
    """A column has one of these values, or with `but` any other value than these."""

    column: str
    values: tuple[Value, ...]
    but: bool = False

    def admits(self, value: Value) -> bool:
        """Whether a unit with that value meets it."""
        return (value in self.values) is not self.but


Region = tuple[Condition, ...]


def region_of(conditions: Iterable[Condition]) -> Region:
    """The conditions in the order that makes equal cells equal: by column, values sorted."""
    tidy = (
        Condition(
            one.column,
            tuple(sorted(set(one.values), key=lambda value: (value is None, value or ""))),
            one.but,
        )
        for one in conditions
    )
    return tuple(sorted(tidy, key=lambda one: (one.column, one.but, str(one.values))))


class Dimension(msgspec.Struct, frozen=True, kw_only=True):
    """A column by which a population is counted: all `values` it has there. `parts`: every unit has exactly
    one of them. `listed`: a publication lists all of them, so that each is known to be somebody's.
    """

    column: str
    values: tuple[Value, ...]
    parts: bool
    listed: bool


class Why(StrEnum):
    """What was decided on a cell: shown rounded, shown whole, withheld since it is small, since its many rows
    are of few people, or since others could be worked out from it.
    """

    ROUNDED = "rounded"
    WHOLE = "whole"
    SMALL = "small"
    FEW = "of few people"
    PROTECTS = "protects"


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """A published cell: what is shown of it (None: withheld) and why; `protects` is the cell that could be
    worked out from it.
    """

    region: Region
    shown: int | None
    why: Why
    protects: str = ""


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """What the reader who knows most knows of a cell's count: at least `lo`, at most `hi` (None: no more than
    that).
    """

    region: Region
    lo: int
    hi: int | None


class State(msgspec.Struct, frozen=True, kw_only=True):
    """A population as one build of the casefile has it: its dimensions, and what is known of its cells."""

    dimensions: tuple[Dimension, ...]
    facts: tuple[Fact, ...]


def in_words(region: Region) -> str:
    """A cell as a person reads it: `sex = F, facility but X`; `all` where nothing is asked of it."""
    return (
        ", ".join(
            f"{one.column} {'but' if one.but else '='} {' or '.join(_named(value) for value in one.values)}"
            for one in region
        )
        or "all"
    )


def _named(value: Value) -> str:
    return "(not recorded)" if value is None else value
