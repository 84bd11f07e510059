"""Facilities on a map: how many were held at each as a disc within a ring, routes between them as bent
lines with an arrow; flights as straight double lines between squares.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from paradero.flights.pictures.maps import View, fitted, placed
from paradero.reports.charts.ground import borders, ground
from paradero.reports.charts.marks import BAND, INK, INK_2, LETTER, RECORDS, box, number, path, words

WIDE, NARROW = 860, 358
_HEIGHT = {WIDE: 520, NARROW: 380}
_LARGEST = {WIDE: 26.0, NARROW: 16.0}  # px of the radius for the most people
_LEAST = 2.5
_NAMED = {WIDE: 10, NARROW: 4}
_WIDEST = 6.0  # px of the line for the busiest route
_BROAD, _INNER, _SIDE = 4.0, 1.6, 8.0  # px: the double line of a flight, the square of an airport
_UNSETTLED = "7 5"
_BEND = 0.18  # how far a route bends from the straight line, so that there and back are two lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A facility on the map: where it is, and the bounds of how many were held there."""

    code: str
    name: str
    lat: float
    lon: float
    lo: int
    hi: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """How many went from one facility to another, at least and at most."""

    origin: str
    goal: str
    lo: int
    hi: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Airport:
    """An airport at an end of a flight, and whether that end was surely there. Without a code and a name it
    is where the aircraft was heard nearest to the end.
    """

    code: str
    name: str
    lat: float
    lon: float
    is_settled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Flight:
    """A flight between airports, one of each side; `is_settled` where both are surely those."""

    origins: tuple[Airport, ...]
    goals: tuple[Airport, ...]
    is_settled: bool


def place_map(
    places: Sequence[Placed],
    routes: Sequence[Route],
    *,
    name: str,
    width: int,
    flights: Sequence[Flight] = (),
) -> list[str]:
    """The marks of a map of that width: the area of a disc is what the records show, of the ring around it
    what they allow. A flight is dashed, and its airports are empty, where an end may have been elsewhere.
    """
    height = _HEIGHT[width]
    ends = _ends(flights)
    lats, lons = ([getattr(one, of) for one in (*places, *ends)] for of in ("lat", "lon"))
    view = fitted(lats, lons, width=width, height=height)
    most = max((one.hi for one in places), default=0) or 1
    spots = {one.code: _spot(view, one) for one in places}
    marks = [box(0, 0, width, height, "#fff"), *ground(view, name)]
    marks += borders(marks, name)
    marks += _flights(flights, view)
    marks += _routes(routes, spots)
    for one in sorted(places, key=lambda each: (-each.hi, each.code)):
        x, y = spots[one.code]
        outer, inner = (_radius(value, most, width) for value in (one.hi, one.lo))
        marks.append(_disc(x, y, outer, BAND))
        if one.lo:
            marks.append(_disc(x, y, inner, RECORDS))
    marks += [_square(*_spot(view, one), is_settled=one.is_settled) for one in ends]
    named = sorted(places, key=lambda each: (-each.hi, each.code))[: _NAMED[width]]
    texts = [(*spots[one.code], one.name) for one in named]
    texts += [(*_spot(view, one), shortened(one.name, width)) for one in ends if one.name][: _NAMED[width]]
    discs = [(x - 6, x + 6, y - 6, y + 6) for x, y, _ in texts]
    for found in placed(texts, width=width, height=height, taken=discs):
        if found is not None:
            left, middle, text = found
            marks.append(words(left, middle + 4.5, text, "halo"))
    marks.append(path(f"M0 0H{width}V{height}H0Z", edge=INK))
    return marks


def height_of(width: int) -> int:
    """How high a map of that width is, in px."""
    return _HEIGHT[width]


def shortened(text: str, width: int) -> str:
    """A name that takes at most a third of the map."""
    most = int(width / 3 / LETTER)
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _ends(flights: Sequence[Flight]) -> list[Airport]:
    """Every airport once; one at which any flight surely was is settled."""
    found: dict[tuple[str, float, float], Airport] = {}
    for one in sorted(
        (end for each in flights for end in (*each.origins, *each.goals)), key=lambda end: end.is_settled
    ):
        found[one.code, one.lat, one.lon] = one
    return [found[key] for key in sorted(found)]


def _flights(flights: Sequence[Flight], view: View) -> list[str]:
    """Double lines, which no route is: a broad one with a white one in it. The same line is drawn once."""
    lines: dict[tuple[str, bool], None] = {}
    for each in flights:
        for origin in each.origins:
            for goal in each.goals:
                (x1, y1), (x2, y2) = _spot(view, origin), _spot(view, goal)
                if (x1, y1) != (x2, y2):
                    drawn = f"M{number(x1)} {number(y1)}L{number(x2)} {number(y2)}"
                    lines[drawn, each.is_settled] = None
    marks = []
    for drawn, is_settled in lines:
        dash = "" if is_settled else _UNSETTLED
        marks += [path(drawn, edge=INK_2, wide=_BROAD, dash=dash), path(drawn, edge="#fff", wide=_INNER)]
    return marks


def _square(x: float, y: float, *, is_settled: bool) -> str:
    fill, dash = (INK_2, "") if is_settled else ("#fff", "2 2")
    return box(x - _SIDE / 2, y - _SIDE / 2, _SIDE, _SIDE, fill, edge=INK_2, dash=dash)


def _spot(view: View, one: Placed | Airport) -> tuple[float, float]:
    x, y = view.pixels([one.lat], [one.lon])
    return float(x[0]), float(y[0])


def _radius(people: int, most: int, width: int) -> float:
    return max(_LEAST, math.sqrt(people / most) * _LARGEST[width])


def _disc(x: float, y: float, radius: float, fill: str) -> str:
    return (
        f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(radius)}" fill="{fill}" stroke="{RECORDS}"'
        ' fill-opacity="0.85"/>'
    )


def _routes(routes: Sequence[Route], spots: Mapping[str, tuple[float, float]]) -> list[str]:
    busiest = max((one.hi for one in routes), default=0) or 1
    marks = []
    for one in routes:
        if one.origin not in spots or one.goal not in spots or one.origin == one.goal:
            continue
        (x1, y1), (x2, y2) = spots[one.origin], spots[one.goal]
        x = (x1 + x2) / 2 + (y2 - y1) * _BEND
        y = (y1 + y2) / 2 - (x2 - x1) * _BEND
        turn = math.degrees(math.atan2(y2 - y1, x2 - x1))
        at = ((x1 + 2 * x + x2) / 4, (y1 + 2 * y + y2) / 4)
        marks.append(
            path(
                f"M{number(x1)} {number(y1)}Q{number(x)} {number(y)} {number(x2)} {number(y2)}",
                edge=INK,
                wide=max(1.0, one.hi / busiest * _WIDEST),
                dash="" if one.lo else "4 3",
            )
        )
        marks.append(
            f'<path d="M-5 -5L7 0L-5 5Z" fill="{INK}" stroke="#fff"'
            f' transform="translate({number(at[0])} {number(at[1])}) rotate({number(turn)})"/>'
        )
    return marks
