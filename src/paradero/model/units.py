"""Units of quantities: products and quotients of words, `USD/person/day`; two quantities are added or
compared only where their units are the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from paradero.model.errors import ParaderoError

_ATOM = re.compile(r"[A-Za-z][A-Za-z_]*")
_ALIKE = {
    "people": "person",
    "persons": "person",
    "days": "day",
    "years": "year",
    "months": "month",
    "hours": "hour",
    "flights": "flight",
    "legs": "leg",
}
_PLURAL = {"person": "people"}


class UnitError(ParaderoError):
    """A unit cannot be read, or two units do not fit; the message says which."""


@dataclass(frozen=True, slots=True)
class Unit:
    """Powers of words in the order of the alphabet; no words is a plain number. There are no conversions:
    days in a year are an input of their own.
    """

    powers: tuple[tuple[str, int], ...] = ()

    def __mul__(self, other: Unit) -> Unit:
        return _unit(self, other, 1)

    def __truediv__(self, other: Unit) -> Unit:
        return _unit(self, other, -1)

    def __str__(self) -> str:
        powers = sorted(
            self.powers, key=lambda each: (each[0] != "person", each[0])
        )  # USD/person/day, person*day
        above = [word for word, power in powers for _ in range(power)]
        below = [word for word, power in powers for _ in range(-power)]
        if not above and not below:
            return "1"
        if above == ["person"] and not below:
            return _PLURAL["person"]
        return "/".join(["*".join(above) or "1", *below])


NUMBER = Unit()


def parse_unit(text: str) -> Unit:
    """Read `USD/person/day`, `person*day`, `people` or `1` (a plain number); raises UnitError with the forms
    expected.
    """
    found = NUMBER
    for part in re.findall(r"[*/]?[^*/]+|[*/]", text.replace(" ", "")) or [""]:
        sign, word = (part[0], part[1:]) if part[0:1] in ("*", "/") else ("*", part)
        if word != "1" and not _ATOM.fullmatch(word):
            raise UnitError(f"`{text}` is not a unit. Write it like `USD`, `USD/person/day`, `people` or `1`")
        atom = NUMBER if word == "1" else Unit(((_ALIKE.get(word, word), 1),))
        found = found / atom if sign == "/" else found * atom
    return found


def _unit(left: Unit, right: Unit, sign: int) -> Unit:
    powers: Mapping[str, int] = dict(left.powers)
    merged = dict(powers)
    for word, power in right.powers:
        merged[word] = merged.get(word, 0) + sign * power
    return Unit(tuple(sorted((word, power) for word, power in merged.items() if power)))
