"""Events held against orders and rules: the grids of readings, who to believe, what would settle the rest."""

from __future__ import annotations

import dataclasses

from paradero.authored.evidence import EVIDENCE
from paradero.reports.content.blocks import Anchored, Chart, Field, Form, Link, Page, Points, Section
from paradero.reports.content.wording import Wording, plain_text
from paradero.web.asking import Asking, supposing_of
from paradero.web.parts.section_pages import page_of_sections, sections_of

PATH = "/orders"
OPTIONS = ("trust", "without")


def page(asking: Asking) -> Page:
    """The orders and rules of the casefile, judged on what the reader believes."""
    supposing = supposing_of(asking)
    material, found = sections_of(asking, ("orders", "rules", "requests"), supposing=supposing)
    # a time line an event is on the event's own page
    found = [
        dataclasses.replace(one, blocks=tuple(each for each in one.blocks if not isinstance(each, Chart)))
        for one in found
    ]
    found = [_with_contents(each) if each.id == "orders" else each for each in found]
    say = Wording("asked", asking.language)
    kinds = Wording("evidence", asking.language)
    believed = supposing.evidence or EVIDENCE
    fields = [
        Field(
            name="trust",
            kind="check",
            label=kinds.plain(f"evidence_{each}"),
            value=each if each in believed else "",
            options=((each, ""),),
        )
        for each in EVIDENCE
    ]
    sources = material.asked.law.sources()
    fields.append(
        Field(
            name="without",
            kind="choice",
            label=say.plain("without"),
            value=supposing.without[0] if supposing.without else "",
            options=(("", say.plain("without_none")), *((each, each) for each in sources)),
        )
    )
    form = Form(to="/orders", button=say.plain("judge_again"), fields=tuple(fields)) if sources else None
    lead = say("orders_supposed") if asking.options.keys() & set(OPTIONS) else ()
    return page_of_sections(asking, "orders", material, found, lead=lead, form=form)


def _with_contents(section: Section) -> Section:
    """The orders under a list of them, each a link to its grid."""
    orders = [each for each in section.blocks if isinstance(each, Anchored)]
    items = tuple((Link(text=plain_text(each.title), to=f"#{each.id}"),) for each in orders)
    contents = (Points(items=items),) if len(items) > 1 else ()
    return dataclasses.replace(section, blocks=(*contents, *section.blocks))
