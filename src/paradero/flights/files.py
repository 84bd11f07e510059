"""Many files at once: those of one aircraft are brought together, whatever they are named, and aircraft are
worked on one by one or in several processes.

A trace file holds one aircraft and is read again when its turn comes, so that a day of the world's traces
never is in memory at once; files of many aircraft (state vectors, heatmaps) are held as columns. Results come
in order of hex code, whatever the number of processes.
"""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from paradero.disk.bounded import check_regular
from paradero.flights.legs.crossings import Boundary, Crossing, crossings_of_aircraft
from paradero.flights.legs.gaps import GROUND_MINUTES, MIN_MINUTES, SPEED_KMH, Gap, gaps_of
from paradero.flights.legs.legs import Leg, legs_of
from paradero.flights.listed.flight_lists import is_flight_list
from paradero.flights.pictures.scenes import Scene, scenes_of
from paradero.flights.tracks.positions import by_hex, read_positions
from paradero.flights.tracks.tracks import Track, joined
from paradero.flights.tracks.us_marks import mark_of
from paradero.model.errors import SourceError, UnknownName

_ICAO = re.compile(rb'"icao"\s*:\s*"(~?[0-9A-Fa-f]{6})"')
_HEAD, _LIST_HEAD = 4_096, 65_536
_Found = TypeVar("_Found")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which aircraft are asked for; None is any. Hex codes and registrations as they are written in the
    sources, capitals do not matter.

    Where nothing names an aircraft's registration, that of its address counts: marks of the United States
    follow from it.
    """

    hex: str | None = None
    registration: str | None = None

    def takes(self, tracks: Sequence[Track]) -> bool:
        """Whether the tracks of one aircraft are asked for."""
        return self.names(
            tracks[0].hex, "|".join(track.registration for track in tracks if track.registration)
        )

    def names(self, hex_code: str | None, registration: str | None) -> bool:
        """Whether an aircraft of that hex code and registration, each None where it is not known, is asked
        for.
        """
        if self.hex is not None and hex_code != self.hex.strip().lower():
            return False
        named = registration or (mark_of(hex_code) if hex_code else None) or ""
        return self.registration is None or _plain(self.registration) in {
            _plain(part) for part in named.split("|")
        }


def _plain(registration: str) -> str:
    return registration.replace("-", "").strip().upper()


def parted(paths: Iterable[Path]) -> tuple[list[Path], list[Path]]:
    """Files of positions, and flight lists among them, by their content; what cannot be read is left to the
    reader of positions, which says so.
    """
    positions: list[Path] = []
    lists: list[Path] = []
    for path in paths:
        head = _head(path, _LIST_HEAD) if path.is_file() else b""
        is_list = head[:1] not in (b"{", b"[", b"") and is_flight_list(head)
        (lists if is_list else positions).append(path)
    return positions, lists


def legs_of_files(
    paths: Iterable[Path], *, wanted: Wanted | None = None, processes: int = 1
) -> Iterator[list[Leg]]:
    """The legs of every aircraft in the files, one list an aircraft, by hex code. Raises SourceError where a
    file cannot be read.
    """
    return _each(paths, partial(_legs, wanted or Wanted()), processes)


def gaps_of_files(
    paths: Iterable[Path],
    *,
    wanted: Wanted | None = None,
    min_minutes: float = MIN_MINUTES,
    speed_kmh: float = SPEED_KMH,
    ground_minutes: float = GROUND_MINUTES,
    by_type: bool = False,
    processes: int = 1,
) -> Iterator[list[Gap]]:
    """The gaps of every aircraft in the files, one list an aircraft, by hex code. Raises SourceError where a
    file cannot be read.
    """
    return _each(
        paths, partial(_gaps, wanted or Wanted(), min_minutes, speed_kmh, ground_minutes, by_type), processes
    )


def crossings_of_files(
    paths: Iterable[Path],
    countries: Sequence[str],
    *,
    wanted: Wanted | None = None,
    boundary: Boundary = Boundary.TERRITORIAL_SEA,
    processes: int = 1,
) -> Iterator[list[tuple[str, str | None, Crossing]]]:
    """The crossings of a boundary by every aircraft in the files, each with hex code and registration. Raises
    SourceError, UnknownName.
    """
    return _each(paths, partial(_crossings, wanted or Wanted(), countries, boundary), processes)


def scenes_of_files(
    paths: Iterable[Path],
    *,
    wanted: Wanted | None = None,
    min_minutes: float = MIN_MINUTES,
    speed_kmh: float = SPEED_KMH,
    ground_minutes: float = GROUND_MINUTES,
) -> Iterator[list[Scene]]:
    """What a picture of each leg shows, one list an aircraft, by hex code. Raises SourceError where a file
    cannot be read.
    """
    return _each(paths, partial(_scenes, wanted or Wanted(), min_minutes, speed_kmh, ground_minutes), 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Aircraft:
    """One aircraft's work: tracks already read, and trace files still to be read."""

    hex: str
    tracks: tuple[Track, ...]
    paths: tuple[Path, ...]

    def all_tracks(self) -> list[Track]:
        return [*self.tracks, *(track for path in self.paths for track in read_positions(path))]


