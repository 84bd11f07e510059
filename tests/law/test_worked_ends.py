"""Fifty terms of court and their ends, worked out by hand from the rules: one end where the rule settles it,
and else every end that is held, each under the reading that gives it.
"""

import datetime as dt

import pytest
from test_court_time import CHICAGO, DENVER, LOS_ANGELES, NEW_YORK, instant

from paradero.authored.court_time.closings import Closing
from paradero.authored.court_time.methods import method_ids
from paradero.authored.court_time.terms import term_of
from paradero.model.time.moments import MomentError
from paradero.model.time.reading import parse_moment

DC, MD, MA, TX = "d-dc", "d-md", "d-mass", "sd-tex"
KAMPALA = "2025-05-21 20:00 Africa/Kampala"  # 13:00 in New York

# the term, the rule stated for it, the calendar, when its day ends, the zone; then each end
DISPUTED = {
    13: (KAMPALA, "PT72H", "", "d-mass", "", NEW_YORK, ["2025-05-24 13:00", "2025-05-27 13:00"]),
    19.1: ("2025-04-09 09:00", "P10D", "frcp-6", MD, "24:00", "", ["2025-04-21 24:00"]),
    19.2: (
        "2025-04-09 09:00", "P10D", "frcp-6", MA, "24:00", "", ["2025-04-21 24:00", "2025-04-22 24:00"],
    ),
    20.1: ("2025-04-09 09:00", "P7D", "frcp-6", MD, "24:00", "", ["2025-04-16 24:00"]),
    20.2: ("2025-04-09 09:00", "P7D", "frcp-6", DC, "24:00", "", ["2025-04-16 24:00", "2025-04-17 24:00"]),
    21.1: ("2025-11-13 09:00", "P14D", "frcp-6", MA, "24:00", "", ["2025-11-28 24:00"]),
    21.2: ("2025-11-13 09:00", "P14D", "frcp-6", TX, "24:00", CHICAGO, ["2025-12-01 24:00"]),
    21.3: ("2025-11-13 09:00", "P14D", "frcp-6", MD, "24:00", "", ["2025-12-01 24:00"]),
    22: (
        "2026-06-19 09:00", "P14D", "frcp-6", "us-federal", "24:00", NEW_YORK,
        ["2026-07-03 24:00", "2026-07-06 24:00"],
    ),
    23: (
        "2025-01-02 09:00", "P7D", "frcp-6", "us-federal", "24:00", NEW_YORK,
        ["2025-01-09 24:00", "2025-01-10 24:00"],
    ),
    24.1: ("2021-01-06 09:00", "P14D", "frcp-6", MA, "24:00", "", ["2021-01-20 24:00"]),
    24.2: ("2021-01-06 09:00", "P14D", "frcp-6", DC, "24:00", "", ["2021-01-20 24:00", "2021-01-21 24:00"]),
    26: (
        "2025-03-15 19:25", "P14D", "tro-14", DC, "", "",
        ["2025-03-31 24:00", "2025-03-29 24:00", "2025-03-29 19:25"],
    ),
    27: (
        "2025-03-01 19:25", "P14D", "tro-14", DC, "", "",
        ["2025-03-17 24:00", "2025-03-15 24:00", "2025-03-15 20:25"],
    ),
    35: ("2024-08-30 09:00", "P6M", "", "us-federal", "24:00", NEW_YORK, ["2025-02-28 24:00", "2025-02-26 24:00"]),
    36: ("2024-02-29 09:00", "P1Y", "", "us-federal", "24:00", NEW_YORK, ["2025-02-28 24:00", "2025-03-01 24:00"]),
    40: ("2025-03-08 13:00", "PT48H", "", "texas", "", CHICAGO, ["2025-03-10 14:00", "2025-03-10 13:00"]),
    44: (
        "2025-11-13 09:00", "10 business days", "state-days", "us-federal+CA", "24:00", NEW_YORK,
        ["2025-11-28 24:00", "2025-12-01 24:00"],
    ),
    45: (
        "2024-12-02 09:00", "20 business days", "foia", "us-agencies", "24:00", NEW_YORK,
        ["2024-12-31 24:00", "2025-01-02 24:00"],
    ),
    47: (
        "2025-11-26 15:00", "2 business days", "", MD, "16:00", "", ["2025-12-01 16:00", "2025-12-02 16:00"],
    ),
    48: (
        "2025-08-22 16:00", "3 business days", "", "us-federal", "", NEW_YORK,
        ["2025-08-27 24:00", "2025-08-27 16:00"],
    ),
}  # fmt: skip

