"""Outlines and crossings: which country a place is in, and between which instants an aircraft left it."""

from __future__ import annotations

import numpy as np
import pytest

from flights.made import MINUTE, Plan, flown, us_of
from paradero.flights.legs.crossings import Boundary, crossings_of, crossings_of_aircraft, exit_open_of
from paradero.flights.places.airports import airports
from paradero.flights.places.outlines import OUTLINE_ERROR_M, outline_of, outlines
from paradero.model.errors import UnknownName

PLACES = [
    ("US", 39.0, -98.0, True),
    ("US", 20.0, -98.0, False),
    ("RU", 60.0, 100.0, True),
    ("RU", 66.0, -172.0, True),  # beyond the 180th meridian
    ("FJ", -17.8, 178.0, True),
    ("ZA", -29.5, 28.2, False),  # Lesotho is a hole in it
    ("LS", -29.5, 28.2, True),
    ("AQ", -85.0, 0.0, True),  # about a pole
    ("El Salvador", 13.7, -89.2, True),
    ("222", 13.7, -89.2, True),
]


@pytest.mark.parametrize(("code", "lat", "lon", "within"), PLACES)
def test_places_are_in_their_countries(code: str, lat: float, lon: float, within: bool) -> None:
    assert outline_of(code).contains(lat, lon) is within


def test_every_airport_of_a_large_country_is_in_it() -> None:
    found = [
        (one.icao, outline_of(one.country).contains(one.lat, one.lon))
        for one in airports().all[::25]
        if one.country in ("US", "MX", "BR", "HN", "GT")
    ]
    assert np.mean([within for _, within in found]) > 0.98


def test_a_country_that_is_none_is_said() -> None:
    with pytest.raises(UnknownName, match="ISO 3166"):
        outline_of("Freedonia")
    assert len({one.name for one in outlines()}) == 241


def flight() -> tuple:  # type: ignore[type-arg]
    return flown(
        Plan(
            origin=airports().named("KAEX"),
            destination=airports().named("MSLP"),
            depart=us_of("2025-03-15T22:00:00"),
            every_s=5,
        )
    )


def test_an_aircraft_without_a_position_crosses_nothing() -> None:
    track, _ = flight()
    assert crossings_of_aircraft([track.only(np.zeros(len(track), "?"))], ["US"]) == []


def test_an_exit_over_the_gulf_is_bounded_by_the_error_of_the_outline() -> None:
    track, truth = flight()
    for boundary in Boundary:
        (crossing,) = crossings_of(track, ["US"], boundary=boundary)
        assert (crossing.kind, crossing.error_m) == ("exit", OUTLINE_ERROR_M)
        assert truth.takeoff < crossing.moment.lo < crossing.moment.hi < truth.landing  # type: ignore[operator]
        assert crossing.moment.hi - crossing.moment.lo < 10 * MINUTE  # type: ignore[operator]
    land, sea = (crossings_of(track, ["US"], boundary=boundary)[0].moment for boundary in Boundary)
    assert land.hi < sea.hi  # type: ignore[operator]
    assert exit_open_of(track, ["US"]) is None


def test_a_gap_over_the_boundary_makes_the_moment_as_long_as_the_gap() -> None:
    track, truth = flight()
    begin, end = truth.takeoff + 10 * MINUTE, truth.takeoff + 70 * MINUTE
    (crossing,) = crossings_of(track.only((track.us <= begin) | (track.us >= end)), ["US"])
    assert crossing.moment.lo == pytest.approx(begin, abs=5_000_000)
    assert crossing.moment.hi == pytest.approx(end, abs=5_000_000)


def test_where_the_track_ends_inside_the_exit_has_no_end() -> None:
    track, truth = flight()
    cut = track.only(track.us < truth.takeoff + 10 * MINUTE)
    assert crossings_of(cut, ["US"]) == []
    found = exit_open_of(cut, ["US"])
    assert found is not None
    assert (found.moment.hi, found.moment.hi_why_missing.reason.value) == (None, "not_recorded")  # type: ignore[union-attr]


def test_several_countries_are_taken_as_one() -> None:
    track, _ = flight()
    (crossing,) = crossings_of(track, ["US", "MX", "GT"], boundary=Boundary.LAND)[-1:]
    assert (crossing.kind, crossing.countries) == ("exit", ("US", "MX", "GT"))
