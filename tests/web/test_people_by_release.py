"""People of several releases, of rows without ids, and of rows that record a death: counted by hand."""

from __future__ import annotations

import csv
import io

import pytest

from web.asked import Site
from web.crawled import read
from web.written import FIRST, site_of, stay, two_releases


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return two_releases(tmp_path_factory.mktemp("people"))


@pytest.fixture(scope="module")
def without_ids(tmp_path_factory: pytest.TempPathFactory) -> Site:
    rows = [("", *row[1:]) for row in FIRST]
    return site_of(tmp_path_factory.mktemp("nobody"), {"NAMELESS": rows})


def title(site: Site, address: str) -> str:
    return read(site.ask(address).text).text("h1")


def test_several_releases_are_never_one_sum(site: Site) -> None:
    # EARLY: P3, AB1, LONGID77, Q5, and a row of nobody; LATE: AB1, ZZ9, XX8
    assert title(site, "/en/people") == "EARLY: 4 to 5 people; LATE: 3 people"
    assert title(site, "/es/people") == "EARLY: 4 a 5 personas; LATE: 3 personas"
    assert title(site, "/en/people?release=EARLY") == "4 to 5 people"
    assert title(site, "/en/people?facility=GAMMA").startswith("LATE: 1 person")


def test_people_without_ids_cannot_be_counted(without_ids: Site) -> None:
    page = read(without_ids.ask("/en/people").text)
    assert page.text("h1") == "Cannot be determined: no person ids"
    assert "No row of NAMELESS has a person id" in page.text("main")
    assert "No person on record" not in page.text("main")
    said = read(without_ids.ask("/es/people").text).text("h1")
    assert said == "No se puede determinar: sin identificadores de persona"


def test_links_of_people_name_the_release_and_lead_somewhere(site: Site) -> None:
    links = [link for link in read(site.ask("/en/people").text).links if "/person/" in link]
    assert len(links) == 7
    assert all("?release=" in link for link in links)
    assert all(site.ask(link).status_code == 200 for link in links)


@pytest.mark.parametrize("language", ["en", "es"])
def test_an_id_in_several_releases_is_a_choice(site: Site, language: str) -> None:
    answer = site.ask(f"/{language}/person/AB1")
    assert answer.status_code == 200
    links = read(answer.text).links
    for release in ("EARLY", "LATE"):
        assert f"/{language}/person/AB1?release={release}" in links
    assert site.ask(f"/{language}/person/AB1?release=OTHER").status_code == 404
    assert site.ask(f"/{language}/person/NONE").status_code == 404


def test_a_death_on_record_is_said_though_rows_go_on(site: Site) -> None:
    assert title(site, "/en/person/LONGID77") == "A row records a death; later rows go on"
    assert title(site, "/es/person/LONGID77") == "Una fila registra una muerte; filas posteriores continúan"
    assert "death" not in title(site, "/en/person/P3")


def test_a_death_on_record_is_open_not_absent(site: Site) -> None:
    rows = list(csv.DictReader(io.StringIO(site.ask("/files/people.csv?end=death").content.decode())))
    assert [(row["unique_identifier"], row["judged"]) for row in rows] == [("LONGID77", "left open")]
    page = read(site.ask("/en/people?end=death&judged=open").text)
    assert any("/person/LONGID77" in link for link in page.links)


def test_a_death_that_ends_the_history_is_shown(tmp_path_factory: pytest.TempPathFactory) -> None:
    rows = [*FIRST, stay("DEAD01", "BETA", "2025-01-08", "2025-01-09", "Died")]
    site = site_of(tmp_path_factory.mktemp("died"), {"EARLY": rows})
    assert title(site, "/en/person/DEAD01") == "The last that is recorded is a death"
    text = site.ask("/files/people.csv?end=death").content.decode()
    judged = {row["unique_identifier"]: row["judged"] for row in csv.DictReader(io.StringIO(text))}
    assert judged == {"DEAD01": "shown", "LONGID77": "left open"}


def test_what_a_day_lacks_is_told_in_the_language_of_the_page(without_ids: Site) -> None:
    for language, told in (("en", "no person ids"), ("es", "sin identificadores de persona")):
        page = read(without_ids.ask(f"/{language}/facility/ALPHA?day=2025-01-15").text)
        assert told in page.text("section")
        assert ("cannot be judged" in page.text("section").lower()) is (language == "en")


def test_a_person_in_any_list_is_of_the_release_of_the_line(site: Site) -> None:
    """None leads to a page of choice, though an id is in both releases."""
    listed = 0
    for address in (
        "/unaccounted",
        "/contradictions",
        "/tables/persons",
        "/tables/chains",
        "/facility/ALPHA",
    ):
        links = [link for link in read(site.ask(f"/en{address}").text).links if "/person/" in link]
        assert all("?release=" in link for link in links), (address, links)
        assert all("releases have" not in title(site, link) for link in links)
        listed += len(links)
    assert listed > 10
    sources = [link for link in read(site.ask("/en/tables/stint_spans").text).links if "/rows/" in link]
    pages = [read(site.ask(each).text) for each in dict.fromkeys(sources)]
    whose = [link for page in pages for link in page.links if "/person/" in link]
    assert whose, sources
    assert all("?release=" in link for link in whose)
