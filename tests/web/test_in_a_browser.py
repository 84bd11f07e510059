"""The site in a real Chromium, from the installed command: nobody is shut out, nothing is asked of elsewhere, nothing
needs a script, and the keyboard alone does a family's, a journalist's and a litigator's errand.
"""

from __future__ import annotations

import functools
import re
import signal
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from attack.scale import draws
from axe_playwright_python.sync_playwright import Axe
from casefile.made import COMMAND
from playwright.sync_api import Browser, Page, sync_playwright

from web.asked import records, reference
from web.crawled import read

pytestmark = pytest.mark.xdist_group("site")

PAGES = {
    "records": [
        "/",
        "/facilities",
        "/facility/{code}?day=2025-12-01",
        "/person/{person}",
        "/people",
        "/contradictions",
        "/tables/persons",
        "/sources",
        "/sql",
        "/map",
        "/definitions",
        "/search?q=stone",
        "/unaccounted",
        "/transfers",
        "/report",
    ],
    "reference": [
        "/orders",
        "/event/leg-1",
        "/money",
        "/claims",
        "/verdicts/jgg-class%2Fno-removal%2Fairspace%2Foral%40leg-1",
        "/exhibit?verdict=jgg-class%2Fno-removal%2Fairspace%2Foral%40leg-1",
        "/balance",
        "/companies",
        "/where-to-ask",
        "/order/jgg-class",
    ],
}
DESK, PHONE, NARROWEST = 1280, 390, 320


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield found
        found.close()


def serving(folder: Path) -> Iterator[str]:
    process = subprocess.Popen(
        [COMMAND, "serve", "--port", "0"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    said = process.stdout.readline()
    found = re.search(r"http://127\.0\.0\.1:\d+", said)
    assert found, said
    yield found[0]
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=30)


@pytest.fixture(scope="module")
def records_at() -> Iterator[str]:
    yield from serving(records().case.root)


@pytest.fixture(scope="module")
def reference_at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from serving(reference(tmp_path_factory.getbasetemp()).case.root)


@functools.cache
def names() -> dict[str, str]:
    """A facility and a person; asked in a thread, as the browser's loop runs in this one."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(_names).result()


def _names() -> dict[str, str]:
    facility = next(
        link for link in read(records().ask("/en/facilities").text).links if link.startswith("/en/facility/")
    )
    person = next(
        link for link in read(records().ask("/en/people").text).links if link.startswith("/en/person/")
    )
    return {"code": facility.rpartition("/")[2], "person": person.rpartition("/")[2].partition("?")[0]}


def looked_at(browser: Browser, address: str, *, width: int, scripts: bool = True) -> tuple[Page, list[str]]:
    context = browser.new_context(viewport={"width": width, "height": 844}, java_script_enabled=scripts)
    page = context.new_page()
    heard: list[str] = []
    page.on("console", lambda one: heard.append(one.text) if one.type in ("error", "warning") else None)
    page.on("request", lambda one: heard.append(one.url) if not one.url.startswith(address[:21]) else None)
    answer = page.goto(address, timeout=90_000)
    assert answer is not None
    assert answer.status == 200, address
    return page, [one for one in heard if not one.startswith("data:")]


@pytest.mark.parametrize(("language", "width"), [("en", DESK), ("es", PHONE)])
def test_nobody_is_shut_out(
    browser: Browser, records_at: str, reference_at: str, language: str, width: int
) -> None:
    wanted = [(records_at, path.format(**names())) for path in PAGES["records"]]
    wanted += [(reference_at, path) for path in PAGES["reference"]]
    step = max(1, len(wanted) // draws(5, len(wanted)))
    for at, path in wanted[(0 if language == "en" else 1) :: step]:
        page, heard = looked_at(browser, f"{at}/{language}{path}", width=width)
        found = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"][:160]) for one in found] == [], path
        assert heard == [], path
        page.set_viewport_size({"width": NARROWEST, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROWEST, path
        sizes = page.evaluate(
            "[...document.querySelectorAll('form input:not([type=hidden]),form select,form button')]"
            ".map(one => one.closest('label.check') ?? one).map(one => one.getBoundingClientRect().height)"
        )
        assert all(size >= 43.9 for size in sizes), path
        page.context.close()


def test_all_of_it_is_there_without_scripts(browser: Browser, records_at: str) -> None:
    for path in ("/en/", f"/es/facility/{names()['code']}?day=2025-12-01"):
        with_scripts, _ = looked_at(browser, records_at + path, width=DESK)
        without, _ = looked_at(browser, records_at + path, width=DESK, scripts=False)
        assert without.inner_text("body") == with_scripts.inner_text("body")
        with_scripts.context.close()
        without.context.close()


def test_a_family_finds_a_chain_on_a_phone_in_spanish_by_keyboard(browser: Browser, records_at: str) -> None:
    """First page, search, the person, what is not known, where to ask: no word of English of the site's own."""
    who = names()["person"]
    page, _ = looked_at(browser, f"{records_at}/es/", width=PHONE)
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('type')") == "search":
            break
    page.keyboard.type(who[:12])
    page.keyboard.press("Enter")
    page.wait_for_url("**/es/search**")
    page.get_by_role("link", name=re.compile(who)).first.press("Enter")
    page.wait_for_url("**/es/person/**")
    text = page.inner_text("body")
    assert "Esto no es un localizador" in text
    assert "Ver" in text or "fila" in text
    assert not re.search(
        r"\b(the|where|held|records|rows|What)\b",
        re.sub(r"«[^»]*»|FABRICATED[^\n]*|Demonstration[^\n]*", "", page.inner_text("main")),
    )
    page.get_by_role("link", name="Dónde preguntar por una persona").press("Enter")
    page.wait_for_url("**/es/where-to-ask")
    assert "locator.ice.gov" in page.content()
    page.context.close()


def test_a_journalist_asks_for_a_day(browser: Browser, records_at: str) -> None:
    page, _ = looked_at(browser, f"{records_at}/en/facility/{names()['code']}", width=DESK)
    page.get_by_label("Day", exact=True).fill("2025-12-01")
    page.get_by_role("button", name="Show").press("Enter")
    page.wait_for_url("**day=2025-12-01**")
    assert "1 December 2025" in page.inner_text("h1")
    assert re.search(r"\d", page.inner_text("h1"))
    page.locator("h1 a").press("Enter")
    page.wait_for_url("**/people?**")
    page.context.close()


def test_a_litigator_goes_from_a_grid_to_the_steps_to_the_exhibit(
    browser: Browser, reference_at: str
) -> None:
    page, _ = looked_at(browser, f"{reference_at}/en/event/leg-1", width=DESK)
    page.locator("td.c a.v").first.press("Enter")
    page.wait_for_url("**/verdicts/**")
    assert "not a court" in page.inner_text("main")
    page.get_by_role("link", name=re.compile("exhibit")).press("Enter")
    page.wait_for_url("**/exhibit?**")
    assert "Exhibit 1" in page.inner_text("main")
    page.context.close()


def test_paper_has_no_form_and_no_link_to_another_language(browser: Browser, records_at: str) -> None:
    page, _ = looked_at(browser, f"{records_at}/en/facility/{names()['code']}", width=DESK)
    page.emulate_media(media="print")
    assert page.locator("form:visible").count() == 0
    assert page.locator("a[hreflang]:visible").count() == 0
    assert page.locator("svg:visible").count() > 0
    page.context.close()
