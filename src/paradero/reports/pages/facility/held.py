"""How many were held at a facility by day and month, what opens the bounds, what others published of it."""

from __future__ import annotations

from paradero.figures.answered import DRAWN
from paradero.figures.computing import slug
from paradero.figures.facility_answers import Capacity
from paradero.reports.content.blocks import Block, Facts, Section, Text
from paradero.reports.pages.material import Material
from paradero.reports.pages.parts.evidence import row_of
from paradero.reports.pages.parts.places import counted_days, counted_releases, facility_of, of_release
from paradero.reports.pages.sections.records.headcount import charts, published_beside

RANK = 10
_GLANCE = ("facility-last", "facility-peak", "facility-deaths", "facility-people", "facility-stints")


def section(material: Material) -> Section | None:
    """A glance at the facility, then the charts of each release."""
    code, say = facility_of(material), material.wording("facility")
    releases = counted_releases(material)
    capacity = material.maybe(f"facility-capacity/{slug(code)}")
    facts: list[tuple[str, Text]] = []
    blocks: list[Block] = []
    for release in releases:
        facts += _glance(material, release, several=len(releases) > 1)
        blocks += charts(
            [row for row in counted_days(material) if row.release == release],
            material.wording("headcount"),
            name=f"held-{slug(release)}",
            whose=release,
            beside=published_beside(material, release, capacity=capacity),
            around=material.around,
        )
    if capacity is not None:
        stated = material.rows("capacity of a facility", Capacity)[0].capacity_address
        facts.append((say.plain("capacity"), (say.number(capacity), ", ", *row_of(stated, say.language))))
    peaks = [material.figure(f"facility-peak/{slug(code)}/{DRAWN}/{slug(each)}") for each in releases]
    peak, of = max(zip(peaks, releases, strict=True), key=lambda one: (one[0].hi or 0, one[0].lo or 0))
    return Section(
        id="held",
        name=say.plain("held_name"),
        title=(*say("held", peak=peak), *of_release(material, of)),
        sub=say("held_sub"),
        blocks=(Facts(caption=say.plain("glance"), rows=tuple(facts)), *blocks),
    )


def _glance(material: Material, release: str, *, several: bool) -> list[tuple[str, Text]]:
    code, say = facility_of(material), material.wording("facility")
    found: list[tuple[str, Text]] = []
    for name in _GLANCE:
        drawn = f"/{DRAWN}" if name in ("facility-last", "facility-peak") else ""
        figure = material.maybe(f"{name}/{slug(code)}{drawn}/{slug(release)}")
        if figure is not None and (figure.lo, figure.hi) != (0, None):
            label = say.plain(name.removeprefix("facility-")) + (f" ({release})" if several else "")
            found.append((label, (say.number(figure),)))
    return found
