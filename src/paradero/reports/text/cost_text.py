"""Costs and agreements in words: each result, each amount and each sum in a row, and a result in full."""

from __future__ import annotations

from collections.abc import Sequence

from paradero.answers.books.agreements import AgreementStated
from paradero.answers.books.citations import CitedQuantity
from paradero.answers.books.costs import CostAssumption, CostResult
from paradero.answers.words import Words
from paradero.model.answer import Row

COLUMNS = [
    "id",
    "cost",
    "what",
    "what_es",
    "lo",
    "mode",
    "hi",
    "unit",
    "is_estimate",
    "bounds",
    "formula",
    "assumptions",
    "matters_most",
    "fact",
    "note",
]  # of comma-separated text
SHOWN = ["result", "lo", "mode", "hi", "unit", "assumptions on", "matters most", "what"]  # of the table
AMOUNTS_SHOWN = ["agreement", "amount", "kind", "lo", "mode", "hi", "unit", "dated", "by"]
SUMS_SHOWN = ["sum", "of", "verdict", "left less right", "prices of"]


def cost_cells(rows: Sequence[CostResult]) -> list[Row]:
    """Results as comma-separated text has them."""
    return [{**row.as_json(), "assumptions": " ".join(row.assumed)} for row in rows]


def cost_table(rows: Sequence[CostResult], words: Words) -> list[Row]:
    """What the table shows of each result."""
    return [
        {
            "result": row.id,
            "lo": _short(row.lo),
            "mode": _short(row.mode),
            "hi": _short(row.hi),
            "unit": row.unit,
            "assumptions on": ", ".join(row.assumed) or "-",
            "matters most": row.matters_most or "-",
            "what": _what(row, words),
        }
        for row in rows
    ]


def cost_text(row: CostResult, words: Words) -> str:
    """One result in full: formula, inputs, assumptions with what their switch does."""
    lines = [
        f"{row.id}: {_what(row, words)}",
        f"   {row.formula}",
        f"   = {row.over}",
        f"   = {_bounds(row)} {row.unit} ({words('cost_' + row.bounds)})",
    ]
    for each in row.inputs:
        by = "; ".join(f"{one.by} ({one.evidence}, {one.dated}) {one.seen[0]}" for one in each.said)
        lines.append(f"   - {each.id}: {_bounds(each)} {each.unit}: {by}")
    lines += [f"   - {_assumption(each, words)}" for each in row.assumptions]
    return "\n".join(lines)


def amount_table(agreements: Sequence[AgreementStated]) -> list[Row]:
    """A line for each amount of each agreement."""
    return [
        {
            "agreement": agreement.id,
            "amount": each.id.partition("/")[2],
            "kind": each.kind,
            "lo": _short(each.lo),
            "mode": _short(each.mode),
            "hi": _short(each.hi),
            "unit": each.unit,
            "dated": each.said[0].dated,
            "by": each.said[0].by,
        }
        for agreement in agreements
        for each in agreement.amounts
    ]


def sum_table(agreements: Sequence[AgreementStated], words: Words) -> list[Row]:
    """A line for each relation between amounts."""
    return [
        {
            "sum": each.id,
            "of": each.holds,
            "verdict": words("sum_" + each.verdict.replace(" ", "_")),
            "left less right": f"{_short(each.difference_lo)} / {_short(each.difference_hi)} {each.unit}",
            "prices of": ", ".join(map(str, each.prices_of)),
        }
        for agreement in agreements
        for each in agreement.sums
    ]


def _assumption(one: CostAssumption, words: Words) -> str:
    return words(
        "cost_assumption",
        id=one.id,
        state=words("cost_on") if one.on else words("cost_off"),
        says=words.of(one.says, one.says_es),
        by=one.by,
        other=f"{_short(one.if_switched.lo)} / {_short(one.if_switched.hi)}",
    )


def _what(row: CostResult, words: Words) -> str:
    estimate = f" ({words('cost_estimate')})" if row.is_estimate else ""
    return words.of(row.what, row.what_es) + estimate


def _bounds(one: CostResult | CitedQuantity) -> str:
    return f"{_short(one.lo)} / {_short(one.mode)} / {_short(one.hi)}"


def _short(value: int | float | None) -> str:
    if value is None:
        return "…"
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:,.2f}" if abs(value) >= 1 else f"{value:.4f}"
