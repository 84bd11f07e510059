"""The facts that would settle an undetermined verdict of an order: what is asked for, of whom, and where it
would be written.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import msgspec
from msgspec.structs import replace

from paradero.answers.instants import bounds_text
from paradero.answers.verdicts.audit_reading import Reading
from paradero.answers.verdicts.forms.form_facts import form_facts
from paradero.answers.verdicts.verdict_values import DecisiveFact, declared_fact
from paradero.answers.words import Words
from paradero.law.events import Event
from paradero.law.forms.kinds import PHASE_WORDS
from paradero.law.forms.order_file import Act
from paradero.law.shown.by_form import lacks_of_records
from paradero.law.shown.variants import Variant
from paradero.model.time.comparisons import not_before

PUBLIC: Final = "public"  # how to ask for what anybody can look up: not at all


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Bounds of an instant, as a row has them."""

    lo: int | None
    hi: int | None


def decisive(
    read: Reading, variant: Variant, event: Event | None, row: OpenAnswers, of: str
) -> list[DecisiveFact]:
    """The facts that would settle an undetermined verdict on the event `of`: open conditions of the class,
    the event's moment, the order's own times, whether it happened.
    """
    found: list[DecisiveFact] = []
    for place, condition in enumerate(variant.order.file.scope.conditions()):
        if row.is_bound is None and row.unknown_bits & (1 << place):
            found.append(
                DecisiveFact(
                    fact=condition.attribute,
                    what=condition.what,
                    what_es=condition.what_es,
                    record=condition.record,
                    field=condition.field,
                    ask=condition.ask,
                    exemption=condition.exemption,
                    of=of,
                    turns_at=None,
                )
            )
    if row.is_bound is None and row.unknown_bits & (1 << len(variant.order.file.scope.conditions())):
        found.append(_count_fact(event, of))
    own = _form_facts(read, variant, event, row, of)
    if row.is_shown is None and variant.term.requires and not own:
        found.append(_done_fact(read, variant, event, of))
    found += own
    if row.moment_decides:
        found.append(
            _act_fact(read, variant, variant.term.by)
            if variant.term.by
            else _moment_fact(read, variant, event, of)
        )
    stays = _open_stays(read, variant, row)
    found += [_stay_fact(read, variant, stay, lifted) for stay, lifted in stays]
    if row.act_decides:
        asked = {lifted.id for _, lifted in stays}
        found += [
            _act_fact(read, variant, act)
            for act in _acts_that_can_turn(read, variant, row)
            if act not in asked
        ]
    if row.is_shown is None and variant.term.forbids and not own:
        found.append(_outcome_fact(event, of))
    if row.rule_facts and variant.term.rule:
        rule = read.audited.law.rules[variant.term.rule]
        for fact_id in dict.fromkeys(part.strip() for part in row.rule_facts.split(";")):
            found.append(declared_fact(rule.fact(fact_id), of=of))
    return found


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
    found = form_facts(variant, shown.lacks, event, of)
    names = [lack.fact for lack in shown.lacks]
    found += [_outcome_fact(event, of)] if "happened" in names else []
    if "done" in names and variant.term.requires:
        done = _done_fact(read, variant, event, of)
        zone = (variant.order.file.zones or ["UTC"])[0]
        turns = done.turns_at if variant.deadline else bounds_text(row.at_lo, row.at_hi, zone)
        found.append(replace(done, turns_at=turns))
    return found


def _acts_that_can_turn(read: Reading, variant: Variant, row: OpenAnswers) -> list[str]:
    """The acts of the order of which it is not known whether they came before or after the instant asked
    about: no other can change the answer.
    """
    at = Span(lo=row.at_lo, hi=row.at_hi)
    moments = read.audited.matrix.line_of(variant).moments
    return [
        act
        for act in variant.acts
        if act != variant.term.by and not_before(at, moments[f"{variant.order.id}.{act}"]) is None
    ]


def _open_stays(read: Reading, variant: Variant, row: OpenAnswers) -> list[tuple[Act, Act]]:
    """The stays that leave it open whether the order was in force, each with the act that lifted it: of which
    no time is stated, or under which a deadline fell.
    """
    if row.in_force is not None:
        return []
    at, moments, order = (
        Span(lo=row.at_lo, hi=row.at_hi),
        read.audited.matrix.line_of(variant).moments,
        variant.order,
    )
    found = []
    for lifted in order.file.act:
        end = moments[f"{order.id}.{lifted.id}"]
        if (
            lifted.does != "resumes"
            or not_before(at, moments[f"{order.id}.{lifted.of}"]) is False
            or not_before(at, end)
        ):
            continue
        if variant.term.by or end.hi is None:
            found.append((order.act(lifted.of), lifted))
    return found


