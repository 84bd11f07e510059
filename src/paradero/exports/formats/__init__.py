"""The formats of files that tables are written to, a module each, named for its ending:
`datapackage_zip.py` writes `.datapackage.zip`. A module that is added is found by itself.

Each has `FOR_SPREADSHEETS`, whether people open its files as spreadsheets, which run formulas, and
`write(content, path)`, which gives what a reader has to know of the file, or nothing. Its libraries are
imported with it; who only asks for the endings waits for none.
"""

from __future__ import annotations

import functools
import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format by its ending, and what writes a `paradero.exports.content.Content` to a path."""

    ending: str
    for_spreadsheets: bool
    write: Callable[[Any, Path], str | None]  # Any: to name the content here would load the engine


@functools.cache
def endings() -> tuple[str, ...]:
    """The endings that name a format, the one that keeps types best first."""
    names = [
        path.name.removesuffix(".py")
        for path in files("paradero.exports.formats").iterdir()
        if path.name.endswith(".py")
    ]
    found = ["." + name.replace("_", ".") for name in names if name != "__init__"]
    return tuple(sorted(found, key=lambda ending: (ending != ".parquet", ending)))


@functools.cache
def formats() -> Mapping[str, Format]:
    """Every format by its ending."""
    found = {}
    for ending in endings():
        loaded = importlib.import_module(f"{__name__}.{ending.removeprefix('.').replace('.', '_')}")
        found[ending] = Format(ending=ending, for_spreadsheets=loaded.FOR_SPREADSHEETS, write=loaded.write)
    return found


def ending_of(name: str) -> str | None:
    """The longest ending that a file's name has before which something stands, None where it has none."""
    fitting = [ending for ending in endings() if name.lower().endswith(ending) and len(name) > len(ending)]
    return max(fitting, key=len, default=None)
