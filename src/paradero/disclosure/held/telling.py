"""Columns that tell of each other: the gate takes every combination of values for possible, so what one
column gives away of another may not be published beside it.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from paradero.disclosure.cells import Dimension, Region, Value
from paradero.disclosure.held.lines import Lines, Pairs
from paradero.disclosure.unknowns.equations import NotChecked

# One column nearly tells another where knowing it leaves a tenth of the wrong guesses at most.
_LEFT_AT_MOST = 0.1


def check_columns_apart(
    lines: Lines, table: str, dimensions: Iterable[Dimension], regions: Sequence[Region]
) -> None:
    """Raises NotChecked naming two columns of which one tells the other, or nearly so: with areas and the
    places in them, what is left of an area is a place. `dimensions` and `regions` are those of everything
    published and to be published of one population.
    """
    listed: dict[str, bool] = {}
    for one in dimensions:
        listed[one.column] = listed.get(one.column, False) or one.listed
    named = {
        one.column for region in regions for one in region if any(value is not None for value in one.values)
    }
    if not lines.columns:
        return  # an answer without a line: nothing comes with anything
    for missing in sorted(listed.keys() - set(lines.columns)):
        raise NotChecked(
            f"`{table}` was counted by `{missing}` before and has no such column now: the two could not be"
            " checked together."
        )
    for first, second in itertools.combinations(sorted(listed), 2):
        pairs = _as_used(
            lines.together(first, second), *(listed[each] or each in named for each in (first, second))
        )
        swapped = Counter({(other, one): n for (one, other), n in pairs.items()})
        if _tells(pairs) or _tells(swapped):
            raise NotChecked(
                f"In `{table}`, `{first}` and `{second}` tell of each other: the values of one go with"
                " one value each of the other, or nearly so, and what is withheld of one"
                " would follow from the other."
                " Publish counts by one of them only; what is out stays out."
            )


def _as_used(pairs: Pairs, *is_told_apart: bool) -> Counter[tuple[Value, Value]]:
    """The pairs with `recorded` for every value of a column that is used for what is not recorded alone."""
    found: Counter[tuple[Value, Value]] = Counter()
    for values, n in pairs.items():
        one, other = (
            value if value is None or apart else "recorded"
            for value, apart in zip(values, is_told_apart, strict=True)
        )
        found[one, other] += n
    return found


def _tells(pairs: Counter[tuple[Value, Value]]) -> bool:
    """Whether the first column's recorded values tell the second's, all or nearly all."""
    if len({other for _, other in pairs}) < 2 or len({one for one, _ in pairs}) < 2:
        return False  # a column of one value tells nothing, and there is nothing to tell of it
    best: dict[Value, int] = {}
    of_other: Counter[Value] = Counter()
    n_lines = 0
    for (one, other), n in pairs.items():
        if one is not None:
            best[one] = max(best.get(one, 0), n)
            of_other[other] += n
            n_lines += n
    if not n_lines:
        return False
    wrong_without = n_lines - max(of_other.values())
    return n_lines - sum(best.values()) <= _LEFT_AT_MOST * wrong_without


def check_values_apart(dimensions: Iterable[Dimension]) -> None:
    """Raises NotChecked naming two values of a column that differ by case or blanks alone: readers take them
    for one, and the gate for two.
    """
    for one in dimensions:
        before: dict[str, Value] = {"": None} if None in one.values else {}
        for value in one.values:
            if value is None:
                continue
            alike = "".join(unicodedata.normalize("NFKC", value).casefold().split())
            if alike in before:
                other = before[alike]
                raise NotChecked(
                    f"`{one.column}` has the values `{value}` and"
                    f" {'(not recorded)' if other is None else f'`{other}`'}, which differ by case or blanks"
                    " alone: as two cells they could not be checked. Count by another column, or correct the"
                    " source and build again."
                )
            before[alike] = value
