"""Worked cases of several rules stand in one set of tables, and each rule sees of them what it would see
alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from own_rule import CASES, TEST, rule

from paradero.answers.law.law_files import try_rules
from paradero.answers.law.rule_cases import run_cases, run_each, trials_of
from paradero.authored.declared import AuthoredError
from paradero.building.trials import SharedTrials, can_share, run_trials
from paradero.law.rules import built_in_rules, read_rule
from paradero.model.addresses import ROWS_A_SOURCE

# they name the same facilities in other states and of other kinds, and the same people
ALIKE = ("two-custodians", "hold-room-limit", "repeated-transfers", "death-in-custody", "arrest-to-book-in")
# numbered anew where trials share tables: rows by the place of their trial, persons in the same order
ROWS = {"row_id", "other_row", "first_row"}
PERSONS = {"person_no", "place"}

# a rule to which every row of every table counts: a stint too many anywhere changes the verdict
COUNTING = TEST.replace(
    "inputs: stint_spans", "inputs: stint_spans, facilities, reason_kinds, persons"
).replace(
    "TRUE AS is_bound",
    "(SELECT count(*) FROM facilities) + (SELECT count(*) FROM reason_kinds)"
    " + (SELECT count(*) FROM stint_spans) + (SELECT count(*) FROM persons) = 3 AS is_bound",
)


@pytest.fixture(scope="module")
def shared() -> Iterator[SharedTrials]:
    rules = [built_in_rules()[name] for name in ALIKE]
    found = SharedTrials(
        {each.id: trials_of(each) for each in rules},
        {name for each in rules for name in each.test.inputs if name != "rule_versions"},
    )
    yield found
    found.close()


def content(connection: duckdb.DuckDBPyConnection, table: str, first: int) -> list[tuple[Any, ...]]:
    """Give the rows of a table, rows numbered from the first trial on, persons from the least."""
    result = connection.execute(f'SELECT * FROM "{table}"')
    columns = list(zip(*result.fetchall(), strict=True))
    names = [each[0] for each in result.description or ()]
    found = []
    for name, values in zip(names, columns, strict=True) if columns else ():
        changed: Any = values
        if name in ROWS:
            changed = [None if each is None else each - first * ROWS_A_SOURCE for each in values]
        elif name in PERSONS:
            ranks = {each: rank for rank, each in enumerate(sorted({v for v in values if v is not None}))}
            changed = [None if each is None else ranks[each] for each in values]
        found.append(tuple(changed))
    return [tuple(names), *zip(*found, strict=True)]


@pytest.mark.parametrize("rule_id", [*ALIKE, ALIKE[0]])  # the first again, after all the others
def test_shared_tables_hold_for_a_rule_what_its_own_would(rule_id: str, shared: SharedTrials) -> None:
    found = built_in_rules()[rule_id]
    tables = [name for name in found.test.inputs if name != "rule_versions"]
    alone = run_trials(trials_of(found), tables)
    shared.give(rule_id, tables)
    for table in tables:
        one, other = content(alone, table, 0), content(shared.connection, table, shared.first(rule_id))
        assert _without_source(one) == _without_source(other)
    alone.close()


def _without_source(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Without the name of the source, which holds the number of its trial."""
    left = [number for number, name in enumerate(rows[0]) if name not in ("source", "source_rank", "sha256")]
    return sorted([tuple(row[number] for number in left) for row in rows], key=repr)


def test_a_rule_that_counts_every_row_counts_only_its_own(tmp_path: Path) -> None:
    own = read_rule(rule(tmp_path, sql=COUNTING))
    assert can_share(name for name in own.test.inputs if name != "rule_versions")
    others = [built_in_rules()[name] for name in ALIKE]
    assert [each.wrong for each in run_cases(own)] == [()]
    assert all(each.holds for each in try_rules([others[0], own, *others[1:]]))


def test_a_rule_on_tables_that_cannot_be_shared_is_run_by_itself(tmp_path: Path) -> None:
    sql = TEST.replace("inputs: stint_spans", "inputs: stint_spans, facility_day_rows")
    own = read_rule(rule(tmp_path, sql=sql))
    assert not can_share(name for name in own.test.inputs if name != "rule_versions")
    assert all(each.holds for each in try_rules([built_in_rules()["death-in-custody"], own]))


def test_a_mistaken_rule_fails_when_it_is_its_turn(tmp_path: Path) -> None:
    own = read_rule(rule(tmp_path, cases=CASES.replace("book_in_date_time", "booked")))
    tried = run_each([built_in_rules()["death-in-custody"], own, built_in_rules()["two-custodians"]])
    assert all(each.holds for each in next(tried))
    with pytest.raises(AuthoredError, match="`booked` is not a column"):
        next(tried)
