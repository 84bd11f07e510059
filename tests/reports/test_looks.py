"""What a checker of mark-up cannot see: contrast on every ground, letters twice as large, greys and colour
blindness, the order in which a page is read, its length on paper.
"""

from __future__ import annotations

import itertools
import re
import struct
import zlib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from attack.scale import draws, sampled
from playwright.sync_api import Browser, sync_playwright

from paradero.reports.charts import marks
from paradero.reports.pdf.pages import pdf_of
from reports.made import html_for, page_for
from reports.read_pages import Element, read_page, spaced

pytestmark = pytest.mark.xdist_group("figures")

SUBJECTS = ["case", "reference", "person", "facility"]


def _luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2, from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _palette() -> dict[str, str]:
    css = (files("paradero.reports.html") / "page.css").read_text(encoding="utf-8")
    return dict(re.findall(r"--([a-z0-9]+):(#[0-9a-f]{6})", css))


@pytest.mark.parametrize(
    ("ink", "grounds"),
    [
        ("ink", ["white", "wash", "undband", "nb"]),
        ("ink2", ["white", "wash"]),
        ("rec", ["white", "wash"]),
        ("law", ["white"]),
        ("und", ["white"]),
        ("com", ["white"]),
    ],
)
def test_text_is_legible_on_each_ground_it_stands_on(ink: str, grounds: list[str]) -> None:
    """Seven to one; the words of a verdict that is open stand on both colours of its hatch."""
    known = {**_palette(), "white": "#ffffff"}
    for ground in grounds:
        assert contrast(known[ink], known[ground]) >= 7, ground
    assert contrast("#ffffff", known["law"]) >= 7  # the word on a solid mark


def test_marks_stand_out() -> None:
    """Three to one for what a picture says by ink alone; a band has edges of the records' colour."""
    for ink in (marks.RECORDS, marks.OFFICIAL, marks.LAW, marks.OPEN, marks.COMPLIED, marks.ABSENT):
        assert contrast(ink, "#ffffff") >= 3, ink
    for ink in (marks.RECORDS, marks.OFFICIAL):
        assert contrast(ink, marks.BAND) >= 3 or ink == marks.OFFICIAL
    assert contrast("#7d3a00", "#ffffff") >= 7  # the words of an official figure
    # a mark on the band is an open one: white inside
    assert 'fill="#fff"' in marks.diamond(0, 0)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield found
        found.close()


def _written(about: str, language: str, folder: Path) -> Path:
    path = folder / f"looks-{about}-{language}.html"
    path.write_text(html_for(about, language, folder), encoding="utf-8")
    return path