def _each(
    paths: Iterable[Path], work: Callable[[Aircraft], list[_Found]], processes: int
) -> Iterator[list[_Found]]:
    aircraft = aircraft_in(paths)
    if processes <= 1:
        yield from map(work, aircraft)
        return
    with ProcessPoolExecutor(processes) as pool:
        yield from pool.map(work, aircraft, chunksize=8)


def _legs(wanted: Wanted, one: Aircraft) -> list[Leg]:
    tracks = one.all_tracks()
    return legs_of(tracks) if wanted.takes(tracks) else []


def _gaps(
    wanted: Wanted, min_minutes: float, speed_kmh: float, ground_minutes: float, by_type: bool, one: Aircraft
) -> list[Gap]:
    tracks = one.all_tracks()
    if not wanted.takes(tracks):
        return []
    return gaps_of(
        tracks, min_minutes=min_minutes, speed_kmh=speed_kmh, ground_minutes=ground_minutes, by_type=by_type
    )


def _scenes(
    wanted: Wanted, min_minutes: float, speed_kmh: float, ground_minutes: float, one: Aircraft
) -> list[Scene]:
    tracks = one.all_tracks()
    return (
        scenes_of(tracks, min_minutes=min_minutes, speed_kmh=speed_kmh, ground_minutes=ground_minutes)
        if wanted.takes(tracks)
        else []
    )


def _crossings(
    wanted: Wanted, countries: Sequence[str], boundary: Boundary, one: Aircraft
) -> list[tuple[str, str | None, Crossing]]:
    tracks = one.all_tracks()
    found = crossings_of_aircraft(tracks, countries, boundary=boundary) if wanted.takes(tracks) else []
    return [(one.hex, joined(tracks).registration, crossing) for crossing in found]


def aircraft_in(paths: Iterable[Path]) -> list[Aircraft]:
    """The work, by hex code; a file given twice is read once."""
    traces: dict[str, list[Path]] = {}
    tracks: list[Track] = []
    for path in sorted({path.resolve(): path for path in paths}.values()):
        if not path.is_file():
            raise SourceError(
                f"{path}: {'this is a folder' if path.is_dir() else 'no such file'}. Name files of positions."
            )
        code = _trace_hex(path)
        if code is not None:
            traces.setdefault(code, []).append(path)
        else:
            tracks += read_positions(path)
    if not traces and not tracks:
        raise UnknownName("No file of positions is named. Name at least one.")
    read = by_hex(tracks)
    return [
        Aircraft(hex=code, tracks=tuple(read.get(code, ())), paths=tuple(traces.get(code, ())))
        for code in sorted({*read, *traces})
    ]


def _trace_hex(path: Path) -> str | None:
    """The hex code of a trace file, from its first letters; None where it is another kind of file."""
    head = _head(path).lstrip()
    found = _ICAO.search(head)
    return (
        found[1].decode("ascii").lower()
        if found is not None and head[:1] == b"{" and b'"trace"' in head
        else None
    )


def _head(path: Path, size: int = _HEAD) -> bytes:
    """The first letters of a file, uncompressed; nothing where the compression is damaged: whoever reads it
    whole says so.
    """
    check_regular(path)
    with path.open("rb") as file:
        head = file.read(size)
    if head[:2] != b"\x1f\x8b":
        return head
    try:
        with gzip.open(path) as file:
            return file.read(size)
    except (EOFError, OSError, zlib.error):
        return b""
