"""Terms of a court: worked ends by hand, each reading of which lies within the bounds; by a stated rule of
time the bounds are that end alone.
"""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from judged import act, event, judged, order, verdict

from paradero.authored.court_time.days_off import calendar_of
from paradero.authored.court_time.terms import term_of
from paradero.authored.evidence import Trust
from paradero.law.matrix import timeline_of
from paradero.law.orders import read_order
from paradero.model.time.moments import MomentError

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
NEW_YORK, CHICAGO, DENVER, LOS_ANGELES = (
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
)


def instant(text: str, zone: str) -> int:
    """Give a clock reading of a zone as an instant; 24:00 is the midnight that ends the day, and a zone may
    be written behind it.
    """
    day, clock, *rest = text.split()
    late = clock == "24:00"
    read = dt.datetime.fromisoformat(f"{day}T{'00:00' if late else clock}").replace(
        tzinfo=ZoneInfo(rest[0] if rest else zone)
    )
    return ((read + dt.timedelta(days=late)).astimezone(dt.UTC) - EPOCH) // dt.timedelta(microseconds=1)


# the trigger, the term, and every end that a court may hold it to have: by hand from the rules, numbered as
# in the list of worked ends they were taken from
WORKED = [
    (1, "2025-03-03 09:00", "P14D", ["2025-03-17 24:00"], NEW_YORK),
    (2, "2025-06-05 09:00", "P14D", ["2025-06-20 24:00"], NEW_YORK),
    (3, "2025-06-20 09:00", "P14D", ["2025-07-07 24:00"], NEW_YORK),
    (4, "2024-12-18 09:00", "P14D", ["2025-01-02 24:00"], NEW_YORK),
    (5, "2024-01-30 09:00", "P30D", ["2024-02-29 24:00"], NEW_YORK),
    (6, "2025-01-30 09:00", "P30D", ["2025-03-03 24:00"], NEW_YORK),
    (7, "2007-08-22 09:00", "P10D", ["2007-09-04 24:00"], NEW_YORK),
    (8, "2007-09-11 09:00", "-P10D", ["2007-08-31 24:00"], NEW_YORK),
    (9, "2007-11-02 10:23", "PT72H", ["2007-11-05 09:23"], NEW_YORK),
    (10, "2025-03-07 16:00", "PT72H", ["2025-03-10 17:00"], NEW_YORK),
    (11, "2025-06-05 15:30", "PT48H", ["2025-06-09 15:30"], CHICAGO),
    (12, "2025-07-03 18:00", "PT24H", ["2025-07-07 18:00"], NEW_YORK),
    (13, "2025-05-21 13:00", "PT72H", ["2025-05-24 13:00", "2025-05-27 13:00"], NEW_YORK),
    (15, "2025-12-05 09:00", "-P7D", ["2025-11-28 24:00"], CHICAGO),
    (16, "2025-12-05 09:00", "-P8D", ["2025-11-26 24:00"], CHICAGO),
    (18, "2025-03-03 09:00", "P14D", ["2025-03-17 17:00"], NEW_YORK),
    (19, "2025-04-09 09:00", "P10D", ["2025-04-21 24:00", "2025-04-22 24:00"], NEW_YORK),
    (20, "2025-04-09 09:00", "P7D", ["2025-04-16 24:00", "2025-04-17 24:00"], NEW_YORK),
    (21, "2025-11-13 09:00", "P14D", ["2025-11-28 24:00", "2025-12-01 24:00"], NEW_YORK),
    (22, "2026-06-19 09:00", "P14D", ["2026-07-03 24:00", "2026-07-06 24:00"], NEW_YORK),
    (23, "2025-01-02 09:00", "P7D", ["2025-01-09 24:00", "2025-01-10 24:00"], NEW_YORK),
    (24, "2021-01-06 09:00", "P14D", ["2021-01-20 24:00", "2021-01-21 24:00"], NEW_YORK),
    (26, "2025-03-15 19:25", "P14D", ["2025-03-31 24:00", "2025-03-29 24:00", "2025-03-29 19:25"], NEW_YORK),
    (27, "2025-03-01 19:25", "P14D", ["2025-03-17 24:00", "2025-03-15 24:00", "2025-03-15 20:25"], NEW_YORK),
    (28, "2024-12-24 09:00", "P60D", ["2025-02-24 24:00"], NEW_YORK),
    (31, "2025-03-21 09:00", "P90D", ["2025-06-20 24:00"], NEW_YORK),
    (32, "2025-11-20 09:00", "P30D", ["2025-12-22 24:00"], NEW_YORK),
    (33, "2025-12-15 09:00", "-P15D", ["2025-12-01 24:00", "2025-11-28 24:00"], NEW_YORK),
    (34, "2024-08-30 09:00", "P90D", ["2024-11-29 24:00"], NEW_YORK),
    (37, "2025-01-03 22:00", "PT48H", ["2025-01-05 22:00"], NEW_YORK),
    (38, "2025-01-17 14:00", "2 business days", ["2025-01-22 14:00"], CHICAGO),
    (39, "2025-04-04 20:00", "PT48H", ["2025-04-07 20:00"], LOS_ANGELES),
    (40, "2025-03-08 13:00", "PT48H", ["2025-03-10 14:00", "2025-03-10 13:00"], CHICAGO),
    (41, "2025-11-01 20:00", "PT12H", ["2025-11-02 07:00"], NEW_YORK),
    (42, "2025-03-08 20:00", "PT12H", ["2025-03-09 09:00"], NEW_YORK),
    (43, "2025-03-01 09:00", "P20D", ["2025-03-21 24:00", "2025-03-21 10:00"], DENVER),
    (44, "2025-11-13 09:00", "10 business days", ["2025-11-28 24:00", "2025-12-01 24:00"], NEW_YORK),
    (45, "2024-12-02 09:00", "20 business days", ["2024-12-31 24:00", "2025-01-02 24:00"], NEW_YORK),
    (46, "2025-05-23 11:00", "2 business days", ["2025-05-28 16:00"], NEW_YORK),
    (47, "2025-11-26 15:00", "2 business days", ["2025-12-01 16:00", "2025-12-02 16:00"], NEW_YORK),
    (48, "2025-08-22 16:00", "3 business days", ["2025-08-27 24:00", "2025-08-27 16:00"], NEW_YORK),
]


