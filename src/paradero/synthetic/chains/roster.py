"""Fabricated facilities: codes that begin with Z, names that begin with FABRICATED, in ICE's real areas of
responsibility.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from paradero.synthetic.vocabulary import Floats, Ints, draw, generator, table

__all__ = ["CENTRE", "HOLD", "STAGING", "Roster", "fabricate_roster"]

HOLD, CENTRE, STAGING = 0, 1, 2
_ROLES = ("hold", "centre", "staging")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """Facilities by position, sorted by role, then area. `weight` is how often one is used relative to others
    of its role.
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    cities: tuple[str, ...]
    states: tuple[str, ...]
    types: tuple[str, ...]
    area: Ints
    role: Ints
    weight: Floats

    def of_role(self, role: int) -> Ints:
        """Positions of the facilities of one role."""
        return np.flatnonzero(self.role == role)


def fabricate_roster(rows: int, seed: int) -> Roster:
    """40 to 300 facilities, more for a larger release."""
    rng = generator(seed, 1)
    count = int(np.clip(40 + rows // 2500, 40, 300))
    types, areas = table("facility_types"), table("areas")
    kind = draw(rng, tuple(map(float, types["weight"])), count)
    kind[:8] = [0, 0, 0, 1, 1, 3, 4, 4]
    area = draw(rng, tuple(map(float, areas["weight"])), count)
    role = np.array([_ROLES.index(types["role"][k]) for k in kind], dtype=np.int16)
    order = np.lexsort((kind, area, role))
    kind, area, role = kind[order], area[order], role[order]
    places = _places(rng, count)
    states = tuple(areas["state"][a] for a in area)
    return Roster(
        codes=tuple(_code(position, int(role[position]), states[position]) for position in range(count)),
        names=tuple(
            f"FABRICATED {place} {types['suffix'][k]}" for place, k in zip(places, kind, strict=True)
        ),
        cities=tuple(f"FABRICATED {place}" for place in places),
        states=states,
        types=tuple(types["type"][k] for k in kind),
        area=area,
        role=role,
        weight=1.0 / (1.0 + rng.permutation(count)) ** 0.8,
    )


def _places(rng: np.random.Generator, count: int) -> list[str]:
    listed = table("places")["word"]
    shuffled = [listed[place] for place in rng.permutation(len(listed))]
    rounds = ("", " NORTH", " SOUTH", " EAST", " WEST")
    return [shuffled[number % len(shuffled)] + rounds[number // len(shuffled)] for number in range(count)]


def _code(position: int, role: int, state: str) -> str:
    high, low = divmod(position, 26)
    letters = _LETTERS[high] + _LETTERS[low]
    return f"Z{letters}HOLD" if role == HOLD else f"ZF{letters}X{state}"
