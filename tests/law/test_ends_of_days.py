"""Days against instants: an act told by its day against a deadline at the end of one, a deadline told by its day,
and acts that have effect so many days after another. The answers are worked out here from the calendar of December
2025 and November 2025 in New York, before anything was run.
"""

from __future__ import annotations

import pytest
from judged import act, event, judged, order

from paradero.authored.declared import AuthoredError
from paradero.law.orders import read_order

ZONES = 'zones = ["America/New_York"]'
GIVEN = act("given", "binds", "2025-12-12T15:00")
DUE = 'requires = "return"\nby = "due"'


def relation(of: str, since: str, length: str, rule: str = "") -> str:
    more = f'rule = "{rule}"\n' if rule else ""
    return (
        f'[[relation]]\nof = "{of}"\nsince = "{since}"\nat_least = "{length}"\nat_most = "{length}"\n{more}'
        'by = "the order"\nevidence = "court"\nseen = ["https://example.org"]\n'
    )


def only(order_text: str, time: str, *, kind: str = "return", happened: bool = True) -> list[str]:
    """The verdicts on one person's act, without those under single ways of counting."""
    text = event(
        time,
        kind=kind,
        zones=["America/New_York"],
        attributes="people_lo = 1\npeople_hi = 1\n",
        happened=happened,
    )
    matrix, rows = judged([order_text], [text])
    timed = {each.number for each in matrix.variants if each.timing is not None}
    return [row["verdict"] for row in rows if row["variant"] not in timed]


# due by the seventh day, Friday 19 December, by Rule 6: at 24:00 for what is not filed, or when an office closes
SEVENTH = order(
    GIVEN + act("due", "deadline"), term=DUE, head=ZONES, rest=relation("due", "given", "P7D", "frcp-6")
)
BY_THE_DAY = order(GIVEN + act("due", "deadline", "2025-12-19"), term=DUE, head=ZONES)
AT_24 = order(GIVEN + act("due", "deadline", "2025-12-19T24:00"), term=DUE, head=ZONES)
AT_NOON = order(GIVEN + act("due", "deadline", "2025-12-19T12:00"), term=DUE, head=ZONES)


@pytest.mark.parametrize(
    ("text", "done", "verdict"),
    [
        (SEVENTH, "2025-12-20", "violated"),
        (SEVENTH, "2025-12-21", "violated"),
        (SEVENTH, "2025-12-18", "complied"),
        (SEVENTH, "2025-12-19", "undetermined"),
        (SEVENTH, "2025-12-19T10:00", "complied"),
        (SEVENTH, "2025-12-19/2025-12-20", "undetermined"),
        (BY_THE_DAY, "2025-12-19T09:00", "complied"),
        (BY_THE_DAY, "2025-12-19T15:30", "complied"),
        (BY_THE_DAY, "2025-12-19T20:00", "undetermined"),  # an office may have closed
        (BY_THE_DAY, "2025-12-20", "violated"),
        (BY_THE_DAY, "2025-12-20T00:00", "violated"),
        (AT_24, "2025-12-20", "violated"),
        (AT_24, "2025-12-19", "complied"),
        (AT_NOON, "2025-12-19T12:00", "undetermined"),  # to the minute
        (AT_NOON, "2025-12-19T12:01", "violated"),
        (AT_NOON, "2025-12-19T11:59", "complied"),
        (AT_NOON, "2025-12-19", "undetermined"),
    ],
)
def test_done_on_a_day(text: str, done: str, verdict: str) -> None:
    assert only(text, done) == [verdict]


@pytest.mark.parametrize(
    ("text", "until", "verdict"),
    [
        (SEVENTH, "2025-12-20/..", "violated"),
        (AT_24, "2025-12-20/..", "violated"),
        (BY_THE_DAY, "2025-12-20/..", "violated"),
        (AT_NOON, "2025-12-19T12:00/..", "undetermined"),
        (AT_NOON, "2025-12-19T12:01/..", "violated"),
        (SEVENTH, "2025-12-19T10:00/2025-12-19T11:00", "undetermined"),
    ],
)
def test_not_done_until(text: str, until: str, verdict: str) -> None:
    assert only(text, until, happened=False) == [verdict]


def effective(rule: str = "", *, of: str = "effect") -> str:
    """Given on 12 November at 10:00, to have effect in fourteen days: on Wednesday the 26th."""
    acts = act("given", "notice", "2025-11-12T10:00") + act(of, "binds")
    return order(acts, head=ZONES, rest=relation(of, "given", "P14D", rule))


@pytest.mark.parametrize(
    ("rule", "time", "verdict"),
    [
        ("", "2025-11-26T09:00", "not_bound"),
        ("", "2025-11-26T12:00", "undetermined"),  # past the hour, not past the day
        ("", "2025-11-27T00:01", "violated"),
        ("frcp-6", "2025-11-26T12:00", "not_bound"),
        ("elapsed", "2025-11-26T12:00", "violated"),
        ("elapsed", "2025-11-26T09:00", "not_bound"),
    ],
)
def test_an_order_that_has_effect_in_so_many_days(rule: str, time: str, verdict: str) -> None:
    assert only(effective(rule), time, kind="release") == [verdict]


@pytest.mark.parametrize(
    ("time", "verdict"),
    [
        # seven times 24 hours from 27 October 15:00 end at 14:00 by the clock of November
        ("2025-11-03T13:50", "not_bound"),
        ("2025-11-03T14:30", "undetermined"),
        ("2025-11-03T20:00", "undetermined"),
        ("2025-11-04T00:01", "violated"),
    ],
)
def test_a_stay_of_so_many_days_over_a_change_of_clocks(time: str, verdict: str) -> None:
    acts = (
        act("given", "binds", "2025-10-20T10:00")
        + act("stayed", "stays", "2025-10-27T15:00")
        + act("over", "resumes", more='of = "stayed"')
    )
    text = order(acts, head=ZONES, rest=relation("over", "stayed", "P7D"))
    assert only(text, time, kind="release") == [verdict]


def test_a_calendar_that_is_none_is_refused_though_nothing_is_counted() -> None:
    text = order(GIVEN, head=f'{ZONES}\ncalendar = "d-nowhere"')
    with pytest.raises(AuthoredError, match=r"o\.toml line \d+: .*d-nowhere"):
        read_order(text, file="o.toml")


def test_sources_that_disagree_on_a_counted_end_are_told_and_judged() -> None:
    acts = GIVEN + act("over", "expires", "2025-12-13")
    text = order(acts, head=ZONES, rest=relation("over", "given", "P14D", "elapsed"))
    assert only(text, "2025-12-12T18:00", kind="release") == ["violated"]
    assert only(text, "2025-12-20", kind="release") == ["undetermined"]
    assert only(text, "2025-12-28", kind="release") == ["not_bound"]
