"""Whom an order for a class protects by the values of the records: other spellings, longer names and rows
that differ exclude nobody.
"""

from __future__ import annotations

import pytest

from paradero.engines.duckdb import connect
from paradero.law.rules import law_steps
from paradero.law.spellings import give_likeness

TABLES = """
CREATE TABLE order_conditions AS SELECT 'o' AS order_id, 1::BIGINT AS condition_bit, 'citizenship_country' AS attribute, {negated} AS is_negated;
CREATE TABLE order_condition_values AS SELECT 'o' AS order_id, 1::BIGINT AS condition_bit, '{wanted}' AS value;
CREATE TABLE order_events AS SELECT 7::BIGINT AS event_no, 7::BIGINT AS event_row, 1::BIGINT AS person_no;
CREATE TABLE recorded_people AS SELECT 0::BIGINT AS event_no, '' AS release, '' AS unique_identifier WHERE FALSE;
CREATE TABLE order_individuals AS SELECT '' AS order_id, 0::BIGINT AS individual_no WHERE FALSE;
CREATE TABLE order_links AS SELECT '' AS order_id, 0::BIGINT AS individual_no, '' AS release, '' AS unique_identifier, FALSE AS is_same WHERE FALSE;
CREATE TABLE stated_scope AS SELECT '' AS order_id, 0::BIGINT AS event_no, FALSE AS is_protected, 0::BIGINT AS unknown_bits, 0::BIGINT AS people_lo, 0::BIGINT AS people_hi WHERE FALSE;
CREATE TABLE facilities AS SELECT '' AS detention_facility_code, '' AS state, 0::BIGINT AS n_states WHERE FALSE;
CREATE TABLE recorded_places AS SELECT 0::BIGINT AS event_no, '' AS side, '' AS attribute, '' AS value WHERE FALSE;
CREATE TABLE removals AS SELECT 0::BIGINT AS row_id, 0::BIGINT AS person_no WHERE FALSE;
CREATE TABLE stint_spans AS SELECT * FROM (VALUES (7::BIGINT, 1::BIGINT), (8, 1), (9, 2)) AS s (row_id, person_no);
CREATE TABLE detention_rows AS SELECT row_id, value AS citizenship_country, value AS birth_country, 'Male' AS gender, 1990 AS birth_year, '' AS case_status, '' AS case_category,
  '' AS final_order_yes_no, '' AS detention_facility_code, '' AS departure_country, '' AS final_program, '' AS docket_control_office, '' AS area_of_responsibility FROM (VALUES (7::BIGINT, {own}), (8, {other}), (9, 'RURITANIA')) AS d (row_id, value);
CREATE TABLE removal_rows AS SELECT * FROM detention_rows WHERE FALSE;
"""


def protected(
    own: str | None, other: str | None = None, *, wanted: str = "Ruritania", negated: bool = False
) -> bool | None:
    """Whether the order protects a person whose event's row, and whose other row, have these values."""
    values = {
        name: "CAST(NULL AS VARCHAR)" if value is None else f"'{value}'"
        for name, value in (("own", own), ("other", other))
    }
    connection = connect(threads=1)
    try:
        connection.execute(TABLES.format(wanted=wanted, negated=negated, **values))
        steps = law_steps()
        connection.execute(f"CREATE VIEW recorded_attributes AS {steps['recorded_attributes'].select}")
        give_likeness(connection)
        ((answer,),) = connection.execute(
            f"SELECT is_protected FROM ({steps['order_scope'].select})"
        ).fetchall()
    finally:
        connection.close()
    return answer  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("own", "other", "expected"),
    [
        ("RURITANIA", None, True),
        (" ruritania ", None, True),
        ("ELSEWHERE", None, False),
        (None, None, None),
        ("RURITANIA, KINGDOM OF", None, None),
        ("KINGDOM OF RURITANIA", None, None),
        ("RURITANIAN ISLES", None, False),
        ("ELSEWHERE", "RURITANIA", None),  # the person's rows contradict each other
        ("RURITANIA", "ELSEWHERE", None),
        ("ELSEWHERE", "RURITANIA, KINGDOM OF", None),
        ("RURITANIA", "RURITANIA, KINGDOM OF", True),
        ("ELSEWHERE", "OTHERLAND", False),
        ("ELSEWHERE", "UNKNOWN", False),
        (None, "RURITANIA", None),  # the row of the event says nothing
    ],
)
def test_by_the_values_of_the_records(own: str | None, other: str | None, expected: bool | None) -> None:
    assert protected(own, other) is expected
    assert protected(own, other, negated=True) is (None if expected is None else not expected)


def test_a_record_may_have_the_shorter_name() -> None:
    assert protected("RURITANIA", wanted="Ruritania, Kingdom of") is None
