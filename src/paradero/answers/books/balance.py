"""The balance of people as values: counts with their bounds, conflicts, who is unaccounted for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from paradero.answers.books.citations import Citation, citation
from paradero.authored.evidence import Evidence
from paradero.balance.balances import Asserted, Equation
from paradero.balance.balancing import Balanced, Bounded
from paradero.balance.conflicts import Clash
from paradero.model.answer import Answer

Others = Mapping[
    str, Mapping[str, tuple[int | None, int | None]]
]  # by source: the bounds of each count as if it had said nothing


class CountStatement(Answer, frozen=True, kw_only=True):
    """What somebody says of a count, between `lo` and `hi` (None: no bound); `place` is file and line."""

    id: str
    count: str
    lo: int | None
    hi: int | None
    by: str
    evidence: Evidence
    dated: str
    seen: list[str]
    fact: str
    note: str
    place: str


class CountEquation(Answer, frozen=True, kw_only=True):
    """An equation between counts, and why it must hold."""

    id: str
    holds: str
    because: str
    because_es: str
    by: str


class BoundsWithout(Answer, frozen=True, kw_only=True):
    """The bounds of a count as if a source had said nothing."""

    source: str
    lo: int | None
    hi: int | None


class CountBounds(Answer, frozen=True, kw_only=True):
    """A count of people, or of what `unit` says, at the day or period `of`: as few as `lo`, as many as `hi`
    (None: no bound), what each bound rests on, and the bounds without each source of a conflict that moves
    them.

    `unaccounted` marks people whom no other count accounts for; `disputed`, that what is said of the count
    shares no number; `rounded`, that a bound was rounded to whole people. `said` are the statements on the
    count itself, `assertions` those and all that its bounds rest on.
    """

    id: str
    what: str
    what_es: str
    of: str
    unit: str
    lo: int | None
    hi: int | None
    unaccounted: bool
    disputed: bool
    rounded: bool
    lo_rests_on: list[str]
    hi_rests_on: list[str]
    said: list[str]
    assertions: list[CountStatement]
    equations: list[CountEquation]
    without: list[BoundsWithout]
    citations: list[Citation]
    note: str


class BoundsOfCount(Answer, frozen=True, kw_only=True):
    """A count by its id, and bounds of it."""

    id: str
    lo: int | None
    hi: int | None


class WithoutSource(Answer, frozen=True, kw_only=True):
    """The bounds of the counts of a conflict as if a source had said nothing."""

    source: str
    bounds: list[BoundsOfCount]


class CountConflict(Answer, frozen=True, kw_only=True):
    """Statements and equations that cannot all be true; without any one of them the others can."""

    id: str
    counts: list[str]
    assertions: list[CountStatement]
    equations: list[CountEquation]
    without: list[WithoutSource]
    citations: list[Citation]


class UnaccountedCount(Answer, frozen=True, kw_only=True):
    """How many no count covers: at least `best_case`, at most `worst_case`; None is no bound."""

    id: str
    what: str
    what_es: str
    unit: str
    best_case: int | None
    worst_case: int | None


def count_bounds(balanced: Balanced, others: Others) -> list[CountBounds]:
    """Each count: bounds, what each rests on, everything said of it, and the bounds without each source that
    has a part in a conflict.
    """
    return [_count_bounds(balanced, each, others) for each in balanced.counts.values()]


def count_conflicts(balanced: Balanced, others: Others) -> list[CountConflict]:
    """Each minimal conflict: who says what in it, the equations it needs, and the bounds of its counts
    without each of its sources.
    """
    return [
        CountConflict(
            id=clash.id,
            counts=list(clash.counts),
            assertions=[_statement(each) for each in clash.statements],
            equations=[_equation(each) for each in clash.equations],
            without=[
                WithoutSource(
                    source=source,
                    bounds=[
                        BoundsOfCount(id=name, lo=others[source][name][0], hi=others[source][name][1])
                        for name in _counts_of(clash)
                    ],
                )
                for source in clash.sources
            ],
            citations=[citation(each.said) for each in clash.statements],
        )
        for clash in balanced.clashes
    ]


def unaccounted_counts(balanced: Balanced) -> list[UnaccountedCount]:
    """Who is unaccounted for: in the best case as few as the lower bound, in the worst as many as the
    upper.
    """
    return [
        UnaccountedCount(
            id=name,
            what=each.count.file.what,
            what_es=each.count.file.what_es,
            unit=each.count.file.unit,
            best_case=each.lo.value,
            worst_case=each.hi.value,
        )
        for name, each in balanced.counts.items()
        if each.count.file.unaccounted
    ]


def _statement(each: Asserted) -> CountStatement:
    return CountStatement(
        id=each.id,
        count=each.count,
        lo=each.lo,
        hi=each.hi,
        **each.said.cited(),
        place=each.place.rsplit("/", 1)[-1],
    )


def _equation(each: Equation) -> CountEquation:
    return CountEquation(
        id=each.id,
        holds=each.file.holds,
        because=each.file.because,
        because_es=each.file.because_es,
        by=each.file.by,
    )


def _count_bounds(balanced: Balanced, bounded: Bounded, others: Others) -> CountBounds:
    file, own = (
        bounded.count.file,
        [each for each in bounded.count.asserted if each.id in balanced.statements],
    )
    lo_said, lo_equations = balanced.rests_on(bounded.lo)
    hi_said, hi_equations = balanced.rests_on(bounded.hi)
    used = {each.id: each for each in (*own, *lo_said, *hi_said)}
    here = bounded.span
    return CountBounds(
        id=bounded.count.id,
        what=file.what,
        what_es=file.what_es,
        of=file.of,
        unit=file.unit,
        lo=bounded.lo.value,
        hi=bounded.hi.value,
        unaccounted=file.unaccounted,
        disputed=bounded.is_disputed,
        rounded=bounded.lo.is_rounded or bounded.hi.is_rounded,
        lo_rests_on=[*(each.id for each in lo_said), *(each.id for each in lo_equations)],
        hi_rests_on=[*(each.id for each in hi_said), *(each.id for each in hi_equations)],
        said=[each.id for each in own],
        assertions=[_statement(each) for each in used.values()],
        equations=[_equation(each) for each in _once((*lo_equations, *hi_equations))],
        without=[
            BoundsWithout(source=source, lo=other[bounded.count.id][0], hi=other[bounded.count.id][1])
            for source, other in others.items()
            if other[bounded.count.id] != here
        ],
        citations=[citation(each.said) for each in used.values()],
        note=file.note,
    )


def _counts_of(clash: Clash) -> list[str]:
    return list(
        dict.fromkeys([*clash.counts, *(name for each in clash.equations for name, _ in each.factors)])
    )


def _once(equations: Sequence[Equation]) -> list[Equation]:
    return list({each.id: each for each in equations}.values())
