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

import paradero

SOURCE = Path(paradero.__file__).parent
MENTIONED = "The first year was priced at $4.76 million."


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

    def said(self, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = "import sys; from paradero.cli.main import run; sys.exit(run(sys.argv[1:]))"
        return subprocess.run(
            [sys.executable, "-c", command, *arguments],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(self.root.parent)},
            capture_output=True,
            text=True,
            check=False,
        )

    def json(self, folder: Path, *arguments: str) -> Any:
        done = self.said(folder, *arguments, "--json")
        assert done.returncode in (0, 2), done.stderr
        return json.loads(done.stdout)


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path / "checkout")


def test_a_build_by_other_code_answers_nothing_until_it_is_built_again(
    checkout: Checkout, tmp_path: Path
) -> None:
    assert checkout.said(tmp_path, "new", "case").returncode == 0
    case = tmp_path / "case"
    shutil.copy(SOURCE / "sources" / "ice_detentions" / "sample.csv", case)
    assert checkout.said(case, "add", "sample.csv").returncode == 0
    assert checkout.said(case, "build").returncode == 0
    first = {folder.name for folder in (case / "build" / "ingested").iterdir()}
    assert "2025-03-01 20:40" in checkout.said(case, "person", "0a1b2c").stdout

    checkout.change(
        "sources/values/dates.py",
        "THEN try_cast(t AS TIMESTAMP) ",
        "THEN try_cast(t AS TIMESTAMP) + INTERVAL 1 DAY ",
    )
    stale = checkout.said(case, "person", "0a1b2c")
    assert (stale.returncode, stale.stdout) == (1, "")
    assert (
        "was built by other code than that of this version of paradero. Run `paradero build`." in stale.stderr
    )
    state = checkout.json(case, "status")
    assert state["build"] == "older than the code of this version: run `paradero build`"
    assert state["releases"] == []

    assert checkout.said(case, "build").returncode == 0
    assert not first & {entry["folder"] for entry in receipt(case)["sources"]}
    assert "2025-03-02 20:40" in checkout.said(case, "person", "0a1b2c").stdout
    assert "nothing changed since the last build" in checkout.said(case, "build").stdout

    before = {table["name"]: table for table in receipt(case)["tables"]}
    checkout.change("custody/stays/stays.sql", "-- stays: ", "-- stays: in other words, ")
    assert checkout.said(case, "person", "0a1b2c").returncode == 0
    checkout.change("custody/people/unaccounted.sql", "\nSELECT", "\n\nSELECT")
    assert checkout.said(case, "person", "0a1b2c").returncode == 1
    assert checkout.said(case, "build").returncode == 0
    after = {table["name"]: table for table in receipt(case)["tables"]}
    others = {name for name in before if before[name]["key"] != after[name]["key"]}
    assert "unaccounted" in others
    assert not others & {"stints", "stays", "chains", "persons", "releases"}


def receipt(case: Path) -> dict[str, Any]:
    name = (case / "build" / "current").read_text(encoding="ascii").strip()
    found: dict[str, Any] = json.loads((case / "build" / name / "receipt.json").read_bytes())
    return found


def test_audits_balances_and_mentions_are_worked_out_anew(checkout: Checkout, tmp_path: Path) -> None:
    assert checkout.said(tmp_path, "new", "case", "--from", "cecot-2025").returncode == 0
    case = tmp_path / "case"
    (case / "said.txt").write_text(MENTIONED, encoding="utf-8")
    assert checkout.said(case, "add", "said.txt").returncode == 0
    ways = checkout.json(case, "balance")["ways"]
    (amount,) = checkout.json(case, "documents", "mentions")["rows"]
    judged = checkout.json(case, "audit")["summary"]
    assert sum(row["not_bound"] for row in judged) > 0

    checkout.change("balance/balancing.py", "n_ways, at_once = 1, False", "n_ways, at_once = 70, False")
    checkout.change("building/document_tables.py", "else float(value)", "else float(value) * 2")
    checkout.change(
        "answers/verdicts/judging.py",
        "judge_events(connection).sql_query()",
        'judge_events(connection).filter("false").sql_query()',
    )
    assert checkout.json(case, "balance")["ways"] == 70 * ways
    (again,) = checkout.json(case, "documents", "mentions")["rows"]
    assert again["lo"] == 2 * amount["lo"]
    assert sum(row["not_bound"] for row in checkout.json(case, "audit")["summary"]) == 0

    checkout.change(
        "law/steps/order_verdicts.sql",
        "verdict_of(is_bound, in_force, is_shown) AS verdict",
        "'complied' AS verdict",
    )
    refused = checkout.said(case, "audit")
    assert refused.returncode == 1
    assert "Worked cases fail, so nothing was judged" in refused.stderr
