"""Counts of people over time: steps from midnight to midnight, a filled band between the least and the most
that records allow; beside it what others published, the stated capacity, and on which days what opens the
band.
"""

from __future__ import annotations

import datetime as dt
import itertools
import textwrap
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from paradero.reports.charts.frame import (
    BOTTOM,
    LEFT,
    NARROW,
    TOP,
    WIDE,
    Counted,
    Frame,
    grid,
    ticks,
    unit_of,
)
from paradero.reports.charts.marks import (
    BAND,
    INK,
    INK_2,
    OFFICIAL,
    RECORDS,
    box,
    diamond,
    line,
    number,
    path,
    svg,
    words,
)

__all__ = ["NARROW", "WIDE", "Cause", "Counted", "Level", "Published", "steps"]

_HEIGHT = 236
_LINE, _BAR = 16, 9
_ROW = 18
_LETTER = 7.6  # of 13 px bold in the widest of the usual fonts: what must not run out of the picture
_APART = 12.0  # px between two marks of published figures


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What others published, by day, and the two names that tell their mark from the records'."""

    by_day: dict[dt.date, float]
    name: str
    records: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A count that is stated once for all days, as a capacity is, and its name."""

    count: float
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """What opens the band, in words, and on which days it does."""

    name: str
    days: Collection[dt.date]


def steps(
    counts: Sequence[Counted],
    *,
    name: str,
    title: str,
    description: str,
    language: str,
    width: int,
    label: tuple[str, str],
    published: Published | None = None,
    level: Level | None = None,
    causes: Sequence[Cause] = (),
    at_day: dt.date | None = None,
) -> str:
    """The picture for one width, with a line at the middle of a day that is asked for (`at_day`). `counts`
    follow each other without holes; the last lasts as long as the one before it, and has a `label` of two
    lines. Of `published` figures as many are marked as have room, and all that lie outside the band.
    """
    end = counts[-1].day + (counts[-1].day - counts[-2].day if len(counts) > 1 else dt.timedelta(days=1))
    shown = published.by_day if published else {}
    most = max([*(each.hi for each in counts), *shown.values(), level.count if level else 0])
    unit = unit_of(most)
    top = unit * -(-most // unit) or unit
    right = _LETTER * max(map(len, label)) + 12 if width == WIDE else 0
    rows = (0 if published is None else 1 if width == WIDE else 2) + (level is not None and width != WIDE)
    height = _HEIGHT + rows * _ROW
    frame = Frame(
        width=width - right, height=height, first=counts[0].day, last=end, top=top, above=TOP + rows * _ROW
    )
    marks = [*grid(frame, unit, language), *ticks(frame, language)]
    upper = _edge(frame, counts, [each.hi for each in counts])
    back = "L" + "L".join(reversed(_points(frame, counts, [each.lo for each in counts])))
    marks.append(path(upper + back + "Z", fill=BAND))
    marks.append(path(_edge(frame, counts, [each.lo for each in counts]), edge=RECORDS, wide=1.5))
    marks.append(path(upper, edge=RECORDS, wide=2.2))
    marks += _level(frame, level, width) if level else []
    marks += _published(frame, counts, shown, width)
    if at_day is not None:
        middle = (frame.x(at_day) + frame.x(at_day + dt.timedelta(days=1))) / 2
        marks.append(line(middle, frame.above, middle, frame.height - BOTTOM, INK, wide=1.5, dash="2 3"))
    marks += _label(frame, counts[-1], label, width)
    marks += _names(published, width) if published else []
    marks += _level_above(level, rows) if level and width != WIDE else []
    for cause in causes:
        lines = textwrap.wrap(cause.name, int((width - LEFT) / _LETTER))
        marks += _lane(frame, counts, cause, lines, height + 8)
        height += _LINE * len(lines) + _BAR + 10
    return svg(width, height, name, title, description, marks)


def _points(frame: Frame, counts: Sequence[Counted], values: Sequence[float]) -> list[str]:
    found = []
    for place, (each, value) in enumerate(zip(counts, values, strict=True)):
        after = counts[place + 1].day if place + 1 < len(counts) else frame.last
        found += [
            f"{number(frame.x(each.day))} {number(frame.y(value))}",
            f"{number(frame.x(after))} {number(frame.y(value))}",
        ]
    return found


def _edge(frame: Frame, counts: Sequence[Counted], values: Sequence[float]) -> str:
    return "M" + "L".join(_points(frame, counts, values))


def _label(frame: Frame, last: Counted, label: tuple[str, str], width: int) -> list[str]:
    """What the last day's bounds are: beside the band, or above it where there is no room."""
    if width != WIDE:
        return [words(frame.width, 12, ", ".join(label), "b", "rec", "e")]
    y = min(max((frame.y(last.lo) + frame.y(last.hi)) / 2, frame.above + 4), frame.height - BOTTOM - 20)
    return [words(frame.width + 8, y, label[0], "b", "rec"), words(frame.width + 8, y + 16, label[1], "t2")]


