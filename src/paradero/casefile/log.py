"""The log of a casefile: one line of JSON for each act on it, each holding the hash of the line before."""

from __future__ import annotations

import datetime as dt
import getpass
import hashlib
import json
import os
from dataclasses import dataclass
from typing import Any

from paradero.casefile.folder import Casefile
from paradero.model.errors import CasefileError

_START = "0" * 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One act: `number` from 1, `at` in UTC, `by` whom, `act` its name, `what` its particulars."""

    number: int
    at: str
    by: str
    act: str
    what: dict[str, Any]


def read_log(case: Casefile) -> list[Entry]:
    """All entries, the chain checked; raises CasefileError where a line was changed, removed or put in.

    A last line without an end is an act that was cut off before it counted; it is left out here and overwritten by the next act.
    """
    if not case.log.exists():
        return []
    entries: list[Entry] = []
    previous = _START
    for number, line in enumerate(case.log.read_bytes().split(b"\n")[:-1], start=1):
        try:
            record = json.loads(line)
            fits = record["previous"] == previous and record["number"] == number
        except (ValueError, KeyError, TypeError):
            fits = False
        if not fits:
            raise CasefileError(f"{case.log} line {number}: expected an unbroken chain of entries, found a changed one. Restore the casefile from a copy.")
        entries.append(Entry(number=number, at=record["at"], by=record["by"], act=record["act"], what=record["what"]))
        previous = hashlib.sha256(line).hexdigest()
    return entries


def append(case: Casefile, act: str, what: dict[str, Any], *, by: str | None = None) -> None:
    """Add one entry; call it with the casefile locked. The act counts once its line has its end."""
    content = case.log.read_bytes() if case.log.exists() else b""
    whole = content[: content.rfind(b"\n") + 1]
    lines = whole.split(b"\n")[:-1]
    previous = hashlib.sha256(lines[-1]).hexdigest() if lines else _START
    record = {
        "number": len(lines) + 1,
        "at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "by": by or _user(),
        "act": act,
        "what": what,
        "previous": previous,
    }
    line = json.dumps(record, ensure_ascii=False, sort_keys=True).encode() + b"\n"
    with case.log.open("r+b" if case.log.exists() else "w+b") as stream:
        stream.truncate(len(whole))
        stream.seek(len(whole))
        stream.write(line)
        stream.flush()
        os.fsync(stream.fileno())


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"
