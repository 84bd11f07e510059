"""The table of what a document mentions: one row a mention, with its place and reading, and no other word of
the document; and how the document was read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import asdict
from fractions import Fraction
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa

from paradero.documents.guarded import read_guarded
from paradero.documents.kinds.doubtful import Doubt
from paradero.documents.mentions import Mention, Value

Progress = Callable[[int, int], None]

MENTIONS = pa.schema(
    [
        ("mention", pa.string()),
        ("document", pa.string()),
        ("kind", pa.string()),
        ("pattern", pa.string()),
        ("page", pa.int32()),
        ("start", pa.int64()),
        ("end", pa.int64()),
        ("line", pa.int64()),
        ("column", pa.int64()),
        ("source_start", pa.int64()),
        ("source_end", pa.int64()),
        ("byte_start", pa.int64()),
        ("byte_end", pa.int64()),
        ("boxes", pa.list_(pa.list_(pa.float64()))),
        ("confidence", pa.float64()),
        ("text", pa.string()),
        ("lo", pa.float64()),
        ("mode", pa.float64()),
        ("hi", pa.float64()),
        ("unit", pa.string()),
        ("currency", pa.string()),
        ("form", pa.string()),
        ("step", pa.float64()),
        ("moment", pa.string()),
        ("moment_lo", pa.int64()),
        ("moment_hi", pa.int64()),
        ("precision", pa.string()),
        ("zone", pa.string()),
        ("partial", pa.string()),
        ("ids", pa.list_(pa.string())),
        ("vague", pa.string()),
        ("assumed", pa.string()),
        ("readings", pa.list_(pa.string())),
    ]
)

# What each column holds; the how-to page shows it.
MEANINGS = {
    "mention": "address: short id of the document, page, offsets in the page's text",
    "document": "SHA-256 of the original",
    "kind": "amount, count, date, time, docket, aircraft, flight",
    "pattern": "name of the pattern that found it",
    "page": "page from 1; text and HTML have one",
    "start": "offset of its first letter in the page's text",
    "end": "offset after its last letter",
    "line": "line from 1 in the decoded original (text, HTML)",
    "column": "column from 1 in that line",
    "source_start": "offset in letters of the decoded original, of HTML with its tags",
    "source_end": "offset after its last letter there",
    "byte_start": "offset in bytes of the original",
    "byte_end": "offset after its last byte there",
    "boxes": "one box a line: left, bottom, right, top in PDF points (PDF)",
    "confidence": "0 to 100, of its least sure word, where a program read it from a picture; else empty",
    "text": "as written",
    "lo": "lowest it can mean; empty is no bound",
    "mode": "likeliest, where one is",
    "hi": "highest it can mean; empty is no bound",
    "unit": "people, USD, USD/person/day, percent, …; 1 is a plain number",
    "currency": "code of the currency",
    "form": "exact, range, about, almost, over, under, at_least, at_most",
    "step": "unit of the last written digit: 10,000 for 4.76 million",
    "moment": "date or time as moments are written (ISO 8601, EDTF)",
    "moment_lo": "earliest, UTC microseconds",
    "moment_hi": "latest, UTC microseconds",
    "precision": "unit in which the time is stated",
    "zone": "zone as stated; empty where none is",
    "partial": "a day without year, a clock time without day",
    "ids": "docket, tail or flight number in one spelling",
    "vague": "words that make it vague, as written",
    "assumed": "what was taken for granted in reading it",
    "readings": "all readings where there are several",
}


class DoubtedFigures(msgspec.Struct, frozen=True, kw_only=True):
    """How many figures of a page were not read, and why: `raised`, `letters`, `torn`, `no_such_day`,
    `weekday`.
    """

    page: int
    why: Doubt
    n: int


class DocumentReport(msgspec.Struct, frozen=True, kw_only=True):
    """How a document was read and what became of it: counts, and nothing of its text."""

    format: str
    pages: int
    pages_without_text: list[int]
    pages_scanned: list[int]
    pages_recognised: list[int]
    letters: int
    encoding: str
    encoding_from: str
    undecodable: int
    recogniser: str
    doubted: list[DoubtedFigures]
    mentions: dict[str, int]
    withheld: dict[str, int]
    table_sha256: str


def row_of(one: Mention) -> dict[str, Any]:
    """A mention as a row of the table."""
    found, spot, value = one.found, one.spot, one.found.value
    return {
        "mention": one.id,
        "document": one.document,
        "kind": found.kind,
        "pattern": found.pattern,
        "page": one.page,
        "start": found.start,
        "end": found.end,
        "line": spot.line,
        "column": spot.column,
        "source_start": spot.source_start,
        "source_end": spot.source_end,
        "byte_start": spot.byte_start,
        "byte_end": spot.byte_end,
        "boxes": [list(box) for box in spot.boxes],
        "confidence": spot.confidence,
        "text": found.text,
        **_read(value),
    }


def _read(value: Value) -> dict[str, Any]:
    read = value.read
    return {
        "lo": _number(value.lo),
        "mode": _number(value.mode),
        "hi": _number(value.hi),
        "unit": value.unit or None,
        "currency": value.currency or None,
        "form": value.form,
        "step": _number(value.step),
        "moment": value.moment or None,
        "moment_lo": read.lo if read else None,
        "moment_hi": read.hi if read else None,
        "precision": str(read.precision) if read and read.precision else None,
        "zone": read.zone if read else None,
        "partial": value.partial or None,
        "ids": list(value.ids),
        "vague": value.vague or None,
        "assumed": value.assumed or None,
        "readings": list(value.readings),
    }


def _number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def table_of(mentions: tuple[Mention, ...]) -> pa.Table:
    """The table of a document's mentions, in the order of the document."""
    return pa.Table.from_pylist([row_of(one) for one in mentions], schema=MENTIONS)


def table_print(table: pa.Table) -> str:
    """SHA-256 over the rows of a table of mentions."""
    digest = hashlib.sha256()
    for row in table.to_pylist():
        digest.update(msgspec.json.encode(row) + b"\n")
    return digest.hexdigest()


def read_mentions(
    path: Path, *, name: str, sha256: str, progress: Progress | None = None
) -> tuple[pa.Table, DocumentReport]:
    """Read a document and find what it mentions. Raises SourceError for one that cannot be read,
    ParaderoError where reading it needs an extra.
    """
    read = read_guarded(path, name=name, sha256=sha256, progress=progress)
    counted: dict[str, int] = {}
    for mention in read.mentions:
        counted[mention.found.kind] = counted.get(mention.found.kind, 0) + 1
    table = table_of(read.mentions)
    how: dict[str, Any] = {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in asdict(read.reading).items()
    }
    how["doubted"] = msgspec.convert(how["doubted"], list[DoubtedFigures])
    return table, DocumentReport(
        **how, mentions=dict(sorted(counted.items())), withheld=read.withheld, table_sha256=table_print(table)
    )
