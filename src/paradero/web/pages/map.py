"""The map: people held by facility at the end of a month, where people were moved in it, and which flights
may have been in it.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from typing import Any

from paradero.answers.flights.leg_scenes import LegScene
from paradero.building.receipts import current
from paradero.building.tables import open_tables
from paradero.engines.queries import query
from paradero.model.naming import unknown
from paradero.reports.charts.marks import svg
from paradero.reports.charts.place_map import NARROW, WIDE, Placed, Route, height_of, place_map, shortened
from paradero.reports.content.blocks import (
    Block,
    Chart,
    Field,
    Form,
    Named,
    Page,
    Section,
    Stated,
    Table,
    Text,
)
from paradero.reports.content.numbers import day, span, word
from paradero.reports.content.wording import Wording, plain_text
from paradero.reports.pages.case_page import whole
from paradero.reports.pages.material import Material
from paradero.web.asking import Asking
from paradero.web.parts.flights_of_month import MOST, flights_table
from paradero.web.parts.flights_of_month import drawn as drawn_flights
from paradero.web.parts.flown_legs import flown_legs, may_be_of, months_of
from paradero.web.parts.listed import QUERIES

PATH = "/map"
OPTIONS = ("month", "release")
_MOST_ROUTES = 30
_SAME_PLACE = 0.2  # degrees: rows that lie farther apart name two places


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """What a map is drawn from: all that lists place, the counts of a day, the routes of its month, and the
    legs that may fall in it.
    """

    month: str
    places: Sequence[Placed]
    routes: Sequence[Route]
    legs: Sequence[LegScene]
    n_disputed: int
    n_unplaced: int
    nowhere: int
    is_counted: bool = True


def page(asking: Asking) -> Page:
    """The map of the month and release that are asked for, the last ones unless others are. Raises
    UnknownName for a month that no release counts anybody in.
    """
    say = Wording("map", asking.language)
    standing = asking.standing
    days = standing.shared(("map days",), lambda: _days(asking))
    legs = flown_legs(asking)
    material = Material(standing.asked(), asking.language, is_site=True)
    if not days and not legs:
        return whole(
            material,
            say,
            kicker=say("kicker"),
            title=say("nothing"),
            lead=say("lead_nothing"),
            findings=(),
            found=[],
        )
    release = asking.option("release", list(days)[-1] if days else "")
    if days and release not in days:
        raise unknown("a release that counts people", release, days)
    counted = {f"{one:%Y-%m}": one for one in days.get(release, ())}
    months = sorted({*counted} | months_of(legs))
    month = asking.option("month", list(counted)[-1] if counted else months[-1])
    if month not in months:
        raise unknown("a month of this release", month, months)
    seen = _seen(asking, release, month, counted.get(month), may_be_of(legs, month))
    when = Stated(text=day(counted[month].isoformat(), asking.language) if month in counted else month)
    found = [_section(seen, when, say)] if seen.places or seen.legs else []
    made = whole(
        material,
        say,
        kicker=say("kicker"),
        title=_title(seen, when, say),
        lead=_lead(seen, say),
        findings=(),
        found=found,
    )
    return dataclasses.replace(made, form=_form(list(days), release, months, month, say))


def _title(seen: _Seen, when: Stated, say: Wording) -> Text:
    name = "title" if seen.places else "title_flights" if seen.legs else "unplaced"
    return say(name, when=when, month=_month(seen, say))


def _days(asking: Asking) -> dict[str, list[dt.date]]:
    if current(asking.standing.case) is None:
        return {}
    with open_tables(asking.standing.case, "headcounts", "releases") as built:
        found: dict[str, list[dt.date]] = {}
        for row in built.rows(query(QUERIES, "map_days")):
            found.setdefault(row["release"], []).append(row["day"])
    return found


def _month(seen: _Seen, say: Wording) -> Stated:
    """`March 2025`."""
    year, number = seen.month.split("-")
    name = word("months", say.language).split()[int(number) - 1]
    return Stated(text=say.plain("month_of").format(month=name, year=year))


def _form(releases: list[str], release: str, months: list[str], month: str, say: Wording) -> Form:
    fields = [
        Field(
            name="month",
            label=say.plain("month"),
            kind="choice",
            value=month,
            options=tuple((each, each) for each in months),
        )
    ]
    if len(releases) > 1:
        options = tuple((each, each) for each in releases)
        fields.append(
            Field(name="release", label=say.plain("release"), kind="choice", value=release, options=options)
        )
    return Form(to="/map", button=say.plain("show"), fields=tuple(fields))


def _seen(asking: Asking, release: str, month: str, on: dt.date | None, legs: Sequence[LegScene]) -> _Seen:
    if on is None:  # the release counts nobody in that month
        return _Seen(
            month=month,
            places=(),
            routes=(),
            legs=legs,
            n_disputed=0,
            n_unplaced=0,
            nowhere=0,
            is_counted=False,
        )
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
        month=month,
        places=places,
        routes=routes,
        legs=legs,
        n_disputed=sum(row["code"] in held for row in stated if row["apart"] > _SAME_PLACE),
        n_unplaced=len(held.keys() - known.keys()),
        nowhere=max((row["nowhere"] for row in counted.values()), default=0),
    )


def _lead(seen: _Seen, say: Wording) -> Text:
    n = Stated(text=str(sum(one.hi > 0 for one in seen.places)))
    said = say("lead", n=n) if seen.is_counted else say("lead_uncounted")
    unplaced = Stated(text=str(seen.n_unplaced))
    if seen.is_counted and not seen.places:
        said = say("lead_placeless", n=unplaced)
    elif seen.n_unplaced:
        said = (*said, " ", *say("lead_unplaced", n=unplaced))
    if seen.n_disputed:
        said = (*said, " ", *say("lead_disputed", n=Stated(text=str(seen.n_disputed))))
    if seen.nowhere:
        said = (*said, " ", *say("lead_nowhere", n=Stated(text=f"{seen.nowhere:,}")))
    if seen.legs:
        said = (*said, " ", *say("lead_flights", n=Stated(text=f"{len(seen.legs):,}")))
    return said


def _section(seen: _Seen, when: Stated, say: Wording) -> Section:
    shown = seen.routes[:_MOST_ROUTES]
    of = {"when": when, "month": _month(seen, say)}
    name = "picture" if seen.places else "picture_flights"
    title = plain_text(say(name, **of))
    names = {one.code: one for one in seen.places}
    blocks: list[Block] = [_chart(seen, shown, title, say)]
    if shown:
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
        blocks.append(routes)
    if seen.legs:
        blocks.append(flights_table(seen.legs, plain_text(say("flights", **of)), say))
    return Section(id="place", name=say.plain("kicker"), title=say(name, **of), blocks=tuple(blocks))


def _chart(seen: _Seen, shown: Sequence[Route], title: str, say: Wording) -> Chart:
    described = _described(seen, shown, say)
    flights = drawn_flights(seen.legs)
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
                flights=flights,
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
    if not held:
        table = flights_table(seen.legs, title, say)
    return Chart(
        id="map",
        title=title,
        description=described,
        wide=drawn[WIDE],
        narrow=drawn[NARROW],
        source=(*say("source"), *((" ", *say("source_flights")) if flights else ())),
        table=table,
    )


def _described(seen: _Seen, shown: Sequence[Route], say: Wording) -> str:
    """What the map shows, in sentences."""
    said: list[str] = []
    if seen.places:
        fullest = max(seen.places, key=lambda one: (one.hi, one.lo, one.code))
        parts = {
            "n": str(len(seen.places)),
            "place": fullest.name,
            "people": span(fullest.lo, fullest.hi, say.language),
            "routes": str(len(shown)),
        }
        said.append(plain_text(say("described", **{key: Stated(text=value) for key, value in parts.items()})))
    if seen.legs:
        n = Stated(text=str(min(len(seen.legs), MOST)))
        said.append(plain_text(say("described_flights", n=n)))
    return " ".join(said)


def _named(one: Placed) -> Text:
    return (Named(text=one.name, about="facility", name=one.code),)


def _end(code: str, names: dict[str, Placed]) -> Text:
    return (Named(text=names[code].name if code in names else code, about="facility", name=code),)
