"""What any aircraft can do, stated so generously that a bound drawn with it holds. Minutes, feet, kilometres,
knots.

None of it is a type's own performance: a bound must contain the truth for a Boeing as for a drone.
"""

from __future__ import annotations

import math

MINUTE_US = 60_000_000
ENDURANCE_MINUTES = 20 * 60.0  # the longest scheduled flight is 18 h 50 min (Singapore to New York)
FASTEST_KMH = 1_300.0  # ground speed: 1,080 km/h in still air at most, and a strong jet stream
_STEEPEST_FPM = 12_000.0  # emergency descents and fighters' climbs stay below it
_HIGHEST_FIELD_FT = 15_000.0  # Daocheng Yading, 14,472 ft; and the error of a pressure altitude
_SLOW_FPM = 500.0  # the mean rate of a slow arrival or departure, level stretches included


def least_minutes(altitude_ft: float) -> float:
    """The least time between the ground, wherever it is, and this pressure altitude; 0 where it is
    not known.
    """
    return 0.0 if math.isnan(altitude_ft) else max(0.0, altitude_ft - _HIGHEST_FIELD_FT) / _STEEPEST_FPM


def most_minutes(height_ft: float) -> float:
    """The most time that a departure or arrival takes between a height above the field and the runway.

    A slow climb or descent, and a spare for vectors, a hold or a go-around that grows from 5 minutes at the
    ground to 30 at 7,500 ft.
    """
    height = max(0.0, height_ft)
    return height / _SLOW_FPM + 5 + min(25.0, height / 300)


def least_flight_minutes(km: float) -> float:
    """The least time over a distance."""
    return km / FASTEST_KMH * 60


def direct_minutes(km: float, speed_kt: float, altitude_ft: float) -> float:
    """The time that flying straight to a place and landing there takes in practice: at the speed seen, and 3
    ft a nautical mile of descent slowed.
    """
    speed_kmh = 1.852 * (speed_kt if speed_kt >= 60 else 250.0)
    descent = (
        0.0 if math.isnan(altitude_ft) else max(0.0, altitude_ft) / 1_500 * 0.4
    )  # a descent flown at a slower mean speed costs this much more
    return km / speed_kmh * 60 + descent + 3
