"""Read what was built: any table or view by name, only the files it needs, addresses and clock readings
written out on request.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from paradero.building import receipts
from paradero.building.receipts import Receipt, SourceReceipt
from paradero.building.stages import all_steps, ingested_name, kinds_of_rows
from paradero.casefile.folder import Casefile
from paradero.casefile.seals import is_sealed, sha256_as_it_stands
from paradero.engines.duckdb import connect, create_view, view_files
from paradero.engines.lending import lent
from paradero.engines.queries import identifier
from paradero.engines.steps import Step, needed_for
from paradero.model.addresses import ROWS_A_SHEET, Address, place_of
from paradero.model.columns import Kind, kind_of
from paradero.model.errors import CasefileError
from paradero.model.naming import unknown

INGEST_TABLES = {
    "rejects": (
        "every cell that could not be read, and every stray one, with its place and what should be there"
    ),
    "columns": (
        "every column of every sheet: what it was taken for, how many cells are filled, blank, withheld,"
        " unreadable"
    ),
}

# what DuckDB raises over files that are missing, damaged or too large for the machine; anything else is a
# mistake of ours
UNREADABLE = (
    duckdb.IOException,
    duckdb.InvalidInputException,
    duckdb.SerializationException,
    duckdb.OutOfMemoryException,
)


_HASHED_BYTES = 32_000_000  # a fiftieth of a second
# rows of all tables below which starting and stopping threads takes longer than they save
_FEW = 500_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A built casefile open for reading: `connection` knows the tables that were asked for, which lie in
    `files`.
    """

    case: Casefile
    folder: Path
    receipt: Receipt
    connection: duckdb.DuckDBPyConnection
    files: list[Path] = field(default_factory=list)

    @property
    def is_small(self) -> bool:
        """Whether planning takes longer than the rows: then what is read several times is computed once."""
        return _rows(self.receipt) < _FEW

    def address(self, row_id: int | None) -> str | None:
        """`source:sheet:row` of a row number in a built table; None stays None."""
        return None if row_id is None else self.address_of(row_id)

    def address_of(self, row_id: int) -> str:
        """`source:sheet:row` of a row number in a built table."""
        place = place_of(row_id)
        source = self.receipt.sources[place.source_rank]
        return str(Address(source=source.source, sheet=source.sheets[place.sheet_number], row=place.row))

    def rows(self, text: str, parameters: dict[str, Any] | None = None) -> list[dict[str, Any]]:
        """Rows of a query over the open tables, as dicts."""
        found = self.connection.execute(text, parameters or {})
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def ingested_files(self, source: SourceReceipt, kind: str) -> list[Path]:
        """The row files of one kind that a source gave, by sheet."""
        return sorted(
            (self.case.ingested / source.folder).glob(f"rows-{kind}-*.parquet"),
            key=lambda path: int(path.stem.rpartition("-")[2]),
        )


@contextlib.contextmanager
def open_tables(
    case: Casefile, *names: str, threads: int | None = None, apart: bool = False
) -> Iterator[Built]:
    """Open a built casefile with the tables `names`. Raises CasefileError where nothing was built or a table
    is damaged, UnknownName with near names.

    `apart` is on a DuckDB of its own, that can be confined or set up otherwise. An error of the caller inside
    the `with` comes through as it is.
    """
    folder, receipt = receipts.built(case)
    try:
        # what does not fit into memory spills beside neither the casefile, which may be read-only, nor the
        # working folder
        spill = Path(tempfile.gettempdir()) / f"paradero-{os.getpid()}"
        if threads is None and _rows(receipt) < _FEW:
            threads = 1
        opened = connect if apart else lent
        with opened(threads=threads, temporary=spill) as connection:
            built = Built(case=case, folder=folder, receipt=receipt, connection=connection)
            for name in names:
                define(built, name)
            yield built
    except UNREADABLE as error:
        if not _is_damaged(case, folder, receipt):
            raise  # the caller's own
        from paradero.sources.containers.damage import first_line

        raise CasefileError(
            f"{folder}: a table is damaged ({first_line(error)}). Run `paradero verify`; then delete build/"
            " and build again."
        ) from error


def _rows(receipt: Receipt) -> int:
    return sum(table.rows for table in receipt.tables)


def _is_damaged(case: Casefile, folder: Path, receipt: Receipt) -> bool:
    """Whether any file that tables are read from is not the very bytes that were written."""
    try:
        receipts.check_build(folder, receipt)
    except CasefileError:
        return True
    return not all(is_sealed(case.ingested / source.folder) for source in receipt.sources)


