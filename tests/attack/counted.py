"""Headcounts of complete histories by brute force: every placement, every day, every definition, one
by one.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from .truths import MADE, Placement

Cells = dict[tuple[str, date], int]

LAST_INSTANT = timedelta(days=1) - timedelta(microseconds=1)
FAR = datetime(2100, 1, 1)


def under_way(at: timedelta) -> Callable[[Placement, date], bool]:
    """Give what says whether a placement is under way at a time of a day."""

    def is_held(one: Placement, day: date) -> bool:
        instant = datetime.combine(day, time()) + at
        return one.begin <= instant < (one.end or FAR)

    return is_held


def any_part(one: Placement, day: date) -> bool:
    """Say whether a placement touches a day."""
    return one.begin.date() <= day <= (one.end or FAR).date()


DEFINITIONS: dict[str, tuple[Callable[[Placement, date], bool], bool]] = {
    "uwchr": (under_way(timedelta(0)), False),
    "ddp-midnight": (under_way(LAST_INSTANT), True),
    "ddp-any-time": (any_part, True),
    "vera-midnight": (under_way(LAST_INSTANT), True),
    "vera-24-hour": (any_part, True),
    "noon": (under_way(timedelta(hours=12)), True),
}


def last_day(definition: str) -> date:
    """Give the last day that the release can show: its own, or the day before where the counted instant comes
    after it was made.
    """
    at = {"uwchr": time(0), "noon": time(12), "ddp-midnight": time.max, "vera-midnight": time.max}.get(
        definition
    )
    return (
        MADE.date()
        if at is None or datetime.combine(MADE.date(), at) <= MADE
        else MADE.date() - timedelta(days=1)
    )


def counted(placements: list[Placement], definition: str, group: Callable[[Placement], str]) -> Cells:
    """Count distinct persons, or placements, per group and day."""
    is_counted, persons = DEFINITIONS[definition]
    first = min(one.begin for one in placements).date()
    units: dict[tuple[str, date], set[Any]] = {}
    for number, one in enumerate(placements):
        day = first
        while day <= last_day(definition):
            if is_counted(one, day):
                units.setdefault((group(one), day), set()).add(one.person if persons else number)
            day += timedelta(days=1)
    return {cell: len(members) for cell, members in units.items()}
