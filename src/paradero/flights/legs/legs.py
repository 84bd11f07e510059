"""Legs: one take-off to one landing, each end a moment with candidate airports. docs/explanation/flights.md
says how the bounds are made.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from paradero.flights.legs.cleaning import cleaned
from paradero.flights.legs.ends import End, Status, worst
from paradero.flights.legs.landings import landing_of, takeoff_of
from paradero.flights.legs.phases import Phases, phases_of
from paradero.flights.legs.segments import Flight, flights_of
from paradero.flights.places.airports import Airports, airports
from paradero.flights.places.geometry import sphere_km
from paradero.flights.tracks.tracks import Places, Track, added, joined

_GAP_US = 600_000_000
_ELSEWHERE_KM = 30.0  # farther from the landing than any circuit or missed approach of its own field


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """One flight of one aircraft. `first_us`, `last_us` are its first and last position in the air, None
    where nobody saw it in the air.

    `status` is the lesser of its ends'. `flags` count what was met on this leg (`touch_and_go`, `low_pass`,
    `low_pass_elsewhere`, `gap`, `maybe_landed`); `track_flags` what was met in the whole track of the
    aircraft, noise and second aircraft among it.
    """

    hex: str
    registration: str | None
    aircraft_type: str | None
    callsigns: tuple[str, ...]
    takeoff: End
    landing: End
    status: Status
    n_positions: int
    first_us: int | None
    last_us: int | None
    flags: Mapping[str, int]
    track_flags: Mapping[str, int]
    files: tuple[str, ...]


def legs_of(tracks: Iterable[Track], *, among: Airports | None = None) -> list[Leg]:
    """The legs of one aircraft from all its tracks (one a file), in order of time. The order of tracks and
    positions does not matter.
    """
    return [leg for leg, _ in legs_on_tracks(tracks, among=among)]


def legs_on_tracks(tracks: Iterable[Track], *, among: Airports | None = None) -> list[tuple[Leg, Track]]:
    """The legs in order of time, each with the cleaned track that it is a part of; a hex code that two
    aircraft used has a track for each.
    """
    among = among or airports()
    found: list[tuple[Leg, Track]] = []
    for track in cleaned(joined(tracks)):
        if len(track):
            phases = phases_of(track, among)
            found += [(leg_of(phases, flight, among), track) for flight in flights_of(phases)]
    return sorted(
        found,
        key=lambda one: (one[0].takeoff.moment.hi or 0, one[0].landing.moment.hi or 0, one[0].n_positions),
    )


def leg_of(phases: Phases, flight: Flight, among: Airports) -> Leg:
    """The leg of one flight of a cleaned track."""
    track = phases.track
    takeoff = takeoff_of(phases, flight, among)
    landing = landing_of(phases, flight, among, takeoff_hi=takeoff.moment.hi)
    air = np.array(flight.air, np.intp)
    return Leg(
        hex=track.hex,
        registration=track.registration,
        aircraft_type=track.aircraft_type,
        callsigns=_callsigns(phases, flight),
        takeoff=takeoff,
        landing=landing,
        status=worst(takeoff.status, landing.status),
        n_positions=len(air),
        first_us=int(track.us[air[0]]) if len(air) else None,
        last_us=int(track.us[air[-1]]) if len(air) else None,
        flags=_flags(phases, flight, landing, among),
        track_flags=added(track.flags, phases.flags),
        files=track.files,
    )


def _callsigns(phases: Phases, flight: Flight) -> tuple[str, ...]:
    """The call signs sent in flight in order of time, and if there was none the one sent just before."""
    if not flight.air:
        return ()
    first, last = flight.air[0], flight.air[-1] + 1
    sent = phases.track.callsign[first:last]
    names = [name for name in sent if name] or [
        name for name in phases.callsign_before[first : first + 1] if name
    ]
    return tuple(dict.fromkeys(name.decode("ascii") for name in names))


def _flags(phases: Phases, flight: Flight, landing: End, among: Airports) -> dict[str, int]:
    air = np.array(flight.air, np.intp)
    n_gaps = int((np.diff(phases.track.us[air]) > _GAP_US).sum()) if len(air) else 0
    passes = _low_passes(phases, air)
    elsewhere = sum(_is_elsewhere(phases.track, place, landing, among) for place in passes)
    seen = {
        "touch_and_go": flight.n_touches,
        "low_pass": len(passes),
        "low_pass_elsewhere": elsewhere,
        "gap": n_gaps,
        "maybe_landed": flight.n_maybe,
    }
    return added(seen, {"unseen_in_air": int(not len(air))})


def _is_elsewhere(track: Track, place: int, landing: End, among: Airports) -> bool:
    """Whether a pass was far from every airport at which it can have landed, all of which are named."""
    fields = [among.named(one.icao) for one in landing.candidates]
    is_all = landing.status is Status.OBSERVED or len(fields) == landing.n_in_reach
    return (
        bool(fields)
        and is_all
        and all(
            float(sphere_km(track.lat[place], track.lon[place], one.lat, one.lon)) > _ELSEWHERE_KM
            for one in fields
        )
    )


def _low_passes(phases: Phases, air: Places) -> list[int]:
    """Where it came below 1,500 ft above a field, from and back to 1,000 ft more, without being seen on the
    ground: go-arounds and low passes.

    The lowest position of each; far from where it then landed it can be an approach given up for another
    airport, a diversion.
    """
    altitude, field = phases.track.altitude_ft[air], phases.low_ft[air]
    known = np.isfinite(altitude) & np.isfinite(field)
    places, altitude, height = air[known], altitude[known], (altitude - field)[known]
    low = np.flatnonzero(height < 1_500)
    if not len(low):
        return []
    found = []
    for run in np.split(low, np.flatnonzero(np.diff(low) > 1) + 1):
        lowest = float(altitude[run].min())
        if (altitude[: run[0]] > lowest + 1_000).any() and (altitude[run[-1] + 1 :] > lowest + 1_000).any():
            found.append(int(places[run[int(altitude[run].argmin())]]))
    return found
