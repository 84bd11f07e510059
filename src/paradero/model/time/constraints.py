"""Constraints on moments: what several sources say about when things happened, put together.

An assertion says how far one moment lies from another, or from 1970-01-01 00:00 UTC, and who says so.
Together they tighten the bounds of every moment, each bound with the chain of assertions it rests on; where
they cannot all hold, a minimal set that conflicts is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from paradero.model.time.moments import Missing, Moment, MomentError, Reason
from paradero.model.time.paths import Edge, Paths, consistency, paths_from, reversed_edges

RECORDED = "recorded"  # who says the bounds that a moment has before any assertion


@dataclass(frozen=True, slots=True, kw_only=True)
class Assertion:
    """`lo_us <= of - since <= hi_us`, as `says` states in `citation`; without `since`, bounds of the moment
    `of` itself in UTC microseconds.
    """

    id: str
    says: str
    citation: str
    of: str
    since: str | None = None
    lo_us: int | None = None
    hi_us: int | None = None

    def __post_init__(self) -> None:
        if self.lo_us is None and self.hi_us is None:
            raise MomentError(f"The assertion `{self.id}` of {self.says} has no bound. Give it at least one.")
        if self.lo_us is not None and self.hi_us is not None and self.lo_us > self.hi_us:
            raise MomentError(
                f"In the assertion `{self.id}` of {self.says}, lo_us ({self.lo_us}) is above hi_us"
                f" ({self.hi_us}). Swap them."
            )
        if self.of == self.since:
            raise MomentError(
                f"The assertion `{self.id}` of {self.says} names `{self.of}` twice. Name two moments."
            )


# (the field's own name)
def at(name: str, moment: Moment, *, id: str, says: str, citation: str) -> Assertion:  # noqa: A002
    """The assertion that the moment `name` lies within the bounds of `moment`."""
    return Assertion(id=id, says=says, citation=citation, of=name, lo_us=moment.lo, hi_us=moment.hi)


class Side(StrEnum):
    """Which bound."""

    LO = "lo"
    HI = "hi"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tightened:
    """Moments with the tightest bounds that all assertions together allow."""

    moments: Mapping[str, Moment]
    assertions: Sequence[Assertion]
    numbers: Mapping[str, int]
    earliest: Paths
    latest: Paths

    def rests_on(self, name: str, side: Side) -> tuple[Assertion, ...]:
        """The chain of assertions from a bound of some moment to this bound: leave one out and the bound may
        widen. Empty where there is none.
        """
        paths = self.earliest if side is Side.LO else self.latest
        return tuple(self.assertions[edge.label] for edge in paths.to(self.numbers[name]))

    def apart(self, since: str, of: str) -> tuple[int | None, int | None]:
        """How far `of` lies after `since`, at least and at most, by all assertions together: what ties two
        moments to each other tells more than the bounds of either.
        """
        edges, count = _edges(self.assertions, self.numbers), len(self.numbers) + 1
        times = consistency(count, edges).times
        a, b = self.numbers[since], self.numbers[of]
        least = paths_from(b, count, edges, times).lengths[a]
        return _negative(least), paths_from(a, count, edges, times).lengths[b]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Assertions that cannot all hold; without any one of them the others can. Together they miss by
    `short_us`.
    """

    assertions: tuple[Assertion, ...]
    short_us: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A bound of a moment under two sets of assertions; None is no bound."""

    name: str
    side: Side
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What two sets of assertions give, and each bound that differs. Bounds are compared only where neither
    set conflicts.
    """

    before: Tightened | Conflict
    after: Tightened | Conflict
    changes: tuple[Change, ...]


def tighten(moments: Mapping[str, Moment], assertions: Iterable[Assertion]) -> Tightened | Conflict:
    """The tightest bounds of all moments, or a minimal conflict. The moments' own bounds count as assertions
    of RECORDED.
    """
    return _solved(moments, _all_said(moments, assertions))


def conflicts(moments: Mapping[str, Moment], assertions: Iterable[Assertion]) -> tuple[Conflict, ...]:
    """Minimal conflicts that share no assertion, one after the other until the rest agrees: each needs a
    decision of its own.
    """
    said = _all_said(moments, assertions)
    found: list[Conflict] = []
    while isinstance(result := _solved(moments, said), Conflict):
        found.append(result)
        members = {one.id for one in result.assertions}
        said = [one for one in said if one.id not in members]
    return tuple(found)


