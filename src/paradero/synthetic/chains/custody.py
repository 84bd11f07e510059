"""Chains without fault: people, their stays, their stints, in whole arrays.

A stay is a hold room for hours, centres for days to months, perhaps a staging facility, and an end; 45 days
at least lie between two stays of one person. Persons made for planted faults come first and have one short
chain of a fixed shape.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from paradero.synthetic.chains.placing import place_stints
from paradero.synthetic.chains.roster import CENTRE, HOLD, STAGING, Roster
from paradero.synthetic.clock import ABSENT, DAY, FIRST_DAY, FIRST_MINUTE, LAST_DAY, LAST_MINUTE
from paradero.synthetic.vocabulary import Bools, Ints, draw, generator, table

__all__ = ["NO_ENDING", "TRANSFERRED", "Custody", "Ordered", "fabricate_custody"]

NO_ENDING = -1
TRANSFERRED = table("endings")["reason"].index("Transferred")

_HELD_AT_END = 0.19  # of all people: gives open ends to about six stints in a hundred
_APART = 45 * DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordered:
    """What the people made for faults need, by position: fault (index into faults()), stays, ending, whether
    one lone stint, whether a long gap.
    """

    fault: Ints
    stays: Ints
    ending: Ints
    lone: Ints
    gap: Ints

    @property
    def count(self) -> int:
        """How many people."""
        return len(self.fault)


@dataclass(frozen=True, slots=True, kw_only=True)
class Custody:
    """Stints and stays by column. Times are minutes since 1970 on the recorded clock, ABSENT where blank;
    endings index endings.csv.

    Stints of a stay lie together in order, stays of a person likewise; `stay` and `person` are positions.
    """

    n_people: int
    stay: Ints
    facility: Ints
    booked_in: Ints
    booked_out: Ints
    reason: Ints
    stay_person: Ints
    stay_in: Ints
    stay_out: Ints
    ending: Ints

    @property
    def person(self) -> Ints:
        """The person of each stint."""
        return self.stay_person[self.stay]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stays:
    """Stays before they have a date: shape and length. `length` is minutes from start to end, `last_in` to
    the last book-in.
    """

    person: Ints
    from_last: Ints
    held: Bools
    ending: Ints
    size: Ints
    stay: Ints
    role: Ints
    off_in: Ints
    off_out: Ints
    length: Ints
    last_in: Ints


def fabricate_custody(rows: int, seed: int, roster: Roster, ordered: Ordered) -> Custody:
    """Exactly `rows` stints of people without fault and of the people ordered for faults, who come first."""
    rng = generator(seed, 2)
    stays = _shape_stays(rng, int(rows / 2.6) + 600, ordered)
    start, valid = _date_stays(rng, stays, ordered)
    kept_stay, n_people = _trim(stays, valid, rows)
    renumbered = np.cumsum(kept_stay, dtype=np.int32) - 1
    kept = kept_stay[stays.stay]
    stay = renumbered[stays.stay[kept]]
    role, off_in, off_out = stays.role[kept], stays.off_in[kept], stays.off_out[kept]
    first_in, held, ending = start[kept_stay], stays.held[kept_stay], stays.ending[kept_stay]
    booked_in, booked_out = first_in[stay] + off_in, first_in[stay] + off_out
    last = np.append(stay[1:] != stay[:-1], True)
    reason = np.where(last, ending[stay], TRANSFERRED).astype(np.int8)
    booked_out[last & held[stay]] = ABSENT
    stay_out = np.where(held, ABSENT, first_in + stays.length[kept_stay]).astype(np.int32)
    person = _renumber(stays.person[kept_stay])
    return Custody(
        n_people=n_people,
        stay=stay,
        facility=place_stints(generator(seed, 3), roster, stay, role),
        booked_in=booked_in.astype(np.int32),
        booked_out=booked_out.astype(np.int32),
        reason=reason,
        stay_person=person,
        stay_in=first_in.astype(np.int32),
        stay_out=stay_out,
        ending=ending,
    )


def _renumber(person: Ints) -> Ints:
    return np.concatenate(([0], np.cumsum(person[1:] != person[:-1]))).astype(np.int32)


def _shape_stays(rng: np.random.Generator, people: int, ordered: Ordered) -> _Stays:
    """Draw for every stay whether it has a hold room, how many centres, a staging facility, how long each
    lasts and how it ends.
    """
    made = ordered.count
    n_stays = 1 + draw(rng, (80.0, 15.0, 5.0), people)
    n_stays[: made + 1] = np.append(ordered.stays, 1)
    holds = rng.random(people) < _HELD_AT_END
    holds[: made + 1] = np.append(np.zeros(made, bool), True)
    person = np.repeat(np.arange(people, dtype=np.int32), n_stays)
    from_last = (np.cumsum(n_stays)[person] - 1 - np.arange(len(person))).astype(np.int8)
    held = (from_last == 0) & holds[person]
    endings = table("endings")
    ending = draw(rng, tuple(map(float, endings["weight"])), len(person)).astype(np.int8)
    forced = person < made
    position = person[forced]
    ending[forced] = np.where(from_last[forced] == 0, ordered.ending[position], NO_ENDING)
    ending[held] = NO_ENDING
    hold, centres, staging = _composition(rng, person, ending, ordered)
    size = (hold + centres + staging).astype(np.int8)
    stay = np.repeat(np.arange(len(person), dtype=np.int32), size)
    place = np.arange(len(stay)) - np.repeat(np.cumsum(size) - size, size)
    role = np.where(
        place < hold[stay], HOLD, np.where(place < hold[stay] + centres[stay], CENTRE, STAGING)
    ).astype(np.int8)
    off_in, off_out = _offsets(rng, role, place, person[stay], ordered)
    ends = np.cumsum(size) - 1
    return _Stays(
        person=person,
        from_last=from_last,
        held=held,
        ending=ending,
        size=size,
        stay=stay,
        role=role,
        off_in=off_in,
        off_out=off_out,
        length=off_out[ends],
        last_in=off_in[ends],
    )


def _composition(
    rng: np.random.Generator, person: Ints, ending: Ints, ordered: Ordered
) -> tuple[Ints, Ints, Ints]:
    count = len(person)
    hold = (rng.random(count) < 0.85).astype(np.int8)
    centres = (1 + draw(rng, (62.0, 25.0, 9.0, 4.0), count)).astype(np.int8)
    removed = np.isin(
        ending, [place for place, story in enumerate(table("endings")["story"]) if story == "removal"]
    )
    staging = (rng.random(count) < np.where(removed, 0.6, 0.05)).astype(np.int8)
    brief = rng.random(count) < 0.12
    made = person < ordered.count
    anchor = person == ordered.count
    lone = np.zeros(count, bool)
    lone[made] = ordered.lone[person[made]] > 0
    hold[brief | made | anchor] = 1
    centres[brief | anchor] = 0
    staging[brief | anchor] = 0
    centres[made], staging[made] = 1, 1
    hold[lone], staging[lone] = 0, 0
    return hold, centres, staging


def _offsets(
    rng: np.random.Generator, role: Ints, place: Ints, person: Ints, ordered: Ordered
) -> tuple[Ints, Ints]:
    """Minutes from the start of the stay to each book-in and book-out: lengths and journeys are
    log-normal.
    """
    count = len(role)
    normal = rng.standard_normal(count)
    middle = np.array([9 * 60, 16 * DAY, 30 * 60], dtype=np.float64)[role]
    spread = np.array([0.6, 1.1, 0.7])[role]
    low = np.array([20, 26 * 60, 2 * 60])[role]
    high = np.array([70 * 60, 240 * DAY, 10 * DAY])[role]
    made = person < ordered.count
    low[made] = np.array([30, 6 * DAY, 8 * 60])[role[made]]
    high[made] = np.array([6 * 60, 60 * DAY, 30 * 60])[role[made]]
    length = np.clip(middle * np.exp(spread * normal), low, high).astype(np.int64)
    journey = np.clip(
        240 * np.exp(0.8 * rng.standard_normal(count)), 10, np.where(made, 240, 20 * 60)
    ).astype(np.int64)
    gapped = np.zeros(count, bool)
    gapped[made] = ordered.gap[person[made]] > 0
    gapped &= place == 1
    journey[gapped] = rng.integers(30 * 60, 20 * DAY, int(gapped.sum()))
    journey[place == 0] = 0
    running = np.cumsum(length + journey)
    starts = np.flatnonzero(place == 0)
    before = np.repeat(running[starts] - length[starts], np.diff(np.append(starts, count)))
    off_out = running - before
    return (off_out - length).astype(np.int32), off_out.astype(np.int32)


def _date_stays(rng: np.random.Generator, stays: _Stays, ordered: Ordered) -> tuple[Ints, Bools]:
    """The first minute of each stay, and whether it lies within the period: the last stay of a person is
    dated first, the others before it.
    """
    count = len(stays.person)
    start = np.full(count, ABSENT, dtype=np.int64)
    valid = np.zeros(count, bool)
    last = np.flatnonzero(stays.from_last == 0)
    start[last] = _last_starts(rng, stays, last, ordered)
    valid[last] = True
    for back in (1, 2):
        earlier = np.flatnonzero(stays.from_last == back)
        apart = _APART + np.minimum(rng.exponential(200 * DAY, len(earlier)), 400 * DAY).astype(np.int64)
        start[earlier] = start[earlier + 1] - apart - stays.length[earlier]
        valid[earlier] = valid[earlier + 1] & (start[earlier] >= FIRST_MINUTE)
    return start, valid


def _last_starts(rng: np.random.Generator, stays: _Stays, last: Ints, ordered: Ordered) -> Ints:
    count = len(last)
    made = ordered.count
    start = _days(rng, count) * DAY + _minutes_of_day(rng, count)
    length, last_in, held = (
        stays.length[last].astype(np.int64),
        stays.last_in[last].astype(np.int64),
        stays.held[last],
    )
    margin = rng.integers(DAY, 20 * DAY, count)
    margin[:made] += 100 * DAY
    start[:made] = np.maximum(start[:made], FIRST_MINUTE + np.where(ordered.stays > 1, 600, 10) * DAY)
    start = np.where(~held & (start + length > LAST_MINUTE - margin), LAST_MINUTE - margin - length, start)
    age = np.clip(30 * DAY * np.exp(1.1 * rng.standard_normal(count)), 60, 250 * DAY).astype(np.int64)
    start = np.where(held, LAST_MINUTE - age - last_in, start)
    start[made] = LAST_DAY * DAY + 495  # one book-in on the last day fixes the instant of the release
    early = start < FIRST_MINUTE
    return np.where(early, FIRST_MINUTE + rng.integers(0, 5 * DAY, count), start)


def _days(rng: np.random.Generator, count: int) -> Ints:
    """Days of the period, ever more of them later on, with a step in January 2025."""
    grown = np.exp(0.8 * np.linspace(0, 1, LAST_DAY - FIRST_DAY))
    grown[844:] *= 1.7
    edges = np.cumsum(grown)
    drawn: Ints = FIRST_DAY + np.searchsorted(edges, rng.random(count) * edges[-1], side="right").astype(
        np.int64
    )
    return drawn


def _minutes_of_day(rng: np.random.Generator, count: int) -> Ints:
    """Minutes of the day around early afternoon; nights are rarer, not empty."""
    return (rng.normal(13.5 * 60, 5.5 * 60, count).astype(np.int64)) % DAY


def _trim(stays: _Stays, valid: Bools, rows: int) -> tuple[Bools, int]:
    """Which stays to keep so that their stints are exactly `rows`: whole people, the last ones with one stint
    each.
    """
    people = int(stays.person[-1]) + 1
    per_person = np.bincount(stays.person[valid], weights=stays.size[valid], minlength=people).astype(
        np.int64
    )
    running = np.cumsum(per_person)
    whole = int(np.searchsorted(running, rows, side="right"))
    short = rows - (int(running[whole - 1]) if whole else 0)
    chosen = np.zeros(people, bool)
    chosen[:whole] = True
    chosen[whole + np.flatnonzero(per_person[whole:] == 1)[:short]] = True
    if int(per_person[chosen].sum()) != rows:
        raise ValueError(f"{int(per_person[chosen].sum())} detention rows were made of the {rows} asked for.")
    return valid & chosen[stays.person], int(chosen.sum())
