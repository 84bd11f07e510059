"""Run the tests of rules over tables, on the connection that knows them."""

from __future__ import annotations

from typing import Any

import duckdb
import pyarrow as pa

from paradero.authored.declared import AuthoredError
from paradero.engines.duckdb import create_view
from paradero.engines.steps import Step
from paradero.law.confined import check_confined
from paradero.law.rules import Rule

VERSIONS = pa.schema(
    [
        ("variant", pa.int64()),
        ("version", pa.string()),
        ("construction", pa.string()),
        ("order_id", pa.string()),
        ("begin_lo", pa.int64()),
        ("begin_hi", pa.int64()),
        ("end_lo", pa.int64()),
        ("end_hi", pa.int64()),
        ("limit_us", pa.int64()),
        ("window_us", pa.int64()),
        ("limit_n", pa.int64()),
        ("shift_us", pa.int64()),
    ]
)

# what every test gives: the columns of `rule_test`
SIGNATURE = (
    "variant",
    "person_no",
    "subject",
    "event_row",
    "other_row",
    "event_lo",
    "event_hi",
    "is_bound",
    "is_shown",
    "margin_lo",
    "margin_hi",
    "bound_facts",
    "shown_facts",
    "turns_at",
)

# as the view was made: to ask the view itself would plan it again
_COLUMNS = "SELECT column_name FROM duckdb_columns() WHERE table_name = 'rule_test'"


def check_test(rule: Rule, tables: set[str]) -> None:
    """Refuse a test that reads anything but documented tables; raises AuthoredError with file, line and
    reason.
    """
    check_confined(
        rule.test,
        tables=frozenset(tables | {"rule_versions"}),
        place=f"{rule.place}/test.sql",
        first_line=_first_line(rule.test),
    )
    unknown = sorted({each.table for each in rule.file.needs} - tables)
    if unknown:
        raise AuthoredError(
            f"{rule.place}/rule.toml: `needs` names tables that are not documented: {', '.join(unknown)}."
            " Use those in docs/reference/tables.md."
        )


def define_test(connection: duckdb.DuckDBPyConnection, rule: Rule, versions: list[dict[str, Any]]) -> None:
    """Make `rule_versions` and `rule_test` known; raises AuthoredError where the test does not run or gives
    other columns than SIGNATURE.
    """
    connection.register("rule_versions_given", pa.Table.from_pylist(versions, schema=VERSIONS))
    connection.execute("CREATE OR REPLACE TEMP TABLE rule_versions AS SELECT * FROM rule_versions_given")
    try:
        create_view(connection, "rule_test", rule.test.select)
    except duckdb.Error as error:
        said = str(error)
        raise AuthoredError(
            f"{rule.place}/test.sql line {_line_in(rule.test, said)}: {_reason(said)}."
        ) from error
    columns = [str(name) for (name,) in connection.execute(_COLUMNS).fetchall()]
    lacking, extra = set(SIGNATURE) - set(columns), set(columns) - set(SIGNATURE)
    if sorted(columns) != sorted(SIGNATURE):
        off = f"; missing: {', '.join(sorted(lacking))}" if lacking else ""
        off += f"; too many: {', '.join(sorted(extra))}" if extra else ""
        raise AuthoredError(
            f"{rule.place}/test.sql line {_first_line(rule.test)}: the columns must be"
            f" {', '.join(SIGNATURE)}{off}. Correct the query."
        )


def _first_line(step: Step) -> int:
    """The line of the file where the SELECT begins."""
    return step.text[: step.text.index(step.select)].count("\n") + 1


def _line_in(step: Step, message: str) -> int:
    found = next((line for line in message.splitlines() if line.startswith("LINE ")), "LINE 1:")
    return _first_line(step) + int(found.removeprefix("LINE ").split(":")[0]) - 1


def _reason(message: str) -> str:
    return message.splitlines()[0].rstrip(".")
