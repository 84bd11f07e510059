"""What was odd about a sheet, with addresses: unreadable cells, stray cells, lost precision, direct identifiers, ragged records."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from paradero.sources import typed
from paradero.sources.careful import column_letters
from paradero.sources.sniffing import Found
from paradero.sources.tasks import Loaded, SheetTask

REJECTS_SCHEMA = pa.schema(
    [
        ("source", pa.string()), ("source_sheet", pa.string()), ("source_row", pa.int64()), ("column_name", pa.string()),
        ("value", pa.string()), ("expected", pa.string()), ("problem", pa.string()),
    ]
)  # fmt: skip

COLUMNS_SCHEMA = pa.schema(
    [
        ("source", pa.string()), ("source_sheet", pa.string()), ("position", pa.int64()), ("header", pa.string()), ("column_name", pa.string()),
        ("status", pa.string()), ("n_rows", pa.int64()), ("n_values", pa.int64()), ("n_blank", pa.int64()), ("n_withheld", pa.int64()),
        ("n_unreadable", pa.int64()), ("precision", pa.string()), ("lowest", pa.string()), ("highest", pa.string()),
    ]
)  # fmt: skip

_EXPECTED = {"timestamp": "a date or date and time", "number": "a number", "integer": "a whole number"}
_MOST = 100_000  # rejects listed per column; the count of unreadable cells in the column profile is not cut

Rejects = list[tuple[int, str, str | None, str, str]]


def write_rejects(
    connection: duckdb.DuckDBPyConnection, task: SheetTask, loaded: Loaded, found: Found, cells: list[typed.Cell],
    reading: typed.Reading, where: str, below: str, rows_file: Path,
) -> tuple[int, int]:  # fmt: skip
    """Write the rejects of a sheet; returns how many there are and how many kept rows have one."""
    rejects: Rejects = []
    stored = _stored(rows_file)
    for cell, problem, test, expected in _suspicions(connection, cells, reading, stored, where):
        rejects += _listed(connection, cell, reading, test, where, expected, problem)
    kept = {row for row, *_ in rejects}
    rejects += [(row, letters, text, "inside the table", "stray_cell") for row, letters, text in loaded.odd.far]
    rejects += [(row, "", None, "as many cells as the header", "ragged_record") for row in loaded.odd.ragged]
    rejects += _unheaded(connection, loaded, found, below)
    kept |= set(loaded.odd.ragged)
    rejects.sort(key=lambda reject: (reject[0], reject[1]))
    table = pa.Table.from_pylist(
        [
            {"source": task.source, "source_sheet": task.name, "source_row": row, "column_name": column, "value": value, "expected": expected, "problem": problem}
            for row, column, value, expected, problem in rejects
        ],
        schema=REJECTS_SCHEMA,
    )
    pq.write_table(table, task.out / f"rejects-{task.number}.parquet", compression="zstd")
    return len(rejects), len(kept)


def _stored(rows_file: Path) -> dict[str, int]:
    """How many values each column of the written rows has, from the file's own statistics."""
    metadata = pq.read_metadata(rows_file)
    counts: dict[str, int] = {}
    for group in range(metadata.num_row_groups):
        for position in range(metadata.num_columns):
            column = metadata.row_group(group).column(position)
            nulls = column.statistics.null_count if column.statistics is not None else 0
            counts[column.path_in_schema] = counts.get(column.path_in_schema, 0) + column.num_values - (nulls or 0)
    return counts


def _suspicions(
    connection: duckdb.DuckDBPyConnection, cells: list[typed.Cell], reading: typed.Reading, stored: dict[str, int], where: str
) -> list[tuple[typed.Cell, str, str, str]]:  # fmt: skip
    """(cell, problem, test, expected) for the columns that may hold a bad cell: told from counts, or from one look at all of them."""
    found, looks = [], []
    for cell in cells:
        column, text, value = cell.column, typed.quoted(f"v_{cell.column.name}"), typed.quoted(f"p_{cell.column.name}")
        if cell.source is None or not cell.is_text:
            continue
        missing = cell.n_values - cell.n_withheld - stored.get(column.name, 0)
        if column.identifier and cell.n_values > cell.n_withheld:
            found.append((cell, "direct_identifier", f"{text} IS NOT NULL", "only an exemption mark"))
        elif column.type != "text" and missing > 0:
            found.append((cell, "unreadable", f"{text} IS NOT NULL AND {value} IS NULL", _EXPECTED[column.type]))
        if column.type == "timestamp":
            test = f"{text} NOT LIKE '%-%' AND {text} NOT LIKE '%/%' AND {value} IS NOT NULL AND {text} NOT LIKE '%.%.%'"
            looks.append((cell, "serial_number", test, "a date; found a serial number and took it as one"))
        if column.name == "unique_identifier":
            test = f"({text} LIKE '%+%' OR {text} LIKE '%000') AND regexp_full_match({text}, '[0-9]\\.[0-9]+[eE]\\+?[0-9]+|[0-9]{{15}}0{{3,}}')"
            looks.append((cell, "id_precision_lost", test, "an id with all its digits"))
    if looks:
        tests = ", ".join(f"count(*) FILTER (WHERE {test})" for _, _, test, _ in looks)
        layers = typed.layered([cell for cell, *_ in looks], reading, where)
        counts = connection.execute(f"SELECT {tests} FROM ({layers})").fetchall()[0]
        found += [look for look, count in zip(looks, counts, strict=True) if count]
    return found


