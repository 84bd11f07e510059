"""What statements say of a group as a whole, of everybody in it, and of how many.

A statement of an attribute leaves open which values occur among the people. Each set of values that can occur
is a world; what holds in all worlds is known.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from paradero.law.forms.event_file import Attribute
from paradero.law.spellings import key_of, may_be_one

World = frozenset[int]

_MOST_STATEMENTS = (
    6  # of one attribute; beyond it each statement is taken by itself, which only leaves more open
)
_MOST_ALIKE = 4  # values that may be a protected one under another name; beyond it the condition is open


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How far a condition holds in a group: for somebody, for everybody, for at least and at most so many;
    None is not known.
    """

    some: bool | None
    every: bool | None
    lo: int = 0
    hi: int | None = None


def share_of_values(
    said: Sequence[Attribute],
    values: Sequence[str],
    *,
    is_negated: bool,
    people_lo: int | None,
    people_hi: int | None,
) -> Share:
    """How far `is one of these values` (or `none of these`) holds, over every world that the statements
    leave.

    A value that may be one of these under another spelling is taken both ways.
    """
    if not said:
        return Share(some=None, every=None, hi=people_hi)
    name = said[0].name
    wanted = [key_of(value, name) for value in values]
    doubtful = sorted(
        {
            key_of(value, name)
            for each in said
            for value in each.values()
            if key_of(value, name) not in wanted and any(may_be_one(value, one, name) for one in values)
        }
    )
    return over_doubts(said, wanted, doubtful, is_negated=is_negated, people=(people_lo, people_hi))


def over_doubts(
    said: Sequence[Attribute],
    wanted: Sequence[str],
    doubtful: Sequence[str],
    *,
    is_negated: bool,
    people: tuple[int | None, int | None],
) -> Share:
    """How far values are among those wanted, the doubtful ones taken both ways."""
    people_lo, people_hi = people
    if not said or people_hi == 0 or len(doubtful) > _MOST_ALIKE:
        return Share(some=None, every=None, hi=people_hi)
    found = [
        _share_of_values(
            said, [*wanted, *meant], is_negated=is_negated, people_lo=people_lo, people_hi=people_hi
        )
        for size in range(len(doubtful) + 1)
        for meant in combinations(doubtful, size)
    ]
    his = [each.hi for each in found]
    return Share(
        some=_common({each.some for each in found}),
        every=_common({each.every for each in found}),
        lo=min(each.lo for each in found),
        hi=None if None in his else max(hi for hi in his if hi is not None),
    )


def _share_of_values(
    said: Sequence[Attribute],
    values: Sequence[str],
    *,
    is_negated: bool,
    people_lo: int | None,
    people_hi: int | None,
) -> Share:
    classes = _classes(said, values, is_negated=is_negated)
    inside = frozenset(number for number, (is_inside, _) in enumerate(classes) if is_inside)
    found = list(_worlds(said, classes, people=(people_lo, people_hi)))
    some = _common({bool(world & inside) for world in found})
    every = _common({world <= inside for world in found})
    lo, hi = _counted(said, classes, inside)
    if some is False:
        return Share(some=False, every=False, lo=0, hi=0)
    if every:
        return Share(some=some, every=True, lo=(people_lo or 1) if some else 0, hi=people_hi)
    most = min((each for each in (hi, people_hi) if each is not None), default=None)
    least = max(lo, 1) if some else 0
    return Share(some=some, every=every, lo=least if most is None else min(least, most), hi=most)


Class = tuple[bool, tuple[bool, ...]]


def _classes(said: Sequence[Attribute], values: Sequence[str], *, is_negated: bool) -> list[Class]:
    """The values that can occur, those that no statement and no condition tells apart taken together; one of
    them is a value that nobody mentions.
    """
    stated = [spelt(each) for each in said]
    mentioned = sorted({*values, *(value for each in stated for value in each)})
    return sorted(
        {
            ((value in values) != is_negated, tuple(value in each for each in stated))
            for value in (*mentioned, "")
        }
    )


def spelt(said: Attribute) -> set[str]:
    """The values that a statement names, whatever their spelling."""
    return {key_of(value, said.name) for value in said.values()}


