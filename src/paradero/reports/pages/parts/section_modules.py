"""The sections of a page, a module each in a folder of their own or one below it: `RANK` is its place,
`section` writes it or gives None where the casefile has nothing for it. A module that is added is found by
itself.
"""

from __future__ import annotations

import functools
import importlib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

from paradero.reports.pages.material import Part


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionModule:
    """A section by its name, its place on the page, and what writes it."""

    name: str
    rank: int
    write: Part


@functools.cache
def section_modules(room: str) -> tuple[SectionModule, ...]:
    """All sections of that folder of `pages` and of those below it, in the order of the page."""
    found = []
    for name in _modules(files("paradero.reports.pages") / room, f"paradero.reports.pages.{room}"):
        loaded = importlib.import_module(name)
        found.append(SectionModule(name=name.rpartition(".")[2], rank=loaded.RANK, write=loaded.section))
    return tuple(sorted(found, key=lambda each: each.rank))


def _modules(folder: Traversable, package: str) -> Iterator[str]:
    """The full names of the modules of a folder and of the folders in it."""
    for path in sorted(folder.iterdir(), key=lambda each: each.name):
        name = path.name.removesuffix(".py")
        if path.is_dir() and not name.startswith("__"):
            yield from _modules(path, f"{package}.{name}")
        elif path.name.endswith(".py") and name != "__init__":
            yield f"{package}.{name}"
