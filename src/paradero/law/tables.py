"""Orders and events as tables for the engine: terms under constructions, periods in force, conditions,
moments, and who is protected.
"""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from paradero.authored.evidence import Trust
from paradero.authored.statements import Timeline
from paradero.law.events import Event, happened
from paradero.law.matrix import Matrix
from paradero.law.scopes import part_of, people_rows, scope_rows
from paradero.law.shown.kept import is_by_purpose
from paradero.law.shown.periods import periods_of
from paradero.law.shown.values import Shown
from paradero.law.shown.variants import Variant

_BOUNDS = ("begin_lo", "begin_hi", "end_lo", "end_hi")

TERMS = pa.schema(
    [
        ("variant", pa.int64()),
        ("order_id", pa.string()),
        ("term", pa.string()),
        ("construction", pa.string()),
        ("rule", pa.string()),
        ("kind", pa.string()),
        ("phase", pa.string()),
        ("is_required", pa.bool_()),
        ("is_plain", pa.bool_()),
        ("is_conditional", pa.bool_()),
        ("names_people", pa.bool_()),
        ("begin_lo", pa.int64()),
        ("begin_hi", pa.int64()),
        ("deadline_lo", pa.int64()),
        ("deadline_hi", pa.int64()),
        ("whole_variant", pa.int64()),
        ("n_conditions", pa.int64()),
        ("all_bits", pa.int64()),
    ]
)
PERIODS = pa.schema(
    [
        ("variant", pa.int64()),
        ("is_in_force", pa.bool_()),
        ("stay", pa.string()),
        *((name, pa.int64()) for name in _BOUNDS),
    ]
)
REACH = pa.schema(
    [("order_id", pa.string()), ("stay", pa.string()), ("event_no", pa.int64()), ("reaches", pa.bool_())]
)
CONDITIONS = pa.schema(
    [
        ("order_id", pa.string()),
        ("condition_bit", pa.int64()),
        ("attribute", pa.string()),
        ("is_negated", pa.bool_()),
    ]
)
CONDITION_VALUES = pa.schema(
    [("order_id", pa.string()), ("condition_bit", pa.int64()), ("value", pa.string())]
)
EVENTS = pa.schema(
    [
        ("event_no", pa.int64()),
        ("event_row", pa.int64()),
        ("person_no", pa.int64()),
        ("subject", pa.string()),
        ("kind", pa.string()),
        ("phase", pa.string()),
        ("happened", pa.bool_()),
        ("lo", pa.int64()),
        ("hi", pa.int64()),
    ]
)
SCOPE = pa.schema(
    [
        ("order_id", pa.string()),
        ("event_no", pa.int64()),
        ("is_protected", pa.bool_()),
        ("unknown_bits", pa.int64()),
        ("is_silent", pa.bool_()),
        ("people_lo", pa.int64()),
        ("people_hi", pa.int64()),
    ]
)
ANSWERS = pa.schema(
    [
        ("variant", pa.int64()),
        ("event_no", pa.int64()),
        ("is_shown", pa.bool_()),
        ("is_free", pa.bool_()),
        ("has_at", pa.bool_()),
        ("at_lo", pa.int64()),
        ("at_hi", pa.int64()),
        ("has_margin", pa.bool_()),
        ("margin_lo", pa.int64()),
        ("margin_hi", pa.int64()),
    ]
)
KEPT = pa.schema(
    [
        ("variant", pa.int64()),
        ("attribute", pa.string()),
        ("value", pa.string()),
        ("is_purposive", pa.bool_()),
    ]
)
INDIVIDUALS = pa.schema([("order_id", pa.string()), ("individual_no", pa.int64())])
LINKS = pa.schema(
    [*INDIVIDUALS, ("release", pa.string()), ("unique_identifier", pa.string()), ("is_same", pa.bool_())]
)


