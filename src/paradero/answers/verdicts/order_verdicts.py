"""A verdict of an order's term on an event, with its decisive facts and citations."""

from __future__ import annotations

from decimal import Decimal
from typing import TypeAlias

from msgspec.structs import replace

from paradero.answers.verdicts.audit_reading import Reading
from paradero.answers.verdicts.forms.form_citations import form_citations
from paradero.answers.verdicts.order_facts import OpenAnswers, decisive
from paradero.answers.verdicts.rule_verdicts import law_citation, margin
from paradero.answers.verdicts.verdict_ids import VerdictId
from paradero.answers.verdicts.verdict_values import (
    LawCitation,
    RecordCitation,
    StatementCitation,
    Unit,
    Verdict,
    if_answered,
    statement_citation,
)
from paradero.authored.cited import Cited
from paradero.authored.relations import Related
from paradero.authored.statements import Statement
from paradero.law.events import Event
from paradero.law.forms.event_file import Answers, Attribute, Exclusion, Outcome
from paradero.law.forms.order_file import INDIVIDUAL
from paradero.law.identities import Identity
from paradero.law.rules import Text
from paradero.law.shown.variants import Variant
from paradero.model import verdicts
from paradero.model.time.clock import clock_text


class OrderRow(OpenAnswers, frozen=True, kw_only=True):
    """A row of the verdicts of orders, with the person of the records; instants and margins of time in
    microseconds.
    """

    event_no: int
    release: str | None
    unique_identifier: str | None
    subject: str | None
    event_row: int | None
    other_row: int | None
    verdict: verdicts.Verdict
    margin_lo: int | float | Decimal | None
    margin_hi: int | float | Decimal | None
    people_lo: int | None
    people_hi: int | None


def order_verdict(read: Reading, row: OrderRow) -> Verdict:
    """The verdict of a row; times of stated events in UTC, of records on the clock as recorded."""
    variant = read.audited.matrix.variants[row.variant]
    event = read.audited.matrix.events.get(row.event_no)
    addresses = read.addresses(row.event_row, row.other_row)
    rule = read.audited.law.rules[variant.term.rule] if variant.term.rule else None
    unit: Unit = rule.file.unit if rule else "minutes"
    recorded = rule.file.event if rule else f"recorded {variant.term.kind}"
    at = event.id if event else "+".join(addresses)
    is_open = row.verdict is verdicts.Verdict.UNDETERMINED
    return Verdict(
        id=str(
            VerdictId(by=variant.order.id, part=variant.term.id, construction=variant.construction, at=at)
        ),
        rule=variant.term.rule or variant.term.id,
        version=None,
        order=variant.order.id,
        construction=variant.construction,
        nature="order",
        severity=variant.order.file.severity,
        release=row.release,
        subject=row.subject or row.unique_identifier,
        event=event.id if event else recorded,
        event_from=_time(row.at_lo, event),
        event_until=_time(row.at_hi, event),
        event_clock="UTC" if event else "as recorded",
        verdict=row.verdict,
        possible=verdicts.possible(row.is_bound, row.in_force, row.is_shown),
        is_bound=row.is_bound,
        in_force=row.in_force,
        is_shown=row.is_shown,
        margin_lo=margin(row.margin_lo, unit),
        margin_hi=margin(row.margin_hi, unit),
        margin_unit=unit,
        people_lo=row.people_lo,
        people_hi=row.people_hi,
        decisive_facts=tuple(decisive(read, variant, event, row, at)) if is_open else (),
        if_answered=if_answered(row.is_bound, row.in_force, row.is_shown) if is_open else (),
        citations=(
            *(RecordCitation(address=each) for each in addresses),
            *(_as_read(each, read.audited.law.cited) for each in _statements(read, variant, event)),
            *(_text_as_read(law_citation(each), read.audited.law.cited) for each in texts_of(variant)),
        ),
    )


