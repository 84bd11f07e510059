"""Pictures: gaps stay open, every place lies where its formula says, nothing asks a server, the same scene
gives the same picture.
"""

from __future__ import annotations

import itertools
import json
import re
import struct
import sys
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from attack.scale import draws, sampled
from casefile.made import said
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flights.made import MINUTE, Plan, flown, us_of
from paradero.flights.fabricated import fabricated_trace
from paradero.flights.pictures import captions, charts, maps, pages, palette, views
from paradero.flights.pictures import scenes as scenes_module
from paradero.flights.pictures.scenes import Scene, scenes_of
from paradero.flights.places.airports import airports
from paradero.flights.places.geometry import EARTH_KM, sphere_km
from paradero.flights.tracks.positions import read_positions
from paradero.flights.tracks.positions_readsb import read_trace
from paradero.flights.tracks.tracks import track_of
from paradero.model.time.moments import Moment


@pytest.fixture(scope="module")
def scenes() -> list[Scene]:
    return scenes_of([read_trace(fabricated_trace(), Path("fabricated.json"))])


def test_a_scene_a_leg_and_no_piece_spans_a_gap(scenes: list[Scene]) -> None:
    assert [scene.name for scene in scenes] == ["a00000-20250316-0055", "a00000-20250316-0150"]
    for scene in scenes:
        (gap,) = scene.gaps
        assert round(gap.minutes) == 221
        for piece in scene.pieces:
            assert max(later.us - earlier.us for earlier, later in itertools.pairwise(piece)) <= 10 * MINUTE
            assert piece[-1].us <= gap.start.us or piece[0].us >= gap.end.us
    assert {mark.icao for mark in scenes[0].marks} == {"KHRL"}
    assert {"MMVR", "KTPA", "MSLP"} <= {mark.icao for mark in scenes[0].reached}


def test_thinning_keeps_every_peak() -> None:
    track, _ = flown(
        Plan(
            origin=airports().named("KIAH"),
            destination=airports().named("MSLP"),
            depart=us_of("2025-03-16T12:00:00"),
            every_s=1,
        )
    )
    (scene,) = scenes_of([track])
    drawn = [one for piece in scene.pieces for one in piece]
    assert len(drawn) <= 4 * 1_200 < scene.n_positions
    assert max(one.altitude_ft or 0 for one in drawn) == max(
        track.altitude_ft[track.altitude_ft == track.altitude_ft]
    )
    assert [one.us for one in drawn] == sorted({one.us for one in drawn})


def test_the_map_draws_a_dashed_line_over_the_gap_and_a_whole_one_elsewhere(scenes: list[Scene]) -> None:
    spec = charts.chart_of(scenes[0], width=900).to_dict()
    layers = spec["vconcat"][0]["layer"]
    dashed = [one for one in layers if one["mark"].get("strokeDash") == [6, 5]]
    whole = [one for one in layers if one["mark"].get("stroke") == palette.LINE]
    assert len(dashed) == len(whole) == 1
    assert [len(one["geometry"]["coordinates"]) for one in json.loads(dashed[0]["data"]["values"])] == [2]
    lines = [one["geometry"]["coordinates"] for one in json.loads(whole[0]["data"]["values"])]
    assert len(lines) == len([piece for piece in scenes[0].pieces if len(piece) > 1])
    (shaded,) = [one for one in layers if one["mark"].get("fillOpacity") == 0.13]
    ring = json.loads(shaded["data"]["values"])[0]["geometry"]["coordinates"][0]
    assert sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in itertools.pairwise(ring)) < 0, (
        "d3 takes a counterclockwise ring for the rest of the earth"
    )


def test_a_gap_without_an_envelope_or_with_a_very_large_one_does_not_widen_the_map(
    scenes: list[Scene],
) -> None:
    (gap,), inner = scenes[0].gaps, 900
    own = views.view_of(scenes[0], inner)
    bare = views.view_of(replace(scenes[0], gaps=()), inner)
    for radius in (None, 4_000.0):
        other = replace(scenes[0], gaps=(replace(gap, envelope=replace(gap.envelope, radius_km=radius)),))
        found = views.view_of(other, inner)
        assert bare.scale >= found.scale > own.scale
    nothing = replace(gap.envelope, radius_km=None)
    assert (views.reaches_out(own, nothing), views.reaches_out(bare, gap.envelope)) == (False, True)


