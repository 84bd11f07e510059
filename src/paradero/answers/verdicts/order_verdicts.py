"""A verdict of an order's term on an event, with its decisive facts and citations."""

from __future__ import annotations

from typing import Any

from paradero.answers.verdicts.audit_reading import Reading
from paradero.answers.verdicts.order_facts import decisive, phase_of
from paradero.answers.verdicts.rule_verdicts import law_citation, margin
from paradero.answers.verdicts.verdict_ids import VerdictId
from paradero.authored.statements import Related, Statement
from paradero.law.events import Answers, Attribute, Event, Exclusion, Outcome
from paradero.law.identities import Identity
from paradero.law.matrix import Variant
from paradero.law.orders import INDIVIDUAL
from paradero.model.time.clock import clock_text
from paradero.model.verdicts import possible

Row = dict[str, Any]


def order_record(read: Reading, row: Row) -> Row:
    """The verdict as a record; times of stated events in UTC, of records on the clock as recorded."""
    variant = read.audited.matrix.variants[row["variant"]]
    event = read.audited.matrix.events.get(row["event_no"])
    rows = [
        read.built.address(row[name])
        for name in ("event_row", "other_row")
        if read.built is not None and row[name] is not None
    ]
    rule = read.audited.law.rules[variant.term.rule] if variant.term.rule else None
    unit = rule.file.unit if rule else "minutes"
    return {
        "id": str(
            VerdictId(
                by=variant.order.id,
                part=variant.term.id,
                construction=variant.construction,
                at=event.id if event else "+".join(map(str, rows)),
            )
        ),
        "rule": variant.term.rule or variant.term.id,
        "version": None,
        "order": variant.order.id,
        "construction": variant.construction,
        "nature": "order",
        "severity": variant.order.file.severity,
        "release": row["release"],
        "subject": row["subject"] or row["unique_identifier"],
        "event": (
            event.id
            if event
            else (rule.file.event if rule else f"recorded {variant.term.forbids or variant.term.requires}")
        ),
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
        "decisive_facts": (
            decisive(read, variant, event, row, rows) if row["verdict"] == "undetermined" else []
        ),
        "citations": (
            [{"kind": "record", "address": each} for each in rows]
            + [statement_citation(each) for each in rests_on(read, variant, event)]
            + [_relation_citation(each) for each in relations_under(read, variant, event)]
            + [_attribute_citation(each) for each in _said_of_subject(read, variant, event)]
            + [law_citation(each) for each in texts_of(variant)]
        ),
    }


def _time(us: int | None, event: Event | None) -> str | None:
    text = clock_text(us)
    return f"{text.replace(' ', 'T')}Z" if text and event else text


def texts_of(variant: Variant) -> list[Any]:
    """The texts that a verdict cites: the order's and those of the readings."""
    readings = [part.text for part in (variant.completion, variant.binding) if part is not None]
    return [*variant.order.file.text, *(text for texts in readings for text in texts)]


def rests_on(read: Reading, variant: Variant, event: Event | None) -> list[Statement]:
    """The statements that a verdict rests on: of the event's moment, of the beginning of the order, and of
    all that ended, extended or stayed it.
    """
    line = read.audited.matrix.timeline
    return list(
        {one.id: one for name in _moments_asked(variant, event) for one in line.rests_on(name)}.values()
    )


def relations_under(read: Reading, variant: Variant, event: Event | None) -> list[Related]:
    """The relations that a verdict rests on."""
    line = read.audited.matrix.timeline
    return list(
        {
            one.id: one for name in _moments_asked(variant, event) for one in line.relations_under(name)
        }.values()
    )


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
        "kind": "statement",
        "of": statement.of,
        "time": said.time or None,
        "withheld": said.withheld or None,
        "by": said.by,
        "evidence": said.evidence,
        "seen": list(said.seen),
        "fact": said.fact,
        "note": said.note,
    }
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
    return [(subject.id, each) for each in said if keeps(each.by, each.evidence)] + [
        (event.id, each) for each in outcomes if keeps(each.by, each.evidence)
    ]


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
        way = (
            "some are"
            if each.some_are
            else (
                "the members are of"
                if each.members_are_of
                else "each is one of"
                if each.each_is_one_of
                else "is one of"
            )
        )
        return f"{each.name}: {way}{f' ({count})' if count else ''} {', '.join(each.values())}"
    if isinstance(each, Exclusion):
        return f"whether {each.id} is among them"
    if isinstance(each, Answers):
        return f"it answers {', '.join(each.terms)}"
    if isinstance(each, Identity):
        return f"{' and '.join(each.names())} are {'one person' if each.same else 'different people'}"
    return "it happened" if each.happened else "it did not happen"
