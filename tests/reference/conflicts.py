"""Conflicts: rows that cannot all be true, each with a size and a grade."""

from collections.abc import Iterator
from datetime import datetime
from itertools import combinations
from typing import Any

from .aftermath import (
    Released,
    custody_after_death,
    custody_after_removal,
    departure_after_death,
    held_through_departure,
    no_book_out_at_removal,
)
from .clock import DAY, MINUTE, is_midnight, latest_meant, latest_of_day
from .columns import Row, grouped
from .contradictions import TWO_ENDS, denials
from .grades import NOTHING, conflict
from .stays import stay_order
from .stints import kept

YEAR = 365 * DAY


def conflicts(
    stint_rows: list[Row], stay_rows: list[Row], removal_rows: list[Row], released: Released
) -> list[Row]:
    """Give every conflict of every kind of the page."""
    return [
        *inversions(stint_rows),
        *overlaps(stint_rows),
        *two_places(stint_rows),
        *two_ends(stint_rows),
        *custody_after_removal(stay_rows, removal_rows),
        *no_book_out_at_removal(stay_rows, removal_rows, released),
        *custody_after_death(stay_rows),
        *departure_after_death(stay_rows, removal_rows, released),
        *held_through_departure(stint_rows, stay_rows, removal_rows),
        *before_birth(stint_rows),
        *birth_years(stint_rows),
        *stay_windows(stay_rows),
        *stays_overlap(stay_rows),
        *stint_two_stays(stint_rows),
    ]


def inversions(stint_rows: list[Row]) -> list[Row]:
    """Find every kept stint whose book-out is before its book-in."""
    found = []
    for row in kept(stint_rows):
        booked_in, out = row["book_in_date_time"], row["book_out_date_time"]
        if booked_in is not None and out is not None and latest_meant(out) < booked_in:
            found.append(conflict("inversion", row, booked_in - out, [row["row_id"]], []))
    return found


def pairs_elsewhere(stint_rows: list[Row]) -> Iterator[tuple[Row, Row]]:
    """Pair the kept stints of one person that have a book-in and known, different facilities; the earlier
    book-in first.
    """
    for of_person in grouped(kept(stint_rows), "release", "unique_identifier").values():
        dated = [
            row
            for row in of_person
            if row["book_in_date_time"] is not None and row["detention_facility_code"] is not None
        ]
        for a, b in combinations(sorted(dated, key=lambda row: (row["book_in_date_time"], row["row_id"])), 2):
            if a["detention_facility_code"] != b["detention_facility_code"]:
                yield a, b


def overlaps(stint_rows: list[Row]) -> list[Row]:
    """Find the pairs where the later stint begins strictly within the earlier, both closed, and the later is
    longer than an instant.
    """
    found = []
    for a, b in pairs_elsewhere(stint_rows):
        (a_in, a_out), (b_in, b_out) = window(a), window(b)
        if (
            a_out is not None
            and b_out is not None
            and a_in < b_in
            and max(latest_meant(a_in), latest_meant(b_in)) < min(a_out, b_out)
        ):
            found.append(conflict("overlap", a, min(a_out, b_out) - b_in, [a["row_id"], b["row_id"]], []))
    return found


def two_places(stint_rows: list[Row]) -> list[Row]:
    """Find the pairs with the same book-in; their shared time is nothing when one is open or ends before it
    begins.
    """
    found = []
    for a, b in pairs_elsewhere(stint_rows):
        (a_in, a_out), (b_in, b_out) = window(a), window(b)
        if a_in == b_in and not is_midnight(a_in):
            shared = NOTHING if a_out is None or b_out is None else max(NOTHING, min(a_out, b_out) - a_in)
            found.append(conflict("two_places", a, shared, [a["row_id"], b["row_id"]], []))
    return found


def two_ends(stint_rows: list[Row]) -> list[Row]:
    """Find the pairs of rows, dropped ones too, that give one stint two book-outs."""
    found = []
    for of_person in grouped(
        [row for row in stint_rows if row["unique_identifier"] is not None], "release", "unique_identifier"
    ).values():
        rows = {row["row_id"]: row for row in of_person}
        for row in of_person:
            for one in denials(row, of_person):
                if one.kind != TWO_ENDS or one.other is None or row["book_out_date_time"] is None:
                    continue
                if rows[one.other]["book_out_date_time"] > latest_meant(row["book_in_date_time"]):
                    size = row["book_out_date_time"] - rows[one.other]["book_out_date_time"]
                    found.append(conflict("two_ends", row, size, [row["row_id"], one.other], []))
    return found


