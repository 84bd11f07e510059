"""Small casefiles of fabricated records, made once a session and copied for each test, and the command line
run in this process or its own.
"""

from __future__ import annotations

import contextlib
import functools
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from paradero.answers.law.law_files import try_rules
from paradero.building.adding import add
from paradero.building.building import build
from paradero.casefile.examples import create_from
from paradero.casefile.folder import Casefile, create
from paradero.cli.main import run
from paradero.law.rules import built_in_rules
from paradero.synthetic import write_release

COMMAND = str(Path(sys.executable).parent / "paradero")
RELEASE = "FABRICATED"


@dataclass(frozen=True)
class Said:
    """What a command said and the code it ended with."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@contextlib.contextmanager
def inside(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def said(folder: Path, *arguments: str) -> Said:
    """Run a command in this process, in a folder."""
    out, err = io.StringIO(), io.StringIO()
    with inside(folder), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run(list(arguments))
    return Said(code, out.getvalue(), err.getvalue())


def spawned(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    """Start a command in a process of its own, in a folder."""
    return subprocess.Popen(
        [COMMAND, *arguments], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def copied(case: Casefile, to: Path) -> Casefile:
    shutil.copytree(case.root, to)
    return Casefile(to)


def state(case: Casefile) -> dict[str, bytes]:
    """Every file of a casefile but the lock, by its path."""
    return {
        str(path.relative_to(case.root)): path.read_bytes()
        for path in sorted(case.root.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }


def original(fabricated: Path, word: str) -> Path:
    """The fabricated file with that word in its name."""
    return next(path for path in sorted(fabricated.iterdir()) if word in path.name)


@functools.cache
def _scratch() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="paradero-tests-")


@functools.cache
def _fabricated() -> Path:
    folder = Path(_scratch().name) / "fabricated"
    write_release(folder, rows=300, seed=3, format="xlsx")
    return folder


@functools.cache
def _built(*words: str) -> Casefile:
    """Three folders of tests share it: a fixture that each of them imports would be made three times."""
    case = create(
        Path(_scratch().name) / "-".join(words), title="Fabricated", scope="Nobody in these records exists."
    )
    for word in words:
        add(case, original(_fabricated(), word), release=RELEASE)
    build(case)
    with_held_cases(case)
    return case


def new_reference(to: Path) -> Casefile:
    """The reference case as `new --from cecot-2025` makes it, already balanced, checked and audited once a
    session: of this test alone.
    """
    return copied(_reference(), to)


@functools.cache
def _reference() -> Casefile:
    case = create_from(Path(_scratch().name) / "reference", "cecot-2025")
    for arguments in (("balance",), ("claims", "check"), ("audit",)):
        assert said(case.root, *arguments).code in (0, 2)
    return case


def with_held_cases(case: Casefile) -> Casefile:
    """Keep in a casefile, as its first audit does, that the worked cases of paradero's own rules hold: run
    once a session, not once for each casefile.
    """
    held = case.build / "audits" / "worked-cases"
    held.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(_held(), held)
    return case


@functools.cache
def _held() -> Path:
    path = Path(_scratch().name) / "worked-cases"
    assert not any(found.wrong for found in try_rules(list(built_in_rules().values()), kept_in=path))
    return path


@pytest.fixture(scope="session")
def fabricated() -> Path:
    """A folder with a fabricated release of 300 rows: detentions, arrests, removals, facilities, a
    facility-day table.
    """
    return _fabricated()


@pytest.fixture(scope="session")
def small() -> Casefile:
    """A built casefile of detentions and arrests; copy it before changing it."""
    return _built("Detentions", "Arrests")


@pytest.fixture(scope="session")
def whole() -> Casefile:
    """A built casefile of all files; tests only read it."""
    return _built("Detentions", "Arrests", "Removals", "Facilities", "Facility_Days")


@pytest.fixture
def case(small: Casefile, tmp_path: Path) -> Casefile:
    """A built casefile of detentions and arrests, for this test alone."""
    return copied(small, tmp_path / "case")
