"""The balance of the reference case as a user meets it, its bounds a golden file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from casefile.made import new_reference, said

GOLDEN = Path(__file__).parent / "cecot_balance.json"


@pytest.fixture(scope="module")
def cecot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cecot") / "case"
    new_reference(folder)
    return folder


def test_every_count_is_bounded_as_it_was_read(cecot: Path) -> None:
    heard = said(cecot, "balance", "--json")
    assert heard.code == 2
    assert said(cecot, "balance", "--json").out == heard.out
    found = heard.json
    assert {"id", "lo", "hi", "unit", "assertions", "citations", "lo_rests_on", "hi_rests_on"} <= set(
        found["rows"][0]
    )
    assert {row["id"]: [row["lo"], row["hi"]] for row in found["rows"]} == json.loads(
        GOLDEN.read_text(encoding="utf-8")
    )
    assert {row["id"]: [row["best_case"], row["worst_case"]] for row in found["unaccounted"]} == {
        "names_unknown": [30, 30], "not_released": [0, 14], "dhs_unexplained": [9, 9], "manifest_gap": [10, None], "manifest_gap_281": [11, 20],
        "salvadorans_unknown": [35, 36],
    }  # fmt: skip


def test_every_bound_rests_on_statements_that_can_be_followed(cecot: Path) -> None:
    found = said(cecot, "balance", "--json").json
    for row in found["rows"]:
        names = {each["id"] for each in [*row["assertions"], *row["equations"]]}
        assert set(row["lo_rests_on"]) | set(row["hi_rests_on"]) <= names, row["id"]
        assert (row["hi"] is None) == (row["hi_rests_on"] == []), row["id"]
        assert all(each["by"] and each["seen"] and each["dated"] for each in row["citations"])
    gap = next(row for row in found["rows"] if row["id"] == "manifest_gap_281")
    assert {"FL17", "PC01", "FL14"} <= {each["fact"] for each in gap["citations"]}


def test_the_numbers_that_cannot_all_be_true_are_named_with_who_says_them(cecot: Path) -> None:
    conflicts = said(cecot, "balance", "--json").json["conflicts"]
    members = [{(each["count"], each["lo"], each["hi"]) for each in row["assertions"]} for row in conflicts]
    for expected in (
        {("women_returned", 8, 8), ("women_returned", 9, 9)},
        {("released", 252, 252), ("released", 238, 238)},
        {("flight_april", 11, 11), ("venezuelans_april", 7, 7), ("salvadorans_april", 3, 3)},
        {("names_known", 257, 257), ("venezuelans_named", 245, 245), ("salvadorans_named", 13, 13)},
    ):
        assert expected in members
    released = next(row for row in conflicts if row["counts"] == ["released"])
    assert {each["source"]: each["bounds"] for each in released["without"]}[
        "officials (Reuters), Gamavision"
    ] == [{"id": "released", "lo": 252, "hi": 252}]


def test_leaving_out_and_trusting(cecot: Path) -> None:
    rows = {
        row["id"]: row for row in said(cecot, "balance", "--json", "--without", "Epoch Times").json["rows"]
    }
    assert (rows["returned"]["lo"], rows["returned"]["hi"]) == (9, 9)
    rows = {
        row["id"]: row for row in said(cecot, "balance", "--json", "--evidence", "sworn,court").json["rows"]
    }
    assert (rows["sent"]["hi"], rows["women_returned"]["hi"]) == (None, 8)
    wrong = said(cecot, "balance", "--without", "Epoch Time")
    assert (wrong.code, "Did you mean `Epoch Times`" in wrong.err) == (1, True)


def test_it_speaks_spanish_and_csv(cecot: Path) -> None:
    assert "en disputa" in said(cecot, "balance", "--lang", "es").out
    assert said(cecot, "balance", "--csv").out.splitlines()[0].startswith("id,what,what_es,of,unit,lo,hi")


def test_a_casefile_without_counts_says_what_to_do(tmp_path: Path) -> None:
    said(tmp_path, "new", str(tmp_path / "case"))
    heard = said(tmp_path / "case", "balance")
    assert (heard.code, "write-a-balance" in heard.err) == (1, True)
