"""The people asked for as a file: those whom rows show, then those whom rows leave open, each told apart."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from paradero.answers.people.cohort import COHORT_TABLES, CohortPerson, cohort
from paradero.building.tables import open_tables
from paradero.disclosure.marking import note_of_unpublished
from paradero.exports.publishing import file_of
from paradero.model.time.clock import clock_text
from paradero.reports.receipts import note_of
from paradero.web.asking import Asking, Sent
from paradero.web.pages.people.asking import COHORT_OPTIONS, cohort_in
from paradero.web.pages.people.counted import found_of

PATH = "/files/people.csv"
OPTIONS = COHORT_OPTIONS
IS_ABOUT_ROWS = True

_EVERYBODY = 1 << 40


def send(asking: Asking) -> Sent:
    """The file: one row a person, cells disarmed as in every export."""
    if asking.option("definition"):
        return _counted(asking)
    asked = cohort_in(asking)
    with open_tables(asking.standing.case, *COHORT_TABLES) as built:
        people = [
            one
            for is_open in (False, True)
            for one in cohort(built, asked, is_open=is_open, first=0, n=_EVERYBODY).people
        ]
        built.connection.register("people", pa.Table.from_pylist(list(map(_row, people)), schema=_SCHEMA))
        note = note_of(built, "people") | note_of_unpublished(asking.standing.case, "en")
        content, _ = file_of(built.connection.table("people"), Path("people.csv"), name="people", note=note)
    return Sent(content=content, media_type="text/csv; charset=utf-8", name="people.csv")


def _counted(asking: Asking) -> Sent:
    """The people behind the number of a facility's day, with what leaves each open and the rows."""
    found = found_of(asking)
    people = [
        {
            "release": found.release,
            "unique_identifier": one.unique_identifier,
            "judged": "sure" if one.is_sure else "possible",
            "cause": None if one.cause is None else one.cause.cause,
            "book_in": clock_text(one.book_in),
            "book_out": clock_text(one.book_out),
            "rows": " ".join(one.rows),
        }
        for one in found.entries
    ]
    with open_tables(asking.standing.case, "sources") as built:
        built.connection.register("people", pa.Table.from_pylist(people, schema=_COUNTED))
        note = note_of(built, "people") | note_of_unpublished(asking.standing.case, "en")
        content, _ = file_of(built.connection.table("people"), Path("people.csv"), name="people", note=note)
    return Sent(content=content, media_type="text/csv; charset=utf-8", name="people.csv")


_COUNTED = pa.schema(
    [
        (name, pa.string())
        for name in ("release", "unique_identifier", "judged", "cause", "book_in", "book_out", "rows")
    ]
)
_SCHEMA = pa.schema(
    [
        ("release", pa.string()),
        ("unique_identifier", pa.string()),
        ("judged", pa.string()),
        ("first_book_in", pa.string()),
        ("last_facility_code", pa.string()),
        ("end_kind", pa.string()),
        ("end_lo", pa.string()),
        ("end_hi", pa.string()),
        ("n_detention_rows", pa.int64()),
    ]
)


def _row(one: CohortPerson) -> dict[str, object]:
    return {
        "release": one.release,
        "unique_identifier": one.unique_identifier,
        "judged": "shown" if one.is_shown else "left open",
        "first_book_in": clock_text(one.first_book_in),
        "last_facility_code": one.last_facility_code,
        "end_kind": one.end_kind,
        "end_lo": clock_text(one.end_lo),
        "end_hi": clock_text(one.end_hi),
        "n_detention_rows": one.n_rows,
    }
