"""Folders outside the casefile that live as long as a process needs them, and what killed processes left."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
import time
import weakref
from pathlib import Path

_JUST_MADE_S = 60.0  # a folder this young may not be locked yet by whoever is making it


class PassingFolder:
    """A folder outside the casefile that is gone when nobody holds this any more. It is locked as long as its
    process lives, however that ends: the system takes the lock away.
    """

    def __init__(self, prefix: str) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix=prefix))
        handle = os.open(self.folder, os.O_RDONLY)
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        weakref.finalize(self, _remove, self.folder, handle)


def _remove(folder: Path, handle: int) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    os.close(handle)


def remove_left_behind(prefix: str) -> None:
    """Remove the folders of that prefix whose processes are dead: ours that nobody has locked, older than a
    minute. What cannot be removed stays.
    """
    for folder in Path(tempfile.gettempdir()).glob(f"{prefix}*"):
        with contextlib.suppress(OSError):  # another start may remove it at the same time
            _remove_if_dead(folder)


def _remove_if_dead(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        found = os.fstat(handle)
        if found.st_uid != os.getuid() or time.time() - found.st_mtime < _JUST_MADE_S:
            return
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(handle)