@pytest.mark.parametrize("about", sampled(SUBJECTS, ["reference", "facility"]))
def test_letters_twice_as_large(
    browser: Browser, about: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """WCAG 1.4.4: nothing is lost, and nothing scrolls sideways, on a phone with letters of double size."""
    file = _written(about, "es", tmp_path_factory.getbasetemp())
    page = browser.new_context(viewport={"width": 390, "height": 844}, bypass_csp=True).new_page()
    page.goto(file.as_uri())
    page.add_style_tag(content="html { font-size: 200% !important }")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    cut = page.evaluate(
        """[...document.querySelectorAll('h1,h2,h3,p,td,th,li,summary')].filter(one =>
        one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX === 'hidden').length"""
    )
    assert cut == 0
    page.context.close()


def _pixels(content: bytes) -> np.ndarray:
    """An eight-bit PNG as red, green and blue between 0 and 1 (RFC 2083)."""
    width, height, depth, kind = struct.unpack(">IIBB", content[16:26])
    assert depth == 8
    channels = {2: 3, 6: 4}[kind]
    at, packed = 8, b""
    while at < len(content):
        (size,) = struct.unpack(">I", content[at : at + 4])
        if content[at + 4 : at + 8] == b"IDAT":
            packed += content[at + 8 : at + 8 + size]
        at += size + 12
    raw = np.frombuffer(zlib.decompress(packed), dtype=np.uint8).reshape(height, 1 + width * channels)
    rows = np.zeros((height, width * channels), dtype=np.int32)
    before = np.zeros(width * channels, dtype=np.int32)
    for place in range(height):
        how, line = raw[place, 0], raw[place, 1:].astype(np.int32)
        done = np.zeros_like(line)
        for x in range(len(line)):
            left = done[x - channels] if x >= channels else 0
            up, corner = before[x], before[x - channels] if x >= channels else 0
            if how == 4:
                guess = left + up - corner
                near = min(
                    (abs(guess - left), 0, left), (abs(guess - up), 1, up), (abs(guess - corner), 2, corner)
                )
                add = near[2]
            else:
                add = (0, left, up, (left + up) // 2)[how]
            done[x] = (line[x] + add) % 256
        rows[place] = before = done
    return rows.reshape(height, width, channels)[:, :, :3] / 255


# Machado, Oliveira, Fernandes (2009), severity 1, on linear light
_SEEN = {
    "grey": np.array([[0.2126, 0.7152, 0.0722]] * 3),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
}


@pytest.mark.parametrize("eyes", sorted(_SEEN)[:: draws(2, 1)])
def test_verdicts_are_told_apart_by_ink(
    browser: Browser, eyes: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Each two marks differ without their words, printed in grey and seen by readers who tell few colours
    apart: as much as they would by a fifth of all their ink.
    """
    file = _written("reference", "en", tmp_path_factory.getbasetemp())
    page = browser.new_context(viewport={"width": 1280, "height": 844}, bypass_csp=True).new_page()
    page.goto(file.as_uri())
    page.evaluate(
        """document.body.innerHTML = ['violated', 'undetermined', 'complied', 'not_bound'].map(one =>
        `<span id="m-${one}" class="v v-${one}" style="width:60px;height:22px;color:transparent">x</span>`)
        .join('<br>')"""
    )
    found = {}
    for name in ("violated", "undetermined", "complied", "not_bound"):
        shown = _pixels(page.locator(f"#m-{name}").screenshot())
        linear = np.where(shown <= 0.04045, shown / 12.92, ((shown + 0.055) / 1.055) ** 2.4)
        seen = np.clip(linear @ _SEEN[eyes].T, 0, 1).mean(axis=2)
        # how much of the mark has which lightness, and how much it changes from place to place
        found[name] = (
            np.histogram(seen[4:-4, 4:-4], bins=8, range=(0, 1))[0] / seen[4:-4, 4:-4].size,
            seen[[1, -2], :].mean(),
        )
    page.context.close()
    for one, other in itertools.combinations(found, 2):
        inside = np.abs(found[one][0] - found[other][0]).sum() / 2
        edges = abs(found[one][1] - found[other][1])
        assert max(inside, edges) >= 0.2, (one, other, inside, edges)


@pytest.mark.parametrize("about", sampled(SUBJECTS, ["case", "person"]))
def test_a_page_is_read_in_the_order_it_is_seen(
    browser: Browser, about: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The tree that a screen reader walks has label, title, answer, findings, contents, sections, citation in
    this order, and so they stand on the page, with its styles and without.
    """
    file = _written(about, "en", tmp_path_factory.getbasetemp())
    written = [
        spaced(one.text()) for one in read_page(file.read_text(encoding="utf-8")).all("h1", "h2", "h3")
    ]
    page = browser.new_context(viewport={"width": 1280, "height": 844}, bypass_csp=True).new_page()
    page.goto(file.as_uri())
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    by_id = {node["nodeId"]: node for node in tree}

    def walk(node: dict[str, object]) -> Iterator[dict[str, object]]:
        yield node
        for child in node.get("childIds", ()):  # type: ignore[attr-defined]
            if child in by_id:
                yield from walk(by_id[child])

    heard = [
        spaced(node["name"]["value"])  # type: ignore[index]
        for node in walk(tree[0])
        if not node.get("ignored") and node["role"]["value"] == "heading"  # type: ignore[index]
    ]
    assert heard == written
    for styled in (True, False):
        if not styled:
            page.evaluate("document.querySelectorAll('style').forEach(one => one.remove())")
        tops = page.evaluate(
            """[...document.querySelectorAll('main > .kick, h1, .lead, .find > li > h2, nav, section > h2, footer')]
            .map(one => one.getBoundingClientRect().top)"""
        )
        assert tops == sorted(tops)
    page.context.close()


@pytest.mark.parametrize(("about", "sheets"), [("person", 3), ("facility", 5)])
def test_the_answer_takes_few_sheets(
    about: str, sheets: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Before the evidence begins; it is an annex."""
    document = pypdfium2.PdfDocument(pdf_of(page_for(about, "en", tmp_path_factory.getbasetemp())))
    begins = [
        place
        for place, sheet in enumerate(document)
        if re.search(
            r"What each figure counts|The rows cited, as received", sheet.get_textpage().get_text_bounded()
        )
    ]
    document.close()
    assert 0 < begins[0] <= sheets


_MOST = {"person": 120, "facility": 170, "case": 560, "reference": 1000}


@pytest.mark.parametrize("about", sorted(_MOST))
def test_a_page_is_not_large(about: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """In kilobytes: what a phone loads over a bad line."""
    text = html_for(about, "es", tmp_path_factory.getbasetemp())
    assert len(text.encode()) <= _MOST[about] * 1000


def _svgs(page: Element) -> list[Element]:
    return [one for one in page.all("svg") if one.attributes.get("role") == "img"]


def test_every_open_span_of_time_and_count_is_inked(tmp_path_factory: pytest.TempPathFactory) -> None:
    """No point stands where the records give bounds: a band is filled between two edges on every chart."""
    for about in ("case", "facility"):
        page = read_page(html_for(about, "en", tmp_path_factory.getbasetemp()))
        held = [one for one in page.all("figure") if one.attributes["id"].startswith("held")]
        assert held
        for drawn in (svg for figure in held for svg in _svgs(figure)):
            fills = [one.attributes.get("fill") for one in drawn.all("path")]
            assert marks.BAND in fills
