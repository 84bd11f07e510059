"""Files written whole, or not at all, and read no further than they are files."""

from __future__ import annotations

import gzip
import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from paradero.casefile.seals import sha256_as_it_stands
from paradero.disk import bounded
from paradero.disk.whole_files import half_of, write_whole
from paradero.model.errors import SourceError


def test_what_unpacks_beyond_an_honest_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    packed = gzip.compress(b"0" * 3_000_000)
    assert bounded.gunzipped(packed, "a.gz") == b"0" * 3_000_000
    monkeypatch.setattr(bounded, "_ALWAYS", 1_000_000)
    with pytest.raises(SourceError, match=r"a\.gz: unpacks to more than 1 MB, 100 times its size"):
        bounded.gunzipped(packed, "a.gz")


@pytest.mark.parametrize(
    ("behind", "whole"),
    [
        (b"", b"one"),
        (gzip.compress(b" two"), b"one two"),
        (b"\0\0\0", b"one"),
        (b"\0" + gzip.compress(b"!"), b"one!"),
    ],
)
def test_what_stands_behind_a_gzip_is_one_or_padding(behind: bytes, whole: bytes) -> None:
    assert bounded.gunzipped(gzip.compress(b"one") + behind, "a.gz") == whole


@pytest.mark.parametrize("behind", [b"x", b"\0\0x", b"\x1f\x8b"])
def test_anything_else_behind_a_gzip_is_damage(behind: bytes) -> None:
    with pytest.raises(EOFError):
        bounded.gunzipped(gzip.compress(b"one") + behind, "a.gz")


def test_what_dead_writers_left_goes_and_what_living_ones_write_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    halves = {
        number: half_of(path).with_name(half_of(path).name.replace(str(os.getpid()), str(number)))
        for number in (dead.pid, os.getppid(), "words")
    }
    for half in halves.values():
        half.write_text("half", encoding="utf-8")
    other = tmp_path / half_of(tmp_path / "b.json").name
    other.write_text("half of another", encoding="utf-8")
    write_whole(path, b"{}")
    assert path.read_bytes() == b"{}"
    assert sorted(entry.name for entry in tmp_path.iterdir()) == sorted(
        ["a.json", halves[os.getppid()].name, other.name]
    )


def test_a_hash_is_read_again_where_the_file_stands_otherwise(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"one")
    stood = path.stat()
    first = sha256_as_it_stands(path)
    assert first == sha256_as_it_stands(path) == hashlib.sha256(b"one").hexdigest()
    path.write_bytes(b"two")
    os.utime(path, ns=(stood.st_atime_ns, stood.st_mtime_ns))
    assert sha256_as_it_stands(path) == hashlib.sha256(b"two").hexdigest()
