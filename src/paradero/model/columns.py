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
    meaning_es: str


@functools.cache
def declared() -> dict[str, Column]:
    """All declared columns by name, from columns.csv, with their meanings in Spanish from columns_es.csv."""
    folder = files("paradero.model")
    rows, spanish = (
        list(csv.DictReader((folder / name).read_text(encoding="utf-8").splitlines()))
        for name in ("columns.csv", "columns_es.csv")
    )
    meanings = {row["name"]: row["meaning"] for row in spanish}
    return {
        row["name"]: Column(
            name=row["name"],
            kind=Kind(row["kind"]),
            meaning=row["meaning"],
            meaning_es=meanings.get(row["name"], ""),
        )
        for row in rows
    }


def kind_of(name: str) -> Kind:
    """The kind of a column; PLAIN where it is a column of source rows."""
    column = declared().get(name)
    return Kind.PLAIN if column is None else column.kind


def meaning_of(name: str, *, language: str = "en") -> str | None:
    """What a column of a derived table, or the address that exports write beside a row number, means, in
    English or Spanish (`es`); None where it is a column of source rows.
    """
    column = declared().get(name)
    if column is not None:
        return (column.meaning_es if language == "es" else column.meaning) or None
    row = declared().get(name.removesuffix("_address"))
    if row is None or row.kind is not Kind.ROW:
        return None
    if language == "es":
        return f"Referencia (fuente:hoja:fila) de {row.name}. {row.meaning_es}"
    return f"Address (source:sheet:row) of {row.name}. {row.meaning}"
