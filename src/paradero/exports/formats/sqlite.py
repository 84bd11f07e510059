"""An SQLite database: the table under its own name, and a table `about` that says what the file is."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from paradero.exports.content import Content, quoted

FOR_SPREADSHEETS = False


def write(content: Content, path: Path) -> None:
    """Write the database in one transaction."""
    kinds = {column: _type(kind) for column, kind in content.kinds.items()}
    with closing(sqlite3.connect(path)) as database, database:
        columns = ", ".join(f"{quoted(column)} {kind}" for column, kind in kinds.items())
        database.execute(f"CREATE TABLE {quoted(content.name)} ({columns})")
        insert = f"INSERT INTO {quoted(content.name)} VALUES ({', '.join('?' for _ in kinds)})"
        database.executemany(insert, ([_value(value) for value in row] for row in content.rows()))
        database.execute("CREATE TABLE about (key TEXT, value TEXT)")
        database.executemany("INSERT INTO about VALUES (?, ?)", list(content.note.items()))


def _type(kind: str) -> str:
    return (
        "INTEGER"
        if kind.endswith("INT") or kind in ("INTEGER", "BOOLEAN")
        else "REAL"
        if kind in ("DOUBLE", "FLOAT")
        else "TEXT"
    )


def _value(value: Any) -> Any:
    return value if value is None or isinstance(value, int | float | str) else str(value)
