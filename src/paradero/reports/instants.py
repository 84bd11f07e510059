"""Instants and bounds as people read them: on the clock of a zone, with the zone's letters, and in UTC."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from paradero.model.clock import MINUTE_US

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def instant_text(us: int, zone: str = "UTC") -> str:
    """`2025-03-15 17:26 EDT`, with seconds where there are some; the very last microsecond of a minute is written as its last second."""
    local = (_EPOCH + dt.timedelta(microseconds=us)).astimezone(ZoneInfo(zone))
    return f"{local:%Y-%m-%d %H:%M:%S}".removesuffix(":00") + f" {local:%Z}"


def bounds_text(lo: int | None, hi: int | None, zone: str = "UTC") -> str:
    """Two bounds: one minute as that minute, a range with both ends, `…` where there is no bound."""
    if lo is not None and hi is not None and hi - lo < MINUTE_US and lo // MINUTE_US == hi // MINUTE_US:
        return instant_text(lo, zone)
    first = "…" if lo is None else instant_text(lo, zone)
    last = "…" if hi is None else instant_text(hi, zone)
    same_day = lo is not None and hi is not None and first[:10] == last[:10] and first[-3:] == last[-3:]
    return f"{first.rpartition(' ')[0]} to {last[11:]}" if same_day else f"{first} to {last}"
