"""Read the trace files of readsb and tar1090: one aircraft and at most one day a file.

A point is `[seconds after the file's timestamp, lat, lon, altitude in feet or "ground" or null, ground speed in knots, track, flags,
vertical rate, detail or null, source, geometric altitude, …]`; flags: 1 the position is stale, 2 a new leg begins, 4 the vertical rate is
geometric, 8 the altitude is geometric. Source: README-json.md of wiedehopf/readsb.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from paradero.flights.tracks import AIR, GROUND, UNSURE, Track, track_of
from paradero.model.errors import SourceError

_STALE, _NEW_LEG = 1, 2
_DAY_S = 86_400
_SPARE_S = 3_600  # a trace may run over midnight by minutes; more is a clock gone wrong
_LEAST = 4  # a point has at least a time, a place and an altitude


def is_trace(found: Any) -> bool:
    """Whether a JSON value is a trace file."""
    return isinstance(found, dict) and "trace" in found and "icao" in found


def read_trace(found: dict[str, Any], path: Path) -> Track:
    """The track of a trace file; raises SourceError naming file and point where it does not have the format."""
    base, points = found.get("timestamp"), found["trace"]
    if not isinstance(base, int | float) or isinstance(base, bool):
        raise SourceError(f"{path}: expected `timestamp`, seconds since 1970, found {base!r}. Fetch the file again.")
    if not isinstance(points, list):
        raise SourceError(f"{path}: expected `trace`, a list of points, found {type(points).__name__}. Fetch the file again.")
    _check(points, path)
    columns, flags = _columns(points, float(base))
    return track_of(
        str(found["icao"]).strip().lower(),
        columns,
        files=(path.name,),
        flags=flags,
        registration=_text(found.get("r")),
        aircraft_type=_text(found.get("t")),
    )


def _check(points: list[Any], path: Path) -> None:
    for number, point in enumerate(points):
        if not isinstance(point, list) or len(point) < _LEAST or not all(_is_number(cell) for cell in point[:3]):
            raise SourceError(
                f"{path}: expected point {number} of `trace` to be [seconds, lat, lon, altitude, …], found {str(point)[:60]}. Fetch the file again."
            )


def _columns(points: list[list[Any]], base: float) -> tuple[dict[str, Any], dict[str, int]]:
    offsets = np.array([point[0] for point in points], "f8")
    marks = np.array([_at(point, 6) or 0 for point in points], "i8")
    heights = [point[3] for point in points]
    columns = {
        "us": np.round((base + offsets) * 1e6).astype("i8"),
        "lat": np.array([point[1] for point in points], "f8"),
        "lon": np.array([point[2] for point in points], "f8"),
        "altitude_ft": np.array([height if _is_number(height) else np.nan for height in heights], "f8"),
        "speed_kt": _numbers(points, 4),
        "heading": _numbers(points, 5),
        "rate_fpm": _numbers(points, 7),
        "ground": np.array([GROUND if height == "ground" else AIR if _is_number(height) else UNSURE for height in heights], "i1"),
        "is_mlat": np.array([_at(point, 9) in ("mlat", "tisb_other", "other") for point in points], "?"),
        "new_leg": (marks & _NEW_LEG) > 0,
        "callsign": np.array([_callsign(_at(point, 8)) for point in points], "S8"),
    }
    is_skewed = (offsets < -_SPARE_S) | (offsets > _DAY_S + _SPARE_S)
    flags = {"stale": int((marks & _STALE).astype(bool).sum()), "clock_beyond_day": int(is_skewed.sum())}
    return columns, flags


def _numbers(points: list[list[Any]], place: int) -> Any:
    return np.array([value if _is_number(value := _at(point, place)) else np.nan for point in points], "f8")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _at(point: list[Any], place: int) -> Any:
    return point[place] if len(point) > place else None


def _callsign(detail: Any) -> bytes:
    flight = detail.get("flight") if isinstance(detail, dict) else None
    return flight.strip().encode("ascii", "replace")[:8] if isinstance(flight, str) else b""


def _text(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None
