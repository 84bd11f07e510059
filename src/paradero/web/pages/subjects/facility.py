"""The page on one facility, with the day and the way of counting as its question."""

from __future__ import annotations

from paradero.reports.content.blocks import Page
from paradero.reports.pages.parts.places import place_of
from paradero.web.asking import Asking
from paradero.web.parts.facility_day import DAY_OPTIONS, day_asked, with_day
from paradero.web.parts.subject_pages import page_about

PATH = "/facility/{name:path}"
OPTIONS = DAY_OPTIONS


def page(asking: Asking) -> Page:
    """The page. Raises UnknownName where the records have no such facility."""
    place = place_of(asking.standing.case, asking.name("name"))
    return with_day(asking, page_about(asking, "facility", around=day_asked(asking)), place)
