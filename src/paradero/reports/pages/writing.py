"""Which page is asked for, and the page."""

from __future__ import annotations

import datetime as dt

from paradero.answers.flights.leg_scenes import has_positions
from paradero.casefile.folder import Casefile
from paradero.figures.answered import Asked
from paradero.model.errors import UnknownName
from paradero.model.naming import unknown
from paradero.reports.content.blocks import Page
from paradero.reports.pages.case_page import case_page
from paradero.reports.pages.company_page import company_page
from paradero.reports.pages.facility_page import facility_page
from paradero.reports.pages.flight_page import flight_page
from paradero.reports.pages.law_page import event_page, order_page
from paradero.reports.pages.material import Material
from paradero.reports.pages.parts.places import place_of
from paradero.reports.pages.person_page import person_page

SUBJECTS = ("case", "person", "facility", "company", "order", "flight", "event")


def page_of(
    case: Casefile,
    about: str,
    name: str = "",
    *,
    language: str = "en",
    release: str | None = None,
    asked: Asked | None = None,
    is_site: bool = False,
    around: dt.date | None = None,
) -> Page:
    """The page on the `case`, on a `person` by their id in a release, on a `facility` by its code, on a
    `company` by its name or key, on an `order` or an `event` by its id, on a `flight`: an event, or a leg
    of positions as `HEX@MINUTE`. `asked` keeps the answers of another page of the same casefile and
    subject, as in another language; on a site (`is_site`) evidence has pages of its own; `around` is the day
    that a facility's charts by day show. Raises UnknownName for another subject, for one without its name,
    and for what the records do not have.
    """
    if about not in SUBJECTS:
        raise unknown("a subject of a report", about, SUBJECTS)
    if (about == "case") != (name == ""):
        wanted = "no name" if about == "case" else "a name"
        raise UnknownName(
            f"`--about {about}` takes {wanted}. Write it like `--about person ID`, `--about facility CODE`."
        )
    known = asked or asked_of(case, about, name)
    if about == "facility":
        return facility_page(known, language, is_site=is_site, around=around)
    material = Material(known, language, is_site=is_site)
    if about == "company":
        return company_page(material)
    if about == "person":
        return person_page(material, name, release=release)
    if about == "order":
        return order_page(material, name)
    if about == "flight" and "@" in name and has_positions(case):
        return flight_page(material, name)
    return case_page(material) if about == "case" else event_page(material, name)


def asked_of(case: Casefile, about: str, name: str = "") -> Asked:
    """What a page on a subject asks, to be shared by pages on it. Raises UnknownName for a facility that the
    records do not have.
    """
    return Asked(
        case,
        facility=place_of(case, name).code if about == "facility" and name else None,
        company=name if about == "company" else None,
    )
