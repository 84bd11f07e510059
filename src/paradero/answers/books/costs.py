"""Costs and agreements as rows and as text."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from paradero.answers.words import Words
from paradero.money.agreements import Agreement
from paradero.money.amounts import Quantity
from paradero.money.costing import Costed, Mover
from paradero.money.sums import Sum, sums_of

Row = dict[str, Any]


def cost_row(one: Costed) -> Row:
    """A result with its bounds, its formula, every input with who says it, every assumption and its switch,
    and what moves it most.
    """
    file = one.result.file
    return {
        "id": one.result.id,
        "cost": one.cost.id,
        "what": file.what,
        "what_es": file.what_es,
        "lo": plain(one.lo),
        "mode": plain(one.mode),
        "hi": plain(one.hi),
        "unit": str(one.result.unit),
        "is_estimate": file.estimate,
        "prices_of": sorted({each.prices_of for each in one.quantities if each.prices_of is not None}),
        "bounds": "exact" if one.is_exact else "outer",
        "formula": file.formula,
        "over": str(one.formula),
        "assumptions": [_assumption(one, name, is_on) for name, is_on in one.switches.items()],
        "inputs": [quantity_row(each) for each in one.quantities],
        "sensitivity": [_mover(each) for each in one.movers],
        "matters_most": next((each.name for each in one.movers if each.swing), None),
        "citations": _citations(one),
        "fact": file.fact,
        "note": file.note,
    }


def cost_table(rows: Sequence[Row], words: Words) -> list[Row]:
    """What the table of text shows of each result."""
    return [
        {
            "result": row["id"],
            "lo": _short(row["lo"]),
            "mode": _short(row["mode"]),
            "hi": _short(row["hi"]),
            "unit": row["unit"],
            "assumptions on": ", ".join(each["id"] for each in row["assumptions"] if each["on"]) or "-",
            "matters most": row["matters_most"] or "-",
            "what": _what(row, words),
        }
        for row in rows
    ]


def _what(row: Row, words: Words) -> str:
    return words.of(row["what"], row["what_es"]) + (
        f" ({words('cost_estimate')})" if row["is_estimate"] else ""
    )


def cost_text(row: Row, words: Words) -> str:
    """One result in full: formula, inputs, assumptions with what their switch does, sensitivity."""
    parts = [f"{row['id']}: {_what(row, words)}", f"   {row['formula']}", f"   = {row['over']}"]
    parts.append(
        f"   = {_short(row['lo'])} / {_short(row['mode'])} / {_short(row['hi'])} {row['unit']}"
        f" ({words('cost_' + row['bounds'])})"
    )
    for each in row["inputs"]:
        by = "; ".join(
            f"{one['by']} ({one['evidence']}, {one['dated']}) {one['seen'][0]}" for one in each["said"]
        )
        parts.append(
            f"   - {each['id']}: {_short(each['lo'])} / {_short(each['mode'])} / {_short(each['hi'])}"
            f" {each['unit']}: {by}"
        )
    for each in row["assumptions"]:
        state = words("cost_on") if each["on"] else words("cost_off")
        other = f"{_short(each['if_switched']['lo'])} / {_short(each['if_switched']['hi'])}"
        parts.append(
            "   - "
            + words(
                "cost_assumption",
                id=each["id"],
                state=state,
                says=words.of(each["says"], each["says_es"]),
                by=each["by"],
                other=other,
            )
        )
    return "\n".join(parts)


def agreement_row(one: Agreement) -> Row:
    """An agreement with its amounts, dates and terms, each with who says it."""
    return {
        "id": one.id,
        "title": one.file.title,
        "title_es": one.file.title_es,
        "parties": one.file.parties,
        "instrument": one.file.instrument,
        "amounts": [
            {"kind": each.kind, "facility": each.facility or None, **quantity_row(quantity)}
            for each, quantity in zip(one.file.amount, one.amounts, strict=True)
        ],
        "dates": [
            {"what": each.what, "what_es": each.what_es, "time": each.time, **each.cited()}
            for each in one.file.date
        ],
        "terms": [{"says": each.says, "says_es": each.says_es, **each.cited()} for each in one.file.term],
        "sums": [sum_row(each) for each in sums_of(one)],
        "note": one.file.note,
    }


def sum_row(one: Sum) -> Row:
    """A relation between amounts: whether it holds, can hold or cannot, and by how much the left side exceeds
    the right.
    """
    return {
        "id": one.id,
        "holds": one.holds,
        "verdict": one.verdict,
        "difference_lo": plain(one.lo),
        "difference_hi": plain(one.hi),
        "unit": str(one.unit),
        "is_stated": one.is_stated,
        "prices_of": list(one.prices_of),
        "said": [each.cited() for each in one.said],
    }


def sum_table(rows: Sequence[Row], words: Words) -> list[Row]:
    """A line for each relation between amounts."""
    return [
        {
            "sum": each["id"],
            "of": each["holds"],
            "verdict": words("sum_" + each["verdict"].replace(" ", "_")),
            "left less right": (
                f"{_short(each['difference_lo'])} / {_short(each['difference_hi'])} {each['unit']}"
            ),
            "prices of": ", ".join(map(str, each["prices_of"])),
        }
        for row in rows
        for each in row["sums"]
    ]


def agreement_table(rows: Sequence[Row], words: Words) -> list[Row]:
    """A line for each amount of each agreement."""
    return [
        {
            "agreement": row["id"],
            "amount": each["id"].partition("/")[2],
            "kind": each["kind"],
            "lo": _short(each["lo"]),
            "mode": _short(each["mode"]),
            "hi": _short(each["hi"]),
            "unit": each["unit"],
            "dated": each["said"][0]["dated"],
            "by": each["said"][0]["by"],
            "what": words.of(each["what"], each["what_es"]),
        }
        for row in rows
        for each in row["amounts"]
    ]


def quantity_row(one: Quantity) -> Row:
    """A quantity with who says it."""
    return {
        "id": one.symbol,
        "what": one.what,
        "what_es": one.what_es,
        "lo": plain(one.lo),
        "mode": plain(one.mode),
        "hi": plain(one.hi),
        "unit": str(one.unit),
        "prices_of": one.prices_of,
        "said": [each.cited() for each in one.said],
    }


def plain(value: Fraction | None) -> int | float | None:
    """A number for JSON: whole where it is whole."""
    if value is None:
        return None
    return value.numerator if value.denominator == 1 else float(value)


def _assumption(one: Costed, name: str, is_on: bool) -> Row:
    file = one.cost.assumptions[name].file
    mover = next(each for each in one.movers if each.is_assumption and each.name == name)
    return {
        "id": name,
        "says": file.says,
        "says_es": file.says_es,
        "on": is_on,
        "by_default": file.on,
        "sets": [each.input for each in file.sets],
        "if_switched": {"lo": plain(mover.lo), "hi": plain(mover.hi)},
        **file.cited(),
    }


def _mover(one: Mover) -> Row:
    kind = "assumption" if one.is_assumption else "input"
    return {
        "name": one.name,
        "kind": kind,
        "lo": plain(one.lo),
        "hi": plain(one.hi),
        "swing": plain(one.swing),
    }


def _citations(one: Costed) -> list[Row]:
    said = [each for quantity in one.quantities for each in quantity.said]
    said += [one.cost.assumptions[name].file for name, is_on in one.switches.items() if is_on]
    found: list[Row] = []
    for each in said:
        if each.cited() not in found:
            found.append(each.cited())
    return found


def _short(value: float | None) -> str:
    if value is None:
        return "…"
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:,.2f}" if abs(value) >= 1 else f"{value:.4f}"
