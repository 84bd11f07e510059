"""Headcounts: the named definitions, counted day by day for one release, with bounds that come apart by
cause.

For each row, the days under the definition (`n`, a stand-in for a missing `out`), and its days at eleven
levels: level 0 has the days that the record shows and no other row of the person denies, and each further
level those that the row may have if the causes of doubt up to this one are given the benefit of it and all
others are not. Each set counts distinct units per (group, day). `n_lo` is level 0, `n_hi` level 10, and what
a level adds is the width by its cause; then, cell by cell, a bound short of `n` is moved to it. Which days
there are is the definition's for all. A null group is a group; people in it may be of any other.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from .clock import DAY, MICROSECOND, latest_meant, start_of
from .columns import Row, grouped
from .contradictions import TWO_PLACES, Denial, certain, denials, is_inverted
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
(
    PRECISION,
    ORDER,
    NOT_IN_RELEASE,
    UNREADABLE,
    BLANK,
    WITHHELD,
    CONTRADICTED,
    UNACCOUNTED,
    PERSON_UNKNOWN,
    PLACE_UNKNOWN,
) = LEVELS = range(1, 11)
WHY = {
    "not_in_release": NOT_IN_RELEASE, "unreadable": UNREADABLE, "blank": BLANK, "withheld": WITHHELD, "unaccounted": UNACCOUNTED, None: BLANK,
}  # fmt: skip
BACK = 366 * DAY  # how far before the earliest instant recorded a stint without any begin may reach

Cell = tuple[Any, date]
Count = tuple[int, ...]
Counts = dict[Cell, Count]
Units = dict[Cell, set[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a release can see: from the earliest instant that it states to the instant at which it was
    made.
    """

    earliest: datetime | None
    released_at: datetime | None


def headcount(
    stint_rows: list[Row],
    intervals: list[Row],
    release: str,
    name: str,
    group: str,
    seen: Seen,
    *,
    fill: bool = True,
) -> Counts:
    """Count the units of one release per value of the column `group` and day: {(group, date): (n, n_lo, n_hi,
    width by each of the ten causes)}.

    `intervals` are those in which people are unaccounted for: they may be anywhere then.

    Cells with n = n_hi = 0 are left out, except under the `ddp` definitions: they give every day of their
    range to every group that any row of the release names (without `fill`, as all others).
    """
    definition = DEFINITIONS[name]
    rows = [row for row in stint_rows if row["release"] == release]
    latest_out = max(
        (row["book_out_date_time"] for row in rows if row["book_out_date_time"] is not None), default=None
    )
    n, levels = Units(), [Units() for _ in range(10)]
    told = denied(rows, group)
    rows = [
        *rows,
        *(somewhere(one, rows) for one in intervals if one["release"] == release and is_seen(one, seen)),
    ]
    for row in rows:
        if takes_part(row, definition):
            add(
                n,
                row,
                group,
                definition,
                unit(row, definition),
                days_as_counted(row, definition, seen.released_at, latest_out),
            )
        for level in range(10):
            if one := unit_at(row, definition, level):
                add(
                    levels[level],
                    row,
                    group,
                    definition,
                    one,
                    days_at(row, definition, seen, level, told.get(row["row_id"], [])),
                )
    nowhere = {on: len(units) for (value, on), units in levels[PERSON_UNKNOWN].items() if value is None}
    groups = {row[group] for row in rows}
    cells = {*n, *levels[PERSON_UNKNOWN], *((value, on) for value in groups for on in nowhere)}
    if fill and definition.first is not None and definition.last is not None:
        cells |= {(value, on) for value in groups for on in every_day(definition.first, definition.last)}
    return {
        cell: apart(
            cell, len(n.get(cell, ())), [len(each.get(cell, ())) for each in levels], nowhere, definition
        )
        for cell in cells
    }


def denied(rows: list[Row], group: str) -> dict[int, list[Denial]]:
    """Map rows to what others of the person deny of them; being in two places of one group, or of a group not
    known, denies nothing.
    """
    of_rows = {row["row_id"]: row[group] for row in rows}
    found = {}
    for of_person in grouped(
        [row for row in rows if row["unique_identifier"] is not None], "unique_identifier"
    ).values():
        for row in of_person:
            found[row["row_id"]] = [
                one
                for one in denials(row, of_person)
                if one.kind != TWO_PLACES
                or (
                    one.other is not None
                    and None not in (row[group], of_rows[one.other])
                    and row[group] != of_rows[one.other]
                )
            ]
    return {row_id: told for row_id, told in found.items() if told}


def is_seen(interval: Row, seen: Seen) -> bool:
    """Say whether an interval begins before the release ends."""
    last = interval["until"] or seen.released_at
    return interval["since"] is not None and last is not None and interval["since"] <= last


def somewhere(interval: Row, rows: list[Row]) -> Row:
    """Make of an interval a row that has no book-in and no place, of the person of its row; all of a person
    count as one.
    """
    own = next(row for row in rows if row["row_id"] == interval["row"])
    why = {
        "book_in_date_time_why_missing": "unaccounted",
        "book_out_date_time_why_missing": "unaccounted" if interval["until"] is None else None,
    }
    return own | why | {
        "row_id": f"nowhere: {interval['unique_identifier']}", "detention_facility_code": None, "book_in_date_time": None, "book_out_date_time": interval["until"],
        "stay_book_in_date_time": interval["since"], "duplicate_exact": False,
    }  # fmt: skip