SETTLED = {
    1: ("2025-03-03 09:00", "P14D", "frcp-6", DC, "", "2025-03-17 24:00"),
    2: ("2025-06-05 09:00", "P14D", "frcp-6", DC, "", "2025-06-20 24:00"),
    3: ("2025-06-20 09:00", "P14D", "frcp-6", DC, "", "2025-07-07 24:00"),
    4: ("2024-12-18 09:00", "P14D", "frcp-6", DC, "", "2025-01-02 24:00"),
    5: ("2024-01-30 09:00", "P30D", "frcp-6", DC, "", "2024-02-29 24:00"),
    6: ("2025-01-30 09:00", "P30D", "frcp-6", DC, "", "2025-03-03 24:00"),
    7: ("2007-08-22 09:00", "P10D", "frcp-6", DC, "", "2007-09-04 24:00"),
    8: ("2007-09-11 09:00", "-P10D", "frcp-6", DC, "", "2007-08-31 24:00"),
    9: ("2007-11-02 10:23", "PT72H", "frcp-6", DC, "", "2007-11-05 09:23"),
    10: ("2025-03-07 16:00", "PT72H", "frcp-6", DC, "", "2025-03-10 17:00"),
    11: ("2025-06-05 15:30", "PT48H", "frcp-6", "nd-ill", "", "2025-06-09 15:30"),
    12: ("2025-07-03 18:00", "PT24H", "frcp-6", DC, "", "2025-07-07 18:00"),
    15: ("2025-12-05 09:00", "-P7D", "frcp-6", TX, "", "2025-11-28 24:00"),
    16: ("2025-12-05 09:00", "-P8D", "frcp-6", TX, "", "2025-11-26 24:00"),
    18: ("2025-03-03 09:00", "P14D", "frcp-6", MD, "closing", "2025-03-17 16:00"),
    25: ("2025-02-03 09:00", "P14D", "frcp-6d", DC, "", "2025-02-21 24:00"),
    28: ("2024-12-24 09:00", "P60D", "frap-26", "ca1", "", "2025-02-24 24:00"),
    29: ("2025-02-10 09:00", "P14D", "frap-26", "ca9", "", "2025-02-24 22:00 Pacific/Honolulu"),
    31: ("2025-03-21 09:00", "P90D", "scotus-30", "scotus", "", "2025-06-20 24:00"),
    34: ("2024-08-30 09:00", "P90D", "eoir-day", "eoir", "", "2024-11-29 24:00"),
    37: ("2025-01-03 22:00", "PT48H", "elapsed", "", "", "2025-01-05 22:00"),
    38: ("2025-01-17 14:00 America/Chicago", "PT48H", "detainer", "nd-ill", "", "2025-01-22 14:00"),
    39: ("2025-04-04 20:00", "PT48H", "ca-825", "california", "", "2025-04-07 20:00"),
    41: ("2025-11-01 20:00", "PT12H", "elapsed", "", "", "2025-11-02 07:00"),
    42: ("2025-03-08 20:00", "PT12H", "elapsed", "", "", "2025-03-09 09:00"),
    46: ("2025-05-23 11:00", "2 business days", "", MD, "16:00", "2025-05-28 16:00"),
    # marked to be checked in the source, and of one reading once the rule is stated
    32: ("2025-11-20 09:00", "P30D", "eoir-day", "eoir", "", "2025-12-22 24:00"),
    33: ("2025-12-15 09:00", "-P15D", "court-manual", "eoir", "", "2025-12-01 24:00"),
    33.1: ("2025-12-15 09:00", "-P15D", "frcp-6", "eoir", "", "2025-11-28 24:00"),
    43: ("2025-03-01 09:00", "P20D", "no-roll", "", "", "2025-03-21 24:00"),
    43.1: ("2025-03-01 09:00", "P20D", "elapsed", "", "", "2025-03-21 10:00"),
}

