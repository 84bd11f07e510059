"""Legs as values, with the fields that JSON and tables have: those that positions show, those that lists
state, and what registers say of their aircraft.

Times are ISO 8601 in UTC with milliseconds. A field named `…_why_missing` is there only where the one before
it is None; `operator` and `register` of a leg from positions only where registers were asked.
"""

from __future__ import annotations

import msgspec

from paradero.flights.legs.ends import Status
from paradero.flights.listed.listed import Bounds
from paradero.model.answer import Answer

TextOrUnset = str | None | msgspec.UnsetType


class NamedAirport(Answer, frozen=True, kw_only=True):
    """An airport at which a leg can have begun or ended, with our degree of belief. Distance and height are
    those of the nearest position, None where a list names the airport.
    """

    icao: str
    name: str | None
    distance_km: float | None
    height_ft: float | None
    weight: float


class NearestPosition(Answer, frozen=True, kw_only=True):
    """The position nearest to an end; its altitude is None on the ground or where none was sent."""

    lat: float
    lon: float
    altitude_ft: float | None


class RegisteredAs(Answer, frozen=True, kw_only=True):
    """What registers say of an aircraft at the time of a leg, and the rows that say it.

    `alternatives` has the fields of which there are several values; `registration_differs` says that the leg
    names another registration than the register.
    """

    hex: str | None
    registration: str | None
    operator: str | None
    aircraft_type: str | None
    alternatives: dict[str, tuple[str, ...]]
    registration_differs: bool
    is_undated: bool
    rows: tuple[str, ...]


class ShownLeg(Answer, frozen=True, kw_only=True):
    """A leg that positions show."""

    hex: str
    registration: str | None
    registration_by_address: str | None
    aircraft_type: str | None
    callsigns: tuple[str, ...]
    takeoff_lo: str | None
    takeoff_lo_why_missing: TextOrUnset = msgspec.UNSET
    takeoff_hi: str | None
    takeoff_hi_why_missing: TextOrUnset = msgspec.UNSET
    takeoff_candidates: tuple[NamedAirport, ...]
    takeoff_status: Status
    takeoff_is_certain: bool
    takeoff_basis: str
    takeoff_airports_in_reach: int
    takeoff_nearest_position: NearestPosition
    landing_lo: str | None
    landing_lo_why_missing: TextOrUnset = msgspec.UNSET
    landing_hi: str | None
    landing_hi_why_missing: TextOrUnset = msgspec.UNSET
    landing_candidates: tuple[NamedAirport, ...]
    landing_status: Status
    landing_is_certain: bool
    landing_basis: str
    landing_airports_in_reach: int
    landing_nearest_position: NearestPosition
    status: Status
    positions: int
    first_position_at: str | None
    last_position_at: str | None
    flags: dict[str, int]
    track_flags: dict[str, int]
    files: tuple[str, ...]
    operator: TextOrUnset = msgspec.UNSET
    register: RegisteredAs | msgspec.UnsetType | None = msgspec.UNSET


class StatedLeg(Answer, frozen=True, kw_only=True):
    """A leg that a flight list states: its words, zones and counts of people beside what is read from
    them.
    """

    hex: str | None
    registration: str | None
    aircraft_type: str | None
    callsigns: tuple[str, ...]
    operator: str | None
    takeoff_lo: str | None
    takeoff_lo_why_missing: TextOrUnset = msgspec.UNSET
    takeoff_hi: str | None
    takeoff_hi_why_missing: TextOrUnset = msgspec.UNSET
    takeoff_candidates: tuple[NamedAirport, ...]
    takeoff_status: str
    takeoff_basis: str
    takeoff_text: str
    takeoff_zone: str | None
    takeoff_persons: Bounds
    landing_lo: str | None
    landing_lo_why_missing: TextOrUnset = msgspec.UNSET
    landing_hi: str | None
    landing_hi_why_missing: TextOrUnset = msgspec.UNSET
    landing_candidates: tuple[NamedAirport, ...]
    landing_status: str
    landing_basis: str
    landing_text: str
    landing_zone: str | None
    landing_persons: Bounds
    status: str
    stated_status: str
    layout: str
    rows: tuple[str, ...]
    repeats_row: int | None
    kept: dict[str, str]
    files: tuple[str, ...]
    register: RegisteredAs | msgspec.UnsetType | None = msgspec.UNSET


class LegLine(Answer, frozen=True, kw_only=True):
    """A leg as a line of the table of legs, whoever says it; `operator` only where registers were asked."""

    hex: str | None
    registration: str | None
    operator: TextOrUnset = msgspec.UNSET
    callsign: str | None
    takeoff: str = msgspec.field(name="take-off")
    origin: str = msgspec.field(name="from")
    landing: str
    destination: str = msgspec.field(name="to")
    status: str
    flags: str | None


class UnreadCell(Answer, frozen=True, kw_only=True):
    """A cell of a list or register that was not read: where it is, what it says, what should be there."""

    file: str
    row: int
    column: str
    value: str
    expected: str