def without(
    moments: Mapping[str, Moment], assertions: Iterable[Assertion], sources: Iterable[str]
) -> Comparison:
    """What changes when nothing is believed that one of the sources says; RECORDED among them leaves out the
    moments' own bounds.
    """
    said = _all_said(moments, assertions)
    left_out = _known(sources, said)
    return _compared(moments, said, [one for one in said if one.says not in left_out])


def trusting(
    moments: Mapping[str, Moment], assertions: Iterable[Assertion], sources: Iterable[str]
) -> Comparison:
    """What changes when only the sources are believed, and the moments' own bounds."""
    said = _all_said(moments, assertions)
    kept = _known(sources, said) | {RECORDED}
    return _compared(moments, said, [one for one in said if one.says in kept])


def _known(sources: Iterable[str], said: Sequence[Assertion]) -> set[str]:
    wanted, known = set(sources), {one.says for one in said} | {RECORDED}
    if not wanted <= known:
        raise MomentError(
            f"Nothing is said by {', '.join(sorted(wanted - known))}. The sources are:"
            f" {', '.join(sorted(known))}."
        )
    return wanted


def _all_said(moments: Mapping[str, Moment], assertions: Iterable[Assertion]) -> list[Assertion]:
    """The moments' own bounds, then the assertions; raises MomentError for a name or id that cannot be."""
    said = [
        Assertion(
            id=f"{RECORDED}:{name}",
            says=RECORDED,
            citation=moment.text,
            of=name,
            lo_us=moment.lo,
            hi_us=moment.hi,
        )
        for name, moment in moments.items()
        if moment.lo is not None or moment.hi is not None
    ]
    said += assertions
    ids: set[str] = set()
    for one in said:
        if one.id in ids:
            raise MomentError(f"The id of an assertion, `{one.id}`, appears twice. Rename one.")
        ids.add(one.id)
        for name in (one.of, one.since):
            if name is not None and name not in moments:
                raise MomentError(
                    f"The assertion `{one.id}` of {one.says} names `{name}`, which is not a known moment."
                    " Correct the name."
                )
    return said


def _solved(moments: Mapping[str, Moment], said: Sequence[Assertion]) -> Tightened | Conflict:
    numbers = {name: number for number, name in enumerate(moments, 1)}  # 0 is the origin, 1970
    edges = _edges(said, numbers)
    found = consistency(len(numbers) + 1, edges)
    if found.circle:
        members = tuple(said[edge.label] for edge in found.circle)
        return Conflict(assertions=members, short_us=-sum(edge.weight for edge in found.circle))
    latest = paths_from(0, len(numbers) + 1, edges, found.times)
    earliest = paths_from(0, len(numbers) + 1, reversed_edges(edges), [-time for time in found.times])
    tight = {
        name: _within(moments[name], _negative(earliest.lengths[number]), latest.lengths[number])
        for name, number in numbers.items()
    }
    return Tightened(moments=tight, assertions=said, numbers=numbers, earliest=earliest, latest=latest)


def _edges(said: Sequence[Assertion], numbers: Mapping[str, int]) -> list[Edge]:
    edges: list[Edge] = []
    for label, one in enumerate(said):
        of, since = numbers[one.of], 0 if one.since is None else numbers[one.since]
        if one.hi_us is not None:
            edges.append(Edge(start=since, target=of, weight=one.hi_us, label=label))
        if one.lo_us is not None:
            edges.append(Edge(start=of, target=since, weight=-one.lo_us, label=label))
    return edges


def _negative(us: int | None) -> int | None:
    return None if us is None else -us


def _within(moment: Moment, lo: int | None, hi: int | None) -> Moment:
    """The moment with other bounds; what it was read from stays."""
    silent = Missing(reason=Reason.NOT_RECORDED)
    return replace(
        moment,
        lo=lo,
        hi=hi,
        lo_why_missing=None if lo is not None else moment.lo_why_missing or silent,
        hi_why_missing=None if hi is not None else moment.hi_why_missing or silent,
    )


def _compared(
    moments: Mapping[str, Moment], said: Sequence[Assertion], fewer: Sequence[Assertion]
) -> Comparison:
    before, after = _solved(moments, said), _solved(moments, fewer)
    if isinstance(before, Conflict) or isinstance(after, Conflict):
        return Comparison(before=before, after=after, changes=())
    changes = [
        Change(name=name, side=side, before=old, after=new)
        for name in moments
        for side, old, new in (
            (Side.LO, before.moments[name].lo, after.moments[name].lo),
            (Side.HI, before.moments[name].hi, after.moments[name].hi),
        )
        if old != new
    ]
    return Comparison(before=before, after=after, changes=tuple(changes))
