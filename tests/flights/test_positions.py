"""Every format of positions is recognised by its content and read to the same; what is damaged is named, what
cannot be used is counted.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import struct
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from flights.made import us_of
from paradero.flights.tracks.positions import read_positions
from paradero.flights.tracks.positions_states import read_json_states
from paradero.flights.tracks.tracks import AIR, GROUND, UNSURE, Track
from paradero.model.errors import SourceError

BASE = us_of("2025-03-15T00:00:00") // 1_000_000
# seconds, lat, lon, altitude in feet, ground speed in knots
POINTS = [
    (0.0, 26.22, -97.65, "ground", 12.0),
    (60.0, 26.23, -97.64, 1500, 150.0),
    (120.0, 26.3, -97.6, None, 200.0),
]


def trace(points: list[tuple] = POINTS, **changed: object) -> bytes:  # type: ignore[type-arg]
    rows = [
        [s, lat, lon, alt, gs, 90.0, 2 if s == 0 else 0, None, {"flight": "XYZ1    "}, "adsb_icao"]
        for s, lat, lon, alt, gs in points
    ]
    return json.dumps(
        {"icao": "A00001", "r": "N1", "t": "B737", "timestamp": BASE, "trace": rows} | changed
    ).encode()


def states_csv() -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        [
            "time",
            "icao24",
            "lat",
            "lon",
            "velocity",
            "heading",
            "vertrate",
            "callsign",
            "onground",
            "baroaltitude",
            "lastposupdate",
        ]
    )
    for s, lat, lon, alt, gs in POINTS:
        height = "" if not isinstance(alt, int) else alt * 0.3048
        writer.writerow(
            [
                BASE + s,
                "a00001",
                lat,
                lon,
                gs * 1852 / 3600,
                90.0,
                "",
                "XYZ1",
                alt == "ground",
                height,
                BASE + s,
            ]
        )
    return out.getvalue().encode()


def states_parquet() -> bytes:
    rows = list(csv.DictReader(io.StringIO(states_csv().decode())))
    sink = io.BytesIO()
    pq.write_table(pa.table({name: [row[name] for row in rows] for name in rows[0]}), sink)
    return sink.getvalue()


def records(*, by_column: bool) -> bytes:
    rows = [
        {"timestamp": int((BASE + s) * 1000), "icao24": "a00001", "latitude": lat, "longitude": lon, "groundspeed": gs, "onground": alt == "ground",
         "altitude": alt if isinstance(alt, int) else None, "callsign": "XYZ1"}
        for s, lat, lon, alt, gs in POINTS
    ]  # fmt: skip
    return json.dumps(
        {name: {str(n): row[name] for n, row in enumerate(rows)} for name in rows[0]} if by_column else rows
    ).encode()


def heatmap() -> bytes:
    found = struct.pack("<4i", 1, 0, 0, 0)
    for s, lat, lon, alt, gs in POINTS:
        ms = int((BASE + s) * 1000)
        found += struct.pack("<IiIi", 0x0E7F7C9D, ms >> 32, ms & 0xFFFFFFFF, 30_000)
        if s == 0:
            found += struct.pack("<Ii8s", 0x00A00001, (1 << 30) | 1200, b"XYZ1    ")
        height = -123 if alt == "ground" else -124 if alt is None else alt // 25
        found += struct.pack("<Iiihh", 0x00A00001, round(lat * 1e6), round(lon * 1e6), height, round(gs * 10))
        found += struct.pack("<Iiihh", 0x01ABCDEF | 5 << 27, -45_500_000, 170_000_000, 100, -1)
    return found


FORMS = {
    "trace": trace(),
    "csv": states_csv(),
    "parquet": states_parquet(),
    "json records": records(by_column=False),
    "json columns": records(by_column=True),
    "heatmap": heatmap(),
}


def read(tmp_path: Path, content: bytes, name: str = "misleading.csv") -> list[Track]:
    path = tmp_path / name
    path.write_bytes(content)
    return read_positions(path)


@pytest.mark.parametrize("zipped", [False, True], ids=["plain", "gzip"])
@pytest.mark.parametrize("form", FORMS)
def test_one_flight_in_every_format(form: str, zipped: bool, tmp_path: Path) -> None:
    track = next(
        one
        for one in read(tmp_path, gzip.compress(FORMS[form]) if zipped else FORMS[form])
        if one.hex == "a00001"
    )
    assert track.us.tolist() == [(BASE + 0) * 1_000_000, (BASE + 60) * 1_000_000, (BASE + 120) * 1_000_000]
    assert np.allclose(track.lat, [26.22, 26.23, 26.3])
    assert np.allclose(track.lon, [-97.65, -97.64, -97.6])
    assert track.ground.tolist()[:2] == [GROUND, AIR]
    assert np.allclose(track.altitude_ft, [np.nan, 1500, np.nan], equal_nan=True)
    assert np.allclose(track.speed_kt, [12, 150, 200], atol=0.1)
    assert set(track.callsign.tolist()) == {b"XYZ1"}


def test_a_trace_keeps_what_it_says_of_the_aircraft(tmp_path: Path) -> None:
    (track,) = read(tmp_path, trace())
    assert (track.registration, track.aircraft_type, track.new_leg.tolist(), track.ground.tolist()) == (
        "N1",
        "B737",
        [True, False, False],
        [GROUND, AIR, UNSURE],
    )


def test_a_heatmap_tells_codes_that_are_not_icaos_and_multilateration(tmp_path: Path) -> None:
    track = next(one for one in read(tmp_path, heatmap()) if one.hex == "~abcdef")
    assert track.is_mlat.all()
    assert np.isnan(track.speed_kt).all()
    assert track.altitude_ft.tolist() == [2500.0] * 3


def test_opensky_answers_are_read(tmp_path: Path) -> None:
    state = [
        "a00001",
        "XYZ1    ",
        "United States",
        BASE,
        BASE,
        -97.65,
        26.22,
        304.8,
        False,
        100.0,
        90.0,
        5.0,
        None,
        320.0,
        "1200",
        False,
        0,
    ]
    (track,) = read(tmp_path, json.dumps({"time": BASE, "states": [state]}).encode())
    assert (track.lat.tolist(), track.ground.tolist(), round(float(track.altitude_ft[0]))) == (
        [26.22],
        [AIR],
        1000,
    )


DAMAGED = {
    "empty": (b"", "the file is empty"),
    "empty gzip": (gzip.compress(b""), "file inside the gzip is empty"),
    "cut gzip": (gzip.compress(trace())[:-12], "damaged"),
    "cut json": (trace()[:-40], "the JSON is damaged"),
    "a bad point": (trace(POINTS + [(180.0, "north", -97.0, 1000, 1.0)]), "point 3"),  # noqa: RUF005
    "a nested point": (trace([(0.0, [1], 2.0, 1000, 1.0)]), "point 0"),
    "a point that is a text": (trace()[:-2] + b', "x"]}', "point 3"),
    "a null time": (trace([(None, 1.0, 2.0, 1000, 1.0)]), "point 0"),
    "points that are digits": (trace(trace=["1234", "5678", "9999"]), "point 0"),
    "a time of 400 digits": (trace([(int("1" * 400), 1.0, 2.0, 1000, 1.0)]), "too large for any position"),
    "a height of 400 digits": (trace([(0.0, 1.0, 2.0, int("1" * 400), 1.0)]), "too large for any position"),
    "a place of 400 digits": (
        records(by_column=False).replace(b"26.22", b"1" * 400),
        "too large for any position",
    ),
    "no timestamp": (trace(timestamp="today"), "`timestamp`"),
    "trace is no list": (trace(trace={}), "a list of points"),
    "cut heatmap": (heatmap()[:-5], "16 bytes"),
    "cut parquet": (states_parquet()[:-20], "Parquet"),
    "ragged csv": (states_csv() + b"1,2,3\n", "header"),
    "a time that is none": (states_csv().replace(str(BASE + 60).encode(), b"yesterday"), "record 1"),
    "other json": (b'{"a": {"b": 1}}', "other things"),
    "a list of numbers": (b"[1, 2]", "record 0"),
    "columns of several lengths": (
        b'{"icao24": ["a", "b"], "time": [1, 2], "lat": [1.0], "lon": [2.0, 3.0]}',
        "the columns differ in length: 1, 2",
    ),
    "no columns": (b"{}", "state vectors need a column"),
    "no rows": (b"icao24,time,lat,lon\n", "no positions with a time and a place"),
    "something else": (b"Dear reader,\n", "it begins b'Dear reader,"),
    "no position": (trace([]), "no positions with a time and a place"),
    "no hex column": (states_csv().replace(b"icao24", b"plane"), "it begins"),
    "no places": (records(by_column=False).replace(b"latitude", b"latitute"), "latitude"),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_what_cannot_be_read_is_said_with_file_and_remedy(name: str, tmp_path: Path) -> None:
    content, words = DAMAGED[name]
    with pytest.raises(SourceError) as caught:
        read(tmp_path, content, "given.bin")
    said = str(caught.value)
    assert "given.bin" in said
    assert re.search(r": .+\. [A-Z]", said, re.DOTALL)
    assert words in said
    assert said.endswith(".")


def test_what_cannot_be_used_is_counted(tmp_path: Path) -> None:
    points = [
        *POINTS,
        (180.0, 0.0, 0.0, 1000, 1.0),
        (200.0, 95.0, 0.0, 1000, 1.0),
        (-9e9, 26.0, -97.0, 1000, 1.0),
        (500_000.0, 26.0, -97.0, 1000, 1.0),
        (90.0, 26.25, -97.63, 2000, 180.0),
    ]
    (track,) = read(tmp_path, trace(points))
    assert track.flags == {"no_position": 2, "bad_time": 1, "clock_beyond_day": 2, "unordered": 1}
    assert (np.diff(track.us) >= 0).all()


def test_columns_of_one_length_without_altitude_or_ground(tmp_path: Path) -> None:
    found = {"icao24": ["a", "a"], "time": [BASE, "nan"], "lat": [1.0, 1.0], "lon": [2.0, 2.0], "source": "x"}
    (track,) = read(tmp_path, json.dumps(found).encode())
    assert (track.us.tolist(), track.ground.tolist()) == ([BASE * 1_000_000], [UNSURE])
    assert track.flags["bad_time"] == 1


def test_json_that_is_no_table(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="this JSON is of type str, neither a trace nor a table"):
        read_json_states("text", tmp_path / "x.json")


def test_the_real_files_are_read(adsb: Path) -> None:
    counts = {}
    for path in sorted(adsb.iterdir()):
        if "aircraft_database" in path.name:
            with pytest.raises(SourceError, match="other things"):
                read_positions(path)
        else:
            tracks = read_positions(path)
            counts[path.name] = (len(tracks), sum(len(track) for track in tracks))
    assert counts["trace_full_ac134a.json"] == (1, 777)
    assert counts["traffic_switzerland.json.gz"] == (842, 139_098)
    assert counts["opensky_ice_airports_2026-03.json.gz"] == (2398, 5592)
    assert counts["traffic_noisy_spoofing.json.gz"] == (1, 8670)


def test_parquet_with_times_and_nan_is_read(tmp_path: Path) -> None:
    at = pa.array([(BASE + 1) * 1_000_000_000 + 1, (BASE + 2) * 1_000_000_000], pa.timestamp("ns", "UTC"))
    table = pa.table(
        {
            "timestamp": at,
            "icao24": ["a00001", None],
            "latitude": [1.0, float("nan")],
            "longitude": [2.0, 3.0],
            "onground": [True, None],
        }
    )
    pq.write_table(table, tmp_path / "states.parquet")
    with_place = next(one for one in read_positions(tmp_path / "states.parquet") if len(one))
    assert (with_place.hex, with_place.us.tolist(), with_place.ground.tolist()) == (
        "a00001",
        [(BASE + 1) * 1_000_000],
        [GROUND],
    )
