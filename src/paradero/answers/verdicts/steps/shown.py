"""Why the record shows what an order forbids, does not, or leaves it open; and how far from the line it
lies.
"""

from __future__ import annotations

from paradero.answers.verdicts.steps.said import Asked
from paradero.answers.verdicts.verdict_values import DecisiveFact, Margin, Verdict
from paradero.answers.words import Words
from paradero.law.shown.variants import Variant

_DAY_MIN, _TWO_DAYS_MIN = 1440, 2880


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
    """The decisive facts that are not of the people covered, nor of the order's own times."""
    others = {each.attribute for each in asked.variant.order.file.scope.conditions()} | {"people"}
    others |= set(asked.variant.acts) | {asked.variant.phase or ""}
    return [each for each in asked.verdict.decisive_facts if each.fact not in others]


def margin_line(margin: Margin, words: Words, variant: Variant | None = None) -> str:
    """How far past the line, in the largest unit that says it: from two days on in days, the minutes behind.
    The line is the beginning of an order that forbids plainly, the deadline of what is due by an act, else
    the limit.
    """
    if not margin.is_known:
        return words("margin_unknown")
    of = _line_of(variant)
    lo, hi = margin.lo, margin.hi
    if lo is None or hi is None:
        form = "margin"
    elif lo >= 0:
        form = "margin_past"
    elif hi <= 0:
        form, lo, hi = "margin_within", -lo, -hi
    else:
        form, lo = "margin_both", -lo
    unit = words(margin.unit)
    texts = {"lo": _number(lo, words), "hi": _number(hi, words)}
    if margin.unit == "minutes" and lo is not None and hi is not None and min(lo, hi) >= _TWO_DAYS_MIN:
        first, last = (texts["hi"], texts["lo"]) if form == "margin_within" else (texts["lo"], texts["hi"])
        unit = f"{words('days')} ({first} {words('to')} {last} {unit})"
        texts = {"lo": _number(lo / _DAY_MIN, words), "hi": _number(hi / _DAY_MIN, words)}
    return words(f"{form}{of}", **texts, unit=unit)


def _line_of(variant: Variant | None) -> str:
    """From what a margin is measured, as the ending of its words."""
    if variant is None or variant.term.rule or variant.term.unless or variant.term.limit:
        return ""
    if variant.term.requires:
        return "_deadline" if variant.deadline is not None else ""
    return "_order" if variant.term.is_simple else ""


def _number(value: float | None, words: Words) -> str:
    return words("no_bound") if value is None else f"{value:,.1f}".removesuffix(".0")


def together_line(verdict: Verdict, words: Words) -> list[str]:
    """Of several open questions: that no one answer settles the verdict."""
    asked = [each.question for each in verdict.if_answered]
    if len(asked) < 2 or "violated" not in verdict.possible or verdict.nature == "indicator":
        return []
    needed = words("and").join(words(f"needs_{each}") for each in asked)
    return [words("together", needed=needed)]
