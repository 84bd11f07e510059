"""Pages on one subject, from the answers that the casefile's pages share."""

from __future__ import annotations

import datetime as dt

from paradero.reports.content.blocks import Page
from paradero.reports.pages.parts.places import place_of
from paradero.reports.pages.writing import page_of
from paradero.web.asking import Asking, supposing_of


def page_about(asking: Asking, about: str, *, around: dt.date | None = None) -> Page:
    """The report's page on what stands in the address, of a facility with its charts `around` a day.
    Raises UnknownName where the casefile has none.
    """
    name = asking.name("name")
    standing = asking.standing
    if about == "facility":
        name = place_of(standing.case, name).code
        asked = standing.asked(facility=name)
    elif about == "company":
        asked = standing.asked(company=name)
    else:
        asked = standing.asked(supposing=supposing_of(asking))
    release = asking.option("release") or None
    return page_of(
        standing.case,
        about,
        name,
        language=asking.language,
        release=release,
        asked=asked,
        is_site=not asking.is_on_paper,
        around=around,
    )
