"""Legs in a file of the format that its ending names; it appears whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from paradero.casefile.outside import check_outside
from paradero.disk.whole_files import write_whole
from paradero.exports.flights import geojson, kml, timesketch_jsonl
from paradero.flights.pictures.scenes import Scene
from paradero.model.errors import ParaderoError, UnknownName

FORMATS: Mapping[str, Callable[[Sequence[Scene], str], str]] = {
    ".geojson": geojson.text_of,
    ".kml": kml.text_of,
    ".timesketch.jsonl": timesketch_jsonl.text_of,
}


def check_format(path: Path) -> str:
    """The ending of a file that names a format. Raises UnknownName for one that names none."""
    ending = next((each for each in FORMATS if path.name.lower().endswith(each)), None)
    if ending is None:
        raise UnknownName(f"{path.name}: its ending names no format. Write one of {', '.join(FORMATS)}.")
    return ending


def write_flights(scenes: Sequence[Scene], path: Path, *, scope: str) -> int:
    """Write the legs, and give how many of their moments have no bound and so no line in a time line (0 in
    other formats, which have every leg). Raises UnknownName for an ending that names no format,
    ParaderoError where the file cannot be written.
    """
    ending = check_format(path)
    check_outside(path)
    content = FORMATS[ending](scenes, scope).encode("utf-8")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content)
    except OSError as error:
        raise ParaderoError(
            f"{path}: cannot be written ({error.strerror}). Name another place; what was there before is"
            " unchanged."
        ) from error
    return timesketch_jsonl.n_undated(scenes) if ending == ".timesketch.jsonl" else 0
