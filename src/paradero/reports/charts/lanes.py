"""Events and the orders that met them on one axis of time: a lane a moment, from the earliest to the latest
that it can have been.
"""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from paradero.model.time.clock import EPOCH
from paradero.reports.charts.marks import ABSENT, INK, LAW, LETTER, OPEN, RECORDS, RULE, box, line, svg, words
from paradero.reports.content.numbers import word

WIDE, NARROW = 860, 358
_LANE, _TOP, _BOTTOM = 30, 8, 40
_ABOVE = 34  # px above a bar on a phone: what it is, and when
_LABELS = 250  # px for the names of lanes on a wide page; on a narrow one they stand above their bars
_MINUTE = 60_000_000
_STEPS = tuple(
    minutes * _MINUTE for minutes in (15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10080, 43200, 525600)
)
_MOST_TICKS = {WIDE: 8, NARROW: 4}


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """A moment: its name, its bounds in microseconds UTC (None: open), in words, and whether it is an act
    of a court, which is drawn through all lanes.
    """

    name: str
    lo: int | None
    hi: int | None
    said: str
    is_of_court: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """When an order was in force: spans from, until (None: without bound), and whether; None is open. `word`
    stands in the bar.
    """

    name: str
    spans: Sequence[tuple[int | None, int | None, bool | None]]
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Axis:
    left: float
    right: float
    first: int
    last: int

    def x(self, us: int) -> float:
        inside = min(max(us, self.first), self.last)
        return self.left + (inside - self.first) / (self.last - self.first) * (self.right - self.left)


