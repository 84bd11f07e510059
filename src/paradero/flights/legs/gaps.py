"""Gaps: times without positions, and where the aircraft can have been meanwhile. The gap is a finding, not a
hole to be filled.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from paradero.flights.legs.aircraft_types import Performance, performance_of, vertical_of
from paradero.flights.legs.cleaning import cleaned
from paradero.flights.legs.envelopes import Envelope, Reached, airports_in, envelope
from paradero.flights.legs.phases import Phases, phases_of
from paradero.flights.places.airports import Airports, airports
from paradero.flights.places.geometry import ellipsoid_km
from paradero.flights.tracks.tracks import AIR, GROUND, Track, joined

MIN_MINUTES, SPEED_KMH, GROUND_MINUTES = 10.0, 850.0, 30.0
SAME_PLACE_KM, LOW_FT = 10.0, 3_000.0
_MINUTE_US = 60_000_000


class GapKind(StrEnum):
    """Where the aircraft was when it was last and next seen."""

    IN_FLIGHT = "in_flight"  # in the air before and after
    # on the ground before and after, at one place: most likely it stood there, and nothing shows that it did
    ON_GROUND = "on_ground"
    MOVED = "moved"  # on the ground before and after, at different places: it flew
    LANDED = "landed"  # in the air, then on the ground
    TOOK_OFF = "took_off"  # on the ground, then in the air
    UNSURE = "unsure"  # one of its ends leaves open whether it flew


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """The position at one end of a gap; `altitude_ft` is None on the ground or where none was sent, `airport`
    the nearest within 10 km and 3,000 ft.
    """

    us: int
    lat: float
    lon: float
    altitude_ft: float | None
    airport: str | None
    callsign: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """One gap with its envelope for the speed and the time on the ground that were assumed, and the airports
    in it.

    `endurance_h` is that of the type, where the envelope is the type's: a longer gap in flight held a landing
    somewhere, since fuel does not last.
    """

    hex: str
    registration: str | None
    aircraft_type: str | None
    kind: GapKind
    start: Sighting
    end: Sighting
    envelope: Envelope
    airports: tuple[Reached, ...]
    endurance_h: float | None = None

    @property
    def minutes(self) -> float:
        return self.envelope.minutes


def gaps_of(
    tracks: Iterable[Track],
    *,
    min_minutes: float = MIN_MINUTES,
    speed_kmh: float = SPEED_KMH,
    ground_minutes: float = GROUND_MINUTES,
    by_type: bool = False,
    among: Airports | None = None,
) -> list[Gap]:
    """The gaps of one aircraft longer than `min_minutes`, in order of time. Positions that cleaning took out
    do not end a gap.

    `by_type`: envelopes with the cruise, climb and descent of its type, where `aircraft_types.csv` has it;
    else with the stated speed.
    """
    among = among or airports()
    found: list[Gap] = []
    for track in cleaned(joined(tracks)):
        if len(track) < 2:
            continue
        found += gaps_in(
            phases_of(track, among),
            min_minutes=min_minutes,
            speed_kmh=speed_kmh,
            ground_minutes=ground_minutes,
            by_type=by_type,
            among=among,
        )
    return sorted(found, key=lambda gap: (gap.start.us, gap.end.us))


def gaps_in(
    phases: Phases,
    *,
    min_minutes: float,
    speed_kmh: float,
    ground_minutes: float,
    among: Airports,
    by_type: bool = False,
) -> list[Gap]:
    """The gaps of one cleaned track, in order of time."""
    places = np.flatnonzero(np.diff(phases.track.us) > min_minutes * _MINUTE_US).tolist()
    flies = performance_of(phases.track.aircraft_type) if by_type else None
    return [
        _gap(phases, place, speed_kmh=speed_kmh, ground_minutes=ground_minutes, flies=flies, among=among)
        for place in places
    ]


def _gap(
    phases: Phases,
    place: int,
    *,
    speed_kmh: float,
    ground_minutes: float,
    flies: Performance | None,
    among: Airports,
) -> Gap:
    track = phases.track
    start, end = (
        _sighting(phases, place, among, is_start=True),
        _sighting(phases, place + 1, among, is_start=False),
    )
    minutes = (end.us - start.us) / _MINUTE_US
    heights = [
        None if phases.state[at] == GROUND else float(track.altitude_ft[at]) for at in (place, place + 1)
    ]
    where = envelope(
        (start.lat, start.lon),
        (end.lat, end.lon),
        minutes,
        speed_kmh=speed_kmh if flies is None else flies.cruise_kmh,
        ground_minutes=ground_minutes,
        vertical=None if flies is None else vertical_of(flies, heights[0], heights[1]),
        basis="stated" if flies is None else f"type {flies.name}",
    )
    day = dt.datetime.fromtimestamp(start.us / 1e6, dt.UTC).date().isoformat()
    return Gap(
        hex=track.hex,
        registration=track.registration,
        aircraft_type=track.aircraft_type,
        kind=_kind(int(phases.state[place]), int(phases.state[place + 1]), where.apart_km),
        start=start,
        end=end,
        envelope=where,
        airports=tuple(airports_in(where, among, day=day)),
        endurance_h=None if flies is None else flies.endurance_h,
    )


def _kind(before: int, after: int, apart_km: float) -> GapKind:
    if (before, after) == (GROUND, GROUND):
        return GapKind.ON_GROUND if apart_km <= SAME_PLACE_KM else GapKind.MOVED
    kinds = {(AIR, AIR): GapKind.IN_FLIGHT, (AIR, GROUND): GapKind.LANDED, (GROUND, AIR): GapKind.TOOK_OFF}
    return kinds.get((before, after), GapKind.UNSURE)


def _sighting(phases: Phases, place: int, among: Airports, *, is_start: bool) -> Sighting:
    track = phases.track
    lat, lon, altitude = float(track.lat[place]), float(track.lon[place]), float(track.altitude_ft[place])
    nearest = among.nearest(lat, lon)
    is_near = (
        float(ellipsoid_km(lat, lon, nearest.lat, nearest.lon)) <= SAME_PLACE_KM
        and not altitude - nearest.elevation_ft > LOW_FT
    )
    name = (phases.callsign_before if is_start else phases.callsign_after)[place]
    day = dt.datetime.fromtimestamp(int(track.us[place]) / 1e6, dt.UTC).date().isoformat()
    return Sighting(
        us=int(track.us[place]),
        lat=lat,
        lon=lon,
        altitude_ft=None if np.isnan(altitude) else altitude,
        airport=nearest.code_on(day) if is_near else None,
        callsign=name.decode("ascii") or None,
    )
