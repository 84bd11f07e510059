"""The bytes of what is derived: SHA-256 of every file of a folder, so that a bit that no reader would miss is
missed by `verify`.

The digest of a table says what is in it, the same on every engine; a seal says that these very bytes were
written here. A Parquet file holds more than its rows: a bit flipped in its statistics hides a row from a
reader whose digest of the rows is still right.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec

from paradero.disk.whole_files import write_whole
from paradero.model.errors import CasefileError

LISTING = (  # the last to be written: without it, or not as it says, a folder counts as not written
    "files.json"
)


def sha256_of(path: Path) -> str:
    """SHA-256 of a file in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def sha256_as_it_stands(path: Path) -> str:
    """SHA-256 of a file, read again only where it stands otherwise than when it was read: a server does not
    hash it for every question.
    """
    found = path.stat()
    # the inode's time cannot be set back
    return _sha256_once(path, found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino)


@functools.lru_cache(maxsize=4096)
def _sha256_once(path: Path, *_stood: int) -> str:
    return sha256_of(path)


def seal_of(folder: Path, *, but: str, hashed: Callable[[Path], str] = sha256_of) -> dict[str, str]:
    """The SHA-256 of every file below a folder by its path there, without the one that will hold the seal."""
    files = {
        path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()
    }
    return {name: hashed(path) for name, path in files.items() if name != but}


def seal(folder: Path) -> None:
    """Write the seal of a folder into it, as `files.json`."""
    write_whole(folder / LISTING, msgspec.json.encode(seal_of(folder, but=LISTING)))


def is_sealed(folder: Path, *, hashed: Callable[[Path], str] = sha256_of) -> bool:
    """Whether a folder's files are the very bytes that its `files.json` lists, all of them and no others."""
    try:
        check_seal(folder, hashed=hashed)
    except CasefileError:
        return False
    return True


def check_seal(folder: Path, *, hashed: Callable[[Path], str] = sha256_of) -> int:
    """How many files a folder holds as its `files.json` lists them; raises CasefileError naming one that is
    other, missing or too many.
    """
    try:
        content = (folder / LISTING).read_bytes()
        listed = msgspec.json.decode(content, type=dict[str, str])
    except (OSError, msgspec.MsgspecError) as error:
        raise CasefileError(
            f"{folder / LISTING}: the list of its files is damaged or missing. Delete build/ and build again"
        ) from error
    if msgspec.json.encode(listed) != content:
        raise CasefileError(
            f"{folder / LISTING}: the list of its files is not what was written. Delete build/ and build"
            " again"
        )
    return check_bytes(folder, listed, but=LISTING, hashed=hashed)


def check_bytes(
    folder: Path, sealed: Mapping[str, str], *, but: str, hashed: Callable[[Path], str] = sha256_of
) -> int:
    """How many files a folder holds as the seal says; raises CasefileError naming one that is other, missing
    or too many.
    """
    now = seal_of(folder, but=but, hashed=hashed)
    for name in sorted({*sealed, *now}):
        if name not in now:
            raise CasefileError(f"{folder / name}: missing. Delete build/ and build again")
        if sealed.get(name) != now[name]:
            state = "not the bytes that were written" if name in sealed else "nothing that paradero wrote"
            raise CasefileError(f"{folder / name}: {state}. Delete build/ and build again")
    return len(now)
