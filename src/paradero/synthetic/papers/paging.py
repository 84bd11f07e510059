"""Which row stands where in a workbook: sheets by fiscal year, rows roughly by time, blank rows between."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from paradero.synthetic.clock import DAY, day_number
from paradero.synthetic.vocabulary import Ints, generator

__all__ = ["FIRST_ROW", "Pages", "paginate"]

FIRST_ROW = 8  # six rows of preamble, the header on row 7
MOST_ROWS = 500_000
_YEARS = (2023, 2024, 2025, 2026)
_STARTS = tuple(day_number(f"{year - 1}-10-01") * DAY for year in _YEARS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """Rows in file order: `order` lists row positions, `sheet` and `line` their sheet (by position) and
    worksheet row. `blanks` are (sheet, line).
    """

    names: tuple[str, ...]
    order: Ints
    sheet: Ints
    line: Ints
    blanks: tuple[tuple[int, int], ...]

    def places_of(self, rows: Ints) -> tuple[Ints, Ints]:
        """Sheet and worksheet row of some rows; -1 stays -1."""
        inverse = np.empty(len(self.order) + 1, dtype=np.int32)
        inverse[self.order] = np.arange(len(self.order), dtype=np.int32)
        sheet, line = np.append(self.sheet, -1), np.append(self.line, -1)
        inverse[-1] = len(self.order)
        return sheet[inverse[rows]], line[inverse[rows]]

    def runs(self) -> list[tuple[int, int]]:
        """First position and position after the last of each sheet."""
        edges = np.searchsorted(self.sheet, np.arange(len(self.names) + 1))
        return [(int(edges[place]), int(edges[place + 1])) for place in range(len(self.names))]


def paginate(minutes: Ints, seed: int, topic: int, *, title: str, blanks: int = 0) -> Pages:
    """Sort rows by fiscal year, then by time give or take two days, and cut the years into sheets of at most
    500,000 rows.
    """
    rng = generator(seed, topic)
    year = np.maximum(np.searchsorted(np.array(_STARTS), minutes, side="right") - 1, 0)
    order = np.lexsort((minutes + rng.integers(-2 * DAY, 2 * DAY, len(minutes)), year)).astype(np.int32)
    sheet = np.empty(len(minutes), dtype=np.int16)
    names: list[str] = []
    edges = np.searchsorted(year[order], np.arange(len(_YEARS) + 1))
    for place, own in enumerate(_YEARS):
        for part, start in enumerate(range(int(edges[place]), int(edges[place + 1]), MOST_ROWS)):
            sheet[start : min(start + MOST_ROWS, int(edges[place + 1]))] = len(names)
            names.append(f"{title} FY{own}" + (f" part {part + 1}" if part else ""))
    firsts = np.searchsorted(sheet, np.arange(len(names)))
    line = FIRST_ROW + np.arange(len(order), dtype=np.int32) - firsts[sheet].astype(np.int32)
    placed = _blanks(rng, sheet, line, firsts, blanks)
    return Pages(names=tuple(names), order=order, sheet=sheet, line=line, blanks=placed)


def _blanks(
    rng: np.random.Generator, sheet: Ints, line: Ints, firsts: Ints, count: int
) -> tuple[tuple[int, int], ...]:
    """Push rows down, in place, to leave blank ones before `count` of them; never before the first of a
    sheet.
    """
    inner = np.setdiff1d(np.arange(len(sheet)), firsts)
    chosen = np.sort(rng.choice(inner, min(count, len(inner)), replace=False))
    before = np.zeros(len(sheet), dtype=np.int32)
    before[chosen] = 1
    total = np.cumsum(before, dtype=np.int32)
    earlier = np.where(firsts > 0, total[firsts - 1], 0).astype(np.int32)
    line += total - earlier[sheet]
    return tuple((int(sheet[place]), int(line[place]) - 1) for place in chosen)