def lanes(
    found: Sequence[Lane],
    *,
    name: str,
    title: str,
    description: str,
    language: str,
    zone: str,
    width: int,
    lives: Sequence[Life] = (),
) -> str:
    """The picture for one width; clock times are those of `zone`. Lives of orders come first, solid while
    they were in force, hatched while it is open; without moments the axis is theirs.
    """
    known = [us for lane in found for us in (lane.lo, lane.hi) if us is not None]
    known = known or [us for life in lives for lo, hi, _ in life.spans for us in (lo, hi) if us is not None]
    first, last = min(known), max(known)
    pad = max((last - first) // 20, 15 * _MINUTE)
    narrow = width == NARROW
    axis = _Axis(left=8 if narrow else _LABELS, right=width - 14, first=first - pad, last=last + pad)
    lane_height = _LANE + (_ABOVE if narrow else 0)
    height = _TOP + lane_height * (len(lives) + len(found)) + _BOTTOM
    bottom = height - _BOTTOM
    marks = _ticks(axis, bottom, language, zone, width)
    for lane in found:
        if lane.is_of_court:
            marks += [
                line(axis.x(us), _TOP, axis.x(us), bottom, LAW, dash="2 3")
                for us in dict.fromkeys((lane.lo, lane.hi))
                if us is not None
            ]
    for place, life in enumerate(lives):
        marks += _life(life, axis, _TOP + lane_height * place + (_ABOVE if narrow else 0), narrow)
    for place, lane in enumerate(found, len(lives)):
        marks += _lane(lane, axis, _TOP + lane_height * place + (_ABOVE if narrow else 0), narrow)
    return svg(width, height, name, title, description, marks)


def _life(life: Life, axis: _Axis, top: float, narrow: bool) -> list[str]:
    if narrow:
        marks = [words(axis.left, top + 2, _cut(life.name, int(axis.right / LETTER)), "law", "halo")]
    else:
        marks = _named(life.name, top, "law")
    for lo, hi, in_force in life.spans:
        begin = axis.first if lo is None else max(lo, axis.first)
        end = axis.last if hi is None else min(hi, axis.last)
        if in_force is False or begin >= end:
            continue
        left, size = axis.x(begin), axis.x(end) - axis.x(begin)
        if in_force is None:
            marks.append(box(left, top + 7, size, 14, "open", edge=OPEN))
        else:
            marks.append(box(left, top + 7, size, 14, LAW))
            if size > LETTER * len(life.word) + 12:
                marks.append(words(left + 6, top + 18, life.word, "w"))
    return marks


def _lane(lane: Lane, axis: _Axis, top: float, narrow: bool) -> list[str]:
    ink = LAW if lane.is_of_court else RECORDS
    kind = "law" if lane.is_of_court else "rec"
    if lane.lo is None and lane.hi is None:
        marks = [box(axis.left, top + 7, axis.right - axis.left, 14, "#fff", edge=ABSENT, dash="4 3")]
    else:
        begin = axis.left if lane.lo is None else axis.x(lane.lo)
        end = axis.right if lane.hi is None else axis.x(lane.hi)
        marks = [box(begin, top + 7, max(end - begin, 3), 14, ink)]
        marks += [_arrow(axis.left, top + 14, -1, ink)] if lane.lo is None else []
        marks += [_arrow(axis.right, top + 14, 1, ink)] if lane.hi is None else []
    if narrow:
        marks.append(words(axis.left, top - 14, _cut(lane.name, int(axis.right / LETTER)), kind, "halo"))
        marks.append(words(axis.left, top + 2, lane.said, "t2", "halo"))
    else:
        marks += _named(lane.name, top, kind)
        middle = axis.left if lane.lo is None else axis.x(lane.lo)
        end = axis.right if lane.hi is None else axis.x(lane.hi)
        size = LETTER * len(lane.said)
        if end + 6 + size <= axis.right + 14:
            marks.append(words(end + 6, top + 18, lane.said, "t2", "halo"))
        elif middle - 6 - size >= axis.left:
            marks.append(words(middle - 6, top + 18, lane.said, "t2", "e", "halo"))
        else:
            marks.append(words(axis.right, top + 3, lane.said, "t2", "e", "halo"))
    return marks


def _named(name: str, top: float, kind: str) -> list[str]:
    """The name of a lane beside its bar, on two lines where it is long."""
    lines = textwrap.wrap(name, int((_LABELS - 10) / LETTER), max_lines=2, placeholder="…")
    if len(lines) == 1:
        return [words(0, top + 18, lines[0], kind)]
    return [words(0, top + 11 + 14 * place, line, kind) for place, line in enumerate(lines)]


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _arrow(x: float, y: float, side: int, ink: str) -> str:
    return f'<path d="M{x:.1f} {y - 7:.1f}l{8 * side} 7l{-8 * side} 7z" fill="{ink}"/>'


def _ticks(axis: _Axis, bottom: float, language: str, zone: str, width: int) -> list[str]:
    step = next(
        (each for each in _STEPS if (axis.last - axis.first) / each <= _MOST_TICKS[width]), _STEPS[-1]
    )
    marks = [line(axis.left, bottom, axis.right, bottom, INK)]
    months = word("months", language).split()
    day_before = ""
    at = _first_tick(axis.first, step, zone)
    while at <= axis.last:
        there = _local(at, zone)
        x = axis.x(at)
        marks.append(line(x, _TOP, x, bottom, RULE))
        marks.append(line(x, bottom, x, bottom + 5, INK))
        day = f"{there.day} {months[there.month - 1][:3]}" + (
            "" if step < 43200 * _MINUTE else f" {there.year}"
        )
        if step < 1440 * _MINUTE:
            marks.append(words(x, bottom + 18, f"{there:%H:%M}", "t2", "m"))
        if day != day_before:
            marks.append(words(x, bottom + (32 if step < 1440 * _MINUTE else 18), day, "t2", "m"))
        day_before = day
        at += step
    return marks


def _first_tick(first: int, step: int, zone: str) -> int:
    """The first multiple of the step on the clock of the zone."""
    there = _local(first, zone)
    offset = there.utcoffset()
    shift = 0 if offset is None else round(offset.total_seconds() * 1_000_000)
    return -(-(first + shift) // step) * step - shift


def _local(us: int, zone: str) -> dt.datetime:
    return (EPOCH + dt.timedelta(microseconds=us)).replace(tzinfo=dt.UTC).astimezone(ZoneInfo(zone))
