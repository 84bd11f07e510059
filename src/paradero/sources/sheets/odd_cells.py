"""What was odd about a sheet, with addresses: unreadable cells, stray cells, lost precision, direct
identifiers, ragged records.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from paradero.sources.containers.columnar import as_text
from paradero.sources.containers.parts import column_letters
from paradero.sources.held import Held, Texts
from paradero.sources.sheets.beside import Beside
from paradero.sources.sheets.outside import Sorted
from paradero.sources.sheets.sniffing import Found
from paradero.sources.sheets.tasks import Oddities, SheetTask
from paradero.sources.values.identifiers import marked
from paradero.sources.values.readings import WHY, Reading, Rows

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

COLUMNS_SCHEMA = pa.schema(
    [
        ("source", pa.string()),
        ("source_sheet", pa.string()),
        ("position", pa.int64()),
        ("header", pa.string()),
        ("column_name", pa.string()),
        ("status", pa.string()),
        ("n_rows", pa.int64()),
        ("n_values", pa.int64()),
        ("n_blank", pa.int64()),
        ("n_withheld", pa.int64()),
        ("n_unreadable", pa.int64()),
        ("n_stand_in", pa.int64()),
        ("n_day_or_month", pa.int64()),
        ("precision", pa.string()),
        ("lowest", pa.string()),
        ("highest", pa.string()),
        ("date_form", pa.string()),
    ]
)

# rejects listed per column and problem; the counts in the column profile and the report are not cut
_MOST = 100_000
_SHOWN = 200  # characters of a cell shown in a reject
_HIDDEN = ("direct_identifier",)


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


def stray_rejects(found: Found, columns: list[Held], first: int, odd: Oddities) -> list[Reject]:
    """Cells without a header or far outside the table, and records with too few or too many cells."""
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
        Reject(row, "", None, expected, "cells_not_told_apart")
        for row, expected in odd.doubted
        if row > first
    ]
    for position, held in enumerate(columns):
        if position < len(found.headers) and found.headers[position]:
            continue
        rows = np.flatnonzero(held.filled()[first:])[:_MOST] + first
        values = _shown(held, rows)
        # a first column without a header that only counts the rows is how R writes row names
        if position == 0 and all(str(value).isdigit() for value in values):
            continue
        letters = column_letters(position + 1)
        rejects += [
            Reject(int(row) + 1, letters, value, "a column with a header", "stray_cell")
            for row, value in zip(rows, values, strict=True)
        ]
    return rejects


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


def write_rejects(task: SheetTask, rejects: list[Reject]) -> None:
    """Write the rejects of a sheet in the order of their rows."""
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
    pq.write_table(
        pa.table(columns, schema=REJECTS_SCHEMA),
        task.out / f"rejects-{task.number}.parquet",
        compression="zstd",
    )


def write_columns(
    task: SheetTask,
    found: Found,
    readings: list[Reading],
    columns: list[Held],
    rows: Rows,
    fixed: dict[str, str | None],
    elsewhere: frozenset[int],
) -> None:
    """Write the profile of a sheet's columns: every header as found (`elsewhere` those of tables beside),
    every declared column that is not there.
    """
    fitted = found.fit
    by_position = {
        fitted.positions[reading.column.name]: reading for reading in readings if reading.held is not None
    }
    status = dict.fromkeys(by_position, "declared")
    status |= (
        dict.fromkeys(fitted.derived, "derived_by_publisher")
        | dict.fromkeys(fitted.kept, "kept_in_extra")
        | dict.fromkeys(fitted.aside, "left_aside")
    )
    status |= dict.fromkeys(fitted.identifying, "direct_identifier") | {
        position: "duplicate_header" for _, position in fitted.repeated
    }
    status |= dict.fromkeys(elsewhere, "table_beside")
    base = {"source": task.source, "source_sheet": task.label, "n_rows": len(rows)}
    records: list[dict[str, Any]] = []
    for position, header in enumerate(found.headers):
        if header or position in by_position:
            reading = by_position.get(position)
            measured = _measured(reading, rows) if reading else _counted(columns[position], rows)
            records.append(
                base
                | {"position": position + 1, "header": header, "status": status.get(position, "unexpected")}
                | measured
            )
    records += [
        base
        | {
            "column_name": name,
            "status": "stated_above_table" if fixed.get(name) else "not_in_release",
            "n_values": 0,
        }
        for name in fitted.missing
    ]
    pq.write_table(
        pa.Table.from_pylist(records, schema=COLUMNS_SCHEMA),
        task.out / f"columns-{task.number}.parquet",
        compression="zstd",
    )


def _counted(held: Held, rows: Rows) -> dict[str, Any]:
    filled = int(held.filled()[rows].sum())
    withheld = int(held.rows_of(held.withheld)[rows].sum()) if isinstance(held, Texts) else 0
    return {
        "n_values": filled - withheld,
        "n_withheld": withheld,
        "n_blank": len(rows) - filled,
        "n_unreadable": 0,
    }


def _measured(reading: Reading, rows: Rows) -> dict[str, Any]:
    """Counts of a declared column, precision of its times (day where all are midnight), lowest and highest
    value as text.
    """
    why = np.bincount(reading.why_of(rows), minlength=len(WHY)).tolist()
    counted = ("n_values", "n_blank", "n_withheld", "n_unreadable", "", "n_stand_in", "n_day_or_month")
    measured: dict[str, Any] = {
        "column_name": reading.column.name,
        **{name: n for name, n in zip(counted, why, strict=True) if name},
    }
    if reading.column.type == "text" or reading.values is None or not why[0]:
        return measured
    values = reading.values if isinstance(reading.held, Texts) else reading.stored(rows)
    ends = pc.min_max(values)
    measured |= {"lowest": _end(ends["min"]), "highest": _end(ends["max"]), "date_form": reading.form}
    if reading.column.type == "timestamp":
        measured["precision"] = next(
            (
                name
                for name, unit in (("day", 86_400_000_000), ("minute", 60_000_000))
                if _all_whole(values, unit)
            ),
            "second",
        )
    return measured


def _all_whole(times: pa.Array, unit: int) -> bool:
    micros = times.cast(pa.int64())
    return bool(pc.all(pc.equal(pc.multiply(pc.divide(micros, unit), unit), micros)).as_py())


def _end(value: pa.Scalar) -> str | None:
    text: str | None = as_text(pa.array([value.as_py()], value.type))[0].as_py()
    return text


def count_flagged(rejects: list[Reject], rows: Rows) -> int:
    """How many of the given rows have at least one reject."""
    if not rejects or not len(rows):
        return 0
    flagged = np.zeros(int(rows[-1]) + 1, np.bool_)
    at = np.array([reject.row - 1 for reject in rejects], np.int64)
    flagged[at[at <= rows[-1]]] = True
    return int(flagged[rows].sum())
