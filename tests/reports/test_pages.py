"""What a page promises, read from its bytes alone: it asks nobody, runs nothing, leads every number to what it
rests on, says the same in its pictures as in their tables, and is Spanish where it says so.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from attack.scale import sampled
from casefile.made import RELEASE, copied, new_reference, said

from paradero.reports.html.pages import html_of
from paradero.reports.pages.writing import page_of
from reports.made import PAGES, SUITE_PAGES, html_for, name_of, records
from reports.read_pages import Element, read_page, spaced

pytestmark = pytest.mark.xdist_group("figures")

# words that hardly a Spanish sentence has
_ENGLISH = re.compile(
    r"\b(the|of|and|with|which|who|people|was|were|from|records?|held|after|before)\b", re.I
)
_MACHINE = {"script", "style", "code"}


@pytest.fixture
def page(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Element:
    about, language = request.param
    return read_page(html_for(about, language, tmp_path_factory.getbasetemp()))


each_page = pytest.mark.parametrize("page", sampled(PAGES, SUITE_PAGES), indirect=True, ids="-".join)


@each_page
def test_it_asks_nobody_and_runs_nothing(page: Element) -> None:
    assert page.all("script", "iframe", "img", "link", "object", "embed", "form", "base") == []
    for one in page.all():
        assert not [name for name in one.attributes if name.startswith("on") or name in ("src", "srcset")]
        assert not one.attributes.get("href", "").lower().startswith(("javascript:", "data:", "//"))
    (style,) = page.all("style")
    assert not re.search(r"url\(|@import|expression", style.text())
    policy = next(
        one for one in page.all("meta") if "Content-Security-Policy" in one.attributes.get("http-equiv", "")
    )
    assert policy.attributes["content"].startswith("default-src 'none'")


@pytest.mark.parametrize(("about", "language"), sampled(PAGES, SUITE_PAGES, several=True))
def test_it_is_small_and_the_same_again(
    about: str, language: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    text = html_for(about, language, tmp_path_factory.getbasetemp())
    assert len(text.encode()) < 2_000_000
    if about in ("person", "facility"):
        again = html_of(page_of(records(), about, name_of(about), language=language))
        assert hashlib.sha256(again.encode()).digest() == hashlib.sha256(text.encode()).digest()


@each_page
def test_every_link_leads_somewhere(page: Element) -> None:
    ids = [one.attributes["id"] for one in page.all() if "id" in one.attributes]
    assert len(ids) == len(set(ids))
    for one in page.all("a"):
        to = one.attributes["href"]
        assert to.startswith("https://") or to.startswith("http://") or to.removeprefix("#") in ids, to
    for one in page.all():
        for name in one.attributes.get("aria-labelledby", "").split():
            assert name in ids


@each_page
def test_no_number_stands_in_a_sentence_but_as_a_figure(page: Element) -> None:
    """Digits of sentences are links to a figure's evidence, cells of rows, or words of others, told apart."""
    (main,) = page.all("main")
    evidence = {"figures", "rows"}
    for section in [main, *main.all("section")]:
        if section.attributes.get("aria-labelledby") in evidence:
            continue
        for one in section.all("h1", "h2", "p", "li"):
            if one.classes & {"kick"} or any(inner.name == "section" for inner in one.all()):
                continue
            own = one.text(without={"n", "said", "code", "time", "h", "row", "mini"})
            if not any(parent_is_evidence(main, one, evidence) for _ in (0,)):
                assert not re.search(r"\d", own), spaced(own)


def parent_is_evidence(main: Element, one: Element, ids: set[str]) -> bool:
    """Whether an element stands in the part that shows what figures rest on."""
    return any(
        one in section.all()
        for section in main.all("section")
        if section.attributes.get("aria-labelledby") in ids
    )


@each_page
def test_every_figure_leads_to_a_row_or_a_statement(page: Element) -> None:
    """Each linked number has its evidence on the page; evidence that names rows leads to the rows as received."""
    numbers = [one for one in page.all("a") if "n" in one.classes]
    by_id = {one.attributes["id"]: one for one in page.all() if "id" in one.attributes}
    for one in numbers:
        evidence = by_id[one.attributes["href"].removeprefix("#")]
        assert "paradero explain " in evidence.text()
        assert spaced(one.text()).split(" ")[0].strip("−") in spaced(evidence.text())


@each_page
def test_pictures_have_words_and_a_table(page: Element) -> None:
    for one in page.all("svg"):
        if one.attributes.get("aria-hidden") == "true":
            continue
        assert one.attributes["role"] == "img"
        (title,), (description,) = one.all("title"), one.all("desc")
        assert title.text()
        assert len(description.text()) > 20
    for figure in page.all("figure"):
        assert figure.all("figcaption")[0].text().strip()
        assert figure.all("details")[0].all("table")


def _numbers(text: str) -> list[float]:
    return [float(each) for each in re.findall(r"-?\d+(?:\.\d+)?", text)]


