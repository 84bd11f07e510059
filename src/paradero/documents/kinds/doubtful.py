"""What is no figure although it holds digits: raised marks of footnotes, and figures that cannot be trusted
because letters stand among their digits, a line's end tears them, or no calendar has such a day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

# raised and yet part of the figure: powers of ten and two, and cents beside a sum
_PART = re.compile(r"(?<![\d.,])(?:10|2)[⁰¹²³⁴⁵⁶⁷⁸⁹]+|[$€£₡][ \u00a0]?[\d,]+[⁰¹²³⁴⁵⁶⁷⁸⁹]{2}(?![⁰¹²³⁴⁵⁶⁷⁸⁹])")
_PART_OR_MARK = re.compile(rf"(?P<part>{_PART.pattern})|[⁰¹²³⁴⁵⁶⁷⁸⁹]+(?:[,\u2009 ]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)*")
_DOUBTED = re.compile(
    r"""
    (?<![\w.,])[$]?[ ]?\d[\d.,]*[.,][OoIlSB|]{1,3}(?:\d[\d.,]*|(?!\w))   # 4.O6, 4.l, 4,O00
    | (?<!\w)[$]?\d{1,3}(?:,\d{3})*,\d{1,2}-?[ ]*\r?\n[ ]*\d+              # 1,2- and 34 on the next line
    """,
    re.VERBOSE,
)
_TORN_DAY = re.compile(r"(?<![\w.,:/-])\d{1,2}(?:st|nd|rd|th)?[ ]+(?:of[ ]+|de[ ]+)?\Z", re.IGNORECASE)
_DIGITS_AND_LETTERS = re.compile(r"(?<![\w.,:/-])(?=\d*[OlI])[\dOlI]{1,2}[ ]+(?:of[ ]+|de[ ]+)?\Z")
_YEAR_AFTER = re.compile(r",?[ ]+(?:de[ ]+)?(?=[\dOlI]*[OlI])[12l][\dOlI]{3}(?!\w)")


def without_marks(text: str) -> str:
    """The text with a blank for each raised digit that is a mark of a footnote: as long as before, so that
    offsets stay.
    """
    return _PART_OR_MARK.sub(lambda match: match[0] if match["part"] else " " * len(match[0]), text)


def doubtful(text: str) -> Iterator[tuple[int, int]]:
    """Where figures stand that are not to be read, also not in part."""
    for match in _PART.finditer(text):
        yield match.span()
    for match in _DOUBTED.finditer(text):
        yield match.span()


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
