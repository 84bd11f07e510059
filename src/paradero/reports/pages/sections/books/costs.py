"""What things cost: every result with its bounds, its assumptions and what each does when it is switched."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from paradero.answers.books.costs import CostResult
from paradero.figures.computing import slug
from paradero.figures.figure import Figure
from paradero.reports.charts.marks import bar
from paradero.reports.content.blocks import Bar, Code, Folded, Section, Stated, Table, Text
from paradero.reports.content.numbers import quantity
from paradero.reports.content.wording import Wording
from paradero.reports.pages.material import Material

RANK = 90


def section(material: Material) -> Section | None:
    """Results by unit, each unit on a scale of its own; then every assumption and what its switch does."""
    answered = material.answered("costs")
    if answered is None:
        return None
    say = material.wording("costs")
    rows = material.rows("costs", CostResult)
    blocks = [
        _table(material, say, [one for one in rows if one.unit == unit])
        for unit in dict.fromkeys(one.unit for one in rows)
    ]
    widest = max(
        (one for one in rows if one.unit == "USD" and one.lo is not None and one.hi is not None),
        key=lambda one: abs(one.hi or 0),
        default=None,
    )
    title = (
        say("title_none")
        if widest is None
        else say("title", cost=material.figure(f"cost/{slug(widest.id)}"), what=_what(widest, say))
    )
    folded = Folded(summary=say.plain("assumptions"), blocks=(_assumptions(material, rows, say),))
    return Section(
        id="costs",
        name=say.plain("name"),
        title=title,
        sub=say("sub", command=Code(text=answered.command)),
        blocks=(*blocks, folded),
    )


def _what(one: CostResult, say: Wording) -> Stated:
    return say.stated(one.what, one.what_es)


def _table(material: Material, say: Wording, rows: Sequence[CostResult]) -> Table:
    ends = [value for one in rows for value in (one.lo, one.hi) if value is not None]
    least, most = min([0, *ends]), max([0, *ends])
    lines = tuple(
        (
            (_what(one, say),),
            Bar(
                text=(say.number(material.figure(f"cost/{slug(one.id)}")),),
                svg=bar(one.lo, one.hi, least, most),
            ),
            (Code(text=one.formula),),
        )
        for one in rows
    )
    heads = tuple(say.plain(each) for each in ("result", "amount", "formula"))
    return Table(caption=say.plain("caption"), heads=heads, rows=lines)


def _assumptions(material: Material, rows: Sequence[CostResult], say: Wording) -> Table:
    lines: list[tuple[Text, ...]] = []
    for one in rows:
        figure = material.figure(f"cost/{slug(one.id)}")
        for each in one.assumptions:
            state = say.plain("on" if each.on else "off")
            lines.append(
                (
                    (_what(one, say),),
                    (say.stated(each.says, each.says_es),),
                    (state,),
                    (Stated(text=_switched(figure, each.if_switched.lo, each.if_switched.hi, say)),),
                    (Stated(text=each.by),),
                )
            )
    heads = tuple(say.plain(each) for each in ("result", "assumption", "state", "switched", "who"))
    return Table(caption=say.plain("caption_assumptions"), heads=heads, rows=tuple(lines))


def _switched(figure: Figure, lo: float | None, hi: float | None, say: Wording) -> str:
    return quantity(msgspec.structs.replace(figure, lo=lo, hi=hi), say.language)
