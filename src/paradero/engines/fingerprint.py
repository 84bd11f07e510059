"""The fingerprint of code: what is kept of a result is kept under that of everything it was worked out by.

A result rests on the modules named below, on every module of paradero that these import (inside functions,
too), on the data in every folder that one of them asks for with `files("paradero.…")`, and on the libraries
that they import. A change to any of these changes the fingerprint, so that what was kept before is no longer
found and is worked out anew. Of an SQL file only what stands below its head counts: a step that is told in
other words makes the same table.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import os
import re
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

# Each kept result, with the modules that work it out. Name them narrowly: whatever they import counts, and
# what counts makes everything kept before stale when it changes.
RESTS_ON: dict[str, tuple[str, ...]] = {
    # build/ingested: the rows of a table, and the counts of a file of positions or of flights
    "rows": ("paradero.sources.ingesting",),
    "flight files": ("paradero.building.flight_sources",),
    # build/DIGEST-ENGINE
    "tables": ("paradero.building.making",),
    # build/documents
    "mentions": ("paradero.building.document_tables",),
    # build/audits, and in it the worked cases that held
    "audits": ("paradero.answers.verdicts.auditing",),
    "worked cases": ("paradero.answers.law.rule_cases",),
    # build/balances
    "balances": ("paradero.answers.books.solved",),
    # kept: what `balance`, `cost` and `claims check` said
    "answers": ("paradero.answers.books.answers",),
    # FOLDER/*.legs, which `legs --results FOLDER` goes on with
    "legs": ("paradero.flights.runs",),
}

_PACKAGE = "paradero"
# where it is not the name that is imported
_DISTRIBUTIONS = {"dateutil": "python-dateutil", "docx": "python-docx", "vl_convert": "vl-convert-python"}
# Spark is where tables are built; who reads them need not have it. `making` names it in their keys.
# pandas and polars are the user's own: nothing kept rests on them.
_ELSEWHERE = {"pyspark", "pandas", "polars"}
_NO_DATA = (".py", ".pyc", ".md", ".typed")
_IMPORT = re.compile(rb"import\b")  # what begins with a letter is found without trying every place
_FOLDER_READ = re.compile(rb'files\("(paradero[\w.]*)"\)')
_VERSION = re.compile(r"^Version: *(\S+)", re.MULTILINE)


class _Stamped(NamedTuple):
    """A file as it lies in its folder; one of another time or size is read again."""

    path: str
    mtime_ns: int
    size: int


class _Folder(NamedTuple):
    files: dict[str, _Stamped]
    folders: tuple[str, ...]


class Tree:
    """The source of paradero in a folder, read as text: nothing of it is imported."""

    def __init__(self, root: Path) -> None:
        self._root = str(root)
        self._folders: dict[str, _Folder] = {}
        self._modules: dict[str, _Stamped | None] = {}

    def fingerprint(self, kept: str, *, steps: bool = True) -> str:
        """SHA-256 over all that a kept result rests on, a key of `RESTS_ON`; without `steps` where each of
        these counts by itself.
        """
        found, libraries = self._reached(RESTS_ON[kept])
        lines = [f"{library} {version_of(library)}" for library in sorted(libraries - _ELSEWHERE)]
        for path in sorted(found):
            content = _read(found[path])
            if steps or not content.is_step:
                lines.append(f"{path.removeprefix(self._root)} {content.sha256}")
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    def files(self, kept: str) -> list[Path]:
        """The files that a kept result rests on, by path."""
        return [Path(path) for path in sorted(self._reached(RESTS_ON[kept])[0])]

    def _reached(self, names: tuple[str, ...]) -> tuple[dict[str, _Stamped], set[str]]:
        """Every file that these modules rest on, by path, and the libraries: with each module the packages it
        lies in, which are run before it.
        """
        found: dict[str, _Stamped] = {}
        libraries: set[str] = set()
        if missing := [name for name in names if self._module(name) is None]:
            raise LookupError(f"RESTS_ON names {', '.join(missing)}: there is no such module.")
        seen: set[str] = set()
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name in seen:
                continue
            seen.add(name)
            file = self._module(name)
            if file is None:  # a name in a module
                continue
            found[file.path] = file
            content = _read(file)
            libraries |= content.libraries
            waiting += [name.rpartition(".")[0], *content.imports]
            for folder in content.folders:
                found |= {data.path: data for data in self._data(f"{self._root}/{folder}")}
        return found, libraries

    def _module(self, name: str) -> _Stamped | None:
        """The file of a module of paradero; None where there is none of that name."""
        if name not in self._modules:
            self._modules[name] = self._found(*name.split("."))
        return self._modules[name]

    def _found(self, top: str, *parts: str) -> _Stamped | None:
        if top != _PACKAGE:
            return None
        folder = self._root
        for part in parts[:-1]:
            if part not in self._folder(folder).folders:
                return None
            folder = f"{folder}/{part}"
        here, last = self._folder(folder), parts[-1] if parts else ""
        if last in here.folders or not last:
            package = self._folder(f"{folder}/{last}" if last else folder).files.get("__init__.py")
            if package is not None:
                return package
        return here.files.get(f"{last}.py")

    def _data(self, folder: str) -> Iterator[_Stamped]:
        here = self._folder(folder)
        yield from (file for name, file in here.files.items() if not name.endswith(_NO_DATA))
        for name in here.folders:
            yield from self._data(f"{folder}/{name}")

    def _folder(self, path: str) -> _Folder:
        if path not in self._folders:
            files, folders = {}, []
            for entry in os.scandir(path):
                if entry.is_file():
                    state = entry.stat()
                    files[entry.name] = _Stamped(f"{path}/{entry.name}", state.st_mtime_ns, state.st_size)
                elif entry.name != "__pycache__":
                    folders.append(entry.name)
            self._folders[path] = _Folder(files, tuple(folders))
        return self._folders[path]


@functools.cache
def fingerprint_of(kept: str, *, steps: bool = True) -> str:
    """What `Tree.fingerprint` says of the paradero that is running."""
    return _installed().fingerprint(kept, steps=steps)


@functools.cache
def _installed() -> Tree:
    return Tree(Path(str(files(_PACKAGE))))


@functools.cache
def version_of(library: str) -> str:
    """The version of a library; `none` where it is not installed. The rest of its metadata is not parsed."""
    try:
        found = importlib.metadata.distribution(_DISTRIBUTIONS.get(library, library))
    except importlib.metadata.PackageNotFoundError:
        return "none"
    said = _VERSION.search(found.read_text("METADATA") or "")
    return said.group(1) if said else found.version


class _Content(NamedTuple):
    """A file as it was read: its SHA-256; of a module what it imports, and the folders whose files it asks
    for; of SQL whether it is a step.
    """

    sha256: str
    imports: tuple[str, ...] = ()
    libraries: frozenset[str] = frozenset()
    folders: tuple[str, ...] = ()
    is_step: bool = False


@functools.cache
def _read(file: _Stamped) -> _Content:
    with open(file.path, "rb") as stream:
        text = stream.read()
    if file.path.endswith(".sql"):
        head = f"-- {os.path.basename(file.path)[:-4]}: ".encode()
        return _Content(hashlib.sha256(_below_head(text)).hexdigest(), is_step=text.startswith(head))
    sha256 = hashlib.sha256(text).hexdigest()
    if not file.path.endswith(".py"):
        return _Content(sha256)
    asked = [match.group(1).decode() for match in _FOLDER_READ.finditer(text)]
    names = dict.fromkeys([*asked, *_imported(text)])
    tops = {name.partition(".")[0] for name in names}
    return _Content(
        sha256,
        imports=tuple(name for name in names if name.partition(".")[0] == _PACKAGE),
        libraries=frozenset(tops - sys.stdlib_module_names - {_PACKAGE}),
        # beside the root lie the examples, which are read where a casefile is made
        folders=tuple(name.replace(".", "/").partition("/")[2] for name in asked if name != _PACKAGE),
    )


def _below_head(content: bytes) -> bytes:
    lines = content.splitlines(keepends=True)
    n = next((n for n, line in enumerate(lines) if not line.startswith(b"--")), len(lines))
    return b"".join(lines[n:])


def _imported(text: bytes) -> list[str]:
    """Whatever a module imports by its full name, be it a module or a name in one.

    Read from the lines that begin with `import` and `from`, which a test holds against the parsed module:
    parsing all of them would take longer than most questions.
    """
    found: list[str] = []
    for match in _IMPORT.finditer(text):
        head = text[text.rfind(b"\n", 0, match.start()) + 1 : match.start()].split()
        if not head:
            found += _names(text, match.end())
        elif len(head) == 2 and head[0] == b"from":
            module = head[1].decode()
            found += [module, *(f"{module}.{name}" for name in _names(text, match.end()))]
    return found


def _names(text: bytes, at: int) -> list[str]:
    """The names of an import that stand from there on, on one line or in brackets."""
    end = text.find(b"\n", at)
    rest = text[at : end if end >= 0 else len(text)]
    if rest.lstrip().startswith(b"("):
        rest = text[text.find(b"(", at) + 1 : text.find(b")", at)]
    plain = b" ".join(line.partition(b"#")[0] for line in rest.split(b"\n")).decode()
    return [name.split()[0] for name in plain.split(",") if name.strip()]
