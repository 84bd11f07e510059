"""Flight lists and registers: moments hold what the list states, every cell that is not read is told, dates
of registers count.
"""

from __future__ import annotations

import datetime as dt
import zoneinfo
from pathlib import Path

import msgspec
import pytest
from casefile.made import said
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from paradero.flights.list_listing import line_with_register, stated_leg, stated_line, with_register
from paradero.flights.listed.clocks import abbreviations, clock_of, day_moment, minute_moment
from paradero.flights.listed.flight_lists import read_flight_list
from paradero.flights.listed.list_layouts import list_layouts
from paradero.flights.listed.list_rows import rows_of
from paradero.flights.listed.listed import FlightList
from paradero.flights.listed.registers import read_registers
from paradero.flights.listing import instant, why_missing
from paradero.flights.places.airports import airports
from paradero.model.errors import SourceError, UnknownName
from paradero.model.time.moments import Missing, Reason

ICE_AIR = Path(__file__).parents[2].parent / "shared" / "data" / "ice_air"


@pytest.fixture(scope="module")
def ice_air() -> Path:
    assert ICE_AIR.is_dir(), (
        f"expected the public lists in {ICE_AIR}: they are part of the shared folder beside the checkout"
    )
    return ICE_AIR


def listed(folder: Path, text: str, name: str = "list.csv") -> FlightList:
    (folder / name).write_text(text, encoding="utf-8")
    return read_flight_list(folder / name)


CLOCKS = [
    ("08:05 EDT", (8, 5, "EDT")),
    ("08:05\u00a0EDT", (8, 5, "EDT")),
    ("1730Z", (17, 30, "Z")),
    ("8:05 pm", (20, 5, None)),
    ("12:00 am", (0, 0, None)),
    ("24:00", None),
    ("13:00 pm", None),
    ("8:05 am pm", None),
    ("around noon", None),
]


@pytest.mark.parametrize(("text", "clock"), CLOCKS)
def test_clock_readings(text: str, clock: tuple[int, int, str | None] | None) -> None:
    assert clock_of(text) == clock


ZONES = [
    # abbreviation, zone of the place, earliest and latest minute in UTC of 12:00 on 24 April 2020
    ("EDT", "America/New_York", "16:00", "16:00"),
    ("CST", "America/Guatemala", "18:00", "18:00"),
    ("CST", None, "04:00", "18:00"),
    ("EDT", "America/Guatemala", "16:00", "16:00"),
    (None, "America/Chicago", "17:00", "17:00"),
]


@pytest.mark.parametrize(("abbreviation", "zone", "lo", "hi"), ZONES)
def test_an_abbreviation_is_the_places_own_or_all_that_it_names(
    abbreviation: str | None, zone: str | None, lo: str, hi: str
) -> None:
    found = minute_moment(dt.date(2020, 4, 24), 12, 0, abbreviation, zone)
    assert [(instant(us) or "")[11:16] for us in (found.lo, found.hi)] == [lo, hi]
    assert found.assumed is not None or found.zone is not None


def test_no_zone_at_all_is_any_clock_on_earth_and_an_unknown_one_an_error() -> None:
    found = minute_moment(dt.date(2020, 4, 24), 12, 0, None, None)
    assert (instant(found.lo), instant(found.hi)) == ("2020-04-23T22:00:00.000Z", "2020-04-25T00:00:59.999Z")
    with pytest.raises(UnknownName, match="XYZ"):
        minute_moment(dt.date(2020, 4, 24), 12, 0, "XYZ", None)


@settings(deadline=None)  # zones and airports are read at the first example
@given(
    at=st.datetimes(dt.datetime(2005, 1, 1), dt.datetime(2030, 1, 1)),
    code=st.sampled_from(["KIAH", "KMIA", "MGGT", "MSLP", "KPHX", "SKBO", "SPJC", "MHLM", "MPTO", "KELP"]),
)
def test_a_minute_with_the_zone_that_the_clock_showed_holds_the_instant(at: dt.datetime, code: str) -> None:
    zone = airports().named(code).zone
    wall = at.replace(tzinfo=dt.UTC).astimezone(zoneinfo.ZoneInfo(zone))
    us = round((at - dt.datetime(1970, 1, 1)) / dt.timedelta(microseconds=1))
    day = day_moment(wall.date(), zone)
    assert (day.lo or 0) <= us <= (day.hi or 0)
    name = wall.tzname() or ""
    for place in (zone, None):
        found = minute_moment(
            wall.date(), wall.hour, wall.minute, name if name in abbreviations() else None, place
        )
        assert (found.lo or 0) <= us <= (found.hi or 0)


