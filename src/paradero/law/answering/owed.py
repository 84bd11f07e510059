"""To whom something is still owed by a date, as far as anybody tells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from paradero.law.answering.acts import Asked
from paradero.law.answering.by_date import Standing
from paradero.law.events import Event
from paradero.law.forms.terms import Term
from paradero.law.identities import Links
from paradero.law.orders import Order
from paradero.law.scopes import THOSE_PROTECTED, owed_to

_TO_PEOPLE = (
    "return",
    "release",
    "transfer",
    "removal",
)  # what is done to each of a class; a notice or a production may be one for all


def is_owed_to_each(order: Order, term: Term) -> bool:
    """Whether a term owes an act to each of the people: to each whom the order names, or to each of a class
    where it is something done to people.
    """
    return bool(order.file.scope.individuals) or term.requires in _TO_PEOPLE


def still_owed(
    asked: Sequence[Asked],
    orders: Mapping[str, Order],
    told: Mapping[int, Event],
    silent: Mapping[int, Event],
    standing: Standing,
    links: Links,
) -> Iterator[tuple[int, int]]:
    """The required terms, with the silent event for each person to whom no act that is told of was certainly
    meant.

    Where a class is owed what is done to people, an act on some says nothing of the rest: nobody states how
    many they are.
    """
    for each in asked:
        acts = [told[number] for variant, number in sorted(standing) if variant == each.variant]
        is_each_owed = bool(orders[each.order].file.scope.condition) and each.term.requires in _TO_PEOPLE
        for number, event in silent.items():
            who = event.file.subject.id
            if event.file.kind != each.term.requires or who not in owed_to(orders[each.order]):
                continue
            if (
                is_each_owed
                if who == THOSE_PROTECTED and acts
                else not any(_is_of(act, who, links) for act in acts)
            ):
                yield each.variant, number


def _is_of(act: Event, who: str, links: Links) -> bool:
    subject = act.file.subject
    return who == THOSE_PROTECTED or bool(
        links.same(subject.id, who) if subject.people_hi == 1 else links.among((act.id, subject.id), who)
    )
