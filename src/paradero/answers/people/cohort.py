"""People of whom rows show something, with bounds: who was held somewhere between two days, how their
histories end, of which citizenship. Of each person the rows show it, deny it, or leave it open; those left
open are counted by themselves.

A row shows that somebody was held between two days where its book-in or book-out lies there, or one before
and the other after. It denies it where it begins later or ends earlier, a stay's book-out standing for a
missing one. A row without a place, and one whose missing end may lie in the days, leaves it open. Whether a
history ends in a death is open where a row records one and its last stay ends otherwise.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from importlib.resources import files

import duckdb
import pyarrow as pa

from paradero.building.tables import Built
from paradero.engines.queries import query, values_of
from paradero.model.answer import Answer
from paradero.model.time.clock import us_of

COHORT_TABLES = (
    "chains",
    "stint_spans",
    "facility_stints",
    "facility_counts",
    "detention_rows",
    "unaccounted",
    "conflicts",
    "reason_kinds",
)
END_KINDS = (
    "open",
    "removal",
    "release",
    "transfer_of_custody",
    "unaccounted",
    "death",
    "other_end",
    "no stay",
    "cannot be judged",
)

_QUERIES = files("paradero.answers.people") / "cohort.sql"
_DAY = dt.timedelta(days=1)
_MOST_NAMED = 1_000  # people that a page names one by one; a file of all of them reads everything


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortAsked:
    """Whom a reader asks for; what is None or false is not asked. Days are both included; one of them alone
    is one day. `facility` is a code.
    """

    release: str | None = None
    facility: str | None = None
    first: dt.date | None = None
    last: dt.date | None = None
    end_kind: str | None = None
    country: str | None = None
    with_gaps: bool = False
    with_conflicts: bool = False


class CohortPerson(Answer, frozen=True, kw_only=True):
    """A person of a cohort: `is_shown` is None where the rows leave it open. Times are microseconds on the
    clock as recorded; the end lies between its bounds.
    """

    person_no: int
    release: str
    unique_identifier: str
    first_book_in: int | None
    last_facility_code: str | None
    end_kind: str
    end_lo: int | None
    end_hi: int | None
    n_rows: int | None
    is_shown: bool | None


class CohortCount(Answer, frozen=True, kw_only=True):
    """Of a release: how many people the rows show, how many they leave open, how many rows without a person
    id may be of further people, and whether any row has an id: else people cannot be counted.
    """

    release: str
    n_shown: int
    n_open: int
    n_rows_of_nobody: int
    has_ids: bool


class Cohort(Answer, frozen=True, kw_only=True):
    """The counts by release, whose people must not be added up (ids mean something only within one), and a
    page of the people.
    """

    counts: list[CohortCount]
    people: list[CohortPerson]


def cohort(built: Built, asked: CohortAsked, *, is_open: bool, first: int, n: int) -> Cohort:
    """The people asked for: of those shown, or of those left open, `n` from the place `first` (from 0) on.
    `built` has `COHORT_TABLES` open.
    """
    bound = _bound(asked)
    made = built.connection.execute(query(_QUERIES, "judged"), bound).to_arrow_table()
    built.connection.register("cohort", made)
    outside = {name: bound[name] for name in ("release", "facility", "first_us", "after_us")}
    counts = built.rows(query(_QUERIES, "counts"), outside)
    asked_page = {"is_open": is_open, "limit": n, "offset": first}
    page = built.connection.execute(query(_QUERIES, "page"), asked_page).to_arrow_table()
    listed = _listed(built, page) if page.num_rows else []
    return Cohort(counts=values_of(counts, CohortCount), people=listed)


def _listed(built: Built, page: pa.Table) -> list[CohortPerson]:
    """The people of a page: of the tables, which lie by person, only what holds these is read."""
    built.connection.register("page", page)
    numbers = [duckdb.ConstantExpression(each) for each in page["person_no"].to_pylist()]
    for table, name in (("chains", "chains_of_page"), ("stint_spans", "stints_of_page")):
        found = built.connection.view(table)
        if len(numbers) <= _MOST_NAMED:
            found = found.filter(duckdb.ColumnExpression("person_no").isin(*numbers))
        found.create_view(name, replace=True)
    return values_of(built.rows(query(_QUERIES, "listed")), CohortPerson)


def countries_of(built: Built) -> list[str]:
    """The countries of citizenship that rows name, the most frequent first."""
    return [str(row["name"]) for row in built.rows(query(_QUERIES, "countries"))]


def _bound(asked: CohortAsked) -> dict[str, str | int | bool | None]:
    """What the queries are bound to, times in microseconds on the clock as recorded."""
    days = [day for day in (asked.first, asked.last) if day is not None]
    first = us_of(dt.datetime.combine(min(days), dt.time())) if days else None
    after = us_of(dt.datetime.combine(max(days) + _DAY, dt.time())) if days else None
    return {
        "release": asked.release,
        "facility": asked.facility,
        "first_us": first,
        "after_us": after,
        "end_kind": asked.end_kind,
        "country": asked.country,
        "with_gaps": asked.with_gaps,
        "with_conflicts": asked.with_conflicts,
    }
