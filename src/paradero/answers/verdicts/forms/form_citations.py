"""What a verdict under a term of its own form rests on besides the event: what came first, what started the
time, what a court found, who read the docket, on which days its office was not open.
"""

from __future__ import annotations

from collections.abc import Iterator

from paradero.answers.verdicts.verdict_values import StatementCitation, statement_citation
from paradero.authored.evidence import Sourced
from paradero.law.events import Event
from paradero.law.forms.kinds import RECEIVED, Kind
from paradero.law.matrix import Matrix
from paradero.law.shown.values import Told
from paradero.law.shown.variants import Variant


def form_citations(variant: Variant, event: Event | None, matrix: Matrix) -> list[StatementCitation]:
    """Everything that is said of them and believed."""
    keeps = matrix.trust.keeps
    found = [
        *_findings(variant),
        *(each for one in _beside(variant, event, matrix) for each in _of_event(one, matrix)),
        *(_of_parts(event) if event is not None else ()),
        *(_of_who_is_who(variant, event, matrix) if variant.term.count else ()),
    ]
    order = variant.order
    if variant.term.is_filed and variant.term.requires:
        found += [
            _cited(each, order.id, "all of the docket was read" if each.complete else "the docket was read")
            for each in order.file.docket_read
        ]
    # when an office was open is no matter of how an event is proved: left out sources alone are not cited
    closed = [
        _cited(each, order.id, f"the office was {each.office} on {each.day}") for each in order.file.closed
    ]
    return [*(each for each in found if keeps(each.by, each.evidence)), *closed]


def _findings(variant: Variant) -> Iterator[StatementCitation]:
    of = f"{variant.order.id}/{variant.term.id}"
    for each in variant.term.finding:
        says = "it was kept" if each.answer == "kept" else "it was not kept"
        yield _cited(each, of, f"{says} ({each.withdrawn})" if each.withdrawn else says, each.time)


def _beside(variant: Variant, event: Event | None, matrix: Matrix) -> list[Event]:
    """The other events that the answer was put together from."""
    term = variant.term
    kinds: set[Kind | None] = set()
    if term.unless:
        kinds = {term.unless.kind}
    elif term.within:
        kinds = {term.within.after, term.requires}
    elif term.count:
        kinds = {term.requires}
    if term.step:
        kinds |= {term.step.kind, term.step.cured_by}
    if event is None or not kinds:
        return []
    told = Told(events=matrix.events, line=matrix.timeline, links=matrix.links, trust=matrix.trust)
    return [
        one
        for one in matrix.events.values()
        if one.file.kind in kinds
        and one.id not in (event.id, event.of)
        and one.text
        and not one.of
        and told.covers(one, event) is not False
    ]


def _of_event(event: Event, matrix: Matrix) -> Iterator[StatementCitation]:
    names = event.moment_names()
    asked = (event.done(), names.get(RECEIVED, event.done()))
    rests_on = {one.id: one for name in asked for one in matrix.timeline.rests_on(name)}
    yield from map(statement_citation, rests_on.values())
    for outcome in event.file.outcome:
        yield _cited(outcome, event.id, "it happened" if outcome.happened else "it did not happen")
    yield from _of_parts(event)


def _of_who_is_who(variant: Variant, event: Event | None, matrix: Matrix) -> Iterator[StatementCitation]:
    """Who of those counted are others, and who are the same: only others add up."""
    counted = {name for one in _beside(variant, event, matrix) for name in (one.id, one.file.subject.id)}
    for each in matrix.identities_on(counted):
        if not each.withdrawn:
            names = " and ".join(each.names())
            yield _cited(each, each.names()[0], f"{names} are {'the same' if each.same else 'different'}")


def _of_parts(event: Event) -> Iterator[StatementCitation]:
    for item in event.file.item:
        yield _cited(item, event.id, f"{item.name}: {'given' if item.given else 'not given'}")
    for value in event.file.value:
        bounds = "-".join(dict.fromkeys(f"{one:g}" for one in (value.lo, value.hi) if one is not None))
        yield _cited(value, event.id, f"{value.measure}: {bounds} {value.unit}")


def _cited(said: Sourced, of: str, says: str, time: str = "") -> StatementCitation:
    return StatementCitation(
        of=of,
        says=f"{says}, at {time}" if time else says,
        by=said.by,
        evidence=said.evidence,
        seen=tuple(said.seen),
        fact=said.fact,
        note=said.note,
    )
