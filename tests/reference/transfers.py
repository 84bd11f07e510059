"""Transfers: each handing over of a person between consecutive stints of a stay, and those that nobody ever
signed.
"""

from datetime import datetime, timedelta
from itertools import pairwise

from .clock import is_midnight, latest_meant, latest_of_day, microseconds
from .columns import Row, grouped, is_blank
from .stays import known, stint_order, stints_by_stay
from .stints import kept

GAP_HOURS = 24
UNTOLD = "cannot be judged"
NO_ARRIVAL = "transferred, no arrival"


def transfers(stint_rows: list[Row], end_rows: list[Row], gap_hours: float = GAP_HOURS) -> list[Row]:
    """Give one row for each two consecutive kept stints of a stay, and one for each last stint of a stay lost
    in transfer (`row_after` null).
    """
    covered, found = covered_until(stint_rows), []
    for key, rows in stints_by_stay(stint_rows).items():
        for before, after in pairwise(rows):
            out, then = before["book_out_date_time"], after["book_in_date_time"]
            gap_us = None if out is None or then is None else microseconds(then - out)
            status = pair_status(before, after, timedelta(hours=gap_hours))
            found.append(
                transfer(
                    key,
                    before["row_id"],
                    after["row_id"],
                    out,
                    then,
                    gap_us,
                    status,
                    covered[after["row_id"]],
                )
            )
    found += [
        transfer(
            end["stay_key"], end["last_row"], None, end["unaccounted_since"], None, None, "unsigned", None
        )
        for end in end_rows
        if end["end"] == "unaccounted" and end["end_reason"] == NO_ARRIVAL
    ]
    return sorted(found, key=lambda one: (one["row_before"], one["row_after"] or 0))


def covered_until(stint_rows: list[Row]) -> dict[int, datetime | None]:
    """Map each kept stint to the greatest `out` of all kept stints of the person, of any stay, that come
    before it in the order of stints.
    """
    found: dict[int, datetime | None] = {}
    for of_person in grouped(kept(stint_rows), "release", "unique_identifier").values():
        ordered = sorted(of_person, key=stint_order)
        for place, row in enumerate(ordered):
            found[row["row_id"]] = max(known(ordered[:place], "book_out_date_time"), default=None)
    return found


def pair_status(before: Row, after: Row, limit: timedelta) -> str:
    """Name the state of a transfer between two stints; where both sides are missing it is the book-out that
    is named.

    A side that is missing otherwise than blank cannot be judged; nor can a gap that may be on either side of
    the limit, as a midnight may be any time of its day and a full minute any second of it; or of 0, but where
    both sides are told to the minute at least: one minute on both is a hand-over.
    """
    out, then = before["book_out_date_time"], after["book_in_date_time"]
    if out is None:
        return "no book-out" if is_blank(before, "book_out_date_time") else UNTOLD
    if then is None:
        return "no book-in" if is_blank(after, "book_in_date_time") else UNTOLD
    least, most = then - latest_meant(out), latest_meant(then) - out
    follows = then >= latest_of_day(out) if is_midnight(then) else latest_meant(then) >= latest_of_day(out)
    if most < timedelta(0):
        return "early"
    if least > limit:
        return "late"
    return "signed" if follows and most <= limit else UNTOLD


def transfer(
    stay_key: tuple[object, ...],
    before: int,
    after: int | None,
    out: datetime | None,
    then: datetime | None,
    gap_us: int | None,
    status: str,
    covered: datetime | None,
) -> Row:
    """Make a row of `transfers`."""
    return {
        "release": stay_key[0], "unique_identifier": stay_key[1], "stay_key": stay_key, "row_before": before, "row_after": after,
        "since": out, "until": then, "gap_us": gap_us, "status": status, "covered_until": covered,
    }  # fmt: skip
