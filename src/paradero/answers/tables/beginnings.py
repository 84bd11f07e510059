"""Where the pages of a view begin: found once, they are read without looking at what comes before them."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

import duckdb
from duckdb import ColumnExpression, ConstantExpression

from paradero.building.tables import Built, legible
from paradero.engines.queries import query
from paradero.model.addresses import ROWS_A_SOURCE

_QUERIES = files("paradero.answers.tables") / "beginnings.sql"


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The keys of a view in its order, every so many (`step`) of its rows, by the column that orders it."""

    column: str
    n_rows: int
    step: int
    keys: array[int]

    def key(self, number: int) -> int | None:
        """The key that so many steps come before; None past the end."""
        return self.keys[number] if number < len(self.keys) else None


def places_of(built: Built, table: str, step: int) -> Places | None:
    """Where the pages of a view begin, in its own order; None for a table that is kept, which lies in its
    order, and for a view without a key.
    """
    if built.receipt.table(table) is not None:
        return None
    whole = legible(built, table)
    column = next((name for name in ("row_id", "stay_row") if name in whole.columns), None)
    if column is None:
        return None
    whole.project(ColumnExpression(column).alias("key")).create_view("keys_in_order", replace=True)
    counted = built.rows(query(_QUERIES, "counted"))[0]
    if counted["n_keys"] != counted["n_rows"]:  # rows of one key may lie on two pages
        return None
    found = built.rows(query(_QUERIES, "beginnings"), {"step": step})
    keys = array("q", (row["key"] for row in found))
    return Places(column=column, n_rows=counted["n_rows"], step=step, keys=keys)


def of_file(
    rows: duckdb.DuckDBPyRelation, kinds: Mapping[str, str], lo: int, after: int | None
) -> duckdb.DuckDBPyRelation:
    """Rows between two numbers, by the number that they have in their file, too, where both are of one: it
    is written in the file, and says which parts of it need not be read.
    """
    if "ordinal" not in kinds or after is None or lo // ROWS_A_SOURCE != (after - 1) // ROWS_A_SOURCE:
        return rows
    ordinal = ColumnExpression("ordinal")
    first, last = (ConstantExpression(each % ROWS_A_SOURCE) for each in (lo, after - 1))
    return rows.filter((ordinal >= first) & (ordinal <= last))
