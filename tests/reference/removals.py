"""Removals: the repeated rows of one removal, and the two named rules that join a stay to a removal."""

from datetime import datetime

from .clock import day
from .columns import REMOVAL_COLUMNS, Row, completed, grouped, in_file_order
from .stays import stay_order

DAYS_BEFORE, DAYS_AFTER = -7, 30


def removals(removal_rows: list[Row]) -> list[Row]:
    """Give every removal row with `removal_row`: the first row, in file order, of the same removal (itself,
    for that row).

    Rows equal in (p, departed_date, departure_country) are one removal, nulls of the last two equal; a row
    without a person id is its own removal.
    """
    rows = [completed(row, REMOVAL_COLUMNS) for row in in_file_order(removal_rows)]
    for group in grouped(rows, "release", "unique_identifier", "departed_date", "departure_country").values():
        for row in group:
            row["removal_row"] = row["row_id"] if row["unique_identifier"] is None else group[0]["row_id"]
    return rows


def distinct(rows: list[Row]) -> list[Row]:
    """Give the rows that stand for a removal."""
    return [row for row in rows if row["removal_row"] == row["row_id"]]


def stay_end(one: Row) -> datetime | None:
    """Give the end of a stay that removals are measured from: nominal book-out, else the stint window's."""
    return one["stay_book_out_date_time"] or one["stint_window_out"]


def days_apart(one: Row, removal: Row) -> int | None:
    """Count the days from the end of the stay to the departure; null when either is unknown."""
    end, departed = day(stay_end(one)), day(removal["departed_date"])
    return None if end is None or departed is None else (departed - end).days


def nearest_removal(stay_rows: list[Row], removal_rows: list[Row]) -> dict[tuple[object, ...], Row]:
    """Map the key of each matched stay to its removal.

    Each stay takes its nearest removal (ties: earlier, then file order), then each removal the nearest of the
    stays that took it (ties: the earlier stay). A stay that loses its removal takes no second one.
    """
    chosen: dict[int, list[tuple[Row, Row]]] = {}
    for one in stay_rows:
        near = [
            removal
            for removal in distinct(removal_rows)
            if same_person(one, removal) and is_near(days_apart(one, removal))
        ]
        if near:
            best = min(
                near,
                key=lambda removal: (
                    abs(days_apart(one, removal) or 0),
                    removal["departed_date"],
                    removal["row_id"],
                ),
            )
            chosen.setdefault(best["row_id"], []).append((one, best))
    kept = [
        min(pairs, key=lambda pair: (abs(days_apart(*pair) or 0), stay_order(pair[0])))
        for pairs in chosen.values()
    ]
    return {one["stay_key"]: removal for one, removal in kept}


def same_person(one: Row, removal: Row) -> bool:
    """Say whether both rows are of one known person of one release."""
    return (one["release"], one["unique_identifier"]) == (removal["release"], removal["unique_identifier"])


def is_near(days: int | None) -> bool:
    """Say whether the departure is within −7…+30 days of the end of the stay."""
    return days is not None and DAYS_BEFORE <= days <= DAYS_AFTER


def stay_removals(stay_rows: list[Row], removal_rows: list[Row]) -> list[Row]:
    """Give, for both rules, the matched stays, the stays without a removal and (nearest-removal) the removals
    without a stay.
    """
    found = []
    for one in stay_rows:
        departed = one["departed_date"]
        found.append(
            joined("recorded-departure", one, None, departed, "recorded" if departed is not None else None)
        )
    matched = nearest_removal(stay_rows, removal_rows)
    for one in stay_rows:
        removal = matched.get(one["stay_key"])
        found.append(
            joined(
                "nearest-removal",
                one,
                removal,
                removal and removal["departed_date"],
                "inferred" if removal else None,
            )
        )
    taken = {removal["row_id"] for removal in matched.values()}
    found += [
        joined("nearest-removal", None, removal, removal["departed_date"], None)
        for removal in distinct(removal_rows)
        if removal["row_id"] not in taken
    ]
    return found


def joined(
    rule: str, one: Row | None, removal: Row | None, departed: datetime | None, confidence: str | None
) -> Row:
    """Make a row of `stay_removals`."""
    either = one or removal or {}
    return {
        "rule": rule,
        "status": "matched" if confidence else "stay_unmatched" if one else "removal_unmatched",
        "class": confidence,
        "release": either["release"],
        "unique_identifier": either["unique_identifier"],
        "stay_key": one and one["stay_key"],
        "removal_row": removal and removal["row_id"],
        "departed_date": departed,
        "days_apart": days_apart(one, removal) if one and removal else None,
    }