@pytest.mark.parametrize(
    ("number", "start", "term", "ends", "zone"), WORKED, ids=[str(each[0]) for each in WORKED]
)
def test_every_end_that_a_court_may_hold_lies_within_the_bounds(
    number: int, start: str, term: str, ends: list[str], zone: str
) -> None:
    lo, hi = term_of(term, rule="", zones=[zone], is_deadline=True).ends(instant(start, zone))
    assert [end for end in ends if not lo <= instant(end, zone) <= hi] == [], number
    longest = 12 if "D" in term else 9 if "business" in term else 8
    assert hi - lo <= longest * 86_400_000_000  # and the bounds are of use


@pytest.mark.parametrize(
    ("number", "rule"), [(number, "frcp-6") for number in (1, 5, 7, 8, 16, 28, 9, 10, 11, 12)]
)
def test_by_a_stated_rule_of_time_the_end_is_that_end(number: int, rule: str) -> None:
    _, start, term, ends, zone = next(each for each in WORKED if each[0] == number)
    assert (
        term_of(term, rule=rule, zones=[zone], is_deadline=False).ends(instant(start, zone))
        == (instant(ends[0], zone),) * 2
    )


HOUR, DAY = 3_600_000_000, 86_400_000_000


@pytest.mark.parametrize(
    ("term", "rule", "end", "reach"),
    [
        ("PT48H", "elapsed", "2025-03-10 14:00", (48 * HOUR, 48 * HOUR)),
        ("PT48H", "clock", "2025-03-10 13:00", (47 * HOUR, None)),
        ("P14D", "elapsed", "2025-03-22 14:00", (14 * DAY, 14 * DAY)),
    ],
)
def test_an_end_by_the_clock_or_by_what_has_passed(
    term: str, rule: str, end: str, reach: tuple[int, int | None]
) -> None:
    """Over the night of 9 March 2025, whose day has 23 hours."""
    read, start = (
        term_of(term, rule=rule, zones=[CHICAGO], is_deadline=False),
        instant("2025-03-08 13:00", CHICAGO),
    )
    assert read.ends(start) == (instant(end, CHICAGO),) * 2
    lo, hi = read.reach()
    assert (lo, hi) == reach or (reach[1] is None and lo == reach[0])
    assert start + lo <= instant(end, CHICAGO) <= start + hi


