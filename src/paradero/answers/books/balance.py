"""The balance of people as rows and as text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from paradero.answers.words import Words
from paradero.balance.balances import Asserted, Equation
from paradero.balance.balancing import Balanced, Bounded
from paradero.balance.conflicts import Clash

Row = dict[str, Any]
Others = Mapping[
    str, Mapping[str, tuple[int | None, int | None]]
]  # by source: the bounds of each count as if it had said nothing


def balance_rows(balanced: Balanced, others: Others) -> list[Row]:
    """A row for each count: bounds, what each rests on, everything said of it, and the bounds without each
    source that has a part in a conflict.
    """
    return [_row(balanced, each, others) for each in balanced.counts.values()]


def conflict_rows(balanced: Balanced, others: Others) -> list[Row]:
    """A row for each minimal conflict: who says what in it, the equations it needs, and the bounds of its
    counts without each of its sources.
    """
    return [
        {
            "id": clash.id,
            "counts": list(clash.counts),
            "assertions": [said_row(each) for each in clash.statements],
            "equations": [equation_row(each) for each in clash.equations],
            "without": [
                {
                    "source": source,
                    "bounds": [
                        {"id": name, "lo": others[source][name][0], "hi": others[source][name][1]}
                        for name in _counts_of(clash)
                    ],
                }
                for source in clash.sources
            ],
            "citations": [each.said.cited() for each in clash.statements],
        }
        for clash in balanced.clashes
    ]


def unaccounted_rows(balanced: Balanced) -> list[Row]:
    """Who is unaccounted for: in the best case as few as the lower bound, in the worst as many as the upper;
    null is no bound.
    """
    return [
        {
            "id": name,
            "what": each.count.file.what,
            "what_es": each.count.file.what_es,
            "unit": each.count.file.unit,
            "best_case": each.lo.value,
            "worst_case": each.hi.value,
        }
        for name, each in balanced.counts.items()
        if each.count.file.unaccounted
    ]


def said_row(each: Asserted) -> Row:
    """One statement of a count."""
    return {
        "id": each.id,
        "count": each.count,
        "lo": each.lo,
        "hi": each.hi,
        **each.said.cited(),
        "place": each.place.rsplit("/", 1)[-1],
    }


def equation_row(each: Equation) -> Row:
    """One equation, and why it must hold."""
    return {
        "id": each.id,
        "holds": each.file.holds,
        "because": each.file.because,
        "because_es": each.file.because_es,
        "by": each.file.by,
    }


def balance_table(rows: Sequence[Row], words: Words) -> list[Row]:
    """What the table of text shows of each row."""
    return [
        {
            "count": row["id"],
            "lo": row["lo"],
            "hi": row["hi"],
            "unit": row["unit"],
            "disputed": words("disputed") if row["disputed"] else "",
            "what": words.of(row["what"], row["what_es"]),
        }
        for row in rows
    ]


def conflict_text(rows: Sequence[Row], balanced: Balanced, words: Words) -> str:
    """Every conflict: who says what, why it cannot all be true, and which bounds become others without each
    of its sources.
    """
    parts: list[str] = []
    for number, row in enumerate(rows, 1):
        parts.append(words("balance_conflict", number=number, counts=", ".join(row["counts"])))
        parts += [
            f"   - {each['count']} {_span(each['lo'], each['hi'])}: {each['by']} ({each['evidence']},"
            f" {each['dated']}) {each['seen'][0]}"
            for each in row["assertions"]
        ]
        parts += [
            f"   - {each['holds']}: {words.of(each['because'], each['because_es'])} ({each['by']})"
            for each in row["equations"]
        ]
        for each in row["without"]:
            changed = [
                one for one in each["bounds"] if (one["lo"], one["hi"]) != balanced.counts[one["id"]].span
            ]
            bounds = "; ".join(f"{one['id']} {_span(one['lo'], one['hi'])}" for one in changed)
            parts.append(
                "     "
                + words("balance_without", source=each["source"], bounds=bounds or words("balance_unchanged"))
            )
    return "\n".join(parts)


def unaccounted_text(rows: Sequence[Row], words: Words) -> str:
    """How many people no count covers: one number where both bounds are the same."""
    return "\n".join(f"   {_uncovered(row, words)}" for row in rows)


def _uncovered(row: Row, words: Words) -> str:
    best, worst = row["best_case"], row["worst_case"]
    form = "_exact" if best == worst else "_least" if worst is None else ""
    what = words.of(row["what"], row["what_es"])
    return words(f"balance_unaccounted{form}", best=_number(best), worst=_number(worst), what=what)


def _row(balanced: Balanced, bounded: Bounded, others: Others) -> Row:
    file, own = (
        bounded.count.file,
        [each for each in bounded.count.asserted if each.id in balanced.statements],
    )
    lo_said, lo_equations = balanced.rests_on(bounded.lo)
    hi_said, hi_equations = balanced.rests_on(bounded.hi)
    used = {each.id: each for each in (*own, *lo_said, *hi_said)}
    here = bounded.span
    return {
        "id": bounded.count.id,
        "what": file.what,
        "what_es": file.what_es,
        "of": file.of,
        "unit": file.unit,
        "lo": bounded.lo.value,
        "hi": bounded.hi.value,
        "unaccounted": file.unaccounted,
        "disputed": bounded.is_disputed,
        "rounded": bounded.lo.is_rounded or bounded.hi.is_rounded,
        "lo_rests_on": [*(each.id for each in lo_said), *(each.id for each in lo_equations)],
        "hi_rests_on": [*(each.id for each in hi_said), *(each.id for each in hi_equations)],
        "said": [each.id for each in own],
        "assertions": [said_row(each) for each in used.values()],
        "equations": [equation_row(each) for each in _once((*lo_equations, *hi_equations))],
        "without": [
            {"source": source, "lo": other[bounded.count.id][0], "hi": other[bounded.count.id][1]}
            for source, other in others.items()
            if other[bounded.count.id] != here
        ],
        "citations": [each.said.cited() for each in used.values()],
        "note": file.note,
    }


def _counts_of(clash: Clash) -> list[str]:
    return list(
        dict.fromkeys([*clash.counts, *(name for each in clash.equations for name, _ in each.factors)])
    )


def _once(equations: Sequence[Equation]) -> list[Equation]:
    return list({each.id: each for each in equations}.values())


def _span(lo: int | None, hi: int | None) -> str:
    if lo == hi:
        return _number(lo)
    return f"{_number(lo)} to {_number(hi)}"


def _number(value: int | None) -> str:
    return "…" if value is None else f"{value:,}"
