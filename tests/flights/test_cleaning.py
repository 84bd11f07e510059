"""Noise is taken apart and counted; the result does not depend on the order of the positions."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flights.made import Plan, flown, us_of
from paradero.flights.legs.cleaning import cleaned
from paradero.flights.legs.legs import legs_of
from paradero.flights.places.airports import airports
from paradero.flights.tracks.positions import read_positions
from paradero.flights.tracks.tracks import COLUMNS, Track, joined, track_of


def flight() -> Track:
    plan = Plan(
        origin=airports().named("KHRL"),
        destination=airports().named("KAEX"),
        depart=us_of("2025-03-15T12:00:00"),
    )
    return flown(plan)[0]


def with_rows(track: Track, **columns: list[float]) -> Track:
    """The track and more positions, with every other column blank."""
    return joined([track, track_of(track.hex, columns, files=("more",), flags={})])


def test_teleports_are_counted_and_do_not_make_legs() -> None:
    track = flight()
    at = [int(us) for us in track.us[[100, 200, 300]] + 1_000_000]
    found = cleaned(with_rows(track, us=at, lat=[50.0, -20.0, 10.0], lon=[8.0, 30.0, 100.0]))
    assert (len(found), found[0].flags["jump"], len(found[0])) == (1, 3, len(track))
    assert len(legs_of([track])) == 1


def test_mlat_jumps_are_counted_apart() -> None:
    track = flight()
    found = cleaned(
        with_rows(
            track,
            us=[int(track.us[200]) + 1_000_000],
            lat=[float(track.lat[200]) + 0.5],
            lon=[float(track.lon[200])],
            is_mlat=[True],
        )
    )
    assert (found[0].flags["mlat_jump"], "jump" in found[0].flags) == (1, False)


def test_two_aircraft_under_one_code_are_two_tracks() -> None:
    there = Plan(
        origin=airports().named("EGLL"),
        destination=airports().named("LFPG"),
        depart=us_of("2025-03-15T12:00:00"),
    )
    other, truth = flown(there, callsign=b"ABC9")
    found = cleaned(joined([flight(), other]))
    assert sorted(len(one) for one in found) == sorted([len(flight()), len(other)])
    assert found[1].flags["second_aircraft"] == min(len(flight()), len(other))
    legs = legs_of([flight(), other])
    assert {(leg.takeoff.candidates[0].icao, leg.landing.candidates[0].icao) for leg in legs} == {
        ("KHRL", "KAEX"),
        ("EGLL", "LFPG"),
    }
    assert all(leg.track_flags.get("second_aircraft") for leg in legs)
    assert any(leg.takeoff.moment.lo <= truth.takeoff <= leg.takeoff.moment.hi for leg in legs)  # type: ignore[operator]


def test_repeats_are_counted_once() -> None:
    track = flight()
    found = cleaned(joined([track, track]))
    assert (len(found[0]), found[0].flags["duplicate"]) == (len(track), len(track))
    place = 300
    found = cleaned(
        with_rows(
            track,
            us=[int(track.us[place]) + 3_000_000],
            lat=[float(track.lat[place])],
            lon=[float(track.lon[place])],
            speed_kt=[400.0],
        )
    )
    assert found[0].flags["stale_repeat"] == 1


def test_wrong_altitudes_are_not_known_and_the_positions_stay() -> None:
    track = flight()
    altitude = track.altitude_ft.copy()
    altitude[250] = 0.0
    found = cleaned(
        track_of(
            track.hex,
            {name: getattr(track, name) for name in COLUMNS} | {"altitude_ft": altitude},
            files=(),
            flags={},
        )
    )
    assert (len(found[0]), found[0].flags["altitude_jump"], np.isnan(found[0].altitude_ft[250])) == (
        len(track),
        1,
        True,
    )


def test_a_spoofed_stretch_is_taken_out(adsb: Path) -> None:
    (track,) = read_positions(adsb / "traffic_noisy_spoofing.json.gz")
    found = cleaned(track)
    assert (len(found), found[0].flags["spoofed"]) == (1, 740)
    lat = found[0].lat
    assert not ((lat > 49.6) & (lat < 49.8)).any()


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), n_parts=st.integers(1, 4))
def test_the_order_of_positions_does_not_matter(seed: int, n_parts: int) -> None:
    chance = np.random.default_rng(seed)
    track = flight()
    noisy = with_rows(
        track,
        us=chance.integers(track.us[0], track.us[-1], 30).tolist(),
        lat=chance.uniform(-60, 60, 30).tolist(),
        lon=chance.uniform(-180, 180, 30).tolist(),
    )
    parts = np.array_split(chance.permutation(len(noisy)), n_parts)
    assert legs_of([noisy.only(part) for part in parts]) == legs_of([noisy])


def test_an_empty_track_is_one_without_legs() -> None:
    empty = flight().only(np.array([], np.intp))
    assert legs_of([empty]) == []


@pytest.mark.parametrize("n", [1, 2, 3])
def test_few_positions_are_enough_not_to_fail(n: int) -> None:
    track = flight()
    for first in (0, 60, 300, len(track) - n):
        legs_of([track.only(np.arange(first, first + n))])


def test_a_trace_and_a_coarser_table_of_the_same_flight_are_one_aircraft() -> None:
    track = flight()
    late = track.only(np.arange(0, len(track), 3))
    coarse = replace(
        late,
        us=late.us // 30_000_000 * 30_000_000 + 30_000_000,
        lat=np.round(late.lat, 3),
        files=("heatmap",),
        age_us=30_000_000,
    )
    found = cleaned(joined([track, coarse]))
    assert len(found) == 1
    assert "second_aircraft" not in found[0].flags
