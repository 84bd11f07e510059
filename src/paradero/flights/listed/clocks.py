"""Clock readings of flight lists as moments: days, minutes with an abbreviated zone, minutes on the clock of
an airport. Abbreviations name several zones.

`zone_abbreviations.csv` lists the offsets an abbreviation is used for. Where the airport's own clock bore
that abbreviation at that time, it is that one; else the bounds span all of them, and the assumption says so.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
import zoneinfo
from functools import cache
from importlib.resources import files

from paradero.model.errors import UnknownName
from paradero.model.time.clock import us_of
from paradero.model.time.moments import Moment, Precision
from paradero.model.time.reading import clock_moment

MINUTE_US, DAY_US = 60_000_000, 86_400_000_000
_CLOCK = re.compile(r"(\d{1,2}):?(\d{2})\s*(am|pm|a\.m\.|p\.m\.)?\s*([A-Z]{1,5})?", re.IGNORECASE)


@cache
def abbreviations() -> dict[str, tuple[str, ...]]:
    """The offsets from UTC that an abbreviated zone is used for."""
    with (files("paradero.flights.listed") / "zone_abbreviations.csv").open(encoding="utf-8") as lines:
        return {row["abbreviation"]: tuple(row["offsets"].split()) for row in csv.DictReader(lines)}


def day_moment(day: dt.date, zone: str | None) -> Moment:
    """Any instant of a day on the clock of a zone; of any clock on earth where the zone is not known."""
    begin = us_of(dt.datetime(day.year, day.month, day.day))
    return clock_moment(
        begin,
        begin + DAY_US - 1,
        precision=Precision.DAY,
        zones=(zone,) if zone else (),
        text=day.isoformat(),
    )


def clock_of(text: str) -> tuple[int, int, str | None] | None:
    """Hour, minute and abbreviated zone of a reading such as `08:05 EDT`, `1730Z`, `8:05 pm`; None where it
    is none.
    """
    found = _CLOCK.fullmatch(text.replace("\u00a0", " ").strip())
    if found is None:
        return None
    hour, minute, half, zone = (
        int(found[1]),
        int(found[2]),
        (found[3] or "").lower().replace(".", ""),
        found[4],
    )
    if zone is not None and zone.lower() in ("am", "pm"):
        return None  # two halves of a day, as in `8:05 am pm`
    if half and not 1 <= hour <= 12:
        return None
    hour = hour % 12 + (12 if half == "pm" else 0) if half else hour
    return None if hour > 23 or minute > 59 else (hour, minute, zone.upper() if zone else None)


def minute_moment(day: dt.date, hour: int, minute: int, abbreviation: str | None, zone: str | None) -> Moment:
    """A minute of a day. `zone` is that of the place, an IANA name, None where it is not known. Raises
    UnknownName for an abbreviation nobody knows.
    """
    at = dt.datetime(day.year, day.month, day.day, hour, minute)
    zones: tuple[str, ...] = (zone,) if zone else ()
    if abbreviation is not None:
        if abbreviation not in abbreviations():
            raise UnknownName(
                f"`{abbreviation}` is not an abbreviated zone such as EDT, CST or UTC. Write the offset, as"
                " -04:00."
            )
        zones = abbreviations()[abbreviation]
        if zone is not None and _bore(at, zone, abbreviation):
            zones = (zone,)
    begin = us_of(at)
    named = f" {abbreviation}" if abbreviation else ""
    return clock_moment(
        begin,
        begin + MINUTE_US - 1,
        precision=Precision.MINUTE,
        zones=zones,
        text=f"{at:%Y-%m-%d %H:%M}{named}",
    )


def _bore(at: dt.datetime, zone: str, abbreviation: str) -> bool:
    """Whether the clock of a zone was called that at that time, or had an offset that the abbreviation is
    used for.
    """
    local = at.replace(tzinfo=zoneinfo.ZoneInfo(zone))
    offset = local.utcoffset()
    assert offset is not None  # noqa: S101 - zones of the database have one
    minutes = int(offset.total_seconds()) // 60
    text = f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
    return local.tzname() == abbreviation or text in abbreviations()[abbreviation]
