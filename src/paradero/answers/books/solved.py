"""Balances solved once: the bounds that a balance has, kept in `build/balances` under everything that they
were worked out from.

The key covers the balances as they are written, what is believed, the code that solves them with all it
imports, and the libraries it computes with. A file that is damaged or of another key counts for nothing;
`verify` solves again what is kept.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import msgspec

from paradero.authored.evidence import Trust
from paradero.balance.balances import Balance
from paradero.balance.balancing import Balanced, Kept, Spans, balance_of, kept_of, restored, spans_without_all
from paradero.casefile.folder import Casefile
from paradero.disk.whole_files import write_whole
from paradero.engines.fingerprint import fingerprint_of
from paradero.model.errors import CasefileError

FOLDER = "balances"  # in build/

Answers = dict[str, msgspec.Raw]  # by question, each as it is written


class SolvedFile(msgspec.Struct, frozen=True):
    """`build/balances/KEY.json`: answers by question as JSON, and the SHA-256 over the key and their very
    bytes.
    """

    key: str
    sha256: str
    answers: msgspec.Raw


class Solved:
    """The balances of a casefile, with what was worked out of them before; `save` keeps what was worked out
    since.
    """

    def __init__(self, case: Casefile, balances: Sequence[Balance]) -> None:
        self.balances = balances
        self._case = case
        texts = [f"{balance.id} {balance.text}" for balance in balances]
        self._key = hashlib.sha256("\0".join([fingerprint_of("balances"), *texts]).encode()).hexdigest()
        self._path = case.build / FOLDER / f"{self._key[:16]}.json"
        self._answers = _read(self._path, self._key)
        self._n_read = len(self._answers)

    def balance(self, trust: Trust | None = None) -> Balanced:
        """Every count bounded, as `balance_of` does."""
        believed = trust or Trust()
        question = _question("balance", believed)
        if question not in self._answers:
            self._answers[question] = _raw(kept_of(balance_of(self.balances, believed)))
        kept = msgspec.json.decode(self._answers[question], type=Kept)
        return restored(self.balances, believed, kept)

    def spans_without(
        self,
        sources: Collection[str],
        trust: Trust | None = None,
        *,
        unsaid: str | None = None,
        of: str | None = None,
    ) -> Spans:
        """The bounds of every count, or of one, as `spans_without_all` does."""
        believed = trust or Trust()
        question = _question("spans", believed, sorted(sources), unsaid, of)
        if question not in self._answers:
            found = spans_without_all(self.balances, sources, believed, unsaid=unsaid, of=of)
            self._answers[question] = _raw(found)
        return msgspec.json.decode(self._answers[question], type=Spans)

    def save(self) -> None:
        """Keep what was worked out, where the casefile can be written to; answers of balances that are no
        longer written go.
        """
        if len(self._answers) == self._n_read or not os.access(self._case.root, os.W_OK):
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        answers = _read(self._path, self._key) | self._answers
        write_whole(self._path, _written(self._key, answers))
        for old in self._path.parent.glob("*.json"):
            if old != self._path:
                old.unlink(missing_ok=True)

    def check(self) -> int:
        """Work out again every answer that is kept; raises CasefileError for one that comes out otherwise.
        Says how many there are.
        """
        for question, kept in self._answers.items():
            act, evidence, without, *more = json.loads(question)
            trust = Trust(evidence=tuple(evidence), without=tuple(without))
            again: Kept | Spans = (
                kept_of(balance_of(self.balances, trust))
                if act == "balance"
                else spans_without_all(self.balances, more[0], trust, unsaid=more[1], of=more[2])
            )
            if bytes(_raw(again)) != bytes(kept):
                raise CasefileError(
                    f"{self._path}: the balance solved again is another one. Delete build/balances and ask"
                    " again."
                )
        return len(self._answers)


def _raw(found: Kept | Spans) -> msgspec.Raw:
    """What was worked out, in the one form in which it is written."""
    return msgspec.Raw(msgspec.json.encode(found, order="sorted"))


def _question(act: str, trust: Trust, *more: object) -> str:
    return json.dumps([act, list(trust.evidence), list(trust.without), *more])


def check_solved_bytes(case: Casefile) -> int:
    """Hold every kept answer on balances against its SHA-256; raises CasefileError for one that is not to the
    last letter as written. Says how many files.
    """
    paths = sorted((case.build / FOLDER).glob("*.json"))
    for path in paths:
        if _told(path.read_bytes()) is None:
            raise CasefileError(
                f"{path}: not as it was written. Delete build/{FOLDER}; the balance is solved again when it"
                " is asked for"
            )
    return len(paths)


def _read(path: Path, key: str) -> Answers:
    """The answers of a file that is as it was written; none of another, which are worked out again."""
    found = _told(path.read_bytes()) if path.is_file() else None
    return found[1] if found and found[0] == key else {}


def _told(text: bytes) -> tuple[str, Answers] | None:
    try:
        found = msgspec.json.decode(text, type=SolvedFile)
        answers = msgspec.json.decode(found.answers, type=Answers)
    except msgspec.MsgspecError:
        return None
    return (found.key, answers) if text == _written(found.key, answers) else None


def _written(key: str, answers: Mapping[str, object]) -> bytes:
    plain = msgspec.json.encode(answers, order="deterministic")
    return msgspec.json.encode(
        SolvedFile(
            key=key, sha256=hashlib.sha256(key.encode() + plain).hexdigest(), answers=msgspec.Raw(plain)
        )
    )
