"""Whose acts are whose: what is owed to each of several people is looked for among the acts for each, and an
act for one is no answer to what is owed to another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from paradero.law.answering.acts import Asked, Considered
from paradero.law.events import Event
from paradero.law.shown.values import Told


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody, or a group, whom acts are about: the numbers of those that are certainly about the same
    (`own`), and of all that are certainly about somebody else (`of_others`).
    """

    own: frozenset[int]
    of_others: frozenset[int] = frozenset()


def people_in(told: Considered, asked: Asked, events: Mapping[int, Event], spoken: Told) -> list[Person]:
    """The people whom the acts that may answer a term are about, and the denials of one; all together where
    one act may be for all.
    """
    numbers = [*told.acts, *told.undone]
    if not asked.is_of_each:
        return [Person(own=frozenset(numbers))]
    alike: list[list[int]] = []
    for number in numbers:
        mine = next((each for each in alike if _is_of_same(events[number], events[each[0]], spoken)), None)
        if mine is None:
            alike.append([number])
        else:
            mine.append(number)
    kind = asked.term.requires
    return [
        Person(
            own=frozenset(each),
            of_others=frozenset(
                number
                for number, event in events.items()
                if event.file.kind == kind and spoken.covers(event, events[each[0]]) is False
            ),
        )
        for each in alike
    ]


def without(told: Considered, of_others: frozenset[int]) -> Considered:
    """What is told of a term, save what is about others."""
    return Considered(
        acts={number: act for number, act in told.acts.items() if number not in of_others},
        undone={number: act for number, act in told.undone.items() if number not in of_others},
    )


def _is_of_same(one: Event, other: Event, spoken: Told) -> bool:
    return spoken.covers(one, other) is True and spoken.covers(other, one) is True
