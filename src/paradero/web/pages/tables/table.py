"""One table: rows under filters, in an order, fifty a page; exactly that as files and for a notebook."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

import duckdb

from paradero.answers.explaining import explained
from paradero.answers.tables.beginnings import Places, places_of
from paradero.answers.tables.browsing import ALL, Browsed, Counted, Facet, TableAsked
from paradero.answers.tables.filters import OPERATORS, Filter
from paradero.building.receipts import current
from paradero.building.tables import Built, open_tables
from paradero.exports.content import Content
from paradero.reports.content.blocks import (
    Block,
    Code,
    Field,
    Folded,
    Form,
    Link,
    Page,
    Paragraph,
    Points,
    Section,
    Stated,
    Table,
    Text,
)
from paradero.reports.content.numbers import number
from paradero.reports.content.wording import Wording, joined
from paradero.reports.pages.case_page import whole
from paradero.reports.pages.material import Material
from paradero.web.asking import Asking
from paradero.web.standing import Standing
from paradero.web.tabular.cells import OF_PERSON, cell, why_in_words
from paradero.web.tabular.options import ENDINGS, TABLE_OPTIONS, asked_in, file_at, options_of, table_at
from paradero.web.tabular.sections import counts, meanings, take_away

PATH = "/tables/{name}"
OPTIONS = TABLE_OPTIONS
IS_ABOUT_ROWS = True

_ROWS = 50
_CELLS = 500  # of a page: rows of many columns are fewer, so that the page stays light
_LEAST_ROWS = 4
_ORDERED = 40  # columns: the form lists the orders of so many at most; each head sorts by its column
_VALUES = 25
_MOST_PAGES = 10_000_000
# views of a row for each row of the originals: the others are kept, or short
_LONG_VIEWS = ("stints", "detention_rows", "arrest_rows", "removal_rows", "facility_day_rows")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    """What a page shows of a table."""

    asked: TableAsked
    kinds: Mapping[str, str]
    columns: tuple[str, ...]
    counted: Counted
    page: int
    n_a_page: int
    is_whole: bool
    rows: list[dict[str, Any]]
    facet: Facet | None
    meanings: Mapping[str, str]


def page(asking: Asking) -> Page:
    """The table of that name. Raises UnknownName for a table, a column or an operator that there is not,
    ParaderoError for a value that its column cannot hold.
    """
    say = Wording("table", asking.language)
    shown = _shown(asking)
    name = shown.asked.table
    step = explained(asking.standing.case, name)[-1]
    said = whole(
        Material(asking.standing.asked(), asking.language, is_site=True),
        say,
        kicker=say("kicker", table=Code(text=name)),
        title=_title(shown, say),
        lead=say("lead", title=say.stated(step.title)),
        findings=(),
        found=[
            _rows(shown, say),
            *([counts(shown.asked, shown.facet, say)] if shown.facet is not None else []),
            take_away(asking, shown.asked, shown.kinds, shown.columns, say),
            meanings(shown.kinds, shown.columns, shown.meanings, say),
        ],
    )
    files = tuple(Link(text=each.removeprefix("."), to=file_at(shown.asked, each)) for each in ENDINGS)
    return dataclasses.replace(said, form=_form(shown, say), files=files)


def _shown(asking: Asking) -> _Shown:
    table = asking.name("name")
    asked = asked_in(asking, table)
    at = max(asking.whole_number("page", 1, most=_MOST_PAGES), 1)
    facet = asking.option("facet")
    with open_tables(asking.standing.case, *dict.fromkeys((table, "persons"))) as built:
        browsed = Browsed(built, asked, places=_places(asking.standing, built, asked))
        is_whole = asking.is_on("whole")
        n_a_page = _ROWS if is_whole else rows_a_page(len(browsed.columns))
        return _Shown(
            asked=asked,
            kinds=browsed.kinds,
            columns=browsed.columns,
            counted=browsed.counted(),
            page=at,
            n_a_page=n_a_page,
            is_whole=is_whole,
            rows=_with_ids(built, _rows_of(browsed.page((at - 1) * n_a_page, n_a_page))),
            facet=browsed.facet(facet, _VALUES) if facet else None,
            meanings=Content(relation=browsed.relation(), name=table, note={}).meanings,
        )


def rows_a_page(n_columns: int) -> int:
    """How many rows of so many columns a page has."""
    return max(_LEAST_ROWS, min(_ROWS, _CELLS // max(n_columns, 1)))


def _places(standing: Standing, built: Built, asked: TableAsked) -> Places | None:
    """Where the pages of a large view begin, where all its rows are asked for in their own order."""
    if built.is_small or asked.sort or asked.filters:
        return None
    return standing.lasting(("places", asked.table), lambda: places_of(built, asked.table, _ROWS))


def find_places(standing: Standing) -> None:
    """Find where the pages of every large view begin, before anybody asks for one."""
    if current(standing.case) is None:
        return
    for table in _LONG_VIEWS:
        with open_tables(standing.case, table) as built:
            _places(standing, built, TableAsked(table=table))


def _with_ids(built: Built, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows with the pseudonym behind each number of a person: the number is of one build alone."""
    numbers = sorted({row["person_no"] for row in rows if row.get("person_no") is not None})
    if not numbers or "unique_identifier" in rows[0]:
        return rows
    found = built.rows(
        "SELECT person_no, unique_identifier, release FROM persons WHERE list_contains($numbers, person_no)",
        {"numbers": numbers},
    )
    ids = {row["person_no"]: row for row in found}
    return [
        {"release": of["release"], **row, OF_PERSON: of["unique_identifier"]}
        if (of := ids.get(row.get("person_no")))
        else row
        for row in rows
    ]


