"""One person's history to scale: places as bars, times with no custodian on record as dashed empty boxes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from paradero.reports.charts.marks import ABSENT, INK, LETTER, RECORDS, box, line, svg, words
from paradero.reports.content.numbers import word

WIDE, NARROW = 860, 358
_TOP, _BAR, _HEIGHT = 40, 22, 84

Kind = Literal["held", "nobody", "open"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A time in one place (`held`), with no custodian on record (`nobody`), or begun and not ended on record
    (`open`); with its name and its length in words.
    """

    kind: Kind
    begin: dt.datetime
    end: dt.datetime
    name: str
    length: str


def strip(
    pieces: Sequence[Piece], *, name: str, title: str, description: str, language: str, width: int
) -> str:
    """The picture for one width."""
    first, last = min(each.begin for each in pieces), max(each.end for each in pieces)
    whole = max((last - first).total_seconds(), 60.0)

    def x(at: dt.datetime) -> float:
        return 4 + (at - first).total_seconds() / whole * (width - 12)

    marks = []
    free = -1.0
    for each in pieces:
        begin, end = x(each.begin), x(each.end)
        size = max(end - begin, 2.5)
        if each.kind == "held":
            marks.append(box(begin, _TOP, size, _BAR, RECORDS))
        elif each.kind == "open":
            marks.append(box(begin, _TOP, size, _BAR, "absent", edge=ABSENT))
        else:
            marks.append(box(begin, _TOP + 1, size, _BAR - 2, "#fff", edge=INK, dash="4 3"))
        wide = LETTER * max(len(each.name), len(each.length)) + 8
        if size >= min(wide, 60) and begin >= free and begin + wide <= width:
            kinds = ("b",) if each.kind == "nobody" else ("rec",)
            marks += [words(begin, 16, each.name, *kinds), words(begin, 32, each.length, *kinds)]
            free = begin + wide
    marks += _ends(first, last, language, width)
    return svg(width, _HEIGHT, name, title, description, marks)


def _ends(first: dt.datetime, last: dt.datetime, language: str, width: int) -> list[str]:
    months = word("months", language).split()
    ends = [f"{at.day} {months[at.month - 1][:3]} {at.year}" for at in (first, last)]
    return [
        line(4, _TOP + _BAR, 4, _TOP + _BAR + 5),
        words(4, _HEIGHT - 4, ends[0], "t2"),
        line(width - 8, _TOP + _BAR, width - 8, _TOP + _BAR + 5),
        words(width - 8, _HEIGHT - 4, ends[1], "t2", "e"),
    ]
