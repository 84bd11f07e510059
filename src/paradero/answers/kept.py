"""Answers that somebody kept: what a command said, to which question, on which files, so that `verify` can
ask again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from paradero import __version__
from paradero.answers.digests import digest_of_case
from paradero.casefile.acts import commit
from paradero.casefile.folder import AUTHORED, SETTINGS, Casefile, locked
from paradero.casefile.log import read_log
from paradero.casefile.seals import sha256_of
from paradero.casefile.written import record
from paradero.disk.whole_files import is_half
from paradero.engines.fingerprint import fingerprint_of
from paradero.model.answer import Answer
from paradero.model.errors import CasefileError, ParaderoError

Ask = Callable[[Casefile, Mapping[str, Any]], Answer]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A kept answer: the command, its options, what it was asked of (digest over files and build), which code
    answered (its fingerprint), and what it said.
    """

    act: str
    options: Mapping[str, Any]
    of: str
    version: str
    answer: Mapping[str, Any]
    code: str = ""  # none in an answer kept by version 0.2


def keep(case: Casefile, act: str, asked: msgspec.Struct, answer: Answer, *, of: str) -> Path:
    """Write an answer to `kept/`, with how it was asked for, and enter its hash into the log; the same answer
    again changes nothing.

    `of` is what the casefile was (`digest_of_case`) before the question. Raises CasefileError where it has
    changed since, or a kept file was changed.
    """
    content = _encoded(
        {
            "act": act,
            "options": msgspec.to_builtins(asked),
            "of": of,
            "version": __version__,
            "code": fingerprint_of("answers"),
            "answer": answer.as_json(),
        }
    )
    digest = hashlib.sha256(content).hexdigest()
    path = case.root / "kept" / f"{act}-{digest[:12]}.json"
    with locked(case):
        if digest_of_case(case, must_be_built=True) != of:
            raise CasefileError(f"{case.root} changed while `{act}` was worked out. Ask again.")
        if path.exists() and path.read_bytes() != content:
            raise CasefileError(
                f"{path}: not the answer that was kept. Restore the file, or remove it and keep the answer"
                " again."
            )
        record(case, (SETTINGS, *AUTHORED))
        if not path.exists() or not any(
            entry.act == "keep" and entry.what.get("sha256") == digest for entry in read_log(case)
        ):
            commit(case, path, content, "keep", {"act": act, "file": path.name, "sha256": digest})
    return path


def check_kept_bytes(case: Casefile) -> int:
    """How many kept answers there are, each the very bytes that were kept; raises CasefileError naming one
    that is not, or that no entry names.
    """
    entries = [entry.what for entry in read_log(case) if entry.act == "keep"]
    there = (
        {path.name for path in (case.root / "kept").glob("*") if not is_half(path)}
        if (case.root / "kept").is_dir()
        else set()
    )
    strays = sorted(there - {str(what["file"]) for what in entries})
    if strays:
        raise CasefileError(
            f"kept/{strays[0]}: no entry of the log names it, so nobody kept it here, or the log was cut."
            " Find out, and remove it or restore the log"
        )
    for what in entries:
        path = case.root / "kept" / str(what["file"])
        if not path.exists() or sha256_of(path) != what["sha256"]:
            raise CasefileError(
                f"kept/{path.name}: the kept answer is"
                f" {'not what was kept' if path.exists() else 'missing'}. Restore it from a copy"
            )
    return len(there)


def check_kept(case: Casefile, asks: Mapping[str, Ask]) -> str:
    """Ask every kept question again, the latest answer to each; raises CasefileError where an answer is
    missing, was changed, stands in no log, or is another now.

    An older answer to the same question was taken back by the later one: only its hash is checked.
    """
    check_kept_bytes(case)
    entries = [entry.what for entry in read_log(case) if entry.act == "keep"]
    if not entries:
        return "no answer is kept"
    latest: dict[bytes, tuple[str, Kept]] = {}
    for what in entries:
        path = case.root / "kept" / str(what["file"])
        kept = msgspec.json.decode(path.read_bytes(), type=Kept)
        latest[_encoded({"act": kept.act, "options": dict(kept.options)})] = (path.name, kept)
    now = digest_of_case(case, must_be_built=True)
    for name, kept in latest.values():
        try:
            again = asks[kept.act](case, kept.options)
        except ParaderoError as error:
            raise CasefileError(
                f"the answer kept as kept/{name} cannot be asked for again. {error}"
            ) from error
        if _encoded(again.as_json()) != _encoded(kept.answer):
            changed = ["the code of paradero"] if kept.code != fingerprint_of("answers") else []
            changed += ["files, settings or the build"] if kept.of != now else []
            why = (
                f"{' and '.join(changed)} changed since: keep the answer anew"
                if changed
                else "nothing that it rests on has changed: find out what has"
            )
            raise CasefileError(f"kept/{name}: asking again gives another answer; {why}")
    older = len(entries) - len(latest)
    return (
        f"{len(latest)} answers asked again and the"
        f" same{f'; {older} older ones were taken back by later ones' if older else ''}"
    )


def _encoded(value: Any) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value, order="deterministic"), indent=1) + b"\n"
