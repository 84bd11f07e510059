"""Errors that a reader of pages can cause, in Spanish: sentences and names as data in `errors_es.toml`."""

from __future__ import annotations

import functools
import re
from importlib.resources import files

import msgspec

_PLACE = re.compile(r"\{([a-z]+)\}")
_UNKNOWN = re.compile(
    r"(?P<found>`.*`) is not (?P<what>[^`]+?)\.(?: Did you mean (?P<near>`.*?`)\?)? (?P<listed>[^?]+\.)",
    re.DOTALL,
)
_LISTS = (("Choose one of: ", "Elija entre: "), ("The only one is: ", "La única posibilidad es: "))


class _Sentence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    english: str
    spanish: str


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    what: dict[str, str]
    listed: dict[str, str]
    error: tuple[_Sentence, ...]


@functools.cache
def _file() -> _File:
    return msgspec.toml.decode((files("paradero.web") / "errors_es.toml").read_bytes(), type=_File)


@functools.cache
def _sentences() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((_pattern(one.english), one.spanish) for one in _file().error)


def _pattern(english: str) -> re.Pattern[str]:
    """The sentence with anything in its places; it is looked for as a whole."""
    parts = _PLACE.split(english)
    return re.compile(
        "".join(f"(?P<{part}>.+)" if place % 2 else re.escape(part) for place, part in enumerate(parts)),
        re.DOTALL,
    )


def in_spanish(text: str) -> str | None:
    """An error as its reader's Spanish has it; None where it is none of those that are known.

    >>> in_spanish("`day=x`: not a day. Write it like 2025-07-04.")
    '`day=x`: no es un día. Escríbalo así: 2025-07-04.'
    >>> in_spanish("`x` is not a table. Did you mean `y` or `z`? Choose one of: y, z.")
    '`x` no es una tabla. ¿Quiso decir `y` o `z`? Elija entre: y, z.'
    """
    for pattern, spanish in _sentences():
        found = pattern.fullmatch(text)
        if found is not None:
            return spanish.format_map(found.groupdict())
    return _of_unknown(text)


def _of_unknown(text: str) -> str | None:
    """The error of a name that nothing has, as `model.naming.unknown` writes it."""
    found = _UNKNOWN.fullmatch(text)
    what = None if found is None else _file().what.get(found["what"])
    if found is None or what is None:
        return None
    listed = _file().listed.get(found["listed"])
    for english, spanish in _LISTS:
        if found["listed"].startswith(english):
            listed = spanish + found["listed"].removeprefix(english)
    if listed is None:
        return None
    near = f" ¿Quiso decir {found['near'].replace('` or `', '` o `')}?" if found["near"] else ""
    return f"{found['found']} no es {what}.{near} {listed}"
