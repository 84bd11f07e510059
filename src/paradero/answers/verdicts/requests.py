"""Requests for the facts that would settle undetermined verdicts: grouped by record and field, ranked by how
many verdicts each would settle, drafted.

Nothing is asked for that is public, such as the hour of an entry in a docket: `paradero why` says where to
look it up.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from paradero.answers.verdicts.audit_reading import Reading
from paradero.answers.verdicts.in_words import event_in_words, period_in_words, row_in_words
from paradero.answers.verdicts.order_facts import PUBLIC, decisive
from paradero.answers.verdicts.rule_verdicts import rule_facts
from paradero.answers.words import Words
from paradero.law.matrix import Variant
from paradero.law.rules import facts_of
from paradero.model.time.clock import clock_text

Row = dict[str, Any]
Key = tuple[str, str, str]

_MOST_ABOUT = 5  # rows or events that a request names; how many more there are is said


@dataclass(slots=True, kw_only=True)
class _Group:
    """Everything that one request asks for, as it is gathered."""

    first: Row
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

    facts: list[Row]
    row: Row
    by: str
    about: str
    in_words: str


def requests_of(
    read: Reading, *, language: str, by: tuple[str, ...] = (), events: tuple[str, ...] = ()
) -> list[Row]:
    """The requests, the one that settles most first: what, record, field, period, how to ask, the exemption
    to contest, and a draft in the language.

    `by` are rules and orders, `events` ids of events stated in files; nothing named is all. `settles` and
    `helps` count verdicts, each once.
    """
    groups: dict[Key, _Group] = {}
    words = Words(language)
    for name in read.audited.paths():
        for found in (
            _order_facts(read, name, by, events, words)
            if name.startswith("orders")
            else _rule_facts(read, name, by, events, words)
        ):
            _gather(groups, found)
    ranked = sorted(
        groups.values(),
        key=lambda each: (
            -each.settles,
            -each.helps,
            each.first["record"],
            each.first["field"],
            each.first["ask"],
        ),
    )
    return [_request(rank, group, words) for rank, group in enumerate(ranked, 1)]


def _rule_facts(
    read: Reading, name: str, by: tuple[str, ...], events: tuple[str, ...], words: Words
) -> Iterator[_Open]:
    if (by and name not in by) or events:
        return
    rule = read.audited.law.rules[name]
    rows = read.rows(
        f"""SELECT version, construction, bound_facts, shown_facts, in_force IS NULL AS in_force_open,
          count(*) AS n, min(event_row) AS event_row,
          min(event_lo) AS lo, max(coalesce(event_hi, event_lo)) AS hi, min(subject) AS subject
        FROM "verdicts_{name}" WHERE verdict = 'undetermined' AND may_be_violated
        GROUP BY version, construction, bound_facts, shown_facts, in_force IS NULL
        ORDER BY version, construction NULLS FIRST, bound_facts NULLS FIRST, shown_facts NULLS FIRST,
          in_force_open"""
    )
    for row in rows:
        at, in_words = (
            _recorded(read, row["event_row"], words)
            if row["event_row"] is not None
            else (row["subject"], row["subject"])
        )
        facts = rule_facts(
            rule,
            rule.version(row["version"]),
            facts_of(row),
            in_force_open=row["in_force_open"],
            of=str(at),
            turns_at=None,
        )
        yield _Open(facts=facts, row=row, by=name, about=str(at), in_words=str(in_words))


def _order_facts(
    read: Reading, name: str, by: tuple[str, ...], events: tuple[str, ...], words: Words
) -> Iterator[_Open]:
    rows = read.rows(
        f"""SELECT variant, CASE WHEN event_no < 0 THEN event_no END AS stated_no, is_bound,
          in_force, is_shown,
          unknown_bits, moment_decides, act_decides,
          rule_facts, count(*) AS n, min(event_row) AS event_row, min(at_lo) AS lo,
            max(coalesce(at_hi, at_lo)) AS hi,
          CASE WHEN count(at_lo) = count(*) THEN min(at_lo) END AS at_lo, CASE
            WHEN count(at_hi) = count(*) THEN max(at_hi) END AS at_hi
        FROM "verdicts_{name}" WHERE verdict = 'undetermined' AND may_be_violated GROUP BY ALL ORDER BY ALL"""
    )
    for row in rows:
        variant = read.audited.matrix.variants[row["variant"]]
        event = read.audited.matrix.events.get(row["stated_no"]) if row["stated_no"] is not None else None
        if (by and variant.order.id not in by) or (events and (event is None or event.id not in events)):
            continue
        about, in_words = (
            (event.id, event_in_words(event, variant, words))
            if event
            else _recorded(read, row["event_row"], words)
        )
        facts = decisive(read, variant, event, row, [] if event else [about])
        yield _Open(
            facts=facts, row=_with_zone(row, variant), by=variant.order.id, about=about, in_words=in_words
        )


def _with_zone(row: Row, variant: Variant) -> Row:
    return {**row, "zone": (variant.order.file.zones or ["UTC"])[0]}


def _recorded(read: Reading, row_id: int | None, words: Words) -> tuple[str, str]:
    if row_id is None or read.built is None:
        return "", "…"
    return str(read.built.address(row_id)), row_in_words(read, row_id, words)


def _gather(groups: dict[Key, _Group], found: _Open) -> None:
    """Every verdict counts once for a request, whatever the number of facts that it asks for; it settles one
    where nothing else is open.
    """
    keys: dict[Key, list[Row]] = {}
    for fact in found.facts:
        keys.setdefault((fact["ask"], fact["record"], fact["field"]), []).append(fact)
    for key, facts in keys.items():
        if key[0] == PUBLIC:
            continue
        group = groups.setdefault(key, _Group(first={**facts[0], "zone": found.row.get("zone", "UTC")}))
        for fact in facts:
            group.whats.setdefault(fact["what"], fact["what_es"])
            group.facts[fact["fact"]] = None
            group.exemptions |= {fact["exemption"]: None} if fact["exemption"] else {}
        group.by[found.by] = None
        group.about.setdefault(found.about, found.in_words)
        n, lo, hi = found.row["n"], found.row["lo"], found.row["hi"]
        group.n_recorded += n if found.row["event_row"] is not None else 0
        group.settles += n if len(keys) == 1 else 0
        group.helps += n if len(keys) > 1 else 0
        group.lo = min((each for each in (group.lo, lo) if each is not None), default=None)
        group.hi = max((each for each in (group.hi, hi) if each is not None), default=None)


def _request(rank: int, group: _Group, words: Words) -> Row:
    what = "; ".join(words.of(english, spanish) for english, spanish in group.whats.items())
    shown = list(dict.fromkeys(group.about.values()))
    about = "; ".join(shown[:_MOST_ABOUT]) + (
        f" (+ {len(shown) - _MOST_ABOUT})" if len(shown) > _MOST_ABOUT else ""
    )
    if group.n_recorded:
        about = words("about_rows", n=f"{group.n_recorded:,}", examples=about)
    first, last = ((clock_text(us) or "…")[:10] for us in (group.lo, group.hi))
    period = period_in_words(group.lo, group.hi, words, group.first["zone"])
    exemption = "; ".join(group.exemptions)
    draft = words(
        f"draft_{group.first['ask']}",
        period=period,
        record=group.first["record"],
        field=group.first["field"],
        about=about,
        what=what,
    )
    if exemption:
        draft += "\n" + words("draft_exemption", exemption=exemption)
    return {
        "rank": rank,
        "facts": list(group.facts),
        "what": what,
        "record": group.first["record"],
        "field": group.first["field"],
        "ask": group.first["ask"],
        "period_from": first,
        "period_until": last,
        "about": list(group.about),
        "asked_by": list(group.by),
        "settles": group.settles,
        "helps": group.helps,
        "exemption": exemption or None,
        "draft": draft,
    }
