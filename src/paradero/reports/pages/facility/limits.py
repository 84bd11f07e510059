"""What the records do not say of a facility."""

from __future__ import annotations

from paradero.figures.facility_answers import FacilityStints
from paradero.reports.content.blocks import Points, Section, Stated, Text
from paradero.reports.content.numbers import number
from paradero.reports.pages.material import Material
from paradero.reports.pages.parts.places import counted_releases

RANK = 200


def section(material: Material) -> Section | None:
    """Other custodians, clocks, book-outs that are not there; that no list states a capacity."""
    say = material.wording("facility")
    counted = counted_releases(material)
    rows = [one for one in material.rows("stints at a facility", FacilityStints) if one.release in counted]
    items: list[Text] = [say("limit_others"), say("limit_zone")]
    n_open = sum(one.n_without_book_out for one in rows)
    if n_open:
        items.append(say("limit_open", n=Stated(text=number(n_open, say.language))))
    if not material.each("facility-capacity"):
        items.append(say("limit_capacity"))
    items.append(say("limit_locator"))
    return Section(
        id="limits", name=say.plain("limits_name"), title=say("limits"), blocks=(Points(items=tuple(items)),)
    )
