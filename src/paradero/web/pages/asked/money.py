"""What custody cost: every result with its bounds, and its assumptions as switches."""

from __future__ import annotations

from paradero.answers.books.costs import CostResult
from paradero.reports.content.blocks import Field, Form, Page
from paradero.reports.content.wording import Wording
from paradero.web.asking import Asking, supposing_of
from paradero.web.parts.section_pages import page_of_sections, sections_of

PATH = "/money"
OPTIONS = ("on", "off")


def page(asking: Asking) -> Page:
    """Costs under the assumptions that the reader switched; sums planned, granted and paid apart."""
    supposing = supposing_of(asking)
    material, found = sections_of(asking, ("costs", "amounts"), supposing=supposing)
    say = Wording("asked", asking.language)
    # each assumption once, whichever results rest on it; a box that is not ticked says nothing in an address,
    # so what is on by its file is switched off by a box of its own
    known = {each.id: each for one in material.rows("costs", CostResult) for each in one.assumptions}
    fields = tuple(
        Field(
            name="off" if each.by_default else "on",
            kind="check",
            label=" ".join(
                (say.plain("without_it" if each.by_default else "with_it"), say.of(each.says, each.says_es))
            ),
            value=each.id if each.id in (supposing.off if each.by_default else supposing.on) else "",
            options=((each.id, ""),),
        )
        for each in known.values()
    )
    form = Form(to="/money", button=say.plain("work_out_again"), fields=fields) if fields else None
    lead = say("money_supposed") if asking.options.keys() & set(OPTIONS) else ()
    return page_of_sections(asking, "money", material, found, lead=lead, form=form)