YAKIMA = """,,,,,,,,Observers,,City,
Date,Flight count,Flight number,Tail number,Operator,Owner,Previous Airport,Next Airport,From NWDC - Boarded Plane,From Plane - Boarded Bus to NWDC,From NWDC - Boarded Plane,Weather
"Tuesday, May 7, 2019",1,RPN529,N529AU,Swift,Swift Air LLC,KIWA,KELP,92,40,90,fair
"Monday, May 7, 2019",2,RPN529,N529AU,Swift,,KXYZ,,?,,,
"NO FLIGHT this week",,,,,,,,,,,
"""


def test_a_visit_is_a_leg_in_and_a_leg_out_with_what_was_counted(tmp_path: Path) -> None:
    found = listed(tmp_path, YAKIMA)
    inward, outward, *others = found.legs
    assert (inward.takeoff.code, inward.landing.code, outward.takeoff.code, outward.landing.code) == (
        "KIWA",
        "KYKM",
        "KYKM",
        "KELP",
    )
    assert (inward.landing.persons, outward.takeoff.persons) == ((40, 40), (90, 92))
    assert [instant(us) for us in (inward.landing.moment.lo, inward.landing.moment.hi)] == [
        "2019-05-07T07:00:00.000Z",
        "2019-05-08T06:59:59.999Z",
    ]
    assert instant(inward.takeoff.moment.lo) == "2019-05-06T11:00:00.000Z"
    assert (inward.takeoff.moment.hi or 0) < (inward.landing.moment.hi or 0)
    assert (outward.landing.moment.lo or 0) > (outward.takeoff.moment.lo or 0)
    assert len(others) == 2
    told = {(one.row, one.column, one.value) for one in found.unread}
    assert told == {
        (2, "Weather", ""), (4, "Date", "Monday, May 7, 2019"), (4, "Previous Airport", "KXYZ"), (4, "From NWDC - Boarded Plane", "?"), (5, "Date", "NO FLIGHT this week")
    }  # fmt: skip
    assert others[0].takeoff.text == "KXYZ"
    assert inward.kept["Weather"] == "fair"


TRACKER = """Date,Flight,Departure,STD,Arrival,STA,Aircraft,Status,Duration,Unnamed: 9,Airline,ArrivalLoc,ArrivalIATA,ArrivalICAO,DepartureLoc,DepartureIATA,DepartureICAO
2020-04-27, WQ3554,"Alexandria, LA",08:00 CDT,"Harrisburg, PA",,B734 (N430XA),Landed 11:29 EDT,02h22m, ,iAero,,MDT,KMDT,,AEX,KAEX
2020-04-24, WQ1,"Miami, FL",23:30 EDT,Guatemala,,B733 (N811TJ),Landed\u00a001:15 CST,02h41m, ,iAero,,GUA,MGGT,,MIA,KMIA
2020-04-24, WQ2,"Miami, FL",07:00 EDT,Guatemala,,B733 (N811TJ),Landed,02h41m, ,iAero,,GUA,MGGT,,MIA,KMIA
2020-04-24, WQ2,"Miami, FL",07:00 EDT,Guatemala,,B733 (N811TJ),Landed,02h41m, ,iAero,,GUA,MGGT,,MIA,KMIA
2020-04-24, WQ3,"Miami, FL",07:00 QQT,,,,Landed 25:15 CST,long, ,iAero,,,,,KMIA),
2020-04-24, WQ4,"Miami, FL",,Guatemala,,B733,Landed 01:15 QQT,02h41m, ,iAero,,GUA,MGGT,,MIA,KMIA
2020-04-24, WQ5,"Miami, FL",soon,Guatemala,,a jet,Landed 08:00 CST,02h41m, ,iAero,,GUA,MGGT,,MIA,KMIA
2020-04-24, WQ6,"Miami, FL",12:00 EDT,Guatemala,,B733 (N811TJ),Landed 08:11 CST,02h41m, ,iAero,,GUA,MGGT,,MIA,KMIA
"""


