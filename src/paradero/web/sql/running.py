"""Run a reader's query in a process of its own, which is killed when its time is up."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass

import pyarrow as pa

from paradero.answers.explaining import table_list
from paradero.model.errors import ParaderoError
from paradero.web.asking import NotServed
from paradero.web.sql.checking import tables_of
from paradero.web.standing import Standing

SECONDS = 10  # from the start of the process to its answer
_WAITS_S = 12
_MOST_BYTES = 64_000_000
_MOST_LETTERS = 4_000

_one_at_a_time = threading.Lock()


class Stopped(ParaderoError):
    """A query was not run, or not to its end: asked again at another time it may be answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """The rows that a query gave, at most as many as asked for; `is_cut` where there are more."""

    table: pa.Table
    is_cut: bool


def check_asked(standing: Standing) -> None:
    """Raises NotServed in public: counts of single people could be asked for, one after the other."""
    if standing.is_public:
        raise NotServed("Queries are not answered in public. Ask in a casefile of your own.")


def answered(standing: Standing, text: str, *, most_rows: int) -> Answered:
    """The rows of one SELECT over the documented tables. Raises NotServed in public, ParaderoError where it
    may not be asked, cannot be answered, or is not answered within its time and memory.
    """
    check_asked(standing)
    if len(text) > _MOST_LETTERS:
        raise ParaderoError(f"The query has more than {_MOST_LETTERS:,} letters. Make it shorter.")
    tables = [one.table for one in table_list(standing.case)]
    tables_of(text, tables)  # said at once, without starting a process
    asked = {
        "case": str(standing.case.root),
        "text": text,
        "tables": tables,
        "rows": most_rows,
        "seconds": SECONDS,
    }
    if not _one_at_a_time.acquire(timeout=_WAITS_S):
        raise Stopped("Another query is still running, and there is one at a time. Ask again.")
    try:
        with tempfile.TemporaryFile() as out:
            said = _run(json.dumps(asked).encode(), out.fileno())
            size = out.seek(0, os.SEEK_END)
            if said is not None:
                raise ParaderoError(said)
            if size > _MOST_BYTES:
                raise ParaderoError(f"The answer is larger than {_MOST_BYTES:,} bytes. Ask for less.")
            out.seek(0)
            table = pa.ipc.open_stream(out).read_all()
    finally:
        _one_at_a_time.release()
    return Answered(table=table.slice(0, most_rows), is_cut=table.num_rows > most_rows)


def _run(asked: bytes, out: int) -> str | None:
    """Run the process; what it says where it failed, None where its output holds the answer."""
    kept = {name: os.environ[name] for name in ("PATH", "TMPDIR", "LANG") if name in os.environ}
    with subprocess.Popen(
        [sys.executable, "-m", "paradero.web.sql.asked"],
        stdin=subprocess.PIPE,
        stdout=out,
        stderr=subprocess.PIPE,
        env=kept | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONDONTWRITEBYTECODE": "1"},
        cwd=tempfile.gettempdir(),
        start_new_session=True,
    ) as process:
        try:
            _, error = process.communicate(asked, timeout=SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise Stopped(f"The query was stopped after {SECONDS} seconds. Ask for less.") from None
    if process.returncode == 0:
        return None
    if process.returncode == 1 and error and not error.startswith(b"Traceback"):
        return error.decode("utf-8", "replace")
    return "The query was stopped: it needs more memory or time than a query may use. Ask for less."
