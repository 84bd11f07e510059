"""The columns of derived tables: what each means, and what kind of value it is. Columns of source rows are
declared in the sources' layouts.
"""

from __future__ import annotations

import csv
import functools
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files


class Kind(StrEnum):
    """What a value is: a clock reading in microseconds, a length of time in microseconds, the number of a
    source row, or what its type says.
    """

    CLOCK = "clock"
    LENGTH = "length"
    ROW = "row"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column name of the derived tables; it means the same wherever it occurs."""

    name: str
    kind: Kind
    meaning: str


@functools.cache
def declared() -> dict[str, Column]:
    """All declared columns by name, from columns.csv."""
    text = (files("paradero.model") / "columns.csv").read_text(encoding="utf-8")
    return {
        row["name"]: Column(name=row["name"], kind=Kind(row["kind"]), meaning=row["meaning"])
        for row in csv.DictReader(text.splitlines())
    }


def kind_of(name: str) -> Kind:
    """The kind of a column; PLAIN where it is a column of source rows."""
    column = declared().get(name)
    return Kind.PLAIN if column is None else column.kind


def meaning_of(name: str) -> str | None:
    """What a column of a derived table, or the address that exports write beside a row number, means; None
    where it is a column of source rows.
    """
    column = declared().get(name)
    if column is not None:
        return column.meaning
    row = declared().get(name.removesuffix("_address"))
    if row is None or row.kind is not Kind.ROW:
        return None
    return f"Address (source:sheet:row) of {row.name}. {row.meaning}"
