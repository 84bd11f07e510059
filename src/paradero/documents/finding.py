"""Find every mention in one page's text, with its exact place; whatever points at one person is left out and
only counted.

Deterministic: kinds in a fixed order, within a kind the longest first; no two mentions share a letter.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from paradero.documents.kinds.calendars import date_of, is_other_weekday, on_day, time_of
from paradero.documents.kinds.doubtful import (
    Doubt,
    Doubted,
    counted,
    doubtful,
    is_torn_date,
    weekday_beside,
    without_marks,
)
from paradero.documents.kinds.edges import is_cut
from paradero.documents.kinds.proceedings import aircraft_of, docket_of, flight_of
from paradero.documents.kinds.quantities import amount_of, count_of
from paradero.documents.kinds.vocabulary import Kind, Pattern, kinds, piece
from paradero.documents.kinds.withholding import withhold
from paradero.documents.mentions import KINDS, Found, MentionKind, Value

# Who is read first takes the letters: a docket is no time, a date no count. Amounts and counts are read
# together, the longer wins.
_ORDER: tuple[tuple[MentionKind, ...], ...] = (
    ("docket",),
    ("aircraft",),
    ("flight",),
    ("time",),
    ("date",),
    ("amount", "count"),
)

_KINDS: Mapping[str, MentionKind] = {kind: kind for kind in KINDS}
_READERS: Mapping[str, Callable[[Kind, dict[str, str]], Value | None]] = {
    "docket": docket_of,
    "aircraft": aircraft_of,
    "flight": flight_of,
    "time": time_of,
    "date": date_of,
}

_CHANGED = re.compile(
    r"(?<!\w)(?:r[io]ses?|rising|rais(?:es?|ed)|gr[oe]ws?|grown|f[ae]lls?|dropped|increased?|went|cut|climbed"
    r"|pas[óa]|sub(?:e|ió)|baj[óa]|crec(?:e|ió)|aument[óa]|ca(?:e|yó))(?!\w)[^.;\d]{0,24}\Z",
    re.IGNORECASE,
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SPANISH = re.compile(r"\b(?:el|la|los|las|de|del|que|en|y|por|con|para|una?|se|fue)\b", re.IGNORECASE)
_ENGLISH = re.compile(r"\b(?:the|of|and|to|in|that|was|were|for|on|by|with|an?|is)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What was found in one text; `withheld` counts what points at one person, by the name of the pattern
    that saw it; `doubted` counts the figures that were not read because they cannot be trusted, by why.
    """

    found: tuple[Found, ...]
    withheld: dict[str, int]
    doubted: dict[Doubt, int]


def find_mentions(text: str) -> Page:
    """Every mention of a text in the order in which they stand."""
    written, text = text, without_marks(text)
    spanish = is_spanish(text)
    taken: list[Found] = []
    occupied = bytearray(len(text))
    doubted = list(doubtful(text))
    for start, end, _ in doubted:
        occupied[start:end] = b"\1" * (end - start)
    for group in _ORDER:
        found = [one for kind in group for one in _of_kind(kinds()[kind], text, doubted, spanish=spanish)]
        for one in sorted(found, key=lambda each: (each.start - each.end, each.start)):
            if occupied.find(1, one.start, one.end) < 0:
                occupied[one.start : one.end] = b"\1" * (one.end - one.start)
                taken.append(one)
    taken = [replace(one, text=written[one.start : one.end]) for one in taken]
    taken.sort(key=lambda each: each.start)
    kept, withheld = withhold(text, taken)
    return Page(
        found=tuple(_on_their_days(text, kept)),
        withheld=withheld,
        doubted=counted(doubted, [(one.start, one.end) for one in taken]),
    )


def is_spanish(text: str) -> bool:
    """Whether more of the small words of a text are Spanish than English: decides what a point among figures
    parts.
    """
    return sum(1 for _ in _SPANISH.finditer(text)) > sum(1 for _ in _ENGLISH.finditer(text))


