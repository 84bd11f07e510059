"""Count people per facility and day as the Deportation Data Project did, in numpy, independently of
paradero's own headcounts.

Midnight ends the day: day(in) <= d <= day(out) - 1. Any time: day(in) <= d <= max(day(in), day(out)). Each
person counts once per facility and day, a row without a person id is a person of its own, an open stint is
held through 2026-03-10, its last midnight included, and facilities that occur get zeros.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from paradero.synthetic.chains.custody import Custody
from paradero.synthetic.clock import ABSENT, DAY, FIRST_DAY, LAST_DAY
from paradero.synthetic.vocabulary import Ints

__all__ = ["DAYS", "Population", "count_population"]

DAYS = LAST_DAY - FIRST_DAY + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """People per facility (rows: positions in the roster that occur, `facility`) and day (columns: from
    2022-10-01 on).
    """

    facility: Ints
    midnight: Ints
    any_time: Ints


def count_population(custody: Custody) -> Population:
    """Both counts for every facility that occurs and every day of the period."""
    first = custody.booked_in // DAY
    is_open = custody.booked_out == ABSENT
    out = np.where(is_open, LAST_DAY, custody.booked_out // DAY)
    midnights_to = np.where(is_open, LAST_DAY, out - 1)
    facility = np.unique(custody.facility)
    place = np.searchsorted(facility, custody.facility)
    order = np.lexsort((first, place, custody.person))
    group = _groups(custody.person[order], place[order])
    place, first, out, midnights_to = place[order], first[order], out[order], midnights_to[order]
    return Population(
        facility=facility,
        midnight=_per_day(group, place, first, midnights_to, len(facility)),
        any_time=_per_day(group, place, first, np.maximum(first, out), len(facility)),
    )


def _groups(person: Ints, place: Ints) -> Ints:
    fresh = np.append(True, (person[1:] != person[:-1]) | (place[1:] != place[:-1]))
    return np.cumsum(fresh) - 1


def _per_day(group: Ints, place: Ints, first: Ints, last: Ints, facilities: int) -> Ints:
    """Of days first..last of each row (sorted by group, then first) count only those beyond what the group's
    earlier rows cover.
    """
    span = 1 << 20
    running = np.maximum.accumulate(group * span + np.maximum(last, first - 1))
    covered = np.append(-1, running[:-1]) - group * span
    fresh = np.where(covered < 0, first, np.maximum(first, covered + 1))
    counted = fresh <= last
    start = np.clip(fresh[counted] - FIRST_DAY, 0, DAYS)
    stop = np.clip(last[counted] + 1 - FIRST_DAY, 0, DAYS)
    size = facilities * (DAYS + 1)
    base = place[counted] * (DAYS + 1)
    change = np.bincount(base + start, minlength=size) - np.bincount(base + stop, minlength=size)
    held: Ints = np.cumsum(change.reshape(facilities, DAYS + 1), axis=1)[:, :DAYS]
    return held
