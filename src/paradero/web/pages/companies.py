"""The companies and agencies of the casefile, each with what it stands behind."""

from __future__ import annotations

from paradero.answers.companies.companies import WITH_PAGES, ListedCompany, listed_companies
from paradero.answers.companies.company_graph import graph_of
from paradero.reports.content.blocks import Named, Page, Section, Stated, Table, Text
from paradero.reports.content.wording import Wording
from paradero.reports.pages.case_page import whole
from paradero.reports.pages.material import Material
from paradero.web.asking import Asking
from paradero.web.parts.paging import paged

PATH = "/companies"
OPTIONS = ("page",)


def page(asking: Asking) -> Page:
    """The list by kind and name, fifty a page."""
    say = Wording("companies", asking.language)
    case = asking.standing.case
    every = asking.standing.shared(("companies",), lambda: listed_companies(graph_of(case)))
    rows, more = paged(asking, every, option="page", say=say)
    heads = tuple(say.plain(each) for each in ("name", "kind", "links"))
    table = Table(
        caption=say.plain("caption"),
        heads=heads,
        rows=tuple(_line(one) for one in rows),
        right=(2,),
        more=more,
    )
    found = [Section(id="list", name=say.plain("caption"), title=say("caption"), blocks=(table,))]
    return whole(
        Material(asking.standing.asked(), asking.language, is_site=True),
        say,
        kicker=say("kicker"),
        title=say("title" if every else "nothing", n=Stated(text=f"{len(every):,}")),
        lead=say("lead" if every else "lead_nothing"),
        findings=(),
        found=found if rows else [],
    )


def _line(one: ListedCompany) -> tuple[Text, ...]:
    return (
        (
            Named(text=one.name, about="company", name=one.key)
            if one.kind in WITH_PAGES
            else Stated(text=one.name),
        ),
        (Stated(text=one.kind),),
        (Stated(text=f"{one.n_in + one.n_out:,}"),),
    )