def test_a_trackers_minute_of_landing_finds_its_day(tmp_path: Path) -> None:
    found = listed(tmp_path, TRACKER)
    first, night, day, again, poor, bare, vague, never = found.legs
    assert [instant(us) for us in (first.landing.moment.lo, first.landing.moment.hi)] == [
        "2020-04-27T15:29:00.000Z",
        "2020-04-27T15:29:59.999Z",
    ]
    assert (first.registration, first.aircraft_type, first.callsign) == ("N430XA", "B734", "WQ3554")
    assert instant(night.landing.moment.lo) == "2020-04-25T07:15:00.000Z"
    assert (first.takeoff.moment.hi or 0) < (first.landing.moment.hi or 0)
    assert instant(day.takeoff.moment.lo) == "2020-04-24T08:00:00.000Z"
    assert instant(day.takeoff.moment.hi) == "2020-04-25T05:00:59.999Z"
    assert (day.repeats, again.repeats) == (None, day.row)
    assert poor.takeoff.code == "KMIA"
    assert (bare.aircraft_type, bare.registration, bare.takeoff.basis[:14]) == (
        "B733",
        None,
        "the day of the",
    )
    assert (vague.aircraft_type, vague.takeoff.basis[:14]) == (None, "the day of the")
    assert never.landing.basis == "after the take-off"
    assert [(one.row, one.column) for one in found.unread] == [
        (6, "DepartureIATA"),
        (6, "Duration"),
        (6, "STD"),
        (6, "Status"),
        (7, "Status"),
        (8, "STD"),
        (8, "Aircraft"),
        (9, "Status"),
    ]
    assert found.unread[-1].expected == "a minute of landing that the departure allows; it is not used"


def test_a_list_of_ones_own(tmp_path: Path) -> None:
    text = "hex,registration,origin,destination,takeoff,landing,boarded,note\nA00001,N1,KHRL,MHLM,2025-03-15T17:26/17:45,,120-135,x\n,N2,KHRL,KAEX,,,,\n"
    found = listed(tmp_path, text)
    (leg,) = found.legs
    assert (leg.hex, leg.takeoff.persons, instant(leg.takeoff.moment.lo)) == (
        "a00001",
        (120, 135),
        "2025-03-15T22:26:00.000Z",
    )
    assert leg.landing.moment.lo is not None
    assert leg.takeoff.moment.lo is not None
    assert leg.landing.moment.lo > leg.takeoff.moment.lo
    assert [one.row for one in found.unread] == [3]
    (landed,) = listed(
        tmp_path, "origin;destination;takeoff;landing\nKHRL;KAEX;;2025-03-15T20:00\n", "half.csv"
    ).legs
    assert (landed.takeoff.basis, landed.landing.basis) == ("before the landing", "stated")
    assert (landed.takeoff.moment.hi or 0) < (landed.landing.moment.lo or 0)


def test_columns_parted_by_others_than_commas_are_told(tmp_path: Path) -> None:
    found = listed(tmp_path, "origin;destination;takeoff;landing\nKHRL;KAEX;2025-03-15T20:00;\n")
    assert [(one.row, one.expected) for one in found.unread] == [
        (1, "columns parted by commas; found semicolons")
    ]


def test_a_list_without_the_headers_of_a_layout_is_not_read_by_it() -> None:
    (plain,) = [one for one in list_layouts() if one.name == "plain"]
    with pytest.raises(SourceError, match="the headers origin, destination, takeoff, landing are not there"):
        next(rows_of(b"a,b\n1,2\n", Path("x.csv"), plain))


