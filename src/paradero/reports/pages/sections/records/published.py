"""Published figures beside the records: how many agree, how many contradict, and which."""

from __future__ import annotations

from paradero.answers.counts.reconciling import Outcome, reconciled
from paradero.figures.computing import slug
from paradero.reports.content.blocks import Code, Finding, Section, Stated, Table, Text
from paradero.reports.content.numbers import number, span, word
from paradero.reports.content.wording import Wording, joined
from paradero.reports.pages.material import Material
from paradero.reports.pages.parts.evidence import row_of
from paradero.reports.pages.parts.pictured import pictured

RANK = 40
_SHOWN = 10


def section(material: Material) -> Section | None:
    """The outcome of every comparison, then the figures that contradict, the largest difference first."""
    answered = material.answered("published")
    if answered is None:
        return None
    say = material.wording("published")
    wrong, right = material.figure("published-contradicting"), material.figure("published-agreeing")
    name = "title" if wrong.lo else "title_none" if right.lo else "title_nothing"
    title = say(name, wrong=wrong, right=right)
    outcomes = material.rows("published", Outcome)
    lines = tuple(
        (
            (Stated(text=say.code("published", one.status)),),
            (Stated(text=one.definition or "–"),),
            (Stated(text=one.file_name or "–"),),
            (say.bare(material.figure(_id(one))),),
        )
        for one in outcomes
    )
    heads = tuple(say.plain(each) for each in ("outcome", "definition", "file", "figures"))
    blocks = [Table(caption=say.plain("caption"), heads=heads, rows=lines, right=(3,))]
    if wrong.lo:
        blocks.append(_contradictions(material, say))
    text = say("rest", command=Code(text=answered.command))
    return Section(
        id="published",
        name=say.plain("name"),
        title=title,
        sub=say("sub"),
        blocks=tuple(blocks),
        finding=Finding(
            rank=15 if wrong.lo else 60,
            title=title,
            text=text,
            picture=pictured("published", [(say.plain("outside"), wrong), (say.plain("inside"), right)], say),
        ),
    )


def _id(one: Outcome) -> str:
    parts = [
        slug(each)
        for each in (one.what, one.source, one.release, one.definition, one.status)
        if each is not None
    ]
    return "/".join(["published-by-outcome", *parts])


def _contradictions(material: Material, say: Wording) -> Table:
    found = reconciled(material.case, status=None, limit=_SHOWN)
    language = say.language
    rows = []
    for one in found.rows:
        cited = [row_of(each, language) for each in (one.address, one.other_address) if each]
        published = "–" if one.published is None else number(one.published, language)
        rows.append(
            (
                (Stated(text=one.facility or word("not_known", language)),),
                (Stated(text=one.when or "–"),),
                (Stated(text=published),),
                (Stated(text=span(one.n_lo, one.n_hi, language)),),
                joined(cited),
            )
        )
    more = found.n_rows - len(rows)
    heads = tuple(say.plain(each) for each in ("facility", "when", "printed", "records", "cells"))
    tail: Text = say("more", n=Stated(text=f"{more:,}")) if more > 0 else ()
    return Table(caption=say.plain("caption_wrong"), heads=heads, rows=tuple(rows), right=(2, 3), more=tail)
