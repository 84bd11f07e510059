"""Statements: when something happened, as somebody says it. Put together they bound a moment; where they
contradict each other, none is preferred.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from paradero.authored.declared import AuthoredError
from paradero.authored.evidence import Sourced
from paradero.authored.relations import Related
from paradero.model.time.constraints import Assertion, Conflict, Side, Tightened, tighten
from paradero.model.time.moments import Missing, Moment, MomentError, Reason, coarsest
from paradero.model.time.reading import parse_moment

_ENDS = (  # marks the assertion of when a term of a court ends, beside the relation that states the term
    "#ends"
)


class Said(Sourced, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One statement of a time: `time` in the forms of docs/explanation/time.md, or `withheld`/`unknown` with
    why no time is given.
    """

    time: str = ""
    withheld: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A statement read: its place in the files, the moment it gives."""

    id: str
    of: str
    said: Said
    moment: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """Statements and relations that cannot all be true, and by how much they miss."""

    of: tuple[str, ...]
    statements: tuple[Statement, ...]
    relations: tuple[Related, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Every moment with the bounds that the statements together allow, what each bound rests on, and what
    disagrees.
    """

    moments: Mapping[str, Moment]
    statements: Mapping[str, tuple[Statement, ...]]
    disagreements: tuple[Disagreement, ...]
    tightened: Tightened
    relations: Mapping[str, Related]

    def with_unknown(self, names: Iterable[str]) -> Timeline:
        """The same with more moments, of which nothing is said."""
        missing = Missing(reason=Reason.NOT_RECORDED)
        unknown = Moment(lo=None, hi=None, lo_why_missing=missing, hi_why_missing=missing)
        return replace(self, moments={**self.moments, **dict.fromkeys(names, unknown)})

    def rests_on(self, name: str) -> tuple[Statement, ...]:
        """The statements that the bounds of a moment rest on, its own and those that reach it through
        relations.
        """
        asked, found = [name], dict[str, Statement]()
        for each in asked:
            if each not in self.tightened.moments:
                continue
            under = [one for side in Side for one in self.tightened.rests_on(each, side)]
            # a court's term ends by when it began, which the assertion of its end does not name
            begun = [self.relations[one.id].since for one in under if one.id.endswith(_ENDS)]
            asked += [one for one in dict.fromkeys(begun) if one not in asked]
            reached = [one.of for one in under] or [each]
            found |= {one.id: one for of in reached for one in self.statements.get(of, ())}
        return tuple(found.values())

    def apart(self, since: str, of: str) -> tuple[int | None, int | None]:
        """How far one moment lies after another, at least and at most; None is no bound."""
        if since == of:
            return 0, 0
        known = self.tightened.numbers
        return self.tightened.apart(since, of) if since in known and of in known else (None, None)

    def relations_under(self, name: str) -> tuple[Related, ...]:
        """The relations that the bounds of a moment rest on, but for the order in which phases come."""
        if name not in self.tightened.moments:
            return ()
        found = [
            self.relations[each.id]
            for side in Side
            for each in self.tightened.rests_on(name, side)
            if each.id in self.relations
        ]
        used = {each.id: each for each in found}
        return tuple(each for each in used.values() if each.relation.seen)


def read_said(said: Said, *, id: str, of: str, zones: Sequence[str], place: str) -> Statement:  # noqa: A002
    """A statement as a moment; raises AuthoredError naming `place` (file and line) where its time cannot be
    read or none is given.
    """
    if bool(said.time) == bool(said.withheld):
        raise AuthoredError(
            f"{place}: {said.by} gives {of} {'both `time` and' if said.time else 'neither `time` nor'}"
            " `withheld`. Write exactly one; `withheld` takes the reason."
        )
    if said.withheld:
        missing = Missing(reason=Reason.WITHHELD, words=said.withheld)
        return Statement(
            id=id,
            of=of,
            said=said,
            moment=Moment(
                lo=None, hi=None, lo_why_missing=missing, hi_why_missing=missing, text=said.withheld
            ),
        )
    try:
        return Statement(id=id, of=of, said=said, moment=parse_moment(said.time, zones=zones))
    except MomentError as error:
        raise AuthoredError(f"{place}: {error}") from error


def timeline(names: Iterable[str], statements: Sequence[Statement], relations: Sequence[Related]) -> Timeline:
    """Put statements and relations together.

    Statements about one moment that share an instant bound it by what they share; where they do not, by the
    span of all of them, and the disagreement is told. Relations then tighten the bounds. Those that cannot
    hold with the rest are told; instead of tightening, they widen the moments they speak of by what each of
    them would have said, so that no side of the disagreement is preferred.
    """
    by_moment: dict[str, list[Statement]] = {name: [] for name in names}
    for statement in statements:
        by_moment[statement.of].append(statement)
    moments: Mapping[str, Moment] = {name: combined(said) for name, said in by_moment.items()}
    told = [
        Disagreement(of=(name,), statements=_bounded(said), relations=())
        for name, said in by_moment.items()
        if disagree(said)
    ]
    kept = list(relations)
    while isinstance(found := _tightened(moments, kept), Conflict):
        ids = {each.id.removesuffix(_ENDS) for each in found.assertions}
        clashing = [each for each in kept if each.id in ids]
        of = tuple(
            dict.fromkeys(
                name for each in found.assertions for name in (each.of, each.since) if name is not None
            )
        )
        told.append(
            Disagreement(
                of=of,
                statements=_bounded([one for name in of for one in by_moment[name]]),
                relations=tuple(clashing),
            )
        )
        kept = [each for each in kept if each.id not in ids]
        moments = _doubted(moments, clashing, of)
    return Timeline(
        moments=found.moments,
        statements={name: tuple(said) for name, said in by_moment.items()},
        disagreements=tuple(told),
        tightened=found,
        relations={name: each for each in kept for name in (each.id, each.id + _ENDS)},
    )


