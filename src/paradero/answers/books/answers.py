"""What `balance`, `cost` and `claims check` answer, as programs read it; asked again by `verify` where an
answer was kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from paradero.answers.books.balance import balance_rows, conflict_rows, unaccounted_rows
from paradero.answers.books.balancing import CaseBalance, balanced_case
from paradero.answers.books.claiming import CaseClaims, checked_case, measured
from paradero.answers.books.claims import claim_row, finding_row, measured_row, verdict_counts
from paradero.answers.books.costing import CaseCosts, costed_case
from paradero.answers.books.costs import cost_row
from paradero.answers.kept import Answer, Ask
from paradero.answers.words import Words
from paradero.casefile.folder import Casefile


def balance_answer(case: Casefile, found: CaseBalance, language: str = "en") -> Answer:
    """Every count with its bounds, what conflicts, who is unaccounted for, and what was believed."""
    balanced = found.balanced
    rows = balance_rows(balanced, found.others)
    return {
        "scope": case.settings().scope,
        "evidence": list(found.trust.evidence),
        "without": list(found.trust.without),
        "rounding": Words(language)("balance_rounding"),
        "ways": balanced.n_ways,
        "left_out_at_once": balanced.left_out_at_once,
        "n_rows": len(rows),
        "rows": rows,
        "conflicts": conflict_rows(balanced, found.others),
        "unaccounted": unaccounted_rows(balanced),
    }


def cost_answer(case: Casefile, found: CaseCosts, options: Mapping[str, Any]) -> Answer:
    """Every result asked for, with the switches and the year of prices that it was asked with."""
    names = options.get("results") or []
    rows = [row for row in map(cost_row, found.costed) if not names or row["id"] in names]
    return {
        "scope": case.settings().scope,
        "with": list(options.get("with") or ()),
        "without": list(options.get("without") or ()),
        "prices_asked_of": options.get("prices_of"),
        "n_rows": len(rows),
        "rows": rows,
    }


def claims_answer(case: Casefile, found: CaseClaims, *, yardstick: bool = False) -> Answer:
    """Every claim with its verdict, the findings, and how they compare with the pairs known by hand where
    that is asked.
    """
    rows = [claim_row(each) for each in found.checked]
    return {
        "scope": case.settings().scope,
        "summary": verdict_counts(found),
        "n_rows": len(rows),
        "rows": rows,
        "findings": [finding_row(each) for each in found.findings],
        "yardstick": measured_row(measured(case, found)) if yardstick else None,
    }


def _balance(case: Casefile, options: Mapping[str, Any]) -> Answer:
    return balance_answer(case, balanced_case(case, trust=options["trust"], without=options["without"]))


def _cost(case: Casefile, options: Mapping[str, Any]) -> Answer:
    found = costed_case(
        case,
        on=options["with"],
        off=options["without"],
        prices_of=options["prices_of"],
        index=options["index"],
    )
    return cost_answer(case, found, options)


def _claims(case: Casefile, options: Mapping[str, Any]) -> Answer:
    return claims_answer(case, checked_case(case), yardstick=options["yardstick"])


ASKS: Mapping[str, Ask] = {"balance": _balance, "cost": _cost, "claims": _claims}
