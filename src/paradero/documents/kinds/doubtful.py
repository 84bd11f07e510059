"""What is no figure although it holds digits: raised marks of footnotes, and figures that cannot be trusted
because letters stand among their digits, a line's end tears them, or no calendar has such a day.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from typing import Literal

from paradero.documents.kinds.vocabulary import piece

# why a figure is not read: raised digits that may be part of it, letters among its digits, the end of a line
# within it, a day that no calendar has or that is only part of what is written, another day of the week
Doubt = Literal["raised", "letters", "torn", "no_such_day", "weekday"]
Doubted = tuple[int, int, Doubt]

RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

# raised and yet part of the figure: powers of ten and two, and cents beside a sum
_PART = re.compile(r"(?<![\d.,])(?:10|2)[⁰¹²³⁴⁵⁶⁷⁸⁹]+|[$€£₡][ \u00a0]?[\d,]+[⁰¹²³⁴⁵⁶⁷⁸⁹]{2}(?![⁰¹²³⁴⁵⁶⁷⁸⁹])")
_PART_OR_MARK = re.compile(rf"(?P<part>{_PART.pattern})|[⁰¹²³⁴⁵⁶⁷⁸⁹]+(?:[,\u2009 ]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)*")
_LETTERS = re.compile(  # 4.O6, 4.l, 4,O00
    r"(?<![\w.,])[$]?[ ]?\d[\d.,]*[.,][OoIlSB|]{1,3}(?:\d[\d.,]*|(?!\w))"
)
# 1,2- and 34 on the next line
_TORN = re.compile(r"(?<!\w)[$]?\d{1,3}(?:,\d{3})*,\d{1,2}-?[ ]*\r?\n[ ]*\d+")
_NEAR = 60  # letters before a date in which its day of the week stands
_TORN_DAY = re.compile(r"(?<![\w.,:/-])\d{1,2}(?:st|nd|rd|th)?[ ]+(?:of[ ]+|de[ ]+)?\Z", re.IGNORECASE)
_DIGITS_AND_LETTERS = re.compile(r"(?<![\w.,:/-])(?=\d*[OlI])[\dOlI]{1,2}[ ]+(?:of[ ]+|de[ ]+)?\Z")
_YEAR_AFTER = re.compile(r",?[ ]+(?:de[ ]+)?(?=[\dOlI]*[OlI])[12l][\dOlI]{3}(?!\w)")


def without_marks(text: str) -> str:
    """The text with a blank for each raised digit that is a mark of a footnote: as long as before, so that
    offsets stay.
    """
    return _PART_OR_MARK.sub(lambda match: match[0] if match["part"] else " " * len(match[0]), text)


def doubtful(text: str) -> Iterator[Doubted]:
    """Where figures stand that are not to be read, also not in part, and why."""
    patterns: tuple[tuple[re.Pattern[str], Doubt], ...] = (
        (_PART, "raised"),
        (_LETTERS, "letters"),
        (_TORN, "torn"),
    )
    for pattern, why in patterns:
        for match in pattern.finditer(text):
            yield *match.span(), why


def counted(doubted: Sequence[Doubted], read: Sequence[tuple[int, int]]) -> dict[Doubt, int]:
    """How many figures were not read, by why: what several patterns saw counts once, and nothing that was
    `read` after all.
    """
    found: dict[Doubt, int] = {}
    last = -1
    for start, end, why in sorted(doubted):
        if start < last or any(start < to and begin < end for begin, to in read):
            last = max(last, end)
            continue
        last = end
        found[why] = found.get(why, 0) + 1
    return dict(sorted(found.items()))


def weekday_beside(text: str, start: int, end: int) -> str:
    """The day of the week that stands before a date, or after it in brackets; empty where none does."""
    before, after = _weekdays()
    found = before.search(text, max(0, start - _NEAR), start) or after.match(text, end)
    return found["weekday"] if found else ""


@functools.cache
def _weekdays() -> tuple[re.Pattern[str], re.Pattern[str]]:
    before, after = (piece("date", name) for name in ("weekday_before", "weekday_after"))
    return re.compile(rf"{before}\Z", re.IGNORECASE), re.compile(after, re.IGNORECASE)


def is_torn_date(text: str, start: int, end: int) -> bool:
    """Whether a date from `start` to `end` is only part of what is written: a day that its month does not
    have or that could not be read stands before it, or a year with letters after it.
    """
    least = max(0, start - 12)
    return bool(
        _TORN_DAY.search(text, least, start)
        or _DIGITS_AND_LETTERS.search(text, least, start)
        or _YEAR_AFTER.match(text, end)
    )
