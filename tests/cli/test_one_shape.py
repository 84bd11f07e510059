"""Every `--json` answer has one shape: an object that begins with `scope` and has a `digest`; lists are
`rows`, of `n_rows`. Another casefile has another digest, and the same casefile the same.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from casefile.made import copied, new_reference, said

from paradero.casefile.folder import Casefile

ON_RECORDS = [
    ["unaccounted"],
    ["conflicts"],
    ["transfers"],
    ["headcount", "--definition", "uwchr", "--by", "everywhere"],
    ["reconcile"],
    ["longest"],
    ["capacity"],
    ["explain"],
    ["explain", "stays"],
    ["audit", "--limit", "2"],
    ["requests"],
    ["verify", "--quick"],
    ["awards"],
]
ON_FILES = [
    ["balance"],
    ["costs", "list"],
    ["agreements"],
    ["claims", "check"],
    ["documents", "list"],
    ["documents", "mentions"],
    ["companies", "list"],
    ["exposure", "GlobalX"],
    ["rules", "list"],
    ["rules", "test", "hold-room-limit"],
    ["audit"],
    ["why", "jgg-class/no-removal/airspace/oral@leg-1"],
    ["requests"],
    ["definitions"],
    ["verify", "--quick"],
]


def shaped(folder: Path, command: list[str]) -> dict[str, object]:
    heard = said(folder, *command, "--json")
    assert heard.code in (0, 2), heard.err
    answer = heard.json
    assert isinstance(answer, dict)
    assert next(iter(answer)) == "scope"
    assert "digest" in answer, command
    assert isinstance(answer["scope"], str)
    assert len(answer["digest"]) == 64
    assert ("rows" in answer) <= ("n_rows" in answer)
    return answer


@pytest.fixture(scope="module")
def records(whole: Casefile, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy: an audit is kept, and the casefile that tests share is only read."""
    return copied(whole, tmp_path_factory.mktemp("records") / "case").root


@pytest.mark.parametrize("command", ON_RECORDS, ids=" ".join)
def test_answers_on_records(records: Path, command: list[str]) -> None:
    assert shaped(records, command)["scope"] == "Nobody in these records exists."


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shapes")
    new_reference(folder / "case")
    return folder / "case"


@pytest.mark.parametrize("command", ON_FILES, ids=" ".join)
def test_answers_on_files(reference: Path, command: list[str]) -> None:
    shaped(reference, command)


def test_a_changed_file_changes_the_digest(reference: Path, tmp_path: Path) -> None:
    before = shaped(reference, ["balance"])["digest"]
    assert shaped(reference, ["claims", "check"])["digest"] == before
    new_reference(tmp_path / "case")
    other = tmp_path / "case"
    path = next(iter(sorted((other / "balances").glob("*.toml"))))
    path.write_text(path.read_text(encoding="utf-8") + "\n# looked at again\n", encoding="utf-8")
    assert shaped(other, ["balance"])["digest"] != before


def test_rows_as_received(records: Path) -> None:
    address = said(records, "transfers", "--json").json["rows"][0]["from_row_address"]
    answer = shaped(records, ["rows", address])
    assert answer["n_rows"] == 1
    assert json.dumps(answer["rows"]).count(address) == 1
