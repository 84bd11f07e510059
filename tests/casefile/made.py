"""Small casefiles of fabricated records, made once a session and copied for each test, and the command line
run in this process or its own.
"""

from __future__ import annotations

import contextlib
import fcntl
import functools
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
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
SHARED = "PARADERO_TESTS_SHARED"  # where the workers of a session keep what each of them needs


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


def _once(name: str, make: Callable[[Path], None]) -> Path:
    """A folder of that name made by the first worker that needs it, in full: the others wait for it, and each
    has a copy of its own.
    """
    own = Path(_scratch().name) / name
    if SHARED not in os.environ:  # outside a session of tests there is nobody to share with
        make(own)
        return own
    first = Path(os.environ[SHARED]) / name
    with first.with_name(f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not first.exists():
            make(own)
            half = first.with_name(f"{name}.half")
            shutil.rmtree(half, ignore_errors=True)
            shutil.copytree(own, half)
            half.rename(first)
    if not own.exists():
        shutil.copytree(first, own)
    return own


@functools.cache
def _fabricated() -> Path:
    return _once("fabricated", lambda folder: write_release(folder, rows=300, seed=3, format="xlsx"))


@functools.cache
def _built(*words: str) -> Casefile:
    """Three folders of tests share it: a fixture that each of them imports would be made three times."""

    def make(folder: Path) -> None:
        case = create(folder, title="Fabricated", scope="Nobody in these records exists.")
        for word in words:
            add(case, original(_fabricated(), word), release=RELEASE)
        build(case)
        with_held_cases(case)

    return Casefile(_once("-".join(words), make))


def new_reference(to: Path) -> Casefile:
    """The reference case as `new --from cecot-2025` makes it, already balanced, checked and audited once a
    session: of this test alone.
    """
    return copied(_reference(), to)


@functools.cache
def _reference() -> Casefile:

    def make(folder: Path) -> None:
        case = create_from(folder, "cecot-2025")
        for arguments in (("balance",), ("claims", "check"), ("audit",)):
            assert said(case.root, *arguments).code in (0, 2)

    return Casefile(_once("reference", make))


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

    def make(folder: Path) -> None:
        folder.mkdir()
        rules = list(built_in_rules().values())
        assert not any(found.wrong for found in try_rules(rules, kept_in=folder / "held"))

    return _once("worked-cases", make) / "held"


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
