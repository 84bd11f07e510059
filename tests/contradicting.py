"""Which rows of one person contradict each other: an oracle in plain Python, for the tests that hide cells. It shares nothing with the product."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

Row = dict[str, Any]
Key = tuple[Any, ...]
DAY = timedelta(days=1)


def latest(time: datetime) -> datetime:
    """The latest that a time can be: a midnight may be any of its day."""
    return time + DAY if time == time.replace(hour=0, minute=0, second=0, microsecond=0) else time


def contradictions(rows: dict[str, list[Row]]) -> set[Key]:
    """The rows of a person that cannot both be right about when they were where, and rows that cannot be by themselves; nothing of this is asked of the product."""
    found: set[Key] = set()
    for number, row in enumerate(rows["detentions"]):
        if not {"unique_identifier", "book_in_date_time", "book_out_date_time"} <= row.keys():
            continue
        begun, out = row["book_in_date_time"], row["book_out_date_time"]
        found |= {("inverted", number)} if latest(out) < begun else set()
        for before, other in enumerate(rows["detentions"][:number]):
            begun_too, out_too = other.get("book_in_date_time"), other.get("book_out_date_time")
            if begun_too and out_too and other.get("unique_identifier") == row["unique_identifier"]:
                is_at_once = latest(begun) <= out_too and latest(begun_too) <= out
                found |= {("at once", before, number)} if is_at_once or begun == begun_too else set()
    departed = [(kind, number, row["unique_identifier"], row["departed_date"]) for kind in ("detentions", "removals") for number, row in enumerate(rows[kind])
                if {"unique_identifier", "departed_date"} <= row.keys()]  # fmt: skip
    return found | {("departed", a[:2], b[:2]) for a in departed for b in departed if a[2] == b[2] and a[3] < b[3]}
