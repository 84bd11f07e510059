"""Whom orders protect among the subjects of stated events: groups, the members of groups whom nobody names,
and those to whom something is owed in silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from paradero.authored.evidence import Trust
from paradero.law.events import Event
from paradero.law.forms.event_file import Attribute, EventFile, Subject
from paradero.law.forms.kinds import untold_in_words
from paradero.law.forms.order_file import Act
from paradero.law.identities import Identity, Links, links_of, record_of
from paradero.law.membership import Protected, protected, share_of
from paradero.law.orders import Order

THOSE_PROTECTED = "those-protected"  # who waits for what an order for a class requires
Scope = dict[tuple[str, int], Protected]  # (order, event) → whether it protects somebody in it


def links_between(
    orders: Sequence[Order],
    events: Sequence[Event],
    identities: Iterable[Identity],
    trust: Trust,
    *,
    closed: bool,
) -> Links:
    """Everything that is said of who is who: in events, in orders, and by itself."""
    filed = [one for each in orders for one in each.file.identity] + [
        one for each in events for one in each.file.identity
    ]
    crowds = [each for each in events if each.file.subject.people_hi != 1]
    members = [
        (each.id, one.id, True)
        for each in events
        for one in each.file.subject.includes
        if trust.keeps(one.by, one.evidence)
    ]
    members += [
        (each.id, one.id, False)
        for each in events
        for one in each.file.subject.excludes
        if trust.keeps(one.by, one.evidence)
    ]
    return links_of(
        [one for one in (*identities, *filed) if trust.keeps(one.by, one.evidence)],
        cohorts=frozenset(name for each in crowds for name in (each.id, each.file.subject.id)),
        members=members,
        closed=closed,
    )


def scope_of(
    orders: Sequence[Order], events: Mapping[int, Event], links: Links, trust: Trust
) -> tuple[Scope, dict[int, Event]]:
    """The answer for every order and event; where only the group as a whole is known to have protected
    people, each member whom nobody names besides.
    """
    found: Scope = {}
    members: dict[int, Event] = {}
    for number, event in events.items():
        said = believed(event, trust)
        for order in orders:
            answer = found[order.id, number] = protected(order, event, said, links)
            if not (answer.answer and answer.is_partial):
                continue
            each = next(
                (n for n, one in members.items() if one.of == event.id), -1 - len(events) - len(members)
            )
            members[each] = _member(event)
            found[order.id, each] = Protected(answer=None, unknown_bits=answer.partial_bits, lo=0, hi=1)
    return found, members


def believed(event: Event, trust: Trust) -> list[Attribute]:
    """What is believed of the subject of an event."""
    return [each for each in event.file.subject.attribute if trust.keeps(each.by, each.evidence)]


def reaches(act: Act, event: Event, links: Links, trust: Trust) -> bool | None:
    """Whether the part of the class that a stay is for holds everybody in the event; false where nobody is of
    it, open where some may be.
    """
    said = believed(event, trust)
    shares = [share_of(each, event, said, links) for each in act.condition]
    if any(one.some is False for one in shares):
        return False
    return True if all(one.every for one in shares) else None


def _member(event: Event) -> Event:
    subject = event.file.subject
    declared = EventFile(
        id=f"{event.id}.each-member",
        what=f"{event.file.what}: each member nobody names",
        what_es=f"{event.file.what_es}: cada integrante a quien nadie nombra",
        kind=event.file.kind,
        subject=Subject(
            id=subject.id,
            what=subject.what,
            what_es=subject.what_es,
            people_lo=0,
            people_hi=1,
            attribute=subject.attribute,
        ),
        outcome=event.file.outcome,
        answers=event.file.answers,
    )
    return replace(event, file=declared, of=event.id, statements=(), relations=())


def untold(orders: Sequence[Order], events: Sequence[Event]) -> list[Event]:
    """For each person, or class, to whom an order requires something: an event of which nothing is known, so
    that the silence is a verdict too.
    """
    found: dict[str, Event] = {}
    for order in orders:
        for term in order.file.term:
            for who in owed_to(order) if term.by and not term.count else []:
                name = f"untold-{term.requires}-{who.replace('/', '.')}"
                what, what_es = untold_in_words(term.requires or "return")
                subject = Subject(
                    id=who, what=who, what_es=who, people_hi=None if who == THOSE_PROTECTED else 1
                )
                declared = EventFile(
                    id=name, what=what, what_es=what_es, kind=term.requires or "return", subject=subject
                )
                found[name] = Event(file=declared, place=order.place, text="", statements=(), relations=())
    told = {event.id for event in events}
    return [each for name, each in found.items() if name not in told]


def owed_to(order: Order) -> list[str]:
    """To whom an order owes what it requires: the people whom it names, or its class."""
    return order.file.scope.individuals or [THOSE_PROTECTED]


def silent_scope(
    order: Order, event: Event, links: Links, trigger: Event | None = None, trust: Trust | None = None
) -> Protected:
    """To whom something is owed is protected, whoever they are; a person named must be of the class besides,
    as far as what is said of them where a `trigger` spoke of them tells.
    """
    if trigger is not None and trust is not None:
        return replace(protected(order, trigger, believed(trigger, trust), links), is_silent=True)
    if event.file.subject.id == THOSE_PROTECTED:
        return Protected(answer=True, unknown_bits=0, lo=1, hi=None, is_silent=True)
    return replace(protected(order, event, [], links), is_silent=True)


def scope_rows(scope: Scope) -> list[dict[str, Any]]:
    """The rows of the table `stated_scope`."""
    return [
        {
            "order_id": order,
            "event_no": number,
            "is_protected": each.answer,
            "unknown_bits": each.unknown_bits,
            "is_silent": each.is_silent,
            "people_lo": each.lo,
            "people_hi": each.hi,
        }
        for (order, number), each in scope.items()
    ]


def people_rows(orders: Sequence[Order], links: Links) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The rows of `order_individuals`, and of `order_links`: which persons of the records each is, and which
    each is not, as far as somebody says so.
    """
    people, linked = [], []
    names = list(links.groups) + [name for pair in links.apart for name in pair]
    for order in orders:
        for place, who in enumerate(order.file.scope.individuals):
            people.append({"order_id": order.id, "individual_no": place})
            for name in sorted({who, *names}):
                record, answer = record_of(name), links.same(who, name)
                if record is not None and answer is not None:
                    row = {"release": record[0], "unique_identifier": record[1], "is_same": answer}
                    linked.append({"order_id": order.id, "individual_no": place, **row})
    return people, linked