def test_the_real_lists_are_read_whole(ice_air: Path) -> None:
    """Rows as the data's own description counts them; of 5,885 tracker rows every one is a leg."""
    yakima = read_flight_list(ice_air / "kykm_observed_flights_20201007.csv")
    assert (yakima.n_rows, len(yakima.legs), len(yakima.unread)) == (86, 170, 3)
    older = read_flight_list(ice_air / "kykm_observed_flights_20191016.csv")
    assert (older.n_rows, len(older.legs), len(older.unread)) == (41, 68, 15)
    assert older.legs[1].takeoff.persons == (92, 92)
    tracker = read_flight_list(ice_air / "radarbox_swq_wal_2020.csv")
    assert (tracker.n_rows, len(tracker.legs)) == (5_885, 5_885)
    assert {one.expected.split(";")[0] for one in tracker.unread} == {"the code of an airport"}
    for leg in tracker.legs:
        lo, hi = leg.takeoff.moment, leg.landing.moment
        assert lo.lo is not None
        assert hi.hi is not None
        assert lo.lo <= (lo.hi or 0) <= hi.hi
    named = [leg for leg in tracker.legs if leg.status.replace("\u00a0", " ").startswith("Landed ")]
    exact = [leg for leg in named if (leg.landing.moment.hi or 0) - (leg.landing.moment.lo or 0) < 60_000_000]
    assert (len(exact), len(named)) == (1_751, 2_731)


def test_every_layout_is_sound() -> None:
    for layout in list_layouts():
        known = {header for named in layout.columns.values() for header in named}
        assert set(layout.marks) <= known, layout.name
        if layout.observed_at:
            assert airports().named(layout.observed_at).icao == layout.observed_at


REGISTER = """hex,registration,operator,type,valid_from,valid_until
a00001,N-101XX,First Air,B734,2015-01-01,2019-06-30
a00001,N101XX,Second Air,B734,2019-07-01,
a00001,N999ZZ,Third Air,,soon,
zz,,,,,
,,,,,
a00002,N202XX,,,,
"""


