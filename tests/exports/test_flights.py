"""Flights as files for other tools, read by parsers of their own: what was not heard is joined by nothing, bounds stay
two, and nothing is made up between them.
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from attack.scale import draws
from casefile.made import said
from flights.made import Plan, flown, us_of
from lxml import etree

from paradero.exports.flights.files import FORMATS, write_flights
from paradero.flights.fabricated import fabricated_trace
from paradero.flights.pictures.scenes import Scene, scenes_of
from paradero.flights.places.airports import airports
from paradero.flights.tracks.positions_readsb import read_trace
from paradero.model.errors import UnknownName
from paradero.model.time.moments import Missing, Moment, Reason

_KML = {"k": "http://www.opengis.net/kml/2.2"}


@pytest.fixture(scope="module")
def trace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("flown") / "trace.json"
    path.write_text(json.dumps(fabricated_trace()), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def raw() -> list[tuple[float, float, float]]:
    """Time, latitude and longitude of the positions of the trace, as its maker wrote them."""
    found = fabricated_trace()
    begin = float(str(found["timestamp"]))
    rows: list[list[Any]] = found["trace"]  # type: ignore[assignment]
    return [(begin + float(row[0]), float(row[1]), float(row[2])) for row in rows]


def seconds(text: str) -> float:
    return dt.datetime.fromisoformat(text).timestamp()


def exported(trace: Path, folder: Path, ending: str) -> Path:
    path = folder / f"flights{ending}"
    heard = said(folder, "flights", "export", str(trace), "-o", str(path))
    assert heard.code == 0, heard.err
    assert "2 legs" in heard.err + heard.out
    return path


def test_geojson_has_the_positions_and_no_line_spans_a_gap(
    trace: Path, raw: list[tuple[float, float, float]], tmp_path: Path
) -> None:
    found = json.loads(exported(trace, tmp_path, ".geojson").read_text(encoding="utf-8"))
    assert found["type"] == "FeatureCollection"
    places = {(round(lon, 4), round(lat, 4)) for _, lat, lon in raw}
    gaps = [one for one in found["features"] if one["properties"]["kind"] == "gap"]
    lines = [one for one in found["features"] if one["properties"]["kind"] == "heard"]
    assert gaps
    assert len(lines) >= 2
    for one in lines:
        assert one["geometry"]["type"] in ("LineString", "Point")
        line = one["geometry"]["coordinates"]
        assert all((round(lon, 4), round(lat, 4)) in places for lon, lat in line)
        times = [seconds(text) for text in one["properties"]["times"]]
        assert len(times) == len(line)
        assert max(b - a for a, b in itertools.pairwise(times)) <= 600
        for gap in gaps:
            begin, end = (seconds(gap["properties"][name]) for name in ("last_heard", "heard_again"))
            assert times[-1] <= begin or times[0] >= end
    for gap in gaps:
        assert gap["geometry"] is None or gap["geometry"]["type"] == "MultiPolygon"
        assert gap["properties"]["minutes"] == pytest.approx(221, abs=1)
        for polygon in (gap["geometry"] or {"coordinates": []})["coordinates"]:
            assert polygon[0][0] == polygon[0][-1]


def test_kml_is_read_and_its_lines_are_pieces(trace: Path, tmp_path: Path) -> None:
    root = etree.fromstring(exported(trace, tmp_path, ".kml").read_bytes())
    assert len(root.findall(".//k:Folder", _KML)) == 2
    lines = root.findall(".//k:LineString/k:coordinates", _KML)
    polygons = root.findall(".//k:Polygon", _KML)
    assert lines
    assert polygons
    for one in lines:
        points = [tuple(map(float, each.split(","))) for each in str(one.text).split()]
        jumps = [abs(a[0] - b[0]) + abs(a[1] - b[1]) for a, b in itertools.pairwise(points)]
        assert max(jumps) < 1, "a line leaps over what nobody heard"
    for place in root.findall(".//k:Placemark", _KML):
        begin, end = place.find("k:TimeSpan/k:begin", _KML), place.find("k:TimeSpan/k:end", _KML)
        if begin is not None and end is not None:
            assert seconds(str(begin.text)) <= seconds(str(end.text))


def test_a_time_line_has_bounds_as_bounds(trace: Path, tmp_path: Path) -> None:
    lines = [
        json.loads(one)
        for one in exported(trace, tmp_path, ".timesketch.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    legs = said(tmp_path, "flights", "legs", str(trace), "--json").json["rows"]
    wanted = {
        (seconds(leg[f"{end}_{side}"]), end)
        for leg in legs
        for end in ("takeoff", "landing")
        for side in ("lo", "hi")
        if leg[f"{end}_{side}"] is not None
    }
    there = set()
    for one in lines:
        assert {"message", "datetime", "timestamp_desc", "address"} <= set(one)
        assert one["datetime"].endswith("+00:00")
        if one["timestamp_desc"].startswith(("Take-off", "Landing")):
            end = "takeoff" if one["timestamp_desc"].startswith("Take-off") else "landing"
            there.add((seconds(one["datetime"]), end))
            assert one["datetime"].removesuffix("+00:00") in {str(one[side])[:-1] for side in ("lo", "hi")}
            assert one["lo"] == one["hi"] or "possible" in one["timestamp_desc"]
    assert there == wanted


def test_a_moment_without_bounds_has_no_line_and_is_counted(tmp_path: Path) -> None:
    (first, *_) = scenes_of([read_trace(fabricated_trace(), Path("fabricated.json"))])
    why = Missing(reason=Reason.NOT_RECORDED)
    nothing = replace(
        first.leg.landing,
        moment=Moment(
            lo=None,
            hi=None,
            precision=first.leg.landing.moment.precision,
            zone="Z",
            lo_why_missing=why,
            hi_why_missing=why,
        ),
    )
    scene = replace(first, leg=replace(first.leg, landing=nothing))
    path = tmp_path / "x.timesketch.jsonl"
    assert write_flights([scene], path, scope="a test") == 1
    assert "Landing" not in path.read_text(encoding="utf-8")
    assert write_flights([scene], tmp_path / "x.geojson", scope="a test") == 0


def test_a_flight_over_the_180th_meridian_is_cut_there(tmp_path: Path) -> None:
    among = airports()
    plan = Plan(
        origin=among.named("NZAA"), destination=among.named("NSFA"), depart=us_of("2025-03-15T00:00:00")
    )
    scenes: list[Scene] = scenes_of([flown(plan)[0]])
    path = tmp_path / "x.geojson"
    write_flights(scenes, path, scope="a test")
    shapes = [
        one["geometry"]
        for one in json.loads(path.read_text(encoding="utf-8"))["features"]
        if one["properties"]["kind"] == "heard"
    ]
    parts = [part for shape in shapes if shape["type"] == "MultiLineString" for part in shape["coordinates"]]
    assert len(parts) >= 2
    for part in parts:
        assert max(abs(a[0] - b[0]) for a, b in itertools.pairwise(part)) < 5


@pytest.mark.parametrize("ending", sorted(FORMATS)[:: draws(2, 1)])
def test_the_same_files_give_the_same_bytes(trace: Path, tmp_path: Path, ending: str) -> None:
    once = exported(trace, tmp_path, ending).read_bytes()
    assert exported(trace, tmp_path, ending).read_bytes() == once


def test_text_of_a_file_is_no_markup(tmp_path: Path) -> None:
    evil = fabricated_trace() | {"r": "<script>\u202e"}
    scenes = scenes_of([read_trace(evil, Path("evil.json"))])
    write_flights(scenes, tmp_path / "x.kml", scope="<b>\x1b")
    root = etree.fromstring((tmp_path / "x.kml").read_bytes())
    assert not root.findall(".//script")
    assert "\u202e" not in (tmp_path / "x.kml").read_text(encoding="utf-8")


def test_an_ending_that_names_no_format(trace: Path, tmp_path: Path) -> None:
    heard = said(tmp_path, "flights", "export", str(trace), "-o", str(tmp_path / "x.gpx"))
    assert heard.code == 1
    assert "x.gpx: its ending names no format. Write one of .geojson, .kml, .timesketch.jsonl." in heard.err
    with pytest.raises(UnknownName):
        write_flights([], tmp_path / "x.txt", scope="")
