"""Connections that a process lends, one a question: setting up a DuckDB takes longer than most of them."""

from __future__ import annotations

import atexit
import contextlib
import itertools
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

import duckdb

from paradero.engines.duckdb import LENT, connect

_Key: TypeAlias = "tuple[int, int | None, str | None, Path | None]"

_NUMBERS = itertools.count()
# by process too: one that was forked must not use what its parent has opened
_OPEN: dict[_Key, duckdb.DuckDBPyConnection] = {}
_MOST_MEMORY: list[str] = []  # of each, where the process is bound


def bound_memory(most: str) -> None:
    """Let each DuckDB that this process opens for connections that are lent take so much memory (`700MB`) and
    no more, unless who borrows says otherwise: what does not fit is spilled to disk.
    """
    _MOST_MEMORY[:] = [most]


@contextlib.contextmanager
def lent(
    *, temporary: Path | None = None, threads: int | None = None, memory: str | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection like those of `connect`, on a DuckDB that the process keeps: what is made on it is in a
    database of its own, and gone when it is given back.

    Settings of all of DuckDB, and what confines it, are for connections of `connect`.
    """
    key = (os.getpid(), threads, memory or next(iter(_MOST_MEMORY), None), temporary)
    name = f"{LENT}{next(_NUMBERS)}"
    try:
        kept, connection = _borrowed(key, name)
    except duckdb.Error:  # whatever broke it for all, a new one does without
        _OPEN.pop(key, None)
        kept, connection = _borrowed(key, name)
    try:
        yield connection
    finally:
        connection.close()
        with contextlib.suppress(duckdb.Error), kept.cursor() as ending:
            ending.execute(f"DETACH {name}")


def another(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """A second connection beside one, that knows the same tables but not its temporary ones."""
    ((path,),) = connection.execute("SELECT current_setting('search_path')").fetchall()
    beside = connection.cursor()
    beside.execute("SET search_path = $path", {"path": path})
    return beside


def _borrowed(key: _Key, name: str) -> tuple[duckdb.DuckDBPyConnection, duckdb.DuckDBPyConnection]:
    kept = _OPEN.get(key) or _OPEN.setdefault(key, _opened(key))
    connection = kept.cursor()
    connection.execute(
        f"ATTACH ':memory:' AS {name}; SET search_path = '{name}.main,memory.main';"
        " SET enable_progress_bar = false"
    )
    return kept, connection


def _opened(key: _Key) -> duckdb.DuckDBPyConnection:
    _, threads, memory, temporary = key
    kept = connect(temporary=temporary, threads=threads, memory=memory)
    # not only for this connection, but for those that are lent; and files are read as they stand each time
    kept.execute("SET GLOBAL TimeZone = 'UTC'; SET enable_external_file_cache = false")
    # what stands at the end of a file, and is read before any row: kept until the file is another
    kept.execute("SET GLOBAL parquet_metadata_cache = true")
    return kept


@atexit.register
def _close() -> None:
    """What a query spilled to disk goes with the DuckDB that it was spilled by."""
    for key in [key for key in _OPEN if key[0] == os.getpid()]:
        _OPEN.pop(key).close()
