"""Short ways to draw the small tables of worked cases."""

from datetime import datetime
from typing import Any

from .case import Case, rebuild
from .columns import Row

D = {number: datetime(2026, 3, number) for number in range(1, 32)}  # midnights of March 2026


def at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    """Give a time in March 2026."""
    return datetime(2026, 3, day, hour, minute)


def rows(*made: Row) -> list[Row]:
    """Number the rows in file order, of one release and one person unless they say otherwise."""
    return [
        {"release": "r", "row_id": number, "unique_identifier": "p"} | row
        for number, row in enumerate(made, 1)
    ]


def stint(
    f: str | None, booked_in: datetime | None, out: datetime | None, stay: datetime | None = D[1], **more: Any
) -> Row:
    """Write one detention row."""
    return {
        "detention_facility_code": f,
        "book_in_date_time": booked_in,
        "book_out_date_time": out,
        "stay_book_in_date_time": stay,
    } | more


def case(
    *made: Row, arrests: list[Row] | None = None, removals: list[Row] | None = None, **setting: Any
) -> Case:
    """Rebuild one release from drawn rows; arrests and removals are numbered from 101 and 201."""
    numbered = [row | {"row_id": row["row_id"] + 100} for row in rows(*(arrests or []))]
    removed = [row | {"row_id": row["row_id"] + 200} for row in rows(*(removals or []))]
    return rebuild(rows(*made), numbered, removed, **setting)


LATER = {
    "apprehension_date_time": at(20),
    "unique_identifier": None,
}  # makes the release instant the end of 20 March


def departed(*times: datetime | None, **more: Any) -> list[Row]:
    """Write removals of one person."""
    return [{"departed_date": time, "departure_country": "MEXICO"} | more for time in times]
