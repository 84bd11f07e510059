"""What agreements say of money: planned, granted, paid kept apart, each with who says it."""

from __future__ import annotations

from paradero.answers.books.agreements import AgreementAmount
from paradero.figures.computing import slug
from paradero.reports.charts.marks import bar
from paradero.reports.content.blocks import Bar, Code, Section, Stated, Table
from paradero.reports.pages.material import Material

RANK = 85


def section(material: Material) -> Section | None:
    """A line an amount, in the order of the agreements."""
    answered = material.answered("amounts")
    if answered is None:
        return None
    say = material.wording("amounts")
    rows = material.rows("amounts", AgreementAmount)
    dollars = [value for one in rows if one.unit == "USD" for value in (one.lo, one.hi) if value is not None]
    lines = tuple(
        (
            (say.stated(one.what, one.what_es),),
            (Stated(text=say.code("amount", one.kind)),),
            Bar(
                text=(say.number(material.figure(f"amount/{slug(one.id)}")),),
                svg=bar(one.lo, one.hi, 0, max(dollars, default=0)) if one.unit == "USD" else "",
            ),
            (Stated(text="; ".join(dict.fromkeys(each.by for each in one.said))),),
        )
        for one in rows
    )
    heads = tuple(say.plain(each) for each in ("what", "kind", "amount", "who"))
    return Section(
        id="amounts",
        name=say.plain("name"),
        title=say("title"),
        sub=say("sub", command=Code(text=answered.command)),
        blocks=(Table(caption=say.plain("caption"), heads=heads, rows=lines),),
    )
