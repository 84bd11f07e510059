"""How a conflict is written down, sized and graded."""

from datetime import timedelta
from typing import Any

from .clock import DAY, HOUR, microseconds
from .columns import Row

GRADES = [(HOUR, "trace"), (24 * HOUR, "minor"), (30 * DAY, "serious")]
NOTHING = timedelta(0)


def grade(size: timedelta) -> str:
    """Grade a conflict by its size."""
    return next((name for limit, name in GRADES if size < limit), "severe")


def conflict(kind: str, of: Row, size: timedelta, rows: list[int], stays: list[Any]) -> Row:
    """Make a conflict: `rows` are the sorted ids of the stints, `stays` the keys of the stays in
    their order.
    """
    named = {"kind": kind, "release": of["release"], "unique_identifier": of["unique_identifier"]}
    return named | {
        "size_us": microseconds(size),
        "grade": grade(size),
        "rows": tuple(sorted(rows)),
        "stays": tuple(stays),
    }
