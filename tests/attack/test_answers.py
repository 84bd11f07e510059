"""Answers beside the counts: whatever complete history lies behind the records, none of them says what did
not happen.

Whereabouts never say `held` where nobody was, unaccounted intervals and conflicts are listed only of what the
record shows, transfers are `late` or `signed` only where they were, and person-days of a cost hold the truth.
"""

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from reference.histories import History
from running import batch, rows_of, run

from paradero.answers.people.whereabouts import whereabouts
from paradero.engines.duckdb import DuckDBEngine
from paradero.model.time.clock import us_of

from . import truths
from .scale import draws
from .truths import IN, MADE, OUT, Placement

A_RUN = draws(30, 60)
GAP = timedelta(hours=24)
SILENT = {
    "withheld",
    "unreadable",
    "not in the release",
    "no book-out",
    "no book-in",
    "may have been held",
    "not recorded",
    "unaccounted",
    "between",
    "contradicted",
    "day or month",
}


class Opened:
    """The tables of the steps as reports read them."""

    def __init__(self, engine: DuckDBEngine) -> None:
        self.connection = engine.connection

    def rows(self, text: str, parameters: dict[str, Any] | None = None) -> list[dict[str, Any]]:
        """Rows of a query as dicts."""
        found = self.connection.execute(text, parameters or {})
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def address(self, row_id: int | None) -> str | None:
        """A row by its number."""
        return None if row_id is None else str(row_id)


def drawn(seed: int) -> tuple[list[Placement], History]:
    """Draw a history whose ids stay: it is the people who are asked about."""
    chance = random.Random(seed)
    placements = truths.truth(chance)
    rows = truths.hidden(chance, truths.rows_of(chance, placements))
    return placements, History(
        detentions=[row | {"release": "r", "row_id": number} for number, row in enumerate(rows, 1)], released_at={"r": MADE}
    )  # fmt: skip


def of_run(first: int) -> Iterator[tuple[DuckDBEngine, dict[str, list[Placement]]]]:
    """Run many histories at once."""
    made = {f"s{seed}": drawn(seed) for seed in range(first, first + A_RUN)}
    engine = run(batch({name: history for name, (_, history) in made.items()}, wanted=[]))
    yield engine, {name: placements for name, (placements, _) in made.items()}
    engine.close()


def was_held(placements: list[Placement], person: str, lo: datetime, hi: datetime, place: str | None) -> bool:
    """Say whether the person was in the place at some time from `lo` to `hi`, the ends included."""
    return any(
        one.person == person
        and (place is None or one.place == place)
        and one.begin <= hi
        and (one.end is None or one.end >= lo)
        for one in placements
    )


@pytest.mark.parametrize("first", range(0, draws(30, 1200), A_RUN))
def test_whereabouts_say_held_only_where_somebody_was(first: int) -> None:
    chance = random.Random(first)
    for engine, histories in of_run(first):
        people = rows_of(engine, "SELECT release, unique_identifier, person_no FROM persons")
        for row in people:
            placements = histories[row["release"].split("/")[0]]
            for _ in range(draws(2, 4)):
                lo = truths.FIRST + timedelta(minutes=chance.randrange(16 * 1440))
                hi = lo + chance.choice([timedelta(0), timedelta(seconds=59), timedelta(hours=5)])
                for answer in whereabouts(Opened(engine), row["person_no"], us_of(lo), us_of(hi)):  # type: ignore[arg-type]
                    assert answer.state in SILENT | {"held"}
                    if answer.state == "held":
                        assert was_held(placements, row["unique_identifier"], lo, hi, answer.facility), (
                            row["release"],
                            row["unique_identifier"],
                            lo,
                            hi,
                            answer,
                        )


@pytest.mark.parametrize("first", range(0, draws(60, 2400), A_RUN))
def test_late_and_signed_transfers_were(first: int) -> None:
    for engine, histories in of_run(first):
        told = (
            "SELECT t.*, p.unique_identifier FROM transfers t JOIN persons p ON p.person_no = t.person_no"
            " WHERE t.status IN ('late', 'signed', 'early')"
        )
        for row in rows_of(engine, told):
            own = [
                one
                for one in histories[row["release"].split("/")[0]]
                if one.person == row["unique_identifier"] and one.end is not None
            ]
            ended = [one for one in own if says(row["left_at"], one.end)]
            begun = [
                one
                for one in histories[row["release"].split("/")[0]]
                if one.person == row["unique_identifier"] and says(row["arrived_at"], one.begin)
            ]
            lengths = [
                after.begin - before.end for before in ended for after in begun if before.end is not None
            ]
            if row["status"] == "late":
                assert any(length > GAP for length in lengths), row
            elif row["status"] == "signed":
                assert any(timedelta(0) <= length <= GAP for length in lengths), row
            else:
                # nobody was in two places at once: only a row told twice, or one without its place in time,
                # comes so
                assert any(length < timedelta(0) for length in lengths), row


def says(recorded: int, true: datetime | None) -> bool:
    """Say whether a reading can be of an instant, at the precision in which releases of this test are cut."""
    if true is None:
        return False
    return recorded in {us_of(true), us_of(truths.coarse(true, "minute")), us_of(truths.coarse(true, "day"))}


@pytest.mark.parametrize("first", range(0, draws(60, 2400), A_RUN))
def test_nothing_is_a_conflict_that_a_true_history_explains(first: int) -> None:
    """Nobody is in two places at once, or leaves before coming: of rows that were only hidden, cut and
    repeated none may be said to.
    """
    for engine, _ in of_run(first):
        kinds = (
            "('inversion', 'overlap', 'two_places', 'stays_overlap', 'custody_after_removal',"
            " 'custody_after_death')"
        )
        assert rows_of(engine, f"SELECT * FROM conflicts WHERE kind IN {kinds}") == []


@pytest.mark.parametrize("first", range(0, draws(60, 2400), A_RUN))
def test_what_is_hidden_is_not_unaccounted(first: int) -> None:
    for engine, histories in of_run(first):
        for row in rows_of(
            engine, "SELECT u.*, d.* FROM unaccounted u JOIN detention_rows d ON d.row_id = u.last_row"
        ):
            if row["reason"] == "gap between stints":
                own = [
                    one
                    for one in histories[row["release"].split("/")[0]]
                    if one.person == row["unique_identifier"]
                ]
                assert any(says(row["until"], one.begin) for one in own)
            elif row["reason"] in ("stay begun, not booked in", "booked out, stay not ended"):
                # true stays begin and end with their placements: a row that says whose it is not must be the
                # one that is missing
                of_nobody = (
                    "SELECT * FROM detention_rows WHERE release = $release AND unique_identifier IS NULL"
                )
                assert engine.connection.execute(of_nobody, {"release": row["release"]}).fetchall(), row
            elif row["reason"] in ("book-out without a reason", "transferred, no arrival"):
                assert row["detention_release_reason_why_missing"] not in ("withheld", "unreadable"), row
                assert row["stay_release_reason_why_missing"] not in ("withheld", "unreadable"), row
            else:
                assert row[f"{OUT}_why_missing"] not in ("withheld", "unreadable", "not_in_release"), row


def days_of(first: date, last: date) -> Iterator[date]:
    """Give the days from the first to the last."""
    while first <= last:
        yield first
        first += timedelta(days=1)


def test_the_names_of_times_are_those_of_rows() -> None:
    assert {IN, OUT} <= set(truths.rows_of(random.Random(1), truths.truth(random.Random(1)))[0])
