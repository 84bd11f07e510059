"""Run the questions of orders over events, on the connection that knows their tables."""

from __future__ import annotations

import duckdb

from paradero.engines.duckdb import create_view
from paradero.law.matrix import Matrix
from paradero.law.rules import law_steps
from paradero.law.spellings import give_kept_likeness, give_likeness
from paradero.law.tables import tables_of
from paradero.model.time.clock import HOUR_US

# Clocks of United States zones lie from 10 hours ahead of UTC (Guam) to 10 hours behind it (Hawaii).
_ZONES_US = 10 * HOUR_US


def give_matrix(
    connection: duckdb.DuckDBPyConnection, matrix: Matrix, *, with_records: bool, is_utc: bool = False
) -> None:
    """Make orders and events known as tables; without records, only the events that are stated in files.

    `is_utc`: the clocks of the records are known to be in UTC; else they can be of any zone of the United
    States.
    """
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE order_clock AS SELECT ?::BIGINT AS ahead_us, ?::BIGINT AS behind_us",
        [0 if is_utc else _ZONES_US] * 2,
    )
    for name, table in tables_of(matrix).items():
        connection.register(f"given_{name}", table)
        connection.execute(f'CREATE OR REPLACE TEMP TABLE "{name}" AS SELECT * FROM "given_{name}"')
    steps = law_steps()
    if with_records:
        _define(connection, "recorded_events")
    else:
        connection.execute(
            "CREATE OR REPLACE TEMP VIEW recorded_events AS SELECT * FROM stated_events WHERE FALSE"
        )
    _give_places(connection, with_records=with_records)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE order_events AS {steps['order_events'].select}")
    give_attributes(connection, with_records=with_records)


def _give_places(connection: duckdb.DuckDBPyConnection, *, with_records: bool) -> None:
    """Make known where recorded transfers went, where some order asks for it."""
    is_asked = with_records and bool(
        connection.execute(
            "SELECT 1 FROM kept_values UNION ALL SELECT 1 FROM order_conditions"
            " WHERE starts_with(attribute, 'from_') OR starts_with(attribute, 'to_')"
        ).fetchone()
    )
    if is_asked:
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE recorded_places AS {law_steps()['recorded_places'].select}"
        )
        give_kept_likeness(connection)
        _define(connection, "recorded_answers")
        return
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE recorded_places AS SELECT 0::BIGINT AS event_no, '' AS side, '' AS"
        " attribute, '' AS value WHERE FALSE"
    )
    connection.execute(
        "CREATE OR REPLACE TEMP VIEW recorded_answers AS SELECT * FROM term_answers WHERE FALSE"
    )


def give_attributes(connection: duckdb.DuckDBPyConnection, *, with_records: bool) -> None:
    """Make known what is said of the subjects of `order_events`, and whom the orders protect."""
    if with_records:
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE recorded_attributes AS {law_steps()['recorded_attributes'].select}"
        )
        _define(connection, "recorded_people")
    else:
        connection.execute(
            "CREATE OR REPLACE TEMP TABLE recorded_attributes AS SELECT 0::BIGINT AS event_no, '' AS"
            " attribute, '' AS value WHERE FALSE"
        )
        connection.execute(
            "CREATE OR REPLACE TEMP VIEW recorded_people AS SELECT 0::BIGINT AS event_no, '' AS release, ''"
            " AS unique_identifier WHERE FALSE"
        )
    give_likeness(connection)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE order_scope AS {law_steps()['order_scope'].select}")


def judge_events(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyRelation:
    """The verdicts on all events of `order_events` under the terms that forbid or require kinds of events."""
    _define(connection, "event_questions")
    found = _judge(connection, "event_questions")
    if not connection.table("order_terms").filter("whole_variant IS NOT NULL").fetchone():
        return found
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE open_verdicts AS {law_steps()['order_verdicts'].select}"
    )
    return connection.sql(law_steps()["counted_verdicts"].select)


def judge_rule_terms(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyRelation:
    """The verdicts on the events of `rule_test`, defined with the orders' own variants, under the terms that
    bind to that rule.
    """
    connection.execute(f"CREATE OR REPLACE TEMP TABLE order_events AS {law_steps()['rule_events'].select}")
    give_attributes(connection, with_records=True)
    _define(connection, "rule_questions")
    return _judge(connection, "rule_questions")


def _judge(connection: duckdb.DuckDBPyConnection, questions: str) -> duckdb.DuckDBPyRelation:
    connection.execute(f"CREATE OR REPLACE TEMP VIEW order_questions AS SELECT * FROM {questions}")
    return connection.sql(law_steps()["order_verdicts"].select)


def _define(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    create_view(connection, name, law_steps()[name].select)
