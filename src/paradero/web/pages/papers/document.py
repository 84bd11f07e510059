"""One page of a document: what it mentions, highlighted among the words around it, names left out."""

from __future__ import annotations

from paradero.answers.documents.document_values import ShownMention
from paradero.answers.documents.documents import read_document, report_of_document, shown_page
from paradero.answers.words import Words
from paradero.building.documents import document_named
from paradero.reports.content.blocks import Code, Link, Page, Piece, Section, Stated, Table, Text
from paradero.reports.content.wording import Wording
from paradero.reports.pages.case_page import whole
from paradero.reports.pages.material import Material
from paradero.reports.text.documents_text import reading_text, remarks
from paradero.web.addresses import page_at, with_options
from paradero.web.asking import Asking

PATH = "/documents/{name}"
OPTIONS = ("page",)
IS_ABOUT_ROWS = True
_MOST_PAGES = 1_000_000


def page(asking: Asking) -> Page:
    """The page that is asked for, the first unless another is. Raises UnknownName where there is none."""
    say = Wording("documents", asking.language)
    words = Words(asking.language)
    case = asking.standing.case
    one = document_named(case, asking.name("name"))
    read = read_document(one, report_of_document(case, one))
    at = asking.whole_number("page", 1, most=_MOST_PAGES)
    shown = shown_page(case, one.document, at)
    heads = tuple(say.plain(each) for each in ("mention", "reads", "state"))
    table = Table(
        caption=say.plain("mentions"), heads=heads, rows=tuple(_line(each, words) for each in shown)
    )
    number, last = Stated(text=str(at)), Stated(text=str(read.pages))
    section = Section(
        id="mentions",
        name=say.plain("mentions"),
        title=say("on_page" if shown else "none_on_page", page=number, of=last),
        sub=(*say("hidden"), " ", *(Stated(text=f"{each} ") for each in remarks(read, words))),
        blocks=(table,) if shown else (),
    )
    return whole(
        Material(asking.standing.asked(), asking.language, is_site=True),
        say,
        kicker=say("kicker_document", id=Code(text=one.document)),
        title=(Stated(text=f"{one.file_name}, "), *say("page_of", page=number, of=last)),
        lead=_turns(one.document, at, read.pages, say),
        findings=(),
        found=[section],
    )


def _turns(document: str, at: int, last: int, say: Wording) -> Text:
    pieces: list[Piece] = [*say("lead_document")]
    for name, other in (("before", at - 1), ("after", at + 1)):
        if 1 <= other <= last:
            to = with_options(page_at("documents", document), {"page": str(other)})
            pieces += [" ", Link(text=say.plain(name), to=to)]
    return tuple(pieces)


def _line(one: ShownMention, words: Words) -> tuple[Text, ...]:
    mention = one.mention
    link = Link(text=" ".join(mention.text.split()), to=page_at("mention", mention.mention))
    state = words(f"mention_{mention.state}")
    return (
        (Stated(text=f"{one.before} "), link, Stated(text=f" {one.after}")),
        (Stated(text=f"{words(f'mention_kind_{mention.kind}')}: {reading_text(mention, words)}"),),
        (Stated(text=state if not mention.decided else f"{state}: {mention.decided}"),),
    )
