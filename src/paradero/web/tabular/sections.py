"""Below the rows of a table: counts by a column, ways to take it away, what its columns mean."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from paradero.answers.tables.browsing import ALL, Facet, TableAsked
from paradero.answers.tables.filters import Filter
from paradero.answers.tables.notebook import python_lines, r_lines
from paradero.exports.formats import endings
from paradero.reports.content.blocks import (
    Code,
    Link,
    Listing,
    Paragraph,
    Points,
    Section,
    Stated,
    Table,
    Text,
)
from paradero.reports.content.numbers import number
from paradero.reports.content.wording import Wording
from paradero.web.addresses import with_options
from paradero.web.asking import Asking
from paradero.web.tabular.cells import cell
from paradero.web.tabular.meanings import meaning_in_words
from paradero.web.tabular.options import ENDINGS, file_at, table_at, with_filter

TAKE = "take"  # the part of the page that says how the table can be had


def counts(asked: TableAsked, facet: Facet, say: Wording) -> Section:
    """How many rows have each value of a column, each value a link to the rows that have it."""
    rows: list[tuple[Text, ...]] = []
    for one in facet.counts:
        value = cell(facet.column, {facet.column: one.value}, say)
        operator = "empty" if one.value is None else "is"
        text = "" if one.value is None else str(one.value)
        added = with_filter(asked, Filter(column=facet.column, operator=operator, value=text))
        link = Link(text=say.plain("only_these"), to=table_at(dataclasses.replace(asked, filters=added)))
        is_text = operator == "empty" or (text.strip() != "" and not isinstance(one.value, list))
        rows.append(
            (
                value or say("no_value"),
                (Stated(text=number(one.n, say.language)),),
                (link,) if is_text else (),
            )
        )
    more: Text = ()
    if facet.n_values:
        more = say(
            "more_values",
            values=Stated(text=number(facet.n_values, say.language)),
            rows=Stated(text=number(facet.n_others, say.language)),
        )
    return Section(
        id="counts",
        name=say.plain("counts_name"),
        title=say("counts", column=Code(text=facet.column)),
        blocks=(
            Table(
                caption=facet.column,
                heads=tuple(say.plain(each) for each in ("value", "n_rows", "filter")),
                rows=tuple(rows),
                right=(1,),
                more=more,
            ),
        ),
    )


def take_away(
    asking: Asking, asked: TableAsked, kinds: Mapping[str, str], columns: tuple[str, ...], say: Wording
) -> Section:
    """Files, and the lines that give the same in Python and R."""
    folder = "my-case" if asking.standing.is_public else str(asking.standing.case.root)
    whole_table = TableAsked(table=asked.table, columns=(ALL,))
    files: list[Text] = [(Link(text=f"{asked.table}{each}", to=file_at(asked, each)),) for each in ENDINGS]
    more = Stated(text=", ".join(each for each in endings() if each not in ENDINGS))
    return Section(
        id=TAKE,
        name=say.plain("take"),
        title=say("take"),
        sub=say("take_sub"),
        blocks=(
            *([Paragraph(text=say("of_files"))] if asking.is_of_files else []),
            Points(items=tuple(files)),
            Paragraph(text=say("other_formats", formats=more, table=Code(text=asked.table)), kind="small"),
            Paragraph(text=say("python")),
            Listing(text=python_lines(asked, kinds, columns, folder)),
            Paragraph(
                text=say("r", file=Link(text=f"{asked.table}.parquet", to=file_at(whole_table, ".parquet")))
            ),
            Listing(text=r_lines(asked, kinds, columns)),
        ),
    )


def meanings(
    kinds: Mapping[str, str], columns: tuple[str, ...], described: Mapping[str, str], say: Wording
) -> Section:
    """What each column that is shown means."""
    rows = tuple(
        (
            (Link(text=name, to=with_options("/definitions/columns", {"q": name})),),
            meaning_in_words(name, described.get(name, ""), say.language),
            (Code(text=kinds[name]),),
        )
        for name in columns
    )
    return Section(
        id="meanings",
        name=say.plain("meanings"),
        title=say("meanings"),
        blocks=(
            Table(
                caption=say.plain("meanings"),
                heads=tuple(say.plain(each) for each in ("column", "means", "type")),
                rows=rows,
            ),
        ),
    )