ZONES = {
    11: CHICAGO, 15: CHICAGO, 16: CHICAGO, 38: CHICAGO, 29: LOS_ANGELES, 39: LOS_ANGELES,
    43: DENVER, 43.1: DENVER,
}  # fmt: skip


def ends_of(
    term: str, rule: str, calendar: str, ends: str, zone: str, start: int
) -> dict[str, tuple[int, int]]:
    """Every end, by the reading that gives it."""
    read = term_of(
        term, rule=rule, zones=[zone] if zone else [], is_deadline=False, calendar=calendar, ends_with=ends
    )
    return {each.choice.id: (each.lo, each.hi) for each in read.readings(start)}


@pytest.mark.parametrize("number", SETTLED)
def test_where_the_rule_settles_it_there_is_one_end(number: float) -> None:
    start, term, rule, calendar, ends, end = SETTLED[number]
    zone = ZONES.get(number, NEW_YORK)
    found = ends_of(term, rule, calendar, ends, zone, instant(start, zone))
    assert set(found.values()) == {(instant(end, zone),) * 2}


@pytest.mark.parametrize("number", DISPUTED)
def test_where_it_is_disputed_each_reading_has_its_end(number: float) -> None:
    start, term, rule, calendar, ends, zone, expected = DISPUTED[number]
    found = ends_of(term, rule, calendar, ends, zone, instant(start, zone or NEW_YORK))
    assert set(found.values()) == {(instant(end, zone or NEW_YORK),) * 2 for end in expected}


def test_an_hour_that_came_twice_has_two_ends_until_somebody_tells() -> None:
    """14: from 01:30 of 2 November 2025, for 24 hours."""
    given = parse_moment("2025-11-02T01:30", zones=[NEW_YORK])
    assert given.lo is not None
    assert given.hi is not None
    read = term_of("PT24H", rule="elapsed", zones=[NEW_YORK], is_deadline=False)
    lo, hi = read.ends(given.lo)[0], read.ends(given.hi)[1]
    assert lo <= instant("2025-11-03 00:30", NEW_YORK) < instant("2025-11-03 01:30", NEW_YORK) <= hi


def test_a_mandate_follows_two_terms_one_after_the_other() -> None:
    """30: 45 days for rehearing, and seven more."""
    opinion = instant("2025-04-01 10:00", NEW_YORK)
    rehearing = term_of("P45D", rule="frap-26", zones=[NEW_YORK], is_deadline=False, calendar="cadc")
    mandate = term_of("P7D", rule="frap-26", zones=[NEW_YORK], is_deadline=False, calendar="cadc")
    end = rehearing.ends(opinion)
    assert end == (instant("2025-05-16 24:00", NEW_YORK),) * 2
    # the day on which rehearing time ends is not counted
    assert mandate.ends(end[0] - 1) == (instant("2025-05-23 24:00", NEW_YORK),) * 2


def test_a_fixed_instant_is_never_moved() -> None:
    """17: a Sunday at 17:00."""
    given = parse_moment("2025-04-13T17:00", zones=[NEW_YORK])
    assert given.lo == instant("2025-04-13 17:00", NEW_YORK)
    assert (given.hi or 0) - (given.lo or 0) < 60_000_000


@pytest.mark.parametrize("text", ["2022-06-20T18:00 CET", "midnight on 2022-06-21"])
def test_a_clock_of_which_nobody_says_what_it_shows_is_refused(text: str) -> None:
    """49 and 50: abbreviations and midnights have to be written as the range they leave."""
    with pytest.raises(MomentError):
        parse_moment(text)


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        ({"rule": "frcp6"}, r"`rule` must be one of .*`frcp6` is not. Did you mean `frcp-6`"),
        ({"calendar": "d-mb"}, r"`d-mb` in the calendar `d-mb` is not a calendar. Did you mean .*`d-md`"),
        ({"calendar": "us-federal+ZZ"}, r"`ZZ` in the calendar `us-federal\+ZZ` is not a state"),
        ({"ends_with": "noon"}, r"`ends` must be `24:00`, `closing` or a clock time"),
    ],
)
def test_what_there_is_not_is_refused_with_what_there_is(stated: dict[str, str], said: str) -> None:
    given = {"rule": "", "calendar": "", "ends_with": "", **stated}
    with pytest.raises(MomentError, match=said):
        term_of("P14D", zones=[NEW_YORK], is_deadline=False, **given)  # type: ignore[arg-type]


