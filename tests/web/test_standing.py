"""Whatever changes in a casefile shows at once, and an address of an earlier state says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from casefile.made import new_reference, said

from web.asked import Site
from web.crawled import read

pytestmark = pytest.mark.xdist_group("site")


def stable(site: Site, path: str) -> str:
    (link,) = [link for link in read(site.ask(path).text).links if "digest=" in link]
    return link


def test_an_old_address_says_which_state_it_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("paradero.web.standing._LOOKED_S", 0.0)
    case = new_reference(tmp_path / "case")
    site = Site(case)
    before = stable(site, "/en/where-to-ask")
    assert "notice" not in site.ask(before).text.partition("<main")[2].partition("<h1")[0]
    settings = case.root / "paradero.toml"
    settings.write_text(
        settings.read_text("utf-8").replace("title = ", "title = 'Another title' # ", 1), "utf-8"
    )
    after = stable(site, "/en/where-to-ask")
    assert after != before
    page = read(site.ask(before).text)
    assert "Another title" in page.text("body")
    assert "another state of the casefile" in page.text("main")
    assert after in page.links
    assert "another state" not in read(site.ask(after).text).text("main")
    assert "0.0.1" in read(
        site.ask(after.replace("version=", "version=0.0.1&version=")[:-6] + "0.0.1").text
    ).text("main")


def test_a_page_is_the_same_bytes_again_and_another_run_writes_them_too(tmp_path: Path) -> None:
    case = new_reference(tmp_path / "case")
    first, second = Site(case), Site(case)
    for path in ("/en/", "/es/orders", "/en/money", "/en/event/leg-1"):
        one = first.ask(path).content
        assert one == first.ask(path).content
        assert one == second.ask(path).content


@pytest.mark.parametrize("digest", ["x", "0" * 12, "0" * 400, "%3Cxmp%3E", "", "%00"])
def test_any_digest_is_an_address(tmp_path_factory: pytest.TempPathFactory, digest: str) -> None:
    from web.asked import reference

    answer = reference(tmp_path_factory.getbasetemp()).ask(f"/en/where-to-ask?digest={digest}")
    assert answer.status_code == 200
    assert ("xmp", {}) not in read(answer.text.partition("<main")[2]).tags


def test_a_casefile_that_is_not_built_says_what_to_do(tmp_path: Path) -> None:
    assert said(tmp_path, "new", "empty").code == 0
    from paradero.casefile.folder import find

    site = Site(find(tmp_path / "empty"))
    for path in ("/en/", "/es/facilities", "/en/orders", "/en/search?q=x", "/en/map", "/en/claims"):
        answer = site.ask(path)
        assert answer.status_code in (200, 503), path
        assert read(answer.text).text("h1"), path
