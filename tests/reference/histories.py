"""Small, nasty histories: three lists of rows, made so that ties, repeats, missing values and window edges
occur often.

All chance goes through one function, `pick(options)`, which chooses one of a sequence:
`random.Random(seed).choice` gives thousands of histories quickly, Hypothesis's `draw(sampled_from(options))`
gives the same histories shrinkable. Earlier options are the plainer ones.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from .columns import Row

Pick = Callable[[Sequence[Any]], Any]

# The columns that the rows of a history carry; every other column of the layouts is absent, that is null.
DETENTION_USED = [
    "unique_identifier", "stay_book_in_date_time", "book_in_date_time", "book_out_date_time", "stay_book_out_date_time", "stay_book_out_date",
    "detention_facility_code", "detention_release_reason", "stay_release_reason", "religion", "gender", "birth_year", "felon", "race",
    "bond_posted_date", "bond_posted_amount", "initial_bond_set_date", "initial_bond_set_amount", "case_status", "case_threat_level",
    "final_order_date", "departed_date", "departure_country", "citizenship_country", "msc_sentence_days", "msc_charge",
]  # fmt: skip
ARREST_USED = [
    "unique_identifier",
    "apprehension_date_time",
    "apprehension_method",
    "apprehension_state",
    "birth_year",
]
REMOVAL_USED = ["unique_identifier", "departed_date", "departure_country", "removal_date", "birth_year"]

PEOPLE = ["p1", "p1", "p1", "p2", "p2", "p3", "P1", None]
FACILITIES = ["AAAAAAA", "AAAAAAA", "BBBBBBB", "BBBBBBB", "CCCCCCC", "aaaaaaa", None]
FIRST_DAYS = [datetime(2026, 3, 1), datetime(2026, 3, 2), datetime(2026, 3, 5), datetime(2026, 3, 9), datetime(2026, 3, 11), datetime(2026, 3, 2),
              datetime(2026, 3, 3), datetime(2026, 3, 9), datetime(2026, 3, 10), datetime(2026, 2, 27), datetime(2026, 2, 28),
              datetime(2026, 1, 31), datetime(2022, 9, 29), datetime(2024, 2, 28)]  # fmt: skip
CLOCKS = [timedelta(0), timedelta(hours=8), timedelta(hours=8, minutes=1), timedelta(hours=12), timedelta(hours=23, minutes=59),
          timedelta(hours=23, minutes=59, seconds=59), timedelta(seconds=1)]  # fmt: skip
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
STEPS = [timedelta(0), MINUTE, HOUR, 12 * HOUR, DAY, 24 * HOUR + MINUTE, 3 * DAY, 30 * DAY, timedelta(seconds=61), timedelta(seconds=60),
         59 * MINUTE, -HOUR, -DAY, -31 * DAY]  # fmt: skip
ARREST_GAPS = [timedelta(0), HOUR, 12 * HOUR, -12 * HOUR, -12 * HOUR - MINUTE, 24 * HOUR, 24 * HOUR + MINUTE, -24 * HOUR, 10 * DAY, 10 * DAY + MINUTE,
               10 * DAY - MINUTE, -5 * DAY, -5 * DAY - MINUTE, -5 * DAY + MINUTE, 40 * DAY, -MINUTE, MINUTE]  # fmt: skip
EPISODE_STEPS = [timedelta(0), MINUTE, 12 * HOUR, 24 * HOUR, 24 * HOUR + MINUTE, 23 * HOUR, 48 * HOUR]
METHODS = [None, "Located", "ERO Reprocessed Arrest", "ero reprocessed arrest"]
REMOVAL_DAYS = [0, 1, -1, 2, -7, -8, 30, 31, 12]
REASONS = [
    None, "Transferred", "Removed", "Bonded Out - Field Office", "Order of Recognizance", "U.S. Marshals", "Died", "Transfer", " transferred ",
    "Something Else", "Voluntary Return", "Returned to Custody", "RELEASED", "USC", "USC citizen", "Orr", "Death in custody", "Processing Disposition",
    "Withdrawal", "Expelled - Title 42", "Writ", "ATD", "Not died",
]  # fmt: skip
CASE_STATUSES = [None, None, None, None, None, "ACTIVE", "ACTIVE", "7-Died", "6-Deported/Removed - Deportability",
                 "8-Excluded/Removed - Inadmissibility", "3-Voluntary Departure Confirmed"]  # fmt: skip
OFTEN = [
    None,
    None,
    "Transferred",
    None,
    "Transferred",
]  # the reasons that end no custody, and so lead on to the later rules
TEXTS = [None, "a", "B", "b", "\u00e9", "\U0001f54a", "\uffee", "z", ""]
BIRTH_YEARS = [1980, 1980, 1980, None, 1981, 1982, 1983, 1999]
AMOUNTS = [None, 1500.0, 1500.0, 0.0, 5000.0, 1500.5]
COUNTRIES = [None, "MEXICO", "HONDURAS"]


@dataclass(slots=True)
class History:
    """Three lists of rows, as the sources of a case would give them, and its settings; `row_id` is the order
    of the files and unique over the three.
    """

    detentions: list[Row] = field(default_factory=list)
    arrests: list[Row] = field(default_factory=list)
    removals: list[Row] = field(default_factory=list)
    released_at: dict[str, datetime] = field(default_factory=dict)  # the casefile's settings: mostly none


def random_history(seed: int) -> History:
    """Make the history of a seed, without Hypothesis."""
    return history(random.Random(seed).choice)


def random_histories(count: int, first_seed: int = 0) -> Iterator[History]:
    """Make histories of consecutive seeds."""
    return (random_history(seed) for seed in range(first_seed, first_seed + count))


@st.composite
def histories(draw: Callable[[Any], Any]) -> History:
    """Make histories that Hypothesis can shrink."""
    return history(lambda options: draw(st.sampled_from(options)))


def history(pick: Pick) -> History:
    """Make one history of one to three releases that share their ids of people."""
    made = History()
    for release in pick([["2026a"], ["2026a"], ["2026a", "2025b"], ["b", "A", "a"]]):
        one = of_release(pick)
        for rows, new in (
            (made.detentions, one.detentions),
            (made.arrests, one.arrests),
            (made.removals, one.removals),
        ):
            rows += [{"release": release} | row for row in new]
        if pick([False, False, False, True]):
            made.released_at[release] = pick(
                [*FIRST_DAYS, datetime(2026, 3, 7, 23, 59, 59, 999_999), datetime(2026, 3, 12)]
            ) + pick([timedelta(0), 12 * HOUR])
    number(pick, [*made.detentions, *made.arrests, *made.removals])
    for rows in (made.detentions, made.arrests, made.removals):
        rows.sort(key=lambda row: row["row_id"])
    return made


def number(pick: Pick, rows: list[Row]) -> None:
    """Give the rows their ids, in an order of chance: file order must break ties, not the order in which rows
    were made.
    """
    waiting = list(rows)
    for row_id in range(1, len(rows) + 1):
        row = pick(waiting)
        waiting = [other for other in waiting if other is not row]
        row["row_id"] = row_id


def of_release(pick: Pick) -> History:
    """Make the rows of one release: stays of a few people with their arrests and removals, then repeats of
    rows.
    """
    made = History()
    for _ in range(pick([1, 2, 3, 4, 5])):
        person = pick(PEOPLE)
        rows = stay_rows(pick, person)
        made.detentions += rows
        made.arrests += arrest_rows(pick, person, pick(rows))
        made.removals += removal_rows(pick, person, pick(rows))
    for _ in range(pick([0, 1, 2, 3, 4])):
        made.detentions.append(repeated(pick, pick(made.detentions)))
    return made


def at(pick: Pick) -> datetime:
    """Pick an instant of the grid."""
    return pick(FIRST_DAYS) + pick(CLOCKS)


def seldom(pick: Pick) -> bool:
    """Say yes about once in eight."""
    return pick([False] * 7 + [True])


def stay_rows(pick: Pick, person: str | None) -> list[Row]:
    """Make the stints of one stay, mostly one after the other, with the odd jump back, open stint or missing
    value.
    """
    begin = at(pick)
    shared = person_columns(pick, person) | {"stay_book_in_date_time": None if seldom(pick) else begin}
    rows, now = [], begin + pick([timedelta(0), timedelta(0), MINUTE, timedelta(seconds=61), -HOUR])
    for _ in range(pick([1, 1, 2, 2, 3, 4])):
        out = now + pick(STEPS)
        rows.append(shared | {
            "book_in_date_time": None if seldom(pick) else now,
            "book_out_date_time": pick([out, out, out, out, None, None, out.replace(hour=0, minute=0, second=0), out + 40 * DAY]),
            "detention_facility_code": pick(FACILITIES),
            "detention_release_reason": pick([*OFTEN, pick(REASONS)]),
        } | noise(pick) | why(pick))  # fmt: skip
        now = pick([out, out, out, now, out + pick(STEPS)])
    end = pick(
        [rows[-1]["book_out_date_time"], rows[-1]["book_out_date_time"], None, None, now, now + pick(STEPS)]
    )
    ended = {
        "stay_book_out_date_time": end,
        "stay_release_reason": pick([*OFTEN, pick(REASONS)]),
        "departed_date": pick([None, None, None, departure(pick, end or now)]),
    }
    return [row | ended for row in rows]


def departure(pick: Pick, end: datetime) -> datetime:
    """Pick a departure some days from an end, at midnight (a date) or at a time."""
    return (
        datetime(end.year, end.month, end.day)
        + pick(REMOVAL_DAYS) * DAY
        + pick([timedelta(0), timedelta(0), timedelta(hours=8)])
    )


def person_columns(pick: Pick, person: str | None) -> Row:
    """Make the columns that one person's rows of a stay share, all of DETENTION_USED being present."""
    own = {
        "unique_identifier": person,
        "birth_year": pick(BIRTH_YEARS),
        "case_status": pick(CASE_STATUSES),
        "departure_country": pick(COUNTRIES),
        "citizenship_country": pick(COUNTRIES),
    }
    return dict.fromkeys(DETENTION_USED) | own