def test_no_two_ways_of_counting_have_one_name() -> None:
    assert len(set(method_ids())) == len(method_ids()) > 20


@pytest.mark.parametrize(
    ("start", "term", "rule", "calendar", "zone", "ends"),
    [
        # six months as 180 days without a roll, to their end or by the hours: a Saturday
        ("2025-06-02 10:00", "P6M", "", "d-dc", NEW_YORK, ["2025-11-29 24:00", "2025-11-29 09:00"]),
        # Columbus Day is no day off of California's and Texas's courts
        ("2025-09-29 10:00", "P14D", "ca", "california", LOS_ANGELES, ["2025-10-13 24:00"]),
        ("2025-09-29 10:00", "P14D", "tx", "texas", CHICAGO, ["2025-10-13 24:00"]),
        # days that states may keep
        (
            "2025-01-29 10:00",
            "P14D",
            "frcp-6",
            "cd-cal",
            LOS_ANGELES,
            ["2025-02-12 24:00", "2025-02-13 24:00"],
        ),
        ("2025-04-04 10:00", "P14D", "frcp-6", "sd-fla", NEW_YORK, ["2025-04-18 24:00", "2025-04-21 24:00"]),
        ("2025-03-03 10:00", "P14D", "frcp-6", "d-mass", NEW_YORK, ["2025-03-17 24:00", "2025-03-18 24:00"]),
        # an order's business days counted back pass over Maryland's Friday, in one reading
        (
            "2025-12-01 10:00",
            "-1 business days",
            "",
            "d-md",
            NEW_YORK,
            ["2025-11-28 24:00", "2025-11-26 24:00"],
        ),
        # by the clock, back over a change of clocks
        ("2025-03-12 10:00", "-P7D", "", "d-dc", NEW_YORK, ["2025-03-05 10:00", "2025-03-05 09:00"]),
    ],
)
def test_no_end_that_is_held_is_missing(
    start: str, term: str, rule: str, calendar: str, zone: str, ends: list[str]
) -> None:
    found = set(ends_of(term, rule, calendar, "", zone, instant(start, zone)).values())
    assert {(instant(end, zone),) * 2 for end in ends} <= found


@pytest.mark.parametrize(
    ("zone", "day"), [("America/Santiago", "2025-09-05"), ("America/Havana", "2025-03-07")]
)
def test_hours_end_also_where_a_day_begins_at_one(zone: str, day: str) -> None:
    (found,) = set(ends_of("PT48H", "detainer", "", "", zone, instant(f"{day} 10:00", zone)).values())
    assert found[0] > instant(f"{day} 10:00", zone)


@pytest.mark.parametrize(
    ("term", "rule", "ends", "said"),
    [
        ("P9999999D", "", "", "a hundred years"),
        ("9999999 business days", "", "", "2,600 working days"),
        ("PT9999999H", "detainer", "", "a hundred years"),
        ("PT72H", "frcp-6d", "", "adds days"),
        ("3 business days", "frcp-6d", "", "adds days"),
        ("-P10D", "frcp-6d", "", "adds days"),
        ("PT48H", "", "16:00", "end with a day"),
        ("P2D", "elapsed", "16:00", "end with a day"),
    ],
)
def test_what_a_rule_does_not_speak_of_is_refused(term: str, rule: str, ends: str, said: str) -> None:
    with pytest.raises(MomentError, match=said):
        term_of(term, rule=rule, zones=[NEW_YORK], is_deadline=False, ends_with=ends)


@pytest.mark.parametrize("start", ["0050-01-01 10:00", "9999-12-25 10:00"])
def test_beyond_every_calendar_nothing_is_counted(start: str) -> None:
    for term in ("P14D", "-P99Y", "PT48H", "3 business days"):
        assert ends_of(term, "", "", "", "Z", instant(start, "UTC"))


CLERK, AGENCY = "the clerk's notice", "the agency's notice"

