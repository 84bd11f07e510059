"""Write a fabricated trace, to try the commands on: `python -m paradero.flights.fabricated FILE`. No aircraft
flew it.

It takes off at Harlingen, is lost over the Gulf of Mexico, is heard again 221 minutes later where it was
lost, on its way back, and lands where it began.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

from paradero.flights.places.airports import airports
from paradero.flights.places.geometry import destination

_BASE = 1_742_083_200  # 2025-03-16 00:00 UTC
_OUTBOUND, _CLIMB_MINUTES, _CRUISE_FT, _SPEED_KT = 140.0, 20, 34_000, 430.0
_HEARD_MINUTES, _GAP_MINUTES = 50, 221
_EVERY_S = 20


def fabricated_trace(*, hex_code: str = "a00000", every_s: int = _EVERY_S) -> dict[str, Any]:
    """The trace as readsb would write it, a position every so many seconds."""
    field = airports().named("KHRL")
    seconds = np.arange(0, _HEARD_MINUTES * 60 + 1, every_s)
    speed = np.minimum(_SPEED_KT, 140 + seconds / 60 * (_SPEED_KT - 140) / _CLIMB_MINUTES)
    away = np.r_[0.0, np.cumsum(speed[1:] * 1.852 * every_s / 3600)]
    lat, lon = destination(field.lat, field.lon, _OUTBOUND, away)
    height = np.minimum(
        _CRUISE_FT, field.elevation_ft + seconds / 60 * (_CRUISE_FT - field.elevation_ft) / _CLIMB_MINUTES
    )
    rate = np.where(height < _CRUISE_FT, _CRUISE_FT // _CLIMB_MINUTES, 0)
    begin = 3_600
    there = [
        _point(begin + s, *place)
        for s, *place in zip(
            seconds, lat, lon, height, speed, np.full(len(lat), _OUTBOUND), rate, strict=True
        )
    ]
    again = begin + int(seconds[-1]) + _GAP_MINUTES * 60
    back = [
        _point(again + s, *place)
        for s, *place in zip(
            seconds,
            lat[::-1],
            lon[::-1],
            height[::-1],
            speed[::-1],
            np.full(len(lat), 320.0),
            -rate[::-1],
            strict=True,
        )
    ]
    taxi_out = [
        _point(begin - s, field.lat, field.lon, None, 12.0, 90.0, None) for s in range(300, 0, -every_s)
    ]
    taxi_in = [
        _point(again + int(seconds[-1]) + s, field.lat, field.lon, None, 12.0, 90.0, None)
        for s in range(every_s, 300, every_s)
    ]
    return {
        "icao": hex_code,
        "r": "N000FAB",
        "t": "B737",
        "desc": "FABRICATED",
        "timestamp": _BASE,
        "trace": [*taxi_out, *there, *back, *taxi_in],
    }


def _point(
    second: int, lat: float, lon: float, height: float | None, speed: float, track: float, rate: float | None
) -> list[Any]:
    altitude = "ground" if height is None else round(height / 25) * 25
    detail = {"flight": "FAB1    "}
    return [
        int(second),
        round(float(lat), 6),
        round(float(lon), 6),
        altitude,
        round(float(speed), 1),
        track,
        0,
        None if rate is None else int(rate),
        detail,
        "adsb_icao",
    ]


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(json.dumps(fabricated_trace()), encoding="utf-8")
