"""Positions and flight lists as originals of a casefile: kept under their SHA-256 like any source, read into
no table, there for events to rest on.
"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

from paradero.disk.whole_files import half_of
from paradero.flights import FLIGHT_LIST, POSITIONS
from paradero.flights.files import parted
from paradero.flights.listed.flight_lists import read_flight_list
from paradero.flights.tracks.positions import read_positions
from paradero.model.errors import SourceError


def kind_of(path: Path) -> str | None:
    """`positions` or `flight_list`, by the content; None where it is neither, or damaged."""
    positions, _ = parted([path])
    try:
        if positions:
            read_positions(path)
        else:
            read_flight_list(path)
    except SourceError:
        return None
    return POSITIONS if positions else FLIGHT_LIST


def take_in(path: Path, folder: Path, *, kind: str) -> None:
    """Read the original once and write what it holds, in numbers, to `report.json` in `folder`. Raises
    SourceError where it cannot be read.
    """
    if kind == POSITIONS:
        tracks = read_positions(path)
        rows, kept = (
            sum(
                len(track) + sum(track.flags.get(name, 0) for name in ("no_position", "bad_time"))
                for track in tracks
            ),
            sum(map(len, tracks)),
        )
        rejected = 0
    else:
        listed = read_flight_list(path)
        rows, kept, rejected = listed.n_rows, len({leg.row for leg in listed.legs}), len(listed.unread)
    report = {
        "kinds": [kind],
        "container": kind,
        "release": None,
        "rows_in": rows,
        "rows_kept": kept,
        "rows_flagged": rows - kept,
        "cells_rejected": rejected,
        "sheets": [],
    }
    beside = half_of(folder)
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    try:
        (beside / "report.json").write_text(json.dumps(report, indent=1), encoding="utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        os.replace(beside, folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
