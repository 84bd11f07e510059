"""Dates and clock times: from the parts that a pattern found to a moment, to several, or to what is stated of
one.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from paradero.documents.kinds.vocabulary import Kind
from paradero.documents.mentions import Value
from paradero.model.time.moments import Moment, MomentError
from paradero.model.time.reading import parse_moment

_NIGHT = "of the night: where a day is named, that day or the day after can be meant"
_PIVOT = 69  # a year of two figures up to this one is of the 2000s, as in POSIX


def date_of(kind: Kind, groups: dict[str, str]) -> Value | None:
    """A day, a month, or days in a row; several readings where day and month could change places; None where
    no calendar has such a day.
    """
    if groups.get("one"):
        return _numeric(groups)
    year, month = groups.get("year", ""), _month(kind, groups)
    vague = groups.get("about", "")
    if not groups.get("day"):
        return _moment(f"{year}-{month:02d}", vague=vague)
    first, last = _day(groups["day"]), _day(groups.get("day_last", "") or groups["day"])
    if not (_is_day(year, month, first) and _is_day(year, month, last) and first <= last):
        return None
    ends = [f"{year or 'XXXX'}-{month:02d}-{day:02d}" for day in dict.fromkeys((first, last))]
    return _moment("/".join(ends), vague=vague) if year else Value(partial="/".join(ends), vague=vague)


def _numeric(groups: dict[str, str]) -> Value | None:
    """`03/04/2025`: both orders that a calendar has. A year of two figures is completed, which is told."""
    one, other, written = int(groups["one"]), int(groups["other"]), groups["short_year"]
    year = written if len(written) == 4 else f"{'20' if int(written) <= _PIVOT else '19'}{written}"
    assumed = "" if len(written) == 4 else f"the year {written} taken for {year}"
    if groups["mark"] == "." and len(written) == 2:
        return None  # 1.2.25 is a section or a version as often as a day
    orders = [(one, other), (other, one)]  # month and day; day and month
    texts = tuple(
        dict.fromkeys(
            sorted(f"{year}-{month:02d}-{day:02d}" for month, day in orders if _is_day(year, month, day))
        )
    )
    if not texts:
        return None
    if len(texts) == 1:
        return replace(_moment(texts[0], vague=groups.get("about", "")), assumed=assumed)
    return replace(
        _moment(f"[{', '.join(texts)}]", vague=""),
        readings=texts,
        vague=groups.get("about", ""),
        assumed=assumed,
    )


def _month(kind: Kind, groups: dict[str, str]) -> int:
    if groups.get("roman"):
        return int(kind.meaning("month_roman", groups["roman"]) or 0)
    if groups.get("month_number"):
        return int(groups["month_number"])
    written = groups["month"].rstrip(".")
    found = kind.meaning("month_en", written) or kind.meaning("month_es", written)
    return int(found or 0)


def _day(text: str) -> int:
    return int(text) if text.isdigit() else 1  # primero, uno


def _is_day(year: str, month: int, day: int) -> bool:
    try:
        dt.date(int(year or 2024), month, day)  # without a year any day that some year has
    except ValueError:
        return False
    return True


def is_other_weekday(kind: Kind, written: str, value: Value) -> bool:
    """Whether a date is of another day of the week than the one written beside it; False where it is no
    single day.
    """
    meant = kind.meaning("weekday", written)
    try:
        day = dt.date.fromisoformat(value.moment.removesuffix("~"))
    except ValueError:
        return False
    return meant is not None and day.weekday() != meant


def _moment(text: str, *, vague: str) -> Value:
    full = text + ("~" if vague else "")
    return Value(moment=full, read=parse_moment(full), vague=vague)


def time_of(kind: Kind, groups: dict[str, str]) -> Value | None:
    """A clock time, without its day (`T17:26-04:00`) unless the text states both as one; None where no clock
    shows it.
    """
    groups = {**groups, "zone": groups.get("zone") or groups.get("zone_in", "")}
    for unit in ("hour", "minute"):
        if word := groups.get(f"{unit}_word") or groups.get(f"{unit}_said"):
            groups[unit] = f"{int(str(kind.meaning(f'{unit}_word', word))):02d}"
    hours, next_day = _hours(kind, groups)
    if not hours:
        return None
    past = "".join(f":{groups[unit]}" for unit in ("minute", "second") if groups.get(unit))
    zone, assumed = _zone(kind, groups)
    vague = groups.get("about", "")
    if (
        not (groups.get("date") or groups.get("half") or groups.get("part"))
        and 0 < hours[0] <= 12
        and groups.get("zone") not in ("Z", "UTC", "GMT")
    ):
        assumed = "; ".join(
            part for part in ("no half of the day is stated: read on a clock of 24 hours", assumed) if part
        )
    if groups.get("date"):
        return on_day(Value(partial=f"T{hours[0]:02d}{past}{zone}"), groups["date"])
    texts = tuple(f"T{hour:02d}{past}{zone}" for hour in hours)
    if next_day:
        assumed = "; ".join(part for part in (_NIGHT, assumed) if part)
    return Value(
        partial=texts[-1] + ("~" if vague else ""),
        vague=vague,
        assumed=assumed,
        readings=texts if len(texts) > 1 else (),
        next_day=next_day,
    )


def _hours(kind: Kind, groups: dict[str, str]) -> tuple[tuple[int, ...], bool]:
    """(the hours from 0 to 23 that are meant, whether that can be on the day after); none for a figure that
    nothing makes a time of day (`3:16`).
    """
    hour = int(groups["hour"])
    if groups.get("half"):
        return ((hour % 12 + (12 if groups["half"][0].casefold() == "p" else 0)),), False
    if groups.get("part"):
        meant = str(kind.meaning("clock", str(kind.meaning("part_of_day", groups["part"])))).split()[
            hour % 12
        ]
        return tuple(int(one) for one in meant.rstrip("+").split("|") if one != "?"), meant.endswith("+")
    is_clear = len(groups["hour"]) == 2 or groups.get("zone") or "h" in groups["whole"].casefold()
    return ((hour,) if is_clear else ()), False


def _zone(kind: Kind, groups: dict[str, str]) -> tuple[str, str]:
    """(what a moment takes for the zone, what was assumed for that)."""
    if groups.get("offset"):
        return groups["offset"], ""
    written = groups.get("zone", "")
    return (
        (str(kind.meaning("zone", written)), str(kind.meaning("zone_assumed", written) or ""))
        if written
        else ("", "")
    )


def on_day(time: Value, day: str) -> Value:
    """The clock time on a day (`2025-03-15`), or its readings there; unchanged where the zone did not have
    that time.
    """
    try:
        days = [day, str(dt.date.fromisoformat(day) + dt.timedelta(days=1))] if time.next_day else [day]
        texts = tuple(f"{one}{part}" for one in days for part in time.readings or (time.partial.rstrip("~"),))
        text = f"[{', '.join(texts)}]" if len(texts) > 1 else f"{texts[0]}{'~' if time.vague else ''}"
        read: Moment = parse_moment(text)
    except (MomentError, ValueError, OverflowError):
        return time
    return replace(time, moment=text, read=read, partial="", readings=texts if len(texts) > 1 else ())
