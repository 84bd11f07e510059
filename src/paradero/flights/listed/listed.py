"""A leg as a flight list states it, and cells of a list that were not read. A list is somebody's word: who,
in which row, stands beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from paradero.model.time.moments import Moment

Bounds = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedEnd:
    """One end of a listed leg: the airport's code and what the list itself wrote, its place where the code is
    known, and when. `basis` says what the bounds rest on.

    `persons` are least and most people who boarded (at a take-off) or left (at a landing), as the list counts
    them; None is not said.
    """

    moment: Moment
    basis: str
    code: str | None
    text: str
    name: str | None
    country: str | None
    lat: float | None
    lon: float | None
    persons: Bounds


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedLeg:
    """One leg of a flight list. `row` is the line of the file, its first line being 1; `repeats` is the row
    that says the very same. `weight` is our degree of belief in its airports, `kept` are the cells that are
    not interpreted.
    """

    file: str
    row: int
    layout: str
    hex: str | None
    registration: str | None
    aircraft_type: str | None
    callsign: str | None
    operator: str | None
    status: str
    takeoff: StatedEnd
    landing: StatedEnd
    weight: float
    repeats: int | None
    kept: Mapping[str, str]

    @property
    def address(self) -> str:
        """File and row."""
        return f"{self.file}:{self.row}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A cell that could not be read, or a row that is no flight: where it is, what it says, what is
    expected.
    """

    file: str
    row: int
    column: str
    value: str
    expected: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FlightList:
    """What a list says: its legs, what was not read, and how many rows it has below its header."""

    legs: tuple[ListedLeg, ...]
    unread: tuple[Unread, ...]
    n_rows: int
    layout: str
