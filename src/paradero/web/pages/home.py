"""The first page: what the casefile covers, how to look something up, what was found, and the ways in."""

from __future__ import annotations

import dataclasses

from paradero.reports.content.blocks import Link, Page, Points, Section, Stated
from paradero.reports.content.wording import Wording
from paradero.reports.pages.published_page import published_page
from paradero.reports.pages.writing import page_of
from paradero.web.asking import Asking
from paradero.web.ways import ways_into
from paradero.web.writing import search_form

PATH = "/"
LEAVES = True  # of a private list in public it has what passed the gate


def page(asking: Asking) -> Page:
    """The findings of the case report, under the search and above the ways into the casefile."""
    say = Wording("site", asking.language)
    standing = asking.standing
    ways = tuple(
        (
            Link(text=say.plain(f"way_{way.name}"), to=way.path),
            Stated(text=f": {say.plain(f'way_{way.name}_is')}"),
        )
        for way in ways_into(standing, is_of_files=asking.is_of_files)
    )
    section = Section(id="ways", name=say.plain("ways"), title=say("ways"), blocks=(Points(items=ways),))
    if standing.keeps_rows_in and standing.published is not None:
        counts = published_page(standing.case, standing.published[asking.language], asking.language)
        return dataclasses.replace(counts, sections=(*counts.sections, section))
    whole = page_of(standing.case, "case", language=asking.language, asked=standing.asked(), is_site=True)
    return dataclasses.replace(whole, kicker=say("home_kicker"), sections=(section,), form=search_form(say))
