"""Write a table as Parquet, csv, JSON lines, Feather, workbook or SQLite database; the file appears whole or
not at all.
"""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from paradero.casefile.outside import check_outside
from paradero.disk.whole_files import half_of, written_whole
from paradero.model.errors import ParaderoError, UnknownName
from paradero.model.safe_text import FORMULA, PLAIN_NUMBER, disarmed_note, is_formula

BATCH = 50_000
ROWS_A_SHEET = 1_000_000
LONGEST_CELL = 32_767

Row = tuple[Any, ...]


def export(
    relation: duckdb.DuckDBPyRelation,
    path: Path,
    *,
    name: str,
    note: dict[str, str],
    rows_a_sheet: int = ROWS_A_SHEET,
) -> str | None:
    """Write the relation to `path`; `name` names its table or sheet, `note` (scope, digest, version) goes
    where the format has room for it.

    A workbook gets a new sheet after every `rows_a_sheet` rows. Raises UnknownName for an ending that names
    no format and ParaderoError where the file cannot be written; what was at `path` before is then as it was.
    Returns what the reader of a csv or workbook has to know of cells that a spreadsheet would run as
    formulas, None where there are none.
    """
    write = FORMATS.get(path.suffix.lower())
    if write is None:
        raise UnknownName(f"{path.name}: its ending names no format. Write one of {', '.join(FORMATS)}.")
    check_outside(path)
    n_disarmed = _disarmed_cells(relation) if write in (_csv, _workbook) else 0
    said = disarmed_note(n_disarmed) if n_disarmed else None
    if said:
        note = note | {"formulas": said}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with written_whole(path) as beside:
            if write is _workbook:
                _workbook(relation, beside, name, note, rows_a_sheet)
            else:
                write(relation, beside, name, note)
    except (OSError, duckdb.IOException, sqlite3.Error, XlsxWriterException) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ParaderoError(
            f"{path}: cannot be written ({reason}). Name another place; what was there before is unchanged."
        ) from error
    return said


def _parquet(relation: duckdb.DuckDBPyRelation, path: Path, _name: str, _note: dict[str, str]) -> None:
    relation.write_parquet(str(path), compression="zstd")


def _csv(relation: duckdb.DuckDBPyRelation, path: Path, _name: str, _note: dict[str, str]) -> None:
    columns = [
        _disarmed_sql(column) if kind == "VARCHAR" else _quoted(column)
        for column, kind in zip(relation.columns, map(str, relation.types), strict=True)
    ]
    relation.project(", ".join(columns)).write_csv(str(path), header=True)


def _jsonl(relation: duckdb.DuckDBPyRelation, path: Path, _name: str, _note: dict[str, str]) -> None:
    with path.open("w", encoding="utf-8") as stream:
        names = relation.columns
        for row in _rows(relation):
            stream.write(
                json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, default=str) + "\n"
            )


def _feather(relation: duckdb.DuckDBPyRelation, path: Path, _name: str, note: dict[str, str]) -> None:
    from pyarrow import feather

    # by way of Parquet: what DuckDB hands over has chance bytes where a value is null and chunks cut by its
    # threads, and Feather writes both
    between = half_of(path.with_name("feather.parquet"))
    try:
        relation.write_parquet(str(between), compression="zstd")
        table = pq.read_table(between, use_threads=False).combine_chunks().replace_schema_metadata(note)
    finally:
        between.unlink(missing_ok=True)
    feather.write_feather(table, str(path), compression="zstd", chunksize=BATCH)


