"""The release instant: the last moment a release can say anything about."""

from datetime import datetime

from .clock import end_of_day
from .columns import Row

WITNESSES = {
    "detentions": "book_in_date_time",
    "arrests": "apprehension_date_time",
    "removals": "departed_date",
}


def released_at(
    detentions: list[Row],
    arrests: list[Row],
    removals: list[Row],
    settings: dict[str, datetime] | None = None,
) -> dict[str, datetime | None]:
    """Give the release instant of each release: its setting as it stands, else the end of the day of the
    latest book-in, arrest or departure.

    Where a stint's book-in is missing its stay's stands for it. Book-outs (they can be scheduled) play a part
    only where there is nothing else; the departed dates of detention rows and a removal's `removal_date`
    never do. Null for a release without any of these.
    """
    latest: dict[str, datetime | None] = {}
    for rows, name in (
        (detentions, WITNESSES["detentions"]),
        (arrests, WITNESSES["arrests"]),
        (removals, WITNESSES["removals"]),
    ):
        for row in rows:
            at, so_far = (
                row.get(name) or row.get("stay_book_in_date_time"),
                latest.setdefault(row["release"], None),
            )
            if at is not None and (so_far is None or at > so_far):
                latest[row["release"]] = at
    for release in [name for name, at in latest.items() if at is None]:
        outs = [
            row["book_out_date_time"]
            for row in detentions
            if row["release"] == release and row.get("book_out_date_time")
        ]
        latest[release] = max(outs, default=None)
    latest |= {
        release: out
        for release, at in latest.items()
        if at is not None
        and (out := _end_of_a_cohort([row for row in detentions if row["release"] == release], at))
    }
    ends = {release: None if at is None else end_of_day(at) for release, at in latest.items()}
    return ends | {release: at for release, at in (settings or {}).items() if release in ends}


def _end_of_a_cohort(detentions: list[Row], latest: datetime) -> datetime | None:
    """Give the latest book-out of a release of all stays begun in a period; None where it is none.

    It is one where two or more book-outs with a reason, and at least one in fifty of all book-outs, come on
    days after the latest event. They are followed from day to day; where the next is more than 366 days off,
    it and all behind it are mistyped.
    """
    outs = [row["book_out_date_time"] for row in detentions if row.get("book_out_date_time")]
    reasoned = [
        row
        for row in detentions
        if row.get("detention_release_reason") is not None or row.get("stay_release_reason") is not None
    ]
    later = sorted(
        row["book_out_date_time"]
        for row in reasoned
        if row.get("book_out_date_time") and row["book_out_date_time"].date() > latest.date()
    )
    followed: list[datetime] = []
    for out in later:
        if (out.date() - (followed[-1] if followed else latest).date()).days > 366:
            break
        followed.append(out)
    return followed[-1] if len(followed) >= 2 and 50 * len(followed) >= len(outs) else None


STATED = (
    "book_in_date_time",
    "book_out_date_time",
    "stay_book_in_date_time",
    "stay_book_out_date_time",
    "apprehension_date_time",
)


def earliest(
    detentions: list[Row], arrests: list[Row], removals: list[Row], released: dict[str, datetime | None]
) -> dict[str, datetime | None]:
    """Give the earliest instant that any row of each release states (of removals, the departed date), else
    its release instant.
    """
    found: dict[str, list[datetime]] = {release: [] for release in released}
    for row in [*detentions, *arrests]:
        found[row["release"]] += [row[name] for name in STATED if row.get(name)]
    for row in removals:
        found[row["release"]] += [row["departed_date"]] if row.get("departed_date") else []
    return {release: min(times, default=released[release]) for release, times in found.items()}
