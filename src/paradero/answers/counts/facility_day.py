"""One facility on one day: how many the records allow under a definition, and what others published of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import msgspec

from paradero.answers.counts import headcounts
from paradero.answers.counts.headcounts import Headcount
from paradero.building.tables import Built, open_tables
from paradero.casefile.folder import Casefile
from paradero.custody.definitions import definition_of
from paradero.engines.queries import query
from paradero.model.answer import Answer

_QUERIES = files("paradero.answers.counts") / "facility_day.sql"
_TABLES = (
    "sources",
    "wanting",
    "releases",
    "facility_day_comparisons",
    "facility_day_rows",
    "adp_comparisons",
)


class PublishedDay(Answer, frozen=True, kw_only=True):
    """What a table prints of a facility and day, beside the count of the same definition and release, with
    its status; bounds are None where the records count nothing there.
    """

    definition: str
    release: str
    published: float
    n: float | None
    n_lo: float | None
    n_hi: float | None
    status: str
    file_name: str | None
    address: str


class PublishedAverage(Answer, frozen=True, kw_only=True):
    """What a workbook prints as the average of the first `days` days of a fiscal year, beside that of the
    records.
    """

    release: str | None
    definition: str | None
    fiscal_year: int
    days: int
    published: float
    n: float | None
    n_lo: float | None
    n_hi: float | None
    status: str
    file_name: str | None
    address: str


class FacilityDay(Answer, frozen=True, kw_only=True):
    """A facility and a day: a count a release, of those that count somebody there; the releases that the day
    lies in (`covered_by`: of another day nothing is known); what cannot be judged, and what others
    published of the day and of days that it is among.
    """

    facility: str
    day: dt.date
    definition: str
    covered_by: list[str]
    counts: list[Headcount]
    cannot_be_judged: list[str]
    published: list[PublishedDay]
    averages: list[PublishedAverage]


def facility_day(
    case: Casefile, facility: str, name: str | None, day: dt.date, definition: str
) -> FacilityDay:
    """Count at the facility of that code (and `name`, as workbooks print it) on that day. Raises UnknownName
    for a definition that there is none of.
    """
    counts: list[Headcount] = []
    judged: dict[str, None] = {}
    asked = {"facility": facility, "day": day.isoformat()}
    with open_tables(case, *_TABLES) as built:
        over = built.rows(query(_QUERIES, "releases_over"), {"day": asked["day"]})
        published = [_of_day(built, row) for row in built.rows(query(_QUERIES, "days_published"), asked)]
        averages = [
            _average(built, row)
            for row in built.rows(query(_QUERIES, "averages_over"), asked | {"name": name})
        ]
    for release in [row["release"] for row in over]:
        question = headcounts.Asked(
            definition=definition_of(definition),
            release=release,
            facility=facility,
            first=day.isoformat(),
            last=day.isoformat(),
        )
        with open_tables(case, "sources") as built:
            found = headcounts.counted(built, question)
            judged.update(dict.fromkeys(found.cannot_be_judged))
            counts += headcounts.shown(built, found, by=headcounts.PLACE, limit=0)[0]
    return FacilityDay(
        facility=facility,
        day=day,
        definition=definition,
        covered_by=[row["release"] for row in over if row["is_over"]],
        counts=counts,
        cannot_be_judged=list(judged),
        published=published,
        averages=averages,
    )


def _of_day(built: Built, row: Mapping[str, Any]) -> PublishedDay:
    return msgspec.convert({**row, "address": built.address_of(row["published_row"])}, PublishedDay)


def _average(built: Built, row: Mapping[str, Any]) -> PublishedAverage:
    return msgspec.convert({**row, "address": built.address_of(row["published_row"])}, PublishedAverage)
