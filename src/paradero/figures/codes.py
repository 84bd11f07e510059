"""Codes of answers in words of both languages (codes.toml): reasons, verdicts, ways of counting."""

from __future__ import annotations

import functools
import tomllib
from importlib.resources import files
from typing import Any

_FILE = files("paradero.figures") / "codes.toml"


@functools.cache
def _groups() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def code_groups() -> tuple[str, ...]:
    """The names of the groups of codes."""
    return tuple(_groups())


def codes_of(group: str) -> tuple[str, ...]:
    """The codes of a group that have words."""
    return tuple(code for code, words in _groups()[group].items() if isinstance(words, dict))


def code_in_words(group: str, code: str, language: str) -> str:
    """A code of a group in words, `en` or `es`; as it stands where it has none."""
    known = _groups()[group].get(code)
    return str(known[language]) if isinstance(known, dict) else code
