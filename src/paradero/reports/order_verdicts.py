"""A verdict of an order's term on an event, with its decisive facts and citations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from paradero.law.events import PHASE_WORDS, PHASES, Answers, Attribute, Event, Exclusion, Outcome
from paradero.law.identities import Identity
from paradero.law.matrix import Variant
from paradero.law.orders import INDIVIDUAL
from paradero.law.statements import Related, Statement
from paradero.model.clock import clock_text
from paradero.model.comparisons import not_before
from paradero.model.verdicts import possible
from paradero.reports.audit_reading import Reading
from paradero.reports.instants import bounds_text
from paradero.reports.rule_verdicts import law_citation, margin
from paradero.reports.verdict_ids import VerdictId
from paradero.reports.words import Words

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Bounds of an instant, as a row has them."""

    lo: int | None
    hi: int | None


PUBLIC = "public"  # how to ask for what anybody can look up: not at all


def order_record(read: Reading, row: Row) -> Row:
    """The verdict as a record; times of stated events in UTC, of records on the clock as recorded."""
    variant = read.audited.matrix.variants[row["variant"]]
    event = read.audited.matrix.events.get(row["event_no"])
    rows = [read.built.address(row[name]) for name in ("event_row", "other_row") if read.built is not None and row[name] is not None]
    rule = read.audited.law.rules[variant.term.rule] if variant.term.rule else None
    unit = rule.file.unit if rule else "minutes"
    return {
        "id": str(VerdictId(by=variant.order.id, part=variant.term.id, construction=variant.construction, at=event.id if event else "+".join(map(str, rows)))),
        "rule": variant.term.rule or variant.term.id,
        "version": None,
        "order": variant.order.id,
        "construction": variant.construction,
        "nature": "order",
        "severity": variant.order.file.severity,
        "release": row["release"],
        "subject": row["subject"] or row["unique_identifier"],
        "event": event.id if event else (rule.file.event if rule else f"recorded {variant.term.forbids or variant.term.requires}"),
        "event_from": _time(row["at_lo"], event),
        "event_until": _time(row["at_hi"], event),
        "event_clock": "UTC" if event else "as recorded",
        "verdict": row["verdict"],
        "possible": [str(each) for each in possible(row["is_bound"], row["in_force"], row["is_shown"])],
        "is_bound": row["is_bound"],
        "in_force": row["in_force"],
        "is_shown": row["is_shown"],
        "margin_lo": margin(row["margin_lo"], unit),
        "margin_hi": margin(row["margin_hi"], unit),
        "margin_unit": unit,
        "people_lo": row["people_lo"],
        "people_hi": row["people_hi"],
        "decisive_facts": decisive(read, variant, event, row, rows) if row["verdict"] == "undetermined" else [],
        "citations": [{"kind": "record", "address": each} for each in rows]
        + [statement_citation(each) for each in rests_on(read, variant, event)]
        + [_relation_citation(each) for each in relations_under(read, variant, event)]
        + [_attribute_citation(each) for each in _said_of_subject(read, variant, event)]
        + [law_citation(each) for each in texts_of(variant)],
    }


def _time(us: int | None, event: Event | None) -> str | None:
    text = clock_text(us)
    return f"{text.replace(' ', 'T')}Z" if text and event else text


def phase_of(variant: Variant) -> str | None:
    """The phase of the event that the construction asks about; None where the term binds to a rule."""
    kind = variant.term.forbids or variant.term.requires
    if kind is None:
        return None
    return variant.completion.phase if variant.completion else PHASES[kind][-1]


def texts_of(variant: Variant) -> list[Any]:
    """The texts that a verdict cites: the order's and those of the readings."""
    readings = [part.text for part in (variant.completion, variant.binding) if part is not None]
    return [*variant.order.file.text, *(text for texts in readings for text in texts)]


def rests_on(read: Reading, variant: Variant, event: Event | None) -> list[Statement]:
    """The statements that a verdict rests on: of the event's moment, of the beginning of the order, and of all that ended, extended or stayed it."""
    line = read.audited.matrix.timeline
    return list({one.id: one for name in _moments_asked(variant, event) for one in line.rests_on(name)}.values())


def relations_under(read: Reading, variant: Variant, event: Event | None) -> list[Related]:
    """The relations that a verdict rests on."""
    line = read.audited.matrix.timeline
    return list({one.id: one for name in _moments_asked(variant, event) for one in line.relations_under(name)}.values())