def _names(published: Published, width: int) -> list[str]:
    """The two names above the plot, each behind its mark; on a phone one above the other."""
    y = 12.0 if width == WIDE else 12.0 + _ROW
    after = LEFT + 36 + _LETTER * len(published.name) if width == WIDE else LEFT
    below = y if width == WIDE else y + _ROW
    return [
        diamond(LEFT + 6, y - 4),
        words(LEFT + 16, y, published.name, "b", "off"),
        box(after, below - 8, 12, 7, BAND, edge=RECORDS),
        words(after + 16, below, published.records, "b", "rec"),
    ]


def _published(
    frame: Frame, counts: Sequence[Counted], shown: dict[dt.date, float], width: int
) -> Iterable[str]:
    free = 0.0
    for each in counts:
        at = shown.get(each.day)
        if at is None:
            continue
        x = frame.x(each.day) + (frame.x(each.day + dt.timedelta(days=1)) - frame.x(each.day)) / 2
        if not each.lo <= at <= each.hi or x >= free:
            yield diamond(x, frame.y(at))
            free = x + _APART * (1 if width == WIDE else 1.5)


def _level(frame: Frame, level: Level, width: int) -> list[str]:
    """A dashed line at the count, its name on it where there is room."""
    y = frame.y(level.count)
    marks = [line(LEFT, y, frame.width, y, OFFICIAL, dash="6 4", wide=1.5)]
    marks += [words(frame.width - 4, y - 5, level.name, "off", "halo", "e")] if width == WIDE else []
    return marks


def _level_above(level: Level, row: int) -> list[str]:
    """The name of the line above the plot of a phone, behind a piece of the line: on it, it could lie on the
    names that stand there.
    """
    y = 12.0 + _ROW * row
    return [
        line(LEFT, y - 4, LEFT + 12, y - 4, OFFICIAL, dash="6 4", wide=1.5),
        words(LEFT + 16, y, level.name, "off"),
    ]


def _lane(
    frame: Frame, counts: Sequence[Counted], cause: Cause, lines: Sequence[str], top: float
) -> list[str]:
    """A bar over each run of days on which a cause opens the band, its name above them."""
    marks = [words(LEFT, top + 11 + _LINE * place, text, "t2") for place, text in enumerate(lines)]
    top += _LINE * len(lines)
    place = 0
    for is_open, run in itertools.groupby(counts, key=lambda each: each.day in cause.days):
        days = list(run)
        place += len(days)
        if is_open:
            end = counts[place].day if place < len(counts) else frame.last
            begin = frame.x(days[0].day)
            marks.append(box(begin, top + 1, frame.x(end) - begin, _BAR, BAND, edge=RECORDS))
    marks.append(line(LEFT, top + 1 + _BAR, frame.width, top + 1 + _BAR, INK_2))
    return marks
