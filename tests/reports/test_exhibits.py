"""Exhibits hold every citation of a verdict, numbered, and conclude nothing in their titles."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from casefile.made import copied, new_reference, said

from paradero.casefile.folder import Casefile
from reports.made import records
from reports.read_pages import Element, read_page, spaced

pytestmark = pytest.mark.xdist_group("figures")

VERDICT = "jgg-class/no-removal/landing/oral@removed-under-the-act"
CONCLUDING = re.compile(r"violat|incumpl|comply|complied|cumpl|broke|unlawful|illegal", re.IGNORECASE)


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Casefile:
    return new_reference(tmp_path_factory.mktemp("exhibits") / "case")


def exhibited(case: Casefile, *ids: str, to: Path, language: str = "en") -> Element:
    heard = said(case.root, "exhibit", *ids, "-o", str(to), "--lang", language)
    assert heard.code == 0, heard.err
    return read_page(to.read_text(encoding="utf-8"))


def table(page: Element, caption: str) -> list[list[str]]:
    found = next(one for one in page.all("table") if caption in one.all("caption")[0].text())
    return [[spaced(cell.text()) for cell in row.all("th", "td")] for row in found.all("tr")[1:]]


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_citation_is_there_and_numbered(reference: Casefile, tmp_path: Path, language: str) -> None:
    """What `paradero why --json` cites, once each, in its order; each number of a fact is a source's."""
    page = exhibited(reference, VERDICT, to=tmp_path / "e.html", language=language)
    cited = said(reference.root, "why", VERDICT, "--json").json["citations"]
    sources = table(page, {"en": "Sources", "es": "Fuentes"}[language])
    assert [row[0] for row in sources] == [str(at) for at in range(1, len(sources) + 1)]
    assert len(sources) == len({str(one) for one in cited})
    for one, row in zip(cited, sources, strict=True):
        assert (one.get("by") or one.get("instrument")) in row[1]
        for place in one.get("seen", []) if isinstance(one.get("seen"), list) else []:
            assert place in row[1]
    facts = table(page, {"en": "What is stated", "es": "Qué se afirma"}[language])
    numbers = {int(each) for row in facts for each in re.findall(r"\[(\d+)\]", row[1])}
    assert numbers == set(range(1, len(sources) + 1))


def test_what_was_not_read_in_its_source_is_marked(reference: Casefile, tmp_path: Path) -> None:
    page = exhibited(reference, VERDICT, to=tmp_path / "e.html")
    cited = said(reference.root, "why", VERDICT, "--json").json["citations"]
    unread = [at for at, one in enumerate(cited, 1) if one.get("read_in_source") is False]
    assert unread
    sources = table(page, "Sources")
    assert [at for at, row in enumerate(sources, 1) if "NOT read in its source" in row[2]] == unread
    assert f"sources {', '.join(map(str, unread))}" in spaced(page.text())


def test_titles_conclude_nothing(reference: Casefile, tmp_path: Path) -> None:
    page = exhibited(reference, VERDICT, "jgg-class/no-removal/airspace/oral@leg-1", to=tmp_path / "e.html")
    titles = [spaced(one.text()) for one in page.all("h1", "h2", "title")]
    assert [one for one in titles if CONCLUDING.search(one)] == []
    assert [one for one in titles if one.startswith("Exhibit ")] != []
    assert "Federal Rule of Evidence 107" in page.text()
    assert "under penalty of perjury" in page.text()


def test_a_verdict_on_records_cites_its_rows_as_received(tmp_path: Path) -> None:
    case = copied(records(), tmp_path / "case")
    (row, *_) = said(case.root, "audit", "--verdict", "violated", "--limit", "1", "--json").json["rows"]
    page = exhibited(case, row["id"], to=tmp_path / "e.html")
    assert "Federal Rule of Evidence 1006" in page.text()
    addresses = [one["address"] for one in row["citations"] if one["kind"] == "record"]
    assert addresses
    received = {spaced(one.text()) for one in page.of_class("anchored")}
    for address in addresses:
        assert any(address in one for one in received)
        assert said(case.root, "rows", address).code == 0


def test_what_there_is_no_verdict_of(reference: Casefile, tmp_path: Path) -> None:
    for words, message in ((["nothing@nowhere"], "is not"), ([VERDICT.replace("@", "/x@")], "is not")):
        heard = said(reference.root, "exhibit", *words, "-o", str(tmp_path / "e.pdf"))
        assert heard.code == 1
        assert message in heard.err
    heard = said(reference.root, "exhibit", VERDICT, "-o", str(tmp_path / "e.txt"))
    assert "has no such ending" in heard.err
    empty = tmp_path / "empty"
    assert said(tmp_path, "new", str(empty)).code == 0
    heard = said(empty, "exhibit", VERDICT, "-o", str(tmp_path / "e.pdf"))
    assert "Nothing in this casefile was judged" in heard.err
