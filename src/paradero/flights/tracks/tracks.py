"""Tracks: the positions of one aircraft as columns, and what was flagged while they were read and cleaned.
Times are UTC microseconds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Small = NDArray[np.int8]
Truth = NDArray[np.bool_]
Places = NDArray[np.intp]  # places in a column

AIR, GROUND, UNSURE = 0, 1, -1  # what a position says of the aircraft: flying, on the ground, or not said


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """The positions of one aircraft, one entry a position in every column. Not said is nan, or UNSURE for
    `ground`.

    =============  ===========================================================================================
    us             microseconds since 1970 UTC at which the position was received
    lat, lon       degrees, WGS84
    altitude_ft    pressure altitude (standard atmosphere, 1013.25 hPa): off the true height by up to about
                   1,000 ft
    speed_kt       ground speed
    heading        track over ground in degrees from north
    rate_fpm       vertical rate, feet a minute
    ground         AIR, GROUND or UNSURE as the source says
    is_mlat        computed by multilateration: less exact, given to jumps
    new_leg        the source itself begins a new leg here
    callsign       as sent, eight letters at most; empty where not said
    =============  ===========================================================================================

    `flags` counts what was met: a reader's rejected records, a cleaner's jumps. `files` are the names it was
    read from. `age_us` is how much older than its stated time a position can be: nothing in a trace, half a
    minute where a table states the time of its row.
    """

    hex: str
    registration: str | None = None
    aircraft_type: str | None = None
    us: Whole
    lat: Floats
    lon: Floats
    altitude_ft: Floats
    speed_kt: Floats
    heading: Floats
    rate_fpm: Floats
    ground: Small
    is_mlat: Truth
    new_leg: Truth
    callsign: NDArray[np.bytes_]
    flags: Mapping[str, int] = field(default_factory=dict)
    files: tuple[str, ...] = ()
    age_us: int = 0

    def __len__(self) -> int:
        return len(self.us)

    def only(self, which: Places | Truth, **flags: int) -> Track:
        """The positions at these places or where this holds, with flags added to those counted before."""
        columns = {name: getattr(self, name)[which] for name in COLUMNS}
        return replace(self, **columns, flags=added(self.flags, flags))


COLUMNS = (
    "us",
    "lat",
    "lon",
    "altitude_ft",
    "speed_kt",
    "heading",
    "rate_fpm",
    "ground",
    "is_mlat",
    "new_leg",
    "callsign",
)
TYPES: Mapping[str, str] = {"us": "i8", "ground": "i1", "is_mlat": "?", "new_leg": "?", "callsign": "S8"}


def added(*counts: Mapping[str, int]) -> dict[str, int]:
    """Counts of flags summed; those that are nought are left out; in alphabetical order."""
    total: Counter[str] = Counter()
    for each in counts:
        total.update(each)
    return {name: int(total[name]) for name in sorted(total) if total[name]}


def joined(tracks: Iterable[Track]) -> Track:
    """The positions of one aircraft from several files in order of time, in an order that does not depend on
    that of the files or rows.
    """
    parts = sorted(tracks, key=lambda track: (track.files, len(track), track.us[:1].tolist()))
    columns = {name: np.concatenate([getattr(part, name) for part in parts]) for name in COLUMNS}
    order = np.lexsort([columns[name] for name in reversed(COLUMNS)])
    return Track(
        hex=parts[0].hex,
        registration=_one({part.registration for part in parts}),
        aircraft_type=_one({part.aircraft_type for part in parts}),
        **{name: column[order] for name, column in columns.items()},
        flags=added(*(part.flags for part in parts)),
        files=tuple(sorted({name for part in parts for name in part.files})),
        age_us=max(part.age_us for part in parts),
    )


def track_of(
    hex_code: str,
    columns: Mapping[str, object],
    *,
    files: tuple[str, ...],
    flags: Mapping[str, int],
    age_us: int = 0,
    **about: str | None,
) -> Track:
    """A track from whatever columns a source has; those it lacks are filled with nan, UNSURE, false or
    nothing.
    """
    n_rows = len(np.asarray(columns["us"]))
    given = {name: np.asarray(columns[name], TYPES.get(name, "f8")) for name in COLUMNS if name in columns}
    blank = {
        name: np.full(n_rows, _BLANK.get(name, np.nan), TYPES.get(name, "f8"))
        for name in COLUMNS
        if name not in columns
    }
    filled: dict[str, Any] = {**about, **blank, **given}
    return Track(hex=hex_code, **filled, flags=added(flags), files=files, age_us=age_us)


_BLANK: Mapping[str, object] = {"ground": UNSURE, "is_mlat": False, "new_leg": False, "callsign": b""}


def _one(values: set[str | None]) -> str | None:
    """The value where all that say one agree; several are joined, so that a change of registration is
    seen.
    """
    return "|".join(sorted(value for value in values if value)) or None
