"""Runs that go on where they stopped, performance by type, and the same legs in partitions of Spark's."""

from __future__ import annotations

import json
import math
import struct
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from casefile.made import said
from hypothesis import given
from hypothesis import strategies as st

from paradero.flights.fabricated import fabricated_trace
from paradero.flights.files import Wanted, aircraft_in, gaps_of_files, legs_of_files
from paradero.flights.legs.aircraft_types import performance_of, performances, vertical_of
from paradero.flights.legs.envelopes import airports_in, envelope
from paradero.flights.legs.gaps import gaps_of
from paradero.flights.listing import shown_leg
from paradero.flights.places.airports import airports
from paradero.flights.runs import (
    files_under,
    legs_of_partition,
    legs_on_spark,
    results_in,
    run_legs,
    tracks_of_partition,
)
from paradero.flights.tracks.positions import read_positions
from paradero.model.errors import UnknownName


@pytest.fixture
def traces(tmp_path: Path) -> Path:
    folder = tmp_path / "traces"
    folder.mkdir()
    for code in ("a00001", "a00002", "a00003"):
        (folder / f"{code}.json").write_text(json.dumps(fabricated_trace(hex_code=code)), encoding="utf-8")
    return folder


def test_what_is_finished_is_not_done_again(traces: Path, tmp_path: Path) -> None:
    paths, folder = files_under([traces]), tmp_path / "results"
    first = run_legs(paths[:2], folder)
    assert (first.done, first.skipped, first.legs, first.errors) == (2, 0, 4, ())
    times = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    second = run_legs(paths, folder)
    assert (second.done, second.skipped, second.legs) == (1, 2, 6)
    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir() if path.name in times} == times
    expected = [shown_leg(leg) for each in legs_of_files(paths) for leg in each]
    assert [row for result in results_in(folder) for row in result.legs] == expected
    paths[0].write_text(json.dumps(fabricated_trace(hex_code="a00001", every_s=30)), encoding="utf-8")
    assert (run_legs(paths, folder).done, len(list(folder.iterdir()))) == (1, 4)


def test_two_processes_give_the_same_files(traces: Path, tmp_path: Path) -> None:
    run_legs(files_under([traces]), tmp_path / "one")
    run_legs(files_under([traces]), tmp_path / "two", processes=2)
    assert {path.name: path.read_bytes() for path in (tmp_path / "one").iterdir()} == {
        path.name: path.read_bytes() for path in (tmp_path / "two").iterdir()
    }


def test_a_damaged_file_is_told_and_does_not_stop_the_others(traces: Path, tmp_path: Path) -> None:
    whole = (traces / "a00002.json").read_text(encoding="utf-8")
    (traces / "a00002.json").write_text(whole[:-100], encoding="utf-8")
    heard = said(tmp_path, "flights", "legs", "traces", "--results", "results")
    assert (heard.code, "2 aircraft done" in heard.out, "a00002.json" in heard.err) == (1, True, True)
    (traces / "a00002.json").write_text(whole, encoding="utf-8")
    again = said(tmp_path, "flights", "legs", "traces", "--results", "results")
    assert (again.code, again.out.startswith("1 aircraft done, 2 were finished before; 6 legs")) == (0, True)
    assert said(tmp_path, "flights", "legs", "traces", "--results", "results", "--hex", "a00001").code == 1


def test_tables_of_many_aircraft_have_results_too(adsb: Path, tmp_path: Path) -> None:
    paths = [adsb / "traffic_noisy_landing.json.gz", adsb / "trace_full_ac134a.json"]
    first = run_legs(paths, tmp_path)
    assert (first.done, run_legs(paths, tmp_path).skipped) == (2, 2)


