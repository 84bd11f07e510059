"""Answers that were kept: asked again by verify, told where they were changed, lost, or are of other
files.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from casefile.made import said

import paradero
from paradero.answers.books.answers import ASKS
from paradero.answers.kept import check_kept
from paradero.casefile.folder import Casefile
from paradero.model.answer import Answer


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reference case with its three kinds of answers kept."""
    folder = tmp_path_factory.mktemp("kept")
    assert said(folder, "new", "case", "--from", "cecot-2025").code == 0
    case = folder / "case"
    for arguments in (
        ("balance", "--without", "WOLA analyst"),
        ("costs", "list", "saving", "--with", "bed-rate-fy2023"),
        ("claims", "check", "--yardstick"),
    ):
        assert said(case, *arguments, "--keep").code in (0, 2)
    return case


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reference case with one answer kept, which is soon asked again."""
    folder = tmp_path_factory.mktemp("kept")
    assert said(folder, "new", "case", "--from", "cecot-2025").code == 0
    assert said(folder / "case", "cost", "saving", "--with", "bed-rate-fy2023", "--keep").code == 0
    return folder / "case"


def answers(case: Path) -> dict[str, Any]:
    return {found.check: found.as_json() for found in paradero.verify(Casefile(case)).checks}["answers"]


def test_what_was_kept_is_asked_again_with_its_options(reference: Path) -> None:
    names = sorted(path.name.partition("-")[0] for path in (reference / "kept").iterdir())
    assert names == ["balance", "claims", "cost"]
    found = answers(reference)
    assert (found["failed"], found["found"]) == (False, "3 answers asked again and the same")
    content = json.loads(next((reference / "kept").glob("cost-*.json")).read_text(encoding="utf-8"))
    assert content["options"]["with"] == ["bed-rate-fy2023"]
    printed = said(reference, "costs", "list", "saving", "--with", "bed-rate-fy2023", "--json").json
    del printed["digest"]  # of all files: what is kept must not change with those it does not rest on
    assert content["answer"] == printed


def test_the_same_answer_is_kept_once(one: Path) -> None:
    before = sorted((one / "kept").iterdir())
    log = (one / "log.jsonl").read_bytes()
    assert said(one, "costs", "list", "saving", "--with", "bed-rate-fy2023", "--keep").code == 0
    assert sorted((one / "kept").iterdir()) == before
    assert (one / "log.jsonl").read_bytes() == log


def test_an_answer_that_was_changed_fails(one: Path) -> None:
    path = next((one / "kept").glob("cost-*.json"))
    whole = path.read_bytes()
    try:
        path.write_bytes(whole.replace(b'"mode": ', b'"mode":  ', 1))
        assert "not what was kept" in answers(one)["found"]
        path.unlink()
        found = answers(one)
        assert (found["failed"], "missing" in found["found"]) == (True, True)
        assert said(one, "verify").code == 2
    finally:
        path.write_bytes(whole)


def other(case: Casefile, options: Any) -> Answer:
    """The answer on costs with another number of rows."""
    return msgspec.structs.replace(ASKS["cost"](case, options), n_rows=99)


def test_another_answer_on_the_same_files_fails(one: Path) -> None:
    with pytest.raises(paradero.ParaderoError, match="asking again gives another answer"):
        check_kept(Casefile(one), {**ASKS, "cost": other})


def test_an_answer_kept_by_other_code_says_so_where_it_is_another(
    one: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("paradero.answers.kept.fingerprint_of", lambda kept: f"other code for {kept}")
    assert answers(one)["found"] == "1 answers asked again and the same"
    with pytest.raises(
        paradero.ParaderoError, match="; the code of paradero changed since: keep the answer anew"
    ):
        check_kept(Casefile(one), {**ASKS, "cost": other})


def test_an_answer_is_asked_again_on_changed_files_and_can_be_kept_anew(tmp_path: Path) -> None:
    assert said(tmp_path, "new", "case", "--from", "cecot-2025").code == 0
    case = tmp_path / "case"
    assert said(case, "costs", "list", "saving", "--keep").code == 0
    (case / "hand" / "note.txt").write_text("a note", encoding="utf-8")
    assert answers(case)["found"] == "1 answers asked again and the same"
    path = case / "costs" / "a-year-abroad.toml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("value = 164.65", "value = 164.66"), encoding="utf-8"
    )
    found = answers(case)
    assert (found["failed"], "keep the answer anew" in found["found"]) == (True, True)
    assert said(case, "costs", "list", "saving", "--keep").code == 0
    assert (
        answers(case)["found"]
        == "1 answers asked again and the same; 1 older ones were taken back by later ones"
    )
    settings = case / "paradero.toml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace("scope = ", "scope = 'Other.' # "), encoding="utf-8"
    )
    assert "settings" in answers(case)["found"]


def test_an_answer_that_cannot_be_asked_for_again_is_named(tmp_path: Path) -> None:
    """What it was asked of is no longer there."""
    assert said(tmp_path, "new", "case", "--from", "cecot-2025").code == 0
    case = tmp_path / "case"
    assert said(case, "balance", "--without", "WOLA analyst", "--keep").code == 2
    for path in (case / "balances").iterdir():
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("WOLA analyst", "WOLA"), encoding="utf-8")
    found = answers(case)
    assert found["failed"]
    (kept,) = (case / "kept").iterdir()
    assert found["found"].startswith(f"the answer kept as kept/{kept.name} cannot be asked for again. ")
    assert "WOLA analyst" in found["found"]


def test_an_answer_that_nobody_logged_fails(one: Path) -> None:
    path = next((one / "kept").glob("cost-*.json"))
    forged = path.with_name("cost-abcdefabcdef.json")
    forged.write_bytes(path.read_bytes().replace(b"164", b"999"))
    try:
        found = answers(one)
        assert (found["failed"], "no entry of the log names it" in found["found"]) == (True, True)
    finally:
        forged.unlink()


def test_an_answer_is_not_kept_over_another(one: Path) -> None:
    path = next((one / "kept").glob("cost-*.json"))
    whole = path.read_bytes()
    try:
        path.write_bytes(whole + b" ")
        heard = said(one, "costs", "list", "saving", "--with", "bed-rate-fy2023", "--keep")
        assert (heard.code, "not the answer that was kept" in heard.err) == (1, True)
    finally:
        path.write_bytes(whole)


def test_a_casefile_of_files_alone_is_verified(tmp_path: Path) -> None:
    assert said(tmp_path, "new", "case").code == 0
    (tmp_path / "case" / "balances").mkdir()
    (tmp_path / "case" / "balances" / "b.toml").write_text("", encoding="utf-8")
    checks = [found.check for found in paradero.verify(Casefile(tmp_path / "case")).checks]
    assert checks == [
        "log",
        "originals",
        "bytes",
        "authored files",
        "documents",
        "positions",
        "audits",
        "answers",
    ]


def test_there_is_one_verification_and_the_command_runs_it(one: Path) -> None:
    source = Path(paradero.__file__).parent
    defined = [
        path.name
        for path in sorted(source.rglob("*.py"))
        if "\ndef verify(case" in path.read_text(encoding="utf-8")
    ]
    assert defined == ["verifying.py"]
    for options, quick in (((), False), (("--quick",), True)):
        told = said(one, "verify", *options, "--json").json["checks"]
        assert [each["check"] for each in told] == [
            each.check for each in paradero.verify(Casefile(one), quick=quick).checks
        ]
        assert ("answers" in [each["check"] for each in told]) is not quick
