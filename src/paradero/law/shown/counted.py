"""For how many people something was done, of so many wanted."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

from paradero.law.events import Event
from paradero.law.forms.terms import Count
from paradero.law.membership import Protected
from paradero.law.shown.parts import parts_given
from paradero.law.shown.values import Lack, Shown, Span, Told, after
from paradero.law.shown.variants import Variant


def shown_of_count(
    variant: Variant, count: Count, told: Told, scope: Mapping[tuple[str, int], Protected]
) -> Shown:
    """Whether too few were reached by the deadline: of a class of `n` people, as bounds, and those for whom
    it was done, or said not to have been.
    """
    due = (variant.deadline.lo, variant.deadline.hi) if variant.deadline else (None, None)
    done: dict[int, tuple[int, int | None]] = {}
    undone = 0
    for number, event in told.events.items():
        bound = scope.get((variant.order.id, number))
        if event.file.kind != variant.term.requires or event.of or bound is None or not bound.answer:
            continue
        made, did = told.span(variant.done(event)), told.did(event)
        is_meant = told.named(event, f"{variant.order.id}/{variant.term.id}") in ("named", "unsaid")
        is_whole = is_meant and parts_given(variant.term, event, told)
        in_time = after(made, due) is False and _is_after_order(variant, made)
        if did and is_whole and in_time and not _is_contradicted(variant, event, told):
            done[number] = (bound.lo, bound.hi)
        if did is False and is_meant and after(made, due) and not _is_contradicted(variant, event, told):
            undone = max(undone, bound.lo)
    least = _together({number: told.events[number] for number in done}, done, told)
    shown = is_short(count, (least, None), undone)
    return Shown(is_shown=shown, at=due, lacks=(Lack(fact="count"),) if shown is None else ())


def is_short(count: Count, done: tuple[int, int | None], undone: int = 0) -> bool | None:
    """Whether fewer were reached than wanted, for every number that the bounds leave.

    Done is `m1` to `m2` of `n1` to `n2`; at least `k`: none short if `m1 >= k`, short if `m2 < k`; all: none
    short if `m1 >= n2`, short if `m2 < n1`; those said to be undone are not done.
    """
    n1, n2 = count.people_lo, count.people_hi
    m1, m2 = done
    most = [one for one in (m2, n2 - undone if n2 is not None else None) if one is not None]
    if count.at_least is None:
        if undone > 0:  # somebody is left
            return True
        if n2 is not None and m1 >= n2:
            return False
        return True if most and n1 is not None and min(most) < n1 else None
    if m1 >= count.at_least:
        return False
    return True if most and min(most) < count.at_least else None


def _is_contradicted(variant: Variant, event: Event, told: Told) -> bool:
    """Whether somebody says that it was done for these very people before it is said not to have been, or the
    other way round.
    """
    return any(
        one.file.kind == event.file.kind
        and not one.of
        and {told.did(one), told.did(event)} == {True, False}
        and told.covers(one, event)
        and _is_done_before(variant, *((one, event) if told.did(one) else (event, one)), told)
        for one in told.events.values()
    )


def _is_done_before(variant: Variant, done: Event, denied: Event, told: Told) -> bool:
    """Whether what was done may have been before the time until which it is said not to have been."""
    return after(told.span(variant.done(done)), told.span(variant.done(denied))) is not True


def _is_after_order(variant: Variant, made: Span) -> bool:
    return made[0] is not None and variant.begin.hi is not None and made[0] >= variant.begin.hi


def _together(events: Mapping[int, Event], counts: Mapping[int, tuple[int, int | None]], told: Told) -> int:
    """How many different people at least: the largest group, or as many persons as are said to differ."""
    groups = [counts[number][0] for number, event in events.items() if event.file.subject.people_hi != 1]
    persons = [event.file.subject.id for event in events.values() if event.file.subject.people_hi == 1]
    apart = 0
    for size in range(len(persons), 0, -1):
        if any(
            all(told.links.same(a, b) is False for a, b in combinations(chosen, 2))
            for chosen in combinations(persons, size)
        ):
            apart = size
            break
    return max([*groups, apart], default=0)
