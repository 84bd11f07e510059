"""The transfers of a casefile, of which a release may have more than fit into memory beside each other: they
are counted and read where they lie.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from operator import and_
from typing import overload

import duckdb
from duckdb import ColumnExpression, ConstantExpression, Expression, FunctionExpression

from paradero.answers.people.listing import TRANSFERS, Transfer, listed
from paradero.building.tables import legible, open_tables
from paradero.casefile.folder import Casefile
from paradero.model.answer import Answer

_AT_ONCE = 50_000

Where = Mapping[str, Sequence[str]]


class TransferRoute(Answer, frozen=True, kw_only=True):
    """A row of the table `transfer_routes`: how many transfers of a release went from one facility to another
    (None: the row names none), whether a row of the person follows, and how the sides meet.
    """

    release: str
    from_facility_code: str | None
    to_facility_code: str | None
    has_arrival: bool
    status: str
    n_transfers: int


class TransferRows(Sequence[Transfer]):
    """All transfers in the order of their listing; whoever goes through them reads them in parts."""

    def __init__(self, case: Casefile, n: int) -> None:
        self._case = case
        self._n = n

    def __len__(self) -> int:
        return self._n

    @overload
    def __getitem__(self, place: int) -> Transfer: ...

    @overload
    def __getitem__(self, place: slice) -> list[Transfer]: ...

    def __getitem__(self, place: int | slice) -> Transfer | list[Transfer]:
        if isinstance(place, int):
            return self._read(range(self._n)[place], 1)[0]
        first, after, step = place.indices(self._n)
        return self._read(first, after - first)[::step] if after > first else []

    def __iter__(self) -> Iterator[Transfer]:
        for first in range(0, self._n, _AT_ONCE):
            yield from self._read(first, _AT_ONCE)

    def _read(self, first: int, n: int) -> list[Transfer]:
        return listed(self._case, TRANSFERS, only={}, limit=n, offset=first).rows

    def of_status(self, status: str, most: int) -> list[Transfer]:
        """The first `most` of a status."""
        return listed(self._case, TRANSFERS, only={"status": status}, limit=most).rows

    def n_where(self, where: Where) -> int:
        """How many have in each of these fields one of its values."""
        with open_tables(self._case, TRANSFERS.table) as built:
            return _n_of(_having(legible(built, TRANSFERS.table), where))

    def addresses(self, where: Where, field: str, most: int | None) -> tuple[int, list[str]]:
        """The rows of originals in a field of transfers with these values, each once: how many there are, and
        the first `most` of them (None: all).
        """
        column, text = ColumnExpression(field.removesuffix("_address")), ColumnExpression(field)
        with open_tables(self._case, TRANSFERS.table) as built:
            found = _having(legible(built, TRANSFERS.table), where).filter(column.isnotnull())
            n = _n_of(found.project(column).distinct())
            in_order = found.sort(
                ColumnExpression("gap_us").desc().nulls_first(),
                ColumnExpression("from_row").asc().nulls_last(),
                ColumnExpression("to_row").asc().nulls_last(),
            )
            some = in_order if most is None else in_order.limit(most)
            return n, list(dict.fromkeys(str(row[0]) for row in some.project(text).fetchall()))


def _having(rows: duckdb.DuckDBPyRelation, where: Where) -> duckdb.DuckDBPyRelation:
    conditions: list[Expression] = [
        ColumnExpression(field).isin(*map(ConstantExpression, values)) for field, values in where.items()
    ]
    return rows.filter(functools.reduce(and_, conditions)) if conditions else rows


def _n_of(rows: duckdb.DuckDBPyRelation) -> int:
    return int(rows.aggregate([FunctionExpression("count", ConstantExpression(1))]).fetchall()[0][0])
