"""Zones: from a clock on a wall to instants and back, with what happens when the clocks are changed.

Names are those of the IANA database, offsets are written `-04:00`, UTC is `Z`. Abbreviations such as CST name
several zones and are refused.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
import zoneinfo
from dataclasses import dataclass

from paradero.model.time.clock import DAY_US, EPOCH, HOUR_US, MINUTE_US, us_of
from paradero.model.time.moments import ClockChange, MomentError

UTC = "Z"
EASTMOST_US = 14 * HOUR_US  # Kiribati: the clock furthest ahead of UTC
WESTMOST_US = -12 * HOUR_US

_OFFSET = re.compile(r"([+-])(\d{2})(?::?(\d{2}))?", re.ASCII)
_FIRST_US, _LAST_US = (
    us_of(dt.datetime.min) + DAY_US,
    us_of(dt.datetime.max) - DAY_US,
)  # a day within, so that every zone has a date there


@dataclass(frozen=True, slots=True, kw_only=True)
class Instants:
    """When a clock showed a time: once (`first == last`), twice, or never; then `first` and `last` are the
    hole's two readings of it.
    """

    first: int
    last: int
    change: ClockChange | None


def zone_name(text: str) -> str:
    """The one spelling of a zone or offset; raises MomentError where it is neither."""
    if text == UTC:
        return UTC
    offset = _OFFSET.fullmatch(text)
    if offset is not None:
        if text.startswith("-00") and offset[3] in (None, "00"):
            raise MomentError(
                f"`{text}` means elsewhere that the offset is not known. Write `Z` or `+00:00`."
            )
        if int(offset[2]) > 15 or int(offset[3] or 0) > 59:
            raise MomentError(
                f"`{text}` is not an offset: they are less than 16 hours. Write it like `-04:00`."
            )
        plain = f"{offset[1]}{offset[2]}:{offset[3] or '00'}"
        return UTC if plain == "+00:00" else plain
    _zone(text)
    return text


def is_offset(name: str) -> bool:
    """Whether the name is an offset (or UTC), not a place."""
    return name == UTC or name[0] in "+-"


@functools.cache
def offset_us(zone: str) -> int:
    """Microseconds that an offset is ahead of UTC."""
    found = _OFFSET.fullmatch(zone)
    if found is None:
        return 0
    size = int(found[2]) * HOUR_US + int(found[3] or 0) * MINUTE_US
    return -size if found[1] == "-" else size


def instants(wall_us: int, zone: str) -> Instants:
    """When a clock of the zone showed `wall_us` (microseconds since 1970-01-01 00:00 on that clock)."""
    before, after = offsets_on_wall(wall_us, zone)
    change = None if before == after else ClockChange.GAP if before < after else ClockChange.FOLD
    return Instants(first=wall_us - max(before, after), last=wall_us - min(before, after), change=change)


def offsets_on_wall(wall_us: int, zone: str) -> tuple[int, int]:
    """Offsets from UTC before and after the change of clocks nearest to a reading; twice the same where there
    is none.
    """
    if is_offset(zone):
        fixed = offset_us(zone)
        return fixed, fixed
    at = (EPOCH + dt.timedelta(microseconds=wall_us)).replace(tzinfo=_zone(zone))
    return _us(at.utcoffset()), _us(at.replace(fold=1).utcoffset())


def offset_at(us: int, zone: str) -> int:
    """The offset from UTC at an instant; instants beyond the years 1 to 9999 have that of the nearest day
    within.
    """
    if is_offset(zone):
        return offset_us(zone)
    within = EPOCH + dt.timedelta(microseconds=min(max(us, _FIRST_US), _LAST_US))
    return _us(within.replace(tzinfo=dt.UTC).astimezone(_zone(zone)).utcoffset())


def change_between(first: int, last: int, zone: str) -> int:
    """The instant in (first, last] at which the zone's offset changed from the one at `first` to the one at
    `last`.
    """
    before = offset_at(first, zone)
    while last - first > 1:
        middle = (first + last) // 2
        first, last = (middle, last) if offset_at(middle, zone) == before else (first, middle)
    return last


@functools.cache
def _zone(name: str) -> zoneinfo.ZoneInfo:
    if not _places():
        raise MomentError(
            f"No time zone data on this computer, so `{name}` cannot be looked up. Run `pip install tzdata`."
        )
    if name != "UTC" and name not in _places():
        raise MomentError(
            f"`{name}` is not a zone of the IANA database. Write it like `America/New_York`, `-04:00` or `Z`."
        )
    return zoneinfo.ZoneInfo(name)


@functools.cache
def _places() -> frozenset[str]:
    """Names with a place in them: `EST` and the like depend on who says so."""
    return frozenset(name for name in zoneinfo.available_timezones() if "/" in name)


def _us(offset: dt.timedelta | None) -> int:
    return 0 if offset is None else offset // dt.timedelta(microseconds=1)
