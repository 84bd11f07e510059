"""Moments are read as written, never guessed, and printed so that they read back the same."""

import datetime as dt
import json
import zoneinfo
from dataclasses import replace
from itertools import pairwise

import pytest
from attack.scale import draws
from hypothesis import given, settings
from hypothesis import strategies as st

from paradero.model.errors import ParaderoError
from paradero.model.safe_text import shown_in_json
from paradero.model.time import zones
from paradero.model.time.clock import EPOCH, us_of
from paradero.model.time.moments import (
    Assumption,
    ClockChange,
    Missing,
    Moment,
    MomentError,
    Precision,
    Reason,
    coarsest,
    exact,
    unknown,
)
from paradero.model.time.printing import moment_text
from paradero.model.time.reading import clock_moment, duration_us, parse_moment
from paradero.model.time.zones import offset_at

HOUR = 3_600_000_000
ZONES = [
    "America/New_York",
    "America/Chicago",
    "America/Sao_Paulo",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Asia/Tokyo",
    "America/Tegucigalpa",
    "UTC",
]


def utc(text: str) -> int:
    """Give the microseconds of a time in UTC."""
    return us_of(dt.datetime.fromisoformat(text))


def bounds(text: str) -> tuple[int | None, int | None]:
    moment = parse_moment(text)
    return moment.lo, moment.hi


def span(first: str, last: str) -> tuple[int, int]:
    """Give the bounds from one UTC minute to the end of another."""
    return utc(first), utc(last) + 59_999_999


# Reading


def test_clock_ranges_with_zones() -> None:
    assert bounds("2025-03-15T17:42/17:45-04:00") == span("2025-03-15T21:42", "2025-03-15T21:45")
    assert bounds("2025-03-15T17:42/2025-03-15T18:10[America/New_York]") == span(
        "2025-03-15T21:42", "2025-03-15T22:10"
    )
    assert bounds("2025-03-15T16:42-05:00/2025-03-15T17:45-04:00") == span(
        "2025-03-15T21:42", "2025-03-15T21:45"
    )
    assert bounds("2025-03-15T16:42[America/Chicago]/2025-03-15T17:45[America/New_York]") == span(
        "2025-03-15T21:42", "2025-03-15T21:45"
    )
    assert parse_moment("2025-03-15T16:42-05:00/2025-03-15T17:45-04:00").zone == "Z"
    assert bounds("2025-03-15T17:42-04:00/17:45") == bounds("2025-03-15 17:42/17:45-04")


def test_an_interval_with_a_place_reads_each_side_on_its_own_clock() -> None:
    assert bounds("2025-11-01T12:00/2025-11-03T12:00-05:00[America/New_York]") == span(
        "2025-11-01T16:00", "2025-11-03T17:00"
    )


def test_a_time_shown_twice_spans_both_unless_its_offset_is_given() -> None:
    moment = parse_moment("2025-11-02T01:30[America/New_York]")
    assert (moment.lo, moment.hi, moment.clock_change) == (
        *span("2025-11-02T05:30", "2025-11-02T06:30"),
        ClockChange.FOLD,
    )
    moment = parse_moment("2025-11-02T01:30-05:00[America/New_York]")
    assert (moment.lo, moment.hi, moment.clock_change) == (
        *span("2025-11-02T06:30", "2025-11-02T06:30"),
        None,
    )


def test_a_time_never_shown_spans_the_hole_and_is_marked() -> None:
    moment = parse_moment("2025-03-09T02:30[America/New_York]")
    assert (moment.lo, moment.hi, moment.clock_change) == (
        *span("2025-03-09T06:30", "2025-03-09T07:30"),
        ClockChange.GAP,
    )
    assert moment_text(moment) == "2025-03-09T02:30[America/New_York]"


