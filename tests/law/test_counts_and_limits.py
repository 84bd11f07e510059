"""Counts and limits against every number that their bounds leave, and how many a term finds reached."""

from __future__ import annotations

import itertools

import pytest
from judged import act, event, judged, order

from paradero.law.forms.terms import Count, Limit
from paradero.law.shown.counted import is_short
from paradero.law.shown.measured import is_past


def common(answers: set[bool]) -> bool | None:
    """What all worlds say."""
    return answers.pop() if len(answers) == 1 else None


@pytest.mark.parametrize("wanted", [None, 1, 2, 3])
def test_a_count_is_short_where_every_number_within_its_bounds_is(wanted: int | None) -> None:
    for n1, n2, m1, m2, u in itertools.product(range(1, 4), range(1, 5), range(3), range(4), range(2)):
        worlds = {
            (n, m)
            for n, m in itertools.product(range(n1, n2 + 1), range(m1, m2 + 1))
            if m + u <= n  # those it was done for, and those it was not done for, are of the class
        }
        if not worlds:
            continue
        count = Count(at_least=wanted, people_lo=n1, people_hi=n2)
        answers = {m < (n if wanted is None else wanted) for n, m in worlds}
        found = is_short(count, (m1, m2), u)
        assert found in (None, common(set(answers))), (wanted, n1, n2, m1, m2, u)
        if u == 0 and m2 <= n1:  # nothing ties the two: then it is as sharp as it can be
            assert found == common(answers), (wanted, n1, n2, m1, m2, u)


@pytest.mark.parametrize("way", ["at_most", "under", "at_least", "over"])
def test_a_limit_is_passed_where_every_value_within_its_bounds_passes_it(way: str) -> None:
    limit = Limit(measure="m", unit="u", **{way: "3"})
    keeps = {
        "at_most": lambda value: value <= 3,
        "under": lambda value: value < 3,
        "at_least": lambda value: value >= 3,
        "over": lambda value: value > 3,
    }[way]
    for lo in range(7):
        for hi in range(lo, 7):
            answers = {not keeps(value) for value in range(lo, hi + 1)}
            assert is_past(limit, (lo, hi)) == common(answers), (way, lo, hi)
        for bounds in ((lo, None), (None, lo)):  # without a bound on one side, far away on that side
            first, last = (lo, 100) if bounds[0] is not None else (-100, lo)
            answers = {not keeps(value) for value in range(first, last + 1)}
            assert is_past(limit, bounds) == common(answers), (way, bounds)


BY = 'by = "a clerk"\nevidence = "record"\nseen = []\n'
DUE = act("given", "binds", "2025-06-01T12:00Z") + act("due", "deadline", "2025-06-10T12:00Z")
ALL = 'requires = "return"\nby = "due"\n[term.count]\npeople_lo = {}\npeople_hi = {}\n{}'


def group(name: str, time: str, people: str, *, happened: bool = True) -> str:
    """Write what was done for a group of people."""
    return event(time, name=name, kind="return", subject=name, attributes=people, happened=happened)


@pytest.mark.parametrize(
    ("term", "events", "expected"),
    [
        (ALL.format(12, 12, ""), [group("g", "2025-06-09", "people_lo = 12\npeople_hi = 12\n")], "complied"),
        (
            ALL.format(12, 12, ""),
            [group("g", "2025-06-09", "people_lo = 11\npeople_hi = 12\n")],
            "undetermined",
        ),
        (ALL.format(12, 12, ""), [group("g", "2025-06-12", "people_lo = 12\npeople_hi = 12\n")], "violated"),
        (
            ALL.format(12, 12, ""),
            [group("g", "2025-06-12/..", "people_lo = 1\npeople_hi = 3\n", happened=False)],
            "violated",
        ),
        (
            ALL.format(12, 14, "at_least = 10\n"),
            [group("g", "2025-06-12/..", "people_lo = 5\npeople_hi = 5\n", happened=False)],
            "violated",
        ),
        (ALL.format(12, 14, "at_least = 10\n"), [group("g", "2025-06-09", "people_lo = 10\n")], "complied"),
        # two groups may hold the same people
        (
            ALL.format(12, 12, "at_least = 10\n"),
            [group("g", "2025-06-09", "people_lo = 6\n"), group("h", "2025-06-09", "people_lo = 6\n")],
            "undetermined",
        ),
    ],
)
def test_how_many_were_reached(term: str, events: list[str], expected: str) -> None:
    matrix, rows = judged([order(DUE, term=term)], events)
    said = {matrix.events[row["event_no"]].id: row["verdict"] for row in rows}
    assert said["how-many-t"] == expected


