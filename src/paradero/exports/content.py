"""What an export writes: the rows, what they are called, and what the reader has to know of them."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import duckdb

from paradero.model.columns import meaning_of
from paradero.model.safe_text import FORMULA, PLAIN_NUMBER
from paradero.sources import layouts

BATCH = 50_000
ROWS_A_SHEET = 1_000_000

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A relation, the name of its table or sheet, the note (scope, digest, version) for formats that have
    room for it, after how many rows a workbook begins another sheet, and whether the rows are its first
    sheet: programs read the first.
    """

    relation: duckdb.DuckDBPyRelation
    name: str
    note: dict[str, str]
    rows_a_sheet: int = ROWS_A_SHEET
    begins_with_rows: bool = False

    @property
    def kinds(self) -> dict[str, str]:
        """The engine's type of every column, in their order."""
        return dict(zip(self.relation.columns, map(str, self.relation.types), strict=True))

    @property
    def meanings(self) -> dict[str, str]:
        """What the columns mean, of those that say it: as declared for derived tables, else as the layouts
        of sources describe them in one and the same way.
        """
        described = _described()
        found = {column: meaning_of(column) or described.get(column) for column in self.relation.columns}
        return {column: meaning for column, meaning in found.items() if meaning}

    @property
    def meanings_es(self) -> dict[str, str]:
        """What the columns mean, in Spanish: those of derived tables; layouts of sources have none."""
        found = {column: meaning_of(column, language="es") for column in self.relation.columns}
        return {column: meaning for column, meaning in found.items() if meaning}

    def rows(self) -> Iterator[Row]:
        """The rows in their order, as Python's values."""
        cursor = self.relation.execute()
        while rows := cursor.fetchmany(BATCH):
            yield from rows


@functools.cache
def _described() -> dict[str, str]:
    said: dict[str, set[str]] = {}
    for layout in layouts():
        for column in layout.column:
            if column.description:
                said.setdefault(column.name, set()).add(column.description)
    return {name: next(iter(texts)) for name, texts in said.items() if len(texts) == 1}


def quoted(name: str) -> str:
    """A name as SQL writes it, whatever letters are in it."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def disarmed_cells(content: Content) -> int:
    """How many cells a spreadsheet would take for formulas: in CSV an apostrophe stands before them, in a
    workbook they are marked as text.
    """
    texts = [quoted(column) for column, kind in content.kinds.items() if kind == "VARCHAR"]
    if not texts:
        return 0
    counted = " + ".join(f"count_if({_armed_sql(text)})" for text in texts)
    # nothing where there are no rows
    return int(content.relation.aggregate(f"{counted} AS n").fetchall()[0][0] or 0)


def disarmed_sql(column: str) -> str:
    """A column of texts, an apostrophe before those that a spreadsheet would take for formulas."""
    text = quoted(column)
    return f"CASE WHEN {_armed_sql(text)} THEN chr(39) || {text} ELSE {text} END AS {text}"


def _armed_sql(text: str) -> str:
    return (
        f"coalesce(regexp_matches({text}, '{FORMULA}') AND NOT regexp_matches({text}, '{PLAIN_NUMBER}'),"
        " false)"
    )
