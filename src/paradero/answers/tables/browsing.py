"""Rows of a built table under filters, in an order and in some columns; how many there are and how many the
filters cannot judge; the counts of a column's values.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import and_
from typing import Any

import duckdb
from duckdb import ColumnExpression, ConstantExpression, Expression, FunctionExpression

from paradero.answers.tables.filters import NEEDS_NO_VALUE, WHY, Filter, check_column, condition, ranks_of
from paradero.building.tables import Built, legible
from paradero.model.answer import Answer
from paradero.model.columns import Kind, kind_of

ALL = "all"

_MOST_SHOWN = 12  # columns that are shown where nobody chose
# where a row stands: its address says that in one column
_PLACE = {
    "source",
    "sheet_number",
    "ordinal",
    "source_sheet",
    "source_row",
    "file_original",
    "sheet_original",
    "row_original",
}
_ABOUT_OTHERS = (WHY, "_lo", "_hi", "_precision")


@dataclass(frozen=True, slots=True, kw_only=True)
class TableAsked:
    """A table as it is asked for: `sort` is a column or nothing, `columns` are those shown: none for the
    first ones, `all` for every one.
    """

    table: str
    filters: tuple[Filter, ...] = ()
    sort: str = ""
    is_descending: bool = False
    columns: tuple[str, ...] = ()


class Unjudged(Answer, frozen=True, kw_only=True):
    """How many rows a filter cannot judge, as they have no value in its column; they do not pass."""

    filter: str
    column: str
    n: int


class ValueCount(Answer, frozen=True, kw_only=True):
    """How many rows have a value; None is of rows without one."""

    value: Any
    n: int


class Counted(Answer, frozen=True, kw_only=True):
    """How many rows pass all filters, and which those filters cannot judge."""

    n_rows: int
    unjudged: list[Unjudged]


class Facet(Answer, frozen=True, kw_only=True):
    """The most frequent values of a column under the filters; `n_others` rows have one of `n_values` further
    values.
    """

    column: str
    counts: list[ValueCount]
    n_values: int
    n_others: int


class Browsed:
    """A table of a build that is open, as it is asked for. Raises UnknownName for a column that there is not,
    ParaderoError for a value that cannot be read.
    """

    def __init__(self, built: Built, asked: TableAsked) -> None:
        self.built = built
        self.asked = asked
        self._whole = legible(built, asked.table)
        self.kinds: Mapping[str, str] = dict(
            zip(self._whole.columns, map(str, self._whole.types), strict=True)
        )
        self.columns = shown_columns(self.kinds, asked)
        ranks = ranks_of(built.receipt.sources)
        self._conditions = [condition(one, self.kinds, ranks) for one in asked.filters]
        if asked.sort:
            check_column(asked.sort, self.kinds)

    def relation(self) -> duckdb.DuckDBPyRelation:
        """All rows that pass, in their order, in the columns shown."""
        return self._rows(self.columns)

    def page(self, first: int, n: int) -> list[dict[str, Any]]:
        """`n` of these rows from the place `first` (from 0) on, with why a value is missing beside it."""
        why = [name + WHY for name in self.columns if name + WHY in self.kinds]
        names = list(dict.fromkeys([*self.columns, *why]))
        found = self._rows(names).limit(n, first).fetchall()
        return [dict(zip(names, row, strict=True)) for row in found]

    def counted(self) -> Counted:
        """How many rows pass; for each filter how many pass the others and have no value in its column."""
        judging = [one for one in self.asked.filters if one.operator not in NEEDS_NO_VALUE]
        if not self._conditions:
            n = self._whole.count("*").fetchall()[0][0]
            return Counted(n_rows=n, unjudged=[])
        counts = [FunctionExpression("count_if", _all(self._conditions))]
        for one in judging:
            others = [
                each
                for other, each in zip(self.asked.filters, self._conditions, strict=True)
                if other.column != one.column
            ]
            missing = ColumnExpression(one.column).isnull()
            counts.append(FunctionExpression("count_if", _all([*others, missing])))
        found = self._whole.aggregate(counts).fetchall()[0]
        return Counted(
            n_rows=int(found[0] or 0),
            unjudged=[
                Unjudged(filter=str(one), column=one.column, n=int(n))
                for one, n in zip(judging, found[1:], strict=True)
                if n
            ],
        )

    def facet(self, column: str, most: int) -> Facet:
        """The `most` most frequent values of a column among the rows that pass. Raises UnknownName for a
        column that there is not.
        """
        check_column(column, self.kinds)
        counted = self._passing().aggregate(
            [
                ColumnExpression(column).alias("value"),
                FunctionExpression("count", ConstantExpression(1)).alias("n"),
            ]
        )
        order = (ColumnExpression("n").desc(), ColumnExpression("value").asc().nulls_first())
        found = counted.sort(*order).limit(most).fetchall()
        n_values, n_rows = counted.aggregate(
            [
                FunctionExpression("count", ConstantExpression(1)),
                FunctionExpression("sum", ColumnExpression("n")),
            ]
        ).fetchall()[0]
        shown = sum(n for _, n in found)
        return Facet(
            column=column,
            counts=[ValueCount(value=value, n=n) for value, n in found],
            n_values=n_values - len(found),
            n_others=int(n_rows or 0) - shown,
        )

    def _passing(self) -> duckdb.DuckDBPyRelation:
        return self._whole.filter(_all(self._conditions)) if self._conditions else self._whole

    def _rows(self, names: Sequence[str]) -> duckdb.DuckDBPyRelation:
        """The rows in these columns. Where the order asked for leaves rows equal, their own order decides;
        rows that are alike in all that is shown may stand either way.
        """
        order: list[Expression] = []
        if self.asked.sort:
            column = ColumnExpression(self.asked.sort)
            order.append((column.desc() if self.asked.is_descending else column.asc()).nulls_last())
        is_in_order = self.built.receipt.table(self.asked.table) is not None
        if order or not is_in_order:
            key = next((name for name in ("row_id", "stay_row") if name in self.kinds), None)
            shown = dict.fromkeys([*([key] if key else []), *names])
            order += [ColumnExpression(name).asc().nulls_last() for name in shown if name != self.asked.sort]
        found = self._passing()
        if order:
            found = found.sort(*order)
        return found.project(*(ColumnExpression(name) for name in names))


def _all(conditions: Sequence[Expression]) -> Expression:
    return functools.reduce(and_, conditions)


def shown_columns(kinds: Mapping[str, str], asked: TableAsked) -> tuple[str, ...]:
    """The columns that are shown: those asked for, all, or where nobody chose the first that say something of
    their own, and those of the filters and the order. Raises UnknownName for one that there is not.
    """
    if asked.columns == (ALL,):
        return tuple(kinds)
    for name in asked.columns:
        check_column(name, kinds)
    if asked.columns:
        return tuple(dict.fromkeys(asked.columns))
    found = [
        name
        for name in kinds
        if name not in _PLACE
        and not name.endswith(_ABOUT_OTHERS)
        and not (kind_of(name) is Kind.ROW and f"{name}_address" in kinds)
    ]
    used = {one.column for one in asked.filters} | {asked.sort}
    first = set(found[:_MOST_SHOWN] or list(kinds)[:_MOST_SHOWN])
    return tuple(name for name in kinds if name in first or name in used)
