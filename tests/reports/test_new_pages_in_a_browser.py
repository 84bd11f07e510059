"""The pages of a company and of a flight in a real Chromium: nobody is shut out, nothing runs over the edge, letters of
maps are large enough.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from attack.scale import sampled
from axe_playwright_python.sync_playwright import Axe
from casefile.made import new_reference, said
from playwright.sync_api import Browser, sync_playwright

from paradero.building.adding import add
from paradero.building.building import build
from paradero.casefile.folder import create
from paradero.flights.fabricated import fabricated_trace
from paradero.reports.html.pages import html_of
from paradero.reports.pages.writing import page_of
from reports.test_in_a_browser import DESK, NARROWEST, PHONE, SPACED, opened

pytestmark = pytest.mark.xdist_group("figures")

FILES = ["company-en", "company-es", "flight-en", "flight-es"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture(scope="module", params=sampled(FILES, ["company-es", "flight-en"]))
def file(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    about, language = request.param.split("-")
    folder = tmp_path_factory.mktemp("pages")
    if about == "company":
        case, name = new_reference(folder / "case"), "GlobalX"
    else:
        (folder / "trace.json").write_text(json.dumps(fabricated_trace()), encoding="utf-8")
        case = create(folder / "case", title="Air", scope="FABRICATED: nothing in it exists.")
        add(case, folder / "trace.json")
        build(case, threads=1)
        (leg, *_) = said(folder, "flights", "legs", "trace.json", "--json").json["rows"]
        name = f"{leg['hex']}@{leg['first_position_at'][:16]}"
    path = folder / f"{request.param}.html"
    path.write_text(html_of(page_of(case, about, name, language=language)), encoding="utf-8")
    return path


def test_nobody_is_shut_out(browser: Browser, file: Path) -> None:
    page = opened(browser, file, PHONE if file.stem.endswith("es") else DESK)
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found] == []
    page.context.close()


def test_nothing_runs_over_the_edge_and_letters_are_large(browser: Browser, file: Path) -> None:
    page = opened(browser, file, NARROWEST)
    page.add_style_tag(content=SPACED)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROWEST
    page.context.close()
    for width in (PHONE, DESK):
        page = opened(browser, file, width)
        sizes = page.evaluate(
            """[...document.querySelectorAll('svg text')].filter(one => one.getBoundingClientRect().width).map(one =>
            parseFloat(getComputedStyle(one).fontSize) * one.getScreenCTM().d)"""
        )
        assert all(size >= 12.9 for size in sizes)
        page.context.close()


def test_no_word_of_a_map_lies_on_another_or_outside(browser: Browser, file: Path) -> None:
    """Every label as it is drawn, at the two widths that pictures are drawn for."""
    for width in (PHONE, DESK):
        page = opened(browser, file, width)
        boxes = page.evaluate(
            """[...document.querySelectorAll('svg[role=img]')].filter(one => one.getBoundingClientRect().width).map(svg => {
            const outer = svg.getBoundingClientRect();
            return [...svg.querySelectorAll('text')].map(one => { const b = one.getBoundingClientRect();
            return [one.textContent, b.left - outer.left, b.right - outer.left, b.top - outer.top, b.bottom - outer.top,
            outer.width, outer.height]; })})"""
        )
        for picture in boxes:
            for place, (word, left, right, top, bottom, wide, high) in enumerate(picture):
                assert left >= -2, word
                assert right <= wide + 2, word
                assert bottom <= high + 2, word
                for other, l2, r2, t2, b2, *_ in picture[place + 1 :]:
                    across, down = min(right, r2) - max(left, l2), min(bottom, b2) - max(top, t2)
                    assert across < 3 or down < 5, (word, other)
        page.context.close()
