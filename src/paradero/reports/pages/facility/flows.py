"""From where people came to a facility, and to where they were sent."""

from __future__ import annotations

from paradero.figures.transfer_rows import TransferRoute
from paradero.reports.content.blocks import Section
from paradero.reports.pages.material import Material
from paradero.reports.pages.parts.flows import flows
from paradero.reports.pages.parts.places import facility_of, places

RANK = 50


def section(material: Material) -> Section | None:
    """Two lists of amounts; nothing where nobody was moved."""
    say = material.wording("facility")
    known = places(material.case)
    blocks = flows(
        material.rows("transfer routes", TransferRoute),
        say.language,
        facility=facility_of(material),
        known=known,
    )
    if not blocks:
        return None
    return Section(id="flows", name=say.plain("flows_name"), title=say("flows"), blocks=blocks)
