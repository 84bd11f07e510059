"""Scenes: what a picture of one flight shows, as data. Nothing here draws; `charts` does.

A scene has the positions of a flight with ten minutes on the ground before and after, the gaps that touch it,
and the airports at its ends. Positions are thinned for drawing: of each of 1,200 stretches of time the first,
lowest, highest and last stay, so that no peak is lost.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from paradero.flights.legs.cleaning import cleaned
from paradero.flights.legs.ends import End
from paradero.flights.legs.gaps import GROUND_MINUTES, MIN_MINUTES, SPEED_KMH, Gap, GapKind, gaps_in
from paradero.flights.legs.legs import Leg, leg_of
from paradero.flights.legs.phases import Phases, phases_of
from paradero.flights.legs.segments import flights_of
from paradero.flights.places.airports import Airports, airports
from paradero.flights.tracks.tracks import GROUND, Places, Track, joined

_MINUTE_US = 60_000_000
_GROUND_US = 10 * _MINUTE_US
_STRETCHES = 1_200
_LEAST_WEIGHT = 0.05
_NAMED = 3
_DOTS = 2_000
ENVELOPE_KM = 3_500.0  # a larger envelope neither widens a map nor has its airports shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """One position as drawn: UTC microseconds, degrees, pressure altitude in feet (None: on the ground, or
    not sent), knots.
    """

    us: int
    lat: float
    lon: float
    altitude_ft: float | None
    speed_kt: float | None
    is_ground: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """An airport at an end: `end` is `takeoff`, `landing` or `gap` (it is only in a gap's reach), `weight`
    our degree of belief, 0 for a gap's.
    """

    end: str
    icao: str
    name: str
    lat: float
    lon: float
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One flight to be drawn. `pieces` are its positions between gaps, in order of time; `lo` and `hi` the
    first and last instant drawn.

    `reached` are the airports with an IATA code that only a gap reaches, the longest possible stop first.
    `n_positions` counts those of the pieces before they were thinned.
    """

    leg: Leg
    pieces: tuple[tuple[Position, ...], ...]
    gaps: tuple[Gap, ...]
    marks: tuple[Mark, ...]
    reached: tuple[Mark, ...]
    n_positions: int

    @property
    def lo(self) -> int:
        return min([piece[0].us for piece in self.pieces] + [gap.start.us for gap in self.gaps])

    @property
    def hi(self) -> int:
        return max([piece[-1].us for piece in self.pieces] + [gap.end.us for gap in self.gaps])

    @property
    def name(self) -> str:
        """A name for files: hex code and the earliest drawn minute, as `a00000-20250316-0054`."""
        at = np.datetime_as_string(np.datetime64(self.lo, "us"), unit="m")
        return (
            f"{self.leg.hex.replace('~', 'x')}-{str(at).replace('-', '').replace(':', '').replace('T', '-')}"
        )


def scenes_of(
    tracks: Iterable[Track],
    *,
    min_minutes: float = MIN_MINUTES,
    speed_kmh: float = SPEED_KMH,
    ground_minutes: float = GROUND_MINUTES,
    among: Airports | None = None,
) -> list[Scene]:
    """The scenes of one aircraft, one a leg, in order of time. The order of tracks and positions does not
    matter.
    """
    among = among or airports()
    found: list[Scene] = []
    for track in cleaned(joined(tracks)):
        if not len(track):
            continue
        phases = phases_of(track, among)
        gaps = gaps_in(
            phases, min_minutes=min_minutes, speed_kmh=speed_kmh, ground_minutes=ground_minutes, among=among
        )
        found += [
            _scene(phases, leg_of(phases, flight, among), gaps, among, min_minutes)
            for flight in flights_of(phases)
        ]
    return sorted(found, key=lambda scene: (scene.lo, scene.hi, scene.n_positions))


def _scene(phases: Phases, leg: Leg, gaps: list[Gap], among: Airports, min_minutes: float) -> Scene:
    us = phases.track.us
    begin = leg.first_us if leg.first_us is not None else leg.takeoff.moment.lo or int(us[0])
    end = leg.last_us if leg.last_us is not None else leg.landing.moment.hi or int(us[-1])
    touching = tuple(
        gap
        for gap in gaps
        if gap.kind is not GapKind.ON_GROUND and gap.start.us <= end and gap.end.us >= begin
    )
    first = max([begin - _GROUND_US, *(gap.end.us for gap in gaps if gap.end.us <= begin)])
    last = min([end + _GROUND_US, *(gap.start.us for gap in gaps if gap.start.us >= end)])
    places = np.flatnonzero((us >= first) & (us <= last))
    beyond = (us[places] < begin) | (us[places] > end)
    places = places[
        ~beyond | (phases.state[places] == GROUND)
    ]  # of what is beyond the flight only its time on the ground
    cuts = np.flatnonzero(np.diff(us[places]) > min_minutes * _MINUTE_US) + 1
    pieces = tuple(_drawn(phases, piece) for piece in np.split(places, cuts) if len(piece))
    marks = (*_marks("takeoff", leg.takeoff, among), *_marks("landing", leg.landing, among))
    reached = _reached(touching, {mark.icao for mark in marks}, among)
    return Scene(leg=leg, pieces=pieces, gaps=touching, marks=marks, reached=reached, n_positions=len(places))


def _drawn(phases: Phases, places: Places) -> tuple[Position, ...]:
    track = phases.track
    kept = places if len(places) <= 2 * _STRETCHES else places[_thinned(track, places)]
    return tuple(
        Position(
            us=int(track.us[one]),
            lat=float(track.lat[one]),
            lon=float(track.lon[one]),
            altitude_ft=(
                None
                if np.isnan(track.altitude_ft[one]) or phases.state[one] == GROUND
                else float(track.altitude_ft[one])
            ),
            speed_kt=None if np.isnan(phases.speed_kt[one]) else float(phases.speed_kt[one]),
            is_ground=bool(phases.state[one] == GROUND),
        )
        for one in kept
    )


def _thinned(track: Track, places: Places) -> Places:
    us, altitude = track.us[places], np.nan_to_num(track.altitude_ft[places], nan=0.0)
    stretch = ((us - us[0]) * _STRETCHES // max(1, int(us[-1] - us[0]) + 1)).astype("i8")
    edges = np.flatnonzero(np.r_[True, np.diff(stretch) > 0])
    order = np.lexsort([np.arange(len(us)), altitude, stretch])
    last = np.r_[edges[1:] - 1, len(us) - 1]
    return np.unique(np.concatenate([edges, last, order[edges], order[last]]))


def _marks(name: str, end: End, among: Airports) -> list[Mark]:
    found = []
    for one in [candidate for candidate in end.candidates if candidate.weight >= _LEAST_WEIGHT][:_NAMED]:
        airport = among.named(one.icao)
        found.append(
            Mark(end=name, icao=one.icao, name=one.name, lat=airport.lat, lon=airport.lon, weight=one.weight)
        )
    return found


def _reached(gaps: Iterable[Gap], named: set[str], among: Airports) -> tuple[Mark, ...]:
    found: dict[str, Mark] = {}
    for gap in gaps:
        for one in gap.airports if (gap.envelope.radius_km or 0) <= ENVELOPE_KM else ():
            if one.is_scheduled and one.icao not in named and one.icao not in found:
                airport = among.named(one.icao)
                found[one.icao] = Mark(
                    end="gap", icao=one.icao, name=one.name, lat=airport.lat, lon=airport.lon, weight=0.0
                )
        if len(found) >= _DOTS:
            break
    return tuple(found.values())[:_DOTS]
