"""Cut a track into flights: where it was on the ground between two of them, and where a gap allows or shows
that it was.

A flight is a stretch of positions in the air. A ground run that lasts less than three minutes and never slows
below taxi speed is a touch-and-go: counted, and no end of a leg, since nobody boards or leaves. Between two
positions in the air, a gap ends the leg as a landing where the call sign changed and an hour is left over,
where it is low over a field before and after and three hours are, or where it outlasts any aircraft's
endurance; and as a possible landing where it is low before and after, where the source marks a new leg, where
the call sign changed, or where so much time is left over that flying on is the less likely story. Aircraft do
fly low, and long, where nobody hears them.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from paradero.flights.legs.performance import ENDURANCE_MINUTES, least_minutes
from paradero.flights.legs.phases import Phases
from paradero.flights.places.geometry import sphere_km
from paradero.flights.tracks.tracks import AIR, GROUND, UNSURE

_MINUTE_US = 60_000_000
_TOUCH_US = 180_000_000
_BLIP_US, _BLIP_KM = 60_000_000, 2.0
_STOP_MINUTES = 6.0  # the shortest stop after which a gap is looked at: roll out, turn, roll again
_SPARE_MINUTES = 10.0
_LOITER_MINUTES = 40.0  # so much more time than the way needs, and a landing is the likelier story
_LOW_FT = 10_000.0
_RENAMED_MINUTES = 60.0  # with another call sign after so much time it landed
_FINAL_FT, _SILENT_MINUTES = 1_200.0, 180.0  # low over a field before and after so much time it landed


@dataclass(frozen=True, slots=True, kw_only=True)
class Flight:
    """One flight: places of its positions in the air, of the ground positions next to it (None where there
    are none), and of its air neighbours over a gap.
    """

    air: tuple[int, ...]
    ground_before: int | None = None
    ground_after: int | None = None
    air_before: int | None = None
    air_after: int | None = None
    is_possible_before: bool = False  # the gap before only allows a landing
    is_possible_after: bool = False
    n_touches: int = 0
    n_maybe: int = 0  # gaps within, in which it may have landed


def flights_of(phases: Phases) -> list[Flight]:
    """The flights of a track in order of time; one that nobody saw in the air has ground positions only."""
    state, n_touches = _without_blips(phases)
    known = np.flatnonzero(state != UNSURE)
    if not len(known):
        return []
    found: list[Flight] = []
    runs = np.split(known, np.flatnonzero(np.diff(state[known])) + 1)
    for number, run in enumerate(runs):
        before = int(runs[number - 1][-1]) if number else None
        after = int(runs[number + 1][0]) if number + 1 < len(runs) else None
        if state[run[0]] == AIR:
            found += _cut(phases, run, before, after, n_touches)
        else:
            found += _unseen(phases, run)
    return found


def _without_blips(phases: Phases) -> tuple[NDArray[np.int8], NDArray[np.intp]]:
    """The states without touch-and-goes and without flickers of the air flag on the ground, and the places of
    the touches.
    """
    state, us = phases.state.copy(), phases.track.us
    touches: list[int] = []
    known = np.flatnonzero(state != UNSURE)
    if not len(known):
        return state, np.array([], np.intp)
    runs = np.split(known, np.flatnonzero(np.diff(state[known])) + 1)
    for number, run in enumerate(runs):
        if (
            state[run[0]] == AIR
            and 0 < number < len(runs) - 1
            and _is_blip(phases, int(runs[number - 1][-1]), int(runs[number + 1][0]))
        ):
            state[run] = UNSURE
    known = np.flatnonzero(state != UNSURE)
    runs = np.split(known, np.flatnonzero(np.diff(state[known])) + 1)
    for number, run in enumerate(runs):
        if state[run[0]] == GROUND and 0 < number < len(runs) - 1:
            length = us[runs[number + 1][0]] - us[runs[number - 1][-1]]
            is_slow = (phases.speed_kt[run] <= 40).any() or np.isnan(phases.speed_kt[run]).all()
            if length < _TOUCH_US and not is_slow:
                state[run] = UNSURE
                touches.append(int(run[0]))
    return state, np.array(touches, np.intp)


def _is_blip(phases: Phases, before: int, after: int) -> bool:
    """Whether an "airborne" between two ground positions is the flag's flicker: under a minute and hardly
    moved, whatever altitudes were sent.
    """
    track = phases.track
    km = float(sphere_km(track.lat[before], track.lon[before], track.lat[after], track.lon[after]))
    return bool(track.us[after] - track.us[before] < _BLIP_US and km < _BLIP_KM)


def _cut(
    phases: Phases, run: NDArray[np.intp], before: int | None, after: int | None, touches: NDArray[np.intp]
) -> list[Flight]:
    """The flights of one run of air positions, cut at the gaps in which it landed or is likelier to have
    landed.
    """
    cuts, n_maybe = [], []
    minutes = np.diff(phases.track.us[run]) / _MINUTE_US
    for place in np.flatnonzero(minutes >= _STOP_MINUTES):
        judged = _gap(phases, int(run[place]), int(run[place + 1]))
        if judged in ("landed", "possible"):
            cuts.append((int(place) + 1, judged == "possible"))
        elif judged == "maybe":
            n_maybe.append(int(place))
    edges = [0, *(place for place, _ in cuts), len(run)]
    flights = []
    for number, (begin, end) in enumerate(pairwise(edges)):
        air = run[begin:end]
        flights.append(
            Flight(
                air=tuple(air.tolist()),
                ground_before=before if number == 0 else None,
                ground_after=after if end == len(run) else None,
                air_before=int(run[begin - 1]) if begin else None,
                air_after=int(run[end]) if end < len(run) else None,
                is_possible_before=bool(number) and cuts[number - 1][1],
                is_possible_after=number < len(cuts) and cuts[number][1],
                n_touches=int(((touches > air[0]) & (touches < air[-1])).sum()),
                n_maybe=sum(1 for place in n_maybe if begin <= place < end),
            )
        )
    return flights


def _gap(phases: Phases, last: int, first: int) -> str:
    """What a gap between two positions in the air means: `flown` on, `maybe` landed, `possible` (the likelier
    story) or `landed`.
    """
    track = phases.track
    minutes = (track.us[first] - track.us[last]) / _MINUTE_US
    need = least_minutes(track.altitude_ft[last]) + least_minutes(track.altitude_ft[first]) + _STOP_MINUTES
    km = float(sphere_km(track.lat[last], track.lon[last], track.lat[first], track.lon[first]))
    speed = np.nanmean(
        [
            phases.speed_kt[last],
            phases.speed_kt[first],
            250.0 if np.isnan(phases.speed_kt[[last, first]]).all() else np.nan,
        ]
    )
    excess = minutes - km / max(float(speed) * 1.852, 100.0) * 60
    if minutes < need or excess < need:
        return "flown"
    shows = bool(track.new_leg[first]) or (
        _is_low(phases, last, down=True) and _is_low(phases, first, down=False)
    )
    old, new = phases.callsign_before[last], phases.callsign_after[first]
    renamed = bool(old != b"" and new not in (b"", old))
    low = bool(
        phases.track.altitude_ft[last] - phases.low_ft[last] <= _FINAL_FT
        and phases.track.altitude_ft[first] - phases.low_ft[first] <= _FINAL_FT
    )
    if (
        minutes > ENDURANCE_MINUTES
        or (renamed and excess >= _RENAMED_MINUTES)
        or (shows and low and excess >= _SILENT_MINUTES)
    ):
        return "landed"
    shows = shows or renamed
    return "possible" if excess >= (need + _SPARE_MINUTES if shows else _LOITER_MINUTES) else "maybe"


def _is_low(phases: Phases, place: int, *, down: bool) -> bool:
    """Whether a position is below 3,000 ft over the fields about it, or below 10,000 ft and going
    that way.
    """
    field = phases.low_ft[place] if np.isfinite(phases.low_ft[place]) else 0.0
    height, rate = phases.track.altitude_ft[place] - field, phases.track.rate_fpm[place]
    return bool(height <= 3_000 or (height <= _LOW_FT and (rate <= -300 if down else rate >= 300)))


def _unseen(phases: Phases, run: NDArray[np.intp]) -> list[Flight]:
    """Flights between ground positions that lie so far apart that it flew, though nobody saw it in
    the air.
    """
    track = phases.track
    km = sphere_km(track.lat[run[:-1]], track.lon[run[:-1]], track.lat[run[1:]], track.lon[run[1:]])
    moved = np.flatnonzero((km > 10.0) & (np.diff(track.us[run]) > 0))
    return [
        Flight(air=(), ground_before=int(run[place]), ground_after=int(run[place + 1])) for place in moved
    ]
