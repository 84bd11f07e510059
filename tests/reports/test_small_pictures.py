"""Small pictures beside findings draw the figures of the page: read back from their marks."""

from __future__ import annotations

import re

import pytest

from reports.made import html_for
from reports.read_pages import Element, read_page, spaced

pytestmark = pytest.mark.xdist_group("figures")

_SOLID, _PALE = "#0b4a82", "#bdd3e8"


def _pictures(about: str, folder: object) -> list[tuple[str, Element]]:
    page = read_page(html_for(about, "en", folder))  # type: ignore[arg-type]
    found = [one for one in page.of_class("find")[0].all("li") if one.of_class("mini")]
    return [(spaced(one.all("h2")[0].text()), one.of_class("mini")[0]) for one in found]


@pytest.mark.parametrize("about", ["case", "reference"])
def test_bars_are_as_long_as_their_bounds(about: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """On one scale: solid to the lower bound, pale to the upper; each bar's words stand on the page as well."""
    folder = tmp_path_factory.getbasetemp()
    elsewhere = spaced(read_page(html_for(about, "en", folder)).all("main")[0].text(without={"mini"}))
    n_bars = 0
    for _, mini in _pictures(about, folder):
        (drawn,) = mini.all("svg")
        assert drawn.attributes["aria-hidden"] == "true"
        said = [one for one in drawn.all("text") if "b" in one.classes]
        bars = [one for one in drawn.all("rect") if one.attributes.get("fill") in (_SOLID, _PALE)]
        if not bars or not said:
            continue
        scale = None
        for one in said:
            words = one.text()
            assert words in elsewhere
            bounds = [float(each.replace(",", "")) for each in re.findall(r"[\d,]+", words)]
            top = float(one.attributes["y"]) + 5
            row = [each for each in bars if abs(float(each.attributes["y"]) - top) < 1]
            ends = {
                each.attributes["fill"]: float(each.attributes["x"]) + float(each.attributes["width"])
                for each in row
            }
            scale = scale or max(ends.values()) / max(bounds)
            if words.startswith("at least") or len(bounds) == 1 or bounds[0] > 0:
                assert abs(ends[_SOLID] - bounds[0] * scale) < 1
            if len(bounds) == 2:
                assert abs(ends[_PALE] - bounds[1] * scale) < 1
            n_bars += 1
    assert n_bars > 3


def test_the_grid_has_a_square_a_reading(tmp_path_factory: pytest.TempPathFactory) -> None:
    """As many solid squares as readings that the sentence calls broken, of as many as it says there are."""
    title, mini = _pictures("reference", tmp_path_factory.getbasetemp())[0]
    broken, of = map(int, re.findall(r"violated in (\d+) of (\d+) readings", title)[0])
    squares = [one for one in mini.all("rect") if one.attributes.get("width") == "18"]
    assert len(squares) == of
    assert sum(one.attributes["fill"] == "#4a1230" for one in squares) == broken
