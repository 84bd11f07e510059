"""What rows a reader wants: a column, an operator, a value, as they stand in an address.

`end_kind:is:open`, `first_book_in:at_least:2025-01-01`, `book_out:empty:withheld`. A value is read as the
type of its column; a day means all of it.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from paradero.building.receipts import SourceReceipt
from paradero.model.addresses import ROWS_A_SHEET, ROWS_A_SOURCE
from paradero.model.errors import ParaderoError, UnknownName
from paradero.model.naming import unknown

OPERATORS = ("is", "is_not", "contains", "at_least", "at_most", "empty", "filled")
NEEDS_NO_VALUE = ("empty", "filled")
WHY = "_why_missing"

_WHOLE = {
    "TINYINT",
    "SMALLINT",
    "INTEGER",
    "BIGINT",
    "HUGEINT",
    "UTINYINT",
    "USMALLINT",
    "UINTEGER",
    "UBIGINT",
}
_TRUTH = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_DAY = dt.timedelta(days=1)
_MOST_DIGITS = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """A condition on one column; `value` is text as asked, of an `empty` the reason or nothing."""

    column: str
    operator: str
    value: str

    def __str__(self) -> str:
        return f"{self.column}:{self.operator}:{self.value}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A value as its column holds it: one instant or thing, or with `after` all from `first` to before it."""

    first: str | int | float | dt.date
    after: dt.date | None = None


def filter_of(text: str) -> Filter:
    """Read `column:operator:value`; a value may hold colons. Raises UnknownName for no such operator."""
    column, _, rest = text.partition(":")
    operator, _, value = rest.partition(":")
    if operator not in OPERATORS:
        raise unknown("an operator of filters", operator, OPERATORS)
    if operator not in NEEDS_NO_VALUE and not value.strip():
        raise UnknownName(f"`{text}`: there is no value to compare with. Write one after `{operator}:`.")
    return Filter(column=column, operator=operator, value=value)


def check_column(name: str, kinds: Mapping[str, str]) -> None:
    """Raises UnknownName with near names where a table has no such column."""
    if name not in kinds:
        raise unknown("a column of this table", name, kinds)


def span_of(one: Filter, kind: str) -> Span:
    """The value of a filter as a column of that type holds it. Raises ParaderoError where it cannot be read
    so.
    """
    text = one.value.strip()
    if kind == "DATE":
        return Span(first=_day(one, text))
    if kind.startswith("TIMESTAMP"):
        return _time(one, text)
    if kind == "BOOLEAN":
        if text.lower() not in _TRUTH:
            raise ParaderoError(f"`{one}`: `{one.column}` is true or false. Write one of these.")
        return Span(first=_TRUTH[text.lower()])
    if kind in _WHOLE:
        digits = text.replace(",", "").removeprefix("-")
        if not (digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS):
            raise ParaderoError(f"`{one}`: `{one.column}` holds whole numbers. Write one.")
        return Span(first=int(text.replace(",", "")))
    if kind in ("DOUBLE", "FLOAT") or kind.startswith("DECIMAL"):
        return Span(first=_number(one, text))
    return Span(first=one.value)


def _number(one: Filter, text: str) -> float:
    try:
        number = float(text.replace(",", ""))
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise ParaderoError(f"`{one}`: `{one.column}` holds numbers. Write one, such as 12.5.")
    return number


def _day(one: Filter, text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise ParaderoError(f"`{one}`: `{one.column}` holds days. Write one, such as 2025-03-15.") from error


def _time(one: Filter, text: str) -> Span:
    try:
        if len(text) == 10:
            day = dt.datetime.combine(dt.date.fromisoformat(text), dt.time())
            return Span(first=day, after=day + _DAY)
        found = dt.datetime.fromisoformat(text)
    except (ValueError, OverflowError) as error:
        raise ParaderoError(
            f"`{one}`: `{one.column}` holds times. Write a day such as 2025-03-15, or 2025-03-15 17:42."
        ) from error
    if found.tzinfo is not None:
        raise ParaderoError(f"`{one}`: clocks are as recorded, without a zone. Leave the zone out.")
    if text[10:].count(":") == 1:  # a minute means all of it
        return Span(first=found, after=found + dt.timedelta(minutes=1))
    return Span(first=found)


def ranks_of(sources: Sequence[SourceReceipt]) -> dict[tuple[str, str], int]:
    """For every sheet of the sources of a build the number before its first row."""
    return {
        (source.source, sheet): source.rank * ROWS_A_SOURCE + number * ROWS_A_SHEET
        for source in sources
        for number, sheet in enumerate(source.sheets)
    }
