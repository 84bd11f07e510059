"""Which act answers which required term: the one that says so, else the only one that fits; where several
acts or terms could be meant, it is not known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from paradero.law.answering.acts import Act, Asked, Considered, TermName, considered, too_long_undone
from paradero.law.answering.matching import of_one_term, of_several
from paradero.law.answering.persons import people_in, without
from paradero.law.events import Event
from paradero.law.shown.values import Told
from paradero.model.time.comparisons import before

Answered = dict[tuple[int, int], bool | None]  # (variant, event) → whether a breach is shown
Standing = set[
    tuple[int, int]
]  # (variant, event) where the event is an act of that kind for certain, or its denial


def answered(
    asked: Sequence[Asked],
    events: Mapping[int, Event],
    scope: Mapping[tuple[str, int], bool | None],
    spoken: Told,
    *,
    apart: bool,
) -> tuple[Answered, Standing]:
    """For every term and event that speaks of it, whether the event shows a breach; and which events are such
    acts for certain.

    `apart`: each event is the only one there is, as in a worked case.
    """
    found: Answered = {}
    standing: Standing = set()
    for only in [{number: event} for number, event in events.items()] if apart else [events]:
        told = {each.variant: considered(each, only, scope, spoken) for each in asked}
        about: dict[frozenset[int], Mapping[int, Considered]] = {}
        rivals: dict[frozenset[int], Mapping[TermName, dict[int, Act]]] = {}
        for each in asked:
            mine = told[each.variant]
            found |= {(each.variant, number): None for number in mine.idle}
            for person in people_in(mine, each, only, spoken):
                others = person.of_others
                if others not in about:
                    about[others] = {number: without(its, others) for number, its in told.items()}
                    rivals[others] = _rivals(asked, about[others])
                found |= _answers(each, about[others], rivals[others], asked, person.own)
            standing |= {
                (each.variant, act.number)
                for act in (*mine.acts.values(), *mine.undone.values())
                if act.is_told
            }
    return found, standing


def _rivals(asked: Sequence[Asked], told: Mapping[int, Considered]) -> dict[TermName, dict[int, Act]]:
    """The acts that can be meant by each term, under any of its constructions: those that say so, where one
    that was certainly done does, else all that fit.

    An act for somebody to whom one term certainly owes it is not looked for under a term that may owe it to
    somebody else.
    """
    found: dict[TermName, dict[int, Act]] = {}
    for each in asked:
        found.setdefault(each.name, {}).update(told[each.variant].acts)
    owed = {number for acts in found.values() for number, act in acts.items() if act.is_told}
    fitting = {
        name: {number: act for number, act in acts.items() if act.is_told or number not in owed}
        for name, acts in found.items()
    }
    return {
        name: {number: act for number, act in acts.items() if act.is_linked and act.is_told} or acts
        for name, acts in fitting.items()
    }


def _answers(
    asked: Asked,
    told: Mapping[int, Considered],
    rivals: Mapping[TermName, dict[int, Act]],
    every: Sequence[Asked],
    own: Set[int],
) -> Answered:
    """The answers beside one's own acts: what is told of those that may be about somebody else leaves open
    what it does not settle.
    """
    mine = told[asked.variant]
    acts = [act for number, act in mine.acts.items() if number in rivals[asked.name]]
    found = dict.fromkeys((number for number, act in mine.acts.items() if not act.is_told), None)
    names, meant = _entangled(asked.name, rivals)
    fitting = list(mine.acts.values())
    shown = (
        of_one_term(asked, acts, fitting, own)
        if len(names) == 1
        else of_several(asked, acts, fitting, names - {asked.name}, rivals, every, own)
    )
    if len(names) > 1 and len(meant) != len(names):
        shown = dict.fromkeys(shown)
    denied = {
        number: too_long_undone(asked, act) if act.is_sure else None for number, act in mine.undone.items()
    }
    if (
        len({each.name for each in every if set(told[each.variant].undone) & set(denied)}) > 1
    ):  # which of the terms is meant is not said
        denied = {
            number: late_by_then if mine.undone[number].is_linked else None
            for number, late_by_then in denied.items()
        }
    is_disputed = any(before(act.done, no.done) is not False for act in acts for no in mine.undone.values())
    if is_disputed and {*shown.values(), *denied.values()} != {True}:
        # done, and not done by then: neither is preferred, unless either would be a breach
        shown, denied = dict.fromkeys(shown), dict.fromkeys(denied)
    found |= shown | {number: answer or None for number, answer in denied.items()}
    beside = {number: answer for number, answer in found.items() if number in own}
    # nobody is left without an answer because what may be somebody else's was taken
    return {(asked.variant, number): answer for number, answer in (beside or dict.fromkeys(own)).items()}


def _entangled(name: TermName, rivals: Mapping[TermName, dict[int, Act]]) -> tuple[set[TermName], set[int]]:
    """The terms and acts that cannot be told apart from this term's: those that share an act that does not
    say which it answers, and so on.
    """
    names, acts = {name}, set(rivals[name])
    while True:
        more = {
            each
            for each, its in rivals.items()
            if any(number in acts and not act.is_linked for number, act in its.items())
        }
        if more <= names:
            return names, acts
        names |= more
        acts |= {number for each in more for number in rivals[each]}