def _tightened(moments: Mapping[str, Moment], relations: Sequence[Related]) -> Tightened | Conflict:
    """The tightest bounds. When a term of a court ends depends on the day on which it begins: its ends are
    worked out from that day's bounds, until nothing changes.
    """
    assertions = [_assertion(each) for each in relations]
    terms = [each for each in relations if each.least or each.most]
    found, ends = tighten(moments, assertions), dict[str, tuple[int | None, int | None]]()
    for _ in range(len(terms) + 1):  # one term can begin when another ends
        if isinstance(found, Conflict):
            break
        before, ends = ends, {each.id: each.within(found.moments[each.since]) for each in terms}
        if ends == before:
            break
        bounds = [_ends_at(each, *ends[each.id]) for each in terms if ends[each.id] != (None, None)]
        found = tighten(moments, [*assertions, *bounds])
    return found


def _ends_at(term: Related, lo: int | None, hi: int | None) -> Assertion:
    return Assertion(
        id=term.id + _ENDS,
        says=term.relation.by,
        citation="; ".join(term.relation.seen),
        of=term.of,
        lo_us=lo,
        hi_us=hi,
    )


def _doubted(
    moments: Mapping[str, Moment], clashing: Sequence[Related], of: Sequence[str]
) -> dict[str, Moment]:
    """The moments of a disagreement, each widened to span its own bounds and those that the clashing
    relations derive from the others.
    """
    # what is counted from need not be in doubt itself: it keeps its bounds
    named = {*of, *(name for each in clashing for name in (each.of, each.since))}
    los = {name: [moments[name].lo] for name in named}
    his = {name: [moments[name].hi] for name in named}
    for _ in of:  # a relation can reach a moment through the others
        for each in clashing:
            a, b = (
                min((x for x in los[each.since] if x is not None), default=None),
                max((x for x in his[each.since] if x is not None), default=None),
            )
            if each.of in of:
                los[each.of].append(None if each.lo_us is None or a is None else a + each.lo_us)
                his[each.of].append(None if each.hi_us is None or b is None else b + each.hi_us)
            a, b = (
                min((x for x in los[each.of] if x is not None), default=None),
                max((x for x in his[each.of] if x is not None), default=None),
            )
            if each.since in of:
                los[each.since].append(None if each.hi_us is None or a is None else a - each.hi_us)
                his[each.since].append(None if each.lo_us is None or b is None else b - each.lo_us)
    silent = Missing(reason=Reason.NOT_RECORDED, words="statements that cannot all be true")
    widened = dict(moments)
    for name in of:
        lo = None if None in los[name] else min(x for x in los[name] if x is not None)
        hi = None if None in his[name] else max(x for x in his[name] if x is not None)
        widened[name] = replace(
            moments[name],
            lo=lo,
            hi=hi,
            lo_why_missing=None if lo is not None else moments[name].lo_why_missing or silent,
            hi_why_missing=None if hi is not None else moments[name].hi_why_missing or silent,
        )
    return widened


def combined(said: Sequence[Statement]) -> Moment:
    """The moment that statements give together: what they share, or the span of all where they share nothing;
    unknown where there is none.

    A statement that gives no bound, such as one that withholds the time, counts only where no other does.
    """
    given = [each.moment for each in _bounded(said)] or [each.moment for each in said]
    if not given:
        missing = Missing(reason=Reason.NOT_RECORDED)
        return Moment(lo=None, hi=None, lo_why_missing=missing, hi_why_missing=missing)
    if len(given) == 1:
        return given[0]
    los, his = (
        [each.lo for each in given if each.lo is not None],
        [each.hi for each in given if each.hi is not None],
    )
    if disagree(said):
        lo = None if len(los) < len(given) else min(los)
        hi = None if len(his) < len(given) else max(his)
    else:
        lo, hi = max(los, default=None), min(his, default=None)
    why = Missing(reason=Reason.NOT_RECORDED)
    return Moment(
        lo=lo,
        hi=hi,
        precision=coarsest(*(each.precision for each in given)),
        lo_why_missing=(
            None
            if lo is not None
            else next((each.lo_why_missing for each in given if each.lo_why_missing), why)
        ),
        hi_why_missing=(
            None
            if hi is not None
            else next((each.hi_why_missing for each in given if each.hi_why_missing), why)
        ),
        text="; ".join(dict.fromkeys(each.text for each in given)),
    )


def _bounded(said: Sequence[Statement]) -> tuple[Statement, ...]:
    return tuple(one for one in said if one.moment.lo is not None or one.moment.hi is not None)


def disagree(said: Sequence[Statement]) -> bool:
    """Whether statements about one moment share no instant."""
    los = [each.moment.lo for each in said if each.moment.lo is not None]
    his = [each.moment.hi for each in said if each.moment.hi is not None]
    return bool(los) and bool(his) and max(los) > min(his)


def _assertion(related: Related) -> Assertion:
    return Assertion(
        id=related.id,
        says=related.relation.by,
        citation="; ".join(related.relation.seen),
        of=related.of,
        since=related.since,
        lo_us=related.lo_us,
        hi_us=related.hi_us,
    )
