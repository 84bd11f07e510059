"""Stints: one row per detention row, with its keys, bond minima and duplicate flags. Nothing is dropped."""

from typing import Any

from .clock import day, time_text
from .columns import (
    BOND_COLUMNS,
    BOND_MINIMA,
    DETENTION_COLUMNS,
    ORDER_K,
    Row,
    completed,
    grouped,
    in_file_order,
    nulls_first,
)

COLUMNS_BUT_BONDS = [name for name in DETENTION_COLUMNS if name not in BOND_COLUMNS]


def stints(detentions: list[Row]) -> list[Row]:
    """Give every row of every release with all columns of the layout and those computed here, in file
    order.
    """
    rows = [completed(row, DETENTION_COLUMNS) for row in in_file_order(detentions)]
    for row in rows:
        row["stay_ID"] = key_text(row["unique_identifier"], row["stay_book_in_date_time"])
        row["stint_ID"] = key_text(
            row["unique_identifier"], row["book_in_date_time"], row["detention_facility_code"]
        )
    add_bond_minima(rows)
    flag_exact(rows)
    flag_bond(rows)
    flag_sameday(rows)
    for row in rows:
        either = row["duplicate_likely_bond"] or row["duplicate_likely_sameday"]
        known = row["unique_identifier"] is not None
        row["duplicate_drop_row"] = either and known
        row["duplicate_likely"] = either if known else None
    return rows


def kept(rows: list[Row]) -> list[Row]:
    """Give the stints that make up stays: not dropped and with a person id."""
    return [row for row in rows if row["unique_identifier"] is not None and not row["duplicate_drop_row"]]


def key_text(*parts: Any) -> str | None:
    """Join the parts with `_`, times as R 4.3 writes them; null when any part is."""
    if any(part is None for part in parts):
        return None
    return "_".join(part if isinstance(part, str) else time_text(part) for part in parts)


def order_k(row: Row) -> tuple[Any, ...]:
    """Give the sort key of order K: the columns ascending, nulls first, text by bytes, ties by file order."""
    return (*(nulls_first(row[name]) for name in ORDER_K), row["row_id"])


def least(values: list[Any]) -> Any:
    """Give the least of the known values, null when none is known."""
    return min((value for value in values if value is not None), default=None)


def add_bond_minima(rows: list[Row]) -> None:
    """Add the least of each bond column over all rows of one (p, in, f), nulls equal; null without a person
    id. The stay plays no part.
    """
    for group in grouped(
        rows, "release", "unique_identifier", "book_in_date_time", "detention_facility_code"
    ).values():
        for name, minimum in BOND_MINIMA.items():
            lowest = least([row[name] for row in group])
            for row in group:
                row[minimum] = lowest if row["unique_identifier"] is not None else None


def flag_exact(rows: list[Row]) -> None:
    """Flag every row but the first in the file among those equal in every column, with or without a person
    id.
    """
    for group in grouped(rows, "release", *DETENTION_COLUMNS).values():
        for place, row in enumerate(group):
            row["duplicate_exact"] = place > 0


def flag_bond(rows: list[Row]) -> None:
    """Flag every row but the first in order K among those of known persons that are equal in all but the bond
    columns.
    """
    for row in rows:
        row["duplicate_likely_bond"] = False
    known = [row for row in rows if row["unique_identifier"] is not None]
    for group in grouped(known, "release", *COLUMNS_BUT_BONDS).values():
        for row in sorted(group, key=order_k)[1:]:
            row["duplicate_likely_bond"] = True


def flag_sameday(rows: list[Row]) -> None:
    """Flag every row but the last in order K among those of known persons that share (p, f, day(in), S),
    nulls equal.
    """
    for row in rows:
        row["duplicate_likely_sameday"] = False
        row["day_in"] = day(row["book_in_date_time"])
    left = [row for row in rows if row["unique_identifier"] is not None and not row["duplicate_likely_bond"]]
    for group in grouped(
        left, "release", "unique_identifier", "detention_facility_code", "day_in", "stay_book_in_date_time"
    ).values():
        for row in sorted(group, key=order_k)[:-1]:
            row["duplicate_likely_sameday"] = True
    for row in rows:
        del row["day_in"]
