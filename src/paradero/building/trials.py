"""Run the steps over a few rows written by hand, in memory: for worked cases of rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa

from paradero.building.making import SOURCES
from paradero.building.overlaps import REPEATED_ROWS
from paradero.building.stages import all_steps, empty_of, ingested_name, kinds_of_rows
from paradero.custody import given
from paradero.custody.definitions import definitions
from paradero.engines.duckdb import connect, create_view
from paradero.engines.steps import needed_for, order_steps
from paradero.model.addresses import ROWS_A_SHEET, ROWS_A_SOURCE
from paradero.model.time.clock import DAY_US, us_of

_LONGEST_OPEN_UNTIL = dt.datetime(2026, 3, 10, 23, 59, 59)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """Rows of one release: `rows` by kind (detentions, arrests, …), each a dict of the kind's columns; until
    when the release looks, where that is said.
    """

    name: str
    rows: dict[str, list[dict[str, Any]]]
    released_at: dt.datetime | None = None


def row_id_of(trial_no: int, kind: str, number: int) -> int:
    """The row number that the `number`th row (from 1) of a kind has in the tables, in the trial of that
    place.
    """
    return trial_no * ROWS_A_SOURCE + kinds_of_rows().index(kind) * ROWS_A_SHEET + number


def place_in_trial(row_id: int) -> tuple[int, str, int]:
    """(trial, kind, number) of a row number: the inverse of row_id_of."""
    trial_no, rest = divmod(row_id, ROWS_A_SOURCE)
    return trial_no, kinds_of_rows()[rest // ROWS_A_SHEET], rest % ROWS_A_SHEET


def run_trials(trials: list[Trial], tables: Iterable[str]) -> duckdb.DuckDBPyConnection:
    """A connection that knows `tables`, made from the trials, each a release of its own. Raises pyarrow's
    errors for values of the wrong type.
    """
    connection = connect(threads=1)
    lists: dict[str, tuple[pa.Schema, list[dict[str, Any]]]] = {
        "sources": (SOURCES, [_source(number, trial) for number, trial in enumerate(trials)]),
        "repeated_rows": (REPEATED_ROWS, []),
        "settings": (given.SETTINGS, [{"gap_us": DAY_US, "longest_open_until": us_of(_LONGEST_OPEN_UNTIL)}]),
        "release_settings": (
            given.RELEASE_SETTINGS,
            [{"release": t.name, "released_at": us_of(t.released_at)} for t in trials if t.released_at],
        ),
        "reasons": (given.REASONS, given.reasons()),
        "headcount_definitions": (
            given.DEFINITIONS,
            [each.as_row() for each in definitions().values() if each.in_build],
        ),
    }
    lists |= {ingested_name(kind): (empty_of(kind), _ingested(trials, kind)) for kind in kinds_of_rows()}
    for name, (schema, rows) in lists.items():
        connection.register(f"given_{name}", given.table(schema, rows))
        connection.execute(f'CREATE TEMP TABLE "{name}" AS SELECT * FROM "given_{name}"')
    wanted = {name for table in tables for name in needed_for(table, all_steps())}
    for step in order_steps(all_steps(), given=set(lists)):
        if step.name in wanted and step.kept == "view":
            create_view(connection, step.name, step.select)
        elif step.name in wanted:
            connection.execute(f'CREATE TEMP TABLE "{step.name}" AS {step.select}')
    return connection


def _source(number: int, trial: Trial) -> dict[str, Any]:
    return {
        "source": f"trial{number}",
        "source_rank": number,
        "release": trial.name,
        "sha256": f"{number:064x}",
        "file_name": trial.name,
        "kinds": ", ".join(trial.rows),
    }


def _ingested(trials: list[Trial], kind: str) -> list[dict[str, Any]]:
    sheet = kinds_of_rows().index(kind)
    return [
        {
            "source": f"trial{number}",
            "sheet_number": sheet,
            "ordinal": sheet * ROWS_A_SHEET + place,
            "source_sheet": kind,
            "source_row": place,
            **row,
        }
        for number, trial in enumerate(trials)
        for place, row in enumerate(trial.rows.get(kind, []), 1)
    ]