def _moments_asked(variant: Variant, event: Event | None) -> list[str]:
    phase = phase_of(variant)
    own = [event.moment_names()[phase]] if event is not None and phase is not None else []
    return [*own, *(f"{variant.order.id}.{act}" for act in variant.acts)]


def _relation_citation(related: Related) -> Row:
    relation = related.relation
    says = f"{relation.at_least or 'any time'} to {relation.at_most or 'any time'} after {related.since}"
    cited = {
        "kind": "statement",
        "of": related.of,
        "says": says,
        "by": relation.by,
        "evidence": relation.evidence,
        "seen": list(relation.seen),
        "note": relation.note,
    }
    return {key: value for key, value in cited.items() if value not in ("", None)}


def statement_citation(statement: Statement) -> Row:
    """A statement as a citation: what it dates, what it says, who says it, how, and where it was seen."""
    said = statement.said
    cited = {
        "kind": "statement", "of": statement.of, "time": said.time or None, "withheld": said.withheld or None, "by": said.by, "evidence": said.evidence,
        "seen": list(said.seen), "fact": said.fact, "note": said.note,
    }  # fmt: skip
    return {key: value for key, value in cited.items() if value not in ("", None)}


def _said_of_subject(read: Reading, variant: Variant, event: Event | None) -> list[tuple[str, Any]]:
    if event is None:
        return []
    matrix = read.audited.matrix
    keeps, subject = matrix.trust.keeps, event.file.subject
    asked = {condition.attribute for condition in variant.order.file.scope.conditions()}
    said: list[Any] = [each for each in subject.attribute if each.name in asked]
    if INDIVIDUAL in asked:
        individuals = variant.order.file.scope.individuals
        said += [each for each in (*subject.includes, *subject.excludes) if each.id in individuals]
        said += [each for each in matrix.identities_on({subject.id, *individuals}) if not each.withdrawn]
    outcomes: list[Any] = [*event.file.outcome, *(event.file.answers if variant.term.requires else [])]
    return [(subject.id, each) for each in said if keeps(each.by, each.evidence)] + [(event.id, each) for each in outcomes if keeps(each.by, each.evidence)]


def _attribute_citation(said: tuple[str, Any]) -> Row:
    of, each = said
    what = _said_in_words(each)
    cited = {
        "kind": "statement",
        "of": of,
        "says": what,
        "by": each.by,
        "evidence": each.evidence,
        "seen": list(each.seen),
        "fact": each.fact,
        "note": each.note,
    }
    return {key: value for key, value in cited.items() if value not in ("", None)}


def _said_in_words(each: Attribute | Exclusion | Outcome | Answers | Identity) -> str:
    if isinstance(each, Attribute):
        count = "-".join(dict.fromkeys(str(n) for n in (each.people_lo, each.people_hi) if n is not None))
        way = "some are" if each.some_are else "the members are of" if each.members_are_of else "each is one of" if each.each_is_one_of else "is one of"
        return f"{each.name}: {way}{f' ({count})' if count else ''} {', '.join(each.values())}"
    if isinstance(each, Exclusion):
        return f"whether {each.id} is among them"
    if isinstance(each, Answers):
        return f"it answers {', '.join(each.terms)}"
    if isinstance(each, Identity):
        return f"{' and '.join(each.names())} are {'one person' if each.same else 'different people'}"
    return "it happened" if each.happened else "it did not happen"


def decisive(read: Reading, variant: Variant, event: Event | None, row: Row, rows: list[str | None]) -> list[Row]:
    """The facts that would settle an undetermined verdict: open conditions of the class, the event's moment, the order's own times, whether it happened."""
    of = event.id if event else "+".join(map(str, rows))
    found: list[Row] = []
    for place, condition in enumerate(variant.order.file.scope.conditions()):
        if row["is_bound"] is None and row["unknown_bits"] & (1 << place):
            found.append(
                {
                    "fact": condition.attribute, "what": condition.what, "what_es": condition.what_es, "record": condition.record, "field": condition.field,
                    "ask": condition.ask, "exemption": condition.exemption, "of": of, "turns_at": None,
                }
            )  # fmt: skip
    if row["is_bound"] is None and row["unknown_bits"] & (1 << len(variant.order.file.scope.conditions())):
        found.append(_count_fact(event, of))
    if row["is_shown"] is None and variant.term.requires:
        found.append(_done_fact(read, variant, event, of))
    if row["moment_decides"]:
        found.append(_act_fact(read, variant, variant.term.by) if variant.term.requires else _moment_fact(read, variant, event, of))
    if row["act_decides"]:
        found += [_act_fact(read, variant, act) for act in _acts_that_can_turn(read, variant, row)]
    if row["is_shown"] is None and variant.term.forbids:
        found.append(_outcome_fact(event, of))
    if row["rule_facts"] and variant.term.rule:
        rule = read.audited.law.rules[variant.term.rule]
        for fact_id in dict.fromkeys(part.strip() for part in row["rule_facts"].split(";")):
            fact = rule.fact(fact_id)
            found.append(
                {
                    "fact": fact.id, "what": fact.what, "what_es": fact.what_es, "record": fact.record, "field": fact.field, "ask": fact.ask,
                    "exemption": fact.exemption, "of": of, "turns_at": None,
                }
            )  # fmt: skip
    return found


