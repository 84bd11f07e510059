"""De-noise a track: repeats, jumps and second aircraft under one code are taken apart and counted. What is
taken out is never silently gone.

=====================  =======================================================================================
flag                   what it counts
=====================  =======================================================================================
duplicate              positions with the time and place of another
stale_repeat           the same place again while moving: a receiver that repeats what it last heard
jump                   positions that no aircraft can have reached from those before and after: teleports
mlat_jump              the same, of multilaterated positions
spoofed                positions that stand or crawl where the aircraft flies fast and high, or an excursion
                       that no aircraft can fly and of which the track comes back: jammed or spoofed
                       navigation
second_aircraft        positions of another aircraft under the same code; it is a track of its own with the
                       same flag
altitude_jump          altitudes that no aircraft can have reached; the position stays, its altitude is not
                       known
=====================  =======================================================================================
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from paradero.flights.legs.phases import speeds
from paradero.flights.places.geometry import sphere_km
from paradero.flights.tracks.tracks import GROUND, Floats, Track, Truth, Whole, added

FASTEST_KMH = 1_400.0  # an airliner at 1,080 km/h in the strongest jet stream on record stays below it
# positions of one second may be this far apart: their times are rounded, and age before they are stamped
_NEAR_KM = 3.0
_FASTEST_CLIMB_FPM = 20_000.0
_CLIMB_SPARE_FT = 700.0
_STALE_US = 600_000_000
_LEAST_POINTS, _LEAST_US = 20, 120_000_000  # a chain of fewer or shorter is noise, not an aircraft
_HEADS = 12


def cleaned(track: Track) -> list[Track]:
    """The track without what cannot be, the aircraft with most positions first; one track for each further
    aircraft under the same code.

    The result is the same for any order of the positions.
    """
    if not len(track):
        return [track]
    ordered = track.only(_order(track))
    is_repeat = np.r_[
        False, (np.diff(ordered.us) == 0) & (np.diff(ordered.lat) == 0) & (np.diff(ordered.lon) == 0)
    ]
    once = ordered.only(~is_repeat, duplicate=int(is_repeat.sum()))
    fresh = _without_stale(once)
    is_false = _stands_in_flight(fresh)
    return [
        _altitudes_checked(one) for one in _taken_apart(fresh.only(~is_false, spoofed=int(is_false.sum())))
    ]


def _order(track: Track) -> NDArray[np.intp]:
    keys = (
        track.callsign,
        track.is_mlat,
        track.ground,
        track.rate_fpm,
        track.speed_kt,
        track.altitude_ft,
        track.lon,
        track.lat,
        track.us,
    )
    return np.lexsort(keys)


def _without_stale(track: Track) -> Track:
    is_same = (np.diff(track.lat) == 0) & (np.diff(track.lon) == 0) & (np.diff(track.us) < _STALE_US)
    is_moving = (track.speed_kt[1:] >= 50) & (track.ground[1:] != GROUND)
    is_stale = np.r_[False, is_same & is_moving]
    return track.only(~is_stale, stale_repeat=int(is_stale.sum()))


def _stands_in_flight(track: Track) -> Truth:
    """Positions that have moved less than a quarter of what their speed says, or that crawl high up in the
    track of an aircraft that flies fast there.

    The first at 200 knots and 5,000 ft or more; the second below 120 knots at 20,000 ft or more, where the
    rest is at 250 knots at the median.
    """
    slowest, _ = speeds(track)
    is_high = track.altitude_ft >= 20_000
    stands = (track.speed_kt >= 200) & (track.altitude_ft >= 5_000) & (slowest < track.speed_kt / 4)
    known = slowest[is_high & (slowest >= 120)]
    crawls = (
        is_high
        & (slowest < 120)
        & (len(known) * 2 > int(is_high.sum()) - len(known))
        & (len(known) > 0 and float(np.median(known)) >= 250)
    )
    return np.asarray(stands | crawls, "?")


def _taken_apart(track: Track) -> list[Track]:
    hours = np.diff(track.us) / 3.6e9
    km = sphere_km(track.lat[:-1], track.lon[:-1], track.lat[1:], track.lon[1:])
    if not (km > _near_km(track) + FASTEST_KMH * hours).any():
        return [track]
    chain = _chains(track)
    sizes = np.bincount(chain)
    main = int(np.argmax(sizes))
    in_main = np.flatnonzero(chain == main)
    aircraft, counts = [], {"jump": 0, "mlat_jump": 0, "spoofed": 0, "second_aircraft": 0}
    for number in np.flatnonzero(sizes):
        places = np.flatnonzero(chain == number)
        if number == main:
            continue
        kind = _kind(track.us, places, in_main)
        if kind == "jump":
            n_mlat = int(track.is_mlat[places].sum())
            counts["mlat_jump"] += n_mlat
            counts["jump"] += len(places) - n_mlat
        else:
            counts[kind] += len(places)
        if kind == "second_aircraft":
            aircraft.append(replace(track, flags={}).only(places, second_aircraft=len(places)))
    return [track.only(in_main, **counts), *aircraft]


def _near_km(track: Track) -> float:
    """How far apart positions of one instant may be: farther where their times can be older than stated."""
    return _NEAR_KM + FASTEST_KMH * track.age_us / 3.6e9


def _kind(us: Whole, places: NDArray[np.intp], in_main: NDArray[np.intp]) -> str:
    """What a chain beside the main one is: noise, an excursion from which the main one comes back, or another
    aircraft.
    """
    if len(places) < _LEAST_POINTS or us[places[-1]] - us[places[0]] < _LEAST_US:
        return "jump"
    first, last = places[0], places[-1]
    n_within = np.count_nonzero((in_main > first) & (in_main < last))
    is_enclosed = in_main[0] < first and in_main[-1] > last
    return "spoofed" if is_enclosed and n_within < 3 else "second_aircraft"


def _chains(track: Track) -> NDArray[np.intp]:
    """The chain of each position: it joins the nearest chain from whose last position an aircraft can have
    come, or begins one.
    """
    chain = np.empty(len(track), np.intp)
    heads: list[tuple[int, int]] = []  # (chain, last position), latest last
    n_chains, near_km = 0, _near_km(track)
    for place in range(len(track)):
        last = np.array([position for _, position in heads], np.intp)
        km = sphere_km(track.lat[last], track.lon[last], track.lat[place], track.lon[place])
        hours = (track.us[place] - track.us[last]) / 3.6e9
        fits = np.flatnonzero(km <= near_km + FASTEST_KMH * hours)
        if len(fits):
            head = int(fits[np.argmin(km[fits])])
            number, _ = heads.pop(head)
        else:
            number, n_chains = n_chains, n_chains + 1
        chain[place] = number
        heads.append((number, place))
        if len(heads) > _HEADS:
            heads.pop(0)
    return chain


def _altitudes_checked(track: Track) -> Track:
    """Altitudes that differ from those both before and after by more than an aircraft can climb are not
    known; the first and last count too.
    """
    known = np.flatnonzero(np.isfinite(track.altitude_ft))
    if len(known) < 3:
        return track
    off = known[_off(track.altitude_ft[known], track.us[known] / 6e7)]
    if not len(off):
        return track
    altitude = track.altitude_ft.copy()
    altitude[off] = np.nan
    return replace(track, altitude_ft=altitude, flags=added(track.flags, {"altitude_jump": len(off)}))


def _off(altitude: Floats, minutes: Floats) -> NDArray[np.intp]:
    middle = smoothed(altitude)
    reach = np.maximum(np.r_[0, np.diff(minutes)], np.r_[np.diff(minutes), 0])
    around = np.maximum.reduce([np.roll(reach, 1), reach, np.roll(reach, -1)])
    return np.flatnonzero(np.abs(altitude - middle) > _CLIMB_SPARE_FT + _FASTEST_CLIMB_FPM * 2 * around)


def smoothed(values: Floats) -> Floats:
    """The running median over five values, the ends repeated: without single outliers, and with every lasting
    change where it was.
    """
    padded = np.r_[values[:1], values[:1], values, values[-1:], values[-1:]]
    return np.asarray(np.median(np.lib.stride_tricks.sliding_window_view(padded, 5), axis=1), "f8")
