"""Counts of people that must add up: who is in none of them, at least and at most, and which cannot all be
true.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from paradero.answers.books.balance import CountBounds, CountConflict
from paradero.figures.computing import slug
from paradero.reports.charts.marks import bar
from paradero.reports.content.blocks import Bar, Code, Finding, Points, Section, Stated, Table, Text
from paradero.reports.content.numbers import span
from paradero.reports.content.wording import Wording, joined
from paradero.reports.pages.material import Material
from paradero.reports.pages.parts.pictured import pictured

RANK = 80


def section(material: Material) -> Section | None:
    """Who no count covers first, then every count on one scale, then the contradictions."""
    answered = material.answered("counts")
    if answered is None:
        return None
    say = material.wording("counts")
    rows = material.rows("counts", CountBounds)
    outside = sorted(
        (one for one in rows if one.unaccounted),
        key=lambda one: (-(one.lo or 0), -(one.hi if one.hi is not None else 10**9)),
    )
    blocks = [
        _table(material, say, of, caption)
        for of, caption in (
            (outside, "caption_outside"),
            ([one for one in rows if not one.unaccounted], "caption"),
        )
        if of
    ]
    conflicts = material.figure("count-conflicts")
    names = {one.id: say.of(one.what, one.what_es) for one in rows}
    points = tuple(_conflict(one, names, say) for one in material.rows("count conflicts", CountConflict))
    finding = None
    title = say("title_none" if outside else "title_unstated")
    if outside and outside[0].hi != 0:
        first = outside[0]
        what = say.stated(first.what, first.what_es)
        title = say("title", outside=material.figure(f"count/{slug(first.id)}"), what=what)
        drawn = [
            (say.of(one.what, one.what_es), material.figure(f"count/{slug(one.id)}"))
            for one in outside
            if one.unit == first.unit
        ]
        finding = Finding(
            rank=12,
            title=title,
            text=say("rest", conflicts=conflicts, command=Code(text=answered.command)),
            picture=pictured("counts", drawn, say),
        )
    return Section(
        id="counts",
        name=say.plain("name"),
        title=title,
        sub=say("sub"),
        blocks=(*blocks, *((Points(items=points),) if points else ())),
        finding=finding,
    )


def _table(material: Material, say: Wording, rows: Sequence[CountBounds], caption: str) -> Table:
    most = max((one.hi if one.hi is not None else one.lo or 0 for one in rows), default=0)
    lines = tuple(
        (
            (say.stated(one.what, one.what_es),),
            Bar(
                text=(say.number(material.figure(f"count/{slug(one.id)}")),), svg=bar(one.lo, one.hi, 0, most)
            ),
            (
                Stated(
                    text="; ".join(dict.fromkeys(each.by for each in one.assertions)) or say.plain("follows")
                ),
            ),
        )
        for one in rows
    )
    heads = tuple(say.plain(each) for each in ("count", "people", "said"))
    return Table(caption=say.plain(caption), heads=heads, rows=lines)


def _conflict(one: CountConflict, names: Mapping[str, str], say: Wording) -> Text:
    """Who says what of which counts, and the equations by which they do not go together."""
    said = [
        (
            Stated(
                text=f"{each.by}: {span(each.lo, each.hi, say.language)}, {names.get(each.count, each.count)}"
            ),
        )
        for each in one.assertions
    ]
    said += [(Stated(text=say.of(each.because, each.because_es).rstrip(".")),) for each in one.equations]
    return say("conflict", said=joined(said, "; "))
