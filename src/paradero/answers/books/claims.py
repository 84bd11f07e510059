"""Claims as values: verdicts, what does not go together, and how that compares with a list made by hand."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import msgspec

from paradero.answers.books.citations import plain
from paradero.answers.books.claiming import CaseClaims, Measured
from paradero.answers.instants import instant_text
from paradero.authored.cited import Cited, SeenAs
from paradero.authored.evidence import Evidence
from paradero.claims.checking import VERDICTS, Checked, Verdict
from paradero.claims.needs import would_need
from paradero.claims.pairs import KINDS, Finding, Kind
from paradero.claims.standards import BESIDE, DEFINED, Beside, Held
from paradero.claims.statements import Claim, Position
from paradero.model.answer import Answer


class ClaimCitation(Answer, frozen=True, kw_only=True):
    """Who made a claim, by what kind of evidence, of what time, where it was seen, and where in a document of
    the casefile it stands.

    `primary` is the primary source, `seen_as` whether it was read itself, or its outlet's page, or copies
    alone; blank where nobody says. `copies` are those of `seen` that are copies of somebody else's page.
    """

    by: str
    evidence: Evidence
    dated: str
    seen: list[str]
    fact: str
    note: str
    primary: str
    primary_url: str
    seen_as: SeenAs
    copies: list[str]
    position: Position | msgspec.UnsetType = msgspec.UNSET


class CheckedClaim(Answer, frozen=True, kw_only=True):
    """A claim with its verdict, what it was held against, and the bounds found there: numbers in `unit`, or
    times as text; None is no bound.

    `holds_only_if` are the conditions under which it holds; `left_out`, the sources that it was not held
    against because they are its own; `would_need`, of one that cannot be checked, what would make it so.
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
    would_need: list[str]
    would_need_es: list[str]
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


class HeldClaim(Answer, frozen=True, kw_only=True):
    """A claim beside a provision of a named standard: `beside` says where, if the claim is true, and `means`
    that in words. Without a claim the provision has no number, or no claim says what it measures.

    `lo` and `hi` are what the claim gives of what the provision measures, `of`, in `unit`; None is no bound.
    `given` are claims that this takes to be true as well. `force` says whom the standard binds.
    """

    provision: str
    standard: str
    standard_es: str
    force: str
    force_es: str
    instrument: str
    pin: str
    says: str
    says_es: str
    url: str
    seen: str
    read_in_source: bool
    of: str
    of_es: str
    limit: str
    limit_es: str
    unit: str
    called: str
    called_es: str
    note: str
    note_es: str
    beside: Beside
    means: str
    means_es: str
    claim: str
    claim_what: str
    claim_what_es: str
    claim_says: str
    by: str
    evidence: Evidence | None
    dated: str
    claim_seen: list[str]
    lo: int | float | None
    hi: int | float | None
    given: list[str]
    because: str
    because_es: str


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


def checked_claim(one: Checked, cited: Cited) -> CheckedClaim:
    """A claim with its verdict, what it was held against, and under which conditions it holds."""
    claim, is_time = one.claim, one.basis.startswith("moment ")
    missing, known = would_need(one), cited.of(claim.file.by, claim.file.seen)
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
        would_need=[english for english, _ in missing],
        would_need_es=[spanish for _, spanish in missing],
        citations=[
            ClaimCitation(
                **claim.file.cited(),
                primary=known.primary,
                primary_url=known.url,
                seen_as=known.seen_as,
                copies=list(known.copies),
                position=_position(claim),
            )
        ],
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


def held_claim(one: Held) -> HeldClaim:
    """A claim beside a provision, with the words of both."""
    provision, claim, held = one.provision, one.claim, one.held
    text, limit = provision.file.text, provision.file.limit
    means, means_es = (DEFINED if limit and limit.called else BESIDE)[one.beside]
    return HeldClaim(
        provision=provision.id,
        standard=provision.standard.title,
        standard_es=provision.standard.title_es,
        force=provision.standard.force,
        force_es=provision.standard.force_es,
        instrument=text.instrument,
        pin=text.pin,
        says=text.says,
        says_es=text.says_es or text.says,
        url=text.url,
        seen=text.seen,
        read_in_source=text.read,
        of=limit.of if limit else "",
        of_es=limit.of_es if limit else "",
        limit=provision.limit,
        limit_es=provision.limit_es,
        unit=limit.unit if limit else "",
        called=limit.called if limit else "",
        called_es=limit.called_es if limit else "",
        note=provision.file.note,
        note_es=provision.file.note_es or provision.file.note,
        beside=one.beside,
        means=means,
        means_es=means_es,
        claim=claim.id if claim else "",
        claim_what=claim.subject.what if claim else "",
        claim_what_es=claim.subject.what_es if claim else "",
        claim_says=claim.says if claim else "",
        by=claim.file.by if claim else "",
        evidence=claim.file.evidence if claim else None,
        dated=claim.file.dated if claim else "",
        claim_seen=claim.file.seen if claim else [],
        lo=plain(one.lo),
        hi=plain(one.hi),
        given=[each.id for each in one.given],
        because=held.because if held else "",
        because_es=held.because_es if held else "",
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
