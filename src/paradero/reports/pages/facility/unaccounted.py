"""Who was last seen at a facility and is on nobody's books since."""

from __future__ import annotations

from paradero.answers.people.listing import UnaccountedInterval
from paradero.figures.computing import slug
from paradero.reports.content.blocks import Section
from paradero.reports.pages.material import Material
from paradero.reports.pages.parts.places import facility_of
from paradero.reports.pages.sections.records.unaccounted import intervals

RANK = 40


def section(material: Material) -> Section | None:
    """The intervals that begin at the facility."""
    code, say = facility_of(material), material.wording("facility")
    rows = [
        one
        for one in material.rows("unaccounted", UnaccountedInterval)
        if one.detention_facility_code == code
    ]
    figure = material.maybe(f"unaccounted-last-seen/{slug(code)}")
    if figure is None or not rows:
        everything = material.maybe("unaccounted-intervals")
        is_none = everything is not None and everything.hi == 0
        title = say("unaccounted_none" if is_none else "unaccounted_open")
        return Section(id="unaccounted", name=say.plain("unaccounted_name"), title=title)
    return Section(
        id="unaccounted",
        name=say.plain("unaccounted_name"),
        title=say("unaccounted", intervals=figure),
        blocks=(intervals(rows, material.wording("unaccounted")),),
    )