def window(row: Row) -> tuple[Any, Any]:
    """Give the book-in and book-out of a stint."""
    return row["book_in_date_time"], row["book_out_date_time"]


def before_birth(stint_rows: list[Row]) -> list[Row]:
    """Find every kept stint that is booked in in a year before the birth year of its row."""
    found = []
    for row in kept(stint_rows):
        if row["birth_year"] is not None and row["book_in_date_time"] is not None:
            apart = row["birth_year"] - row["book_in_date_time"].year
            if apart > 0:
                found.append(conflict("before_birth", row, apart * YEAR, [row["row_id"]], []))
    return found


def birth_years(stint_rows: list[Row]) -> list[Row]:
    """Find the people whose detention rows, dropped or not, give birth years more than one apart."""
    found = []
    known = [
        row for row in stint_rows if row["unique_identifier"] is not None and row["birth_year"] is not None
    ]
    for of_person in grouped(known, "release", "unique_identifier").values():
        years = [row["birth_year"] for row in of_person]
        apart = max(years) - min(years)
        if apart > 1:
            found.append(
                conflict("birth_year", of_person[0], apart * YEAR, [row["row_id"] for row in of_person], [])
            )
            found[-1]["grade"] = "minor" if apart <= 2 else "severe"
    return found


def stay_windows(stay_rows: list[Row]) -> list[Row]:
    """Find the stays whose two windows differ by more than a minute at an end that both windows have."""
    found = []
    for one in stay_rows:
        ends = [
            (one["stay_book_in_date_time"], one["stint_window_in"]),
            (one["stay_book_out_date_time"], one["stint_window_out"]),
        ]
        size = max(
            (
                abs(nominal - stint)
                for nominal, stint in ends
                if nominal is not None and stint is not None and apart(nominal, stint)
            ),
            default=NOTHING,
        )
        if size > MINUTE:
            found.append(conflict("stay_window", one, size, list(one["rows"]), [one["stay_key"]]))
    return found


def apart(one: datetime, other: datetime) -> bool:
    """Say whether two readings differ whatever time of its day a midnight stands for."""
    return one > latest_of_day(other) or other > latest_of_day(one)


def stays_overlap(stay_rows: list[Row]) -> list[Row]:
    """Find the pairs of stays of one person whose nominal windows, both closed, share time."""
    found = []
    for of_person in grouped(stay_rows, "release", "unique_identifier").values():
        closed = [
            one
            for one in of_person
            if one["stay_book_in_date_time"] is not None and one["stay_book_out_date_time"] is not None
        ]
        for a, b in combinations(sorted(closed, key=stay_order), 2):
            begin = max(a["stay_book_in_date_time"], b["stay_book_in_date_time"])
            shared = min(a["stay_book_out_date_time"], b["stay_book_out_date_time"]) - begin
            is_another = latest_meant(a["stay_book_in_date_time"]) < b["stay_book_in_date_time"]
            if is_another and shared > NOTHING and latest_meant(begin) < begin + shared:
                found.append(
                    conflict(
                        "stays_overlap", a, shared, [*a["rows"], *b["rows"]], [a["stay_key"], b["stay_key"]]
                    )
                )
    return found


def stint_two_stays(stint_rows: list[Row]) -> list[Row]:
    """Find each fully known (p, in, f) that kept stints of two or more stays share."""
    found = []
    known = [
        row
        for row in kept(stint_rows)
        if row["stint_ID"] is not None and not is_midnight(row["book_in_date_time"])
    ]
    for group in grouped(
        known, "release", "unique_identifier", "book_in_date_time", "detention_facility_code"
    ).values():
        stays = list(
            grouped(sorted(group, key=stay_order), "release", "unique_identifier", "stay_book_in_date_time")
        )
        if len(stays) > 1:
            found.append(
                conflict("stint_two_stays", group[0], NOTHING, [row["row_id"] for row in group], stays)
            )
    return found
