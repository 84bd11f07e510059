"""Gaps and crossings as values, with the fields that JSON and tables have. Times are ISO 8601 in UTC with
milliseconds; a field named `…_why_missing` is there only where the one before it is None.
"""

from __future__ import annotations

import msgspec

from paradero.flights.legs.crossings import Boundary
from paradero.flights.legs.envelopes import Ring
from paradero.flights.legs.gaps import GapKind
from paradero.model.answer import Answer


class Sighted(Answer, frozen=True, kw_only=True):
    """Where the aircraft was when it was last or next seen."""

    lat: float
    lon: float
    altitude_ft: float | None
    airport: str | None
    callsign: str | None


class ReachedAirport(Answer, frozen=True, kw_only=True):
    """An airport where the aircraft can have stopped; `slack_minutes` is how much longer than assumed."""

    icao: str
    name: str
    country: str
    is_scheduled: bool
    distance_km: float
    distance_to_end_km: float
    slack_minutes: float


class MultiPolygon(Answer, frozen=True, kw_only=True):
    """An outline as GeoJSON has it."""

    type: str = "MultiPolygon"
    coordinates: list[list[Ring]]


class ShownGap(Answer, frozen=True, kw_only=True):
    """A time without positions, and where the aircraft can have stopped meanwhile."""

    hex: str
    registration: str | None
    aircraft_type: str | None
    kind: GapKind
    start: str | None
    end: str | None
    minutes: float
    start_place: Sighted
    end_place: Sighted
    apart_km: float
    speed_kmh: float
    speed_basis: str
    lost_km: float
    outlasts_endurance: bool | None
    ground_minutes: float
    radius_km: float | None
    radius_km_why_missing: str | msgspec.UnsetType = msgspec.UNSET
    airports: tuple[ReachedAirport, ...]
    outline: MultiPolygon | None
    outline_why_missing: str | msgspec.UnsetType = msgspec.UNSET


class GapLine(Answer, frozen=True, kw_only=True):
    """A gap as a line of the table of gaps."""

    hex: str
    registration: str | None
    kind: GapKind
    start: str
    end: str
    minutes: int
    last_seen: str = msgspec.field(name="last seen")
    next_seen: str = msgspec.field(name="next seen")
    radius_km: int | None
    airports: int
    most_time_to_spare: str | None = msgspec.field(name="most time to spare")


class ShownCrossing(Answer, frozen=True, kw_only=True):
    """A crossing of a country's boundary: `exit` or `entry`, and between which instants."""

    hex: str
    registration: str | None
    kind: str
    lo: str | None
    hi: str | None
    hi_why_missing: str | None
    countries: str
    boundary: Boundary
    outline_error_m: float
