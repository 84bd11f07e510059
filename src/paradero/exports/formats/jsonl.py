"""JSON lines: an object a row."""

from __future__ import annotations

import json
from pathlib import Path

from paradero.exports.content import Content

FOR_SPREADSHEETS = False


def write(content: Content, path: Path) -> None:
    """Write the rows with the columns in their order, times as text."""
    names = content.relation.columns
    with path.open("w", encoding="utf-8") as stream:
        for row in content.rows():
            stream.write(
                json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, default=str) + "\n"
            )
