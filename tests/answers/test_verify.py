"""`verify` exits 2 on each kind of tampering, and only then; settings and folders that are wrong are one
sentence.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from attack.scale import draws
from casefile.made import Said, original, said

from paradero.building import receipts
from paradero.building.adding import add
from paradero.building.building import build
from paradero.casefile.folder import Casefile


def _folder(case: Casefile) -> Path:
    found = receipts.current(case)
    assert found is not None
    return found[0]


def _rewrite(path: Path) -> None:
    """Leave out the last row of a Parquet file."""
    table = pq.read_table(path)
    pq.write_table(table.slice(0, table.num_rows - 1), path)


def _edit_receipt(case: Casefile, change: Callable[[dict], None]) -> None:  # type: ignore[type-arg]
    path = _folder(case) / "receipt.json"
    content = json.loads(path.read_text())
    change(content)
    path.write_text(json.dumps(content))


def _append(path: Path) -> None:
    path.chmod(0o644)
    path.write_bytes(path.read_bytes() + b"\n")


TAMPERED: dict[str, Callable[[Casefile], None]] = {
    "a table": lambda case: _rewrite(_folder(case) / "unaccounted.parquet"),
    "a given table": lambda case: _rewrite(_folder(case) / "reasons.parquet"),
    "a table gone": lambda case: (_folder(case) / "chains.parquet").unlink(),
    "a table that is none": lambda case: (_folder(case) / "chains.parquet").write_bytes(b"junk"),
    "an original": lambda case: _append(next(case.sources.iterdir())),
    "ingested rows": lambda case: _rewrite(next(case.ingested.glob("*/rows-detentions-1.parquet"))),
    "ingested cells": lambda case: _rewrite(next(case.ingested.glob("*/cells-0.parquet"))),
    "rejects gone": lambda case: next(case.ingested.glob("*/rejects.parquet")).unlink(),
    "a report": lambda case: _append(next(case.ingested.glob("*/report.json"))),
    "rows put in": lambda case: shutil.copyfile(*_two_files(case)),
    "rows for a kind that has none": lambda case: shutil.copyfile(
        next(case.ingested.glob("*/rows-arrests-0.parquet")), _folder(case) / "empty-removals.parquet"
    ),
    "the digest": lambda case: _edit_receipt(case, lambda receipt: receipt.update(digest="0" * 64)),
    "a count in the receipt": lambda case: _edit_receipt(
        case, lambda receipt: receipt["tables"][9].update(rows=10**6)
    ),
    "a source in the receipt": lambda case: _edit_receipt(
        case, lambda receipt: receipt["sources"][0].update(file_name="other.xlsx")
    ),
    "the scope in the receipt": lambda case: _edit_receipt(
        case, lambda receipt: receipt["settings"].update(scope="Everybody.")
    ),
    "settings in the receipt": lambda case: _edit_receipt(
        case, lambda receipt: receipt["settings"]["settings"].update(gap_hours=1.0)
    ),
    "the pointer": lambda case: (case.build / "current").write_text("elsewhere\n"),
    "the log": lambda case: case.log.write_bytes(case.log.read_bytes().replace(b"xlsx", b"xlsm", 1)),
    "no log": lambda case: case.log.unlink(),
}


def _two_files(case: Casefile) -> tuple[Path, Path]:
    here = next(case.ingested.glob("*/rows-detentions-0.parquet"))
    return here, here.with_name("rows-detentions-9.parquet")


@pytest.mark.parametrize("what", TAMPERED)
def test_tampering_is_found(case: Casefile, what: str) -> None:
    """By the bytes alone, which are held against hashes before anything is made once more."""
    TAMPERED[what](case)
    heard = said(case.root, "verify", "--quick", "--json")
    assert heard.code == 2, heard.out
    assert heard.json["verified"] is False


# everything is made once more: in the suite only for the first
@pytest.mark.parametrize("what", list(TAMPERED)[: draws(1, len(TAMPERED))])
def test_tampering_is_found_by_the_whole_verification(case: Casefile, what: str) -> None:
    TAMPERED[what](case)
    heard = said(case.root, "verify", "--json")
    assert heard.code == 2, heard.out
    assert heard.json["verified"] is False
    if what == "a table":
        (tables,) = (check for check in heard.json["checks"] if check["check"] == "tables")
        assert (tables["failed"], tables["found"]) == (
            True,
            "the table unaccounted is not what was built: delete build/ and build again",
        )


def test_text_names_what_failed(case: Casefile) -> None:
    _append(next(case.sources.iterdir()))
    heard = said(case.root, "verify", "--quick")
    assert re.search(r"^ *FAILED originals: ", heard.out, re.MULTILINE), heard.out


def test_an_older_build_verifies_and_says_that_it_is_older(case: Casefile, fabricated: Path) -> None:
    add(case, original(fabricated, "Removals"))
    heard = said(case.root, "verify", "--json")
    assert heard.code == 0
    assert {check["check"]: check["found"] for check in heard.json["checks"]}[
        "up to date"
    ] == "the build is older than the sources: run `paradero build`"


SETTINGS = {
    "gap_hours = 24.0": [
        "gap_hours = -1",
        "gap_hours = nan",
        "gap_hours = inf",
        'gap_hours = "x"',
        "gap_hours = ",
        "gap_hour = 3",
    ],
    "longest_open_until = 2026-03-10T23:59:59": [
        "longest_open_until = 2026-03-10T23:59:59Z",
        'longest_open_until = "soon"',
        "longest_open_until = 2026-03-10",
    ],
    'title = "Fabricated"': [
        "title = 3",
        "",
        'title = "a',
        "titel = 'x'",
        "\x00",
        '[releases."R"]\nreleased_at = 2026-01-01T00:00:00+02:00',
        "[releases.R]",
    ],
}


@pytest.mark.parametrize(
    ("right", "wrong"), [(right, wrong) for right, wrongs in SETTINGS.items() for wrong in wrongs]
)
def test_a_mistake_in_the_settings_is_told_with_its_line(case: Casefile, right: str, wrong: str) -> None:
    settings = case.root / "paradero.toml"
    settings.write_text(settings.read_text().replace(right, wrong))
    for command in ("build", "status"):
        heard = said(case.root, command)
        assert heard.code == 1
        assert heard.err.startswith(f"paradero: {settings} line ")
        assert all(
            line.startswith(f"{settings} line ") and re.search(r"\. [A-Z]", line)
            for line in heard.err.removeprefix("paradero: ").splitlines()
        )


def test_settings_that_are_not_utf8(case: Casefile) -> None:
    (case.root / "paradero.toml").write_bytes(b'title = "\xff"\n')
    assert said(case.root, "status").code == 1


OBSTACLES: dict[str, tuple[Callable[[Casefile], object], list[str]]] = {
    "no settings": (lambda case: (case.root / "paradero.toml").unlink(), ["status", "build", "verify"]),
    "the log a folder": (lambda case: (case.log.unlink(), case.log.mkdir()), ["status", "build"]),
    "the lock a folder": (
        lambda case: ((case.root / ".lock").unlink(missing_ok=True), (case.root / ".lock").mkdir()),
        ["build"],
    ),
    "the build a file": (
        lambda case: (shutil.rmtree(case.build), case.build.write_text("x")),
        ["status", "build", "conflicts"],
    ),
}


@pytest.mark.parametrize("what", OBSTACLES)
def test_what_is_in_the_way_is_one_sentence(case: Casefile, what: str) -> None:
    obstruct, commands = OBSTACLES[what]
    obstruct(case)
    for command in commands:
        heard = said(case.root, command)
        assert (heard.code, heard.err.count("\n")) == (1, 1), heard
        assert heard.err.startswith("paradero: ")


COMMANDS = """
import dataclasses, json, sys
from pathlib import Path
from casefile.made import said
json.dump([dataclasses.astuple(said(Path.cwd(), *each)) for each in json.loads(sys.argv[1])], sys.stdout)
"""


def read_only(case: Casefile, *commands: list[str]) -> list[Said]:
    """Run commands, one after the other in one process, in a casefile that nobody can write to: root needs a
    mount for that.
    """
    script = case.root.parent / "commands.py"  # in a file: DuckDB shows its progress where none is named
    script.write_text(COMMANDS, encoding="utf-8")
    program = [sys.executable, str(script), json.dumps(commands)]
    if os.geteuid() != 0:
        for path in (case.root, *case.root.rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)
    else:
        mounted = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && cd "$0" && exec "$@"'
        program = ["unshare", "-m", "sh", "-c", mounted, str(case.root), *program]
    done = subprocess.run(
        program,
        cwd=case.root,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    if os.geteuid() == 0 and not done.stdout and ("mount" in done.stderr or "unshare" in done.stderr):
        pytest.skip("this machine lets nobody mount")
    assert done.returncode == 0, done.stderr
    return [Said(*each) for each in json.loads(done.stdout)]


def test_a_casefile_that_can_only_be_read(case: Casefile, fabricated: Path) -> None:
    reading = [["status"], ["verify"], ["unaccounted"], ["headcount", "--definition", "uwchr"]]
    writing = [
        ["build"],
        ["add", str(original(fabricated, "Removals"))],
        ["new", "inside"],
        ["export", "stays", "-o", "stays.csv"],
    ]
    found = read_only(case, *reading, *writing)
    for arguments, heard in zip(reading, found[: len(reading)], strict=True):
        assert heard.code == 0, (arguments, heard)
    for arguments, heard in zip(writing, found[len(reading) :], strict=True):
        assert heard.code == 1, (arguments, heard)
        assert heard.err.startswith("paradero: ")
        assert heard.err.count("\n") == 1
    assert build(case)[1] is False