def test_dates_of_a_register_count(tmp_path: Path) -> None:
    (tmp_path / "register.csv").write_text(REGISTER, encoding="utf-8")
    register = read_registers([tmp_path / "register.csv"])
    day = 86_400_000_000

    def at(text: str) -> int:
        return (dt.date.fromisoformat(text) - dt.date(1970, 1, 1)).days * day

    early = register.identity(hex_code="A00001", registration=None, lo=at("2018-03-01"), hi=at("2018-03-02"))
    assert early is not None
    assert (early.operator, early.rows, early.is_undated) == ("First Air", ("register.csv:2",), False)
    over = register.identity(hex_code="a00001", registration=None, lo=at("2019-06-30"), hi=at("2019-07-01"))
    assert over is not None
    assert (over.operator, over.alternatives["operator"]) == (None, ("First Air", "Second Air"))
    assert (
        register.identity(hex_code="a00001", registration=None, lo=at("2010-01-01"), hi=at("2010-01-02"))
        is None
    )
    by_tail = register.identity(hex_code=None, registration="n202xx", lo=None, hi=None)
    assert by_tail is not None
    assert (by_tail.hex, by_tail.is_undated) == ("a00002", True)
    assert [(one.row, one.column) for one in register.unread] == [(4, "valid_from"), (5, "hex"), (5, "hex")]
    (tmp_path / "no.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(SourceError, match="without hex or registration"):
        read_registers([tmp_path / "no.csv"])


def test_what_a_list_says_of_a_leg_stays_as_it_is_beside_a_register(tmp_path: Path) -> None:
    text = "registration,origin,destination,takeoff,landing\nN1,NOWHERE,KAEX,2025-03-15T20:00Z,\n"
    (leg,) = listed(tmp_path, text).legs
    row, line = stated_leg(leg), stated_line(leg)
    assert (row.takeoff_candidates, row.takeoff_text, row.takeoff_zone) == ((), "NOWHERE", "Z")
    assert [one.icao for one in row.landing_candidates] == ["KAEX"]
    (tmp_path / "register.csv").write_text(
        "hex,registration,operator\na6a6a6,N-1,Swift Air\n", encoding="utf-8"
    )
    register = read_registers([tmp_path / "register.csv"])
    lo, hi = leg.takeoff.moment.lo, leg.landing.moment.hi
    assert with_register(row, None, lo, hi) == row
    assert line_with_register(line, None, lo, hi) == line
    named, of_line = with_register(row, register, lo, hi), line_with_register(line, register, lo, hi)
    assert (named.hex, named.operator, of_line.hex, of_line.operator) == (
        "a6a6a6",
        "Swift Air",
        "a6a6a6",
        "Swift Air",
    )
    other = replace(line, registration="N2")
    assert line_with_register(other, register, lo, hi) == other
    assert with_register(replace(row, registration="N2"), register, lo, hi).register is None


def test_why_there_is_no_instant() -> None:
    assert why_missing(0, None) is msgspec.UNSET
    assert why_missing(None, None) is None
    assert why_missing(None, Missing(reason=Reason.WITHHELD)) == "withheld"


def test_the_real_register(ice_air: Path) -> None:
    register = read_registers([ice_air / "ice_air_aircraft.csv"])
    assert (len(register.entries), register.unread) == (14, ())
    found = register.identity(hex_code="ad7274", registration=None, lo=None, hi=None)
    assert found is not None
    assert (found.registration, found.operator, found.aircraft_type, found.is_undated) == (
        "N966AD",
        "Global Crossing Airlines",
        "A321",
        True,
    )


def test_the_command_takes_lists_and_registers(tmp_path: Path) -> None:
    (tmp_path / "yakima.csv").write_text(YAKIMA, encoding="utf-8")
    (tmp_path / "register.csv").write_text(
        "hex,registration,operator\na6a6a6,N529AU,Swift Air\n", encoding="utf-8"
    )
    heard = said(
        tmp_path,
        "flights",
        "legs",
        "yakima.csv",
        "--register",
        "register.csv",
        "--unread",
        "unread.csv",
        "--json",
        "--airport",
        "KELP",
    )
    (row,) = heard.json["rows"]
    assert (row["hex"], row["operator"], row["status"], row["takeoff_persons"]) == (
        "a6a6a6",
        "Swift",
        "stated",
        [90, 92],
    )
    assert row["register"]["rows"] == ["register.csv:2"]
    assert "cells were not read" in heard.err
    assert len((tmp_path / "unread.csv").read_text(encoding="utf-8").splitlines()) == 6
    table = said(tmp_path, "flights", "legs", "yakima.csv", "--tail", "N529AU", "--date", "2019-05-07").out
    assert "boarded 90-92" in table
    assert "what their makers state" in table
    assert said(tmp_path, "flights", "gaps", "yakima.csv").code == 1


MINNEAPOLIS = """Date,Day,Callsign,Reg,Airline,Origin,Arrive,Destination,Depart,"Detainees on, observed",Detainees On,Detainees Off,Convoy detainee estimate,Count Method (Detainees On),Notes
2025-11-03,Monday,GXA100,N276GX,GlobalX,KAEX,10:23,KOMA,11:40 AM,41,43,0,40,windows,
2025-11-04,Tuesday,GXA101,N276GX,GlobalX,KAEX,after dark,KELP,,,,,,,
"""


def test_a_visit_with_clock_times_is_read_on_the_clock_of_the_place(tmp_path: Path) -> None:
    found = listed(tmp_path, MINNEAPOLIS)
    inward, outward, dark, open_day = found.legs
    assert [instant(us) for us in (inward.landing.moment.lo, inward.landing.moment.hi)] == [
        "2025-11-03T16:23:00.000Z",
        "2025-11-03T16:23:59.999Z",
    ]
    assert instant(outward.takeoff.moment.lo) == "2025-11-03T17:40:00.000Z"
    assert (outward.takeoff.persons, inward.landing.persons) == ((41, 43), (0, 0))
    assert (inward.takeoff.moment.hi or 0) < (inward.landing.moment.lo or 0)
    for end in (dark.landing, open_day.takeoff):
        assert (end.moment.hi or 0) - (end.moment.lo or 0) == 86_400_000_000 - 1
    assert [(one.row, one.column, one.value) for one in found.unread] == [(3, "Arrive", "after dark")]


def test_bytes_that_are_no_utf_8_are_told(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_bytes(
        "origin,destination,takeoff,landing,note\nKHRL,KAEX,2025-03-15T12:00,,Señal\n".encode("cp1252")
    )
    found = read_flight_list(tmp_path / "list.csv")
    assert [one.expected for one in found.unread] == ["UTF-8; read as Windows-1252"]
    assert found.legs[0].kept == {"note": "Señal"}
    (tmp_path / "no.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(SourceError, match="known layout"):
        read_flight_list(tmp_path / "no.csv")