LAST = (
    '[[relation]]\nof = "end"\nsince = "given"\nat_least = "P14D"\nat_most = "P14D"\nby = "the'
    ' order"\nevidence = "court"\nseen = []\n{rule}'
)

# months and years by hand from calendars: the day of the same number, the last day of a month that lacks it,
# then the next day that is not off
MONTHS = [
    ("2025-01-15 09:00", "P3M", "2025-04-15 24:00"),  # a Tuesday
    ("2025-01-31 09:00", "1 month", "2025-02-28 24:00"),  # a Friday
    ("2024-01-31 09:00", "P1M", "2024-02-29 24:00"),  # a Thursday of a leap year
    ("2025-02-15 09:00", "P3M", "2025-05-15 24:00"),  # a Thursday
    ("2025-03-19 09:00", "P3M", "2025-06-20 24:00"),  # Juneteenth, a Thursday
    ("2025-05-31 09:00", "P3M", "2025-09-02 24:00"),  # Sunday 31 August, then Labor Day
    ("2024-08-30 09:00", "P6M", "2025-02-28 24:00"),  # a Friday
    ("2024-11-30 09:00", "3 months", "2025-02-28 24:00"),
    ("2024-02-29 09:00", "P1Y", "2025-02-28 24:00"),
    ("2024-03-15 09:00", "1 year", "2025-03-17 24:00"),  # a Saturday
    ("2023-12-25 09:00", "P1Y", "2024-12-26 24:00"),  # Christmas
    ("2023-01-10 09:00", "P1Y6M", "2024-07-10 24:00"),  # a Wednesday
    ("2025-05-15 09:00", "-P3M", "2025-02-14 24:00"),  # back to a Saturday, so to the Friday before
]


@pytest.mark.parametrize(("start", "term", "end"), MONTHS)
def test_months_and_years_end_on_the_day_of_the_same_number(start: str, term: str, end: str) -> None:
    by_rule = term_of(term, rule="frcp-6", zones=[NEW_YORK], is_deadline=False).ends(instant(start, NEW_YORK))
    assert by_rule[0] <= instant(end, NEW_YORK) <= by_rule[1]
    assert by_rule[1] - by_rule[0] <= 7 * 86_400_000_000  # days that some states keep, and no other
    lo, hi = term_of(term, rule="", zones=[NEW_YORK], is_deadline=True).ends(instant(start, NEW_YORK))
    assert lo <= instant(end, NEW_YORK) <= hi


@pytest.mark.parametrize(("start", "term", "end"), [MONTHS[0], MONTHS[3], MONTHS[11]])
def test_by_a_stated_rule_a_month_that_ends_on_a_day_which_no_state_keeps_has_one_end(
    start: str, term: str, end: str
) -> None:
    assert (
        term_of(term, rule="frcp-6", zones=[NEW_YORK], is_deadline=False).ends(instant(start, NEW_YORK))
        == (instant(end, NEW_YORK),) * 2
    )


@pytest.mark.parametrize(
    ("start", "term", "ends"),
    [
        (
            "2024-08-30 09:00",
            "P6M",
            ["2025-02-28 24:00", "2025-02-26 24:00"],
        ),  # by the calendar, or as 180 days
        ("2024-02-29 09:00", "P1Y", ["2025-02-28 24:00", "2025-03-01 24:00"]),  # the day that the year lacks
    ],
)
def test_where_nobody_states_the_rule_every_way_of_counting_months_bounds_the_term(
    start: str, term: str, ends: list[str]
) -> None:
    lo, hi = term_of(term, rule="", zones=[NEW_YORK], is_deadline=False).ends(instant(start, NEW_YORK))
    assert [end for end in ends if not lo <= instant(end, NEW_YORK) <= hi] == []


