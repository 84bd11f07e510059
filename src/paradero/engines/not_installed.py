"""What is not installed is looked for once: DuckDB looks for pandas at each value that is bound."""

from __future__ import annotations

import importlib.util
import sys


class _NotInstalled:
    """Says of a module at once that there is none; of others, where they are, whoever is asked next."""

    def __init__(self, module: str) -> None:
        self._module = module

    def find_spec(self, fullname: str, *_: object) -> None:
        if fullname == self._module:
            raise ModuleNotFoundError(f"No module named {fullname!r}", name=fullname)


def look_once_for_pandas() -> None:
    """Where pandas is not installed, do not look for it again in this process. For processes of our own
    alone: what is installed while they run they do not see.
    """
    if importlib.util.find_spec("pandas") is None:
        sys.meta_path.insert(0, _NotInstalled("pandas"))
