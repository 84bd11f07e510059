"""Whatever rows a history has, they are what answers declare: nothing is missing that an attribute says is
there, and no word is outside of those that it lists.
"""

from __future__ import annotations

import types
import typing
from typing import Any

import msgspec
import pytest
from attack.scale import draws
from reference.histories import random_history
from running import batch, rows_of, run

from paradero.answers.counts.questions import LongStint
from paradero.answers.people import recorded
from paradero.answers.people.listing import CONFLICTS, TRANSFERS, UNACCOUNTED
from paradero.engines.duckdb import DuckDBEngine

A_RUN = draws(10, 50)
OF_A_PERSON: dict[str, type[msgspec.Struct]] = {
    "history": recorded.RecordedHistory,
    "stints": recorded.RecordedStint,
    "stays": recorded.RecordedStay,
    "transfers": recorded.RecordedTransfer,
    "gaps": recorded.RecordedGap,
    "unaccounted": recorded.RecordedUnaccounted,
    "conflicts": recorded.RecordedConflict,
    "arrests": recorded.RecordedArrest,
    "arrest_stays": recorded.ArrestOfStay,
    "removals": recorded.RecordedRemoval,
    "stay_removals": recorded.RemovalOfStay,
}
TABLES: dict[str, type[msgspec.Struct]] = {
    **{listing.table: listing.row for listing in (UNACCOUNTED, CONFLICTS, TRANSFERS)},
    "stint_lengths": LongStint,
}


class Opened:
    """The tables of the steps as answers read them."""

    def __init__(self, engine: DuckDBEngine) -> None:
        self.engine = engine

    def rows(self, text: str, parameters: dict[str, Any] | None = None) -> list[dict[str, Any]]:
        """Rows of a query as dicts."""
        found = self.engine.connection.execute(text, parameters or {})
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def may_be_null(hint: Any) -> bool:
    return hint is types.NoneType or any(map(may_be_null, typing.get_args(hint)))


def words_of(hint: Any) -> tuple[Any, ...]:
    """The words that a Literal lists; none for another type."""
    return typing.get_args(hint) if typing.get_origin(hint) is typing.Literal else ()


def faults(kind: type[msgspec.Struct], row: dict[str, Any]) -> list[str]:
    """The columns of a row that its declaration does not allow."""
    hints = {name: hint for name, hint in typing.get_type_hints(kind).items() if name in row}
    return [
        f"{name}: {row[name]}"
        for name, hint in hints.items()
        if (row[name] is None and not may_be_null(hint))
        or (words_of(hint) and row[name] not in words_of(hint))
    ]


@pytest.mark.parametrize("first", range(0, draws(A_RUN, 1000), A_RUN))
def test_rows_of_random_histories_are_as_declared(first: int) -> None:
    made = {f"s{seed}": random_history(seed) for seed in range(first, first + A_RUN)}
    engine = run(batch(made, wanted=[]))
    built: Any = Opened(engine)
    for person in rows_of(engine, "SELECT person_no FROM persons"):
        for name, kind in OF_A_PERSON.items():
            recorded.rows_of(built, name, kind, person["person_no"])
        recorded.denials_of(built, person["person_no"])
        assert recorded.released_at(built, person["person_no"])
    for table, kind in TABLES.items():
        found = [fault for row in rows_of(engine, table) for fault in faults(kind, row)]
        assert (table, found[:5]) == (table, [])
    engine.close()
