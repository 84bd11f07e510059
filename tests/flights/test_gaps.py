"""Gaps and envelopes: the stated anchors, the airports within, outlines that hold the envelope, gaps on the
ground told apart.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flights.made import MINUTE, Plan, flown, us_of
from paradero.flights.legs.envelopes import airports_in, envelope, outline
from paradero.flights.legs.gaps import GapKind, gaps_of
from paradero.flights.places.airports import airports
from paradero.flights.places.geometry import between, destination, ellipsoid_km, geodesic_km, sphere_km
from paradero.flights.tracks.positions import read_positions

HARLINGEN = (26.226559, -97.655312)

ANCHORS = [
    # minutes, km/h, minutes on the ground, radius in km
    (221, 850, 30, 1353),
    (221, 850, 120, 715),
    (221, 850, 221, 0),
    (60, 600, 0, 300),
]


@pytest.mark.parametrize(("minutes", "speed", "ground", "radius"), ANCHORS)
def test_the_radius_of_a_gap_that_ends_where_it_began(
    minutes: float, speed: float, ground: float, radius: int
) -> None:
    found = envelope(HARLINGEN, HARLINGEN, minutes, speed_kmh=speed, ground_minutes=ground)
    assert found.radius_km is not None
    assert round(found.radius_km) == radius


def test_where_the_way_takes_all_the_time_no_stop_is_possible() -> None:
    found = envelope(HARLINGEN, (14.38, -87.62), 125, speed_kmh=850, ground_minutes=30)
    assert found.radius_km is None
    assert (airports_in(found, airports(), day="2025-03-15"), outline(found)) == ([], None)


def test_the_airports_within_are_those_and_no_others() -> None:
    found = envelope(HARLINGEN, (29.5, -95.0), 150, speed_kmh=700, ground_minutes=40)
    flown_km = 700 * (150 - 40) / 60
    inside = {one.icao: one for one in airports_in(found, airports(), day="2026-03-15")}
    for airport in airports().all[::37]:
        way = geodesic_km(*HARLINGEN, airport.lat, airport.lon) + geodesic_km(
            airport.lat, airport.lon, 29.5, -95.0
        )
        if abs(way - flown_km) > 1:
            assert (airport.icao in inside) == (way <= flown_km)
        if airport.icao in inside:
            assert inside[airport.icao].slack_minutes == pytest.approx((flown_km - way) / 700 * 60, abs=0.2)
    slack = [one.slack_minutes for one in inside.values()]
    assert slack == sorted(slack, reverse=True)


@given(
    lat=st.floats(-70, 70), lon=st.floats(-180, 180), direction=st.floats(0, 360), km=st.floats(0, 1500), spare=st.floats(1, 2000), at=st.floats(0, 360),
    share=st.floats(0, 1),
)  # fmt: skip
def test_an_outline_holds_every_place_that_can_be_reached(
    lat: float, lon: float, direction: float, km: float, spare: float, at: float, share: float
) -> None:
    end = destination(lat, lon, direction, km)
    end = (float(end[0]), (float(end[1]) + 180) % 360 - 180)
    apart = float(ellipsoid_km(lat, lon, *end))
    found = envelope((lat, lon), end, (apart + spare) / 10, speed_kmh=600, ground_minutes=0)
    rings = outline(found)
    assert found.radius_km is not None
    assert rings is not None
    middle = between(lat, lon, *end, 0.5)
    place = destination(*middle, at, share * found.radius_km)
    if ellipsoid_km(lat, lon, *place) + ellipsoid_km(*place, *end) < (apart + spare) * 0.99:
        x = (float(place[1]) + 180) % 360 - 180
        assert any(_in(piece[0], x, float(place[0])) for piece in rings)
    for piece in rings:
        assert piece[0][0] == piece[0][-1]
        assert all(-180 <= point[0] <= 180 and -90 <= point[1] <= 90 for point in piece[0])


def _in(ring: list[list[float]], x: float, y: float) -> bool:
    inside = False
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 > y) != (y2 > y) and x < x1 + (x2 - x1) * (y - y1) / (y2 - y1):
            inside = not inside
    return inside


def test_lamberts_distance_is_the_geodesic() -> None:
    chance = np.random.default_rng(1)
    for _ in range(300):
        a, b, c, d = chance.uniform([-80, -180, -80, -180], [80, 180, 80, 180])
        if sphere_km(a, b, c, d) < 18_000:
            assert float(ellipsoid_km(a, b, c, d)) == pytest.approx(geodesic_km(a, b, c, d), abs=0.3)


def test_a_night_on_the_ground_is_told_apart(adsb: Path) -> None:
    (gap,) = gaps_of(read_positions(adsb / "trace_full_ac134a.json"))
    assert (gap.kind, round(gap.minutes), gap.start.airport, gap.end.airport) == (
        GapKind.ON_GROUND,
        476,
        "KPBI",
        "KPBI",
    )


def test_a_gap_in_flight_of_221_minutes_has_both_anchors() -> None:
    there = Plan(
        origin=airports().named("KHRL"),
        destination=airports().named("MHSC"),
        depart=us_of("2025-03-15T12:00:00"),
    )
    track, truth = flown(there)
    back, again = flown(
        Plan(
            origin=airports().named("MHSC"),
            destination=airports().named("KHRL"),
            depart=truth.landing + 60 * MINUTE,
            runway=210,
        ),
        callsign=b"XYZ2",
    )
    begin = truth.takeoff + 40 * MINUTE
    end = begin + 221 * MINUTE
    parts = [one.only((one.us <= begin) | (one.us >= end)) for one in (track, back)]
    for ground, names in ((30.0, {"MHPR", "MSLP", "MGGT"}), (60.0, {"MHPR"})):
        (gap,) = gaps_of(parts, ground_minutes=ground, min_minutes=60)
        assert gap.kind in (GapKind.IN_FLIGHT, GapKind.LANDED, GapKind.TOOK_OFF)
        assert gap.minutes == pytest.approx(221, abs=1)
        assert gap.envelope.radius_km == pytest.approx(850 * (gap.minutes - ground) / 120)
        assert names <= {one.icao for one in gap.airports}
    assert again.takeoff > truth.landing


def test_the_threshold_is_what_it_says(adsb: Path) -> None:
    tracks = read_positions(adsb / "trace_full_ac134a.json")
    assert gaps_of(tracks, min_minutes=476) == []
    assert len(gaps_of(tracks, min_minutes=475)) == 1
