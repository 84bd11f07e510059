"""The balance of people in words: each count in a row, who is unaccounted for, what cannot all be true."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from paradero.answers.books.answers import BalanceAnswer
from paradero.answers.books.balance import CountBounds, CountConflict, UnaccountedCount
from paradero.answers.words import Words
from paradero.model.answer import Row

COLUMNS = [
    "id",
    "what",
    "what_es",
    "of",
    "unit",
    "lo",
    "hi",
    "unaccounted",
    "disputed",
    "rounded",
    "lo_rests_on",
    "hi_rests_on",
    "note",
]  # of comma-separated text
SHOWN = ["count", "lo", "hi", "unit", "disputed", "what"]  # of the table

_Spans = Mapping[str, tuple[int | None, int | None]]


def balance_cells(rows: Sequence[CountBounds]) -> list[Row]:
    """Counts as comma-separated text has them."""
    return [
        {**row.as_json(), "lo_rests_on": " ".join(row.lo_rests_on), "hi_rests_on": " ".join(row.hi_rests_on)}
        for row in rows
    ]


def balance_table(rows: Sequence[CountBounds], words: Words) -> list[Row]:
    """What the table shows of each count."""
    return [
        {
            "count": row.id,
            "lo": row.lo,
            "hi": row.hi,
            "unit": row.unit,
            "disputed": words("disputed") if row.disputed else "",
            "what": words.of(row.what, row.what_es),
        }
        for row in rows
    ]


def balance_text(answer: BalanceAnswer, words: Words) -> str:
    """What is said below the table: how people are counted, who is unaccounted for, and every conflict."""
    parts = [f"\n{words('balance_rounding')}"]
    if answer.left_out_at_once:
        parts.append(words("balance_at_once"))
    elif answer.ways > 1:
        parts.append(words("balance_ways", n=answer.ways))
    if answer.unaccounted:
        parts.append("\n" + words("balance_unaccounted_head"))
        parts += [f"   {_unaccounted(each, words)}" for each in answer.unaccounted]
    if answer.conflicts:
        parts.append("\n" + words("balance_conflict_head", n=len(answer.conflicts)))
        spans = {row.id: (row.lo, row.hi) for row in answer.rows}
        for number, each in enumerate(answer.conflicts, 1):
            parts += _conflict(number, each, spans, words)
    return "\n".join(parts)


def _conflict(number: int, conflict: CountConflict, spans: _Spans, words: Words) -> list[str]:
    """Who says what, why it cannot all be true, and which bounds become others without each source."""
    lines = [words("balance_conflict", number=number, counts=", ".join(conflict.counts))]
    lines += [
        f"   - {each.count} {_span(each.lo, each.hi)}: {each.by} ({each.evidence}, {each.dated})"
        f" {each.seen[0]}"
        for each in conflict.assertions
    ]
    lines += [
        f"   - {each.holds}: {words.of(each.because, each.because_es)} ({each.by})"
        for each in conflict.equations
    ]
    for without in conflict.without:
        bounds = "; ".join(
            f"{each.id} {_span(each.lo, each.hi)}"
            for each in without.bounds
            if (each.lo, each.hi) != spans[each.id]
        )
        said = words("balance_without", source=without.source, bounds=bounds or words("balance_unchanged"))
        lines.append(f"     {said}")
    return lines


def _unaccounted(count: UnaccountedCount, words: Words) -> str:
    """How many people no count covers: one number where both bounds are the same."""
    best, worst = count.best_case, count.worst_case
    form = "_exact" if best == worst else "_least" if worst is None else ""
    what = words.of(count.what, count.what_es)
    return words(f"balance_unaccounted{form}", best=_number(best), worst=_number(worst), what=what)


def _span(lo: int | None, hi: int | None) -> str:
    return _number(lo) if lo == hi else f"{_number(lo)} to {_number(hi)}"


def _number(value: int | None) -> str:
    return "…" if value is None else f"{value:,}"
