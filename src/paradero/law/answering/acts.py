"""Acts that may answer what is required by a date: what is asked, and what is told of each act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from paradero.law.events import Event
from paradero.law.forms.ends import after_the_end, undone_at_the_end
from paradero.law.forms.terms import Term
from paradero.law.shown.parts import parts_of
from paradero.law.shown.values import Told, either
from paradero.model.time.comparisons import not_before
from paradero.model.time.moments import Moment

TermName = tuple[str, str]  # an order and its term


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A required term under one construction: from when it binds, by when it is to be done, and which phase
    of an act is held to be its end.

    `is_of_each`: it is owed to each of the people, so that what is done for one does nothing for another.
    """

    variant: int
    order: str
    term: Term
    begin: Moment
    deadline: Moment
    phase: str
    is_of_each: bool

    @property
    def name(self) -> TermName:
        return self.order, self.term.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """An event of a required kind that can be meant by a term.

    `is_told`: it is said to have been done for somebody to whom it is owed, or not to have been; `is_sure`:
    and, if done, certainly after the order. `given`: which of the term's parts it had, one after the other.
    """

    number: int
    done: Moment
    is_sure: bool
    is_linked: bool
    is_told: bool
    given: tuple[bool | None, ...]


@dataclass(slots=True)
class Considered:
    """What is told of a term: acts that may answer it, statements that it was not done, and acts that answer
    nothing.
    """

    acts: dict[int, Act] = field(default_factory=dict)
    undone: dict[int, Act] = field(default_factory=dict)
    idle: set[int] = field(default_factory=set)


def considered(
    asked: Asked, events: Mapping[int, Event], scope: Mapping[tuple[str, int], bool | None], spoken: Told
) -> Considered:
    """What is told of a term in these events; `scope` says whom the order protects in each."""
    told = Considered()
    for number, event in events.items():
        if event.file.kind != asked.term.requires or (asked.order, number) not in scope:
            continue
        is_bound, is_named = scope[asked.order, number], spoken.named(event, "/".join(asked.name))
        done = spoken.when(event.moment_names()[asked.phase])
        did = spoken.did(event)
        is_after = True if did is False else not_before(done, asked.begin)
        if is_bound is False or (is_after is False and is_named != "another"):
            told.idle.add(number)  # of somebody else, or done before there was an order to obey
            continue
        if is_named == "another":
            continue
        is_told = bool(is_bound and did is not None and is_named != "doubted")
        act = Act(
            number=number,
            done=done,
            is_told=is_told,
            is_sure=is_told and bool(is_after),
            is_linked=is_named == "named",
            given=tuple(spoken.given(event, item) for item in asked.term.items),
        )
        (told.undone if did is False else told.acts)[number] = act
    return told


def late(asked: Asked, act: Act) -> bool | None:
    """Whether the act came after the deadline, if it was done at all."""
    return after_the_end(act.done, asked.deadline)


def too_long_undone(asked: Asked, act: Act) -> bool | None:
    """Whether what had not been done by then was not done in time."""
    return undone_at_the_end(act.done, asked.deadline)


def has_parts(asked: Asked, act: Act) -> bool | None:
    """Whether the act had the parts that the term asks for."""
    return parts_of(asked.term, act.given)


def fall_short(asked: Asked, acts: Iterable[Act]) -> bool:
    """Whether none of the acts can be what was required, nor all of them together: each is too late, or those
    that may not be lack a part for certain.
    """
    in_time = [act.given for act in acts if late(asked, act) is not True]
    together = tuple(either(each) for each in zip(*in_time, strict=True))
    return not in_time or parts_of(asked.term, together) is False


def when(act: Act) -> tuple[int, int]:
    """Where an act stands among others: by its earliest instant."""
    return (instant(act.done), act.number)


def instant(moment: Moment) -> int:
    """An instant to order moments by."""
    return moment.lo if moment.lo is not None else moment.hi or 0
