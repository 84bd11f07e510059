"""Feather, which is Arrow's own file: the note is the schema's metadata."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
from pyarrow import feather

from paradero.disk.whole_files import half_of
from paradero.exports.content import BATCH, Content

FOR_SPREADSHEETS = False


def write(content: Content, path: Path) -> None:
    """Write the rows by way of Parquet: what DuckDB hands over has chance bytes where a value is null and
    chunks cut by its threads, and Feather writes both.
    """
    between = half_of(path.with_name("feather.parquet"))
    try:
        content.relation.write_parquet(str(between), compression="zstd")
        table = pq.read_table(between, use_threads=False).combine_chunks()
    finally:
        between.unlink(missing_ok=True)
    feather.write_feather(
        table.replace_schema_metadata(content.note), str(path), compression="zstd", chunksize=BATCH
    )