def _listed(
    connection: duckdb.DuckDBPyConnection, cell: typed.Cell, reading: typed.Reading, test: str, where: str, expected: str, problem: str
) -> Rejects:  # fmt: skip
    shown = "NULL" if cell.column.identifier else f"left({typed.quoted(f'v_{cell.column.name}')}, 200)"
    layers = typed.layered([cell], reading, where)
    rows = connection.execute(f"SELECT source_row, {shown} FROM ({layers}) WHERE {test} LIMIT {_MOST}").fetchall()
    return [(int(row), cell.column.name, value, expected, problem) for row, value in rows]


def _unheaded(connection: duckdb.DuckDBPyConnection, loaded: Loaded, found: Found, below: str) -> Rejects:
    rejects: Rejects = []
    for position, (name, is_text) in enumerate(loaded.columns):
        if position < len(found.headers) and found.headers[position]:
            continue
        text = typed.cell_text(name, is_text=is_text)
        # a first column without a header that only counts the rows is how R writes row names
        rows = connection.execute(f"SELECT source_row, left(CAST({text} AS VARCHAR), 200) FROM cells WHERE {below} AND {text} IS NOT NULL LIMIT {_MOST}").fetchall()
        if position == 0 and rows and all(str(value).isdigit() for _, value in rows):
            continue
        rejects += [(int(row), column_letters(position + 1), value, "a column with a header", "stray_cell") for row, value in rows]
    return rejects


def count_oddities(connection: duckdb.DuckDBPyConnection, loaded: Loaded, below: str, is_record: str) -> tuple[int, int]:
    """Rows below the header that are wholly blank, and rows that hold only cells outside the table."""
    some = " OR ".join(f"{typed.cell_text(name, is_text=is_text)} IS NOT NULL" for name, is_text in loaded.columns)
    counts = connection.execute(
        f"SELECT count(*) FILTER (WHERE NOT ({some})), count(*) FILTER (WHERE ({some}) AND NOT ({is_record})) FROM cells WHERE {below} AND NOT ({is_record})"
    ).fetchall()[0]
    return int(counts[0]), int(counts[1])


def write_columns(
    connection: duckdb.DuckDBPyConnection, task: SheetTask, loaded: Loaded, found: Found, cells: list[typed.Cell], rows_file: Path,
    counts: dict[str, tuple[int, int]],
) -> None:  # fmt: skip
    """Write the profile of a sheet's columns: every header as found, every declared column that is not there."""
    fitted = found.fit
    n_rows = pq.read_metadata(rows_file).num_rows
    measured = _measured(connection, rows_file, cells)
    named = {position: name for name, position in fitted.positions.items()}
    status = {position: "declared" for position in named}
    status |= {position: "derived_by_publisher" for position in fitted.derived}
    status |= {position: "duplicate_header" for _, position in fitted.repeated}
    records: list[dict[str, Any]] = []
    base = {"source": task.source, "source_sheet": task.name, "n_rows": n_rows}
    for position, header in enumerate(found.headers):
        if not header and position not in named:
            continue
        filled, withheld = counts[loaded.columns[position][0]]
        name = named.get(position)
        values, precision, lowest, highest = measured.get(name or "", (filled - withheld, None, None, None))
        unreadable = max(filled - withheld - values, 0) if name else 0
        records.append(
            base
            | {
                "position": position + 1, "header": header, "column_name": name, "status": status.get(position, "unexpected"), "n_values": values,
                "n_blank": n_rows - filled, "n_withheld": withheld, "n_unreadable": unreadable, "precision": precision, "lowest": lowest, "highest": highest,
            }
        )  # fmt: skip
    records += [base | {"column_name": name, "status": "not_in_release", "n_values": 0} for name in fitted.missing]
    pq.write_table(pa.Table.from_pylist(records, schema=COLUMNS_SCHEMA), task.out / f"columns-{task.number}.parquet", compression="zstd")


def _measured(connection: duckdb.DuckDBPyConnection, rows_file: Path, cells: list[typed.Cell]) -> dict[str, tuple[int, str | None, str | None, str | None]]:
    """Per typed column: values, precision of its times (day where all are midnight), lowest and highest as text."""
    chosen = [cell.column for cell in cells if cell.source is not None and not cell.column.identifier]
    parts = []
    for column in chosen:
        name = typed.quoted(column.name)
        whole = f"bool_and(epoch_us({name}) % 86400000000 = 0), bool_and(epoch_us({name}) % 60000000 = 0)" if column.type == "timestamp" else "NULL, NULL"
        ends = f"min({name})::VARCHAR, max({name})::VARCHAR" if column.type != "text" else "NULL, NULL"
        parts.append(f"count({name}), {whole}, {ends}")
    if not parts:
        return {}
    row = connection.read_parquet(str(rows_file)).aggregate(", ".join(parts)).fetchall()[0]
    measured = {}
    for place, column in enumerate(chosen):
        values, midnight, minutes, lowest, highest = row[5 * place : 5 * place + 5]
        precision = None if midnight is None else "day" if midnight else "minute" if minutes else "second"
        measured[column.name] = (int(values), precision, lowest, highest)
    return measured
