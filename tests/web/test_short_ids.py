"""The search by ids of any length and case, in a release whose ids are short."""

from __future__ import annotations

import pytest

from web.asked import Site
from web.crawled import read
from web.written import two_releases


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return two_releases(tmp_path_factory.mktemp("short"))


def people(site: Site, text: str) -> tuple[set[str], str]:
    page = read(site.ask(f"/en/search?q={text}").text)
    return {link for link in page.links if "/person/" in link}, page.text("main")


@pytest.mark.parametrize("text", ["AB1", "ab1", "Ab1"])
def test_a_whole_id_is_found_at_any_length_in_any_case(site: Site, text: str) -> None:
    links, said = people(site, text)
    assert links == {"/en/person/AB1?release=EARLY", "/en/person/AB1?release=LATE"}
    assert "from six letters" not in said


def test_a_short_beginning_is_said_to_be_too_short(site: Site) -> None:
    links, said = people(site, "AB")
    assert not links
    assert "from six letters" in said
    assert "desde seis letras" in read(site.ask("/es/search?q=AB").text).text("main")


def test_a_beginning_of_six_is_found_in_any_case(site: Site) -> None:
    links, _ = people(site, "longid")
    assert any(link.partition("?")[0] == "/en/person/LONGID77" for link in links)
