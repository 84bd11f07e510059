"""An SQLite database: the table under its own name, `about` that says what the file is, and `columns` that
says what each column means. Ids and addresses have indexes: Datasette and people look rows up by them.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from paradero.exports.content import Content, quoted

FOR_SPREADSHEETS = False


def write(content: Content, path: Path) -> None:
    """Write the database in one transaction."""
    meanings = content.meanings
    kinds = {column: _type(kind) for column, kind in content.kinds.items()}
    with closing(sqlite3.connect(path)) as database, database:
        columns = ", ".join(f"{quoted(column)} {kind}" for column, kind in kinds.items())
        database.execute(f"CREATE TABLE {quoted(content.name)} ({columns})")
        insert = f"INSERT INTO {quoted(content.name)} VALUES ({', '.join('?' for _ in kinds)})"
        database.executemany(insert, ([_value(value) for value in row] for row in content.rows()))
        for column in filter(_is_looked_up, kinds):
            database.execute(
                f"CREATE INDEX {quoted(f'{content.name} by {column}')}"
                f" ON {quoted(content.name)} ({quoted(column)})"
            )
        about, described = (_beside(content.name, name) for name in ("about", "columns"))
        database.execute(f"CREATE TABLE {about} (key TEXT, value TEXT)")
        database.executemany(f"INSERT INTO {about} VALUES (?, ?)", list(content.note.items()))
        database.execute(f'CREATE TABLE {described} ("table" TEXT, "column" TEXT, description TEXT)')
        database.executemany(
            f"INSERT INTO {described} VALUES (?, ?, ?)",
            [(content.name, column, meanings.get(column)) for column in kinds],
        )


def _is_looked_up(column: str) -> bool:
    return column in ("address", "unique_identifier") or column.lower().endswith(("_address", "_id"))


def _beside(table: str, name: str) -> str:
    """The name of a table beside the one exported, which may be called so itself: `columns` is one."""
    return f"{name}_of_file" if table.lower() == name else name


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
