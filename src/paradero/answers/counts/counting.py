"""Headcounts on demand: the very step that the build runs, with another definition or another grouping."""

from __future__ import annotations

import operator
from collections.abc import Collection
from dataclasses import replace
from functools import reduce
from importlib.resources import files
from typing import Literal

import duckdb
import pyarrow as pa

from paradero.building.stages import all_steps, groupings
from paradero.building.tables import Built, define, define_step
from paradero.custody import given
from paradero.custody.causes import causes
from paradero.custody.definitions import Definition
from paradero.engines.duckdb import compute
from paradero.engines.queries import query, values_of
from paradero.model.answer import Answer
from paradero.model.errors import UnknownName
from paradero.model.naming import unknown
from paradero.model.time.clock import DAY_US, day_text, parse_time

HEADCOUNT_STEPS = (
    "asked_headcounts",
    "headcount_groups",
    "headcount_denials",
    "headcount_days",
    "headcount_doubts",
    "headcount_changes",
    "headcounts",
)
KEPT_BY = "detention_facility_code"  # what the build groups its own counts by
_KEPT = ("asked_headcounts", "headcount_doubts", "headcounts")  # of the build, what questions to counts read
_QUERIES = files("paradero.answers.counts") / "counting.sql"
WIDTHS = tuple(each.column for each in causes())


def headcount(
    built: Built,
    definition: Definition,
    *,
    by: str,
    release: str | None = None,
    assuming: Collection[str] = (),
) -> duckdb.DuckDBPyRelation:
    """Counts per group and day: the column `by`, date, n, n_lo, n_hi, the width by each cause, definition,
    unit, release.

    Days on which nobody can have been held are absent unless the definition gives zeros. `assuming` names the
    assumptions that leave causes out of the bounds. Raises UnknownName for a grouping, release or assumption
    that does not exist, and where the casefile has several releases with detention rows and none is named:
    their counts must not be added.
    """
    known = groupings()
    if by not in known:
        raise unknown("a column to group by", by, known)
    for name in ("releases", "stint_spans", "contradictions"):
        define(built, name)
    chosen = release_of(built, release)
    grouping = known[by]
    for name in grouping.inputs:
        define(built, name)
    define_step(built, replace(grouping, name="counted_stints"))
    if by == KEPT_BY and _is_kept(built, definition, assuming):
        for name in _KEPT:
            define(built, name)
        return _as_asked(built, definition, chosen, by)
    asked: pa.Table = given.table(given.DEFINITIONS, [definition.as_row(assuming=assuming)])
    built.connection.register("headcount_definitions", asked)
    for name in HEADCOUNT_STEPS:
        step = all_steps()[name]
        if step.kept == "table":
            # with views alone every question to the counts would plan all that is below them anew
            compute(built.connection, step.name, step.select)
        else:
            define_step(built, step)
    return _as_asked(built, definition, chosen, by)


def _is_kept(built: Built, definition: Definition, assuming: Collection[str]) -> bool:
    """Whether the build has the counts of the very definition, by facility."""
    if built.receipt.table("headcounts") is None or built.receipt.table("headcount_definitions") is None:
        return False
    define(built, "headcount_definitions")
    kept = built.rows(query(_QUERIES, "kept_definition"), {"definition": definition.definition})
    return kept == [definition.as_row(assuming=assuming)]


def _as_asked(built: Built, definition: Definition, chosen: str, by: str) -> duckdb.DuckDBPyRelation:
    """The counts of a release and definition, from the table that is defined."""
    counts = (
        duckdb.ColumnExpression("group_value").alias(by),
        *map(duckdb.ColumnExpression, ("date", "n", "n_lo", "n_hi", *WIDTHS)),
    )
    said = {"definition": definition.definition, "unit": definition.unit}
    constants = (duckdb.ConstantExpression(value).alias(name) for name, value in said.items())
    of_release = duckdb.ColumnExpression("release") == duckdb.ConstantExpression(chosen)
    of_definition = duckdb.ColumnExpression("definition") == duckdb.ConstantExpression(definition.definition)
    return (
        built.connection.view("headcounts")
        .filter(of_release & of_definition)
        .select(*counts, *constants, duckdb.ColumnExpression("release"))
    )


class RestsOn(Answer, frozen=True, kw_only=True):
    """What the counts of a release rest on: its detention rows, and how many lack a book-out, a book-in, a
    person id.
    """

    n_rows: int
    without_book_out: int
    without_book_in: int
    without_person: int


def missing_ends(built: Built, release: str | None = None) -> RestsOn:
    """What the counts of a release rest on, the only one where none is named. Raises as release_of."""
    wanted = {"release": release_of(built, release)}
    return values_of(built.rows(query(_QUERIES, "missing_ends"), wanted), RestsOn)[0]


def release_of(built: Built, release: str | None) -> str:
    """The release to count in, the only one where none is named. Raises UnknownName where several have
    detention rows, or none has.
    """
    found = [
        row["release"] for row in built.rows("SELECT DISTINCT release FROM stint_spans ORDER BY release")
    ]
    if release is not None and release not in found:
        raise unknown("a release with detention rows", release, found)
    if release is None and len(found) > 1:
        raise UnknownName(
            f"The casefile has detention rows of {len(found)} releases, whose counts must not be added up."
            f" Name one with --release: {', '.join(found)}."
        )
    if not found:
        raise UnknownName("The casefile has no detention rows to count. Add a data release that has them.")
    return release or found[0]


def between(
    relation: duckdb.DuckDBPyRelation, first: str | None, last: str | None
) -> duckdb.DuckDBPyRelation:
    """Only the days from `first` to `last`, both included; each a day, month or None. Raises UnknownName for
    another form.
    """
    date = duckdb.ColumnExpression("date")
    within = [date >= _day(first, 0)] if first is not None else []
    within += [date <= _day(last, 1)] if last is not None else []
    return relation.filter(reduce(operator.and_, within)) if within else relation


def _day(text: str, end: Literal[0, 1]) -> duckdb.Expression:
    """The first (0) or last (1) day of a day or month as it was typed."""
    try:
        day = day_text(parse_time(text)[end] // DAY_US)
    except OverflowError as error:
        raise UnknownName(
            f"`{text}` lies beyond the days that can be counted. Name a day such as 2025-03-15."
        ) from error
    return duckdb.ConstantExpression(day).cast("DATE")
