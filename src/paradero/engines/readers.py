"""Connections on which readers of a site ask: bounded closer than those of the casefile's own rules."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import duckdb


def confine_reader(connection: duckdb.DuckDBPyConnection, *, readable: Iterable[Path], memory: str) -> None:
    """Let the connection read the files `readable` and nothing else, write nothing, and take no more than
    `memory` (`512MB`). Nothing can be set back afterwards.
    """
    connection.execute("SET temp_directory = ''")  # what does not fit into memory fails
    connection.execute("SET memory_limit = ?", [memory])
    connection.execute("SET allowed_paths = ?", [[str(path.resolve()) for path in readable]])
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
