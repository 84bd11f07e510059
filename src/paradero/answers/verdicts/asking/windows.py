"""The time that a request has to cover: that of the event, and of the acts on which its answer turns; of what
is owed in silence, the time in which it was to be done.
"""

from __future__ import annotations

from collections.abc import Sequence

from paradero.answers.verdicts.verdict_values import Between, DecisiveFact
from paradero.law.events import Event
from paradero.law.forms.order_file import INDIVIDUAL
from paradero.law.matrix import Matrix
from paradero.law.shown.silence import within_of
from paradero.law.shown.variants import Variant

# what comes before the event: a notice, its receipt and content, what started a time
_BEFORE = {
    "precondition",
    "precondition_time",
    "received",
    "item",
    "trigger",
    "trigger_time",
    "which",
    "step",
}

# of what is owed: what was done in its time, of this duty or of the one that stands in for it
_OWED = {"done", "count", "other_duty"}

Window = tuple[int | None, int | None]


def window_of(
    matrix: Matrix,
    variant: Variant,
    event: Event | None,
    facts: Sequence[DecisiveFact],
    lo: int | None,
    hi: int | None,
) -> Window:
    """Between which instants the records lie, for an event between `lo` and `hi`: a notice or a request may
    be as old as the order, and a cure may come until its time is over. What nobody tells of was to be done
    from its trigger, or else from the order, until it was due. What people are was so at any time before.
    """
    names = {each.fact for each in facts}
    if names <= {each.attribute for each in variant.order.file.scope.conditions()} - {INDIVIDUAL}:
        return None, hi
    if names & _BEFORE:
        lo = _first(lo, variant.begin.lo)
    is_untold = event is not None and not event.text and not event.of
    if event is not None and names & _OWED and (is_untold or "other_duty" in names):
        due = hi if hi is not None or variant.deadline is None else variant.deadline.hi
        lo = _first(due, _begun(matrix, variant, event, due))
        hi = None if due is None else due - 1  # a time that ends with a day ends on that day, not on the next
    of_acts = [each.known_between for each in facts if each.of.startswith(f"{variant.order.id}.")]
    for known in of_acts:
        if isinstance(known, Between):
            lo = _first(lo, known.lo)
            hi = max((each for each in (hi, known.hi) if each is not None), default=None)
    step = variant.term.step
    if step is not None and "step" in names and hi is not None:
        hi = variant.court(step.length, step.rule).ends(hi)[1]
    return lo, hi


def _begun(matrix: Matrix, variant: Variant, event: Event, due: int | None) -> int | None:
    """When the time began to run: at the first trigger of the same people that came by the deadline, else
    with the order.
    """
    within = within_of(variant.order, variant.term)
    if within is None:
        return variant.begin.lo
    line, subject = matrix.line_of(variant), event.file.subject.id
    triggers = [
        line.moments[each.done()].lo
        for each in matrix.events.values()
        if each.file.kind == within.after and each.file.subject.id == subject
    ]
    known = [each for each in triggers if each is not None and (due is None or each <= due)]
    return min(known, default=variant.begin.lo)


def _first(one: int | None, other: int | None) -> int | None:
    return min((each for each in (one, other) if each is not None), default=None)
