"""Pages in a real Chromium, without network and (but for the checks that are scripts themselves) without scripts:
two languages, a phone, a desk and paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from attack.scale import draws, sampled
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from reports.made import BROWSED, PAGES, html_for

pytestmark = pytest.mark.xdist_group("figures")

PHONE, DESK, NARROWEST = 390, 1280, 320
# WCAG 1.4.12: a reader may space text so far, and nothing may be cut
SPACED = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The machine's own Chromium; `make test` installs it where it is missing, so its absence is a failure."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture(scope="module", params=sampled(PAGES, BROWSED), ids="-".join)
def file(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    about, language = request.param
    path = tmp_path_factory.mktemp("pages") / f"{about}-{language}.html"
    path.write_text(html_for(about, language, tmp_path_factory.getbasetemp()), encoding="utf-8")
    return path


def opened(browser: Browser, file: Path, width: int, *, scripts: bool = True) -> Page:
    """The page at a width, as if the reader's machine had no network; with `scripts` its policy is lifted for
    those of the checks.
    """
    page = browser.new_context(
        viewport={"width": width, "height": 844},
        offline=True,
        java_script_enabled=scripts,
        bypass_csp=scripts,
    ).new_page()
    page.goto(file.as_uri())
    return page


def test_nobody_is_shut_out(browser: Browser, file: Path) -> None:
    """axe: WCAG 2.2 A and AA, and its best practice; the suite looks at Spanish on a phone, at English on a desk."""
    widths = [PHONE, DESK] if file.stem.endswith("es") else [DESK, PHONE]
    for width in widths[: draws(1, 2)]:
        page = opened(browser, file, width)
        found = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found] == []
        page.context.close()


def test_nothing_runs_over_the_edge(browser: Browser, file: Path) -> None:
    """No sideways scrolling at 320 px, nor where text is spaced as far as a reader may space it."""
    page = opened(browser, file, NARROWEST)
    assert _width(page) <= NARROWEST
    page.add_style_tag(content=SPACED)
    assert _width(page) <= NARROWEST
    page.context.close()


def _width(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth"))


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_letters_of_pictures_are_large_enough(browser: Browser, file: Path, width: int) -> None:
    """13 px as they are displayed, whatever the picture was drawn for."""
    page = opened(browser, file, width)
    sizes = page.evaluate(
        """[...document.querySelectorAll('svg text')].filter(one => one.getBoundingClientRect().width).map(one =>
        parseFloat(getComputedStyle(one).fontSize) * one.getScreenCTM().d)"""
    )
    assert all(size >= 12.9 for size in sizes), min(sizes)
    page.context.close()


def test_it_is_whole_without_scripts_and_asks_nobody(browser: Browser, file: Path) -> None:
    page = opened(browser, file, DESK, scripts=False)
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    page.reload()
    assert asked == [file.as_uri()]
    assert page.locator("h1").inner_text()
    assert page.locator("footer").is_visible()
    summary = page.locator("summary").first
    if summary.count():
        summary.press("Enter")  # opens by keyboard
        assert page.locator("details[open] table").first.is_visible()
    page.context.close()


def test_the_keyboard_reaches_everything(browser: Browser, file: Path) -> None:
    """The first stop skips to the answer, and what has focus shows it."""
    page = opened(browser, file, DESK)
    page.keyboard.press("Tab")
    first = page.evaluate("[document.activeElement.className, document.activeElement.getAttribute('href')]")
    assert first == ["skip", "#main"]
    for _ in range(12):
        page.keyboard.press("Tab")
        focus: Any = page.evaluate(
            """[document.activeElement.tagName, getComputedStyle(document.activeElement).outlineStyle]"""
        )
        assert focus[0] in ("A", "SUMMARY", "DIV")
        assert focus[1] != "none", focus
    page.context.close()


def test_it_prints(browser: Browser, file: Path, tmp_path: Path) -> None:
    """A4, tagged; the first sheet has the answer, every sheet's letters are text."""
    page = opened(browser, file, DESK)
    path = tmp_path / "page.pdf"
    page.pdf(path=str(path), format="A4", tagged=True, prefer_css_page_size=True)
    title = page.locator("h1").inner_text()
    page.context.close()
    document = pypdfium2.PdfDocument(path)
    words = re.sub(r"\s+", " ", document[0].get_textpage().get_text_bounded())
    assert re.sub(r"\s+", " ", title)[:30] in words
    assert len(document) <= (14 if file.name.startswith("person") else 120)
    document.close()
