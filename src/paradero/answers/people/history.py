"""One person's custody history: every row that bears on it, in order, each with its address."""

from __future__ import annotations

import duckdb
import msgspec

from paradero.answers.people.recorded import (
    DETAILS,
    ArrestOfStay,
    Person,
    RecordedArrest,
    RecordedConflict,
    RecordedHistory,
    RecordedRemoval,
    RecordedStay,
    RecordedStint,
    RecordedTransfer,
    RemovalOfStay,
    StintDetail,
    has_ids,
    persons_of_id,
    rows_of,
    stays_of,
    stints_of,
    unaccounted_of,
)
from paradero.answers.people.whereabouts import Asked
from paradero.building.receipts import Receipt
from paradero.building.tables import Built
from paradero.engines.queries import values_of
from paradero.model.addresses import place_of
from paradero.model.answer import Answer
from paradero.model.errors import UnknownName
from paradero.model.time.clock import clock_text

TABLES = (
    "persons",
    "chains",
    "stint_spans",
    "stay_spans",
    "stay_ends",
    "transfers",
    "conflicts",
    "contradictions",
    "unaccounted",
    "arrests",
    "arrest_stays",
    "removals",
    "stay_removals",
    "releases",
    "settings",
)


class End(Answer, frozen=True, kw_only=True):
    """How a stay or a history ended, or since when nobody accounts for the person: `lo` and `hi` bound the
    instant.
    """

    kind: str
    reason: str | None
    lo: str | None
    hi: str | None
    unaccounted_since: str | None


class Stint(Answer, frozen=True, kw_only=True):
    """A time in one facility; `held_us` is its length, `next_gap_us` the time until the next stint (below
    zero where they overlap), in microseconds.
    """

    detention_facility_code: str | None
    detention_facility: str | None
    book_in: str | None
    book_out: str | None
    book_out_why_missing: str | None
    held_us: int | None
    detention_release_reason: str | None
    stay_release_reason: str | None
    departed: str | None
    departure_country: str | None
    next_gap_us: int | None
    transfer_status: str | None
    address: str


class Stay(Answer, frozen=True, kw_only=True):
    """Consecutive stints: from when to when as ICE states it, and as its stints run."""

    number: int
    stay_book_in: str | None
    stay_book_out: str | None
    stint_window_in: str | None
    stint_window_out: str | None
    stints: list[Stint]
    end: End
    unaccounted_until: str | None
    address: str


class ArrestMatch(Answer, frozen=True, kw_only=True):
    """Which stay (by its address) an arrest led to by a rule, and how long before: an inference."""

    rule: str
    stay: str
    gap_us: int
    evidence: str = msgspec.field(name="class")


class Arrest(Answer, frozen=True, kw_only=True):
    """A row of arrest and the stays it led to, by each rule."""

    arrested_at: str | None
    apprehension_method: str | None
    episode: int | None
    episode_first: bool
    matches: list[ArrestMatch]
    address: str


class RemovalMatch(Answer, frozen=True, kw_only=True):
    """Which stay (by its address) a removal ended by a rule, and how many days after: an inference."""

    rule: str
    stay: str
    gap_days: int
    evidence: str = msgspec.field(name="class")


class Removal(Answer, frozen=True, kw_only=True):
    """A row of removal; equal rows are numbered by `copy`."""

    departed: str | None
    departure_country: str | None
    copy: int
    matches: list[RemovalMatch]
    address: str


class Unaccounted(Answer, frozen=True, kw_only=True):
    """When the records name no custodian: lengths in microseconds, without `until` up to the end of the
    release.
    """

    since: str | None
    until: str | None
    length_us: int | None
    length_lo_us: int | None
    length_hi_us: int | None
    reason: str
    detention_facility_code: str | None
    address: str | None
    next_address: str | None


class Conflict(Answer, frozen=True, kw_only=True):
    """Rows that cannot all be true; `size_us`, in microseconds, says how far they are from consistent."""

    kind: str
    grade: str
    size_us: int
    address: str
    other_address: str | None


