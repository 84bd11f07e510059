"""When one leg left a country for good, and whether it ended abroad: bounds that hold whatever happened where
nobody heard it.

A leg leaves when it is inside for the last time before it lands abroad. The earliest that can be is its last
position surely inside, or its take-off there; the latest is its first position surely outside after that, but
only where it is certain that it then landed abroad: an aircraft that is lost outside can have turned back.
Positions of other legs and of another aircraft under the same code say nothing of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from paradero.flights.legs.crossings import Boundary, sides_of
from paradero.flights.legs.ends import End, Status
from paradero.flights.legs.legs import Leg
from paradero.flights.places.airports import Airports, airports
from paradero.flights.tracks.tracks import Track


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """Bounds of the leaving in UTC microseconds, both None where the leg does not show that it left;
    `is_abroad` whether it landed abroad, None where that is open.
    """

    lo: int | None
    hi: int | None
    is_abroad: bool | None


def leaving_of(
    leg: Leg,
    track: Track,
    countries: Sequence[str],
    *,
    boundary: Boundary = Boundary.TERRITORIAL_SEA,
    among: Airports | None = None,
) -> Leaving:
    """When a leg, with the cleaned track it is of, left the countries taken as one (ISO codes, as airports
    have them, too).
    """
    among = among or airports()
    is_abroad = _is_outside(leg.landing, countries, boundary, among)
    from_abroad = _is_outside(leg.takeoff, countries, boundary, among)
    flown = (
        np.flatnonzero((track.us >= (leg.first_us or 0)) & (track.us <= (leg.last_us or 0)))
        if leg.first_us is not None
        else np.array([], np.intp)
    )
    us, sides = (
        track.us[flown],
        (sides_of(track.lat, track.lon, countries, boundary)[flown] if len(flown) else np.array([], "i1")),
    )
    inside = np.flatnonzero(sides > 0)
    if is_abroad is False or (not len(inside) and from_abroad is not False):
        return Leaving(
            lo=None, hi=None, is_abroad=is_abroad
        )  # it did not leave, or was abroad, or may have been, from the first
    last = int(inside[-1]) if len(inside) else -1
    lo = (
        int(us[last]) - track.age_us
        if len(inside)
        else leg.takeoff.moment.lo
        if leg.takeoff.is_certain
        else None
    )
    beyond = np.flatnonzero(sides[last + 1 :] < 0)
    if not is_abroad:
        return Leaving(lo=lo, hi=None, is_abroad=is_abroad)
    return Leaving(
        lo=lo, hi=int(us[last + 1 + int(beyond[0])]) if len(beyond) else leg.landing.moment.hi, is_abroad=True
    )


def _is_outside(end: End, countries: Sequence[str], boundary: Boundary, among: Airports) -> bool | None:
    """Whether an end was surely outside, surely inside, or neither: by the place seen on the ground, or by
    all airports that it can have been at.
    """
    if not end.is_certain:
        return None
    if end.status is Status.OBSERVED:
        side = int(sides_of(np.array([end.lat]), np.array([end.lon]), countries, boundary)[0])
        if side:
            return side < 0
    if end.status is Status.UNKNOWN or not end.candidates or len(end.candidates) < end.n_in_reach:
        return None
    inside = {among.named(one.icao).country in countries for one in end.candidates}
    return not inside.pop() if len(inside) == 1 else None
