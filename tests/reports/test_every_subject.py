"""Pages on orders, events and many people: each says what its answer says, and what there is none of is said."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from pathlib import Path

import pytest
from attack.scale import draws, sampled
from casefile.made import new_reference, said

from paradero.building.tables import open_tables
from paradero.casefile.folder import Casefile
from paradero.reports.html.pages import html_of
from paradero.reports.pages.writing import page_of
from reports.made import records
from reports.read_pages import Element, read_page, spaced

pytestmark = pytest.mark.xdist_group("figures")


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Casefile:
    return new_reference(tmp_path_factory.mktemp("subjects") / "case")


def made(case: Casefile, about: str, name: str, language: str = "en") -> Element:
    return read_page(html_of(page_of(case, about, name, language=language)))


@pytest.mark.parametrize(
    ("order", "language"),
    sampled(
        itertools.product(["jgg-class", "abrego-return-order", "withholding-2019"], ["en", "es"]),
        [("jgg-class", "es"), ("abrego-return-order", "en"), ("withholding-2019", "es")],
        several=True,
    ),
)
def test_an_order_has_its_grid_its_acts_and_its_texts(reference: Casefile, order: str, language: str) -> None:
    """Every verdict of the order that the audit lists is on its page, and none of another order."""
    page = made(reference, "order", order, language)
    rows = said(reference.root, "audit", "--order", order, "--json").json["rows"]
    bound = {row["event"] for row in rows if row["verdict"] != "not_bound"}
    marks = [one for one in page.all("td") if "c" in one.classes]
    shown = [row for row in rows if row["event"] in bound]
    assert len(marks) == len(shown)
    for verdict in ("violated", "undetermined", "not_bound"):
        wanted = sum(row["verdict"] == verdict for row in shown)
        assert sum(f"c-{verdict}" in one.classes for one in marks) == wanted
    (written,) = [
        text
        for path in (reference.root / "orders").glob("*.toml")
        if f'id = "{order}"' in (text := path.read_text(encoding="utf-8"))
    ]
    marked = {"en": "NOT read in its source", "es": "NO se leyó en su fuente"}[language]
    assert page.text().count(marked) == written.count("read = false")


@pytest.mark.parametrize("event", ["leg-3", "abrego-return", "second-circuit-petitioner"])
def test_an_event_has_every_statement_of_its_moments(reference: Casefile, event: str) -> None:
    page = made(reference, "flight" if event.startswith("leg") else "event", event)
    written = (reference.root / "events" / f"{event}.toml").read_text(encoding="utf-8")
    times = re.findall(r'^\[\[moment\.said\]\]\ntime = "([^"]+)"', written, re.MULTILINE)
    text = spaced(page.text())
    assert times
    assert [one for one in times if one not in text and _day_in_words(one) not in text] == []


def _day_in_words(time: str) -> str:
    """The day of a time that is stated to the day: pages say it in words."""
    day = dt.date.fromisoformat(time[:10])
    return f"{day.day} {day:%B} {day.year}"


@pytest.mark.parametrize(("about", "name"), [("order", "jgg-clas"), ("event", "leg-9"), ("flight", "leg-9")])
def test_what_there_is_none_of(reference: Casefile, tmp_path: Path, about: str, name: str) -> None:
    heard = said(reference.root, "report", "--about", about, name, "-o", str(tmp_path / "x.html"))
    assert heard.code == 1
    assert "Did you mean" in heard.err


def test_every_person_has_a_page_with_all_their_rows() -> None:
    """However they are held, released, removed, lost: each row of their history is cited, in order of time."""
    with open_tables(records(), "persons") as built:
        ids = [row["id"] for row in built.rows("SELECT unique_identifier AS id FROM persons ORDER BY id")]
    for identifier in [each for each in ids if each][:: draws(12, 1)]:
        page = made(records(), "person", identifier, "es")
        (history,) = said(records().root, "person", identifier, "--json").json["persons"]
        stints = [stint for stay in history["stays"] for stint in stay["stints"]]
        links = {one.attributes["href"] for one in page.all("ol")[-1].all("a")} if page.all("ol") else set()
        cited = stints + history["removals"] + history["arrests"]
        assert len(links) >= len({one["address"] for one in cited})
        times = [one.attributes["datetime"] for one in page.all("time") if "datetime" in one.attributes]
        assert times == sorted(times)


def _settled(bound: bool | None, force: bool | None, shown: bool | None) -> str:
    """The verdict as the truth table of the documentation has it."""
    if bound is False or force is False:
        return "does not apply"
    if None in (bound, force, shown):
        return "cannot be determined"
    return "violated" if shown else "complied with"


@pytest.mark.parametrize(("event", "order"), [("leg-1", "jgg-class"), ("guantanamo-four", "dvd-tro")])
def test_the_page_says_what_each_answer_would_make_of_the_verdicts(
    reference: Casefile, event: str, order: str
) -> None:
    """Of every open question both answers, of the readings that are open on it alone; of all open readings yes to
    everything: counted from the audit's JSON.
    """
    page = made(reference, "event", event)
    (block,) = [one for one in page.of_class("anchored") if one.attributes["id"].startswith(f"order-{order}")]
    table = next(one for one in block.all("table") if "an answer" in one.all("caption")[0].text())
    heads = [spaced(one.text()) for one in table.all("thead")[0].all("th")][1:]
    found = [[spaced(one.text()) for one in row.all("th", "td")] for row in table.all("tbody")[0].all("tr")]
    audited = said(reference.root, "audit", "--order", order, "--event", event, "--json").json["rows"]
    cells = [(row["is_bound"], row["in_force"], row["is_shown"]) for row in audited]
    still_open = [cell for cell in cells if _settled(*cell) == "cannot be determined"]
    expected = []
    for place in range(3):
        on_it = [cell for cell in still_open if cell[place] is None]
        expected += [
            [tuple(answer if at == place else cell[at] for at in range(3)) for cell in on_it]
            for answer in ((True, False) if on_it else ())
        ]
    if len(expected) > 2:
        expected.append([tuple(True if one is None else one for one in cell) for cell in still_open])
    assert len(found) == len(expected)
    for line, left in zip(found, expected, strict=True):
        printed = dict(zip(heads, line[1:], strict=True))
        assert int(printed.pop(heads[0])) == len(left)
        settled = [_settled(*cell) for cell in left]
        assert {word: int(n) for word, n in printed.items() if n != "0"} == {
            word: settled.count(word) for word in set(settled)
        }
