"""Which rows of one person contradict each other: an oracle in plain Python, for the tests that hide cells.
It shares nothing with the product.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

Row = dict[str, Any]
Key = tuple[Any, ...]
DAY = timedelta(days=1)
# what rows of one person's departures say of them; the third text of a departure has another name in either
# kind of rows
OF_DEPARTURES = (
    "departed_date", "departure_country", "citizenship_country", "birth_country", "case_status", "case_category", "stay_release_reason", "processing_disposition",
    "final_order_yes_no", "final_order_date", "final_charge_section", "entry_status", "entry_date", "prior_deport_yes_no",
)  # fmt: skip


def latest(time: datetime) -> datetime:
    """The latest that a time can be: a midnight may be any of its day."""
    return time + DAY if time == time.replace(hour=0, minute=0, second=0, microsecond=0) else time


def left_otherwise(row: Row) -> bool:
    """Whether any text of a row says that the person left by no removal."""
    texts = " ".join(
        str(row.get(name, ""))
        for name in ("case_status", "case_category", "stay_release_reason", "processing_disposition")
    ).upper()
    return any(
        word in texts
        for word in (
            "VOLUNTARY",
            "VR UNDER",
            "VR WITNESSED",
            "WITHDRAW",
            "EXPULSION",
            "EXPELLED",
            "TITLE 42",
            "TITLE 50",
        )
    )


def contradictions(rows: dict[str, list[Row]]) -> set[Key]:
    """The rows of a person that cannot both be right about when they were where or how they left, and rows
    that cannot be by themselves; nothing of this is asked of the product.
    """
    found: set[Key] = set()
    states = {one.get("detention_facility_code"): one.get("state") for one in rows.get("facilities", [])}
    for number, row in enumerate(rows["detentions"]):
        if not {"unique_identifier", "book_in_date_time", "book_out_date_time"} <= row.keys():
            continue
        begun, out = row["book_in_date_time"], row["book_out_date_time"]
        found |= {("inverted", number)} if latest(out) < begun else set()
        for before, other in enumerate(rows["detentions"][:number]):
            begun_too, out_too = other.get("book_in_date_time"), other.get("book_out_date_time")
            if begun_too and out_too and other.get("unique_identifier") == row["unique_identifier"]:
                is_at_once = latest(begun) <= out_too and latest(begun_too) <= out
                places = (row.get("detention_facility_code"), other.get("detention_facility_code"))
                # two rows of one begin may be one row twice
                is_other = latest(begun) < begun_too or latest(begun_too) < begun
                # how far two clocks can lie apart depends on the states
                near = tuple(states.get(place) for place in places)
                found |= (
                    {("at once", before, number, *places, is_other, near)}
                    if is_at_once or begun == begun_too
                    else set()
                )
    departed = [
        (kind, number, row)
        for kind in ("detentions", "removals", "arrests")
        for number, row in enumerate(rows[kind])
        if {"unique_identifier", "departed_date"} <= row.keys()
    ]
    for place, (kind, number, row) in enumerate(departed):
        for kind_too, number_too, other in departed[:place]:
            if row["unique_identifier"] == other["unique_identifier"]:
                said = tuple(
                    (name, other[name], row[name])
                    for name in OF_DEPARTURES
                    if name in row and name in other and row[name] != other[name]
                )
                ways = {left_otherwise(row), left_otherwise(other)}
                found |= (
                    {("departure", kind_too, number_too, kind, number, said)}
                    if said or len(ways) > 1
                    else set()
                )
    return found | _of_arrests(rows) | _of_placements(rows) | _of_citizens(rows)


def _of_arrests(rows: dict[str, list[Row]]) -> set[Key]:
    """Rows of one arrest that state two states."""
    found: set[Key] = set()
    for number, row in enumerate(rows.get("arrests", [])):
        for before, other in enumerate(rows["arrests"][:number]):
            of_one = [
                row.get(name) == other.get(name) for name in ("unique_identifier", "apprehension_date_time")
            ]
            states = (other.get("apprehension_state"), row.get("apprehension_state"))
            if all(of_one) and None not in states and states[0] != states[1]:
                found.add(("arrested in two states", before, number, *states))
    return found


def _of_citizens(rows: dict[str, list[Row]]) -> set[Key]:
    """Rows of one person of which one has a citizen of the United States and one does not."""
    said = [
        (kind, number, row["unique_identifier"], row["citizenship_country"])
        for kind in ("detentions", "removals", "arrests")
        for number, row in enumerate(rows.get(kind, []))
        if {"unique_identifier", "citizenship_country"} <= row.keys()
    ]
    return {
        ("citizen", *one[:2], *other[:2])
        for one in said
        for other in said
        if one[2] == other[2] and one[3] == "UNITED STATES" != other[3]
    }


def _of_placements(rows: dict[str, list[Row]]) -> set[Key]:
    """Placements whose stated length is not that of their dates, or whose mark denies their reason."""
    found: set[Key] = set()
    for number, row in enumerate(rows.get("segregation", [])):
        if {"placement_date", "release_date", "stated_days"} <= row.keys():
            apart = (row["release_date"].date() - row["placement_date"].date()).days
            found |= {("length", number)} if row["stated_days"] not in (apart, apart + 1) else set()
        stated = (row.get("placement_reason"), row.get("is_disciplinary"))
        if stated in {("Disciplinary", "N"), ("Protective Custody", "Y")}:
            found.add(("discipline", number))
    return found
