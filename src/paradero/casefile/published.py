"""`published/`: what left the casefile under a profile of disclosure control, each file named by the log."""

from __future__ import annotations

import hashlib
import os

from paradero.casefile.folder import PUBLISHED, Casefile
from paradero.casefile.log import read_log
from paradero.casefile.pending import WRITTEN, WRITTEN_SHA256
from paradero.disk.whole_files import is_half
from paradero.model.errors import CasefileError

FOLDER = PUBLISHED
PUBLISH = "publish"


def has_published(case: Casefile) -> bool:
    """Whether there is anything to check: a folder, or an entry of the log; where the log cannot be read,
    too.
    """
    if os.path.lexists(case.root / FOLDER):
        return True
    try:
        return any(entry.act == PUBLISH for entry in read_log(case))
    except CasefileError:
        return True


def check_published(case: Casefile) -> str:
    """Hold every file of `published/` against the log; raises CasefileError naming one that is other,
    missing, or there without an entry.
    """
    named = {
        str(entry.what[WRITTEN]): str(entry.what[WRITTEN_SHA256])
        for entry in read_log(case)
        if entry.act == PUBLISH and WRITTEN in entry.what
    }
    folder = case.root / FOLDER
    if folder.exists() and not folder.is_dir():
        raise CasefileError(f"{folder} is no folder. Restore the casefile from a copy.")
    there = (
        {f"{FOLDER}/{path.name}": path for path in folder.iterdir() if not is_half(path)}
        if folder.is_dir()
        else {}
    )
    for name in sorted(named.keys() | there.keys()):
        if name not in there:
            raise CasefileError(f"{name} is missing, which the log names. Restore it from a copy.")
        if name not in named:
            raise CasefileError(f"{name} is in no entry of the log. Move it out of the casefile.")
        if not there[name].is_file() or hashlib.sha256(there[name].read_bytes()).hexdigest() != named[name]:
            raise CasefileError(f"{name} is not what was published. Restore it from a copy.")
    return f"{len(named)} publications as they were registered"
