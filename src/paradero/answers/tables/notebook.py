"""A table as it is asked for, as lines for a notebook: Python over paradero, R over the table as a file."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from paradero.answers.tables.browsing import TableAsked, tie_breaks
from paradero.answers.tables.filters import WHY, Filter, span_of

_TEXT = "VARCHAR"


def python_lines(asked: TableAsked, kinds: Mapping[str, str], columns: tuple[str, ...], case: str) -> str:
    """Lines of Python that give the very rows: the same filters, order and columns."""
    filters = [f"rows = rows.filter({_python(one, kinds)})" for one in asked.filters]
    lines = ["import datetime", ""] if any("datetime." in each for each in filters) else []
    lines += ["import paradero", "import pyarrow.compute as pc", ""]
    lines.append(f"rows = paradero.open({case!r}).table({asked.table!r})")
    lines.append("# without the casefile, over the whole table as a file:")
    lines.append(f"# import pyarrow.parquet; rows = pyarrow.parquet.read_table({asked.table + '.parquet'!r})")
    lines += filters
    if asked.sort:
        keys = [(asked.sort, "descending" if asked.is_descending else "ascending")]
        keys += [(name, "ascending") for name in tie_breaks(kinds, asked, columns)]
        lines.append(f"rows = rows.sort_by({keys!r})")
    lines.append(f"rows = rows.select({list(columns)!r})")
    return "\n".join(lines)


def _python(one: Filter, kinds: Mapping[str, str]) -> str:
    field = f"pc.field({one.column!r})"
    if one.operator == "filled":
        return f"{field}.is_valid()"
    if one.operator == "empty":
        why = f"pc.starts_with(pc.field({one.column + WHY!r}), {one.value.strip()!r})"
        return f"{field}.is_null()" + (f" & {why}" if one.value.strip() else "")
    if one.operator == "contains":
        text = field if kinds[one.column] == _TEXT else f'{field}.cast("string")'
        return f"pc.match_substring({text}, {one.value!r}, ignore_case=True)"
    span = span_of(one, kinds[one.column])
    return _compared(one.operator, field, _python_value(span.first), _python_value(span.after))


def _python_value(value: Any) -> str:
    return "" if value is None else repr(value)  # of days and times, too


def _compared(operator: str, field: str, first: str, after: str) -> str:
    """A comparison in a language in which `&`, `|` and brackets mean what they do in Python and R."""
    if operator == "at_least":
        return f"{field} >= {first}"
    if operator == "at_most":
        return f"{field} < {after}" if after else f"{field} <= {first}"
    if operator == "is":
        return f"({field} >= {first}) & ({field} < {after})" if after else f"{field} == {first}"
    return f"({field} < {first}) | ({field} >= {after})" if after else f"{field} != {first}"


def r_lines(asked: TableAsked, kinds: Mapping[str, str], columns: tuple[str, ...]) -> str:
    """Lines of R that give the very rows of the whole table as a Parquet file."""
    lines = ["library(arrow)", "library(dplyr)", ""]
    steps = [f"read_parquet({json.dumps(asked.table + '.parquet')})"]
    steps += [f"filter({_r(one, kinds)})" for one in asked.filters]
    if asked.sort:
        first = f"desc({asked.sort})" if asked.is_descending else asked.sort
        steps.append(f"arrange({', '.join([first, *tie_breaks(kinds, asked, columns)])})")
    steps.append(f"select({', '.join(columns)})")
    return "\n".join([*lines, "rows <- " + " |>\n  ".join(steps)])


def _r(one: Filter, kinds: Mapping[str, str]) -> str:
    if one.operator == "filled":
        return f"!is.na({one.column})"
    if one.operator == "empty":
        why = f"startsWith({one.column}{WHY}, {_r_text(one.value.strip())})"
        return f"is.na({one.column})" + (f" & {why}" if one.value.strip() else "")
    if one.operator == "contains":
        return f"grepl(tolower({_r_text(one.value)}), tolower(as.character({one.column})), fixed = TRUE)"
    span = span_of(one, kinds[one.column])
    return _compared(one.operator, one.column, _r_value(span.first), _r_value(span.after))


def _r_value(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return f'as.POSIXct("{value:%Y-%m-%d %H:%M:%S}", tz = "UTC")'
    if isinstance(value, dt.date):
        return f'as.Date("{value:%Y-%m-%d}")'
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return _r_text(value) if isinstance(value, str) else repr(value)


def _r_text(text: str) -> str:
    """A text as R reads it: the escapes of JSON are among its own."""
    return json.dumps(text).replace("\\/", "/")