def test_where_no_altitude_was_sent_the_line_breaks_and_bounds_out_of_sight_are_not_drawn(
    scenes: list[Scene],
) -> None:
    def drawn(of: Scene) -> tuple[bool, list[str]]:
        layers = charts.chart_of(of, width=700).to_dict()["vconcat"][1]["layer"]
        (line,) = [one for one in layers if one["mark"].get("strokeWidth") == 1.8]
        shapes = [str(one["mark"].get("shape")) for one in layers]
        return bool(json.loads(line["data"]["values"])), [one for one in shapes if "triangle" in one]

    scene = scenes[0]
    silent = tuple(tuple(replace(one, altitude_ft=None) for one in piece) for piece in scene.pieces)
    before = replace(scene.leg.takeoff, moment=Moment(lo=0, hi=1, zone="UTC"))
    hidden = replace(scene, pieces=silent, leg=replace(scene.leg, takeoff=before))
    assert drawn(scene) == (True, ["triangle-up", "triangle-down"])
    assert drawn(hidden) == (False, ["triangle-down"])


def test_no_more_airports_in_reach_than_have_room(
    monkeypatch: pytest.MonkeyPatch, scenes: list[Scene]
) -> None:
    every = scenes_module._reached(scenes[0].gaps, set(), airports())
    monkeypatch.setattr(scenes_module, "_DOTS", 2)
    assert scenes_module._reached(scenes[0].gaps, set(), airports()) == every[:2]
    assert scenes_module._reached(scenes[0].gaps, {every[0].icao}, airports()) == every[1:3]


def test_no_position_is_no_scene() -> None:
    track = read_trace(fabricated_trace(), Path("fabricated.json"))
    assert scenes_of([track.only(np.zeros(len(track), "?"))]) == []


@pytest.mark.parametrize("width", sampled([320, 900], [900]))
def test_png_and_svg(scenes: list[Scene], width: int) -> None:
    content = charts.png(scenes[0], width=width)
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    wide, high = struct.unpack(">II", content[16:24])
    assert abs(wide / 2 - width) < 60
    assert high > 500
    drawn = charts.svg(scenes[0], width=width)
    assert drawn == charts.svg(scenes[0], width=width)
    assert {"KHRL", "1,000 km" if width == 900 else "km", "221 min"} <= {
        word for word in ("KHRL", "1,000 km", "km", "221 min") if word in drawn
    }
    assert "NaN" not in drawn
    assert re.findall(r'(?:href|src)="(?!#)[^"]*"', drawn) == []


