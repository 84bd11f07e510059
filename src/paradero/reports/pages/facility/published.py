"""Published figures of a facility that contradict the records, with both cells."""

from __future__ import annotations

from paradero.answers.counts.reconciling import Comparison
from paradero.reports.content.blocks import Block, Paragraph, Section, Stated, Table
from paradero.reports.content.numbers import number, span
from paradero.reports.content.wording import joined
from paradero.reports.pages.material import Material
from paradero.reports.pages.parts.evidence import row_of
from paradero.reports.pages.parts.places import facility_of, place_of

RANK = 70
_SHOWN = 10


def section(material: Material) -> Section | None:
    """The first of them; nothing where no published figures are there to compare."""
    if material.answered("published") is None:
        return None
    say = material.wording("facility")
    place = place_of(material.case, facility_of(material))
    known = {each.upper() for each in (place.name, place.code) if each}
    of = [
        one
        for one in material.rows("contradicting figures", Comparison)
        if (one.facility or "").strip().upper() in known
    ]
    if not of:
        return Section(id="published", name=say.plain("published_name"), title=say("published_none"))
    rows = tuple(
        (
            (Stated(text=one.when or "–"),),
            (Stated(text="–" if one.published is None else number(one.published, say.language)),),
            (Stated(text="–" if one.n_lo is None else span(one.n_lo, one.n_hi, say.language)),),
            joined(row_of(each, say.language) for each in (one.address, one.other_address) if each),
        )
        for one in of[:_SHOWN]
    )
    heads = tuple(say.plain(each) for each in ("when", "printed", "records", "cells"))
    blocks: tuple[Block, ...] = (
        Table(caption=say.plain("published_name"), heads=heads, rows=rows, right=(1, 2)),
    )
    if len(of) > _SHOWN:
        blocks = (*blocks, Paragraph(text=say("more", n=Stated(text=f"{len(of) - _SHOWN:,}")), kind="source"))
    return Section(id="published", name=say.plain("published_name"), title=say("published"), blocks=blocks)
