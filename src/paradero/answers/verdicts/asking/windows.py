"""The time that a request has to cover: that of the event, and of the acts on which its answer turns."""

from __future__ import annotations

from collections.abc import Sequence

from paradero.answers.verdicts.verdict_values import DecisiveFact
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

Window = tuple[int | None, int | None]


def window_of(variant: Variant, facts: Sequence[DecisiveFact], lo: int | None, hi: int | None) -> Window:
    """Between which instants the records lie, for an event between `lo` and `hi`: a notice or a request may
    be as old as the order, and a cure may come until its time is over.
    """
    names = {each.fact for each in facts}
    if names & _BEFORE:
        lo = min((each for each in (lo, variant.begin.lo) if each is not None), default=None)
    step = variant.term.step
    if step is not None and "step" in names and hi is not None:
        hi = variant.court(step.length, step.rule).ends(hi)[1]
    return lo, hi
