"""The reference case as a user meets it: copied, audited, explained, asked about. Its whole matrix is a
golden file.
"""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest
from casefile.made import said

from paradero.answers.statement_words import time_words

GOLDEN = Path(__file__).parent / "cecot_matrix.json"
FIVE = {"departure", "leaves_airspace", "landing", "hand_over", "legal_authority"}


@pytest.fixture(scope="module")
def cecot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the reference case, as `paradero new DIR --from cecot-2025` does."""
    folder = tmp_path_factory.mktemp("cecot") / "case"
    assert said(folder.parent, "new", str(folder), "--from", "cecot-2025").code == 0
    return folder


def test_every_verdict_with_its_margin_is_as_it_was_read(cecot: Path) -> None:
    found = said(cecot, "audit", "--json")
    assert found.code == 2
    assert said(cecot, "audit", "--json").out == found.out
    rows = found.json["rows"]
    assert {
        "rule",
        "order",
        "construction",
        "subject",
        "event",
        "verdict",
        "margin_lo",
        "margin_hi",
        "decisive_facts",
        "citations",
    } <= set(rows[0])
    short = {
        row["id"]: [
            row["verdict"],
            row["margin_lo"],
            row["margin_hi"],
            [fact["fact"] for fact in row["decisive_facts"]],
        ]
        for row in rows
    }
    assert short == json.loads(GOLDEN.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("verdict_id", "verdict", "lo", "hi"),
    [
        # facts OR08, FL02: the order came 79 to 83 minutes after take-off by the clock minutes, a minute more
        # either way by the seconds
        ("jgg-class/no-removal/wheels-up/oral@leg-1", "not_bound", -84, -78),
        # CU03: 49 to 52 minutes from the oral order to the landing in Honduras
        ("jgg-class/no-removal/landing/oral@leg-1", "undetermined", 48, 53),
        # CU04: 10 to 11 minutes from the written order to the take-off of leg 3
        ("jgg-class/no-removal/wheels-up/written@leg-3", "undetermined", 9, 12),
        ("jgg-class/no-removal/hand-over/written@removed-under-the-act", "violated", 273, 816),
        ("second-circuit-stay/no-removal/wheels-up/granted@second-circuit-petitioner", "violated", 27, 30),
        # the deadline was stayed before it came: no verdict that it was missed
        ("abrego-return-order/return-by-deadline@abrego-return", "not_bound", 84960, 86401),
        ("withholding-2019/no-removal-to-el-salvador/departure@abrego-removal", "violated", 2735940, 3263100),
        ("jgg-plaintiffs/no-removal/wheels-up@plaintiff-taken-off", "complied", 0, 860),
    ],
)
def test_the_verdicts_that_everything_turns_on(
    cecot: Path, verdict_id: str, verdict: str, lo: int | None, hi: int | None
) -> None:
    row = said(cecot, "why", verdict_id, "--json").json
    margins = [None if value is None else round(value) for value in (row["margin_lo"], row["margin_hi"])]
    assert (row["verdict"], *margins) == (verdict, lo, hi)


def test_every_citation_can_be_followed_and_every_undetermined_names_what_would_settle_it(
    cecot: Path,
) -> None:
    for row in said(cecot, "audit", "--json", "--verdict", "all").json["rows"]:
        assert all(cited.get("seen") or cited.get("url") for cited in row["citations"]), row["id"]
        assert {cited["kind"] for cited in row["citations"]} == {"statement", "law"}, row["id"]
        if row["verdict"] == "undetermined":
            assert row["decisive_facts"], row["id"]
            assert all(
                fact["what"] and fact["record"] and fact["field"] and fact["ask"]
                for fact in row["decisive_facts"]
            ), row["id"]


def test_the_five_facts_of_18_march_2025_are_asked_for(cecot: Path) -> None:
    asked = said(cecot, "requests", "--json", "--only", "jgg-class").json["rows"]
    assert {fact for request in asked for fact in request["facts"]} >= FIVE
    assert [request["rank"] for request in asked] == list(range(1, len(asked) + 1))
    assert [request["settles"] for request in asked] == sorted(
        (request["settles"] for request in asked), reverse=True
    )
    assert all(
        request["record"] in request["draft"]
        and request["field"] in request["draft"]
        and "March 2025" in request["draft"]
        for request in asked
    )
    # on the government's sworn statements alone, all five are open for the three flights
    sworn = said(cecot, "requests", "--json", "--only", "jgg-class", "--evidence", "sworn").json["rows"]
    legs = {
        fact
        for request in sworn
        for fact in request["facts"]
        if {"leg-1", "leg-2", "leg-3"} & set(request["about"])
    }
    assert legs >= FIVE


def test_a_request_could_be_sent_as_it_is(cecot: Path) -> None:
    """Nothing public is asked for, nothing is named by an id of ours, and no request says that it helps more
    verdicts than there are.
    """
    rows = said(cecot, "audit", "--json").json["rows"]
    open_ones = [row for row in rows if row["verdict"] == "undetermined" and "violated" in row["possible"]]
    ids = {row["event"] for row in rows} | {row["order"] for row in rows}
    asked = said(cecot, "requests", "--json").json["rows"]
    for request in asked:
        assert not [each for each in ids if each in request["draft"].replace(request["record"], "")], request[
            "draft"
        ]
        assert "docket" not in request["record"]
        concerned = [
            row
            for row in open_ones
            if {fact["fact"] for fact in row["decisive_facts"]} & set(request["facts"])
        ]
        assert 0 < request["settles"] + request["helps"] <= len(concerned)


def test_the_explanation_goes_step_by_step_in_english_and_spanish(cecot: Path) -> None:
    verdict_id = "jgg-class/no-removal/airspace/oral@leg-1"
    english, spanish = said(cecot, "why", verdict_id).out, said(cecot, "why", verdict_id, "--lang", "es").out
    assert [line[:2] for line in english.splitlines() if line[:1].isdigit()] == [
        line[:2] for line in spanish.splitlines() if line[:1].isdigit()
    ]
    assert (
        "on which side of each of these it lies: from 18:45 to before 18:49 on 15 March 2025 (EDT)" in english
    )
    assert "desde las 18:45 y antes de las 18:49 del 15 de marzo de 2025" in spanish
    assert "NOT read in its source" in english
    assert "These statements conflict. All are kept" in english
    assert "Qué lo resolvería" in spanish
    assert "no se consultó el original" in spanish


def test_leaving_a_source_out_opens_what_rested_on_it(cecot: Path) -> None:
    verdict_id = "jgg-class/no-removal/airspace/written@leg-1"
    assert said(cecot, "why", verdict_id, "--json").json["verdict"] == "not_bound"
    assert (
        said(cecot, "why", verdict_id, "--json", "--without", "ICE declaration of 18 March 2025").json[
            "verdict"
        ]
        == "undetermined"
    )


def test_leaving_a_source_out_shows_what_changes(cecot: Path) -> None:
    changed = said(cecot, "audit", "--json", "--without", "ICE declaration of 18 March 2025").json["changes"]
    by_id = {row["id"]: (row["before"], row["after"]) for row in changed if row["is_other_verdict"]}
    assert by_id["jgg-class/no-removal/airspace/written@leg-1"] == ("not_bound", "undetermined")
    assert {after for _, after in by_id.values()} == {"undetermined"}
    assert "verdicts are others" in said(cecot, "audit", "--evidence", "sworn,court").out
    assert said(cecot, "audit", "--json").json["changes"] is None


def test_worked_cases_of_the_orders_run_with_those_of_the_rules(cecot: Path) -> None:
    found = said(cecot, "rules", "test", "jgg-class", "abrego-return-order", "--json")
    assert found.code == 0
    assert {(each["rule"], each["holds"]) for each in found.json["rows"]} == {
        ("jgg-class", True),
        ("abrego-return-order", True),
    }


def test_an_order_whose_worked_case_fails_judges_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    assert said(tmp_path, "new", str(folder), "--from", "cecot-2025").code == 0
    path = folder / "orders" / "jgg-plaintiffs.toml"
    path.write_text(
        path.read_text(encoding="utf-8").replace(
            '"no-removal/wheels-up" = "complied"', '"no-removal/wheels-up" = "violated"'
        ),
        encoding="utf-8",
    )
    refused = said(folder, "audit")
    assert refused.code == 1
    assert "Worked cases fail" in refused.err
    assert said(folder, "rules", "test", "jgg-plaintiffs").code == 2


def test_a_wrong_id_gets_near_ones(cecot: Path) -> None:
    refused = said(cecot, "why", "jgg-class/no-removal/landing/oal@leg-1")
    assert refused.code == 1
    assert "jgg-class/no-removal/landing/oral@leg-1" in refused.err


def test_no_person_is_named(cecot: Path) -> None:
    """Subjects are cohorts or pseudonyms; captions of public cases are the only names of people."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in cecot.rglob("*.toml"))
    for line in text.splitlines():
        if line.startswith("id = "):
            assert "garcia" not in line.lower(), line


