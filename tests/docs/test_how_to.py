"""The files that the how-to pages show are written out and used as they stand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from casefile.made import said

HOW_TO = Path(__file__).parents[2] / "docs" / "how-to"
_FILE = re.compile(r"^`([\w/.-]+\.(?:toml|sql|csv))`[^\n]*\n\n```(?:toml|sql|csv)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def written(page: str, folder: Path) -> list[str]:
    """Write every file that a page shows under its name; say which."""
    found = _FILE.findall((HOW_TO / page).read_text(encoding="utf-8"))
    for name, text in found:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return [name for name, _ in found]


def test_the_rule_that_is_shown_works(tmp_path: Path) -> None:
    assert written("write-a-rule.md", tmp_path) == ["own-rule/rule.toml", "own-rule/test.sql", "own-rule/cases.toml"]
    heard = said(tmp_path, "rules", "test", "own-rule", "--rules", "own-rule")
    assert (heard.code, heard.out.splitlines()[-1]) == (0, "1 of 1 worked cases hold")


def test_the_order_and_the_event_that_are_shown_work(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    assert said(tmp_path, "new", str(folder)).code == 0
    assert written("write-an-order.md", folder) == ["orders/no-transfer.toml", "events/flight-1.toml"]
    assert said(folder, "rules", "test", "no-transfer").code == 0
    heard = said(folder, "audit", "--json")
    assert heard.code == 0
    (row,) = heard.json["rows"]
    assert (row["id"], row["verdict"]) == ("no-transfer/no-removal/departure@flight-1", "undetermined")
    assert [fact["fact"] for fact in row["decisive_facts"]] == ["citizenship_country"]


def test_the_flights_that_are_shown_are_matched_as_the_page_says(tmp_path: Path) -> None:
    assert written("match-flights.md", tmp_path) == ["facilities.csv", "detentions.csv", "passengers.csv", "legs.csv"]
    assert said(tmp_path, "new", "case", "--title", "Flights of March").code == 0
    case = tmp_path / "case"
    assert said(case, "add", *(f"../{name}.csv" for name in ("facilities", "detentions", "passengers")), "--release", "MARCH").code == 0
    assert said(case, "build").code == 0
    found = said(case, "flights", "match", "../legs.csv", "--json").json
    links = {(link["leg"], link["right_kind"]): (link["class"], link["rivals"]) for link in found["links"]}
    assert links == {
        ("legs.csv:2", "transfer"): ("inferred", []),
        ("legs.csv:2", "manifest"): ("assumed", ["legs.csv:3"]),
        ("legs.csv:3", "manifest"): ("assumed", ["legs.csv:2"]),
    }
    (count,) = found["counts"]
    assert (count["persons"], count["book_outs"], count["verdict"], count["least_difference"]) == ([3, 3], [2, 2], "more than the books", 1)


def test_the_balance_that_is_shown_works(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    assert said(tmp_path, "new", str(folder)).code == 0
    assert written("write-a-balance.md", folder) == ["balances/flight.toml"]
    heard = said(folder, "balance", "--json")
    assert heard.code == 0
    assert [(row["id"], row["best_case"], row["worst_case"]) for row in heard.json["unaccounted"]] == [("missing", 6, 11)]


def test_the_agreement_and_the_cost_that_are_shown_work(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    assert said(tmp_path, "new", str(folder)).code == 0
    assert written("write-a-cost.md", folder) == ["agreements/contract.toml", "costs/beds.toml"]
    (row,) = said(folder, "cost", "--json").json["rows"]
    assert [round(row[bound], 2) for bound in ("lo", "mode", "hi")] == [54.79, 91.32, 136.99]
    (row,) = said(folder, "cost", "--json", "--with", "full-house").json["rows"]
    assert (round(row["lo"], 2), round(row["hi"], 2)) == (54.79, 54.79)


def test_the_claims_that_are_shown_work(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    assert said(tmp_path, "new", str(folder)).code == 0
    assert written("write-a-claim.md", folder) == ["claims/statements.toml"]
    heard = said(folder, "claims", "check", "--json")
    assert heard.code == 2
    assert sorted((each["kind"], each["id"]) for each in heard.json["findings"]) == [
        ("contradiction", "boarded-61 + boarded-almost-80"),
        ("own figures", "cleared-40"),
    ]


def test_the_document_that_is_shown_is_read_as_the_page_says(tmp_path: Path) -> None:
    """Its commands run in test_docs; here the file that is shown is the one they write."""
    page = (HOW_TO / "read-documents.md").read_text(encoding="utf-8")
    (text,) = re.findall(r"^```text\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    (tmp_path / "letter.txt").write_text(text, encoding="utf-8")
    assert said(tmp_path, "new", "case").code == 0
    assert "added as 20458950b856" in said(tmp_path / "case", "add", "../letter.txt").out
    found = [row["text"] for row in said(tmp_path / "case", "documents", "mentions", "--json").json["rows"]]
    assert found == [
        "22 March 2025",
        "$4.76 million",
        "up to 300 people",
        "March 15, 2025",
        "5:26 p.m. EDT",
        "N278GX",
        "GlobalX flight 6143",
        "1:25-cv-00766",
        "ECF No. 49",
    ]


@pytest.mark.parametrize("page", sorted(path.name for path in HOW_TO.glob("*.md")))
def test_every_how_to_page_is_used_by_a_test(page: str) -> None:
    assert page in Path(__file__).read_text(encoding="utf-8")
