"""What is odd between the files of the law and is no mistake yet: names that nothing else has, which later
files may tell of; sources that contradict each other of who is who; sequences that cannot be; acts that an
order forbids and requires at once; orders that nobody has tried on a worked case.

Nothing is refused for it, and nothing is left out: what rests on it stays undetermined.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from msgspec import structs

from paradero.answers.law.between_files import contradicted_people, crowds_of, said_of_who
from paradero.answers.law.law_files import Law
from paradero.answers.law.names_alike import asked_in_order, stated_by_event
from paradero.authored.declared import place_in
from paradero.authored.evidence import Trust
from paradero.law.events import Event, happened
from paradero.law.identities import record_of
from paradero.law.matrix import timeline_of
from paradero.law.orders import Order
from paradero.law.rules import law_steps
from paradero.law.shown.sequences import Impossible, impossible_sequences
from paradero.model.answer import Answer
from paradero.model.naming import nearest

Kind = Literal[
    "untold_name",
    "unknown_individual",
    "who_is_who_contradicted",
    "impossible_sequence",
    "forbidden_and_required",
    "reading_without_effect",
    "no_worked_case",
]

_RECORDED = re.compile(r"WHEN '(\w+)'\s+THEN")
_SAID = {
    "extended_after_the_end": "`{late}` is dated after the end that it moves, `{early}`",
    "ended_before_it_was_given": "`{early}` is dated before the order itself, `{late}`",
    "answered_before_it_was_given": "`{early}` is said to answer an order that came later, `{late}`",
    "two_journeys_at_once": "one person was under way twice at one time, `{early}` and `{late}`",
}


class Remark(Answer, frozen=True, kw_only=True):
    """Something odd in the files: of which kind, in which file and line, and what to look at. `order` is the
    order that it is about; blank where it is about none.
    """

    kind: Kind
    order: str
    place: str
    says: str


def remarks_of(law: Law, root: Path | None) -> tuple[Remark, ...]:
    """Everything odd, in the order of the files, which are named as in the casefile at `root`."""
    found = [*_untold_names(law), *_unknown_individuals(law), *_contradicted(law), *_impossible(law)]
    found += [*_both_ways(law), *_without_effect(law), *_untried(law)]
    named = [
        structs.replace(
            each, place=each.place.replace(f"{root}/", ""), says=each.says.replace(f"{root}/", "")
        )
        for each in found
    ]
    return tuple(dict.fromkeys(named))


def remark_lines(remarks: Sequence[Remark]) -> list[str]:
    """The remarks as lines of text, each with its file and line; none where there is none."""
    head = f"\nOdd in these files, though nothing was refused or left out for it ({len(remarks)}):"
    return [head, *(f"- {each.place}: {each.says}" for each in remarks)] if remarks else []


def remarks_as_json(remarks: Sequence[Remark]) -> dict[str, object]:
    """How many remarks there are, and each of them, as JSON has them."""
    return {"n_remarks": len(remarks), "remarks": [each.as_json() for each in remarks]}


def recorded_attributes() -> frozenset[str]:
    """The attributes that records of people may tell, where no event does."""
    names = frozenset(_RECORDED.findall(law_steps()["recorded_attributes"].text))
    places = ("detention_facility_code", "state", "district", "circuit")
    return names | {f"{side}_{each}" for side in ("from", "to") for each in places}


def _untold_names(law: Law) -> Iterator[Remark]:
    """An attribute that an order asks about, and no event tells; before any event nothing is told."""
    if not law.events:
        return
    told = {(kind, name) for event in law.events for kind, name, _ in stated_by_event(event)}
    recorded = recorded_attributes()
    for order in law.orders:
        for kind, name, steps in asked_in_order(order):
            if "keeps" in steps and name.startswith(("from_", "to_")):
                continue  # before and after: the attribute itself stands for both
            ways = {name, f"from_{name}", f"to_{name}"}
            if kind != "attribute" or any((kind, each) in told for each in ways) or ways & recorded:
                continue
            near = nearest(name, sorted({other for its, other in told if its == kind} | recorded))
            yield Remark(
                kind="untold_name",
                order=order.id,
                place=place_in(order.text, order.place, steps),
                says=f"no event tells the {kind} `{name}`, which the order asks about, and no record of"
                f" people has it.{_hint(near)} Correct it, or leave it if events to come tell it.",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named:
    """Where a person is named, and of which order that is, if of any."""

    name: str
    order: str
    place: str


def _unknown_individuals(law: Law) -> Iterator[Remark]:
    """A person whom one file names and no other: nothing that is told can reach them."""
    if not law.events:
        return
    protected = [one for order in law.orders for one in _protected(order)]
    listed = [one for event in law.events for one in _listed(event)]
    linked = {
        name
        for each in said_of_who(law.orders, law.events, law.identities)
        if not each.said.withdrawn
        for name in each.said.names()
    }
    subjects = {name for event in law.events for name in (event.id, event.file.subject.id)}
    values = {value for event in law.events for one in event.file.subject.attribute for value in one.values()}
    of_events = linked | subjects | values | {one.name for one in listed}
    of_orders = linked | subjects | {one.name for one in protected}
    for one, known, by in (
        *((one, of_events, "no event, no statement of who is who and no record") for one in protected),
        *((one, of_orders, "no order and no statement of who is who") for one in listed),
    ):
        if one.name not in known and record_of(one.name) is None:
            yield Remark(
                kind="unknown_individual",
                order=one.order,
                place=one.place,
                says=f"{by} knows `{one.name}`.{_hint(nearest(one.name, sorted(known - values)))} Correct it,"
                " or leave it if files to come name them.",
            )


def _protected(order: Order) -> Iterator[_Named]:
    for number, name in enumerate(order.file.scope.individuals):
        place = place_in(order.text, order.place, ["scope", "individuals", number])
        yield _Named(name=name, order=order.id, place=place)


def _listed(event: Event) -> Iterator[_Named]:
    for way, listed in (("includes", event.file.subject.includes), ("excludes", event.file.subject.excludes)):
        for number, one in enumerate(listed):
            place = place_in(event.text, event.place, ["subject", way, number, "id"])
            yield _Named(name=one.id, order="", place=place)


def _contradicted(law: Law) -> Iterator[Remark]:
    said = said_of_who(law.orders, law.events, law.identities)
    for pair, differ, same in contradicted_people(said, crowds_of(law.events)):
        others = "; ".join(dict.fromkeys(f"{each.said.by} ({each.place})" for each in same))
        yield Remark(
            kind="who_is_who_contradicted",
            order="",
            place=differ.place,
            says=f"{differ.said.by} says that `{pair[0]}` and `{pair[1]}` differ; that they are one person"
            f" say {others}. Every verdict that rests on it stays undetermined.",
        )
    for event in law.events:
        subject = event.file.subject
        for number, out in enumerate(subject.excludes):
            by = [one.by for one in subject.includes if one.id == out.id]
            if by:
                yield Remark(
                    kind="who_is_who_contradicted",
                    order="",
                    place=place_in(event.text, event.place, ["subject", "excludes", number]),
                    says=f"{out.by} says that `{out.id}` is not among `{subject.id}`; {', '.join(by)} says"
                    " that they are. Every verdict that rests on it stays undetermined.",
                )


def _impossible(law: Law) -> Iterator[Remark]:
    """What is dated in an order in which it cannot have come."""
    trust = Trust()
    events = [one for one in law.events if happened(one.file, trusted=trust.evidence, without=())]
    line = timeline_of(law.orders, law.events, trust)
    for one in impossible_sequences([order.file for order in law.orders], events, line):
        yield Remark(
            kind="impossible_sequence",
            order=next((order.id for order in law.orders if one.late in order.moment_names().values()), ""),
            place=_place_of(law, one),
            says=f"{_SAID[one.kind].format(early=one.early, late=one.late)}. Correct a time, or leave it:"
            " what rests on it stays undetermined.",
        )


def _both_ways(law: Law) -> Iterator[Remark]:
    """One kind of act that an order both forbids and requires, of the same people and at the same time: an
    order has one class, and its terms one life, unless an act or a reading speaks of one of them alone.
    """
    for order in law.orders:
        form = order.file
        named = [*(act.terms for act in form.act), *(one.terms for one in form.reach)]
        apart = {each for terms in named for each in terms}
        plain = [
            term
            for term in form.term
            if term.forbids
            and term.id not in apart
            and not (term.unless or term.within or term.limit or term.keeps or term.step)
        ]
        for number, term in enumerate(form.term):
            for other in plain:
                if term.requires == other.forbids and term.id not in apart:
                    yield Remark(
                        kind="forbidden_and_required",
                        order=order.id,
                        place=place_in(order.text, order.place, ["term", number, "id"]),
                        says=f"the term `{term.id}` requires a {term.requires}, and `{other.id}` forbids it"
                        " to the same people at the same time: what keeps one breaks the other. Say in one"
                        " of them where they differ, or write two orders.",
                    )


def _without_effect(law: Law) -> Iterator[Remark]:
    """A reading of what a stay does to a deadline, where the term is due within a time or again and again."""
    for order in law.orders:
        form = order.file
        readings = [each.id for each in form.counting if each.under_a_stay]
        if not readings or not any(act.does == "stays" for act in form.act):
            continue
        for number, term in enumerate(form.term):
            if term.requires and (term.within or term.every):
                yield Remark(
                    kind="reading_without_effect",
                    order=order.id,
                    place=place_in(order.text, order.place, ["term", number, "id"]),
                    says=f"`under_a_stay` ({', '.join(readings)}) moves only what is due `by` an act: what"
                    f" falls under a stay of `{term.id}` stays undetermined. Name its deadline by an act, or"
                    " leave it.",
                )


def _untried(law: Law) -> Iterator[Remark]:
    """Orders without a worked case; those of which every term binds to a rule are tried by the rule's."""
    for order in law.orders:
        if order.file.term and not order.file.case and not all(term.rule for term in order.file.term):
            yield Remark(
                kind="no_worked_case",
                order=order.id,
                place=f"{order.place} line 1",
                says="the order has no worked case: nobody has said which verdict it should give, so that a"
                " slip in it would show nowhere. Add a [[case]] worked out by hand.",
            )


def _place_of(law: Law, one: Impossible) -> str:
    """Where the moment stands that came too early, or too late."""
    name = one.late if one.kind == "extended_after_the_end" else one.early
    for order in law.orders:
        for number, act in enumerate(order.file.act):
            if name == f"{order.id}.{act.id}":
                return place_in(order.text, order.place, ["act", number, "id"])
    event = next(each for each in law.events if name in each.moment_names().values())
    phases = [each.phase for each in event.file.moment]
    phase = name.removeprefix(f"{event.id}.")
    return place_in(event.text, event.place, ["moment", phases.index(phase)] if phase in phases else ["id"])


def _hint(near: Sequence[str]) -> str:
    return f" Did you mean {' or '.join(f'`{each}`' for each in near)}?" if near else ""
