"""Claims that cannot both be true, found from their own figures: of one subject, with nothing in common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Literal

from paradero.authored.attribution import UNDATED
from paradero.balance.balances import Asserted
from paradero.balance.balancing import Balanced
from paradero.claims.statements import Claim
from paradero.model.ranges import Interval
from paradero.model.time.moments import Moment
from paradero.model.time.reading import parse_moment

Told = tuple[str, str]  # in English and in Spanish

_MONTH = 31 * 86_400_000_000  # in microseconds

Kind = Literal["contradiction", "definition", "denominator", "date", "own figures", "sum", "unaccounted"]

# What each kind says of the claims in it.
KINDS: Mapping[Kind, Told] = {
    "contradiction": ("they cannot both be true", "no pueden ser ciertas a la vez"),
    "definition": (
        "they differ, and each counts something else or does not say what: both may be true, but not as one"
        " figure",
        "difieren, y cada una cuenta otra cosa o no dice cuál: ambas pueden ser ciertas, pero no como una"
        " misma cifra",
    ),
    "denominator": ("they differ, and so do their denominators", "difieren, y también sus denominadores"),
    "date": (
        "they differ, and are of different times, or of times nobody states",
        "difieren, y son de épocas distintas o no declaradas",
    ),
    "own figures": ("its own figures do not give what it says", "sus propias cifras no dan lo que dice"),
    "sum": (
        "under the equations of the balance they cannot all be true",
        "según las ecuaciones del balance no pueden ser todas ciertas",
    ),
    "unaccounted": (
        "between them people are left whom no count accounts for",
        "entre ellas quedan personas de las que ninguna cuenta responde",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Claims that do not go together; one alone where its own figures contradict it."""

    kind: Kind
    claims: tuple[Claim, ...]
    detail: Told

    @property
    def id(self) -> str:
        return " + ".join(each.id for each in self.claims)


def pairs_of(claims: Sequence[Claim]) -> list[Finding]:
    """Every pair of claims of one subject that share no number, no instant, no word; and every claim that its
    own figures contradict.

    No pair are claims of which nobody would say that they differ: on things that both name and that are not
    the same; and on what changes, each of a day or month of its own. A claim that does not say which thing
    it speaks of may speak of any that has its figure, so it differs only where no claim on a named thing has.
    """
    found = [
        Finding(kind="own figures", claims=(each,), detail=_own_detail(each))
        for each in claims
        if contradicts_itself(each)
    ]
    named = [each for each in claims if each.file.thing]
    for one, other in combinations(claims, 2):
        if one.subject.id != other.subject.id or (detail := apart(one, other)) is None:
            continue
        if _of_other_things(one, other, named) or _of_other_days(one, other):
            continue
        found.append(Finding(kind=_kind(one, other), claims=(one, other), detail=detail))
    return found


def _of_other_things(one: Claim, other: Claim, named: Sequence[Claim]) -> bool:
    """Whether the claims speak of two things: both say so, or the figure of one that does not allows it."""
    if one.file.thing and other.file.thing:
        return one.file.thing != other.file.thing
    if one.file.thing or other.file.thing:
        loose = other if one.file.thing else one
        return any(each.subject.id == loose.subject.id and apart(loose, each) is None for each in named)
    return False


def _of_other_days(one: Claim, other: Claim) -> bool:
    """Whether what changes is said of two days or months: each says how it was then and no more. A figure of
    a longer period is quoted beyond it, so two of those are a finding of the kind `date`.
    """
    return (
        one.subject.changes
        and all(_is_of_a_month_at_most(each.file.dated) for each in (one, other))
        and _dated_apart(one, other)
    )


def _is_of_a_month_at_most(dated: str) -> bool:
    if dated == UNDATED:
        return False
    moment = parse_moment(dated, zones=["UTC"])
    return moment.lo is not None and moment.hi is not None and moment.hi - moment.lo <= _MONTH


def contradicts_itself(claim: Claim) -> bool:
    """Whether the claim's own parts give another figure than it states."""
    return claim.own is not None and claim.interval is not None and not claim.interval.meets(claim.own)


