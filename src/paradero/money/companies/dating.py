"""Days for formats that know only days: a bound is written where it is known to the day, the month or the
year, and left out where it is not.
"""

from __future__ import annotations

import datetime as dt

_EPOCH = dt.datetime(1970, 1, 1)


def known_date(lo: int | None, hi: int | None, *, whole: bool = False) -> str | None:
    """The day, month or year (ISO) that both bounds in microseconds lie in, None where they share none or one
    is missing; `whole`: only a day.
    """
    if lo is None or hi is None:
        return None
    first, last = (f"{_EPOCH + dt.timedelta(microseconds=us):%Y-%m-%d}" for us in (lo, hi))
    if first == last or whole:
        return first if first == last else None
    return first[:7] if first[:7] == last[:7] else first[:4] if first[:4] == last[:4] else None
