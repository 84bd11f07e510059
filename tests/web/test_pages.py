"""Every page that links lead to: served, whole, in its language, without anything that a strict policy forbids."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest
from attack.scale import draws

from paradero.casefile.folder import create
from paradero.web.fixed.looking_up import search_page
from paradero.web.standing import Standing
from web.asked import Site, records, reference
from web.crawled import crawled, read

pytestmark = pytest.mark.xdist_group("site")


@pytest.fixture(params=["records", "reference"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Site:
    return records() if request.param == "records" else reference(tmp_path_factory.getbasetemp())


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_link_leads_to_a_whole_page(site: Site, language: str) -> None:
    seen = 0
    for path, answer in crawled(site, [f"/{language}/"], most=draws(16, 1500), kinds=draws(1, 25)):
        # an answer for programs may say that the casefile has nothing for it
        allowed = (200, 400, 404, 409) if path.startswith("/api/") else (200,)
        assert answer.status_code in allowed, (path, answer.status_code, answer.text[:300])
        if not answer.headers["content-type"].startswith("text/html"):
            continue
        seen += 1
        page = read(answer.text)
        tags = [tag for tag, _ in page.tags]
        assert page.unclosed == [], path
        assert tags.count("h1") == 1, path
        assert tags.count("main") == 1, path
        assert len(page.ids) == len(set(page.ids)), (
            path,
            sorted(one for one in page.ids if page.ids.count(one) > 1),
        )
        assert next(given["lang"] for tag, given in page.tags if tag == "html") == path.split("/")[1]
        # the policy of the site forbids these: a page that has them would be broken
        assert "style" not in tags
        assert not any(
            "style" in given or any(name.startswith("on") for name in given) for _, given in page.tags
        ), path
        assert all(given.get("src") for tag, given in page.tags if tag == "script"), path
        for target in page.links:
            assert target.startswith(("/", "#", "https://", "http://", "mailto:")), (path, target)
        inner = {link[1:] for link in page.links if link.startswith("#")}
        assert inner <= set(page.ids), path
        # a word that nobody filled in; the page for programs has addresses with places in them
        assert path.endswith("/data") or not re.search(r"\{[a-z_]+\}", page.text("main")), path
    assert seen >= 10


def test_the_two_languages_are_each_their_own(site: Site) -> None:
    """No sentence of the site's own words stands on a page of the other language."""
    said = {}
    for name in (
        "site",
        "asked",
        "facilities",
        "search",
        "where_to_ask",
        "paging",
        "contradictions",
        "flights",
    ):
        words = tomllib.loads(
            (files("paradero.reports.content") / "words" / f"{name}.toml").read_text("utf-8")
        )
        said |= {f"{name}.{key}": value for key, value in words.items()}
    whole = {
        key: {code: re.split(r"\{[a-z_]+\}", value[code])[0].strip() for code in ("en", "es")}
        for key, value in said.items()
        if isinstance(value["en"], str)
    }
    for language, other in (("en", "es"), ("es", "en")):
        for path in (
            "/",
            "/orders",
            "/money",
            "/claims",
            "/facilities",
            "/flights",
            "/where-to-ask",
            "/search?q=zzzz",
        ):
            text = " ".join(read(site.ask(f"/{language}{path}").text).text("body").split())
            for key, sentences in whole.items():
                if len(sentences[other]) > 25 and sentences[other] != sentences[language]:
                    assert sentences[other] not in text, (path, key)


def test_what_is_not_there_is_said_with_a_way_on(site: Site) -> None:
    for path, status in (
        ("/en/nothing-of-that-name", 404),
        ("/es/person/0000000000", (404, 503)),
        ("/en/figures/no-such-figure", 404),
        ("/en/event/no-such-event", 404),
        ("/en/orders?unknown=1", 404),
        ("/en/companies?page=-1", 404),
        ("/en/companies?page=9999999999999999999999", 404),
        ("/xx/orders", 404),
    ):
        answer = site.ask(path)
        assert answer.status_code in (status if isinstance(status, tuple) else (status,)), (
            path,
            answer.status_code,
        )
        page = read(answer.text)
        assert page.text("h1"), path
        assert any(link.endswith("/search") or "/where-to-ask" in link for link in page.links), path


def test_what_is_fabricated_says_so_on_every_page(tmp_path: Path) -> None:
    case = create(tmp_path / "case", title="Made up", scope="FABRICATED: nothing in it exists.")
    (case.root / "claims").mkdir(exist_ok=True)
    seen = 0
    for path, answer in crawled(Site(case), ["/es/"], most=25, kinds=1):
        if answer.status_code == 200 and answer.headers["content-type"].startswith("text/html"):
            seen += 1
            assert (
                path.endswith("/data")
                or "DATOS FABRICADOS" in answer.text
                or "FABRICATED DATA" in answer.text
            ), path
    assert seen >= 5
    assert search_page(Standing(case, is_public=True), [], "es").label.startswith("DATOS FABRICADOS")


def test_a_new_page_is_found_by_itself(tmp_path: Path) -> None:
    """Every module of the folder is served; none that is not one is."""
    from paradero.web.page_modules import page_modules

    root = Path(str(files("paradero.web") / "pages"))
    with_path = [path for path in root.rglob("*.py") if re.search(r"^PATH = ", path.read_text("utf-8"), re.M)]
    assert len(page_modules()) == len(with_path)
    assert len({module.path for module in page_modules()}) == len(with_path)
    _ = tmp_path
