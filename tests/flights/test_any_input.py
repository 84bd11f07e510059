"""Whatever is thrown at it: legs and gaps come out, in order, with bounds and weights that make sense, the
same for any order of positions.
"""

from __future__ import annotations

import numpy as np
from attack.scale import draws
from hypothesis import given, settings
from hypothesis import strategies as st

from paradero.flights.legs.gaps import gaps_of
from paradero.flights.legs.legs import legs_of
from paradero.flights.listing import gap_line, leg_line, shown_gap, shown_leg
from paradero.flights.tracks.tracks import Track, track_of

BASE = 1_742_000_000_000_000


def noise(seed: int, n: int, spread_minutes: float, kind: str) -> Track:
    """Positions by chance: anywhere, about one airport, or a walk; with anything missing."""
    chance = np.random.default_rng(seed)
    us = BASE + chance.integers(0, int(spread_minutes * 6e7) + 1, n)
    if kind == "anywhere":
        lat, lon = chance.uniform(-90, 90, n), chance.uniform(-180, 180, n)
    elif kind == "one field":
        lat, lon = 32.84 + chance.normal(0, 0.02, n), -96.85 + chance.normal(0, 0.02, n)
    else:
        order = np.argsort(us)
        lat, lon = np.empty(n), np.empty(n)
        lat[order] = np.clip(np.cumsum(chance.normal(0, 0.3, n)), -89, 89)
        lon[order] = (179 + np.cumsum(chance.normal(0, 0.3, n)) + 180) % 360 - 180
    altitude = np.where(
        chance.random(n) < 0.3,
        np.nan,
        chance.choice([0, 500, 2_000, 10_000, 37_000, 60_000], n) + chance.normal(0, 100, n),
    )
    speed = np.where(chance.random(n) < 0.3, np.nan, chance.uniform(0, 600, n))
    columns = {
        "us": us, "lat": lat, "lon": lon, "altitude_ft": altitude, "speed_kt": speed, "heading": np.where(chance.random(n) < 0.2, np.nan, chance.uniform(0, 360, n)),
        "rate_fpm": np.where(chance.random(n) < 0.3, np.nan, chance.normal(0, 2_000, n)), "ground": chance.choice([-1, 0, 1], n),
        "is_mlat": chance.random(n) < 0.1, "new_leg": chance.random(n) < 0.05, "callsign": chance.choice([b"", b"ABC1", b"ABC2"], n),
    }  # fmt: skip
    return track_of("abcdef", columns, files=("noise",), flags={})


@settings(max_examples=draws(20, 1000), deadline=None)
@given(
    seed=st.integers(0, 2**32 - 1), n=st.integers(1, 60), spread=st.sampled_from([0.0, 1.0, 60.0, 600.0, 10_000.0]),
    kind=st.sampled_from(["anywhere", "one field", "walk"]),
)  # fmt: skip
def test_legs_and_gaps_of_anything(seed: int, n: int, spread: float, kind: str) -> None:
    track = noise(seed, n, spread, kind)
    legs = legs_of([track])
    for leg in legs:
        for end in (leg.takeoff, leg.landing):
            assert end.moment.lo is not None
            assert end.moment.hi is not None
            assert end.moment.lo <= end.moment.hi
            assert sum(one.weight for one in end.candidates) <= 1
            assert len(end.candidates) <= end.n_in_reach
        assert leg.takeoff.moment.lo <= leg.landing.moment.hi  # type: ignore[operator]
        if leg.first_us is not None and leg.last_us is not None:
            assert leg.takeoff.moment.lo <= leg.first_us <= leg.last_us <= leg.landing.moment.hi  # type: ignore[operator]
        assert shown_leg(leg).as_json()["takeoff_lo"] is not None
        assert leg_line(leg).hex == "abcdef"
    gaps = gaps_of([track])
    assert all(gap.minutes > 10 for gap in gaps)
    for gap in gaps:
        assert shown_gap(gap).as_json()["hex"] == gap_line(gap).as_json()["hex"] == "abcdef"
    order = np.random.default_rng(seed).permutation(n)
    assert legs_of([track.only(order[: n // 2]), track.only(order[n // 2 :])]) == legs
