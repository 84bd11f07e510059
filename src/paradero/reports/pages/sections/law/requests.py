"""What would settle the open verdicts: the facts to ask for, those that settle most first."""

from __future__ import annotations

from paradero.answers.verdicts.asking.request_values import LookUp
from paradero.answers.verdicts.audit_reading import reading
from paradero.answers.verdicts.requests import wanting_of
from paradero.answers.words import Words
from paradero.reports.content.blocks import Block, Code, Paragraph, Points, Section, Stated, Table
from paradero.reports.content.numbers import number
from paradero.reports.content.wording import Wording
from paradero.reports.pages.material import Material

RANK = 110
_SHOWN = 10


def section(material: Material) -> Section | None:
    """A line a request: the fact, the record it stands in, how it is asked for, what it settles."""
    audited = material.asked.audited
    if audited is None:
        return None
    say = material.wording("requests")
    with reading(audited) as read:
        found = wanting_of(read, language=material.language)
    rows, words = found.requests, Words(material.language)
    if not rows:
        return None
    lines = tuple(
        (
            (Stated(text=one.what),),
            (Stated(text=one.record),),
            (Stated(text=words(f"form_name_{one.form}")),),
            (Stated(text=one.answered),),
            (Stated(text=number(one.settles, say.language)),),
        )
        for one in rows[:_SHOWN]
    )
    more = len(rows) - _SHOWN
    table = Table(
        caption=say.plain("caption"),
        heads=tuple(say.plain(each) for each in ("fact", "record", "form", "answered", "settles")),
        rows=lines,
        right=(4,),
        more=say("more", n=Stated(text=f"{more:,}")) if more > 0 else (),
    )
    return Section(
        id="requests",
        name=say.plain("name"),
        title=say("title", requests=material.figure("requests-open")),
        sub=say("sub", command=Code(text="paradero requests")),
        blocks=(table, *_lookups(found.lookups, say)),
    )


def _lookups(found: list[LookUp], say: Wording) -> list[Block]:
    """What is public and so asked of nobody: where to read it."""
    if not found:
        return []
    items = tuple(
        (Stated(text=f"{one.what[0].upper()}{one.what[1:]}. {one.record}; {one.field}."),)
        for one in found[:_SHOWN]
    )
    return [Paragraph(text=say("lookups")), Points(items=items)]
