"""Plant the faults: each on a person of its own, whose chain is otherwise clean."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from paradero.synthetic.cases.cases import Cases
from paradero.synthetic.chains.custody import NO_ENDING, TRANSFERRED, Custody, Ordered
from paradero.synthetic.chains.roster import HOLD, Roster
from paradero.synthetic.clock import ABSENT, DAY, moment_text
from paradero.synthetic.vocabulary import Bools, Fault, Ints, faults, generator, table

__all__ = ["Planted", "Site", "counts_of", "extra_rows", "order_people", "plant"]

_UNREADABLE = ("13/45/2024", "UNKNOWN", "SEE COMMENTS", "2024-02-30", "PENDING")
Facts = dict[str, list[str | int | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Cases of one fault: the person, the row, the other row (-1: none) of each, and what else must
    be found.
    """

    fault: Fault
    person: Ints
    row: Ints
    other: Ints
    facts: Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """The chains with all faults in. `birth_shift` is years to add per row; `nameless` people have no id;
    `texts` replace cells of the workbook.
    """

    custody: Custody
    cases: Cases
    birth_shift: Ints
    nameless: Ints
    sites: tuple[Site, ...]
    texts: dict[tuple[int, str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ground:
    """What a fault may alter, in place: the first row of each of its people, the copies made for it."""

    custody: Custody
    cases: Cases
    roster: Roster
    rng: np.random.Generator
    birth_shift: Ints
    people: Ints
    first: Ints
    copied_row: Ints
    copied_stay: Ints
    texts: dict[tuple[int, str], str] = field(default_factory=dict)


def counts_of(rows: int) -> dict[str, int]:
    """How many cases of each fault a release of `rows` detention rows carries: two at least from 300
    rows on.
    """
    least = 2 if rows >= 300 else 1 if rows >= 150 else 0
    return {
        fault.kind: max(least, round(fault.rate * rows)) if fault.rate else min(1, least)
        for fault in faults()
    }


def _on_people() -> list[tuple[int, Fault]]:
    return [(place, fault) for place, fault in enumerate(faults()) if fault.ending is not None]


def extra_rows(rows: int) -> int:
    """Rows that the faults add as copies of others."""
    counts = counts_of(rows)
    return sum(counts[fault.kind] for fault in faults() if fault.copies_row is not None)


def order_people(rows: int) -> Ordered:
    """The people that the faults need, kind after kind."""
    reasons = table("endings")["reason"]
    counts = counts_of(rows)
    asked = [(place, fault, counts[fault.kind]) for place, fault in _on_people()]
    many = [number for _, _, number in asked]

    def spread(values: list[int]) -> Ints:
        return np.repeat(np.array(values, dtype=np.int8), many)

    return Ordered(
        fault=spread([place for place, _, _ in asked]),
        stays=spread([fault.stays for _, fault, _ in asked]),
        ending=spread([reasons.index(fault.ending) if fault.ending else NO_ENDING for _, fault, _ in asked]),
        lone=spread([int(fault.kind == "id_missing") for _, fault, _ in asked]),
        gap=spread([int(fault.kind == "gap_between_stints") for _, fault, _ in asked]),
    )


def plant(custody: Custody, cases: Cases, ordered: Ordered, roster: Roster, seed: int) -> Planted:
    """Alter the chains of the ordered people; copies of rows and of stays come after all others."""
    rng = generator(seed, 7)
    firsts = np.searchsorted(custody.person, np.arange(ordered.count))
    kinds = _on_people()
    rows_of = {place: firsts[ordered.fault == place] for place, _ in kinds}
    copied_rows = {
        place: rows_of[place] + fault.copies_row for place, fault in kinds if fault.copies_row is not None
    }
    copied_stays = {place: custody.stay[rows_of[place]] for place, fault in kinds if fault.copies_stay}
    n_rows, n_stays = len(custody.stay), len(custody.ending)
    custody = _with_copies(custody, _joined(copied_rows), _joined(copied_stays))
    cases = cases.with_copies(_joined(copied_stays))
    birth_shift = np.zeros(len(custody.stay), dtype=np.int8)
    sites: list[Site] = []
    texts: dict[tuple[int, str], str] = {}
    nameless: Ints = np.zeros(0, dtype=np.int64)
    for place, fault in kinds:
        people = np.flatnonzero(ordered.fault == place)
        ground = _Ground(
            custody=custody,
            cases=cases,
            roster=roster,
            rng=rng,
            birth_shift=birth_shift,
            people=people,
            first=rows_of[place],
            copied_row=_numbered(copied_rows, place, n_rows),
            copied_stay=_numbered(copied_stays, place, n_stays),
            texts=texts,
        )
        row, other, facts = _ALTER[fault.kind](ground)
        if fault.kind == "id_missing":
            nameless = people
        sites.append(Site(fault=fault, person=people, row=row, other=other, facts=facts))
    return Planted(
        custody=custody,
        cases=cases,
        birth_shift=birth_shift,
        nameless=nameless,
        sites=tuple(sites),
        texts=texts,
    )


def _joined(copies: dict[int, Ints]) -> Ints:
    return np.concatenate([np.zeros(0, dtype=np.int64), *copies.values()]).astype(np.int64)


def _numbered(copies: dict[int, Ints], place: int, before: int) -> Ints:
    """The positions that the copies of one fault take."""
    for own, rows in copies.items():
        if own == place:
            return np.arange(before, before + len(rows))
        before += len(rows)
    return np.zeros(0, dtype=np.int64)


def _with_copies(custody: Custody, rows: Ints, stays: Ints) -> Custody:
    by_row = ("stay", "facility", "booked_in", "booked_out", "reason")
    by_stay = ("stay_person", "stay_in", "stay_out", "ending")
    changed: dict[str, Any] = {
        name: np.concatenate([getattr(custody, name), getattr(custody, name)[rows]]) for name in by_row
    }
    changed |= {
        name: np.concatenate([getattr(custody, name), getattr(custody, name)[stays]]) for name in by_stay
    }
    return dataclasses.replace(custody, **changed)


Outcome = tuple[Ints, Ints, Facts]


def _nowhere(rows: Ints) -> Ints:
    return np.full(len(rows), -1, dtype=np.int64)


def _odd(rows: Ints) -> Bools:
    odd: Bools = np.arange(len(rows)) % 2 == 1
    return odd


def _bond_only(ground: _Ground) -> Outcome:
    cases, copy = ground.cases, ground.copied_stay
    cases.bond_posted_on[copy] = ABSENT
    cases.bond_posted[copy] = np.nan
    cases.bond_set[copy] *= 2
    ground.custody.stay[ground.copied_row] = copy
    return ground.first + 2, ground.copied_row, {}


def _same_day(ground: _Ground) -> Outcome:
    booked_in, copy, original = ground.custody.booked_in, ground.copied_row, ground.first + 1
    apart = ground.rng.integers(5, 41, len(copy))
    later = booked_in[original] % DAY + apart < DAY
    booked_in[copy] = booked_in[original] + np.where(later, apart, -apart)
    return np.where(later, original, copy), np.where(later, copy, original), {}


def _exact(ground: _Ground) -> Outcome:
    return ground.copied_row, ground.first + 1, {}


def _inversion(ground: _Ground) -> Outcome:
    minutes = ground.rng.integers(5, 91, len(ground.first))
    ground.custody.booked_out[ground.first] = ground.custody.booked_in[ground.first] - minutes
    return ground.first, _nowhere(ground.first), {"size_minutes": minutes.tolist()}


def _overlap(ground: _Ground) -> Outcome:
    minutes = ground.rng.integers(60, 361, len(ground.first))
    ground.custody.booked_out[ground.first + 1] = ground.custody.booked_in[ground.first + 2] + minutes
    return ground.first + 1, ground.first + 2, {"size_minutes": minutes.tolist()}


def _two_places(ground: _Ground) -> Outcome:
    custody, holds = ground.custody, ground.roster.of_role(HOLD)
    custody.facility[ground.copied_row] = holds[0] + (custody.facility[ground.first] - holds[0] + 1) % len(
        holds
    )
    return (
        ground.first,
        ground.copied_row,
        {"size_minutes": (custody.booked_out - custody.booked_in)[ground.first].tolist()},
    )


def _after_removal(ground: _Ground) -> Outcome:
    custody, cases, last, odd = ground.custody, ground.cases, ground.first + 2, _odd(ground.first)
    stay, out = custody.stay[last], custody.booked_out[last]
    day = out // DAY - ground.rng.integers(2, 5, len(last))
    cases.departed_on[stay] = np.where(odd, ABSENT, day)
    cases.removed_on[stay] = np.where(odd, day, ABSENT)
    cases.departure_country[stay[odd]] = -1
    by: list[str | int | None] = ["nearest-removal" if own else "recorded-departure" for own in odd]
    return last, _nowhere(last), {"size_minutes": (out - (day + 1) * DAY).tolist(), "by": by}


def _birth_year(ground: _Ground) -> Outcome:
    years = np.array([2, 3, 5, 9])[ground.rng.integers(0, 4, len(ground.first))]
    ground.birth_shift[ground.first + 1] = years * ground.rng.choice([-1, 1], len(years))
    return ground.first + 1, _nowhere(ground.first), {"years": years.tolist()}


def _stay_window(ground: _Ground) -> Outcome:
    custody, odd = ground.custody, _odd(ground.first)
    stay = custody.stay[ground.first]
    minutes = ground.rng.integers(60, 3 * DAY, len(stay))
    custody.stay_in[stay[~odd]] -= minutes[~odd]
    custody.stay_out[stay[odd]] += minutes[odd]
    return (
        ground.first,
        _nowhere(stay),
        {"size_minutes": minutes.tolist(), "at": ["end" if own else "start" for own in odd]},
    )


def _times(minutes: Ints) -> list[str | int | None]:
    return [moment_text(minute) for minute in minutes]


def _no_arrival(ground: _Ground) -> Outcome:
    custody, last = ground.custody, ground.first + 2
    custody.reason[last] = TRANSFERRED
    custody.stay_out[custody.stay[last]] = ABSENT
    return last, _nowhere(last), {"since": _times(custody.booked_out[last]), "until": [None] * len(last)}


def _no_reason(ground: _Ground) -> Outcome:
    custody, last = ground.custody, ground.first + 2
    custody.stay_out[custody.stay[last[~_odd(last)]]] = ABSENT
    return last, _nowhere(last), {"since": _times(custody.booked_out[last]), "until": [None] * len(last)}


def _stint_open(ground: _Ground) -> Outcome:
    custody, last = ground.custody, ground.first + 2
    custody.booked_out[last] = ABSENT
    return (
        last,
        _nowhere(last),
        {"since": _times(custody.stay_out[custody.stay[last]]), "until": [None] * len(last)},
    )


def _superseded(ground: _Ground) -> Outcome:
    custody, last = ground.custody, ground.first + 2
    custody.booked_out[last] = ABSENT
    custody.stay_out[custody.stay[last]] = ABSENT
    return (
        last,
        ground.first + 3,
        {"since": _times(custody.booked_in[last]), "until": _times(custody.booked_in[last + 1])},
    )


def _gap(ground: _Ground) -> Outcome:
    custody, row = ground.custody, ground.first
    return (
        row,
        row + 1,
        {"since": _times(custody.booked_out[row]), "until": _times(custody.booked_in[row + 1])},
    )


def _death(ground: _Ground) -> Outcome:
    return ground.first + 2, _nowhere(ground.first), {}


def _unreadable(ground: _Ground) -> Outcome:
    row, copy, odd = ground.first + 1, ground.copied_stay, _odd(ground.first)
    ground.custody.stay[row] = copy
    ground.cases.bond_posted_on[copy[~odd]] = ABSENT
    ground.cases.bond_set_on[copy[odd]] = ABSENT
    texts = [_UNREADABLE[place] for place in ground.rng.integers(0, len(_UNREADABLE), len(row))]
    headers = ["Initial Bond Set Date" if own else "Bond Posted Date" for own in odd]
    ground.texts.update(
        {(int(own), header): text for own, header, text in zip(row, headers, texts, strict=True)}
    )
    return (
        row,
        _nowhere(row),
        {"column_name": [header.lower().replace(" ", "_") for header in headers], "text": list(texts)},
    )


def _id_missing(ground: _Ground) -> Outcome:
    return ground.first, _nowhere(ground.first), {}


_ALTER: dict[str, Callable[[_Ground], Outcome]] = {
    "bond_only_duplicate": _bond_only,
    "same_day_duplicate": _same_day,
    "exact_duplicate": _exact,
    "inversion": _inversion,
    "overlap": _overlap,
    "two_places": _two_places,
    "custody_after_removal": _after_removal,
    "birth_year": _birth_year,
    "stay_window": _stay_window,
    "transferred_no_arrival": _no_arrival,
    "no_reason": _no_reason,
    "stay_ended_stint_open": _stint_open,
    "superseded": _superseded,
    "gap_between_stints": _gap,
    "death": _death,
    "unreadable_cell": _unreadable,
    "id_missing": _id_missing,
}
