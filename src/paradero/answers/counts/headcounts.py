"""How many were held: counts under a definition, by place and day, with bounds, what makes them wide, and
what was assumed.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, cast

import duckdb
import msgspec

from paradero.answers.counts import wanting
from paradero.answers.counts.counting import WIDTHS, RestsOn, between, headcount, missing_ends
from paradero.building.tables import Built, define
from paradero.custody.causes import Cause, assumptions, causes
from paradero.custody.definitions import Definition
from paradero.engines.queries import query, values_of
from paradero.model.answer import Answer
from paradero.model.errors import UnknownName
from paradero.model.naming import unknown

_QUERIES = files("paradero.answers.counts") / "headcounts.sql"

PLACE = "detention_facility_code"
SORTS = ("place", "n", "date")


class Headcount(Answer, frozen=True, kw_only=True):
    """How many were held of a group on a day under a definition: `n_lo` is what the record shows, `n_hi` what
    it allows, and each `hi_less_lo_` the part of the width that a cause makes (see custody/causes.csv).

    JSON and tables call `group` by the column that was grouped by: kind_by gives the kind of these rows.
    """

    group: str | None
    date: dt.date
    n: int
    n_lo: int
    n_hi: int
    hi_less_lo_precision: int
    hi_less_lo_order_of_day_and_month: int
    hi_less_lo_not_in_release: int
    hi_less_lo_unreadable: int
    hi_less_lo_blank: int
    hi_less_lo_withheld: int
    hi_less_lo_contradicted: int
    hi_less_lo_unaccounted: int
    hi_less_lo_person_unknown: int
    hi_less_lo_place_unknown: int
    definition: str
    unit: str
    release: str
    # only in counts by facility, and only under assumptions
    facility: str | msgspec.UnsetType | None = msgspec.UNSET
    assuming: str | msgspec.UnsetType = msgspec.UNSET

    @property
    def n_hi_placed(self) -> int | None:
        """`n_hi` without those of whom no row says where; None for the group that is nowhere."""
        return None if self.group is None else self.n_hi - self.hi_less_lo_place_unknown


@functools.cache
def kind_by(column: str) -> type[Headcount]:
    """Headcount, its `group` named after the column that is grouped by."""
    named = ("group", str | None, msgspec.field(name=column))
    made = msgspec.defstruct("Headcount", [named], bases=(Headcount,), frozen=True, kw_only=True)
    return cast(type[Headcount], made)


class Totals(Answer, frozen=True, kw_only=True):
    """Over all rows of an answer: how many there are, and how wide each cause makes them, by its column."""

    n: int
    widths: dict[str, int]


class Facility(Answer, frozen=True, kw_only=True):
    """A facility by code and name."""

    code: str
    name: str | None


class Published(Answer, frozen=True, kw_only=True):
    """What others printed of a facility and day: the column, its figure, the row."""

    source: str
    detention_facility_code: str | None
    detention_facility: str | None
    date: dt.date | None
    counted_as: str
    published: int | float
    file_name: str | None
    address: str


class Assumption(Answer, frozen=True, kw_only=True):
    """A cause of doubt that was left out, by the name and the sentence of the assumption that does so."""

    name: str
    cause: str
    assumed: str


class Headcounts(Answer, frozen=True, kw_only=True):
    """Counts as asked for: the definition, what they rest on, what was assumed and cannot be judged, what
    others printed of a facility or day that was named, and the rows, of `n_rows`.

    `rests_on` has what RestsOn has, by the same names; it is empty where there are no records to rest on,
    which no value of declared attributes can be.
    """

    scope: str
    n_rows: int
    definition: str
    title: str
    citation: str
    unit: str
    by: str
    rests_on: dict[str, int]
    assuming: list[Assumption]
    cannot_be_judged: list[str]
    facilities: list[Facility]
    digest: str
    published: list[Published] | msgspec.UnsetType = msgspec.UNSET
    rows: list[Headcount]


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
    facilities: tuple[Facility, ...]
    assumed: tuple[Cause, ...]
    cannot_be_judged: tuple[str, ...]
    rests_on: RestsOn | None

    @property
    def scope(self) -> str:
        """The assumptions as sentences for a scope banner; empty where nothing is assumed."""
        return " ".join(f"Assuming ({each.assumption}): {each.left_out}." for each in self.assumed)


def counted(built: Built, asked: Asked, *, is_made: bool = False) -> Counted:
    """Count as asked; `is_made` as of `headcount`. Raises UnknownName for a name that nothing has; without
    detention rows, where nothing is printed of the places and days either.
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
            rests_on=None,
        )
    facilities = _facilities(built, asked)
    relation = headcount(
        built, asked.definition, by=asked.by, release=asked.release, assuming=asked.assuming, is_made=is_made
    )
    relation = between(relation, asked.first, asked.last)
    extra: list[str] = []
    if facilities:
        codes = [duckdb.ConstantExpression(each.code) for each in facilities]
        relation = relation.filter(duckdb.ColumnExpression(PLACE).isin(*codes))
    if asked.by == PLACE:
        relation = _named(built, relation)
        extra.append("facility")
    if assumed:
        said = duckdb.ConstantExpression(", ".join(each.assumption for each in assumed))
        relation = relation.select(duckdb.StarExpression(), said.alias("assuming"))
        extra.append("assuming")
    return Counted(
        relation=_ordered(relation, asked),
        columns=(asked.by, *extra, "date", "n", "n_lo", "n_hi", *WIDTHS, "definition", "unit", "release"),
        facilities=tuple(facilities),
        assumed=assumed,
        cannot_be_judged=(*judged, *_outside(asked)),
        rests_on=missing_ends(built, asked.release),
    )


