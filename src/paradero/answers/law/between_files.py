"""What orders, events and statements of who is who say of each other: names that nothing has, and what one
source says both ways, all of it at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from paradero.answers.law.names_alike import check_names_alike
from paradero.authored.declared import Mistakes, place_in, seen_from
from paradero.law.events import Event
from paradero.law.identities import Identities, Identity, contradicted_names, record_of
from paradero.law.orders import Order
from paradero.law.rules import Rule, measures
from paradero.model.naming import unknown

_SPELT = {"limit_us": "limit", "window_us": "window", "limit_n": "count"}

Filed: TypeAlias = Order | Event


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidOfWho:
    """A statement of who is who, and the file and line on which it stands."""

    said: Identity
    place: str
    at: Callable[[str], str]


def check_together(orders: Sequence[Order], events: Sequence[Event], identities: Identities | None) -> None:
    """Refuse files that do not fit together; raises AuthoredError with every mistake, each with its file and
    line.
    """
    mistakes = Mistakes()
    _check_moments(orders, events, mistakes)
    said = said_of_who(orders, events, identities)
    _check_people(orders, events, said, mistakes)
    _check_answers(orders, events, mistakes)
    _check_against_themselves(said, crowds_of(events), mistakes)
    with mistakes.gathered():
        check_names_alike(orders, events)
    mistakes.settle()


def crowds_of(events: Iterable[Event]) -> frozenset[str]:
    """The names of groups of people: a link with one says who is among it."""
    groups = [each for each in events if each.file.subject.people_hi != 1]
    return frozenset(name for each in groups for name in (each.id, each.file.subject.id))


def said_of_who(
    orders: Sequence[Order], events: Sequence[Event], identities: Identities | None
) -> list[SaidOfWho]:
    """Every statement of who is who, wherever it stands."""
    files: list[Filed] = [*orders, *events]
    filed: list[tuple[str, str, Sequence[Identity]]] = [
        (each.text, each.place, each.file.identity) for each in files
    ]
    filed += [(identities.text, identities.place, identities.said)] if identities else []
    return [_said(text, file, number, one) for text, file, said in filed for number, one in enumerate(said)]


def _said(text: str, file: str, number: int, one: Identity) -> SaidOfWho:
    way = "same" if one.same else "different"

    def at(name: str) -> str:
        return place_in(text, file, ["identity", number, way, one.names().index(name)])

    return SaidOfWho(said=one, place=place_in(text, file, ["identity", number]), at=at)


def _check_moments(orders: Sequence[Order], events: Sequence[Event], mistakes: Mistakes) -> None:
    """An order and an event of one id, and relations to moments that nothing has."""
    filed: list[Filed] = [*orders, *events]
    ids = {event.id: event.place for event in events}
    for order in orders:
        if order.id in ids:
            place = place_in(order.text, order.place, ["id"])
            mistakes.add(
                f"{place}: the id `{order.id}` is taken by the event in {ids[order.id]}. Rename one."
            )
    known = {name for each in filed for name in each.moment_names().values()}
    for each in filed:
        for number, related in enumerate(each.relations):
            place, by = place_in(each.text, each.place, ["relation", number, "of"]), related.relation.by
            for name in (related.of, related.since):
                if name not in known:
                    what = f"a moment of the casefile, in a relation of {by}"
                    listed = "Name one as `event.phase` or `order.act`."
                    mistakes.add(str(unknown(what, name, sorted(known), place=place, where_listed=listed)))
            if related.of == related.since:
                mistakes.add(f"{place}: a relation of {by} names `{related.of}` twice. Name another moment.")


def _check_people(
    orders: Sequence[Order], events: Sequence[Event], said: Iterable[SaidOfWho], mistakes: Mistakes
) -> None:
    """A name in a statement of identity that no order or event has and that is no person of the records."""
    known = {who for order in orders for who in order.file.scope.individuals} | {
        name for event in events for name in (event.id, event.file.subject.id)
    }
    for each in said:
        what = (
            f"a pseudonym, a cohort or RELEASE/unique_identifier, in what {each.said.by} says of who is who"
        )
        for name in each.said.names():
            if name not in known and record_of(name) is None:
                mistakes.add(str(unknown(what, name, sorted(known), place=each.at(name))))


def _check_answers(orders: Sequence[Order], events: Sequence[Event], mistakes: Mistakes) -> None:
    """An answer to a term that none is, or after an event that there is none of."""
    terms = sorted(
        f"{order.id}/{term.id}"
        for order in orders
        for term in order.file.term
        if term.requires or term.unless
    )
    ids = sorted(event.id for event in events)
    # a time of what is due again and again is named by the event that stands for its silence
    repeated = tuple(f"untold-{term.id}-" for order in orders for term in order.file.term if term.every)
    for event in events:
        for number, answer in enumerate(event.file.answers):
            for kind, names, known in (("terms", answer.terms, terms), ("events", answer.events, ids)):
                what = "a required term (`order/term`)" if kind == "terms" else "an event"
                for which, name in enumerate(names):
                    if name in known or (kind == "events" and name.startswith(repeated)):
                        continue
                    place = place_in(event.text, event.place, ["answers", number, kind, which])
                    mistakes.add(str(unknown(f"{what}, in `answers`", name, known, place=place)))


def _check_against_themselves(said: Sequence[SaidOfWho], crowds: frozenset[str], mistakes: Mistakes) -> None:
    """One source that says of two names that they are one person, and that they are not."""
    for pair, differ, same in contradicted_people(said, crowds):
        if all(each.said.by == differ.said.by for each in same):
            where = ", ".join(dict.fromkeys(seen_from(differ.place, each.place) for each in same))
            mistakes.add(
                f"{differ.place}: {differ.said.by} says that `{pair[0]}` and `{pair[1]}` differ, and that"
                f" they are the same ({where}). Leave one, or give the other a reason in `withdrawn`."
            )


def contradicted_people(
    said: Sequence[SaidOfWho], crowds: frozenset[str]
) -> Iterator[tuple[tuple[str, str], SaidOfWho, list[SaidOfWho]]]:
    """Two names that are said to differ and to be one person, who has them differ, and the statements by
    which they are one: those of the same source alone, where these are enough.
    """
    for number, pair, others in contradicted_names([each.said for each in said], crowds):
        yield pair, said[number], [said[other] for other in others]


def check_terms_of_rules(orders: Iterable[Order], rules: Mapping[str, Rule]) -> None:
    """Refuse a term that binds to a rule that there is none of, or lacks what the rule measures by."""
    mistakes = Mistakes()
    ruled = [
        (order, number, term) for order in orders for number, term in enumerate(order.file.term) if term.rule
    ]
    for order, number, term in ruled:
        if term.rule not in rules:
            place = place_in(order.text, order.place, ["term", number, "rule"])
            what = f"the id of a rule, in the term `{term.id}`"
            listed = "Take one from `paradero rules list`."
            mistakes.add(str(unknown(what, term.rule, rules, place=place, where_listed=listed)))
            continue
        needed, given = measures(rules[term.rule].file.version[0].parameters), measures(term.parameters)
        lacking = [
            _SPELT[name] for name, value in needed.items() if value is not None and given[name] is None
        ]
        if lacking:
            place = place_in(order.text, order.place, ["term", number, "parameters"])
            mistakes.add(
                f"{place}: `parameters` of the term `{term.id}` lack {', '.join(lacking)}, which the rule"
                f" `{term.rule}` measures by. Add them."
            )
    mistakes.settle()