# the term, the rule stated for it, the calendar, its zone, the days on which the office was not open; each end
CLOSED = {
    # Fed. R. Civ. P. 6(a)(3): forward, past Labor Day, also where days are counted back
    "counted back": (
        "2007-09-11 09:00", "-P10D", "frcp-6", DC, [("2007-08-31", "inaccessible")],
        {"frcp-6": "2007-08-31 24:00", "frcp-6-inaccessible": "2007-09-04 24:00"},
    ),
    "on the last day": (
        "2025-03-03 09:00", "P14D", "frcp-6", DC, [("2025-03-17", "inaccessible")],
        {"frcp-6": "2025-03-17 24:00", "frcp-6-inaccessible": "2025-03-18 24:00"},
    ),
    "over a weekend": (
        "2025-03-07 09:00", "P14D", "frcp-6", DC, [("2025-03-21", "inaccessible"), ("2025-03-24", "inaccessible")],
        {"frcp-6": "2025-03-21 24:00", "frcp-6-inaccessible": "2025-03-25 24:00"},
    ),
    "at an hour": (
        "2025-06-11 15:30", "PT48H", "frcp-6", DC, [("2025-06-13", "inaccessible")],
        {"frcp-6": "2025-06-13 15:30", "frcp-6-inaccessible": "2025-06-16 15:30"},
    ),
    "on another day": (
        "2025-03-03 09:00", "P14D", "frcp-6", DC, [("2025-03-14", "inaccessible")],
        {"frcp-6": "2025-03-17 24:00"},
    ),
    # a clerk's own closing is no holiday: only of working days is it held that the office has to be open
    "closed, and no holiday": (
        "2025-03-03 09:00", "P14D", "frcp-6", DC, [("2025-03-17", "closed")], {"frcp-6": "2025-03-17 24:00"},
    ),
    "working days": (
        "2025-01-13 09:00", "2 business days", "state-days", "us-federal", [("2025-01-14", "closed")],
        {"state-days": "2025-01-15 24:00", "office-days": "2025-01-16 24:00"},
    ),
    "working days, by the hour too": (
        "2025-08-22 16:00", "3 business days", "", "us-federal", [("2025-08-26", "closed")],
        {
            "federal-days": "2025-08-27 24:00", "federal-clock": "2025-08-27 16:00",
            "office-days": "2025-08-28 24:00", "office-clock": "2025-08-28 16:00",
        },
    ),
    "an agency's working days are by statute": (
        "2025-01-13 09:00", "2 business days", "foia", "us-agencies", [("2025-01-14", "closed")],
        {"foia": "2025-01-15 24:00"},
    ),
    "on appeal": (
        "2025-03-03 09:00", "P14D", "frap-26", "us-federal", [("2025-03-17", "inaccessible")],
        {"frap-26": "2025-03-17 24:00", "frap-26-inaccessible": "2025-03-18 24:00"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CLOSED)
def test_a_day_on_which_an_office_was_not_open_is_a_reading_beside_the_others(name: str) -> None:
    start, text, rule, calendar, days, ends = CLOSED[name]
    closings = [
        Closing(day=dt.date.fromisoformat(day), office=office, by=CLERK, evidence="official", seen=[])
        for day, office in days
    ]
    term = term_of(text, rule=rule, zones=[NEW_YORK], is_deadline=False, calendar=calendar, closings=closings)
    found = term.readings(instant(start, NEW_YORK))
    assert {each.choice.id: each.hi for each in found} == {
        reading: instant(end, NEW_YORK) for reading, end in ends.items()
    }
    # whoever says that it was not open is named in the reading, and left out it is as if nobody had said so
    assert all(
        (CLERK in each.title) == (each.choice.method in ends and each.choice.method not in PLAIN)
        for each in found
    )
    alone = {each.choice.id for each in term.without([CLERK]).readings(instant(start, NEW_YORK))}
    assert alone == set(ends) & PLAIN
    assert term.without([AGENCY]) == term
    lo, hi = term.reach()
    assert all(
        lo <= each.lo - instant(start, NEW_YORK) and each.hi - instant(start, NEW_YORK) <= hi
        for each in found
    )


PLAIN = {"frcp-6", "frap-26", "state-days", "federal-days", "federal-clock", "foia"}
