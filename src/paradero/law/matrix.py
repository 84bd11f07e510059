"""From orders and events to the tables that verdicts are computed from: terms under constructions, periods in
force, conditions, moments.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from paradero.authored.court_time.terms import Choice
from paradero.authored.evidence import Trust
from paradero.authored.statements import Timeline, timeline
from paradero.law.answering.acts import Asked
from paradero.law.answering.by_date import answered
from paradero.law.answering.owed import is_owed_to_each, still_owed
from paradero.law.events import ORDER_OF_THINGS, Event
from paradero.law.identities import Identity, Links
from paradero.law.orders import Order
from paradero.law.rules import ALWAYS_US, NEVER_US, measures
from paradero.law.scopes import Scope, links_between, scope_of, silent_scope, untold
from paradero.law.shown.by_form import ByEvent, shown_by_form
from paradero.law.shown.docket import complete_until
from paradero.law.shown.parts import parts_given
from paradero.law.shown.periods import moved_deadline
from paradero.law.shown.silence import silences
from paradero.law.shown.steps import counted_breach
from paradero.law.shown.timings import timings_of
from paradero.law.shown.values import Lack, Shown, Told
from paradero.law.shown.variants import Variant, variants_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """Orders and events read together: their timeline, who is who, the variants of the terms, and the tables
    for the engine.
    """

    orders: Mapping[str, Order]
    events: Mapping[int, Event]
    timeline: Timeline
    trust: Trust
    identities: tuple[Identity, ...]
    links: Links
    scope: Scope
    variants: tuple[Variant, ...]
    answers: Mapping[tuple[int, int], Shown]

    def shown(self, variant: Variant, event: Event) -> Shown | None:
        """What is shown of an event under a term, where its form asks for more than that it happened."""
        # silence after the same trigger has one name under several orders
        found = (
            self.answers.get((variant.number, number))
            for number, one in self.events.items()
            if one.id == event.id
        )
        return next((one for one in found if one is not None), None)

    def line_of(self, variant: Variant) -> Timeline:
        """When everything happened under the way of counting that a construction takes."""
        return variant.timing.line if variant.timing else self.timeline

    def identities_on(self, names: Set[str]) -> list[Identity]:
        """The statements of who is who that speak of one of these names, or of whom they link it to."""
        filed = [one for order in self.orders.values() for one in order.file.identity] + [
            one for event in self.events.values() for one in event.file.identity
        ]
        reached = {one for name in names for one in self.links.known_as(name)}
        return [each for each in (*self.identities, *filed) if reached & set(each.names())]


def matrix_of(
    orders: Sequence[Order],
    events: Sequence[Event],
    trust: Trust,
    identities: Sequence[Identity] = (),
    *,
    as_cases: bool = False,
    apart: bool | None = None,
) -> Matrix:
    """Put orders and events together; statements that are not believed are left out as if nobody had made
    them.

    `as_cases`: the events are worked cases, each of the very person that it names; `apart` (as cases are,
    where nothing is said): each is the only act there is.
    """
    orders = [each.without(trust.without) for each in orders]
    silent_ones = [] if as_cases else untold(orders, events)
    line = timeline_of(orders, [*events, *silent_ones], trust)
    variants: list[Variant] = []
    for order in orders:
        again = functools.partial(timeline_of, orders, [*events, *silent_ones], trust)
        timings = timings_of(order, events, line, again)
        variants += variants_of(order, line, start=len(variants), timings=timings)
    variants = [replace(each, deadline=moved_deadline(each, line)) for each in variants]
    links = links_between(orders, events, identities, trust, closed=as_cases)
    told = {-1 - number: event for number, event in enumerate(events)}
    scope, members = scope_of(orders, told, links, trust)
    told |= members
    silent = {-1 - len(told) - number: event for number, event in enumerate(silent_ones)}
    by_id = {order.id: order for order in orders}
    answers = _answers_by_date(
        variants, told, silent, scope, line, trust, links, apart=as_cases if apart is None else apart
    )
    kept = silences(orders, told, line, {each.id for each in (*events, *silent_ones)})
    unsaid = {-1 - len(told) - len(silent) - number: each for number, each in enumerate(kept)}
    line = line.with_unknown(name for each in kept for name in each.event.moment_names().values())
    for number, each in unsaid.items():
        silent[number] = each.event
        trigger = told.get(each.trigger) if each.trigger is not None else None
        scope[each.order, number] = silent_scope(by_id[each.order], each.event, links, trigger, trust)
    spoken = Told(events=told, line=line, links=links, trust=trust)
    answers |= shown_by_form(variants, spoken, scope, unsaid)
    answers = {
        (variant, number): counted_breach(
            variants[variant], step, shown, told.get(number) or silent[number], spoken
        )
        if (step := variants[variant].term.step)
        else shown
        for (variant, number), shown in answers.items()
    }
    numbered = told | {
        number: event for number, event in silent.items() if any(number == each for _, each in answers)
    }
    return Matrix(
        orders=by_id,
        events=numbered,
        timeline=line,
        trust=trust,
        identities=tuple(identities),
        links=links,
        scope=scope,
        variants=tuple(variants),
        answers=answers,
    )


def _answers_by_date(
    variants: Sequence[Variant],
    told: Mapping[int, Event],
    silent: Mapping[int, Event],
    scope: Scope,
    line: Timeline,
    trust: Trust,
    links: Links,
    *,
    apart: bool,
) -> ByEvent:
    """The answers under terms that are due by one date: which act answers which term, and the silence on
    the others, which says something only where the docket is known whole.
    """
    asked = [
        Asked(
            variant=each.number,
            order=each.order.id,
            term=each.term,
            begin=each.begin,
            deadline=each.deadline,
            phase=str(each.phase),
            is_of_each=is_owed_to_each(each.order, each.term),
        )
        for each in variants
        if each.deadline and not each.term.count
    ]
    orders = {each.order.id: each.order for each in variants}
    acts = {number: event for number, event in told.items() if not event.of}
    spoken = Told(events=told, line=line, links=links, trust=trust)
    found, standing = answered(
        asked, acts, {key: each.answer for key, each in scope.items()}, spoken, apart=apart
    )
    answers = {
        (variant, number): _with_parts(variants[variant], told[number], shown, spoken)
        for (variant, number), shown in found.items()
    }
    for variant, number in still_owed(asked, orders, told, silent, standing, links):
        order, deadline = variants[variant].order, variants[variant].deadline
        whole = complete_until(order, trust) if variants[variant].term.is_filed else None
        due = deadline.hi if deadline is not None else None
        is_past = whole is not None and due is not None and whole > due
        is_alone = not any(key[0] == variant and answer is not False for key, answer in found.items())
        shown = True if is_past and is_alone else None
        answers[variant, number] = Shown(
            is_shown=shown, lacks=() if shown else (Lack(fact="docket" if whole else "done"),)
        )
        scope[order.id, number] = silent_scope(order, silent[number], links)
    return answers


def _with_parts(variant: Variant, act: Event, shown: bool | None, told: Told) -> Shown:
    """The answer, with the parts of the act of which nobody tells."""
    if told.did(act) is False or parts_given(variant.term, act, told):
        return Shown(is_shown=shown)
    lacks = (Lack(fact="item", name=item) for item in variant.term.items if told.given(act, item) is None)
    return Shown(is_shown=shown, lacks=tuple(lacks))


def timeline_of(
    orders: Sequence[Order],
    events: Sequence[Event],
    trust: Trust,
    counted: Mapping[str, Choice] = MappingProxyType({}),
) -> Timeline:
    """When everything happened, as far as what is believed bounds it; `counted` says by which way of counting
    the terms of relations are to be read, by their ids.
    """
    files: list[Event | Order] = [*events, *orders]
    names = [name for each in files for name in each.moment_names().values()]
    statements = [
        one for each in events for one in each.statements if trust.keeps(one.said.by, one.said.evidence)
    ]
    statements += [one for each in orders for one in each.statements if one.said.by not in trust.without]
    relations = [
        one
        for each in events
        for one in each.relations
        if one.relation.by == ORDER_OF_THINGS or trust.keeps(one.relation.by, one.relation.evidence)
    ]
    relations += [one for each in orders for one in each.relations if one.relation.by not in trust.without]
    relations = [one.read_as(counted[one.id]) if one.id in counted else one for one in relations]
    known = set(
        names
    )  # a worked case has its own order alone, and no other file that a relation may speak of
    return timeline(names, statements, [one for one in relations if {one.of, one.since} <= known])


def rule_variants(variants: Sequence[Variant], rule_id: str, *, shift_us: int) -> list[dict[str, Any]]:
    """The rows of `rule_versions` for the terms that bind to a rule, with the orders' own parameters; in
    force is asked of the order, not here.
    """
    always = {"begin_lo": ALWAYS_US, "begin_hi": ALWAYS_US, "end_lo": NEVER_US, "end_hi": NEVER_US}
    return [
        {
            "variant": each.number,
            "version": each.term.id,
            "construction": each.construction,
            "order_id": each.order.id,
            **always,
            **measures(each.term.parameters),
            "shift_us": shift_us,
        }
        for each in variants
        if each.term.rule == rule_id
    ]