class History(Answer, frozen=True, kw_only=True):
    """The whole of one person in one release, times as text on the clock as recorded; `at` says where the
    person was at a time, where one was asked for.
    """

    unique_identifier: str
    release: str
    released_at: str | None
    released_at_from: str | None
    n_detention_rows: int
    n_stints: int
    n_stays: int
    end: End
    stays: list[Stay]
    rows_without_stay: list[Stint]
    arrests: list[Arrest]
    removals: list[Removal]
    unaccounted: list[Unaccounted]
    conflicts: list[Conflict]
    at: Asked | None


class Histories(Answer, frozen=True, kw_only=True):
    """All that have an id: one person a release, who are different people until linked."""

    scope: str
    digest: str
    persons: list[History]


def person_numbers(built: Built, identifier: str, release: str | None) -> list[Person]:
    """The person of that id in each release that has it; an unknown id raises UnknownName, and nobody else's
    id is shown.
    """
    found = [one for one in persons_of_id(built, identifier) if release in (None, one.release)]
    if not found:
        where = f" in release {release}" if release else ""
        hint = (
            "Copy the whole id; ids differ between data releases."
            if has_ids(built)
            else "The casefile has no person ids."
        )
        raise UnknownName(f"No row{where} has the person id `{identifier}`. {hint}")
    return found


def history_of(built: Built, person_no: int, *, at: Asked | None = None) -> History:
    """The whole custody history of a person, every row with its address; `at` is what is known of a time, and
    goes with it.
    """
    whole = rows_of(built, "history", RecordedHistory, person_no)[0]
    stints = stints_of(built, person_no)
    details = _details(built, built.receipt, [stint.row_id for stint in stints])
    moves = {move.from_row: move for move in rows_of(built, "transfers", RecordedTransfer, person_no)}
    return History(
        unique_identifier=whole.unique_identifier,
        release=whole.release,
        released_at=clock_text(whole.released_at),
        released_at_from=whole.released_at_from,
        n_detention_rows=whole.n_detention_rows,
        n_stints=whole.n_stints,
        n_stays=whole.n_stays,
        end=_end(whole),
        stays=[_stay(built, stay, stints, moves, details) for stay in stays_of(built, person_no)],
        rows_without_stay=[_stint(built, stint, None, details) for stint in stints if not stint.kept],
        arrests=_arrests(built, person_no),
        removals=_removals(built, person_no),
        unaccounted=[
            Unaccounted(
                since=clock_text(row.since),
                until=clock_text(row.until),
                length_us=row.length_us,
                length_lo_us=row.length_lo_us,
                length_hi_us=row.length_hi_us,
                reason=row.reason,
                detention_facility_code=row.detention_facility_code,
                address=built.address(row.last_row),
                next_address=built.address(row.next_row),
            )
            for row in unaccounted_of(built, person_no)
        ],
        conflicts=[
            Conflict(
                kind=row.kind,
                grade=row.grade,
                size_us=row.size_us,
                address=built.address_of(row.row_a),
                other_address=built.address(row.row_b),
            )
            for row in rows_of(built, "conflicts", RecordedConflict, person_no)
        ],
        at=at,
    )


def _end(row: RecordedHistory | RecordedStay) -> End:
    return End(
        kind=row.end_kind,
        reason=row.end_reason,
        lo=clock_text(row.end_lo),
        hi=clock_text(row.end_hi),
        unaccounted_since=clock_text(row.unaccounted_since),
    )


