"""One chart or part of a page, alone: for a frame in somebody else's page."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator

from paradero.model.errors import UnknownName
from paradero.reports.content.blocks import Anchored, Block, Chart, Folded, Link, Page, Section, Table, Text
from paradero.reports.content.wording import Wording, plain_text
from paradero.web.addresses import with_options
from paradero.web.asking import Asking
from paradero.web.outside.pages import page_for
from paradero.web.page_modules import PageModule
from paradero.web.writing import written


def embedded(module: PageModule, asking: Asking, part: str) -> bytes:
    """A chart by its id, or the charts and tables of a section by its own, with the source, the label and a
    link to the page. Raises UnknownName where the page has no such part.
    """
    page = page_for(module, asking)
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


def _blocks(page: Page) -> Iterator[Block]:
    for section in page.sections:
        yield from section.blocks


def _charts(blocks: Iterable[Block]) -> Iterator[Chart]:
    for each in blocks:
        if isinstance(each, Chart):
            yield each
        elif isinstance(each, Folded | Anchored):
            yield from _charts(each.blocks)
