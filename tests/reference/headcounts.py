"""Headcounts: the five named definitions, counted day by day for one release.

How the bounds are read. A definition turns an interval `in`…`out` into days. For each row, three sets of days, all through that same rule:

* `n`: the row as recorded; without `out`, the definition's own stand-in; without `in`, no days.
* `n_lo`: without `in`, no days. With `out`, the days of `n`. Without `out`: when the row is the last kept stint of a stay whose end is `open`, the
  days with `out` := released_at; else only the day of `in` for any-part-of-day definitions, and nothing for midnights.
* `n_hi`: with both, the days of `n`. Without `out`, the days with `out` := released_at. With `out` and without `in`, the days with `in` := S
  (nothing when S is missing too). Without either, nothing.

Each set counts distinct units per (group, day). Then, cell by cell, `n_hi` is raised to `n` where it is lower, and `n_lo` lowered to `n` where it is
higher (a stand-in that ends before the release). Which rows take part, the unit, and the range of days are the definition's for all three.
A null group is a group. `out` := released_at means the midnight of the release day is not reached by end-of-day definitions.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from .clock import MICROSECOND, start_of
from .columns import Row

DEFINITIONS = ["uwchr", "ddp-midnight", "ddp-any-time", "vera-midnight", "vera-24-hour"]
ANY_PART_OF_DAY = ["ddp-any-time", "vera-24-hour"]
DDP_OPEN_UNTIL = date(2026, 3, 10)
DDP_FIRST, DDP_LAST = date(2022, 10, 1), date(2026, 3, 10)
ONE_DAY = timedelta(days=1)

Cell = tuple[Any, date]
Counts = dict[Cell, tuple[int, int, int]]
Units = dict[Cell, set[Any]]


def headcount(
    stint_rows: list[Row], release: str, definition: str, group: str, released_at: datetime | None, open_rows: set[int], *, fill: bool = True
) -> Counts:
    """Count the units of one release per value of the column `group` and day: {(group, date): (n, n_lo, n_hi)}.

    `open_rows` are the last kept stints of stays whose end is `open`. Cells of three zeros are left out, except that with `fill` the
    `ddp` definitions give every day of their range to every group that any row of the release names.
    """
    of_release = [row for row in stint_rows if row["release"] == release]
    latest_out = max((row["book_out_date_time"] for row in of_release if row["book_out_date_time"] is not None), default=None)
    rows = [row for row in of_release if takes_part(row, definition)]
    n, lo, hi = Units(), Units(), Units()
    for row in rows:
        add(n, row, group, definition, days_as_counted(row, definition, released_at, latest_out))
        add(lo, row, group, definition, days_shown(row, definition, released_at, is_open=row["row_id"] in open_rows))
        add(hi, row, group, definition, days_allowed(row, definition, released_at))
    cells = {*n, *lo, *hi}
    if fill and definition.startswith("ddp-"):
        cells |= {(name, on) for name in {row[group] for row in rows} for on in every_day(DDP_FIRST, DDP_LAST)}
    return {cell: bounded(len(n.get(cell, ())), len(lo.get(cell, ())), len(hi.get(cell, ()))) for cell in cells}


def bounded(n: int, lo: int, hi: int) -> tuple[int, int, int]:
    """Order the three counts of a cell."""
    return n, min(lo, n), max(hi, n)


def takes_part(row: Row, definition: str) -> bool:
    """Say whether the definition counts the row at all."""
    return definition != "uwchr" or (row["unique_identifier"] is not None and not row["duplicate_exact"])


def unit(row: Row, definition: str) -> Any:
    """Give what is counted: the row, or the person, each row without a person id being its own."""
    if definition == "uwchr" or row["unique_identifier"] is None:
        return ("row", row["row_id"])
    return ("person", row["unique_identifier"])


def add(units: Units, row: Row, group: str, definition: str, days: list[date]) -> None:
    """Put the row's unit into each of the days that lie in the definition's range."""
    for on in days:
        if not definition.startswith("ddp-") or DDP_FIRST <= on <= DDP_LAST:
            units.setdefault((row[group], on), set()).add(unit(row, definition))


def every_day(first: date, last: date) -> Iterator[date]:
    """Give the days from the first to the last, both included; none when the last is before the first."""
    on = first
    while on <= last:
        yield on
        on += ONE_DAY


def days_between(definition: str, booked_in: datetime, out: datetime) -> list[date]:
    """Give the days that the definition sees in an interval."""
    if definition == "uwchr":
        first = (booked_in - MICROSECOND).date() + ONE_DAY  # the first midnight at or after the book-in begins this day
        return [on for on in every_day(first, out.date()) if booked_in <= start_of(on) < out]
    if definition in ANY_PART_OF_DAY:
        return list(every_day(booked_in.date(), max(booked_in.date(), out.date())))
    return list(every_day(booked_in.date(), out.date() - ONE_DAY))


def stand_in(definition: str, released_at: datetime | None, latest_out: datetime | None) -> datetime | None:
    """Give what the definition puts for a missing book-out; null when it has nothing to put."""
    if definition == "uwchr":
        return latest_out
    if definition.startswith("ddp-"):
        return start_of(DDP_OPEN_UNTIL)
    if released_at is None:
        return None
    return start_of(released_at.date() + (ONE_DAY if definition == "vera-midnight" else timedelta(0)))


def days_as_counted(row: Row, definition: str, released_at: datetime | None, latest_out: datetime | None) -> list[date]:
    """Give the days of the row under the definition itself."""
    out = row["book_out_date_time"] or stand_in(definition, released_at, latest_out)
    return [] if row["book_in_date_time"] is None or out is None else days_between(definition, row["book_in_date_time"], out)


def days_shown(row: Row, definition: str, released_at: datetime | None, *, is_open: bool) -> list[date]:
    """Give the days that the record shows."""
    booked_in, out = row["book_in_date_time"], row["book_out_date_time"]
    if booked_in is None:
        return []
    if out is None and is_open:
        out = released_at
    if out is None:
        return [booked_in.date()] if definition in ANY_PART_OF_DAY else []
    return days_between(definition, booked_in, out)


def days_allowed(row: Row, definition: str, released_at: datetime | None) -> list[date]:
    """Give the days that the record allows."""
    booked_in, out = row["book_in_date_time"], row["book_out_date_time"]
    if booked_in is None and out is None:
        return []
    begin, end = booked_in or row["stay_book_in_date_time"], out or released_at
    return [] if begin is None or end is None else days_between(definition, begin, end)
