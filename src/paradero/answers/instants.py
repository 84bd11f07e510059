"""Instants and bounds as people read them: on the clock of a zone, with the zone's letters, and in UTC."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from paradero.model.time.clock import MINUTE_US

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_FIRST_US, _LAST_US = (
    (dt.datetime(*day, tzinfo=dt.UTC) - _EPOCH) // dt.timedelta(microseconds=1)
    for day in ((1, 1, 2), (9999, 12, 30))
)


def instant_text(us: int, zone: str = "UTC") -> str:
    """`2025-03-15 17:26 EDT`, with seconds where there are some; the very last microsecond of a minute is
    written as its last second.
    """
    within = min(
        max(us, _FIRST_US), _LAST_US
    )  # a day inside of the years 1 to 9999, so that every zone's clock can show it
    local = (_EPOCH + dt.timedelta(microseconds=within)).astimezone(ZoneInfo(zone))
    return f"{local:%Y-%m-%d %H:%M:%S}".removesuffix(":00") + f" {local:%Z}"


def bounds_text(lo: int | None, hi: int | None, zone: str = "UTC", *, to: str = "to") -> str:
    """Two bounds: one minute as that minute, a range with both ends, `…` where there is no bound."""
    if lo is not None and hi is not None and hi - lo < MINUTE_US and lo // MINUTE_US == hi // MINUTE_US:
        return instant_text(lo, zone)
    first = "…" if lo is None else instant_text(lo, zone)
    last = "…" if hi is None else instant_text(hi, zone)
    same_day = lo is not None and hi is not None and first[:10] == last[:10] and first[-3:] == last[-3:]
    return f"{first.rpartition(' ')[0]} {to} {last[11:]}" if same_day else f"{first} {to} {last}"
