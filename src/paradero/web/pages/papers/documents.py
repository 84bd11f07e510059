"""The documents of the casefile: how each was read, and how many of its mentions nobody has decided on."""

from __future__ import annotations

from paradero.answers.documents.document_values import ListedDocument
from paradero.answers.documents.documents import listed_documents
from paradero.reports.content.blocks import Code, Link, Page, Section, Stated, Table, Text
from paradero.reports.content.wording import Wording
from paradero.reports.pages.case_page import whole
from paradero.reports.pages.material import Material
from paradero.web.addresses import page_at
from paradero.web.asking import Asking

PATH = "/documents"
IS_ABOUT_ROWS = True


def page(asking: Asking) -> Page:
    """The list of documents."""
    say = Wording("documents", asking.language)
    standing = asking.standing
    every = standing.shared(("documents",), lambda: listed_documents(standing.case))
    n_open = sum(one.open for one in every)
    heads = tuple(say.plain(each) for each in ("document", "pages", "mentions", "open", "hash"))
    table = Table(
        caption=say.plain("caption"), heads=heads, rows=tuple(_line(one) for one in every), right=(1, 2, 3)
    )
    found = [Section(id="list", name=say.plain("caption"), title=say("caption"), blocks=(table,))]
    return whole(
        Material(standing.asked(), asking.language, is_site=True),
        say,
        kicker=say("kicker"),
        title=say("title" if every else "nothing", n=Stated(text=f"{n_open:,}")),
        lead=say("lead" if every else "lead_nothing"),
        findings=(),
        found=found if every else [],
    )


def _line(one: ListedDocument) -> tuple[Text, ...]:
    return (
        (Link(text=one.file_name, to=page_at("documents", one.document)),),
        (Stated(text=f"{one.pages:,}"),),
        (Stated(text=f"{one.mentions:,}"),),
        (Stated(text=f"{one.open:,}"),),
        (Code(text=one.sha256[:12]),),
    )
