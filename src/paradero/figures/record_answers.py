"""Answers on records that figures are counted from: releases, intervals, contradictions, transfers."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from typing import TypeVar

import msgspec

from paradero.answers.people.listing import (
    CONFLICTS,
    TRANSFERS,
    UNACCOUNTED,
    ConflictCount,
    GradedConflict,
    Listed,
    Listing,
    ReasonCount,
    StatusCount,
    Transfer,
    UnaccountedInterval,
    listed,
)
from paradero.answers.status import ReleaseStatus
from paradero.building.tables import open_tables
from paradero.engines.queries import query, values_of
from paradero.figures.asking import RECORDS, Absent, Answered, Asked, answers
from paradero.figures.transfer_rows import TransferRoute, TransferRows
from paradero.model.counting_words import counted

_QUERIES = files("paradero.figures") / "record_answers.sql"

C = TypeVar("C", ReasonCount, ConflictCount, StatusCount)
R = TypeVar("R", UnaccountedInterval, GradedConflict, Transfer)


class _Open(msgspec.Struct, frozen=True, kw_only=True):
    """What the detention rows leave open: rows without a person id, rows whose book-in or book-out is hidden,
    book-outs without a reason, transfers whose other side cannot be judged.
    """

    n_nobody: int
    n_hidden: int
    n_without_reason: int
    n_transfers: int

    def remarks(self, table: str) -> list[str]:
        """What of it bears on a listing, as sentences."""
        found = []
        if table == TRANSFERS.table and self.n_without_reason:
            rows = counted(self.n_without_reason, "row")
            found.append(
                f"cannot be judged: whether {rows} booked out without a reason left for another facility"
            )
        if table == UNACCOUNTED.table and self.n_transfers:
            moves = counted(self.n_transfers, "transfer")
            found.append(f"cannot be judged: the other side of {moves}")
        if table != UNACCOUNTED.table and self.n_hidden:
            rows = counted(self.n_hidden, "row")
            found.append(
                f"cannot be judged: {rows} with a book-in or book-out that is withheld or unreadable"
            )
        return found


def _listed(listing: Listing[C, R], command: str) -> Callable[[Asked], Answered | Absent]:
    def answer(asked: Asked) -> Answered | Absent:
        if not asked.has_records:
            return Absent(why=RECORDS)
        is_long = listing.table == TRANSFERS.table
        found: Listed[C, R] = listed(asked.case, listing, only={}, limit=1 if is_long else 0)
        rows = TransferRows(asked.case, found.n_rows or 0) if is_long else found.rows
        with open_tables(asked.case, "stint_spans", "transfers", "wanting") as built:
            still_open: _Open = values_of(built.rows(query(_QUERIES, "open")), _Open)[0]
            remarks = [*found.cannot_be_judged, *still_open.remarks(listing.table)]
            return Answered(
                rows=rows,
                command=command,
                table=found.table,
                remarks=tuple(dict.fromkeys(remarks)),
                is_untold=found.n_rows is None,
                n_nobody=still_open.n_nobody,
            )

    return answer


class CountedRelease(ReleaseStatus, frozen=True, kw_only=True):
    """A release with how many rows of people, of any kind, have no person id."""

    n_nobody: int


def _releases(asked: Asked) -> Answered | Absent:
    if not asked.has_records:
        return Absent(why=RECORDS)
    found = asked.status
    with open_tables(asked.case, "detention_rows", "arrest_rows", "removal_rows") as built:
        nobody = {row["release"]: row["n"] for row in built.rows(query(_QUERIES, "nobody"))}
    rows = [
        CountedRelease(**msgspec.structs.asdict(one), n_nobody=nobody.get(one.release, 0))
        for one in found.releases
    ]
    return Answered(rows=rows, command="paradero status", table="releases", remarks=tuple(found.warnings))


def _routes(asked: Asked) -> Answered | Absent:
    """How many transfers there are from each facility to each; of a facility those from it and to it."""
    if not asked.has_records:
        return Absent(why=RECORDS)
    with open_tables(asked.case, "transfer_routes") as built:
        found = built.rows(query(_QUERIES, "routes"), {"facility": asked.facility})
    return Answered(rows=values_of(found, TransferRoute), command="paradero transfers", table="transfers")


answers("releases")(_releases)
answers("unaccounted")(_listed(UNACCOUNTED, "paradero unaccounted"))
answers("conflicts")(_listed(CONFLICTS, "paradero conflicts"))
answers("transfers")(_listed(TRANSFERS, "paradero transfers"))
answers("transfer routes", of_a_subject=True)(_routes)
