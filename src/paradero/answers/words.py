"""The sentences of reports on verdicts, in English and Spanish."""

from __future__ import annotations

import functools
import re
import tomllib
from importlib.resources import files

from paradero.model.naming import unknown

LANGUAGES = ("en", "es")
_ARTICLE = re.compile(r"\b(a|de) el(?= )")  # not before `él`, nor in the name of El Salvador


@functools.cache
def _all() -> dict[str, dict[str, str]]:
    return tomllib.loads((files("paradero.answers") / "words.toml").read_text(encoding="utf-8"))


class Words:
    """Sentences in one language. Raises UnknownName for a language that is neither `en` nor `es`."""

    def __init__(self, language: str) -> None:
        if language not in LANGUAGES:
            raise unknown("a language", language, LANGUAGES)
        self.language = language
        self._sentences = _all()[language]

    def __call__(self, name: str, **filled: object) -> str:
        """The sentence of that name, filled in; in Spanish with its articles contracted: `del`, `al`."""
        sentence = self._sentences[name].format(**filled)
        return (
            sentence
            if self.language == "en"
            else _ARTICLE.sub(lambda found: "al" if found[1] == "a" else "del", sentence)
        )

    def has(self, name: str) -> bool:
        """Whether there is a sentence of that name."""
        return name in self._sentences

    def of(self, english: str, spanish: str) -> str:
        """The text of this language."""
        return spanish if self.language == "es" and spanish else english
