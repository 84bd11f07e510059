"""A reader's own question in SQL: one SELECT over the documented tables, with its answer."""

from __future__ import annotations

import dataclasses

from paradero.model.errors import CasefileError, ParaderoError
from paradero.reports.content.blocks import (
    Block,
    Field,
    Form,
    Link,
    Listing,
    Page,
    Paragraph,
    Points,
    Section,
    Stated,
    Table,
    Text,
)
from paradero.reports.content.numbers import number
from paradero.reports.content.wording import Wording
from paradero.reports.pages.case_page import whole
from paradero.reports.pages.material import Material
from paradero.web.addresses import with_options
from paradero.web.asking import Asking
from paradero.web.failing import told
from paradero.web.sql.running import SECONDS, Answered, Stopped, answered, check_asked
from paradero.web.tabular.cells import cell

PATH = "/sql"
OPTIONS = ("text",)
IS_ABOUT_ROWS = True
IS_QUERY = True

_ROWS = 1_000
_CELLS = 60_000  # more would be a page that no browser likes
_EXAMPLES = (
    "SELECT end_kind, count(*) AS n FROM chains GROUP BY end_kind ORDER BY n DESC",
    "SELECT detention_facility_code, count(*) AS stints FROM stint_spans\n"
    "WHERE book_in >= us_of(TIMESTAMP '2025-01-01') GROUP BY ALL ORDER BY stints DESC LIMIT 20",
    "SELECT reason, count(*) AS n FROM unaccounted GROUP BY ALL ORDER BY n DESC",
)


def page(asking: Asking) -> Page:
    """The query and its rows, or what is wrong with it. Raises NotServed in public."""
    check_asked(asking.standing)
    say = Wording("sql", asking.language)
    text = asking.option("text")
    found: Answered | None = None
    wrong: Text = ()
    if text:
        try:
            found = answered(asking.standing, text, most_rows=_ROWS)
        except (Stopped, CasefileError):
            raise  # a page that is kept would say so for ever
        except ParaderoError as error:
            wrong = told(error, asking.standing.case, asking.language)
    sections = [_answer(found, say)] if found is not None else []
    said = whole(
        Material(asking.standing.asked(), asking.language, is_site=True),
        say,
        kicker=say("kicker"),
        title=_title(found, wrong, say),
        lead=wrong or say("lead", seconds=Stated(text=str(SECONDS))),
        findings=(),
        found=[*sections, _help(say)],
    )
    form = Form(
        to=PATH,
        button=say.plain("ask"),
        fields=(Field(name="text", label=say.plain("text"), kind="lines", value=text or _EXAMPLES[0]),),
    )
    files = (Link(text="csv", to=with_options("/files/sql/answer.csv", {"text": text})),) if found else ()
    return dataclasses.replace(said, form=form, files=files)


def _title(found: Answered | None, wrong: Text, say: Wording) -> Text:
    if wrong:
        return say("title_wrong")
    if found is None:
        return say("title")
    n = Stated(text=number(found.table.num_rows, say.language))
    if not found.table.num_rows:
        return say("title_none")
    return say("title_cut" if found.is_cut else "title_rows", n=n)


def _answer(found: Answered, say: Wording) -> Section:
    names = tuple(found.table.column_names)
    shown = found.table.slice(0, max(_CELLS // max(len(names), 1), 1))
    rows = tuple(tuple(cell(name, row, say) for name in names) for row in shown.to_pylist())
    left = found.table.num_rows - shown.num_rows
    blocks: list[Block] = [
        Table(caption=say.plain("rows"), heads=names, rows=rows) if rows else Paragraph(text=say("nothing"))
    ]
    if left or found.is_cut:
        blocks.append(Paragraph(text=say("more", n=Stated(text=number(shown.num_rows, say.language)))))
    return Section(id="rows", name=say.plain("rows"), title=say("rows"), blocks=tuple(blocks))


def _help(say: Wording) -> Section:
    blocks: list[Block] = [
        Points(
            items=(
                say("tables", link=Link(text=say.plain("tables_link"), to="/tables")),
                say("clocks"),
                say("addresses"),
                say("bounds"),
            )
        )
    ]
    for each in _EXAMPLES:
        blocks.append(Listing(text=each))
        to = with_options(PATH, {"text": each})
        blocks.append(Paragraph(text=(Link(text=say.plain("run_this"), to=to),)))
    return Section(id="how", name=say.plain("how"), title=say("how"), blocks=tuple(blocks))
