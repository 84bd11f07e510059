"""Legs, scenario by scenario: what is seen, what follows, what is left open."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from flights.made import MINUTE, Plan, Truth, flown, us_of
from paradero.flights.fabricated import fabricated_trace
from paradero.flights.legs.ends import End, Status
from paradero.flights.legs.gaps import gaps_of
from paradero.flights.legs.legs import Leg, legs_of
from paradero.flights.places.airports import airports
from paradero.flights.tracks.positions import read_positions
from paradero.flights.tracks.tracks import AIR, COLUMNS, GROUND, UNSURE, Track, track_of

START = us_of("2025-03-15T20:00:00")


def plan(origin: str = "KHRL", to: str = "KAEX", **changed: object) -> Plan:
    return replace(
        Plan(origin=airports().named(origin), destination=airports().named(to), depart=START), **changed
    )  # type: ignore[arg-type]


def remade(track: Track, **columns: object) -> Track:
    return track_of(
        track.hex, {name: getattr(track, name) for name in COLUMNS} | columns, files=track.files, flags={}
    )


def holds(end: End, truth: int) -> bool:
    return end.moment.lo is not None and end.moment.hi is not None and end.moment.lo <= truth <= end.moment.hi


def named(leg: Leg) -> tuple[str, str]:
    """The airports of both ends that weigh more than a half; `?` where none does."""
    ends = (
        next((one.icao for one in end.candidates if one.weight > 0.5), "?")
        for end in (leg.takeoff, leg.landing)
    )
    return tuple(ends)  # type: ignore[return-value]


def one_leg(track: Track) -> Leg:
    (leg,) = legs_of([track])
    return leg


def test_lost_low_and_near_the_field_where_it_is_next_seen_on_the_ground_it_most_likely_landed_there() -> (
    None
):
    track, truth = flown(plan(taxi_minutes=120))
    lost = remade_without(track, truth.landing - 4 * MINUTE, truth.landing + 60 * MINUTE)
    end = one_leg(lost).landing
    assert holds(end, truth.landing)
    assert [(one.icao, 0.8 < one.weight <= 0.85) for one in end.candidates][:1] == [("KAEX", True)]
    high = remade_without(track, truth.landing - 25 * MINUTE, truth.landing + 60 * MINUTE)
    assert all(one.weight <= 0.5 for one in one_leg(high).landing.candidates)


def remade_without(track: Track, begin: int, end: int) -> Track:
    """The track as nobody received it between two instants."""
    return track.only((track.us < begin) | (track.us > end))


def test_a_complete_flight_is_observed_to_the_minute() -> None:
    track, truth = flown(plan())
    leg = one_leg(track)
    assert (named(leg), leg.status, leg.callsigns) == (("KHRL", "KAEX"), Status.OBSERVED, ("XYZ1",))
    for end, at in ((leg.takeoff, truth.takeoff), (leg.landing, truth.landing)):
        assert holds(end, at)
        assert end.moment.hi - end.moment.lo <= MINUTE  # type: ignore[operator]


def test_over_midnight_and_in_two_files_it_is_one_leg() -> None:
    track, truth = flown(plan(depart=us_of("2025-03-15T23:30:00")))
    midnight = us_of("2025-03-16T00:00:00")
    assert truth.takeoff < midnight < truth.landing
    parts = [
        replace(track.only(track.us < midnight), files=("a",)),
        replace(track.only(track.us >= midnight), files=("b",)),
    ]
    (leg,) = legs_of(parts)
    assert (named(leg), leg.files) == (("KHRL", "KAEX"), ("a", "b"))


def test_a_night_on_the_ground_lies_between_two_legs() -> None:
    first, one = flown(plan())
    second, two = flown(plan("KAEX", "KHRL", depart=one.landing + 600 * MINUTE))
    legs = legs_of([second, first])
    assert [named(leg) for leg in legs] == [("KHRL", "KAEX"), ("KAEX", "KHRL")]
    assert holds(legs[0].landing, one.landing)
    assert holds(legs[1].takeoff, two.takeoff)


def test_a_tech_stop_of_half_an_hour_is_a_stop() -> None:
    first, one = flown(plan())
    second, _ = flown(plan("KAEX", "KATL", depart=one.landing + 15 * MINUTE))
    assert [named(leg) for leg in legs_of([first, second])] == [("KHRL", "KAEX"), ("KAEX", "KATL")]


def test_a_touch_and_go_ends_no_leg_and_is_counted() -> None:
    track, truth = flown(plan())
    ground = track.ground.copy()
    n_before = int((track.us < truth.landing).sum())
    there = slice(n_before - 3, n_before - 1)
    ground[there] = GROUND
    again = remade(track.only(np.arange(n_before)), ground=ground[:n_before])
    later, _ = flown(plan("KAEX", "KHRL", depart=truth.landing - 8 * MINUTE + 20_000_000))
    leg = one_leg_of(again, later.only(later.ground == AIR))
    assert (named(leg), leg.flags["touch_and_go"]) == (("KHRL", "KHRL"), 1)


def one_leg_of(*tracks: Track) -> Leg:
    air = [track.only(track.ground == AIR) if number else track for number, track in enumerate(tracks)]
    end, _ = flown(plan("KAEX", "KHRL"))
    landed = end.only(end.us > end.us[end.ground == AIR][-1])
    shift = int(air[-1].us[-1]) + 2_000_000 - int(landed.us[0])
    (leg,) = legs_of([*air, remade(landed, us=landed.us + shift)])
    return leg


def test_a_go_around_ends_no_leg_and_is_counted() -> None:
    track, truth = flown(plan(go_arounds=1))
    leg = one_leg(track)
    assert (named(leg), holds(leg.landing, truth.landing)) == (("KHRL", "KAEX"), True)
    assert (leg.flags.get("low_pass"), leg.flags.get("low_pass_elsewhere")) == (1, None)


def test_an_approach_given_up_for_another_airport_is_told() -> None:
    first, truth = flown(plan("KHRL", "KAEX"))
    down = first.only(first.us < truth.landing - MINUTE // 2)
    away, second = flown(plan("KAEX", "KIAH", depart=int(down.us[-1])))
    up = away.only(away.us > second.takeoff + MINUTE // 2)
    (leg,) = legs_of([down, remade(up, us=up.us - (up.us[0] - down.us[-1]) + 20_000_000)])
    assert named(leg) == ("KHRL", "KIAH")
    assert (leg.flags.get("low_pass"), leg.flags.get("low_pass_elsewhere")) == (1, 1)


def test_a_diversion_lands_where_it_landed() -> None:
    to, truth = flown(plan("KHRL", "KAEX"))
    turned = to.only(to.us < truth.landing - 25 * MINUTE)
    away, second = flown(plan("KAEX", "KIAH", depart=int(turned.us[-1])))
    on = away.only(away.us > second.takeoff + 12 * MINUTE)
    leg = [each for each in legs_of([turned, on])][-1]  # noqa: C416
    assert named(leg)[1] == "KIAH"


@pytest.mark.parametrize("height", [1_000, 5_000, 12_000])
def test_lost_on_the_way_down_the_landing_is_bounded_and_held(height: float) -> None:
    track, truth = flown(plan(cruise_ft=31_000))
    low = (track.us > truth.takeoff + 30 * MINUTE) & ((track.altitude_ft < height) | (track.ground == GROUND))
    leg = one_leg(track.only(~low))
    assert holds(leg.landing, truth.landing)
    if height <= 5_000:
        assert leg.landing.status is Status.INFERRED
        assert leg.landing.moment.hi - leg.landing.moment.lo < 60 * MINUTE  # type: ignore[operator]
    assert named(leg)[1] in ("KAEX", "?")


def test_lost_in_mid_ocean_nothing_is_named() -> None:
    track, truth = flown(plan("KHRL", "MSLP"))
    leg = one_leg(track.only(track.us < truth.landing - 60 * MINUTE))
    assert (named(leg), leg.landing.status, leg.landing.candidates) == (("KHRL", "?"), Status.UNKNOWN, ())
    assert leg.landing.n_in_reach > 1_000
    assert holds(leg.landing, truth.landing)


def test_seen_on_the_ground_hours_later_the_field_is_likely_and_no_more() -> None:
    """It was lost over the sea and stands at home in the morning: it can have been elsewhere meanwhile."""
    track, truth = flown(plan("KHRL", "MSLP"))
    home, _ = flown(plan("KHRL", "KAEX", depart=truth.landing + 600 * MINUTE))
    cut = track.only(track.us < truth.takeoff + 60 * MINUTE)
    leg = legs_of([cut, home])[0]
    assert named(leg)[1] == "?"
    assert holds(leg.landing, truth.landing)


def test_a_flight_that_nobody_saw_is_a_leg_between_two_places() -> None:
    track, truth = flown(plan())
    leg = one_leg(track.only(track.ground == GROUND))
    assert (leg.n_positions, leg.flags, named(leg)) == (0, {"unseen_in_air": 1}, ("KHRL", "KAEX"))
    assert (holds(leg.takeoff, truth.takeoff), holds(leg.landing, truth.landing)) == (True, True)


def test_a_return_seen_only_in_flight_only_allows_a_landing() -> None:
    out, one = flown(plan("KHRL", "MHSC"))
    back, two = flown(plan("MHSC", "KHRL", depart=one.landing + 45 * MINUTE, runway=210))
    legs = legs_of(
        [out.only(out.us < one.takeoff + 70 * MINUTE), back.only(back.us > two.landing - 80 * MINUTE)]
    )
    assert [named(leg) for leg in legs] == [("KHRL", "?"), ("?", "KHRL")]
    assert (legs[0].landing.is_certain, legs[0].landing.status) == (False, Status.UNKNOWN)
    assert holds(legs[0].landing, one.landing)
    assert holds(legs[1].takeoff, two.takeoff)


def test_two_fields_eight_kilometres_apart_are_not_mistaken() -> None:
    """Love Field lies 8 km from Dallas Executive and 18 from DFW; cut at several heights no other one may
    win.
    """
    for to in ("KDAL", "KADS", "KDFW"):
        track, truth = flown(plan("KAEX", to, cruise_ft=20_000))
        for height in (600, 1_000, 1_500, 2_500, 4_000):
            low = (track.us > truth.takeoff + 20 * MINUTE) & (
                track.altitude_ft < airports().named(to).elevation_ft + height
            )
            assert named(one_leg(track.only(~low & (track.ground == AIR))))[1] in (to, "?")


def test_a_helicopter_that_hovers_and_says_it_flies_is_not_said_to_land_elsewhere() -> None:
    track, truth = flown(
        plan("KDAL", "KADS", cruise_ft=1_400, cruise_kt=110, slow_kt=20, climb_fpm=500, descent_fpm=400)
    )
    never_on_ground = remade(track, ground=np.where(track.ground == GROUND, UNSURE, track.ground))
    for leg in legs_of([never_on_ground]):
        assert named(leg)[0] in ("KDAL", "?")
        assert named(leg)[1] in ("KADS", "?")
    assert holds(legs_of([never_on_ground])[-1].landing, truth.landing)


def test_the_flag_of_the_ground_in_flight_is_not_believed() -> None:
    track, _ = flown(plan())
    ground = track.ground.copy()
    ground[200:203] = GROUND
    leg = one_leg(remade(track, ground=ground))
    assert (named(leg), leg.track_flags["ground_in_flight"]) == (("KHRL", "KAEX"), 3)


def test_a_clock_an_hour_off_in_one_file_is_seen_as_another_aircraft() -> None:
    track, _ = flown(plan())
    late = replace(remade(track, us=track.us + 60 * MINUTE), files=("skewed",))
    legs = legs_of([track, late])
    assert all(leg.track_flags.get("second_aircraft") for leg in legs)


def test_weights_never_sum_to_more_than_one() -> None:
    track, truth = flown(plan())
    for share in np.linspace(0.05, 1, 20):
        cut = track.only(track.us <= int(truth.takeoff + share * (truth.landing - truth.takeoff)))
        for leg in legs_of([cut]):
            for end in (leg.takeoff, leg.landing):
                assert sum(one.weight for one in end.candidates) <= 1
                assert all(0 <= one.weight <= 1 for one in end.candidates)


def test_truth_is_what_the_maker_says() -> None:
    track, truth = flown(plan())
    air = track.us[track.ground == AIR]
    assert truth == Truth(takeoff=int(air[0]), landing=int(air[-1]), origin="KHRL", destination="KAEX")


def test_the_fabricated_trace_has_a_gap_of_221_minutes(tmp_path: Path) -> None:
    path = tmp_path / "trace.json"
    path.write_text(json.dumps(fabricated_trace()), encoding="utf-8")
    tracks = read_positions(path)
    (gap,) = gaps_of(tracks)
    assert (round(gap.minutes), round(gap.envelope.radius_km or 0)) == (221, 1353)
    assert [named(leg) for leg in legs_of(tracks)] == [("KHRL", "?"), ("?", "KHRL")]
