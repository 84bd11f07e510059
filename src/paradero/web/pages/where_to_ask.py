"""Where to ask about a person: this is no locator, and these are."""

from __future__ import annotations

from paradero.reports.content.blocks import Link, Page, Points, Section
from paradero.reports.content.wording import Wording
from paradero.reports.pages.case_page import whole
from paradero.reports.pages.material import Material
from paradero.web.asking import Asking

PATH = "/where-to-ask"
LEAVES = True  # it is about nobody
_PLACES = {
    "locator": "https://locator.ice.gov/",
    "court": "https://acis.eoir.justice.gov/en/",
    "legal_aid": "https://www.immigrationlawhelp.org/",
    "red_cross": "https://familylinks.icrc.org/",
    "un": "https://www.ohchr.org/en/treaty-bodies/ced",
}


def page(asking: Asking) -> Page:
    """Offices that answer for living people, each with what it can be asked."""
    say = Wording("where_to_ask", asking.language)
    places = tuple(
        (Link(text=say.plain(name), to=to), ": ", *say(f"{name}_is")) for name, to in _PLACES.items()
    )
    sections = [
        Section(id="places", name=say.plain("places"), title=say("places"), blocks=(Points(items=places),)),
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
