"""Lists of what does not balance: intervals unaccounted for, conflicts, transfers; the longest first, how
many of each sort.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Generic, Literal, TypeVar, get_args

import duckdb
import msgspec

from paradero.answers.counts import wanting
from paradero.building.tables import Built, define, legible, open_tables
from paradero.casefile.folder import Casefile
from paradero.engines.queries import query, values_of
from paradero.model.answer import Answer
from paradero.model.counting_words import counted
from paradero.model.naming import unknown
from paradero.model.time.clock import span_text, spans_text

_QUERIES = files("paradero.answers.people") / "listing.sql"
_MOST_NAMED = 1_000  # rows that are asked for by their keys

ConflictKind = Literal[
    "inversion",
    "overlap",
    "two_places",
    "two_ends",
    "custody_after_removal",
    "no_book_out_at_removal",
    "custody_after_death",
    "departure_after_death",
    "held_through_departure",
    "before_birth",
    "birth_year",
    "stay_window",
    "stays_overlap",
    "stint_two_stays",
]
Grade = Literal["trace", "minor", "serious", "severe"]
TransferStatus = Literal[
    "signed", "late", "early", "no book-out", "no book-in", "cannot be judged", "unsigned"
]


class UnaccountedInterval(Answer, frozen=True, kw_only=True):
    """A row of the table `unaccounted`, legible, and its length in words."""

    person_no: int
    release: str
    unique_identifier: str
    since: dt.datetime | None
    until: dt.datetime | None
    length_us: int | None
    length_lo_us: int | None
    length_hi_us: int | None
    reason: str
    detention_facility_code: str | None
    stay_row: int
    stay_row_address: str
    last_row: int | None
    last_row_address: str | None
    next_row: int | None
    next_row_address: str | None
    length: str | None = None


class GradedConflict(Answer, frozen=True, kw_only=True):
    """A row of the table `conflicts`, legible, and its size in words."""

    kind: ConflictKind
    grade: Grade
    size_us: int
    release: str
    unique_identifier: str
    person_no: int
    row_a: int
    row_a_address: str
    row_b: int | None
    row_b_address: str | None
    size: str | None = None


class Transfer(Answer, frozen=True, kw_only=True):
    """A row of the table `transfers`, legible, and the length of its gap in words."""

    person_no: int
    release: str
    stay_row: int
    stay_row_address: str
    from_row: int
    from_row_address: str
    to_row: int | None
    to_row_address: str | None
    from_facility_code: str | None
    to_facility_code: str | None
    left_at: dt.datetime | None
    arrived_at: dt.datetime | None
    gap_us: int | None
    covered_until: dt.datetime | None
    said_transferred: bool
    detention_release_reason: str | None
    status: TransferStatus
    length: str | None = None


class ReasonCount(Answer, frozen=True, kw_only=True):
    """How many intervals there are of a reason."""

    reason: str
    n: int


class ConflictCount(Answer, frozen=True, kw_only=True):
    """How many conflicts there are of a kind and grade."""

    kind: ConflictKind
    grade: Grade
    n: int


class StatusCount(Answer, frozen=True, kw_only=True):
    """How many transfers there are of a status."""

    status: TransferStatus
    n: int


R = TypeVar("R", UnaccountedInterval, GradedConflict, Transfer)
C = TypeVar("C", ReasonCount, ConflictCount, StatusCount)


class Listed(Answer, Generic[C, R], frozen=True, kw_only=True):
    """`counts`: how many of each sort; `rows`: at most as many as asked for of `n_rows`; from which build.

    `cannot_be_judged`: what no count of these rows holds, and why. `n_rows` is None where that is all there
    is to say: nothing was found because nothing can be.
    """

    scope: str
    n_rows: int | None
    table: str
    digest: str
    counts: list[C]
    cannot_be_judged: list[str]
    rows: list[R]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing(Generic[C, R]):
    """A table that is listed: the values of its rows and counts, and how a row says its length in words.

    `words` are what its filters know; `needs` are what a release must have for the question to be judged at
    all.
    """

    table: str
    row: type[R]
    count: type[C]
    worded: Callable[[R], R]
    words: Mapping[str, tuple[str, ...]]
    needs: tuple[str, ...]


def _interval(row: UnaccountedInterval) -> UnaccountedInterval:
    if row.length_lo_us is None:
        return row
    return msgspec.structs.replace(row, length=spans_text(row.length_lo_us, row.length_hi_us))


def _conflict(row: GradedConflict) -> GradedConflict:
    return msgspec.structs.replace(row, size=span_text(row.size_us))


def _transfer(row: Transfer) -> Transfer:
    return row if row.gap_us is None else msgspec.structs.replace(row, length=span_text(row.gap_us))


UNACCOUNTED = Listing(
    table="unaccounted",
    row=UnaccountedInterval,
    count=ReasonCount,
    worded=_interval,
    words={},
    needs=("person ids", "book-ins", "book-outs", "reasons of book-outs"),
)
CONFLICTS = Listing(
    table="conflicts",
    row=GradedConflict,
    count=ConflictCount,
    worded=_conflict,
    words={"kind": get_args(ConflictKind), "grade": get_args(Grade)},
    needs=("person ids", "book-ins"),
)
TRANSFERS = Listing(
    table="transfers",
    row=Transfer,
    count=StatusCount,
    worded=_transfer,
    words={"status": get_args(TransferStatus)},
    needs=("person ids", "book-ins", "book-outs"),
)


def listed(
    case: Casefile, listing: Listing[C, R], *, only: Mapping[str, str | None], limit: int, offset: int = 0
) -> Listed[C, R]:
    """The rows of a listing with the values `only` asks for (`release` or a word of the listing), at most
    `limit` of them, 0 for all, after the first `offset`.

    Raises UnknownName for a value that the column never has.
    """
    for column, words in listing.words.items():
        value = only.get(column)
        if value is not None and value not in words:
            raise unknown(f"a {column} of {listing.table}", value, words)
    release = only.get("release")
    wanted = {"release": release} | {column: only.get(column) for column in listing.words}
    table = listing.table
    with open_tables(case, table, "releases") as built:
        if release is not None:
            _check_release(built, release)
        legible(built, table).create_view("listed")
        counts = values_of(built.rows(query(_QUERIES, f"{table}_counts"), wanted), listing.count)
        part = wanted | {"limit": limit or None, "offset": offset}
        if table == TRANSFERS.table and 0 < limit <= _MOST_NAMED:
            found = _named(built, part)
        else:
            found = built.rows(query(_QUERIES, table), part)
        lacking = wanting.lacking(built, listing.needs, release)
        judged = wanting.lines(lacking)
        if listing.table == UNACCOUNTED.table:
            judged += _ends_untold(built, release)
        is_untold = not counts and bool(lacking) and _asked(built, release) <= _lack(lacking)
        return Listed(
            scope=built.receipt.scope,
            n_rows=None if is_untold else sum(count.n for count in counts),
            table=table,
            digest=built.receipt.digest,
            counts=counts,
            cannot_be_judged=judged,
            rows=[listing.worded(row) for row in values_of(found, listing.row)],
        )


def _named(built: Built, part: Mapping[str, str | int | None]) -> list[dict[str, object]]:
    """A part of the transfers, found by the columns that order them: of the others, which are many, only
    what these rows need is read.
    """
    keys = built.rows(query(_QUERIES, "transfers_keys"), dict(part))
    if not keys:
        return []
    listed = built.connection.view("listed")
    for column in ("person_no", "from_row"):
        wanted = {key[column] for key in keys}
        listed = listed.filter(
            duckdb.ColumnExpression(column).isin(*map(duckdb.ConstantExpression, sorted(wanted)))
        )
    listed.create_view("named", replace=True)
    return built.rows(query(_QUERIES, "transfers_named"))


def _lack(lacking: Iterable[wanting.Lack]) -> set[str]:
    return {one.release for one in lacking}


def _asked(built: Built, release: str | None) -> set[str]:
    """The releases with detention rows that are asked about."""
    found = {row["release"] for row in built.rows("SELECT release FROM wanting")}
    return {name for name in found if release in (None, name)}


def _ends_untold(built: Built, release: str | None) -> list[str]:
    """Stays of which the record hides how they ended, and rows that may be the arrival of somebody
    unaccounted for, as sentences.
    """
    for name in ("stay_ends", "persons", "wanting"):
        define(built, name)
    only = {"release": release}
    ends = built.rows(query(_QUERIES, "ends_untold"), only)
    nobody = built.rows(query(_QUERIES, "rows_of_nobody"), only)[0]["n"]
    said = [f"cannot be judged: how {counted(row['n'], 'stay')} ended ({row['end_reason']})" for row in ends]
    return said + ([f"{nobody:,} rows without a person id may be of people listed here"] if nobody else [])


def _check_release(built: Built, release: str) -> None:
    names = [row["release"] for row in built.rows("SELECT release FROM releases ORDER BY release")]
    if release not in names:
        raise unknown("a release of this casefile", release, names)
