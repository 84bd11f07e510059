"""Why the record shows what an order forbids, does not, or leaves it open."""

from __future__ import annotations

from paradero.answers.verdicts.steps.said import Asked
from paradero.answers.verdicts.verdict_values import DecisiveFact, Verdict
from paradero.answers.words import Words
from paradero.law.events import happened
from paradero.law.forms.event_file import Subject


def shown_lines(asked: Asked) -> list[str]:
    """Who says that it happened or that it did not; where it is open, which facts of the record it waits
    for.
    """
    words, verdict = asked.words, asked.verdict
    lines = _counted_lines(asked) if asked.variant.term.count else _told_lines(asked)
    waits = [words.of(each.what, each.what_es) for each in _of_what_is_shown(asked)]
    if verdict.is_shown is None and waits:
        lines.append(words("shown_open", facts="; ".join(waits)))
    return lines


def _told_lines(asked: Asked) -> list[str]:
    words, cited = asked.words, asked.of(asked.event.id)
    lines = []
    for form, says in (("happened_says", "it happened"), ("not_happened_says", "it did not happen")):
        who = [
            words("who", by=one.by, kind=words(f"kind_{one.evidence}")) for one in cited if one.says == says
        ]
        lines += [words(form, who="; ".join(dict.fromkeys(who)))] if who else []
    if not lines and not asked.variant.term.standard:
        lines.append(words("happened_nobody"))
    return lines


def _counted_lines(asked: Asked) -> list[str]:
    """For whom each source says that it was done, or that it was not; a count is put together from them."""
    words, matrix = asked.words, asked.matrix
    lines = []
    for event in matrix.events.values():
        who = [
            words("who", by=one.by, kind=words(f"kind_{one.evidence}"))
            for one in asked.of(event.id)
            if one.says in ("it happened", "it did not happen")
        ]
        if event.id == asked.event.id or not who:
            continue
        people = people_in_words(event.file.subject, words)
        span = asked.span(matrix.timeline.moments[asked.variant.done(event)])
        did = happened(event.file, trusted=matrix.trust.evidence, without=matrix.trust.without)
        form = {True: "counted_done", False: "counted_undone", None: "counted_disputed_act"}[did]
        what = words.of(event.file.what, event.file.what_es)
        said = "; ".join(dict.fromkeys(who))
        lines.append(words(form, what=what, people=people, bounds=span, who=said))
    return [words("counted_of"), *lines] if lines else [words("counted_nobody")]


def people_in_words(subject: Subject, words: Words) -> str:
    """How many people, as bounds."""
    lo, hi = subject.people_lo, subject.people_hi
    if lo == hi and lo is not None:
        return words("people_one" if lo == 1 else "people_exactly", lo=lo)
    form = {(True, True): "people_between", (True, False): "people_least", (False, True): "people_most"}
    return words(form.get((lo is not None, hi is not None), "people_untold"), lo=lo, hi=hi)


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
