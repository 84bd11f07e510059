"""Write a table as Parquet, csv, JSON lines, Feather, workbook or SQLite database; the file appears whole or not at all."""

from __future__ import annotations

import datetime as dt
import json
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import xlsxwriter

from paradero.model.errors import UnknownName

BATCH = 50_000
ROWS_A_SHEET = 1_000_000


def export(relation: duckdb.DuckDBPyRelation, path: Path, *, name: str, note: dict[str, str]) -> None:
    """Write the relation to `path`; `name` names its table or sheet, `note` (scope, digest, version) goes where the format has room for it.

    Raises UnknownName for an ending that names no format.
    """
    write = FORMATS.get(path.suffix.lower())
    if write is None:
        raise UnknownName(f"Expected a file ending in {', '.join(FORMATS)}, found `{path.name}`.")
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{os.getpid()}-{path.name}")
    try:
        write(relation, beside, name, note)
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)


def _parquet(relation: duckdb.DuckDBPyRelation, path: Path, _name: str, _note: dict[str, str]) -> None:
    relation.write_parquet(str(path), compression="zstd")


def _csv(relation: duckdb.DuckDBPyRelation, path: Path, _name: str, _note: dict[str, str]) -> None:
    relation.write_csv(str(path), header=True)


def _jsonl(relation: duckdb.DuckDBPyRelation, path: Path, _name: str, _note: dict[str, str]) -> None:
    with path.open("w", encoding="utf-8") as stream:
        names = relation.columns
        for rows in _batches(relation):
            for row in rows:
                stream.write(json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, default=str) + "\n")


def _feather(relation: duckdb.DuckDBPyRelation, path: Path, _name: str, _note: dict[str, str]) -> None:
    from pyarrow import feather

    feather.write_feather(relation.to_arrow_table(), str(path), compression="zstd")


def _workbook(relation: duckdb.DuckDBPyRelation, path: Path, name: str, note: dict[str, str]) -> None:
    """One sheet for each million rows, and a sheet that says what the file is. Times are date cells."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "default_date_format": "yyyy-mm-dd hh:mm:ss", "strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False})  # fmt: skip
    book.set_properties({"created": dt.datetime(2000, 1, 1)})
    about = book.add_worksheet("about")
    for place, (key, value) in enumerate(note.items()):
        about.write_row(place, 0, [key, value])
    sheet, written, number = None, ROWS_A_SHEET, 0
    for rows in _batches(relation):
        for row in rows:
            if written == ROWS_A_SHEET:
                number += 1
                sheet, written = book.add_worksheet(f"{name[:26]} {number}" if number > 1 else name[:31]), 0
                sheet.write_row(0, 0, relation.columns)
            written += 1
            for place, value in enumerate(row):
                if value is not None:
                    sheet.write(written, place, value if isinstance(value, int | float | str | dt.datetime | dt.date) else str(value))
    if sheet is None:
        book.add_worksheet(name[:31]).write_row(0, 0, relation.columns)
    book.close()


def _sqlite(relation: duckdb.DuckDBPyRelation, path: Path, name: str, note: dict[str, str]) -> None:
    """The table under its own name, and a table `about` that says what the file is."""
    kinds = [_sqlite_type(str(kind)) for kind in relation.types]
    with sqlite3.connect(path) as database:
        columns = ", ".join(f"{_quoted(column)} {kind}" for column, kind in zip(relation.columns, kinds, strict=True))
        database.execute(f"CREATE TABLE {_quoted(name)} ({columns})")
        insert = f"INSERT INTO {_quoted(name)} VALUES ({', '.join('?' for _ in kinds)})"
        for rows in _batches(relation):
            database.executemany(insert, [[_sqlite_value(value) for value in row] for row in rows])
        database.execute("CREATE TABLE about (key TEXT, value TEXT)")
        database.executemany("INSERT INTO about VALUES (?, ?)", list(note.items()))
    database.close()


def _batches(relation: duckdb.DuckDBPyRelation) -> Any:
    cursor = relation.execute()
    while rows := cursor.fetchmany(BATCH):
        yield rows


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _sqlite_type(kind: str) -> str:
    return "INTEGER" if kind.endswith("INT") or kind in ("INTEGER", "BOOLEAN") else "REAL" if kind in ("DOUBLE", "FLOAT") else "TEXT"


def _sqlite_value(value: Any) -> Any:
    return value if value is None or isinstance(value, int | float | str) else str(value)


FORMATS: dict[str, Callable[[duckdb.DuckDBPyRelation, Path, str, dict[str, str]], None]] = {
    ".parquet": _parquet,
    ".csv": _csv,
    ".jsonl": _jsonl,
    ".feather": _feather,
    ".xlsx": _workbook,
    ".sqlite": _sqlite,
}
