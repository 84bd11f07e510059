"""What was odd about a sheet, with addresses: unreadable cells, stray cells, lost precision, direct
identifiers, ragged records.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from paradero.sources.containers.columnar import as_text
from paradero.sources.containers.parts import column_letters
from paradero.sources.held import Held, Texts
from paradero.sources.sheets.beside import Beside
from paradero.sources.sheets.outside import Sorted
from paradero.sources.sheets.sniffing import Found
from paradero.sources.sheets.tasks import Oddities, SheetTask
from paradero.sources.values.identifiers import marked
from paradero.sources.values.readings import Reading, Rows

REJECTS_SCHEMA = pa.schema(
    [
        ("source", pa.string()),
        ("source_sheet", pa.string()),
        ("source_row", pa.int64()),
        ("column_name", pa.string()),
        ("value", pa.string()),
        ("expected", pa.string()),
        ("problem", pa.string()),
    ]
)

# rejects listed per column and problem; the counts in the column profile and the report are not cut
_MOST = 100_000
_SHOWN = 200  # characters of a cell shown in a reject
_HIDDEN = ("direct_identifier",)
_UNCUT = ("ragged_record", "nul_bytes")


class Reject(NamedTuple):
    """One odd cell or row: its row (1-based), column, text (None where it is not shown), what is expected,
    the problem.
    """

    row: int
    column: str
    value: str | None
    expected: str
    problem: str


def rejects_of(readings: list[Reading], rows: Rows) -> list[Reject]:
    """The suspicious cells of the declared columns in the given rows (0-based)."""
    rejects = []
    for reading in readings:
        for problem in reading.problems:
            found = reading.rows_with(problem, rows)[:_MOST]
            values = [None] * len(found) if problem.name in _HIDDEN else _shown(reading.held, found)
            rejects += [
                Reject(int(row) + 1, reading.column.name, value, problem.expected, problem.name)
                for row, value in zip(found, values, strict=True)
            ]
    return rejects


def identifying_rejects(found: Found, columns: list[Held], rows: Rows) -> list[Reject]:
    """Cells that were withheld because they name or number a person: counted, addressed, not shown.

    A cell of a column without a header is a stray cell already, and counts once.
    """
    rejects = []
    names = {position: name for name, position in found.fit.positions.items()}
    for position, held in enumerate(columns):
        if position not in names and not (position < len(found.headers) and found.headers[position]):
            continue
        if isinstance(held, Texts):
            named = held.rows_of(marked(held))
        elif position in found.fit.identifying:
            named = held.filled()
        else:
            continue
        header = names.get(position) or found.headers[position] or ""
        rejects += [
            Reject(int(row) + 1, header, None, "no direct identifier", "direct_identifier")
            for row in rows[named[rows]][:_MOST]
        ]
    return rejects


def header_at(found: Found, position: int) -> str:
    """What a column is called in the list of rejects: as declared, as headed, or by its letters."""
    name = next((name for name, at in found.fit.positions.items() if at == position), None)
    headers = found.headers
    return name or (headers[position] if position < len(headers) else None) or column_letters(position + 1)


def stray_rejects(
    found: Found, columns: list[Held], first: int, odd: Oddities, *, is_numbered: bool | None = None
) -> list[Reject]:
    """Cells without a header or far outside the table, records with too few or too many cells, NUL bytes.

    `is_numbered`: whether a first column without a header only counts the rows, as R writes row names; None
    where these rows are to tell.
    """
    rejects = [
        Reject(row, letters, text[:_SHOWN], "inside the table", "stray_cell")
        for row, letters, text in odd.far
    ]
    rejects += [
        Reject(row, "", None, "as many cells as the header", "ragged_record")
        for row in odd.ragged
        if row > first
    ]
    rejects += [
        Reject(row, header_at(found, position), None, f"text; {n} NUL bytes were left out", "nul_bytes")
        for row, position, n in odd.nuls
    ]
    rejects += [
        Reject(row, "", None, expected, "cells_not_told_apart")
        for row, expected in odd.doubted
        if row > first
    ]
    for position, held in enumerate(columns):
        if position < len(found.headers) and found.headers[position]:
            continue
        rows = np.flatnonzero(held.filled()[first:])[:_MOST] + first
        values = _shown(held, rows)
        if position == 0 and (_count_rows(values) if is_numbered is None else is_numbered):
            continue
        letters = column_letters(position + 1)
        rejects += [
            Reject(int(row) + 1, letters, value, "a column with a header", "stray_cell")
            for row, value in zip(rows, values, strict=True)
        ]
    return rejects


def _count_rows(values: Sequence[str | None]) -> bool:
    return all(str(value).isdigit() for value in values)


def is_row_names(held: Held, first: int) -> bool:
    """Whether a column without a header only counts the rows below row `first`."""
    return _count_rows(_shown(held, np.flatnonzero(held.filled()[first:])[:_MOST] + first))


def outside_rejects(columns: list[Held], headed: list[int], below: Sorted) -> list[Reject]:
    """Rows below the header that fill some column and are no record: notes under a table, totals, headers
    again, cells under no known header.
    """
    rejects = []
    for row in below.notes[:_MOST]:
        here = np.array([row])
        values = (_shown(columns[position], here)[0] for position in headed)
        rejects.append(
            Reject(
                int(row) + 1,
                "",
                next((value for value in values if value), None),
                "a record; found a note or total",
                "outside_table",
            )
        )
    rejects += [
        Reject(int(row) + 1, "", None, "a record; found cells under no known header", "outside_table")
        for row in below.stray[:_MOST]
    ]
    return rejects + [
        Reject(int(row) + 1, "", None, "a record; found the headers again", "repeated_header")
        for row in below.headers[:_MOST]
    ]


def beside_rejects(others: Sequence[Beside], first: int) -> list[Reject]:
    """Tables that stand beside the one taken, each once, at its first row."""
    return [
        Reject(
            int(other.rows[0] if len(other.rows) else first - 1) + 1,
            other.letters,
            None,
            "one table in a sheet; found another beside it",
            "table_beside",
        )
        for other in others
    ]


def _shown(held: Held | None, rows: Rows) -> list[str | None]:
    if held is None or not len(rows):
        return []
    texts = (
        held.taken(rows, held.trimmed)
        if isinstance(held, Texts)
        else as_text(held.values.take(pa.array(rows)))
    )
    return [None if text is None else str(text)[:_SHOWN] for text in texts.to_pylist()]


def rejects_table(task: SheetTask, rejects: list[Reject]) -> pa.Table:
    """Rejects of a sheet in the order of their rows."""
    ordered = sorted(rejects, key=lambda reject: (reject.row, reject.column, reject.problem))
    columns = {"source": [task.source] * len(ordered), "source_sheet": [task.label] * len(ordered)} | {
        name: [getattr(reject, own) for reject in ordered]
        for name, own in (
            ("source_row", "row"),
            ("column_name", "column"),
            ("value", "value"),
            ("expected", "expected"),
            ("problem", "problem"),
        )
    }
    return pa.table(columns, schema=REJECTS_SCHEMA)


class Listed:
    """What is left of the lists of rejects, where a sheet comes in pieces: each column and problem has so
    many in all.
    """

    def __init__(self) -> None:
        self._left: Counter[tuple[str, str, str]] = Counter()

    def of(self, rejects: list[Reject]) -> list[Reject]:
        """Those that still have a place."""
        kept = []
        for reject in rejects:
            key = (reject.column, reject.problem, reject.expected)
            self._left[key] += 1
            if self._left[key] <= _MOST or reject.problem in _UNCUT:
                kept.append(reject)
        return kept


def count_flagged(rejects: list[Reject], rows: Rows) -> int:
    """How many of the given rows have at least one reject."""
    if not rejects or not len(rows):
        return 0
    flagged = np.zeros(int(rows[-1]) + 1, np.bool_)
    at = np.array([reject.row - 1 for reject in rejects], np.int64)
    flagged[at[at <= rows[-1]]] = True
    return int(flagged[rows].sum())