def test_months_have_no_length_in_hours() -> None:
    with pytest.raises(MomentError, match=r"`P3M` cannot be counted by the rule `elapsed`"):
        term_of("P3M", rule="elapsed", zones=[NEW_YORK], is_deadline=False)


@pytest.mark.parametrize(
    ("time", "expected"), [("2025-04-15T23:59-04:00", "violated"), ("2025-04-16T00:01-04:00", "not_bound")],
)  # fmt: skip
def test_an_order_for_three_months_ends_with_the_day_of_the_same_number(time: str, expected: str) -> None:
    text = order(
        act("given", "binds", "2025-01-15T09:00-05:00") + act("end", "expires"),
        head='zones = ["America/New_York"]',
        rest=LAST.format(rule='rule = "frcp-6"\n').replace("P14D", "P3M"),
    )
    assert verdict(text, event(time)) == expected


def test_mail_adds_three_days_when_the_term_has_run() -> None:
    found = term_of("P14D", rule="frcp-6d", zones=[NEW_YORK], is_deadline=False).ends(
        instant("2025-02-03 10:00", NEW_YORK)
    )
    assert found == (instant("2025-02-21 24:00", NEW_YORK),) * 2


def test_days_off_that_are_certain_and_those_that_may_be() -> None:
    days = [
        dt.date(2025, 1, 20),
        dt.date(2025, 5, 26),
        dt.date(2025, 11, 27),
        dt.date(2025, 4, 18),
        dt.date(2025, 11, 28),
        dt.date(2026, 7, 3),
        dt.date(2020, 6, 18),
    ]
    calendar = calendar_of("")
    found = [calendar.is_off(day, zone=NEW_YORK) for day in days]
    assert found[:3] == [True] * 3
    assert all(isinstance(each, str) for each in found[3:6])
    assert found[6] is False


@pytest.mark.parametrize(
    ("start", "term", "lo", "hi"),
    [
        # the day after Juneteenth is West Virginia's
        ("2025-06-05 09:00", "P14D", "2025-06-20 24:00", "2025-06-23 24:00"),
        # Illinois keeps that Monday, Vermont and Louisiana the Tuesday
        ("2025-01-30 09:00", "P30D", "2025-03-03 24:00", "2025-03-05 24:00"),
        ("2025-06-02 10:00", "P9D", "2025-06-11 24:00", "2025-06-12 24:00"),  # King Kamehameha Day
        ("2025-08-01 10:00", "P14D", "2025-08-15 24:00", "2025-08-18 24:00"),  # Statehood Day
        # Pioneer Day, and Puerto Rico's the day after
        ("2025-07-10 10:00", "P14D", "2025-07-24 24:00", "2025-07-25 24:00"),
        ("2026-08-13 10:00", "P14D", "2026-08-27 24:00", "2026-08-28 24:00"),  # Lyndon Baines Johnson Day
    ],
)  # fmt: skip
def test_where_no_state_is_stated_a_day_that_some_state_keeps_may_be_off(
    start: str, term: str, lo: str, hi: str
) -> None:
    found = term_of(term, rule="frcp-6", zones=[NEW_YORK], is_deadline=False).ends(instant(start, NEW_YORK))
    assert found[0] == instant(lo, NEW_YORK)
    assert found[1] >= instant(hi, NEW_YORK)


@pytest.mark.parametrize("rule", ["", "frcp-6"])
def test_a_deadline_that_counts_back_may_fall_when_the_office_closes(rule: str) -> None:
    lo, hi = term_of("-P3D", rule=rule, zones=[NEW_YORK], is_deadline=True).ends(
        instant("2025-10-10 10:00", NEW_YORK)
    )
    assert lo <= instant("2025-10-07 16:00", NEW_YORK) < instant("2025-10-07 24:00", NEW_YORK) <= hi


def expiring(rule: str) -> str:
    """Write an order of a Sunday in winter time, for 14 days: the fifteenth day is a Sunday in summer
    time.
    """
    return order(
        act("given", "binds", "2025-03-02T19:25-05:00") + act("end", "expires"),
        head='zones = ["America/New_York"]',
        rest=LAST.format(rule=rule),
    )


