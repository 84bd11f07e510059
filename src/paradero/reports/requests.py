"""Requests for the facts that would settle undetermined verdicts: grouped by record and field, ranked by how many verdicts each would settle, drafted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from paradero.casefile.rule_cases import facts_of
from paradero.model.clock import clock_text
from paradero.reports.audit_reading import Reading
from paradero.reports.order_verdicts import decisive
from paradero.reports.rule_verdicts import rule_facts
from paradero.reports.words import Words

Row = dict[str, Any]

_MOST_ABOUT = 5  # rows or events that a request names; how many more there are is said


@dataclass(slots=True, kw_only=True)
class _Group:
    """Everything that one request asks for, as it is gathered."""

    first: Row
    whats: dict[str, str] = field(default_factory=dict)
    exemptions: dict[str, None] = field(default_factory=dict)
    about: dict[str, None] = field(default_factory=dict)
    by: dict[str, None] = field(default_factory=dict)
    facts: dict[str, None] = field(default_factory=dict)
    n_recorded: int = 0
    settles: int = 0
    helps: int = 0
    lo: int | None = None
    hi: int | None = None


def requests_of(read: Reading, *, language: str, by: tuple[str, ...] = (), events: tuple[str, ...] = ()) -> list[Row]:
    """The requests, the one that settles most first: what, record, field, period, how to ask, the exemption to contest, and a draft in the language.

    `by` are rules and orders, `events` ids of events stated in files; nothing named is all.
    """
    groups: dict[tuple[str, str, str], _Group] = {}
    for name in read.audited.paths():
        for facts, row in _order_facts(read, name, by, events) if name.startswith("orders") else _rule_facts(read, name, by, events):
            _gather(groups, facts, row)
    ranked = sorted(groups.values(), key=lambda each: (-each.settles, -each.helps, each.first["record"], each.first["field"], each.first["ask"]))
    words = Words(language)
    return [_request(rank, group, words) for rank, group in enumerate(ranked, 1)]


def _rule_facts(read: Reading, name: str, by: tuple[str, ...], events: tuple[str, ...]) -> list[tuple[list[Row], Row]]:
    if (by and name not in by) or events:
        return []
    rule = read.audited.law.rules[name]
    rows = read.rows(
        f"""SELECT version, construction, bound_facts, shown_facts, in_force IS NULL AS in_force_open, count(*) AS n, min(event_row) AS event_row,
          min(event_lo) AS lo, max(coalesce(event_hi, event_lo)) AS hi, min(subject) AS subject
        FROM "verdicts_{name}" WHERE verdict = 'undetermined' AND may_be_violated
        GROUP BY version, construction, bound_facts, shown_facts, in_force IS NULL
        ORDER BY version, construction NULLS FIRST, bound_facts NULLS FIRST, shown_facts NULLS FIRST, in_force_open"""
    )
    found = []
    for row in rows:
        at = read.built.address(row["event_row"]) if read.built is not None and row["event_row"] is not None else row["subject"]
        facts = rule_facts(rule, rule.version(row["version"]), facts_of(row), in_force_open=row["in_force_open"], of=str(at), turns_at=None)
        found.append((facts, {**row, "by": name}))
    return found


def _order_facts(read: Reading, name: str, by: tuple[str, ...], events: tuple[str, ...]) -> list[tuple[list[Row], Row]]:
    rows = read.rows(
        f"""SELECT variant, CASE WHEN event_no < 0 THEN event_no END AS stated_no, is_bound, in_force, is_shown, unknown_bits, moment_decides, act_decides,
          rule_facts, count(*) AS n, min(event_row) AS event_row, min(at_lo) AS lo, max(coalesce(at_hi, at_lo)) AS hi
        FROM "verdicts_{name}" WHERE verdict = 'undetermined' AND may_be_violated GROUP BY ALL ORDER BY ALL"""
    )
    found = []
    for row in rows:
        variant = read.audited.matrix.variants[row["variant"]]
        if by and variant.order.id not in by:
            continue
        event = read.audited.matrix.events.get(row["stated_no"]) if row["stated_no"] is not None else None
        at = [read.built.address(row["event_row"])] if read.built is not None and row["event_row"] is not None else []
        if events and (event is None or event.id not in events):
            continue
        found.append((decisive(read, variant, event, row, at), {**row, "by": variant.order.id}))
    return found


def _gather(groups: dict[tuple[str, str, str], _Group], facts: list[Row], row: Row) -> None:
    for fact in facts:
        group = groups.setdefault((fact["ask"], fact["record"], fact["field"]), _Group(first=fact))
        group.whats.setdefault(fact["what"], fact["what_es"])
        group.facts[fact["fact"]] = None
        group.by[row["by"]] = None
        group.about[str(fact["of"])] = None
        group.n_recorded += row["n"] if row["event_row"] is not None else 0
        if fact["exemption"]:
            group.exemptions[fact["exemption"]] = None
        if len(facts) == 1:
            group.settles += row["n"]
        else:
            group.helps += row["n"]
        group.lo = row["lo"] if group.lo is None else min(group.lo, row["lo"] if row["lo"] is not None else group.lo)
        group.hi = row["hi"] if group.hi is None else max(group.hi, row["hi"] if row["hi"] is not None else group.hi)


def _request(rank: int, group: _Group, words: Words) -> Row:
    what = "; ".join(words.of(english, spanish) for english, spanish in group.whats.items())
    shown = list(group.about)[:_MOST_ABOUT]
    about = ", ".join(shown) + (f" (+ {len(group.about) - len(shown)})" if len(group.about) > len(shown) else "")
    if group.n_recorded:
        about = words("about_rows", n=f"{group.n_recorded:,}", examples=about)
    first, last = ((clock_text(us) or "…")[:10] for us in (group.lo, group.hi))
    exemption = "; ".join(group.exemptions)
    draft = words(f"draft_{group.first['ask']}", first=first, last=last, record=group.first["record"], field=group.first["field"], about=about, what=what)
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
