"""Where a command may write: anywhere but into the parts of a casefile, whatever links, letters or folders
lead there.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from paradero.casefile.folder import PARTS, SETTINGS
from paradero.model.errors import CasefileError


def check_outside(path: Path, *, case_root: Path | None = None) -> Path:
    """The path as it was given, where writing to it damages no casefile; raises CasefileError where it leads
    into a part of one.

    Refused is what resolves, by links too, into a part of `case_root` or of any casefile that the path lies
    in, in letters of either case: on some machines `LOG.jsonl` is the log. The casefile's folder itself is
    free: `midnight.csv` beside the parts is nobody's but the user's.
    """
    real = Path(os.path.realpath(path))
    roots = {
        root
        for root in (case_root, *_casefiles_above(Path(os.path.abspath(path))), *_casefiles_above(real))
        if root is not None
    }
    for root in sorted(roots):
        part = _part_of(root, path, real)
        if part is not None:
            raise CasefileError(
                f"{path} would be written into {part} of the casefile {root}, which only paradero changes."
                " Name a file elsewhere."
            )
    return path


def check_new(path: Path, *, within: str, case_root: Path | None = None) -> Path:
    """The path as it was given, where it is a new `.toml` file in the folder `within` of a casefile, or lies
    outside of every part of one; raises CasefileError where it is not.
    """
    if os.path.lexists(path):
        raise CasefileError(f"{path} exists. Name a new file.")
    folder = Path(os.path.realpath(path.parent))
    root = next(_casefiles_above(folder), None)
    is_there = root is not None and folder == Path(os.path.realpath(root)) / within
    if is_there and path.suffix == ".toml" and not path.name.startswith("."):
        return path
    return check_outside(path, case_root=case_root)


def _casefiles_above(path: Path) -> Iterator[Path]:
    yield from (folder for folder in (path, *path.parents) if (folder / SETTINGS).is_file())


def _part_of(root: Path, path: Path, real: Path) -> str | None:
    """The part of the casefile that a path leads into: by its name, by where its links end, or by being the
    same file or folder on disk.
    """
    parts = {_letters(part): part for part in PARTS}
    for base, place in ((root, Path(os.path.abspath(path))), (Path(os.path.realpath(root)), real)):
        if (
            place.is_relative_to(base)
            and place != base
            and (found := parts.get(_letters(place.relative_to(base).parts[0])))
        ):
            return found
        if place == base:
            return "the folder"
    identities = {identity: part for part in PARTS if (identity := _identity(root / part)) is not None}
    for place in (real, *real.parents):
        identity = _identity(place)
        if identity in identities:
            return identities[identity]
    return None


def _letters(name: str) -> str:
    """A name as file systems that do not tell case or composition apart see it."""
    return unicodedata.normalize("NFC", name).casefold()


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
