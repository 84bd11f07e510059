"""The facts that would settle an undetermined verdict of an order: what is asked for, of whom, and where it
would be written.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from paradero.answers.instants import bounds_text
from paradero.answers.verdicts.asking.act_facts import (
    PUBLIC,
    Span,
    act_facts,
    acts_that_can_turn,
    docket_of,
    is_one_minute,
    open_stays,
    stay_fact,
    zone_of,
)
from paradero.answers.verdicts.asking.countings import counted_out
from paradero.answers.verdicts.asking.proposing import who_alone_says
from paradero.answers.verdicts.audit_reading import Reading
from paradero.answers.verdicts.forms.form_facts import form_facts
from paradero.answers.verdicts.verdict_values import Between, DecisiveFact, declared_fact
from paradero.answers.words import Words
from paradero.law.events import Event
from paradero.law.forms.event_file import Attribute
from paradero.law.forms.kinds import PHASE_WORDS
from paradero.law.forms.order_file import INDIVIDUAL, Condition
from paradero.law.membership import share_of
from paradero.law.scopes import believed
from paradero.law.shown.by_form import lacks_of_records
from paradero.law.shown.variants import Variant

_LIST_ES = "manifiesto o lista de las personas de que se trata"
_LISTED_ES = "de cada persona protegida, por código: si figura en ella"
_TRIP = ("flight log, tower record or trip log", "bitácora de vuelo o del viaje, o registro de la torre")
_RECORDS = {
    "departure": _TRIP,
    "leaves_airspace": _TRIP,
    "landing": _TRIP,
    "hand_over": ("custody transfer form", "formulario de entrega de la custodia"),
    "done": ("custody record", "registro de custodia"),
}  # in which record, in English and Spanish, the time of a phase stands


class OpenAnswers(msgspec.Struct, frozen=True, kw_only=True):
    """The answers to the questions of an order, and what leaves one of them open; the instant asked about in
    UTC microseconds.

    `unknown_bits` are the conditions of the class that are open, by their numbers; `moment_decides` and
    `act_decides` say whether the event's instant or the order's own times would settle it.
    """

    variant: int
    at_lo: int | None
    at_hi: int | None
    is_bound: bool | None
    in_force: bool | None
    is_shown: bool | None
    unknown_bits: int
    moment_decides: bool
    act_decides: bool
    rule_facts: str | None


def decisive(
    read: Reading, variant: Variant, event: Event | None, row: OpenAnswers, of: str
) -> list[DecisiveFact]:
    """The facts that would settle an undetermined verdict on the event `of`: open conditions of the class,
    the event's moment, the order's own times, whether it happened.
    """
    found: list[DecisiveFact] = []
    for place, condition in enumerate(variant.order.file.scope.conditions()):
        if row.is_bound is None and row.unknown_bits & (1 << place):
            found.append(_condition_fact(condition, of, _said_of(read, condition, event)))
    if row.is_bound is None and row.unknown_bits & (1 << len(variant.order.file.scope.conditions())):
        found.append(_count_fact(event, of))
    own = _form_facts(read, variant, event, row, of)
    asks_own = any(each.fact != "other_duty" for each in own)
    if row.is_shown is None and variant.term.requires and not asks_own:
        found.append(_done_fact(read, variant, event, of))
    found += own
    if row.moment_decides:
        found += (
            act_facts(read, variant, variant.term.by, None)
            if variant.term.by
            else [_moment_fact(read, variant, event, of)]
        )
    at = Span(lo=row.at_lo, hi=row.at_hi)
    stays = open_stays(read, variant, at) if row.in_force is None else []
    found += [stay_fact(read, variant, stay, lifted) for stay, lifted in stays]
    if row.in_force is None and event is not None:
        found += [
            _condition_fact(each, of, _said_of(read, each, event))
            for each in _open_of_stays(read, variant, event)
        ]
    if row.act_decides:
        asked = {lifted.id for _, lifted in stays}
        found += [
            fact
            for act in acts_that_can_turn(read, variant, at)
            if act not in asked
            for fact in act_facts(read, variant, act, at)
        ]
    if row.is_shown is None and variant.term.forbids and not own:
        found.append(_outcome_fact(event, of))
    if row.rule_facts and variant.term.rule:
        rule = read.audited.law.rules[variant.term.rule]
        for fact_id in dict.fromkeys(part.strip() for part in row.rule_facts.split(";")):
            found.append(declared_fact(rule.fact(fact_id), of=of))
    return [one for n, one in enumerate(found) if one not in found[:n]]


def _open_of_stays(read: Reading, variant: Variant, event: Event) -> list[Condition]:
    """What leaves open whether a stay of part of the class reaches everybody in an event, or nobody."""
    matrix = read.audited.matrix
    said = believed(event, matrix.trust)
    acts = [variant.order.act(each) for each in variant.acts]
    conditions = [each for act in acts if act.does == "stays" for each in act.condition]
    return [each for each in conditions if share_of(each, event, said, matrix.links).every is None]


def _said_of(read: Reading, condition: Condition, event: Event | None) -> list[Attribute]:
    """What is believed of the people of an event that a condition asks about."""
    said = believed(event, read.audited.matrix.trust) if event is not None else []
    return [each for each in said if each.name == condition.attribute]


def _condition_fact(condition: Condition, of: str, said: Sequence[Attribute]) -> DecisiveFact:
    is_list = condition.attribute == INDIVIDUAL
    return DecisiveFact(
        fact=condition.attribute,
        what=condition.what,
        what_es=condition.what_es,
        record=condition.record,
        field=condition.field,
        ask=condition.ask,
        exemption=condition.exemption,
        of=of,
        turns_at=None,
        record_es=_LIST_ES if is_list else "",
        field_es=_LISTED_ES if is_list else "",
        said_by=who_alone_says(said),
    )


def _form_facts(
    read: Reading, variant: Variant, event: Event | None, row: OpenAnswers, of: str
) -> list[DecisiveFact]:
    """What the form of the term leaves open; where also whether it happened at all is, that comes with it."""
    if event is None:
        is_open = row.is_shown is None or (variant.term.keeps is not None and row.is_bound is None)
        found = form_facts(variant, lacks_of_records(variant), None, of) if is_open else []
        return [*found, *([_outcome_fact(None, of)] if found and variant.term.keeps else [])]
    shown = read.audited.matrix.shown(variant, event)
    if shown is None or not (row.is_shown is None or shown.is_free is None):
        return []
    lacks, found = counted_out(read, variant, event, shown.lacks, of)
    found += form_facts(variant, lacks, event, of)
    names = [lack.fact for lack in lacks]
    found += [_outcome_fact(event, of)] if "happened" in names else []
    if "done" in names and variant.term.requires:
        done = _done_fact(read, variant, event, of)
        zone = zone_of(variant)
        if not variant.deadline:
            turns = Between(lo=row.at_lo, hi=row.at_hi, zone=zone)
            done = replace(done, turns_at=bounds_text(row.at_lo, row.at_hi, zone), turns=(turns,))
        found.append(done)
    return found


def _done_fact(read: Reading, variant: Variant, event: Event | None, of: str) -> DecisiveFact:
    """Of what is required: whether and when it was done."""
    fact = _moment_fact(read, variant, event, of)
    known = fact.known_between
    is_stated = isinstance(known, Between) and is_one_minute(known.lo, known.hi)
    says, says_es = variant.term.says.rstrip("."), variant.term.says_es.rstrip(".")
    if variant.term.is_filed:  # a filing stands on the docket for anybody to read
        return replace(
            fact,
            what=fact.what if is_stated else Words("en")("whether_done", says=says),
            what_es=fact.what_es if is_stated else Words("es")("whether_done", says=says_es or says),
            record=docket_of(variant),
            record_es="",
            field="second of filing" if is_stated else "date, hour and minute of filing",
            field_es="segundo de la presentación" if is_stated else "fecha, hora y minuto de la presentación",
            ask=PUBLIC,
            exemption="",
            said_by="",
        )
    if is_stated:
        return fact
    return replace(
        fact,
        what=Words("en")("whether_done", says=says),
        what_es=Words("es")("whether_done", says=says_es or says),
        record="record of what was done, and proof of service or of filing",
        record_es="registro de lo que se hizo, y prueba de su notificación o presentación",
        field="date, hour and minute, with the time zone",
        field_es="fecha, hora y minuto, con la zona horaria",
    )


def _moment_fact(read: Reading, variant: Variant, event: Event | None, of: str) -> DecisiveFact:
    phase = variant.phase or "done"
    english, spanish = PHASE_WORDS[phase]
    line = read.audited.matrix.line_of(variant)
    name = event.moment_names()[phase] if event else ""
    moment = line.moments.get(name)
    withheld = [each.said.withheld for each in line.statements.get(name, ()) if each.said.withheld]
    zone = zone_of(variant)
    turns = _turns(read, variant, Span(lo=moment.lo, hi=moment.hi) if moment else None)
    record, record_es = _RECORDS.get(phase if event else "", ("removal or transfer record", ""))
    is_to_the_minute = moment is not None and is_one_minute(moment.lo, moment.hi)
    return DecisiveFact(
        fact=phase,
        what=(
            f"the second of {english}, of which the minute is stated"
            if is_to_the_minute
            else f"the time of {english}"
        ),
        what_es=(
            f"el segundo de {spanish}, del que consta el minuto"
            if is_to_the_minute
            else f"la hora de {spanish}"
        ),
        record=record,
        record_es=record_es,
        field=(
            f"second of {english}"
            if is_to_the_minute
            else f"date, hour and minute of {english}, with the time zone"
        ),
        field_es=(
            f"segundo de {spanish}"
            if is_to_the_minute
            else f"fecha, hora y minuto de {spanish}, con la zona horaria"
        ),
        ask="discovery" if event else "foia",
        exemption=withheld[0] if withheld else "",
        of=of,
        known=bounds_text(moment.lo, moment.hi, zone) if moment else None,
        turns_at="; ".join(bounds_text(each.lo, each.hi, zone) for each in turns),
        known_between=Between(lo=moment.lo, hi=moment.hi, zone=zone) if moment else msgspec.UNSET,
        turns=turns,
        said_by=who_alone_says(each.said for each in line.statements.get(name, ())),
    )


def _turns(read: Reading, variant: Variant, at: Span | None) -> tuple[Between, ...]:
    """The instants of which it decides on which side a moment lies: the deadline, else the beginning and the
    acts of the order that it may have come before or after.
    """
    zone, begin = zone_of(variant), variant.begin
    if variant.deadline is not None:
        return (Between(lo=variant.deadline.lo, hi=variant.deadline.hi, zone=zone),)
    moments = read.audited.matrix.line_of(variant).moments
    open_acts = acts_that_can_turn(read, variant, at) if at else []
    found = [moments[f"{variant.order.id}.{act}"] for act in open_acts]
    spans = [(each.lo, each.hi) for each in found or [begin]]
    return tuple(Between(lo=lo, hi=hi, zone=zone) for lo, hi in dict.fromkeys(spans))


def _count_fact(event: Event | None, of: str) -> DecisiveFact:
    """Of a group that may have been nobody: how many they were."""
    about = (
        {"event": event.file.what if event else "the event"},
        {"event": (event.file.what_es or event.file.what) if event else "el hecho"},
    )
    return DecisiveFact(
        fact="people",
        what=Words("en")("how_many_people", **about[0]),
        what_es=Words("es")("how_many_people", **about[1]),
        record="manifest, roster or transfer list",
        record_es="manifiesto de pasajeros, lista de personas detenidas o lista de traslado",
        field="number of people",
        field_es="número de personas",
        ask="discovery",
        exemption="",
        of=of,
        turns_at=None,
    )


def _outcome_fact(event: Event | None, of: str) -> DecisiveFact:
    what = event.file.what if event else "the event"
    said = event.file.outcome if event else []
    return DecisiveFact(
        fact="happened",
        what=f"whether it happened: {what}",
        what_es=f"si ocurrió: {(event.file.what_es or what) if event else 'el hecho'}",
        record="custody record",
        record_es="registro de custodia",
        field="event, with its date and hour",
        field_es="hecho, con su fecha y hora",
        ask="discovery",
        exemption="",
        of=of,
        turns_at=None,
        said_by=who_alone_says(said),
    )
