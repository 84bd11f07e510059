"""Conflicts with an end: custody after a removal, a missing book-out at one, custody after a death."""

from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise

from .clock import DAY, latest_meant, start_of
from .columns import Row, grouped, is_blank
from .ends import Released, is_after_start, is_reported_death, stay_ends
from .grades import NOTHING, conflict
from .removals import nearest_removal
from .stays import known, stay_order
from .stints import kept


def departed_stays(stay_rows: list[Row], removal_rows: list[Row]) -> Iterator[tuple[Row, datetime]]:
    """Pair each stay that has a departure on or after its first day with the midnight that ends the day of
    departure.

    A departed date before the first day is none: the matched removal's takes its place.
    """
    matched = nearest_removal(stay_rows, removal_rows)
    for one in stay_rows:
        removal = matched.get(one["stay_key"])
        dates = (one["departed_date"], removal and removal["departed_date"])
        departed = next((date for date in dates if is_after_start(one, date)), None)
        if departed is not None:
            yield one, start_of(departed.date()) + DAY


def custody_after_removal(stay_rows: list[Row], removal_rows: list[Row]) -> list[Row]:
    """Find the stays whose last stint is booked out or in after the day of departure. A scheduled book-out
    counts as written.
    """
    found = []
    for one, midnight in departed_stays(stay_rows, removal_rows):
        latest = max(known([one], "book_in_date_time") + known([one], "book_out_date_time"), default=midnight)
        if latest > midnight:
            found.append(
                conflict(
                    "custody_after_removal", one, latest - midnight, [one["last_row"]], [one["stay_key"]]
                )
            )
    return found


def no_book_out_at_removal(stay_rows: list[Row], removal_rows: list[Row], released: Released) -> list[Row]:
    """Find the stays whose last stint is open though the person departed on a day before the release instant,
    and not booked in after that day.
    """
    found = []
    for one, midnight in departed_stays(stay_rows, removal_rows):
        booked_in, released_at = one["book_in_date_time"], released[one["release"]]
        is_open = (
            one["book_out_date_time"] is None
            and is_blank(one, "book_out_date_time")
            and (booked_in is None or booked_in <= midnight)
        )
        if is_open and released_at is not None and midnight <= released_at:
            found.append(
                conflict("no_book_out_at_removal", one, NOTHING, [one["last_row"]], [one["stay_key"]])
            )
    return found


def custody_after_death(stay_rows: list[Row]) -> list[Row]:
    """Find the stays that another of the person follows although a reason tells of a death; the size is 0
    where it cannot be measured.
    """
    found = []
    for of_person in grouped(stay_rows, "release", "unique_identifier").values():
        for one, following in pairwise(sorted(of_person, key=stay_order)):
            if is_reported_death(one):
                out, then = one["book_out_date_time"], following["stint_window_in"]
                size = NOTHING if out is None or then is None else max(NOTHING, then - out)
                found.append(
                    conflict(
                        "custody_after_death",
                        one,
                        size,
                        [one["last_row"]],
                        [one["stay_key"], following["stay_key"]],
                    )
                )
    return found


def departures_of(one: Row, removal_rows: list[Row]) -> list[datetime]:
    """Give every departure of the removal rows of a row's person."""
    who = (one["release"], one["unique_identifier"])
    return [
        row["departed_date"]
        for row in removal_rows
        if (row["release"], row["unique_identifier"]) == who and row["departed_date"] is not None
    ]


def departure_after_death(stay_rows: list[Row], removal_rows: list[Row], released: Released) -> list[Row]:
    """Find the stays that ended in death at an instant before a removal of the person departed."""
    found, by_key = [], {one["stay_key"]: one for one in stay_rows}
    for end in stay_ends(stay_rows, removal_rows, released):
        one = by_key[end["stay_key"]]
        if end["end"] == "death" and end["end_hi"] is not None:
            late = [when for when in departures_of(one, removal_rows) if when > end["end_hi"]]
            if late:
                size = max(late) - end["end_hi"]
                found.append(
                    conflict("departure_after_death", one, size, [one["last_row"]], [one["stay_key"]])
                )
    return found


def held_through_departure(stint_rows: list[Row], stay_rows: list[Row], removal_rows: list[Row]) -> list[Row]:
    """Find the kept stints that had begun before a day on which a removal of the person departed, and ended
    after it; those whose stay says as much already are left out.
    """
    said = {row for each in custody_after_removal(stay_rows, removal_rows) for row in each["rows"]}
    found = []
    for row in kept(stint_rows):
        begun, out = row["book_in_date_time"], row["book_out_date_time"]
        if begun is None or out is None or row["row_id"] in said:
            continue
        days = [start_of(when.date()) for when in departures_of(row, removal_rows)]
        within = [day for day in days if latest_meant(begun) < day and out > day + DAY]
        if within:
            size = out - min(within) - DAY
            found.append(conflict("held_through_departure", row, size, [row["row_id"]], []))
    return found
