"""Runs over many files that can be stopped and gone on with: a folder of results, one file an aircraft, and
what is finished is not done again.

A result bears the SHA-256 of the files it rests on and of the code that made it in its name; when either
changes it is made anew beside the old one. It appears whole or not at all. `legs_on_spark` is the same work
spread over Spark's partitions.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from paradero import __version__
from paradero.disk.whole_files import write_whole
from paradero.engines.fingerprint import fingerprint_of
from paradero.flights.files import Aircraft, aircraft_in
from paradero.flights.leg_values import ShownLeg
from paradero.flights.legs.legs import legs_of
from paradero.flights.listing import shown_leg
from paradero.flights.tracks.positions import read_positions
from paradero.flights.tracks.tracks import COLUMNS, Track
from paradero.model.answer import Answer
from paradero.model.errors import SourceError

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What a run did: aircraft done now, those finished before, positions and legs in all results of this
    run, and the errors of damaged files, one sentence each.
    """

    done: int
    skipped: int
    positions: int
    legs: int
    errors: tuple[str, ...]


class AircraftResult(Answer, frozen=True, kw_only=True):
    """What a run found of one aircraft: the files and the number of positions it rests on, and the legs."""

    hex: str
    key: str
    version: str
    files: tuple[str, ...]
    positions: int
    legs: tuple[ShownLeg, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outcome:
    positions: int
    legs: int
    is_new: bool
    error: str | None


def files_under(paths: Iterable[Path]) -> list[Path]:
    """The files named, and those in the folders named, at any depth; results, manifests and unfinished
    downloads are left out.
    """
    found: set[Path] = set()
    for path in paths:
        inside = [one for one in path.rglob("*") if one.is_file()] if path.is_dir() else [path]
        found |= {
            one
            for one in inside
            if not one.name.startswith(".")
            and one.suffix not in (".part", ".legs")
            and one.name != "manifest.json"
        }
    return sorted(found)


def run_legs(paths: Iterable[Path], folder: Path, *, processes: int = 1) -> Run:
    """Write the legs of every aircraft in the files to a folder, one JSON file each. A damaged trace is told
    and does not stop the others.

    Raises SourceError where there are no files, or where a file of many aircraft is damaged.
    """
    folder.mkdir(parents=True, exist_ok=True)
    work = partial(_finish, folder)
    aircraft = aircraft_in(paths)
    if processes <= 1:
        outcomes = list(map(work, aircraft))
    else:
        with ProcessPoolExecutor(processes) as pool:
            outcomes = list(pool.map(work, aircraft, chunksize=4))
    good = [one for one in outcomes if one.error is None]
    return Run(
        done=sum(one.is_new for one in good),
        skipped=sum(not one.is_new for one in good),
        positions=sum(one.positions for one in good),
        legs=sum(one.legs for one in good),
        errors=tuple(one.error for one in outcomes if one.error is not None),
    )


def results_in(folder: Path) -> Iterator[AircraftResult]:
    """The results in a folder, by name."""
    return map(_result_in, sorted(folder.glob("*.legs")))


def _result_in(path: Path) -> AircraftResult:
    return msgspec.json.decode(path.read_bytes(), type=AircraftResult)


def shown_legs(tracks: Iterable[Track]) -> list[ShownLeg]:
    """The legs of one aircraft as JSON has them: the one function that files, processes and Spark's
    partitions share.
    """
    return [shown_leg(leg) for leg in legs_of(tracks)]


def tracks_of_partition(paths: Iterable[str]) -> Iterator[tuple[str, Track]]:
    """The tracks in files of positions of any kind, by hex code: for `mapPartitions`, in any process that can
    read the paths. Raises SourceError.
    """
    for path in paths:
        for track in read_positions(Path(path)):
            yield track.hex, track


def legs_of_partition(aircraft: Iterable[tuple[str, Iterable[Track]]]) -> Iterator[str]:
    """The legs of aircraft, each with all its tracks in any order, one JSON object a leg: for `mapPartitions`
    after `groupByKey`.
    """
    for _, tracks in aircraft:
        for leg in shown_legs(tracks):
            yield json.dumps(leg.as_json(), ensure_ascii=False)


def legs_on_spark(session: Any, paths: Iterable[Path], *, partitions: int) -> Any:
    """An RDD of legs, one JSON object each, from files that every worker can read: traces, state vectors and
    heatmaps alike.

    Files are read where they are spread to; only the positions of one aircraft are brought together. Raises
    what Spark raises for a damaged file.
    """
    spread = session.sparkContext.parallelize([str(path) for path in files_under(paths)], partitions)
    return spread.mapPartitions(tracks_of_partition).groupByKey(partitions).mapPartitions(legs_of_partition)


def _finish(folder: Path, one: Aircraft) -> _Outcome:
    try:
        key = _key(one)
        path = folder / f"{one.hex.replace('~', 'x')}-{key[:16]}.legs"
        if path.exists():
            found = _result_in(path)
            return _Outcome(positions=found.positions, legs=len(found.legs), is_new=False, error=None)
        tracks = one.all_tracks()
        legs = shown_legs(tracks)
    except SourceError as error:
        return _Outcome(positions=0, legs=0, is_new=False, error=str(error))
    n_positions = sum(len(track) for track in tracks)
    result = AircraftResult(
        hex=one.hex,
        key=key,
        version=__version__,
        files=tuple(sorted({name for track in tracks for name in track.files})),
        positions=n_positions,
        legs=tuple(legs),
    )
    write_whole(path, (json.dumps(result.as_json(), ensure_ascii=False) + "\n").encode())
    return _Outcome(positions=n_positions, legs=len(legs), is_new=True, error=None)


def _key(one: Aircraft) -> str:
    """The SHA-256 of the code and of everything the legs rest on: whole trace files, and the columns of
    tracks from files of many aircraft.
    """
    parts = [fingerprint_of("legs"), *sorted(_sha256(path) for path in one.paths)]
    for track in sorted(one.tracks, key=lambda track: (track.files, len(track))):
        digest = hashlib.sha256(
            repr(
                (track.hex, track.registration, track.files, sorted(track.flags.items()), track.age_us)
            ).encode()
        )
        for name in COLUMNS:
            digest.update(getattr(track, name).tobytes())
        parts.append(digest.hexdigest())
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
