"""The fingerprint of code: whatever is kept of a result carries that of everything it was worked out by."""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable


@functools.cache
def code_print(packages: tuple[str, ...], libraries: tuple[str, ...] = ()) -> str:
    """SHA-256 over every file of these packages of paradero (code, SQL and declared data), and the versions
    of the libraries that they compute with.
    """
    digest = hashlib.sha256()
    for package in packages:
        for line in _files(files(package), package):
            digest.update(line.encode())
    for library in libraries:
        digest.update(f"{library} {importlib.metadata.version(library)}\n".encode())
    return digest.hexdigest()


def _files(folder: Traversable, name: str) -> Iterator[str]:
    for entry in sorted(folder.iterdir(), key=lambda each: each.name):
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _files(entry, f"{name}/{entry.name}")
        elif entry.is_file() and not entry.name.endswith(".pyc"):
            yield f"{name}/{entry.name} {hashlib.sha256(entry.read_bytes()).hexdigest()}\n"
