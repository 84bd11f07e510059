"""Recorded transfers under a term that keeps people where they are: where the records say where they were
taken from and to, and only there, is it settled.
"""

from __future__ import annotations

import pytest

from paradero.engines.duckdb import connect
from paradero.law.rules import law_steps
from paradero.law.spellings import give_kept_likeness, key_of, may_be_one

TABLES = """
CREATE TABLE recorded_events AS SELECT 9::BIGINT AS event_no, 7::BIGINT AS event_row, 'transfer' AS kind, {happened} AS happened;
CREATE TABLE detention_rows AS SELECT 7::BIGINT AS row_id, {was} AS detention_facility_code, {entered} AS book_in_date_time;
CREATE TABLE transfers AS SELECT 7::BIGINT AS from_row, 8::BIGINT AS to_row, {now} AS to_facility_code, {arrived} AS arrived_at WHERE {now} IS NOT NULL;
CREATE TABLE facilities AS SELECT * FROM (VALUES ('AAA', 'TX', 1), ('BBB', 'LA', 1), ('CCC', 'TX', 2), ('DDD', NULL, 0), ('FFF', 'NJ', 1)) AS f (detention_facility_code, state, n_states);
CREATE TABLE kept_values AS SELECT 3::BIGINT AS variant, '{attribute}' AS attribute, unnest({values}) AS value, {purposive} AS is_purposive;
CREATE TABLE order_terms AS SELECT 3::BIGINT AS variant, 'transfer' AS kind, {conditional} AS is_conditional;
"""


def answers(
    was: str | None,
    now: str | None,
    *,
    attribute: str = "state",
    values: tuple[str, ...] = ("Texas",),
    happened: bool | None = True,
    purposive: bool = False,
    conditional: bool = False,
    unknown: str = "",
) -> tuple[bool | None, bool | None]:
    """Whether a breach is shown by a transfer between two facilities, and whether the term left them free."""

    def text(value: str | None) -> str:
        return "NULL::VARCHAR" if value is None else f"'{value}'"

    connection = connect(threads=1)
    try:
        connection.execute(
            TABLES.format(
                was=text(was),
                now=text(now),
                attribute=attribute,
                values=list(values),
                happened="NULL::BOOLEAN" if happened is None else happened,
                purposive=purposive,
                conditional=conditional,
                entered="NULL::TIMESTAMP" if unknown == "from" else "TIMESTAMP '2025-01-01 10:00:00'",
                arrived="NULL::BIGINT" if unknown == "to" else "5::BIGINT",
            )
        )
        steps = law_steps()
        connection.execute(f"CREATE TABLE recorded_places AS {steps['recorded_places'].select}")
        give_kept_likeness(connection)
        ((shown, free),) = connection.execute(
            f"SELECT is_shown, is_free FROM ({steps['recorded_answers'].select})"
        ).fetchall()
    finally:
        connection.close()
    return shown, free


@pytest.mark.parametrize(
    ("was", "now", "expected"),
    [
        ("AAA", "BBB", (True, False)),  # out of Texas
        ("AAA", "AAA", (False, False)),
        ("BBB", "AAA", (False, True)),  # was not there: not bound, read literally
        ("BBB", "BBB", (True, True)),
        (None, "BBB", (True, None)),  # where from is not recorded
        ("AAA", None, (None, False)),  # no next custodian is recorded
        ("AAA", "CCC", (None, False)),  # lists of facilities disagree on its state
        ("AAA", "DDD", (None, False)),  # none gives one
        ("CCC", "BBB", (True, None)),
        ("AAA", "EEE", (None, False)),  # on no list
    ],
)
def test_a_state_is_kept_as_far_as_records_say(
    was: str | None, now: str | None, expected: tuple[bool | None, bool | None]
) -> None:
    assert answers(was, now) == expected
    assert answers(was, now, values=("TX",)) == expected
    assert answers(was, now, purposive=True) == (expected[0], False)
    # without notice, or for a time: the records say nothing of either
    assert answers(was, now, conditional=True) == (False if expected[0] is False else None, expected[1])
    assert answers(was, now, happened=None)[0] in (None, False)
    assert answers(was, now, happened=False) == (False, expected[1])


def test_a_facility_is_kept_by_its_code() -> None:
    kept = {"attribute": "detention_facility_code", "values": ("AAA", "CCC")}
    assert answers("AAA", "CCC", **kept) == (False, False)  # type: ignore[arg-type]
    assert answers("AAA", "BBB", **kept) == (True, False)  # type: ignore[arg-type]
    assert answers("BBB", "DDD", **kept) == (True, True)  # type: ignore[arg-type]


@pytest.mark.parametrize("side", ["from_", "to_"])
def test_where_from_and_where_to_are_spelt_as_places_are(side: str) -> None:
    assert key_of("Texas", f"{side}state") == key_of("TX", f"{side}state")
    assert not may_be_one("AAA", "AAAB", f"{side}detention_facility_code")


@pytest.mark.parametrize("side", ["from", "to"])
def test_where_a_book_in_is_missing_nobody_knows_which_place_comes_next(side: str) -> None:
    assert answers("AAA", "BBB", unknown=side) == (None, False)
    assert answers("AAA", "AAA", unknown=side) == (None, False)


@pytest.mark.parametrize(
    ("attribute", "values", "was", "now", "expected"),
    [
        # one district in New Jersey, four in Texas, three in Louisiana
        ("district", ("D.N.J.",), "FFF", "BBB", (True, False)),
        ("district", ("District of New Jersey",), "FFF", "FFF", (False, False)),
        ("district", ("S.D. Tex.",), "AAA", "FFF", (True, None)),
        ("district", ("S.D. Tex.",), "AAA", "AAA", (None, None)),  # moved within Texas: which part is not recorded
        ("district", ("W.D. La.",), "FFF", "AAA", (True, True)),
        ("circuit", ("Fifth Circuit",), "AAA", "BBB", (False, False)),
        ("circuit", ("5th Cir.",), "BBB", "FFF", (True, False)),
        ("circuit", ("3d Cir.", "2d Cir."), "BBB", "FFF", (False, True)),
        ("circuit", ("3d Cir.",), "CCC", "DDD", (None, None)),
    ],
)  # fmt: skip
def test_a_district_or_circuit_is_kept_as_far_as_the_state_says(
    attribute: str, values: tuple[str, ...], was: str, now: str, expected: tuple[bool | None, bool | None]
) -> None:
    assert answers(was, now, attribute=attribute, values=values) == expected


def test_courts_are_known_by_name() -> None:
    for one, other in (
        ("S.D.N.Y.", "Southern District of New York"),
        ("D. Mass.", "District of Massachusetts"),
        ("N.D. W. Va.", "Northern District of West Virginia"),
        ("D.D.C.", "District of Columbia"),
    ):
        assert key_of(one, "district") == key_of(other, "to_district")
    assert not may_be_one("S.D.N.Y.", "E.D.N.Y.", "district")
    assert may_be_one("NY", "E.D.N.Y.", "district")
    assert key_of("NY", "district") != key_of("E.D.N.Y.", "district")
    assert not may_be_one("southern", "northern", "district")
    assert key_of("Puerto Rico", "circuit") == key_of("1st Cir.", "circuit")
    assert key_of("Virgin Islands", "circuit") == key_of("CA3", "circuit")
