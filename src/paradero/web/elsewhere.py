"""A page elsewhere than on the site: one chart or part of it in a frame of another's page, the whole as PDF."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator

from paradero.disclosure.asked import Publishing
from paradero.model.errors import UnknownName
from paradero.reports.content.blocks import Anchored, Block, Chart, Folded, Link, Page, Section, Table, Text
from paradero.reports.content.wording import Wording, plain_text
from paradero.reports.leaving import labelled
from paradero.reports.pdf.pages import pdf_of
from paradero.web.addresses import with_options
from paradero.web.asking import Asking, NotServed
from paradero.web.page_modules import PageModule
from paradero.web.writing import has_paper, written


def embedded(module: PageModule, asking: Asking, part: str) -> bytes:
    """A chart by its id, or the charts and tables of a section by its own, with the source, the label and a link
    to the page. Raises UnknownName where the page has no such part.
    """
    page = _page(module, asking)
    say = Wording("site", asking.language)
    chart = next((each for each in _charts(_blocks(page)) if each.id == part), None)
    section = next((each for each in page.sections if each.id == part), None)
    title: Text
    blocks: tuple[Block, ...]
    if chart is not None:
        title, blocks = (chart.title,), (chart,)
    elif section is not None:
        title, blocks = (
            section.title,
            tuple(each for each in section.blocks if isinstance(each, Chart | Table)),
        )
    else:
        raise UnknownName(plain_text(say("no_such_part", part=part)))
    to = with_options(asking.path, {name: list(values) for name, values in asking.options.items()})
    alone = dataclasses.replace(
        page,
        title=title,
        sections=(Section(id=part, name="", title=(), blocks=blocks),),
        foot=(say("from_page", page=Link(text=plain_text(page.title), to=to)), page.cite),
    )
    return written(asking, alone, kind="embed")


def printed(module: PageModule, asking: Asking, part: str = "") -> bytes:
    """The page as PDF, whole (`part` is empty), the rows it rests on at its end. Raises NotServed where this machine cannot write any."""
    if part or not has_paper(asking.path):
        raise UnknownName(f"`{asking.path}`: this page has no PDF. Print it from the browser.")
    asking = dataclasses.replace(asking, is_on_paper=True)
    page = labelled(
        asking.standing.case, _page(module, asking), Publishing() if asking.standing.is_public else None
    )
    try:
        import typst  # noqa: F401  pdf_of needs it
    except ImportError as error:
        raise NotServed("This site writes no PDF: the machine it runs on lacks `paradero[print]`.") from error
    return pdf_of(page)


def _page(module: PageModule, asking: Asking) -> Page:
    if module.page is None:
        raise UnknownName(f"`{asking.path}`: a file is no page. Ask for the file itself.")
    return module.page(asking)


def _blocks(page: Page) -> Iterator[Block]:
    for section in page.sections:
        yield from section.blocks


def _charts(blocks: Iterable[Block]) -> Iterator[Chart]:
    for each in blocks:
        if isinstance(each, Chart):
            yield each
        elif isinstance(each, Folded | Anchored):
            yield from _charts(each.blocks)
