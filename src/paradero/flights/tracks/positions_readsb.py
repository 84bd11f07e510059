"""Read the trace files of readsb and tar1090: one aircraft and at most one day a file.

A point is `[seconds after the file's timestamp, lat, lon, altitude in feet or "ground" or null, ground speed
in knots, track, flags, vertical rate, detail or null, source, geometric altitude, …]`; flags: 1 the position
is stale, 2 a new leg begins, 4 the vertical rate is geometric, 8 the altitude is geometric. Source:
README-json.md of wiedehopf/readsb.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from paradero.flights.tracks.tracks import AIR, GROUND, UNSURE, Track, track_of
from paradero.model.errors import SourceError

_STALE, _NEW_LEG = 1, 2
_DAY_S = 86_400
_SPARE_S = 3_600  # a trace may run over midnight by minutes; more is a clock gone wrong
_NUMBERS = (int, float)
_INEXACT = ("mlat", "tisb_other", "other")
_LEAST = 4  # a point has at least a time, a place and an altitude


def is_trace(found: Any) -> bool:
    """Whether a JSON value is a trace file."""
    return isinstance(found, dict) and "trace" in found and "icao" in found


def read_trace(found: dict[str, Any], path: Path) -> Track:
    """The track of a trace file; raises SourceError naming file and point where it does not have the
    format.
    """
    base, points = found.get("timestamp"), found["trace"]
    if not isinstance(base, int | float) or isinstance(base, bool):
        raise SourceError(
            f"{path}: `timestamp` must be seconds since 1970; {base!r} is not. Fetch the file again."
        )
    if not isinstance(points, list):
        raise SourceError(
            f"{path}: `trace` must be a list of points; it is of type {type(points).__name__}. Fetch the"
            " file again."
        )
    columns, flags = _columns(points, float(base), path)
    return track_of(
        str(found["icao"]).strip().lower(),
        columns,
        files=(path.name,),
        flags=flags,
        registration=_text(found.get("r")),
        aircraft_type=_text(found.get("t")),
    )


def _not_points(points: list[Any], path: Path) -> SourceError:
    """The error over the first point that is none, where columns could not be made of them."""
    number, point = next((number, point) for number, point in enumerate(points) if not _is_point(point))
    return SourceError(
        f"{path}: point {number} of `trace` must be [seconds, lat, lon, altitude, …]; {str(point)[:60]} is"
        " not. Fetch the file again."
    )


def _is_point(point: Any) -> bool:
    return isinstance(point, list) and len(point) >= _LEAST and all(_is_number(cell) for cell in point[:3])


def _columns(points: list[Any], base: float, path: Path) -> tuple[dict[str, Any], dict[str, int]]:
    if not all(point.__class__ is list for point in points):
        raise _not_points(points, path)
    try:
        offsets, lat, lon = np.array([point[:3] for point in points], "f8").reshape(-1, 3).T
        heights = [point[3] for point in points]
    except (TypeError, ValueError, IndexError) as error:
        raise _not_points(points, path) from error
    if np.isnan(offsets).any():  # of JSON's values only null becomes one
        raise _not_points(points, path)
    marks = np.nan_to_num(_numbers(points, 6)).astype("i8")
    altitude = np.array([height if height.__class__ in _NUMBERS else np.nan for height in heights], "f8")
    is_ground = np.array([height == "ground" for height in heights], "?")
    columns = {
        "us": np.round((base + offsets) * 1e6).astype("i8"),
        "lat": lat,
        "lon": lon,
        "altitude_ft": altitude,
        "speed_kt": _numbers(points, 4),
        "heading": _numbers(points, 5),
        "rate_fpm": _numbers(points, 7),
        "ground": np.where(is_ground, GROUND, np.where(np.isfinite(altitude), AIR, UNSURE)),
        "is_mlat": np.array([point[9] in _INEXACT if len(point) > 9 else False for point in points], "?"),
        "new_leg": (marks & _NEW_LEG) > 0,
        "callsign": np.array(
            [_callsign(point[8]) if len(point) > 8 and point[8] else b"" for point in points], "S8"
        ),
    }
    is_skewed = (offsets < -_SPARE_S) | (offsets > _DAY_S + _SPARE_S)
    flags = {"stale": int((marks & _STALE).astype(bool).sum()), "clock_beyond_day": int(is_skewed.sum())}
    return columns, flags


def _numbers(points: list[Any], place: int) -> Any:
    """A column of numbers, nan where there is none; null is none, and so is anything that is no number."""
    try:
        return np.array([point[place] for point in points], "f8")
    except (IndexError, TypeError, ValueError):
        return np.array(
            [point[place] if len(point) > place and _is_number(point[place]) else np.nan for point in points],
            "f8",
        )


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _callsign(detail: Any) -> bytes:
    flight = detail.get("flight") if isinstance(detail, dict) else None
    return flight.strip().encode("ascii", "replace")[:8] if isinstance(flight, str) else b""


def _text(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None
