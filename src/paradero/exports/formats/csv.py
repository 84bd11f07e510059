"""Comma-separated text: an apostrophe before what a spreadsheet would run."""

from __future__ import annotations

from pathlib import Path

from paradero.exports.content import Content, disarmed_sql, quoted

FOR_SPREADSHEETS = True


def write(content: Content, path: Path) -> None:
    """Write a header and the rows; a missing value is nothing between commas, an empty text is `\"\"`."""
    columns = [
        disarmed_sql(column) if kind == "VARCHAR" else quoted(column)
        for column, kind in content.kinds.items()
    ]
    content.relation.project(", ".join(columns)).write_csv(str(path), header=True)
