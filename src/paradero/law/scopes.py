"""Whom orders protect among the subjects of stated events: groups, the members of groups whom nobody names,
and those to whom something is owed in silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from msgspec import structs

from paradero.authored.evidence import Trust
from paradero.law.events import Event
from paradero.law.forms.event_file import Attribute, EventFile, Subject
from paradero.law.forms.kinds import untold_in_words
from paradero.law.forms.order_file import INDIVIDUAL, Act, Condition
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
            parts = [part_of(order, act, event, links, trust) for act in order.file.act if act.condition]
            free = [each.free for each in parts if each.is_some_free]
            if free:  # while stayed, no more than those outside its part are sure to be protected
                answer = found[order.id, number] = replace(answer, lo=min(answer.lo, *free))
            if not answer.answer or not (answer.is_partial or free):
                continue
            each = next(
                (n for n, one in members.items() if one.of == event.id), -1 - len(events) - len(members)
            )
            members[each] = _member(event)
            found[order.id, each] = Protected(
                answer=None if answer.is_partial else True, unknown_bits=answer.partial_bits, lo=0, hi=1
            )
    return found, members


def believed(event: Event, trust: Trust) -> list[Attribute]:
    """What is believed of the subject of an event."""
    return [each for each in event.file.subject.attribute if trust.keeps(each.by, each.evidence)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """How far a stay of a part of the class is for the people of an event. `reaches`: for all whom the order
    protects there; false where it leaves one of them, open where nobody tells. `is_some_free`: it leaves
    some, and not for certain all; `free` of them at least.
    """

    reaches: bool | None
    is_some_free: bool = False
    free: int = 0


def part_of(order: Order, act: Act, event: Event, links: Links, trust: Trust) -> Part:
    """How far a stay is for the people of an event. Of a group whom it leaves in part the order is in force
    for somebody, which is what a prohibition asks; each member whom nobody names may be of either part.
    """
    said = believed(event, trust)
    if event.of:  # of a member nothing is known but what holds of the whole group
        subject = structs.replace(event.file.subject, people_lo=None, people_hi=None)
        event = replace(event, file=structs.replace(event.file, subject=subject))
    shares = [share_of(each, event, said, links) for each in act.condition]
    if any(one.some is False for one in shares):
        return Part(reaches=False)
    if all(one.every for one in shares):
        return Part(reaches=True)
    if event.of or not _is_for_all(order, act, event, said, links):
        return Part(reaches=None)
    outside = [
        _least_outside(each, event, said, links)
        for each, one in zip(act.condition, shares, strict=True)
        if one.every is False
    ]
    return Part(reaches=False, is_some_free=True, free=max(outside)) if outside else Part(reaches=None)


def _is_for_all(order: Order, act: Act, event: Event, said: Sequence[Attribute], links: Links) -> bool:
    """Whether somebody outside the part of a stay is certain to be protected, and no other stay takes them
    in: of what is required the acts are counted one by one, and that is not asked.
    """
    is_alone = not any(each.condition and each.id != act.id for each in order.file.act)
    is_forbidden = all(term.requires != event.file.kind for term in order.file.term)
    return (
        is_alone
        and is_forbidden
        and all(share_of(each, event, said, links).every for each in order.file.scope.conditions())
    )


def _least_outside(condition: Condition, event: Event, said: Sequence[Attribute], links: Links) -> int:
    """How many people at least a condition does not hold for, of whom there is somebody."""
    if condition.is_dated or condition.attribute == INDIVIDUAL:
        return 1
    other = structs.replace(condition, is_one_of=condition.is_none_of, is_none_of=condition.is_one_of)
    return max(share_of(other, event, said, links).lo, 1)


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
