"""Flows between facilities: a table with a bar in the cell, from transfers; for any page.

Of a route the lower bound counts transfers with both rows, the upper also those whose other side cannot be
judged. Transfers without an arrival on record have a row of their own, dashed; what is not shown is one row,
outlined, the last.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from paradero.figures.transfer_rows import TransferRoute
from paradero.reports.charts.marks import bar, bar_apart
from paradero.reports.content.blocks import Bar, Stated, Table, Text, Value
from paradero.reports.content.numbers import number, span
from paradero.reports.content.wording import Wording
from paradero.reports.pages.parts.places import Place, named

SHOWN = 10
_BOTH = ("signed", "late", "early")  # statuses of transfers of which both rows are there

Route = tuple[str | None, str | None]


def flows(
    rows: Sequence[TransferRoute],
    language: str,
    *,
    facility: str | None = None,
    known: Mapping[str, Place] | None = None,
) -> tuple[Table, ...]:
    """The flows between all facilities, one table; with a `facility`, by its code, those into it and out of
    it, a table each; facilities by name where they are `known`. None where nobody was moved.
    """
    say = Wording("flows", language)
    found: list[tuple[str, tuple[str, ...], Sequence[TransferRoute]]]
    if facility is None:
        found = [(say.plain("all"), ("from", "to"), rows)]
    else:
        into = [one for one in rows if one.to_facility_code == facility]
        out = [one for one in rows if one.from_facility_code == facility]
        found = [(say.plain("into"), ("from",), into), (say.plain("out"), ("to",), out)]
    return tuple(_table(caption, sides, of, say, known or {}) for caption, sides, of in found if of)


def _table(
    caption: str,
    sides: Sequence[str],
    rows: Iterable[TransferRoute],
    say: Wording,
    known: Mapping[str, Place],
) -> Table:
    counts: dict[Route, list[int]] = {}
    lost = [0, 0]  # surely without an arrival, perhaps without one
    for one in rows:
        if not one.has_arrival:
            bounds, is_sure = lost, one.status == "unsigned"
        else:
            bounds, is_sure = counts.setdefault(_route(one, sides), [0, 0]), one.status in _BOTH
        bounds[0] += one.n_transfers if is_sure else 0
        bounds[1] += one.n_transfers
    ordered = sorted(counts.items(), key=lambda each: (-each[1][1], -each[1][0], str(each[0])))
    shown, rest = ordered[:SHOWN], ordered[SHOWN:]
    most = max([each[1] for _, each in shown] + [lost[1], sum(each[1] for _, each in rest)])
    lines: list[tuple[Value, ...]] = [
        (
            *(
                _place(code, say, known)
                for side, code in zip(("from", "to"), route, strict=True)
                if side in sides
            ),
            Bar(text=(Stated(text=span(lo, hi, say.language)),), svg=bar(lo, hi, 0, most)),
        )
        for route, (lo, hi) in shown
    ]
    empty: tuple[Text, ...] = ((Stated(text="–"),),) * (len(sides) - 1)
    if lost[1]:
        text = (Stated(text=span(lost[0], lost[1], say.language)),)
        missing = Bar(text=text, svg=bar_apart(lost[1], most, is_missing=True))
        lines.append(((say.plain("no_arrival"),), *empty, missing))
    if rest:
        lo, hi = (sum(each[place] for _, each in rest) for place in (0, 1))
        words = say("others", n=Stated(text=number(len(rest), say.language)))
        others = Bar(text=(Stated(text=span(lo, hi, say.language)),), svg=bar_apart(hi, most))
        lines.append((words, *empty, others))
    heads = (*(say.plain(each) for each in sides), say.plain("n"))
    return Table(caption=caption, heads=heads, rows=tuple(lines), more=say("more"))


def _route(one: TransferRoute, sides: Sequence[str]) -> Route:
    """The sides of a transfer that a table tells apart."""
    return (
        one.from_facility_code if "from" in sides else None,
        one.to_facility_code if "to" in sides else None,
    )


def _place(code: str | None, say: Wording, known: Mapping[str, Place]) -> Text:
    return (say.plain("no_code"),) if code is None else named(code, known)
