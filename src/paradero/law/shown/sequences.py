"""Sequences that cannot be, whatever instant each moment means: of an order's own acts, of acts that answer
an order, and of a person who would have been under way twice at once.

Only what is certain is reported: where some instants within the bounds agree, nothing is. A stay lifted
before it began, and phases of one event out of order, are disagreements of the time line already.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from paradero.authored.statements import Timeline
from paradero.law.events import Event
from paradero.law.forms.order_file import OrderFile

Kind = Literal[
    "extended_after_the_end",
    "ended_before_it_was_given",
    "answered_before_it_was_given",
    "two_journeys_at_once",
]

_NOT_BEFORE_IT_IS_GIVEN = ("notice", "expires", "extends", "stays", "vacates", "supersedes", "deadline")
_JOURNEYS = ("removal", "transfer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Impossible:
    """Two moments, by their full names, of which `early` certainly came before `late`, and cannot have; of
    journeys, the beginning of the one and of the other. `by_us` is by how much at least, in microseconds.
    """

    kind: Kind
    early: str
    late: str
    by_us: int


def impossible_sequences(
    orders: Iterable[OrderFile], events: Sequence[Event], line: Timeline
) -> tuple[Impossible, ...]:
    """Every sequence that cannot be, orders first; `events` are those that happened."""
    found: list[Impossible] = []
    by_id = {one.id: one for one in orders}
    for order in by_id.values():
        found += _of_acts(order, line)
    for event in events:
        found += _of_answers(event, by_id, line)
    for one, other in combinations([each for each in events if not each.of], 2):
        found += _of_journeys(one, other, line)
    return tuple(dict.fromkeys(found))


def _of_acts(order: OrderFile, line: Timeline) -> Iterator[Impossible]:
    """An end, a stay, a deadline or a notice before there was an order; an extension of what had ended."""
    acts = order.act
    given = [f"{order.id}.{act.id}" for act in acts if act.does == "binds"]
    for act in acts:
        name = f"{order.id}.{act.id}"
        if act.does in _NOT_BEFORE_IT_IS_GIVEN:
            yield from _before_all("ended_before_it_was_given", name, given, line)
    extensions = [act for act in acts if act.does == "extends" and not act.of]  # of the order's own life
    later = {act.until for act in extensions}
    ends = [f"{order.id}.{act.id}" for act in acts if act.does == "expires" and act.id not in later]
    for act in extensions:
        ends_of_others = [f"{order.id}.{each.until}" for each in extensions if each is not act]
        name, before = f"{order.id}.{act.id}", [*ends, *ends_of_others]
        # an end that another extension moves may lie ahead still: all of them have to lie behind
        late = [each for each in before if _by(each, name, line)]
        if ends and len(late) == len(before):
            last = min(late, key=lambda each: _by(each, name, line))
            yield Impossible(
                kind="extended_after_the_end", early=last, late=name, by_us=_by(last, name, line)
            )


def _of_answers(event: Event, orders: dict[str, OrderFile], line: Timeline) -> Iterator[Impossible]:
    """An act said to answer a term of an order that had not been given."""
    for answer in event.file.answers:
        for name in answer.terms:
            order = orders.get(name.partition("/")[0])
            if order is not None:
                given = [f"{order.id}.{act.id}" for act in order.act if act.does == "binds"]
                yield from _before_all("answered_before_it_was_given", event.done(), given, line)


def _of_journeys(one: Event, other: Event, line: Timeline) -> Iterator[Impossible]:
    """One person who certainly set out on the one journey before the other was over, and the other way
    round.
    """
    subjects = {each.file.subject.id for each in (one, other)}
    kinds = {one.file.kind, other.file.kind}
    if len(subjects) > 1 or one.file.subject.people_hi != 1 or not kinds <= set(_JOURNEYS):
        return
    (begun, ended), (begun_too, ended_too) = (
        (each.moment_names()["departure"], each.moment_names()["landing"]) for each in (one, other)
    )
    shared = min(_by(begun, ended_too, line), _by(begun_too, ended, line))
    if shared:
        yield Impossible(kind="two_journeys_at_once", early=begun, late=begun_too, by_us=shared)


def _before_all(kind: Kind, name: str, others: Sequence[str], line: Timeline) -> Iterator[Impossible]:
    """The moment certainly came before each of the others: the nearest of them is named."""
    apart = {each: _by(name, each, line) for each in others}
    if apart and all(apart.values()):
        nearest = min(apart, key=lambda each: apart[each])
        yield Impossible(kind=kind, early=name, late=nearest, by_us=apart[nearest])


def _by(early: str, late: str, line: Timeline) -> int:
    """By how much at least the one certainly came before the other; 0 where that is not certain."""
    return max(line.apart(early, late)[0] or 0, 0)
