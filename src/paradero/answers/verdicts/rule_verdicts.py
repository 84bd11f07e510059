"""A verdict of a rule on a recorded event, with its decisive facts and citations."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import msgspec

from paradero.answers.verdicts.audit_reading import Reading
from paradero.answers.verdicts.verdict_ids import VerdictId
from paradero.answers.verdicts.verdict_values import (
    DecisiveFact,
    LawCitation,
    RecordCitation,
    Unit,
    Verdict,
    declared_fact,
    if_answered,
)
from paradero.law.rules import Rule, Text, Version, facts_of
from paradero.model import verdicts
from paradero.model.time.clock import MINUTE_US, clock_text

IN_FORCE_HOUR = "in_force_hour"


class RuleRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the verdicts of a rule, with the person of the records; instants and margins of time in
    microseconds. Margins have the type that the rule's test gives them.
    """

    version: str
    construction: str | None
    release: str | None
    unique_identifier: str | None
    subject: str | None
    event_row: int | None
    other_row: int | None
    event_lo: int | None
    event_hi: int | None
    is_bound: bool | None
    in_force: bool | None
    is_shown: bool | None
    verdict: verdicts.Verdict
    margin_lo: int | float | Decimal | None
    margin_hi: int | float | Decimal | None
    bound_facts: str | None
    shown_facts: str | None
    turns_at: int | None


def rule_verdict(read: Reading, rule: Rule, row: RuleRow) -> Verdict:
    """The verdict of a row; times on the clock of the records."""
    version = rule.version(row.version)
    construction = rule.construction(row.construction)
    addresses = read.addresses(row.event_row, row.other_row)
    day = clock_text(row.event_lo)
    on = [] if row.subject is None else [f"{row.subject}/{(day or 'unknown')[:10]}"]
    at = "+".join([*on, *addresses])
    texts = [*version.text, *(construction.text if construction else [])]
    is_open = row.verdict is verdicts.Verdict.UNDETERMINED
    return Verdict(
        id=str(VerdictId(by=rule.id, part=version.id, construction=row.construction, at=at)),
        rule=rule.id,
        version=version.id,
        order=None,
        construction=row.construction,
        nature=rule.file.nature,
        severity=rule.file.severity,
        release=row.release,
        subject=row.subject or row.unique_identifier,
        event=rule.file.event,
        event_from=day,
        event_until=clock_text(row.event_hi),
        event_clock="as recorded",
        verdict=row.verdict,
        possible=verdicts.possible(row.is_bound, row.in_force, row.is_shown),
        is_bound=row.is_bound,
        in_force=row.in_force,
        is_shown=row.is_shown,
        margin_lo=margin(row.margin_lo, rule.file.unit),
        margin_hi=margin(row.margin_hi, rule.file.unit),
        margin_unit=rule.file.unit,
        decisive_facts=tuple(_facts(rule, version, row, addresses)) if is_open else (),
        if_answered=if_answered(row.is_bound, row.in_force, row.is_shown) if is_open else (),
        citations=(
            *(RecordCitation(address=each) for each in addresses),
            *(law_citation(each) for each in texts),
        ),
    )


def _facts(rule: Rule, version: Version, row: RuleRow, addresses: Sequence[str]) -> list[DecisiveFact]:
    return rule_facts(
        rule,
        version,
        facts_of(row.bound_facts, row.shown_facts),
        in_force_open=row.in_force is None,
        of=str(addresses[0] if addresses else row.subject),
        turns_at=row.turns_at,
    )


def rule_facts(
    rule: Rule, version: Version, ids: Sequence[str], *, in_force_open: bool, of: str, turns_at: int | None
) -> list[DecisiveFact]:
    """The declared facts of these ids, as decisive facts of the event `of`; where it is open whether the
    version was in force, its hour besides.
    """
    found = [declared_fact(rule.fact(each), of=of, turns_at=clock_text(turns_at)) for each in ids]
    if in_force_open:
        instrument = version.text[0].instrument
        found.append(
            DecisiveFact(
                fact=IN_FORCE_HOUR,
                what=f"the hour at which {instrument} took effect or ceased, or the exact time of the event",
                what_es=f"la hora en que {instrument} entró en vigor o cesó, o la hora exacta del hecho",
                record=instrument,
                field="date and hour of effect",
                field_es="fecha y hora en que rige",
                ask="public",
                exemption="",
                of=of,
                turns_at=None,
            )
        )
    return found


def law_citation(text: Text) -> LawCitation:
    """A text relied on as a citation."""
    return LawCitation(
        instrument=text.instrument,
        pin=text.pin,
        url=text.url,
        read_in_source=text.read,
        says=text.says,
        quote=text.quote,
        seen=text.seen,
    )


def margin(value: int | float | Decimal | None, unit: Unit) -> int | float | None:
    """A margin in its unit: times in minutes, to the thousandth."""
    if value is None:
        return None
    number = float(value) if isinstance(value, Decimal) else value
    return round(number / MINUTE_US, 3) if unit == "minutes" else number
