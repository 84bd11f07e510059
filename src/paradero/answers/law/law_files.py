"""The law of a casefile: rules, orders and events as files, each tried on its worked cases before it
is used.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import msgspec

from paradero.answers.law.between_files import check_terms_of_rules, check_together
from paradero.authored.cited import Cited, cited_in
from paradero.authored.declared import AuthoredError, Mistakes, read_folder, text_of
from paradero.authored.evidence import Trust
from paradero.casefile.folder import Casefile
from paradero.disk.whole_files import write_whole
from paradero.engines.fingerprint import fingerprint_of
from paradero.law.events import Event, read_event
from paradero.law.identities import Identities, read_identities
from paradero.law.matrix import Matrix, matrix_of
from paradero.law.orders import Order, read_order
from paradero.law.rules import CaseResult, Rule, built_in_rules, read_rule, read_rules

OF_EVENTS = "orders"  # what the verdicts of orders on events are kept under; those of a rule, under its id

_RULE_ID = re.compile(r"[a-z0-9][a-z0-9-]*")

Filed = TypeVar("Filed", Order, Event)


NOTHING_CITED = Cited()


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """Everything that events are held against, the events that are stated in files, and what is said by
    itself of who is who.
    """

    rules: dict[str, Rule]
    orders: tuple[Order, ...]
    events: tuple[Event, ...]
    identities: Identities | None = None
    cited: Cited = NOTHING_CITED

    def matrix(self, trust: Trust) -> Matrix:
        """Orders and events put together, as far as they are believed."""
        return matrix_of(self.orders, self.events, trust, self.identities.said if self.identities else ())

    def sources(self) -> list[str]:
        """Everybody who says something of an event or an order, by name."""
        filed: list[Order | Event] = [*self.events, *self.orders]
        found = {one.said.by for each in filed for one in each.statements} | {
            one.relation.by for each in filed for one in each.relations if one.relation.seen
        }
        for event in self.events:
            subject = event.file.subject
            found |= (
                {one.by for one in event.file.outcome}
                | {one.by for one in event.file.answers}
                | {one.by for one in subject.attribute}
                | {one.by for one in (*event.file.item, *event.file.value)}
            )
            found |= {one.by for one in (*subject.includes, *subject.excludes)}
        for order in self.orders:
            found |= {one.by for one in (*order.file.docket_read, *order.file.closed)}
            found |= {one.by for term in order.file.term for one in term.finding}
        found |= {one.by for each in filed for one in each.file.identity} | {
            one.by for one in (self.identities.said if self.identities else ())
        }
        return sorted(found)

    @property
    def fingerprint(self) -> str:
        """SHA-256 over every text and all code that verdicts rest on."""
        texts = [f"rule {rule.id} {_rule_print(rule)}" for rule in self.rules.values()]
        texts += [f"order {order.id} {_text_print(order.text)}" for order in self.orders]
        texts += [f"event {event.id} {_text_print(event.text)}" for event in self.events]
        texts += [f"identities {_text_print(self.identities.text)}"] if self.identities else []
        return _text_print("\n".join([fingerprint_of("audits"), *sorted(texts)]))


def law_of(case: Casefile, more_rules: Sequence[Path] = ()) -> Law:
    """The rules of paradero, of the casefile (`rules/`) and of other folders, its orders and its events;
    raises AuthoredError with file, line and reason.
    """
    path, mistakes = case.root / "hand" / "identities.toml", Mistakes()
    events, orders, rules, identities = list[Event](), tuple[Order, ...](), dict[str, Rule](), None
    cited = NOTHING_CITED
    with mistakes.gathered():
        for event in read_folder(case.root / "events", read_event):
            with mistakes.gathered():
                events.append(_flown(case, event))
    with mistakes.gathered():
        identities = read_identities(text_of(path), file=str(path)) if path.exists() else None
    with mistakes.gathered():
        orders = read_folder(case.root / "orders", read_order)
    with mistakes.gathered():
        rules = rules_of(case, more_rules)
    with mistakes.gathered():
        cited = cited_in(case.root / "cited")
    mistakes.settle()
    check_together(orders, events, identities)
    return Law(rules=rules, orders=orders, events=tuple(events), identities=identities, cited=cited)


def _flown(case: Casefile, event: Event) -> Event:
    """The event with what the legs that it names say of it."""
    if not event.file.leg:
        return event
    from paradero.answers.law.event_legs import with_legs  # flights are read only where an event names one

    return with_legs(case, event)


def rules_of(case: Casefile | None, more: Sequence[Path] = ()) -> dict[str, Rule]:
    """Every rule by id: paradero's, the casefile's, and those of `more`, each a rule's folder or a folder of
    rules. One id twice is refused.
    """
    found = dict(built_in_rules())
    folders = [case.root / "rules"] if case is not None and (case.root / "rules").is_dir() else []
    for folder in [*folders, *more]:
        if not folder.is_dir():
            raise AuthoredError(
                f"{folder}: {'this is a file' if folder.exists() else 'no such folder'}. Name the folder of"
                " a rule, or a folder of rules."
            )
        for rule in [read_rule(folder)] if (folder / "rule.toml").exists() else read_rules(folder).values():
            if not _RULE_ID.fullmatch(rule.id):
                raise AuthoredError(
                    f"{rule.place}: the folder `{rule.id}` may be named only with letters, digits and `-`."
                    " Rename it."
                )
            if rule.id in found:
                raise AuthoredError(
                    f"{rule.place}: the id `{rule.id}` is taken ({found[rule.id].place}). Rename one."
                )
            found[rule.id] = rule
    names_of_orders = {OF_EVENTS, *map(orders_under, found)}
    for rule in found.values():
        if rule.id in names_of_orders:
            raise AuthoredError(
                f"{rule.place}: the id `{rule.id}` is kept for verdicts of orders: on events (`orders`) and"
                " under a rule (`orders-RULE`). Rename it."
            )
    return found


def orders_under(rule_id: str) -> str:
    """What the verdicts of orders that bind to a rule are kept under."""
    return f"{OF_EVENTS}-{rule_id}"


# rules whose worked cases held in this process, by rule and code: for another casefile they hold as well
_HELD: set[str] = set()


def try_rules(
    rules: Sequence[Rule],
    *,
    kept_in: Path | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> list[CaseResult]:
    """Run the worked cases of rules. Where `kept_in` keeps those that hold, they are not run again with the
    same rule and code: neither those that it has, nor those that held in this process for another casefile.
    """
    if not rules:
        return []
    from paradero.answers.law.rule_cases import (
        run_each,
    )  # worked cases are run once for a rule, and need everything that records need

    kept = (
        set(kept_in.read_text(encoding="utf-8", errors="replace").split())
        if kept_in is not None and kept_in.exists()
        else set()
    )
    held = kept | _HELD if kept_in is not None else set()
    keys = {
        rule.id: _text_print("\n".join([fingerprint_of("worked cases"), _rule_print(rule)])) for rule in rules
    }
    results: list[CaseResult] = []
    with closing(run_each([rule for rule in rules if kept_in is None or keys[rule.id] not in held])) as tried:
        for number, rule in enumerate(rules):
            if progress:
                progress(f"worked cases of {rule.id}", number, len(rules))
            if kept_in is not None and keys[rule.id] in held:
                continue
            found = next(tried)
            results += found
            if all(each.holds for each in found):
                held.add(keys[rule.id])
    if kept_in is not None:
        holding = held.intersection(keys.values())
        _HELD.update(holding)
        if not holding <= kept:
            kept_in.parent.mkdir(parents=True, exist_ok=True)
            write_whole(kept_in, "\n".join(sorted(kept | holding)).encode())
    return results


def try_law(
    law: Law,
    *,
    rules: Sequence[Rule],
    kept_in: Path | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> None:
    """Run the worked cases of the rules that are used, and of all orders; raises AuthoredError listing those
    that do not hold: nothing is judged by a rule that fails its own cases.
    """
    check_terms_of_rules(law.orders, law.rules)
    from paradero.answers.law.order_cases import run_order_cases

    failed = [each for each in try_rules(rules, kept_in=kept_in, progress=progress) if not each.holds]
    failed += [each for each in run_order_cases(law.orders) if not each.holds]
    if failed:
        said = "; ".join(
            f"{each.rule}, case `{each.case}`: {', '.join(each.wrong)}".rstrip(".") for each in failed[:5]
        )
        raise AuthoredError(
            f"Worked cases fail, so nothing was judged: {said}{'; …' if len(failed) > 5 else ''}."
            " See `paradero rules test`."
        )


def digest_of_rules(rules: Iterable[Rule]) -> str:
    """SHA-256 over the texts, tests and worked cases of rules, in any order."""
    return _text_print("\n".join(sorted(f"rule {rule.id} {_rule_print(rule)}" for rule in rules)))


def _rule_print(rule: Rule) -> str:
    return _text_print("\n".join([msgspec.json.encode(rule.file).decode(), rule.test.text, rule.cases]))


def _text_print(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