def _rows_of(found: duckdb.DuckDBPyRelation) -> list[dict[str, Any]]:
    return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]


def _title(shown: _Shown, say: Wording) -> Text:
    n = Stated(text=number(shown.counted.n_rows, say.language))
    name = Stated(text=shown.asked.table)
    which = "title_filtered" if shown.asked.filters else "title"
    if shown.counted.n_rows == 1:
        which += "_one"
    return say(which if shown.counted.n_rows or not shown.asked.filters else "title_nothing", table=name, n=n)


def _form(shown: _Shown, say: Wording) -> Form:
    asked = shown.asked
    has_orders = len(shown.columns) <= _ORDERED
    columns = (("", say.plain("choose")), *((name, name) for name in shown.kinds))
    return Form(
        to=f"/tables/{asked.table}",
        button=say.plain("show"),
        fields=(
            *_kept(asked, but="sort" if has_orders else ""),
            Field(name="column", label=say.plain("column"), kind="choice", options=columns),
            Field(
                name="how",
                label=say.plain("how"),
                kind="choice",
                value="is",
                options=tuple((each, say.plain(each)) for each in OPERATORS),
            ),
            Field(name="value", label=say.plain("value"), hint=say.plain("value_hint")),
            Field(
                name="facet",
                label=say.plain("count_by"),
                kind="choice",
                value=shown.facet.column if shown.facet is not None else "",
                options=columns,
            ),
            *([_order(shown, say)] if has_orders else []),
        ),
    )


def _order(shown: _Shown, say: Wording) -> Field:
    return Field(
        name="sort",
        label=say.plain("sort"),
        kind="choice",
        value=str(options_of(shown.asked)["sort"]),
        options=_orders(shown, say),
    )


def _orders(shown: _Shown, say: Wording) -> tuple[tuple[str, str], ...]:
    """The orders that a reader may choose: by each column shown, up and down."""
    both = [
        pair
        for name in dict.fromkeys((*shown.columns, *filter(None, (shown.asked.sort,))))
        for pair in ((name, f"{name} ▲"), (f"-{name}", f"{name} ▼"))
    ]
    return (("", say.plain("own_order")), *both)


def _kept(asked: TableAsked, *, but: str = "") -> tuple[Field, ...]:
    """What an address asks for, as hidden parts of a form."""
    found: list[Field] = []
    for name, value in options_of(asked).items():
        if name != but:
            values = value if isinstance(value, list) else [value] if value else []
            found += [Field(name=name, kind="hidden", value=each) for each in values]
    return tuple(found)


