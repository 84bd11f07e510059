"""Count the people or rows of a table by its columns: the cells of a publication, nobody's included."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

from paradero.disclosure.cells import Condition, Dimension, Region, Value, region_of
from paradero.disclosure.gate import Population
from paradero.disclosure.suppressing import Counted
from paradero.disclosure.unknowns import NotChecked
from paradero.engines.queries import identifier
from paradero.model.errors import ParaderoError, UnknownName
from paradero.model.naming import unknown

KINDS = ("people", "rows")
MOST_CELLS = 20_000
MOST_VALUES = 2_000
_PERSON = ("release", "unique_identifier")
_VIEW = "counted_rows"
# columns that number people or rows, and what is told of one by being a value at all
_NAMING = re.compile(r"identifier|(^|_)id$|row|address|number|(^|_)no$|person|extra", re.IGNORECASE)
_FEWEST_ROWS_A_VALUE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is counted: `of` people or rows, `by` columns, of those rows that meet `where`."""

    table: str
    of: str
    by: tuple[str, ...]
    where: tuple[Condition, ...]


def conditions_of(texts: Sequence[str]) -> tuple[Condition, ...]:
    """`COLUMN=VALUE` and `COLUMN!=VALUE` as conditions, one a column: any of the values named, or none of them. An
    empty VALUE is what is not recorded. Raises UnknownName for any other text.
    """
    found: dict[str, Condition] = {}
    for text in texts:
        is_but = "!=" in text.partition("=")[0] + "="
        column, operator, value = text.partition("!=" if is_but else "=")
        if not (column.strip() and operator):
            raise UnknownName(f"`{text}`: no condition. Write COLUMN=VALUE or COLUMN!=VALUE.")
        name, before = column.strip(), found.get(column.strip())
        if before is not None and before.but is not is_but:
            raise UnknownName(f"`{text}`: `{name}` is asked for both with = and with !=. Choose one of them.")
        values = (*(before.values if before else ()), value.strip() or None)
        found[name] = Condition(name, values, is_but)
    return tuple(region_of(found.values()))


def counted(
    connection: duckdb.DuckDBPyConnection, relation: duckdb.DuckDBPyRelation, asked: Asked
) -> Population:
    """The counts of every combination of values, those of nobody too. Raises UnknownName for a column or value
    that the table has not, NotChecked where there are more combinations than can be checked.
    """
    if asked.of not in KINDS:
        raise unknown("what is counted", asked.of, KINDS)
    columns = list(relation.columns)
    relation.create_view(_VIEW, replace=True)
    used = list(dict.fromkeys([*asked.by, *(one.column for one in asked.where)]))
    for column in used:
        if column not in columns:
            raise unknown(f"a column of `{asked.table}`", column, columns)
    if asked.of == "people" and not set(_PERSON) <= set(columns):
        raise ParaderoError(
            f"`{asked.table}` has no person ids, so its people cannot be counted. Count its rows (`--of rows`)."
        )
    dimensions = {column: _dimension(connection, columns, asked, column) for column in used}
    for one in asked.where:
        for value in one.values:
            if value not in dimensions[one.column].values:
                known = [each for each in dimensions[one.column].values if each is not None]
                raise unknown(f"a value of `{one.column}`", value or "(not recorded)", known)
    counts = _counts(connection, columns, asked)
    return Population(
        of=asked.of,
        table=asked.table,
        dimensions=tuple(dimensions[column] for column in sorted(dimensions)),
        cells=tuple(
            Counted(region=region, count=counts.get(values, 0))
            for values, region in _cells(asked, dimensions)
        ),
    )


def check_names_nobody(connection: duckdb.DuckDBPyConnection, population: Population) -> None:
    """Raises NotChecked where a column of what was `counted` has values that are single people's or rows': to
    list them publishes who is in the records, whatever is withheld beside them.
    """
    n_rows = int(connection.execute(f"SELECT count(*) FROM {_VIEW}").fetchall()[0][0])
    for one in population.dimensions:
        if _NAMING.search(one.column) or n_rows < _FEWEST_ROWS_A_VALUE * len(one.values):
            raise NotChecked(
                f"`{one.column}`: its values are those of single people or rows, and to list them would publish who"
                " is in the records. Count by a column with fewer values."
            )


def cells_of(asked: Asked, dimensions: Sequence[Dimension]) -> list[tuple[tuple[Value, ...], Region]]:
    """Every combination of values of the columns that are counted by, in order, with its cell."""
    return _cells(asked, {one.column: one for one in dimensions})


