"""Stays: kept stints of one (p, S), in the order of a stay."""

from datetime import datetime, timedelta
from typing import Any

from .columns import BOND_MINIMA, Row, grouped, nulls_first
from .stints import kept, least

LONGEST_OPEN_UNTIL = datetime(2026, 3, 10, 23, 59, 59)


def stays(stint_rows: list[Row], longest_open_until: datetime = LONGEST_OPEN_UNTIL) -> list[Row]:
    """Give one row per stay, ordered by release, person and stay order.

    A stay holds every column of its last stint, so `stay["book_out_date_time"]` is the last stint's book-out;
    beside them the columns added by `stay`. Only the four lowest/earliest-seen bond columns are the least
    over all its stints.
    """
    found = [stay(rows, longest_open_until) for rows in stints_by_stay(stint_rows).values()]
    for of_person in grouped(found, "release", "unique_identifier").values():
        for one in of_person:
            one["n_stays"] = len(of_person)
    return sorted(found, key=lambda one: (one["release"], one["unique_identifier"].encode(), stay_order(one)))


def stints_by_stay(stint_rows: list[Row]) -> dict[tuple[Any, ...], list[Row]]:
    """Group the kept stints by (release, p, S), nulls of S equal, each group in the order of a stay."""
    groups = grouped(kept(stint_rows), "release", "unique_identifier", "stay_book_in_date_time")
    return {key: sorted(rows, key=stint_order) for key, rows in groups.items()}


def stint_order(row: Row) -> tuple[Any, ...]:
    """Give the sort key of stints within a stay: (in, out, f, file order), nulls first."""
    return (
        nulls_first(row["book_in_date_time"]),
        nulls_first(row["book_out_date_time"]),
        nulls_first(row["detention_facility_code"]),
        row["row_id"],
    )


def stay_order(one: Row) -> tuple[Any, ...]:
    """Give the sort key of the stays of one person: S, nulls first. It is total, for a person has only one
    stay with a given S.
    """
    return nulls_first(one["stay_book_in_date_time"])


def stay(rows: list[Row], longest_open_until: datetime) -> Row:
    """Make one stay of its stints, which come in order."""
    first, longest, last = rows[0], longest_of(rows, longest_open_until), rows[-1]
    codes = [row["detention_facility_code"] for row in rows]
    own = {name: value for name, value in last.items() if name != "row_id"}
    is_open = has_open_stint(rows)
    return (
        own
        | {name: least([row[name] for row in rows]) for name in BOND_MINIMA.values()}
        | {
            "stay_key": (last["release"], last["unique_identifier"], last["stay_book_in_date_time"]),
            "first_row": first["row_id"],
            "longest_row": longest["row_id"],
            "last_row": last["row_id"],
            "rows": tuple(row["row_id"] for row in rows),
            "detention_facility_code_first": first["detention_facility_code"],
            "detention_facility_code_longest": longest["detention_facility_code"],
            "detention_facility_code_last": last["detention_facility_code"],
            "detention_facility_codes_all": None if None in codes else "; ".join(codes),
            "n_stints": len(rows),
            "has_open_stint": is_open,
            "stint_window_in": min(known(rows, "book_in_date_time"), default=None),
            "stint_window_out": None if is_open else max(known(rows, "book_out_date_time"), default=None),
        }
    )


def known(rows: list[Row], name: str) -> list[Any]:
    """Give the values of a column that are not null."""
    return [row[name] for row in rows if row[name] is not None]


def longest_of(rows: list[Row], open_until: datetime) -> Row:
    """Find the longest stint, ties to the last of the order; one without `in` only when the stay has no
    other.
    """
    dated = [row for row in rows if row["book_in_date_time"] is not None]
    if not dated:
        return rows[-1]
    best = dated[0]
    for row in dated[1:]:
        if length(row, open_until) >= length(best, open_until):
            best = row
    return best


def length(row: Row, open_until: datetime) -> timedelta:
    """Measure a stint; an open one lasts until the cut-off; a book-out before the book-in gives a negative
    length.
    """
    return (row["book_out_date_time"] or open_until) - row["book_in_date_time"]


def has_open_stint(rows: list[Row]) -> bool:
    """Say whether a stint after which none of the stay begins has no book-out.

    "After" compares `in` strictly, an unknown `in` being the least: so every stint with the greatest `in` is
    asked.
    """
    latest = max(nulls_first(row["book_in_date_time"]) for row in rows)
    return any(
        row["book_out_date_time"] is None for row in rows if nulls_first(row["book_in_date_time"]) == latest
    )
