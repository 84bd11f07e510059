"""Why the record shows what an order forbids, does not, or leaves it open."""

from __future__ import annotations

from paradero.answers.verdicts.steps.said import Asked
from paradero.answers.verdicts.verdict_values import DecisiveFact, Verdict
from paradero.answers.words import Words


def shown_lines(asked: Asked) -> list[str]:
    """Who says that it happened or that it did not; where it is open, which facts of the record it waits
    for.
    """
    words, verdict = asked.words, asked.verdict
    cited = asked.of(asked.event.id)
    lines = []
    for form, says in (("happened_says", "it happened"), ("not_happened_says", "it did not happen")):
        who = [
            words("who", by=one.by, kind=words(f"kind_{one.evidence}")) for one in cited if one.says == says
        ]
        lines += [words(form, who="; ".join(dict.fromkeys(who)))] if who else []
    if not lines and not asked.variant.term.standard:
        lines.append(words("happened_nobody"))
    waits = [words.of(each.what, each.what_es) for each in _of_what_is_shown(asked)]
    if verdict.is_shown is None and waits:
        lines.append(words("shown_open", facts="; ".join(waits)))
    return lines


def _of_what_is_shown(asked: Asked) -> list[DecisiveFact]:
    """The decisive facts that are not of the people covered, nor of the order's own times, nor of another
    duty.
    """
    others = {each.attribute for each in asked.variant.order.file.scope.conditions()} | {
        "people",
        "other_duty",
    }
    others |= set(asked.variant.acts) | {asked.variant.phase or ""}
    return [each for each in asked.verdict.decisive_facts if each.fact not in others]


def together_line(verdict: Verdict, words: Words) -> list[str]:
    """Of several open questions: that no one answer settles the verdict."""
    asked = [each.question for each in verdict.if_answered]
    if len(asked) < 2 or "violated" not in verdict.possible or verdict.nature == "indicator":
        return []
    needed = words("and").join(words(f"needs_{each}") for each in asked)
    return [words("together", needed=needed)]
