"""Flights on the map are the legs of the month as the command line lists them, and what they leave open stays open."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from casefile.made import said

from paradero.building.adding import add
from paradero.building.building import build
from paradero.casefile.folder import create
from paradero.flights.fabricated import fabricated_trace
from paradero.reports.charts.place_map import WIDE, Airport, Flight, place_map
from web.asked import Site
from web.crawled import read
from web.read_tables import Read
from web.written import FIRST, site_of

CAPTION = "Flights that may have been in March 2025 (UTC)"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Records of January to March 2025, and a trace of 16 March with a leg that is lost over the sea."""
    folder = tmp_path_factory.mktemp("flown")
    made = site_of(folder, {"EARLY": FIRST})
    (folder / "trace.json").write_text(json.dumps(fabricated_trace()), encoding="utf-8")
    add(made.case, folder / "trace.json")
    build(made.case)
    return Site(made.case)


def listed(site: Site) -> list[dict[str, Any]]:
    path = next(site.case.sources.glob("*.json"))
    rows: list[dict[str, Any]] = said(site.case.root, "flights", "legs", str(path), "--json").json["rows"]
    return rows


def test_each_leg_stands_in_the_table_and_leads_to_its_page(site: Site) -> None:
    legs = listed(site)
    html = site.ask("/en/map?month=2025-03").text
    rows = Read(html).rows(CAPTION)[1:]
    assert [row[0] for row in rows] == [f"{one['hex']}@{one['first_position_at'][:16]}" for one in legs]
    links = {each for each in read(html).links if each.startswith("/en/flight/")}
    assert len(links) == len(legs) >= 2
    assert all(site.ask(each).status_code == 200 for each in links)
    for row, leg in zip(rows, legs, strict=True):
        for cell, end in ((row[2], "takeoff"), (row[3], "landing")):
            assert all(one["icao"] in cell for one in leg[f"{end}_candidates"][:3] if one["weight"] >= 0.05)
            assert ("if it landed" in cell) is not leg[f"{end}_is_certain"]
    assert "lugar" in read(site.ask("/es/map?month=2025-03").text).text("main")


def test_an_end_that_is_open_is_drawn_open(site: Site) -> None:
    """No leg here is settled at both ends: each double line is dashed, one square of each is empty."""
    html = site.ask("/en/map?month=2025-03").text
    wide = html[html.index("map-860-t") : html.index("map-358-t")]
    lines = re.findall(r'<path d="M[^"]*L[^"]*" fill="none" stroke="#454545"[^>]*>', wide)
    assert lines
    assert all("stroke-dasharray" in each for each in lines)
    squares = re.findall(r'<rect [^>]*width="8" height="8" fill="([^"]*)"[^>]*>', wide)
    assert set(squares) == {"#fff", "#454545"}
    assert "KHRL" in wide


def test_a_flight_that_leaves_nothing_open_is_drawn_whole() -> None:
    ends = [
        Airport(code=code, name=code, lat=lat, lon=-97.0, is_settled=True)
        for code, lat in (("KAAA", 26.0), ("KBBB", 30.0))
    ]
    flight = Flight(origins=(ends[0],), goals=(ends[1],), is_settled=True)
    marks = "".join(place_map([], [], name="x", width=WIDE, flights=[flight]))
    (line,) = re.findall(r'<path d="M[^"]*L[^"]*" fill="none" stroke="#454545"[^>]*>', marks)
    assert "dash" not in line
    assert re.findall(r'<rect [^>]*width="8" height="8" fill="([^"]*)"', marks) == ["#454545"] * 2
    assert "KAAA" in marks


def test_a_month_without_flights_shows_none(site: Site) -> None:
    page = read(site.ask("/en/map?month=2025-01").text)
    assert "/en/flight/" not in " ".join(page.links)
    assert "flights of aircraft" not in page.text("main")
    assert site.ask("/en/map?month=2025-05").status_code == 404


def test_a_casefile_of_positions_alone_has_a_map_of_them(tmp_path: Path) -> None:
    (tmp_path / "trace.json").write_text(json.dumps(fabricated_trace()), encoding="utf-8")
    case = create(tmp_path / "case", title="Air", scope="FABRICATED: nothing in it exists.")
    add(case, tmp_path / "trace.json")
    build(case, threads=1)
    answer = Site(case).ask("/en/map")
    assert answer.status_code == 200
    page = read(answer.text)
    assert page.text("h1") == "Flights that may have been in March 2025"
    assert "does not say that nobody was held" in page.text("main")
    assert len([each for each in page.links if each.startswith("/en/flight/")]) >= 2