def test_a_day_whose_midnight_was_skipped_begins_when_it_began() -> None:
    moment = parse_moment("2018-11-04[America/Sao_Paulo]")
    assert (moment.lo, moment.hi, moment.clock_change) == (
        utc("2018-11-04T03:00"),
        utc("2018-11-05T02:00") - 1,
        None,
    )
    assert moment_text(moment) == "2018-11-04[America/Sao_Paulo]"
    assert parse_moment("2011-12-30[Pacific/Apia]").clock_change is ClockChange.GAP
    assert (
        parse_moment("1919-03-30[America/Toronto]").hi == parse_moment("1919-03-31[America/Toronto]").lo - 1
    )  # type: ignore[operator]


def test_consecutive_days_meet_whatever_the_clocks_do() -> None:
    for zone in ZONES[:4]:
        days = [dt.date(2018, 1, 1) + dt.timedelta(days=n) for n in range(366)]
        moments = [parse_moment(f"{day}[{zone}]") for day in days]
        assert all(one.hi is not None and one.hi + 1 == following.lo for one, following in pairwise(moments))


def test_an_assumed_zone_widens_and_is_recorded() -> None:
    text = "2025-03-15T17:42"
    one = parse_moment(text, zones=["America/New_York"])
    two = parse_moment(text, zones=["America/New_York", "America/Chicago", "America/New_York"])
    none = parse_moment(text)
    assert (one.lo, one.hi, one.zone) == (*span("2025-03-15T21:42", "2025-03-15T21:42"), None)
    assert (two.lo, two.hi) == span("2025-03-15T21:42", "2025-03-15T22:42")
    assert (none.lo, none.hi) == span("2025-03-15T03:42", "2025-03-16T05:42")
    assert [moment.assumed for moment in (one, two, none)] == [
        Assumption(zones=("America/New_York",)),
        Assumption(zones=("America/New_York", "America/Chicago"), lo_us=HOUR, hi_us=HOUR),
        Assumption(lo_us=26 * HOUR, hi_us=26 * HOUR),
    ]
    assert parse_moment("2025-03-15T17:42-04:00", zones=["Asia/Tokyo"]) == parse_moment(
        "2025-03-15T17:42-04:00"
    )
    assert parse_moment("2025-03-15T17:42[America/New_York|America/Chicago?]") == two


def test_a_clock_reading_of_a_table_becomes_a_moment() -> None:
    minute = utc("2025-03-15T17:42")
    found = clock_moment(
        minute, minute + 59_999_999, precision=Precision.MINUTE, zones=["America/New_York", "America/Chicago"]
    )
    assert found == parse_moment("2025-03-15T17:42", zones=["America/New_York", "America/Chicago"])


def test_missing_sides_say_why() -> None:
    moment = parse_moment("2025-03-15T17:42/..[America/New_York][hi=withheld: b(6), b(7)(C) %5Bsic%5D]")
    assert moment.hi_why_missing == Missing(reason=Reason.WITHHELD, words="b(6), b(7)(C) [sic]")
    assert parse_moment(moment_text(moment)) == moment
    assert parse_moment("2025-03-15Z/").hi_why_missing == Missing(reason=Reason.BLANK)
    assert parse_moment("../2025-03-15Z").lo_why_missing == Missing(reason=Reason.NOT_RECORDED)
    for reason in Reason:
        withheld = unknown(reason, words="b(6)")
        assert parse_moment(moment_text(withheld)) == withheld


def test_a_doubt_without_measure_gives_no_bound_and_one_with_measure_does() -> None:
    for mark in "~?%":
        moment = parse_moment(f"2025-03{mark}")
        assert (moment.lo, moment.hi, moment.precision) == (None, None, Precision.MONTH)
        assert moment.lo_why_missing == Missing(reason=Reason.INEXACT, words=f"2025-03{mark}")
    assert bounds("2025-03-15T16:00-04:00~PT10M") == span("2025-03-15T19:50", "2025-03-15T20:10")
    assert bounds("2025-03-15/2025-04~")[1] is None


