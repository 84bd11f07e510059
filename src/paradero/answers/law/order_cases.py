"""Worked cases of orders: run through the very steps that events run through."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from paradero.authored.declared import AuthoredError, place_in
from paradero.authored.evidence import Trust
from paradero.authored.statements import Said, read_said
from paradero.engines.lending import lent
from paradero.law.events import PHASES, Answers, Attribute, Event, EventFile, Outcome, Subject, in_order
from paradero.law.matrix import matrix_of
from paradero.law.order_judging import give_matrix, judge_events
from paradero.law.orders import Order, OrderCase
from paradero.law.rules import CaseResult, case_result
from paradero.model.verdicts import Verdict


def run_order_cases(orders: Sequence[Order]) -> list[CaseResult]:
    """Run the worked cases of orders; raises AuthoredError where one cannot be run.

    An order without any is refused: it has to say what it means. Only where all its terms bind to rules the
    cases of those rules are enough.
    """
    for order in orders:
        if not order.file.case and not all(term.rule for term in order.file.term):
            raise AuthoredError(
                f"{order.place} line 1: the order has no [[case]], and is not used before its worked cases"
                " hold. Add one."
            )
    with lent(threads=1) as connection:
        return [result for order in orders if order.file.case for result in _run(order, connection)]


def _run(order: Order, connection: duckdb.DuckDBPyConnection) -> list[CaseResult]:
    events = [_event(order, number, case) for number, case in enumerate(order.file.case)]
    matrix = matrix_of([order], events, Trust(), as_cases=True)
    give_matrix(connection, matrix, with_records=False)
    found = judge_events(connection).project("event_no, variant, verdict").fetchall()
    names = {
        variant.number: "/".join(part for part in (variant.term.id, variant.construction) if part)
        for variant in matrix.variants
    }
    results = []
    for number, case in enumerate(order.file.case):
        got = {names[variant]: verdict for event_no, variant, verdict in found if event_no == -1 - number}
        wrong = [
            f"{name}: the case says {case.verdicts[name]}; the verdict is {got.get(name, 'none')}"
            for name in case.verdicts
            if got.get(name) != case.verdicts[name]
        ]
        wrong += [
            f"{name}: the verdict is {verdict}, which the case does not list"
            for name, verdict in sorted(got.items())
            if name not in case.verdicts
        ]
        results.append(case_result(order.id, case.title, wrong))
    return results


def _event(order: Order, number: int, case: OrderCase) -> Event:
    place = place_in(order.text, order.place, ["case", number, "title"])
    unknown = sorted(set(case.moments) - set(PHASES[case.kind]))
    if unknown:
        raise AuthoredError(
            f"{place}: no phase of a {case.kind}: {', '.join(unknown)}. Use {', '.join(PHASES[case.kind])}."
        )
    bad = sorted(set(case.verdicts.values()) - set(Verdict))
    if bad:
        raise AuthoredError(f"{place}: not a verdict: {', '.join(bad)}. Use {', '.join(Verdict)}.")
    name = f"case{number}"
    attributes = [
        Attribute(name=key, is_one_of=values, by="the case", evidence="court", seen=[])
        for key, values in case.attributes.items()
    ]
    outcome = (
        []
        if case.happened is None
        else [Outcome(happened=case.happened, by="the case", evidence="court", seen=[])]
    )
    subject = Subject(id=name, what=case.title, what_es=case.title, attribute=attributes)
    terms = [f"{order.id}/{term.id}" for term in order.file.term if term.requires == case.kind]
    answers = [Answers(terms=terms, by="the case", evidence="court", seen=[])] if terms else []
    declared = EventFile(
        id=name,
        what=case.title,
        what_es=case.title,
        kind=case.kind,
        subject=subject,
        outcome=outcome,
        answers=answers,
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
        text=case.title,
        statements=tuple(said),
        relations=tuple(in_order(name, PHASES[case.kind])),
    )
