"""What would settle a term of its own form: the notice that came first, the trigger, the parts, a measure."""

from __future__ import annotations

from dataclasses import dataclass

from paradero.answers.verdicts.verdict_values import Ask, DecisiveFact
from paradero.answers.words import Words
from paradero.law.events import Event
from paradero.law.forms.kinds import KIND_WORDS
from paradero.law.shown.values import Lack
from paradero.law.shown.variants import Variant


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """How one kind of fact is asked for: the record that has it, its field, and of whom."""

    word: str
    record: str
    field: str
    ask: Ask = "discovery"


_ASKED = {
    "precondition": _Asked(
        word="fact_precondition",
        record="copy of the notice and proof of its service",
        field="date, hour and minute of service with the time zone, language, addressees",
    ),
    "precondition_time": _Asked(
        word="fact_precondition",
        record="copy of the notice and proof of its service",
        field="date, hour and minute of service with the time zone, language, addressees",
    ),
    "received": _Asked(
        word="fact_received",
        record="proof of service or of receipt",
        field="date, hour and minute of receipt, with the time zone",
    ),
    "item": _Asked(word="fact_item", record="copy of what was given", field="its words, and to whom"),
    "trigger": _Asked(
        word="fact_trigger",
        record="record of the request or event that starts the time",
        field="date, hour and minute, with the time zone",
    ),
    "trigger_time": _Asked(
        word="fact_trigger",
        record="record of the request or event that starts the time",
        field="date, hour and minute, with the time zone",
    ),
    "excuse": _Asked(
        word="fact_excuse",
        record="the ruling on the excuse that is claimed",
        field="whether it was allowed, and from when",
        ask="clarification",
    ),
    "which": _Asked(
        word="fact_which", record="record of what was done", field="which request or order it answers"
    ),
    "count": _Asked(word="fact_count", record="list of those it was done for", field="number of people"),
    "value": _Asked(word="fact_value", record="log of measurements", field="value, unit, date and hour"),
    "place": _Asked(
        word="fact_place", record="transfer record", field="facility, district and custodian before and after"
    ),
    "finding": _Asked(
        word="fact_finding",
        record="",
        field="a finding on this term: whether it was kept, and at which date",
        ask="clarification",
    ),
    "step": _Asked(
        word="fact_step",
        record="notice of the breach, proof of its service, and record of what followed",
        field="date, hour and minute of service with the time zone, what it names, what was done then",
    ),
    "docket": _Asked(
        word="fact_docket", record="", field="every entry until after the deadline", ask="public"
    ),
}


def form_facts(variant: Variant, lacks: tuple[Lack, ...], event: Event | None, of: str) -> list[DecisiveFact]:
    """The facts that are missing, each once; what another term would settle is left to that term."""
    found: dict[tuple[str, str], DecisiveFact] = {}
    for lack in lacks:
        asked = _ASKED.get(lack.fact)
        if asked is None:
            continue
        about = lack.name if lack.fact in ("item", "value", "place") else ""
        docket = f"{variant.order.file.docket} ({variant.order.file.court})"
        found.setdefault(
            (asked.word, about),
            DecisiveFact(
                fact=lack.fact,
                what=_what(asked.word, about, variant, event, "en"),
                what_es=_what(asked.word, about, variant, event, "es"),
                record=asked.record or docket,
                field=asked.field,
                ask=asked.ask,
                exemption="",
                of=of,
                turns_at=None,
            ),
        )
    return list(found.values())


def _what(word: str, about: str, variant: Variant, event: Event | None, language: str) -> str:
    words, term = Words(language), variant.term
    kind = term.unless.kind if term.unless else term.within.after if term.within else term.kind
    return words(
        word,
        about=about or (words.of(*KIND_WORDS[kind]) if kind else ""),
        says=words.of(term.says, term.says_es).rstrip("."),
        event=words.of(event.file.what, event.file.what_es) if event else "…",
    )
