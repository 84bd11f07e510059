"""The lines that are counted, as the gate looks at them: whose they are, whether they are those that were
counted before, and which values of two columns come together.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import duckdb
import msgspec

from paradero.disclosure.cells import Value
from paradero.engines.queries import identifier

# columns that number people, rows or files, and what is told of one by being a value at all
NAMING = re.compile(
    r"identifier|(^|_)id$|row|address|number|(^|_)no$|person|extra|source|sheet|^file|ordinal", re.IGNORECASE
)

Pairs = Mapping[tuple[Value, Value], int]


class Lines(Protocol):
    """What is counted of a population, line by line."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that lines have."""
        ...

    def digest(self) -> str:
        """What tells these lines from others: equal lines are one state of a population, whichever build or
        source they came by.
        """
        ...

    def together(self, one: str, other: str) -> Pairs:
        """How many lines have each pair of values of two columns."""
        ...


def person_of(columns: Sequence[str]) -> tuple[str, ...]:
    """The columns that say whose a line is, the last one null where nobody knows; none where lines name
    nobody.
    """
    own = next((each for each in ("unique_identifier", "person_no") if each in columns), None)
    if own is None:
        return ()
    return ("release", own) if "release" in columns else (own,)


def _told(columns: Sequence[str]) -> list[str]:
    """The columns that make a state: all but numbers of rows, which other files may give to equal rows."""
    own = person_of(columns)
    return sorted(each for each in columns if each in own or not NAMING.search(each))


@dataclass(frozen=True, slots=True, kw_only=True)
class TableLines:
    """The rows of a table."""

    relation: duckdb.DuckDBPyRelation

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the table."""
        return tuple(self.relation.columns)

    def digest(self) -> str:
        """SHA-256 of the rows in the order of their own SHA-256."""
        told = _told(self.columns)
        texts = [f"{identifier(each, self.columns)}::VARCHAR" for each in told]
        line = " || ".join(f"coalesce(length({text}) || ':' || {text}, '-')" for text in texts) or "''"
        rows = self.relation.project(f"sha256({line}) AS line")
        of_all = rows.aggregate("sha256(coalesce(string_agg(line, '' ORDER BY line), ''))").fetchall()[0][0]
        return hashlib.sha256(f"{told} {of_all}".encode()).hexdigest()

    def together(self, one: str, other: str) -> Pairs:
        """How many rows have each pair of values of two columns."""
        names = [f"{identifier(each, self.columns)}::VARCHAR" for each in (one, other)]
        rows = self.relation.project(f"{names[0]} AS one, {names[1]} AS other")
        found = rows.aggregate("one, other, count(*) AS n", "one, other").fetchall()
        return {(row[0], row[1]): row[2] for row in found}


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerLines:
    """The lines of an answer, each a mapping of its fields."""

    rows: Sequence[Mapping[str, Any]]

    @property
    def columns(self) -> tuple[str, ...]:
        """The fields that lines have."""
        return tuple(dict.fromkeys(field for row in self.rows for field in row))

    def digest(self) -> str:
        """SHA-256 of the lines in an order of their own."""
        told = _told(self.columns)
        lines = sorted(msgspec.json.encode([row.get(field) for field in told]) for row in self.rows)
        return hashlib.sha256(msgspec.json.encode([told, *map(msgspec.Raw, lines)])).hexdigest()

    def together(self, one: str, other: str) -> Pairs:
        """How many lines have each pair of values of two fields."""
        return Counter((text_of(row.get(one)), text_of(row.get(other))) for row in self.rows)


def text_of(value: object) -> Value:
    """A value as conditions name it."""
    return None if value is None else str(value)
