"""A flight on a page: what was not heard is never joined, picture and table say the same times, and what a leg leaves
open is said. The picture is read back by its own clock, with nothing of what drew it.
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
import re
from pathlib import Path

import pytest
from attack.scale import draws
from casefile.made import said

from paradero.building.adding import add
from paradero.building.building import build
from paradero.casefile.folder import Casefile, create
from paradero.flights.fabricated import fabricated_trace
from paradero.reports.html.pages import html_of
from paradero.reports.pages.writing import page_of
from paradero.reports.pdf.pages import pdf_of
from reports.read_pages import Element, read_page, spaced

pytestmark = pytest.mark.xdist_group("figures")

_TRACK, _HATCH = "#0b4a82", "-open)"


@pytest.fixture(scope="module")
def air(tmp_path_factory: pytest.TempPathFactory) -> Casefile:
    """A casefile with one trace: a leg from Harlingen that is not heard for 221 minutes."""
    folder = tmp_path_factory.mktemp("air")
    (folder / "trace.json").write_text(json.dumps(fabricated_trace()), encoding="utf-8")
    case = create(folder / "case", title="Air", scope="FABRICATED: nothing in it exists.")
    add(case, folder / "trace.json")
    build(case, threads=1)
    return case


@pytest.fixture(scope="module")
def leg(air: Casefile) -> str:
    """The id of the first leg, as `flights match` makes it: the code and the first minute in the air."""
    (one, *_) = said(air.root, "flights", "legs", str(next(air.sources.glob("*.json"))), "--json").json[
        "rows"
    ]
    return f"{one['hex']}@{one['first_position_at'][:16]}"


def made(case: Casefile, name: str, language: str = "en") -> Element:
    return read_page(html_of(page_of(case, "flight", name, language=language)))


def picture(page: Element, width: int) -> Element:
    (found,) = [
        one
        for one in page.all("svg")
        if one.attributes.get("viewbox", one.attributes.get("viewBox", "")).startswith(f"0 0 {width} ")
    ]
    return found


def clock_of(picture: Element) -> tuple[float, float]:
    """Minutes of the day at x = 0 and minutes a pixel, from the labels of the UTC row."""
    (utc,) = [one for one in picture.all("text") if one.text() == "UTC"]
    labels = [
        one
        for one in picture.all("text")
        if one.attributes["y"] == utc.attributes["y"] and re.fullmatch(r"\d\d:\d\d", one.text())
    ]
    assert len(labels) >= 2
    at = [(float(one.attributes["x"]), int(one.text()[:2]) * 60 + int(one.text()[3:])) for one in labels]
    (x1, m1), (x2, m2) = at[0], at[-1]
    slope = ((m2 - m1) % 1440) / (x2 - x1)
    return m1 - slope * x1, slope


def hatched(picture: Element) -> list[tuple[float, float]]:
    return [
        (float(one.attributes["x"]), float(one.attributes["x"]) + float(one.attributes["width"]))
        for one in picture.all("rect")
        if one.attributes["fill"].endswith(_HATCH)
    ]


def table(page: Element) -> list[list[str]]:
    (found,) = page.all("figure")[0].all("table")
    return [[spaced(cell.text()) for cell in row.all("th", "td")] for row in found.all("tbody")[0].all("tr")]


def minutes(text: str) -> int:
    found = re.search(r"(\d\d):(\d\d)$", text)
    assert found
    return int(found[1]) * 60 + int(found[2])


@pytest.mark.parametrize("width", [860, 358][:: draws(2, 1)])
def test_picture_and_table_say_the_same_gap_and_nothing_is_drawn_in_it(
    air: Casefile, leg: str, width: int
) -> None:
    page = made(air, leg)
    drawn = picture(page, width)
    begin, slope = clock_of(drawn)
    ((left, right),) = hatched(drawn)
    (gap,) = [row for row in table(page) if row[0] == "not heard"]
    assert abs((begin + slope * left - minutes(gap[1]) + 720) % 1440 - 720) <= slope + 1
    assert abs((begin + slope * right - minutes(gap[2]) + 720) % 1440 - 720) <= slope + 1
    lines = [
        one
        for one in drawn.all("path")
        if one.attributes.get("stroke") == _TRACK and one.attributes["fill"] == "none"
    ]
    assert lines
    top = min(
        float(one.attributes["y"]) for one in drawn.all("rect") if one.attributes["fill"].endswith(_HATCH)
    )
    for one in lines:
        points = [
            tuple(map(float, each.split())) for each in re.findall(r"[-\d.]+ [-\d.]+", one.attributes["d"])
        ]
        if min(y for _, y in points) >= top:  # of the altitude
            assert not any(left + 1 < x < right - 1 for x, _ in points)
            assert not any(a[0] < left + 1 and b[0] > right - 1 for a, b in itertools.pairwise(points))


def test_the_envelope_is_hatched_and_its_reach_is_in_the_table(air: Casefile, leg: str) -> None:
    page = made(air, leg)
    wide = picture(page, 860)
    (shape,) = [one for one in wide.all("path") if one.attributes.get("fill", "").endswith(_HATCH)]
    assert shape.attributes["stroke-dasharray"]
    found = said(air.root, "flights", "gaps", str(next(air.sources.glob("*.json"))), "--json").json["rows"]
    (gap,) = [row for row in table(page) if row[0] == "not heard"]
    assert f"{round(found[0]['radius_km']):,} km" in gap[5]
    assert "Left open: whether it landed at all, and where." in page.text()


def test_bounds_are_cut_outward(air: Casefile, leg: str) -> None:
    """To the minute: never later than the earliest, never earlier than the latest."""
    (row, *_) = said(air.root, "flights", "legs", str(next(air.sources.glob("*.json"))), "--json").json[
        "rows"
    ]
    lines = {each[0]: each for each in table(made(air, leg))}
    for name, key in (("Take-off", "takeoff"), ("Landing", "landing")):
        lo, hi = (dt.datetime.fromisoformat(row[f"{key}_{end}"]) for end in ("lo", "hi"))
        shown = [
            dt.datetime.strptime(text, "%d %b %Y, %H:%M").replace(tzinfo=dt.UTC) for text in lines[name][1:3]
        ]
        assert shown[0] <= lo < shown[0] + dt.timedelta(minutes=1)
        assert shown[1] - dt.timedelta(minutes=1) < hi <= shown[1]


def test_cities_come_before_codes_and_local_time_stands_beside_utc(air: Casefile, leg: str) -> None:
    page = made(air, leg)
    assert "Harlingen (KHRL)" in page.all("h1")[0].text()
    for width in (860, 358):
        names = [one.text() for one in picture(page, width).all("text")]
        assert "Harlingen (KHRL)" in names
        assert "CDT" in names
        assert "KHRL" not in names
    assert any("CDT" in row[3] for row in table(page))


@pytest.mark.parametrize("language", ["en", "es"])
def test_it_asks_nobody_and_ids_are_its_own(air: Casefile, leg: str, language: str) -> None:
    page = made(air, leg, language)
    ids = [one.attributes["id"] for one in page.all() if "id" in one.attributes]
    assert len(ids) == len(set(ids))
    for one in page.all("use"):
        assert one.attributes["href"].removeprefix("#") in ids
    assert page.all("script", "img", "link", "image") == []
    assert "FABRICATED" in page.text() or "FABRICADOS" in page.text()
    for one in page.all("h1", "h2", "p", "li"):
        if not one.classes & {"kick"}:
            assert not re.search(r"\d", one.text(without={"n", "said", "code"})), spaced(one.text())
    if language == "es":
        (main,) = page.all("main")
        words = main.text(without={"said", "code", "title", "desc"})
        assert not re.search(r"\b(the|heard|not|from|until|take-off|weight|United States)\b", words, re.I)


def test_the_same_leg_gives_the_same_bytes_and_a_pdf(air: Casefile, leg: str) -> None:
    once, again = (page_of(air, "flight", leg, language="es") for _ in range(2))
    assert html_of(once) == html_of(again)
    assert len(html_of(once).encode()) < 120_000
    assert pdf_of(once) == pdf_of(again)


def test_the_case_report_draws_its_flights(air: Casefile, tmp_path: Path) -> None:
    page = read_page(html_of(page_of(air, "case")))
    figures = [one for one in page.all("figure") if one.attributes["id"].startswith("flight-")]
    assert len(figures) == 2
    empty = create(tmp_path / "empty")
    assert "flight-0" not in html_of(page_of(empty, "case"))


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("a00001@2025-03-16T01:05", "is not an aircraft in the positions of this casefile"),
        ("a00000@2020-01-01T00:00", "is not a leg of this aircraft"),
        ("leg-9", "is not an event of this casefile"),
    ],
)
def test_a_leg_that_there_is_none_of(air: Casefile, tmp_path: Path, name: str, message: str) -> None:
    heard = said(air.root, "report", "--about", "flight", name, "-o", str(tmp_path / "x.html"))
    assert (heard.code, (tmp_path / "x.html").exists()) == (1, False)
    assert message in heard.err, heard.err
