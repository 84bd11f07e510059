"""Where each stint is: a hold room, then a centre near it more often than not, a staging facility
anywhere.
"""

from __future__ import annotations

import numpy as np

from paradero.synthetic.chains.roster import CENTRE, HOLD, STAGING, Roster
from paradero.synthetic.vocabulary import Ints, draw

__all__ = ["place_stints"]

_NEAR = 0.7


def place_stints(rng: np.random.Generator, roster: Roster, stay: Ints, role: Ints) -> Ints:
    """A facility for each stint; two consecutive stints of a stay are never at the same one."""
    facility = np.zeros(len(stay), dtype=np.int16)
    n_stays = int(stay[-1]) + 1
    holds, centres = roster.of_role(HOLD), roster.of_role(CENTRE)
    home = holds[draw(rng, roster.weight[holds], n_stays)]
    facility[role == HOLD] = home[stay[role == HOLD]]
    at_centre = np.flatnonzero(role == CENTRE)
    facility[at_centre] = _centres(rng, roster, centres, roster.area[home[stay[at_centre]]])
    staged = np.flatnonzero(role == STAGING)
    stagings = roster.of_role(STAGING)
    facility[staged] = stagings[draw(rng, roster.weight[stagings], len(staged))]
    _part(facility, stay, role, centres)
    return facility


def _centres(rng: np.random.Generator, roster: Roster, centres: Ints, area: Ints) -> Ints:
    anywhere = centres[draw(rng, roster.weight[centres], len(area))]
    areas = int(roster.area.max()) + 1
    counts = np.bincount(roster.area[centres], minlength=areas)
    firsts = np.cumsum(counts) - counts
    near = centres[
        np.minimum(
            firsts[area] + (rng.random(len(area)) ** 1.5 * counts[area]).astype(np.int64), len(centres) - 1
        )
    ]
    return np.where((rng.random(len(area)) < _NEAR) & (counts[area] > 0), near, anywhere)


def _part(facility: Ints, stay: Ints, role: Ints, centres: Ints) -> None:
    """Move a stint that follows another at the same centre to the next centre of the roster, in order of
    place.
    """
    base, count = int(centres[0]), len(centres)
    for _ in range(4):
        same = (
            np.flatnonzero((stay[1:] == stay[:-1]) & (role[1:] == CENTRE) & (facility[1:] == facility[:-1]))
            + 1
        )
        if not len(same):
            return
        fresh = same[np.append(True, np.diff(same) > 1)]
        facility[fresh] = base + (facility[fresh] - base + 1) % count
