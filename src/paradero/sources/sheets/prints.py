"""A number for what each row says, so that rows of two files (or two sheets) that say the same can be
found.
"""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from paradero.sources.sheets.rows import ADDRESS

_NOT_SAID = ("redactions", "extra")


_NAME = re.compile(r"prints-(.+)-([0-9]+)\.parquet")


def print_files(folder: Path) -> list[tuple[str, Path]]:
    """(kind, file) of the prints of a source's sheets, in the order of the sheets."""
    found = [
        (int(match[2]), match[1], path)
        for path in folder.glob("prints-*.parquet")
        if (match := _NAME.fullmatch(path.name))
    ]
    return [(kind, path) for _, kind, path in sorted(found)]


def prints_name(kind: str, number: int) -> str:
    """The file of the prints of a sheet's rows."""
    return f"prints-{kind}-{number}.parquet"


def write_prints(connection: duckdb.DuckDBPyConnection, folder: Path, kind: str, number: int) -> None:
    """Write `ordinal` and `print` of each row of a sheet: equal where all declared values are. Why one is
    missing, and what is beside the declared columns, is left out.

    The text NA counts as nothing, for it is read so in text files, and as a value in workbooks.
    """
    path = folder / f"rows-{kind}-{number}.parquet"
    schema = pq.read_schema(path)
    left_out = {*(name for name, _ in ADDRESS), *_NOT_SAID}
    said = [
        name
        for name in schema.names
        if name not in left_out and not name.endswith(("_why_missing", "_precision"))
    ]
    parts = ", ".join(f"nullif(CAST(\"{name}\" AS VARCHAR), 'NA')" for name in said)
    # as one statement: a relation would be planned once for itself and once more to be written
    read, written = (str(each).replace("'", "''") for each in (path, folder / prints_name(kind, number)))
    connection.execute(
        f"COPY (SELECT ordinal, hash({parts}) AS print FROM read_parquet('{read}')) TO '{written}' (FORMAT"
        " parquet, COMPRESSION zstd)"
    )
