"""From orders and events to the tables that verdicts are computed from: terms under constructions, periods in
force, conditions, moments.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from paradero.authored.evidence import Trust
from paradero.authored.statements import Timeline, timeline
from paradero.law.answering import Asked, answered
from paradero.law.events import ORDER_OF_THINGS, PHASE_WORDS, PHASES, Event
from paradero.law.identities import Identity, Links
from paradero.law.orders import Binding, Completion, Order, Term
from paradero.law.rules import ALWAYS_US, NEVER_US, measures
from paradero.law.scopes import Scope, links_between, scope_of, silent_scope, still_owed, untold
from paradero.model.time.moments import Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A term of an order under one construction."""

    number: int
    order: Order
    term: Term
    completion: Completion | None
    binding: Binding | None
    begin: Moment
    deadline: Moment | None
    acts: tuple[str, ...]

    @property
    def construction(self) -> str | None:
        """The names of the readings, `hand-over/oral`; None where there is only one."""
        return "/".join(part.id for part in (self.completion, self.binding) if part is not None) or None


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
    answers: Mapping[tuple[int, int], bool | None]

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
) -> Matrix:
    """Put orders and events together; statements that are not believed are left out as if nobody had made
    them.

    `as_cases`: each event is a worked case, the only act there is, of the very person that it names.
    """
    silent_ones = [] if as_cases else untold(orders, events)
    line = timeline_of(orders, [*events, *silent_ones], trust)
    variants: list[Variant] = []
    for order in orders:
        variants += _variants(order, line, start=len(variants))
    links = links_between(orders, events, identities, trust, closed=as_cases)
    told = {-1 - number: event for number, event in enumerate(events)}
    scope, members = scope_of(orders, told, links, trust)
    told |= members
    silent = {-1 - len(told) - number: event for number, event in enumerate(silent_ones)}
    asked = [
        Asked(
            variant=each.number, order=each.order.id, term=each.term, begin=each.begin, deadline=each.deadline
        )
        for each in variants
        if each.deadline
    ]
    acts = {number: event for number, event in told.items() if not event.of}
    answers, standing = answered(
        asked, acts, {key: each.answer for key, each in scope.items()}, line.moments, trust, apart=as_cases
    )
    by_id = {order.id: order for order in orders}
    for variant, number in still_owed(asked, by_id, told, silent, standing, links):
        order = variants[variant].order
        answers[variant, number] = None
        scope[order.id, number] = silent_scope(order, silent[number], links)
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


def timeline_of(orders: Sequence[Order], events: Sequence[Event], trust: Trust) -> Timeline:
    """When everything happened, as far as what is believed bounds it."""
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
    known = set(
        names
    )  # a worked case has its own order alone, and no other file that a relation may speak of
    return timeline(names, statements, [one for one in relations if {one.of, one.since} <= known])


def standard_completions(kind: str) -> list[Completion]:
    """The readings of when an event of several phases is done, where an order names none: each phase."""
    return [
        Completion(
            id=phase.replace("_", "-"),
            phase=phase,
            title=PHASE_WORDS[phase][0],
            title_es=PHASE_WORDS[phase][1],
        )
        for phase in PHASES[kind]
    ]


def _variants(order: Order, line: Timeline, *, start: int) -> list[Variant]:
    names = order.moment_names()
    only = next(act.id for act in order.file.act if act.does == "binds")
    found: list[Variant] = []
    for term in order.file.term:
        kind = term.forbids or term.requires
        fitting = [each for each in order.file.completion if kind and each.phase in PHASES[kind]]
        completions: Sequence[Completion | None] = [None]
        bindings: Sequence[Binding | None] = order.file.binding or [None]
        if kind and len(PHASES[kind]) > 1:
            completions = fitting or standard_completions(kind)
        for completion in completions:
            for binding in bindings:
                act = binding.from_act if binding else only
                found.append(
                    Variant(
                        number=start + len(found),
                        order=order,
                        term=term,
                        completion=completion,
                        binding=binding,
                        begin=line.moments[names[act]],
                        deadline=line.moments[names[term.by]] if term.by else None,
                        acts=_acts_that_count(order, act, term),
                    )
                )
    return found


def _acts_that_count(order: Order, begin: str, term: Term) -> tuple[str, ...]:
    """The acts on whose times the answer can depend under a construction: that from which it binds, the
    deadline, and all that end, extend or stay it.
    """
    return tuple(
        act.id
        for act in order.file.act
        if act.id in (begin, term.by) or act.does not in ("binds", "notice", "deadline")
    )


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
