"""Claims as values: verdicts, what does not go together, and how that compares with a list made by hand."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import msgspec

from paradero.answers.books.citations import plain
from paradero.answers.books.claiming import CaseClaims, Measured
from paradero.answers.instants import instant_text
from paradero.authored.evidence import Evidence
from paradero.claims.checking import VERDICTS, Checked, Verdict
from paradero.claims.pairs import KINDS, Finding, Kind
from paradero.claims.statements import Claim, Position
from paradero.model.answer import Answer


class ClaimCitation(Answer, frozen=True, kw_only=True):
    """Who made a claim, by what kind of evidence, of what time, where it was seen, and where in a document of
    the casefile it stands.
    """

    by: str
    evidence: Evidence
    dated: str
    seen: list[str]
    fact: str
    note: str
    position: Position | msgspec.UnsetType = msgspec.UNSET


class CheckedClaim(Answer, frozen=True, kw_only=True):
    """A claim with its verdict, what it was held against, and the bounds found there: numbers in `unit`, or
    times as text; None is no bound.

    `holds_only_if` are the conditions under which it holds; `left_out`, the sources that it was not held
    against because they are its own.
    """

    id: str
    subject: str
    what: str
    what_es: str
    says: str
    definition: str
    thing: str
    verdict: Verdict
    held_against: str
    lo: int | float | str | None
    hi: int | float | str | None
    unit: str
    holds_only_if: list[str]
    holds_only_if_es: list[str]
    left_out: list[str]
    citations: list[ClaimCitation]


class ClaimOfFinding(Answer, frozen=True, kw_only=True):
    """A claim that does not go with another or with its own figures, and who made it."""

    id: str
    subject: str
    says: str
    definition: str
    thing: str
    by: str
    evidence: Evidence
    dated: str
    seen: list[str]
    fact: str
    note: str
    position: Position | msgspec.UnsetType = msgspec.UNSET


class ClaimFinding(Answer, frozen=True, kw_only=True):
    """Claims that do not go together, or one that its own figures contradict: `means` says in which way they
    do not, `detail` by how much.
    """

    id: str
    kind: Kind
    means: str
    means_es: str
    detail: str
    detail_es: str
    claims: list[ClaimOfFinding]


class FoundPair(Answer, frozen=True, kw_only=True):
    """A pair known by hand that was found, as which kind and in which finding."""

    id: str
    topic: str
    kind: Kind
    finding: str


class MissedPair(Answer, frozen=True, kw_only=True):
    """A pair known by hand that was missed."""

    id: str
    topic: str
    kind: str


class KnownPairs(Answer, frozen=True, kw_only=True):
    """The findings beside the pairs known by hand: how many `of` them are found and missed, how many findings
    are not on the list, and how many of these were judged to be none.
    """

    found: int
    missed: int
    spurious: int
    beyond: int
    of: int
    pairs: list[FoundPair]
    missed_pairs: list[MissedPair]
    spurious_findings: list[str]
    beyond_findings: list[str]


class ClaimCounts(Answer, frozen=True, kw_only=True):
    """How many claims have each verdict."""

    contradicted: int
    holds_only_if: int
    supported: int
    not_checkable: int


def checked_claim(one: Checked) -> CheckedClaim:
    """A claim with its verdict, what it was held against, and under which conditions it holds."""
    claim, is_time = one.claim, one.basis.startswith("moment ")
    return CheckedClaim(
        id=claim.id,
        subject=claim.subject.id,
        what=claim.subject.what,
        what_es=claim.subject.what_es,
        says=claim.says,
        definition=claim.file.definition,
        thing=claim.file.thing,
        verdict=one.verdict,
        held_against=one.basis,
        lo=_end(one.lo, is_time),
        hi=_end(one.hi, is_time),
        unit="time" if is_time else claim.subject.unit,
        holds_only_if=[english for english, _ in one.conditions],
        holds_only_if_es=[spanish for _, spanish in one.conditions],
        left_out=list(one.left_out),
        citations=[ClaimCitation(**claim.file.cited(), position=_position(claim))],
    )


def claim_finding(one: Finding) -> ClaimFinding:
    """Claims that do not go together, with who says each."""
    meaning, meaning_es = KINDS[one.kind]
    return ClaimFinding(
        id=one.id,
        kind=one.kind,
        means=meaning,
        means_es=meaning_es,
        detail=one.detail[0],
        detail_es=one.detail[1],
        claims=[
            ClaimOfFinding(
                id=each.id,
                subject=each.subject.id,
                says=each.says,
                definition=each.file.definition,
                thing=each.file.thing,
                **each.file.cited(),
                position=_position(each),
            )
            for each in one.claims
        ],
    )


def known_pairs(one: Measured) -> KnownPairs:
    """How many known pairs are found and missed, and what is found beside them."""
    return KnownPairs(
        found=len(one.found),
        missed=len(one.missed),
        spurious=len(one.spurious),
        beyond=len(one.beyond),
        of=len(one.found) + len(one.missed),
        pairs=[
            FoundPair(id=pair.id, topic=pair.topic, kind=finding.kind, finding=finding.id)
            for pair, finding in one.found
        ],
        missed_pairs=[MissedPair(id=pair.id, topic=pair.topic, kind=pair.kind) for pair in one.missed],
        spurious_findings=[each.id for each in one.spurious],
        beyond_findings=[each.id for each in one.beyond],
    )


def claim_counts(claims: CaseClaims) -> ClaimCounts:
    """How many claims have each verdict."""
    counted = Counter(each.verdict for each in claims.checked)
    return ClaimCounts(**{verdict: counted[verdict] for verdict in VERDICTS})


def _position(claim: Claim) -> Position | msgspec.UnsetType:
    return claim.file.position or msgspec.UNSET


def _end(value: Fraction | None, is_time: bool) -> int | float | str | None:
    return instant_text(int(value)) if is_time and value is not None else plain(value)
