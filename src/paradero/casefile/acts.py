"""Acts that change one file of the casefile: the change and its entry in the log are both there, or
neither.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from paradero.casefile.folder import Casefile
from paradero.casefile.log import append
from paradero.casefile.pending import pending_path, put_in_place, written_by
from paradero.disk.whole_files import write_whole


def commit(
    case: Casefile, path: Path, content: bytes, act: str, what: dict[str, Any], *, by: str | None = None
) -> None:
    """Write a file and log the act, once: killed before the entry nothing has happened, killed after it the
    next command ends it.

    Call it with the casefile locked.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    write_whole(waiting_path(case, sha256), content)
    commit_waiting(case, path, sha256, act, what, by=by)


def commit_waiting(
    case: Casefile, path: Path, sha256: str, act: str, what: dict[str, Any], *, by: str | None = None
) -> None:
    """Log the act and put what waits under `waiting_path` in its place, once."""
    append(case, act, what | written_by(case.root, path, sha256), by=by)
    put_in_place(case.root, path, sha256)


def waiting_path(case: Casefile, sha256: str) -> Path:
    """Where content of that SHA-256 waits for its entry in the log; its folder is there."""
    waiting = pending_path(case.root, sha256)
    waiting.parent.mkdir(exist_ok=True)
    return waiting
