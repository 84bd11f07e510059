"""The log of a casefile: one line of JSON for each act on it, each holding its own hash and that of the line
before.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import getpass
import hashlib
import json
import os
from dataclasses import dataclass
from typing import Any

from paradero.casefile.folder import Casefile
from paradero.disk.whole_files import settle
from paradero.model.errors import CasefileError

_START = "0" * 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One act: `number` from 1, `at` in UTC, `by` whom, `act` its name, `what` its particulars, `hash` over
    all of it and the entry before.
    """

    number: int
    at: str
    by: str
    act: str
    what: dict[str, Any]
    hash: str


def read_log(case: Casefile) -> list[Entry]:
    """All entries, the chain checked; raises CasefileError where a line was changed, removed or put in.

    A last line without an end is an act that was cut off before it counted; it is left out here and
    overwritten by the next act.
    """
    if not case.log.exists():
        return []
    entries: list[Entry] = []
    previous = _START
    for number, line in enumerate(case.log.read_bytes().split(b"\n")[:-1], start=1):
        entry = _entry(line, number, previous)
        if entry is None:
            raise CasefileError(
                f"{case.log} line {number}: the entry was changed, and breaks the chain of entries. Restore"
                " the casefile from a copy."
            )
        entries.append(entry)
        previous = entry.hash
    return entries


def check_end(case: Casefile) -> None:
    """Raises CasefileError where what follows the last line is more than an act that was cut off: a whole
    entry whose line end was changed.
    """
    tail = case.log.read_bytes().rpartition(b"\n")[2] if case.log.exists() else b""
    for length in range(max(len(tail) - 4, 0), len(tail)):
        with contextlib.suppress(ValueError):
            json.loads(tail[:length])
            raise CasefileError(
                f"{case.log}: the last entry has lost its line end. Restore the casefile from a copy."
            )


def _entry(line: bytes, number: int, previous: str) -> Entry | None:
    """The entry that a line holds; None where it is not the line that was written as `number` after
    `previous`.
    """
    try:
        record = json.loads(line)
        own = record.pop("hash")
        if (record.pop("number"), record.pop("previous")) != (number, previous):
            return None
        entry = Entry(number=number, hash=own, **record)
    except (ValueError, LookupError, TypeError, AttributeError):
        return None
    written = record | {"number": number, "previous": previous}
    return entry if own == _hash_of(written) and line == _line(written | {"hash": own}) else None


def append(case: Casefile, act: str, what: dict[str, Any], *, by: str | None = None) -> None:
    """Add one entry; call it with the casefile locked. The act counts once its line has its end."""
    content = case.log.read_bytes() if case.log.exists() else b""
    whole = content[: content.rfind(b"\n") + 1]
    lines = whole.split(b"\n")[:-1]
    record: dict[str, Any] = {
        "number": len(lines) + 1,
        "at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "by": by or _user(),
        "act": act,
        "what": what,
        "previous": json.loads(lines[-1])["hash"] if lines else _START,
    }
    line = _line(record | {"hash": _hash_of(record)}) + b"\n"
    is_new = not case.log.exists()
    with case.log.open("w+b" if is_new else "r+b") as stream:
        stream.truncate(len(whole))
        stream.seek(len(whole))
        stream.write(line)
        stream.flush()
        os.fsync(stream.fileno())
    if is_new:
        settle(case.root)


def _line(record: dict[str, Any]) -> bytes:
    return json.dumps(record, ensure_ascii=False, sort_keys=True).encode()


def _hash_of(record: dict[str, Any]) -> str:
    return hashlib.sha256(_line(record)).hexdigest()


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"
