"""A short window of the words around a mention, from the original, in which nobody's name can stand.

A word is shown only if it is in a list of common words or in certain tables of the patterns; other mentions
are shown as they are. Everything else, names and figures alike, is a mark. A list of what may be shown fails
closed; a list of names to hide would not.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from importlib.resources import files

from paradero.documents.kinds.vocabulary import words_of
from paradero.documents.mentions import Found

HIDDEN = "[…]"

_REACH = 400  # letters looked at on each side
_PART = re.compile(r"[^\W\d_]+|[.,;:?!]|[^\s.,;:?!]")


# Tables whose words may be shown; names of operators, months and places stand in none of them, for people are
# named so too.
_TABLES = (
    "noun_en",
    "noun_es",
    "describing_en",
    "describing_es",
    "vague",
    "vague_after",
    "scale",
    "ones_en",
    "ones_es",
    "money",
    "per",
    "percent",
)
# Written with a capital, only these and what a table itself writes so: Grant, Page and Young are surnames.
_OPENING_WORDS = """a after al an and as at before but by con de del during el en for he in it la las lo los more no of on
se she since some su that the
there these they this those to un una under we when while with y"""
_OPENING = frozenset(_OPENING_WORDS.split())


@functools.cache
def _shown() -> tuple[frozenset[str], frozenset[str]]:
    """(words shown in small letters, words shown as they are written here)."""
    written = words_of(_TABLES)
    listed = (files("paradero.documents") / "context_words.txt").read_text(encoding="utf-8")
    return frozenset(word for word in (*written, *listed.split()) if word.islower()), frozenset(
        word for word in written if not word.islower()
    )


def is_shown(word: str) -> bool:
    """Whether a context may show a word."""
    small, as_written = _shown()
    return word in small or word in as_written or (word.casefold() in _OPENING and word.istitle())


def context_of(text: str, found: Sequence[Found], which: Found, *, words: int = 12) -> tuple[str, str]:
    """(before, after): at most `words` words on each side of a mention of `text`, whose mentions are
    `found`.
    """
    before = list(_parts(text, found, max(0, which.start - _REACH), which.start))[-words:]
    after = list(_parts(text, found, which.end, min(len(text), which.end + _REACH)))[:words]
    return _joined(before), _joined(after)


def _parts(text: str, found: Sequence[Found], start: int, end: int) -> Iterator[str]:
    """Words, punctuation and whole mentions between two places."""
    inside = [one for one in found if start <= one.start and one.end <= end]
    place = start
    for one in inside:
        yield from _words(text[place : one.start])
        yield " ".join(one.text.split())
        place = one.end
    yield from _words(text[place:end])


def _words(text: str) -> Iterator[str]:
    for part in _PART.findall(text):
        yield part if part in ".,;:?!" or is_shown(part) else HIDDEN


def _joined(parts: Sequence[str]) -> str:
    """The parts in a line, marks in a row as one."""
    line = ""
    for at, part in enumerate(parts):
        if part == HIDDEN and at and parts[at - 1] == HIDDEN:
            continue
        line += part if part in ".,;:?!" or not line else f" {part}"
    return line
