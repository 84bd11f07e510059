"""Parquet: every type as it is, what each column means as its `description`, the note as the file's own."""

from __future__ import annotations

import base64
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from paradero.disk.whole_files import half_of
from paradero.exports.content import Content, literal

FOR_SPREADSHEETS = False

_VIEW = "paradero_written"


def write(content: Content, path: Path) -> None:
    """Write the rows as the engine writes them. Words beside a column stand in the Arrow schema, which is an
    entry of the file's metadata: Arrow's readers look there.
    """
    schema = _with_words(_schema(content, path), content)
    entries = {"ARROW:schema": base64.b64encode(schema.serialize().to_pybytes()).decode(), **content.note}
    written = ", ".join(f"{literal(key)}: {literal(value)}" for key, value in entries.items())
    try:
        content.relation.query(
            _VIEW,
            f"COPY {_VIEW} TO {literal(str(path))}"
            f" (FORMAT parquet, COMPRESSION zstd, KV_METADATA {{{written}}})",
        )
    finally:
        content.relation.query(_VIEW, f"DROP VIEW {_VIEW}")


def _schema(content: Content, path: Path) -> pa.Schema:
    """The Arrow schema of the columns as the engine writes them to Parquet, which is not the one in which it
    hands rows over.
    """
    empty = half_of(path.with_name("empty.parquet"))
    try:
        content.relation.limit(0).write_parquet(str(empty))
        return pq.read_schema(empty)
    finally:
        empty.unlink(missing_ok=True)


def _with_words(schema: pa.Schema, content: Content) -> pa.Schema:
    meanings = content.meanings
    fields = [
        field.with_metadata({"description": meanings[field.name]}) if field.name in meanings else field
        for field in schema
    ]
    return pa.schema(fields, metadata=content.note)