def _acts_that_can_turn(read: Reading, variant: Variant, row: Row) -> list[str]:
    """The acts of the order of which it is not known whether they came before or after the instant asked about: no other can change the answer."""
    at = Span(lo=row["at_lo"], hi=row["at_hi"])
    moments = read.audited.matrix.timeline.moments
    return [act for act in variant.acts if act != variant.term.by and not_before(at, moments[f"{variant.order.id}.{act}"]) is None]


def _done_fact(read: Reading, variant: Variant, event: Event | None, of: str) -> Row:
    """Of what is required: whether and when it was done."""
    fact = _moment_fact(read, variant, event, of)
    says, says_es = variant.term.says.rstrip("."), variant.term.says_es.rstrip(".")
    return {
        **fact,
        "what": Words("en")("whether_done", says=says),
        "what_es": Words("es")("whether_done", says=says_es or says),
        "record": "record of what was done, and proof of service or of filing",
        "field": "date, hour and minute, with the time zone",
    }


def _moment_fact(read: Reading, variant: Variant, event: Event | None, of: str) -> Row:
    phase = phase_of(variant) or "done"
    english, spanish = PHASE_WORDS[phase]
    line = read.audited.matrix.timeline
    name = event.moment_names()[phase] if event else ""
    moment = line.moments.get(name)
    withheld = [each.said.withheld for each in line.statements.get(name, ()) if each.said.withheld]
    zone = (variant.order.file.zones or ["UTC"])[0]
    decides = variant.deadline or variant.begin
    return {
        "fact": phase,
        "what": f"the time of {english}",
        "what_es": f"la hora de {spanish}",
        "record": "flight log, tower record or custody transfer form" if event else "removal or transfer record",
        "field": f"date, hour and minute of {english}, with the time zone",
        "ask": "discovery" if event else "foia",
        "exemption": withheld[0] if withheld else "",
        "of": of,
        "known": bounds_text(moment.lo, moment.hi, zone) if moment else None,
        "turns_at": bounds_text(decides.lo, decides.hi, zone),
    }


def _act_fact(read: Reading, variant: Variant, act_id: str) -> Row:
    act = variant.order.act(act_id)
    moment = read.audited.matrix.timeline.moments[f"{variant.order.id}.{act_id}"]
    zone = (variant.order.file.zones or ["UTC"])[0]
    return {
        "fact": act_id, "what": f"the time of this act: {act.what} ({variant.order.file.title})", "what_es": f"la hora de este acto: {act.what_es} ({variant.order.file.title_es})",
        "record": f"docket of {variant.order.file.docket} ({variant.order.file.court})", "field": "date, hour and minute of entry and of notice", "ask": PUBLIC,
        "exemption": "", "of": f"{variant.order.id}.{act_id}", "known": bounds_text(moment.lo, moment.hi, zone), "turns_at": None,
    }  # fmt: skip


def _count_fact(event: Event | None, of: str) -> Row:
    """Of a group that may have been nobody: how many they were."""
    about = {"event": event.file.what if event else "the event"}, {"event": event.file.what_es if event else "el hecho"}
    return {
        "fact": "people", "what": Words("en")("how_many_people", **about[0]), "what_es": Words("es")("how_many_people", **about[1]),
        "record": "manifest, roster or transfer list", "field": "number of people", "ask": "discovery", "exemption": "", "of": of, "turns_at": None,
    }  # fmt: skip


def _outcome_fact(event: Event | None, of: str) -> Row:
    what = event.file.what if event else "the event"
    return {
        "fact": "happened", "what": f"whether it happened: {what}", "what_es": f"si ocurrió: {event.file.what_es if event else 'el hecho'}",
        "record": "custody record", "field": "event", "ask": "discovery", "exemption": "", "of": of, "turns_at": None,
    }  # fmt: skip
