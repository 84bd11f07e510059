"""Envelopes: where an aircraft can have stopped while nobody saw it.

With a speed v, a time T between two sightings and a least time g on the ground, it can fly v × (T - g) in
all. The places p it can have stopped at are those with distance(start, p) + distance(p, end) no more than
that: an ellipse on the globe with the two sightings as foci, and a circle of radius v × (T - g) / 2 where
they are one place. In 221 minutes at 850 km/h that radius is 1,353 km with half an hour on the ground and 715
km with two hours.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from paradero.flights.legs.aircraft_types import Vertical
from paradero.flights.places.airports import Airports
from paradero.flights.places.geometry import SPHERE_ERROR, between, destination, ellipsoid_km, sphere_km
from paradero.flights.tracks.tracks import Floats

_QUARTER_KM = (
    10_000.0  # a quarter of the way round: an envelope that reaches beyond it has no outline worth drawing
)
_POINTS = 72

Place = tuple[float, float]
Ring = list[list[float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """An airport in an envelope: km from the start and to the end, and the minutes that a stop there can last
    beyond the least time on the ground.
    """

    icao: str
    name: str
    country: str
    is_scheduled: bool
    distance_km: float
    distance_to_end_km: float
    slack_minutes: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """Where a stop was possible. `radius_km` is half of the way that can be flown: how far the envelope
    reaches from its middle. None: no stop possible.

    `basis` says whose speed it is, `lost_km` by how much less than at that speed it can fly, for climbing and
    descending.
    """

    start: Place
    end: Place
    minutes: float
    speed_kmh: float
    ground_minutes: float
    apart_km: float
    radius_km: float | None
    basis: str = "stated"
    lost_km: float = 0.0


def envelope(
    start: Place,
    end: Place,
    minutes: float,
    *,
    speed_kmh: float,
    ground_minutes: float,
    vertical: Vertical | None = None,
    basis: str = "stated",
) -> Envelope:
    """The envelope of a gap; places are (latitude, longitude) in degrees. `vertical` is what climbing and
    descending cost at the least; None: nothing.
    """
    apart = float(ellipsoid_km(*start, *end))
    cost = vertical or Vertical()
    flown = speed_kmh * (minutes - ground_minutes) / 60 - cost.lost_km
    is_possible = flown >= apart and minutes - ground_minutes >= cost.minutes
    return Envelope(
        start=start,
        end=end,
        minutes=minutes,
        speed_kmh=speed_kmh,
        ground_minutes=ground_minutes,
        apart_km=apart,
        radius_km=flown / 2 if is_possible else None,
        basis=basis,
        lost_km=round(cost.lost_km, 1),
    )


def airports_in(of: Envelope, among: Airports, *, day: str) -> list[Reached]:
    """The airports in an envelope, the longest possible stop first."""
    if of.radius_km is None:
        return []
    flown = 2 * of.radius_km
    places = np.flatnonzero(
        among.km_from(*of.start) + among.km_from(*of.end) <= flown * (1 + SPHERE_ERROR) + 0.1
    )
    out = ellipsoid_km(*of.start, among.lat[places], among.lon[places])
    back = ellipsoid_km(among.lat[places], among.lon[places], *of.end)
    within = np.flatnonzero(out + back <= flown)
    slack = (flown - out - back) / of.speed_kmh * 60
    found = [
        _reached(among, int(places[one]), float(out[one]), float(back[one]), float(slack[one]), day)
        for one in within
    ]
    return sorted(found, key=lambda one: (-one.slack_minutes, one.icao))


def _reached(among: Airports, place: int, out: float, back: float, slack: float, day: str) -> Reached:
    airport = among.all[place]
    return Reached(
        icao=airport.code_on(day),
        name=airport.name,
        country=airport.country,
        is_scheduled=airport.is_scheduled,
        distance_km=round(out, 1),
        distance_to_end_km=round(back, 1),
        slack_minutes=round(slack, 1),
    )


def outline(of: Envelope) -> list[list[Ring]] | None:
    """The envelope as the coordinates of a GeoJSON MultiPolygon, drawn on the sphere and 0.6 % too large, cut
    at the 180th meridian.

    None where no stop is possible, or where it reaches a quarter of the way round the earth or farther.
    """
    if of.radius_km is None or of.radius_km >= _QUARTER_KM:
        return None
    flown = 2 * of.radius_km * (1 + SPHERE_ERROR)
    middle = between(*of.start, *of.end, 0.5)
    lat0, lon0 = float(middle[0]), float(middle[1])
    direction = np.linspace(0, 360, _POINTS, endpoint=False)
    low, high = np.zeros(_POINTS), np.full(_POINTS, flown / 2 + 1)
    for _ in range(40):
        km = (low + high) / 2
        lat, lon = destination(lat0, lon0, direction, km)
        is_in = sphere_km(*of.start, lat, lon) + sphere_km(lat, lon, *of.end) <= flown
        low, high = np.where(is_in, km, low), np.where(is_in, high, km)
    lat, lon = destination(lat0, lon0, direction, low)
    return _cut_at_the_date_line(np.asarray(lat), np.degrees(np.unwrap(np.radians(lon))))


def _cut_at_the_date_line(lat: Floats, lon: Floats) -> list[list[Ring]]:
    """Rings within -180 to 180, counterclockwise; a ring about a pole is closed along it."""
    turn = float(np.degrees(np.unwrap(np.radians(np.r_[lon, lon[:1]])))[-1] - lon[0])
    line = list(zip(lon.tolist(), lat.tolist(), strict=True))
    if abs(turn) > 180:
        pole = 90.0 if float(lat.mean()) > 0 else -90.0
        line += [(float(lon[0]) + turn, float(lat[0])), (float(lon[0]) + turn, pole), (float(lon[0]), pole)]
    found = []
    for shift in (-360.0, 0.0, 360.0):
        piece = _clipped(_clipped([(x + shift, y) for x, y in line], -180.0, 1), 180.0, -1)
        if len(piece) >= 3:
            found.append([_closed(piece)])
    return found


def _clipped(line: list[tuple[float, float]], edge: float, side: int) -> list[tuple[float, float]]:
    """The part of a polygon on one side of a meridian (Sutherland and Hodgman)."""
    found: list[tuple[float, float]] = []
    for (x1, y1), (x2, y2) in zip(line[-1:] + line[:-1], line, strict=True):
        in1, in2 = side * (x1 - edge) >= 0, side * (x2 - edge) >= 0
        if in1 != in2:
            found.append((edge, y1 + (y2 - y1) * (edge - x1) / (x2 - x1)))
        if in2:
            found.append((x2, y2))
    return found


def _closed(line: list[tuple[float, float]]) -> Ring:
    area = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(line, line[1:] + line[:1], strict=True))
    ordered = line if area >= 0 else line[::-1]
    return [[round(float(x), 4), round(float(y), 4)] for x, y in [*ordered, ordered[0]]]