def _worlds(
    said: Sequence[Attribute], classes: Sequence[Class], *, people: tuple[int | None, int | None]
) -> Iterator[World]:
    """Every set of values that can occur among the people: where the statements can all be true, under all of
    them, else under as many as can.

    Of a group that may be nobody, none may occur.
    """
    least, most = people
    sizes = range(0 if least == 0 else 1, 2 if most == 1 else len(classes) + 1)
    every = [frozenset(world) for size in sizes for world in combinations(range(len(classes)), size)]
    for readings in product(*(_readings(each, least=least, most=most) for each in said)):
        held = [
            {world for world in every if _holds(reading, number, world, classes)}
            for number, reading in enumerate(readings)
        ]
        for together in _agreeing(held):
            yield from together


def _readings(one: Attribute, *, least: int | None, most: int | None) -> tuple[str, ...]:
    """`is_one_of` with several values leaves open whether members differ or nobody says which; of one person,
    or with one value, it can only be the second.
    """
    is_one = most == 1
    if one.some_are:
        return (_counted_reading(one, least, most),)
    if one.members_are_of and not is_one:
        return ("members",)
    return ("each", "members") if one.is_one_of and len(one.is_one_of) > 1 and not is_one else ("each",)


def _counted_reading(one: Attribute, least: int | None, most: int | None) -> str:
    """What a count says of the values: a count that may be none says nothing of them, one below the size of
    the group that others have another, and one of as many as there can be that all have them.
    """
    lo, hi = one.counts()
    if most and lo == most:
        return "all"
    if hi == 0:
        return "none"
    is_less = hi is not None and least is not None and hi < least
    if lo == 0:
        return "not all" if is_less else "nothing"
    return "some, not all" if is_less else "some"


def _holds(reading: str, number: int, world: World, classes: Sequence[Class]) -> bool:
    stated = frozenset(place for place, (_, within) in enumerate(classes) if within[number])
    has, has_only = bool(world & stated), world <= stated
    meanings = {
        "nothing": True,
        "none": not has,
        "some": has,
        "not all": not has_only,
        "some, not all": has and not has_only,
        "members": world == stated,
    }
    return meanings.get(reading, has_only)


def _agreeing(held: Sequence[set[World]]) -> list[set[World]]:
    """The worlds of each largest set of statements that can all be true."""
    if len(held) > _MOST_STATEMENTS:
        return list(held)
    found: list[tuple[frozenset[int], set[World]]] = []
    for size in range(len(held), 0, -1):
        for chosen in map(frozenset, combinations(range(len(held)), size)):
            if any(chosen <= larger for larger, _ in found):
                continue
            together = set.intersection(*(held[number] for number in chosen))
            if together:
                found.append((chosen, together))
    return [worlds for _, worlds in found]


def _common(answers: set[bool | None]) -> bool | None:
    return answers.pop() if len(answers) == 1 else None


def _counted(said: Sequence[Attribute], classes: Sequence[Class], inside: World) -> tuple[int, int | None]:
    """How many people have one of the values, by the statements that count them; where these contradict each
    other, by all of them.
    """
    found: list[tuple[int, int | None]] = []
    for number, one in enumerate(said):
        stated = frozenset(place for place, (_, within) in enumerate(classes) if within[number])
        lo, hi = one.counts() if one.some_are else (0, None)
        bounds = (lo if stated <= inside else 0, hi if inside <= stated else None)
        found += [bounds] if bounds != (0, None) else []
    los, his = [lo for lo, _ in found], [hi for _, hi in found]
    most = min((hi for hi in his if hi is not None), default=None)
    if most is None or max(los) <= most:
        return max(los, default=0), most
    return min(los), None if None in his else max(hi for hi in his if hi is not None)


def contradicted(said: Sequence[Attribute], *, people_lo: int | None, people_hi: int | None) -> bool:
    """Whether statements of one attribute cannot all be true of the people."""
    if people_hi == 0 or not said:
        return bool(said)
    classes = _classes(said, [], is_negated=False)
    for stated in {frozenset(spelt(each)) for each in said if each.some_are}:
        counts = [each.counts() for each in said if each.some_are and frozenset(spelt(each)) == stated]
        most = min((hi for hi in (people_hi, *(hi for _, hi in counts)) if hi is not None), default=None)
        if most is not None and max(lo for lo, _ in counts) > most:
            return True
    sizes = range(0 if people_lo == 0 else 1, 2 if people_hi == 1 else len(classes) + 1)
    worlds = [frozenset(world) for size in sizes for world in combinations(range(len(classes)), size)]
    readings = product(*(_readings(each, least=people_lo, most=people_hi) for each in said))
    return not any(
        all(_holds(reading, number, world, classes) for number, reading in enumerate(each))
        for each in readings
        for world in worlds
    )
