"""Rows of one person that contradict each other: the step beside an oracle in plain Python, on drawn stints;
and no rule believes one end over another.
"""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any

import pytest

from paradero.building.trials import Trial, place_in_trial, run_trials
from paradero.law.judging import define_test
from paradero.law.rules import built_in_rules, law_steps, variants
from paradero.model.time.clock import HOUR_US

Row = dict[str, Any]
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
PLACES = {"A": "TX", "B": "TX", "C": "CA", "D": None}
DRAWS = 400


def drawn(rng: random.Random) -> list[Row]:
    """Draw two to four stints of one person within a few days of May, when no clock is changed."""
    rows = []
    for _ in range(rng.choice([2, 2, 3, 4])):
        begun = datetime(2025, 5, rng.randint(5, 7)) + rng.choice(
            [timedelta(0), 8 * HOUR, 8 * HOUR + timedelta(seconds=5), 13 * HOUR + MINUTE]
        )
        out = begun + rng.choice(
            [timedelta(0), 2 * HOUR, 5 * HOUR, 9 * HOUR, 20 * HOUR, 2 * DAY, -3 * HOUR, -2 * DAY]
        )
        out = out.replace(hour=0, minute=0, second=0) if rng.random() < 0.2 else out
        code = rng.choice(["A", "A", "B", "C", "D", None])
        row = {
            "unique_identifier": "a",
            "book_in_date_time": begun,
            "book_out_date_time": rng.choice([out, out, out, None]),
            "detention_facility_code": code,
        }
        rows.append({name: value for name, value in row.items() if value is not None})
    return rows


def latest(time: datetime) -> datetime:
    """The last microsecond that a reading can mean: a midnight is any of its day, a full minute any of its
    seconds, a full second any of its parts.
    """
    if time == time.replace(hour=0, minute=0, second=0, microsecond=0):
        return time + DAY - timedelta(microseconds=1)
    return time + (MINUTE if not time.second else timedelta(seconds=1)) - timedelta(microseconds=1)


def apart(one: datetime, other: datetime) -> bool:
    """Whether two readings surely are two instants."""
    return latest(one) < other or latest(other) < one


def disputes(rows: list[Row]) -> dict[int, tuple[bool, bool, bool]]:
    """By row: whether it has two ends, is inverted, is doubled."""
    found = {}
    for number, row in enumerate(rows):
        begun, out, code = (
            row["book_in_date_time"],
            row.get("book_out_date_time"),
            row.get("detention_facility_code"),
        )
        is_inverted = out is not None and latest(out) < begun
        two_ends = doubled = False
        for place, other in enumerate(rows):
            begun_too, out_too, code_too = (
                other["book_in_date_time"],
                other.get("book_out_date_time"),
                other.get("detention_facility_code"),
            )
            if place == number or out is None or out_too is None:
                continue
            is_elsewhere = code is not None and code_too is not None and code != code_too
            two_ends |= not is_elsewhere and not apart(begun, begun_too) and apart(out, out_too)
            slack = (
                timedelta(0)
                if code is not None and code == code_too
                else HOUR
                if PLACES.get(code) and PLACES.get(code) == PLACES.get(code_too)
                else 6 * HOUR
            )
            shares = latest(begun) + slack < out_too and latest(begun_too) + slack < out
            doubled |= (
                shares
                and not is_inverted
                and not latest(out_too) < begun_too
                and (is_elsewhere or apart(begun, begun_too))
            )
        if two_ends or is_inverted or doubled:
            found[number] = (two_ends, is_inverted, doubled)
    return found


def test_the_step_finds_what_a_plain_comparison_of_all_pairs_finds() -> None:
    rng = random.Random(41)
    made = [drawn(rng) for _ in range(DRAWS)]
    listed = [
        {"detention_facility_code": f"{n:04}{code}", "state": state}
        for n in range(DRAWS)
        for code, state in PLACES.items()
        if state
    ]
    trials = [
        Trial(
            name=f"{n:04}",
            rows={
                "detentions": [
                    {k: f"{n:04}{v}" if k == "detention_facility_code" else v for k, v in row.items()}
                    for row in rows
                ]
            },
        )
        for n, rows in enumerate(made)
    ]
    trials.append(Trial(name="lists", rows={"facilities": listed}))
    connection = run_trials(trials, ["disputed_times"])
    found: dict[int, dict[int, tuple[bool, bool, bool]]] = {n: {} for n in range(DRAWS)}
    for row_id, *flags in connection.execute(
        "SELECT row_id, has_two_ends, is_inverted, is_doubled FROM disputed_times"
    ).fetchall():
        trial, _, number = place_in_trial(row_id)
        found[trial][number - 1] = tuple(flags)
    connection.close()
    wrong = [(n, rows, disputes(rows), found[n]) for n, rows in enumerate(made) if disputes(rows) != found[n]]
    assert not wrong, f"{len(wrong)} of {DRAWS}, the first: {wrong[0]}"
    assert sum(bool(each) for each in found.values()) > DRAWS // 4


@pytest.mark.parametrize("hours", [(5, 6), (5, 20), (11, 13), (20, 30), (13, 200), (3, 100)])
def test_a_hold_room_verdict_holds_whichever_end_is_right(hours: tuple[int, int]) -> None:
    begun = datetime(2025, 1, 10, 8, 0, 5)
    rows = [
        {
            "unique_identifier": "a",
            "detention_facility_code": "EXAHOLD",
            "book_in_date_time": begun,
            "book_out_date_time": begun + n * HOUR,
        }
        for n in hours
    ]
    rule = built_in_rules()["hold-room-limit"]
    connection = run_trials(
        [Trial(name="t", rows={"detentions": rows})],
        [name for name in rule.test.inputs if name != "rule_versions"],
    )
    define_test(connection, rule, variants(rule, shift_us=HOUR_US))
    verdicts = connection.execute(
        f"SELECT DISTINCT verdict, other_row IS NOT NULL FROM ({law_steps()['verdict_rows'].select})"
    ).fetchall()
    connection.close()
    by_world = {"violated" if n > 12 else "complied" for n in hours}
    assert verdicts == [(by_world.pop() if len(by_world) == 1 else "undetermined", True)]
