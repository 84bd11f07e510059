"""Truncated traces: bounds contain the truth in at least 99 of 100, and no wrong airport weighs more than a
half. `python -m pytest -s` shows the figures.
"""

from __future__ import annotations

import random
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from attack.scale import draws

from flights.made import MINUTE, Plan, Truth, drawn, flown, us_of
from flights.truncated import Tally, Whole, cuts, judge
from paradero.flights.legs.legs import legs_of
from paradero.flights.places.airports import airports
from paradero.flights.tracks.positions import read_positions
from paradero.flights.tracks.tracks import AIR, Track

SPARE = 15_000_000  # how exactly the truth itself is known

# file, hex, take-off and landing (from, to; UTC) and airports, read from the positions on the ground and the
# first and last low ones by hand
REAL = [
    ("trace_full_ac134a.json", "ac134a", None, ("2024-08-12T02:49:12", "2024-08-12T02:49:35"), "", "KPBI"),
    (
        "traffic_belevingsvlucht.json.gz",
        "484506",
        ("2018-05-30T15:21:00", "2018-05-30T15:21:40"),
        ("2018-05-30T20:17:58", "2018-05-30T20:18:50"),
        "EHAM",
        "EHAM",
    ),
    (
        "traffic_texas.json.gz",
        "a54ee2",
        ("2018-10-27T14:37:20", "2018-10-27T14:38:40"),
        ("2018-10-27T19:13:55", "2018-10-27T19:15:20"),
        "KSPS",
        "KSPS",
    ),
    (
        "traffic_noisy_landing.json.gz",
        "3c664e",
        None,
        ("2019-11-11T18:09:55", "2019-11-11T18:12:00"),
        "",
        "LSZH",
    ),
    (
        "traffic_noisy_ground.json.gz",
        "440549",
        ("2019-11-11T14:20:20", "2019-11-11T14:20:30"),
        None,
        "LSZH",
        "",
    ),
    (
        "traffic_noisy_takeoff.json.gz",
        "3946e4",
        ("2019-11-11T17:39:40", "2019-11-11T17:39:55"),
        None,
        "LSZH",
        "",
    ),
    (
        "traffic_zurich_airport.json.gz",
        "4b160e",
        ("2019-11-05T13:05:15", "2019-11-05T13:05:30"),
        ("2019-11-05T16:36:45", "2019-11-05T16:37:00"),
        "LSZH",
        "LSZH",
    ),
    (
        "traffic_zurich_airport.json.gz",
        "c01074",
        ("2019-11-05T08:40:35", "2019-11-05T08:40:45"),
        None,
        "LSZH",
        "",
    ),
    (
        "traffic_zurich_airport.json.gz",
        "4b1614",
        ("2019-11-05T11:33:50", "2019-11-05T11:34:05"),
        None,
        "LSZH",
        "",
    ),
]


def real_wholes(adsb: Path) -> list[Whole]:
    found = []
    for name, code, takeoff, landing, origin, to in REAL:
        track = next(track for track in read_positions(adsb / name) if track.hex == code)
        spans = [None if span is None else (us_of(span[0]), us_of(span[1])) for span in (takeoff, landing)]
        found.append(
            Whole(
                name=code,
                track=track,
                takeoff=spans[0],
                landing=spans[1],
                origin=frozenset({origin} - {""}),
                destination=frozenset({to} - {""}),
            )
        )
    return found


def made_whole(plan: Plan, name: str, *, flags_ground: bool) -> Whole:
    track, truth = flown(plan, flags_ground=flags_ground)
    return Whole(
        name=name,
        track=track,
        takeoff=(truth.takeoff - SPARE, truth.takeoff + SPARE),
        landing=(truth.landing - SPARE, truth.landing + SPARE),
        origin=codes(plan.origin),
        destination=codes(plan.destination),
    )


def codes(airport: object) -> frozenset[str]:
    return frozenset({airport.icao, *(code for code, _ in airport.other_codes)})  # type: ignore[attr-defined]


def said(tally: Tally, what: str) -> str:
    n_ends = sum(count for name, count in tally.n.items() if name.startswith("ends:"))
    return (
        f"{what}: {n_ends} ends, coverage {tally.coverage():.4f}, {tally.n['named']} named an airport above"
        f" one half, {tally.n['wrong']} of them wrong"
    )


def test_real_traces_cut_at_random(adsb: Path, capsys: pytest.CaptureFixture[str]) -> None:
    chance, tally = random.Random(11), Tally()
    for whole in real_wholes(adsb):
        for kind, cut in cuts(whole, chance, draws(5, 15)):
            judge(whole, kind, cut, tally)
    with capsys.disabled():
        sys.stdout.write("\n" + said(tally, "real traces"))
    assert tally.n["wrong"] == 0, "\n".join(tally.misses)
    assert tally.n["false_landings"] == 0, "\n".join(tally.misses)
    assert tally.coverage() >= 0.99, "\n".join(tally.misses)


