"""When a leg left the United States: the bounds hold the truth, and nothing is said of legs that did not
leave or whose end nobody knows.
"""

from __future__ import annotations

import numpy as np
import pytest

from flights.made import MINUTE, Plan, Truth, flown, us_of
from paradero.flights.legs.crossings import Boundary, sides_of
from paradero.flights.legs.leavings import Leaving, leaving_of
from paradero.flights.legs.legs import legs_on_tracks
from paradero.flights.places.airports import airports
from paradero.flights.tracks.tracks import Track

AIRSPACE = ("US", "PR")
START = us_of("2025-03-15T20:00:00")


def flight(
    origin: str, to: str, depart: int = START, *, hex_code: str = "a00001", callsign: bytes = b"XYZ1"
) -> tuple[Track, Truth]:
    return flown(
        Plan(origin=airports().named(origin), destination=airports().named(to), depart=depart),
        hex_code=hex_code,
        callsign=callsign,
    )


def leavings(*tracks: Track) -> list[Leaving]:
    return [leaving_of(leg, track, AIRSPACE) for leg, track in legs_on_tracks(tracks)]


def left_truly(track: Track) -> tuple[int, int]:
    """The last instant surely inside and the first surely outside after it, over every position there is."""
    sides = sides_of(track.lat, track.lon, AIRSPACE, Boundary.TERRITORIAL_SEA)
    last = int(np.flatnonzero(sides > 0)[-1])
    return int(track.us[last]), int(track.us[last + 1 + int(np.flatnonzero(sides[last + 1 :] < 0)[0])])


@pytest.mark.parametrize(
    ("origin", "to"), [("KHRL", "MSLP"), ("KAEX", "MGGT"), ("KMIA", "MKJP"), ("KSEA", "CYEG")]
)
def test_a_flight_abroad_left_between_its_last_position_inside_and_the_first_outside(
    origin: str, to: str
) -> None:
    track, truth = flight(origin, to)
    (found,) = leavings(track)
    assert found.is_abroad
    assert (found.lo, found.hi) == left_truly(track)
    assert found.lo is not None
    assert found.hi is not None
    assert truth.takeoff - 2 * MINUTE <= found.lo <= found.hi <= truth.landing + 2 * MINUTE


@pytest.mark.parametrize(
    ("origin", "to"),
    [("KHRL", "KMIA"), ("KDTW", "KBUF"), ("KMIA", "TJSJ"), ("KSAT", "KLRD"), ("KSEA", "KDEN")],
)
def test_a_flight_within_never_left_whatever_it_flew_over(origin: str, to: str) -> None:
    (found,) = leavings(flight(origin, to)[0])
    assert (found.lo, found.hi, found.is_abroad) == (None, None, False)


def test_the_next_leg_and_the_one_before_leave_no_trace() -> None:
    first, truth = flight("KSAT", "KLRD")
    second, _ = flight("KLRD", "MMMX", truth.landing + 40 * MINUTE)
    domestic, abroad = leavings(first, second)
    assert domestic.lo is None
    assert abroad.lo is not None
    assert abroad.lo >= truth.landing
    inbound, arrived = flight("KSAT", "MMMX")
    onward, _ = flight("MMMX", "MSLP", arrived.landing + 60 * MINUTE)
    lost = inbound.only(inbound.us < arrived.takeoff + 12 * MINUTE)
    assert leavings(lost, onward)[-1] == Leaving(lo=None, hi=None, is_abroad=True)


def test_another_aircraft_under_the_same_code_leaves_no_trace() -> None:
    home, _ = flight("KSEA", "KDEN")
    away, _ = flight("KHRL", "MSLP", START + MINUTE, callsign=b"ABC2")
    found = leavings(home, away)
    assert sorted(one.is_abroad is True for one in found) == [False, True]
    assert next(one for one in found if not one.is_abroad).lo is None


@pytest.mark.parametrize("minutes", [10, 25, 60, 100])
def test_lost_on_the_way_the_leaving_has_no_latest_instant_or_the_landings(minutes: int) -> None:
    track, truth = flight("KHRL", "MSLP")
    seen = track.only(track.us < truth.takeoff + minutes * MINUTE)
    (found,) = leavings(seen)
    assert (found.hi, found.is_abroad) == (None, None)
    assert found.lo is not None
    assert found.lo <= left_truly(track)[1]
    arrived = track.only((track.us < truth.takeoff + minutes * MINUTE) | (track.us > truth.landing + MINUTE))
    (found,) = leavings(arrived)
    assert found.is_abroad
    assert found.lo is not None
    assert found.hi is not None
    assert found.lo <= left_truly(track)[1]
    assert found.hi >= left_truly(track)[0]


def test_a_position_that_may_be_old_is_earlier() -> None:
    track, _ = flight("KHRL", "MSLP")
    from dataclasses import replace

    (fresh,), (stale,) = leavings(track), leavings(replace(track, age_us=30_000_000))
    assert fresh.lo is not None
    assert stale.lo == fresh.lo - 30_000_000