def test_a_holding_is_judged_at_its_beginning_and_at_its_limit() -> None:
    room = 'forbids = "holding"\n[term.limit]\nmeasure = "m"\nunit = "duration"\nat_most = "PT12H"\n'
    matrix, _ = judged([order(DUE, term=room)], [])
    assert {variant.construction for variant in matrix.variants} == {"begin", "limit"}


HELD = act("given", "binds", "2026-03-02T10:00Z")
OFF = act("stayed", "stays", "2026-03-10T12:00Z") + act(
    "lifted", "resumes", "2026-03-12T12:00Z", more='of = "stayed"'
)


@pytest.mark.parametrize(
    ("acts", "begin", "end", "expected"),
    [
        # held before the order, and for ten days under it
        (HELD, "2026-02-20T20:00Z", "2026-03-12T11:00Z", "violated"),
        (HELD, "2026-02-20T20:00Z", None, "undetermined"),
        (HELD, "2026-02-20T20:00Z", "2026-03-02T09:59Z", "not_bound"),
        # the limit was reached under a stay, and passed when it was lifted; and not so long
        (HELD + OFF, "2026-03-11T13:00Z", "2026-03-20T11:00Z", "violated"),
        (HELD + OFF, "2026-03-11T13:00Z", "2026-03-12T11:59Z", "not_bound"),
        (HELD + OFF, "2026-03-11T13:00Z", "2026-03-12T09:00Z/2026-03-12T15:00Z", "undetermined"),
        (HELD + OFF, "2026-03-10T01:00Z", "2026-03-12T11:00Z", "not_bound"),
        (HELD + OFF, "2026-03-09T01:00Z", "2026-03-12T11:00Z", "violated"),
    ],
)  # fmt: skip
def test_who_is_held_past_a_limit_is_asked_of_at_each_instant(
    acts: str, begin: str, end: str | None, expected: str
) -> None:
    text = event(None, kind="holding", attributes="people_hi = 1\n").partition("[[moment]]")[0]
    for phase, time in (("begin", begin), ("end", end)):
        text += f'[[moment]]\nphase = "{phase}"\n[[moment.said]]\ntime = "{time}"\n{BY}' if time else ""
    room = 'forbids = "holding"\n[term.limit]\nmeasure = "m"\nunit = "duration"\nat_most = "PT12H"\n'
    matrix, rows = judged([order(acts, term=room)], [text])
    assert {matrix.variants[row["variant"]].construction: row["verdict"] for row in rows}["limit"] == expected


@pytest.mark.parametrize(
    ("ended", "expected"),
    [
        ("2025-06-20T12:00Z", ["violated", "violated", "violated"]),
        ("2025-06-09T00:00Z", ["violated", "violated"]),
        # the second and the third day may come after it
        ("2025-06-06T00:00Z/2025-06-12T00:00Z", ["violated", "undetermined", "undetermined"]),
        (None, ["undetermined", "undetermined", "undetermined"]),
    ],
)
def test_a_series_ends_with_the_act_that_ends_it(ended: str | None, expected: list[str]) -> None:
    over = act("over", "deadline", *([ended] if ended else []))
    every = 'requires = "production"\n[term.every]\nfirst = "2025-06-05T12:00"\nlength = "P3D"\n'
    docket = f'[[docket_read]]\nread = "2025-07-01"\ncomplete = true\n{BY}'
    text = order(DUE + over, term=f'{every}times = 3\nuntil = "over"\n', rest=docket)
    matrix, rows = judged([text], [])
    said = {matrix.events[row["event_no"]].id: row["verdict"] for row in rows}
    assert [said[name] for name in sorted(said)] == expected
