"""The page of one flight: a leg that positions show, by its id."""

from __future__ import annotations

import datetime as dt

from paradero.answers.flights.leg_scenes import leg_scene
from paradero.flights.legs.ends import End
from paradero.model.time.clock import EPOCH
from paradero.reports.content.blocks import Code, Page, Paragraph, Points, Section, Stated
from paradero.reports.content.numbers import day
from paradero.reports.content.wording import Wording
from paradero.reports.pages.case_page import whole
from paradero.reports.pages.material import Material
from paradero.reports.pages.parts.flight_drawing import (
    called,
    drawing,
    instant_text,
    left_open,
    likely,
    place_of,
)


def flight_page(material: Material, leg_id: str) -> Page:
    """The page of a leg by its id, `HEX@MINUTE`. Raises UnknownName with near ids where there is none."""
    found = leg_scene(material.case, leg_id)
    scene = found.scene
    say = material.wording("flight")
    leg = scene.leg
    first = leg.first_us if leg.first_us is not None else scene.lo
    what = Stated(text=called(scene))
    signs = ", ".join(leg.callsigns)
    names = " · ".join(each for each in (leg.hex, leg.aircraft_type, signs) if each)
    shown = Section(
        id="map",
        name=say.plain("map_name"),
        title=(Stated(text=left_open(scene, say)),),
        sub=say("map_sub"),
        blocks=(Paragraph(text=(Stated(text=names),), kind="source"), drawing(found, say, name="flight")),
    )
    limits = tuple(say(each) for each in ("limit_aboard", "limit_missing", "limit_weight"))
    closing = Section(
        id="open", name=say.plain("open_name"), title=say("limits_title"), blocks=(Points(items=limits),)
    )
    return whole(
        material,
        say,
        kicker=say("kicker", id=Code(text=leg_id)),
        title=say(
            "title" if any(map(likely, (leg.takeoff, leg.landing))) else "title_open",
            what=what,
            origin=Stated(text=place_of(leg.takeoff, say)),
            destination=Stated(text=place_of(leg.landing, say)),
            day=Stated(text=day((EPOCH + dt.timedelta(microseconds=first)).isoformat(), say.language)),
        ),
        lead=say(
            "lead" if leg.landing.is_certain else "lead_open",
            takeoff=Stated(text=_between(leg.takeoff, say)),
            **({"landing": Stated(text=_between(leg.landing, say))} if leg.landing.is_certain else {}),
        ),
        findings=(),
        found=[shown, closing],
    )


def _between(end: End, say: Wording) -> str:
    """`30 May 2018, 15:14 and 15:21`: the day once where it is one."""
    first, last = instant_text(end.moment.lo, say), instant_text(end.moment.hi, say, up=True)
    day_of_first, _, _ = first.rpartition(", ")
    return f"{first} {say.plain('and')} {last.removeprefix(f'{day_of_first}, ') if day_of_first else last}"
