"""How fast the types of aircraft fly, climb and descend: `aircraft_types.csv`, so generously that an envelope
drawn with it is too large rather than too small.

Cruise is the greatest operating Mach number of the type certificate times 1,062 km/h, the speed of sound at
-56.5 °C (ICAO standard atmosphere above 36,089 ft); wind is not in it. Rates of climb and descent are greater
than in service; endurance is what full tanks give at a low burn. These last three are our judgement, not a
certificate's.
"""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_LOW_FT, _LOW_KMH = (
    4_000.0,
    650.0,
)  # within 4,000 ft of a field nothing is faster than its Vmo of 340-350 knots indicated


@dataclass(frozen=True, slots=True, kw_only=True)
class Performance:
    """One type: cruise in km/h through still air, rates in feet a minute, endurance in hours, and where the
    cruise is from.
    """

    name: str
    cruise_kmh: float
    climb_fpm: float
    descent_fpm: float
    endurance_h: float
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Vertical:
    """What going down to a stop and up again costs at the least: minutes in all, and km less than at
    cruise.
    """

    minutes: float = 0.0
    lost_km: float = 0.0


@cache
def performances() -> dict[str, Performance]:
    """All types by their ICAO designator."""
    with (files("paradero.flights.legs") / "aircraft_types.csv").open(encoding="utf-8") as lines:
        return {
            row["type"]: Performance(
                name=row["type"],
                cruise_kmh=float(row["cruise_kmh"]),
                climb_fpm=float(row["climb_fpm"]),
                descent_fpm=float(row["descent_fpm"]),
                endurance_h=float(row["endurance_h"]),
                source=row["source"],
            )
            for row in csv.DictReader(lines)
        }


def performance_of(aircraft_type: str | None) -> Performance | None:
    """The performance of a type, None where it is not known; of several types joined with `|` the fastest, if
    all are known.
    """
    names = (aircraft_type or "").split("|")
    found = [performances().get(name.strip().upper()) for name in names]
    known = [one for one in found if one is not None]
    return max(known, key=lambda one: (one.cruise_kmh, one.name)) if len(known) == len(names) else None


def vertical_of(flies: Performance, start_ft: float | None, end_ft: float | None) -> Vertical:
    """The cost of a stop between two sightings; None is on the ground, nan an altitude that is not known:
    both cost nothing, since a hop can be short and low.

    Only height above 15,000 ft costs time, since fields lie as high as that. Who was above 25,000 ft flew its
    last 4,000 ft to a field more slowly than at cruise.
    """
    minutes = lost = 0.0
    for height, rate in ((start_ft, flies.descent_fpm), (end_ft, flies.climb_fpm)):
        if height is not None and not math.isnan(height):
            minutes += max(0.0, height - 15_000.0) / rate
            lost += _LOW_FT / rate / 60 * max(0.0, flies.cruise_kmh - _LOW_KMH) if height > 25_000.0 else 0.0
    return Vertical(minutes=minutes, lost_km=lost)
