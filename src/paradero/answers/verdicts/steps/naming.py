"""Moments, events, groups and terms by what they are, never by an id of ours; spans of time on a clock."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from paradero.answers.words import Words
from paradero.law.forms.kinds import PHASE_WORDS
from paradero.law.matrix import Matrix
from paradero.model.time.clock import DAY_US, EPOCH, MINUTE_US

_FIRST, _LAST = dt.datetime(1, 1, 2), dt.datetime(9999, 12, 30)


def named(matrix: Matrix, name: str, words: Words, *, event: str = "", order: str = "") -> str:
    """What a name of the files stands for: `take-off or departure` of `leg-1.departure`, `the oral order` of
    `jgg-class.oral`, a group by what it is. What is not of `event` and `order` says whose it is; a name that
    nothing has stays as it is.
    """
    of, _, part = name.partition(".")
    if of in matrix.orders and part:
        return _act_named(matrix, of, part, words, is_own=of == order) or name
    term_of, _, term = name.partition("/")
    if term_of in matrix.orders:
        file = matrix.orders[term_of].file
        said = next((words.of(one.says, one.says_es) for one in file.term if one.id == term), "")
        return said.rstrip(".") or words.of(file.title, file.title_es)
    for one in matrix.events.values():
        what = words.of(one.file.what, one.file.what_es)
        if name == one.id:
            return what
        if name == one.file.subject.id:
            return words.of(one.file.subject.what, one.file.subject.what_es)
        phase = name.removeprefix(f"{one.id}.")
        if name != phase and phase in PHASE_WORDS:
            said = words.of(*PHASE_WORDS[phase])
            return said if one.id == event else words("of_event", phase=said, event=what)
    return name


def _act_named(matrix: Matrix, order: str, act: str, words: Words, *, is_own: bool) -> str:
    file = matrix.orders[order].file
    what = next((words.of(one.what, one.what_es) for one in file.act if one.id == act), "")
    return what if is_own or not what else f"{what} ({file.court}, {file.docket})"


def span_in_words(lo: int | None, hi: int | None, zone: str, words: Words) -> str:
    """`from 17:25 to before 19:25 on 15 March 2025 (EDT)`: a day or a minute that is known as such by its
    name; blank where nothing bounds it.
    """
    if lo is None and hi is None:
        return ""
    first, last = (None if us is None else _local(us, zone) for us in (lo, hi))
    until = None if hi is None else _local(hi + 1, zone)  # a clock reading of a minute is the whole minute
    is_whole = until is not None and until.second == until.microsecond == 0
    if lo is not None and hi is not None and first is not None and last is not None:
        if hi - lo == DAY_US - 1 and first.hour == first.minute == 0:
            return _day(first, words)
        if hi - lo < MINUTE_US and first.minute == last.minute:
            said = words("said_at", clock=f"{first:%H:%M}", day=_day(first, words))
        elif not is_whole or until is None:
            said = words("said_inclusive", first=_at(first, words), last=_at(last, words))
        elif first.date() == until.date():
            said = words("said_range", first=f"{first:%H:%M}", last=f"{until:%H:%M}", day=_day(first, words))
        else:
            said = words("said_range_days", first=_at(first, words), last=_at(until, words))
        named_zones = dict.fromkeys(f"{each:%Z}" for each in (first, last))
        return f"{said} ({', '.join(named_zones)})"
    known = first or (until if is_whole else last)
    assert known is not None  # noqa: S101 (one of the two sides is there)
    form = "said_from" if first is not None else "said_before"
    return f"{words(form, clock=f'{known:%H:%M}', day=_day(known, words))} ({known:%Z})"


def _local(us: int, zone: str) -> dt.datetime:
    within = min(max(EPOCH + dt.timedelta(microseconds=us), _FIRST), _LAST)
    return within.replace(tzinfo=dt.UTC).astimezone(ZoneInfo(zone))


def _at(at: dt.datetime, words: Words) -> str:
    return f"{at:%H:%M}, {_day(at, words)}"


def _day(at: dt.datetime, words: Words) -> str:
    return words("said_date", day=at.day, month=words(f"month_{at.month}"), year=at.year)
