"""What is shown of an event, and the answers that it is put together from: true, false, or None where the
statements leave it open.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from paradero.authored.court_time.terms import Term as CourtTerm
from paradero.authored.evidence import Trust
from paradero.authored.statements import Timeline
from paradero.law.events import Event, happened
from paradero.law.identities import Links
from paradero.model.time.moments import Moment

Span = tuple[int | None, int | None]  # the earliest and the latest instant, or the least and the most time


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """A fact that is missing: which one of a few kinds, and its name where there are several."""

    fact: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Whether a breach is shown, at which instant the order has to be in force for it (None: at that which
    the construction says), how far past the line, and what is missing where it is open.

    `is_free`: the subject is certainly not bound by this term now, for the duty never arose or was excused;
    None leaves that open.
    """

    is_shown: bool | None
    at: Span | None = None
    margin: Span | None = None
    is_free: bool | None = False
    lacks: tuple[Lack, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Everything that is told: events by number, when they were, who is who, and what is believed."""

    events: Mapping[int, Event]
    line: Timeline
    links: Links
    trust: Trust

    def when(self, name: str) -> Moment:
        """The moment of that full name."""
        return self.line.moments[name]

    def did(self, event: Event) -> bool | None:
        """Whether an event happened, as far as all who are believed agree."""
        return happened(event.file, trusted=self.trust.evidence, without=self.trust.without)

    def covers(self, act: Event, whom: Event) -> bool | None:
        """Whether an act was done to everybody who is the subject of another event."""
        its, theirs = act.file.subject, whom.file.subject
        if its.id == theirs.id and (its.people_hi == 1) == (theirs.people_hi == 1):
            return True
        if theirs.people_hi == 1:
            if its.people_hi == 1:
                return self.links.same(its.id, theirs.id)
            return True if its.id == theirs.id else self.links.among((act.id, its.id), theirs.id)
        is_outsider = its.people_hi == 1 and self.links.among((whom.id, theirs.id), its.id) is False
        return False if is_outsider else None

    def named(self, event: Event, term: str, other: str = "") -> str:
        """Whether the act says that it answers the term `order/term` (and the event `other`): `named`,
        `another`, `doubted` where those who say it do not agree, `unsaid`.
        """
        said = [
            term in each.terms and (not other or not each.events or other in each.events)
            for each in event.file.answers
            if self.trust.keeps(each.by, each.evidence)
        ]
        return "unsaid" if not said else "named" if all(said) else "doubted" if any(said) else "another"

    def given(self, event: Event, item: str) -> bool | None:
        """Whether a part of an act was given; None where nobody says, or people do not agree."""
        said = {
            each.given
            for each in event.file.item
            if each.name == item and self.trust.keeps(each.by, each.evidence)
        }
        return said.pop() if len(said) == 1 else None

    def at_least(self, since: str, of: str, term: CourtTerm) -> bool | None:
        """Whether `of` is not before the end of a term that begins at `since`: by what ties the two to each
        other, and by the bounds of both.
        """
        least, most = self.line.apart(since, of)
        shortest, longest = term.reach()
        if least is not None and least >= longest:
            return True
        if most is not None and most < shortest:
            return False
        return not_before(self.span(of), self.end(since, term))

    def span(self, name: str) -> Span:
        """The bounds of a moment."""
        moment = self.when(name)
        return moment.lo, moment.hi

    def end(self, since: str, term: CourtTerm) -> Span:
        """Between which instants a term ends that begins at a moment."""
        moment = self.when(since)
        return (
            None if moment.lo is None else term.ends(moment.lo)[0],
            None if moment.hi is None else term.ends(moment.hi)[1],
        )


def both(answers: Iterable[bool | None]) -> bool | None:
    """True if all are, false if one is false, else open."""
    known = list(answers)
    return False if False in known else None if None in known else True


def either(answers: Iterable[bool | None]) -> bool | None:
    """True if one is, false if all are false, else open."""
    known = list(answers)
    return True if True in known else None if None in known else False


def negated(answer: bool | None) -> bool | None:
    """The other answer; open stays open."""
    return None if answer is None else not answer


def not_before(one: Span, other: Span) -> bool | None:
    """Whether one moment is the same instant as another or later."""
    if one[0] is not None and other[1] is not None and one[0] >= other[1]:
        return True
    return False if one[1] is not None and other[0] is not None and one[1] < other[0] else None


def after(one: Span, other: Span) -> bool | None:
    """Whether one moment is later than another."""
    return negated(not_before(other, one))


def elapsed(since: Span, of: Span) -> Span:
    """The least and the most time from one moment to another; None is no bound."""
    return (
        None if of[0] is None or since[1] is None else of[0] - since[1],
        None if of[1] is None or since[0] is None else of[1] - since[0],
    )


def hull(spans: Sequence[Span]) -> Span:
    """The bounds that hold all of several."""
    los, his = [lo for lo, _ in spans], [hi for _, hi in spans]
    return (
        None if None in los or not los else min(lo for lo in los if lo is not None),
        None if None in his or not his else max(hi for hi in his if hi is not None),
    )
