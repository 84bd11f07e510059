"""What points at one person never comes out: numbers of persons, telephones, addresses, dates of birth. It is counted, and nothing else is told of it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

from paradero.documents.mentions import Found
from paradero.documents.vocabulary import kinds, piece

BIRTH = "date of birth"

_NEAR, _BLOCK = 60, 2000  # letters after a word of birth, and below a heading of a form
_JUST_BEFORE = 4  # `03/04/1990 (DOB)`
_EMPTY_LINE = re.compile(r"\n[ \t\r]*\n")
_OLD_YEAR = re.compile(r"(?:1[89]\d\d|200\d|201[0-4])(?!\d)")
_IN_FIGURES = ("numbers", "year-month-day")


def withhold(text: str, found: Sequence[Found]) -> tuple[list[Found], dict[str, int]]:
    """The mentions that may come out, and how often each pattern saw what may not. `found` is in the order of the text."""
    seen: Counter[str] = Counter()
    masked = bytearray(len(text))
    for pattern in kinds()["withheld"].patterns:
        for match in pattern.regex.finditer(text):
            if masked.find(1, match.start(), match.end()) < 0:
                seen[pattern.name] += 1
            masked[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    kept = [one for one in found if masked.find(1, one.start, one.end) < 0]
    births = _births(text, [one for one in kept if one.kind in ("date", "time")])
    seen[BIRTH] = len(births)
    return [one for one in kept if one not in births], {name: n for name, n in sorted(seen.items()) if n}


def _births(text: str, dates: Sequence[Found]) -> set[Found]:
    """Dates that are, or may be, of somebody's birth: the first after such a word, and below a heading of a form every one."""
    found: set[Found] = set()
    starts, ends = [one.start for one in dates], [one.end for one in dates]
    for start, end, is_field in _words_of_birth(text):
        just_before = dates[bisect_left(ends, start - _JUST_BEFORE) : bisect_right(ends, start)]
        at, until = bisect_left(starts, end), _end_of_block(text, end) if is_field else end + _NEAR
        after = dates[at : bisect_left(starts, until)]
        first = after[0] if after and after[0].start - end <= _NEAR and not just_before else None
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


def _end_of_block(text: str, start: int) -> int:
    found = _EMPTY_LINE.search(text, start, start + _BLOCK)
    return found.start() if found else start + _BLOCK
