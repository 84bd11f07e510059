"""What an act is about to change: kept aside until the log has named it, so that the act counts once,
whatever instant it is killed at.

An act that changes a file writes the new content to `.pending/`, then its entry into the log, which names the
file and the SHA-256 of the content, then renames. Whoever takes the casefile next ends what was begun:
content that the last entry names is put in its place, any other is removed.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from pathlib import Path
from typing import Any

from paradero.disk.whole_files import remove, settle

FOLDER = ".pending"
WRITTEN, WRITTEN_SHA256 = "written", "written_sha256"


def written_by(root: Path, path: Path, sha256: str) -> dict[str, str]:
    """What the entry of an act says of the file it changes: where it lies in the casefile, and the SHA-256 of
    its new content.
    """
    return {WRITTEN: path.relative_to(root).as_posix(), WRITTEN_SHA256: sha256}


def pending_path(root: Path, sha256: str) -> Path:
    """Where content waits for its entry in the log."""
    return root / FOLDER / sha256


def put_in_place(root: Path, path: Path, sha256: str) -> None:
    """Rename what waited to where it belongs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    os.replace(pending_path(root, sha256), path)
    settle(path.parent)
    with contextlib.suppress(OSError):
        (root / FOLDER).rmdir()


def finish(root: Path, log: Path) -> None:
    """End the act that a killed process began, or take it back; call it with the casefile locked."""
    folder = root / FOLDER
    if not folder.is_dir():
        return
    last = _last_what(log)
    for entry in sorted(folder.iterdir()):
        if entry.name == last.get(WRITTEN_SHA256) and entry.is_file() and _sha256(entry) == entry.name:
            put_in_place(root, root / str(last[WRITTEN]), entry.name)
        else:
            remove(entry)
    with contextlib.suppress(OSError):
        folder.rmdir()


def _last_what(log: Path) -> dict[str, Any]:
    """The particulars of the last whole entry of the log; nothing where it has none, or is damaged: then
    `verify` says so.
    """
    try:
        line = log.read_bytes().rpartition(b"\n")[0].rpartition(b"\n")[2]
        what = json.loads(line)["what"]
    except (OSError, ValueError, LookupError, TypeError):
        return {}
    return what if isinstance(what, dict) else {}


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