def _of_kind(kind: Kind, text: str, doubted: list[Doubted], *, spanish: bool) -> Iterator[Found]:
    """The mentions of a kind; dates that cannot be trusted are added to `doubted` instead."""
    for pattern in kind.patterns:
        for match, seen in _matches(kind, pattern, text):
            groups = {name: part for name, part in match.groupdict().items() if part}
            start = match.start()
            if "open" in groups and "b" not in groups:  # "de 238 hombres": no range is opened
                del groups["open"]
                start = min(match.start(name) for name in groups)
            if "lead" in groups:  # words that say what is counted, before the mention itself
                del groups["lead"]
                start = match.end("lead")
            if kind.kind in ("amount", "count") and is_cut(seen, match, groups, start):
                continue
            value = _read(kind, pattern, {**groups, "whole": match[0]}, spanish=spanish)
            why = _doubt(kind, groups, value, text, start, match.end()) if kind.kind == "date" else None
            if why is not None:
                doubted.append((start, match.end(), why))
            elif value is not None:
                yield Found(
                    kind=_KINDS[kind.kind],
                    pattern=pattern.name,
                    start=start,
                    end=match.end(),
                    text=text[start : match.end()],
                    value=value,
                )


def _doubt(
    kind: Kind, groups: dict[str, str], value: Value | None, text: str, start: int, end: int
) -> Doubt | None:
    """Why a date is not to be read, None where nothing speaks against it."""
    if is_torn_date(text, start, end):
        return "no_such_day"
    if value is None:  # figures alone are as often a version or a section
        return None if groups.get("one") else "no_such_day"
    weekday = weekday_beside(text, start, end)
    return "weekday" if weekday and is_other_weekday(kind, weekday, value) else None


def _matches(kind: Kind, pattern: Pattern, text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Where a pattern fits, and the text that may make another figure of it. What rose by one figure to
    another, or from one to another, is no range: the two are looked for apart.
    """
    for match in pattern.regex.finditer(text):
        is_range = kind.kind in ("amount", "count") and match.groupdict().get("b")
        if not (is_range and _CHANGED.search(text, max(0, match.start() - 40), match.start())):
            yield match, text
            continue
        first = pattern.regex.search(text, match.start(), match.start("b"))
        if first is not None:
            groups = match.groupdict()
            if groups.get("a_scale") or not groups.get(
                "b_scale"
            ):  # by $4 to $9 million: $4 million can be meant
                yield first, text[: first.end()]
            yield from ((second, text) for second in pattern.regex.finditer(text, first.end(), match.end()))


def _read(kind: Kind, pattern: Pattern, groups: dict[str, str], *, spanish: bool) -> Value | None:
    if kind.kind == "amount":
        return amount_of(kind, groups, spanish=spanish)
    if kind.kind == "count":
        return count_of(kind, groups, spanish=spanish, language=pattern.language)
    return _READERS[kind.kind](kind, groups)


def _on_their_days(text: str, found: list[Found]) -> Iterator[Found]:
    """Give each clock time the date that stands directly before or after it."""
    after, before = _joints()
    for place, one in enumerate(found):
        if one.kind == "time" and one.value.partial:
            previous = found[place - 1] if place else None
            following = found[place + 1] if place + 1 < len(found) else None
            if previous is not None and _is_day(previous) and after.fullmatch(text, previous.end, one.start):
                yield replace(one, value=on_day(one.value, previous.value.moment))
                continue
            if (
                following is not None
                and _is_day(following)
                and before.fullmatch(text, one.end, following.start)
            ):
                yield replace(one, value=on_day(one.value, following.value.moment))
                continue
        yield one


def _is_day(one: Found) -> bool:
    return one.kind == "date" and _DAY.fullmatch(one.value.moment) is not None


@functools.cache
def _joints() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What may stand between a date and the time after it, and between a time and the date after it."""
    after, before = (piece("time", name) for name in ("after_date", "before_date"))
    return re.compile(after, re.IGNORECASE), re.compile(before, re.IGNORECASE)
