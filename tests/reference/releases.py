"""The release instant: the last moment a release can say anything about."""

from datetime import datetime

from .clock import end_of_day
from .columns import Row

WITNESSES = {"detentions": "book_in_date_time", "arrests": "apprehension_date_time", "removals": "departed_date"}


def released_at(detentions: list[Row], arrests: list[Row], removals: list[Row], settings: dict[str, datetime] | None = None) -> dict[str, datetime | None]:
    """Give the release instant of each release: its setting as it stands, else the end of the day of the latest book-in, arrest or departure.

    Null for a release without any of these. Book-outs play no part (they can be scheduled), nor do the departed dates of detention rows,
    nor a removal's `removal_date`.
    """
    latest: dict[str, datetime | None] = {}
    for rows, name in ((detentions, WITNESSES["detentions"]), (arrests, WITNESSES["arrests"]), (removals, WITNESSES["removals"])):
        for row in rows:
            at, so_far = row.get(name), latest.setdefault(row["release"], None)
            if at is not None and (so_far is None or at > so_far):
                latest[row["release"]] = at
    ends = {release: None if at is None else end_of_day(at) for release, at in latest.items()}
    return ends | {release: at for release, at in (settings or {}).items() if release in ends}
