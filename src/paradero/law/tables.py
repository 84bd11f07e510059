"""Orders and events as tables for the engine: terms under constructions, periods in force, conditions,
moments, and who is protected.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from paradero.authored.evidence import Trust
from paradero.authored.statements import Timeline
from paradero.law.events import PHASES, Event, happened
from paradero.law.matrix import Matrix, Variant
from paradero.law.rules import ALWAYS_US, NEVER_US
from paradero.law.scopes import people_rows, scope_rows
from paradero.model.time.moments import Moment

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
        ("names_people", pa.bool_()),
        ("begin_lo", pa.int64()),
        ("begin_hi", pa.int64()),
        ("deadline_lo", pa.int64()),
        ("deadline_hi", pa.int64()),
        ("n_conditions", pa.int64()),
        ("all_bits", pa.int64()),
    ]
)
PERIODS = pa.schema(
    [("variant", pa.int64()), ("is_in_force", pa.bool_()), *((name, pa.int64()) for name in _BOUNDS)]
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
ANSWERS = pa.schema([("variant", pa.int64()), ("event_no", pa.int64()), ("is_shown", pa.bool_())])
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
                {**at, "attribute": condition.attribute, "is_negated": bool(condition.is_none_of)}
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
            [
                {"variant": variant, "event_no": number, "is_shown": shown}
                for (variant, number), shown in matrix.answers.items()
            ],
            schema=ANSWERS,
        ),
        "order_individuals": pa.Table.from_pylist(people, schema=INDIVIDUALS),
        "order_links": pa.Table.from_pylist(links, schema=LINKS),
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A time in which an order was in force, or was not although it would have been: the bounds of its begin
    and of its end.
    """

    is_in_force: bool
    bounds: tuple[int | None, int | None, int | None, int | None]


def periods_of(variant: Variant, line: Timeline) -> list[Period]:
    """In force until it expires and through each extension; not while stayed or vacated, nor after it was
    superseded.
    """
    order, names = variant.order.file, variant.order.moment_names()
    extended = {act.until for act in order.act if act.does == "extends"}
    expiries = [
        line.moments[names[act.id]] for act in order.act if act.does == "expires" and act.id not in extended
    ]
    found = [_period(True, (ALWAYS_US, ALWAYS_US), _earliest(expiries))]
    for act in order.act:
        moment = line.moments[names[act.id]]
        begin = (moment.lo, moment.hi)
        if act.does == "extends":
            until = line.moments[names[act.until]]
            found.append(_period(True, begin, (until.lo, until.hi)))
        elif act.does in ("stays", "vacates"):
            ends = [
                line.moments[names[each.id]]
                for each in order.act
                if each.does == "resumes" and each.of == act.id
            ]
            if (
                ends and variant.term.by
                # whether a deadline that fell inside was void, ran on or was due at once when it was lifted,
                # nobody says
            ):
                begin = (moment.lo, NEVER_US)
            found.append(_period(False, begin, _earliest(ends)))
        elif act.does == "supersedes":
            found.append(_period(False, begin, (NEVER_US, NEVER_US)))
    return found


def _earliest(moments: Sequence[Moment]) -> tuple[int | None, int | None]:
    """Bounds of the earliest of some moments; never, where there is none."""
    if not moments:
        return NEVER_US, NEVER_US
    los = [each.lo for each in moments]
    his = [each.hi for each in moments if each.hi is not None]
    return (None if None in los else min(lo for lo in los if lo is not None)), min(his, default=None)


def _period(
    is_in_force: bool, begin: tuple[int | None, int | None], end: tuple[int | None, int | None]
) -> Period:
    return Period(is_in_force=is_in_force, bounds=(*begin, *end))


def _periods(variant: Variant, line: Timeline) -> list[dict[str, Any]]:
    return [
        {
            "variant": variant.number,
            "is_in_force": each.is_in_force,
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
