"""Which airports an end of a leg can have been at, and what weight each deserves. A weight above one half is
a claim, so it is hard to come by.

On the ground the distance from the airport's reference point decides. In the air each airport in reach is
scored by how well the position lies on a way to or from it: distance against a glide of three degrees,
direction of flight, and a scheduled airport before an airstrip. The score of "none of these" grows with the
height. Above one half comes only what was seen on the ground, or below 1,200 ft above the field, within 8 km,
on its way, where no other airport, however small, fits a quarter as well.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from paradero.flights.legs.ends import Candidate
from paradero.flights.places.airports import Airports
from paradero.flights.places.geometry import bearing, geodesic_km, turn_between
from paradero.flights.tracks.tracks import Floats, Places, Truth

HALF = 0.5
SHOWN = 12  # airports listed at most
TOO_MANY_KM = 2_500.0  # beyond this reach no airport is named: the list would be a list of the world
_FIELD_KM = 8.0  # ground positions lie this near to the reference point of a large airport
_FIELD_SCALE_KM = 2.5
ARRIVAL_KM_A_FT = 0.0003048 * 19.08  # a glide of three degrees
DEPARTURE_KM_A_FT = 0.0003048 * 10.0  # a climb of 600 ft a nautical mile
_LOW_KM, _LOW_FT, _NOT_SAID_FT = 150.0, 10_000.0, 10_000.0
_ON_ITS_WAY_KM, _ON_ITS_WAY_FT = 8.0, 1_200.0
_AIRSTRIP = 0.3
_LEAST_WEIGHT = 0.002
_RIVAL = 0.25  # no airport is claimed in the air where another one fits a quarter as well


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """The position nearest to an end. `toward` is the direction in which the end lies along the track, None
    where the track does not tell.

    `reach_km` is how far the airport can be, `km_a_ft` how far it usually is for a foot of height;
    `is_on_its_way` whether the track is a sustained climb out or descent in, `is_going_away` whether it
    climbs where it is to land, or descends where it took off.
    """

    lat: float
    lon: float
    altitude_ft: float
    toward: float | None
    reach_km: float
    km_a_ft: float
    is_on_its_way: bool
    is_going_away: bool
    day: str


Found = tuple[tuple[Candidate, ...], int]


def on_ground(lat: float, lon: float, day: str, among: Airports, *, belief: float = 1.0) -> Found:
    """The airports of a position on the ground, and how many are within 8 km; `belief` is how sure it is that
    the end was at this place at all.
    """
    places, km = among.near(lat, lon, _FIELD_KM)
    score = np.exp(-((km / _FIELD_SCALE_KM) ** 2)) * np.where(
        among.is_scheduled[places], 1.0, _AIRSTRIP ** (km > 1.0)
    )
    weight = belief * score / (score.sum() + 0.04)
    return _listed(among, places, weight, lat, lon, np.nan, day), len(places)


def in_air(sight: Sight, among: Airports, *, allowed: Truth | None = None) -> Found:
    """The airports in reach of a position in flight, the likeliest first, and how many there are.

    Where the reach is beyond 2,500 km those near a low position are named, and none for a high one. `allowed`
    says of every airport whether what is known besides allows it.
    """
    is_far = sight.reach_km > TOO_MANY_KM and (allowed is None or np.count_nonzero(allowed) > 4 * SHOWN)
    places, km = among.near(sight.lat, sight.lon, min(sight.reach_km, _LOW_KM) if is_far else sight.reach_km)
    if allowed is not None:
        places, km = places[allowed[places]], km[allowed[places]]
    n_in_reach = len(places)
    if is_far:
        n_in_reach = (
            among.n_near(sight.lat, sight.lon, sight.reach_km)
            if allowed is None
            else int(np.count_nonzero(allowed))
        )
    height = (
        np.maximum(sight.altitude_ft - among.elevation_ft[places], 0.0)
        if np.isfinite(sight.altitude_ft)
        else np.full(len(places), _NOT_SAID_FT)
    )
    if not len(places) or (is_far and height.min() > _LOW_FT):
        return (), n_in_reach
    fit = _fits(sight, among, places, km, height)
    score = fit * np.where(among.is_scheduled[places], 1.0, _AIRSTRIP)
    weight = score / (
        score.sum()
        + 0.1
        + float(height.min()) / 5_000
        + (0.0 if sight.is_on_its_way else 10.0 if sight.is_going_away else 1.0)
    )
    is_near = (height <= _ON_ITS_WAY_FT) & (km <= _ON_ITS_WAY_KM) & sight.is_on_its_way
    rival = np.where(
        fit >= fit.max(), np.sort(fit)[-2] if len(fit) > 1 else 0.0, fit.max()
    )  # the best of the others, large or small
    weight = np.where(is_near & (rival <= _RIVAL * fit), weight, np.minimum(weight, HALF))
    return _listed(among, places, weight, sight.lat, sight.lon, sight.altitude_ft, sight.day), n_in_reach


def _fits(sight: Sight, among: Airports, places: Places, km: Floats, height: Floats) -> Floats:
    usual = height * sight.km_a_ft
    off = np.log((km + 3.0) / (usual + 3.0))
    score = np.exp(-0.5 * (off / np.where(off > 0, 0.5, 1.2)) ** 2)
    if sight.toward is not None:
        turn = turn_between(bearing(sight.lat, sight.lon, among.lat[places], among.lon[places]), sight.toward)
        score = score * np.where(km > 3.0, 0.08 + 0.92 * np.exp(-((turn / 30.0) ** 2)), 1.0)
    return np.asarray(score, "f8")


def _listed(
    among: Airports, places: Places, weight: Floats, lat: float, lon: float, altitude: float, day: str
) -> tuple[Candidate, ...]:
    """The heaviest, with exact distances; equal weights by code, so that the order is one."""
    heaviest = sorted(
        range(len(places)),
        key=lambda place: (-round(float(weight[place]), 6), among.all[int(places[place])].icao),
    )[:SHOWN]
    found = []
    for rank, place in enumerate(heaviest):
        if rank >= 3 and weight[place] < _LEAST_WEIGHT:
            break
        airport = among.all[int(places[place])]
        found.append(
            Candidate(
                icao=airport.code_on(day),
                name=airport.name,
                distance_km=round(geodesic_km(lat, lon, airport.lat, airport.lon), 1),
                height_ft=None if np.isnan(altitude) else float(round(altitude - airport.elevation_ft)),
                weight=float(np.floor(weight[place] * 1000) / 1000),
            )
        )
    return tuple(found)
