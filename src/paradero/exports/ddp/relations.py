"""The published files as relations of an open casefile: one data release of it, in the types that DDP
gives.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from importlib.resources import files

import duckdb
import msgspec

from paradero.building.tables import Built
from paradero.custody.definitions import definition_of
from paradero.engines.duckdb import compute, create_view
from paradero.engines.queries import query
from paradero.exports.ddp.published import PublishedFile, Reading, published_files, readings
from paradero.model.errors import CasefileError
from paradero.model.naming import unknown

KINDS = ("detentions", "arrests", "removals", "detainers", "encounters")
TABLES = (
    "sources",
    "settings",
    "releases",
    "facilities",
    "facility_rows",
    "detention_rows",
    "arrests",
    "arrest_stays",
    *(reading.table for reading in readings()),
)
_ROOM = files("paradero.exports.ddp")
# asked for several times, and small
_COMPUTED = ("facility_days",)
_OF_ANOTHER = ("_earliest_seen", "_first", "_longest", "_last")  # a column's name and whose type it has
_BOUNDS = ("_lo", "_hi")
_NEAR = dt.timedelta(days=7)
_IDS = ("unique_identifier",)  # a mark is nobody's id


class Window(msgspec.Struct, frozen=True, kw_only=True):
    """The first and last day of the facility-days; the last that `longest_open_until` states, and the day
    that the release was made on, where it is known.
    """

    first_day: dt.date
    last_day: dt.date
    stated_last: dt.date
    released_on: dt.date | None

    @property
    def remark(self) -> str | None:
        """What to set where the stated last day is not that of the release."""
        if self.released_on is None or abs(self.released_on - self.stated_last) <= _NEAR:
            return None
        return (
            f"the release was made about {self.released_on}, and `longest_open_until` of paradero.toml is"
            f" {self.stated_last}: it decides which stint is the longest, and facility-days end on"
            f" {self.last_day}. Set it to the release's last day and build again"
        )


def release_of(built: Built, named: str | None) -> str:
    """The data release that is meant. Raises UnknownName for one that there is none of, CasefileError where
    the casefile holds no records or several releases and none is named: ids of persons hold only within one.
    """
    found = built.rows(query(_ROOM, "releases"), {"kinds": list(KINDS)})
    held = [str(row["release"]) for row in found]
    if named is not None:
        if named not in held:
            raise unknown("a release of records here", named, held)
        return named
    if not held:
        raise CasefileError(
            "There are no records of people here: no detentions, arrests, removals, detainers or encounters."
            " Add them with `paradero add`."
        )
    if len(held) > 1:
        raise CasefileError(
            f"The casefile holds {len(held)} data releases ({', '.join(held)}), and DDP's files are of one."
            " Name it with --release."
        )
    return held[0]


def prepare(built: Built, release: str) -> None:
    """Give the readings of a release, and the queries over them, their names on the connection."""
    dates: dict[str, Mapping[str, bool]] = {}
    for reading in readings():
        dates[reading.name] = _read(built, reading, release, dates)
    first = definition_of("ddp-any-time").first_day
    built.connection.execute(query(_ROOM, "window"), {"first": first, "release": release})
    for name in ("states", "site_states", "places"):
        compute(built.connection, f"ddp_{name}", query(_ROOM, name))
    for file in published_files():
        make = compute if file.query in _COMPUTED else create_view
        make(built.connection, f"ddp_{file.query}", query(_ROOM, file.query))


def relation_of(built: Built, file: PublishedFile, *, has_zones: bool) -> duckdb.DuckDBPyRelation:
    """The rows of a file in its columns and types. `has_zones`: instants are UTC by their type, as R writes
    them to Parquet; elsewhere they are clock readings.
    """
    relation = built.connection.view(f"ddp_{file.query}")
    columns = []
    for name, kind in zip(relation.columns, map(str, relation.types), strict=True):
        if name in file.inner:
            continue
        column = duckdb.ColumnExpression(name)
        is_cast = has_zones and kind == "TIMESTAMP"
        columns.append(column.cast("TIMESTAMP WITH TIME ZONE").alias(name) if is_cast else column)
    return relation.select(*columns)


def window_of(built: Built) -> Window:
    """The days of the facility-days that were prepared."""
    (row,) = built.rows("SELECT * FROM ddp_window")
    return msgspec.convert(row, Window)


def is_empty(built: Built, table: str, release: str) -> bool:
    """Whether the release has no row in a table."""
    relation = built.connection.view(table).filter(_is_of(release))
    return relation.limit(1).fetchone() is None


def null_columns(relation: duckdb.DuckDBPyRelation) -> tuple[int, list[str]]:
    """How many rows there are, and the columns in which none has a value."""
    counts = [duckdb.FunctionExpression("count", duckdb.ColumnExpression(name)) for name in relation.columns]
    everything = duckdb.FunctionExpression("count", duckdb.ConstantExpression(1))
    n_rows, *filled = relation.aggregate([everything, *counts]).fetchall()[0]
    return n_rows, [name for name, n in zip(relation.columns, filled, strict=True) if not n]


def _is_of(release: str) -> duckdb.Expression:
    return duckdb.ColumnExpression("release") == duckdb.ConstantExpression(release)


def _read(
    built: Built, reading: Reading, release: str, before: Mapping[str, Mapping[str, bool]]
) -> Mapping[str, bool]:
    """Give a table's rows of one release a name, its columns of midnights as dates; which of them are
    dates.
    """
    relation = _with_marks(built, reading).filter(_is_of(release))
    create_view(built.connection, "read_marks", relation.select("redactions").sql_query())
    marked = {str(row["name"]) for row in built.rows(query(_ROOM, "marked_columns"))}
    times = [
        name
        for name, kind in zip(relation.columns, map(str, relation.types), strict=True)
        if kind == "TIMESTAMP" and not name.endswith(_BOUNDS)
    ]
    dates = before[reading.as_in] if reading.as_in else _dates(relation, reading, times)
    columns = []
    for name, kind in zip(relation.columns, map(str, relation.types), strict=True):
        column = duckdb.ColumnExpression(name)
        if name in times and dates.get(_base(name, dates), False):
            column = column.cast("DATE").alias(name)
        elif name in marked and kind == "VARCHAR" and name not in _IDS:
            column = _marked(column, name).alias(name)
        columns.append(column)
    create_view(built.connection, reading.name, relation.select(*columns).sql_query())
    return dates


def _with_marks(built: Built, reading: Reading) -> duckdb.DuckDBPyRelation:
    """A table with the marks of its rows; of stays, those of the last stint, whose values they have."""
    relation = built.connection.view(reading.table)
    if "redactions" in relation.columns:
        return relation
    of_rows = built.connection.view("detention_rows")
    last = duckdb.ColumnExpression("row_id").alias("last_row")
    return relation.join(of_rows.select(last, duckdb.ColumnExpression("redactions")), "last_row")


def _marked(column: duckdb.Expression, name: str) -> duckdb.Expression:
    """A column's text, or the mark that stands there instead."""
    marks = duckdb.FunctionExpression(
        "regexp_extract",
        duckdb.ColumnExpression("redactions"),
        duckdb.ConstantExpression(rf"(?:^|\|){name}=([^|]*(?:\([bB]\)|[bB]\([0-9])[^|]*)"),
        duckdb.ConstantExpression(1),
    )
    mark = duckdb.FunctionExpression("nullif", marks, duckdb.ConstantExpression(""))
    return duckdb.CoalesceOperator(column, mark)


def _dates(relation: duckdb.DuckDBPyRelation, reading: Reading, times: list[str]) -> dict[str, bool]:
    own = [name for name in times if not name.endswith(_OF_ANOTHER)]
    midnights = []
    for name in own:
        column = duckdb.ColumnExpression(name)
        is_midnight = column == column.cast("DATE").cast("TIMESTAMP")
        midnights.append(duckdb.FunctionExpression("bool_and", is_midnight))
    (found,) = relation.aggregate(midnights).fetchall()
    return {
        name: name in reading.dates if are_all is None else bool(are_all)
        for name, are_all in zip(own, found, strict=True)
    }


def _base(name: str, known: Mapping[str, bool]) -> str:
    """The column whose type a column has: its own, or the one that it was taken from."""
    if name in known:
        return name
    return next((name.removesuffix(each) for each in _OF_ANOTHER if name.endswith(each)), name)
