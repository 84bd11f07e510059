"""Why an order covers an event, does not, or leaves it open: what it asks of the people, and who says it of
them.
"""

from __future__ import annotations

from paradero.answers.verdicts.steps.said import Asked
from paradero.law.forms.order_file import INDIVIDUAL, Condition
from paradero.law.shown.silence import other_duty


def covered_lines(asked: Asked) -> list[str]:
    """What decides it under each condition of the order, with every statement on it or that there is none;
    how many people that leaves covered.
    """
    words, verdict = asked.words, asked.verdict
    conditions = asked.variant.order.file.scope.conditions()
    instead = _instead_lines(asked)
    if not conditions:
        return [words("covers_all"), *instead]
    lines = [line for each in conditions for line in _condition_lines(each, asked)] + instead
    lo, hi = verdict.people_lo, verdict.people_hi
    if isinstance(lo, int) and (lo, hi) != (1, 1):
        form = "covered_people" if isinstance(hi, int) else "covered_people_least"
        lines.append(words(form, lo=lo, hi=hi, subject=asked.subject))
    return lines


def _instead_lines(asked: Asked) -> list[str]:
    """Of two duties of which one stands in for the other: that the other decides whether this was owed."""
    other = other_duty(asked.variant.order, asked.variant.term)
    if other is None or not _may_be_freed(asked):
        return []
    return [asked.words("covers_instead", says=asked.words.of(other.says, other.says_es).rstrip("."))]


def _may_be_freed(asked: Asked) -> bool:
    """Whether it is open that the other of two duties left nothing owed of this one."""
    shown = asked.matrix.shown(asked.variant, asked.event)
    return shown is not None and any(each.fact == "other_duty" for each in shown.lacks)


def _condition_lines(condition: Condition, asked: Asked) -> list[str]:
    words, subject = asked.words, asked.event.file.subject
    if condition.attribute == INDIVIDUAL:
        who = [asked.named(each) for each in asked.variant.order.file.scope.individuals]
        is_named = subject.people_hi == 1 and subject.id in asked.variant.order.file.scope.individuals
        is_sure = asked.verdict.is_bound is True or (is_named and _may_be_freed(asked))
        is_itself = is_sure and (is_named or set(who) == {asked.subject})
        form = "covers_itself" if is_itself else "covers_individuals"
        shown = [asked.subject] if is_itself else who
        what = words(form, who="; ".join(dict.fromkeys(shown)), subject=asked.subject)
        names = {subject.id, *asked.variant.order.file.scope.individuals}
        cited = [one for name in sorted(names) for one in asked.of(name) if ": " not in one.says]
    else:
        what = words(
            "covers_if", what=words.of(condition.what, condition.what_es), wanted=_wanted(condition, asked)
        )
        cited = [one for one in asked.of(subject.id) if one.says.startswith(f"{condition.attribute}: ")]
    said = list(dict.fromkeys(asked.said(one) for one in cited))
    if not said:
        return [what, words("nobody_says", subject=asked.subject)]
    return [what, *(words("it_is_said", said=each) for each in said)]


def _wanted(condition: Condition, asked: Asked) -> str:
    """The values that a condition asks for, as the order's file has them."""
    words = asked.words
    values = ", ".join([*(condition.is_one_of or condition.is_none_of), *condition.or_is])
    if condition.is_none_of:
        return words("wanted_none_of", values=values)
    if condition.is_dated:
        form = "wanted_before" if condition.before else "wanted_not_before"
        return words(form, day=condition.before or condition.not_before, values=values)
    return words("wanted_one_of", values=values)
