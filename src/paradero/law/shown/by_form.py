"""What is shown of every event under every term, each by the form that the term has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from paradero.law.forms.terms import Within
from paradero.law.membership import Protected
from paradero.law.shown.conditions import shown_unless
from paradero.law.shown.counted import shown_of_count
from paradero.law.shown.docket import complete_until
from paradero.law.shown.findings import shown_of_standard
from paradero.law.shown.kept import shown_of_change
from paradero.law.shown.measured import shown_of_limit
from paradero.law.shown.periods import reached_alike
from paradero.law.shown.repeated.dues import dues
from paradero.law.shown.repeated.recurring import reported
from paradero.law.shown.silence import Silence, other_duty, within_of
from paradero.law.shown.triggered.duties import (
    Duty,
    duties,
    forbidden_within,
    rows_of,
    untriggered,
    with_else,
)
from paradero.law.shown.values import Lack, Shown, Told, both, either
from paradero.law.shown.variants import Variant

ByEvent = dict[tuple[int, int], Shown]  # by the number of the variant and that of the event


def shown_by_form(
    variants: Sequence[Variant],
    told: Told,
    scope: Mapping[tuple[str, int], Protected],
    silent: Mapping[int, Silence],
) -> ByEvent:
    """The answers for the terms whose form asks more than whether the thing was done, or was done by a date.
    `silent` are the events that stand for silence, by number.
    """
    found: ByEvent = {}
    for variant in variants:
        term, order = variant.term, variant.order
        mine = {n: one for n, one in silent.items() if (one.order, one.term) == (order.id, term.id)}
        if term.standard:
            rows = {number: shown_of_standard(variant, told) for number in mine}
        elif term.requires and (within := within_of(order, term)):
            rows = _of_duties(variant, within, told, scope, silent)
        elif term.requires and term.every:
            rows = reported(
                variant,
                told,
                dues(term.every, order, told.line),
                sorted(mine, key=lambda one: mine[one].place or 0),
                complete_until(order, told.trust) if term.is_filed else None,
            )
        elif term.count:
            rows = {number: shown_of_count(variant, term.count, told, scope) for number in mine}
        elif term.forbids:
            rows = _of_forbidden(variant, told)
        else:
            rows = {}
        found |= {(variant.number, number): row for number, row in rows.items()}
    return found


def _of_forbidden(variant: Variant, told: Told) -> dict[int, Shown]:
    term = variant.term
    found: dict[int, Shown] = {}
    for number, event in told.events.items():
        if event.file.kind != term.forbids:
            continue
        parts = [shown_unless(variant, term.unless, number, event, told)] if term.unless else []
        parts += [forbidden_within(variant, term.within, event, told)] if term.within else []
        parts += [shown_of_limit(variant, term.limit, event, told)] if term.limit else []
        parts += [shown_of_change(variant, term.keeps, event, told)] if term.keeps else []
        if parts:
            found[number] = _all_of(parts)
        elif term.step:
            found[number] = Shown(is_shown=told.did(event))
    return found


def _all_of(parts: Sequence[Shown]) -> Shown:
    """What is forbidden only as all parts of the term say: a change of place, and without what had to come
    first or within the time.
    """
    if len(parts) == 1:
        return parts[0]
    is_shown = both([each.is_shown for each in parts])
    lacks = dict.fromkeys(lack for each in parts for lack in each.lacks) if is_shown is None else {}
    return replace(
        parts[0],
        is_shown=is_shown,
        is_free=either([each.is_free for each in parts]),
        lacks=tuple(lacks) or tuple(lack for each in parts if each.is_free is None for lack in each.lacks),
    )


def _of_duties(
    variant: Variant,
    within: Within,
    told: Told,
    scope: Mapping[tuple[str, int], Protected],
    silent: Mapping[int, Silence],
) -> dict[int, Shown]:
    """The answers under a duty after a trigger; with one that stands in for it, both are looked at."""
    term, order = variant.term, variant.order
    other = other_duty(order, term)
    own = _duties(variant, within, told, scope, silent)
    if other is not None:
        beside = replace(variant, term=other)
        its, is_alike = _duties(beside, within, told, scope, silent), reached_alike(variant, beside)
        first, second = (own, its) if term.within else (its, own)
        own = with_else(first, second, is_alike=is_alike)[0 if term.within else 1]
    rows = rows_of(own)
    rows |= untriggered(variant, told, rows)
    nobody = {n: one for n, one in silent.items() if (one.order, one.term) == (order.id, term.id)}
    return rows | {
        number: Shown(is_shown=None, at=(None, None), lacks=(Lack(fact="trigger"),))
        for number, one in nobody.items()
        if one.trigger is None
    }


def _duties(
    variant: Variant,
    within: Within,
    told: Told,
    scope: Mapping[tuple[str, int], Protected],
    silent: Mapping[int, Silence],
) -> list[Duty]:
    missing = {
        one.trigger: number
        for number, one in silent.items()
        if (one.order, one.term) == (variant.order.id, variant.term.id) and one.trigger is not None
    }
    bound = {n: each.answer for (name, n), each in scope.items() if name == variant.order.id}
    return duties(variant, within, told, missing, bound)


def lacks_of_records(variant: Variant) -> tuple[Lack, ...]:
    """What records leave open under a term of its own form: they say where a transfer went, and nothing of
    what came before an event, started a time, was measured, or followed.
    """
    term = variant.term
    asked: dict[str, bool] = {
        "precondition": term.unless is not None,
        "trigger": term.within is not None,
        "step": term.step is not None,
    }
    found = [Lack(fact=fact) for fact, is_asked in asked.items() if is_asked]
    found += [Lack(fact="value", name=term.limit.measure)] if term.limit else []
    found += [Lack(fact="place", name=f"to_{term.keeps.attribute}")] if term.keeps else []
    return tuple(found)
