"""The facilities of the records, a line each, by name, state or how many stints they have."""

from __future__ import annotations

import dataclasses

from paradero.answers.finding import folded
from paradero.building.receipts import current
from paradero.building.tables import open_tables
from paradero.engines.queries import query
from paradero.model.naming import unknown
from paradero.reports.content.blocks import Code, Field, Form, Link, Named, Page, Section, Stated, Table, Text
from paradero.reports.content.wording import Wording
from paradero.reports.pages.case_page import whole
from paradero.reports.pages.material import Material
from paradero.web.asking import Asking
from paradero.web.parts.listed import QUERIES, Place
from paradero.web.parts.paging import paged

PATH = "/facilities"
OPTIONS = ("q", "state", "sort", "page")
_SORTS = ("stints", "name", "state")


def page(asking: Asking) -> Page:
    """The list, fifty a page, those with the most stints first unless asked otherwise."""
    say = Wording("facilities", asking.language)
    sort = asking.option("sort", "stints")
    if sort not in _SORTS:
        raise unknown("an order of facilities", sort, _SORTS)
    every = asking.standing.shared(("facilities",), lambda: _places(asking))
    state, text = asking.option("state").upper(), folded(asking.option("q"))
    wanted = [
        one
        for one in every
        if state in ("", (one.state or "").upper())
        and text in folded(" ".join(each for each in (one.code, one.name, one.city) if each))
    ]
    rows, more = paged(asking, sorted(wanted, key=_KEYS[sort]), option="page", say=say)
    states = sorted({one.state for one in every if one.state})
    form = Form(
        to="/facilities",
        button=say.plain("show"),
        fields=(
            Field(name="q", label=say.plain("part"), value=asking.option("q")),
            Field(
                name="state",
                label=say.plain("state"),
                kind="choice",
                value=state,
                options=(("", say.plain("all_states")), *((each, each) for each in states)),
            ),
            Field(
                name="sort",
                label=say.plain("sort"),
                kind="choice",
                value=sort,
                options=tuple((each, say.plain(f"sort_{each}")) for each in _SORTS),
            ),
        ),
    )
    heads = tuple(say.plain(each) for each in ("name", "place", "type", "stints"))
    table = Table(
        caption=say.plain("caption"),
        heads=heads,
        rows=tuple(_line(one) for one in rows),
        right=(3,),
        more=more,
    )
    found = [Section(id="list", name=say.plain("caption"), title=say("caption"), blocks=(table,))]
    made = whole(
        Material(asking.standing.asked(), asking.language, is_site=True),
        say,
        kicker=say("kicker"),
        title=say("title" if wanted else "nothing", n=Stated(text=f"{len(wanted):,}")),
        lead=say("lead" if wanted else "lead_nothing"),
        findings=(),
        found=found if rows else [],
    )
    # the file is of all facilities: under a filter it would be other rows than these
    files = () if state or text else (Link(text="csv", to="/files/tables/facilities.csv"),)
    return dataclasses.replace(made, form=form, files=files)


_KEYS = {
    "stints": lambda one: (-one.n_stints, one.code),
    "name": lambda one: (folded(one.name or one.code), one.code),
    "state": lambda one: (one.state or "~", folded(one.name or one.code), one.code),
}


def _places(asking: Asking) -> list[Place]:
    if current(asking.standing.case) is None:
        return []
    with open_tables(asking.standing.case, "facilities") as built:
        return [Place(**row) for row in built.rows(query(QUERIES, "facilities"))]


def _line(one: Place) -> tuple[Text, ...]:
    where = ", ".join(each for each in (one.city, one.state) if each)
    return (
        (Named(text=one.name or one.code, about="facility", name=one.code), " ", Code(text=one.code)),
        (Stated(text=where or "–"),),
        (Stated(text=one.kind or "–"),),
        (Stated(text=f"{one.n_stints:,}"),),
    )
