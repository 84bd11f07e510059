"""A request as it is sent: the paragraphs of its form, filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from paradero.answers.verdicts.asking.custodians import contested, custodian_of
from paradero.answers.verdicts.asking.draft_forms import DISCOVERY, FormName, draft_form
from paradero.answers.verdicts.asking.fitting import turning
from paradero.answers.verdicts.steps.naming import span_in_words
from paradero.answers.verdicts.verdict_values import Between, DecisiveFact
from paradero.answers.words import Words
from paradero.law.forms.kinds import PHASE_WORDS

MOST_LISTED = 25  # events that a draft lists one by one; of more it lists examples, and the rest is annexed
_EXAMPLES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What is asked for, in words: facts in one field of one record, of which events, when, on whose clock.

    `about` are the events by their ids, in words, each with its people; `under` the orders that leave it
    open, by their titles. `n_recorded` counts the events that are rows of the records; `is_reviewed`: an
    order is on a rule of an agency, so that a court reviews its record.
    """

    facts: Sequence[DecisiveFact]
    about: Mapping[str, str]
    under: Sequence[str]
    period: str
    clock: str
    claims: tuple[str, ...]
    n_recorded: int
    is_reviewed: bool


def asked_for(sought: Sought, words: Words) -> str:
    """The facts in words, each once."""
    found = dict.fromkeys(words.of(each.what, each.what_es) for each in sought.facts)
    return "; ".join(found)


def record_in_words(fact: DecisiveFact, words: Words) -> tuple[str, str]:
    """A record and its field: in the reader's language, or in the agency's own words, marked as such."""
    pairs = ((fact.record, fact.record_es), (fact.field, fact.field_es))
    found = [english if words.language == "en" else spanish or f"«{english}»" for english, spanish in pairs]
    return found[0], found[1]


def drafted(form: FormName, sought: Sought, words: Words) -> str:
    """The draft, a paragraph a line. Words in brackets are for the sender to fill in."""
    found, first = draft_form(form), sought.facts[0]
    record, field = record_in_words(first, words)
    keeps = custodian_of(first.record)
    filled = {
        "record": record,
        "field": field,
        "what": asked_for(sought, words),
        "period": sought.period,
        "clock": sought.clock,
        "custodian": words.of(keeps.custodian, keeps.custodian_es),
        "component": keeps.component,
        "witness": first.said_by or words("whoever_says_so"),
        "keeper": words.of(keeps.keeper, keeps.keeper_es) or words.of(keeps.custodian, keeps.custodian_es),
    }
    lines = {
        "{about}": _about_lines(sought, words),
        "{statements}": _statements(sought, words),
        "{contested}": _contested(form, sought, words),
        "{review}": [words("record_review")] if sought.is_reviewed else [],
    }
    paragraphs = found.paragraphs if words.language == "en" else found.paragraphs_es
    return "\n".join(
        line
        for each in paragraphs
        for line in lines.get(each, [each.format(**filled)] if each not in lines else [])
    )


def _about_lines(sought: Sought, words: Words) -> list[str]:
    """The events that it is about, a line each; of too many, examples."""
    listed = list(dict.fromkeys(sought.about.values()))
    if sought.n_recorded:
        most = listed[:_EXAMPLES]
        head = words("about_rows", n=f"{sought.n_recorded:,}")
    else:
        most = listed[:MOST_LISTED]
        head = words("about_events" if len(listed) > 1 else "about_event")
    left = len(listed) - len(most)
    rest = [words("about_more", n=f"{left:,}")] if left and not sought.n_recorded else []
    orders = [words("asked_under", orders="; ".join(sought.under))] if sought.under else []
    return [head, *(f"({number}) {each}" for number, each in enumerate(most, 1)), *rest, *orders]


def _statements(sought: Sought, words: Words) -> list[str]:
    """Of each hour, that it was before the instant that decides, and that it was not."""
    found: dict[str, None] = {}
    for fact in sought.facts:
        about = sought.about.get(fact.of, "…")
        phase = words.of(*PHASE_WORDS.get(fact.fact, ("", "")))
        form = "admit_done" if fact.fact == "done" else "admit"
        for turns in turning(fact):
            for side in _sides(turns, words):
                found[words(form, phase=phase, about=about, side=side)] = None
    return [f"({number}) {each}" for number, each in enumerate(found, 1)]


def _sides(turns: Between, words: Words) -> list[str]:
    """`before 18:45 …`, `from 18:49 …`: what lies on either side of an instant, however wide that is."""
    if turns.lo is None or turns.hi is None:
        return []
    after = turns.hi + (turns.hi > turns.lo)  # a clock reading of a minute is the whole minute
    return [
        span_in_words(None, turns.lo - 1, turns.zone, words),
        span_in_words(after, None, turns.zone, words),
    ]


def _contested(form: FormName, sought: Sought, words: Words) -> list[str]:
    answers = contested(sought.claims, words, in_discovery=form in DISCOVERY) if sought.claims else []
    return [words("contested"), *(f"– {each}" for each in answers)] if answers else []
