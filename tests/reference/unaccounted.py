"""The intervals in which the records name no custodian: after stays, and between stints that no other stint covers."""

from datetime import datetime, timedelta

from .clock import latest_of_day
from .columns import Row
from .transfers import GAP_HOURS

BETWEEN = "gap between stints"


def unaccounted(end_rows: list[Row], transfer_rows: list[Row], gap_hours: float = GAP_HOURS) -> list[Row]:
    """List the unaccounted intervals: after stays, and within stays from `covered_until` to a late book-in, if still longer than `gap_hours`."""
    found = [
        interval(end, end["end_reason"], end["unaccounted_since"], end["unaccounted_until"], end["last_row"]) for end in end_rows if end["end"] == "unaccounted"
    ]
    return found + [
        interval(one, BETWEEN, one["covered_until"], one["until"], one["row_before"])
        for one in transfer_rows
        if one["status"] == "late" and one["until"] - latest_of_day(one["covered_until"]) > timedelta(hours=gap_hours)
    ]


def interval(of: Row, reason: str, since: datetime | None, until: datetime | None, row: int) -> Row:
    """Make an unaccounted interval; `row` is the stint whose end opens it, or would but for another that covers a part."""
    named = {"release": of["release"], "unique_identifier": of["unique_identifier"], "stay_key": of["stay_key"]}
    return named | {"reason": reason, "since": since, "until": until, "row": row}
