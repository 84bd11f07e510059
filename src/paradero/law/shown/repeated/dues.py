"""When something is due again and again: each day or hour, save days off where the term skips them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from paradero.authored.court_time.days_off import calendar_of
from paradero.authored.statements import Timeline
from paradero.law.forms.terms import Every
from paradero.law.orders import Order
from paradero.law.shown.values import Span
from paradero.model.time.clock import HOUR_US
from paradero.model.time.reading import parse_moment

_MOST = 400  # times that an open end can be away: beyond it, nothing is asked that nobody can count


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A time at which something is due: its day (and hour, where it is due more often than daily), and by
    which instant. `may_be_off`: only some hold that the day is off, and the term skips days off.
    """

    name: str
    span: Span
    may_be_off: bool = False


def dues(every: Every, order: Order, line: Timeline) -> list[Due]:
    """Each time at which it is due, until the act that ends it or so many times, days off counted among
    them.
    """
    end = line.moments[f"{order.id}.{every.until}"].hi if every.until else None
    calendar = calendar_of(order.file.calendar)
    zone = order.file.zones[0] if order.file.zones else calendar.zone
    found: list[Due] = []
    for number in range(min(every.times or _MOST, _MOST)):
        text, ahead_us = _shifted(every, number)
        moment = parse_moment(text, zones=order.file.zones)
        span = _plus(moment.lo, ahead_us), _plus(moment.hi, ahead_us)
        if end is not None and span[0] is not None and span[0] > end:
            break
        clock = dt.datetime.fromisoformat(text[:10]) + dt.timedelta(hours=_hour(text) + ahead_us / HOUR_US)
        is_off = calendar.is_off(clock.date(), zone=zone) if every.skips else False
        if is_off is True:
            continue
        name = f"{clock:%Y-%m-%dT%H.%M}" if every.hours else text[:10]
        found.append(Due(name=name, span=span, may_be_off=bool(is_off)))
    return found


def _shifted(every: Every, number: int) -> tuple[str, int]:
    """The time on the court's clock so many lengths after the first one, and how much later it is: hours
    pass, and days are those of the clock.
    """
    day, rest = dt.date.fromisoformat(every.first[:10]), every.first[10:]
    if every.hours:
        return every.first, number * every.hours * HOUR_US
    if not every.months:
        return (day + dt.timedelta(days=number * every.days)).isoformat() + rest, 0
    year, month = divmod(day.year * 12 + day.month - 1 + number * every.months, 12)
    last = (dt.date(year + (month == 11), (month + 1) % 12 + 1, 1) - dt.timedelta(days=1)).day
    return dt.date(year, month + 1, min(day.day, last)).isoformat() + rest, 0


def _hour(text: str) -> float:
    """The hour of the day that a text states; the beginning of the day where it states none."""
    clock = text[11:16]
    return int(clock[:2]) + int(clock[3:5] or 0) / 60 if clock[:2].isdigit() else 0


def _plus(one: int | None, other: int) -> int | None:
    return None if one is None else one + other