def n_without_id(connection: duckdb.DuckDBPyConnection, columns: Sequence[str], asked: Asked) -> int:
    """How many of the rows that were `counted` have no person id, and are in no count of people."""
    if asked.of != "people":
        return 0
    where, values = _where(columns, asked)
    text = f"SELECT count(*) FROM {_VIEW} WHERE {where} AND unique_identifier IS NULL"
    return int(connection.execute(text, values).fetchall()[0][0])


def _cells(asked: Asked, dimensions: Mapping[str, Dimension]) -> list[tuple[tuple[Value, ...], Region]]:
    lists = [
        [
            value
            for value in dimensions[column].values
            if all(one.admits(value) for one in asked.where if one.column == column)
        ]
        for column in asked.by
    ]
    if math.prod(map(len, lists)) > MOST_CELLS:
        raise NotChecked(
            f"`--by {','.join(asked.by)}` makes more than {MOST_CELLS:,} cells, nobody's included. Count by fewer"
            " columns, or by columns with fewer values."
        )
    return [
        (
            values,
            region_of(
                [
                    *(Condition(column, (value,)) for column, value in zip(asked.by, values, strict=True)),
                    *(one for one in asked.where if one.column not in asked.by),
                ]
            ),
        )
        for values in itertools.product(*lists)
    ]


def _dimension(
    connection: duckdb.DuckDBPyConnection, columns: Sequence[str], asked: Asked, column: str
) -> Dimension:
    name = identifier(column, columns)
    text = f"SELECT DISTINCT {name}::VARCHAR AS value FROM {_VIEW} ORDER BY value NULLS LAST LIMIT {MOST_VALUES + 1}"
    values = tuple(row[0] for row in connection.execute(text).fetchall())
    if len(values) > MOST_VALUES:
        raise NotChecked(
            f"`{column}` has more than {MOST_VALUES:,} values, too many to count by. Name a column with fewer."
        )
    parts = asked.of == "rows" or _is_single(connection, name)
    return Dimension(column=column, values=values, parts=parts, listed=column in asked.by)


def _is_single(connection: duckdb.DuckDBPyConnection, name: str) -> bool:
    """Whether every person has one value of a column in all their rows."""
    text = (
        f"SELECT coalesce(max(n), 0) FROM (SELECT count(DISTINCT {name}) + max(({name} IS NULL)::INTEGER) AS n"
        f" FROM {_VIEW} WHERE unique_identifier IS NOT NULL GROUP BY release, unique_identifier)"
    )
    return bool(connection.execute(text).fetchall()[0][0] <= 1)


def _counts(
    connection: duckdb.DuckDBPyConnection, columns: Sequence[str], asked: Asked
) -> dict[tuple[Value, ...], int]:
    names = [f"{identifier(column, columns)}::VARCHAR" for column in asked.by]
    how = (
        "count(DISTINCT (release, unique_identifier)) FILTER (unique_identifier IS NOT NULL)"
        if asked.of == "people"
        else "count(*)"
    )
    where, values = _where(columns, asked)
    group = f" GROUP BY {', '.join(names)}" if names else ""
    text = f"SELECT {', '.join([*names, how])} FROM {_VIEW} WHERE {where}{group}"
    return {tuple(row[:-1]): int(row[-1]) for row in connection.execute(text, values).fetchall()}


def _where(columns: Sequence[str], asked: Asked) -> tuple[str, dict[str, Value]]:
    """The conditions as SQL, and the values that are bound in it."""
    parts = ["true"]
    bound: dict[str, Value] = {}
    for one in asked.where:
        name = identifier(one.column, columns)
        names = [f"value_{len(bound) + place}" for place in range(len(one.values))]
        bound |= dict(zip(names, one.values, strict=True))
        is_one = " OR ".join(f"{name}::VARCHAR IS NOT DISTINCT FROM ${value}" for value in names)
        parts.append(f"{'NOT ' if one.but else ''}({is_one})")
    return " AND ".join(parts), bound


def asked_of(table: str, *, of: str, by: str, where: Sequence[str]) -> Asked:
    """What is asked for as a person writes it: `by` with commas. Raises UnknownName for what cannot be read."""
    columns = tuple(column.strip() for column in by.split(",") if column.strip())
    if len(set(columns)) < len(columns):
        raise UnknownName(f"`{by}` names a column twice. Name each once.")
    return Asked(table=table, of=of, by=columns, where=conditions_of(where))
