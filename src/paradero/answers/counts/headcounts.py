"""How many were held: counts under a definition, by place and day, with bounds, what makes them wide, and
what was assumed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import duckdb

from paradero.answers.counts import wanting
from paradero.answers.counts.counting import WIDTHS, between, headcount, missing_ends
from paradero.building.tables import Built, define
from paradero.custody.causes import Cause, assumptions, causes
from paradero.custody.definitions import Definition
from paradero.model.errors import UnknownName
from paradero.model.naming import unknown

Row = dict[str, Any]

PLACE = "detention_facility_code"
SORTS = ("place", "n", "date")
PRINTED = (
    "n_detained",
    "n_detained_at_midnight",
    "n",
    "daily_pop",
    "midnight_pop",
)  # columns of facility-day tables that are counts of people


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question about people held. `facility` is a code or a part of a name; `assuming` the names of
    assumptions; `sort` one of SORTS.
    """

    definition: Definition
    by: str = PLACE
    release: str | None = None
    first: str | None = None
    last: str | None = None
    facility: str | None = None
    assuming: tuple[str, ...] = ()
    sort: str = "place"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """The answer: the counts in their order (None where there are no records), what was assumed, what cannot
    be judged, and what the counts rest on.
    """

    relation: duckdb.DuckDBPyRelation | None
    columns: tuple[str, ...]
    facilities: tuple[Row, ...]
    assumed: tuple[Cause, ...]
    cannot_be_judged: tuple[str, ...]
    rests_on: Row

    @property
    def scope(self) -> str:
        """The assumptions as sentences for a scope banner; empty where nothing is assumed."""
        return " ".join(f"Assuming ({each.assumption}): {each.left_out}." for each in self.assumed)


def counted(built: Built, asked: Asked) -> Counted:
    """Count as asked. Raises UnknownName for a name that nothing has; without detention rows, where nothing
    is printed of the places and days either.
    """
    if asked.sort not in SORTS:
        raise unknown("an order of counts", asked.sort, SORTS)
    assumed = assumptions(asked.assuming)
    needs = (
        ["book-ins", "book-outs"]
        + (["facility codes"] if asked.by == PLACE else [])
        + (["person ids"] if asked.definition.unit == "persons" else [])
    )
    judged = tuple(wanting.lines(wanting.lacking(built, needs, asked.release)))
    if (
        judged == (f"cannot be judged: {wanting.NO_ROWS}",)
        and published(built, asked, limit=1)
        and (asked.facility or asked.first)
    ):
        return Counted(
            relation=None,
            columns=(asked.by, "date"),
            facilities=(),
            assumed=assumed,
            cannot_be_judged=judged,
            rests_on={},
        )
    facilities = _facilities(built, asked)
    relation = headcount(built, asked.definition, by=asked.by, release=asked.release, assuming=asked.assuming)
    relation = between(relation, asked.first, asked.last)
    extra: list[str] = []
    if facilities:
        codes = [duckdb.ConstantExpression(row["code"]) for row in facilities]
        relation = relation.filter(duckdb.ColumnExpression(PLACE).isin(*codes))
    if asked.by == PLACE:
        relation = _named(built, relation)
        extra.append("facility")
    if assumed:
        said = duckdb.ConstantExpression(", ".join(each.assumption for each in assumed))
        relation = relation.select(duckdb.StarExpression(), said.alias("assuming"))
        extra.append("assuming")
    order = {
        "place": f"{asked.by} NULLS LAST, date",
        "n": f"n DESC, n_hi DESC, {asked.by} NULLS FIRST, date",
        "date": f"date, {asked.by} NULLS FIRST",
    }
    return Counted(
        relation=relation.order(order[asked.sort]),
        columns=(asked.by, *extra, "date", "n", "n_lo", "n_hi", *WIDTHS, "definition", "unit", "release"),
        facilities=tuple(facilities),
        assumed=assumed,
        cannot_be_judged=judged,
        rests_on=missing_ends(built, asked.release),
    )


def shown(built: Built, found: Counted, *, limit: int, nobody: bool = True) -> tuple[list[Row], Row]:
    """The rows of an answer, at most `limit` (0 for all), and over all of them how many there are and how
    wide each cause makes them.

    Without `nobody` those are left out on which nobody can have been held, which definitions with a first and
    last day fill in.
    """
    if found.relation is None:
        return [], {"n": 0, **dict.fromkeys(WIDTHS, 0)}
    (found.relation if nobody else found.relation.filter("n > 0 OR n_hi > 0")).create("counted")
    totals = built.rows(
        "SELECT count(*) AS n,"
        f" {', '.join(f'CAST(coalesce(sum({name}), 0) AS BIGINT) AS {name}' for name in WIDTHS)} FROM counted"
    )[0]
    return built.rows(f"SELECT * FROM counted{f' LIMIT {limit}' if limit else ''}"), totals


