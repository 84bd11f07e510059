"""The law of a casefile: rules, orders and events as files, each tried on its worked cases before it is used."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import msgspec

from paradero import __version__
from paradero.casefile.event_legs import with_legs
from paradero.casefile.folder import Casefile
from paradero.casefile.order_cases import run_order_cases
from paradero.casefile.rule_cases import CaseResult, run_cases
from paradero.casefile.stages import steps_print
from paradero.disk.whole_files import write_whole
from paradero.engines.steps import Step
from paradero.law.declared import LawError
from paradero.law.events import Event, read_event
from paradero.law.judging import law_steps
from paradero.law.orders import Order, read_order
from paradero.law.rules import Rule, built_in_rules, measures, read_rule, read_rules

_SPELT = {"limit_us": "limit", "window_us": "window", "limit_n": "count"}
_RULE_ID = re.compile(r"[a-z0-9][a-z0-9-]*")

Filed = TypeVar("Filed", Order, Event)


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """Everything that events are held against, and the events that are stated in files."""

    rules: dict[str, Rule]
    orders: tuple[Order, ...]
    events: tuple[Event, ...]

    def sources(self) -> list[str]:
        """Everybody who says something of an event or an order, by name."""
        filed: list[Order | Event] = [*self.events, *self.orders]
        found = {one.said.by for each in filed for one in each.statements} | {one.relation.by for each in filed for one in each.relations if one.relation.seen}
        for event in self.events:
            subject = event.file.subject
            found |= {one.by for one in event.file.outcome} | {one.by for one in subject.attribute} | {one.by for one in subject.excludes}
        return sorted(found)

    @property
    def fingerprint(self) -> str:
        """SHA-256 over every text and every step that verdicts rest on."""
        texts = [f"rule {rule.id} {_rule_print(rule)}" for rule in self.rules.values()]
        texts += [f"order {order.id} {_text_print(order.text)}" for order in self.orders]
        texts += [f"event {event.id} {_text_print(event.text)}" for event in self.events]
        return _text_print("\n".join([__version__, steps_print(), *_step_prints(law_steps().values()), *sorted(texts)]))


def law_of(case: Casefile, more_rules: Sequence[Path] = ()) -> Law:
    """The rules of paradero, of the casefile (`rules/`) and of other folders, its orders and its events; raises LawError with file, line and reason."""
    events = tuple(with_legs(case, event) for event in _all_in(case.root / "events", read_event))
    law = Law(rules=rules_of(case, more_rules), orders=_all_in(case.root / "orders", read_order), events=events)
    _check_names(law)
    return law


def rules_of(case: Casefile | None, more: Sequence[Path] = ()) -> dict[str, Rule]:
    """Every rule by id: paradero's, the casefile's, and those of `more`, each a rule's folder or a folder of rules. One id twice is refused."""
    found = dict(built_in_rules())
    folders = [case.root / "rules"] if case is not None and (case.root / "rules").is_dir() else []
    for folder in [*folders, *more]:
        if not folder.is_dir():
            raise LawError(f"{folder}: expected the folder of a rule or a folder of rules, found {'a file' if folder.exists() else 'nothing'}.")
        for rule in [read_rule(folder)] if (folder / "rule.toml").exists() else read_rules(folder).values():
            if rule.id.startswith("orders") or not _RULE_ID.fullmatch(rule.id):
                raise LawError(f"{rule.place}: expected a folder named with letters, digits and `-`, not beginning with `orders`, found `{rule.id}`.")
            if rule.id in found:
                raise LawError(f"{rule.place}: expected an id of its own, found `{rule.id}`, which is the id of the rule in {found[rule.id].place}.")
            found[rule.id] = rule
    return found


