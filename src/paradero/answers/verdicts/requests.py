"""Requests for the facts that would settle undetermined verdicts: grouped by record and field, ranked by how
many verdicts each would settle, drafted.

Nothing is asked for that is public, such as the hour of an entry in a docket: `paradero why` says where to
look it up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import msgspec

from paradero.answers.verdicts.audit_reading import Reading
from paradero.answers.verdicts.in_words import event_in_words, period_in_words, row_in_words
from paradero.answers.verdicts.order_facts import PUBLIC, OpenAnswers, decisive
from paradero.answers.verdicts.rule_verdicts import rule_facts
from paradero.answers.verdicts.verdict_files import VerdictFile
from paradero.answers.verdicts.verdict_values import Ask, DecisiveFact
from paradero.answers.words import Words
from paradero.law.rules import facts_of
from paradero.model.answer import Answer
from paradero.model.time.clock import clock_text

Key = tuple[Ask, str, str]  # how to ask, the record and its field

_MOST_ABOUT = 5  # rows or events that a request names; how many more there are is said


class Request(Answer, frozen=True, kw_only=True):
    """A request for facts that stand in one field of one record, ready to be sent.

    `settles` counts the verdicts that it would settle by itself, `helps` those that it would settle with
    others; `about` are rows or events by their ids, `asked_by` the rules and orders that leave it open.
    """

    rank: int
    facts: tuple[str, ...]
    what: str
    record: str
    field: str
    ask: Ask
    period_from: str
    period_until: str
    about: tuple[str, ...]
    asked_by: tuple[str, ...]
    settles: int
    helps: int
    exemption: str | None
    draft: str


class _OpenRule(msgspec.Struct, frozen=True, kw_only=True):
    """Verdicts of a rule that the same facts would settle."""

    version: str
    construction: str | None
    bound_facts: str | None
    shown_facts: str | None
    in_force_open: bool
    n: int
    event_row: int | None
    lo: int | None
    hi: int | None
    subject: str | None


class _OpenOrder(OpenAnswers, frozen=True, kw_only=True):
    """Verdicts of an order that the same facts would settle."""

    stated_no: int | None
    n: int
    event_row: int | None
    lo: int | None
    hi: int | None


@dataclass(slots=True, kw_only=True)
class _Group:
    """Everything that one request asks for, as it is gathered."""

    key: Key
    zone: str
    whats: dict[str, str] = field(default_factory=dict)
    exemptions: dict[str, None] = field(default_factory=dict)
    about: dict[str, str] = field(default_factory=dict)
    by: dict[str, None] = field(default_factory=dict)
    facts: dict[str, None] = field(default_factory=dict)
    n_recorded: int = 0
    settles: int = 0
    helps: int = 0
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
    zone: str = "UTC"


def requests_of(
    read: Reading, *, language: str, by: tuple[str, ...] = (), events: tuple[str, ...] = ()
) -> list[Request]:
    """The requests, the one that settles most first: what, record, field, period, how to ask, the exemption
    to contest, and a draft in the language.

    `by` are rules and orders, `events` ids of events stated in files; nothing named is all. `settles` and
    `helps` count verdicts, each once.
    """
    groups: dict[Key, _Group] = {}
    words = Words(language)
    for file in read.audited.receipt.files:
        asks = _rule_facts if file.judged == "rule" else _order_facts
        for found in asks(read, file, by, events, words):
            _gather(groups, found)
    ranked = sorted(
        groups.values(), key=lambda each: (-each.settles, -each.helps, each.key[1], each.key[2], each.key[0])
    )
    return [_request(rank, group, words) for rank, group in enumerate(ranked, 1)]


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
            (event.id, event_in_words(event, variant, words, row.at_hi))
            if event
            else _recorded(read, row.event_row, words)
        )
        yield _Open(
            facts=decisive(read, variant, event, row, about),
            row=row,
            by=variant.order.id,
            about=about,
            in_words=in_words,
            zone=(variant.order.file.zones or ["UTC"])[0],
        )


def _recorded(read: Reading, row_id: int | None, words: Words) -> tuple[str, str]:
    if row_id is None or read.built is None:
        return "", "…"
    return str(read.built.address(row_id)), row_in_words(read, row_id, words)


def _gather(groups: dict[Key, _Group], found: _Open) -> None:
    """Every verdict counts once for a request, whatever the number of facts that it asks for; it settles one
    where nothing else is open.
    """
    keys: dict[Key, list[DecisiveFact]] = {}
    for fact in found.facts:
        keys.setdefault((fact.ask, fact.record, fact.field), []).append(fact)
    for key, facts in keys.items():
        if key[0] == PUBLIC:
            continue
        group = groups.setdefault(key, _Group(key=key, zone=found.zone))
        for fact in facts:
            group.whats.setdefault(fact.what, fact.what_es)
            group.facts[fact.fact] = None
            group.exemptions |= {fact.exemption: None} if fact.exemption else {}
        group.by[found.by] = None
        group.about.setdefault(found.about, found.in_words)
        n, lo, hi = found.row.n, found.row.lo, found.row.hi
        group.n_recorded += n if found.row.event_row is not None else 0
        group.settles += n if len(keys) == 1 else 0
        group.helps += n if len(keys) > 1 else 0
        group.lo = min((each for each in (group.lo, lo) if each is not None), default=None)
        group.hi = max((each for each in (group.hi, hi) if each is not None), default=None)


def _request(rank: int, group: _Group, words: Words) -> Request:
    ask, record, where = group.key
    what = "; ".join(words.of(english, spanish) for english, spanish in group.whats.items())
    shown = list(dict.fromkeys(group.about.values()))
    about = "; ".join(shown[:_MOST_ABOUT]) + (
        f" (+ {len(shown) - _MOST_ABOUT})" if len(shown) > _MOST_ABOUT else ""
    )
    if group.n_recorded:
        about = words("about_rows", n=f"{group.n_recorded:,}", examples=about)
    first, last = ((clock_text(us) or "…")[:10] for us in (group.lo, group.hi))
    period = period_in_words(group.lo, group.hi, words, group.zone)
    exemption = "; ".join(group.exemptions)
    draft = words(f"draft_{ask}", period=period, record=record, field=where, about=about, what=what)
    if exemption:
        draft += "\n" + words("draft_exemption", exemption=exemption)
    return Request(
        rank=rank,
        facts=tuple(group.facts),
        what=what,
        record=record,
        field=where,
        ask=ask,
        period_from=first,
        period_until=last,
        about=tuple(group.about),
        asked_by=tuple(group.by),
        settles=group.settles,
        helps=group.helps,
        exemption=exemption or None,
        draft=draft,
    )
