"""Steps before a breach counts: notice of it, and time to cure it."""

from __future__ import annotations

from dataclasses import replace

from paradero.law.events import Event
from paradero.law.forms.ends import Bounds, after_the_end, undone_at_the_end
from paradero.law.forms.terms import Step
from paradero.law.shown.values import Lack, Shown, Span, Told, both, either, negated, not_before
from paradero.law.shown.variants import Variant


def counted_breach(variant: Variant, step: Step, row: Shown, event: Event, told: Told) -> Shown:
    """The answer where a breach counts only after a notice of it, and is none if it is cured in time. Of a
    notice of which nobody tells it is open, for it may still come; that nothing cured it somebody has to say.
    """
    if row.is_shown is False:
        return row
    breach = _breach(variant, row, event, told)
    answers: list[bool | None] = []
    for act in told.events.values():
        if act.of or act.file.kind != step.kind or act.id == event.id or told.did(act) is False:
            continue
        named = told.named(act, f"{variant.order.id}/{variant.term.id}", event.id)
        theirs = told.covers(act, event)
        if theirs is False or named == "another":
            continue
        follows = not_before(told.span(act.done()), breach)
        whole = both(told.given(act, item) for item in step.items)
        is_of_it = None if named == "doubted" else True if named == "named" else theirs
        is_given = both((is_of_it, told.did(act), follows, whole))
        if is_given is not False:
            cured = _is_cured(variant, step, breach, act, event, told)
            # what may have been no notice of it leaves open whether anything was cured after one
            answers.append(negated(cured) if is_given else None)
    counts = None if not answers else True if True in answers else _all_false(answers)
    lacks = (Lack(fact="step"),) if counts is None else ()
    return replace(row, is_shown=both((row.is_shown, counts)), lacks=(*row.lacks, *lacks))


def _all_false(answers: list[bool | None]) -> bool | None:
    """False where every notice was followed by a cure, else open."""
    return None if None in answers else False


def _breach(variant: Variant, row: Shown, event: Event, told: Told) -> Span:
    """When the breach was: when the thing was done, or when it was due."""
    if variant.term.forbids:
        return told.span(event.moment_names()[str(variant.phase)])
    due = variant.deadline
    return row.at if row.at is not None else (due.lo, due.hi) if due is not None else (None, None)


def _is_cured(
    variant: Variant, step: Step, breach: Span, notice: Event, event: Event, told: Told
) -> bool | None:
    """Whether it was cured within the time after the notice: late is not at all, untold is open."""
    if step.cured_by is None:
        return False
    end = told.end(notice.done(), variant.court(step.length, step.rule))
    cures: list[bool | None] = []
    is_denied = False
    for act in told.events.values():
        if act.of or act.file.kind != step.cured_by or (theirs := told.covers(act, event)) is False:
            continue
        made = told.span(act.done())
        if told.did(act) is False:
            is_denied = is_denied or bool(theirs and undone_at_the_end(Bounds(*made), Bounds(*end)))
            continue
        is_late = after_the_end(Bounds(*made), Bounds(*end))
        cured = both((theirs, told.did(act), not_before(made, breach), negated(is_late)))
        if cured is False and theirs and told.did(act) and is_late:
            is_denied = True  # it came too late, and nobody tells of another
        cures.append(cured)
    found = either(cures) if cures else False
    if is_denied and found:
        return None  # done, and said not to have been
    return found if found is not False else False if is_denied else None
