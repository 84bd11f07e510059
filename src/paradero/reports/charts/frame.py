"""The frame of a chart of counts over time: its days and counts as places, gridlines, names of months."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from paradero.reports.charts.marks import INK, LETTER, RULE, line, words
from paradero.reports.content.numbers import number as printed
from paradero.reports.content.numbers import word

WIDE, NARROW = 860, 358
TOP, BOTTOM, LEFT = 22, 24, 34
_MOST_LINES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A day or the first day of a month, and the bounds of its count."""

    day: dt.date
    lo: float
    hi: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The plot: its size in px, its first and last day (the last one ends there), its highest count; how many
    px are left above it.
    """

    width: float
    height: float
    first: dt.date
    last: dt.date
    top: float
    above: float = TOP

    def x(self, day: dt.date) -> float:
        """Where the midnight that begins a day is."""
        days = (self.last - self.first).days or 1
        return LEFT + (day - self.first).days / days * (self.width - LEFT)

    def y(self, count: float) -> float:
        """Where a count is."""
        return self.height - BOTTOM - count / self.top * (self.height - BOTTOM - self.above)


def unit_of(most: float) -> float:
    """How far apart gridlines lie, so that there are at most five: 1, 2 or 5 times a power of ten."""
    size = 1.0
    while True:
        for times in (1, 2, 5):
            if most / (size * times) <= _MOST_LINES:
                return size * times
        size *= 10


def grid(frame: Frame, unit: float, language: str) -> list[str]:
    """Lines at every unit, with its number."""
    marks = []
    count = 0.0
    while count <= frame.top:
        marks.append(line(LEFT, frame.y(count), frame.width, frame.y(count), INK if count == 0 else RULE))
        marks.append(words(LEFT - 6, frame.y(count) + 4.5, printed(count, language), "t2", "e"))
        count += unit
    return marks


def ticks(frame: Frame, language: str) -> list[str]:
    """The beginnings of months or years, as many as have room for their names."""
    months = word("months", language).split()
    firsts = [
        dt.date(year, month, 1)
        for year in range(frame.first.year, frame.last.year + 1)
        for month in range(1, 13)
        if frame.first <= dt.date(year, month, 1) < frame.last
    ]
    by_year = len(firsts) * 30 > frame.width
    marks, free = [], float(LEFT)
    for day in firsts:
        if by_year and day.month != 1:
            continue
        name = (
            str(day.year) if by_year else months[day.month - 1] + (f" {day.year}" if day.month == 1 else "")
        )
        x = frame.x(day)
        wide = LETTER * len(name)
        marks.append(line(x, frame.height - BOTTOM, x, frame.height - BOTTOM + 6))
        if x >= free and x + wide + 3 <= frame.width:
            marks.append(words(x + 3, frame.height - 6, name, "t2"))
            free = x + wide + 12
    return marks
