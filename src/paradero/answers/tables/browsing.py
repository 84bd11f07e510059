"""Rows of a built table under filters, in an order and in some columns; how many there are and how many the
filters cannot judge; the counts of a column's values.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import and_

import duckdb
from duckdb import ColumnExpression, ConstantExpression, Expression, FunctionExpression

from paradero.answers.tables.beginnings import Places, of_file
from paradero.answers.tables.filters import NEEDS_NO_VALUE, WHY, Filter, Span, check_column, ranks_of, span_of
from paradero.building.tables import Built, legible
from paradero.model.addresses import parse_address
from paradero.model.answer import Answer
from paradero.model.columns import Kind, kind_of
from paradero.model.errors import ParaderoError, UnknownName

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

    value: object
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

    def __init__(self, built: Built, asked: TableAsked, *, places: Places | None = None) -> None:
        self.built = built
        self.asked = asked
        self._places = places
        self._whole = legible(built, asked.table)
        self.kinds: Mapping[str, str] = dict(
            zip(self._whole.columns, map(str, self._whole.types), strict=True)
        )
        self.columns = shown_columns(self.kinds, asked)
        ranks = ranks_of(built.receipt.sources)
        self._conditions = [_condition(one, self.kinds, ranks) for one in asked.filters]
        if asked.sort:
            check_column(asked.sort, self.kinds)

    def relation(self) -> duckdb.DuckDBPyRelation:
        """All rows that pass, in their order, in the columns shown."""
        return self._rows(self.columns)

    def page(self, first: int, n: int) -> duckdb.DuckDBPyRelation:
        """`n` of these rows from the place `first` (from 0) on, with why a value is missing beside it."""
        why = [name + WHY for name in self.columns if name + WHY in self.kinds]
        names = list(dict.fromkeys([*self.columns, *why]))
        if self._places is not None and not self.asked.sort and not self._conditions:
            return self._between(names, self._places, first, n)
        return self._rows(names).limit(n, first)

    def _between(self, names: Sequence[str], places: Places, first: int, n: int) -> duckdb.DuckDBPyRelation:
        """Rows of a view by the keys that a page begins and ends with: no row before them is looked at."""
        at, skipped = divmod(first, places.step)
        lo, after = places.key(at), places.key(at + (skipped + n - 1) // places.step + 1)
        if lo is None:
            return self._rows(names).limit(0)
        key = ColumnExpression(places.column)
        found = self._whole.filter(key >= ConstantExpression(lo))
        if after is not None:
            found = found.filter(key < ConstantExpression(after))
        found = of_file(found, self.kinds, lo, after)
        return found.sort(key.asc()).project(*map(ColumnExpression, names)).limit(n, skipped)

    def counted(self) -> Counted:
        """How many rows pass; for each filter how many pass the others and have no value in its column."""
        judging = [one for one in self.asked.filters if one.operator not in NEEDS_NO_VALUE]
        if not self._conditions and self._places is not None:
            return Counted(n_rows=self._places.n_rows, unjudged=[])
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
            ties = tie_breaks(self.kinds, self.asked, self.columns)
            order += [ColumnExpression(name).asc().nulls_last() for name in ties]
        found = self._passing()
        if order:
            found = found.sort(*order)
        return found.project(*(ColumnExpression(name) for name in names))


def tie_breaks(kinds: Mapping[str, str], asked: TableAsked, columns: Sequence[str]) -> list[str]:
    """By which columns rows are put in order that are equal in the one asked for: the row, then what is shown
    but for lists, which not every tool puts in order.
    """
    key = [name for name in ("row_id", "stay_row") if name in kinds][:1]
    shown = [name for name in columns if "[" not in kinds[name]]
    return [name for name in dict.fromkeys([*key, *shown]) if name != asked.sort]


def _all(conditions: Sequence[Expression]) -> Expression:
    return functools.reduce(and_, conditions)


def shown_columns(kinds: Mapping[str, str], asked: TableAsked) -> tuple[str, ...]:
    """The columns that are shown: those asked for, all, or where nobody chose the first that say something of
    their own, behind those of the filters and the order, which are what a reader looks for. Raises
    UnknownName for one that there is not.
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
    used = [name for name in (*(one.column for one in asked.filters), asked.sort) if name]
    first = set(found[:_MOST_SHOWN] or list(kinds)[:_MOST_SHOWN])
    return tuple(dict.fromkeys([*used, *(name for name in kinds if name in first)]))


def _condition(one: Filter, kinds: Mapping[str, str], ranks: Mapping[tuple[str, str], int]) -> Expression:
    """The condition for the engine, over a legible table whose columns have these types; `ranks` are the
    places of sources and sheets, by which an address is found without writing out every other.

    Raises UnknownName for a column that there is not, ParaderoError for a value that its type cannot be.
    """
    check_column(one.column, kinds)
    column = ColumnExpression(one.column)
    if one.operator == "filled":
        return column.isnotnull()
    if one.operator == "empty":
        return _empty(one, column, kinds)
    number = one.column.removesuffix("_address")
    if one.operator in ("is", "is_not") and number != one.column and number in kinds:
        return _compared(ColumnExpression(number), one.operator, Span(first=_row_id(one.value, ranks)))
    if one.operator == "contains":
        text = column.cast(duckdb.sqltype("VARCHAR"))
        lower = FunctionExpression("lower", ConstantExpression(one.value))
        return FunctionExpression("contains", FunctionExpression("lower", text), lower)
    kind = kinds[one.column]
    if "[" in kind or "(" in kind.removeprefix("DECIMAL("):
        raise ParaderoError(f"`{one}`: `{one.column}` holds lists. Use `contains`.")
    return _compared(column, one.operator, span_of(one, kind))


def _empty(one: Filter, column: Expression, kinds: Mapping[str, str]) -> Expression:
    if not one.value.strip():
        return column.isnull()
    why = one.column + WHY
    if why not in kinds:
        raise UnknownName(
            f"`{one}`: the table does not say why `{one.column}` is empty. Leave the reason out."
        )
    reason = FunctionExpression("starts_with", ColumnExpression(why), ConstantExpression(one.value.strip()))
    return column.isnull() & reason


def _compared(column: Expression, operator: str, span: Span) -> Expression:
    first = ConstantExpression(span.first)
    after = None if span.after is None else ConstantExpression(span.after)
    if operator == "at_least":
        return column >= first
    if operator == "at_most":
        return column <= first if after is None else column < after
    is_it = column == first if after is None else (column >= first) & (column < after)
    return is_it if operator == "is" else ~is_it


def _row_id(text: str, ranks: Mapping[tuple[str, str], int]) -> int:
    """The number of an address in built tables; -1, which no row has, where its sheet is in no build."""
    address = parse_address(text)
    place = ranks.get((address.source, address.sheet))
    return -1 if place is None else place + address.row
