"""Headcounts on demand: the very step that the build runs, with another definition or another grouping."""

from __future__ import annotations

import operator
from collections.abc import Collection, Iterable
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
from paradero.engines.steps import Step
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
    is_made: bool = False,
) -> duckdb.DuckDBPyRelation:
    """Counts per group and day: the column `by`, date, n, n_lo, n_hi, the width by each cause, definition,
    unit, release.

    Days on which nobody can have been held are absent unless the definition gives zeros. `assuming` names the
    assumptions that leave causes out of the bounds. Where `count_together` has counted by this definition and
    grouping, `is_made` reads that. Raises UnknownName for a grouping, release or assumption that does not
    exist, and where the casefile has several releases with detention rows and none is named: their counts
    must not be added.
    """
    if is_made:
        return _as_asked(built, definition, release_of(built, release), by)
    _give_groups(built, by)
    chosen = release_of(built, release)
    if by == KEPT_BY and _is_kept(built, definition, assuming):
        for name in _KEPT:
            define(built, name)
    else:
        _count(built, [definition.as_row(assuming=assuming)])
    return _as_asked(built, definition, chosen, by)


def count_together(built: Built, definitions: Iterable[Definition], *, by: str) -> None:
    """Count all releases by several definitions at once, for `headcount` to read: planning the steps takes
    longer than few rows do.
    """
    _give_groups(built, by)
    _count(built, [definition.as_row(assuming=()) for definition in definitions])


def _give_groups(built: Built, by: str) -> None:
    """Make known what is counted, with the group of each row."""
    known = groupings()
    if by not in known:
        raise unknown("a column to group by", by, known)
    for name in ("releases", "stint_spans", "contradictions"):
        define(built, name)
    grouping = known[by]
    for name in grouping.inputs:
        define(built, name)
    _give(built, replace(grouping, name="counted_stints"))


def _count(built: Built, asked: list[dict[str, object]]) -> None:
    definitions: pa.Table = given.table(given.DEFINITIONS, asked)
    built.connection.register("headcount_definitions", definitions)
    for name in HEADCOUNT_STEPS:
        _give(built, all_steps()[name])


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


def _give(built: Built, step: Step) -> None:
    """Make a step known, computed where it is a table or small: with views alone every question to the counts
    would plan all that is below them anew.
    """
    if step.kept == "table" or built.is_small:
        compute(built.connection, step.name, step.select)
    else:
        define_step(built, step)


def missing_ends(built: Built, release: str | None = None) -> RestsOn:
    """What the counts of a release rest on, the only one where none is named. Raises as release_of."""
    wanted = {"release": release_of(built, release)}
    return values_of(built.rows(query(_QUERIES, "missing_ends"), wanted), RestsOn)[0]


def release_of(built: Built, release: str | None) -> str:
    """The release to count in, the only one where none is named. Raises UnknownName where several have
    detention rows, or none has.
    """
    define(built, "facility_counts")
    found = [row["release"] for row in built.rows(query(_QUERIES, "releases"))]
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