def apart(one: Claim, other: Claim) -> Told | None:
    """By how much two claims of one subject miss each other; None where they have something in common."""
    if one.interval is not None and other.interval is not None:
        return (
            None
            if one.interval.meets(other.interval)
            else _gap(one.interval, other.interval, one.subject.unit)
        )
    if one.moment is not None and other.moment is not None:
        return _time_gap(one.moment, other.moment)
    if one.words and other.words and not one.words & other.words:
        return _same(f"{' or '.join(sorted(one.words))} / {' or '.join(sorted(other.words))}")
    return None


def sets_of(claims: Sequence[Claim], balanced: Balanced) -> list[Finding]:
    """What the balance finds across counts, in claims: numbers that cannot all hold, and people whom no count
    accounts for even in the best case.
    """
    found: list[Finding] = []
    for clash in balanced.clashes:
        if clash.equations:
            found += _as_claims(
                "sum",
                clash.statements,
                claims,
                detail=_same(", ".join(each.file.holds for each in clash.equations)),
            )
    for each in balanced.counts.values():
        if each.count.file.unaccounted and (each.lo.value or 0) > 0:
            members, _ = balanced.rests_on(each.lo)
            found += _as_claims(
                "unaccounted",
                members,
                claims,
                detail=(
                    f"{each.count.id}: at least {each.lo.value:,}",
                    f"{each.count.id}: al menos {each.lo.value:,}",
                ),
            )
    return found


def _as_claims(
    kind: Kind, members: Iterable[Asserted], claims: Sequence[Claim], *, detail: Told
) -> list[Finding]:
    own = tuple(each for each in claims if any(_is_of(each, member) for member in members))
    return [Finding(kind=kind, claims=own, detail=detail)] if len(own) > 1 else []


def _is_of(claim: Claim, member: Asserted) -> bool:
    """Whether a claim is a statement of the balance: of the same count, by the same source or seen at the
    same place, the same figure.
    """
    if claim.subject.count != member.count or claim.interval is None:
        return False
    same_source = claim.file.by == member.said.by or set(claim.file.seen) & set(member.said.seen)
    lo, hi = claim.interval.lo, claim.interval.hi
    return (
        bool(same_source)
        and (member.lo is None or lo == member.lo)
        and (member.hi is None or hi == member.hi)
    )


def _kind(one: Claim, other: Claim) -> Kind:
    if one.of is not None and other.of is not None and not one.of.meets(other.of):
        return "denominator"
    if one.file.definition and other.file.definition and one.file.definition != other.file.definition:
        return "definition"
    if bool(one.file.thing) != bool(other.file.thing):
        return "definition"
    if one.subject.changes and _dated_apart(one, other):
        return "date"
    return "contradiction"


def _dated_apart(one: Claim, other: Claim) -> bool:
    if UNDATED in (one.file.dated, other.file.dated):
        return True
    return (
        _time_gap(parse_moment(one.file.dated, zones=["UTC"]), parse_moment(other.file.dated, zones=["UTC"]))
        is not None
    )


def _same(text: str) -> Told:
    return text, text


def _gap(one: Interval, other: Interval, unit: str) -> Told:
    low, high = (one, other) if one.hi < other.lo else (other, one)
    gap = f"{float(high.lo - low.hi):,.6g} {unit}"
    return f"{gap} apart", f"{gap} de diferencia"


def _time_gap(one: Moment, other: Moment) -> Told | None:
    for earlier, later in ((one, other), (other, one)):
        if earlier.hi is not None and later.lo is not None and earlier.hi < later.lo:
            minutes = (later.lo - earlier.hi) / 60_000_000
            return (
                (f"{minutes:,.0f} min apart", f"{minutes:,.0f} min de diferencia")
                if minutes >= 1
                else ("apart", "sin instante común")
            )
    return None


def _own_detail(claim: Claim) -> Told:
    assert claim.own is not None  # noqa: S101 (only claims with figures of their own contradict themselves)
    figure = f"{float(claim.own.lo):,.6g} {claim.subject.unit}"
    detail = f"its own figures give {figure}", f"sus propias cifras dan {figure}"
    part, said = claim.file.part, claim.interval
    if part is None or said is None or said.lo <= 0 or not isinstance(said.hi, Fraction):
        return detail
    lo, hi = (f"{float(100 * Fraction(str(part)) / end):,.1f}" for end in (said.hi, said.lo))
    return (
        f"{detail[0]}; the denominator would have to be {lo} to {hi}",
        f"{detail[1]}; el denominador tendría que estar entre {lo} y {hi}",
    )
