"""Clock readings as BIGINT microseconds, on the clock as recorded: reading what a person types, printing what
a table holds.
"""

from __future__ import annotations

import datetime as dt
import re

from paradero.model.errors import UnknownName

EPOCH = dt.datetime(1970, 1, 1)
MINUTE_US = 60_000_000
HOUR_US = 60 * MINUTE_US
DAY_US = 24 * HOUR_US

_FIRST_US = (dt.datetime.min - EPOCH) // dt.timedelta(microseconds=1)
_LAST_US = (dt.datetime.max - EPOCH) // dt.timedelta(microseconds=1)

_FORM = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?)?)?")


def us_of(moment: dt.datetime) -> int:
    """Microseconds from 1970-01-01 00:00 to a clock reading without zone."""
    return (moment - EPOCH) // dt.timedelta(microseconds=1)


def latest_meant(us: int) -> int:
    """The latest instant that a clock reading can mean, as `recorded_hi` in SQL: a midnight can be a day
    without a clock time, a full minute has no seconds.
    """
    return us + (
        DAY_US - 1
        if us % DAY_US == 0
        else MINUTE_US - 1
        if us % MINUTE_US == 0
        else 999_999
        if us % 1_000_000 == 0
        else 0
    )


def clock_text(us: int | None) -> str | None:
    """`YYYY-MM-DD HH:MM` (with seconds where there are some) of a clock reading; None stays None. Readings
    outside of the years 1 to 9999 are written as the first or last of them.
    """
    if us is None:
        return None
    moment = EPOCH + dt.timedelta(microseconds=min(max(us, _FIRST_US), _LAST_US))
    return moment.strftime("%Y-%m-%d %H:%M:%S" if us % MINUTE_US else "%Y-%m-%d %H:%M")


def day_text(day: int) -> str:
    """The calendar date of a day number (days since 1970-01-01)."""
    return (EPOCH.date() + dt.timedelta(days=day)).isoformat()


def span_text(us: int) -> str:
    """A length of time in words of at most two units: `3 d 4 h`, `2 h 5 min`, `40 s`; negative ones with a
    minus sign.
    """
    sign, rest = ("-" if us < 0 else ""), abs(us)
    parts: list[str] = []
    for unit, size in (("d", DAY_US), ("h", HOUR_US), ("min", MINUTE_US), ("s", 1_000_000)):
        count, rest = divmod(rest, size)
        if count and len(parts) < 2:
            parts.append(f"{count} {unit}")
        elif parts:
            break
    return sign + " ".join(parts or ["0 min"])


def spans_text(lo: int, hi: int | None) -> str:
    """A length of time known between bounds: `2 d 3 h`; `1 d to 3 d` where they are more than two minutes
    apart; `at least 2 d` without an upper bound.
    """
    if hi is None:
        return f"at least {span_text(lo)}"
    return (
        f"{span_text(lo)} to {span_text(hi)}"
        if hi - lo > 2 * MINUTE_US
        else span_text((lo + hi) // 2 // MINUTE_US * MINUTE_US)
    )


def parse_time(text: str) -> tuple[int, int]:
    """First and last microsecond of what was typed: a month, a day, a minute or a second, on the clock as
    recorded.

    Raises UnknownName with the forms that are read.
    """
    found = _FORM.fullmatch(text.strip())
    try:
        if found is None:
            raise ValueError("no such form")
        year, month = int(found[1]), int(found[2])
        if found[3] is None:
            begin, end = dt.datetime(year, month, 1), dt.datetime(year + month // 12, month % 12 + 1, 1)
        else:
            begin = dt.datetime(
                year, month, int(found[3]), int(found[4] or 0), int(found[5] or 0), int(found[6] or 0)
            )
            end = begin + (
                dt.timedelta(days=1)
                if found[4] is None
                else dt.timedelta(minutes=1)
                if found[6] is None
                else dt.timedelta(seconds=1)
            )
    except ValueError as error:
        raise UnknownName(
            f"`{text}` is not a time. Write it as 2025-03-15, 2025-03-15T17:42 or 2025-03."
        ) from error
    return us_of(begin), us_of(end) - 1