def apart(cell: Cell, n: int, counts: list[int], nowhere: dict[date, int], definition: Definition) -> Count:
    """Give a cell's count, its bounds and what each cause adds between them."""
    widths = [counts[level] - counts[level - 1] for level in LEVELS[:-1]]
    lo, widths = (
        (0, [*widths, counts[0]]) if cell[0] is None else (counts[0], [*widths, nowhere.get(cell[1], 0)])
    )
    hi = lo + sum(widths)
    if n > hi:
        widths[NOT_IN_RELEASE - 1] += n - hi
    if n < lo:
        widths[(PERSON_UNKNOWN if definition.placements else NOT_IN_RELEASE) - 1] += lo - n
    return n, min(lo, n), max(hi, n), *widths


def takes_part(row: Row, definition: Definition) -> bool:
    """Say whether the definition counts the row at all."""
    return not definition.placements or (row["unique_identifier"] is not None and not row["duplicate_exact"])


def unit(row: Row, definition: Definition) -> Any:
    """Give what is counted: the row, or the person, each row without a person id being its own."""
    if definition.placements or row["unique_identifier"] is None:
        return ("row", row["row_id"])
    return ("person", row["unique_identifier"])


def unit_at(row: Row, definition: Definition, level: int) -> Any:
    """Give what a row counts as at a level, or null where it counts for nothing.

    Below `person unknown` only known persons count, each once, placements too: several rows of a person may
    be one placement, told twice. From there on a row without a person is one more, and each row is a
    placement, but for exact repetitions with a person and a book-in by the clock.
    """
    person = row["unique_identifier"]
    if level < PERSON_UNKNOWN:
        return person and ("person", person)
    begin = row["book_in_date_time"]
    if (
        definition.placements
        and row["duplicate_exact"]
        and person is not None
        and begin is not None
        and begin != start_of(begin.date())
    ):
        return None
    return unit(row, definition)


def add(units: Units, row: Row, group: str, definition: Definition, one: Any, days: list[date]) -> None:
    """Put a unit into each of the days that lie in the definition's range."""
    for on in days:
        if definition.has(on):
            units.setdefault((row[group], on), set()).add(one)


def days_as_counted(
    row: Row, definition: Definition, released_at: datetime | None, latest_out: datetime | None
) -> list[date]:
    """Give the days of the row under the definition itself."""
    out = row["book_out_date_time"] or stand_in(definition, released_at, latest_out)
    return (
        []
        if row["book_in_date_time"] is None or out is None
        else days_between(definition, row["book_in_date_time"], out)
    )


def days_at(row: Row, definition: Definition, seen: Seen, level: int, told: list[Denial]) -> list[date]:
    """Give the days of the row at a level, without those that others deny where contradictions do not have
    the benefit of the doubt.
    """
    if not told or level >= CONTRADICTED:
        return days_allowed(row, definition, seen, level)
    out = row["book_out_date_time"]
    if is_inverted(row) or row["book_in_date_time"] is None or seen.released_at is None:
        return []
    counts_until = None if out is None else min(out, seen.released_at + MICROSECOND)
    found = certain(row, told, counts_until)
    return (
        []
        if found is None
        else [on for on in days_allowed(row, definition, seen, level) if is_within(definition, on, *found)]
    )


def is_within(definition: Definition, on: date, begin: datetime | None, end: datetime | None) -> bool:
    """Say whether what the definition looks at on a day lies from `begin` on and before `end`."""
    if definition.at == "any":
        return (begin is None or on >= begin.date()) and (end is None or on <= (end - MICROSECOND).date())
    instant = start_of(on) + (DAY - MICROSECOND if definition.at == "midnight" else definition.at)
    return (begin is None or instant >= begin) and (end is None or instant < end)


def days_allowed(row: Row, definition: Definition, seen: Seen, level: int) -> list[date]:
    """Give the days that the row by itself may have at a level."""
    booked_in, out = row["book_in_date_time"], row["book_out_date_time"]
    begin = begin_at(row, definition, seen, level)
    if begin is None or seen.released_at is None:
        return []
    if is_inverted(row):
        return days_until(definition, begin, seen.released_at)
    if out is None:
        if level >= WHY[row.get("book_out_date_time_why_missing")]:
            return days_until(definition, begin, seen.released_at)
        return [begin.date()] if definition.at == "any" and booked_in is not None else []
    if out > seen.released_at:
        return (
            days_until(definition, begin, seen.released_at)
            if level < NOT_IN_RELEASE
            else days_between(definition, begin, latest_meant(out))
        )
    return days_between(definition, begin, latest_meant(out) if level >= PRECISION else out)


def begin_at(row: Row, definition: Definition, seen: Seen, level: int) -> datetime | None:
    """Give the begin of the row at a level: a stated book-in early or late within what it can mean, or else
    the stay's, or the earliest there can be.
    """
    booked_in, stay = row["book_in_date_time"], row["stay_book_in_date_time"]
    if booked_in is not None and not is_inverted(row):
        return booked_in if level >= PRECISION else latest_meant(booked_in)
    end = row["book_out_date_time"] or seen.released_at
    if (
        level < (CONTRADICTED if is_inverted(row) else WHY[row.get("book_in_date_time_why_missing")])
        or end is None
        or seen.earliest is None
    ):
        return None
    if stay is not None and stay <= end:
        return stay
    first = seen.earliest - BACK
    return min(end, first if definition.first is None else min(start_of(definition.first), seen.earliest))
