"""Events of which no file tells, so that what is owed in silence has a verdict, too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from paradero.authored.statements import Timeline
from paradero.law.events import Event
from paradero.law.forms.event_file import EventFile, Subject
from paradero.law.forms.kinds import Kind, untold_in_words
from paradero.law.forms.terms import Term, Within
from paradero.law.orders import Order
from paradero.law.scopes import THOSE_PROTECTED, owed_to
from paradero.law.shown.repeated.dues import dues


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """An event that nobody tells of, of one term: after which trigger (by its number), in which place of
    what is due again and again, or for whom; the duty has no trigger, no place, or nobody in particular
    where these are None.
    """

    event: Event
    order: str
    term: str
    trigger: int | None = None
    place: int | None = None


def silences(
    orders: Sequence[Order], told: Mapping[int, Event], line: Timeline, taken: set[str]
) -> list[Silence]:
    """Every event that stands for silence under a term that no single act answers; none has an id that is
    taken.
    """
    found = [each for order in orders for term in order.file.term for each in _of(order, term, told, line)]
    return [each for each in found if each.event.id not in taken]


def _of(order: Order, term: Term, told: Mapping[int, Event], line: Timeline) -> Iterator[Silence]:
    within = within_of(order, term)
    if term.requires and within:
        triggers = {
            number: one for number, one in told.items() if one.file.kind == within.after and not one.of
        }
        for number, one in triggers.items():
            name = f"untold-{term.id}-after-{one.id}"
            event = _silent(order, name, term.requires, one.file.subject)
            yield Silence(event=event, order=order.id, term=term.id, trigger=number)
        for who in [] if triggers else owed_to(order):
            name = f"untold-{term.id}-{who.replace('/', '.')}"
            yield Silence(
                event=_silent(order, name, term.requires, _subject(who)), order=order.id, term=term.id
            )
    elif term.requires and term.every:
        for place, due in enumerate(dues(term.every, order, line)):
            event = _silent(order, f"untold-{term.id}-{due.name}", term.requires, _subject(THOSE_PROTECTED))
            yield Silence(event=event, order=order.id, term=term.id, place=place)
    elif term.requires and term.count:
        name = f"how-many-{term.id}"
        event = _silent(order, name, term.requires, _subject(THOSE_PROTECTED))
        yield Silence(event=event, order=order.id, term=term.id)
    elif term.standard:
        for who in owed_to(order):
            name = f"standard-{term.id}-{who.replace('/', '.')}"
            yield Silence(event=_silent(order, name, "finding", _subject(who)), order=order.id, term=term.id)


def within_of(order: Order, term: Term) -> Within | None:
    """The time after a trigger by which the term is due: its own, or that of the term it stands in for."""
    return term.within or next(
        (each.within for each in order.file.term if each.within and each.within.or_else == term.id), None
    )


def other_duty(order: Order, term: Term) -> Term | None:
    """The term that is owed where this one was not done in time, or for which this one stands in."""
    return next(
        (
            each
            for each in order.file.term
            if (term.within and term.within.or_else == each.id)
            or (each.within and each.within.or_else == term.id)
        ),
        None,
    )


def _subject(who: str) -> Subject:
    return Subject(id=who, what=who, people_hi=None if who == THOSE_PROTECTED else 1)


def _silent(order: Order, name: str, kind: Kind, subject: Subject) -> Event:
    what, what_es = untold_in_words(kind)
    declared = EventFile(id=name, what=what, what_es=what_es, kind=kind, subject=subject)
    return Event(file=declared, place=order.place, text="", statements=(), relations=())