def why(pick: Pick) -> Row:
    """Say why a time is missing, where it is."""
    names = (
        "book_in_date_time",
        "book_out_date_time",
        "stay_book_out_date_time",
        "detention_release_reason",
        "stay_release_reason",
    )
    return {
        f"{name}_why_missing": pick([None, None, None, "blank", "withheld", "unreadable", "not_in_release"])
        for name in names
    }


def noise(pick: Pick) -> Row:
    """Fill, one time in three, columns of order K with texts whose bytes order unlike letters, and bonds."""
    if not pick([False, False, True]):
        return {}
    return {
        pick(["religion", "gender", "felon", "race", "case_threat_level", "msc_charge"]): pick(TEXTS)
    } | bonds(pick)


def bonds(pick: Pick) -> Row:
    """Make the four bond columns."""
    return {
        "bond_posted_date": pick([None, *FIRST_DAYS[:3]]),
        "bond_posted_amount": pick(AMOUNTS),
        "initial_bond_set_date": pick([None, *FIRST_DAYS[:3]]),
        "initial_bond_set_amount": pick(AMOUNTS),
    }


def repeated(pick: Pick, row: Row) -> Row:
    """Repeat a row: exactly, but for its bonds, later the same day, with one column changed, or under another
    stay, place or person.
    """
    booked_in = row["book_in_date_time"]
    changes = [
        {},
        bonds(pick),
        {"book_in_date_time": booked_in and booked_in.replace(hour=23, minute=59, second=59)},
        {"book_out_date_time": booked_in and booked_in + pick(STEPS)},
        {"book_out_date_time": None},
        {pick(["religion", "gender", "felon", "race", "msc_charge"]): pick(TEXTS)},
        {"detention_facility_code": pick(FACILITIES)},
        {"stay_book_in_date_time": at(pick)},
        {"stay_release_reason": pick(REASONS), "detention_release_reason": pick(REASONS)},
        {"birth_year": pick(BIRTH_YEARS)},
        {
            "final_order_date": pick(FIRST_DAYS),
            "msc_sentence_days": pick(AMOUNTS),
            "stay_book_out_date": pick(FIRST_DAYS),
        },
        {"unique_identifier": pick(PEOPLE)},
        {"unique_identifier": None},
    ]
    return row | pick(changes)