STAY = "second-circuit-stay/no-removal/wheels-up/granted@second-circuit-petitioner"


@pytest.mark.parametrize(
    ("language", "day", "outside", "covers"),
    [
        ("en", "8 May 2025", "outside the range, by: ", "the range covers them all"),
        ("es", "8 de mayo de 2025", "fuera del intervalo, por: ", "el intervalo las abarca todas"),
    ],
)
def test_why_says_which_statement_a_relation_leaves_out(
    cecot: Path, language: str, day: str, outside: str, covers: str
) -> None:
    """AP's day lies outside the range: the twenty-eight minutes of the Guardian leave it out."""
    out = said(cecot, "why", STAY, "--lang", language).out
    (line,) = (each for each in out.splitlines() if outside in each)
    assert "AP" in line.split(outside)[0]
    assert day in line.split(outside)[0]
    assert "Guardian" in line.split(outside)[1]
    assert covers not in out
    assert not re.search(r"\d{4}-\d\d-\d\d\[|PT\d+M|\bit happened\b" if language == "es" else r"PT\d+M", out)


@pytest.mark.parametrize(
    ("text", "english", "spanish"),
    [
        ("../2025-03-15T19:24:59.999999-04:00", "before 19:25 on 15 March 2025 (UTC-04:00)",
         "antes de las 19:25 del 15 de marzo de 2025 (UTC-04:00)"),
        ("2025-03-15T17:26-04:00", "17:26 on 15 March 2025 (UTC-04:00)", "17:26 del 15 de marzo de 2025 (UTC-04:00)"),
        ("2025-04-11/2025-04-13", "from 11 April 2025 to 13 April 2025", "del 11 de abril de 2025 al 13 de abril de 2025"),
        ("2019", "2019", "2019"),
    ],
)  # fmt: skip
def test_times_are_said_in_words(text: str, english: str, spanish: str) -> None:
    assert (time_words(text, "en"), time_words(text, "es")) == (english, spanish)


def test_no_title_needs_another_before_it(cecot: Path) -> None:
    """Two petitioners stand in this case: each title says by itself of which it speaks."""
    for path in sorted((cecot / "events").glob("*.toml")):
        event = tomllib.loads(path.read_text(encoding="utf-8"))
        assert re.search(r"\b(same|mism[ao]s?)\b", f"{event['what']} {event.get('what_es', '')}") is None
