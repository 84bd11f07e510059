"""What `paradero --help` lists, on 80 columns; old spellings with a note; completion of names by a shell."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from casefile.made import COMMAND, new_reference, said

from paradero.casefile.folder import Casefile
from paradero.cli.main import app
from paradero.cli.menu import menu
from paradero.cli.old_spellings import COMMANDS, LISTED_ALONE, OPTIONS, respelled


def helped(*words: str) -> list[str]:
    environment = {**os.environ, "COLUMNS": "80"}
    done = subprocess.run(
        [COMMAND, *words, "--help"], env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()


def test_every_command_is_in_one_group_and_fits_80_columns() -> None:
    root = typer.main.get_command(app)
    listed = [name for commands in menu().groups.values() for name in commands]
    assert sorted(listed) == sorted(root.commands)  # type: ignore[attr-defined]
    lines = helped()
    assert max(map(len, lines)) <= 80
    for title, commands in menu().groups.items():
        place = lines.index(f"{title}:")
        for name, summary in commands.items():
            assert any(re.fullmatch(rf"  {name} +{re.escape(summary)}", line) for line in lines[place:]), name


def test_every_verb_is_listed() -> None:
    root = typer.main.get_command(app)
    with_verbs = {
        name: sorted(command.commands)
        for name, command in root.commands.items()
        if hasattr(command, "commands")
    }  # type: ignore[attr-defined]
    assert with_verbs == {name: sorted(verbs) for name, verbs in menu().verbs.items()}
    told = "\n".join(helped("flights"))
    assert all(f"  {verb}" in told for verb in menu().verbs["flights"])


def test_a_summary_is_short_and_begins_with_a_verb() -> None:
    found = [*menu().groups.values(), *menu().verbs.values()]
    for summary in (summary for commands in found for summary in commands.values()):
        assert len(summary) <= 60
        assert not summary.endswith(".")
        assert summary[0].isupper()
        assert summary.split()[0].lower() not in ("the", "a", "an", "what", "which")


@pytest.mark.parametrize(
    ("typed", "meant", "n_notes"),
    [
        (["cost", "saving", "--json"], ["costs", "list", "saving", "--json"], 1),
        (["--case", "cost", "cost"], ["--case", "cost", "costs", "list"], 1),
        (["rules", "--rules", "x", "--json"], ["rules", "list", "--rules-from", "x", "--json"], 2),
        (["rules", "test", "--rules=x"], ["rules", "test", "--rules-from=x"], 1),
        (["documents"], ["documents", "list"], 1),
        (["documents", "--help"], ["documents", "--help"], 0),
        (["audit", "--rule", "a", "--trust", "sworn"], ["audit", "--only", "a", "--evidence", "sworn"], 2),
        (["audit", "--only", "a"], ["audit", "--only", "a"], 0),
        (["person", "--", "--trust"], ["person", "--", "--trust"], 0),
        (["person", "--rule"], ["person", "--rule"], 0),
        ([], [], 0),
        (["--version"], ["--version"], 0),
    ],
)
def test_old_spellings_mean_the_new(typed: list[str], meant: list[str], n_notes: int) -> None:
    found, notes = respelled(typed)
    assert (found, len(notes)) == (meant, n_notes)
    assert respelled(meant) == (meant, [])


def test_old_spellings_give_the_same_answer_and_a_note_beside_it(tmp_path: Path) -> None:
    new_reference(tmp_path / "case")
    cecot = tmp_path / "case"
    for old, new in (
        (("cost", "--json"), ("costs", "list", "--json")),
        (("rules", "--csv"), ("rules", "list", "--csv")),
        (("balance", "--trust", "sworn", "--json"), ("balance", "--evidence", "sworn", "--json")),
    ):
        before, now = said(cecot, *old), said(cecot, *new)
        assert (before.code, before.out, now.err) == (now.code, now.out, "")
        assert "is now" in before.err


def test_every_new_spelling_exists() -> None:
    root = typer.main.get_command(app)
    for noun, verb in COMMANDS.values():
        assert verb in root.commands[noun].commands  # type: ignore[attr-defined]
    assert all("list" in root.commands[noun].commands for noun in LISTED_ALONE)  # type: ignore[attr-defined]
    for name, options in OPTIONS.items():
        command = root.commands[name]  # type: ignore[attr-defined]
        below = getattr(command, "commands", {"": command}).values()
        spelt = {opt for each in below for parameter in each.params for opt in parameter.opts}
        assert set(options.values()) <= spelt, name
        assert not set(options) & spelt, name


def test_a_shell_completes_commands(whole: Casefile) -> None:
    environment = {
        **os.environ,
        "_PARADERO_COMPLETE": "complete_bash",
        "COMP_WORDS": "paradero unac",
        "COMP_CWORD": "1",
    }
    done = subprocess.run(
        [COMMAND], env=environment, cwd=whole.root, capture_output=True, text=True, check=False
    )
    assert done.stdout.split() == ["unaccounted"]


def test_help_starts_without_the_engine() -> None:
    code = (
        "import sys; from paradero.cli.main import run; run(['--help']); "
        "print([name for name in ('duckdb', 'pyarrow', 'numpy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
