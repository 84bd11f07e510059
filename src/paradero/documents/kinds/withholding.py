"""What points at one person never comes out: numbers of persons, telephones, addresses, dates of birth. It is
counted, and nothing else is told of it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

from paradero.documents.kinds.vocabulary import kinds, piece
from paradero.documents.mentions import Found

BIRTH = "date of birth"

_NEAR, _BLOCK = 60, 2000  # letters after a word of birth, and below a heading of a form
_SENTENCE = 600  # letters of a sentence that are looked at for the date of a birth
_SHORT_LINE = 100  # so long is a row of a list of people
_PERSONS = (
    "A-number",
    "number of a person in custody",
    "social security number",
    "identity card",
    "number of a document or a telephone",
)
_END_OF_SENTENCE = re.compile(
    r"[a-záéíóúñ\d)]{2}[.!?][\"')\]\u201d]*\s+(?=[A-ZÁÉÍÓÚÑ¿¡\"(\[\u201c])|\n[ \t\r]*\n"
)
_JUST_BEFORE = 4  # `03/04/1990 (DOB)`
_EMPTY_LINE = re.compile(r"\n[ \t\r]*\n")
_OLD_YEAR = re.compile(r"(?:1[89]\d\d|200\d|201[0-4])(?!\d)")
_IN_FIGURES = ("numbers", "year-month-day")


def withhold(text: str, found: Sequence[Found]) -> tuple[list[Found], dict[str, int]]:
    """The mentions that may come out, and how often each pattern saw what may not. `found` is in the order of
    the text.
    """
    seen: Counter[str] = Counter()
    masked, numbered = bytearray(len(text)), []
    for pattern in kinds()["withheld"].patterns:
        for match in pattern.regex.finditer(text):
            if masked.find(1, match.start(), match.end()) < 0:
                seen[pattern.name] += 1
            if pattern.name in _PERSONS:
                numbered.append((match.start(), match.end()))
            masked[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    kept = [one for one in found if masked.find(1, one.start, one.end) < 0]
    dates = [one for one in kept if one.kind in ("date", "time")]
    births = _births(text, dates) | _beside_numbers(text, dates, numbered)
    seen[BIRTH] = len(births)
    return [one for one in kept if one not in births], {name: n for name, n in sorted(seen.items()) if n}


def _beside_numbers(text: str, dates: Sequence[Found], numbered: Sequence[tuple[int, int]]) -> set[Found]:
    """Dates on a line with somebody's number: every one in a short line, in a longer one those that may be of
    a birth.
    """
    found: set[Found] = set()
    starts = [one.start for one in dates]
    for start, end in numbered:
        least, most = max(0, start - _BLOCK), min(len(text), end + _BLOCK)
        first, last = max(least, text.rfind("\n", least, start) + 1), text.find("\n", end, most)
        last = most if last < 0 else last
        near = [
            one for one in dates[bisect_left(starts, first) : bisect_left(starts, last)] if one.kind == "date"
        ]
        found.update(one for one in near if last - first <= _SHORT_LINE or _may_be(one, is_field=True))
    return found


def _births(text: str, dates: Sequence[Found]) -> set[Found]:
    """Dates that are, or may be, of somebody's birth: the first after such a word, and below a heading of a
    form every one.
    """
    found: set[Found] = set()
    starts, ends = [one.start for one in dates], [one.end for one in dates]
    for start, end, is_field in _words_of_birth(text):
        just_before = dates[bisect_left(ends, start - _JUST_BEFORE) : bisect_right(ends, start)]
        at, until = (
            bisect_left(starts, end),
            (_end_of_block(text, end) if is_field else max(end + _NEAR, _end_of_sentence(text, end))),
        )
        after = dates[at : bisect_left(starts, until)]
        first = (
            after[0]
            if after and (not is_field or after[0].start - end <= _NEAR) and not just_before
            else None
        )
        is_heading = is_field and not just_before and (first is None or "\n" in text[end : first.start])
        found.update(just_before, [first] if first else [])
        found.update(one for one in after if is_heading or _may_be(one, is_field=is_field))
    return found


def _may_be(one: Found, *, is_field: bool) -> bool:
    return _OLD_YEAR.search(one.text) is not None or (is_field and one.pattern in _IN_FIGURES)


def _words_of_birth(text: str) -> Iterator[tuple[int, int, bool]]:
    for name, is_field in (("birth_word", False), ("birth_field_word", True)):
        for match in re.finditer(piece("withheld", name), text, re.IGNORECASE):
            yield match.start(), match.end(), is_field


def _end_of_sentence(text: str, start: int) -> int:
    found = _END_OF_SENTENCE.search(text, max(0, start - 2), start + _SENTENCE)
    return found.start() if found else start + _SENTENCE


def _end_of_block(text: str, start: int) -> int:
    found = _EMPTY_LINE.search(text, start, start + _BLOCK)
    return found.start() if found else start + _BLOCK
