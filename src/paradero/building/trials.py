"""Run the steps over a few rows written by hand, in memory: for worked cases of rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Set
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
from paradero.engines.steps import Step, needed_for
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
    steps = _steps_for(tables)
    _give(connection, trials, {*tables, *(name for step in steps for name in step.inputs)})
    for step in steps:
        if step.kept == "view":
            create_view(connection, step.name, step.select)
        else:
            connection.execute(f'CREATE TEMP TABLE "{step.name}" AS {step.select}')
    return connection


# Tables each of whose rows rests on the rows of one release alone, and by what its release is told: made once
# for the trials of many, they hold for each of them what they would for it alone. Numbers of rows and persons
# are other ones, in the same order.
_APART = {
    "detention_rows": "row_id",
    "arrest_rows": "row_id",
    "removal_rows": "row_id",
    "detainer_rows": "row_id",
    "encounter_rows": "row_id",
    "facility_rows": "row_id",
    "stint_flags": "row_id",
    "stint_spans": "row_id",
    "arrests": "row_id",
    "removals": "row_id",
    "persons": "release",
    "releases": "release",
    "overlapping_persons": "person_no",
}
_SAME = {"settings", "reasons", "headcount_definitions"}  # given, and the same for every trial


def can_share(tables: Iterable[str]) -> bool:
    """Whether `tables` can be made of trials that many share."""
    waiting = list(tables)
    while waiting:
        name = waiting.pop()
        if name in _APART or name in _SAME:
            continue
        if name not in all_steps():
            return False
        waiting += all_steps()[name].inputs
    return True


class SharedTrials:
    """The trials of many in one connection: what each reads of tables is made for all of them at once."""

    def __init__(self, groups: Mapping[str, list[Trial]], tables: Iterable[str]) -> None:
        """Make what `tables` rest on of all groups of trials together. Raises pyarrow's errors for values of
        the wrong type.
        """
        self._first: dict[str, tuple[int, int]] = {}
        trials: list[Trial] = []
        for name, its in groups.items():
            self._first[name] = (len(trials), len(its))
            trials += its
        self.connection = connect(threads=1)
        # what is of all of them stands in a schema of its own, behind the tables of one group, which are
        # temporary
        self.connection.execute("CREATE SCHEMA shared; SET search_path = 'shared,main'")
        steps = [step for step in _steps_for(tables) if step.name in _APART]
        _give(self.connection, trials, _SAME.union(*(step.inputs for step in steps)) - _APART.keys())
        for step in steps:
            self.connection.execute(f'CREATE TABLE shared."{step.name}" AS {step.select}')

    def first(self, group: str) -> int:
        """The place of a group's first trial among all."""
        return self._first[group][0]

    def give(self, group: str, tables: Iterable[str]) -> None:
        """Make `tables` known as they are of one group's trials alone, in place of another group's."""
        first, n = self._first[group]
        of = {"row_id": f"row_id BETWEEN {first * ROWS_A_SOURCE} AND {(first + n) * ROWS_A_SOURCE - 1}"}
        of["release"] = (
            f"release IN (SELECT release FROM sources WHERE source_rank - {first} BETWEEN 0 AND {n - 1})"
        )
        of["person_no"] = f"person_no IN (SELECT person_no FROM shared.persons WHERE {of['release']})"
        made: set[str] = set()

        def make(name: str) -> None:
            if name in made or name in _SAME:
                return
            made.add(name)
            if name in _APART:
                select = f'SELECT * FROM shared."{name}" WHERE {of[_APART[name]]}'
            else:
                for needed in all_steps()[name].inputs:
                    make(needed)
                select = all_steps()[name].select
            self.connection.execute(f'CREATE OR REPLACE TEMP TABLE "{name}" AS {select}')

        for name in tables:
            make(name)

    def close(self) -> None:
        """Free the connection."""
        self.connection.close()


def _steps_for(tables: Iterable[str]) -> list[Step]:
    """The steps that `tables` rest on, inputs before users."""
    return [
        all_steps()[name]
        for name in dict.fromkeys(name for table in tables for name in needed_for(table, all_steps()))
    ]


def _give(connection: duckdb.DuckDBPyConnection, trials: list[Trial], names: Set[str]) -> None:
    """Make those of the tables that no step makes known that are among `names`."""
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
    lists |= {
        ingested_name(kind): (empty_of(kind), _ingested(trials, kind))
        for kind in kinds_of_rows()
        if ingested_name(kind) in names
    }
    for name, (schema, rows) in lists.items():
        if name in names:
            connection.register(f"given_{name}", given.table(schema, rows))
            connection.execute(f'CREATE TEMP TABLE "{name}" AS SELECT * FROM "given_{name}"')


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
