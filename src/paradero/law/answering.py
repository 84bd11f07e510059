"""Which act answers which required term: the one that says so, else the only one that fits; where several
acts or terms could be meant, it is not known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from paradero.authored.evidence import Trust
from paradero.law.events import Event, happened
from paradero.law.forms.terms import Term
from paradero.model.time.comparisons import after, before, not_before
from paradero.model.time.moments import Moment

TermName = tuple[str, str]  # an order and its term


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A required term under one construction: from when it binds and by when it is to be done."""

    variant: int
    order: str
    term: Term
    begin: Moment
    deadline: Moment

    @property
    def name(self) -> TermName:
        return self.order, self.term.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """An event of a required kind that can be meant by a term.

    `is_told`: it is said to have been done for somebody to whom it is owed, or not to have been; `is_sure`:
    and, if done, certainly after the order.
    """

    number: int
    done: Moment
    is_sure: bool
    is_linked: bool
    is_told: bool


@dataclass(slots=True)
class _Considered:
    """What is told of a term: acts that may answer it, statements that it was not done, and acts that answer
    nothing.
    """

    acts: dict[int, Act] = field(default_factory=dict)
    undone: dict[int, Act] = field(default_factory=dict)
    idle: set[int] = field(default_factory=set)


Answered = dict[tuple[int, int], bool | None]  # (variant, event) → whether a breach is shown
Standing = set[
    tuple[int, int]
]  # (variant, event) where the event is an act of that kind for certain, or its denial


