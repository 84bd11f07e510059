"""The verdicts on a person's page are those that the files of the audit hold of the person, no more and no fewer, and
where there are none nothing is called kept.
"""

from __future__ import annotations

import functools
from collections import Counter
from pathlib import Path
from urllib.parse import unquote

import msgspec
import pyarrow.parquet as pq
import pytest
from attack.scale import draws

from paradero.answers.people.history import TABLES, history_of
from paradero.building.receipts import built
from paradero.building.tables import open_tables
from paradero.figures.answered import Asked
from paradero.reports.content.wording import Wording, plain_text
from paradero.reports.pages.material import Material
from paradero.reports.pages.person.verdicts import verdicts_section
from web.asked import Site, records
from web.crawled import read
from web.read_tables import Read
from web.written import site_of, stay

PRINTED = {
    "en": {"violated": "violated", "undetermined": "cannot be determined", "complied": "complied with"},
    "es": {"violated": "incumplida", "undetermined": "no se puede determinar", "complied": "cumplida"},
}
INDICATOR = {
    "en": {"violated": "irregular", "complied": "regular"},
    "es": {"violated": "irregular", "complied": "regular"},
}


@functools.cache
def judged() -> dict[str, Counter[str]]:
    """How many verdicts of each kind the files hold of each person, by the id of the release."""
    site = records()
    assert site.ask("/en/orders").status_code == 200  # which makes the audit
    folder, _ = built(site.case)
    persons = {
        row["person_no"]: row["unique_identifier"]
        for row in pq.read_table(folder / "persons.parquet").to_pylist()
    }
    found: dict[str, Counter[str]] = {each: Counter() for each in persons.values()}
    for path in (site.case.root / "build" / "audits").glob("*/*.parquet"):
        if "verdict" not in pq.read_schema(path).names:
            continue  # counts of verdicts, by facility
        for row in pq.read_table(path, columns=["person_no", "verdict"]).to_pylist():
            if row["person_no"] is not None:
                found[persons[row["person_no"]]][row["verdict"]] += 1
    return found


def _asked() -> list[str]:
    """Those with most verdicts, with few, and with none, where there are such."""
    by_number = sorted(judged(), key=lambda each: (-judged()[each].total(), each))
    return list(dict.fromkeys([*by_number[: draws(2, 40)], by_number[len(by_number) // 2], by_number[-1]]))


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_verdict_of_the_files_stands_on_the_page_and_leads_to_its_reasons(language: str) -> None:
    for person in _asked():
        html = records().ask(f"/{language}/person/{person}").text
        links = [each for each in read(html).links if each.startswith(f"/{language}/verdicts/")]
        assert len(links) == len(set(links)) == judged()[person].total(), person
        words = Counter(
            text
            for name in ("v-violated", "v-undetermined", "v-complied")
            for text in Read(html).of_class(name)
        )
        for verdict in ("violated", "undetermined", "complied"):
            said = {PRINTED[language][verdict], INDICATOR[language].get(verdict, "")}
            assert sum(words[each] for each in said) == judged()[person][verdict], (person, verdict)
        for link in links[:2]:
            why = records().ask(link)
            assert why.status_code == 200
            row = unquote(link).partition("@")[2].partition("+")[0]
            assert f"/{language}/rows/" in html
            assert row in why.text


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Not judged: no event of this person"), ("es", "Sin conclusión: ningún hecho")],
)
def test_a_person_without_any_verdict_is_not_judged(language: str, words: str) -> None:
    case = records().case
    with open_tables(case, *TABLES) as built:
        history = history_of(built, 1)
    section = verdicts_section(
        Material(Asked(case), language), msgspec.structs.replace(history, unique_identifier="of-nobody")
    )
    assert plain_text(section.title).startswith(words)
    assert section.blocks == ()
    assert plain_text(section.sub) == Wording("person_verdicts", language).plain("no_sign")


def test_an_order_that_cannot_be_read_keeps_nobody_from_their_history(tmp_path: Path) -> None:
    site = site_of(tmp_path, {"ONE": [stay("P3", "BETA", "2025-01-01", "2025-01-03")]})
    (site.case.root / "orders").mkdir(exist_ok=True)
    (site.case.root / "orders" / "broken.toml").write_text("title = ", encoding="utf-8")
    fresh = Site(site.case).ask("/en/person/P3")
    assert fresh.status_code == 200
    assert "Not judged: the rules and orders of this casefile cannot be applied" in fresh.text