@pytest.mark.parametrize(
    ("rule", "time", "expected"),
    [
        ("", "2025-03-16T19:00-04:00", "violated"),  # before every end
        ("", "2025-03-16T19:50-04:00", "undetermined"),  # by the clock it had ended, by the hours it had not
        ("", "2025-03-17T12:00-04:00", "undetermined"),  # on the day on which it may have run on
        ("", "2025-03-18T00:01-04:00", "not_bound"),
        ('rule = "elapsed"\n', "2025-03-16T19:50-04:00", "violated"),
        ('rule = "elapsed"\n', "2025-03-16T20:30-04:00", "not_bound"),
        ('rule = "clock"\n', "2025-03-16T19:50-04:00", "not_bound"),
        ('rule = "no-roll"\n', "2025-03-16T23:59-04:00", "violated"),
        ('rule = "no-roll"\n', "2025-03-17T00:01-04:00", "not_bound"),
        ('rule = "frcp-6"\n', "2025-03-17T23:59-04:00", "violated"),
        ('rule = "frcp-6"\n', "2025-03-18T00:00-04:00", "not_bound"),
    ],
)
def test_an_order_for_days_ends_by_its_rule_of_time_or_at_any_plausible_end(
    rule: str, time: str, expected: str
) -> None:
    _, rows = judged([expiring(rule)], [event(time)])
    assert rows[0]["verdict"] == expected
    if len(rows) > 1:  # nobody states the rule, and the ways of counting differ: each is a reading
        assert {"violated", "not_bound"} <= {row["verdict"] for row in rows[1:]}
    assert (len(rows) > 1) is (expected == "undetermined")


def test_a_deadline_can_follow_a_deadline_and_leaving_out_who_set_it_leaves_it_open() -> None:
    acts = (
        act("given", "binds", "2025-03-03T09:00-05:00") + act("first", "deadline") + act("second", "deadline")
    )
    link = (
        '[[relation]]\nof = "{}"\nsince = "{}"\nat_least = "P7D"\nat_most = "P7D"\nrule = "frcp-6"\nby ='
        ' "{}"\nevidence = "court"\nseen = []\n'
    )
    text = order(
        acts,
        term='requires = "return"\nby = "second"',
        head='zones = ["America/New_York"]',
        rest=link.format("first", "given", "a") + link.format("second", "first", "b"),
    )
    done = event("2025-03-19T10:00-04:00", kind="return")
    assert [row["verdict"] for row in judged([text], [done])[1]] == ["violated"]
    assert [row["verdict"] for row in judged([text], [done], Trust(without=("a",)))[1]] == ["undetermined"]


def test_terms_in_a_circle_are_followed_as_often_as_there_are_terms() -> None:
    """Each is at most the other's end: every round takes days off both, and no bound is ever too narrow."""
    year = "2025-03-03/2026-03-03"
    acts = (
        act("given", "binds", "2025-03-03T09:00-05:00")
        + act("a", "deadline", year)
        + act("b", "deadline", year)
    )
    link = '[[relation]]\nof = "{}"\nsince = "{}"\nat_most = "{}"\nby = "a"\nevidence = "court"\nseen = ["https://a.org"]\n'
    text = order(
        acts,
        term='requires = "return"\nby = "b"',
        head='zones = ["America/New_York"]',
        rest=link.format("b", "a", "P10D") + link.format("a", "b", "-P20D"),
    )
    line = timeline_of([read_order(text, file="o.toml")], [], Trust())
    first, second = line.moments["o.a"], line.moments["o.b"]
    declared = instant("2026-03-04 00:00", NEW_YORK) - 1
    assert first.lo == instant("2025-03-03 00:00", NEW_YORK)
    assert (first.hi or 0) < (second.hi or 0) < declared
    assert {one.relation.of for one in line.relations_under("o.a")} <= {"o.a", "o.b", "a", "b"}
    assert line.disagreements == ()
    # of a moment that nobody speaks of nothing is known
    assert (line.rests_on("o.nothing"), line.relations_under("o.nothing")) == ((), ())
