"""Requests as a page to print, to edit or to send: each with its draft, then what is public."""

from __future__ import annotations

from paradero.answers.verdicts.asking.request_values import LookUp, Request, Wanting
from paradero.answers.words import Words
from paradero.reports.content.blocks import Page, Paragraph, Points, Section, Stated
from paradero.reports.pages.case_page import whole
from paradero.reports.pages.material import Material
from paradero.reports.text.requests_text import about_request, lookup_text, proposed_line


def requests_page(material: Material, wanting: Wanting) -> Page:
    """A section a request, its draft a paragraph a line, and a last one of what is to be looked up."""
    say, words = material.wording("requests"), Words(material.language)
    sections = [_section(each, words) for each in wanting.requests]
    if wanting.lookups:
        sections.append(_lookups(wanting.lookups, words))
    return whole(
        material,
        say,
        kicker=say("name"),
        title=say("page_title"),
        lead=(words("requests_check"),),
        findings=(),
        found=sections,
    )


def _section(one: Request, words: Words) -> Section:
    title = words("request_title", rank=one.rank, what=one.what)
    above = [Paragraph(text=(Stated(text=line),), kind="small") for line in about_request(one, words)]
    draft = _paragraphs(one.draft)
    for each in one.besides:
        draft.append(Paragraph(text=(Stated(text=proposed_line(each, words)),), kind="small"))
        draft += _paragraphs(each.draft)
    return Section(
        id=f"request-{one.rank}", name=str(one.rank), title=(Stated(text=title),), blocks=(*above, *draft)
    )


def _paragraphs(draft: str) -> list[Paragraph]:
    return [Paragraph(text=(Stated(text=line),)) for line in draft.split("\n")]


def _lookups(found: list[LookUp], words: Words) -> Section:
    items = tuple((Stated(text=lookup_text(each, words).removeprefix("- ")),) for each in found)
    title = words("lookups_title")
    return Section(id="lookups", name=title, title=(title,), blocks=(Points(items=items),))
