"""Which counts of a table may come before the gate at all: of people who can be told apart, each once, by
columns whose values are not single people's.
"""

from __future__ import annotations

import duckdb

from paradero.disclosure.cells import Dimension
from paradero.disclosure.counting import Asked
from paradero.disclosure.gate import Population
from paradero.disclosure.held.lines import NAMING, person_of
from paradero.disclosure.profiles import Profile
from paradero.disclosure.unknowns.equations import NotChecked
from paradero.engines.queries import identifier

_FEWEST_PEOPLE_A_VALUE = 3
_INSTANTS = ("DATE", "TIME")  # how the names of the engine's types of days and times begin


def check_may_be_counted(
    relation: duckdb.DuckDBPyRelation,
    asked: Asked,
    population: Population,
    profile: Profile,
    *,
    n_releases: int,
) -> None:
    """Raises NotChecked where a table's people cannot be told apart, where counts would have people twice, or
    where a column that is counted by has values that are single people's. `n_releases` is how many releases
    the casefile has rows of.
    """
    if not person_of(relation.columns):
        raise NotChecked(
            f"`{asked.table}` has no person ids: of how many people a count of it is cannot be checked. Count"
            " a table that has them (`stints`, `stays`, `persons`), or, where these rows are about nobody or"
            ' public already, say so in paradero.toml (`[publishing]`, `profile = "public"`).'
        )
    _check_one_release(relation, asked, n_releases)
    for one in population.dimensions:
        _check_names_nobody(relation, one, profile)


def _check_one_release(relation: duckdb.DuckDBPyRelation, asked: Asked, n_releases: int) -> None:
    """People of two releases may be the same, and would be counted twice."""
    if "release" in relation.columns:
        n_releases = len(relation.project("release").distinct().limit(2).fetchall())
        is_one = any(one.column == "release" and not one.but and len(one.values) == 1 for one in asked.where)
        if "release" in asked.by or is_one:
            return
    if n_releases > 1:
        raise NotChecked(
            f"`{asked.table}` has people of several releases, and who is in two of them would be counted"
            " twice: a small count would pass for a large one. Count by `release`, or ask for one"
            " (`--where release=NAME`)."
            + ("" if "release" in relation.columns else " This table has no such column: count another.")
        )


def _check_names_nobody(relation: duckdb.DuckDBPyRelation, dimension: Dimension, profile: Profile) -> None:
    """To list values of single people publishes who is in the records, whatever is withheld beside them."""
    column = dimension.column
    kind = str(relation.types[relation.columns.index(column)])
    if kind.startswith(_INSTANTS) or NAMING.search(column) or _are_single(relation, column, profile):
        raise NotChecked(
            f"`{column}`: its values are those of single people, of days or times, or most would be withheld,"
            " and to list them would publish who is in the records. Count by a column with fewer values."
        )


def _are_single(relation: duckdb.DuckDBPyRelation, column: str, profile: Profile) -> bool:
    """Whether recorded values have too few people each: fewer than three on average, or most of them no more
    than are withheld.
    """
    name, person = identifier(column, relation.columns), ", ".join(person_of(relation.columns))
    own = person_of(relation.columns)[-1]
    people = f"count(DISTINCT ({person})) FILTER ({own} IS NOT NULL) AS n"
    filled = relation.filter(duckdb.ColumnExpression(column).isnotnull())
    found = (
        filled.aggregate(f"{name}::VARCHAR AS value, {people}", f"{name}::VARCHAR").project("n").fetchall()
    )
    n_people = [int(row[0]) for row in found]
    n_withheld = sum(profile.is_small(n) for n in n_people)
    return 2 * n_withheld > len(n_people) or sum(n_people) < _FEWEST_PEOPLE_A_VALUE * len(n_people)
