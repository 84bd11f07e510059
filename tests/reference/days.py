"""The days that a headcount definition sees in an interval, and what it puts for a missing book-out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from .clock import DAY, MICROSECOND, day, start_of

ONE_DAY = timedelta(days=1)
NO_TIME = timedelta(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A headcount definition.

    `at`: the counted instant as a time of the day, `midnight` the one that ends the day, `any` for any part
    of the day. `open_until`: what stands for a missing book-out: a date, `latest book-out` of the release,
    `release day` or `day after release`. `first`, `last`: days filled with zeros.
    """

    at: timedelta | Literal["midnight", "any"]
    open_until: date | Literal["latest book-out", "release day", "day after release"]
    placements: bool = False
    first: date | None = None
    last: date | None = None

    def has(self, on: date) -> bool:
        """Say whether the day is one of the definition's."""
        return (self.first is None or self.first <= on) and (self.last is None or on <= self.last)


def every_day(first: date, last: date) -> Iterator[date]:
    """Give the days from the first to the last, both included; none when the last is before the first."""
    on = first
    while on <= last:
        yield on
        on += ONE_DAY


def days_between(definition: Definition, booked_in: datetime, out: datetime) -> list[date]:
    """Give the days that the definition sees from a book-in to a book-out."""
    if definition.at == "any":
        return list(every_day(booked_in.date(), max(booked_in.date(), out.date())))
    if definition.at == "midnight":
        return list(every_day(booked_in.date(), out.date() - ONE_DAY))
    return instants(definition.at, booked_in, out - MICROSECOND)


def days_until(definition: Definition, booked_in: datetime, released_at: datetime) -> list[date]:
    """Give the days up to the release instant: up to its day, or the days whose counted instant is not after
    it.

    The day of the book-in is one for any part of the day even when it is later. The last microsecond of a day
    stands for the midnight that ends it, as the release instant is the last microsecond of its day.
    """
    if definition.at == "any":
        return days_between(definition, booked_in, released_at)
    if definition.at == "midnight":
        return instants(DAY - MICROSECOND, booked_in, released_at)
    return instants(definition.at, booked_in, released_at)


def instants(at: timedelta, first: datetime, last: datetime) -> list[date]:
    """Give the days whose instant `at` lies from `first` to `last`, both included."""
    return [on for on in every_day(first.date(), last.date()) if first <= start_of(on) + at <= last]


def stand_in(
    definition: Definition, released_at: datetime | None, latest_out: datetime | None
) -> datetime | None:
    """Give what the definition puts for a missing book-out; null when it has nothing to put."""
    if isinstance(definition.open_until, date):
        return start_of(definition.open_until)
    if definition.open_until == "latest book-out":
        return latest_out
    on = day(released_at)
    return on and start_of(on + (ONE_DAY if definition.open_until == "day after release" else NO_TIME))