class Asked(HTMLParser):
    """Addresses that a page would load by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.addresses += [
            f"{tag} {value}"
            for name, value in attrs
            if name in ("src", "href", "srcset", "data", "action", "poster")
        ]


@pytest.mark.parametrize("language", sampled(["en", "es"], ["es"]))
def test_a_page_asks_nobody(scenes: list[Scene], language: str) -> None:
    text = pages.page(scenes[0], language=language)
    asked = Asked()
    asked.feed(text)
    assert asked.addresses == []
    assert "default-src 'none'" in text
    assert "@import" not in text
    assert text.count("</script>") == 3
    assert {"en": "221 min without positions", "es": "221 min sin posiciones"}[language] in text


def test_both_languages_have_the_same_sentences_with_the_same_blanks() -> None:
    english, spanish = captions.words("en"), captions.words("es")
    assert list(english) == list(spanish)
    for name, text in english.items():
        assert sorted(re.findall(r"\{(\w+)", text)) == sorted(re.findall(r"\{(\w+)", spanish[name])), name


PLACES = st.lists(st.tuples(st.floats(-60, 60), st.floats(-40, 40)), min_size=1, max_size=8)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(places=PLACES, turn=st.floats(-180, 180), width=st.integers(320, 2400))
def test_every_place_lies_on_its_map_and_distances_from_the_middle_are_true(
    places: list[tuple[float, float]], turn: float, width: int
) -> None:
    lat, lon = [place[0] for place in places], [(place[1] + turn + 180) % 360 - 180 for place in places]
    view = maps.fitted(lat, lon, width=width, height=300)
    x, y = view.pixels(lat, lon)
    assert ((x >= 0) & (x <= width) & (y >= 0) & (y <= 300)).all()
    for px, py, one, other in zip(x, y, lat, lon, strict=True):
        km = sphere_km(view.lat, view.lon, one, other)
        assert ((px - width / 2) ** 2 + (py - 150) ** 2) ** 0.5 * EARTH_KM / view.scale == pytest.approx(
            km, abs=0.5
        )
    km, pixels = view.bar()
    assert pixels <= width / 4 + 1
    assert int(str(km)[0]) in (1, 2, 5)


def test_labels_do_not_cover_each_other() -> None:
    spots = maps.placed(
        [
            (100.0, 100.0, "KAAA"),
            (102.0, 101.0, "KBBB"),
            (104.0, 99.0, "KCCC"),
            (1.0, 1.0, "EDGE"),
            (-50.0, 5.0, "OUTSIDE"),
        ],
        width=300,
        height=200,
    )
    assert spots[-1] is None
    boxes = [
        (left, left + 26, middle - 7, middle + 7)
        for left, middle, text in [spot for spot in spots if spot is not None]
    ]
    assert len(boxes) == 4
    for number, (a, b, c, d) in enumerate(boxes):
        assert all(b <= e or a >= f or d <= g or c >= h for e, f, g, h in boxes[number + 1 :])


REAL = ("trace_full_ac134a.json", "traffic_border_control.json.gz", "traffic_noisy_landing.json.gz")


def test_real_flights_are_drawn(adsb: Path) -> None:
    for name in REAL[:: draws(2, 1)]:
        for scene in scenes_of(read_positions(adsb / name)):
            assert "NaN" not in charts.svg(scene, width=700)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    assert said(tmp_path, "flights", "track", "missing.json", "-o", "out").code == 1
    (tmp_path / "trace.json").write_text(json.dumps(fabricated_trace()), encoding="utf-8")
    return tmp_path


def test_the_command_writes_three_files_a_flight(folder: Path) -> None:
    heard = said(folder, "flights", "track", "trace.json", "-o", "pictures", "--lang", "es", "--width", "600")
    assert heard.code == 0
    assert sorted(path.name for path in (folder / "pictures").iterdir()) == sorted(
        f"{name}.{kind}"
        for name in ("a00000-20250316-0055", "a00000-20250316-0150")
        for kind in ("html", "png", "svg")
    )
    assert "Aterrizaje" in (folder / "pictures" / "a00000-20250316-0055.svg").read_text(encoding="utf-8")


ERRORS = [
    (("-o", "one.svg"), "cannot hold 2 flights"),
    (("-o", "out", "--format", "gif"), "png, svg, html"),
    (("-o", "out", "--lang", "de"), "en or es"),
    (("-o", "out", "--date", "soon"), "2025-03-15"),
]


@pytest.mark.parametrize(("arguments", "words"), ERRORS)
def test_what_cannot_be_is_one_sentence(folder: Path, arguments: tuple[str, ...], words: str) -> None:
    heard = said(folder, "flights", "track", "trace.json", *arguments)
    assert (heard.code, words in heard.err, "Traceback" in heard.err) == (1, True, False), heard.err


def test_where_the_extra_is_missing_a_sentence_says_so(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "altair", None)
    heard = said(folder, "flights", "track", "trace.json", "-o", "out")
    assert heard.code == 1
    assert "pip install 'paradero[charts]'" in heard.err
    assert said(folder, "flights", "legs", "trace.json").code == 0


def test_every_word_is_used() -> None:
    folder = Path(charts.__file__).parent
    text = "".join(
        (folder / f"{name}.py").read_text(encoding="utf-8")
        for name in ("charts", "panels", "profiles", "captions", "pages", "views")
    )
    parts = (
        set(re.findall(r'"(\w+)"', text))
        | {f"table_{name}" for name in re.findall(r'"(\w+)"', text)}
        | {"observed", "inferred", "unknown"}
        | {"if_landed", "to"}
    )
    assert set(captions.words("en")) <= parts


def test_a_single_position_is_seen_and_so_is_one_over_the_180th_meridian() -> None:
    us = us_of("2025-03-16T12:00:00")
    lon = (np.linspace(170, 200, 60) + 180) % 360 - 180
    columns = {
        "us": us + np.arange(60) * MINUTE,
        "lat": np.linspace(50, 55, 60),
        "lon": lon,
        "altitude_ft": np.full(60, 35_000.0),
        "ground": np.zeros(60),
    }
    track = track_of("a1", columns, files=("made",), flags={})
    for part in (track.only(np.array([3])), track, track.only(np.r_[0:20, 45:60]))[: draws(2, 3)]:
        (scene,) = scenes_of([part])
        spec = charts.chart_of(scene, width=700).to_dict()
        low, high = spec["vconcat"][1]["layer"][-1]["encoding"]["x"]["scale"]["domain"]
        assert high - low >= 600_000
        scale = spec["vconcat"][0]["projection"]["scale"]
        assert scale > 500 if len(part) > 1 else scale > 50_000
        assert "NaN" not in charts.svg(scene, width=700)
