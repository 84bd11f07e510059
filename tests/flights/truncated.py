"""Cut complete tracks as reception does: the beginning, the end, what is low, the middle, at random; and
judge what legs say of the rest.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field

import numpy as np

from flights.made import MINUTE
from paradero.flights.legs.legs import Leg, legs_of
from paradero.flights.tracks.tracks import AIR, Track

Window = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A complete track and what is known to be true of it: windows of take-off and landing, and the airports;
    None where it is not known.
    """

    name: str
    track: Track
    takeoff: Window | None
    landing: Window | None
    origin: frozenset[str]
    destination: frozenset[str]


@dataclass(slots=True)
class Tally:
    """What was measured. `wrong` are weights above one half on a wrong airport, `false_landings` landings
    said to be certain that never happened.
    """

    n: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)
    widths: dict[str, list[float]] = field(default_factory=dict)

    def coverage(self, *kinds: str) -> float:
        kinds = kinds or tuple({name.split(":")[1] for name in self.n if name.startswith("ends:")})
        return sum(self.n[f"held:{kind}"] for kind in kinds) / max(
            1, sum(self.n[f"ends:{kind}"] for kind in kinds)
        )


def cuts(whole: Whole, chance: random.Random, n_each: int) -> list[tuple[str, Track]]:
    """Truncated tracks by kind of cut, each with at least three positions in the air left."""
    track = whole.track
    first, last = int(track.us[0]), int(track.us[-1])
    minutes = (last - first) / MINUTE
    found: list[tuple[str, Track]] = []
    for _ in range(n_each):
        n = int(chance.uniform(0.02, 0.8) * minutes * MINUTE)
        found.append(("first", track.only(track.us >= first + n)))
        n = int(chance.uniform(0.02, 0.8) * minutes * MINUTE)
        found.append(("last", track.only(track.us <= last - n)))
        height = chance.choice((300, 800, 1_500, 3_000, 6_000, 10_000, 20_000))
        field_ft = (
            float(np.nanmin(np.where(track.ground == AIR, track.altitude_ft, np.nan)))
            if (track.ground == AIR).any()
            else float(np.nanmin(track.altitude_ft))
        )
        found.append(("below", track.only(_flying(whole) & ~(track.altitude_ft < field_ft + height))))
        begin, length = (
            first + int(chance.random() * minutes * MINUTE),
            int(chance.uniform(3, max(4.0, minutes * 0.7)) * MINUTE),
        )
        found.append(("middle", track.only((track.us < begin) | (track.us > begin + length))))
        begin = first + int(chance.random() * minutes * 0.9 * MINUTE)
        inside = (track.us >= begin) & (track.us <= begin + int(chance.uniform(0.05, 0.5) * minutes * MINUTE))
        thin = np.random.default_rng(chance.randrange(2**31)).random(len(track)) < chance.choice(
            (0.05, 0.3, 1.0)
        )
        found.append(("random", track.only(inside & thin)))
    return [
        (kind, one)
        for kind, one in found
        if np.count_nonzero((one.ground != 1) & (one.altitude_ft > 0)) >= 3 and len(one) < len(track)
    ]


def _flying(whole: Whole) -> np.ndarray:  # type: ignore[type-arg]
    """The positions between take-off and landing: receivers that lose sight of what is low hear nothing of
    the ground either, its wrong altitudes included.
    """
    us = whole.track.us
    return (us >= (whole.takeoff or (0, 0))[0]) & (us <= (whole.landing or (0, 2**62))[1])


def judge(whole: Whole, kind: str, cut: Track, tally: Tally) -> None:
    """Compare the legs of a cut track with the truth."""
    legs = legs_of([cut])
    if not legs:
        tally.n["no_leg"] += 1
        return
    if whole.takeoff is not None:
        _end(whole, kind, "takeoff", legs[0], whole.takeoff, whole.origin, tally)
    if whole.landing is not None:
        _end(whole, kind, "landing", legs[-1], whole.landing, whole.destination, tally)
    for leg in legs[:-1]:
        if leg.landing.is_certain and whole.takeoff is not None and whole.landing is not None:
            tally.n["false_landings"] += 1
            tally.misses.append(f"{whole.name} {kind}: a landing that never was, {leg.landing.basis}")
        _weigh(whole, kind, "between", leg.landing.candidates, whole.destination, tally)


def _end(
    whole: Whole, kind: str, which: str, leg: Leg, window: Window, right: frozenset[str], tally: Tally
) -> None:
    end = getattr(leg, which)
    lo, hi = end.moment.lo, end.moment.hi
    holds = lo is not None and hi is not None and lo <= window[1] and hi >= window[0]
    tally.n[f"ends:{kind}"] += 1
    tally.n[f"held:{kind}"] += holds
    tally.n[f"status:{end.status}"] += 1
    if hi is not None and lo is not None:
        tally.widths.setdefault(f"{end.status}", []).append((hi - lo) / MINUTE)
    if not holds:
        off = max((window[0] - (hi or 0)) / MINUTE, ((lo or 0) - window[1]) / MINUTE)
        tally.misses.append(f"{whole.name} {kind} {which}: {off:+.1f} min, {end.basis}, {end.altitude_ft}")
    _weigh(whole, kind, which, end.candidates, right, tally)


def _weigh(
    whole: Whole, kind: str, which: str, candidates: tuple, right: frozenset[str], tally: Tally
) -> None:  # type: ignore[type-arg]
    tally.n["named"] += any(candidate.weight > 0.5 for candidate in candidates)
    assert sum(candidate.weight for candidate in candidates) <= 1.0
    for candidate in candidates:
        if candidate.weight > 0.5 and candidate.icao not in right:
            tally.n["wrong"] += 1
            tally.misses.append(
                f"{whole.name} {kind} {which}: {candidate.icao} {candidate.weight} at {candidate.distance_km}"
                f" km, {candidate.height_ft} ft; is {sorted(right)}"
            )
