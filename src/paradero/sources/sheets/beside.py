"""Tables that stand beside another in one sheet: parted from it by a column without any cell, with rows of
their own. One is taken, the others are named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from paradero.sources.containers.parts import column_letters
from paradero.sources.fitting import Fit, fit
from paradero.sources.held import Flags, Held
from paradero.sources.sheets.outside import notes_among
from paradero.sources.sheets.sniffing import Found
from paradero.sources.values.readings import Rows

_LEAST = 2  # columns and rows that make a table; fewer are stray cells
# of the rows of the table taken: what fills only the first of them, and all of those, goes with other things
_SHORTER = 0.5

Block = tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A table that was not taken: the positions of its columns, how many have headers, and the rows below the
    header (0-based) in which it holds something.
    """

    columns: Block
    headers: int
    rows: Rows

    @property
    def letters(self) -> str:
        """Its columns as a spreadsheet names them."""
        return f"{column_letters(self.columns[0] + 1)}:{column_letters(self.columns[-1] + 1)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parted:
    """How the taken table fits without what stands beside it, the tables beside it, and what is to be said
    where columns were parted and yet are one table.
    """

    fit: Fit
    others: tuple[Beside, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def columns(self) -> frozenset[int]:
        """The positions of all columns of the other tables."""
        return frozenset(position for other in self.others for position in other.columns)


def parted(found: Found, columns: list[Held], first: int) -> Parted:
    """Part a sheet at its empty columns; `first` is the first row (0-based) below the header."""
    filled = [held.filled() for held in columns]
    blocks = blocks_of(found, [bool(cells[first:].any()) for cells in filled])
    if len(blocks) < _LEAST:
        return Parted(fit=found.fit)
    main = _main(found, blocks)
    others, joined = [], [block for block in blocks if set(block) < set(main)][1:]
    for block in blocks:
        if set(block) <= set(main):
            continue
        if _is_another(found, columns, filled, main, block, first):
            headers = sum(1 for position in block if _header(found, position))
            others.append(
                Beside(
                    columns=block, headers=headers, rows=np.flatnonzero(_any(filled, block)[first:]) + first
                )
            )
        else:
            joined.append(block)
    own = {*main, *(position for block in joined for position in block)}
    remarks = tuple(
        _joined_words(found, block) for block in joined if set(block) & set(found.fit.positions.values())
    )
    return Parted(fit=_fit(found, own) if others else found.fit, others=tuple(others), remarks=remarks)


def _header(found: Found, position: int) -> str | None:
    return found.headers[position] if position < len(found.headers) else None


def _fit(found: Found, own: set[int]) -> Fit:
    return fit(
        found.fit.layout,
        [header if position in own else None for position, header in enumerate(found.headers)],
    )


def blocks_of(found: Found, has_cells: Sequence[bool]) -> list[Block]:
    """Runs of columns between those that have neither a header nor a cell below it."""
    blocks: list[list[int]] = [[]]
    for position, has_any in enumerate(has_cells):
        if _header(found, position) or has_any:
            blocks[-1].append(position)
        elif blocks[-1]:
            blocks.append([])
    return [tuple(block) for block in blocks if block]


def _main(found: Found, blocks: list[Block]) -> Block:
    """The columns of the table that is taken: those of one run where one by itself is a table of the kind,
    else of all runs with headers of it.
    """
    known = set(found.fit.positions.values())
    inhabited = [block for block in blocks if known & set(block)]
    whole = [
        (fitted, block)
        for block in inhabited
        if not (fitted := _fit(found, set(block))).missing_required and fitted.score >= _LEAST
    ]
    if whole:
        return max(whole, key=lambda each: (each[0].score, -len(each[0].unexpected)))[1]
    return tuple(position for block in inhabited for position in block)


def _any(filled: list[Flags], block: Block) -> Flags:
    total = np.zeros(len(filled[0]), np.bool_)
    for position in block:
        total |= filled[position]
    return total


def _is_another(
    found: Found, columns: list[Held], filled: list[Flags], main: Block, block: Block, first: int
) -> bool:
    """Whether columns beside the table taken are a table of their own.

    They are where they have two of its headers again, or rows of two cells where it has none, or no headers;
    or where they end long before it does.
    """
    if len(block) < _LEAST:
        return False
    repeated = set(_fit(found, set(block)).positions) & set(_fit(found, set(main)).positions)
    if len(repeated) >= _LEAST:
        return True
    theirs, ours = _any(filled, block)[first:], _any(filled, main)[first:]
    if not any(_header(found, position) for position in block):
        return int(theirs.sum()) >= _LEAST
    notes = notes_among(
        found.fit,
        columns,
        [cells if position in block else np.zeros_like(cells) for position, cells in enumerate(filled)],
    )[first:]
    cells = np.sum([filled[position][first:] for position in block], axis=0)
    return bool((~ours & ~notes & (cells >= _LEAST)).any()) or _ends_early(theirs, cells == len(block), ours)


def _ends_early(theirs: Flags, whole: Flags, ours: Flags) -> bool:
    rows: npt.NDArray[np.int64] = np.flatnonzero(theirs)
    n_ours = int(ours.sum())
    return (
        _LEAST <= len(rows) <= _SHORTER * n_ours
        and rows[-1] - rows[0] + 1 == len(rows)
        and rows[0] == np.flatnonzero(ours)[0]
        and bool(whole[rows].all())
    )


def _joined_words(found: Found, block: Block) -> str:
    headers = ", ".join(f"`{header}`" for position in block[:3] if (header := _header(found, position)))
    return f"an empty column stands before or behind {headers}; its columns are taken as one table"


def beside_words(other: Beside, taken: Rows) -> str:
    """What is said of a table beside the one that was taken."""
    n = len(other.rows)
    below = n - int(np.isin(other.rows, taken).sum())
    headers = (
        f"{other.headers} {'header' if other.headers == 1 else 'headers'}" if other.headers else "no headers"
    )
    rows = f"{n:,} {'row' if n == 1 else 'rows'}" + (
        f" in rows {other.rows[0] + 1:,} to {other.rows[-1] + 1:,}, {below:,} of them beside no record"
        if n
        else ""
    )
    return (
        f"columns {other.letters} hold another table ({headers}, {rows}), which was not taken: copy it into a"
        " sheet of its own to add it"
    )
