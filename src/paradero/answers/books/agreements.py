"""Agreements as values: amounts, dates and terms with who says them, and whether their sums add up."""

from __future__ import annotations

import msgspec

from paradero.answers.books.citations import Citation, citation, cited_quantity, plain
from paradero.authored.evidence import Evidence
from paradero.model.answer import Answer
from paradero.money.agreements import Agreement, Kind
from paradero.money.sums import Sum, Verdict, sums_of


class AgreementAmount(Answer, frozen=True, kw_only=True):
    """A figure of an agreement, of a facility where it is of one: None is no bound, and for `mode` no
    likeliest value.
    """

    kind: Kind
    facility: str | None
    id: str
    what: str
    what_es: str
    lo: int | float | None
    mode: int | float | None
    hi: int | float | None
    unit: str
    prices_of: int | None
    said: list[Citation]


class AgreementDate(Answer, frozen=True, kw_only=True):
    """When something about an agreement happened, as somebody says."""

    what: str
    what_es: str
    time: str
    by: str
    evidence: Evidence
    dated: str
    seen: list[str]
    fact: str
    note: str


class AgreementTerm(Answer, frozen=True, kw_only=True):
    """What somebody says of an agreement in words."""

    says: str
    says_es: str
    by: str
    evidence: Evidence
    dated: str
    seen: list[str]
    fact: str
    note: str


class AmountSum(Answer, frozen=True, kw_only=True):
    """A relation between amounts: whether it holds, can hold or cannot, and by how much the left side exceeds
    the right, in `unit` (None: no bound).

    `is_stated` tells what somebody states from what follows from the kinds of two amounts.
    """

    id: str
    holds: str
    verdict: Verdict
    difference_lo: int | float | None
    difference_hi: int | float | None
    unit: str
    is_stated: bool
    prices_of: list[int]
    said: list[Citation]


class AgreementStated(Answer, frozen=True, kw_only=True):
    """An agreement with its amounts, dates and terms, each with who says it, and its sums."""

    id: str
    title: str
    title_es: str
    parties: list[str]
    instrument: str
    amounts: list[AgreementAmount]
    dates: list[AgreementDate]
    terms: list[AgreementTerm]
    sums: list[AmountSum]
    note: str

    @property
    def cannot_hold(self) -> bool:
        """Whether one of its sums cannot hold."""
        return any(each.verdict == "cannot hold" for each in self.sums)


def agreement_stated(one: Agreement) -> AgreementStated:
    """An agreement as it is stated."""
    return AgreementStated(
        id=one.id,
        title=one.file.title,
        title_es=one.file.title_es,
        parties=one.file.parties,
        instrument=one.file.instrument,
        amounts=[
            AgreementAmount(
                kind=each.kind,
                facility=each.facility or None,
                **msgspec.structs.asdict(cited_quantity(quantity)),
            )
            for each, quantity in zip(one.file.amount, one.amounts, strict=True)
        ],
        dates=[
            AgreementDate(what=each.what, what_es=each.what_es, time=each.time, **each.cited())
            for each in one.file.date
        ],
        terms=[AgreementTerm(says=each.says, says_es=each.says_es, **each.cited()) for each in one.file.term],
        sums=[_sum(each) for each in sums_of(one)],
        note=one.file.note,
    )


def _sum(one: Sum) -> AmountSum:
    return AmountSum(
        id=one.id,
        holds=one.holds,
        verdict=one.verdict,
        difference_lo=plain(one.lo),
        difference_hi=plain(one.hi),
        unit=str(one.unit),
        is_stated=one.is_stated,
        prices_of=list(one.prices_of),
        said=[citation(each) for each in one.said],
    )