def _outside(asked: Asked) -> tuple[str, ...]:
    """Why nothing is counted on days that a definition leaves out: nothing follows for who was held."""
    of = asked.definition
    is_before = bool(asked.last and of.first_day and asked.last < of.first_day.isoformat())
    is_after = bool(asked.first and of.last_day and asked.first > of.last_day.isoformat())
    if not (is_before or is_after):
        return ()
    days = f"from {of.first_day or 'the first'} to {of.last_day or 'the last'}"
    return (
        f"cannot be judged: `{of.definition}` counts the days {days} alone, and no other is counted by it."
        " Take another definition (`paradero definitions` lists them).",
    )


def _ordered(relation: duckdb.DuckDBPyRelation, asked: Asked) -> duckdb.DuckDBPyRelation:
    group, date, n, n_hi = map(duckdb.ColumnExpression, (asked.by, "date", "n", "n_hi"))
    orders = {
        "place": (group.nulls_last(), date),
        "n": (n.desc(), n_hi.desc(), group.nulls_first(), date),
        "date": (date, group.nulls_first()),
    }
    return relation.sort(*orders[asked.sort])


def shown(
    built: Built, found: Counted, *, by: str, limit: int, offset: int = 0, nobody: bool = True
) -> tuple[list[Headcount], Totals]:
    """The rows of an answer, at most `limit` (0 for all) after the first `offset`, and over all of them how
    many there are and how wide each cause makes them.

    Without `nobody` those are left out on which nobody can have been held, which definitions with a first and
    last day fill in.
    """
    if found.relation is None:
        return [], Totals(n=0, widths=dict.fromkeys(WIDTHS, 0))
    built.connection.execute("DROP TABLE IF EXISTS counted")  # of another question on this connection
    (found.relation if nobody else found.relation.filter("n > 0 OR n_hi > 0")).create("counted")
    totals = built.rows(query(_QUERIES, "totals"))[0]
    rows = built.rows(query(_QUERIES, "rows"), {"limit": limit or None, "offset": offset})
    widths = {name: totals[name] for name in WIDTHS}
    return values_of(rows, kind_by(by)), Totals(n=totals["n"], widths=widths)


