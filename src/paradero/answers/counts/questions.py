"""Three questions put to what was added: who was held longest, which facilities were above capacity, what
changed between two workbooks.
"""

from __future__ import annotations

import datetime as dt
from importlib.resources import files
from typing import Literal

import msgspec

from paradero.answers.answered import Answered
from paradero.answers.counts import wanting
from paradero.answers.counts.headcounts import Facility, facilities_like, facility_names
from paradero.building.tables import Built, legible, open_tables
from paradero.casefile.folder import Casefile
from paradero.engines.queries import query, values_of
from paradero.model.answer import Answer
from paradero.model.naming import unknown
from paradero.model.time.clock import span_text

_QUERIES = files("paradero.answers.counts") / "questions.sql"

# the columns of these answers as tables have them; JSON has all
LONGEST_COLUMNS = (
    "unique_identifier",
    "detention_facility_code",
    "detention_facility",
    "book_in",
    "book_out",
    "at_least",
    "at_most",
    "length_lo_us",
    "length_hi_us",
    "release",
    "row_id_address",
)
CAPACITY_COLUMNS = (
    "detention_facility_code",
    "detention_facility",
    "capacity",
    "most",
    "over_by",
    "on_date",
    "n_over",
    "counted_by",
    "status",
    "capacity_row_address",
    "published_row_address",
)
CHANGE_COLUMNS = (
    "change",
    "name",
    "city",
    "column_name",
    "earlier_said",
    "later_said",
    "later_less_earlier",
    "earlier_file",
    "later_file",
    "earlier_row_address",
    "later_row_address",
)


class LongStint(Answer, frozen=True, kw_only=True):
    """A row of the table `stint_lengths`, legible, and in words how long it was at least and at most."""

    release: str | None
    unique_identifier: str | None
    detention_facility_code: str | None
    detention_facility: str | None
    type_detailed: str | None
    book_in: dt.datetime | None
    book_out: dt.datetime | None
    book_out_why: str | None
    length_lo_us: int | None
    length_hi_us: int | None
    row_id: int
    row_id_address: str
    at_least: str | None = None
    at_most: str | None = None


class BesideCapacity(Answer, frozen=True, kw_only=True):
    """A row of the table `capacity_comparisons`, legible: the most people counted in a facility, and its
    stated capacity.
    """

    detention_facility_code: str
    detention_facility: str | None
    capacity: float
    capacity_row: int
    capacity_row_address: str
    capacity_on: dt.date | None
    counted_by: str | None
    most: float
    on_date: dt.date | None
    n_over: int
    first_over: dt.date | None
    over_by: float
    published_row: int | None
    published_row_address: str | None
    status: Literal["above", "not above"]


class Change(Answer, frozen=True, kw_only=True):
    """A row of the table `workbook_changes`, legible, and the files it compares."""

    source: str
    as_of: dt.date | None
    later_source: str
    later_as_of: dt.date | None
    is_next: bool
    change: Literal["appears", "disappears", "says otherwise"]
    name: str | None
    city: str | None
    column_name: str | None
    earlier_said: str | None
    later_said: str | None
    later_less_earlier: float | None
    earlier_row: int | None
    earlier_row_address: str | None
    later_row: int | None
    later_row_address: str | None
    earlier_file: str
    later_file: str


class _Book(msgspec.Struct, frozen=True, kw_only=True):
    source: str
    file_name: str


