"""Test each claim against counts, costs, moments and its own arithmetic, never against itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from paradero.claims.pairs import Told, contradicts_itself
from paradero.claims.statements import Claim
from paradero.model.ranges import Interval, bounded
from paradero.model.time.moments import Moment
from paradero.money.costing import Costed

Verdict = Literal["supported", "contradicted", "holds_only_if", "not_checkable"]

VERDICTS: tuple[Verdict, ...] = ("contradicted", "holds_only_if", "supported", "not_checkable")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What a source says of a count or a moment, and where that was seen."""

    by: str
    seen: Sequence[str]
    bounds: Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What claims are held against.

    `spans` and `moments` give the bounds of a count or of all moments without what some sources say;
    `unsaid`, where it is named, is the count or moment of which nobody's own statement counts, so that only
    what follows from others is left. `said` is what is said of each.
    """

    said: Mapping[str, Sequence[Heard]]
    spans: Callable[[str, frozenset[str], str | None], tuple[int | None, int | None]]
    results: Mapping[str, Costed]
    moments: Callable[[frozenset[str], str | None], Mapping[str, Moment]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A claim with its verdict. `basis` says what it was held against, lo and hi are the bounds found there
    (numbers, or microseconds), `conditions` under which it holds.
    """

    claim: Claim
    verdict: Verdict
    basis: str
    lo: Fraction | None
    hi: Fraction | None
    conditions: tuple[Told, ...] = ()
    left_out: tuple[str, ...] = ()


def check(claim: Claim, known: Known) -> Checked:
    """Give the verdict on one claim.

    What the same source says, or what was seen at the same place, is left out of the counts and moments that
    the claim is held against: nothing supports itself. A result cannot be had without its inputs; where some
    are the claim's own, `basis` says so.
    """
    if contradicts_itself(claim):
        own = claim.own or Interval(Fraction(0), Fraction(0))
        return Checked(
            claim=claim, verdict="contradicted", basis="its own figures", lo=_end(own.lo), hi=_end(own.hi)
        )
    subject = claim.subject
    if subject.count and claim.interval is not None:
        return _among_sources(
            claim,
            claim.interval,
            f"count {subject.count}",
            subject.count,
            known,
            lambda own, unsaid: _people(known.spans(subject.count, own, unsaid)),
        )
    if subject.moment and claim.moment is not None:
        said = instants(claim.moment)
        return _among_sources(
            claim,
            said,
            f"moment {subject.moment}",
            subject.moment,
            known,
            lambda own, unsaid: instants(known.moments(own, unsaid)[subject.moment]),
        )
    if subject.result and claim.interval is not None:
        return _against_result(claim, claim.interval, known.results[subject.result])
    if claim.own is not None and claim.file.value is not None:
        return Checked(
            claim=claim,
            verdict="supported",
            basis="its own figures",
            lo=_end(claim.own.lo),
            hi=_end(claim.own.hi),
        )
    return Checked(claim=claim, verdict="not_checkable", basis="", lo=None, hi=None)


def _among_sources(
    claim: Claim,
    said: Interval,
    basis: str,
    name: str,
    known: Known,
    bounds: Callable[[frozenset[str], str | None], Interval],
) -> Checked:
    """First against what follows from other counts or moments; then against what others say of the same: who
    differs has to be wrong, or the claim is.
    """
    own = _same(claim, known.said)
    left_out = tuple(sorted(own))
    derived = _held(claim, said, bounds(own, name), basis, left_out)
    if derived.verdict in ("contradicted", "supported"):
        return derived
    with_others = _held(claim, said, bounds(own, None), basis, left_out)
    if with_others.verdict != "contradicted":
        return with_others
    against = dict.fromkeys(
        each.by for each in known.said[name] if each.by not in own and not each.bounds.meets(said)
    )
    others = tuple(
        (f"the figure from {by} is not the right one", f"el dato de {by} no es el correcto") for by in against
    ) or (("one of the other figures is not the right one", "alguno de los otros datos no es el correcto"),)
    return Checked(
        claim=claim,
        verdict="holds_only_if",
        basis=basis,
        lo=with_others.lo,
        hi=with_others.hi,
        conditions=others,
        left_out=left_out,
    )


def _held(claim: Claim, said: Interval, found: Interval, basis: str, left_out: tuple[str, ...]) -> Checked:
    """Contradicted where nothing is shared, supported where all that is possible fits; where a part fits it
    holds only within that; else nothing is settled.
    """
    verdict: Verdict
    conditions: tuple[Told, ...] = ()
    if not said.meets(found):
        verdict = "contradicted"
    elif found.within(said):
        verdict = "supported"
    elif said.within(found):
        verdict = "not_checkable"
    else:
        verdict = "holds_only_if"
        conditions = ((f"{basis} lies in what both allow", f"{basis} está en lo que ambos permiten"),)
    return Checked(
        claim=claim,
        verdict=verdict,
        basis=basis,
        lo=_end(found.lo),
        hi=_end(found.hi),
        conditions=conditions,
        left_out=left_out,
    )


def _against_result(claim: Claim, said: Interval, result: Costed) -> Checked:
    """A claim that fits the result as computed holds only if each assumption whose switch leads out of it
    stays; one that does not, only if one is switched.
    """
    seen = set(claim.file.seen)
    is_shared = any(
        each.by == claim.file.by or seen & set(each.seen)
        for quantity in result.quantities
        for each in quantity.said
    )
    is_estimate = result.result.file.estimate
    basis = (
        "result"
        f" {result.result.id}{', an estimate' if is_estimate else ''}"
        f"{', in part from the same source' if is_shared else ''}"
    )
    held = _held(claim, said, bounded(result.lo, result.hi), basis, ())
    switches = [each for each in result.movers if each.is_assumption]
    if held.verdict == "supported":
        needed = [
            _state(each.name, result.switches[each.name])
            for each in switches
            if not bounded(each.lo, each.hi).within(said)
        ]
    elif held.verdict == "contradicted":
        fitting = [
            _state(each.name, not result.switches[each.name])
            for each in switches
            if bounded(each.lo, each.hi).within(said)
        ]
        needed = (
            [(" or ".join(one for one, _ in fitting), " o ".join(other for _, other in fitting))]
            if fitting
            else []
        )
    else:
        return held
    if not needed:
        return held
    return Checked(
        claim=claim,
        verdict="holds_only_if",
        basis=held.basis,
        lo=held.lo,
        hi=held.hi,
        conditions=tuple(needed),
    )


def _state(name: str, is_on: bool) -> Told:
    return (f"{name} is on", f"{name} está activo") if is_on else (f"{name} is off", f"{name} está inactivo")


def _people(span: tuple[int | None, int | None]) -> Interval:
    lo, hi = span
    return bounded(None if lo is None else Fraction(lo), None if hi is None else Fraction(hi))


def instants(moment: Moment) -> Interval:
    """A moment as bounds in microseconds."""
    return bounded(
        None if moment.lo is None else Fraction(moment.lo), None if moment.hi is None else Fraction(moment.hi)
    )


def _same(claim: Claim, said: Mapping[str, Sequence[Heard]]) -> frozenset[str]:
    """The sources that are the claim's own: of its name, or seen where it was seen."""
    seen = set(claim.file.seen)
    return frozenset(
        one.by for each in said.values() for one in each if one.by == claim.file.by or seen & set(one.seen)
    )


def _end(end: Fraction | float) -> Fraction | None:
    return end if isinstance(end, Fraction) else None
