"""Verdicts as values: what was judged and how, what would settle it, and where it is written."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from paradero.authored.cited import SeenAs
from paradero.authored.evidence import Evidence
from paradero.authored.statements import Statement
from paradero.law.rules import Fact
from paradero.model import verdicts
from paradero.model.answer import Answer

Judged = Literal["rule", "order"]
Nature = Literal["law", "policy", "indicator", "order"]
Severity = Literal["note", "minor", "serious", "severe"]
Unit = Literal["minutes", "people", "moves", "years"]
# `public` is asked of nobody, it is looked up; `clarification` of the court, or by stipulation: what its
# docket does not show; `argument` is a question of law, which no record answers
Ask = Literal["foia", "discovery", "subject_access", "public", "clarification", "argument"]


class RecordCitation(Answer, frozen=True, kw_only=True, tag_field="kind", tag="record"):
    """A row of the records, by its address."""

    address: str


class LawCitation(Answer, frozen=True, kw_only=True, omit_defaults=True, tag_field="kind", tag="law"):
    """A text relied on; `read_in_source` says whether its words were read in the source itself, `copies`
    which of the addresses is somebody's copy.
    """

    instrument: str
    pin: str = ""
    url: str = ""
    read_in_source: bool
    says: str = ""
    quote: str = ""
    seen: str = ""
    copies: tuple[str, ...] = ()


class StatementCitation(
    Answer, frozen=True, kw_only=True, omit_defaults=True, tag_field="kind", tag="statement"
):
    """What somebody says of a moment, of what lies between two, of a subject, or of whether it happened.

    A statement of a moment has its `time`, or why it is `withheld`; every other `says` it in words. `seen` is
    where it was read, which may be nowhere; `copies` those of the addresses that are copies of somebody
    else's page. `primary` names the primary source, `seen_as` whether that was read, or the outlet's own
    page, or copies alone; both are left out where nobody says.
    """

    of: str
    time: str = ""
    withheld: str = ""
    says: str = ""
    by: str
    evidence: Evidence
    seen: tuple[str, ...]
    fact: str = ""
    note: str = ""
    primary: str = ""
    primary_url: str = ""
    seen_as: SeenAs = ""
    copies: tuple[str, ...] = ()


def statement_citation(statement: Statement) -> StatementCitation:
    """A statement as a citation: what it dates, what it says, who says it, how, and where it was seen."""
    said = statement.said
    return StatementCitation(
        of=statement.of,
        time=said.time,
        withheld=said.withheld,
        by=said.by,
        evidence=said.evidence,
        seen=tuple(said.seen),
        fact=said.fact,
        note=said.note,
    )


Citation: TypeAlias = RecordCitation | LawCitation | StatementCitation


class Between(msgspec.Struct, frozen=True, kw_only=True):
    """Bounds of an instant (UTC microseconds; None: no bound), and the zone on whose clock it is said."""

    lo: int | None
    hi: int | None
    zone: str


class DecisiveFact(Answer, frozen=True, kw_only=True):
    """A fact that would settle a verdict: what it is, which record and field hold it, how it is asked for.

    `known` is what is known of a moment, and is there for moments only; `turns_at` the instant at which the
    verdict becomes another. `known_between` is the same as bounds, and `turns` are the instants of which it
    decides on which side the moment lies, of orders only.
    `record_es` and `field_es` are blank where an agency has its own name for them. `said_by` is the one
    person who says so under oath, where nobody else does.
    """

    fact: str
    what: str
    what_es: str
    record: str
    field: str
    ask: Ask
    exemption: str
    of: str
    known: str | msgspec.UnsetType | None = msgspec.UNSET
    turns_at: str | None
    record_es: str = ""
    field_es: str = ""
    known_between: Between | msgspec.UnsetType = msgspec.UNSET
    turns: tuple[Between, ...] = ()
    said_by: str = ""


def declared_fact(fact: Fact, *, of: str, turns_at: str | None = None) -> DecisiveFact:
    """A fact that a rule declares, of the event `of`."""
    return DecisiveFact(
        fact=fact.id,
        what=fact.what,
        what_es=fact.what_es,
        record=fact.record,
        field=fact.field,
        ask=fact.ask,
        exemption=fact.exemption,
        of=of,
        turns_at=turns_at,
    )


class Margin(msgspec.Struct, frozen=True, kw_only=True):
    """How far past the line an event is, as bounds, in `unit`; below zero how far within. None is no
    bound.
    """

    lo: int | float | None
    hi: int | float | None
    unit: Unit

    @property
    def is_known(self) -> bool:
        """Whether there is a bound at all."""
        return self.lo is not None or self.hi is not None


class IfAnswered(Answer, frozen=True, kw_only=True):
    """What would be left of a verdict if one of its open questions were answered: is the event `bound`, was
    the rule or order `in_force`, is the forbidden thing `shown`. One verdict is a settled one.
    """

    question: Literal["bound", "in_force", "shown"]
    if_yes: tuple[verdicts.Verdict, ...]
    if_no: tuple[verdicts.Verdict, ...]


def if_answered(
    is_bound: bool | None, in_force: bool | None, is_shown: bool | None
) -> tuple[IfAnswered, ...]:
    """What either answer to each open question would leave possible, the other questions as they are."""
    found = []
    if is_bound is None:
        yes, no = (verdicts.possible(answer, in_force, is_shown) for answer in (True, False))
        found.append(IfAnswered(question="bound", if_yes=yes, if_no=no))
    if in_force is None:
        yes, no = (verdicts.possible(is_bound, answer, is_shown) for answer in (True, False))
        found.append(IfAnswered(question="in_force", if_yes=yes, if_no=no))
    if is_shown is None:
        yes, no = (verdicts.possible(is_bound, in_force, answer) for answer in (True, False))
        found.append(IfAnswered(question="shown", if_yes=yes, if_no=no))
    return tuple(found)


class Verdict(Answer, frozen=True, kw_only=True):
    """Our reading of the record on one event, under one rule or order and one construction of it.

    `rule` is the rule, or of an order the term or the rule that the term binds to; `order` and the number of
    `people` are of orders only. `event_clock` says on which clock the event's bounds are written.
    """

    id: str
    rule: str
    version: str | None
    order: str | None
    construction: str | None
    nature: Nature
    severity: Severity
    release: str | None
    subject: str | None
    event: str
    event_from: str | None
    event_until: str | None
    event_clock: Literal["UTC", "as recorded"]
    verdict: verdicts.Verdict
    possible: tuple[verdicts.Verdict, ...]
    is_bound: bool | None
    in_force: bool | None
    is_shown: bool | None
    margin_lo: int | float | None
    margin_hi: int | float | None
    margin_unit: Unit
    people_lo: int | msgspec.UnsetType | None = msgspec.UNSET
    people_hi: int | msgspec.UnsetType | None = msgspec.UNSET
    decisive_facts: tuple[DecisiveFact, ...]
    if_answered: tuple[IfAnswered, ...]
    citations: tuple[Citation, ...]

    @property
    def judged(self) -> Judged:
        """What the event was held against."""
        return "rule" if self.order is None else "order"

    @property
    def margin(self) -> Margin:
        """How far past the line the event is."""
        return Margin(lo=self.margin_lo, hi=self.margin_hi, unit=self.margin_unit)

    @property
    def addresses(self) -> list[str]:
        """The addresses of the rows that it rests on."""
        return [cited.address for cited in self.citations if isinstance(cited, RecordCitation)]


class VerdictSummary(Answer, frozen=True, kw_only=True):
    """How many events have which verdict under a rule or a term, one version and one construction.

    `best_case` are the violated, `worst_case` those and what may turn out to be; `cannot_be_judged` counts
    rows whose key field is not recorded, and is None where only some of the records are asked about.
    """

    rule: str
    order: str | None
    version: str | None
    construction: str | None
    violated: int
    undetermined: int
    complied: int
    not_bound: int
    best_case: int
    worst_case: int
    cannot_be_judged: int | None

    @property
    def judged(self) -> Judged:
        """What the events were held against."""
        return "rule" if self.order is None else "order"