def test_durations_have_a_fixed_length() -> None:
    assert duration_us("P1W2DT3H4M5.5S") == ((9 * 24 + 3) * 3600 + 4 * 60 + 5) * 1_000_000 + 500_000
    for text in ("P1M", "P1Y", "P", "PT", "1H", "P-1D", "P1DT"):
        with pytest.raises(MomentError, match="fixed length"):
            duration_us(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "March 2025", "15/03/2025", "03/15/2025", "3/4/25", "2025-3-15", "2025-13", "2025-02-29", "2025-366", "2025-W54", "2025-03-15T25:00", "2025-03-15T24:01",
        "2025-03-15T17:60", "2025-03-15T17:42:60", "2025-03-15T17:42 EDT", "2025-03-15T17:42[EST]", "2025-03-15T17:42[America/Gotham]", "2025-03-15T17:42[../etc]",
        "2025-03-15T17:42-00:00", "2025-03-15T17:42-17:00", "2025-03-15T17:42:01.1234567Z", "2025-03-15T5:42 PM", "17:42", "2025-03-15T17:45/17:42Z", "0000", "Y12025",
        "2025-03-15/2025-03-16/2025-03-17", "2025-03-15/P1M", "P1D", "{2025, 2026}", "[2025", "[2025, ]x", "XXXX", "2025-03-15T17:42[America/New_York|America/Chicago]",
        "2025-03-15T02:30-04:00[Asia/Tokyo]", "2025-03-09T02:30-04:00[America/New_York]", "2025-03-15Z[lo=withheld: b(6)]", "../..[lo=secret]", "2025Z[precision=eon]",
        "2025-03-15T17:42-04:00/2025-03-16[Asia/Tokyo|UTC?]", "\u0662\u0660\u0662\u0665", "2025-03-15T17:42+4", "2025-03-15T1742", "20250315T17:42", "2025-XX-XXT10:00",
        "2025-02-3X", "/PT3M", "2025~/PT3M", "2025-03-15-04:00", "2025-03-15T17:42Z[Asia/Tokyo?]",
        "[2025-03-15, 2025-03-16T10:00Z][Asia/Tokyo?]", "0001-01-01~PT10M", "9999-12-31Z/PT1S", "0001-01-01[Asia/Tokyo]/0001-01-03Z",
    ],
)  # fmt: skip
def test_what_is_no_moment_is_refused_with_what_to_do(text: str) -> None:
    with pytest.raises(ParaderoError, match=r"^`.*` .*\. [A-Z].*\.$"):
        parse_moment(text)


def test_a_moment_cannot_contradict_itself() -> None:
    for faulty in (
        {"lo": 2, "hi": 1},
        {"lo": None, "hi": 1},
        {"lo": 1, "hi": 1, "zone": "Z", "assumed": Assumption()},
    ):
        with pytest.raises(MomentError, match=r"``.*\. [A-Z].*\.$"):
            Moment(**faulty)  # type: ignore[arg-type]
    assert coarsest(None, Precision.DAY, Precision.MINUTE) is Precision.DAY
    assert coarsest(None) is None


# Printing


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("2025-03-15T17:42/2025-03-15T17:45-04:00", "2025-03-15T17:42/17:45-04:00"),
        ("20250315T214200Z", "2025-03-15T21:42:00Z"),
        ("2025-03-15T24:00Z", "2025-03-16T00:00Z"),
        ("2025-074Z", "2025-03-15Z"),
        ("2025-W11Z", "2025-W11Z"),
        ("2025-03-15T21:42Z[America/New_York]", "2025-03-15T17:42[America/New_York]"),
        ("2025-33Z", "2025-01/2025-03Z[precision=season]"),
        ("202X", "2020/2029"),
        ("[2025-03-15, 2025-03-18][America/New_York]", "2025-03-15/2025-03-18[America/New_York]"),
        ("2025-03-15T17:42Z/PT3M", "2025-03-15T17:42/17:45Z"),
        ("2025-03-15T16:00-04:00~", "2025-03-15T16:00-04:00~"),
        ("2025-03-15T17:42", "2025-03-15T17:42"),
    ],
)
def test_the_shortest_form_is_printed(text: str, printed: str) -> None:
    assert moment_text(parse_moment(text)) == printed


