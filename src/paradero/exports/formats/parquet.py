"""Parquet: every type as it is."""

from __future__ import annotations

from pathlib import Path

from paradero.exports.content import Content

FOR_SPREADSHEETS = False


def write(content: Content, path: Path) -> None:
    """Write the rows as the engine writes its own tables."""
    content.relation.write_parquet(str(path), compression="zstd")
