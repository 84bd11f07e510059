"""What would settle a term of its own form: the notice that came first, the trigger, the parts, a measure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from paradero.answers.verdicts.verdict_values import Ask, DecisiveFact
from paradero.answers.words import Words
from paradero.law.events import Event
from paradero.law.forms.kinds import KIND_WORDS
from paradero.law.shown.silence import other_duty, within_of
from paradero.law.shown.values import Lack
from paradero.law.shown.variants import Variant


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """How one kind of fact is asked for: the record that has it, its field, and of whom."""

    word: str
    record: tuple[str, str]  # in English and Spanish; blank: the order's docket
    field: tuple[str, str]
    ask: Ask = "discovery"


# how the file of a court is cited, or where it is read
_FILED = re.compile(r"\b(?:ECF|Dkt\.?|Doc\.?)(?: No\.?)? ?\d|courtlistener\.com|\bdocket\b", re.IGNORECASE)
_SERVICE = (
    "date, hour and minute of service with the time zone, language, addressees",
    "fecha, hora y minuto de la notificación con la zona horaria, idioma, destinatarios",
)
_NOTICE = ("copy of the notice and proof of its service", "copia del aviso y prueba de su notificación")
_TRIGGER = (
    "record of the request or event that starts the time",
    "registro de la petición o del hecho que inicia el plazo",
)
_CLOCK = ("date, hour and minute, with the time zone", "fecha, hora y minuto, con la zona horaria")
_DONE = ("record of what was done", "registro de lo que se hizo")

_ASKED = {
    "precondition": _Asked(word="fact_precondition", record=_NOTICE, field=_SERVICE),
    "precondition_time": _Asked(word="fact_precondition", record=_NOTICE, field=_SERVICE),
    "received": _Asked(
        word="fact_received",
        record=("proof of service or of receipt", "prueba de la notificación o de la recepción"),
        field=(
            "date, hour and minute of receipt, with the time zone",
            "fecha, hora y minuto de la recepción, con la zona horaria",
        ),
    ),
    "item": _Asked(
        word="fact_item",
        record=("copy of what was given", "copia de lo que se entregó"),
        field=("its words, and to whom", "sus palabras, y a quién"),
    ),
    "trigger": _Asked(word="fact_trigger", record=_TRIGGER, field=_CLOCK),
    "trigger_time": _Asked(word="fact_trigger", record=_TRIGGER, field=_CLOCK),
    "excuse": _Asked(
        word="fact_excuse",
        record=("the ruling on the excuse that is claimed", "la decisión sobre la excusa que se alega"),
        field=("whether it was allowed, and from when", "si se admitió, y desde cuándo"),
        ask="clarification",
    ),
    "other_duty": _Asked(
        word="whether_done",
        record=(
            "record of what was done, and proof of service or of filing",
            "registro de lo que se hizo, y prueba de su notificación o presentación",
        ),
        field=_CLOCK,
    ),
    "which": _Asked(
        word="fact_which",
        record=_DONE,
        field=("which request or order it answers", "a qué petición u orden responde"),
    ),
    "count": _Asked(
        word="fact_count",
        record=("list of those it was done for", "lista de las personas para quienes se hizo"),
        field=("number of people", "número de personas"),
    ),
    "value": _Asked(
        word="fact_value",
        record=("log of measurements", "registro de mediciones"),
        field=("value, unit, date and hour", "valor, unidad, fecha y hora"),
    ),
    "place": _Asked(
        word="fact_place",
        record=("transfer record", "registro de traslado"),
        field=(
            "facility, district and custodian before and after",
            "centro, distrito y autoridad responsable antes y después",
        ),
    ),
    "finding": _Asked(
        word="fact_finding",
        record=("", ""),
        field=(
            "a finding on this term: whether it was kept, and at which date",
            "una declaración sobre esta disposición: si se cumplió, y en qué fecha",
        ),
        ask="clarification",
    ),
    "step": _Asked(
        word="fact_step",
        record=(
            "notice of the breach, proof of its service, and record of what followed",
            "aviso del incumplimiento, prueba de su notificación y registro de lo que siguió",
        ),
        field=(
            "date, hour and minute of service with the time zone, what it names, what was done then",
            "fecha, hora y minuto de la notificación con el huso horario, qué nombra, qué se hizo después",
        ),
    ),
    "docket": _Asked(
        word="fact_docket",
        record=("", ""),
        field=("every entry until after the deadline", "todas las actuaciones hasta después del vencimiento"),
        ask="public",
    ),
}


def form_facts(variant: Variant, lacks: tuple[Lack, ...], event: Event | None, of: str) -> list[DecisiveFact]:
    """The facts that are missing, each once: of two duties of which one stands in for the other, also whether
    the other was met.
    """
    found: dict[tuple[str, str], DecisiveFact] = {}
    for lack in lacks:
        asked = _ASKED.get(lack.fact)
        if asked is None:
            continue
        about = lack.name if lack.fact in ("item", "value", "place") else ""
        docket = f"{variant.order.file.docket} ({variant.order.file.court})"
        if lack.fact == "item" and (variant.term.is_filed or (event is not None and stands_in_court(event))):
            # a copy that was filed in court is there for anybody to read
            asked = replace(asked, ask="public", record=("", ""))
        found.setdefault(
            (asked.word, about),
            DecisiveFact(
                fact=lack.fact,
                what=_what(asked.word, about, variant, event, "en"),
                what_es=_what(asked.word, about, variant, event, "es"),
                record=asked.record[0] or docket,
                field=asked.field[0],
                record_es=asked.record[1],
                field_es=asked.field[1],
                ask=asked.ask,
                exemption="",
                of=of,
                turns_at=None,
            ),
        )
    return list(found.values())


def stands_in_court(event: Event) -> bool:
    """Whether what is said of an act was read in the file of a court: then a copy of it is there."""
    file = event.file
    said = [*file.outcome, *file.item, *(one for moment in file.moment for one in moment.said)]
    return any(_FILED.search(address) for one in said for address in one.seen)


def _what(word: str, about: str, variant: Variant, event: Event | None, language: str) -> str:
    words, term = Words(language), variant.term
    if word == "whether_done":
        term = other_duty(variant.order, term) or term
    within = within_of(variant.order, term)
    kind = term.unless.kind if term.unless else within.after if within else term.kind
    return words(
        word,
        about=about or (words.of(*KIND_WORDS[kind]) if kind else ""),
        says=words.of(term.says, term.says_es).rstrip("."),
        event=words.of(event.file.what, event.file.what_es) if event else "…",
    )
