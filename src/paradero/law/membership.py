"""Whether an order protects the subject of an event: a person, or somebody in a group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from paradero.law.events import Event
from paradero.law.forms.dates import dated
from paradero.law.forms.event_file import Attribute
from paradero.law.forms.order_file import INDIVIDUAL, Condition
from paradero.law.identities import Links
from paradero.law.orders import Order
from paradero.law.spellings import key_of
from paradero.law.worlds import Share, over_doubts, share_of_values


@dataclass(frozen=True, slots=True, kw_only=True)
class Protected:
    """Whether the order protects somebody in the group, which conditions leave that open, and how many it
    protects, as bounds.

    The bit after those of the conditions is how many people there were, where there may have been nobody.

    `partial_bits` are the conditions that are not known to hold for everybody: of each member whom nobody
    names they are open. `is_silent`: nobody tells of the event, which stands for what was owed.
    """

    answer: bool | None
    unknown_bits: int
    lo: int
    hi: int | None
    partial_bits: int = 0
    is_silent: bool = False

    @property
    def is_partial(self) -> bool:
        """Whether it is not known of each member."""
        return self.partial_bits > 0


def protected(order: Order, event: Event, said: Sequence[Attribute], links: Links) -> Protected:
    """The answer for the subject of an event, of whom `said` is believed. A group is protected where somebody
    in it is: that is whom a prohibition is about.
    """
    subject = event.file.subject
    shares = [share_of(each, event, said, links) for each in order.file.scope.conditions()]
    people = subject.people_hi
    if any(each.some is False for each in shares):
        return Protected(answer=False, unknown_bits=0, lo=0, hi=0)
    is_somebody = _is_somebody(event, said, links)
    how_many = 1 << len(shares)  # the bit after those of the conditions
    if people == 0 and not said and not is_somebody:
        return Protected(answer=False, unknown_bits=0, lo=0, hi=0)
    if people == 0:  # said to be nobody, and something is said of them
        return Protected(answer=None, unknown_bits=2 * how_many - 1, lo=0, hi=0, partial_bits=how_many - 1)
    may_be_nobody = subject.people_lo == 0 and not is_somebody
    his = [each.hi for each in shares if each.hi is not None] + ([people] if people is not None else [])
    lo = (
        max(sum(each.lo for each in shares) - (len(shares) - 1) * people, 0)
        if people is not None and shares
        else 0
    )
    partial = [each for each in shares if each.every is not True]
    is_shown = all(each.some for each in shares) and (len(partial) <= 1 or lo > 0) and not may_be_nobody
    if may_be_nobody:
        lo = 0
    elif is_shown:
        lo = max(
            lo,
            1,
            partial[0].lo if len(partial) == 1 else 0,
            *([subject.people_lo or 1] if not partial else []),
        )
    bits = sum(1 << place for place, each in enumerate(shares) if each.every is not True)
    doubted = sum(1 << place for place, each in enumerate(shares) if not (each.some and each.every)) + (
        how_many if may_be_nobody else 0
    )
    most = min(his, default=None)
    lo = lo if most is None else min(lo, most)
    return Protected(
        answer=True if is_shown else None,
        unknown_bits=0 if is_shown else doubted,
        lo=lo,
        hi=most,
        partial_bits=bits,
    )


def _is_somebody(event: Event, said: Sequence[Attribute], links: Links) -> bool:
    """Whether somebody is said to be among the people, whatever their number is said to be at least."""
    subject = event.file.subject
    counted = any((one.some_are and one.counts()[0] > 0) or one.members_are_of for one in said)
    return counted or any(links.among((event.id, subject.id), one.id) for one in subject.includes)


def share_of(condition: Condition, event: Event, said: Sequence[Attribute], links: Links) -> Share:
    """How far one condition holds among the people of the subject."""
    subject = event.file.subject
    own = [each for each in said if each.name == condition.attribute]
    if condition.attribute == INDIVIDUAL:
        return _individuals(condition, event, own, links)
    people = (subject.people_lo, subject.people_hi)
    if condition.is_dated:
        answers = {value: dated(condition, value) for each in own for value in each.values()}
        keys = {
            answer: [key_of(value, condition.attribute) for value, its in answers.items() if its is answer]
            for answer in (True, None)
        }
        return over_doubts(own, keys[True], keys[None], is_negated=False, people=people)
    return share_of_values(
        own,
        condition.is_one_of or condition.is_none_of,
        is_negated=bool(condition.is_none_of),
        people_lo=subject.people_lo,
        people_hi=subject.people_hi,
    )


def _individuals(condition: Condition, event: Event, said: Sequence[Attribute], links: Links) -> Share:
    """A person under a pseudonym is one of the protected only if somebody says so, and another only if
    somebody says that.
    """
    wanted, subject = condition.is_one_of, event.file.subject
    if said or subject.people_hi == 1:
        names = list(dict.fromkeys(value for each in said for value in each.values())) or [subject.id]
        answers = {_any([links.same(name, each) for each in wanted]) for name in names}
        answer = answers.pop() if len(answers) == 1 else None
        return Share(some=answer, every=answer, lo=1 if answer else 0, hi=0 if answer is False else 1)
    found = [links.among((event.id, subject.id), each) for each in wanted]
    answer = _any(found)
    return Share(
        some=answer,
        every=False if answer is False else None,
        lo=1 if answer else 0,
        hi=sum(each is not False for each in found),
    )


def _any(answers: Sequence[bool | None]) -> bool | None:
    return True if True in answers else None if None in answers else False
