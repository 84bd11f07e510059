"""The map: people held by facility at the end of a month, and where people were moved in it."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from typing import Any

from paradero.building.receipts import current
from paradero.building.tables import open_tables
from paradero.engines.queries import query
from paradero.model.naming import unknown
from paradero.reports.charts.marks import svg
from paradero.reports.charts.place_map import NARROW, WIDE, Placed, Route, height_of, place_map, shortened
from paradero.reports.content.blocks import Chart, Field, Form, Named, Page, Section, Stated, Table, Text
from paradero.reports.content.numbers import day, span
from paradero.reports.content.wording import Wording, plain_text
from paradero.reports.pages.case_page import whole
from paradero.reports.pages.material import Material
from paradero.web.asking import Asking
from paradero.web.parts.listed import QUERIES

PATH = "/map"
OPTIONS = ("month", "release")
_MOST_ROUTES = 30
_SAME_PLACE = 0.2  # degrees: rows that lie farther apart name two places


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """What a map is drawn from: all that lists place, the counts of a day, the routes of its month."""

    places: Sequence[Placed]
    routes: Sequence[Route]
    n_disputed: int
    n_unplaced: int
    nowhere: int


def page(asking: Asking) -> Page:
    """The map of the month and release that are asked for, the last ones unless others are. Raises
    UnknownName for a month that no release counts anybody in.
    """
    say = Wording("map", asking.language)
    standing = asking.standing
    days = standing.shared(("map days",), lambda: _days(asking))
    material = Material(standing.asked(), asking.language, is_site=True)
    if not days:
        return whole(
            material,
            say,
            kicker=say("kicker"),
            title=say("nothing"),
            lead=say("lead_nothing"),
            findings=(),
            found=[],
        )
    release = asking.option("release", list(days)[-1])
    if release not in days:
        raise unknown("a release that counts people", release, days)
    months = {f"{one:%Y-%m}": one for one in days[release]}
    month = asking.option("month", list(months)[-1])
    if month not in months:
        raise unknown("a month of this release", month, months)
    seen = _seen(asking, release, months[month])
    when = Stated(text=day(months[month].isoformat(), asking.language))
    found = [_section(seen, when, say)] if seen.places else []
    made = whole(
        material,
        say,
        kicker=say("kicker"),
        title=say("title" if seen.places else "unplaced", when=when),
        lead=_lead(seen, say),
        findings=(),
        found=found,
    )
    return dataclasses.replace(made, form=_form(days, release, months, month, say))


def _days(asking: Asking) -> dict[str, list[dt.date]]:
    if current(asking.standing.case) is None:
        return {}
    with open_tables(asking.standing.case, "headcounts", "releases") as built:
        found: dict[str, list[dt.date]] = {}
        for row in built.rows(query(QUERIES, "map_days")):
            found.setdefault(row["release"], []).append(row["day"])
    return found


def _form(
    days: dict[str, list[dt.date]], release: str, months: dict[str, dt.date], month: str, say: Wording
) -> Form:
    fields = [
        Field(
            name="month",
            label=say.plain("month"),
            kind="choice",
            value=month,
            options=tuple((each, each) for each in months),
        )
    ]
    if len(days) > 1:
        options = tuple((each, each) for each in days)
        fields.append(
            Field(name="release", label=say.plain("release"), kind="choice", value=release, options=options)
        )
    return Form(to="/map", button=say.plain("show"), fields=tuple(fields))


def _seen(asking: Asking, release: str, on: dt.date) -> _Seen:
    wanted: dict[str, Any] = {"release": release, "day": on.isoformat()}
    with open_tables(asking.standing.case, "facility_rows", "facilities", "headcounts", "transfers") as built:
        stated = built.rows(query(QUERIES, "map_places"))
        counted = {row["code"]: row for row in built.rows(query(QUERIES, "map_counts"), wanted)}
        routes = [Route(**row) for row in built.rows(query(QUERIES, "map_routes"), wanted)]
    held = {code: row for code, row in counted.items() if row["hi"] > 0}
    known = {row["code"]: row for row in stated if row["apart"] <= _SAME_PLACE}
    moved = {end for one in routes for end in (one.origin, one.goal)}
    places = [
        Placed(
            code=code,
            name=known[code]["name"] or code,
            lat=known[code]["lat"],
            lon=known[code]["lon"],
            lo=held[code]["lo"] if code in held else 0,
            hi=held[code]["hi"] if code in held else 0,
        )
        for code in sorted({*held, *moved} & {*known})
    ]
    return _Seen(
        places=places,
        routes=routes,
        n_disputed=sum(row["code"] in held for row in stated if row["apart"] > _SAME_PLACE),
        n_unplaced=len(held.keys() - known.keys()),
        nowhere=max((row["nowhere"] for row in counted.values()), default=0),
    )


def _lead(seen: _Seen, say: Wording) -> Text:
    said = say("lead", n=Stated(text=str(sum(one.hi > 0 for one in seen.places))))
    if seen.n_unplaced:
        said = (*said, " ", *say("lead_unplaced", n=Stated(text=str(seen.n_unplaced))))
    if seen.n_disputed:
        said = (*said, " ", *say("lead_disputed", n=Stated(text=str(seen.n_disputed))))
    if seen.nowhere:
        said = (*said, " ", *say("lead_nowhere", n=Stated(text=f"{seen.nowhere:,}")))
    return said


def _section(seen: _Seen, when: Stated, say: Wording) -> Section:
    shown = seen.routes[:_MOST_ROUTES]
    title = plain_text(say("picture", when=when))
    fullest = max(seen.places, key=lambda one: (one.hi, one.lo, one.code))
    described = plain_text(
        say(
            "described",
            n=Stated(text=str(len(seen.places))),
            place=Stated(text=fullest.name),
            people=Stated(text=span(fullest.lo, fullest.hi, say.language)),
            routes=Stated(text=str(len(shown))),
        )
    )
    drawn = {
        width: svg(
            width,
            height_of(width),
            f"map-{width}",
            title,
            described,
            place_map(
                [dataclasses.replace(one, name=shortened(one.name, width)) for one in seen.places],
                shown,
                name=f"map-{width}",
                width=width,
            ),
        )
        for width in (WIDE, NARROW)
    }
    held = sorted(seen.places, key=lambda one: (-one.hi, -one.lo, one.code))
    table = Table(
        caption=title,
        heads=(say.plain("facility"), say.plain("people")),
        rows=tuple((_named(one), (Stated(text=span(one.lo, one.hi, say.language)),)) for one in held),
        right=(1,),
    )
    chart = Chart(
        id="map",
        title=title,
        description=described,
        wide=drawn[WIDE],
        narrow=drawn[NARROW],
        source=say("source"),
        table=table,
    )
    names = {one.code: one for one in seen.places}
    routes = Table(
        caption=plain_text(say("routes", when=when)),
        heads=(say.plain("from"), say.plain("to"), say.plain("transfers")),
        rows=tuple(
            (
                _end(one.origin, names),
                _end(one.goal, names),
                (Stated(text=span(one.lo, one.hi, say.language)),),
            )
            for one in shown
        ),
        right=(2,),
        more=say("more", n=Stated(text=str(len(seen.routes) - len(shown))))
        if len(seen.routes) > len(shown)
        else (),
    )
    blocks = (chart, routes) if shown else (chart,)
    return Section(id="place", name=say.plain("kicker"), title=say("picture", when=when), blocks=blocks)


def _named(one: Placed) -> Text:
    return (Named(text=one.name, about="facility", name=one.code),)


def _end(code: str, names: dict[str, Placed]) -> Text:
    return (Named(text=names[code].name if code in names else code, about="facility", name=code),)
