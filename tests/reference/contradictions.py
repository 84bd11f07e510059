"""Contradictions: what other rows of a person deny of a stint, so that it is not certain; likely duplicates
take part like all others.
"""

from dataclasses import dataclass
from datetime import datetime

from .clock import MICROSECOND, latest_meant
from .columns import Row

TWO_PLACES, TWO_ENDS, INVERTED = "two places", "two ends", "book-out before book-in"


@dataclass(frozen=True, slots=True, kw_only=True)
class Denial:
    """What another row denies of a stint: all before `before`, all from `since` on; null for no limit."""

    kind: str
    other: int | None
    before: datetime | None = None
    since: datetime | None = None


def is_inverted(row: Row) -> bool:
    """Say whether a stint is booked out before it is booked in, however both times are meant."""
    begin, end = row["book_in_date_time"], row["book_out_date_time"]
    return begin is not None and end is not None and latest_meant(end) < begin


def denial(row: Row, other: Row) -> Denial | None:
    """Give what `other`, a row of the same person, denies of `row`; null where both can be true."""
    begin, end, other_begin, other_end = (
        row["book_in_date_time"],
        row["book_out_date_time"],
        other["book_in_date_time"],
        other["book_out_date_time"],
    )
    place, elsewhere = row["detention_facility_code"], other["detention_facility_code"]
    if (
        begin is None
        or other_begin is None
        or place is None
        or elsewhere is None
        or is_inverted(row)
        or is_inverted(other)
    ):
        return None
    here, there = (
        latest_meant(begin),
        latest_meant(other_begin),
    )  # from here on each is certainly in its place
    if place == elsewhere:
        if (
            other_end is None
            or begin.date() != other_begin.date()
            or (end is not None and latest_meant(other_end) >= end)
        ):
            return None
        may_begin_at_once = begin <= there and other_begin <= here
        return (
            Denial(kind=TWO_ENDS, other=other["row_id"], since=other_end)
            if may_begin_at_once or other_end > here
            else None
        )
    if there > here:  # the other takes the person over, while this one goes on
        goes_on = end is None or end > there
        lasts = other_end is None or other_end > there
        return (
            Denial(kind=TWO_PLACES, other=other["row_id"], since=other_begin) if goes_on and lasts else None
        )
    if other_end is None:
        is_at_once = there == here and (end is None or end > here)
        return Denial(kind=TWO_PLACES, other=other["row_id"], since=other_begin) if is_at_once else None
    lasts_into = other_end > here and (end is None or end > here)
    return (
        Denial(kind=TWO_PLACES, other=other["row_id"], before=latest_meant(other_end)) if lasts_into else None
    )


def denials(row: Row, of_person: list[Row]) -> list[Denial]:
    """Give everything that the person's rows deny of one of them."""
    if is_inverted(row):
        return [Denial(kind=INVERTED, other=None, since=row["book_out_date_time"])]
    return [found for other in of_person if other is not row and (found := denial(row, other)) is not None]


def certain(
    row: Row, told: list[Denial], until: datetime | None
) -> tuple[datetime | None, datetime | None] | None:
    """Give from when and until when a stint is certain beside its denials, null where they do not bear; None
    where nothing of it is certain.

    `until` is its book-out as far as it counts, null for none.
    """
    here = latest_meant(row["book_in_date_time"])
    before = max((one.before for one in told if one.before is not None), default=None)
    since = min((one.since for one in told if one.since is not None), default=None)
    last = until if until is not None else here + MICROSECOND
    if (since is not None and since <= here) or (
        before is not None and (before >= last or (since is not None and before >= since))
    ):
        return None
    return (
        before if before is not None and before > here else None,
        since if since is not None and until is not None and since < until else None,
    )
