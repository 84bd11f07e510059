"""Exhibits hold every citation of a verdict, numbered, and conclude nothing in their titles."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from casefile.made import copied, new_reference, said

from paradero.casefile.folder import Casefile
from reports.made import records
from reports.read_pages import Element, read_page, spaced

pytestmark = pytest.mark.xdist_group("figures")

LEG = "jgg-class/no-removal/wheels-up/oral@leg-1"
WITHHELD = "withholding-2019/no-removal-to-el-salvador/landing@abrego-removal"
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


def same_source(one: dict[str, Any]) -> tuple[str, ...]:
    """By what the test holds two citations for one source: who says it, how, and where it was seen."""
    if one["kind"] == "law":
        return ("law", one["instrument"], one.get("pin", ""), one.get("url", ""), one.get("seen", ""))
    return (one["by"], one["evidence"], *one["seen"])


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_source_is_there_and_numbered_once(reference: Casefile, tmp_path: Path, language: str) -> None:
    """What `paradero why --json` cites, each source once, in its order; each number of a fact is a source's."""
    page = exhibited(reference, LEG, to=tmp_path / "e.html", language=language)
    cited = said(reference.root, "why", LEG, "--json").json["citations"]
    each_source = {same_source(one): one for one in reversed(cited)}
    assert len(each_source) < len({str(one) for one in cited})  # the same source states several things
    ordered = [each_source[key] for key in dict.fromkeys(map(same_source, cited))]
    sources = table(page, {"en": "Sources", "es": "Fuentes"}[language])
    assert [row[0] for row in sources] == [str(at) for at in range(1, len(sources) + 1)]
    assert len(sources) == len(ordered)
    for one, row in zip(ordered, sources, strict=True):
        assert (one.get("by") or one.get("instrument")) in row[1]
        for place in one.get("seen", []) if isinstance(one.get("seen"), list) else []:
            assert place in row[1]
    facts = table(page, {"en": "What is stated", "es": "Qué se afirma"}[language])
    numbers = {int(each) for row in facts for each in re.findall(r"\[(\d+)\]", row[1])}
    assert numbers == set(range(1, len(sources) + 1))


def test_what_was_not_read_in_its_source_is_listed_statements_and_texts_alike(
    reference: Casefile, tmp_path: Path
) -> None:
    page = exhibited(reference, LEG, to=tmp_path / "e.html")
    cited = said(reference.root, "why", LEG, "--json").json["citations"]
    numbers = {key: at for at, key in enumerate(dict.fromkeys(map(same_source, cited)), 1)}
    unread = sorted(
        {
            numbers[same_source(one)]
            for one in cited
            if not one.get("read_in_source")
            and one.get("seen_as") != "read"
            and (one.get("seen_as") != "own" or one.get("primary"))  # an outlet's page is its own source
        }
    )
    assert {one["kind"] for one in cited} == {"law", "statement"}
    assert f"sources {', '.join(map(str, unread))}." in spaced(page.text())
    marked = {
        int(at) for row in table(page, "What is stated") for at in re.findall(r"\[(\d+)\] \(not read", row[1])
    }
    assert marked == set(unread)


def test_the_exhibit_states_facts_and_the_reading_stands_apart(reference: Casefile, tmp_path: Path) -> None:
    """No word of the verdict is in an exhibit; the part that has it says that it is ours."""
    page = exhibited(reference, LEG, VERDICT, to=tmp_path / "e.html")
    shown = spaced(page.text())
    after_table = shown.rindex("Exhibit 1:"), shown.rindex("Our reading, not part of any exhibit")
    exhibits, reading = shown[slice(*after_table)], shown[after_table[1] :]
    assert "Exhibit 2:" in exhibits
    assert "concludes nothing" in exhibits
    assert CONCLUDING.search(re.sub(r"https?://\S+", "", exhibits)) is None  # an outlet's address may
    assert "paradero why" not in exhibits
    assert f"paradero why {LEG}" in reading


def test_a_source_is_called_unread_among_the_facts_and_among_the_sources_or_in_neither(
    reference: Casefile, tmp_path: Path
) -> None:
    page = exhibited(reference, LEG, to=tmp_path / "e.html")
    unread = {
        int(at) for row in table(page, "What is stated") for at in re.findall(r"\[(\d+)\] \(not read", row[1])
    }
    called = {int(row[0]) for row in table(page, "Sources") if re.search(r"NOT read|not read|ONLY", row[2])}
    assert called == unread != set()


def test_nothing_in_an_exhibit_is_concluded_or_called_by_an_id(reference: Casefile, tmp_path: Path) -> None:
    """No bar says when an order was in force; what a term is counted from has its source; ids of files and of
    the material do not stand for what they are.
    """
    for language, written in (("en", "The written minute order"), ("es", "La orden escrita")):
        page = exhibited(reference, LEG, to=tmp_path / "e.html", language=language)
        shown = spaced(page.text())
        facts = {
            row[0]: row[1] for row in table(page, {"en": "What is stated", "es": "Qué se afirma"}[language])
        }
        assert re.search(r"\[\d+\]", facts[written])
        exhibit = shown[
            : shown.rindex({"en": "Our reading, not part", "es": "Nuestra interpretación, que"}[language])
        ]
        assert re.search(r"in force|vigente", exhibit) is None
        assert re.search(r"\b(leg-\d|jgg-class)\.|\bOR\d\d\b", exhibit) is None


def test_the_time_line_names_its_order_and_numbers_its_lanes(reference: Casefile, tmp_path: Path) -> None:
    page = exhibited(reference, LEG, WITHHELD, to=tmp_path / "e.html")
    for of, order in (("Leg 1", "(D.D.C., 1:25-cv-00766)"), ("The removal of the petitioner", "Immigration")):
        lanes = table(page, of)
        assert any(order in row[0] for row in lanes)
        assert [row[0] for row in lanes if not re.search(r"\[\d+(, \d+)*\]$", row[0])] == []


def test_notes_and_times_are_said_in_words(reference: Casefile, tmp_path: Path) -> None:
    cited = said(reference.root, "why", LEG, "--json").json["citations"]
    notes = [one["note"] for one in cited if one.get("note")]
    assert notes
    for language, happened in (("en", "it happened"), ("es", "ocurrió")):
        page = exhibited(reference, LEG, to=tmp_path / "e.html", language=language)
        shown = spaced(page.text())
        for note in notes:
            assert spaced(note) in shown
        assert happened in shown
        assert re.search(r"\d{4}-\d\d-\d\dT|\bP\d+D\b|\[America", shown) is None
        assert ("it happened" in shown) == (language == "en")


def test_the_declaration_asks_of_what_is_cited(reference: Casefile, tmp_path: Path) -> None:
    page = spaced(exhibited(reference, LEG, to=tmp_path / "e.html").text())
    assert "I visited the addresses" in page
    assert "I obtained the files" not in page
    case = copied(records(), tmp_path / "case")
    (row, *_) = said(case.root, "audit", "--verdict", "violated", "--limit", "1", "--json").json["rows"]
    page = spaced(exhibited(case, row["id"], to=tmp_path / "r.html").text())
    assert "SHA-256 hashes are those printed" in page


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
