"""The sections of a page, a module each in a folder of their own: `RANK` is its place, `section` writes it or
gives None where the casefile has nothing for it. A module that is added is found by itself.
"""

from __future__ import annotations

import functools
import importlib
from dataclasses import dataclass
from importlib.resources import files

from paradero.reports.pages.material import Part


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionModule:
    """A section by its name, its place on the page, and what writes it."""

    name: str
    rank: int
    write: Part


@functools.cache
def section_modules(room: str) -> tuple[SectionModule, ...]:
    """All sections of the folder of that name beside this module, in the order of the page."""
    found = []
    for path in (files("paradero.reports.pages") / room).iterdir():
        name = path.name.removesuffix(".py")
        if path.name.endswith(".py") and name != "__init__":
            loaded = importlib.import_module(f"paradero.reports.pages.{room}.{name}")
            found.append(SectionModule(name=name, rank=loaded.RANK, write=loaded.section))
    return tuple(sorted(found, key=lambda each: each.rank))