@pytest.mark.parametrize("is_light", [False, True], ids=["airliners", "light aircraft"])
@pytest.mark.parametrize("flags_ground", [True, False], ids=["ground told", "ground not told"])
def test_made_flights_cut_at_random(
    is_light: bool, flags_ground: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    chance, tally = random.Random(7), Tally()
    for number in range(draws(20, 40)):
        whole = made_whole(drawn(chance, is_light=is_light), str(number), flags_ground=flags_ground)
        for kind, cut in cuts(whole, chance, 1):
            judge(whole, kind, cut, tally)
    with capsys.disabled():
        sys.stdout.write("\n" + said(tally, f"made flights, light {is_light}, ground told {flags_ground}"))
    assert tally.n["wrong"] == 0, "\n".join(tally.misses)
    assert tally.n["false_landings"] == 0, "\n".join(tally.misses)
    assert tally.coverage() >= 0.99, "\n".join(tally.misses)


def test_a_truth_that_is_missed_is_seen_to_be_missed() -> None:
    """The measure itself: shifted by a day, no truth is contained."""
    whole = made_whole(drawn(random.Random(3), is_light=False), "shifted", flags_ground=True)
    late = (whole.takeoff[0] + 1440 * MINUTE, whole.takeoff[1] + 1440 * MINUTE)  # type: ignore[index]
    shifted = Whole(
        name="shifted",
        track=whole.track,
        takeoff=late,
        landing=late,
        origin=frozenset({"XXXX"}),
        destination=frozenset({"XXXX"}),
    )
    tally = Tally()
    judge(shifted, "whole", whole.track, tally)
    assert (tally.coverage(), tally.n["wrong"]) == (0.0, 2)


def test_the_three_legs_of_the_reference_case() -> None:
    """Harlingen, Comayagua (Soto Cano), San Salvador: complete, and with the middle stop unseen."""
    texas, comayagua, salvador = (airports().named(code) for code in ("KHRL", "MHSC", "MSLP"))
    first, one = flown(Plan(origin=texas, destination=comayagua, depart=us_of("2025-03-15T22:20:00")))
    second, two = flown(
        Plan(
            origin=comayagua,
            destination=salvador,
            depart=one.landing + 150 * MINUTE,
            cruise_ft=16_000,
            runway=180,
        ),
        callsign=b"XYZ2",
    )
    legs = legs_of([first, second])
    assert [
        (leg.takeoff.candidates[0].icao, leg.landing.candidates[0].icao, str(leg.status)) for leg in legs
    ] == [("KHRL", "MHPR", "observed"), ("MHPR", "MSLP", "observed")]
    for leg, truth in zip(legs, (one, two), strict=True):
        assert leg.takeoff.moment.lo <= truth.takeoff <= leg.takeoff.moment.hi  # type: ignore[operator]
        assert leg.landing.moment.lo <= truth.landing <= leg.landing.moment.hi  # type: ignore[operator]
    both = {"MHPR", "MHSC"}
    cut = [
        part.only((part.us < one.landing - 20 * MINUTE) | (part.us > two.takeoff + 12 * MINUTE))
        for part in (first, second)
    ]
    legs = legs_of(cut)
    assert legs[0].landing.moment.lo <= one.landing <= legs[0].landing.moment.hi  # type: ignore[operator]
    assert legs[-1].landing.moment.lo <= two.landing <= legs[-1].landing.moment.hi  # type: ignore[operator]
    assert all(
        candidate.weight <= 0.5 or candidate.icao in both
        for leg in legs[:-1]
        for candidate in leg.landing.candidates
    )


@pytest.mark.parametrize("height", [1_500, 4_000, 10_000])
def test_days_of_three_legs_of_which_nothing_low_is_heard(height: float) -> None:
    """Turnarounds of 12 minutes to 2½ hours between flights that are never seen below a height: the stops are
    found, and every bound holds.
    """
    chance, n_days, n_three = random.Random(4), 0, 0
    for _ in range(20):
        days, truths = three_legs(chance)
        heard = [track.only((track.ground == AIR) & (track.altitude_ft > height + 3_000)) for track in days]
        if not all(len(track) for track in heard):
            continue
        legs = legs_of(heard)
        n_days, n_three = n_days + 1, n_three + (len(legs) == 3)
        ends = [(legs[0].takeoff, truths[0].takeoff), (legs[-1].landing, truths[-1].landing)]
        if len(legs) == 3:
            ends = [
                pair
                for leg, truth in zip(legs, truths, strict=True)
                for pair in ((leg.takeoff, truth.takeoff), (leg.landing, truth.landing))
            ]
        assert all(end.moment.lo <= at <= end.moment.hi for end, at in ends)  # type: ignore[operator]
        if len(legs) == 3:
            right = [code for truth in truths for code in (truth.origin, truth.destination)]
            for (end, _), code in zip(ends, right, strict=True):
                assert all(one.weight <= 0.5 or one.icao == code for one in end.candidates)
    assert n_three >= 0.9 * n_days > 10


def three_legs(chance: random.Random) -> tuple[list[Track], list[Truth]]:
    plan, tracks, truths = drawn(chance, is_light=False), [], []
    for _ in range(3):
        track, truth = flown(plan)
        tracks.append(track)
        truths.append(truth)
        places, km = airports().near(plan.destination.lat, plan.destination.lon, 2_500)
        fits = [
            int(place)
            for place, far in zip(places, km, strict=True)
            if far > 300 and airports().all[int(place)].is_scheduled
        ]
        to = airports().all[chance.choice(fits)]
        depart = truth.landing + chance.randint(12, 150) * MINUTE
        plan = replace(
            plan,
            origin=plan.destination,
            destination=to,
            depart=depart,
            cruise_ft=33_000.0,
            hold_minutes=0.0,
            go_arounds=0,
        )
    return tracks, truths


def test_the_order_of_positions_and_files_does_not_matter(adsb: Path) -> None:
    chance = np.random.default_rng(5)
    for whole in real_wholes(adsb)[:4]:
        parts: list[Track] = [
            whole.track.only(chance.permutation(len(whole.track))[:: chance.choice((1, 2))]) for _ in range(2)
        ]
        assert legs_of(parts) == legs_of(
            [part.only(chance.permutation(len(part))) for part in reversed(parts)]
        )
