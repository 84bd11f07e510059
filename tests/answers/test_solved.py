"""Balances that were solved are kept under everything that they rest on: nothing kept is taken for another's,
and `verify` solves again.
"""

import json
import shutil
from pathlib import Path

import pytest
from casefile.made import said

from paradero.answers.books import solved as solved_module
from paradero.answers.books.books import balances_of
from paradero.answers.books.solved import Solved
from paradero.authored.evidence import Trust
from paradero.balance.balancing import balance_of, spans_without_all
from paradero.casefile.folder import find


@pytest.fixture(scope="module")
def case_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the reference case, balanced once."""
    folder = tmp_path_factory.mktemp("solved") / "case"
    assert said(folder.parent, "new", str(folder), "--from", "cecot-2025").code == 0
    assert said(folder, "balance", "--json").code in (0, 2)
    return folder


@pytest.fixture
def copy(case_folder: Path, tmp_path: Path) -> Path:
    """Give a copy to spoil."""
    return Path(shutil.copytree(case_folder, tmp_path / "case"))


def test_what_is_kept_gives_the_very_balance_that_is_worked_out(case_folder: Path) -> None:
    case = find(case_folder)
    balances = balances_of(case)
    kept = Solved(case, balances)
    for trust in (Trust(), Trust(without=("White House official",)), Trust(evidence=("court", "sworn"))):
        assert kept.balance(trust) == balance_of(balances, trust)
        assert kept.balance(trust) == balance_of(balances, trust)  # from what was just kept
        assert kept.spans_without({"White House official"}, trust) == spans_without_all(
            balances, {"White House official"}, trust
        )


def test_the_same_answer_comes_faster_and_is_the_same(copy: Path) -> None:
    first = said(copy, "balance", "--json").out
    assert list((copy / "build" / "balances").glob("*.json"))
    shutil.rmtree(copy / "build")
    assert said(copy, "balance", "--json").out == first


def test_another_statement_is_another_balance(copy: Path) -> None:
    path = copy / "balances" / "sent-15-march.toml"
    text = path.read_text(encoding="utf-8")
    before = said(copy, "balance", "--json").json["rows"]
    path.write_text(text.replace("value = 261", "value = 262"), encoding="utf-8")
    assert "value = 261" in text
    assert said(copy, "balance", "--json").json["rows"] != before


def test_other_code_counts_for_nothing(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = find(copy)
    assert Solved(case, balances_of(case)).check() > 0
    monkeypatch.setattr(solved_module, "fingerprint_of", lambda kept: f"other code for {kept}")
    assert Solved(case, balances_of(case)).check() == 0


def test_a_damaged_file_counts_for_nothing_and_a_changed_answer_is_found(copy: Path) -> None:
    (path,) = (copy / "build" / "balances").glob("*.json")
    before = said(copy, "balance", "--json").out
    path.write_bytes(path.read_bytes()[:-40])
    assert said(copy, "balance", "--json").out == before
    found = json.loads(path.read_text(encoding="utf-8"))
    question = next(each for each in found["answers"] if each.startswith('["balance"'))
    found["answers"][question]["n_ways"] += 1
    path.write_bytes(solved_module._written(found["key"], found["answers"]))
    assert said(copy, "verify", "--quick").code == 0  # a hash made anew for other answers
    heard = said(copy, "verify")
    assert heard.code == 2
    assert "solved again is another one" in heard.out


def test_every_changed_letter_of_what_is_kept_is_found_without_solving(copy: Path) -> None:
    (path,) = (copy / "build" / "balances").glob("*.json")
    before = path.read_bytes()
    for place in (3, 12, 60, 90, len(before) // 2, len(before) - 2):
        path.write_bytes(before[:place] + bytes([before[place] ^ 0x20]) + before[place + 1 :])
        heard = said(copy, "verify", "--quick")
        assert heard.code == 2
        assert "not as it was written" in heard.out


def test_a_casefile_that_cannot_be_written_is_balanced_all_the_same(copy: Path) -> None:
    shutil.rmtree(copy / "build")
    case = find(copy)
    kept = Solved(case, balances_of(case))
    assert kept.balance().counts
    assert not (copy / "build").exists()  # nothing is kept before it is saved
