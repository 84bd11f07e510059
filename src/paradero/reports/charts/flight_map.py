"""A leg on a map: the track where it was heard, direction and clock along it, each gap open with the area
that it can have been in hatched, the airports that can be its ends by city and code.
"""

from __future__ import annotations

import datetime as dt
import itertools
import math
from collections.abc import Mapping, Sequence

import numpy as np

from paradero.flights.legs.envelopes import outline
from paradero.flights.pictures.maps import Box, View, placed
from paradero.flights.pictures.scenes import Mark, Position, Scene
from paradero.flights.places.airports import airports
from paradero.flights.places.outlines import outlines
from paradero.model.time.clock import EPOCH
from paradero.reports.charts.ground import (
    Point,
    area_of,
    borders,
    clipped,
    drawn,
    ground,
    inside_of,
    pixels,
    rings_of,
    thinned,
)
from paradero.reports.charts.marks import INK, LETTER, OPEN, RECORDS, box, line, number, path, words
from paradero.reports.content.numbers import number as printed

_MINUTE = 60_000_000
_STEPS = tuple(each * _MINUTE for each in (2, 5, 10, 15, 30, 60, 120, 180, 360, 720))
_MOST_CLOCKS = 7
_ARROWS_PX = 90.0
_NAMED_SHARE = 0.03  # of the map that a country takes up before it is named
_MOST_NAMES = 4


def flight_map(
    scene: Scene, view: View, *, name: str, countries: Mapping[str, str], lines: Sequence[str], language: str
) -> list[str]:
    """The marks of a map. `countries` are the names of countries by ISO code in the language of the page;
    `lines` the two words for where a gap begins and ends.
    """
    heard = [thinned(_points(view, piece)) for piece in scene.pieces]
    marks = [box(0, 0, view.width, view.height, "#fff"), *ground(view, name), *_envelopes(scene, view)]
    marks += borders(marks, name) if scene.gaps else []
    marks += [
        path("M" + "L".join(f"{number(x)} {number(y)}" for x, y in one), edge=RECORDS, wide=2.4)
        for one in heard
        if len(one) > 1
    ]
    marks += [mark for one in heard for mark in _arrows(one)]
    texts, dots = _clocks(scene, view)
    marks += dots
    marks += _ends(scene, view)
    gap_texts, circles = _gap_ends(scene, view, lines)
    marks += circles
    marks += _bar(view, language)
    marks += _labels(view, heard, _airports(scene, view), [*gap_texts, *texts])
    marks += _countries(view, countries, heard)
    marks.append(path(f"M0 0H{view.width}V{view.height}H0Z", edge=INK))
    return marks


def _points(view: View, piece: Sequence[Position]) -> list[Point]:
    x, y = view.pixels([one.lat for one in piece], [one.lon for one in piece])
    return list(zip(x.tolist(), y.tolist(), strict=True))


def _envelopes(scene: Scene, view: View) -> list[str]:
    """Where it can have stopped while nobody heard it, hatched; the edge is dashed, for it is no border."""
    found = []
    for gap in scene.gaps:
        for polygon in outline(gap.envelope) or []:
            ring = clipped(view, pixels(view, np.array(polygon[0], "f8")))
            if len(ring) > 2:
                found.append(path(drawn(ring), fill="open", edge=OPEN, dash="2 3"))
    return found


def _arrows(points: Sequence[Point]) -> list[str]:
    """Which way it flew: an arrow head every so many pixels, on the line."""
    marks, since = [], _ARROWS_PX / 2
    for begin, end in itertools.pairwise(points):
        size = math.dist(begin, end)
        since += size
        if size and since >= _ARROWS_PX:
            since = 0.0
            turn = math.degrees(math.atan2(end[1] - begin[1], end[0] - begin[0]))
            x, y = (begin[0] + end[0]) / 2, (begin[1] + end[1]) / 2
            marks.append(
                f'<path d="M-5 -5L7 0L-5 5Z" fill="{RECORDS}" stroke="#fff" stroke-width="1"'
                f' transform="translate({number(x)} {number(y)}) rotate({number(turn)})"/>'
            )
    return marks


