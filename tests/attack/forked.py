"""Run commands in processes of their own that the system can kill and measure, without importing everything
once for each.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

MOST_SECONDS = 60  # ten are promised on a quiet machine; the suite runs on a busy one

# Forks a process for each command; no thread runs and no database is open before the fork. The system counts
# into what a process used at most what it held when it began: little here, where a worker of the suite may hold
# more than a command may take.
_FORKS = """
import json, os, re, resource, signal, sys
import paradero, pyarrow.parquet
from paradero.cli.main import run
for name in paradero.__all__:
    getattr(paradero, name)
def act(seconds, folder, told, arguments):
    signal.alarm(seconds)
    os.chdir(folder)
    for stream, name in ((1, "out"), (2, "err")):
        os.dup2(os.open(told + name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), stream)
    code = run(arguments)
    sys.stdout.flush(), sys.stderr.flush()
    with open("/proc/self/status") as status:
        own = int(re.search(r"VmHWM:\\s+(\\d+) kB", status.read())[1])
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    with open(told + "used", "w") as file:
        json.dump([max(own, used[1].ru_maxrss) * 1024, sum(one.ru_utime + one.ru_stime for one in used)], file)
    os._exit(code)
for line in sys.stdin:
    child = os.fork()
    if not child:
        act(*json.loads(line))
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit code (negative where it was killed), what it said, its peak of memory in
    bytes, the processor seconds it took.
    """

    code: int
    out: str
    err: str
    peak: int
    seconds: float


class Forks:
    """The process that forks."""

    def __init__(self, process: subprocess.Popen[str], told: Path) -> None:
        self.process = process
        self.told = told

    def __call__(self, folder: Path, *arguments: str) -> Ended:
        """Run a command in a folder; it is killed after a minute."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        used = self.told / "used"
        used.unlink(missing_ok=True)
        line = json.dumps([MOST_SECONDS, str(folder), f"{self.told}/", arguments])
        print(line, file=self.process.stdin, flush=True)
        code = int(self.process.stdout.readline())
        out, err = ((self.told / name).read_bytes().decode(errors="replace") for name in ("out", "err"))
        assert used.exists(), f"killed with {code}: {err}"
        peak, seconds = json.loads(used.read_text(encoding="utf-8"))
        return Ended(code, out, err, peak, seconds)


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forks]:
    """Run commands, each in a process of its own."""
    with subprocess.Popen(
        [sys.executable, "-c", _FORKS], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield Forks(process, tmp_path_factory.mktemp("told"))
        assert process.stdin is not None
        process.stdin.close()
