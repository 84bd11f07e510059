"""Where to ask about a person: this is no locator, and these are."""

from __future__ import annotations

from paradero.reports.content.blocks import Page, Points, Section
from paradero.reports.content.wording import Wording
from paradero.reports.pages.case_page import whole
from paradero.reports.pages.material import Material
from paradero.reports.pages.parts.offices import offices
from paradero.web.asking import Asking

PATH = "/where-to-ask"
LEAVES = True  # it is about nobody


def page(asking: Asking) -> Page:
    """Offices that answer for living people, each with what it can be asked."""
    say = Wording("where_to_ask", asking.language)
    sections = [
        Section(
            id="places", name=say.plain("places"), title=say("places"), blocks=(offices(asking.language),)
        ),
        Section(
            id="bring",
            name=say.plain("bring"),
            title=say("bring"),
            blocks=(Points(items=tuple(say(each) for each in ("number", "country", "born", "consulate"))),),
        ),
    ]
    return whole(
        Material(asking.standing.asked(), asking.language, is_site=True),
        say,
        kicker=say("kicker"),
        title=say("title"),
        lead=say("lead"),
        findings=(),
        found=sections,
    )
