"""The intervals in which the records name no custodian: after stays, between stints that no other stint
covers, at both ends of a stay's stated window.
"""

from datetime import datetime, timedelta

from .clock import latest_meant
from .columns import Row, grouped
from .ends import Released, past
from .stays import stint_order
from .stints import kept
from .transfers import GAP_HOURS

BETWEEN = "gap between stints"
NOT_BOOKED_IN, NOT_ENDED = "stay begun, not booked in", "booked out, stay not ended"


def unaccounted(
    stint_rows: list[Row],
    stay_rows: list[Row],
    end_rows: list[Row],
    transfer_rows: list[Row],
    released: Released,
    gap_hours: float = GAP_HOURS,
) -> list[Row]:
    """List the unaccounted intervals: after stays; within stays from `covered_until` to a late book-in; and from a stay's stated begin to its first
    book-in, from its last book-out to its stated end, where no other stint covers them: each but the first only if longer than `gap_hours`.
    """  # fmt: skip
    found = [
        interval(end, end["end_reason"], end["unaccounted_since"], end["unaccounted_until"], end["last_row"])
        for end in end_rows
        if end["end"] == "unaccounted"
    ]
    found += [
        interval(one, BETWEEN, one["covered_until"], one["until"], one["row_before"])
        for one in transfer_rows
        if one["status"] == "late"
    ]
    found += windows(stint_rows, stay_rows, end_rows, released)
    lost = {id(one) for one in found if one["reason"] not in (BETWEEN, NOT_BOOKED_IN, NOT_ENDED)}
    return [
        one
        for one in found
        if id(one) in lost or one["until"] - latest_meant(one["since"]) > timedelta(hours=gap_hours)
    ]


def windows(
    stint_rows: list[Row], stay_rows: list[Row], end_rows: list[Row], released: Released
) -> list[Row]:
    """List what a stay's stated window has before its first stint and after its last, and no other stint of
    the person covers.
    """
    found = []
    ends = {end["stay_key"]: end for end in end_rows}
    by_person = grouped(kept(stint_rows), "release", "unique_identifier")
    for stay in stay_rows:
        ordered = sorted(by_person[stay["release"], stay["unique_identifier"]], key=stint_order)
        numbers = [number for number, row in enumerate(ordered) if row["row_id"] in stay["rows"]]
        first, last = ordered[numbers[0]], ordered[numbers[-1]]
        before, so_far = ordered[: numbers[0]], ordered[: numbers[-1] + 1]
        so_far += [
            row for row in ordered[numbers[-1] + 1 :] if row["book_in_date_time"] is None
        ]  # may have been under way at any time before its end
        begun, booked_in = stay["stay_book_in_date_time"], first["book_in_date_time"]
        if (
            begun is not None
            and booked_in is not None
            and all(row["book_out_date_time"] is not None for row in before)
        ):
            since = max([begun, *(row["book_out_date_time"] for row in before)])
            if since < booked_in:
                found.append(interval(stay, NOT_BOOKED_IN, since, booked_in, stay["first_row"]))
        end = past(last["stay_book_out_date_time"], released[stay["release"]])
        if (
            end is not None
            and ends[stay["stay_key"]]["end"] != "unaccounted"
            and all(row["book_out_date_time"] is not None for row in so_far)
        ):
            since = max(row["book_out_date_time"] for row in so_far)
            following = (
                ordered[numbers[-1] + 1]["book_in_date_time"] if numbers[-1] + 1 < len(ordered) else None
            )
            until = end if following is None else min(end, following)
            if since < until:
                found.append(interval(stay, NOT_ENDED, since, until, stay["last_row"]))
    return found


def interval(of: Row, reason: str, since: datetime | None, until: datetime | None, row: int) -> Row:
    """Make an unaccounted interval; `row` is the stint whose end opens it, or would but for another that
    covers a part.
    """
    named = {
        "release": of["release"],
        "unique_identifier": of["unique_identifier"],
        "stay_key": of["stay_key"],
    }
    return named | {"reason": reason, "since": since, "until": until, "row": row}
