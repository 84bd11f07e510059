"""For how many people something was done, of so many wanted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from itertools import combinations

from paradero.law.events import Event
from paradero.law.forms.terms import Count
from paradero.law.membership import Protected
from paradero.law.shown.parts import parts_given
from paradero.law.shown.values import Lack, Shown, Span, Told, after
from paradero.law.shown.variants import Variant


@dataclass(slots=True)
class _Reached:
    """For how many of the class, at least, it was done in time, it was certainly done too late, and it is
    said not to have been done; and for how many, at most, it may have been in time: by the number of the
    event.
    """

    done: dict[int, int] = field(default_factory=dict)
    late: dict[int, int] = field(default_factory=dict)
    denied: dict[int, int] = field(default_factory=dict)
    perhaps: dict[int, int | None] = field(default_factory=dict)


def shown_of_count(
    variant: Variant, count: Count, told: Told, scope: Mapping[tuple[str, int], Protected]
) -> Shown:
    """Whether too few were reached by the deadline: of a class of `n` people, as bounds, those for whom it
    was done, and those for whom it was done too late, or said not to have been.
    """
    due = (variant.deadline.lo, variant.deadline.hi) if variant.deadline else (None, None)
    reached = _reached(variant, due, told, scope)
    apart = _apart(reached, told)
    shown = is_short(count, (heaviest(reached.done, apart), None), _undone(reached, apart))
    return Shown(is_shown=shown, at=due, lacks=(Lack(fact="count"),) if shown is None else ())


def _reached(variant: Variant, due: Span, told: Told, scope: Mapping[tuple[str, int], Protected]) -> _Reached:
    found = _Reached()
    for number, event in told.events.items():
        bound = scope.get((variant.order.id, number))
        if event.file.kind != variant.term.requires or event.of or bound is None or bound.answer is False:
            continue
        made, did = told.span(variant.done(event)), told.did(event)
        named = told.named(event, f"{variant.order.id}/{variant.term.id}")
        is_late, parts = after(made, due), parts_given(variant.term, event, told)
        if not is_late and did is not False and named != "another" and parts is not False:
            found.perhaps[number] = bound.hi
        if not bound.answer or named not in ("named", "unsaid"):
            continue
        if did and is_late:
            found.late[number] = bound.lo
        elif did and is_late is False and parts and _is_after_order(variant, made):
            if not _is_contradicted(variant, event, due, told):
                found.done[number] = bound.lo
        elif did is False and is_late and not _is_contradicted(variant, event, due, told):
            found.denied[number] = bound.lo
    return found


def _undone(reached: _Reached, apart: Mapping[int, Set[int]]) -> int:
    """For how many it was not done in time, at least. Those reached too late may have been reached in time
    besides, as far as nobody says that these are others; of those said not to have been, nobody was.
    """

    def beside(numbers: Iterable[int], least: int) -> int:
        """How many are left of these if as many as may be were reached in time, too."""
        his = [hi for each, hi in reached.perhaps.items() if any(each not in apart[one] for one in numbers)]
        return max(0, least - sum(hi for hi in his if hi is not None)) if None not in his else 0

    each = {number: beside([number], least) for number, least in reached.late.items()}
    together = beside(reached.late, heaviest(reached.late, apart))
    return max(heaviest(each | reached.denied, apart), together)


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


def heaviest(weights: Mapping[int, int], apart: Mapping[int, Set[int]], above: int = 0) -> int:
    """How many different people at least: the most in groups that are apart from each other; anything up to
    `above` where they are no more than that.
    """
    free = [one for one in weights if weights.keys() <= apart[one] | {one}]  # apart from all: always added
    sure = sum(weights[one] for one in free)
    rest = {one: weights[one] for one in weights if one not in free}
    best = 0
    for first in sorted(rest, key=lambda one: (-weights[one], one)):
        if _at_most(rest, apart) <= max(best, above - sure):
            break
        del rest[first]
        beside = {one: its for one, its in rest.items() if one in apart[first]}
        more = heaviest(beside, apart, max(best, above - sure) - weights[first])
        best = max(best, weights[first] + more)
    return sure + best


def _at_most(weights: Mapping[int, int], apart: Mapping[int, Set[int]]) -> int:
    """No more than these can be in groups apart from each other: of groups none of which is apart from
    another, one counts.
    """
    alike: list[list[int]] = []
    for one in sorted(weights, key=lambda each: (-weights[each], each)):
        mine = next((each for each in alike if not apart[one] & set(each)), None)
        if mine is None:
            alike.append([one])
        else:
            mine.append(one)
    return sum(weights[each[0]] for each in alike)


def _apart(reached: _Reached, told: Told) -> dict[int, set[int]]:
    """The acts that are said to be about other people than an act is, by number."""
    found: dict[int, set[int]] = {
        number: set() for number in {*reached.done, *reached.late, *reached.denied, *reached.perhaps}
    }
    for a, b in combinations(sorted(found), 2):
        if _are_others(told.events[a], told.events[b], told):
            found[a].add(b)
            found[b].add(a)
    return found


def _are_others(one: Event, other: Event, told: Told) -> bool:
    """Whether nobody can be a subject of both events: somebody says so of the two groups, of a group and a
    person, or of two persons.
    """
    its, theirs = one.file.subject, other.file.subject
    if its.people_hi == theirs.people_hi == 1:
        return told.links.same(its.id, theirs.id) is False
    if its.people_hi == 1:
        return told.links.among((other.id, theirs.id), its.id) is False
    if theirs.people_hi == 1:
        return told.links.among((one.id, its.id), theirs.id) is False
    return told.links.are_disjoint((one.id, its.id), (other.id, theirs.id))


def _is_contradicted(variant: Variant, event: Event, due: Span, told: Told) -> bool:
    """Whether somebody says that it was done for these very people before it is said not to have been, or the
    other way round; what was done too late makes no difference.
    """
    return any(
        one.file.kind == event.file.kind
        and not one.of
        and {told.did(one), told.did(event)} == {True, False}
        and not (told.did(one) and after(told.span(variant.done(one)), due))
        and told.covers(one, event)
        and _is_done_before(variant, *((one, event) if told.did(one) else (event, one)), told)
        for one in told.events.values()
    )


def _is_done_before(variant: Variant, done: Event, denied: Event, told: Told) -> bool:
    """Whether what was done may have been before the time until which it is said not to have been."""
    return after(told.span(variant.done(done)), told.span(variant.done(denied))) is not True


def _is_after_order(variant: Variant, made: Span) -> bool:
    return made[0] is not None and variant.begin.hi is not None and made[0] >= variant.begin.hi
