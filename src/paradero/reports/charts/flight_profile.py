"""The altitude of a leg over time, below its map and on the same clock: heard in ink, gaps hatched over the
full height, the bounds of take-off and landing as bars; UTC and local time as rows of labels.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from paradero.flights.pictures.scenes import Scene
from paradero.flights.pictures.views import drawn_until_of
from paradero.model.time.clock import EPOCH
from paradero.reports.charts.ground import thinned
from paradero.reports.charts.marks import INK, LETTER, RECORDS, RULE, box, line, number, path, words
from paradero.reports.content.numbers import number as printed

_MINUTE = 60_000_000
_STEPS = tuple(
    each * _MINUTE for each in (1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1_440, 2_880, 10_080, 43_200)
)
_LEFT, _TOP, _PLOT, _ROW = 76, 26, 120, 17


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of the picture: of a gap, of the two ends, of the axis of height."""

    gap: str
    takeoff: str
    landing: str
    height: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    first: int
    last: int
    right: float
    top: float  # px
    most: float  # feet

    def x(self, us: int) -> float:
        inside = min(max(us, self.first), self.last)
        return _LEFT + (inside - self.first) / (self.last - self.first) * (self.right - _LEFT)

    def y(self, feet: float) -> float:
        return self.top + _TOP + _PLOT - feet / self.most * _PLOT


def height_of(zones: Sequence[str]) -> float:
    """How high the chart is with its rows of clocks, one a zone."""
    return _TOP + _PLOT + 12 + _ROW * (len(zones) + 3)


def flight_profile(
    scene: Scene, *, top: float, width: int, zones: Sequence[str], said: Words, language: str
) -> list[str]:
    """The marks of the chart, from `top` px on; `zones` are those of its clocks, UTC the first."""
    first, last = _drawn(scene)
    spare = max((last - first) // 50, 2 * _MINUTE)
    heights = [one.altitude_ft or 0.0 for piece in scene.pieces for one in piece]
    frame = _Frame(
        first=first - spare,
        last=last + spare,
        right=width - 10,
        top=top,
        most=_round(max([*heights, 1_000.0])),
    )
    bottom = frame.y(0)
    marks = [words(_LEFT, top + 15, said.height, "t2"), *_grid(frame, language), *_gaps(scene, frame, said)]
    for piece in scene.pieces:
        points = thinned(
            [
                (frame.x(one.us), frame.y(one.altitude_ft or 0.0))
                for one in piece
                if one.is_ground or one.altitude_ft is not None
            ]
        )
        if len(points) > 1:
            marks.append(
                path("M" + "L".join(f"{number(x)} {number(y)}" for x, y in points), edge=RECORDS, wide=2)
            )
        elif points:
            marks.append(box(points[0][0] - 2, points[0][1] - 2, 4, 4, RECORDS))
    for row, (end, text) in enumerate(((scene.leg.takeoff, said.takeoff), (scene.leg.landing, said.landing))):
        marks += _end(frame, end.moment.lo, end.moment.hi, text, bottom + 18 + _ROW * row)
    low = bottom + 8 + 2 * _ROW
    marks.append(line(_LEFT, low, frame.right, low, INK))
    return [*marks, *_clocks(frame, low, zones, width)]


def _drawn(scene: Scene) -> tuple[int, int]:
    """The first and last instant drawn: what was heard, and the bounds of the ends where they add no more
    than a quarter; farther ones run to the frame.
    """
    first, last = scene.lo, drawn_until_of(scene)
    most = (last - first) // 4
    begin, end = scene.leg.takeoff.moment.lo, scene.leg.landing.moment.hi
    first = begin if begin is not None and 0 < scene.lo - begin <= most else first
    return first, end if end is not None and 0 < end - last <= most else last


def _round(feet: float) -> float:
    return float(
        next(
            size
            for size in (2_000, 5_000, 10_000, 20_000, 30_000, 40_000, 50_000, 100_000, 10**9)
            if feet <= size
        )
    )


def _grid(frame: _Frame, language: str) -> list[str]:
    marks = []
    for share in (0.0, 0.5, 1.0):
        y = frame.y(frame.most * share)
        marks.append(line(_LEFT, y, frame.right, y, RULE))
        marks.append(words(_LEFT - 6, y + 4.5, printed(frame.most * share, language), "t2", "e"))
    return marks


def _gaps(scene: Scene, frame: _Frame, said: Words) -> list[str]:
    """A time in which nobody heard it is hatched over the full height, and no line runs through it."""
    marks = []
    for gap in scene.gaps:
        begin, end = frame.x(gap.start.us), frame.x(gap.end.us)
        marks.append(box(begin, frame.y(frame.most), end - begin, _PLOT, "open"))
        if end - begin > len(said.gap) * LETTER + 8:
            marks.append(words((begin + end) / 2, frame.y(frame.most / 2), said.gap, "und", "m", "halo"))
    return marks


def _end(frame: _Frame, lo: int | None, hi: int | None, text: str, y: float) -> list[str]:
    """The bounds of an end in a row of its own: an even bar from the earliest to the latest; a side that is
    open or beyond the frame ends in an arrow there.
    """
    is_before, is_after = lo is None or lo < frame.first, hi is None or hi > frame.last
    begin = _LEFT + 9 if lo is None or is_before else frame.x(lo)
    end = frame.right - 9 if hi is None or is_after else frame.x(hi)
    marks = [
        words(_LEFT - 6, y + 1, text, "e"),
        box(min(begin, frame.right - 3), y - 8, max(end - begin, 3), 8, INK),
    ]
    for is_open, x, side in ((is_before, begin, -1), (is_after, end, 1)):
        if is_open:
            marks.append(
                f'<path d="M{number(x)} {number(y - 10)}l{8 * side} 6l{-8 * side} 6z" fill="{INK}"/>'
            )
    return marks


def _clocks(frame: _Frame, bottom: float, zones: Sequence[str], width: int) -> list[str]:
    """A row of labels for each zone, the day where it changes."""
    most = int((frame.right - _LEFT) / 62)
    step = next((each for each in _STEPS if (frame.last - frame.first) / each <= most), _STEPS[-1])
    marks = []
    at = -(-frame.first // step) * step
    ticks = []
    while at <= frame.last:
        ticks.append(at)
        at += step
    marks += [line(frame.x(us), bottom, frame.x(us), bottom + 5, INK) for us in ticks]
    for row, zone in enumerate(zones):
        y = bottom + 18 + _ROW * row
        times = [_local(us, zone) for us in ticks]
        marks.append(words(_LEFT - 6, y, _zone_name(frame.first, zone), "t2", "e"))
        for us, there in zip(ticks, times, strict=True):
            text = f"{there:%H:%M}" if step < 1_440 * _MINUTE else f"{there:%m-%d}"
            x = frame.x(us)
            if x + LETTER * 2.6 <= width and x - LETTER * 2.6 >= _LEFT:
                marks.append(words(x, y, text, "t2", "m"))
    return marks


def _local(us: int, zone: str) -> dt.datetime:
    return (EPOCH + dt.timedelta(microseconds=us)).replace(tzinfo=dt.UTC).astimezone(ZoneInfo(zone))


def _zone_name(us: int, zone: str) -> str:
    """`UTC`, `CDT`, `-05`: what the clocks of the zone are called on that day."""
    return _local(us, zone).tzname() or zone
