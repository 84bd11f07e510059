"""Complete histories, and what a release may make of them. Nothing here is taken from the steps or from
`tests/reference`.

A truth is a list of placements: who was where from which instant to which. `rows_of` writes it down as a
release would, one row a placement, and `hidden` takes away, coarsens, repeats and blackens what stands there,
each change one that a real release has shown.
"""

import random
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

Row = dict[str, Any]

MIDNIGHT = time(0)

MADE = datetime(2025, 3, 14, 17, 30)  # the instant at which each release was made
FIRST = datetime(2025, 3, 1)
PLACES = ["ALPHATX", "BETAAZ", "GAMMALA"]
REASONS = ["Transferred", "Removed", "Bonded Out", "Order of Recognizance"]
WHYS = ["blank", "withheld", "unreadable"]
IN, OUT, STAY_IN, STAY_OUT = (
    "book_in_date_time",
    "book_out_date_time",
    "stay_book_in_date_time",
    "stay_book_out_date_time",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """One person in one place, from `begin` to `end`; None where the person was still there when the release
    was made.
    """

    person: str
    place: str
    begin: datetime
    end: datetime | None
    stay_begin: datetime
    stay_end: datetime | None


def truth(chance: random.Random) -> list[Placement]:
    """Draw what happened to a few people: stays of one to three placements, one after the other."""
    found = []
    for number in range(chance.choice([1, 2, 3, 4, 6])):
        now = FIRST + timedelta(days=chance.randrange(0, 9))
        for _ in range(chance.choice([1, 1, 2])):
            now += clock(chance)
            if now >= MADE:
                break
            found += stay(chance, f"p{number}", now)
            if found[-1].end is None:
                break
            now = found[-1].end + timedelta(days=chance.choice([0, 1, 3]))
    return found


def clock(chance: random.Random) -> timedelta:
    """Draw a time of the day: often the very instants that definitions look at."""
    return chance.choice(
        [
            timedelta(0),
            timedelta(hours=12),
            timedelta(hours=23, minutes=59),
            timedelta(minutes=chance.randrange(1440)),
            timedelta(seconds=chance.randrange(86400)),
        ]
    )


def stay(chance: random.Random, person: str, begin: datetime) -> list[Placement]:
    """Draw a stay."""
    times, now = [], begin
    for _ in range(chance.choice([1, 1, 2, 3])):
        end = now + chance.choice(
            [
                timedelta(minutes=1),
                timedelta(hours=7),
                timedelta(days=1),
                timedelta(days=2),
                timedelta(seconds=chance.randrange(1, 400_000)),
            ]
        )
        times.append((now, end if end <= MADE else None))
        if end > MADE:
            break
        now = end + chance.choice([timedelta(0), timedelta(minutes=5), timedelta(hours=3), timedelta(days=1)])
        if now >= MADE:
            break
    places = [chance.choice(PLACES) for _ in times]
    last = times[-1][1]
    return [
        Placement(person=person, place=place, begin=one, end=end, stay_begin=begin, stay_end=last)
        for place, (one, end) in zip(places, times, strict=True)
    ]


def rows_of(chance: random.Random, placements: list[Placement]) -> list[Row]:
    """Write the placements down as they were."""
    rows: list[Row] = []
    for number, one in enumerate(placements):
        is_last = (
            number + 1 == len(placements)
            or placements[number + 1].stay_begin != one.stay_begin
            or placements[number + 1].person != one.person
        )
        reason = None if one.end is None else chance.choice(REASONS[1:]) if is_last else "Transferred"
        rows.append({
            "unique_identifier": one.person, "detention_facility_code": one.place, IN: one.begin, OUT: one.end, STAY_IN: one.stay_begin, STAY_OUT: one.stay_end,
            "detention_release_reason": reason, "stay_release_reason": reason if is_last else None,
        })  # fmt: skip
    return rows


def contradicted(chance: random.Random, rows: list[Row]) -> list[Row]:
    """Put beside true rows, or in their stead, rows that are not true and say so: another end, another place
    at the time, an end before the begin.

    Only closed rows of some length, and rows whose times are times of the day, beside them: of a day alone, both
    rows may be true.
    """
    rows = [dict(row) for row in rows]
    for row in [row for row in rows if chance.random() < 0.3]:
        end = row[OUT]
        if end is None or end - row[IN] < timedelta(minutes=30) or is_day_only(row):
            continue
        other = row | chance.choice(
            [
                {OUT: row[IN] + timedelta(seconds=chance.randrange(1, 500_000))},
                {"detention_facility_code": chance.choice(PLACES)},
                {
                    "detention_facility_code": chance.choice(PLACES),
                    IN: row[IN] + (end - row[IN]) / chance.randrange(2, 9),
                },
                {"detention_facility_code": chance.choice(PLACES), OUT: None},
            ]
        )
        if is_day_only(other):
            continue
        if chance.random() < 0.8:
            rows.append(
                {
                    name: (
                        None
                        if value is None
                        else value
                        if not isinstance(value, datetime)
                        else value.replace(microsecond=0)
                    )
                    for name, value in other.items()
                }
            )
        else:
            row.update(
                chance.choice(
                    [
                        {IN: row[OUT] + timedelta(days=2, hours=1)},
                        {OUT: row[IN] - timedelta(days=1, minutes=7)},
                    ]
                )
            )
    chance.shuffle(rows)
    return rows


def is_day_only(row: Row) -> bool:
    """Say whether one of its times, cut to the minute, can be read as a day without a time."""
    return any(row[name] is not None and coarse(row[name], "minute").time() == MIDNIGHT for name in (IN, OUT))


def hidden(chance: random.Random, rows: list[Row], *, in_two_orders: bool = True) -> list[Row]:
    """Take away, coarsen and repeat: each cell by chance, some columns throughout; and write times
    `in_two_orders` of day and month.
    """
    rows = [dict(row) for row in rows]
    rows += [dict(chance.choice(rows)) for _ in range(chance.choice([0, 0, 1, 2]))]
    chance.shuffle(rows)
    often = chance.choice([0.05, 0.2, 0.5])
    for name in (
        "unique_identifier",
        "detention_facility_code",
        IN,
        OUT,
        STAY_IN,
        STAY_OUT,
        "detention_release_reason",
        "stay_release_reason",
    ):
        if chance.random() < 0.07:
            for row in rows:
                take(row, name, "not_in_release")
        elif chance.random() < 0.5:
            for row in rows:
                if row[name] is not None and chance.random() < often:
                    take(row, name, chance.choice(WHYS))
    rows = cut(chance, rows, chance.choice(["none", "minute", "minute", "day", "some"]))
    return ambiguous(chance, rows, chance.choice([0, 0, 0, 0.1, 0.9])) if in_two_orders else rows


def ambiguous(chance: random.Random, rows: list[Row], often: float) -> list[Row]:
    """Write times so that day and month can be told in two orders: both readings stand, and neither is the
    time.
    """
    for row in rows:
        for name in (IN, OUT):
            at = row[name]
            if at is not None and at.day <= 12 and chance.random() < often:
                readings = sorted([at, at.replace(day=at.month, month=at.day)])
                row |= {
                    name: None,
                    f"{name}_why_missing": "day_or_month",
                    f"{name}_lo": readings[0],
                    f"{name}_hi": readings[1],
                }
    return rows


def cut(chance: random.Random, rows: list[Row], coarsest: str) -> list[Row]:
    """Cut the times of rows to their minutes or days."""
    for row in rows:
        for name in (IN, OUT, STAY_IN, STAY_OUT):
            if row[name] is not None:
                row[name] = coarse(
                    row[name], chance.choice(["none", "minute", "day"]) if coarsest == "some" else coarsest
                )
    return rows


def take(row: Row, name: str, why: str) -> None:
    """Leave a cell empty and say why, as the reader of sources does."""
    row[name] = None
    row[f"{name}_why_missing"] = why


def coarse(at: datetime, to: str) -> datetime:
    """Cut a time to its minute or its day."""
    return (
        at.replace(second=0)
        if to == "minute"
        else at.replace(hour=0, minute=0, second=0)
        if to == "day"
        else at
    )


def supposed(chance: random.Random, rows: list[Row], assumption: str) -> list[Row]:
    """Hide what an assumption says of what is hidden, and no more, so that the assumption is true of these
    rows.
    """
    rows = [dict(row) for row in rows]
    why = {
        "held": "blank",
        "disclosed": "withheld",
        "legible": "unreadable",
        "complete": "not_in_release",
    }.get(assumption)
    told = [row["unique_identifier"] for row in rows]
    for row in rows:
        if why and row[OUT] is None:  # still held when the release was made
            row[f"{OUT}_why_missing"] = why
        if assumption == "identified" and told.count(row["unique_identifier"]) == 1 and chance.random() < 0.6:
            take(row, "unique_identifier", chance.choice(WHYS))
    return cut(chance, rows, "none" if assumption == "timed" else chance.choice(["none", "minute", "day"]))