def arrest_rows(pick: Pick, person: str | None, row: Row) -> list[Row]:
    """Make arrests at the edges of the windows around a stay's or stint's book-in, and chains of them around
    24 hours apart.
    """
    anchor = row["stay_book_in_date_time"] or row["book_in_date_time"] or at(pick)
    rows, now = [], anchor - pick(ARREST_GAPS)
    for _ in range(pick([0, 1, 1, 2, 3])):
        rows.append({
            "unique_identifier": None if seldom(pick) else person,
            "apprehension_date_time": None if seldom(pick) else now,
            "apprehension_method": pick(METHODS),
            "apprehension_state": pick(TEXTS[:3]),
            "birth_year": pick(BIRTH_YEARS),
        })  # fmt: skip
        now = pick([now + pick(EPISODE_STEPS), now - pick(EPISODE_STEPS), anchor - pick(ARREST_GAPS)])
    return rows


def removal_rows(pick: Pick, person: str | None, row: Row) -> list[Row]:
    """Make removals at the edges of the window around a stay's end, some repeated, some in another country or
    at another time of the day.
    """
    end = row["stay_book_out_date_time"] or row["book_out_date_time"] or at(pick)
    rows = []
    for _ in range(pick([0, 0, 0, 1, 2])):
        one = {
            "unique_identifier": None if seldom(pick) else person,
            "departed_date": None if seldom(pick) else departure(pick, end),
            "departure_country": pick(COUNTRIES),
            "removal_date": pick([None, *FIRST_DAYS[:3]]),
            "birth_year": pick(BIRTH_YEARS),
        }
        rows.append(one)
        rows += [
            one | again
            for again in pick(
                [[], [{}], [{"removal_date": FIRST_DAYS[3]}], [{"departure_country": pick(COUNTRIES)}]]
            )
        ]
    return rows
