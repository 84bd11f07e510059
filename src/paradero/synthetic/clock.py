"""Times of the fabricated release: whole minutes since 1970 on the clock as recorded (no zone), whole days
since 1970.
"""

from __future__ import annotations

import datetime as dt

import numpy as np

__all__ = [
    "ABSENT",
    "DAY",
    "FIRST_DAY",
    "FIRST_MINUTE",
    "LAST_DAY",
    "LAST_MINUTE",
    "date_text",
    "day_number",
    "moment_text",
]

DAY = 1440
ABSENT = int(np.iinfo(np.int32).min)  # a blank time or day; never written out


def day_number(text: str) -> int:
    """Days from 1970-01-01 to an ISO date."""
    return (dt.date.fromisoformat(text) - dt.date(1970, 1, 1)).days


FIRST_DAY = day_number("2022-10-01")
LAST_DAY = day_number("2026-03-10")
FIRST_MINUTE = FIRST_DAY * DAY
LAST_MINUTE = LAST_DAY * DAY + DAY - 1


def date_text(day: int) -> str:
    """A day as YYYY-MM-DD."""
    return (dt.date(1970, 1, 1) + dt.timedelta(days=int(day))).isoformat()


def moment_text(minute: int) -> str | None:
    """A minute as YYYY-MM-DD HH:MM:SS, None where absent."""
    if minute == ABSENT:
        return None
    return (dt.datetime(1970, 1, 1) + dt.timedelta(minutes=int(minute))).isoformat(sep=" ")
