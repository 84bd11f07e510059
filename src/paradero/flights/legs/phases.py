"""Whether each position is in the air, on the ground, or leaves it open; with what contradicts itself
counted.

A source's word is taken where nothing speaks against it. Transponders err both ways: they say "on the ground"
in flight, and "airborne" while they taxi; many sources say nothing at all. What cannot be told stays UNSURE,
and whoever draws a bound lets it reach over the UNSURE positions.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from paradero.flights.places.airports import Airports
from paradero.flights.places.geometry import sphere_km
from paradero.flights.tracks.tracks import AIR, GROUND, UNSURE, Floats, Small, Track, Truth, Whole, added

FIELD_KM = 15.0
# pressure altitude against true height: 30 hPa of weather are 900 ft; the rest is field elevations on slopes
ALTITUDE_ERROR_FT = 1_500.0
_STILL_KT, _ROLL_KT = (
    8.0,
    220.0,
    # where the source is silent only what stands still is on the ground: drones fly at 30 kt; nothing rolls
    # faster than 220
)
_HOVER_KT, _TAXI_KT, _FLIES_KT = 30.0, 40.0, 60.0
_PARKED_FT = (
    900.0  # an aircraft on the ground reads this much above or below its field in the worst of weather
)
_BASE_US = 20_000_000
_FASTEST_CLIMB_FPM = 20_000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Phases:
    """A track with the state of each position; `low_ft` and `high_ft` are the field elevations within 15 km,
    nan where there is no airport.
    """

    track: Track
    state: Small
    low_ft: Floats
    high_ft: Floats
    speed_kt: Floats  # as sent, else as the positions show it
    is_slow: (
        Truth  # at most 40 knots by every word, at the height of a field: on the ground, unless it can hover
    )
    callsign_before: NDArray[np.bytes_]  # the last one sent up to a position
    callsign_after: NDArray[np.bytes_]  # the first one sent from it on
    flags: dict[str, int]


def phases_of(track: Track, among: Airports) -> Phases:
    """The state of every position of a cleaned track."""
    low, high = _fields(track, among)
    slowest, fastest = speeds(track)
    climb = climbs(track)
    is_known = np.isfinite(track.altitude_ft)
    above_all = np.where(np.isfinite(high), track.altitude_ft - high, np.inf)
    above_any = np.where(np.isfinite(low), track.altitude_ft - low, np.inf)
    is_high = is_known & (above_all >= ALTITUDE_ERROR_FT)
    is_level = is_known & (np.abs(above_any) <= ALTITUDE_ERROR_FT)
    said_air, said_ground = track.ground == AIR, track.ground == GROUND
    silent = ~said_air & ~said_ground
    flies, is_fast = slowest >= _FLIES_KT, slowest >= _ROLL_KT
    contradicts = said_ground & (
        is_fast | (flies & np.isfinite(high) & is_known & (above_all > 2 * ALTITUDE_ERROR_FT))
    )
    in_air = said_air & (
        flies | (is_high & ~(slowest < _HOVER_KT)) | (climb >= 300) | (np.isnan(fastest) & ~is_level)
    )
    in_air |= silent & ((is_high & flies) | is_fast | ((climb >= 600) & (slowest >= 80)))
    standing = silent & (fastest <= _STILL_KT) & (climb < 100) & (is_level | (track.altitude_ft == 0))
    state = np.full(len(track), UNSURE, "i1")
    state[in_air] = AIR
    state[(said_ground & ~contradicts) | standing] = GROUND
    is_leap = _leaps(track, state, high)
    state[is_leap] = UNSURE
    flags = added({"ground_in_flight": int(contradicts.sum()), "air_on_ground": int(is_leap.sum())})
    return Phases(
        track=track,
        state=state,
        low_ft=low,
        high_ft=high,
        speed_kt=np.where(np.isfinite(track.speed_kt), track.speed_kt, slowest),
        is_slow=np.asarray(
            (fastest <= _TAXI_KT) & is_known & (np.abs(above_any) <= _PARKED_FT) & (climb < 300), "?"
        ),
        callsign_before=_filled(track.callsign),
        callsign_after=_filled(track.callsign[::-1])[::-1],
        flags=flags,
    )


def _filled(callsign: NDArray[np.bytes_]) -> NDArray[np.bytes_]:
    latest = (
        np.maximum.accumulate(np.where(callsign != b"", np.arange(len(callsign)), -1))
        if len(callsign)
        else np.array([], np.intp)
    )
    return np.where(latest >= 0, callsign[np.maximum(latest, 0)], b"") if len(callsign) else callsign


def _leaps(track: Track, state: Small, high: Floats) -> Truth:
    """Positions "in the air" so high above the fields, and so soon before or after one on the ground, that no
    aircraft can have climbed there.
    """
    ground = np.flatnonzero(state == GROUND)
    if not len(ground):
        return np.zeros(len(track), "?")
    here = np.arange(len(track))
    after = np.minimum(np.searchsorted(ground, here), len(ground) - 1)
    before = np.maximum(after - 1, 0)
    apart = (
        np.minimum(np.abs(track.us - track.us[ground[after]]), np.abs(track.us - track.us[ground[before]]))
        / 6e7
    )
    climb = track.altitude_ft - np.nan_to_num(high, nan=0.0) - ALTITUDE_ERROR_FT
    return np.asarray((state == AIR) & (climb > _FASTEST_CLIMB_FPM * apart), "?")


def speeds(track: Track) -> tuple[Floats, Floats]:
    """The lesser and the greater of the ground speed as sent and as the positions show it, in knots;
    receivers repeat old velocities for minutes.
    """
    before, hours = _earlier(track.us)
    knots = (
        sphere_km(track.lat[before], track.lon[before], track.lat, track.lon)
        / 1.852
        / np.where(hours == 0, np.nan, np.abs(hours))
    )
    return np.fmin(track.speed_kt, knots), np.fmax(track.speed_kt, knots)


def climbs(track: Track) -> Floats:
    """The vertical rate in feet a minute, up or down, that both the rate as sent and the altitudes bear out;
    0 where neither is known.
    """
    before, hours = _earlier(track.us)
    shown = np.abs(track.altitude_ft - track.altitude_ft[before]) / np.where(
        hours == 0, np.nan, np.abs(hours) * 60
    )
    return np.nan_to_num(np.fmin(np.abs(track.rate_fpm), shown), nan=0.0)


def _earlier(us: Whole) -> tuple[NDArray[np.intp], Floats]:
    """For each position one that is 20 to 120 seconds earlier (later for the first ones) and the hours since;
    itself and 0 where there is none.
    """
    here = np.arange(len(us))
    before = np.searchsorted(us, us - _BASE_US, side="right") - 1
    after = np.minimum(np.searchsorted(us, us + _BASE_US, side="left"), len(us) - 1)
    other = np.where((before >= 0) & (us - us[np.maximum(before, 0)] <= 6 * _BASE_US), before, after)
    apart = us - us[other]
    is_good = (np.abs(apart) >= _BASE_US) & (np.abs(apart) <= 6 * _BASE_US)
    return np.where(is_good, other, here), np.where(is_good, apart, 0) / 3.6e9


def _fields(track: Track, among: Airports) -> tuple[Floats, Floats]:
    """Field elevations about the positions that can be near the ground; others need none."""
    low, high = np.full(len(track), np.nan), np.full(len(track), np.nan)
    asks = np.flatnonzero(~(track.altitude_ft > 18_000))
    if len(asks):
        low[asks], high[asks] = among.fields_about(track.lat[asks], track.lon[asks], FIELD_KM)
    return low, high
