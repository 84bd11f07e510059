"""Requests as a page to print, to edit or to send: each with its draft, then what is public."""

from __future__ import annotations

from paradero import __version__
from paradero.answers.verdicts.requests import LookUp, Request, Wanting
from paradero.answers.words import Words
from paradero.casefile.folder import Casefile
from paradero.reports.content.blocks import Code, Page, Paragraph, Points, Section, Stated
from paradero.reports.content.scopes import scope_in
from paradero.reports.content.wording import Wording
from paradero.reports.pages.case_page import is_fabricated
from paradero.reports.text.requests_text import about_request, lookup_text


def requests_page(case: Casefile, wanting: Wanting, digest: str, language: str) -> Page:
    """A section a request, its draft a paragraph a line, and a last one of what is to be looked up; `digest`
    is that of the audit.
    """
    settings = case.settings()
    say, words, common = Wording("requests", language), Words(language), Wording("page", language)
    sections = [_section(each, words) for each in wanting.requests]
    if wanting.lookups:
        sections.append(_lookups(wanting.lookups, words))
    return Page(
        language=language,
        case=settings.title,
        kicker=say("name"),
        title=say("page_title"),
        lead=(words("requests_check"),),
        label=common.plain("fabricated") if is_fabricated(case) else "",
        findings=(),
        sections=tuple(sections),
        cite=common(
            "cite",
            title=Stated(text=settings.title),
            version=Stated(text=__version__),
            digest=Code(text=digest[:12]),
        ),
        foot=((scope_in(settings.scope, language),),),
    )


def _section(one: Request, words: Words) -> Section:
    title = words("request_title", rank=one.rank, what=one.what)
    above = [Paragraph(text=(Stated(text=line),), kind="small") for line in about_request(one, words)]
    draft = [Paragraph(text=(Stated(text=line),)) for line in one.draft.split("\n")]
    return Section(
        id=f"request-{one.rank}", name=str(one.rank), title=(Stated(text=title),), blocks=(*above, *draft)
    )


def _lookups(found: list[LookUp], words: Words) -> Section:
    items = tuple((Stated(text=lookup_text(each, words).removeprefix("- ")),) for each in found)
    title = words("lookups_title")
    return Section(id="lookups", name=title, title=(title,), blocks=(Points(items=items),))