def headcounts(
    built: Built,
    found: Counted,
    asked: Asked,
    *,
    limit: int,
    offset: int = 0,
    nobody: bool = True,
    most_published: int | None = None,
) -> tuple[Headcounts, Totals]:
    """The answer as a value: at most `limit` rows, 0 for all, after the first `offset`, and what others
    printed, at most `most_published` figures (0 for all) unless that is None; and the totals over all rows.
    """
    rows, totals = shown(built, found, by=asked.by, limit=limit, offset=offset, nobody=nobody)
    answer = Headcounts(
        scope=" ".join(part for part in (built.receipt.scope, found.scope) if part),
        n_rows=totals.n,
        definition=asked.definition.definition,
        title=asked.definition.title,
        citation=asked.definition.citation,
        unit=asked.definition.unit,
        by=asked.by,
        rests_on=found.rests_on.as_json() if found.rests_on else {},
        assuming=[
            Assumption(name=each.assumption, cause=each.cause, assumed=each.left_out)
            for each in found.assumed
        ],
        cannot_be_judged=list(found.cannot_be_judged),
        facilities=list(found.facilities),
        digest=built.receipt.digest,
        published=(
            msgspec.UNSET if most_published is None else published(built, asked, limit=most_published)
        ),
        rows=rows,
    )
    return answer, totals


def _named(built: Built, relation: duckdb.DuckDBPyRelation) -> duckdb.DuckDBPyRelation:
    """Counts by facility code with the name of the facility beside."""
    define(built, "facilities")
    names = built.connection.sql(
        "SELECT detention_facility_code AS named_code, detention_facility AS facility FROM facilities"
    ).set_alias("names")
    return (
        relation.set_alias("counts")
        .join(names, "counts.detention_facility_code = names.named_code", how="left")
        .project("* EXCLUDE (named_code)")
    )


def _facilities(built: Built, asked: Asked) -> list[Facility]:
    """The facilities whose code is `asked.facility` or whose name has it, in capitals or not; the code alone
    where one is equal.
    """
    if asked.facility is None:
        return []
    if asked.by != PLACE:
        raise UnknownName(
            f"`--facility` goes with counts by {PLACE}, not with `--by {asked.by}`. Leave one of them out."
        )
    found = facilities_like(built, asked.facility)
    if not found:
        raise unknown(
            "a facility's code or a part of its name",
            asked.facility,
            facility_names(built),
            where_listed="`paradero export facilities -o facilities.csv` lists them.",
            compared=str.upper,
        )
    return found


def facility_names(built: Built) -> list[str]:
    """All names of facilities; the table of facilities has to be defined."""
    return [row["name"] for row in built.rows(query(_QUERIES, "facility_names"))]


def facilities_like(built: Built, text: str) -> list[Facility]:
    """Code and name of the facilities that a text names: an equal code alone, else every name that has the
    text in it.
    """
    for name in ("facilities", "facility_names"):
        define(built, name)
    wanted = {"text": text}
    exact = built.rows(query(_QUERIES, "facility_of_code"), wanted)
    return values_of(exact or built.rows(query(_QUERIES, "facilities_of_name"), wanted), Facility)


def published(built: Built, asked: Asked, *, limit: int) -> list[Published]:
    """What others printed of these facilities and days, the latest day first, the largest figure first; at
    most `limit` figures, 0 for all.
    """
    for name in ("facility_day_rows", "sources"):
        define(built, name)
    printed = built.connection.sql(query(_QUERIES, "printed"))
    between(printed, asked.first, asked.last).create_view("published_days")
    codes = [each.code for each in facilities_like(built, asked.facility)] if asked.facility else []
    wanted = {"codes": codes, "text": asked.facility, "limit": limit or None}
    return [_published(built, row) for row in built.rows(query(_QUERIES, "published"), wanted)]


def _published(built: Built, row: Mapping[str, Any]) -> Published:
    figure = row["published"]
    shown = {"published": int(figure) if figure == int(figure) else figure}
    return msgspec.convert({**row, **shown, "address": built.address(row["row_id"])}, Published)


def width_lines(totals: Totals) -> list[str]:
    """Why the bounds are apart, over all rows of an answer: each cause with its part, the greatest first, and
    the assumption that leaves it out.
    """
    parts = sorted(((totals.widths[each.column], each) for each in causes()), key=lambda pair: -pair[0])
    whole = sum(part for part, _ in parts)
    if not whole:
        return ["n_lo and n_hi meet: nothing that these counts rest on is in doubt"]
    lines = [f"n_hi less n_lo, over all rows {whole:,}, because of"]
    for part, each in parts:
        if part:
            how = f"--assuming {each.assumption}" if each.assumption else "state it: add --date-order"
            lines.append(f"  {part:>12,}  {each.words} ({how})")
    return lines
