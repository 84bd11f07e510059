"""Tables that no step makes: reasons, settings and definitions, as rows for the engine."""

from __future__ import annotations

import csv
from importlib.resources import files
from typing import Any

import pyarrow as pa

REASONS = pa.schema(
    [
        ("pattern_no", pa.int64()),
        ("pattern", pa.string()),
        ("match", pa.string()),
        ("kind", pa.string()),
        ("note", pa.string()),
    ]
)
SETTINGS = pa.schema([("gap_us", pa.int64()), ("longest_open_until", pa.int64())])
RELEASE_SETTINGS = pa.schema(
    [("release", pa.string()), ("released_at", pa.int64()), ("covers_from", pa.int64())]
)
DEFINITIONS = pa.schema(
    [
        ("definition", pa.string()),
        ("unit", pa.string()),
        ("any_part", pa.bool_()),
        ("at_us", pa.int64()),
        ("without_exact_duplicates", pa.bool_()),
        ("persons_only", pa.bool_()),
        ("open_until", pa.string()),
        ("open_until_us", pa.int64()),
        ("first_day", pa.int64()),
        ("last_day", pa.int64()),
        ("zeros", pa.bool_()),
        ("assumed", pa.string()),
    ]
)


def reasons() -> list[dict[str, Any]]:
    """The patterns of custody/reasons.csv in their order, as rows of the table `reasons`."""
    text = (files("paradero.custody") / "reasons.csv").read_text(encoding="utf-8")
    return [
        {"pattern_no": number, **row} for number, row in enumerate(csv.DictReader(text.splitlines()), start=1)
    ]


def table(schema: pa.Schema, rows: list[dict[str, Any]]) -> pa.Table:
    """Rows as a table with every column of the schema, whether or not there are any."""
    return pa.Table.from_pylist(rows, schema=schema)
