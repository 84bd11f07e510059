"""What a statement says, in words of the reader's language: times as a person says them, no raw EDTF."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from paradero.answers.words import Words
from paradero.model.time.clock import EPOCH
from paradero.model.time.moments import MomentError, Precision
from paradero.model.time.reading import parse_moment

_ZONE = re.compile(r"\[([^\]]*)\]|(?<=:\d\d)([+-]\d\d:\d\d|Z)|(?<=\.\d{6})([+-]\d\d:\d\d|Z)")
_RELATION = re.compile(r"(\S+|any time) to (\S+|any time) after (\S+)")
_IDENTITY = re.compile(r"(.+) are (one person|different people)")
_CLOSED = re.compile(r"the office was (closed|inaccessible) on (\S+)")
_AMONG = re.compile(r"whether (\S+) is among them")
_ATTRIBUTE = re.compile(r"([a-z_]+): (each is one of|is one of|the members are of|some are) (.*)")
_SPAN = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?")
_FINE = (Precision.MICROSECOND, Precision.MILLISECOND, Precision.SECOND, Precision.MINUTE, Precision.HOUR)


def statement_words(
    time: str, withheld: str, says: str, language: str, named: Callable[[str], str] = str
) -> str:
    """What a statement says, in words: its time, why that is withheld, or what it says of its subject; as its
    file has it where no words are known for it. `named` says what a name of the files stands for.
    """
    if time:
        return time_words(time, language)
    return withheld or _said_words(says, language, named)


def _said_words(says: str, language: str, named: Callable[[str], str]) -> str:
    words = Words(language)
    if found := _RELATION.fullmatch(says):
        said = relation_words(found[1], found[2], named(found[3]), language)
    elif says in ("it happened", "it did not happen"):
        said = words("said_happened" if says == "it happened" else "said_not_happened")
    elif found := _IDENTITY.fullmatch(says):
        form = "said_one_person" if found[2] == "one person" else "said_different_people"
        said = words(form, names=words("and").join(map(named, found[1].split(" and "))))
    elif found := _CLOSED.fullmatch(says):
        said = words(f"said_office_{found[1]}", day=time_words(found[2], language))
    elif found := _AMONG.fullmatch(says):
        said = words("said_among", who=named(found[1]))
    elif says.startswith("it answers "):
        said = words(
            "said_answers", terms="; ".join(map(named, says.removeprefix("it answers ").split(", ")))
        )
    elif found := _ATTRIBUTE.fullmatch(says):
        name, form = f"said_{found[1]}", "said_" + found[2].replace(" ", "_")
        label = words(name) if words.has(name) else found[1].replace("_", " ")
        is_plain = found[2] == "is one of" and ", " not in found[3]
        said = f"{label}: {found[3]}" if is_plain else f"{label}: {words(form)} {found[3]}"
    else:
        said = says
    return said


def relation_words(least: str, most: str, since: str, language: str) -> str:
    """How long after another moment: `14 days after …`, `27 minutes to 29 minutes after …`."""
    words = Words(language)
    low, high = (None if each in ("any time", "…", "") else _span(each, language) for each in (least, most))
    if low is None or high is None:
        form = "relation_open" if low == high else "relation_least" if high is None else "relation_most"
    else:
        form = "relation_exact" if low == high else "relation_between"
    return words(form, low=low or "", high=high or "", since=since)


def _span(text: str, language: str) -> str:
    found = _SPAN.fullmatch(text)
    if not found or not any(found.groups()):
        return text
    parts = zip(found.groups(), ("days", "hours", "minutes"), strict=True)
    words = Words(language)
    return " ".join(
        f"{number} {words('one_' + unit if number == '1' else unit)}" for number, unit in parts if number
    )


def time_words(text: str, language: str) -> str:
    """A time as its source has it, in words: `before 19:25 on 15 March 2025 (UTC-04:00)`. Clocks stay as the
    source prints them; what cannot be said in words is given as written.
    """
    zones = list(dict.fromkeys(next(each for each in found if each) for found in _ZONE.findall(text)))
    if len(zones) > 1:
        return text
    bare = _ZONE.sub("", text)
    try:
        moment = parse_moment(bare, zones=["UTC"])
    except MomentError:
        return text
    if (moment.lo is None and not bare.startswith("..")) or (moment.hi is None and not bare.endswith("..")):
        return text
    words = Words(language)
    is_fine = moment.precision in _FINE
    if re.fullmatch(r"\d{4}", bare):
        return bare
    lo, hi = (None if us is None else EPOCH + dt.timedelta(microseconds=us) for us in (moment.lo, moment.hi))
    if not is_fine:
        first, last = (None if each is None else _day(each, words) for each in (lo, hi))
        said = first if first == last else _between(first, last, words, "day")
    else:
        after = None if hi is None else hi if lo == hi else hi + dt.timedelta(microseconds=1)
        minute = dt.timedelta(minutes=1)
        if lo is not None and after is not None and after - lo <= minute and "/" not in bare:
            said = words("said_at", clock=_clock(lo), day=_day(lo, words))
        elif lo is None or after is None:
            only = after if lo is None else lo
            assert only is not None  # noqa: S101 (one of the two sides is there)
            said = words(
                "said_before" if lo is None else "said_from", clock=_clock(only), day=_day(only, words)
            )
        elif lo.date() == after.date():
            said = words("said_range", first=_clock(lo), last=_clock(after), day=_day(lo, words))
        else:
            ends = (f"{_clock(each)}, {_day(each, words)}" for each in (lo, after))
            said = words("said_range_days", **dict(zip(("first", "last"), ends, strict=True)))
    return f"{said}{_zone_words(zones, words)}"


def _between(first: str | None, last: str | None, words: Words, what: str) -> str:
    form = "until" if first is None else "since" if last is None else "between"
    return words(f"said_{what}_{form}", first=first or "", last=last or "")


def _zone_words(zones: list[str], words: Words) -> str:
    if not zones:
        return ""
    (zone,) = zones
    if zone == "Z":
        return " (UTC)"
    if zone.startswith(("+", "-")):
        return f" (UTC{zone})"
    named = words("or").join(zone.removesuffix("?").split("|"))
    return f" ({words('zone_assumed', zones=named)})" if zone.endswith("?") else f" ({named})"


def _clock(at: dt.datetime) -> str:
    return f"{at:%H:%M}" if at.second == at.microsecond == 0 else f"{at:%H:%M:%S}"


def _day(at: dt.datetime, words: Words) -> str:
    return words("said_date", day=at.day, month=words(f"month_{at.month}"), year=at.year)
