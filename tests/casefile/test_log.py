"""The log is a chain: no line of it can be changed, removed or put in unseen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from casefile.made import said
from paradero.casefile.folder import Casefile, create, locked
from paradero.casefile.log import append, check_end, read_log
from paradero.casefile.originals import copy_in
from paradero.casefile.outside import check_outside
from paradero.casefile.seals import check_seal
from paradero.casefile.written import RECORD, recorded_files
from paradero.model.errors import CasefileError, SourceError

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


def test_an_act_cut_off_is_left_out_and_a_whole_one_without_its_end_is_damage(tmp_path: Path) -> None:
    case = create(tmp_path / "case")
    append(case, "new", {"n": 1})
    whole = case.log.read_bytes()
    check_end(case)
    case.log.write_bytes(whole + whole[:-20])
    check_end(case)
    assert [entry.what for entry in read_log(case)] == [{"n": 1}]
    for end in (b"", b" ", b"\x0b"):
        case.log.write_bytes(whole[:-1] + end)
        if end == b"":
            check_end(case)
            continue
        with pytest.raises(CasefileError, match="the last entry has lost its line end"):
            check_end(case)


def test_files_that_were_removed_are_no_longer_recorded(tmp_path: Path) -> None:
    case = create(tmp_path / "case")
    append(case, RECORD, {"files": {"orders/a.toml": "1", "orders/b.toml": "2"}})
    append(case, RECORD, {"files": {"orders/b.toml": "3"}, "removed": ["orders/a.toml"]})
    assert recorded_files(case) == {"orders/b.toml": "3"}


def test_one_process_at_a_time_writes(tmp_path: Path) -> None:
    case = create(tmp_path / "case")
    with (
        locked(case),
        pytest.raises(CasefileError, match="is being written to by another paradero process"),
        locked(case, patience=0.06),
    ):
        pass
    with locked(case, patience=0):
        pass


def test_a_file_that_changes_while_it_is_copied_is_not_taken(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"a")
    kept = tmp_path / "sources" / "a"
    with pytest.raises(SourceError, match=r"a\.csv changed while it was copied"):
        copy_in(tmp_path / "a.csv", kept, hashlib.sha256(b"b").hexdigest())
    assert list(kept.parent.iterdir()) == []
    copy_in(tmp_path / "a.csv", kept, hashlib.sha256(b"a").hexdigest())
    assert kept.read_bytes() == b"a"


def test_a_list_of_files_is_what_was_written(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"a")
    listed = msgspec.json.encode({"a": hashlib.sha256(b"a").hexdigest()})
    (tmp_path / "files.json").write_bytes(listed)
    assert check_seal(tmp_path) == 1
    (tmp_path / "files.json").write_bytes(listed + b"\n")
    with pytest.raises(CasefileError, match=r"files\.json: the list of its files is not what was written"):
        check_seal(tmp_path)


def test_nothing_is_written_over_the_casefile_itself(tmp_path: Path) -> None:
    case = create(tmp_path / "case")
    assert check_outside(case.root / "mine.csv") == case.root / "mine.csv"
    for path in (case.root, case.root / "hand" / ".."):
        with pytest.raises(CasefileError, match="would be written into the folder of the casefile"):
            check_outside(path)


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