def half_hours(folder: Path) -> list[Path]:
    """The fabricated trace of two aircraft as two heatmaps, the flights cut in the middle."""
    points = fabricated_trace(every_s=30)["trace"]
    paths = []
    for number, half in enumerate((points[: len(points) // 2], points[len(points) // 2 :])):
        content = struct.pack("<4i", 1, 0, 0, 0)
        for second, lat, lon, altitude, speed, *_ in half:
            ms = (1_742_083_200 + second) * 1000
            content += struct.pack("<IiIi", 0x0E7F7C9D, ms >> 32, ms & 0xFFFFFFFF, 30_000)
            for code in (0x00A0000B, 0x00A0000C):
                height = -123 if altitude == "ground" else altitude // 25
                content += struct.pack(
                    "<Iiihh", code, round(lat * 1e6), round(lon * 1e6), height, round(speed * 10)
                )
        paths.append(folder / f"{number:02}.bin.ttf")
        paths[-1].write_bytes(content)
    return paths


def test_what_spark_does_in_a_partition_it_does_here(traces: Path) -> None:
    (traces / "manifest.json").write_text("{}", encoding="utf-8")
    paths = files_under([traces, traces / "a00001.json"])
    assert [path.name for path in paths] == ["a00001.json", "a00002.json", "a00003.json"]
    pairs = list(tracks_of_partition(map(str, paths[:2])))
    assert [name for name, _ in pairs] == ["a00001", "a00002"]
    expected = [shown_leg(leg).as_json() for each in legs_of_files(paths[:2]) for leg in each]
    found = legs_of_partition([(name, [track]) for name, track in pairs])
    assert [json.loads(line) for line in found] == json.loads(json.dumps(expected))
    gaps = list(gaps_of_files(paths[:2], wanted=Wanted(hex="a00002")))
    assert [len(each) for each in gaps] == [0, 1]
    with pytest.raises(UnknownName, match="No file of positions is named"):
        aircraft_in([])


@pytest.mark.xdist_group("spark")
def test_partitions_of_spark_give_the_same_legs(spark: Any, traces: Path, adsb: Path) -> None:
    paths = [
        *files_under([traces]),
        adsb / "traffic_noisy_landing.json.gz",
        adsb / "trace_full_ac134a.json",
        *half_hours(traces.parent),
    ]
    expected = sorted(
        json.dumps(shown_leg(leg).as_json(), ensure_ascii=False)
        for each in legs_of_files(paths)
        for leg in each
    )
    assert sorted(legs_on_spark(spark.session, paths, partitions=3).collect()) == expected
    assert len(expected) > 8


def test_every_type_has_a_source_and_figures_that_can_be() -> None:
    for one in performances().values():
        assert 400 < one.cruise_kmh < 1_000
        assert 1_000 < one.climb_fpm <= one.descent_fpm < 12_000
        assert 3 < one.endurance_h < 20
        assert "type certificate" in one.source
    assert performance_of("B734|MD83") == performance_of("MD83")
    assert performance_of("b734") == performance_of("B734") is not None
    assert (performance_of("B734|XXXX"), performance_of(None), performance_of("")) == (None, None, None)


HEIGHTS = st.one_of(st.none(), st.just(math.nan), st.floats(0, 41_000))


@given(start=HEIGHTS, end=HEIGHTS, minutes=st.floats(10, 900), name=st.sampled_from(sorted(performances())))
def test_climb_and_descent_make_an_envelope_no_larger_and_hardly_smaller(
    start: float | None, end: float | None, minutes: float, name: str
) -> None:
    flies = performances()[name]
    made = partial(
        envelope, (26.2, -97.7), (26.2, -97.7), minutes, speed_kmh=flies.cruise_kmh, ground_minutes=0
    )
    plain, real = made(), made(vertical=vertical_of(flies, start, end))
    assert plain.radius_km is not None
    if real.radius_km is None:
        assert minutes < vertical_of(flies, start, end).minutes + 1
    else:
        assert plain.radius_km - 10 <= real.radius_km <= plain.radius_km


def test_a_gap_by_type_says_whose_speed_it_is(tmp_path: Path) -> None:
    (tmp_path / "trace.json").write_text(json.dumps(fabricated_trace()), encoding="utf-8")
    tracks = read_positions(tmp_path / "trace.json")
    (stated,), (typed,) = gaps_of(tracks), gaps_of(tracks, by_type=True)
    assert (stated.envelope.basis, round(stated.envelope.radius_km or 0)) == ("stated", 1353)
    assert (typed.envelope.basis, typed.envelope.speed_kmh) == ("type B737", 871)
    assert round(typed.envelope.radius_km or 0) == 1383
    assert airports_in(typed.envelope, airports(), day="2025-03-16") == list(typed.airports)
    (row,) = said(tmp_path, "flights", "gaps", "trace.json", "--by-type", "--json").json["rows"]
    assert (row["speed_basis"], row["speed_kmh"], row["outlasts_endurance"]) == ("type B737", 871, False)
