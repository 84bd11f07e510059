"""The patterns as data: one TOML file a kind, with words, regular expressions made of named pieces, and
worked examples.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

# A blank within a mention: spaces, or the end of one line where the text runs on. An empty line, a cell or a
# paragraph is never crossed.
GAP = r"(?:[ \u00a0\u202f\u2009]{1,40}(?:\r?\n[ \u00a0]{0,40})?|\r?\n[ \u00a0]{0,40})"
_BREAK = r"(?:\r?\n[ ]{0,40})?"  # after a hyphen at the end of a line

_NAMED = re.compile(r"@([A-Za-z_]+)@")
_DEEPEST = 8

Word = str | int | float


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """One regular expression of a kind; its named groups are what is read. `language` says which words for
    numbers it takes, where it takes only one's.
    """

    name: str
    kind: str
    language: str
    regex: re.Pattern[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of mention: its tables of words, its patterns and its worked examples."""

    kind: str
    words: Mapping[str, Mapping[str, Word]]
    patterns: tuple[Pattern, ...]
    pieces: Mapping[str, str]
    examples: tuple[Mapping[str, Any], ...]

    def meaning(self, table: str, written: str) -> Word | None:
        """What a word of a table means, whatever its capitals and blanks; None where the table has no such
        word.
        """
        exact = self.words[table].get(written)
        return exact if exact is not None else _folded(self, table).get(_plain(written))


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _folded(kind: Kind, table: str) -> Mapping[str, Word]:
    return _folded_of(kind.kind, table)


@functools.cache
def _folded_of(kind: str, table: str) -> Mapping[str, Word]:
    return {_plain(word): meaning for word, meaning in kinds()[kind].words[table].items()}


@functools.cache
def kinds() -> dict[str, Kind]:
    """Every kind by its name, `withheld` among them; raises ValueError for a pattern that is no regular
    expression.
    """
    folder = files("paradero.documents") / "patterns"
    loaded = {
        entry.name.removesuffix(".toml"): tomllib.loads(entry.read_text(encoding="utf-8"))
        for entry in folder.iterdir()
        if entry.name.endswith(".toml")
    }
    shared = loaded.pop("words")
    nouns = {name: table for name, table in loaded["count"].items() if name.startswith("noun_")}
    return {name: _kind(file, {**shared, **nouns}) for name, file in sorted(loaded.items())}


def _kind(file: dict[str, Any], shared: Mapping[str, Any]) -> Kind:
    tables = {
        name: table
        for name, table in {**shared, **file}.items()
        if isinstance(table, dict) and name != "pieces"
    }
    pieces = {
        "gap": GAP,
        "break": _BREAK,
        **{name: _either(table) for name, table in tables.items()},
        **shared["pieces"],
        **file.get("pieces", {}),
    }
    patterns = tuple(
        Pattern(
            name=one["name"],
            kind=file["kind"],
            language=one.get("language", ""),
            regex=re.compile(_filled(one["regex"], pieces), re.IGNORECASE),
        )
        for one in file["pattern"]
    )
    own = {name: _filled(regex, pieces) for name, regex in file.get("pieces", {}).items()}
    return Kind(
        kind=file["kind"], words=tables, patterns=patterns, pieces=own, examples=tuple(file["example"])
    )


def _either(words: Mapping[str, Word]) -> str:
    """Any of the words, longest first, as they are written; a word ends where letters end."""
    return "|".join(_spelt(word) for word in sorted(words, key=lambda each: (-len(each), each)))


def _spelt(word: str) -> str:
    body = GAP.join(re.escape(part) for part in word.split(" "))
    return body + r"(?![^\W\d])" if word[-1].isalpha() and len(word) > 2 else body


def _filled(regex: str, pieces: Mapping[str, str]) -> str:
    for _ in range(_DEEPEST):
        filled = _NAMED.sub(
            lambda found: f"(?:{pieces[found[1]]})" if "(?P<" not in pieces[found[1]] else pieces[found[1]],
            regex,
        )
        if filled == regex:
            return regex
        regex = filled
    raise ValueError(f"pieces stand in each other more than {_DEEPEST} deep in `{regex[:80]}`")


@functools.cache
def piece(kind: str, name: str) -> str:
    """A named piece of a kind's file as a regular expression."""
    return kinds()[kind].pieces[name]


def words_of(tables: Iterable[str]) -> frozenset[str]:
    """Every single word of the tables of those names, as it is written there."""
    names = frozenset(tables)
    found = (
        word
        for kind in kinds().values()
        for name, table in kind.words.items()
        if name in names
        for word in table
    )
    return frozenset(part for word in found for part in re.findall(r"[^\W\d_]+", word))
