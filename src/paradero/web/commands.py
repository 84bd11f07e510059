"""Commands that sentences name, and where the site answers them: data in `commands.toml`."""

from __future__ import annotations

import functools
import itertools
import re
import shlex
from importlib.resources import files
from urllib.parse import quote

import msgspec

_PLACE = re.compile(r"\{([^}]+)\}")
_PLACEHOLDER = re.compile(r"[A-Z/@-]+")  # `ID`, `FILE`: what a reader is to put in


class Command(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A command by its first word, and the address that answers it."""

    begins: str
    to: str


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    command: tuple[Command, ...]


@functools.cache
def commands() -> tuple[Command, ...]:
    """Every command that the site answers."""
    text = (files("paradero.web") / "commands.toml").read_bytes()
    return msgspec.toml.decode(text, type=_File).command


def answered_at(text: str) -> str | None:
    """The address of the site, without its language, that answers a command as it is printed; None where none
    does.

    >>> answered_at("paradero unaccounted --release A")
    '/unaccounted'
    """
    if not text.startswith("paradero "):
        return None
    try:
        words = shlex.split(text)[1:]
    except ValueError:
        return None
    if not words:
        return None
    given = {str(at): word for at, word in enumerate(_plain(words[1:]))}
    given |= {name: value for name, value in itertools.pairwise(words) if name.startswith("--")}
    for each in commands():
        places = _PLACE.findall(each.to)
        if each.begins == words[0] and all(_is_told(given.get(place)) for place in places):
            return _PLACE.sub(lambda found: quote(given[found[1]], safe=""), each.to)
    return None


def _plain(words: list[str]) -> list[str]:
    return [
        word
        for before, word in zip(["", *words], words, strict=False)
        if not word.startswith("--") and not before.startswith("--")
    ]


def _is_told(word: str | None) -> bool:
    """Whether a word is there and is no placeholder."""
    return word is not None and not any(_PLACEHOLDER.fullmatch(part) for part in word.split("/"))
