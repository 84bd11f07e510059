"""The search: what the words typed can mean in this casefile."""

from __future__ import annotations

import dataclasses
import datetime as dt

from paradero.answers.finding import LEAST_ID, Found, find, nameable
from paradero.casefile.originals import sources_of
from paradero.reports.content.blocks import Link, Named, Page, Piece, Row, Section, Stated, Table, Text
from paradero.reports.content.numbers import day
from paradero.reports.content.wording import Wording
from paradero.reports.pages.case_page import whole
from paradero.reports.pages.material import Material
from paradero.web.addresses import page_at, with_options
from paradero.web.asking import Asking
from paradero.web.parts.dated import dated
from paradero.web.writing import search_form

PATH = "/search"
OPTIONS = ("q",)


def page(asking: Asking) -> Page:
    """What was found, the nearest first, with what kind of thing it is."""
    standing = asking.standing
    say = Wording("search", asking.language)
    text = asking.option("q")
    asked = standing.asked()
    known = standing.shared(("nameable",), lambda: nameable(standing.case, asked.law))
    date = dated(text)
    found = find(standing.case, text, known)
    if date.day is not None and not any(one.kind in ("person", "row") for one in found):
        found = find(standing.case, date.words, known)
    if standing.keeps_rows_in:
        found = [one for one in found if one.kind not in ("person", "row")]
    is_short = 0 < len(text) < LEAST_ID and not standing.keeps_rows_in
    is_short = is_short and not any(one.kind == "person" for one in found)
    is_several = len({source.release for source in sources_of(standing.case)}) > 1
    sections = []
    if found:
        heads = tuple(say.plain(each) for each in ("name", "kind", "detail"))
        rows = tuple(
            (
                (_linked(one, is_several, date.day, say),),
                (say.code("thing", one.kind),),
                (Stated(text=one.detail or "–"),),
            )
            for one in found
        )
        sections.append(
            Section(
                id="found",
                name=say.plain("found_name"),
                title=say("found_name"),
                blocks=(Table(caption=say.plain("caption"), heads=heads, rows=rows),),
            )
        )
    made = whole(
        Material(asked, asking.language, is_site=True),
        say,
        kicker=say("kicker"),
        title=_title(text, found, say),
        lead=(
            *(say("short", text=Stated(text=text)) if is_short else ()),
            *say("lead" if found or not text else "lead_none"),
        ),
        findings=(),
        found=sections,
    )
    return dataclasses.replace(made, form=search_form(Wording("site", asking.language), text))


def _title(text: str, found: list[Found], say: Wording) -> Text:
    if not text:
        return say("title")
    if not found:
        return say("nothing", text=Stated(text=text))
    return say("one" if len(found) == 1 else "some", n=Stated(text=str(len(found))), text=Stated(text=text))


def _linked(one: Found, is_several: bool, on: dt.date | None, say: Wording) -> Piece:
    """A thing that was found as a link; a facility on the day that was asked for."""
    text = say.of(one.text, one.text_es)
    if one.kind == "facility" and on is not None:
        return Link(
            text=f"{text}, {day(on.isoformat(), say.language)}",
            to=with_options(page_at("facility", one.name), {"day": on.isoformat()}),
        )
    if one.kind == "row":
        return Row(address=one.name, text=text)
    if one.kind == "document":
        return Link(text=text, to=page_at("documents", one.name))
    if one.kind == "person" and is_several:
        return Link(text=text, to=with_options(page_at("person", one.name), {"release": one.detail}))
    if one.kind == "aircraft":
        return Link(text=text, to="/flights")
    return Named(text=text, about=one.kind, name=one.name)
