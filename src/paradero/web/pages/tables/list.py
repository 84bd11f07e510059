"""Every documented table and view of the casefile."""

from __future__ import annotations

from paradero.answers.explaining import ExplainedStep, table_list
from paradero.reports.content.blocks import Field, Form, Link, Page, Section, Stated, Table, Text
from paradero.reports.content.numbers import number
from paradero.reports.content.wording import Wording
from paradero.reports.pages.case_page import whole
from paradero.reports.pages.material import Material
from paradero.web.addresses import page_at
from paradero.web.asking import Asking

PATH = "/tables"
OPTIONS = ("q",)

_SECTIONS = (("kept", "table"), ("computed", "view"), ("taken_in", "as taken in"), ("given", "given"))


def page(asking: Asking) -> Page:
    """All tables, or those whose name or title holds what is looked for."""
    say = Wording("tables", asking.language)
    looked_for = asking.option("q")
    found = [
        one
        for one in table_list(asking.standing.case)
        if looked_for.lower() in f"{one.table} {one.title}".lower()
    ]
    return whole(
        Material(asking.standing.asked(), asking.language, is_site=True),
        say,
        kicker=say("kicker"),
        title=say("title"),
        lead=say("lead") if found else say("lead_nothing", text=Stated(text=looked_for)),
        findings=(),
        found=[
            _section(name, [one for one in found if one.kept == kept], looked_for, say)
            for name, kept in _SECTIONS
            if any(one.kept == kept for one in found)
        ],
    )


def _section(name: str, tables: list[ExplainedStep], looked_for: str, say: Wording) -> Section:
    form = Form(
        to="/tables",
        button=say.plain("find"),
        fields=(Field(name="q", label=say.plain("look_for"), value=looked_for),),
    )
    table = Table(
        caption=say.plain(name),
        heads=tuple(say.plain(each) for each in ("table", "what", "rows")),
        rows=tuple(_row(one, say) for one in tables),
        right=(2,),
    )
    blocks = (form, table) if name == _SECTIONS[0][0] else (table,)
    return Section(id=name, name=say.plain(name), title=say(name), sub=say(f"{name}_sub"), blocks=blocks)


def _row(one: ExplainedStep, say: Wording) -> tuple[Text, ...]:
    return (
        (Link(text=one.table, to=page_at("tables", one.table)),),
        say("recorded", text=say.stated(one.title)),
        say("when_asked") if one.rows is None else (Stated(text=number(one.rows, say.language)),),
    )