def define(built: Built, name: str) -> None:
    """Make a table or view of the build known to the connection, with everything it rests on."""
    kept = {table.name for table in built.receipt.tables}
    if name in kept:
        _read(built, name, receipts.table_files(built.folder, name))
    elif name in INGEST_TABLES:
        paths = [built.case.ingested / source.folder / f"{name}.parquet" for source in built.receipt.sources]
        _read(built, name, [path for path in paths if path.exists()])
    else:
        _define_views(built, name, kept)


def _define_views(built: Built, name: str, kept: set[str]) -> None:
    steps = all_steps()
    if name not in steps:
        raise unknown(
            "a table",
            name,
            [*kept, *INGEST_TABLES, *steps],
            where_listed="`paradero explain` lists all tables.",
        )
    views = {step_name: step for step_name, step in steps.items() if step.kept == "view"}
    ingested = {ingested_name(kind): kind for kind in kinds_of_rows()}
    for view in needed_for(name, views):
        for source in views[view].inputs:
            if source in ingested:
                _read_ingested(built, source, ingested[source])
            elif source in kept:
                _read(built, source, receipts.table_files(built.folder, source))
        define_step(built, views[view])


def define_step(built: Built, step: Step) -> None:
    """Give a step's SELECT its name on the connection."""
    create_view(built.connection, step.name, step.select)


def _read(built: Built, name: str, paths: list[Path]) -> None:
    missing = [path for path in paths if not path.exists()]
    if missing or not paths:
        raise CasefileError(
            f"{built.folder}: the table `{name}` is missing from the build. Delete build/ and run `paradero"
            " build`."
        )
    _check_small(built, paths)
    view_files(built.connection, name, paths)
    built.files.extend(paths)


def _check_small(built: Built, paths: list[Path]) -> None:
    """Raises CasefileError where a table is not the very bytes that were built: one changed bit can hide a
    person from a reader that notices nothing.

    Large tables are left to `verify`: hashing them would take longer than the question.
    """
    if sum(path.stat().st_size for path in paths) > _HASHED_BYTES:
        return
    for path in paths:
        sealed = (
            built.receipt.files.get(path.relative_to(built.folder).as_posix())
            if path.is_relative_to(built.folder)
            else None
        )
        if sealed is not None and sha256_as_it_stands(path) != sealed:
            raise CasefileError(
                f"{path}: not the bytes that were built. Run `paradero verify`; then delete build/ and build"
                " again."
            )


def _read_ingested(built: Built, name: str, kind: str) -> None:
    paths = [path for source in built.receipt.sources for path in built.ingested_files(source, kind)]
    _read(built, name, paths or [built.folder / f"empty-{kind}.parquet"])


def legible(built: Built, name: str) -> duckdb.DuckDBPyRelation:
    """A table as people read it: clock readings as timestamps, an address beside every row number, rows in
    the order of the table.
    """
    relation = built.connection.view(name)
    parts = []
    for column, type_name in zip(relation.columns, map(str, relation.types), strict=True):
        kind = kind_of(column)
        quoted = identifier(column, relation.columns)
        is_reading = kind is Kind.CLOCK and type_name == "BIGINT"
        parts.append(f"make_timestamp({quoted}) AS {quoted}" if is_reading else quoted)
        if kind is Kind.ROW:
            parts.append(f'{_address_sql(built, quoted)} AS {quoted[:-1]}_address"')
    if name in INGEST_TABLES and "source_row" in relation.columns:
        parts.append("source || ':' || source_sheet || ':' || source_row AS address")
    # a kept table lies in its order; a view is joined when asked for, in no order
    key = next((column for column in ("row_id", "stay_row") if column in relation.columns), None)
    if key is not None and built.receipt.table(name) is None:
        relation = relation.order(key)
    return relation.project(", ".join(parts))


def _address_sql(built: Built, column: str) -> str:
    keys, prefixes = [], []
    for source in built.receipt.sources:
        for number, sheet in enumerate(source.sheets):
            keys.append(str(source.rank * (1 << 12) + number))
            prefixes.append("'" + f"{source.source}:{sheet}:".replace("'", "''") + "'")
    return (
        f"map([{', '.join(keys)}], [{', '.join(prefixes)}])[{column} // {ROWS_A_SHEET}] || ({column} %"
        f" {ROWS_A_SHEET})"
    )
