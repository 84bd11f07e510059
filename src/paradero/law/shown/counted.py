"""For how many people something was done, of so many wanted."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

from paradero.law.events import Event
from paradero.law.forms.terms import Count
from paradero.law.membership import Protected
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
        made, did = told.span(event.done()), told.did(event)
        if did and after(made, due) is False and _is_after_order(variant, made):
            done[number] = (bound.lo, bound.hi)
        if did is False and after(made, due):
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
