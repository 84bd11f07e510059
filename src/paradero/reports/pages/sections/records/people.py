"""Whose records these are: releases, what they cover, how histories end."""

from __future__ import annotations

from paradero.answers.status import ReleaseStatus
from paradero.figures.computing import slug
from paradero.reports.content.blocks import Block, Section, Stated, Table, Text
from paradero.reports.content.numbers import day
from paradero.reports.content.wording import Wording
from paradero.reports.pages.material import Material

RANK = 10


def section(material: Material) -> Section | None:
    """A line a release: from when to when its records look, how many people and stays it has."""
    say = material.wording("people")
    releases = material.rows("releases", ReleaseStatus)
    if not releases:
        return None
    rows = tuple(
        (
            (Stated(text=one.release),),
            _cover(one, say),
            (say.bare(material.figure(_id("people-recorded", one))),),
            (say.bare(material.figure(_id("stays-recorded", one))),),
        )
        for one in releases
    )
    heads = tuple(say.plain(name) for name in ("release", "cover", "people", "stays"))
    table = Table(caption=say.plain("caption"), heads=heads, rows=rows, right=(2, 3))
    blocks: tuple[Block, ...] = (table,)
    first = material.figure(_id("people-recorded", releases[0]))
    title = (
        say("title", people=first)
        if len(releases) == 1
        else say("title_several", n=Stated(text=str(len(releases))))
    )
    return Section(id="people", name=say.plain("name"), title=title, sub=say("sub"), blocks=blocks)


def _id(name: str, one: ReleaseStatus) -> str:
    return f"{name}/{slug(one.release)}"


def _cover(one: ReleaseStatus, say: Wording) -> Text:
    if one.covered_from is None or one.covered_until is None:
        return say("cover_unknown")
    begin, end = day(one.covered_from, say.language), day(one.covered_until, say.language)
    return say("cover_span", begin=Stated(text=begin), end=Stated(text=end))
