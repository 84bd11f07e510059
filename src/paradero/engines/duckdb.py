"""The default engine: DuckDB in this process, reading and writing Parquet, never the network."""

from __future__ import annotations

import os
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

import duckdb

from paradero.disk.whole_files import written_whole
from paradero.engines.steps import Step

# who asks for one person or facility reads the row group that it lies in: a third of what DuckDB would write
_ROW_GROUP = 40_960
LENT = "lent_"  # how the databases of connections that a process lends are called


def connect(
    *, temporary: Path | None = None, threads: int | None = None, memory: str | None = None
) -> duckdb.DuckDBPyConnection:
    """A DuckDB connection with the prelude, UTC, no extension download, spilling to `temporary` when memory
    runs short.
    """
    settings: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "python_enable_replacements": (
            False  # a name that no table has is a mistake, never a variable of the program
        ),
    }
    if threads is not None:
        settings["threads"] = threads
    if memory is not None:
        settings["memory_limit"] = memory
    if temporary is not None:
        settings["temp_directory"] = str(temporary)
    connection = duckdb.connect(config=settings)
    connection.execute("SET TimeZone = 'UTC'")
    # in an interactive Python DuckDB would draw a bar on standard output, among the answers
    connection.execute("SET enable_progress_bar = false")
    connection.execute((files("paradero.engines.prelude") / "duckdb.sql").read_text(encoding="utf-8"))
    return connection


def confine(
    connection: duckdb.DuckDBPyConnection, *, readable: Iterable[Path], writable: Iterable[Path] = ()
) -> None:
    """Let the connection reach nothing outside itself from here on, but read the files `readable` and write
    below the folders `writable`.

    Half of the machine's memory and 20 GB of disk are the most that a query may take. Nothing can be set back
    afterwards. Raises ValueError for a connection that is lent: what is set is set for all of its DuckDB.
    """
    ((database,),) = connection.execute("SELECT current_database()").fetchall()
    if database.startswith(LENT):
        raise ValueError(f"{database}: a connection that is lent cannot be confined")
    connection.execute("SET allowed_paths = ?", [[str(path.resolve()) for path in readable]])
    connection.execute("SET allowed_directories = ?", [[f"{path.resolve()}{os.sep}" for path in writable]])
    half = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2
    connection.execute("SET memory_limit = ?", [f"{half // 1_000_000}MB"])
    connection.execute("SET max_temp_directory_size = '20GB'")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")


def create_view(connection: duckdb.DuckDBPyConnection, name: str, select: str) -> None:
    """Give a SELECT a name in a connection without computing it.

    As a statement, like `write_select`: a relation would plan the SELECT for itself and then once more, and
    planning is most of what a small casefile's build or audit costs.
    """
    connection.execute(f'CREATE OR REPLACE TEMP VIEW "{name}" AS {select}')


def compute(connection: duckdb.DuckDBPyConnection, name: str, select: str) -> None:
    """Compute a SELECT once and give what it gave its name, for as long as the connection is open: what reads
    it does not plan all that is below it anew.
    """
    connection.execute(f'CREATE OR REPLACE TEMP TABLE "made_{name}" AS {select}')
    create_view(connection, name, f'SELECT * FROM "made_{name}"')


def hold(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Compute what has this name once, as `compute` does: who reads it after that opens no file again."""
    compute(connection, name, f'SELECT * FROM "{name}"')


def view_files(connection: duckdb.DuckDBPyConnection, name: str, paths: Iterable[Path]) -> None:
    """Give Parquet files of one schema together a name, as a statement like `create_view`.

    Not a temporary one: cursors of the connection read them too.
    """
    connection.execute(f'CREATE OR REPLACE VIEW "{name}" AS {_select_files(paths)}')


def _select_files(paths: Iterable[Path]) -> str:
    listed = ", ".join("'" + str(path).replace("'", "''") + "'" for path in paths)
    return f"SELECT * FROM read_parquet([{listed}])"


def write_select(connection: duckdb.DuckDBPyConnection, select: str, path: Path) -> None:
    """Compute a SELECT into one Parquet file."""
    to = str(path).replace("'", "''")
    connection.execute(
        f"COPY ({select}\n) TO '{to}' (FORMAT parquet, COMPRESSION snappy, ROW_GROUP_SIZE {_ROW_GROUP})"
    )


class DuckDBEngine:
    """Runs steps on DuckDB. Tables are registered by name as the Parquet files they consist of.

    Where `few` rows are all that there is, they are held in memory, and what a view gives is computed once:
    each step that reads a file or a view plans it anew, which takes longer than the rows themselves.
    """

    name = "duckdb"

    def __init__(
        self,
        *,
        temporary: Path | None = None,
        threads: int | None = None,
        memory: str | None = None,
        few: bool = False,
    ) -> None:
        self.connection = connect(temporary=temporary, threads=threads, memory=memory)
        self._few = few

    def read(self, table: str, paths: list[Path]) -> None:
        """Give the Parquet files `paths`, all of one schema, the name `table`."""
        if self._few:
            self.connection.execute(f'CREATE OR REPLACE TABLE "{table}" AS {_select_files(paths)}')
        else:
            view_files(self.connection, table, paths)

    def define(self, step: Step) -> None:
        """Give the step's SELECT its name, without computing it unless there are few rows."""
        if self._few:
            self.connection.execute(f'CREATE OR REPLACE TABLE "{step.name}" AS {step.select}')
        else:
            create_view(self.connection, step.name, step.select)

    def write(self, step: Step, path: Path) -> None:
        """Compute the step into one Parquet file; the file appears whole or not at all."""
        with written_whole(path) as beside:
            write_select(self.connection, step.select, beside)

    def close(self) -> None:
        """Free the connection."""
        self.connection.close()
