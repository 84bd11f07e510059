"""Transfers from both sides: which were signed for, and by whom not; flows between facilities."""

from __future__ import annotations

from paradero.figures.transfer_rows import TransferRoute, TransferRows
from paradero.reports.content.blocks import Code, Section, Stated, Table
from paradero.reports.pages.material import Material, remarks_of
from paradero.reports.pages.parts.evidence import row_of
from paradero.reports.pages.parts.flows import flows
from paradero.reports.pages.parts.places import places

RANK = 60
_SHOWN = 10


def section(material: Material) -> Section | None:
    """Transfers that nobody signed for, and the routes on which most people were moved."""
    answered = material.answered("transfers")
    if answered is None:
        return None
    say = material.wording("transfers")
    unsigned, everything = material.figure("transfers-unsigned"), material.figure("transfers-recorded")
    rows = answered.rows
    if not isinstance(rows, TransferRows):
        raise ValueError("transfers are answered with something else than transfers")
    if not everything.judged or not rows:
        title = say("title_none" if everything.hi == 0 else "title_unjudged")
        return Section(
            id="transfers", name=say.plain("name"), title=title, sub=remarks_of(answered, material.language)
        )
    lines = tuple(
        (
            (Code(text=one.from_facility_code or "–"),),
            (Stated(text="–" if one.left_at is None else f"{one.left_at:%Y-%m-%d %H:%M}"),),
            (Stated(text=one.detention_release_reason or "–"),),
            row_of(one.from_row_address, say.language),
        )
        for one in rows.of_status("unsigned", _SHOWN)
    )
    blocks = []
    if lines:
        heads = tuple(say.plain(each) for each in ("from", "left", "reason", "row"))
        blocks.append(Table(caption=say.plain("caption_unsigned"), heads=heads, rows=lines))
    blocks += flows(
        material.rows("transfer routes", TransferRoute), say.language, known=places(material.case)
    )
    return Section(
        id="transfers",
        name=say.plain("name"),
        title=say("title", unsigned=unsigned, everything=everything),
        sub=(*say("sub"), " ", *remarks_of(answered, material.language)),
        blocks=tuple(blocks),
    )
