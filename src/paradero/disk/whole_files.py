"""Files that appear whole or not at all: written beside, made durable, renamed; what a killed process left is
known by its name.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

_HALF = ".paradero-half"
_LONGEST = 120  # letters taken over from the name: with the rest it stays below the 255 bytes of a file name


def is_half(path: Path) -> bool:
    """Whether a file or folder is what a write has not finished: it is no answer, no table and
    nobody's file.
    """
    return path.name.startswith(".") and path.name.endswith(_HALF)


def half_of(path: Path) -> Path:
    """Where this process writes what will become `path`."""
    return path.with_name(f".{path.name[:_LONGEST]}.{os.getpid()}{_HALF}")


@contextlib.contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """Within it, write to the path it gives; at its end that becomes `path`, durable, or nothing has changed.

    What killed processes left of the same name is removed first. Raises OSError where nothing can be written.
    """
    beside = half_of(path)
    _remove_left(path)
    try:
        yield beside
        _make_durable(beside)
        os.replace(beside, path)
        settle(path.parent)
    finally:
        with contextlib.suppress(OSError):  # where nothing can be written, nothing has to be removed
            remove(beside)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is there whole or not at all, and stays there after a power cut."""
    with written_whole(path) as beside:
        beside.write_bytes(content)


def settle(folder: Path) -> None:
    """Make renames in a folder durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def remove(path: Path) -> None:
    """Remove a file, or a folder with all that is in it; a link is removed, never followed."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _make_durable(path: Path) -> None:
    if path.is_dir():
        return
    with path.open("rb") as stream:
        os.fsync(stream.fileno())


def _remove_left(path: Path) -> None:
    start = f".{path.name[:_LONGEST]}."
    for entry in path.parent.iterdir() if path.parent.is_dir() else ():
        if (
            is_half(entry)
            and entry.name.startswith(start)
            and not _is_running(entry.name.removesuffix(_HALF).rpartition(".")[2])
        ):
            with contextlib.suppress(OSError):
                remove(entry)


def _is_running(number: str) -> bool:
    """Whether the process of that number lives; where that cannot be told, it does."""
    if not number.isdigit() or int(number) == os.getpid():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
