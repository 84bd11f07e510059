"""Counts of people over time: steps from midnight to midnight, a filled band between the least and the most
that records allow.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from paradero.reports.charts.marks import BAND, INK, LETTER, RECORDS, RULE, line, number, path, svg, words
from paradero.reports.content.numbers import number as printed
from paradero.reports.content.numbers import word

WIDE, NARROW = 860, 358
_HEIGHT, _TOP, _BOTTOM, _LEFT = 236, 22, 24, 34
_MOST_LINES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A day or the first day of a month, and the bounds of its count."""

    day: dt.date
    lo: float
    hi: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """The plot: its size in px, its first and last day (the last one ends there), its highest count."""

    width: float
    height: float
    first: dt.date
    last: dt.date
    top: float

    def x(self, day: dt.date) -> float:
        days = (self.last - self.first).days or 1
        return _LEFT + (day - self.first).days / days * (self.width - _LEFT)

    def y(self, count: float) -> float:
        return self.height - _BOTTOM - count / self.top * (self.height - _BOTTOM - _TOP)


def steps(
    counts: Sequence[Counted],
    *,
    name: str,
    title: str,
    description: str,
    language: str,
    width: int,
    label: tuple[str, str],
) -> str:
    """The picture for one width. `counts` follow each other without holes; the last lasts as long as the one
    before it, and has a `label` of two lines.
    """
    end = counts[-1].day + (counts[-1].day - counts[-2].day if len(counts) > 1 else dt.timedelta(days=1))
    unit = _unit(max(each.hi for each in counts))
    top = unit * -(-max(each.hi for each in counts) // unit) or unit
    right = LETTER * max(map(len, label)) + 12 if width == WIDE else 0
    frame = _Frame(width=width - right, height=_HEIGHT, first=counts[0].day, last=end, top=top)
    marks = [*_grid(frame, unit, language), *_ticks(frame, language)]
    upper, lower = (
        _edge(frame, counts, [each.hi for each in counts]),
        _edge(frame, counts, [each.lo for each in counts]),
    )
    back = "L" + "L".join(reversed(_points(frame, counts, [each.lo for each in counts])))
    marks.append(path(upper + back + "Z", fill=BAND))
    marks.append(path(lower, edge=RECORDS, wide=1.5))
    marks.append(path(upper, edge=RECORDS, wide=2.2))
    if width == WIDE:
        y = min(max((frame.y(counts[-1].lo) + frame.y(counts[-1].hi)) / 2, _TOP + 4), _HEIGHT - _BOTTOM - 20)
        marks += [
            words(frame.width + 8, y, label[0], "b", "rec"),
            words(frame.width + 8, y + 16, label[1], "t2"),
        ]
    else:
        marks.append(words(frame.width, 12, f"{label[0]}, {label[1]}", "b", "rec", "e"))
    return svg(width, _HEIGHT, name, title, description, marks)


def _unit(most: float) -> float:
    """How far apart gridlines lie, so that there are at most five: 1, 2 or 5 times a power of ten."""
    size = 1.0
    while True:
        for times in (1, 2, 5):
            if most / (size * times) <= _MOST_LINES:
                return size * times
        size *= 10


def _grid(frame: _Frame, unit: float, language: str) -> list[str]:
    marks = []
    count = 0.0
    while count <= frame.top:
        marks.append(line(_LEFT, frame.y(count), frame.width, frame.y(count), INK if count == 0 else RULE))
        marks.append(words(_LEFT - 6, frame.y(count) + 4.5, printed(count, language), "t2", "e"))
        count += unit
    return marks


def _ticks(frame: _Frame, language: str) -> list[str]:
    """The beginnings of months or years, as many as have room for their names."""
    months = word("months", language).split()
    firsts = [
        dt.date(year, month, 1)
        for year in range(frame.first.year, frame.last.year + 1)
        for month in range(1, 13)
        if frame.first <= dt.date(year, month, 1) < frame.last
    ]
    by_year = len(firsts) * 90 > frame.width
    marks, free = [], float(_LEFT)
    for day in firsts:
        if by_year and day.month != 1:
            continue
        name = (
            str(day.year) if by_year else months[day.month - 1] + (f" {day.year}" if day.month == 1 else "")
        )
        x = frame.x(day)
        wide = LETTER * len(name)
        marks.append(line(x, frame.height - _BOTTOM, x, frame.height - _BOTTOM + 6))
        if x >= free and x + wide + 3 <= frame.width:
            marks.append(words(x + 3, frame.height - 6, name, "t2"))
            free = x + wide + 12
    return marks


def _points(frame: _Frame, counts: Sequence[Counted], values: Sequence[float]) -> list[str]:
    found = []
    for place, (each, value) in enumerate(zip(counts, values, strict=True)):
        after = counts[place + 1].day if place + 1 < len(counts) else frame.last
        found += [
            f"{number(frame.x(each.day))} {number(frame.y(value))}",
            f"{number(frame.x(after))} {number(frame.y(value))}",
        ]
    return found


def _edge(frame: _Frame, counts: Sequence[Counted], values: Sequence[float]) -> str:
    return "M" + "L".join(_points(frame, counts, values))
