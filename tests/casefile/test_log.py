"""The log is a chain: no line of it can be changed, removed or put in unseen."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from casefile.made import said
from paradero.casefile.folder import Casefile
from paradero.casefile.log import append, read_log
from paradero.model.errors import CasefileError

Lines = list[bytes]


def _changed_word(lines: Lines, place: int) -> Lines:
    return [
        *lines[:place],
        lines[place].replace(b"FABRICATED", b"FABRlCATED", 1).replace(b"duckdb", b"duckbd", 1),
        *lines[place + 1 :],
    ]


def _changed_blank(lines: Lines, place: int) -> Lines:
    return [*lines[:place], lines[place].replace(b": ", b":  ", 1), *lines[place + 1 :]]


TAMPERED: dict[str, Callable[[Lines], Lines]] = {
    "first line changed": lambda lines: _changed_word(lines, 0),
    "last line changed": lambda lines: _changed_word(lines, len(lines) - 1),
    "a blank put in": lambda lines: _changed_blank(lines, 1),
    "first line removed": lambda lines: lines[1:],
    "middle line removed": lambda lines: [lines[0], *lines[2:]],
    "a line twice": lambda lines: [*lines, lines[-1]],
    "two lines swapped": lambda lines: [lines[1], lines[0], *lines[2:]],
    "a line put in": lambda lines: [lines[0], json.dumps({"act": "add"}).encode(), *lines[1:]],
    "an empty line": lambda lines: [lines[0], b"", *lines[1:]],
    "no JSON": lambda lines: [*lines[:-1], b"\xff\xfe"],
    "no object": lambda lines: [*lines[:-1], b"[]"],
}


@pytest.mark.parametrize("how", TAMPERED)
def test_a_tampered_line_is_seen(case: Casefile, how: str) -> None:
    lines = case.log.read_bytes().split(b"\n")[:-1]
    case.log.write_bytes(b"".join(line + b"\n" for line in TAMPERED[how](lines)))
    with pytest.raises(CasefileError, match="breaks the chain of entries"):
        read_log(case)
    for command in (["build"], ["status"], ["add", str(case.root / "paradero.toml")]):
        heard = said(case.root, *command)
        assert (heard.code, heard.err.count("\n")) == (1, 1)
        assert "log.jsonl line" in heard.err


def test_the_end_of_the_log_removed_is_seen_by_the_build(case: Casefile) -> None:
    lines = case.log.read_bytes().split(b"\n")[:-1]
    case.log.write_bytes(b"".join(line + b"\n" for line in lines[:-1]))
    heard = said(case.root, "verify", "--json")
    assert heard.code == 2
    assert {check["check"] for check in heard.json["checks"] if check["failed"]} >= {"tables", "rebuild"}


def test_an_act_cut_off_before_its_end_does_not_count(case: Casefile) -> None:
    before = read_log(case)
    with case.log.open("ab") as stream:
        stream.write(b'{"act": "add", "at"')
    assert read_log(case) == before
    append(case, "restore", {"sha256": "0"}, by="test")
    assert [entry.act for entry in read_log(case)] == [*(entry.act for entry in before), "restore"]
