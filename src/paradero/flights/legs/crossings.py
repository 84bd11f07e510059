"""Crossings of a country's boundary: when an aircraft left or entered its land, or its territorial sea of 12
nautical miles, as moments with bounds.

A position counts as surely inside or surely outside only where it lies farther from the boundary than the
outline can be off (15 km). A crossing lies between the last position on one side and the first on the other
that are sure; a gap in between makes the moment as long as the gap, and so it should. What "left the country"
means in law (land, territorial sea, wheels up, hand-over) is not decided here: both boundaries can be asked
for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from paradero.flights.legs.cleaning import cleaned
from paradero.flights.legs.ends import moment_between
from paradero.flights.places.geometry import SPHERE_ERROR, sphere_km
from paradero.flights.places.outlines import OUTLINE_ERROR_M, Outline, outline_of, outlines
from paradero.flights.tracks.tracks import Floats, Small, Track, joined
from paradero.model.time.moments import Missing, Moment, Precision, Reason

SEA_KM = 12 * 1.852
_ERROR_KM = OUTLINE_ERROR_M / 1000
_LOOK_KM = 150.0
_MARGIN_DEGREES = 2.0


class Boundary(StrEnum):
    """Which boundary of a country is meant."""

    LAND = "land"
    # 12 nautical miles from the land; between neighbours the land border, and the nearer coast
    TERRITORIAL_SEA = "territorial_sea"


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """One crossing: `exit` or `entry`, and between which instants. `error_m` is how far the outline can be
    off, which the bounds allow for.
    """

    kind: str
    moment: Moment
    countries: tuple[str, ...]
    boundary: Boundary
    error_m: float = OUTLINE_ERROR_M


def crossings_of(
    track: Track, countries: Sequence[str], *, boundary: Boundary = Boundary.TERRITORIAL_SEA
) -> list[Crossing]:
    """The crossings that a cleaned track shows, in order of time; several countries (US, PR) are taken as
    one.

    Where the track ends before it is surely on the other side there is no crossing, since it may never have
    happened; `exit_open_of` says that one. Raises UnknownName for a country that is not known.
    """
    sides = sides_of(track.lat, track.lon, countries, boundary)
    known = np.flatnonzero(sides != 0)
    turns = np.flatnonzero(np.diff(sides[known]) != 0)
    return [
        Crossing(
            kind="exit" if sides[known[turn]] > 0 else "entry",
            moment=moment_between(int(track.us[known[turn]]) - track.age_us, int(track.us[known[turn + 1]])),
            countries=tuple(countries),
            boundary=boundary,
        )
        for turn in turns
    ]


def exit_open_of(
    track: Track, countries: Sequence[str], *, boundary: Boundary = Boundary.TERRITORIAL_SEA
) -> Crossing | None:
    """An exit of which only the beginning is known: the track ends inside, or too near to the boundary to
    say. None where it ends surely outside.
    """
    sides = sides_of(track.lat, track.lon, countries, boundary)
    known = np.flatnonzero(sides != 0)
    if not len(known) or sides[known[-1]] < 0:
        return None
    moment = Moment(
        lo=int(track.us[known[-1]]) - track.age_us,
        hi=None,
        precision=Precision.MILLISECOND,
        zone="Z",
        hi_why_missing=Missing(reason=Reason.NOT_RECORDED),
    )
    return Crossing(kind="exit", moment=moment, countries=tuple(countries), boundary=boundary)


def crossings_of_aircraft(
    tracks: Iterable[Track], countries: Sequence[str], *, boundary: Boundary = Boundary.TERRITORIAL_SEA
) -> list[Crossing]:
    """The crossings of one aircraft from all its tracks (one a file), an exit of which only the beginning is
    known among them, in order of time.
    """
    found: list[Crossing] = []
    for track in cleaned(joined(tracks)):
        if len(track):
            open_one = exit_open_of(track, countries, boundary=boundary)
            found += crossings_of(track, countries, boundary=boundary) + (
                [] if open_one is None else [open_one]
            )
    return sorted(found, key=lambda one: (one.moment.lo or 0, one.moment.hi or 0, one.kind))


def sides_of(lats: Floats, lons: Floats, countries: Sequence[str], boundary: Boundary) -> Small:
    """For each place, in the order of a track, 1 where it is surely inside, -1 where surely outside, 0 where
    it may be either.

    Places nearer to one than that is to where its answer could change have its answer, and are not asked
    about. Raises UnknownName for an unknown country.
    """
    inside = [outline_of(code) for code in countries]
    others = [one for one in outlines() if one not in inside]
    south, north = lats.min() - _MARGIN_DEGREES, lats.max() + _MARGIN_DEGREES
    others = [one for one in others if ((one.boxes[:, 3] >= south) & (one.boxes[:, 2] <= north)).any()]
    sides = np.zeros(len(lats), "i1")
    place = 0
    while place < len(lats):
        lat, lon = float(lats[place]), float(lons[place])
        side, clear_km = _side(lat, lon, inside, others, boundary)
        away = sphere_km(lat, lon, lats[place:], lons[place:]) >= clear_km
        after = place + max(1, int(np.argmax(away)) if away.any() else len(lats))
        sides[place:after] = side
        place = after
    return sides


def _side(
    lat: float, lon: float, inside: Sequence[Outline], others: Sequence[Outline], boundary: Boundary
) -> tuple[int, float]:
    """On which side a place is, and for how many km about it that holds."""
    is_in = any(one.contains(lat, lon) for one in inside)
    km = min(*(one.km_to_edge(lat, lon, _LOOK_KM) for one in inside), _LOOK_KM)
    limit = 0.0 if is_in or boundary is Boundary.LAND else SEA_KM
    clear = (km - limit - _ERROR_KM) * (1 - SPHERE_ERROR)
    if is_in or clear > 0:
        return (0 if clear <= 0 else 1 if is_in else -1), max(0.0, clear)
    if boundary is Boundary.LAND:
        return 0, 0.0
    away = min((one.km_to_edge(lat, lon, _LOOK_KM) for one in others), default=float("inf"))
    if any(one.contains(lat, lon) for one in others):
        return (-1 if min(km, away) > _ERROR_KM else 0), 0.0
    return (1 if km < SEA_KM - _ERROR_KM and away > km + 2 * _ERROR_KM else 0), 0.0
