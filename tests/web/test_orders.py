"""The pages of orders and events: contents, times in words, what is English said to be so; the first page
leads to the grid and names its colours.
"""

from __future__ import annotations

import re
from html import unescape

import pytest
from casefile.made import new_reference

from web.asked import Site

RAW = re.compile(r"\d{4}-\d\d-\d\dT\d\d|\.\./\d{4}|~P\d+D|\[America/")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return Site(new_reference(tmp_path_factory.mktemp("orders") / "case"))


def test_every_order_stands_in_the_contents_of_the_page_of_orders(site: Site) -> None:
    page = site.ask("/en/orders").text
    anchors = re.findall(r'<div class="anchored" id="(order-[^"]+)">', page)
    assert len(anchors) == len(set(anchors)) > 3
    listed = re.findall(r'<li><a href="#(order-[^"]+)">', page)
    assert listed == anchors
    assert page.index(f'href="#{anchors[0]}"') < page.index(f'id="{anchors[0]}"')


@pytest.mark.parametrize("about", ["event/leg-1", "order/jgg-class", "order/abrego-return-order"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_no_time_is_printed_as_files_write_it(site: Site, language: str, about: str) -> None:
    text = re.sub(r"<[^>]+>", " ", unescape(site.ask(f"/{language}/{about}").text))
    assert RAW.search(text) is None
    assert "2025" in text


def test_a_verdict_in_spanish_says_what_stands_in_english(site: Site) -> None:
    page = unescape(site.ask("/es/verdicts/jgg-class/no-removal/airspace/oral@leg-1").text)
    assert "Obliga a (texto en inglés): «the defendants" in page
    assert re.search(r"\((tracker|sworn|press|official|court)\)", page) is None
    order = unescape(site.ask("/es/order/jgg-class").text)
    assert re.search(r'<span class="said" lang="en">the defendants', order)


def test_a_verdict_leads_on_to_its_order_its_event_the_requests_and_its_sources(site: Site) -> None:
    page = site.ask("/en/verdicts/jgg-class/no-removal/airspace/oral@leg-1").text
    for address in ("/en/order/jgg-class", "/en/event/leg-1", "/en/requests", "#step-8"):
        assert f'href="{address}"' in page
        assert address.startswith("#") or site.ask(address).status_code == 200
    assert 'id="step-8"' in page
    assert 'href="https://www.workingimmigrants.com/2025/03/"' in page


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_first_page_leads_to_the_grid_and_names_its_colours(site: Site, language: str) -> None:
    page = site.ask(f"/{language}/").text
    found = page[page.index('<ol class="find">') : page.index("</ol>")]
    assert "BINDS-FROM" not in found
    assert f'href="/{language}/order/jgg-class"' in found
    inks = set(re.findall(r'class="v v-([a-z_]+)"', found))
    assert {"violated"} <= inks


@pytest.mark.parametrize(
    ("language", "word"), [("en", "cannot be determined"), ("es", "no se puede determinar")]
)
def test_the_figure_of_a_margin_says_its_verdict_in_words(site: Site, language: str, word: str) -> None:
    page = site.ask(f"/{language}/event/leg-1").text
    found = [unescape(one) for one in re.findall(r'href="([^"]+)"', page) if "figures/margin%2F" in one]
    texts = [site.ask(address).text for address in dict.fromkeys(found)]
    text = next(each for each in texts if word in each)
    assert "undetermined" not in re.sub(r"<code.*?</code>|<[^>]+>", " ", text, flags=re.DOTALL)
    assert word in text
