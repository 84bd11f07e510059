"""What a column means: as declared, as the layout of its source says, or by what its name is made of."""

from __future__ import annotations

from paradero.model.columns import Kind, kind_of, meaning_of
from paradero.reports.content.blocks import Code, Stated, Text
from paradero.reports.content.wording import Wording

# the end of a name, and the words of `columns.toml` for what it says of the column before it
_ENDS = {
    "_why_missing": "why_missing",
    "_lo": "earliest",
    "_hi": "latest",
    "_precision": "precision",
    "_first": "of_first",
    "_last": "of_last",
    "_longest": "of_longest",
}


def meaning_in_words(name: str, described: str, language: str) -> Text:
    """The meaning of a column; `described` is what the layouts of sources say of it, in English."""
    say = Wording("columns", language)
    meaning = meaning_of(name, language=language)
    if meaning:
        unit = (". ", *say("in_microseconds")) if kind_of(name) is Kind.LENGTH else ()
        return (Stated(text=meaning), *unit)
    if described:
        return say("described", text=say.stated(described))
    for end, word in _ENDS.items():
        if name.endswith(end) and name != end:
            return say(word, column=Code(text=name.removesuffix(end)))
    return say("not_described")
