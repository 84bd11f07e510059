"""What a definition of figures measures of an answer's rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from paradero.model.errors import ParaderoError

Row = Mapping[str, Any]
Number = int | float | Decimal | None
Bound = int | float | None


def measured(measure: str, rows: Sequence[Row]) -> Bound:
    """What a measure makes of rows; None where a field it needs is not known of one of them."""
    how, *fields = measure.split()
    found = _MEASURES[how](rows, fields)
    return float(found) if isinstance(found, Decimal) else found  # cents are added up exactly before that


def _n_rows(rows: Sequence[Row], _fields: Sequence[str]) -> Number:
    return len(rows)


def _distinct(rows: Sequence[Row], fields: Sequence[str]) -> Number:
    return len({tuple(row[field] for field in fields) for row in rows})


def values_of_field(rows: Sequence[Row], field: str) -> list[Any]:
    """The values of a field, of each row one."""
    return [row[field] for row in rows]


def _sum(rows: Sequence[Row], fields: Sequence[str]) -> Number:
    values = values_of_field(rows, fields[0])
    return None if None in values else sum(values)


def _least(rows: Sequence[Row], fields: Sequence[str]) -> Number:
    values = values_of_field(rows, fields[0])
    return None if None in values or not values else min(values)


def _most(rows: Sequence[Row], fields: Sequence[str]) -> Number:
    values = values_of_field(rows, fields[0])
    return None if None in values or not values else max(values)


def _total(rows: Sequence[Row], fields: Sequence[str]) -> Number:
    values = [_only(rows, [field]) for field in fields]
    return None if None in values else sum(value for value in values if value is not None)


def _only(rows: Sequence[Row], fields: Sequence[str]) -> Number:
    values = values_of_field(rows, fields[0])
    if len(values) != 1:
        raise ParaderoError(
            f"`only {fields[0]}` is measured over {len(values):,} rows. Give the definition an `each` that"
            " tells them apart."
        )
    number: Number = values[0]
    return number


_MEASURES: dict[str, Callable[[Sequence[Row], Sequence[str]], Number]] = {
    "rows": _n_rows,
    "distinct": _distinct,
    "sum": _sum,
    "least": _least,
    "most": _most,
    "only": _only,
    "total": _total,
}
