"""Facilities by code, and how a page names them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from paradero.answers.counts.headcounts import Headcount
from paradero.answers.status import ReleaseStatus
from paradero.building.tables import open_tables
from paradero.casefile.folder import Casefile
from paradero.figures.answered import DRAWN
from paradero.figures.computing import slug
from paradero.model.naming import unknown
from paradero.reports.content.blocks import Code, Named, Stated, Text
from paradero.reports.pages.material import Material


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """A facility as most lists have it."""

    code: str
    name: str | None
    city: str | None
    state: str | None
    kind: str | None


def places(case: Casefile) -> dict[str, Place]:
    """The facilities of the records by their codes."""
    with open_tables(case, "facilities") as built:
        rows = built.rows(
            "SELECT detention_facility_code AS code, detention_facility AS name, city, state,"
            " type_detailed AS kind FROM facilities ORDER BY code"
        )
    return {str(row["code"]): msgspec.convert(row, Place) for row in rows if row["code"]}


def place_of(case: Casefile, text: str) -> Place:
    """The facility with that code, in capitals or not. Raises UnknownName with near codes where the records
    have none.
    """
    known = places(case)
    found = {code.upper(): place for code, place in known.items()}.get(text.strip().upper())
    if found is None:
        raise unknown("a facility of these records", text, [*known])
    return found


def named(code: str, known: Mapping[str, Place]) -> Text:
    """A facility in a table: its name and small beside it the code; the code alone where no list names it."""
    place = known.get(code)
    if place is None:
        return (Code(text=code),)
    if not place.name:
        return (Named(text=code, about="facility", name=code),)
    return (Named(text=place.name, about="facility", name=code), " ", Code(text=code))


def facility_of(material: Material) -> str:
    """The code of the facility that a page is on."""
    if material.asked.facility is None:
        raise ValueError("a section of a facility needs answers on one")
    return material.asked.facility


def counted_days(material: Material) -> Sequence[Headcount]:
    """The counts by day that the page of a facility draws, of all releases."""
    rows = material.rows("headcounts of a facility", Headcount)
    return [one for one in rows if one.definition == DRAWN]


def counted_releases(material: Material) -> list[str]:
    """The releases that record stints at the facility, in their order: one that never names it says nothing
    of it, though its rows without a place may be of here. All that count anybody where none records a stint.
    """
    counted = {row.release for row in counted_days(material)}
    known = [one.release for one in material.rows("releases", ReleaseStatus) if one.release in counted]
    code = slug(facility_of(material))
    return [one for one in known if material.maybe(f"facility-stints/{code}/{slug(one)}")] or known


def of_release(material: Material, release: str) -> Text:
    """Which release a title speaks of, where several count somebody at the facility."""
    return () if len(counted_releases(material)) == 1 else (Stated(text=f" ({release})"),)
