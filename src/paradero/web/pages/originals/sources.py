"""The originals of the casefile: each file with its hash, its release and what became of its rows."""

from __future__ import annotations

from paradero.answers.source_status import SourceStatus
from paradero.answers.status import Status, status_of
from paradero.reports.content.blocks import Code, Link, Page, Section, Stated, Table, Text
from paradero.reports.content.numbers import number, word
from paradero.reports.content.wording import Wording
from paradero.reports.pages.case_page import whole
from paradero.reports.pages.material import Material
from paradero.web.addresses import page_at
from paradero.web.asking import Asking
from paradero.web.standing import Standing

PATH = "/sources"


def page(asking: Asking) -> Page:
    """Every original and every document of the casefile."""
    say = Wording("originals", asking.language)
    status = status_of_standing(asking.standing)
    return whole(
        Material(asking.standing.asked(), asking.language, is_site=True),
        say,
        kicker=say("kicker"),
        title=say("title"),
        lead=say("lead" if status.sources else "lead_nothing"),
        findings=(),
        found=[part for part in (_files(status, say), _documents(status, say)) if part is not None],
    )


def status_of_standing(standing: Standing) -> Status:
    """What the casefile holds, worked out once for all pages on originals."""
    return standing.shared(("status",), lambda: status_of(standing.case))


def _files(status: Status, say: Wording) -> Section | None:
    if not status.sources:
        return None
    heads = ("file", "release", "kinds", "days", "rows_in", "rows_kept", "rejected")
    return Section(
        id="files",
        name=say.plain("files"),
        title=say("files"),
        sub=say("files_sub"),
        blocks=(
            Table(
                caption=say.plain("files_caption"),
                heads=tuple(say.plain(each) for each in heads),
                rows=tuple(_file(each, say) for each in status.sources),
                right=(4, 5, 6),
            ),
        ),
    )


def _file(one: SourceStatus, say: Wording) -> tuple[Text, ...]:
    return (
        (Link(text=one.file_name, to=page_at("sources", one.source)), " ", Code(text=one.source)),
        (Stated(text=one.release),),
        (Stated(text=one.kinds),),
        (Stated(text=days_of(one, say)),),
        count_of(one.rows_in, say),
        count_of(one.rows_kept, say),
        count_of(one.cells_rejected, say),
    )


def days_of(one: SourceStatus, say: Wording) -> str:
    """From which day to which a file reaches, as its own dates say."""
    if one.first is None or one.last is None:
        return say.plain("no_days")
    return f"{one.first} {word('to', say.language)} {one.last}"


def count_of(n: int | None, say: Wording) -> Text:
    """A count of rows or cells; said where the file was not read."""
    return (Stated(text=say.plain("not_read") if n is None else number(n, say.language)),)


def _documents(status: Status, say: Wording) -> Section | None:
    if not status.documents:
        return None
    heads = ("file", "mentions")
    return Section(
        id="documents",
        name=say.plain("documents"),
        title=say("documents"),
        blocks=(
            Table(
                caption=say.plain("documents"),
                heads=tuple(say.plain(each) for each in heads),
                rows=tuple(
                    (
                        (Stated(text=each.file_name), " ", Code(text=each.document)),
                        count_of(each.mentions, say),
                    )
                    for each in status.documents
                ),
                right=(1,),
            ),
        ),
    )
