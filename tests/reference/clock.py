"""Instants, days and lengths on the clock as recorded (naive; no release names its zone)."""

from datetime import date, datetime, time, timedelta

MICROSECOND = timedelta(microseconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def day(at: datetime | None) -> date | None:
    """Give the calendar date of an instant."""
    return None if at is None else at.date()


def start_of(on: date) -> datetime:
    """Give the midnight that begins the day."""
    return datetime.combine(on, time.min)


def end_of_day(at: datetime) -> datetime:
    """Give the last microsecond of the day of `at`."""
    return start_of(at.date()) + DAY - MICROSECOND


def is_midnight(at: datetime) -> bool:
    """Say whether the clock shows midnight, to the microsecond: then the record gives, or may give, only a
    date.
    """
    return at.time() == time.min


def latest_of_day(at: datetime) -> datetime:
    """Give the last instant of the day of a midnight, which may be a date without a clock time; any other
    instant as it is.
    """
    return end_of_day(at) if is_midnight(at) else at


def latest_meant(at: datetime) -> datetime:
    """Give the latest instant that a clock reading can mean: of a midnight the whole day, of a full minute
    all of it, of a full second too.
    """
    if is_midnight(at):
        return end_of_day(at)
    if at.second == at.microsecond == 0:
        return at + MINUTE - MICROSECOND
    return at + timedelta(seconds=1) - MICROSECOND if at.microsecond == 0 else at


def time_text(at: datetime) -> str:
    """Write a time as R 4.3 does: at midnight only the date."""
    return f"{at:%Y-%m-%d}" if is_midnight(at) else f"{at:%Y-%m-%d %H:%M:%S}"


def microseconds(length: timedelta) -> int:
    """Give a length in whole microseconds, exactly."""
    return length // MICROSECOND
