"""Count the people or rows of a table by its columns: the cells of a publication, nobody's included."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

from paradero.disclosure.cells import Condition, Dimension, Region, Value, region_of
from paradero.disclosure.gate import KINDS, Population
from paradero.disclosure.held.lines import TableLines, person_of
from paradero.disclosure.suppressing import Counted
from paradero.disclosure.unknowns.equations import NotChecked
from paradero.engines.queries import identifier
from paradero.model.errors import ParaderoError, UnknownName
from paradero.model.naming import unknown

MOST_CELLS = 20_000
MOST_VALUES = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is counted: `of` people or rows, `by` columns, of those rows that meet `where`."""

    table: str
    of: str
    by: tuple[str, ...]
    where: tuple[Condition, ...]


def conditions_of(texts: Sequence[str]) -> tuple[Condition, ...]:
    """`COLUMN=VALUE` and `COLUMN!=VALUE` as conditions, one a column: any of the values named, or none of
    them. An empty VALUE is what is not recorded. Raises UnknownName for any other text.
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


def counted(relation: duckdb.DuckDBPyRelation, asked: Asked) -> Population:
    """The counts of every combination of values, those of nobody too. Raises UnknownName for a column or
    value that the table has not, NotChecked where there are more combinations than can be checked.
    """
    if asked.of not in KINDS:
        raise unknown("what is counted", asked.of, KINDS)
    columns = list(relation.columns)
    used = list(dict.fromkeys([*asked.by, *(one.column for one in asked.where)]))
    for column in used:
        if column not in columns:
            raise unknown(f"a column of `{asked.table}`", column, columns)
    if asked.of == "people" and not person_of(columns):
        raise ParaderoError(
            f"`{asked.table}` has no person ids, so its people cannot be counted. Count its rows"
            " (`--of rows`)."
        )
    dimensions = {column: _dimension(relation, asked, column) for column in used}
    for one in asked.where:
        for value in one.values:
            if value not in dimensions[one.column].values:
                known = [each for each in dimensions[one.column].values if each is not None]
                raise unknown(f"a value of `{one.column}`", value or "(not recorded)", known)
    counts = _counts(relation, asked)
    # rows of a table with ids are people's: of how many matters as much as how many they are
    none = 0 if asked.of == "rows" and person_of(columns) else None
    return Population(
        of=asked.of,
        table=asked.table,
        dimensions=tuple(dimensions[column] for column in sorted(dimensions)),
        cells=tuple(
            Counted(
                region=region, count=counts.get(values, (0, none))[0], people=counts.get(values, (0, none))[1]
            )
            for values, region in _cells(asked, dimensions)
        ),
        lines=TableLines(relation=relation),
    )


def has_rows_without_id(relation: duckdb.DuckDBPyRelation, asked: Asked) -> bool:
    """Whether some rows have no person id, and are in no count of people."""
    if asked.of != "people":
        return False
    nobody = duckdb.ColumnExpression(person_of(relation.columns)[-1]).isnull()
    return bool(_chosen(relation, asked).filter(nobody).limit(1).fetchall())


def cells_of(asked: Asked, dimensions: Sequence[Dimension]) -> list[tuple[tuple[Value, ...], Region]]:
    """Every combination of values of the columns that are counted by, in order, with its cell."""
    return _cells(asked, {one.column: one for one in dimensions})


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
            f"`--by {','.join(asked.by)}` makes more than {MOST_CELLS:,} cells, nobody's included."
            " Count by fewer"
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


def _dimension(relation: duckdb.DuckDBPyRelation, asked: Asked, column: str) -> Dimension:
    name = identifier(column, relation.columns)
    found = relation.project(f"{name}::VARCHAR AS value").distinct().order("value NULLS LAST")
    values = tuple(row[0] for row in found.limit(MOST_VALUES + 1).fetchall())
    if len(values) > MOST_VALUES:
        raise NotChecked(
            f"`{column}` has more than {MOST_VALUES:,} values, too many to count by. Name a column with"
            " fewer."
        )
    parts = asked.of == "rows" or _is_single(relation, name)
    return Dimension(column=column, values=values, parts=parts, listed=column in asked.by)


def _is_single(relation: duckdb.DuckDBPyRelation, name: str) -> bool:
    """Whether every person has one value of a column in all their rows, or none in all of them."""
    person = person_of(relation.columns)
    people = relation.filter(duckdb.ColumnExpression(person[-1]).isnotnull())
    of_each = people.aggregate(
        f"count(DISTINCT {name}) + max(({name} IS NULL)::INTEGER) AS n", ", ".join(person)
    )
    return bool((of_each.max("n").fetchall()[0][0] or 0) <= 1)


def _counts(
    relation: duckdb.DuckDBPyRelation, asked: Asked
) -> dict[tuple[Value, ...], tuple[int, int | None]]:
    """By values how many there are, and of rows with ids how many people they are of, at least."""
    names = [f"{identifier(column, relation.columns)}::VARCHAR" for column in asked.by]
    person = person_of(relation.columns)
    how = ["count(*)", "NULL"]
    if person:
        people = f"count(DISTINCT ({', '.join(person)})) FILTER ({person[-1]} IS NOT NULL)"
        how = [people, "NULL"] if asked.of == "people" else ["count(*)", people]
    rows = _chosen(relation, asked).aggregate(", ".join([*names, *how]), ", ".join(names)).fetchall()
    return {tuple(row[:-2]): (int(row[-2]), row[-1]) for row in rows}


def _chosen(relation: duckdb.DuckDBPyRelation, asked: Asked) -> duckdb.DuckDBPyRelation:
    """The rows that meet the conditions; what is not recorded is other than any value."""
    for one in asked.where:
        cell = duckdb.ColumnExpression(one.column).cast(duckdb.sqltype("VARCHAR"))
        is_one = duckdb.ConstantExpression(False)
        for value in one.values:
            is_it = (
                cell.isnull()
                if value is None
                else cell.isnotnull() & (cell == duckdb.ConstantExpression(value))
            )
            is_one = is_one | is_it
        relation = relation.filter(~is_one if one.but else is_one)
    return relation


def asked_of(table: str, *, of: str, by: str, where: Sequence[str]) -> Asked:
    """What is asked for as a person writes it, `by` with commas. Raises UnknownName for what is not so."""
    columns = tuple(column.strip() for column in by.split(",") if column.strip())
    if len(set(columns)) < len(columns):
        raise UnknownName(f"`{by}` names a column twice. Name each once.")
    return Asked(table=table, of=of, by=columns, where=conditions_of(where))
