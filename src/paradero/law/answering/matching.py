"""Which of several acts answers which of several terms, where no act says it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set

from paradero.law.answering.acts import Act, Asked, TermName, fall_short, has_parts, instant, late, when
from paradero.model.time.comparisons import not_before


def of_one_term(
    asked: Asked, acts: Sequence[Act], every: Sequence[Act], own: Set[int]
) -> dict[int, bool | None]:
    """Whether each act shows a breach of the only term that it can be meant by; `every` are all that may have
    helped, those that another act's own word passes over, too. `own` are those that are certainly for the one
    to whom it is owed; the others may be.

    All too late, or all of them together without a part: the first stands for the breach. All in time, also
    those that may not have been done, or for another: those with every part. Else it is not known which was
    meant.
    """
    is_late = {act.number: late(asked, act) for act in acts}
    enough = {
        act.number for act in acts if act.is_sure and is_late[act.number] is False and has_parts(asked, act)
    }
    linked = {act.number for act in acts if act.is_linked and act.number in own} & enough
    if linked:  # it says itself that it answers this, so it is of no account what else was done
        return dict.fromkeys(sorted(linked), False)
    if (breach := _breach(asked, acts, every, own)) is not None:
        return {breach: True}
    answers = set(is_late.values())
    return {act.number: False if answers == {False} and act.number in enough else None for act in acts}


def _breach(asked: Asked, acts: Sequence[Act], every: Sequence[Act], own: Set[int]) -> int | None:
    """The first of one's own acts, where it is certain of one that it was done, and of all that none was
    enough.
    """
    sure = [act for act in acts if act.is_sure and act.number in own]
    is_short = all(late(asked, act) for act in acts) or fall_short(asked, every)
    return min(sure, key=when).number if sure and is_short else None


def of_several(
    asked: Asked,
    acts: Sequence[Act],
    besides: Sequence[Act],
    others: set[TermName],
    rivals: Mapping[TermName, dict[int, Act]],
    every: Sequence[Asked],
    own: Set[int],
) -> dict[int, bool | None]:
    """As many acts as terms, and each term can have one of its own in time: all are obeyed, the earliest term
    by the earliest act. Else known only where every act would be too late, or lacks a part; `besides` are all
    acts that may have helped, `own` those that are certainly for the one to whom it is owed.
    """
    if (breach := _breach(asked, acts, besides, own)) is not None:
        return {breach: True}
    named = {each.name: each for each in every}
    wanted = {
        name: set.intersection(
            *(_in_time(each, rivals[name].values()) for each in every if each.name == name)
        )
        for name in others
    }
    enough = {
        act.number for act in acts if act.is_sure and late(asked, act) is False and has_parts(asked, act)
    }
    wanted[asked.name] = enough
    order = {act.number: when(act) for name in wanted for act in rivals[name].values()}
    while True:  # the term asked about is among them
        name = min(wanted, key=lambda each: (instant(named[each].deadline), each))
        mine = wanted.pop(name)
        first = next(
            (
                number
                for number in sorted(mine, key=order.__getitem__)
                if _matched({each: its - {number} for each, its in wanted.items()})
            ),
            None,
        )
        if first is None:
            break
        if name == asked.name:
            return {first: False}
        wanted = {each: its - {first} for each, its in wanted.items()}
    if acts and len(enough) == len(acts):  # whichever is left to it
        return {max(acts, key=when).number: False}
    return {act.number: None for act in acts}


def _in_time(asked: Asked, acts: Iterable[Act]) -> set[int]:
    """The acts that are enough for a term, each by itself."""
    return {
        act.number
        for act in acts
        if act.is_sure
        and not_before(act.done, asked.begin)
        and late(asked, act) is False
        and has_parts(asked, act)
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