def _statements(read: Reading, variant: Variant, event: Event | None) -> list[StatementCitation]:
    """Everything that is said of what a verdict rests on, as citations."""
    return [
        *(statement_citation(each) for each in rests_on(read, variant, event)),
        *(_relation_citation(each) for each in relations_under(read, variant, event)),
        *(_citation_of(each, of) for of, each in _said_of_subject(read, variant, event)),
        *form_citations(variant, event, read.audited.matrix),
    ]


def _as_read(citation: StatementCitation, cited: Cited) -> StatementCitation:
    """The citation with its primary source, and how that was seen."""
    known = cited.of(citation.by, citation.seen)
    return replace(
        citation, primary=known.primary, primary_url=known.url, seen_as=known.seen_as, copies=known.copies
    )


def _text_as_read(citation: LawCitation, cited: Cited) -> LawCitation:
    """The text with those of its addresses that are copies."""
    seen = [each for each in dict.fromkeys((citation.url, citation.seen)) if each]
    return replace(citation, copies=cited.of("", seen).copies)


def _time(us: int | None, event: Event | None) -> str | None:
    text = clock_text(us)
    return f"{text.replace(' ', 'T')}Z" if text and event else text


def texts_of(variant: Variant) -> list[Text]:
    """The texts that a verdict cites: the order's and those of the readings."""
    return [*variant.order.file.text, *(text for part in variant.readings for text in part.text)]


def rests_on(read: Reading, variant: Variant, event: Event | None) -> list[Statement]:
    """The statements that a verdict rests on: of the event's moment, of the beginning of the order, and of
    all that ended, extended or stayed it.
    """
    line = read.audited.matrix.line_of(variant)
    return list(
        {one.id: one for name in _moments_asked(variant, event) for one in line.rests_on(name)}.values()
    )


def relations_under(read: Reading, variant: Variant, event: Event | None) -> list[Related]:
    """The relations that a verdict rests on."""
    line = read.audited.matrix.line_of(variant)
    return list(
        {
            one.id: one for name in _moments_asked(variant, event) for one in line.relations_under(name)
        }.values()
    )


def _moments_asked(variant: Variant, event: Event | None) -> list[str]:
    phase = variant.phase
    own = [event.moment_names()[phase]] if event is not None and phase is not None else []
    return [*own, *(f"{variant.order.id}.{act}" for act in variant.acts)]


def _relation_citation(related: Related) -> StatementCitation:
    relation = related.relation
    says = f"{relation.at_least or 'any time'} to {relation.at_most or 'any time'} after {related.since}"
    return StatementCitation(
        of=related.of,
        says=says,
        by=relation.by,
        evidence=relation.evidence,
        seen=tuple(relation.seen),
        note=relation.note,
    )


_Told: TypeAlias = Attribute | Exclusion | Outcome | Answers | Identity


def _said_of_subject(read: Reading, variant: Variant, event: Event | None) -> list[tuple[str, _Told]]:
    """What is said of the subject of an event and of whether it happened, each with what it is said of."""
    if event is None:
        return []
    matrix = read.audited.matrix
    keeps, subject = matrix.trust.keeps, event.file.subject
    asked = {condition.attribute for condition in variant.order.file.scope.conditions()}
    said: list[_Told] = [each for each in subject.attribute if each.name in asked]
    if INDIVIDUAL in asked:
        individuals = variant.order.file.scope.individuals
        said += [each for each in (*subject.includes, *subject.excludes) if each.id in individuals]
        said += [each for each in matrix.identities_on({subject.id, *individuals}) if not each.withdrawn]
    outcomes: list[_Told] = [*event.file.outcome, *(event.file.answers if variant.term.requires else [])]
    return [(subject.id, each) for each in said if keeps(each.by, each.evidence)] + [
        (event.id, each) for each in outcomes if keeps(each.by, each.evidence)
    ]


def _citation_of(told: _Told, of: str) -> StatementCitation:
    return StatementCitation(
        of=of,
        says=_said_in_words(told),
        by=told.by,
        evidence=told.evidence,
        seen=tuple(told.seen),
        fact=told.fact,
        note=told.note,
    )


def _said_in_words(each: _Told) -> str:
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
