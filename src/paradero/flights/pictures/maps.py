"""Where things lie on a map of a few hundred pixels: a projection fitted to what is shown, a bar for the
scale, labels that do not cover each other.

The projection is azimuthal equidistant about the middle of what is shown: distances from the middle are true,
and a flight over the 180th meridian or a pole is one line. Source of its formula: Snyder, Map Projections: A
Working Manual (1987), chapter 25. Pixels run right and down.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from paradero.flights.places.geometry import EARTH_KM, bearing, destination, sphere_km
from paradero.flights.places.outlines import outlines
from paradero.flights.tracks.tracks import Floats

_PADDING = 34.0
_LEAST_KM = 24.0
_LETTER_PX, _LINE_PX = 6.6, 14.0
_MARGIN_DEGREES = 1.0

Ring = list[list[float]]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A map: its middle in degrees, pixels a radian of the earth, and its size in pixels."""

    lat: float
    lon: float
    scale: float
    width: int
    height: int

    def pixels(self, lat: Floats | Sequence[float], lon: Floats | Sequence[float]) -> tuple[Floats, Floats]:
        """Where places are drawn: right of the left edge and below the upper one."""
        x, y = _plane(self.lat, self.lon, np.asarray(lat, "f8"), np.asarray(lon, "f8"))
        return self.width / 2 + x * self.scale, self.height / 2 - y * self.scale

    @property
    def reach_km(self) -> float:
        """From the middle to a corner."""
        return min(math.pi, math.hypot(self.width, self.height) / 2 / self.scale) * EARTH_KM

    def bar(self) -> tuple[int, float]:
        """A round number of km that is at most a quarter of the width, and its length in pixels at the
        middle.
        """
        most = self.width / 4 / self.scale * EARTH_KM
        power = 10.0 ** math.floor(math.log10(most))
        km = max(size * power for size in (1, 2, 5) if size * power <= most)
        return round(km), km / EARTH_KM * self.scale


def fitted(lat: Sequence[float], lon: Sequence[float], *, width: int, height: int) -> View:
    """The view of that size in which all places lie, with a margin; at least 24 km are shown."""
    lats, lons = np.asarray(lat, "f8"), np.asarray(lon, "f8")
    toward = np.array(
        [
            np.cos(np.radians(lats)) * np.cos(np.radians(lons)),
            np.cos(np.radians(lats)) * np.sin(np.radians(lons)),
            np.sin(np.radians(lats)),
        ]
    )
    x, y, z = toward.mean(axis=1)
    lat0, lon0 = math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))
    for _ in range(4):
        east, north = _plane(lat0, lon0, lats, lons)
        right, up = (east.max() + east.min()) / 2, (north.max() + north.min()) / 2
        moved = destination(lat0, lon0, math.degrees(math.atan2(right, up)), math.hypot(right, up) * EARTH_KM)
        lat0, lon0 = float(moved[0]), float((moved[1] + 180) % 360 - 180)
    east, north = _plane(lat0, lon0, lats, lons)
    least = _LEAST_KM / EARTH_KM / 2
    wide, high = max(float(np.abs(east).max()), least), max(float(np.abs(north).max()), least)
    scale = min((width / 2 - _PADDING) / wide, (height / 2 - _PADDING) / high)
    return View(lat=round(lat0, 6), lon=round(lon0, 6), scale=round(scale, 3), width=width, height=height)


def _plane(lat0: float, lon0: float, lat: Floats, lon: Floats) -> tuple[Floats, Floats]:
    arc = np.asarray(sphere_km(lat0, lon0, lat, lon), "f8") / EARTH_KM
    turn = np.radians(np.asarray(bearing(lat0, lon0, lat, lon), "f8"))
    return arc * np.sin(turn), arc * np.cos(turn)


def land(view: View) -> list[list[Ring]]:
    """The countries that can be seen, as coordinates of a MultiPolygon wound as d3 wants it: clockwise.
    Enclaves are drawn by their own country.
    """
    reach = min(180.0, view.reach_km / EARTH_KM * 180 / math.pi + _MARGIN_DEGREES)
    south, north = view.lat - reach, view.lat + reach
    widest = (
        360.0
        if max(abs(south), abs(north)) >= 89
        else math.degrees(
            math.asin(min(1.0, math.sin(math.radians(min(reach, 90))) / math.cos(math.radians(view.lat))))
        )
    )
    found = []
    for country in outlines():
        for ring, (west, east, low, high) in zip(country.rings, country.boxes, strict=True):
            is_near = (
                high >= south
                and low <= north
                and any(
                    east + turn >= view.lon - widest and west + turn <= view.lon + widest
                    for turn in (-360, 0, 360)
                )
            )
            if is_near and (
                _signed_area(ring) < 0 or low < -89
            ):  # a ring about the pole has no side on a plane
                found.append([[[round(float(x), 3), round(float(y), 3)] for x, y in ring]])
    return found


def _signed_area(ring: Floats) -> float:
    x, y = ring[:, 0], ring[:, 1]
    return float((x[:-1] * y[1:] - x[1:] * y[:-1]).sum())


def placed(
    texts: Sequence[tuple[float, float, str]], *, width: int, height: int, taken: Sequence[Box] = ()
) -> list[tuple[float, float, str] | None]:
    """Where the label of each point goes: (left, middle line, text) in pixels, None where every place about
    it is taken or outside. The first come first.
    """
    boxes, found = list(taken), []
    for x, y, text in texts:
        wide = len(text) * _LETTER_PX
        spots = [
            (x + 9, y),
            (x - 9 - wide, y),
            (x - wide / 2, y - 14),
            (x - wide / 2, y + 15),
            (x + 8, y - 14),
            (x + 8, y + 15),
            (x - 8 - wide, y - 14),
            (x - 8 - wide, y + 15),
        ]
        chosen = next((spot for spot in spots if _is_free(_box(spot, wide), boxes, width, height)), None)
        if chosen is not None:
            boxes.append(_box(chosen, wide))
        found.append(None if chosen is None else (chosen[0], chosen[1], text))
    return found


def _box(spot: tuple[float, float], wide: float) -> Box:
    return spot[0], spot[0] + wide, spot[1] - _LINE_PX / 2, spot[1] + _LINE_PX / 2


def _is_free(box: Box, boxes: Sequence[Box], width: int, height: int) -> bool:
    left, right, top, bottom = box
    if left < 2 or right > width - 2 or top < 2 or bottom > height - 2:
        return False
    return not any(left < r and right > a and top < b and bottom > t for a, r, t, b in boxes)
