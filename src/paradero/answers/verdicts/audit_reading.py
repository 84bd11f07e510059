"""An audit open for reading."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import duckdb

from paradero.answers.verdicts.auditing import Audited
from paradero.building.tables import Built, open_tables
from paradero.engines.duckdb import connect

Row = dict[str, Any]

_ROWS_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An audit with a connection that knows its files (`verdicts_RULE`, `verdicts_orders`), and the build
    where there is one.
    """

    audited: Audited
    connection: duckdb.DuckDBPyConnection
    built: Built | None

    def rows(self, text: str, parameters: Row | None = None) -> list[Row]:
        """Rows of a query, as dicts; parameters that it does not name are left out."""
        found = self.connection.execute(
            text, {name: value for name, value in (parameters or {}).items() if f"${name}" in text}
        )
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def stream(self, text: str, parameters: Row | None = None) -> Iterator[Row]:
        """Rows of a query one by one, on a cursor of its own: a million verdicts are never all in memory."""
        cursor = self.connection.cursor()
        try:
            found = cursor.execute(
                text, {name: value for name, value in (parameters or {}).items() if f"${name}" in text}
            )
            names = [column[0] for column in found.description or ()]
            while rows := found.fetchmany(_ROWS_AT_ONCE):
                yield from (dict(zip(names, row, strict=True)) for row in rows)
        finally:
            cursor.close()


@contextlib.contextmanager
def reading(audited: Audited) -> Iterator[Reading]:
    """Open an audit for reading."""
    if audited.receipt.build is None:
        connection = connect()
        connection.execute(
            "CREATE TABLE persons (person_no BIGINT, release VARCHAR, unique_identifier VARCHAR)"
        )
        try:
            yield _known(Reading(audited=audited, connection=connection, built=None))
        finally:
            connection.close()
        return
    with open_tables(audited.case, "persons") as built:
        yield _known(Reading(audited=audited, connection=built.connection, built=built))


def _known(read: Reading) -> Reading:
    for name, path in read.audited.paths().items():
        read.connection.read_parquet(str(path)).create_view(f"verdicts_{name}", replace=True)
    return read
