"""Printing moments: the shortest text that reads back as the same moment, clock times in the zone they were
read from.

Where no plain form does (a tolerance about an hour that never was, say), the moment's own text is the one.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from paradero.model.time.clock import DAY_US
from paradero.model.time.dates import text_at
from paradero.model.time.moments import Missing, Moment, MomentError, Precision, Reason
from paradero.model.time.reading import parse_moment
from paradero.model.time.zones import EASTMOST_US, UTC, WESTMOST_US, is_offset, offset_at

_IN_BRACKETS = " !\"#$&'()*+,-./:;<=>?@\\^_`{|}~§ "  # all but `%`, `[` and `]`
_Side = tuple[str, str]  # the text of one side, and its offset
_SHORT = {Reason.NOT_RECORDED: "..", Reason.BLANK: ""}


def moment_text(moment: Moment) -> str:
    """ISO 8601 or EDTF, or our extension of them, such that parse_moment gives an equal moment.

    A moment that no text gives (put together by hand with bounds that its zone or assumption does not
    explain) is printed by its bounds in UTC.
    """
    for text in _candidates(moment):
        if _reads_as(text, moment):
            return text
    plain = _range(moment, _utc_text(moment.lo, is_last=False), _utc_text(moment.hi, is_last=True), "")
    return plain + _reason("lo", moment.lo_why_missing) + _reason("hi", moment.hi_why_missing)


def _reads_as(text: str, moment: Moment) -> bool:
    try:
        return parse_moment(text) == moment
    except MomentError:
        return False


def _candidates(moment: Moment) -> Iterator[str]:
    marks = ["", f"[precision={moment.precision}]"] if moment.precision is not None else [""]
    lo, hi = _reason("lo", moment.lo_why_missing), _reason("hi", moment.hi_why_missing)
    for reasons in dict.fromkeys(("", lo, hi, lo + hi)):
        for mark in marks:
            for first, last in _sides(moment):
                for text in _zoned(moment, first, last):
                    yield text + reasons + mark
    own = moment.text.strip()
    yield own
    yield own + _assumption(moment)


def _sides(moment: Moment) -> list[tuple[_Side, _Side]]:
    """The texts that the two sides may have had, those first that are one text for both."""
    pairs = [
        (first, last)
        for first in _side_texts(moment, is_last=False)
        for last in _side_texts(moment, is_last=True)
    ]
    return sorted(pairs, key=lambda pair: pair[0][0] != pair[1][0])


def _side_texts(moment: Moment, *, is_last: bool) -> list[_Side]:
    """(text, offset) of one side on the clock of its zone; around a change of clocks it may have been read
    with either offset.
    """
    us, why = (moment.hi, moment.hi_why_missing) if is_last else (moment.lo, moment.lo_why_missing)
    if us is None:
        reason, words = (Reason.NOT_RECORDED, "") if why is None else (why.reason, why.words)
        return [(words, ""), ("..", "")] if reason is Reason.INEXACT else [(_SHORT.get(reason, ".."), "")]
    offsets = dict.fromkeys(offset for zone in _zones(moment) for offset in _offsets_near(us, zone))
    if moment.assumed is not None and not moment.assumed.zones:
        offsets = {WESTMOST_US if is_last else EASTMOST_US: None}
    finest = moment.precision or Precision.MICROSECOND
    texts = [(text_at(us + offset, finest, is_last=is_last), _offset_text(offset)) for offset in offsets]
    return [(text, offset) for text, offset in texts if text is not None]


def _zones(moment: Moment) -> tuple[str, ...]:
    return (
        (moment.zone,)
        if moment.zone is not None
        else moment.assumed.zones
        if moment.assumed is not None
        else (UTC,)
    )


def _offsets_near(us: int, zone: str) -> list[int]:
    return list(dict.fromkeys(offset_at(us + shift, zone) for shift in (0, -DAY_US, DAY_US)))


def _offset_text(offset: int) -> str:
    minutes = abs(offset) // 60_000_000
    return UTC if offset == 0 else f"{'-' if offset < 0 else '+'}{minutes // 60:02d}:{minutes % 60:02d}"


def _zoned(moment: Moment, first: _Side, last: _Side) -> Iterator[str]:
    """The two sides with their zone: as an offset, as a place, or as a place with the offset where the
    place's clock was changed.
    """
    if moment.zone is not None and is_offset(moment.zone):
        yield _range(moment, first[0], last[0], moment.zone)
        yield _range(moment, first[0], last[0], "")
    if moment.zone is not None:
        yield _range(moment, first[0], last[0], f"[{moment.zone}]")
        yield _range(moment, "".join(first), "".join(last), f"[{moment.zone}]")
        yield _range(moment, first[0], "".join(last), f"[{moment.zone}]")
        yield _range(moment, "".join(first), last[0], f"[{moment.zone}]")
    elif moment.assumed is not None and moment.assumed.zones:
        yield _range(moment, first[0], last[0], _assumption(moment))
    else:
        yield _range(moment, first[0], last[0], "")


def _assumption(moment: Moment) -> str:
    return (
        f"[{'|'.join(moment.assumed.zones)}?]" if moment.assumed is not None and moment.assumed.zones else ""
    )


def _range(moment: Moment, first: str, last: str, zone: str) -> str:
    """`a`, or `a/b`; b without its date where that is a's."""
    if first == last and (moment.lo is not None or first not in _SHORT.values()):
        return first + zone
    day, _, clock = last.partition("T")
    return f"{first}/{clock if clock and ':' in clock and first.startswith(f'{day}T') else last}{zone}"


def _utc_text(us: int | None, *, is_last: bool) -> str:
    if us is None:
        return ".."
    text = text_at(us, Precision.MICROSECOND, is_last=is_last)
    if text is None:
        raise MomentError(
            f"A bound is outside the years 0001 to 9999: {us} microseconds from 1970. Correct the time."
        )
    return text + UTC


def _reason(key: str, why: Missing | None) -> str:
    if why is None:
        return ""
    return (
        f"[{key}={why.reason}: {quote(why.words, safe=_IN_BRACKETS)}]"
        if why.words
        else f"[{key}={why.reason}]"
    )
