"""What would settle the open verdicts: the facts to ask for, those that settle most first."""

from __future__ import annotations

from paradero.answers.verdicts.audit_reading import reading
from paradero.answers.verdicts.requests import requests_of
from paradero.reports.content.blocks import Code, Section, Stated, Table
from paradero.reports.content.numbers import number
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
        rows = requests_of(read, language=material.language)
    if not rows:
        return None
    lines = tuple(
        (
            (Stated(text=one.what),),
            (Stated(text=one.record),),
            (Stated(text=say.code("ask", one.ask)),),
            (Stated(text=number(one.settles, say.language)),),
        )
        for one in rows[:_SHOWN]
    )
    more = len(rows) - _SHOWN
    table = Table(
        caption=say.plain("caption"),
        heads=tuple(say.plain(each) for each in ("fact", "record", "ask", "settles")),
        rows=lines,
        right=(3,),
        more=say("more", n=Stated(text=f"{more:,}")) if more > 0 else (),
    )
    return Section(
        id="requests",
        name=say.plain("name"),
        title=say("title", requests=material.figure("requests-open")),
        sub=say("sub", command=Code(text="paradero requests")),
        blocks=(table,),
    )
