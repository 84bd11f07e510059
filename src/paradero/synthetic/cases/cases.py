"""What the records say about a stay besides its stints: status and category of the case, final order, bond,
departure. One entry a stay.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from paradero.synthetic.cases.records import Lane, coded
from paradero.synthetic.chains.custody import Custody
from paradero.synthetic.clock import ABSENT, DAY, LAST_DAY, LAST_MINUTE
from paradero.synthetic.vocabulary import Floats, Ints, draw, generator, table, words

__all__ = ["Cases", "case_lanes", "fabricate_cases"]

_STATUSES = tuple(dict.fromkeys(table("cases")["case_status"]))
_CATEGORIES = tuple(dict.fromkeys(table("cases")["case_category"]))
_LEAVING = ("removal", "voluntary", "withdrawal")
_BONDS = (1500.0, 2000.0, 2500.0, 3000.0, 5000.0, 7500.0, 10000.0, 15000.0, 25000.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cases:
    """Columns of a stay. Days are since 1970, ABSENT where blank; `case` is a row of cases.csv; amounts in
    dollars, NaN where blank.
    """

    case: Ints
    program: Ints
    classification: Ints
    ordered_on: Ints
    departed_on: Ints
    departure_country: Ints
    bond_set_on: Ints
    bond_set: Floats
    bond_posted_on: Ints
    bond_posted: Floats
    removed_on: Ints

    def with_copies(self, of: Ints) -> Cases:
        """The same with copies of some stays at the end."""
        return Cases(
            **{
                name: np.concatenate([getattr(self, name), getattr(self, name)[of]])
                for name in self.__slots__
            }
        )


def fabricate_cases(custody: Custody, seed: int, citizenship: Ints) -> Cases:
    """Draw the case of every stay so that it fits how the stay ended; `removed_on` is set where a removal row
    goes with it.
    """
    rng = generator(seed, 6)
    count = len(custody.ending)
    stories = (*table("endings")["story"], "open")
    case = _case(rng, custody.ending, stories)
    leaves = np.isin(custody.ending, [place for place, story in enumerate(stories[:-1]) if story in _LEAVING])
    first_day = custody.stay_in // DAY
    ended = np.where(custody.stay_out == ABSENT, LAST_MINUTE, custody.stay_out)
    last_day = ended // DAY
    departed = np.where(leaves, np.minimum(last_day + (rng.random(count) < 0.2), LAST_DAY), ABSENT).astype(
        np.int32
    )
    yes = np.array([text == "YES" for text in table("cases")["final_order"]])[case]
    recent = last_day - rng.integers(0, 40, count)
    old = first_day - rng.integers(300, 5000, count)
    ordered_on = np.where(yes, np.where(rng.random(count) < 0.8, recent, old), ABSENT).astype(np.int32)
    bonded = np.isin(custody.ending, [place for place, story in enumerate(stories[:-1]) if story == "bond"])
    offered = bonded | (rng.random(count) < 0.03)
    posted = np.array(_BONDS)[draw(rng, (10.0, 10.0, 12.0, 12.0, 20.0, 12.0, 12.0, 8.0, 4.0), count)]
    bond_set_on = first_day + (rng.random(count) * (last_day - first_day)).astype(np.int64)
    country = np.where(leaves, np.where(rng.random(count) < 0.95, citizenship[custody.stay_person], 0), -1)
    return Cases(
        case=case,
        program=draw(rng, words("program").weights, count).astype(np.int8),
        classification=draw(rng, words("classification").weights, count).astype(np.int8),
        ordered_on=ordered_on,
        departed_on=departed,
        departure_country=country.astype(np.int8),
        bond_set_on=np.where(offered, bond_set_on, ABSENT).astype(np.int32),
        bond_set=np.where(offered, posted * (1 + (rng.random(count) < 0.3)), np.nan).astype(np.float32),
        bond_posted_on=np.where(bonded, last_day, ABSENT).astype(np.int32),
        bond_posted=np.where(bonded, posted, np.nan).astype(np.float32),
        removed_on=np.where(rng.random(count) < 0.92, departed, ABSENT).astype(np.int32),
    )


def _case(rng: np.random.Generator, ending: Ints, stories: tuple[str, ...]) -> Ints:
    listed = table("cases")
    case = np.zeros(len(ending), dtype=np.int8)
    for story in dict.fromkeys(stories):
        rows = [place for place, own in enumerate(listed["story"]) if own == story]
        if not rows:
            continue
        here = np.flatnonzero(
            np.isin(
                ending,
                [
                    place if place < len(stories) - 1 else -1
                    for place, own in enumerate(stories)
                    if own == story
                ],
            )
        )
        case[here] = np.array(rows, dtype=np.int8)[
            draw(rng, tuple(float(listed["weight"][row]) for row in rows), len(here))
        ]
    return case


def case_lanes(cases: Cases) -> dict[str, Lane]:
    """The columns of a case, by header, at the level `stay`."""
    listed = table("cases")
    status = np.array([_STATUSES.index(text) for text in listed["case_status"]], dtype=np.int8)
    category = np.array([_CATEGORIES.index(text) for text in listed["case_category"]], dtype=np.int8)
    final = np.array([text == "YES" for text in listed["final_order"]], dtype=np.int8)
    return {
        "Case Status": coded("stay", status[cases.case], _STATUSES),
        "Case Category": coded("stay", category[cases.case], _CATEGORIES),
        "Final Order Yes No": coded("stay", final[cases.case], ("NO", "YES")),
        "Final Order Date": Lane(level="stay", values=cases.ordered_on),
        "Departed Date": Lane(level="stay", values=cases.departed_on),
        "Departure Country": coded("stay", cases.departure_country, table("countries")["country"]),
        "Initial Bond Set Date": Lane(level="stay", values=cases.bond_set_on),
        "Initial Bond Set Amount": Lane(level="stay", values=cases.bond_set),
        "Bond Posted Date": Lane(level="stay", values=cases.bond_posted_on),
        "Bond Posted Amount": Lane(level="stay", values=cases.bond_posted),
        "Detainee Classification": coded("stay", cases.classification, words("classification")),
        "Apprehension Final Program": coded("stay", cases.program, words("program")),
    }
