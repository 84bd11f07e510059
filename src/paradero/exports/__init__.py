"""Tables out: one file a table, the format named by the ending.

The public names are imported when they are first used, as those of `paradero` are: the help of the command
line names the endings without loading an engine. `__init__.pyi` says the same to type checkers.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__all__ = ["FORMATS", "export"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module `paradero.exports` has no attribute `{name}`")
    return getattr(import_module("paradero.exports.files"), name)
