"""Headcounts: the named definitions, counted day by day for one release.

For each row three sets of days: `n`, the row as recorded, a stand-in for a missing `out`; `n_lo`, the days the record shows; `n_hi`, the days it
allows. Each set counts distinct units per (group, day); then, cell by cell, `n_hi` is raised to `n` where it is lower, and `n_lo` lowered to `n`
where it is higher. Which rows take part, the unit, and the range of days are the definition's for all three. A null group is a group.
"""

from datetime import date, datetime, timedelta
from typing import Any

from .columns import Row
from .days import Definition, days_between, days_until, every_day, stand_in

DDP_FIRST, DDP_LAST = date(2022, 10, 1), date(2026, 3, 10)
DEFINITIONS = {
    "uwchr": Definition(at=timedelta(0), open_until="latest book-out", placements=True),
    "ddp-midnight": Definition(at="midnight", open_until=date(2026, 3, 11), first=DDP_FIRST, last=DDP_LAST),
    "ddp-any-time": Definition(at="any", open_until=date(2026, 3, 10), first=DDP_FIRST, last=DDP_LAST),
    "vera-midnight": Definition(at="midnight", open_until="day after release"),
    "vera-24-hour": Definition(at="any", open_until="release day"),
    "noon": Definition(at=timedelta(hours=12), open_until="day after release"),
}

Cell = tuple[Any, date]
Counts = dict[Cell, tuple[int, int, int]]
Units = dict[Cell, set[Any]]


def headcount(stint_rows: list[Row], release: str, name: str, group: str, released_at: datetime | None, open_rows: set[int], *, fill: bool = True) -> Counts:
    """Count the units of one release per value of the column `group` and day: {(group, date): (n, n_lo, n_hi)}.

    `open_rows` are the last kept stints of stays whose end is `open`. Cells with n = 0 are left out, except under the `ddp` definitions: they give
    every day of their range to every group that any row of the release names (without `fill`: where one of the three counts is not 0).
    """
    definition = DEFINITIONS[name]
    of_release = [row for row in stint_rows if row["release"] == release]
    latest_out = max((row["book_out_date_time"] for row in of_release if row["book_out_date_time"] is not None), default=None)
    rows = [row for row in of_release if takes_part(row, definition)]
    n, lo, hi = Units(), Units(), Units()
    for row in rows:
        add(n, row, group, definition, days_as_counted(row, definition, released_at, latest_out))
        add(lo, row, group, definition, days_shown(row, definition, released_at, is_open=row["row_id"] in open_rows))
        add(hi, row, group, definition, days_allowed(row, definition, released_at))
    cells = set(n)
    if definition.first is not None and definition.last is not None:
        cells |= {*lo, *hi}
        if fill:
            cells |= {(name, on) for name in {row[group] for row in rows} for on in every_day(definition.first, definition.last)}
    return {cell: bounded(len(n.get(cell, ())), len(lo.get(cell, ())), len(hi.get(cell, ()))) for cell in cells}


def bounded(n: int, lo: int, hi: int) -> tuple[int, int, int]:
    """Order the three counts of a cell."""
    return n, min(lo, n), max(hi, n)


def takes_part(row: Row, definition: Definition) -> bool:
    """Say whether the definition counts the row at all."""
    return not definition.placements or (row["unique_identifier"] is not None and not row["duplicate_exact"])


def unit(row: Row, definition: Definition) -> Any:
    """Give what is counted: the row, or the person, each row without a person id being its own."""
    if definition.placements or row["unique_identifier"] is None:
        return ("row", row["row_id"])
    return ("person", row["unique_identifier"])


def add(units: Units, row: Row, group: str, definition: Definition, days: list[date]) -> None:
    """Put the row's unit into each of the days that lie in the definition's range."""
    for on in days:
        if definition.has(on):
            units.setdefault((row[group], on), set()).add(unit(row, definition))


def days_as_counted(row: Row, definition: Definition, released_at: datetime | None, latest_out: datetime | None) -> list[date]:
    """Give the days of the row under the definition itself."""
    out = row["book_out_date_time"] or stand_in(definition, released_at, latest_out)
    return [] if row["book_in_date_time"] is None or out is None else days_between(definition, row["book_in_date_time"], out)


def days_shown(row: Row, definition: Definition, released_at: datetime | None, *, is_open: bool) -> list[date]:
    """Give the days that the record shows."""
    booked_in, out = row["book_in_date_time"], row["book_out_date_time"]
    if booked_in is None or released_at is None:
        return []
    if out is None and not is_open:
        return [booked_in.date()] if definition.at == "any" else []
    return days_until(definition, booked_in, released_at) if out is None or out > released_at else days_between(definition, booked_in, out)


def days_allowed(row: Row, definition: Definition, released_at: datetime | None) -> list[date]:
    """Give the days that the record allows."""
    booked_in, out = row["book_in_date_time"], row["book_out_date_time"]
    if out is None:
        return [] if booked_in is None or released_at is None else days_until(definition, booked_in, released_at)
    begin = booked_in or row["stay_book_in_date_time"]
    return [] if begin is None else days_between(definition, begin, out)
