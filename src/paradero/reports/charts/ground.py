"""The ground of a map: coast, borders, states and envelopes, cut at the frame and drawn with the marks that
all charts share.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np

from paradero.flights.pictures.maps import View
from paradero.flights.places.geometry import EARTH_KM
from paradero.flights.places.outlines import Outline, outlines, state_outlines
from paradero.flights.tracks.tracks import Floats
from paradero.reports.charts.marks import ABSENT, path

LAND, STATE = "#f6f5f0", "#e3e2dc"
_FAR = 0.8 * math.pi  # a place so far round the earth has no side on the plane
_LONGEST = 1.5  # degrees of a straight edge of an outline: a longer one is a curve on the map
_LEAST_GROUND_PX = 2.0
_LEAST_PX = 0.7  # a point nearer to the one before it is not seen

Point = tuple[float, float]


def ground(view: View, name: str) -> list[str]:
    """Land with the borders of states and countries; what lies over it shows the borders by `borders` with
    the same name.
    """
    countries = list(rings_of(view, outlines()))
    states = list(rings_of(view, state_outlines()))
    land = "".join(drawn(ring) for _, ring in countries)
    inner = "".join(drawn(ring) for _, ring in states)
    if not land:
        return []
    shape = f'<path id="{name}-land" d="{land}"/>'
    return [f'<g fill="{LAND}" stroke="{ABSENT}">{shape}</g>', *([path(inner, edge=STATE)] if inner else [])]


def borders(marks: Sequence[str], name: str) -> list[str]:
    """Coast and borders over what was drawn on the land, where there is any."""
    is_there = any(f'id="{name}-land"' in each for each in marks)
    return [f'<use href="#{name}-land" fill="none" stroke="{ABSENT}"/>'] if is_there else []


def rings_of(view: View, among: Iterable[Outline]) -> Iterable[tuple[Outline, list[Point]]]:
    """The rings that can be seen, in pixels and cut at the frame."""
    reach = min(90.0, view.reach_km / EARTH_KM * 180 / math.pi + 1)
    for one in among:
        for ring, (west, east, south, north) in zip(one.rings, one.boxes, strict=True):
            if south > view.lat + reach or north < view.lat - reach:
                continue
            nearest = min(abs((view.lon - lon + 180) % 360 - 180) for lon in (west, east))
            inside = any(west <= view.lon + turn <= east for turn in (-360, 0, 360))
            if not inside and nearest > reach / max(0.2, math.cos(math.radians(view.lat))):
                continue
            cut = clipped(view, pixels(view, ring))
            if len(cut) > 2:
                yield one, cut


def pixels(view: View, ring: Floats) -> list[Point]:
    """A ring of longitudes and latitudes in pixels of the map; none where a part of it is on the other side
    of the earth.
    """
    steps = np.maximum(1, np.ceil(np.abs(np.diff(ring, axis=0)).max(axis=1) / _LONGEST)).astype(int)
    lon, lat = [float(ring[0, 0])], [float(ring[0, 1])]
    for n, begin, end in zip(steps.tolist(), ring[:-1], ring[1:], strict=True):
        for step in range(1, n + 1):
            lon.append(float(begin[0] + (end[0] - begin[0]) * step / n))
            lat.append(float(begin[1] + (end[1] - begin[1]) * step / n))
    x, y = view.pixels(lat, lon)
    away = np.hypot(x - view.width / 2, y - view.height / 2) / view.scale
    return [] if away.max() > _FAR else list(zip(x.tolist(), y.tolist(), strict=True))


def clipped(view: View, ring: Sequence[Point]) -> list[Point]:
    """The part of a polygon inside the frame (Sutherland and Hodgman, 1974)."""
    found = list(ring)
    for axis, bound, sign in (
        (0, 0.0, 1),
        (0, float(view.width), -1),
        (1, 0.0, 1),
        (1, float(view.height), -1),
    ):
        cut: list[Point] = []
        for begin, end in zip(found, [*found[1:], *found[:1]], strict=True):
            a, b = (begin[axis] - bound) * sign, (end[axis] - bound) * sign
            if a >= 0:
                cut.append(begin)
            if (a >= 0) != (b >= 0):
                share = a / (a - b)
                cut.append((begin[0] + (end[0] - begin[0]) * share, begin[1] + (end[1] - begin[1]) * share))
        found = cut
    return found


def drawn(ring: Sequence[Point]) -> str:
    """A ring as SVG has it; outlines are good to some kilometres, so pixels are whole."""
    kept = thinned(ring, _LEAST_GROUND_PX)
    return "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in kept) + "Z" if len(kept) > 2 else ""


def thinned(points: Sequence[Point], least: float = _LEAST_PX) -> list[Point]:
    """Points without those that lie on the one before them, nearer than so many pixels."""
    kept: list[Point] = []
    for point in points:
        if not kept or math.dist(point, kept[-1]) >= least:
            kept.append(point)
    return kept


def area_of(ring: Sequence[Point]) -> float:
    """The area of a polygon in square pixels."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], *ring[:1]], strict=True)) / 2)


def inside_of(ring: Sequence[Point]) -> Point | None:
    """A point well inside a polygon for a name: the middle of the widest stretch of its middle line."""
    ys = [y for _, y in ring]
    y = (min(ys) + max(ys)) / 2
    crossed = sorted(
        a[0] + (y - a[1]) * (b[0] - a[0]) / (b[1] - a[1])
        for a, b in zip(ring, [*ring[1:], *ring[:1]], strict=True)
        if (a[1] > y) != (b[1] > y)
    )
    stretches = list(zip(crossed[::2], crossed[1::2], strict=False))
    if not stretches:
        return None
    begin, end = max(stretches, key=lambda each: each[1] - each[0])
    return (begin + end) / 2, y
