"""Equations over unknown counts, and what is raised where they cannot be checked."""

from __future__ import annotations

from dataclasses import dataclass, field

from paradero.model.errors import ParaderoError


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
