"""Registrations of the United States and their ICAO addresses: each gives the other, by the block A00001 to
ADF7C7 counted through in order.

The block holds every mark from N1 to N99999: one to five characters after the N, the first a digit from 1 to
9, at the end at most two letters, never I or O (14 CFR 47.15, marks; ICAO Annex 10 volume III chapter 9,
blocks of addresses). The Civil Aviation Registry gives each mark the address at its place in the order below;
an aircraft can still send another address than its own, and an address out of the block says nothing of a
mark.
"""

from __future__ import annotations

import re

_FIRST, _LAST = 0xA00001, 0xADF7C7
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_ENDINGS = 1 + len(_LETTERS) * (1 + len(_LETTERS))  # none, one letter, two letters
_FIVE = 1 + len(_LETTERS) + 10  # after four digits: nothing, a letter, or a digit
_ROOM = (  # marks that begin with so many digits, from one to three; those with an ending at once come first
    _ENDINGS + 10 * (_ENDINGS + 10 * (_ENDINGS + 10 * _FIVE)),
    _ENDINGS + 10 * (_ENDINGS + 10 * _FIVE),
    _ENDINGS + 10 * _FIVE,
)
_MARK = re.compile(rf"N([1-9]\d{{0,4}})([{_LETTERS}]{{0,2}})")


def mark_of(hex_code: str) -> str | None:
    """The registration whose address this is, None where it is none of the United States' civil marks."""
    try:
        place = int(hex_code, 16) - _FIRST
    except ValueError:
        return None
    if not 0 <= place <= _LAST - _FIRST:
        return None
    digits = ""
    for room in _ROOM:
        number, place = divmod(place, room)
        digits += str(number + 1 if not digits else number)
        if place < _ENDINGS:
            return f"N{digits}{_ending(place)}"
        place -= _ENDINGS
    number, place = divmod(place, _FIVE)
    last = (
        "" if not place else _LETTERS[place - 1] if place <= len(_LETTERS) else str(place - 1 - len(_LETTERS))
    )
    return f"N{digits}{number}{last}"


def address_of(registration: str) -> str | None:
    """The address of a registration as six hexadecimal digits, None where it is no civil mark of the United
    States. Hyphens and case do not matter.
    """
    found = _MARK.fullmatch(registration.replace("-", "").strip().upper())
    if found is None or len(found[1]) + len(found[2]) > 5:
        return None
    digits, letters = found[1], found[2]
    place = 0
    for number, (digit, room) in enumerate(zip(digits, _ROOM, strict=False)):
        place += (int(digit) - (number == 0)) * room + (_ENDINGS if number else 0)
    if len(digits) < 4:
        place += (
            0
            if not letters
            else 1
            + _LETTERS.index(letters[0]) * (1 + len(_LETTERS))
            + (1 + _LETTERS.index(letters[1]) if letters[1:] else 0)
        )
    else:
        place += _ENDINGS + int(digits[3]) * _FIVE
        place += (
            1 + _LETTERS.index(letters)
            if letters
            else 1 + len(_LETTERS) + int(digits[4])
            if digits[4:]
            else 0
        )
    return f"{_FIRST + place:06x}"


def _ending(place: int) -> str:
    if not place:
        return ""
    first, second = divmod(place - 1, 1 + len(_LETTERS))
    return _LETTERS[first] + (_LETTERS[second - 1] if second else "")