def test_a_moment_put_together_is_printed_by_its_bounds() -> None:
    assert moment_text(exact(utc("2025-03-15T21:42"))) == "2025-03-15T21:42:00.000000Z"
    tightened = replace(parse_moment("2025-03-15T17:42[America/New_York]"), lo=utc("2025-03-15T21:42:20"))
    assert moment_text(tightened) == "2025-03-15T17:42:20/17:42[America/New_York]"
    by_hand = Moment(lo=0, hi=5, precision=Precision.DAY, assumed=Assumption(zones=("Asia/Tokyo",), lo_us=7))
    assert moment_text(by_hand) == "1970-01-01T00:00:00.000000Z/00:00:00.000005Z"
    with pytest.raises(MomentError, match="years 0001 to 9999"):
        moment_text(Moment(lo=-(2**62), hi=2**62))


dates = st.dates(min_value=dt.date(1, 1, 1), max_value=dt.date(9999, 12, 31))
recent = st.dates(min_value=dt.date(1990, 1, 1), max_value=dt.date(2030, 12, 31))
near_changes = st.sampled_from(
    [
        dt.date(2025, 3, 9),
        dt.date(2025, 11, 2),
        dt.date(2018, 11, 4),
        dt.date(2018, 2, 18),
        dt.date(2025, 10, 5),
        dt.date(2011, 12, 30),
    ]
)
days = st.one_of(dates, recent, recent, near_changes)
date_texts = st.one_of(
    days.map(str), days.map(lambda day: f"{day:%Y}".zfill(4)), days.map(lambda day: str(day)[:7]), days.map(lambda day: str(day)[:8] + "XX"),
    days.map(lambda day: str(day)[:3] + "X"), days.map(lambda day: f"{str(day)[:4]}-XX-{min(day.day, 28):02d}"), days.map(lambda day: str(day).replace("-", "")),
    days.map(lambda day: f"{str(day)[:4]}-{day.timetuple().tm_yday:03d}"), recent.map(lambda day: day.strftime("%G-W%V")),
    st.builds("{}-{}".format, st.integers(1900, 2100), st.integers(21, 41)),
)  # fmt: skip
clocks = st.one_of(
    st.times().map(lambda time: time.isoformat("microseconds")),
    st.times().map(lambda time: time.isoformat("milliseconds")),
    st.times().map(lambda time: time.isoformat("seconds")),
    st.times().map(lambda time: time.isoformat("minutes")),
    st.times().map(lambda time: f"{time:%H}"),
    st.sampled_from(["01:30", "02:30", "00:30", "23:30", "24:00", "17:42:05.5"]),
)
offsets = st.sampled_from(["Z", "+00:00", "-04:00", "-05", "+0530", "+14:00", "-12:00"])
places = st.one_of(
    st.just(""),
    st.sampled_from(ZONES).map(lambda zone: f"[{zone}]"),
    st.lists(st.sampled_from([*ZONES, "-03:00"]), min_size=1, max_size=3, unique=True).map(
        lambda names: f"[{'|'.join(names)}?]"
    ),
)
doubts = st.sampled_from([""] * 8 + ["~", "?", "%", "~PT10M", "?P2D", "%PT1.5S"])
clock_texts = st.builds("{}T{}{}".format, days, clocks, st.one_of(st.just(""), st.just(""), offsets))
points = st.builds("{}{}".format, st.one_of(date_texts, clock_texts, clock_texts), doubts)
ends = st.one_of(points, points, points, clocks, st.sampled_from(["..", "", "PT3M", "P2DT1H"]))
starts = st.one_of(points, points, points, st.sampled_from(["..", "", "PT3M"]))
sets = st.builds("[{}, {}{}]".format, points, points, st.sampled_from(["", "..", "..2030"]))
reasons = st.sampled_from([""] * 6 + ["[hi=withheld: b(6) %5B%25%5D]", "[lo=censored]", "[precision=hour]"])
texts = st.builds(
    "{}{}{}".format, st.one_of(points, st.builds("{}/{}".format, starts, ends), sets), places, reasons
)


