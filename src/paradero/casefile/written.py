"""What people wrote into the casefile, as it was when an audit or a kept answer rested on it: the log keeps
the SHA-256 of each file.

An order that is edited afterwards, by a person or by a failing disk, is found by `verify`; an edit that is
meant is recorded by the next audit.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from paradero.casefile.folder import AUTHORED, SETTINGS, Casefile
from paradero.casefile.log import append, read_log
from paradero.casefile.pending import WRITTEN, WRITTEN_SHA256
from paradero.casefile.seals import sha256_of
from paradero.disk.whole_files import is_half
from paradero.model.errors import CasefileError

RECORD = "record files"

# what verdicts rest on, besides the build
OF_LAW = (SETTINGS, "rules", "orders", "events", "hand")


def authored_files(case: Casefile, parts: Iterable[str]) -> dict[str, str]:
    """The SHA-256 of every file in these parts of the casefile, by its path there."""
    found: list[Path] = []
    for part in parts:
        place = case.root / part
        found += (
            [place]
            if place.is_file()
            else [path for path in place.rglob("*") if path.is_file() and not is_half(path)]
        )
    return {path.relative_to(case.root).as_posix(): sha256_of(path) for path in sorted(found)}


def recorded_files(case: Casefile) -> dict[str, str]:
    """The SHA-256 of every authored file as the log last recorded it."""
    known: dict[str, str] = {}
    for entry in read_log(case):
        if entry.act == RECORD:
            known.update(entry.what.get("files", {}))
            for name in entry.what.get("removed", ()):
                known.pop(name, None)
        elif _part(name := str(entry.what.get(WRITTEN, ""))) in AUTHORED:
            known[name] = str(entry.what[WRITTEN_SHA256])
    return known


def record(case: Casefile, parts: Iterable[str]) -> None:
    """Enter the files of these parts into the log, those that are other than it last recorded; call it with
    the casefile locked.
    """
    wanted = tuple(parts)
    known = {name: sha256 for name, sha256 in recorded_files(case).items() if _part(name) in wanted}
    now = authored_files(case, wanted)
    changed = {name: sha256 for name, sha256 in now.items() if known.get(name) != sha256}
    removed = sorted(known.keys() - now.keys())
    if changed or removed:
        append(case, RECORD, {"files": changed, "removed": removed})


def check_authored(case: Casefile) -> str:
    """Hold every authored file against what the log recorded of it; raises CasefileError naming one that is
    other or missing.
    """
    known, now = recorded_files(case), authored_files(case, (SETTINGS, *AUTHORED))
    for name, sha256 in sorted(known.items()):
        if now.get(name) != sha256:
            state = "is not what it was when it was last used" if name in now else "is missing"
            raise CasefileError(
                f"{name} {state}. Restore it from a copy; if the change is meant, {_again(name)} records it"
            )
    more = (
        f"; not yet used, so not yet recorded: {', '.join(sorted(now.keys() - known.keys()))}"
        if now.keys() - known.keys()
        else ""
    )
    return f"{len(known)} files as they were when they were last used{more}"


def _again(name: str) -> str:
    part = _part(name)
    return (
        "`paradero build` or `paradero audit`"
        if part == SETTINGS
        else "`paradero audit`"
        if part in OF_LAW
        else "keeping an answer (`--keep`)"
    )


def _part(name: str) -> str:
    return name.partition("/")[0]