def _stay_fact(read: Reading, variant: Variant, stay: Act, lifted: Act) -> DecisiveFact:
    """Of a stay: whether and when it was lifted, where no time is stated, and what became of a deadline that
    fell under it.
    """
    file, moment = (
        variant.order.file,
        read.audited.matrix.line_of(variant).moments[f"{variant.order.id}.{lifted.id}"],
    )
    parts = (["stay_lifted"] if moment.hi is None else []) + (["stay_deadline"] if variant.term.by else [])
    says = {"en": variant.term.says, "es": variant.term.says_es or variant.term.says}
    stays = {"en": stay.what, "es": stay.what_es}
    what = {
        language: "; ".join(
            Words(language)(part, stay=stays[language], term=says[language].rstrip(".")) for part in parts
        )
        for language in says
    }
    return DecisiveFact(
        fact=lifted.id,
        what=what["en"],
        what_es=what["es"],
        record=f"{file.docket} ({file.court})",
        field=(
            "the order that lifted the stay: date and hour of entry, and its words on time that ran meanwhile"
        ),
        ask="clarification",
        exemption="",
        of=f"{variant.order.id}.{lifted.id}",
        known=bounds_text(moment.lo, moment.hi, (file.zones or ["UTC"])[0]),
        turns_at=None,
    )


def _done_fact(read: Reading, variant: Variant, event: Event | None, of: str) -> DecisiveFact:
    """Of what is required: whether and when it was done."""
    fact = _moment_fact(read, variant, event, of)
    says, says_es = variant.term.says.rstrip("."), variant.term.says_es.rstrip(".")
    return replace(
        fact,
        what=Words("en")("whether_done", says=says),
        what_es=Words("es")("whether_done", says=says_es or says),
        record="record of what was done, and proof of service or of filing",
        field="date, hour and minute, with the time zone",
    )


def _moment_fact(read: Reading, variant: Variant, event: Event | None, of: str) -> DecisiveFact:
    phase = variant.phase or "done"
    english, spanish = PHASE_WORDS[phase]
    line = read.audited.matrix.line_of(variant)
    name = event.moment_names()[phase] if event else ""
    moment = line.moments.get(name)
    withheld = [each.said.withheld for each in line.statements.get(name, ()) if each.said.withheld]
    zone = (variant.order.file.zones or ["UTC"])[0]
    decides = variant.deadline or variant.begin
    return DecisiveFact(
        fact=phase,
        what=f"the time of {english}",
        what_es=f"la hora de {spanish}",
        record=(
            "flight log, tower record or custody transfer form" if event else "removal or transfer record"
        ),
        field=f"date, hour and minute of {english}, with the time zone",
        ask="discovery" if event else "foia",
        exemption=withheld[0] if withheld else "",
        of=of,
        known=bounds_text(moment.lo, moment.hi, zone) if moment else None,
        turns_at=bounds_text(decides.lo, decides.hi, zone),
    )


def _act_fact(read: Reading, variant: Variant, act_id: str) -> DecisiveFact:
    act = variant.order.act(act_id)
    moment = read.audited.matrix.line_of(variant).moments[f"{variant.order.id}.{act_id}"]
    zone = (variant.order.file.zones or ["UTC"])[0]
    return DecisiveFact(
        fact=act_id,
        what=f"the time of this act: {act.what} ({variant.order.file.title})",
        what_es=f"la hora de este acto: {act.what_es} ({variant.order.file.title_es})",
        record=f"docket of {variant.order.file.docket} ({variant.order.file.court})",
        field="date, hour and minute of entry and of notice",
        ask=PUBLIC,
        exemption="",
        of=f"{variant.order.id}.{act_id}",
        known=bounds_text(moment.lo, moment.hi, zone),
        turns_at=None,
    )


def _count_fact(event: Event | None, of: str) -> DecisiveFact:
    """Of a group that may have been nobody: how many they were."""
    about = (
        {"event": event.file.what if event else "the event"},
        {"event": event.file.what_es if event else "el hecho"},
    )
    return DecisiveFact(
        fact="people",
        what=Words("en")("how_many_people", **about[0]),
        what_es=Words("es")("how_many_people", **about[1]),
        record="manifest, roster or transfer list",
        field="number of people",
        ask="discovery",
        exemption="",
        of=of,
        turns_at=None,
    )


def _outcome_fact(event: Event | None, of: str) -> DecisiveFact:
    what = event.file.what if event else "the event"
    return DecisiveFact(
        fact="happened",
        what=f"whether it happened: {what}",
        what_es=f"si ocurrió: {event.file.what_es if event else 'el hecho'}",
        record="custody record",
        field="event",
        ask="discovery",
        exemption="",
        of=of,
        turns_at=None,
    )
