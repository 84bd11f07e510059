"""Digests of tables, computed on content: engines, threads, file layout and the order of rows leave no trace
in them.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import duckdb


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """`sha256` of a table's columns, types and rows, and its number of `rows`."""

    sha256: str
    rows: int


def digest_of(connection: duckdb.DuckDBPyConnection, paths: list[Path]) -> Digest:
    """Digest of the table that the Parquet files `paths` hold together.

    Each row is written as JSON of its columns in order (a value is told from null and from a neighbour),
    hashed by MD5 to 128 bits, and the two halves are summed over all rows: a sum does not
    depend on order and, unlike exclusive-or, does not lose doubled rows. The sums, the row count, the column
    names and types go into one SHA-256.
    """
    table = connection.read_parquet([str(path) for path in paths])
    names, types = table.columns, [str(kind) for kind in table.types]
    row_hash = "md5_number(row(" + ", ".join(f'"{name}"' for name in names) + ")::VARCHAR)"
    rows, high, low = table.aggregate(
        f"count(*), sum(({row_hash} >> 64)::UBIGINT)::VARCHAR, sum(({row_hash} &"
        " 18446744073709551615)::UBIGINT)::VARCHAR"
    ).fetchall()[0]
    text = "\n".join(
        [*(f"{n} {t}" for n, t in zip(names, types, strict=True)), str(rows), str(high), str(low)]
    )
    return Digest(sha256=hashlib.sha256(text.encode()).hexdigest(), rows=rows)
