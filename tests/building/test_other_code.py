"""A stale answer is impossible: the code below what is kept is changed in a copy of paradero, as a checkout
is between two commands, and whatever is asked next is worked out by the code as it now is, or refused.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from attack.scale import at_length
from casefile.made import Said

import paradero
from paradero.casefile.examples import create_from
from paradero.casefile.folder import create

SOURCE = Path(paradero.__file__).parent
MENTIONED = "The first year was priced at $4.76 million."


COMMANDS = """
import contextlib, io, json, sys
from paradero.cli.main import run
said = []
for command in sys.argv[1:]:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run(command.split())
    said.append((code, out.getvalue(), err.getvalue()))
json.dump(said, sys.stdout)
"""


class Checkout:
    """A copy of paradero that is changed between commands, each of which is a process of its own."""

    def __init__(self, root: Path) -> None:
        self.root = Path(
            shutil.copytree(SOURCE, root / "paradero", ignore=shutil.ignore_patterns("__pycache__"))
        )

    def change(self, file: str, old: str, new: str) -> None:
        path = self.root / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{file} has `{old}` {text.count(old)} times"
        # what Python compiled of a file counts by its size and second
        assert len(new) != len(old)
        path.write_text(text.replace(old, new), encoding="utf-8")

    def said(self, folder: Path, *commands: str) -> list[Said]:
        """What commands say, one after the other in one process of this code."""
        script = self.root.parent / "commands.py"  # in a file: DuckDB shows its progress where none is named
        script.write_text(COMMANDS, encoding="utf-8")
        done = subprocess.run(
            [sys.executable, str(script), *commands],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(self.root.parent)},
            capture_output=True,
            text=True,
            check=True,
        )
        return [Said(*each) for each in json.loads(done.stdout)]

    def json(self, folder: Path, *commands: str) -> list[Any]:
        found = self.said(folder, *(f"{command} --json" for command in commands))
        assert {each.code for each in found} <= {0, 2}, found
        return [each.json for each in found]


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path / "checkout")


def test_a_build_by_other_code_answers_nothing_until_it_is_built_again(
    checkout: Checkout, tmp_path: Path
) -> None:
    case = create(tmp_path / "case").root
    shutil.copy(SOURCE / "sources" / "ice_detentions" / "sample.csv", case)
    *done, person = checkout.said(case, "add sample.csv", "build", "person 0a1b2c")
    assert [each.code for each in done] == [0, 0]
    first = {folder.name for folder in (case / "build" / "ingested").iterdir()}
    assert "2025-03-01 20:40" in person.out

    checkout.change(
        "sources/values/dates.py",
        "THEN try_cast(t AS TIMESTAMP) ",
        "THEN try_cast(t AS TIMESTAMP) + INTERVAL 1 DAY ",
    )
    stale, status, built, person, again = checkout.said(
        case, "person 0a1b2c", "status --json", "build", "person 0a1b2c", "build"
    )
    assert (stale.code, stale.out) == (1, "")
    assert "was built by other code than that of this version of paradero. Run `paradero build`." in stale.err
    assert status.json["build"] == "older than the code of this version: run `paradero build`"
    assert status.json["releases"] == []

    assert built.code == 0
    assert not first & {entry["folder"] for entry in receipt(case)["sources"]}
    assert "2025-03-02 20:40" in person.out
    assert "nothing changed since the last build" in again.out

    before = {table["name"]: table for table in receipt(case)["tables"]}
    checkout.change("custody/stays/stays.sql", "-- stays: ", "-- stays: in other words, ")
    assert [each.code for each in checkout.said(case, "person 0a1b2c")] == [0]
    checkout.change("custody/people/unaccounted.sql", "\nSELECT", "\n\nSELECT")
    assert [each.code for each in checkout.said(case, "person 0a1b2c", "build")] == [1, 0]
    after = {table["name"]: table for table in receipt(case)["tables"]}
    others = {name for name in before if before[name]["key"] != after[name]["key"]}
    assert "unaccounted" in others
    assert not others & {"stints", "stays", "chains", "persons", "releases"}


def receipt(case: Path) -> dict[str, Any]:
    name = (case / "build" / "current").read_text(encoding="ascii").strip()
    found: dict[str, Any] = json.loads((case / "build" / name / "receipt.json").read_bytes())
    return found


@at_length  # the suite has each module changed in turn, and the keys looked at: contract/test_fingerprint.py
def test_audits_balances_and_mentions_are_worked_out_anew(checkout: Checkout, tmp_path: Path) -> None:
    case = create_from(tmp_path / "case", "cecot-2025").root
    (case / "said.txt").write_text(MENTIONED, encoding="utf-8")
    asked = ("balance", "documents mentions", "audit")
    assert [each.code for each in checkout.said(case, "add said.txt")] == [0]
    balance, mentions, audit = checkout.json(case, *asked)
    (amount,) = mentions["rows"]
    assert sum(row["not_bound"] for row in audit["summary"]) > 0

    checkout.change("balance/balancing.py", "n_ways, at_once = 1, False", "n_ways, at_once = 70, False")
    checkout.change("building/document_tables.py", "else float(value)", "else float(value) * 2")
    checkout.change(
        "answers/verdicts/judging.py",
        "judge_events(connection).sql_query()",
        'judge_events(connection).filter("false").sql_query()',
    )
    anew, mentions, audit = checkout.json(case, *asked)
    assert anew["ways"] == 70 * balance["ways"]
    (again,) = mentions["rows"]
    assert again["lo"] == 2 * amount["lo"]
    assert sum(row["not_bound"] for row in audit["summary"]) == 0

    checkout.change(
        "law/steps/order_verdicts.sql",
        "verdict_of(is_bound, in_force, is_shown) AS verdict",
        "'complied' AS verdict",
    )
    (refused,) = checkout.said(case, "audit")
    assert refused.code == 1
    assert "Worked cases fail, so nothing was judged" in refused.err
