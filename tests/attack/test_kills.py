"""Killed at any instant, an act counts once or not at all. The oracle reads the log as JSON and the files as
bytes, and knows nothing of how they are written.

Each act runs in a process of its own that is killed before its Nth call of the system for renaming, writing
or truncating: instants at which the disk could look different, fifty of each act at length, in the suite the middle one
of one act and the last of the next.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import pytest
from casefile.made import RELEASE, copied, original, said

from attack.scale import draws
from paradero.casefile.folder import Casefile

# Forks a process for each act, so that what they import is imported once; no thread runs and no database is
# open before the fork. The process kills itself before the Nth thing it does to a file: opening one to write,
# renaming, removing, making a folder, truncating.
FORKS = """
import json, os, signal, sys
import paradero, pyarrow.parquet
from paradero.cli.main import run
for name in paradero.__all__:
    getattr(paradero, name)
WATCHED = ("open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "shutil.rmtree", "os.truncate", "os.link")
def act(wanted, folder, arguments):
    seen = 0
    def watch(event, details):
        nonlocal seen
        if event not in WATCHED or (event == "open" and not (isinstance(details[2], int) and details[2] & (os.O_WRONLY | os.O_RDWR))):
            return
        seen += 1
        if seen == wanted:
            os.kill(os.getpid(), signal.SIGKILL)
    os.chdir(folder)
    for stream, name in ((1, "out"), (2, "err")):
        os.dup2(os.open(folder + "." + name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), stream)
    sys.addaudithook(watch)
    code = run(arguments)
    print("CALLS", seen, flush=True)
    os._exit(code)
for line in sys.stdin:
    child = os.fork()
    if not child:
        act(*json.loads(line))
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""

Ran = Callable[[Path, int, tuple[str, ...]], tuple[int, str, str]]


@pytest.fixture(scope="module")
def ran() -> Iterator[Ran]:
    """Run a command in a process of its own, killed before its Nth call or not at all (0): its exit code,
    what it wrote, and its errors.
    """
    with subprocess.Popen(
        [sys.executable, "-c", FORKS], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as forks:
        assert forks.stdin is not None
        assert forks.stdout is not None

        def run(root: Path, wanted: int, arguments: tuple[str, ...]) -> tuple[int, str, str]:
            print(json.dumps([wanted, str(root), list(arguments)]), file=forks.stdin, flush=True)
            code = int(forks.stdout.readline())
            return code, *(
                root.with_name(f"{root.name}.{stream}").read_text(encoding="utf-8")
                for stream in ("out", "err")
            )

        yield run
        forks.stdin.close()


@dataclass(frozen=True)
class Act:
    """A command, the act it logs, and what tells that it was done, from the files alone."""

    arguments: tuple[str, ...]
    act: str
    done: Callable[[Path], bool]


def _entries(root: Path) -> list[dict[str, object]]:
    lines = (root / "log.jsonl").read_bytes().split(b"\n") if (root / "log.jsonl").exists() else []
    return [json.loads(line) for line in lines[:-1]]


def _count(root: Path, act: str, before: int) -> int:
    return sum(entry["act"] == act for entry in _entries(root)[before:])


@pytest.fixture(scope="module")
def acts(fabricated: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Act]:
    folder = tmp_path_factory.mktemp("given")
    graph = folder / "graph.ftm.json"
    graph.write_text(
        json.dumps({"id": "c1", "schema": "Company", "properties": {"name": ["Example Air"]}}) + "\n",
        encoding="utf-8",
    )
    removals = original(fabricated, "Removals")
    sha = hashlib.sha256(removals.read_bytes()).hexdigest()
    return {
        "add": Act(
            ("add", str(removals), "--release", RELEASE),
            "add",
            lambda root: any(path.name.startswith(sha) for path in (root / "sources").iterdir()),
        ),
        "import": Act(
            ("companies", "import", str(graph)),
            "import companies",
            lambda root: any((root / "companies").glob("ftm-*.toml")),
        ),
        "keep": Act(("balance", "--keep"), "keep", lambda root: any((root / "kept").glob("balance-*.json"))),
        "build": Act(("build",), "build", lambda root: (root / "build" / "current").exists()),
        "audit": Act(
            ("audit", "--only", "two-custodians", "--limit", "1"),
            "audit",
            lambda root: any((root / "build" / "audits").glob("*/audit.json")),
        ),
    }


def _case_for(name: str, small: Casefile, tmp_path: Path) -> Casefile:
    case = copied(small, tmp_path / name)
    if name == "keep":
        shutil.copytree(
            Path(str(files("paradero") / "cases" / "cecot-2025" / "balances")), case.root / "balances"
        )
    if name == "build":
        settings = case.root / "paradero.toml"
        settings.write_text(
            settings.read_text(encoding="utf-8").replace("gap_hours = 24.0", "gap_hours = 7.0"),
            encoding="utf-8",
        )
    return case


def _instants(number: int, calls: int, *, at_most: int) -> list[int]:
    """The calls before which the act of that number is killed."""
    every = range(1, calls + 1, max(1, calls // at_most))
    return [(calls // 2, calls)[number % 2]][: draws(1, 0)] or list(every)


@pytest.mark.parametrize(("number", "name"), list(enumerate(["keep", "add", "import", "build", "audit"])))
def test_an_act_is_logged_once_whatever_instant_it_is_killed_at(
    number: int, name: str, acts: dict[str, Act], small: Casefile, tmp_path: Path, ran: Ran
) -> None:
    act = acts[name]
    whole = _case_for(name, small, tmp_path / "whole")
    before = len(_entries(whole.root))
    calls = int(ran(whole.root, 0, act.arguments)[1].rpartition("CALLS ")[2])
    assert _count(whole.root, act.act, before) == 1
    assert calls > 3
    for wanted in _instants(number, calls, at_most=50):
        case = _case_for(name, small, tmp_path / f"killed-{wanted}")
        assert ran(case.root, wanted, act.arguments)[0] == -9
        logged = _count(case.root, act.act, before)
        assert logged <= 1
        again = said(case.root, *act.arguments)  # the same command, left alone
        assert again.code in (0, 2), again.err
        assert _count(case.root, act.act, before) == 1, f"killed before call {wanted} of {calls}"
        assert act.done(case.root)
        verified = said(case.root, "verify", "--quick")
        assert verified.code == 0, f"killed before call {wanted}: {verified.out}"
        assert [
            path
            for path in case.root.rglob("*")
            if path.name.endswith("paradero-half") or path.parent.name == ".pending"
        ] == []


@pytest.mark.parametrize("name", ["import", "keep", "audit"])
def test_what_the_log_names_is_put_in_place_and_not_done_again(
    name: str, acts: dict[str, Act], small: Casefile, tmp_path: Path
) -> None:
    """As if the process had been killed between the log and the rename."""
    act = acts[name]
    case = _case_for(name, small, tmp_path)
    before = len(_entries(case.root))
    assert said(case.root, *act.arguments).code in (0, 2)
    what = next(entry["what"] for entry in _entries(case.root)[before:] if entry["act"] == act.act)
    assert isinstance(what, dict)
    written = case.root / what["written"]
    (case.root / ".pending").mkdir(exist_ok=True)
    written.rename(case.root / ".pending" / what["written_sha256"])
    assert said(case.root, *act.arguments).code in (0, 2)
    assert _count(case.root, act.act, before) == 1
    assert act.done(case.root)


def test_a_decision_on_a_mention_is_logged_once(tmp_path: Path, ran: Ran) -> None:
    assert said(tmp_path, "new", "case").code == 0
    letter = tmp_path / "letter.txt"
    letter.write_text(
        "On 15 March 2025 the ministry said that 238 people were flown out.\n", encoding="utf-8"
    )
    said(tmp_path / "case", "add", str(letter), "--as", "document")
    listed = json.loads(said(tmp_path / "case", "documents", "mentions", "--json").out)["rows"]
    mention = next(row["mention"] for row in listed if row["kind"] == "count")
    confirm = (
        "documents", "confirm", mention, "--claims", "people", "--subject", "flown", "--what", "people flown out", "--what-es", "personas",
        "--by", "Ministry", "--evidence", "official", "--seen", "letter.txt", "--dated", "2025-03-15", "--confirmed-by", "tester",
    )  # fmt: skip
    reject = ("documents", "reject", mention, "--by", "tester", "--why", "a test")
    for number, (arguments, name) in enumerate(((confirm, "confirm mention"), (reject, "reject mention"))):
        base = Casefile(tmp_path / "case")
        whole = copied(base, tmp_path / f"{name} whole")
        code, out, err = ran(whole.root, 0, arguments)
        assert code == 0, err
        calls = int(out.rpartition("CALLS ")[2])
        for wanted in _instants(number, calls, at_most=calls):
            case = copied(base, tmp_path / f"{name} {wanted}")
            assert ran(case.root, wanted, arguments)[0] == -9
            logged = _count(case.root, name, 0)
            again = said(case.root, *arguments)
            # where the act had counted already, doing it again is refused: it was decided on before
            assert again.code == (1 if logged else 0), again.err
            assert _count(case.root, name, 0) == 1
            assert said(case.root, "verify").code == 0
