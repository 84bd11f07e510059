"""What `balance`, `costs list` and `claims check` answer, and to which question; asked again by `verify`
where an answer was kept.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from paradero.answers.books.balance import (
    CountBounds,
    CountConflict,
    UnaccountedCount,
    count_bounds,
    count_conflicts,
    unaccounted_counts,
)
from paradero.answers.books.balancing import balanced_case
from paradero.answers.books.claiming import checked_case, measured
from paradero.answers.books.claims import (
    CheckedClaim,
    ClaimCounts,
    ClaimFinding,
    HeldClaim,
    KnownPairs,
    checked_claim,
    claim_counts,
    claim_finding,
    held_claim,
    known_pairs,
)
from paradero.answers.books.costing import costed_case
from paradero.answers.books.costs import CostResult, cost_result
from paradero.answers.kept import Ask
from paradero.answers.words import Words
from paradero.authored.cited import cited_in
from paradero.casefile.folder import Casefile
from paradero.model.answer import Answer
from paradero.model.naming import unknown


class BalanceAsked(msgspec.Struct, frozen=True, kw_only=True):
    """How a balance is asked for: `trust` are the kinds of evidence believed, comma-separated (None: all),
    `without` the sources left out.
    """

    trust: str | None = None
    without: tuple[str, ...] = ()


class CostsAsked(msgspec.Struct, frozen=True, kw_only=True):
    """How costs are asked for: the results (none: all), the assumptions switched on and off, and the year
    whose prices all money is put into, by the index named or the only one there is.
    """

    results: tuple[str, ...] = ()
    switched_on: tuple[str, ...] = msgspec.field(name="with", default=())
    switched_off: tuple[str, ...] = msgspec.field(name="without", default=())
    prices_of: int | None = None
    index: str | None = None


class ClaimsAsked(msgspec.Struct, frozen=True, kw_only=True):
    """How claims are checked: with `yardstick` the findings are counted against the pairs known by hand."""

    yardstick: bool = False


class BalanceAnswer(Answer, frozen=True, kw_only=True):
    """Every count with its bounds, what conflicts, who is unaccounted for, and what was believed.

    `ways` is how many ways of leaving out as few statements as possible the bounds cover; with
    `left_out_at_once` there were too many, and all in conflict were left out together.
    """

    scope: str
    evidence: list[str]
    without: list[str]
    rounding: str
    ways: int
    left_out_at_once: bool
    n_rows: int
    rows: list[CountBounds]
    conflicts: list[CountConflict]
    unaccounted: list[UnaccountedCount]


class CostsAnswer(Answer, frozen=True, kw_only=True):
    """Every result asked for, with the switches and the year of prices that it was asked with."""

    scope: str
    switched_on: list[str] = msgspec.field(name="with")
    switched_off: list[str] = msgspec.field(name="without")
    prices_asked_of: int | None
    n_rows: int
    rows: list[CostResult]


class ClaimsAnswer(Answer, frozen=True, kw_only=True):
    """Every claim with its verdict, how many have which, the findings, what claims are beside named
    standards, and how the findings compare with the pairs known by hand where that was asked.
    """

    scope: str
    summary: ClaimCounts
    n_rows: int
    rows: list[CheckedClaim]
    findings: list[ClaimFinding]
    standards: list[HeldClaim]
    yardstick: KnownPairs | None

    @property
    def has_findings(self) -> bool:
        """Whether a claim is contradicted or does not go with another."""
        return bool(self.summary.contradicted or self.findings)


def balance_answer(case: Casefile, asked: BalanceAsked, language: str = "en") -> BalanceAnswer:
    """Balance the counts of a casefile; `language` is that of the sentence on rounding. Raises what
    `balanced_case` does.
    """
    found = balanced_case(case, trust=asked.trust, without=asked.without)
    rows = count_bounds(found.balanced, found.others)
    return BalanceAnswer(
        scope=case.settings().scope,
        evidence=list(found.trust.evidence),
        without=list(found.trust.without),
        rounding=Words(language)("balance_rounding"),
        ways=found.balanced.n_ways,
        left_out_at_once=found.balanced.left_out_at_once,
        n_rows=len(rows),
        rows=rows,
        conflicts=count_conflicts(found.balanced, found.others),
        unaccounted=unaccounted_counts(found.balanced),
    )


def costs_answer(case: Casefile, asked: CostsAsked) -> CostsAnswer:
    """Work out the costs of a casefile. Raises what `costed_case` does, and UnknownName for a result that no
    file has.
    """
    found = costed_case(
        case, on=asked.switched_on, off=asked.switched_off, prices_of=asked.prices_of, index=asked.index
    )
    known = [each.result.id for each in found.costed]
    for name in asked.results:
        if name not in known:
            raise unknown("a result", name, known)
    rows = [
        cost_result(each) for each in found.costed if not asked.results or each.result.id in asked.results
    ]
    return CostsAnswer(
        scope=case.settings().scope,
        switched_on=list(asked.switched_on),
        switched_off=list(asked.switched_off),
        prices_asked_of=asked.prices_of,
        n_rows=len(rows),
        rows=rows,
    )


def claims_answer(case: Casefile, asked: ClaimsAsked) -> ClaimsAnswer:
    """Check the claims of a casefile. Raises what `checked_case` and, with a yardstick, `measured` do."""
    found = checked_case(case)
    cited = cited_in(case.root / "cited")
    rows = [checked_claim(each, cited) for each in found.checked]
    return ClaimsAnswer(
        scope=case.settings().scope,
        summary=claim_counts(found),
        n_rows=len(rows),
        rows=rows,
        findings=[claim_finding(each) for each in found.findings],
        standards=[held_claim(each) for each in found.held],
        yardstick=known_pairs(measured(case, found)) if asked.yardstick else None,
    )


ASKS: Mapping[str, Ask] = {
    "balance": lambda case, options: balance_answer(case, msgspec.convert(options, BalanceAsked)),
    "cost": lambda case, options: costs_answer(case, msgspec.convert(options, CostsAsked)),
    "claims": lambda case, options: claims_answer(case, msgspec.convert(options, ClaimsAsked)),
}
