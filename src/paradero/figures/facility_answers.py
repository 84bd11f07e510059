"""Answers on one facility that figures of its page are counted from: stints, lengths, deaths, capacity,
verdicts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from importlib.resources import files
from typing import Any

import msgspec

from paradero.answers.verdicts.audit_reading import counted_at
from paradero.answers.verdicts.verdict_values import VerdictSummary
from paradero.building.tables import Built, open_tables
from paradero.engines.queries import query
from paradero.figures.asking import RECORDS, Absent, Answered, Asked, answers
from paradero.figures.law_answers import title_of_rule
from paradero.model.answer import Answer
from paradero.model.counting_words import counted
from paradero.model.time.clock import clock_text

_QUERIES = files("paradero.figures") / "facility_answers.sql"
_ELSEWHERE = Absent(why="Figures of a facility are in its report: `paradero report --about facility CODE`.")


class FacilityStints(Answer, frozen=True, kw_only=True):
    """How many stints a release records at a facility, and of how many people, as bounds."""

    detention_facility_code: str
    release: str
    n_lo: int
    n_hi: int
    people_lo: int
    people_hi: int
    n_without_book_out: int
    first_row_address: str | None


class StintsOfLength(Answer, frozen=True, kw_only=True):
    """How many stints at a facility were of a length, surely (`n_lo`) and at most."""

    detention_facility_code: str
    release: str
    bin: str
    n_lo: int
    n_hi: int


class Death(Answer, frozen=True, kw_only=True):
    """A row of a facility that may record a death: of the stint, or of the stay; `is_listed` where the row
    says so of its own end or of a stay that surely ends with it.
    `left_at` is ISO text on the clock as recorded.
    """

    detention_facility_code: str
    release: str
    unique_identifier: str | None
    left_at: str | None
    says: str
    is_of_stint: bool
    is_listed: bool
    row_address: str


class Deaths(Answer, frozen=True, kw_only=True):
    """How many people the rows of a facility say died, as bounds: None where rows that do not say how the
    person left, in words that are understood, or at which facility, may be of others.
    """

    detention_facility_code: str
    release: str
    n_lo: int
    n_hi: int | None
    n_without_reason: int
    n_not_understood: int
    n_nowhere: int
    rows: list[Death]
    rests_on: list[str]


class Capacity(Answer, frozen=True, kw_only=True):
    """The capacity that a list states of a facility, and the most people that one way of counting has
    there.
    """

    detention_facility_code: str
    counted_by: str
    capacity: float
    capacity_address: str
    most: float
    on_date: dt.date | None
    n_over: int
    published_address: str | None
    status: str


class PublishedMidnight(Answer, frozen=True, kw_only=True):
    """What others published of people at the midnight that ends a day, at a facility or `everywhere`."""

    at_place: str
    series: str
    source: str
    day: dt.date
    published: float
    row_address: str


class FacilityVerdicts(VerdictSummary, frozen=True, kw_only=True):
    """How many events with a row of a facility have which verdict; `may_be` beyond the limit at most, None
    where rows that cannot be judged may be of this facility.
    """

    detention_facility_code: str
    what: str
    what_es: str
    may_be: int | None


def _read(
    tables: Sequence[str], rows_of: Callable[[Built, str], Sequence[Answer]], command: str, *, of: str
) -> Callable[[Asked], Answered | Absent]:
    """An answer on a facility read from `tables`; what it counts are rows of the table `of`."""

    def answer(asked: Asked) -> Answered | Absent:
        if asked.facility is None:
            return _ELSEWHERE
        if not asked.has_records:
            return Absent(why=RECORDS)
        with open_tables(asked.case, *tables) as built:
            found = rows_of(built, asked.facility)
        return Answered(rows=found, command=f"{command} {asked.facility}", table=of)

    return answer


def _rows(built: Built, name: str, facility: str | None) -> list[dict[str, Any]]:
    return built.rows(query(_QUERIES, name), {"facility": facility})


def _stints(built: Built, facility: str) -> list[FacilityStints]:
    return [
        FacilityStints(
            detention_facility_code=facility,
            release=row["release"],
            n_lo=row["n_lo"],
            n_hi=row["n_hi"],
            people_lo=max(row["n_with_id"], 1),
            people_hi=row["n_with_id"] + row["n_may_be_others"],
            n_without_book_out=row["n_without_book_out"],
            first_row_address=built.address(row["first_row"]),
        )
        for row in _rows(built, "stints", facility)
    ]


def _lengths(built: Built, facility: str) -> list[StintsOfLength]:
    return [
        StintsOfLength(detention_facility_code=facility, **row) for row in _rows(built, "lengths", facility)
    ]


def _deaths(built: Built, facility: str) -> list[Deaths]:
    rows = [
        Death(
            detention_facility_code=facility,
            release=row["release"],
            unique_identifier=row["unique_identifier"],
            left_at=clock_text(row["left_at"]),
            says=row["detention_release_reason"] if row["is_of_stint"] else row["stay_release_reason"],
            is_of_stint=row["is_of_stint"],
            is_listed=row["is_of_stint"] or row["is_of_stay"],
            row_address=built.address_of(row["row_id"]),
        )
        for row in _rows(built, "deaths", facility)
    ]
    return [
        _counted(facility, row, [each for each in rows if each.release == row["release"]])
        for row in _rows(built, "untold", facility)
    ]


def _counted(facility: str, untold: dict[str, Any], rows: list[Death]) -> Deaths:
    """Each person once: a row without a person id may repeat one that has it."""
    surely = {each.unique_identifier for each in rows if each.is_of_stint}
    named = {each.unique_identifier for each in rows} - {None}
    n_nobody = sum(each.unique_identifier is None for each in rows)
    is_open = untold["n_without_reason"] + untold["n_not_understood"] + untold["n_nowhere"] > 0
    return Deaths(
        detention_facility_code=facility,
        release=untold["release"],
        n_lo=max(len(surely - {None}), min(len(surely), 1)),
        n_hi=None if is_open else len(named) + n_nobody,
        n_without_reason=untold["n_without_reason"],
        n_not_understood=untold["n_not_understood"],
        n_nowhere=untold["n_nowhere"],
        rows=[each for each in rows if each.is_listed],
        rests_on=[each.row_address for each in rows],
    )


def _capacities(built: Built, facility: str | None) -> list[Capacity]:
    return [
        Capacity(
            detention_facility_code=row["detention_facility_code"],
            counted_by=row["counted_by"],
            capacity=float(row["capacity"]),
            capacity_address=built.address_of(row["capacity_row"]),
            most=row["most"],
            on_date=row["on_date"],
            n_over=row["n_over"],
            published_address=built.address(row["published_row"]),
            status=row["status"],
        )
        for row in _rows(built, "capacity", facility)
    ]


def _published(built: Built, place: str) -> list[PublishedMidnight]:
    return [
        PublishedMidnight(
            at_place=place,
            series=row["series"],
            source=row["source"],
            day=row["day"],
            published=float(row["published"]),
            row_address=built.address_of(row["row_id"]),
        )
        for row in _rows(built, "published", place)
    ]


def _published_midnights(asked: Asked) -> Answered | Absent:
    """Of the facility that is asked about, else of all places together."""
    if not asked.has_records:
        return Absent(why=RECORDS)
    with open_tables(asked.case, "published_series") as built:
        rows = _published(built, asked.facility or "everywhere")
    return Answered(rows=rows, command="paradero reconcile", table="published_series")


def _all_capacities(asked: Asked) -> Answered | Absent:
    if not asked.has_records:
        return Absent(why=RECORDS)
    with open_tables(asked.case, "capacity_comparisons", "facilities") as built:
        rows = _capacities(built, None)
        n_without = built.rows(query(_QUERIES, "without_capacity"))[0]["n"]
    if not rows:
        return Absent(why="No list in this casefile states the capacity of a facility.")
    facilities = counted(n_without, "facility")
    remarks = ["cannot be judged: facilities whose people the records allow but do not show"]
    remarks += [f"cannot be judged: {facilities} without a stated capacity"] if n_without else []
    return Answered(
        rows=rows, command="paradero capacity", table="capacity_comparisons", remarks=tuple(remarks)
    )


def _verdicts(asked: Asked) -> Answered | Absent:
    if asked.facility is None:
        return _ELSEWHERE
    if asked.audited is None or not asked.has_records:
        return Absent(why=RECORDS)
    everywhere = asked.answer("verdict counts")
    is_whole = {
        (one.rule, one.version, one.construction): one.cannot_be_judged == 0
        for one in (everywhere.rows if isinstance(everywhere, Answered) else ())
        if isinstance(one, VerdictSummary)
    }
    rows = []
    for one in counted_at(asked.audited, asked.facility):
        what, what_es = title_of_rule(asked.law, one.rule)
        whole = is_whole[one.rule, one.version, one.construction]
        rows.append(
            FacilityVerdicts(
                **msgspec.structs.asdict(one),
                order=None,
                best_case=one.violated,
                cannot_be_judged=None,
                detention_facility_code=asked.facility,
                what=what,
                what_es=what_es,
                may_be=one.worst_case if whole else None,
            )
        )
    return Answered(rows=rows, command=f"paradero audit --facility {asked.facility}")


answers("stints at a facility", of_a_subject=True)(
    _read(("facility_counts",), _stints, "paradero longest --facility", of="stint_lengths")
)
answers("lengths at a facility", of_a_subject=True)(
    _read(("facility_lengths",), _lengths, "paradero longest --facility", of="stint_lengths")
)
answers("deaths at a facility", of_a_subject=True)(
    _read(
        ("facility_stints", "facility_counts", "persons", "reason_kinds"),
        _deaths,
        "paradero report --about facility",
        of="stint_spans",
    )
)
answers("capacity of a facility", of_a_subject=True)(
    _read(("capacity_comparisons",), _capacities, "paradero capacity", of="capacity_comparisons")
)
answers("capacities")(_all_capacities)
answers("published midnights", of_a_subject=True)(_published_midnights)
answers("verdicts at a facility", of_a_subject=True)(_verdicts)
