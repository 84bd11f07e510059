"""Read state vectors: tables with a row for each aircraft and moment, as OpenSky and the tools around it
write them, in CSV, Parquet or JSON.

Columns are found by any of their usual names. Units follow the name: OpenSky's are metres and metres a
second; `altitude`, `groundspeed` and `vertical_rate` of the `traffic` samples are feet, knots and feet a
minute. Times are seconds or milliseconds since 1970, or ISO 8601 (UTC where no offset is stated, as OpenSky's
are); the time of the position itself (`last_position`, `lastposupdate`) is taken before that of the row.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from paradero.flights.tracks.tracks import AIR, GROUND, UNSURE, Track, track_of
from paradero.model.errors import SourceError

_FEET = 1 / 0.3048
_KNOTS = 3600 / 1852
_FPM = 60 / 0.3048

NAMES: Mapping[str, tuple[tuple[str, float], ...]] = {
    "hex": (("icao24", 1), ("hex", 1), ("icao", 1)),
    "time": (("timestamp", 1), ("time", 1), ("datetime", 1)),
    "position_time": (("last_position", 1), ("lastposupdate", 1), ("time_position", 1)),
    "lat": (("latitude", 1), ("lat", 1)),
    "lon": (("longitude", 1), ("lon", 1)),
    "altitude_ft": (
        ("altitude_ft", 1),
        ("baroaltitude", _FEET),
        ("baro_altitude", _FEET),
        ("altitude_m", _FEET),
        ("altitude", 1),
        ("alt_baro", 1),
    ),
    "speed_kt": (("groundspeed", 1), ("gs", 1), ("velocity_ms", _KNOTS), ("velocity", _KNOTS)),
    "heading": (("track", 1), ("heading", 1), ("true_track", 1)),
    "rate_fpm": (("vertical_rate", 1), ("vertrate", _FPM), ("baro_rate", 1)),
    "ground": (("onground", 1), ("on_ground", 1)),
    "callsign": (("callsign", 1), ("flight", 1)),
    "registration": (("registration", 1),),
    "aircraft_type": (("typecode", 1),),
}
_REQUIRED = ("hex", "time", "lat", "lon")
_STALE_US = 60_000_000
_AGE_US = 30_000_000  # OpenSky keeps a position for 15 s, and pollers stamp what they got when they got it


def is_states(head: bytes) -> bool:
    """Whether a text begins with the header of a table of state vectors."""
    first = head.splitlines()[0] if head else b""
    names = {
        name.strip(' "\r').lower()
        for name in first.decode("utf-8", "replace").lstrip("\ufeff").replace(";", ",").split(",")
    }
    return all(names & {name for name, _ in NAMES[one]} for one in _REQUIRED)


def read_csv_states(content: bytes, path: Path) -> list[Track]:
    """The tracks of a CSV table; raises SourceError where it is damaged."""
    first = content.split(b"\n", 1)[0]
    delimiter = ";" if first.count(b";") > first.count(b",") else ","
    try:
        names = pa.csv.open_csv(
            io.BytesIO(content), parse_options=pa.csv.ParseOptions(delimiter=delimiter)
        ).schema.names
        texts = pa.csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=True
        )
        table = pa.csv.read_csv(
            io.BytesIO(content), parse_options=pa.csv.ParseOptions(delimiter=delimiter), convert_options=texts
        )
    except (pa.ArrowInvalid, UnicodeDecodeError) as error:
        raise SourceError(
            f"{path}: damaged: rows must have as many cells as the header ({error}). Fetch the file again."
        ) from error
    return _tracks({name.strip().lower(): table[name].to_pylist() for name in table.column_names}, path)


def read_parquet_states(content: bytes, path: Path) -> list[Track]:
    """The tracks of a Parquet table; raises SourceError where it is damaged."""
    try:
        table = pa.parquet.read_table(io.BytesIO(content))
    except (pa.ArrowException, OSError) as error:
        raise SourceError(
            f"{path}: the Parquet file is damaged ({str(error)[:120]}). Fetch it again."
        ) from error
    return _tracks({name.lower(): _cells(table[name]) for name in table.column_names}, path)


def _cells(column: pa.ChunkedArray) -> list[Any]:
    """The cells of a column; times as microseconds since 1970, a nan is no value."""
    if pa.types.is_timestamp(column.type):
        column = column.cast(pa.timestamp("us", column.type.tz), safe=False).cast(pa.int64())
    # only nan is not itself
    return [None if value != value else value for value in column.to_pylist()]  # noqa: PLR0124


def read_json_states(found: Any, path: Path) -> list[Track]:
    """The tracks of JSON: a list of records, a record of columns, or OpenSky's own `{"time": …, "states":
    [[…]]}`; raises SourceError for others.
    """
    if isinstance(found, dict) and isinstance(found.get("states"), list):
        found = [
            dict(zip(_OPENSKY, state, strict=False)) | {"timestamp": found.get("time")}
            for state in found["states"]
            if isinstance(state, list)
        ]
    if isinstance(found, dict):
        columns = {
            name.lower(): list(cells.values() if isinstance(cells, dict) else cells)
            for name, cells in found.items()
            if isinstance(cells, dict | list)
        }
        return _tracks(_aligned(columns, found, path), path)
    if not isinstance(found, list):
        raise SourceError(
            f"{path}: this JSON is of type {type(found).__name__}, neither a trace nor a table of state"
            " vectors. Name files of positions only."
        )
    for number, record in enumerate(found):
        if not isinstance(record, dict):
            raise SourceError(
                f"{path}: record {number} must be an object with named values; {str(record)[:60]} is not."
                " Fetch the file again."
            )
    names = sorted({name for record in found for name in record})
    return _tracks({name.lower(): [record.get(name) for record in found] for name in names}, path)


_OPENSKY = (
    "icao24",
    "callsign",
    "origin_country",
    "time_position",
    "last_contact",
    "longitude",
    "latitude",
    "baro_altitude",
    "on_ground",
    "velocity",
    "true_track",
    "vertrate",
    "sensors",
    "geo_altitude",
    "squawk",
    "spi",
    "position_source",
)


def _aligned(columns: dict[str, list[Any]], found: dict[str, Any], path: Path) -> dict[str, list[Any]]:
    """Columns of one length: those that are keyed by row number are put together by it."""
    if found and all(isinstance(cells, dict) for cells in found.values()):
        keys = sorted({key for cells in found.values() for key in cells}, key=lambda key: (len(key), key))
        if all(key.isdigit() for key in keys):
            return {name.lower(): [cells.get(key) for key in keys] for name, cells in found.items()}
        raise SourceError(
            f"{path}: an object with other things ({len(found):,}) than columns of state vectors. Name files"
            " of positions only."
        )
    lengths = {len(cells) for cells in columns.values()}
    if len(lengths) > 1:
        raise SourceError(
            f"{path}: the columns differ in length: {', '.join(map(str, sorted(lengths)))}. Fetch the file"
            " again."
        )
    return columns


def _tracks(columns: Mapping[str, list[Any]], path: Path) -> list[Track]:
    chosen = {
        one: found
        for one, names in NAMES.items()
        if (found := next(((n, f) for n, f in names if n in columns), None)) is not None
    }
    missing = [one for one in _REQUIRED if one not in chosen]
    if missing:
        lacking = ", ".join("/".join(name for name, _ in NAMES[one]) for one in missing)
        raise SourceError(
            f"{path}: state vectors need a column {lacking}; the columns are"
            f" {', '.join(list(columns)[:12])}. Name files of positions only."
        )
    cells = {one: columns[name] for one, (name, _) in chosen.items()}
    us, flags = _times(cells, path)
    made: dict[str, Any] = {"us": us}
    for one in ("lat", "lon", "altitude_ft", "speed_kt", "heading", "rate_fpm"):
        if one in chosen:
            made[one] = _numbers(cells[one]) * chosen[one][1]
    if "ground" in cells:
        made["ground"] = np.array(
            [_GROUND.get(str(value).strip().lower(), UNSURE) for value in cells["ground"]], "i1"
        )
    elif "altitude_ft" in cells:
        made["ground"] = np.array(
            [GROUND if str(value).strip().lower() == "ground" else UNSURE for value in cells["altitude_ft"]],
            "i1",
        )
    if "callsign" in cells:
        made["callsign"] = np.array([_callsign(value) for value in cells["callsign"]], "S8")
    return _split(made, cells, flags, path, age_us=0 if "position_time" in cells else _AGE_US)


_GROUND = {
    "true": GROUND,
    "false": AIR,
    "1": GROUND,
    "0": AIR,
    "1.0": GROUND,
    "0.0": AIR,
    "t": GROUND,
    "f": AIR,
}


def _split(
    made: dict[str, Any], cells: Mapping[str, list[Any]], flags: dict[str, Any], path: Path, *, age_us: int
) -> list[Track]:
    """One track an aircraft; rows without a hex code are one track of their own, named for what it is."""
    codes = np.array(
        [str(value).strip().lower() if value not in (None, "") else "unknown" for value in cells["hex"]]
    )
    order = np.argsort(codes, kind="stable")
    if not len(codes):
        return []
    starts = np.flatnonzero(np.r_[True, codes[order][1:] != codes[order][:-1]]).tolist()
    found = []
    for begin, end in zip(starts, [*starts[1:], len(codes)], strict=True):
        places = order[begin:end]
        about = {
            one: next((str(cells[one][place]) for place in places if cells[one][place]), None)
            for one in ("registration", "aircraft_type")
            if one in cells
        }
        counts = {name: int(np.count_nonzero(marks[places])) for name, marks in flags.items()}
        found.append(
            track_of(
                str(codes[places[0]]),
                {name: column[places] for name, column in made.items()},
                files=(path.name,),
                flags=counts,
                age_us=age_us,
                **about,
            )
        )
    return found


def _times(cells: Mapping[str, list[Any]], path: Path) -> tuple[Any, dict[str, Any]]:
    """The time of each position, and which rows repeat a position older than a minute or state a later one
    than their own.
    """
    rows = _instants(cells["time"], path)
    if "position_time" not in cells:
        return rows, {}
    own = _instants(cells["position_time"], path)
    is_known = own > 0
    age = rows - own
    return np.where(is_known, own, rows), {
        "stale": is_known & (age > _STALE_US),
        "clock_skewed": is_known & (age < -_STALE_US),
    }


def _instants(values: list[Any], path: Path) -> Any:
    us = np.zeros(len(values), "i8")
    for place, value in enumerate(values):
        if value is None or value == "":
            continue
        try:
            us[place] = _instant(value)
        except (ValueError, OverflowError) as error:
            raise SourceError(
                f"{path}: in record {place}, `{str(value)[:40]}` is not a time, in seconds or milliseconds"
                " since 1970 or ISO 8601. Mend or leave out the record."
            ) from error
    return us


def _instant(value: Any) -> int:
    if isinstance(value, str):
        try:
            value = float(value)
        except ValueError:
            value = dt.datetime.fromisoformat(value.strip())
    if isinstance(value, dt.datetime):
        at = value if value.tzinfo is not None else value.replace(tzinfo=dt.UTC)
        return round((at - dt.datetime(1970, 1, 1, tzinfo=dt.UTC)) / dt.timedelta(microseconds=1))
    number = float(value)
    if not np.isfinite(number):
        return 0
    return round(
        number
        * (1e6 if abs(number) < 1e11 else 1e3 if abs(number) < 1e14 else 1 if abs(number) < 1e17 else 1e-3)
    )


def _numbers(values: list[Any]) -> Any:
    return np.array([_number(value) for value in values], "f8")


def _number(value: Any) -> float:
    try:
        return float(value) if value is not None and value != "" else np.nan
    except (TypeError, ValueError):
        return np.nan


def _callsign(value: Any) -> bytes:
    return str(value).strip().encode("ascii", "replace")[:8] if value not in (None, "", "Unknown") else b""
