"""The rows of the built tables that bear on one person, as values: each table is read here and nowhere else.

Times are microseconds on the clock as recorded, lengths of time are microseconds.
"""

from __future__ import annotations

from importlib.resources import files
from typing import TypeVar

import msgspec

from paradero.building.tables import Built
from paradero.engines.queries import query, values_of

T = TypeVar("T", bound=msgspec.Struct)

_QUERIES = files("paradero.answers.people") / "recorded.sql"

DETAILS = ("source_row", "detention_facility", "book_out_date_time_why_missing", "departure_country")


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """A person of one release: the number in the tables, and the id in the records."""

    person_no: int
    release: str
    unique_identifier: str


class RecordedHistory(msgspec.Struct, frozen=True, kw_only=True):
    """All rows of a person, counted, and how they end."""

    release: str
    unique_identifier: str
    released_at: int | None
    released_at_from: str | None
    n_detention_rows: int
    n_stints: int
    n_stays: int
    end_kind: str
    end_reason: str | None
    end_lo: int | None
    end_hi: int | None
    unaccounted_since: int | None


class RecordedStint(msgspec.Struct, frozen=True, kw_only=True):
    """A row of a person in one facility; `kept` unless it is a likely duplicate or of no stay."""

    place: int
    row_id: int
    stay_book_in: int | None
    stay_book_out: int | None
    book_in: int | None
    book_out: int | None
    book_in_why: str | None
    book_out_why: str | None
    detention_facility_code: str | None
    detention_release_reason: str | None
    stay_release_reason: str | None
    departed: int | None
    kept: bool


class StintDetail(msgspec.Struct, frozen=True, kw_only=True):
    """What a row of detention says that stint_spans leaves out."""

    source_row: int
    detention_facility: str | None
    book_out_date_time_why_missing: str | None
    departure_country: str | None


class RecordedStay(msgspec.Struct, frozen=True, kw_only=True):
    """A stay: its places in the order of the stints, its nominal and its stint window, how it ended."""

    stay_row: int
    stay_no: int
    first_place: int
    last_place: int
    stay_book_in: int | None
    stay_book_out: int | None
    stint_window_in: int | None
    stint_window_out: int | None
    end_kind: str
    end_reason: str | None
    end_lo: int | None
    end_hi: int | None
    unaccounted_since: int | None
    unaccounted_until: int | None


class RecordedTransfer(msgspec.Struct, frozen=True, kw_only=True):
    """From which row the person was moved on, after how long, and whether the books meet."""

    from_row: int
    gap_us: int | None
    status: str


class RecordedGap(msgspec.Struct, frozen=True, kw_only=True):
    """The time between two stints: left, covered by other stints until, arrived."""

    from_row: int
    to_row: int | None
    from_facility_code: str | None
    to_facility_code: str | None
    left_at: int
    arrived_at: int
    covered_until: int
    status: str


class RecordedUnaccounted(msgspec.Struct, frozen=True, kw_only=True):
    """When the records name no custodian; without `until` up to the end of the release."""

    since: int | None
    until: int | None
    length_us: int | None
    length_lo_us: int | None
    length_hi_us: int | None
    reason: str
    detention_facility_code: str | None
    last_row: int | None
    next_row: int | None


class RecordedConflict(msgspec.Struct, frozen=True, kw_only=True):
    """Rows that cannot all be true; without `row_b` the row contradicts itself or all of the others."""

    kind: str
    grade: str
    size_us: int
    row_a: int
    row_b: int | None


class TwoPlaces(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="two places"):
    """Another row has the person elsewhere from `other_in` to `other_out`."""

    row_id: int
    other_row: int
    other_place: str | None
    other_in: int
    other_out: int | None


class TwoEnds(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="two ends"):
    """Another row of the same stint books the person out at `clear_to`."""

    row_id: int
    other_row: int
    clear_to: int


class Inverted(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="book-out before book-in"):
    """A row books the person out before it books the person in."""

    row_id: int


Denial = TwoPlaces | TwoEnds | Inverted


class RecordedArrest(msgspec.Struct, frozen=True, kw_only=True):
    """An arrest; rows without a time are of no episode."""

    row_id: int
    arrested_at: int | None
    episode: int | None
    episode_first: bool
    apprehension_method: str | None


class ArrestOfStay(msgspec.Struct, frozen=True, kw_only=True):
    """Which stay an arrest led to by a rule, and how long before."""

    arrest_row: int
    stay_row: int
    rule: str
    gap_us: int


class RecordedRemoval(msgspec.Struct, frozen=True, kw_only=True):
    """A removal; equal ones are numbered by `copy`."""

    row_id: int
    departed: int | None
    departure_country: str | None
    copy: int


class RemovalOfStay(msgspec.Struct, frozen=True, kw_only=True):
    """Which stay a removal ended by a rule, and how many days after."""

    removal_row: int
    stay_row: int
    rule: str
    gap_days: int


class RecordedDeath(msgspec.Struct, frozen=True, kw_only=True):
    """Whether any row gives a death as its reason, and whether another row begins after it."""

    is_recorded: bool
    goes_on: bool


def rows_of(built: Built, name: str, kind: type[T], person_no: int) -> list[T]:
    """What the query `name` of recorded.sql gives of a person, as values of `kind`."""
    return values_of(built.rows(query(_QUERIES, name), {"person": person_no}), kind)


def persons_of_id(built: Built, identifier: str) -> list[Person]:
    """The persons whose id it is, one a release at most."""
    return values_of(built.rows(query(_QUERIES, "persons"), {"id": identifier}), Person)


def has_ids(built: Built) -> bool:
    """Whether any row of the casefile has a person id."""
    return bool(built.rows(query(_QUERIES, "ids"))[0]["n"])


def stints_of(built: Built, person_no: int) -> list[RecordedStint]:
    """A person's stints in the order of their places, likely duplicates among them."""
    return rows_of(built, "stints", RecordedStint, person_no)


def stays_of(built: Built, person_no: int) -> list[RecordedStay]:
    """A person's stays in their order."""
    return rows_of(built, "stays", RecordedStay, person_no)


def unaccounted_of(built: Built, person_no: int) -> list[RecordedUnaccounted]:
    """When the records name no custodian of a person, in order of time."""
    return rows_of(built, "unaccounted", RecordedUnaccounted, person_no)


def denials_of(built: Built, person_no: int) -> list[Denial]:
    """Which rows of a person deny each other."""
    rows = built.rows(query(_QUERIES, "denials"), {"person": person_no})
    return [msgspec.convert(row, TwoPlaces | TwoEnds | Inverted) for row in rows]


def released_at(built: Built, person_no: int) -> int:
    """The instant up to which the release of a person looks."""
    rows = built.rows(query(_QUERIES, "released_at"), {"person": person_no})
    return int(rows[0]["released_at"])
