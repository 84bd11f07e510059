"""Answers that somebody kept: what a command said, to which question, on which files, so that `verify` can ask again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from paradero import __version__
from paradero.casefile import receipts
from paradero.casefile.folder import Casefile, locked, write_whole
from paradero.casefile.log import append, read_log
from paradero.casefile.originals import sources_of
from paradero.model.errors import CasefileError

FOLDERS = ("agreements", "balances", "claims", "companies", "costs", "events", "hand", "indices", "orders", "rules")

Answer = dict[str, Any]
Ask = Callable[[Casefile, Mapping[str, Any]], Answer]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A kept answer: the command, its options, what it was asked of (digest over files and build), and what it said."""

    act: str
    options: Mapping[str, Any]
    of: str
    version: str
    answer: Answer


def asked_of(case: Casefile) -> str:
    """The digest over every file that somebody wrote into the casefile and over its build: an answer can be another where this is."""
    digest = hashlib.sha256(__version__.encode())
    for folder in FOLDERS:
        for path in sorted((case.root / folder).rglob("*")):
            if path.is_file() and not path.name.startswith("."):
                digest.update(f"{path.relative_to(case.root)}\n".encode() + hashlib.sha256(path.read_bytes()).digest())
    digest.update((receipts.built(case)[1].digest if sources_of(case) else "no sources").encode())
    return digest.hexdigest()


def keep(case: Casefile, act: str, options: Mapping[str, Any], answer: Answer) -> Path:
    """Write an answer to `kept/` and enter its hash into the log; the same answer again changes nothing."""
    content = _encoded({"act": act, "options": dict(options), "of": asked_of(case), "version": __version__, "answer": answer})
    digest = hashlib.sha256(content).hexdigest()
    path = case.root / "kept" / f"{act}-{digest[:12]}.json"
    with locked(case):
        if not path.exists():
            path.parent.mkdir(exist_ok=True)
            write_whole(path, content)
            append(case, "keep", {"act": act, "file": path.name, "sha256": digest})
    return path


def check_kept(case: Casefile, asks: Mapping[str, Ask]) -> str:
    """Ask every kept question again; raises CasefileError where an answer is missing, was changed, or is another now on the same files."""
    entries = [entry.what for entry in read_log(case) if entry.act == "keep"]
    if not entries:
        return "no answer is kept"
    now, checked, others = asked_of(case), 0, 0
    for what in entries:
        path = case.root / "kept" / str(what["file"])
        content = path.read_bytes() if path.exists() else b""
        if hashlib.sha256(content).hexdigest() != what["sha256"]:
            raise CasefileError(f"the answer kept as kept/{path.name} is {'not what was kept' if content else 'missing'}: restore it from a copy")
        kept = msgspec.json.decode(content, type=Kept)
        if kept.of != now:
            others += 1
        elif _encoded(asks[kept.act](case, kept.options)) != _encoded(kept.answer):
            raise CasefileError(f"the answer kept as kept/{path.name} is not what asking again gives: find out what changed, and keep it anew")
        else:
            checked += 1
    more = f"; {others} were asked of other files or another build than there are now" if others else ""
    return f"{checked} answers asked again and the same{more}"


def _encoded(value: Any) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value, order="deterministic"), indent=1) + b"\n"
