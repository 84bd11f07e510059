"""What stands directly before or after a figure and makes another of it: refused, for no mention is better
than a wrong one.
"""

from __future__ import annotations

import functools
import re

from paradero.documents.kinds.vocabulary import kinds, piece

_BEFORE = 40  # letters before a figure that are looked at
_GROUP = re.compile(r"\d{3}(?!\d)")


def is_cut(text: str, match: re.Match[str], groups: dict[str, str], start: int) -> bool:
    """Whether a figure found from `start` is only part of what is written: a digit group, a fraction, a scale
    or a currency beside it was not read.
    """
    least = max(0, start - _BEFORE)
    if _not_after().search(text, least, start) or _at("cut_before").search(text, least, start):
        return True
    if groups["a"][0].isalpha() and _at("cut_before_words").search(text, least, start):
        return True
    figure = match.start("a")
    if re.match(r"0\d", groups["a"]) or (
        _GROUP.match(text, figure) and figure == start and _at("cut_before_group").search(text, least, start)
    ):
        return True
    return (
        "noun" not in groups
        and not (groups.get("percent") or groups.get("percent_word"))
        and _is_cut_after(text, match, groups, start)
    )


def _is_cut_after(text: str, match: re.Match[str], groups: dict[str, str], start: int) -> bool:
    end = match.end()
    if _at("cut_after").match(text, end):
        return True
    if text[end - 1].isdigit() and _at("cut_after_figure").match(text, end):
        return True
    if any(groups.get(name) and match.end(name) == end for name in ("a_scale", "b_scale")) and _at(
        "cut_after_scale"
    ).match(text, end):
        return True
    for name in ("a_letter", "b_letter"):
        if (
            groups.get(name)
            and match.end(name) == end
            and not text[match.start(name) - 1].isdigit()
            and _at("cut_after_letter").match(text, end)
        ):
            return True
    # ($500): less than nothing, in accounts
    is_plain = not any(groups.get(name) for name in ("b", "per", "vague", "vague_after"))
    return (
        is_plain
        and bool(groups.get("sign"))
        and text[start - 1 : start] == "("
        and text[end : end + 1] == ")"
    )


@functools.cache
def _at(name: str) -> re.Pattern[str]:
    """A piece that says what cuts a figure; the ones before it end where the figure begins, for a search is
    given that end.
    """
    return re.compile(piece("amount", name), re.IGNORECASE)


@functools.cache
def _not_after() -> re.Pattern[str]:
    """Words directly before a figure that make another of it: half a million, three quarters of a million."""
    return re.compile(
        rf"\b(?:{'|'.join(map(re.escape, kinds()['amount'].words['not_after']))})\s+(?:(?:of|de)\s+)?\Z",
        re.IGNORECASE,
    )
