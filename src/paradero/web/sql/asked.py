"""The process that runs one query of a reader: it reads the question from its input, writes the rows to its
output as an Arrow stream, and ends. Started by `web.sql.running`, never imported by the site.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from paradero.building.tables import Built, legible, open_tables
from paradero.casefile.folder import Casefile
from paradero.engines.readers import confine_reader
from paradero.model.errors import ParaderoError
from paradero.web.sql.checking import tables_of

_MEMORY = "512MB"  # the engine's; the address space of the process is bounded beside it
_ADDRESSES = 3 << 30
_OUTPUT = 80_000_000  # bytes of the answer, the only file that is written
_PLACE = "place_of_the_row"


def main() -> int:
    """Run the query that stands on the input."""
    asked = json.loads(sys.stdin.buffer.read())
    _bound(int(asked["seconds"]))
    try:
        table = _run(Casefile(Path(asked["case"])), asked["text"], asked["tables"], int(asked["rows"]))
    except ParaderoError as error:
        return _failed(str(error))
    except duckdb.OutOfMemoryException:
        return _failed("The query needs more memory than a query may use. Ask for less.")
    except duckdb.Error as error:
        return _failed(f"The query cannot be answered: {_first_lines(error)}")
    except MemoryError:
        return _failed("The query needs more memory than a query may use. Ask for less.")
    with pa.ipc.new_stream(sys.stdout.buffer, table.schema) as stream:
        stream.write_table(table)
    return 0


def _bound(seconds: int) -> None:
    """No more memory, time or bytes of a file than a query may have."""
    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESSES, _ADDRESSES))
    resource.setrlimit(resource.RLIMIT_CPU, (4 * seconds, 4 * seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_OUTPUT, _OUTPUT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _run(case: Casefile, text: str, tables: list[str], most_rows: int) -> pa.Table:
    names = tables_of(text, tables)
    with open_tables(case, *names, threads=2, apart=True) as built:
        connection = built.connection
        confine_reader(connection, readable=built.files, memory=_MEMORY)
        found = connection.sql(text)
        names_twice = sorted({name for name in found.columns if found.columns.count(name) > 1})
        if names_twice:
            raise ParaderoError(
                f"Two columns of the answer are named `{names_twice[0]}`. Rename one with AS."
            )
        rows = found.limit(most_rows + 1).to_arrow_table()
        return _legible(built, rows)


def _legible(built: Built, rows: pa.Table) -> pa.Table:
    """The rows as people read them, in the order that the query gave."""
    placed = rows.append_column(_PLACE, pa.array(range(rows.num_rows), pa.int64()))
    built.connection.register("asked_for", placed)
    found = legible(built, "asked_for").order(_PLACE)
    kept: list[Any] = [duckdb.ColumnExpression(name) for name in found.columns if name != _PLACE]
    return found.project(*kept).to_arrow_table()


def _failed(said: str) -> int:
    sys.stderr.write(said)
    return 1


def _first_lines(error: duckdb.Error) -> str:
    return " ".join(str(error).split("\n\n")[0].split())[:600]


if __name__ == "__main__":
    sys.exit(main())
