"""`paradero flights legs` and `gaps` as a user types them, without a casefile."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from pathlib import Path

import numpy as np
import pytest
from casefile.made import Said, said

from flights.made import Plan, flown, us_of
from paradero.flights.files import legs_of_files
from paradero.flights.places.airports import airports
from paradero.flights.tracks.tracks import GROUND, Track

LEG_FIELDS = {
    "hex",
    "registration",
    "takeoff_lo",
    "takeoff_hi",
    "takeoff_candidates",
    "landing_lo",
    "landing_hi",
    "landing_candidates",
    "status",
}
GAP_FIELDS = {"start", "end", "minutes", "radius_km", "airports"}


def write_trace(path: Path, track: Track, *, registration: str) -> Path:
    """A track as a readsb trace."""
    base = int(track.us[0]) // 1_000_000
    rows = [
        [us / 1e6 - base, lat, lon, "ground" if on == GROUND else None if np.isnan(alt) else alt, gs, heading, 0, None, {"flight": name.decode()}, "adsb_icao"]
        for us, lat, lon, alt, gs, heading, on, name in zip(
            track.us.tolist(), track.lat.tolist(), track.lon.tolist(), track.altitude_ft.tolist(), track.speed_kt.tolist(), track.heading.tolist(),
            track.ground.tolist(), track.callsign.tolist(), strict=True,
        )
    ]  # fmt: skip
    path.write_text(
        json.dumps({"icao": track.hex, "r": registration, "t": "B737", "timestamp": base, "trace": rows}),
        encoding="utf-8",
    )
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    there = Plan(
        origin=airports().named("KHRL"),
        destination=airports().named("KAEX"),
        depart=us_of("2025-03-15T12:00:00"),
    )
    other = Plan(
        origin=airports().named("KIAH"),
        destination=airports().named("MSLP"),
        depart=us_of("2025-03-16T12:00:00"),
    )
    write_trace(tmp_path / "one.json", flown(there)[0], registration="N101XX")
    track, truth = flown(other, hex_code="a00002")
    hole = (track.us > truth.takeoff + 40 * 60_000_000) & (track.us < truth.takeoff + 100 * 60_000_000)
    write_trace(tmp_path / "two.json", track.only(~hole), registration="N-202XX")
    return tmp_path


def legs(folder: Path, *arguments: str) -> Said:
    return said(folder, "flights", "legs", "one.json", "two.json", *arguments)


def test_legs_have_the_fields_that_others_rely_on(folder: Path) -> None:
    heard = legs(folder, "--json")
    assert heard.code == 0
    assert set(heard.json) == {"scope", "digest", "n_rows", "rows"}
    assert [row["hex"] for row in heard.json["rows"]] == ["a00001", "a00002"]
    for row in heard.json["rows"]:
        assert set(row) >= LEG_FIELDS
        for name in ("takeoff_lo", "takeoff_hi", "landing_lo", "landing_hi"):
            assert row[name].endswith("Z")
            dt.datetime.fromisoformat(row[name])
        assert row["takeoff_lo"] <= row["takeoff_hi"] <= row["landing_lo"] <= row["landing_hi"]
        for one in row["takeoff_candidates"] + row["landing_candidates"]:
            assert set(one) >= {"icao", "distance_km", "height_ft", "weight"}
    assert heard.json["rows"][0]["registration"] == "N101XX"
    assert (heard.json["rows"][0]["status"], heard.json["rows"][0]["landing_candidates"][0]["icao"]) == (
        "observed",
        "KAEX",
    )


def test_gaps_have_the_fields_that_others_rely_on(folder: Path) -> None:
    heard = said(
        folder, "flights", "gaps", "two.json", "--json", "--speed-kmh", "900", "--ground-minutes", "0"
    )
    (row,) = heard.json["rows"]
    assert set(row) >= GAP_FIELDS
    assert row["minutes"] == pytest.approx(60, abs=0.5)
    assert row["radius_km"] == pytest.approx(900 * row["minutes"] / 120, abs=0.2)
    assert all(one["slack_minutes"] >= 0 for one in row["airports"])
    assert row["outline"]["type"] == "MultiPolygon"
    (none,) = said(folder, "flights", "gaps", "two.json", "--json", "--speed-kmh", "500").json["rows"]
    assert (none["radius_km"], none["airports"]) == (None, [])
    assert "no time" in none["radius_km_why_missing"]
    assert none["outline_why_missing"]


def test_exits_are_moments(folder: Path) -> None:
    (row,) = said(folder, "flights", "exits", "two.json", "--json").json["rows"]
    assert (row["hex"], row["kind"], row["countries"], row["boundary"], row["hi_why_missing"]) == (
        "a00002",
        "exit",
        "US",
        "territorial_sea",
        None,
    )
    assert "2025-03-16T12:" < row["lo"] < row["hi"]
    (stays,) = said(
        folder, "flights", "exits", "one.json", "--country", "US,MX", "--boundary", "land", "--json"
    ).json["rows"][-1:]
    assert (stays["hi"], stays["hi_why_missing"]) == (None, "not_recorded")
    assert "Crossings: 1" in said(folder, "flights", "exits", "two.json").out
    assert said(folder, "flights", "exits", "two.json", "--csv").out.startswith("hex,registration,kind,lo,hi")
    assert said(folder, "flights", "exits", "two.json", "--country", "Freedonia").code == 1
    assert said(folder, "flights", "exits", "two.json", "--boundary", "moon").code == 1


FILTERS = [
    (("--hex", "A00002"), ["a00002"]),
    (("--tail", "n202xx"), ["a00002"]),
    (("--tail", "N101XX"), ["a00001"]),
    (("--date", "2025-03-15"), ["a00001"]),
    (("--from-date", "2025-03-16"), ["a00002"]),
    (("--to-date", "2025-03-15"), ["a00001"]),
    (("--airport", "KAEX"), ["a00001"]),
    (("--airport", "AEX"), ["a00001"]),
    (("--airport", "KPBI"), []),
]


@pytest.mark.parametrize(("arguments", "codes"), FILTERS)
def test_filters(folder: Path, arguments: tuple[str, str], codes: list[str]) -> None:
    assert [row["hex"] for row in legs(folder, "--json", *arguments).json["rows"]] == codes


def test_people_get_a_table_and_programs_csv(folder: Path) -> None:
    text = legs(folder).out
    assert "KHRL 0.9" in text
    assert "Legs: 2" in text
    assert "Scope:" in text
    table = list(csv.DictReader(io.StringIO(legs(folder, "--csv").out)))
    assert [row["hex"] for row in table] == ["a00001", "a00002"]
    assert "in_flight" in said(folder, "flights", "gaps", "two.json").out


ERRORS = [
    (("missing.json",), "missing.json"),
    (("--hex", "a00001", "."), "this is a folder"),
    (("one.json", "--date", "yesterday"), "2025-03-15"),
    (("one.json", "--airport", "Nowhere"), "ICAO"),
    (("one.json", "--date", "2025-03-15", "--to-date", "2025-03-16"), "Choose one"),
]


@pytest.mark.parametrize(("arguments", "words"), ERRORS)
def test_what_cannot_be_is_one_sentence(folder: Path, arguments: tuple[str, ...], words: str) -> None:
    heard = said(folder, "flights", "legs", *arguments)
    assert heard.code == 1
    assert words in heard.err
    assert "Traceback" not in heard.err


def test_the_order_of_files_names_and_processes_do_not_matter(folder: Path) -> None:
    paths = [folder / "one.json", folder / "two.json"]
    (folder / "renamed.csv").write_bytes(paths[0].read_bytes())
    first = list(legs_of_files(paths))
    assert list(legs_of_files(list(reversed(paths)), processes=2)) == first
    twice = list(legs_of_files([*paths, folder / "renamed.csv"]))
    assert [leg.takeoff for each in twice for leg in each] == [leg.takeoff for each in first for leg in each]


def test_the_real_trace(adsb: Path, tmp_path: Path) -> None:
    """N8774Q, 12 August 2024: heard from over Pennsylvania on, on the ground at Palm Beach from 02:49, there
    all night.
    """
    path = str(adsb / "trace_full_ac134a.json")
    (leg,) = said(tmp_path, "flights", "legs", path, "--json").json["rows"]
    assert (leg["registration"], leg["takeoff_status"], leg["landing_status"], leg["status"]) == (
        "N8774Q",
        "unknown",
        "observed",
        "unknown",
    )
    assert (leg["landing_lo"], leg["landing_hi"]) == ("2024-08-12T02:49:12.740Z", "2024-08-12T02:49:34.480Z")
    assert (leg["takeoff_candidates"], leg["landing_candidates"][0]["icao"]) == ([], "KPBI")
    (gap,) = said(tmp_path, "flights", "gaps", path, "--json").json["rows"]
    assert (
        gap["kind"],
        round(gap["minutes"]),
        gap["start_place"]["airport"],
        gap["end_place"]["airport"],
    ) == ("on_ground", 476, "KPBI", "KPBI")
