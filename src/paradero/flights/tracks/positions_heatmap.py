"""Read half-hour heatmaps of readsb, as ADS-B Exchange and adsb.lol publish them: records of 16 bytes,
little-endian, of all aircraft.

The file begins with the record numbers of its slices; each slice begins with a record of the magic number and
its time, and then has records

==========  ===============  ===================  =========================  =================================
record      bytes 0-3        bytes 4-7            bytes 8-11                 bytes 12-15
==========  ===============  ===================  =========================  =================================
slice       0x0e7f7c9d       time in ms, high     time in ms, low            interval in ms
position    address          latitude × 1e6       longitude × 1e6            altitude / 25 ft, ground speed ×
                                                                             10 kt
call sign   address          bit 30 set; squawk   call sign, eight letters   (continued)
==========  ===============  ===================  =========================  =================================

Of the address 24 bits are the hex code, bit 24 marks one that is not ICAO's, the upper five bits are the kind
of source (5: multilateration). Altitude -123 is on the ground, -124 not known; speed -1 is not known. Source:
globe_index.c (`handleHeatmap`) of wiedehopf/readsb.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from paradero.flights.tracks.tracks import AIR, GROUND, UNSURE, Places, Track, Whole, track_of
from paradero.model.errors import SourceError

MAGIC = 0x0E7F7C9D
_RECORD = np.dtype([("hex", "<u4"), ("lat", "<i4"), ("lon", "<i4"), ("alt", "<i2"), ("gs", "<i2")])
_CALLSIGN_BIT = 1 << 30
_ON_GROUND, _NOT_KNOWN = -123, -124
_MLAT = 5
_AGE_US = 30_000_000  # the usual interval of slices: a record bears the time of its slice


def is_heatmap(content: bytes) -> bool:
    """Whether the bytes are a heatmap: a record of the magic number at a multiple of 16 among the first 64
    kB.
    """
    head = np.frombuffer(content[: min(len(content), 65_536) // 16 * 16], "<u4")
    return bool((head[::4] == MAGIC).any()) and content[:1] not in (b"{", b"[")


def read_heatmap(content: bytes, path: Path) -> list[Track]:
    """The tracks of a heatmap; raises SourceError where the last record is cut."""
    if len(content) % 16:
        raise SourceError(
            f"{path}: {len(content):,} bytes are no whole records of 16 bytes: record {len(content) // 16:,}"
            " is cut. Fetch it again."
        )
    records = np.frombuffer(content, _RECORD)
    slices = np.flatnonzero(records["hex"] == MAGIC)
    records, slices = records[slices[0] :], slices - slices[0]
    high, low = records["lat"][slices].astype("i8"), records["lon"][slices].astype("i8") & 0xFFFFFFFF
    slice_us = ((high << 32) + low) * 1000
    us = slice_us[np.searchsorted(slices, np.arange(len(records)), side="right") - 1]
    is_name = (records["lat"] >= _CALLSIGN_BIT) & (records["hex"] != MAGIC)
    is_position = ~is_name & (records["hex"] != MAGIC)
    address = records["hex"] & 0x01FFFFFF
    return [
        _track(
            records,
            us,
            np.flatnonzero(is_position & (address == one)),
            np.flatnonzero(is_name & (address == one)),
            int(one),
            path,
        )
        for one in np.unique(address[is_position])
    ]


def _track(
    records: NDArray[Any], us: Whole, places: Places, names: Places, address: int, path: Path
) -> Track:
    rows = records[places]
    callsign = np.zeros(len(places), "S8")
    if len(names):
        sent = (
            np.ascontiguousarray(records[names])
            .view("u1")
            .reshape(-1, 16)[:, 8:]
            .copy()
            .view("S8")
            .reshape(-1)
        )
        known = np.array([name.strip() for name in sent], "S8")
        latest = np.searchsorted(names, places, side="right") - 1
        callsign = np.where(latest >= 0, known[np.maximum(latest, 0)], b"")
    ground = np.where(rows["alt"] == _ON_GROUND, GROUND, np.where(rows["alt"] == _NOT_KNOWN, UNSURE, AIR))
    columns = {
        "us": us[places],
        "lat": rows["lat"] / 1e6,
        "lon": rows["lon"] / 1e6,
        "altitude_ft": np.where(ground == AIR, rows["alt"] * 25.0, np.nan),
        "speed_kt": np.where(rows["gs"] == -1, np.nan, rows["gs"] / 10.0),
        "ground": ground,
        "is_mlat": (rows["hex"] >> 27) == _MLAT,
        "callsign": callsign,
    }
    mark = "~" if address >> 24 else ""
    return track_of(f"{mark}{address & 0xFFFFFF:06x}", columns, files=(path.name,), flags={}, age_us=_AGE_US)
