"""Positions a second and core: legs from traces, against `json.loads` of the same files, alternately in one
run.

`python benchmarks/flights.py` makes traces up (60 of 6,600 positions, once a second, as full ones are);
`python benchmarks/flights.py FILE...` takes real ones.
"""

from __future__ import annotations

import gzip
import json
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from paradero.flights.fabricated import fabricated_trace
from paradero.flights.files import legs_of_files

ROUNDS = 5
AIRCRAFT = 60


def made_up(folder: Path) -> list[Path]:
    paths = []
    for number in range(AIRCRAFT):
        path = folder / f"trace_full_a{number:05x}.json"
        path.write_bytes(
            gzip.compress(
                json.dumps(fabricated_trace(hex_code=f"a{number:05x}", every_s=1)).encode(), mtime=0
            )
        )
        paths.append(path)
    return paths


def content_of(path: Path) -> bytes:
    raw = path.read_bytes()
    return gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw


def positions_in(paths: list[Path]) -> int:
    return sum(len(json.loads(content_of(path))["trace"]) for path in paths)


def plain_json(paths: list[Path]) -> None:
    for path in paths:
        json.loads(content_of(path))


def legs(paths: list[Path]) -> None:
    for _ in legs_of_files(paths):
        pass


def main(names: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(name) for name in names] or made_up(Path(folder))
        n = positions_in(paths)
        legs(paths[:1])  # airports are read once
        times: dict[str, list[float]] = {"json.loads alone": [], "legs, reading included": []}
        for _ in range(ROUNDS):
            for name, job in zip(times, (plain_json, legs), strict=True):
                begin = time.process_time()
                job(paths)
                times[name].append(time.process_time() - begin)
    print(f"{n:,} positions of {len(paths)} files, one core, median of {ROUNDS} rounds")
    for name, found in times.items():
        print(f"{name:24} {n / median(found):12,.0f} positions/s   ({min(found):.2f} to {max(found):.2f} s)")


if __name__ == "__main__":
    main(sys.argv[1:])
