"""From orders and events to the tables that verdicts are computed from: terms under constructions, periods in force, conditions, moments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from paradero.law.answering import Asked, answered
from paradero.law.events import ORDER_OF_THINGS, PHASE_WORDS, PHASES, Event, happened
from paradero.law.identities import Identity, Links
from paradero.law.orders import Binding, Completion, Order, Term
from paradero.law.rules import ALWAYS_US, NEVER_US, measures
from paradero.law.scopes import Scope, links_between, people_rows, scope_of, scope_rows, silent_scope, still_owed, untold
from paradero.law.statements import Timeline, Trust, timeline
from paradero.model.moments import Moment

_BOUNDS = ("begin_lo", "begin_hi", "end_lo", "end_hi")

TERMS = pa.schema(
    [
        ("variant", pa.int64()), ("order_id", pa.string()), ("term", pa.string()), ("construction", pa.string()), ("rule", pa.string()), ("kind", pa.string()),
        ("phase", pa.string()), ("is_required", pa.bool_()), ("names_people", pa.bool_()), ("begin_lo", pa.int64()), ("begin_hi", pa.int64()), ("deadline_lo", pa.int64()),
        ("deadline_hi", pa.int64()), ("n_conditions", pa.int64()), ("all_bits", pa.int64()),
    ]
)  # fmt: skip
PERIODS = pa.schema([("variant", pa.int64()), ("is_in_force", pa.bool_()), *((name, pa.int64()) for name in _BOUNDS)])
CONDITIONS = pa.schema([("order_id", pa.string()), ("condition_bit", pa.int64()), ("attribute", pa.string()), ("is_negated", pa.bool_())])
CONDITION_VALUES = pa.schema([("order_id", pa.string()), ("condition_bit", pa.int64()), ("value", pa.string())])
EVENTS = pa.schema(
    [
        ("event_no", pa.int64()), ("event_row", pa.int64()), ("person_no", pa.int64()), ("subject", pa.string()), ("kind", pa.string()), ("phase", pa.string()),
        ("happened", pa.bool_()), ("lo", pa.int64()), ("hi", pa.int64()),
    ]
)  # fmt: skip
SCOPE = pa.schema(
    [
        ("order_id", pa.string()), ("event_no", pa.int64()), ("is_protected", pa.bool_()), ("unknown_bits", pa.int64()),
        ("people_lo", pa.int64()), ("people_hi", pa.int64()),
    ]
)  # fmt: skip
ANSWERS = pa.schema([("variant", pa.int64()), ("event_no", pa.int64()), ("is_shown", pa.bool_())])
INDIVIDUALS = pa.schema([("order_id", pa.string()), ("individual_no", pa.int64())])
LINKS = pa.schema([*INDIVIDUALS, ("release", pa.string()), ("unique_identifier", pa.string()), ("is_same", pa.bool_())])


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
    """Orders and events read together: their timeline, who is who, the variants of the terms, and the tables for the engine."""

    orders: Mapping[str, Order]
    events: Mapping[int, Event]
    timeline: Timeline
    trust: Trust
    identities: tuple[Identity, ...]
    links: Links
    scope: Scope
    variants: tuple[Variant, ...]
    tables: Mapping[str, pa.Table]

    def identities_on(self, names: Set[str]) -> list[Identity]:
        """The statements of who is who that speak of one of these names, or of whom they link it to."""
        filed = [one for order in self.orders.values() for one in order.file.identity] + [one for event in self.events.values() for one in event.file.identity]
        reached = {one for name in names for one in self.links.known_as(name)}
        return [each for each in (*self.identities, *filed) if reached & set(each.names())]


def matrix_of(orders: Sequence[Order], events: Sequence[Event], trust: Trust, identities: Sequence[Identity] = (), *, as_cases: bool = False) -> Matrix:
    """Put orders and events together; statements that are not believed are left out as if nobody had made them.

    `as_cases`: each event is a worked case, the only act there is, of the very person that it names.
    """
    silent_ones = [] if as_cases else untold(orders, events)
    line = _timeline(orders, [*events, *silent_ones], trust)
    variants: list[Variant] = []
    for order in orders:
        variants += _variants(order, line, start=len(variants))
    links = links_between(orders, events, identities, trust, closed=as_cases)
    told = {-1 - number: event for number, event in enumerate(events)}
    scope, members = scope_of(orders, told, links, trust)
    told |= members
    silent = {-1 - len(told) - number: event for number, event in enumerate(silent_ones)}
    asked = [Asked(variant=each.number, order=each.order.id, term=each.term, begin=each.begin, deadline=each.deadline) for each in variants if each.deadline]
    acts = {number: event for number, event in told.items() if not event.of}
    answers, standing = answered(asked, acts, {key: each.answer for key, each in scope.items()}, line.moments, trust, apart=as_cases)
    by_id = {order.id: order for order in orders}
    for variant, number in still_owed(asked, by_id, told, silent, standing, links):
        order = variants[variant].order
        answers[variant, number] = None
        scope[order.id, number] = silent_scope(order, silent[number], links)
    numbered = told | {number: event for number, event in silent.items() if any(number == each for _, each in answers)}
    return Matrix(
        orders=by_id,
        events=numbered,
        timeline=line,
        trust=trust,
        identities=tuple(identities),
        links=links,
        scope=scope,
        variants=tuple(variants),
        tables={
            **_tables(orders, numbered, line, variants, trust),
            "stated_scope": pa.Table.from_pylist(scope_rows(scope), schema=SCOPE),
            "term_answers": pa.Table.from_pylist(
                [{"variant": variant, "event_no": number, "is_shown": shown} for (variant, number), shown in answers.items()], schema=ANSWERS
            ),
            **{
                name: pa.Table.from_pylist(rows, schema=schema)
                for name, rows, schema in zip(("order_individuals", "order_links"), people_rows(orders, links), (INDIVIDUALS, LINKS), strict=True)
            },
        },
    )


def _timeline(orders: Sequence[Order], events: Sequence[Event], trust: Trust) -> Timeline:
    files: list[Event | Order] = [*events, *orders]
    names = [name for each in files for name in each.moment_names().values()]
    statements = [one for each in events for one in each.statements if trust.keeps(one.said.by, one.said.evidence)]
    statements += [one for each in orders for one in each.statements if one.said.by not in trust.without]
    relations = [one for each in events for one in each.relations if one.relation.by == ORDER_OF_THINGS or trust.keeps(one.relation.by, one.relation.evidence)]
    relations += [one for each in orders for one in each.relations if one.relation.by not in trust.without]
    known = set(names)  # a worked case has its own order alone, and no other file that a relation may speak of
    return timeline(names, statements, [one for one in relations if {one.of, one.since} <= known])


def standard_completions(kind: str) -> list[Completion]:
    """The readings of when an event of several phases is done, where an order names none: each phase."""
    return [Completion(id=phase.replace("_", "-"), phase=phase, title=PHASE_WORDS[phase][0], title_es=PHASE_WORDS[phase][1]) for phase in PHASES[kind]]


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
    """The acts on whose times the answer can depend under a construction: that from which it binds, the deadline, and all that end, extend or stay it."""
    return tuple(act.id for act in order.file.act if act.id in (begin, term.by) or act.does not in ("binds", "notice", "deadline"))


def _tables(orders: Sequence[Order], events: Mapping[int, Event], line: Timeline, variants: Sequence[Variant], trust: Trust) -> dict[str, pa.Table]:
    conditions: list[dict[str, Any]] = []
    values: list[dict[str, Any]] = []
    for order in orders:
        for place, condition in enumerate(order.file.scope.conditions()):
            at = {"order_id": order.id, "condition_bit": 1 << place}
            conditions.append({**at, "attribute": condition.attribute, "is_negated": bool(condition.is_none_of)})
            values += [{**at, "value": value} for value in condition.is_one_of or condition.is_none_of]
    return {
        "order_terms": pa.Table.from_pylist([_term_row(each) for each in variants], schema=TERMS),
        "order_periods": pa.Table.from_pylist([row for each in variants for row in _periods(each, line)], schema=PERIODS),
        "order_conditions": pa.Table.from_pylist(conditions, schema=CONDITIONS),
        "order_condition_values": pa.Table.from_pylist(values, schema=CONDITION_VALUES),
        "stated_events": pa.Table.from_pylist([row for number, event in events.items() for row in _event_rows(number, event, line, trust)], schema=EVENTS),
    }


def _term_row(variant: Variant) -> dict[str, Any]:
    n_conditions = len(variant.order.file.scope.conditions())
    kind = variant.term.forbids or variant.term.requires
    return {
        "variant": variant.number,
        "order_id": variant.order.id,
        "term": variant.term.id,
        "construction": variant.construction,
        "rule": variant.term.rule or None,
        "kind": kind,
        "phase": variant.completion.phase if variant.completion else PHASES[kind][-1] if kind else None,
        "is_required": variant.term.requires is not None,
        "names_people": bool(variant.order.file.scope.individuals),
        "begin_lo": variant.begin.lo,
        "begin_hi": variant.begin.hi,
        "deadline_lo": variant.deadline.lo if variant.deadline else None,
        "deadline_hi": variant.deadline.hi if variant.deadline else None,
        "n_conditions": n_conditions,
        "all_bits": (1 << n_conditions) - 1,
    }


def _periods(variant: Variant, line: Timeline) -> list[dict[str, Any]]:
    """In force until it expires and through each extension; not while stayed or vacated, nor after it was superseded."""
    order, names = variant.order.file, variant.order.moment_names()
    extended = {act.until for act in order.act if act.does == "extends"}
    expiries = [line.moments[names[act.id]] for act in order.act if act.does == "expires" and act.id not in extended]
    rows = [_period(variant, True, (ALWAYS_US, ALWAYS_US), _earliest(expiries))]
    for act in order.act:
        moment = line.moments[names[act.id]]
        begin = (moment.lo, moment.hi)
        if act.does == "extends":
            until = line.moments[names[act.until]]
            rows.append(_period(variant, True, begin, (until.lo, until.hi)))
        elif act.does in ("stays", "vacates"):
            ends = [line.moments[names[each.id]] for each in order.act if each.does == "resumes" and each.of == act.id]
            rows.append(_period(variant, False, begin, _earliest(ends)))
        elif act.does == "supersedes":
            rows.append(_period(variant, False, begin, (NEVER_US, NEVER_US)))
    return rows


def _earliest(moments: Sequence[Moment]) -> tuple[int | None, int | None]:
    """Bounds of the earliest of some moments; never, where there is none."""
    if not moments:
        return NEVER_US, NEVER_US
    los = [each.lo for each in moments]
    his = [each.hi for each in moments if each.hi is not None]
    return (None if None in los else min(lo for lo in los if lo is not None)), min(his, default=None)


def _period(variant: Variant, is_in_force: bool, begin: tuple[int | None, int | None], end: tuple[int | None, int | None]) -> dict[str, Any]:
    return {"variant": variant.number, "is_in_force": is_in_force, **dict(zip(_BOUNDS, (*begin, *end), strict=True))}


def _event_rows(number: int, event: Event, line: Timeline, trust: Trust) -> list[dict[str, Any]]:
    rows = []
    for phase, name in event.moment_names().items():
        moment = line.moments[name]
        rows.append(
            {
                "event_no": number, "event_row": None, "person_no": None, "subject": event.file.subject.id, "kind": event.file.kind, "phase": phase,
                "happened": happened(event.file, trusted=trust.evidence, without=trust.without), "lo": moment.lo, "hi": moment.hi,
            }
        )  # fmt: skip
    return rows


def rule_variants(variants: Sequence[Variant], rule_id: str, *, shift_us: int) -> list[dict[str, Any]]:
    """The rows of `rule_versions` for the terms that bind to a rule, with the orders' own parameters; in force is asked of the order, not here."""
    always = {"begin_lo": ALWAYS_US, "begin_hi": ALWAYS_US, "end_lo": NEVER_US, "end_hi": NEVER_US}
    return [
        {
            "variant": each.number, "version": each.term.id, "construction": each.construction, "order_id": each.order.id, **always,
            **measures(each.term.parameters), "shift_us": shift_us,
        }
        for each in variants
        if each.term.rule == rule_id
    ]  # fmt: skip
