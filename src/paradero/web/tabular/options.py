"""A table as an address asks for it: filters, order, columns; and the addresses of what is near to it."""

from __future__ import annotations

from paradero.answers.tables.browsing import TableAsked
from paradero.answers.tables.filters import NEEDS_NO_VALUE, Filter, filter_of
from paradero.web.addresses import spelled, with_options
from paradero.web.asking import Asking

# `where` are filters that hold; `column`, `how` and `value` are those of the form, which become one more
TABLE_OPTIONS = ("where", "column", "how", "value", "sort", "columns", "facet", "page", "whole")

ENDINGS = (".csv", ".json", ".parquet")  # of the files that the site sends

_DOWN = "-"


def asked_in(asking: Asking, table: str) -> TableAsked:
    """The table as the address asks for it. Raises UnknownName where a filter cannot be read."""
    filters = [filter_of(text) for text in asking.all_of("where")]
    column, how = asking.option("column"), asking.option("how", "is")
    if column and (asking.option("value") or how in NEEDS_NO_VALUE):
        filters.append(filter_of(f"{column}:{how}:{asking.option('value')}"))
    sort = asking.option("sort")
    columns = tuple(name for text in asking.all_of("columns") for name in text.split(",") if name)
    return TableAsked(
        table=table,
        filters=tuple(dict.fromkeys(filters)),
        sort=sort.removeprefix(_DOWN),
        is_descending=sort.startswith(_DOWN),
        columns=columns,
    )


def options_of(
    asked: TableAsked, *, facet: str = "", page: int = 1, is_whole: bool = False
) -> dict[str, str | list[str]]:
    """The options that ask for the same; `is_whole` for as many rows of many columns as of few."""
    return {
        "where": [str(one) for one in asked.filters],
        "sort": (_DOWN if asked.is_descending else "") + asked.sort if asked.sort else "",
        "columns": ",".join(asked.columns),
        "facet": facet,
        "page": str(page) if page > 1 else "",
        "whole": "on" if is_whole else "",
    }


def table_at(asked: TableAsked, *, facet: str = "", page: int = 1, is_whole: bool = False) -> str:
    """The address of the table as it is asked for."""
    options = options_of(asked, facet=facet, page=page, is_whole=is_whole)
    return with_options(f"/tables/{spelled(asked.table)}", options)


def file_at(asked: TableAsked, ending: str) -> str:
    """The address of exactly that as a file."""
    return with_options(f"/files/tables/{spelled(asked.table)}{ending}", options_of(asked))


def with_filter(asked: TableAsked, one: Filter) -> tuple[Filter, ...]:
    """The filters of a table and one more."""
    return tuple(dict.fromkeys((*asked.filters, one)))
