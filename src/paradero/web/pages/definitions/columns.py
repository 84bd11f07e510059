"""The codebook: every column of every table, what it means, and the tables in which it stands."""

from __future__ import annotations

from collections.abc import Mapping

from paradero.answers.explaining import table_list
from paradero.building.receipts import current
from paradero.building.tables import legible, open_tables
from paradero.exports.content import Content
from paradero.reports.content.blocks import (
    Code,
    Field,
    Form,
    Link,
    Page,
    Paragraph,
    Section,
    Stated,
    Table,
    Text,
)
from paradero.reports.content.numbers import number
from paradero.reports.content.wording import Wording, joined, plain_text
from paradero.reports.pages.case_page import whole
from paradero.reports.pages.material import Material
from paradero.web.addresses import page_at, with_options
from paradero.web.asking import Asking
from paradero.web.standing import Standing
from paradero.web.tabular.meanings import meaning_in_words

PATH = "/definitions/columns"
OPTIONS = ("q", "page", "whole")
LEAVES = True  # nothing of it comes from records

_COLUMNS = 100
_MOST_PAGES = 1_000


class _Column:
    """A column name: its type and meaning, the same wherever it stands, and where that is."""

    def __init__(self, kind: str, meaning: str) -> None:
        self.kind = kind
        self.meaning = meaning
        self.tables: list[str] = []


def page(asking: Asking) -> Page:
    """All columns, or those whose name or meaning holds what is looked for."""
    say = Wording("codebook", asking.language)
    looked_for = asking.option("q")
    at = max(asking.whole_number("page", 1, most=_MOST_PAGES), 1)
    columns = asking.standing.shared(("codebook",), lambda: _columns(asking.standing))
    found = [
        (name, one)
        for name, one in sorted(columns.items())
        if looked_for.lower() in _searched(name, one, say)
    ]
    n = Stated(text=number(len(found), say.language))
    shown = found if asking.is_on("whole") else found[(at - 1) * _COLUMNS : at * _COLUMNS]
    return whole(
        Material(asking.standing.asked(), asking.language, is_site=True),
        say,
        kicker=say("columns_kicker"),
        title=say("columns_title_found" if looked_for else "columns_title", n=n),
        lead=say("columns_lead") if found else say("columns_nothing", text=Stated(text=looked_for)),
        findings=(),
        found=[_section(shown, looked_for, at, len(found), say)],
    )


def _columns(standing: Standing) -> Mapping[str, _Column]:
    if current(standing.case) is None:
        return {}  # no tables, no columns
    names = [one.table for one in table_list(standing.case)]
    columns: dict[str, _Column] = {}
    with open_tables(standing.case, *names) as built:
        for table in names:
            content = Content(relation=legible(built, table), name=table, note={})
            meanings = content.meanings
            for column, kind in content.kinds.items():
                one = columns.setdefault(column, _Column(kind, meanings.get(column, "")))
                one.tables.append(table)
    return columns


def _searched(name: str, one: _Column, say: Wording) -> str:
    return f"{name} {plain_text(meaning_in_words(name, one.meaning, say.language))}".lower()


def _section(
    shown: list[tuple[str, _Column]], looked_for: str, at: int, n_found: int, say: Wording
) -> Section:
    form = Form(
        to=PATH,
        button=say.plain("find"),
        fields=(Field(name="q", label=say.plain("look_for"), value=looked_for),),
    )
    links: list[Text] = [
        (Link(text=say.plain(name), to=with_options(PATH, {"q": looked_for, "page": str(there)})),)
        for name, there in (("earlier", at - 1), ("later", at + 1))
        if 1 <= there <= -(-n_found // _COLUMNS) and len(shown) < n_found
    ]
    if len(shown) < n_found:
        links.append(
            (Link(text=say.plain("whole"), to=with_options(PATH, {"q": looked_for, "whole": "on"})),)
        )
    table = Table(
        caption=say.plain("columns"),
        heads=tuple(say.plain(each) for each in ("column", "means", "type", "stands_in")),
        rows=tuple(_row(name, one, say) for name, one in shown),
        more=joined(links, " · "),
    )
    return Section(
        id="columns",
        name=say.plain("columns"),
        title=say("columns"),
        blocks=(form, table) if shown else (form, Paragraph(text=say("columns_none"))),
    )


def _row(name: str, one: _Column, say: Wording) -> tuple[Text, ...]:
    return (
        (Code(text=name),),
        meaning_in_words(name, one.meaning, say.language),
        (Code(text=one.kind),),
        joined([(Link(text=table, to=page_at("tables", table)),) for table in one.tables]),
    )
