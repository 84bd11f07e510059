"""The flights of the casefile: the events that are flights, and the legs of aircraft whose positions are
here.
"""

from __future__ import annotations

from paradero.answers.flights.leg_scenes import LegScene
from paradero.answers.instants import bounds_text
from paradero.answers.words import Words
from paradero.reports.content.blocks import Code, Named, Page, Section, Stated, Table, Text
from paradero.reports.content.wording import Wording
from paradero.reports.pages.case_page import whole
from paradero.reports.pages.material import Material
from paradero.reports.pages.parts.readings import named_event
from paradero.web.asking import Asking
from paradero.web.parts.flown_legs import flown_legs
from paradero.web.parts.paging import paged

PATH = "/flights"
OPTIONS = ("page",)
_BY_AIR = ("removal", "return", "transfer")  # kinds of events that may be flights


def page(asking: Asking) -> Page:
    """Events first, then every leg of the positions, fifty a page; times in UTC."""
    say = Wording("flights", asking.language)
    standing = asking.standing
    asked = standing.asked()
    events = [each for each in asked.law.events if each.file.leg or each.file.kind in _BY_AIR]
    sections = []
    if events:
        heads = (say.plain("flight"), say.plain("aircraft"))
        rows = tuple(
            (
                (named_event(each, say),),
                (Stated(text=", ".join(leg.registration or leg.hex for leg in each.file.leg) or "–"),),
            )
            for each in events
        )
        sections.append(
            Section(
                id="events",
                name=say.plain("events"),
                title=say("events"),
                blocks=(Table(caption=say.plain("events"), heads=heads, rows=rows),),
            )
        )
    legs = flown_legs(asking)
    if legs:
        shown, more = paged(asking, legs, option="page", say=say)
        ends = tuple(say.plain(each) for each in ("flight", "aircraft", "left", "landed"))
        table = Table(
            caption=say.plain("legs"), heads=ends, rows=tuple(_line(one, say) for one in shown), more=more
        )
        sections.append(
            Section(
                id="legs", name=say.plain("legs"), title=say("legs"), sub=say("legs_sub"), blocks=(table,)
            )
        )
    n = len(events) + len(legs)
    return whole(
        Material(asked, asking.language, is_site=True),
        say,
        kicker=say("kicker"),
        title=say("title" if n else "nothing", n=Stated(text=f"{n:,}")),
        lead=say("lead" if n else "lead_nothing"),
        findings=(),
        found=sections,
    )


def _line(one: LegScene, say: Wording) -> tuple[Text, ...]:
    leg = one.scene.leg
    to = Words(say.language)("to")
    ends = [
        (Stated(text=bounds_text(end.moment.lo, end.moment.hi, to=to)),) for end in (leg.takeoff, leg.landing)
    ]
    return (
        (Named(text=one.id, about="flight", name=one.id),),
        (Code(text=leg.registration or leg.hex),),
        *ends,
    )
