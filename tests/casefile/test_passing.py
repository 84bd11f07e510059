"""Folders of processes that live are let be, those of processes that were killed are removed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from paradero.disk.passing import PassingFolder, remove_left_behind

PREFIX = "paradero-tried-"
HOLDING = f"""
import time
from paradero.disk.passing import PassingFolder
held = PassingFolder({PREFIX!r})
print(held.folder, flush=True)
time.sleep(60)
"""


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return tmp_path


def _old(folder: Path) -> Path:
    long_ago = time.time() - 3_600
    os.utime(folder, (long_ago, long_ago))
    return folder


def test_only_what_the_dead_left_is_removed(scratch: Path) -> None:
    held = PassingFolder(PREFIX)
    others = scratch / "paradero-other-x"
    others.mkdir()
    kept = scratch / "kept"
    kept.mkdir()
    (kept / "file").write_text("")
    link = scratch / f"{PREFIX}link"
    link.symlink_to(kept)
    with subprocess.Popen([sys.executable, "-c", HOLDING], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        theirs = Path(process.stdout.readline().strip())
        (theirs / "verdicts.parquet").write_text("half")
        for each in (held.folder, theirs, others):
            _old(each)
        remove_left_behind(PREFIX)
        assert theirs.exists()
        process.send_signal(signal.SIGKILL)
    _old(theirs)
    young = scratch / f"{PREFIX}young"
    young.mkdir()
    remove_left_behind(PREFIX)
    assert not theirs.exists()
    assert all(each.exists() for each in (held.folder, others, young, kept / "file"))
    folder = held.folder
    del held
    assert not folder.exists()