def _details(built: Built, receipt: Receipt, row_ids: list[int]) -> dict[int, StintDetail]:
    """Columns of the original rows that stint_spans leaves out, by row number; only the row groups that hold
    them are read.
    """
    by_sheet: dict[tuple[int, int], list[int]] = {}
    for row_id in row_ids:
        place = place_of(row_id)
        by_sheet.setdefault((place.source_rank, place.sheet_number), []).append(row_id)
    found: dict[int, StintDetail] = {}
    for (rank, sheet), ids in by_sheet.items():
        path = built.case.ingested / receipt.sources[rank].folder / f"rows-detentions-{sheet}.parquet"
        rows = {place_of(row_id).row: row_id for row_id in ids}
        wanted = duckdb.ColumnExpression("source_row").isin(*map(duckdb.ConstantExpression, rows))
        values = built.connection.read_parquet(str(path)).filter(wanted).select(*DETAILS).fetchall()
        for detail in values_of([dict(zip(DETAILS, row, strict=True)) for row in values], StintDetail):
            found[rows[detail.source_row]] = detail
    return found


def _stay(
    built: Built,
    stay: RecordedStay,
    stints: list[RecordedStint],
    moves: dict[int, RecordedTransfer],
    details: dict[int, StintDetail],
) -> Stay:
    inside = [
        stint
        for stint in stints
        if stint.kept
        and stay.first_place <= stint.place <= stay.last_place
        and stint.stay_book_in == stay.stay_book_in
    ]
    return Stay(
        number=stay.stay_no,
        stay_book_in=clock_text(stay.stay_book_in),
        stay_book_out=clock_text(stay.stay_book_out),
        stint_window_in=clock_text(stay.stint_window_in),
        stint_window_out=clock_text(stay.stint_window_out),
        stints=[_stint(built, stint, moves.get(stint.row_id), details) for stint in inside],
        end=_end(stay),
        unaccounted_until=clock_text(stay.unaccounted_until),
        address=built.address_of(stay.stay_row),
    )


def _stint(
    built: Built, stint: RecordedStint, move: RecordedTransfer | None, details: dict[int, StintDetail]
) -> Stint:
    detail, begin, end = details.get(stint.row_id), stint.book_in, stint.book_out
    return Stint(
        detention_facility_code=stint.detention_facility_code,
        detention_facility=detail.detention_facility if detail else None,
        book_in=clock_text(begin),
        book_out=clock_text(end),
        book_out_why_missing=detail.book_out_date_time_why_missing if detail and end is None else None,
        held_us=None if begin is None or end is None else end - begin,
        detention_release_reason=stint.detention_release_reason,
        stay_release_reason=stint.stay_release_reason,
        departed=clock_text(stint.departed),
        departure_country=detail.departure_country if detail else None,
        next_gap_us=move.gap_us if move else None,
        transfer_status=move.status if move else None,
        address=built.address_of(stint.row_id),
    )


def _arrests(built: Built, person_no: int) -> list[Arrest]:
    matches = rows_of(built, "arrest_stays", ArrestOfStay, person_no)
    return [
        Arrest(
            arrested_at=clock_text(row.arrested_at),
            apprehension_method=row.apprehension_method,
            episode=row.episode,
            episode_first=row.episode_first,
            matches=[
                ArrestMatch(
                    rule=match.rule,
                    stay=built.address_of(match.stay_row),
                    gap_us=match.gap_us,
                    evidence="inferred",
                )
                for match in matches
                if match.arrest_row == row.row_id
            ],
            address=built.address_of(row.row_id),
        )
        for row in rows_of(built, "arrests", RecordedArrest, person_no)
    ]


def _removals(built: Built, person_no: int) -> list[Removal]:
    matches = rows_of(built, "stay_removals", RemovalOfStay, person_no)
    return [
        Removal(
            departed=clock_text(row.departed),
            departure_country=row.departure_country,
            copy=row.copy,
            matches=[
                RemovalMatch(
                    rule=match.rule,
                    stay=built.address_of(match.stay_row),
                    gap_days=match.gap_days,
                    evidence="inferred",
                )
                for match in matches
                if match.removal_row == row.row_id
            ],
            address=built.address_of(row.row_id),
        )
        for row in rows_of(built, "removals", RecordedRemoval, person_no)
    ]
