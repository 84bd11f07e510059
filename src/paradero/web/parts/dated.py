"""Words of a search that name a day or a month, apart from the others."""

from __future__ import annotations

import datetime as dt
import functools
import re
from dataclasses import dataclass

from paradero.answers.words import LANGUAGES
from paradero.reports.content.numbers import day

_ISO = re.compile(r"\b(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)(?:-(?P<day>\d\d))?\b")
_SHORT = 3  # letters of a month that name it


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A search: the words without its date, and the day; of a month its first one."""

    words: str
    day: dt.date | None


def dated(text: str) -> Dated:
    """The words and the day. What is no day of the calendar stays among the words.

    >>> dated("indigo june 2025")
    Dated(words='indigo', day=datetime.date(2025, 6, 1))
    >>> dated("indigo, 15 de junio de 2025")
    Dated(words='indigo', day=datetime.date(2025, 6, 15))
    """
    for pattern in (_ISO, _in_words()):
        found = pattern.search(text)
        if found is None:
            continue
        named = found.groupdict()
        month = _months().get(named["month"].casefold()[:_SHORT]) or int(named["month"])
        on = named.get("day") or named.get("before") or named.get("after") or 1
        try:
            at = dt.date(int(named["year"]), month, int(on))
        except ValueError:
            continue
        rest = " ".join((text[: found.start()] + " " + text[found.end() :]).split())
        return Dated(words=rest.strip(" ,.;"), day=at)
    return Dated(words=text, day=None)


@functools.cache
def _names() -> dict[str, int]:
    """The names of the months in the languages of the site, as it prints them."""
    found = {}
    for language in LANGUAGES:
        for month in range(1, 13):
            words = re.findall(r"[^\W\d]+", day(f"2000-{month:02}-01", language))
            found[max(words, key=len).casefold()] = month
    return found


@functools.cache
def _months() -> dict[str, int]:
    return {name[:_SHORT]: month for name, month in _names().items()}


@functools.cache
def _in_words() -> re.Pattern[str]:
    names = "|".join(f"{name}|{name[:_SHORT]}" for name in _names())
    return re.compile(
        rf"\b(?:(?P<before>\d\d?)(?:\s+de)?\s+)?(?P<month>{names})\.?"
        r"(?:\s+(?P<after>\d\d?),)?(?:\s+de)?\s+(?P<year>(?:19|20)\d\d)\b",
        re.IGNORECASE,
    )