def about(found: Counted, asked: Asked) -> Row:
    """What goes with the rows: the definition, what was assumed, what cannot be judged, what the counts rest
    on.
    """
    return {
        "definition": asked.definition.definition,
        "title": asked.definition.title,
        "citation": asked.definition.citation,
        "unit": asked.definition.unit,
        "by": asked.by,
        "rests_on": found.rests_on,
        "assuming": [
            {"name": each.assumption, "cause": each.cause, "assumed": each.left_out} for each in found.assumed
        ],
        "cannot_be_judged": list(found.cannot_be_judged),
        "facilities": list(found.facilities),
    }


def _named(built: Built, relation: duckdb.DuckDBPyRelation) -> duckdb.DuckDBPyRelation:
    """Counts by facility code with the name of the facility beside."""
    define(built, "facilities")
    names = built.connection.sql(
        "SELECT detention_facility_code AS named_code, detention_facility AS facility FROM facilities"
    ).set_alias("names")
    return (
        relation.set_alias("counts")
        .join(names, f"counts.{PLACE} = names.named_code", how="left")
        .project("* EXCLUDE (named_code)")
    )


def _facilities(built: Built, asked: Asked) -> list[Row]:
    """The facilities whose code is `asked.facility` or whose name has it, in capitals or not; the code alone
    where one is equal.
    """
    if asked.facility is None:
        return []
    if asked.by != PLACE:
        raise UnknownName(
            f"`--facility` goes with counts by {PLACE}, found `--by {asked.by}`. Leave one of them out."
        )
    found = facilities_like(built, asked.facility)
    if not found:
        names = [
            row["name"]
            for row in built.rows(
                "SELECT DISTINCT detention_facility AS name FROM facilities WHERE detention_facility IS NOT"
                " NULL ORDER BY 1"
            )
        ]
        raise unknown(
            "a facility's code or a part of its name",
            asked.facility,
            names,
            where_listed="`paradero export facilities -o facilities.csv` lists them.",
            compared=str.upper,
        )
    return found


def facilities_like(built: Built, text: str) -> list[Row]:
    """Code and name of the facilities that a text names: an equal code alone, else every name that has the
    text in it.
    """
    for name in ("facilities", "facility_names"):
        define(built, name)
    exact = (
        "SELECT detention_facility_code AS code, detention_facility AS name FROM facilities WHERE"
        " upper(detention_facility_code) = upper(trim($text)) ORDER BY 1"
    )
    like = (
        "SELECT DISTINCT f.detention_facility_code AS code, f.detention_facility AS name FROM facilities f"
        " LEFT JOIN facility_names n ON n.detention_facility_code = f.detention_facility_code WHERE"
        " contains(upper(f.detention_facility), upper(trim($text))) OR contains(upper(f.recorded_name),"
        " upper(trim($text))) OR contains(n.plain_name, upper(trim($text))) ORDER BY 1"
    )
    return built.rows(exact, {"text": text}) or built.rows(like, {"text": text})


def published(built: Built, asked: Asked, *, limit: int) -> list[Row]:
    """What others printed of these facilities and days: the column, its figure, the row; the latest day
    first, the largest figure first.
    """
    for name in ("facility_day_rows", "sources"):
        define(built, name)
    parts = " UNION ALL ".join(
        "SELECT row_id, source, detention_facility_code, detention_facility, CAST(date AS DATE) AS date,"
        f" '{name}' AS counted_as, {name} AS published FROM facility_day_rows WHERE {name} IS NOT NULL"
        for name in PRINTED
    )
    between(built.connection.sql(parts), asked.first, asked.last).create_view("published_days")
    codes = [row["code"] for row in facilities_like(built, asked.facility)] if asked.facility else []
    wanted = (
        "TRUE"
        if asked.facility is None
        else (
            "list_contains($codes, detention_facility_code) OR contains(upper(detention_facility),"
            " upper(trim($text)))"
        )
    )
    rows = built.rows(
        "SELECT p.*, s.file_name FROM published_days p LEFT JOIN sources s ON s.source = p.source WHERE"
        f" {wanted} ORDER BY date DESC, published DESC, detention_facility_code, counted_as,"
        f" row_id{f' LIMIT {limit}' if limit else ''}",
        None if asked.facility is None else {"codes": codes, "text": asked.facility},
    )
    for row in rows:
        row["published"] = (
            int(row["published"]) if row["published"] == int(row["published"]) else row["published"]
        )
        row["address"] = built.address(row.pop("row_id"))
    return rows


def width_lines(totals: Row) -> list[str]:
    """Why the bounds are apart, over all rows of an answer: each cause with its part, the greatest first, and
    the assumption that leaves it out.
    """
    parts = sorted(((totals[each.column] or 0, each) for each in causes()), key=lambda pair: -pair[0])
    whole = sum(part for part, _ in parts)
    if not whole:
        return ["n_lo and n_hi meet: nothing that these counts rest on is in doubt"]
    lines = [f"n_hi less n_lo, over all rows {whole:,}, because of"]
    for part, each in parts:
        if part:
            how = f"--assuming {each.assumption}" if each.assumption else "state it: add --date-order"
            lines.append(f"  {part:>12,}  {each.words} ({how})")
    return lines
