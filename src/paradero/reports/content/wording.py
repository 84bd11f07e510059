"""Sentences of pages in English and Spanish: they lie in `words/`, a file a section, and hold no digits;
numbers come into them as figures.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterable
from dataclasses import replace
from importlib.resources import files
from typing import Any, TypeAlias

from paradero.answers.words import LANGUAGES
from paradero.figures.codes import code_in_words
from paradero.figures.figure import Figure
from paradero.model.naming import unknown
from paradero.reports.content.blocks import Code, Number, Piece, Stated, Text
from paradero.reports.content.numbers import quantity

Part: TypeAlias = Figure | Piece | Text

_FOLDER = files("paradero.reports.content") / "words"
_PLACE = re.compile(r"\{([a-z_]+)\}")
_CODE = re.compile(r"`([^`]+)`")


@functools.cache
def words_of(name: str) -> dict[str, Any]:
    """The sentences of a file, by their names and languages."""
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


class Wording:
    """The sentences of one file in one language. Raises UnknownName for a language that is none."""

    def __init__(self, name: str, language: str) -> None:
        if language not in LANGUAGES:
            raise unknown("a language", language, LANGUAGES)
        self.language = language
        self._words = words_of(name)

    def __call__(self, name: str, /, **parts: Part) -> Text:
        """The sentence of that name with its parts in it: a figure becomes its number and noun, a link to
        what it rests on. Where the sentence has two forms, the first is for a first figure of exactly one.
        """
        written = self._words[name][self.language]
        if not isinstance(written, str):
            first = next((part for part in parts.values() if isinstance(part, Figure)), None)
            written = written[0 if first is not None and (first.lo, first.hi) == (1, 1) else 1]
        return _begun(tuple(self._filled(written, parts)))

    def plain(self, name: str) -> str:
        """A sentence without parts: a head, a caption."""
        return str(self._words[name][self.language])

    def code(self, group: str, code: str) -> str:
        """A code of an answer in words (figures/codes.toml); as it stands where it has none."""
        return code_in_words(group, code, self.language)

    def of(self, english: str, spanish: str) -> str:
        """The text of this language; the English one where there is no Spanish."""
        return spanish if self.language == "es" and spanish else english

    def stated(self, english: str, spanish: str = "") -> Stated:
        """The text of this language as somebody stated it; the English one marked as such where there is no
        Spanish.
        """
        is_english = self.language != "en" and not spanish
        return Stated(text=self.of(english, spanish), language="en" if is_english else "")

    def number(self, figure: Figure) -> Number:
        """A figure as it stands in a sentence or a cell."""
        return Number(figure=figure, text=quantity(figure, self.language))

    def bare(self, figure: Figure) -> Number:
        """A figure without its noun, for a cell whose head names it."""
        return Number(figure=figure, text=quantity(figure, self.language, noun=False))

    def _filled(self, written: str, parts: dict[str, Part]) -> Iterable[Piece]:
        for index, piece in enumerate(_PLACE.split(written)):
            if index % 2 == 0:
                yield from _coded(piece)
            else:
                part = parts[piece]
                if isinstance(part, Figure):
                    yield self.number(part)
                elif isinstance(part, tuple):
                    yield from part
                else:
                    yield part


def _begun(text: Text) -> Text:
    """A sentence that a number in words begins, begun with a capital."""
    first = text[0] if text else ""
    if not isinstance(first, Number) or not first.text[:1].islower():
        return text
    return (replace(first, text=first.text[:1].upper() + first.text[1:]), *text[1:])


def _coded(text: str) -> Iterable[Piece]:
    """Words between backticks are code."""
    for index, piece in enumerate(_CODE.split(text)):
        if piece:
            yield Code(text=piece) if index % 2 else piece


def plain_text(text: Text) -> str:
    """The words of a text alone."""
    return "".join(piece if isinstance(piece, str) else piece.text for piece in text)


def joined(texts: Iterable[Text], between: str = ", ") -> Text:
    """Texts one after the other."""
    found: list[Piece] = []
    for index, text in enumerate(texts):
        if index:
            found.append(between)
        found += text
    return tuple(found)
