"""What would settle a verdict, in a line: where it would be written, how it is asked for, what is known."""

from __future__ import annotations

from collections.abc import Iterable

from paradero.answers.verdicts.asking.act_facts import PUBLIC
from paradero.answers.verdicts.asking.drafting import record_in_words
from paradero.answers.verdicts.asking.fitting import fits
from paradero.answers.verdicts.steps.naming import span_in_words
from paradero.answers.verdicts.verdict_values import Between, DecisiveFact
from paradero.answers.words import Words


def fact_line(fact: DecisiveFact, words: Words) -> str:
    """The fact with its record and field, the form that fits, the bounds known so far, the instants of which
    it matters on which side it lies, and the refusal that is likely.
    """
    what = words.of(fact.what, fact.what_es)
    what = what[0].upper() + what[1:]
    record, field = record_in_words(fact, words)
    if fact.ask == PUBLIC:
        parts = [words("looked_up", what=what, record=record, field=field)]
    else:
        form = words(f"form_name_{fits([fact], 1)[0]}")
        parts = [words("fact", what=what, record=record, field=field, ask=form)]
    if isinstance(fact.known_between, Between) and (known := _spans([fact.known_between], words)):
        parts.append(words("known", known=known))
    turns = _spans(fact.turns, words) if fact.turns else fact.turns_at
    if turns:
        parts.append(words("turns", turns=turns))
    if fact.exemption:
        parts.append(words("exemption", exemption=fact.exemption))
    return "- " + " ".join(parts)


def _spans(spans: Iterable[Between], words: Words) -> str:
    found = [span_in_words(each.lo, each.hi, each.zone, words) for each in spans]
    return "; ".join(dict.fromkeys(each for each in found if each))