def _workbook(
    relation: duckdb.DuckDBPyRelation,
    path: Path,
    name: str,
    note: dict[str, str],
    rows_a_sheet: int = ROWS_A_SHEET,
) -> None:
    """A sheet that says what the file is, then the rows. Times are date cells, cut to the second:
    spreadsheets would round them up to the next day.
    """
    options = {
        "constant_memory": True,
        "default_date_format": "yyyy-mm-dd hh:mm:ss",
        "strings_to_numbers": False,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "use_zip64": True,
    }
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"created": dt.datetime(2000, 1, 1)})
        armed = book.add_format(
            {"quote_prefix": True}
        )  # shown as it is, and no formula even when somebody edits the cell
        about = book.add_worksheet("about")
        for place, pair in enumerate((note | {"clock readings": "to the second"}).items()):
            about.write_row(place, 0, pair)
        sheet = _titled(book, name, relation.columns, 1)
        for place, row in enumerate(_rows(relation)):
            number, line = divmod(place, rows_a_sheet)
            if line == 0 and number:
                sheet = _titled(book, name, relation.columns, number + 1)
            _write_row(sheet, line + 1, row, armed)


def _titled(book: xlsxwriter.Workbook, name: str, columns: list[str], number: int) -> Worksheet:
    sheet = book.add_worksheet(f"{name[:26]} {number}" if number > 1 else name[:31])
    sheet.write_row(0, 0, columns)
    return sheet


def _write_row(sheet: Worksheet, line: int, row: Row, armed: Format) -> None:
    for place, value in enumerate(row):
        if value is None:
            continue
        if isinstance(value, dt.datetime):
            sheet.write_datetime(line, place, value.replace(microsecond=0))
        elif isinstance(value, bool | int | float | dt.date):
            sheet.write(line, place, value)
        elif sheet.write_string(line, place, str(value), armed if is_formula(str(value)) else None) == -2:
            raise ParaderoError(
                f"A text has {len(value):,}; cells of a workbook hold at most {LONGEST_CELL:,} letters."
                " Export to .csv or .parquet."
            )


def _sqlite(relation: duckdb.DuckDBPyRelation, path: Path, name: str, note: dict[str, str]) -> None:
    """The table under its own name, and a table `about` that says what the file is."""
    kinds = [_sqlite_type(str(kind)) for kind in relation.types]
    with closing(sqlite3.connect(path)) as database, database:
        columns = ", ".join(
            f"{_quoted(column)} {kind}" for column, kind in zip(relation.columns, kinds, strict=True)
        )
        database.execute(f"CREATE TABLE {_quoted(name)} ({columns})")
        insert = f"INSERT INTO {_quoted(name)} VALUES ({', '.join('?' for _ in kinds)})"
        database.executemany(insert, ([_sqlite_value(value) for value in row] for row in _rows(relation)))
        database.execute("CREATE TABLE about (key TEXT, value TEXT)")
        database.executemany("INSERT INTO about VALUES (?, ?)", list(note.items()))


def _rows(relation: duckdb.DuckDBPyRelation) -> Iterator[Row]:
    cursor = relation.execute()
    while rows := cursor.fetchmany(BATCH):
        yield from rows


def _disarmed_cells(relation: duckdb.DuckDBPyRelation) -> int:
    """How many cells of a relation a spreadsheet would take for formulas: in CSV an apostrophe stands before
    them, in a workbook they are marked as text.
    """
    texts = [
        _quoted(column)
        for column, kind in zip(relation.columns, map(str, relation.types), strict=True)
        if kind == "VARCHAR"
    ]
    if not texts:
        return 0
    counted = " + ".join(f"count_if({_armed_sql(text)})" for text in texts)
    return int(relation.aggregate(f"{counted} AS n").fetchall()[0][0] or 0)  # nothing where there are no rows


def _armed_sql(text: str) -> str:
    return (
        f"coalesce(regexp_matches({text}, '{FORMULA}') AND NOT regexp_matches({text}, '{PLAIN_NUMBER}'),"
        " false)"
    )


def _disarmed_sql(column: str) -> str:
    text = _quoted(column)
    return f"CASE WHEN {_armed_sql(text)} THEN chr(39) || {text} ELSE {text} END AS {text}"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _sqlite_type(kind: str) -> str:
    return (
        "INTEGER"
        if kind.endswith("INT") or kind in ("INTEGER", "BOOLEAN")
        else "REAL"
        if kind in ("DOUBLE", "FLOAT")
        else "TEXT"
    )


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
