"""Small pictures beside findings: one kind of mark, one scale, two or three labels. They repeat figures that
stand on the page, from the same values, and are decoration to whoever hears the page read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from paradero.model.verdicts import Verdict
from paradero.reports.charts.frame import Counted
from paradero.reports.charts.marks import (
    ABSENT,
    BAND,
    COMPLIED,
    INK,
    LAW,
    OPEN,
    RECORDS,
    box,
    line,
    number,
    path,
    picture,
    words,
)

WIDTH = 220
_ROW, _BAR, _CELL = 34, 9, 18
_MOST = 4
_INKS = {
    Verdict.VIOLATED: (LAW, LAW, ""),
    Verdict.UNDETERMINED: ("open", OPEN, ""),
    Verdict.COMPLIED: ("#fff", COMPLIED, ""),
    Verdict.NOT_BOUND: ("#eeeeec", ABSENT, "2 2"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A bar: its name, its bounds (None: open), and the bounds in words."""

    name: str
    lo: float | None
    hi: float | None
    said: str


def small_bars(name: str, amounts: Sequence[Amount]) -> str:
    """The first four amounts on one scale from zero: solid to what is certain, pale to what may be, a dashed
    box to the frame where nothing bounds it.
    """
    shown = amounts[:_MOST]
    most = max((each.hi if each.hi is not None else each.lo or 0 for each in shown), default=0) or 1
    marks: list[str] = []
    for place, each in enumerate(shown):
        top = place * _ROW
        marks.append(words(0, top + 12, _cut(each.name, each.said), "t2"))
        marks.append(words(WIDTH, top + 12, each.said, "b", "rec", "e"))
        lo = min((each.lo or 0) / most, 1) * WIDTH
        if each.hi is None:
            marks.append(box(lo, top + 17, WIDTH - lo, _BAR, "#fff", edge=ABSENT, dash="3 2"))
        elif each.hi > (each.lo or 0):
            marks.append(box(lo, top + 17, each.hi / most * WIDTH - lo, _BAR, BAND, edge=RECORDS))
        if lo:
            marks.append(box(0, top + 17, lo, _BAR, RECORDS))
        marks.append(line(0, top + 15, 0, top + 28, INK))
    return picture(WIDTH, _ROW * len(shown), name, marks)


def _cut(name: str, said: str) -> str:
    """As much of a name as leaves room for the bounds beside it."""
    most = max(6, int((WIDTH - len(said) * 8.2 - 10) / 7.4))  # bold, and the widest of the usual fonts
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"


def small_grid(name: str, rows: Sequence[Sequence[Verdict | None]]) -> str:
    """The verdicts of an event, a square a reading, as the grid below has them."""
    marks = []
    for y, row in enumerate(rows):
        for x, verdict in enumerate(row):
            if verdict is not None:
                fill, edge, dash = _INKS[verdict]
                marks.append(
                    box(2 + x * (_CELL + 6), 2 + y * (_CELL + 6), _CELL, _CELL, fill, edge=edge, dash=dash)
                )
    return picture(WIDTH, 4 + len(rows) * (_CELL + 6), name, marks)


def small_steps(name: str, counts: Sequence[Counted], label: str) -> str:
    """The band of counts over time, with what its highest upper edge says."""
    height, top = 64.0, 18.0
    most = max(each.hi for each in counts) or 1
    first, last = counts[0].day.toordinal(), counts[-1].day.toordinal() + 1

    def at(each: Counted, value: float, after: int) -> str:
        x = (each.day.toordinal() + after - first) / (last - first) * WIDTH
        return f"{number(min(x, WIDTH))} {number(height - value / most * (height - top))}"

    ends = [
        counts[place + 1].day.toordinal() - each.day.toordinal() for place, each in enumerate(counts[:-1])
    ]
    widths = [*ends, 1]
    upper = [
        point
        for each, days in zip(counts, widths, strict=True)
        for point in (at(each, each.hi, 0), at(each, each.hi, days))
    ]
    lower = [
        point
        for each, days in zip(counts, widths, strict=True)
        for point in (at(each, each.lo, 0), at(each, each.lo, days))
    ]
    marks = [
        path("M" + "L".join([*upper, *reversed(lower)]) + "Z", fill=BAND),
        path("M" + "L".join(upper), edge=RECORDS, wide=1.6),
        path("M" + "L".join(lower), edge=RECORDS),
        line(0, height, WIDTH, height, INK),
        words(WIDTH, 12, label, "b", "rec", "e"),
    ]
    return picture(WIDTH, height + 1, name, marks)
