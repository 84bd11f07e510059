"""Read positions: the format is recognised by content, never by name; gzip or not. What cannot be used is
counted, never silently left out.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from paradero.disk.bounded import gunzipped, regular_bytes
from paradero.flights.tracks.positions_heatmap import is_heatmap, read_heatmap
from paradero.flights.tracks.positions_readsb import is_trace, read_trace
from paradero.flights.tracks.positions_states import (
    is_states,
    read_csv_states,
    read_json_states,
    read_parquet_states,
)
from paradero.flights.tracks.tracks import Track
from paradero.model.errors import SourceError

FIRST_US, LAST_US = 946_684_800_000_000, 4_102_444_800_000_000  # 2000 to 2100: a clock beyond them is wrong
KNOWN = (
    "a readsb trace (trace_full JSON), OpenSky state vectors (CSV, Parquet or JSON) or a readsb heatmap"
    " (16-byte records), gzip or not"
)


def read_positions(path: Path) -> list[Track]:
    """The tracks in a file, one an aircraft, by hex code, positions in order of time.

    Raises SourceError, naming the file and the record, where it is empty, damaged or none of the known
    formats. Records without a place or with a time outside 2000 to 2100 are counted in the flags
    `no_position` and `bad_time` of their track.
    """
    content = content_of(path)
    tracks = _reader(content, path)(content, path)
    if not any(len(track) for track in tracks):
        raise SourceError(
            f"{path}: no positions with a time and a place in {len(content):,} bytes. Leave the file out, or"
            " fetch it again."
        )
    return sorted((checked(track) for track in tracks), key=lambda track: track.hex)


def content_of(path: Path) -> bytes:
    """The bytes of a file, uncompressed; raises SourceError where it is empty or its compression is
    damaged.
    """
    raw = regular_bytes(path)
    if not raw:
        raise SourceError(f"{path}: the file is empty, not {KNOWN}. Fetch it again.")
    if raw[:2] != b"\x1f\x8b":
        return raw
    try:
        content = gunzipped(raw, str(path))
    except (EOFError, zlib.error) as error:
        raise SourceError(f"{path}: the gzip file is damaged ({error}). Fetch it again.") from error
    if not content:
        raise SourceError(f"{path}: the file inside the gzip is empty, not {KNOWN}. Fetch it again.")
    return content


def _reader(content: bytes, path: Path) -> Callable[[bytes, Path], list[Track]]:
    if is_heatmap(content):
        return read_heatmap
    if content[:4] == b"PAR1":
        return read_parquet_states
    head = content[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head[:1] in (b"{", b"["):
        return _read_json
    if is_states(content[:4096]):
        return read_csv_states
    raise SourceError(
        f"{path}: it begins {content[:24]!r}, and is not {KNOWN}. Name files of positions only."
    )


def _read_json(content: bytes, path: Path) -> list[Track]:
    try:
        found: Any = msgspec.json.decode(content.lstrip(b"\xef\xbb\xbf"))
    except RecursionError as error:
        raise SourceError(
            f"{path}: JSON nested deeper than in any file of positions. Name files of positions only."
        ) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise SourceError(f"{path}: the JSON is damaged or cut ({error}). Fetch it again.") from error
    try:
        return [read_trace(found, path)] if is_trace(found) else read_json_states(found, path)
    except OverflowError as error:  # JSON knows whole numbers of any length
        raise SourceError(
            f"{path}: a number is too large for any position ({error}). Fetch the file again."
        ) from error


def checked(track: Track) -> Track:
    """Count and leave out records without a place and those whose clock cannot be right; order by time.

    The flag `unordered` counts how often the source's own order goes back in time, which a trace's never
    should.
    """
    is_placed = (
        np.isfinite(track.lat)
        & np.isfinite(track.lon)
        & (np.abs(track.lat) <= 90)
        & (np.abs(track.lon) <= 180)
        & ((track.lat != 0) | (track.lon != 0))
    )
    is_timed = (track.us >= FIRST_US) & (track.us < LAST_US)
    kept = track.only(
        is_placed & is_timed, no_position=int((~is_placed).sum()), bad_time=int((is_placed & ~is_timed).sum())
    )
    backward = int((np.diff(kept.us) < 0).sum())
    return kept.only(np.argsort(kept.us, kind="stable"), unordered=backward)


def by_hex(tracks: Sequence[Track]) -> dict[str, list[Track]]:
    """Tracks grouped by hex code, in its order."""
    found: dict[str, list[Track]] = {}
    for track in sorted(tracks, key=lambda track: track.hex):
        found.setdefault(track.hex, []).append(track)
    return found
