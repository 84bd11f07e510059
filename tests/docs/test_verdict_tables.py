"""The tables of docs/explanation/verdicts.md are true: each line is judged as it stands."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from paradero.authored.court_time.terms import term_of
from paradero.authored.evidence import Trust
from paradero.engines.duckdb import connect
from paradero.law.events import read_event
from paradero.law.matrix import matrix_of
from paradero.law.order_judging import give_matrix, judge_events
from paradero.law.orders import read_order

PAGE = (Path(__file__).parents[2] / "docs" / "explanation" / "verdicts.md").read_text(encoding="utf-8")
NEW_YORK = ZoneInfo("America/New_York")
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
BY = 'by = "{}"\nevidence = "record"\nseen = []\n'
ORDER = """id = "o"
title = "t"
title_es = "t"
court = "c"
docket = "d"
instrument = "i"
[[text]]
instrument = "i"
pin = "1"
says = "s"
url = "https://example.org"
read = true
[scope]
binds = "b"
protects = "p"
protects_es = "p"
[[scope.condition]]
attribute = "{attribute}"
is_one_of = ["{value}"]
what = "w"
what_es = "w"
record = "r"
field = "f"
[[act]]
id = "given"
does = "binds"
what = "w"
what_es = "w"
[[act.said]]
time = "2025-03-01T12:00Z"
by = "docket"
evidence = "court"
seen = []
[[term]]
id = "t"
forbids = "release"
says = "s"
says_es = "s"
"""
EVENT = """id = "e"
what = "w"
what_es = "w"
kind = "release"
[subject]
id = "s"
what = "w"
what_es = "w"
{people}
{said}
[[outcome]]
happened = true
by = "x"
evidence = "record"
seen = []
[[moment]]
phase = "done"
[[moment.said]]
time = "2025-03-16T12:00Z"
by = "x"
evidence = "record"
seen = []
"""


def table(head: str) -> list[list[str]]:
    """The lines of the table that begins with this head."""
    lines = PAGE[PAGE.index(head) :].split("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def judged(
    value: str, said: str, people: str = "", attribute: str = "country"
) -> tuple[str, int | None, int | None]:
    """The verdict on the event, and of how many people it is."""
    order, event = (
        read_order(ORDER.format(value=value, attribute=attribute), file="o.toml"),
        read_event(EVENT.format(said=said, people=people), file="e.toml"),
    )
    matrix = matrix_of([order], [event], Trust())
    connection = connect(threads=1)
    try:
        give_matrix(connection, matrix, with_records=False)
        rows = judge_events(connection).project("event_no, verdict, people_lo, people_hi").fetchall()
    finally:
        connection.close()
    return next((verdict, lo, hi) for number, verdict, lo, hi in rows if matrix.events[number].id == "e")


SOME = '[[subject.attribute]]\nname = "country"\nsome_are = ["X"]\n'


@pytest.mark.parametrize("line", table("| said of 261 people aboard |"), ids=lambda line: line[0])
def test_counts(line: list[str]) -> None:
    said, verdict, people = line
    numbers = [int(each) for each in re.findall(r"\d+", said)]
    if "at least" in said:
        statements = SOME + f"people_lo = {numbers[0]}\n" + BY.format("a")
    elif "none" in said:
        statements = SOME + f"people_lo = 0\npeople_hi = {numbers[0]}\n" + BY.format("a")
    else:
        statements = "".join(
            SOME + f"people_lo = {n}\npeople_hi = {n}\n" + BY.format(by)
            for n, by in zip(numbers, "ab", strict=True)
        )
    lo, hi = (int(each) for each in people.split(" to "))
    assert judged("X", statements, "people_lo = 261\npeople_hi = 261") == (verdict.strip("`"), lo, hi)


@pytest.mark.parametrize(
    "line", table("| the order says | the record says |"), ids=lambda line: f"{line[0]}, {line[1]}"
)
def test_spellings(line: list[str]) -> None:
    wanted, recorded, means = line
    attribute = "state" if wanted == "Texas" else "citizenship_country"
    expected = "violated" if means == "the same" else means.split("`")[1]
    said = f'[[subject.attribute]]\nname = "{attribute}"\neach_is_one_of = ["{recorded}"]\n' + BY.format("a")
    assert judged(wanted, said, attribute=attribute)[0] == expected


@pytest.mark.parametrize(
    "line", table("| from | term | ends with |"), ids=lambda line: f"{line[0]} {line[1]}"
)
def test_ends_of_terms(line: list[str]) -> None:
    start = dt.datetime.fromisoformat(line[0]).replace(tzinfo=NEW_YORK)
    end = dt.datetime.combine(
        dt.date.fromisoformat(line[2]) + dt.timedelta(days=1), dt.time(), tzinfo=NEW_YORK
    )
    instants = [(each.astimezone(dt.UTC) - EPOCH) // dt.timedelta(microseconds=1) for each in (start, end)]
    term = term_of(line[1].strip("`"), rule="frcp-6", zones=["America/New_York"], is_deadline=False)
    assert instants[1] in term.ends(instants[0])
