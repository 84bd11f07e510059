"""Who runs a facility, owns it or is paid for it: links of companies to it, with who says each."""

from __future__ import annotations

from paradero.answers.companies.company_graph import graph_of
from paradero.answers.companies.exposure import exposure_of
from paradero.answers.companies.exposure_values import Link
from paradero.model.errors import UnknownName
from paradero.reports.content.blocks import Code, Section, Stated, Table, Text
from paradero.reports.content.wording import Wording, joined
from paradero.reports.pages.material import Material
from paradero.reports.pages.parts.links import cited, holding, in_words
from paradero.reports.pages.parts.places import facility_of

RANK = 80
_SHOWN = 8


def section(material: Material) -> Section | None:
    """The links that end at the facility; that none is named, where none is."""
    code, say = facility_of(material), material.wording("facility")
    links = _links(material, code)
    name = say.plain("contracts_name")
    if not links:
        return Section(id="contracts", name=name, title=say("contracts_none"))
    heads = tuple(say.plain(each) for each in ("link", "holds", "said_by"))
    table = Table(
        caption=say.plain("caption_contracts"),
        heads=heads,
        rows=tuple(_line(each, say) for each in links[:_SHOWN]),
    )
    return Section(
        id="contracts",
        name=name,
        title=say("contracts"),
        sub=say("contracts_sub", command=Code(text=f"paradero exposure {code}")),
        blocks=(table,),
    )


def _links(material: Material, code: str) -> list[Link]:
    try:
        companies = material.asked.worked_out("companies", lambda asked: graph_of(asked.case), True)
        found = exposure_of(companies, code)
    except UnknownName:  # nothing but rows of people names it
        return []
    return [each for each in found.paths if each.direction == "up"]


def _line(link: Link, say: Wording) -> tuple[Text, ...]:
    words = Wording("company", say.language)
    said = [cited(step.citations, words) for step in link.edges if step.citations]
    return (
        in_words(link, say.language),
        (Stated(text=holding(link, say.language)),),
        joined(said, "; ") or (Stated(text="–"),),
    )
