"""Days asked for, in UTC, and what may have fallen on them."""

from __future__ import annotations

import datetime as dt

from paradero.model.errors import UnknownName

DAY_US = 86_400_000_000

Days = tuple[int | None, int | None]  # from an instant up to one that is not included, None for no bound


def days_between(first: str | None, last: str | None) -> Days:
    """From the first day to the last, both of them included; raises UnknownName where a text is no day.

    >>> days_between(None, "1970-01-01")
    (None, 86400000000)
    """
    end = _day_us(last)
    return _day_us(first), None if end is None else end + DAY_US


def may_fall_on(days: Days, lo: int | None, hi: int | None) -> bool:
    """Whether what lies between two instants, None where there is no bound, may have been on these days."""
    begin, end = days
    return not (begin is not None and hi is not None and hi < begin) and not (
        end is not None and lo is not None and lo >= end
    )


def _day_us(text: str | None) -> int | None:
    if text is None:
        return None
    try:
        day = dt.date.fromisoformat(text)
    except ValueError as error:
        raise UnknownName(f"`{text}` is not a day. Write it as 2025-03-15.") from error
    return (day - dt.date(1970, 1, 1)).days * DAY_US
