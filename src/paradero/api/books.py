"""Books as rows: counts of people that must add up, what costs come to, claims and whether they hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from paradero.answers.books.answers import (
    BalanceAsked,
    ClaimsAsked,
    CostsAsked,
    balance_answer,
    claims_answer,
    costs_answer,
)
from paradero.answers.books.balance import CountBounds, CountConflict, UnaccountedCount
from paradero.answers.books.claims import CheckedClaim, ClaimCounts, ClaimFinding
from paradero.answers.books.costs import CostResult
from paradero.answers.digests import digest_of_case
from paradero.api.rows import Rows
from paradero.casefile.folder import Casefile
from paradero.model.answer import Answer

V = TypeVar("V", bound=Answer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance(Rows[CountBounds]):
    """Counts of people, each with its bounds and what these rest on.

    `conflicts` are statements and equations that cannot all be true; `unaccounted`, the people whom no count
    covers: at least and at most.
    """

    conflicts: Rows[CountConflict]
    unaccounted: Rows[UnaccountedCount]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims(Rows[CheckedClaim]):
    """Claims, each with its verdict and what it was held against.

    `summary` is how many have which verdict; `findings`, the claims that do not go together.
    """

    summary: ClaimCounts
    findings: Rows[ClaimFinding]


def balance(case: Casefile, asked: BalanceAsked) -> Balance:
    """The balance of a casefile. Raises what `balance_answer` does."""
    found, digest = balance_answer(case, asked), digest_of_case(case)
    return Balance(
        values=tuple(found.rows),
        scope=found.scope,
        digest=digest,
        conflicts=_rows(found.conflicts, found.scope, digest),
        unaccounted=_rows(found.unaccounted, found.scope, digest),
    )


def costs(case: Casefile, asked: CostsAsked) -> Rows[CostResult]:
    """The costs of a casefile. Raises what `costs_answer` does."""
    found = costs_answer(case, asked)
    return _rows(found.rows, found.scope, digest_of_case(case))


def claims(case: Casefile) -> Claims:
    """The claims of a casefile. Raises what `claims_answer` does."""
    found, digest = claims_answer(case, ClaimsAsked()), digest_of_case(case)
    return Claims(
        values=tuple(found.rows),
        scope=found.scope,
        digest=digest,
        summary=found.summary,
        findings=_rows(found.findings, found.scope, digest),
    )


def _rows(values: Sequence[V], scope: str, digest: str) -> Rows[V]:
    return Rows(values=tuple(values), scope=scope, digest=digest)
