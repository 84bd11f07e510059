"""Why an order covers an event, does not, or leaves it open: what it asks of the people, and who says it of
them.
"""

from __future__ import annotations

from paradero.answers.verdicts.steps.said import Asked
from paradero.law.forms.order_file import INDIVIDUAL, Condition


def covered_lines(asked: Asked) -> list[str]:
    """What decides it under each condition of the order, with every statement on it or that there is none;
    how many people that leaves covered.
    """
    words, verdict = asked.words, asked.verdict
    conditions = asked.variant.order.file.scope.conditions()
    if not conditions:
        return [words("covers_all")]
    lines = [line for each in conditions for line in _condition_lines(each, asked)]
    lo, hi = verdict.people_lo, verdict.people_hi
    if isinstance(lo, int) and (lo, hi) != (1, 1):
        form = "covered_people" if isinstance(hi, int) else "covered_people_least"
        lines.append(words(form, lo=lo, hi=hi, subject=asked.subject))
    return lines


def _condition_lines(condition: Condition, asked: Asked) -> list[str]:
    words, subject = asked.words, asked.event.file.subject
    if condition.attribute == INDIVIDUAL:
        who = [asked.named(each) for each in asked.variant.order.file.scope.individuals]
        is_itself = asked.verdict.is_bound is True and set(who) == {asked.subject}
        form = "covers_itself" if is_itself else "covers_individuals"
        what = words(form, who="; ".join(dict.fromkeys(who)), subject=asked.subject)
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