def _clocks(scene: Scene, view: View) -> tuple[list[tuple[float, float, str]], list[str]]:
    """The clock (UTC) along the track, at round times at which it was heard."""
    seen = [one for piece in scene.pieces for one in piece]
    if not seen:
        return [], []
    first, last = seen[0].us, seen[-1].us
    step = next((each for each in _STEPS if (last - first) / each <= _MOST_CLOCKS), _STEPS[-1])
    texts, dots = [], []
    at = -(-first // step) * step
    while at <= last:
        near = min(seen, key=lambda one: abs(one.us - at))
        if abs(near.us - at) <= _MINUTE:
            ((x, y),) = _points(view, [near])
            dots.append(f'<circle cx="{number(x)}" cy="{number(y)}" r="3" fill="#fff" stroke="{RECORDS}"/>')
            texts.append((x, y, clock(at)))
        at += step
    return texts, dots


def clock(us: int) -> str:
    """An instant's minute, UTC."""
    return f"{EPOCH + dt.timedelta(microseconds=us):%H:%M}"


def _gap_ends(
    scene: Scene, view: View, lines: Sequence[str]
) -> tuple[list[tuple[float, float, str]], list[str]]:
    """Where it was last heard and heard again: open circles, which nothing joins."""
    texts, circles = [], []
    for gap in scene.gaps:
        for said, one in zip(lines, (gap.start, gap.end), strict=True):
            x, y = (float(each[0]) for each in view.pixels([one.lat], [one.lon]))
            circles.append(
                f'<circle cx="{number(x)}" cy="{number(y)}" r="4.5" fill="#fff" stroke="{OPEN}"'
                ' stroke-width="2"/>'
            )
            texts.append((x, y, f"{said} {clock(one.us)}"))
    return texts, circles


def _ends(scene: Scene, view: View) -> list[str]:
    """The airports that can be its ends: a square; the likelier, the more ink."""
    found: dict[str, tuple[float, Mark]] = {}
    for mark in scene.marks:
        found[mark.icao] = max(mark.weight, found.get(mark.icao, (0.0, mark))[0]), mark
    marks = []
    for weight, mark in found.values():
        x, y = (float(each[0]) for each in view.pixels([mark.lat], [mark.lon]))
        marks.append(box(x - 4, y - 4, 8, 8, INK if weight >= 0.5 else "#fff", edge=INK))
    return marks


def _airports(scene: Scene, view: View) -> list[tuple[float, float, str]]:
    among = airports()
    found: dict[str, tuple[float, float, str]] = {}
    for mark in scene.marks:
        x, y = (float(each[0]) for each in view.pixels([mark.lat], [mark.lon]))
        found.setdefault(mark.icao, (x, y, f"{among.named(mark.icao).city or mark.name} ({mark.icao})"))
    return list(found.values())


def _labels(
    view: View,
    heard: Sequence[Sequence[Point]],
    named: Sequence[tuple[float, float, str]],
    clocks: Sequence[tuple[float, float, str]],
) -> list[str]:
    """Names beside their marks: those of airports over the track where there is no other room; a clock that
    would cover one of them or the track is left out.
    """
    corner: Box = (0.0, view.width / 4 + 70, view.height - 30.0, float(view.height))
    track = [(x - 4, x + 4, y - 4, y + 4) for one in heard for x, y in one[:: max(1, len(one) // 300)]]
    dots = [(x - 6, x + 6, y - 6, y + 6) for x, y, _ in (*named, *clocks)]
    marks: list[str] = []
    taken = [corner, *dots]
    for texts, kind in ((named, "b"), (clocks, "rec")):
        for text in texts:
            ways = ([*taken, *track], taken)[: 2 if texts is named else 1]
            found = [placed([text], width=view.width, height=view.height, taken=each)[0] for each in ways]
            spot = next((each for each in found if each is not None), None)
            if spot is not None:
                left, middle, shown = spot
                marks.append(words(left, middle + 4.5, shown, kind, "halo"))
                taken.append((left, left + LETTER * len(shown), middle - 8, middle + 8))
    return marks


def _countries(view: View, names: Mapping[str, str], heard: Sequence[Sequence[Point]]) -> list[str]:
    """The largest countries in view by name, where the track leaves room."""
    found = []
    for one, ring in rings_of(view, outlines()):
        name, spot = names.get(one.alpha2), inside_of(ring)
        if name and spot and area_of(ring) >= _NAMED_SHARE * view.width * view.height:
            found.append((area_of(ring), spot, name))
    marks, used = [], set()
    for _, (x, y), name in sorted(found, reverse=True)[:_MOST_NAMES]:
        half = len(name) * LETTER / 2
        is_free = not any(
            abs(px - x) < half + 40 and abs(py - y) < 26 for points in heard for px, py in points
        )
        if name not in used and is_free and half < x < view.width - half and 20 < y < view.height - 36:
            used.add(name)
            marks.append(words(x, y, name, "t2", "m"))
    return marks


def _bar(view: View, language: str) -> list[str]:
    km, size = view.bar()
    low = view.height - 12
    return [
        line(12, low, 12 + size, low, INK, wide=2),
        words(12, low - 6, f"{printed(km, language)} km", "halo"),
    ]
