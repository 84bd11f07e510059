"""What a casefile says it covers: ours in the language of the page, another's as it stands."""

from __future__ import annotations

from paradero.reports.content.blocks import Stated
from paradero.reports.content.wording import words_of


def scope_in(scope: str, language: str) -> Stated:
    """The scope in a language, where the sentence is paradero's own: that of a new casefile, of the
    demonstration, of the reference case. Who wrote another did so in a language that is not known.
    """
    return Stated(
        text=next((one[language] for one in words_of("scope").values() if one["en"] == scope), scope)
    )