def _rows(shown: _Shown, say: Wording) -> Section:
    asked = shown.asked
    blocks: list[Block] = []
    if asked.filters:
        blocks.append(Points(items=tuple(_filter(shown, one, say) for one in asked.filters)))
    blocks += [
        Paragraph(
            text=say(
                "unjudged",
                n=Stated(text=number(one.n, say.language)),
                column=Code(text=one.column),
                link=Link(text=say.plain("unjudged_link"), to=_without_values(asked, one.column)),
            ),
            kind="small",
        )
        for one in shown.counted.unjudged
    ]
    if shown.rows:
        blocks.append(
            Table(
                caption=_place(shown, say),
                heads=shown.columns,
                head_texts=tuple(_head(asked, name, say) for name in shown.columns),
                rows=tuple(tuple(cell(name, row, say) for name in shown.columns) for row in shown.rows),
                right=tuple(
                    place for place, name in enumerate(shown.columns) if _is_number(shown.kinds[name])
                ),
                more=_pages(shown, say),
            )
        )
    else:
        blocks.append(Paragraph(text=say("nothing" if shown.counted.n_rows == 0 else "past")))
    blocks.append(_columns_form(shown, say))
    return Section(
        id="rows", name=say.plain("rows"), title=say("rows"), sub=say("rows_sub"), blocks=tuple(blocks)
    )


def _is_number(kind: str) -> bool:
    return kind.endswith("INT") or kind in ("INTEGER", "DOUBLE", "FLOAT") or kind.startswith("DECIMAL")


def _filter(shown: _Shown, one: Filter, say: Wording) -> Text:
    rest = tuple(each for each in shown.asked.filters if each != one)
    remove = Link(text=say.plain("remove"), to=table_at(dataclasses.replace(shown.asked, filters=rest)))
    value = why_in_words(one.value, say) if one.operator == "empty" else one.value
    return (Code(text=one.column), " ", *say(one.operator), " ", Stated(text=value), " · ", remove)


def _without_values(asked: TableAsked, column: str) -> str:
    """The rows that the filters on a column cannot judge."""
    others = tuple(one for one in asked.filters if one.column != column)
    empty = Filter(column=column, operator="empty", value="")
    return table_at(dataclasses.replace(asked, filters=(*others, empty)))


def _head(asked: TableAsked, name: str, say: Wording) -> Text:
    is_sorted = asked.sort == name
    again = dataclasses.replace(asked, sort=name, is_descending=is_sorted and not asked.is_descending)
    mark = (" ▼" if asked.is_descending else " ▲") if is_sorted else ""
    sort = Link(text=f"{name}{mark}", to=table_at(again))
    return (sort, " ", Link(text=say.plain("meaning"), to="#meanings"))


def _place(shown: _Shown, say: Wording) -> str:
    first = (shown.page - 1) * shown.n_a_page + 1
    last = first + len(shown.rows) - 1
    return say.plain("place").format(
        first=number(first, say.language),
        last=number(last, say.language),
        n=number(shown.counted.n_rows, say.language),
    )


def _pages(shown: _Shown, say: Wording) -> Text:
    facet = shown.facet.column if shown.facet is not None else ""
    last = -(-shown.counted.n_rows // shown.n_a_page)
    wanted = (("first", 1), ("earlier", shown.page - 1), ("later", shown.page + 1), ("last", last))
    links = [
        (Link(text=say.plain(name), to=table_at(shown.asked, facet=facet, page=at, is_whole=shown.is_whole)),)
        for name, at in wanted
        if 1 <= at <= last
        and at != shown.page
        and not (name == "first" and shown.page == 2)
        and not (name == "last" and shown.page == last - 1)
    ]
    if shown.n_a_page < min(_ROWS, shown.counted.n_rows):
        whole_at = (shown.page - 1) * shown.n_a_page // _ROWS + 1
        to = table_at(shown.asked, facet=facet, page=whole_at, is_whole=True)
        links.append((Link(text=say.plain("whole").format(n=_ROWS), to=to),))
    return joined(links, " · ")


def _columns_form(shown: _Shown, say: Wording) -> Folded:
    asked = shown.asked
    everything = table_at(dataclasses.replace(asked, columns=(ALL,)))
    chosen = Form(
        to=f"/tables/{asked.table}",
        button=say.plain("show_columns"),
        fields=(
            *_kept(asked, but="columns"),
            *(
                Field(
                    name="columns",
                    label=name,
                    kind="check",
                    value="on" if name in shown.columns else "",
                    options=((name, name),),
                )
                for name in shown.kinds
            ),
        ),
    )
    return Folded(
        summary=say.plain("columns").format(
            shown=len(shown.columns), of=number(len(shown.kinds), say.language)
        ),
        blocks=(
            Paragraph(text=say("all_columns", link=Link(text=say.plain("all_columns_link"), to=everything))),
            chosen,
        ),
    )