def longest(case: Casefile, *, facility: str | None, release: str | None, limit: int) -> Answered[LongStint]:
    """Stints by what the record shows of their length, the longest first; those without a book-out are
    counted, since nothing shows how long they were.

    `facility` is a code, a part of a name, or a part of a type (`hold`). Raises UnknownName where nothing has
    it.
    """
    with open_tables(case, "stint_lengths", "facilities", "facility_names") as built:
        judged = wanting.lines(wanting.lacking(built, ("person ids", "book-ins", "book-outs"), release))
        legible(built, "stint_lengths").create_view("lengths")
        wanted = {"codes": _codes(built, facility), "release": release}
        counts = built.rows(query(_QUERIES, "lengths_counted"), wanted)[0]
        rows = built.rows(query(_QUERIES, "lengths"), wanted | {"limit": limit or None})
        scope, digest = built.receipt.scope, built.receipt.digest
    if counts["n_open"]:
        judged.append(
            f"cannot be judged: how long {counts['n_open']:,} of these {counts['n']:,} stints were (no"
            " book-out)"
        )
    return Answered(
        scope=scope,
        n_rows=counts["n"],
        digest=digest,
        cannot_be_judged=judged,
        rows=[_worded(row) for row in values_of(rows, LongStint)],
    )


def _worded(row: LongStint) -> LongStint:
    return msgspec.structs.replace(
        row,
        at_least=None if row.length_lo_us is None else span_text(row.length_lo_us),
        at_most=None if row.length_hi_us is None else span_text(row.length_hi_us),
    )


def _codes(built: Built, facility: str | None) -> list[str] | None:
    if facility is None:
        return None
    typed = values_of(built.rows(query(_QUERIES, "codes_of_type"), {"text": facility}), Facility)
    found = {each.code for each in (*facilities_like(built, facility), *typed)}
    if not found:
        raise unknown(
            "a facility's code, or a part of its name or type",
            facility,
            facility_names(built),
            where_listed="`paradero export facilities -o facilities.csv` lists them.",
        )
    return sorted(found)


def capacity(case: Casefile, *, all_rows: bool, limit: int) -> Answered[BesideCapacity]:
    """Facilities above their stated capacity, by the records and by published midnights and averages, the
    most people beyond it first.
    """
    wanted: dict[str, bool | int | None] = {"all_rows": all_rows}
    with open_tables(case, "capacity_comparisons", "facilities") as built:
        legible(built, "capacity_comparisons").create_view("compared")
        total = built.rows(query(_QUERIES, "compared_counted"), wanted)[0]["n"]
        rows = built.rows(query(_QUERIES, "compared"), wanted | {"limit": limit or None})
        stated = built.rows(query(_QUERIES, "stated"))[0]
        scope, digest = built.receipt.scope, built.receipt.digest
    judged = (
        []
        if stated["n_stated"] == stated["n"]
        else [
            f"cannot be judged: {stated['n'] - stated['n_stated']:,} of {stated['n']:,} facilities (no"
            " capacity stated)"
        ]
    )
    return Answered(
        scope=scope,
        n_rows=total,
        digest=digest,
        cannot_be_judged=judged,
        rows=values_of(rows, BesideCapacity),
    )


def changes(case: Casefile, *, earlier: str | None, later: str | None, limit: int) -> Answered[Change]:
    """What a workbook says of a facility and the next one (or the two named, by file name or source id) does
    not or says otherwise.
    """
    with open_tables(case, "workbook_changes", "workbook_days", "sources") as built:
        legible(built, "workbook_changes").create_view("changed")
        books = values_of(built.rows(query(_QUERIES, "workbooks")), _Book)
        wanted: dict[str, str | int | None] = {"one": _named(books, earlier), "other": _named(books, later)}
        total = built.rows(query(_QUERIES, "changed_counted"), wanted)[0]["n"]
        rows = built.rows(query(_QUERIES, "changed"), wanted | {"limit": limit or None})
        scope, digest = built.receipt.scope, built.receipt.digest
    judged = ["cannot be judged: fewer than two workbooks were added"] if len(books) < 2 else []
    return Answered(
        scope=scope, n_rows=total, digest=digest, cannot_be_judged=judged, rows=values_of(rows, Change)
    )


def _named(books: list[_Book], name: str | None) -> str | None:
    if name is None:
        return None
    found = [book.source for book in books if name in (book.source, book.file_name)]
    if not found:
        raise unknown("a workbook of detention statistics", name, [book.file_name for book in books])
    return found[0]
