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
from paradero.custody.definitions import Definition, definition_of
from paradero.engines.queries import query
from paradero.model.answer import Answer
from paradero.model.time.clock import EPOCH

_QUERIES = files("paradero.answers.counts") / "facility_day.sql"
_TABLES = (
    "sources",
    "wanting",
    "releases",
    "facility_counts",
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


class OfRelease(Answer, frozen=True, kw_only=True):
    """What a release can say of a facility and day: its days, whether it looks at this one, whether
    everybody held then is in it, whether any of its rows names the facility, what it lacks altogether, and
    the count; None where it does not look, or no row puts or may put anybody there.

    Where it is not stated from when on everybody is in the release (`is_cover_stated`), it may lack people
    held since before it even where `is_covered`.
    """

    release: str
    first_day: dt.date | None
    last_day: dt.date | None
    looks: bool
    is_covered: bool
    is_cover_stated: bool
    names_it: bool
    cannot_be_judged: list[str]
    count: Headcount | None


class FacilityDay(Answer, frozen=True, kw_only=True):
    """A facility and a day: what each release says of it under a definition (which counts this day, or does
    not: `is_counted`), and what others published of the day and of days that it is among.
    """

    facility: str
    day: dt.date
    definition: str
    is_counted: bool
    releases: list[OfRelease]
    published: list[PublishedDay]
    averages: list[PublishedAverage]


def facility_day(
    case: Casefile, facility: str, name: str | None, day: dt.date, definition: str
) -> FacilityDay:
    """Count at the facility of that code (and `name`, as workbooks print it) on that day. Raises UnknownName
    for a definition that there is none of.
    """
    defined = definition_of(definition)
    asked = {"facility": facility, "day": day.isoformat()}
    with open_tables(case, *_TABLES) as built:
        looked = built.rows(query(_QUERIES, "looks"), asked | _counted_at(defined))
        published = [_of_day(built, row) for row in built.rows(query(_QUERIES, "days_published"), asked)]
        averages = [
            _average(built, row)
            for row in built.rows(query(_QUERIES, "averages_over"), asked | {"name": name})
        ]
    is_counted = (defined.first_day or day) <= day <= (defined.last_day or day)
    releases = []
    for row in looked:
        count, lacks = (
            _count(case, facility, day, defined, row["release"])
            if row["looks"] and is_counted
            else (None, [])
        )
        releases.append(OfRelease(**row, count=count, cannot_be_judged=lacks))
    return FacilityDay(
        facility=facility,
        day=day,
        definition=definition,
        is_counted=is_counted,
        releases=releases,
        published=published,
        averages=averages,
    )


def last_covered_day(case: Casefile, definition: str) -> dt.date | None:
    """The last day on which everybody held is in a release of the casefile and that the definition counts;
    where no release has such a day, the last one that any looks at. Raises UnknownName for a definition that
    there is none of.
    """
    defined = definition_of(definition)
    with open_tables(case, "wanting", "releases") as built:
        (found,) = built.rows(query(_QUERIES, "last_covered"), {"to_us": _counted_at(defined)["to_us"]})
    if found["day"] is None:
        return None
    day = EPOCH.date() + dt.timedelta(days=found["day"])
    return min(day, defined.last_day or day)


def days_of_releases(case: Casefile) -> tuple[str, str]:
    """The first and the last day that any release looks at, as ISO text; empty where none is known."""
    with open_tables(case, "releases") as built:
        (found,) = built.rows(query(_QUERIES, "days_looked_at"))
    first, last = (
        "" if found[each] is None else str(EPOCH.date() + dt.timedelta(days=found[each]))
        for each in ("first", "last")
    )
    return first, last


def _counted_at(defined: Definition) -> dict[str, int]:
    """The part of a day that a definition counts people in, in microseconds from its beginning."""
    row = defined.as_row()
    return {"from_us": 0 if row["any_part"] else row["at_us"], "to_us": row["at_us"]}


def _count(
    case: Casefile, facility: str, day: dt.date, defined: Definition, release: str
) -> tuple[Headcount | None, list[str]]:
    """The count of a release, None where it allows nobody, and what it lacks for one."""
    question = headcounts.Asked(
        definition=defined, release=release, facility=facility, first=day.isoformat(), last=day.isoformat()
    )
    with open_tables(case, "sources") as built:
        found = headcounts.counted(built, question)
        rows = headcounts.shown(built, found, by=headcounts.PLACE, limit=0, nobody=False)[0]
    return next(iter(rows), None), list(found.cannot_be_judged)


def _of_day(built: Built, row: Mapping[str, Any]) -> PublishedDay:
    return msgspec.convert({**row, "address": built.address_of(row["published_row"])}, PublishedDay)


def _average(built: Built, row: Mapping[str, Any]) -> PublishedAverage:
    return msgspec.convert({**row, "address": built.address_of(row["published_row"])}, PublishedAverage)
