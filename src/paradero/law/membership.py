"""Whether an order protects the subject of an event: what statements say of a group as a whole, of everybody in it, and of how many.

A statement of an attribute leaves open which values occur among the people. Each set of values that can occur is a world; what holds in all worlds is known.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from paradero.law.events import Attribute, Event
from paradero.law.identities import Links
from paradero.law.orders import INDIVIDUAL, Condition, Order

World = frozenset[int]

_MOST_STATEMENTS = 6  # of one attribute; beyond it each statement is taken by itself, which only leaves more open


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How far a condition holds in a group: for somebody, for everybody, for at least and at most so many; None is not known."""

    some: bool | None
    every: bool | None
    lo: int = 0
    hi: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Protected:
    """Whether the order protects somebody in the group, which conditions leave that open, and how many it protects, as bounds.

    `partial_bits` are the conditions that are not known to hold for everybody: of each member whom nobody names they are open.
    `is_silent`: nobody tells of the event, which stands for what was owed.
    """

    answer: bool | None
    unknown_bits: int
    lo: int
    hi: int | None
    partial_bits: int = 0
    is_silent: bool = False

    @property
    def is_partial(self) -> bool:
        """Whether it is not known of each member."""
        return self.partial_bits > 0


def protected(order: Order, event: Event, said: Sequence[Attribute], links: Links) -> Protected:
    """The answer for the subject of an event, of whom `said` is believed. A group is protected where somebody in it is: that is whom a prohibition is about."""
    subject = event.file.subject
    shares = [share_of(each, event, said, links) for each in order.file.scope.conditions()]
    people = subject.people_hi
    if any(each.some is False for each in shares):
        return Protected(answer=False, unknown_bits=0, lo=0, hi=0)
    his = [each.hi for each in shares if each.hi is not None] + ([people] if people is not None else [])
    lo = max(sum(each.lo for each in shares) - (len(shares) - 1) * people, 0) if people is not None and shares else 0
    partial = [each for each in shares if each.every is not True]
    is_shown = all(each.some for each in shares) and (len(partial) <= 1 or lo > 0)
    if is_shown:
        lo = max(lo, 1, partial[0].lo if len(partial) == 1 else 0, *([subject.people_lo or 1] if not partial else []))
    bits = sum(1 << place for place, each in enumerate(shares) if each.every is not True)
    return Protected(answer=True if is_shown else None, unknown_bits=0 if is_shown else bits, lo=lo, hi=min(his, default=None), partial_bits=bits)


def share_of(condition: Condition, event: Event, said: Sequence[Attribute], links: Links) -> Share:
    """How far one condition holds among the people of the subject."""
    subject = event.file.subject
    own = [each for each in said if each.name == condition.attribute]
    if condition.attribute == INDIVIDUAL:
        return _individuals(condition, event, own, links)
    values = [value.upper() for value in condition.is_one_of or condition.is_none_of]
    return share_of_values(own, values, is_negated=bool(condition.is_none_of), people_lo=subject.people_lo, people_hi=subject.people_hi)


def _individuals(condition: Condition, event: Event, said: Sequence[Attribute], links: Links) -> Share:
    """A person under a pseudonym is one of the protected only if somebody says so, and another only if somebody says that."""
    wanted, subject = condition.is_one_of, event.file.subject
    if said or subject.people_hi == 1:
        names = list(dict.fromkeys(value for each in said for value in each.values())) or [subject.id]
        answers = {_any([links.same(name, each) for each in wanted]) for name in names}
        answer = answers.pop() if len(answers) == 1 else None
        return Share(some=answer, every=answer, lo=1 if answer else 0, hi=0 if answer is False else 1)
    found = [links.among((event.id, subject.id), each) for each in wanted]
    answer = _any(found)
    return Share(some=answer, every=False if answer is False else None, lo=1 if answer else 0, hi=sum(each is not False for each in found))


def _any(answers: Sequence[bool | None]) -> bool | None:
    return True if True in answers else None if None in answers else False


def share_of_values(said: Sequence[Attribute], values: Sequence[str], *, is_negated: bool, people_lo: int | None, people_hi: int | None) -> Share:
    """How far `is one of these values` (or `none of these`) holds, over every world that the statements leave."""
    if not said:
        return Share(some=None, every=None, hi=people_hi)
    classes = _classes(said, values, is_negated=is_negated)
    inside = frozenset(number for number, (is_inside, _) in enumerate(classes) if is_inside)
    found = list(_worlds(said, classes, is_one=people_hi == 1))
    some = _common({bool(world & inside) for world in found})
    every = _common({world <= inside for world in found})
    lo, hi = _counted(said, classes, inside)
    if some is False:
        return Share(some=False, every=False, lo=0, hi=0)
    if every:
        return Share(some=True, every=True, lo=people_lo or 1, hi=people_hi)
    most = people_hi if hi is None or people_hi is None else min(hi, people_hi)
    return Share(some=some, every=every, lo=max(lo, 1) if some else 0, hi=most)


Class = tuple[bool, tuple[bool, ...]]


def _classes(said: Sequence[Attribute], values: Sequence[str], *, is_negated: bool) -> list[Class]:
    """The values that can occur, those that no statement and no condition tells apart taken together; one of them is a value that nobody mentions."""
    mentioned = sorted({*values, *(value.upper() for each in said for value in each.values())})
    spelt = [{value.upper() for value in each.values()} for each in said]
    return sorted({((value in values) != is_negated, tuple(value in each for each in spelt)) for value in (*mentioned, "")})


def _worlds(said: Sequence[Attribute], classes: Sequence[Class], *, is_one: bool) -> Iterator[World]:
    """Every set of values that can occur among the people: where the statements can all be true, under all of them, else under as many as can."""
    sizes = range(1, 2 if is_one else len(classes) + 1)
    every = [frozenset(world) for size in sizes for world in combinations(range(len(classes)), size)]
    for readings in product(*(_readings(each, is_one=is_one) for each in said)):
        held = [{world for world in every if _holds(reading, number, world, classes)} for number, reading in enumerate(readings)]
        for together in _agreeing(held):
            yield from together


def _readings(one: Attribute, *, is_one: bool) -> tuple[str, ...]:
    """`is_one_of` with several values leaves open whether members differ or nobody says which; of one person, or with one value, it can only be the second."""
    if one.some_are:
        return ("each",) if is_one else ("some",)
    if one.members_are_of and not is_one:
        return ("members",)
    return ("each", "members") if one.is_one_of and len(one.is_one_of) > 1 and not is_one else ("each",)


def _holds(reading: str, number: int, world: World, classes: Sequence[Class]) -> bool:
    stated = frozenset(place for place, (_, within) in enumerate(classes) if within[number])
    if reading == "some":
        return bool(world & stated)
    return world == stated if reading == "members" else world <= stated


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


def _common(answers: set[bool]) -> bool | None:
    return answers.pop() if len(answers) == 1 else None


def _counted(said: Sequence[Attribute], classes: Sequence[Class], inside: World) -> tuple[int, int | None]:
    """How many people have one of the values, by the statements that count them."""
    los, his = [0], []
    for number, one in enumerate(said):
        stated = frozenset(place for place, (_, within) in enumerate(classes) if within[number])
        if one.some_are and one.people_lo is not None and stated <= inside:
            los.append(one.people_lo)
        if one.some_are and one.people_hi is not None and inside <= stated:
            his.append(one.people_hi)
    return max(los), min(his, default=None)
