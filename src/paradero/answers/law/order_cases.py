"""Worked cases of orders: run through the very steps that events run through."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb

from paradero.authored.declared import place_in
from paradero.authored.evidence import Trust
from paradero.authored.statements import Said, read_said
from paradero.engines.lending import lent
from paradero.law.events import Event, in_order
from paradero.law.forms.event_file import Answers, Attribute, EventFile, Item, Outcome, Subject, Value
from paradero.law.forms.order_file import CaseEvent, OrderCase
from paradero.law.matrix import matrix_of
from paradero.law.order_judging import give_matrix, judge_events
from paradero.law.orders import Order
from paradero.law.rules import CaseResult, case_result
from paradero.model.naming import nearest


def run_order_cases(orders: Sequence[Order]) -> list[CaseResult]:
    """Run the worked cases of orders; raises AuthoredError where one cannot be run. That an order has none is
    told beside it (`remarks`).
    """
    with lent(threads=1) as connection:
        return [result for order in orders if order.file.case for result in _run(order, connection)]


def _run(order: Order, connection: duckdb.DuckDBPyConnection) -> list[CaseResult]:
    cases = order.file.case
    if any(not term.is_simple for term in order.file.term) or any(case.also for case in cases):
        return [_run_alone(order, case, number, connection) for number, case in enumerate(cases)]
    events = [_event(order, number, case) for number, case in enumerate(cases)]
    found = _judged(order, events, connection, apart=True)
    return [
        _result(
            order, case, {name: verdict for (name, at), verdict in found.items() if at == events[number].id}
        )
        for number, case in enumerate(cases)
    ]


def _run_alone(
    order: Order, case: OrderCase, number: int, connection: duckdb.DuckDBPyConnection
) -> CaseResult:
    """A case whose terms look beyond one event has a world of its own, with all that it says happened."""
    first = _event(order, number, case, name="event")
    also = [_also(order, number, each, place) for place, each in enumerate(case.also, 1)]
    found = _judged(order, [first, *also], connection, apart=False)
    ids = {each.id: f"@{place}" if place else "" for place, each in enumerate([first, *also])}
    return _result(
        order, case, {f"{name}{ids.get(at, f'@{at}')}": verdict for (name, at), verdict in found.items()}
    )


def _judged(
    order: Order, events: Sequence[Event], connection: duckdb.DuckDBPyConnection, *, apart: bool
) -> dict[tuple[str, str], str]:
    """The verdicts by `term/construction` and the id of the event."""
    matrix = matrix_of([order], events, Trust(), as_cases=True, apart=apart)
    give_matrix(connection, matrix, with_records=False)
    rows = judge_events(connection).project("event_no, variant, verdict").fetchall()
    names = {
        variant.number: "/".join(part for part in (variant.term.id, variant.construction) if part)
        for variant in matrix.variants
    }
    listed = {name.partition("@")[0] for case in order.file.case for name in case.verdicts}
    return {
        (names[variant], matrix.events[event_no].id): verdict
        for event_no, variant, verdict in rows
        if not matrix.events[event_no].of
        # a way of counting that nobody states need not be listed: the answer for all of them is
        and (matrix.variants[variant].timing is None or names[variant] in listed)
    }


def _result(order: Order, case: OrderCase, got: Mapping[str, str]) -> CaseResult:
    wrong = [
        f"{name}: the case says {said}; the verdict is {got[name]}"
        if name in got
        else f"{name}: the case says {said}; there is no such verdict. {_meant(name, got)}"
        for name, said in case.verdicts.items()
        if got.get(name) != said
    ]
    unlisted = [f"{name}: {verdict}" for name, verdict in sorted(got.items()) if name not in case.verdicts]
    if not case.lists_all:
        return case_result(order.id, case.title, wrong, unlisted)
    wrong += [f"{each}, which the case, that lists all of them, does not list" for each in unlisted]
    return case_result(order.id, case.title, wrong)


def _meant(name: str, got: Mapping[str, str]) -> str:
    """The verdicts that there are, those with a near name first."""
    near = nearest(name, got)
    hint = f"Did you mean {' or '.join(f'`{each}`' for each in near)}? " if near else ""
    return f"{hint}The verdicts are on {', '.join(sorted(got))}."


def _event(order: Order, number: int, case: OrderCase, name: str = "") -> Event:
    place = place_in(order.text, order.place, ["case", number, "title"])
    name = name or f"case{number}"
    terms = [f"{order.id}/{term.id}" for term in order.file.term if term.requires == case.kind]
    answers = [Answers(terms=terms, by="the case", evidence="court", seen=[])] if terms else []
    return _made(
        order,
        case,
        name=name,
        subject=name,
        title=case.title,
        place=place,
        answers=answers,
        values=case.values,
    )


def _also(order: Order, number: int, also: CaseEvent, which: int) -> Event:
    place = place_in(order.text, order.place, ["case", number, "title"])
    title = f"{order.file.case[number].title} ({which})"
    return _made(order, also, name=f"also{which}", subject=also.subject or "event", title=title, place=place)


def _made(
    order: Order,
    case: OrderCase | CaseEvent,
    *,
    name: str,
    subject: str,
    title: str,
    place: str,
    answers: Sequence[Answers] = (),
    values: Sequence[Value] = (),
) -> Event:
    """An event of a case, stated by the case itself."""
    moments = Event.moments_of(name, case.kind)
    attributes = [
        Attribute(name=key, is_one_of=values, by="the case", evidence="court", seen=[])
        for key, values in case.attributes.items()
    ]
    outcome = (
        []
        if case.happened is None
        else [Outcome(happened=case.happened, by="the case", evidence="court", seen=[])]
    )
    declared = EventFile(
        id=name,
        what=title,
        what_es=title,
        kind=case.kind,
        subject=Subject(id=subject, what=title, what_es=title, attribute=attributes),
        outcome=outcome,
        answers=list(answers),
        item=[
            Item(name=item, given=given, by="the case", evidence="court", seen=[])
            for item, given in case.items.items()
        ],
        value=list(values),
    )
    said = [
        read_said(
            Said(by="the case", evidence="court", seen=[], time=time),
            id=f"{name}.{phase}#0",
            of=f"{name}.{phase}",
            zones=order.file.zones,
            place=place,
        )
        for phase, time in case.moments.items()
    ]
    return Event(
        file=declared,
        place=place,
        text=title,
        statements=tuple(said),
        relations=tuple(in_order(name, tuple(moments))),
    )