@settings(max_examples=draws(300, 3000), deadline=None, derandomize=True)
@given(text=texts)
def test_what_is_read_prints_and_reads_back_the_same(text: str) -> None:
    try:
        moment = parse_moment(text)
    except ParaderoError:
        return
    printed = moment_text(moment)
    assert parse_moment(printed) == moment
    assert moment_text(parse_moment(printed)) == printed
    assert parse_moment(f" {text} ") == moment


def test_most_texts_drawn_are_moments() -> None:
    read: list[bool] = []

    @settings(max_examples=300, deadline=None, derandomize=True, database=None)
    @given(text=texts)
    def count(text: str) -> None:
        try:
            read.append(parse_moment(text) is not None)
        except ParaderoError:
            read.append(False)

    count()
    assert sum(read) > len(read) / 3


@settings(max_examples=400, deadline=None, derandomize=True)
@given(day=st.one_of(recent, near_changes), minute=st.integers(0, 1439), zone=st.sampled_from(ZONES))
def test_bounds_hold_every_instant_at_which_a_clock_shows_the_text(
    day: dt.date, minute: int, zone: str
) -> None:
    instant = dt.datetime.combine(day, dt.time(), dt.UTC) + dt.timedelta(minutes=minute)
    local = instant.astimezone(zoneinfo.ZoneInfo(zone))
    us = us_of(instant.replace(tzinfo=None))
    texts = [
        local.strftime(form)
        for form in ("%Y", "%Y-%m", "%Y-%m-%d", "%G-W%V", "%Y-%m-%dT%H", "%Y-%m-%dT%H:%M")
    ]
    moments = [parse_moment(f"{text}[{zone}]") for text in texts]
    assert all(
        moment.lo is not None and moment.hi is not None and moment.lo <= us <= moment.hi for moment in moments
    )
    assert parse_moment(f"{texts[-1]}[{zone}]", zones=["Asia/Tokyo"]) == moments[-1]
    offset = local.strftime("%z")
    assert parse_moment(f"{texts[-1]}{offset[:3]}:{offset[3:]}[{zone}]").lo == us
    assert us + offset_at(us, zone) == us_of(local.replace(tzinfo=None)) >= us_of(EPOCH) - 10**18


@settings(max_examples=300, deadline=None, derandomize=True)
@given(
    text=st.builds("{}T{}".format, recent, clocks),
    zones=st.lists(st.sampled_from(ZONES), min_size=2, max_size=4),
    fewer=st.integers(1, 3),
)
def test_assuming_more_zones_only_widens(text: str, zones: list[str], fewer: int) -> None:
    widths = [parse_moment(text, zones=some) for some in (zones[: min(fewer, len(zones))], zones, [])]
    for narrow, wide in pairwise(widths):
        assert wide.lo <= narrow.lo <= narrow.hi <= wide.hi  # type: ignore[operator]


def test_a_moment_that_no_text_gives_is_printed_by_its_bounds() -> None:
    silent = Missing(reason=Reason.WITHHELD, words="(b)(6)")
    odd = Assumption(zones=("Asia/Tokyo", "UTC"), lo_us=5, hi_us=5)  # these two never differ by that
    begun = Moment(lo=1, hi=None, hi_why_missing=silent, assumed=odd)
    assert moment_text(begun) == "1970-01-01T00:00:00.000001Z/..[hi=withheld: (b)(6)]"
    over = Moment(lo=None, hi=1, lo_why_missing=silent, assumed=odd)
    assert moment_text(over) == "../1970-01-01T00:00:00.000001Z[lo=withheld: (b)(6)]"


def test_where_a_machine_has_no_zones_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zones, "_places", frozenset)
    with pytest.raises(MomentError, match="No time zone data on this computer, so `Asia/Tokyo` cannot be"):
        zones._zone.__wrapped__("Asia/Tokyo")


def test_letters_beyond_the_first_plane_are_two_units_in_json() -> None:
    text = "a\u202eb\U000e0041c"
    shown = shown_in_json(f'"{text}"')
    assert shown == r'"a\u202eb\udb40\udc41c"'
    assert json.loads(shown) == text