def try_rules(rules: Sequence[Rule], *, kept_in: Path | None = None, progress: Callable[[str, int, int], None] | None = None) -> list[CaseResult]:
    """Run the worked cases of rules; those that held before with the same rule and steps are not run again where `kept_in` keeps them."""
    held = set(kept_in.read_text(encoding="utf-8", errors="replace").split()) if kept_in is not None and kept_in.exists() else set()
    results: list[CaseResult] = []
    for number, rule in enumerate(rules):
        if progress:
            progress(f"worked cases of {rule.id}", number, len(rules))
        key = _text_print("\n".join([__version__, steps_print(), *_step_prints(law_steps().values()), _rule_print(rule)]))
        if kept_in is not None and key in held:
            continue
        found = run_cases(rule)
        results += found
        if not any(each.wrong for each in found):
            held.add(key)
    if kept_in is not None and results:
        kept_in.parent.mkdir(parents=True, exist_ok=True)
        write_whole(kept_in, "\n".join(sorted(held)).encode())
    return results


def try_law(law: Law, *, kept_in: Path | None = None, progress: Callable[[str, int, int], None] | None = None) -> None:
    """Run all worked cases of rules and orders; raises LawError listing those that do not hold: nothing is judged by a rule that fails its own cases."""
    _check_terms(law)
    failed = [each for each in try_rules(list(law.rules.values()), kept_in=kept_in, progress=progress) if each.wrong]
    for order in law.orders:
        failed += [each for each in run_order_cases(order) if each.wrong]
    if failed:
        said = "; ".join(f"{each.rule}, case `{each.case}`: {', '.join(each.wrong)}" for each in failed[:5])
        raise LawError(f"Worked cases do not hold, so no verdict is given: {said}{'; …' if len(failed) > 5 else ''}. `paradero rules test` shows all.")


def _check_names(law: Law) -> None:
    """Refuse an order and an event of one id, and relations to moments that nothing has."""
    filed: list[Order | Event] = [*law.orders, *law.events]
    events = {event.id: event.place for event in law.events}
    for order in law.orders:
        if order.id in events:
            raise LawError(f"{order.place}: expected an id of its own, found `{order.id}`, which is the id of the event in {events[order.id]}.")
    known = {name for each in filed for name in each.moment_names().values()}
    for each in filed:
        for related in each.relations:
            for name in (related.of, related.since):
                if name not in known:
                    raise LawError(
                        f"{each.place}: expected a moment named `event.phase` or `order.act` in a relation of {related.relation.by}, found `{name}`."
                    )
            if related.of == related.since:
                raise LawError(f"{each.place}: expected two moments in a relation of {related.relation.by}, found `{related.of}` twice.")


def _check_terms(law: Law) -> None:
    for order in law.orders:
        for term in order.file.term:
            if term.rule and term.rule not in law.rules:
                raise LawError(f"{order.place}: expected the id of a rule (`paradero rules` lists them) in the term `{term.id}`, found `{term.rule}`.")
            needed = measures(law.rules[term.rule].file.version[0].parameters) if term.rule else {}
            given = measures(term.parameters)
            lacking = [_SPELT[name] for name, value in needed.items() if value is not None and given[name] is None]
            if lacking:
                raise LawError(
                    f"{order.place}: expected `parameters` of the term `{term.id}` to say {', '.join(lacking)}, which the rule `{term.rule}` measures by."
                )


def _all_in(folder: Path, read: Callable[..., Filed]) -> tuple[Filed, ...]:
    """Every file of a folder as `read` reads it; one id twice is refused."""
    found: dict[str, Filed] = {}
    for path in sorted(folder.glob("*.toml")):
        one = read(_text(path), file=str(path))
        if one.id in found:
            raise LawError(f"{path}: expected an id of its own, found `{one.id}`, which is the id of {found[one.id].place}.")
        found[one.id] = one
    return tuple(found.values())


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise LawError(f"{path}: expected UTF-8 text, found otherwise at byte {error.start}.") from error


def _rule_print(rule: Rule) -> str:
    return _text_print("\n".join([msgspec.json.encode(rule.file).decode(), rule.test.text, rule.cases]))


def _step_prints(steps: Iterable[Step]) -> list[str]:
    return sorted(f"{step.name} {step.fingerprint}" for step in steps)


def _text_print(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
