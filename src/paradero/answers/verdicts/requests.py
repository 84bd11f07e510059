"""Requests for the facts that would settle undetermined verdicts: grouped by record and field, ranked by how
many verdicts each would settle, drafted in the form that fits.

Nothing is asked for that is public, such as the hour of an entry in a docket or the words of a statute: it is
listed as what is to be looked up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import msgspec

from paradero.answers.verdicts.asking.act_facts import PUBLIC, zone_of
from paradero.answers.verdicts.asking.draft_forms import FormName, draft_form
from paradero.answers.verdicts.asking.drafting import Sought, asked_for, drafted, record_in_words
from paradero.answers.verdicts.asking.fitting import fits
from paradero.answers.verdicts.asking.proposing import proposed
from paradero.answers.verdicts.asking.request_values import LookUp, Proposed, Request, Wanting
from paradero.answers.verdicts.asking.windows import window_of
from paradero.answers.verdicts.audit_reading import Reading
from paradero.answers.verdicts.in_words import event_in_words, period_in_words, row_in_words
from paradero.answers.verdicts.order_facts import OpenAnswers, decisive
from paradero.answers.verdicts.rule_verdicts import rule_facts
from paradero.answers.verdicts.verdict_files import VerdictFile
from paradero.answers.verdicts.verdict_values import Ask, DecisiveFact
from paradero.answers.words import Words
from paradero.law.events import Event
from paradero.law.matrix import Matrix
from paradero.law.rules import facts_of
from paradero.law.shown.variants import Variant
from paradero.model.time.clock import clock_text

Key = tuple[Ask, str, str]  # how to ask, the record and its field

_REVIEWED = (
    "5 U.S.C. 705",
    "5 U.S.C. 706",
    "5 U.S.C. § 705",
    "5 U.S.C. § 706",
    "Administrative Procedure Act",
)


class _OpenRule(msgspec.Struct, frozen=True, kw_only=True):
    """Verdicts of a rule that the same facts would settle."""

    version: str
    construction: str | None
    bound_facts: str | None
    shown_facts: str | None
    in_force_open: bool
    may_be_violated: bool
    n: int
    event_row: int | None
    lo: int | None
    hi: int | None
    subject: str | None


class _OpenOrder(OpenAnswers, frozen=True, kw_only=True):
    """Verdicts of an order that the same facts would settle."""

    stated_no: int | None
    may_be_violated: bool
    n: int
    event_row: int | None
    lo: int | None
    hi: int | None


@dataclass(slots=True, kw_only=True)
class _Group:
    """Everything that one request asks for, as it is gathered."""

    key: Key
    zone: str
    exemptions: dict[str, None] = field(default_factory=dict)
    about: dict[str, str] = field(default_factory=dict)
    by: dict[str, None] = field(default_factory=dict)
    under: dict[str, None] = field(default_factory=dict)
    binds: dict[str, None] = field(default_factory=dict)
    facts: list[DecisiveFact] = field(default_factory=list)
    n_recorded: int = 0
    is_reviewed: bool = False
    settles: int = 0
    helps: int = 0
    milder: int = 0
    lo: int | None = None
    hi: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Open:
    """Verdicts that the same facts would settle: how many, when, and what they are on, by its id and in
    words.
    """

    facts: Sequence[DecisiveFact]
    row: _OpenRule | _OpenOrder
    by: str
    about: str
    in_words: str
    under: str = ""
    zone: str = ""
    is_reviewed: bool = False
    variant: Variant | None = None
    event: Event | None = None


def requests_of(
    read: Reading, *, language: str, by: tuple[str, ...] = (), events: tuple[str, ...] = ()
) -> list[Request]:
    """The requests, the one that settles most first, each in the form that fits it best."""
    return wanting_of(read, language=language, by=by, events=events).requests


def wanting_of(
    read: Reading,
    *,
    language: str,
    by: tuple[str, ...] = (),
    events: tuple[str, ...] = (),
    form: FormName | None = None,
) -> Wanting:
    """The requests, the one that settles most first: what, record, field, period, how to ask, the exemption
    to contest, and a draft in the language; and what is public.

    `by` are rules and orders, `events` ids of events stated in files; nothing named is all. A `form` leaves
    out what cannot be asked for in it. `settles` and `helps` count verdicts, each once; those that no answer
    makes `violated` are counted apart, and a request for them alone comes last.
    """
    groups: dict[Key, _Group] = {}
    words = Words(language)
    for file in read.audited.receipt.files:
        asks = _rule_facts if file.judged == "rule" else _order_facts
        for found in asks(read, file, by, events, words):
            _gather(groups, found, read.audited.matrix)
    ranked = sorted(
        groups.values(),
        key=lambda each: (-each.settles, -each.helps, -each.milder, *each.key[1:], each.key[0]),
    )
    asked = [each for each in ranked if each.key[0] != PUBLIC]
    fit = [each for each in asked if form is None or form in _forms(each)]
    return Wanting(
        requests=[_request(rank, group, words, form) for rank, group in enumerate(fit, 1)],
        lookups=[_lookup(each, words) for each in ranked if each.key[0] == PUBLIC],
        unfit=len(asked) - len(fit),
    )


def _rule_facts(
    read: Reading, file: VerdictFile, by: tuple[str, ...], events: tuple[str, ...], words: Words
) -> Iterator[_Open]:
    if (by and file.rule not in by) or events:
        return
    rule = read.audited.law.rules[file.rule]
    for row in read.rows("rule_open", _OpenRule, file):
        about, in_words = (
            _recorded(read, row.event_row, words)
            if row.event_row is not None
            else (str(row.subject), str(row.subject))
        )
        facts = rule_facts(
            rule,
            rule.version(row.version),
            facts_of(row.bound_facts, row.shown_facts),
            in_force_open=row.in_force_open,
            of=about,
            turns_at=None,
        )
        yield _Open(facts=facts, row=row, by=rule.id, about=about, in_words=in_words)


def _order_facts(
    read: Reading, file: VerdictFile, by: tuple[str, ...], events: tuple[str, ...], words: Words
) -> Iterator[_Open]:
    for row in read.rows("order_open", _OpenOrder, file):
        variant = read.audited.matrix.variants[row.variant]
        event = read.audited.matrix.events.get(row.stated_no) if row.stated_no is not None else None
        if (by and variant.order.id not in by) or (events and (event is None or event.id not in events)):
            continue
        about, in_words = (
            (event.id, _event_and_people(event, variant, words, row.at_hi))
            if event
            else _recorded(read, row.event_row, words)
        )
        yield _Open(
            facts=decisive(read, variant, event, row, about),
            row=row,
            by=variant.order.id,
            about=about,
            in_words=in_words,
            under=words.of(variant.order.file.title, variant.order.file.title_es),
            zone=zone_of(variant),
            is_reviewed=_is_reviewed(variant),
            variant=variant,
            event=event,
        )


def _event_and_people(event: Event, variant: Variant, words: Words, due: int | None) -> str:
    """An event with the people that it concerns, by number or class; of a silence, those whom its
    trigger named, else those whom the order protects.
    """
    what = event_in_words(event, variant, words, due)
    scope = variant.order.file.scope
    # the subject of a silence has words of its own where a trigger named them
    said = event.text or event.of or event.file.subject.what != event.file.subject.id
    people = (
        words.of(event.file.subject.what, event.file.subject.what_es)
        if said
        else words.of(scope.protects, scope.protects_es)
    )
    what, people = what.rstrip("."), people.rstrip(".")
    return what if not people or people in what else words("about_people", what=what, people=people)


def _recorded(read: Reading, row_id: int | None, words: Words) -> tuple[str, str]:
    if row_id is None or read.built is None:
        return "", "…"
    return str(read.built.address(row_id)), row_in_words(read, row_id, words)


def _gather(groups: dict[Key, _Group], found: _Open, matrix: Matrix) -> None:
    """Every verdict counts once for a request, whatever the number of facts that it asks for; it settles one
    where nothing else is open.
    """
    keys: dict[Key, list[DecisiveFact]] = {}
    for fact in found.facts:
        keys.setdefault((fact.ask, fact.record, fact.field), []).append(fact)
    is_alone = len(keys) == 1
    for key, facts in keys.items():
        group = groups.setdefault(key, _Group(key=key, zone=found.zone))
        group.facts += [fact for fact in facts if fact not in group.facts]
        group.exemptions |= {fact.exemption: None for fact in facts if fact.exemption}
        group.by[found.by] = None
        group.about.setdefault(found.about, found.in_words)
        group.under |= {found.under: None} if found.under else {}
        group.is_reviewed |= found.is_reviewed
        n, lo, hi = found.row.n, found.row.lo, found.row.hi
        if found.variant is not None:
            lo, hi = window_of(matrix, found.variant, found.event, facts, lo, hi)
            group.binds[found.variant.order.file.scope.binds] = None
        group.n_recorded += n if found.row.event_row is not None else 0
        if not found.row.may_be_violated:
            group.milder += n
        elif is_alone:
            group.settles += n
        else:
            group.helps += n
        group.lo = min((each for each in (group.lo, lo) if each is not None), default=None)
        group.hi = max((each for each in (group.hi, hi) if each is not None), default=None)


def _is_reviewed(variant: Variant) -> bool:
    """Whether an order is on a rule of an agency: a court then reviews its record, mostly without
    discovery.
    """
    said = " ".join(f"{each.instrument} {each.pin} {each.says}" for each in variant.order.file.text)
    return variant.term.kind == "application" or any(each in said for each in _REVIEWED)


def _forms(group: _Group) -> tuple[FormName, ...]:
    return fits(group.facts, len(group.about))


def _lookup(group: _Group, words: Words) -> LookUp:
    record, where = record_in_words(group.facts[0], words)
    what = "; ".join(dict.fromkeys(words.of(each.what, each.what_es) for each in group.facts))
    helps = group.settles + group.helps + group.milder
    return LookUp(what=what, record=record, field=where, helps=helps, asked_by=tuple(group.by))


def _request(rank: int, group: _Group, words: Words, form: FormName | None) -> Request:
    ask, record, where = group.key
    forms = _forms(group)
    name = form or forms[0]
    sought = Sought(
        facts=group.facts,
        about=group.about,
        under=tuple(group.under),
        period=period_in_words(group.lo, group.hi, words, group.zone or "UTC"),
        clock=group.zone or words("clock_of_records"),
        claims=tuple(group.exemptions),
        n_recorded=group.n_recorded,
        is_reviewed=group.is_reviewed,
    )
    rule = draft_form(name)
    first, last = ((clock_text(us) or "…")[:10] for us in (group.lo, group.hi))
    return Request(
        rank=rank,
        facts=tuple(dict.fromkeys(each.fact for each in group.facts)),
        what=asked_for(sought, words),
        record=record,
        field=where,
        ask=ask,
        form=name,
        also=tuple(each for each in forms if each != name),
        cited=rule.cited,
        answered=words.of(rule.answered, rule.answered_es),
        period_from=first,
        period_until=last,
        about=tuple(group.about),
        asked_by=tuple(group.by),
        settles=group.settles,
        helps=group.helps,
        milder=group.milder,
        n_events=group.n_recorded or len(group.about),
        exemption="; ".join(group.exemptions) or None,
        draft=drafted(name, sought, words),
        besides=tuple(
            _proposed(each, why, sought, words)
            for each, why in proposed(group.facts, group.binds, name, words)
            if form is None
        ),
    )


def _proposed(name: FormName, why: str, sought: Sought, words: Words) -> Proposed:
    rule = draft_form(name)
    return Proposed(
        form=name,
        why=why,
        cited=rule.cited,
        answered=words.of(rule.answered, rule.answered_es),
        draft=drafted(name, sought, words),
    )