def tables_of(matrix: Matrix) -> dict[str, pa.Table]:
    """Orders and events as the tables that the steps read."""
    orders, line = list(matrix.orders.values()), matrix.timeline
    conditions: list[dict[str, Any]] = []
    values: list[dict[str, Any]] = []
    for order in orders:
        for place, condition in enumerate(order.file.scope.conditions()):
            at = {"order_id": order.id, "condition_bit": 1 << place}
            conditions.append(
                {
                    **at,
                    # records state no date that a class asks for: nothing of theirs may match it
                    "attribute": f"date of {condition.attribute}"
                    if condition.is_dated
                    else condition.attribute,
                    "is_negated": bool(condition.is_none_of),
                }
            )
            values += [{**at, "value": value} for value in condition.is_one_of or condition.is_none_of]
    people, links = people_rows(orders, matrix.links)
    return {
        "order_terms": pa.Table.from_pylist([_term_row(each) for each in matrix.variants], schema=TERMS),
        "order_periods": pa.Table.from_pylist(
            [row for each in matrix.variants for row in _periods(each, line)], schema=PERIODS
        ),
        "order_conditions": pa.Table.from_pylist(conditions, schema=CONDITIONS),
        "order_condition_values": pa.Table.from_pylist(values, schema=CONDITION_VALUES),
        "stated_events": pa.Table.from_pylist(
            [
                row
                for number, event in matrix.events.items()
                for row in _event_rows(number, event, line, matrix.trust)
            ],
            schema=EVENTS,
        ),
        "stated_scope": pa.Table.from_pylist(scope_rows(matrix.scope), schema=SCOPE),
        "term_answers": pa.Table.from_pylist(
            [_answer_row(variant, number, shown) for (variant, number), shown in matrix.answers.items()],
            schema=ANSWERS,
        ),
        "kept_values": pa.Table.from_pylist(
            [row for each in matrix.variants for row in _kept_rows(each)], schema=KEPT
        ),
        "stay_reach": pa.Table.from_pylist(reach_rows(matrix), schema=REACH),
        "order_individuals": pa.Table.from_pylist(people, schema=INDIVIDUALS),
        "order_links": pa.Table.from_pylist(links, schema=LINKS),
    }


def _term_row(variant: Variant) -> dict[str, Any]:
    n_conditions = len(variant.order.file.scope.conditions())
    term = variant.term
    return {
        "variant": variant.number,
        "order_id": variant.order.id,
        "term": variant.term.id,
        "construction": variant.construction,
        "rule": variant.term.rule or None,
        "kind": term.kind,
        "phase": variant.phase,
        "is_required": term.requires is not None or bool(term.standard),
        "is_plain": not (term.unless or term.within or term.limit or term.keeps or term.step),
        "is_conditional": bool(term.unless or term.within),
        "names_people": bool(variant.order.file.scope.individuals),
        "begin_lo": variant.begin.lo,
        "begin_hi": variant.begin.hi,
        "deadline_lo": variant.deadline.lo if variant.deadline else None,
        "deadline_hi": variant.deadline.hi if variant.deadline else None,
        "whole_variant": variant.whole,
        "n_conditions": n_conditions,
        "all_bits": (1 << n_conditions) - 1,
    }


def _answer_row(variant: int, number: int, shown: Shown) -> dict[str, Any]:
    at, margin = shown.at or (None, None), shown.margin or (None, None)
    return {
        "variant": variant,
        "event_no": number,
        "is_shown": shown.is_shown,
        "is_free": shown.is_free,
        "has_at": shown.at is not None,
        "at_lo": at[0],
        "at_hi": at[1],
        "has_margin": shown.margin is not None,
        "margin_lo": margin[0],
        "margin_hi": margin[1],
    }


def _kept_rows(variant: Variant) -> list[dict[str, Any]]:
    """The values of what a term keeps as it is, and whether the construction reads it by its purpose."""
    keeps = variant.term.keeps
    if keeps is None:
        return []
    return [
        {
            "variant": variant.number,
            "attribute": keeps.attribute,
            "value": value,
            "is_purposive": is_by_purpose(variant, keeps),
        }
        for value in keeps.values
    ]


def reach_rows(matrix: Matrix) -> list[dict[str, Any]]:
    """Whether a stay of part of a class reaches the people of each event stated in a file."""
    return [
        {
            "order_id": order.id,
            "stay": act.id,
            "event_no": number,
            "reaches": part_of(order, act, event, matrix.links, matrix.trust).reaches,
        }
        for order in matrix.orders.values()
        for act in order.file.act
        if act.condition
        for number, event in matrix.events.items()
    ]


def _periods(variant: Variant, line: Timeline) -> list[dict[str, Any]]:
    return [
        {
            "variant": variant.number,
            "is_in_force": each.is_in_force,
            "stay": each.stay,
            **dict(zip(_BOUNDS, each.bounds, strict=True)),
        }
        for each in periods_of(variant, line)
    ]


def _event_rows(number: int, event: Event, line: Timeline, trust: Trust) -> list[dict[str, Any]]:
    rows = []
    for phase, name in event.moment_names().items():
        moment = line.moments[name]
        rows.append(
            {
                "event_no": number,
                "event_row": None,
                "person_no": None,
                "subject": event.file.subject.id,
                "kind": event.file.kind,
                "phase": phase,
                "happened": happened(event.file, trusted=trust.evidence, without=trust.without),
                "lo": moment.lo,
                "hi": moment.hi,
            }
        )
    return rows