def answered(
    asked: Sequence[Asked],
    events: Mapping[int, Event],
    scope: Mapping[tuple[str, int], bool | None],
    moments: Mapping[str, Moment],
    trust: Trust,
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
        told = {each.variant: _considered(each, only, scope, moments, trust) for each in asked}
        rivals = _rivals(asked, told)
        for each in asked:
            found |= _answers(each, told, rivals, asked)
            mine = told[each.variant]
            standing |= {
                (each.variant, act.number)
                for act in (*mine.acts.values(), *mine.undone.values())
                if act.is_told
            }
    return found, standing


def _considered(
    asked: Asked,
    events: Mapping[int, Event],
    scope: Mapping[tuple[str, int], bool | None],
    moments: Mapping[str, Moment],
    trust: Trust,
) -> _Considered:
    told = _Considered()
    for number, event in events.items():
        if event.file.kind != asked.term.requires or (asked.order, number) not in scope:
            continue
        is_bound, is_named = scope[asked.order, number], _named(event, asked.name, trust)
        done = moments[event.done()]
        did = happened(event.file, trusted=trust.evidence, without=trust.without)
        is_after = True if did is False else not_before(done, asked.begin)
        if is_bound is False or (is_after is False and is_named != "another"):
            told.idle.add(number)  # of somebody else, or done before there was an order to obey
            continue
        if is_named == "another":
            continue
        is_told = bool(is_bound and did is not None and is_named != "doubted")
        act = Act(
            number=number,
            done=done,
            is_told=is_told,
            is_sure=is_told and bool(is_after),
            is_linked=is_named == "named",
        )
        (told.undone if did is False else told.acts)[number] = act
    return told


def _named(event: Event, name: TermName, trust: Trust) -> str:
    said = [
        "/".join(name) in each.terms for each in event.file.answers if trust.keeps(each.by, each.evidence)
    ]
    return "unsaid" if not said else "named" if all(said) else "doubted" if any(said) else "another"


def _rivals(asked: Sequence[Asked], told: Mapping[int, _Considered]) -> dict[TermName, dict[int, Act]]:
    """The acts that can be meant by each term, under any of its constructions: those that say so, where one
    does, else all that fit.

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
        name: {number: act for number, act in acts.items() if act.is_linked} or acts
        for name, acts in fitting.items()
    }


def _answers(
    asked: Asked,
    told: Mapping[int, _Considered],
    rivals: Mapping[TermName, dict[int, Act]],
    every: Sequence[Asked],
) -> Answered:
    mine = told[asked.variant]
    acts = [act for number, act in mine.acts.items() if number in rivals[asked.name]]
    found: Answered = {
        (asked.variant, number): None
        for number in (*mine.idle, *(n for n, act in mine.acts.items() if not act.is_told))
    }
    names, meant = _entangled(asked.name, rivals)
    late = {act.number: after(act.done, asked.deadline) if act.is_sure else None for act in acts}
    shown = (
        _of_one_term(acts, late)
        if len(names) == 1
        else _of_several(asked, acts, late, names - {asked.name}, rivals, every)
    )
    if len(names) > 1 and len(meant) != len(names):
        shown = dict.fromkeys(shown)
    denied = {
        number: after(act.done, asked.deadline) if act.is_sure else None
        for number, act in mine.undone.items()
    }
    if (
        len({each.name for each in every if set(told[each.variant].undone) & set(denied)}) > 1
    ):  # which of the terms is meant is not said
        denied = {
            number: late_by_then if mine.undone[number].is_linked else None
            for number, late_by_then in denied.items()
        }
    if any(
        before(act.done, no.done) is not False for act in acts for no in mine.undone.values()
    ):  # done, and not done by then: neither is preferred
        shown, denied = dict.fromkeys(shown), dict.fromkeys(denied)
    found |= {(asked.variant, number): answer for number, answer in shown.items()}
    return found | {(asked.variant, number): answer or None for number, answer in denied.items()}


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


def _of_one_term(acts: Sequence[Act], late: Mapping[int, bool | None]) -> dict[int, bool | None]:
    """All that fit in time, or all too late: the first of them stands for a breach. Else it is not known
    which was meant.
    """
    in_time = {act.number for act in acts if act.is_linked and late[act.number] is False}
    if in_time:  # it says itself that it answers this, so it is of no account what else was done
        return dict.fromkeys(sorted(in_time), False)
    answers = set(late.values())
    if len(acts) > 1 and answers == {True}:
        return {min(acts, key=_when).number: True}
    return dict(late) if len(answers) == 1 else dict.fromkeys(late)


def _of_several(
    asked: Asked,
    acts: Sequence[Act],
    late: Mapping[int, bool | None],
    others: set[TermName],
    rivals: Mapping[TermName, dict[int, Act]],
    every: Sequence[Asked],
) -> dict[int, bool | None]:
    """As many acts as terms, and each term can have one of its own in time: all are obeyed, the earliest term
    by the earliest act. Else known only where every act would be too late.
    """
    if set(late.values()) == {True}:
        return {min(acts, key=_when).number: True}
    named = {each.name: each for each in every}
    wanted = {
        name: set.intersection(
            *(_in_time(each, rivals[name].values()) for each in every if each.name == name)
        )
        for name in others
    }
    wanted[asked.name] = {number for number, is_late in late.items() if is_late is False}
    when = {act.number: _when(act) for name in wanted for act in rivals[name].values()}
    while True:  # the term asked about is among them
        name = min(wanted, key=lambda each: (_instant(named[each].deadline), each))
        mine = wanted.pop(name)
        own = next(
            (
                number
                for number in sorted(mine, key=when.__getitem__)
                if _matched({each: its - {number} for each, its in wanted.items()})
            ),
            None,
        )
        if own is None:
            break
        if name == asked.name:
            return {own: False}
        wanted = {each: its - {own} for each, its in wanted.items()}
    if set(late.values()) == {False}:  # whichever is left to it
        return {max(acts, key=_when).number: False}
    return dict.fromkeys(late)


def _in_time(asked: Asked, acts: Iterable[Act]) -> set[int]:
    return {
        act.number
        for act in acts
        if act.is_sure and not_before(act.done, asked.begin) and after(act.done, asked.deadline) is False
    }


def _matched(wanted: Mapping[TermName, set[int]]) -> bool:
    """Whether every term can have an act of its own."""
    if not wanted:
        return True
    name = min(wanted, key=lambda each: len(wanted[each]))
    rest = {each: acts for each, acts in wanted.items() if each != name}
    return any(
        _matched({each: acts - {number} for each, acts in rest.items()}) for number in sorted(wanted[name])
    )


def _when(act: Act) -> tuple[int, int]:
    return (_instant(act.done), act.number)


def _instant(moment: Moment) -> int:
    return moment.lo if moment.lo is not None else moment.hi or 0