def _is_marked(picture: Element, edge: Element, rows: list[list[float]], zero: float, unit: float) -> None:
    """A diamond stands at the figure that was published of the day that it stands on; where the table has
    published figures there are some, and all of those outside the band.
    """
    marks = [_numbers(one.attributes["d"])[:2] for one in picture.of_class("pub")]
    begins = _numbers(edge.attributes["d"])[::4]
    if len(rows[0]) == 2:
        assert not marks
        return
    named, *drawn = sorted(marks)  # the first is that of the name above the plot
    if named[1] + 4.5 > 40:
        named, drawn = next(one for one in marks if one[1] < 40), [one for one in marks if one[1] >= 40]
    assert drawn
    marked = set()
    for x, y in drawn:
        day = max(place for place, begin in enumerate(begins) if begin <= x)
        marked.add(day)
        assert (
            abs((zero - (y + 4.5)) / unit - rows[day][2]) <= 0.06 / unit + 0.011
        )  # a table cuts bounds outward
    outside = {day for day, (low, high, said) in enumerate(rows) if said < low or said > high}
    assert outside <= marked


@pytest.mark.parametrize("about", ["case", "facility"])
def test_a_chart_of_counts_draws_what_its_table_says(
    about: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The edges of the band are read back from the picture by its own axis, and are the table's numbers."""
    page = read_page(html_for(about, "en", tmp_path_factory.getbasetemp()))
    figures = [one for one in page.all("figure") if one.attributes["id"].startswith("held")]
    assert figures
    for figure in figures:
        rows = [
            [float(spaced(cell.text()).replace(",", "").replace("–", "nan")) for cell in row.all("td")]
            for row in figure.all("table")[0].all("tr")[1:]
        ]
        for picture in figure.all("svg"):
            labels = {
                float(one.text().replace(",", "")): float(one.attributes["y"]) - 4.5
                for one in picture.all("text")
                if {"t2", "e"} <= one.classes and re.fullmatch(r"[\d,]+", one.text())
            }
            zero, top = labels[0], max(labels)
            unit = (zero - labels[top]) / top
            edges = [one for one in picture.all("path") if one.attributes["fill"] == "none"]
            lower, upper = [_numbers(one.attributes["d"])[1::4] for one in edges]
            for place, (low, high, *_) in enumerate(rows):
                assert (
                    abs((zero - lower[place]) / unit - low) <= 0.06 / unit + 0.011
                )  # a table cuts bounds outward
                assert (
                    abs((zero - upper[place]) / unit - high) <= 0.06 / unit + 0.011
                )  # a table cuts bounds outward
            _is_marked(picture, edges[0], rows, zero, unit)


@pytest.mark.parametrize("about", ["case", "reference", "person", "facility"])
def test_a_spanish_page_is_spanish(about: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No English outside what others wrote, which is marked as said."""
    page = read_page(html_for(about, "es", tmp_path_factory.getbasetemp()))
    assert page.all("html")[0].attributes["lang"] == "es"
    (body,) = page.all("body")
    for row in body.of_class("anchored"):
        if row.attributes["id"].startswith("row-"):
            row.children.clear()  # as received
    words = body.text(without={"said", "foot", "case", *_MACHINE} | {"title", "desc", "text", "svg"})
    found = _ENGLISH.finditer(words)
    assert [words[max(one.start() - 30, 0) : one.end() + 30] for one in found] == []


def test_what_others_wrote_is_shown_and_never_obeyed(tmp_path: Path) -> None:
    """A title, a statement's source and a scope that would be markup anywhere else."""
    evil = '"><script>alert(1)</script><img src=x onerror=alert(2)>\u202e'
    case = new_reference(tmp_path / "case")
    settings = case.root / "paradero.toml"
    text = settings.read_text(encoding="utf-8")
    lines = [f"title = '{evil}'" if line.startswith("title =") else line for line in text.splitlines()]
    settings.write_text("\n".join(lines) + "\n", encoding="utf-8")
    balances = case.root / "balances" / "sent-15-march.toml"
    written = balances.read_text(encoding="utf-8")
    balances.write_text(
        written.replace('by = "White House press secretary"', f"by = '{evil}'"), encoding="utf-8"
    )
    text = html_of(page_of(case, "case"))
    page = read_page(text)
    assert page.all("script", "img") == []
    assert "alert(1)" in page.all("h1")[0].text()
    assert "\u202e" not in text


def test_the_command(tmp_path: Path) -> None:
    case = copied(records(), tmp_path / "case")
    output = tmp_path / "out" / "person.html"
    heard = said(
        case.root, "report", "--about", "person", name_of("person"), "-o", str(output), "--json"
    ).json
    assert heard["bytes"] == output.stat().st_size
    assert heard["title"] in spaced(read_page(output.read_text(encoding="utf-8")).all("h1")[0].text())
    for arguments, message in (
        (["-o", "x.txt"], "x.txt: a report has no such ending. Write one of .html, .pdf, .docx."),
        (["--about", "court", "-o", "x.html"], "`court` is not a subject of a report."),
        (["--about", "person", "-o", "x.html"], "`--about person` takes a name."),
        (["y", "-o", "x.html"], "`--about case` takes no name."),
        (["--about", "facility", "QQQ", "-o", "x.html"], "`QQQ` is not a facility of these records."),
        (["--lang", "fr", "-o", "x.html"], "`fr` is not a language."),
        (
            ["--about", "person", "abc", "--release", RELEASE, "-o", "x.html"],
            "No row in release FABRICATED has the",
        ),
    ):
        told = said(case.root, "report", *arguments)
        assert told.code == 1
        assert message in told.err, told.err
        assert not (case.root / "x.html").exists()
