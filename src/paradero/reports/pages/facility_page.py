"""The page of one facility: how many on the last day, by day and month; deaths, lengths, who was last seen
there; from where, to where; events beyond limits; what others published.
"""

from __future__ import annotations

import datetime as dt

from paradero.figures.answered import DRAWN, Asked
from paradero.figures.computing import slug
from paradero.model.errors import UnknownName
from paradero.reports.content.blocks import Code, Page, Piece, Stated, Text
from paradero.reports.content.numbers import day
from paradero.reports.content.wording import Wording
from paradero.reports.pages.case_page import whole
from paradero.reports.pages.material import Material
from paradero.reports.pages.parts.places import Place, counted_days, counted_releases, facility_of, place_of
from paradero.reports.pages.parts.section_modules import section_modules


def facility_page(
    asked: Asked, language: str, *, is_site: bool = False, around: dt.date | None = None
) -> Page:
    """The page of the facility that is asked about, its charts by day `around` a day where one is asked for.
    The title has who is recorded here, as the last day of a release is the one that it knows least of:
    whoever left after it has no book-out yet. Raises UnknownName where the records count nobody
    there.
    """
    material = Material(asked, language, is_site=is_site, around=around)
    place = place_of(asked.case, facility_of(material))
    say = material.wording("facility")
    rows = counted_days(material)
    if not rows:
        raise UnknownName(
            f"The records count nobody at `{place.code}`. `paradero headcount --facility {place.code}` says"
            " why."
        )
    release = counted_releases(material)[-1]
    last = material.figure(f"facility-last/{slug(place.code)}/{DRAWN}/{slug(release)}")
    latest = max(row.date for row in rows if row.release == release)
    when = Stated(text=day(latest.isoformat(), language))
    recorded = material.maybe(f"facility-people/{slug(place.code)}/{slug(release)}")
    peak = material.figure(f"facility-peak/{slug(place.code)}/{DRAWN}/{slug(release)}")
    name = Stated(text=place.name or place.code)
    first = min(row.date for row in rows if row.release == release and row.n_hi)
    days = {"first": Stated(text=day(first.isoformat(), language)), "when": when}
    modules = section_modules("facility")
    return whole(
        material,
        say,
        kicker=_kicker(place, say),
        title=say("title", name=name, last=last, when=when)
        if recorded is None
        else say("title_recorded", name=name, people=recorded, **days),
        lead=say("lead", last=last, when=when, peak=peak),
        findings=(),
        found=[part for each in modules if (part := each.write(material)) is not None],
    )


def _kicker(place: Place, say: Wording) -> Text:
    """What kind of facility, where: as most lists have it."""
    where = ", ".join(each for each in (place.city, place.state) if each)
    pieces: list[Piece] = [*say("kicker", code=Code(text=place.code))]
    pieces += [Stated(text=f" · {each}") for each in (place.kind, where) if each]
    return tuple(pieces)
