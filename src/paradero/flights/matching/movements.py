"""What matching compares, whatever record it comes from: a flown leg, a planned leg with its passengers,
people who changed places, people who left the country.

Each is a value with bounds on when, places on where, and the addresses of the rows it rests on.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from paradero.flights.legs.ends import End
from paradero.flights.legs.legs import Leg
from paradero.flights.listed.listed import Bounds, ListedLeg, StatedEnd
from paradero.flights.listing import instant
from paradero.flights.places.airports import Airports, airports
from paradero.flights.places.outlines import outlines
from paradero.model.errors import UnknownName
from paradero.model.time.moments import Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An airport or a facility: its code, where it is (None: not known), its country as ISO alpha-2, and our
    belief that it was this one.
    """

    code: str
    lat: float | None = None
    lon: float | None = None
    country: str | None = None
    weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Flown:
    """A leg that was flown, as positions show or a list states it. No places: the airport is not known.
    `source` is `positions` or the file of a list.
    """

    id: str
    source: str
    tail: str | None
    callsigns: tuple[str, ...]
    takeoff: Moment
    landing: Moment
    origins: tuple[Place, ...]
    destinations: tuple[Place, ...]
    boarded: Bounds = (None, None)
    deplaned: Bounds = (None, None)
    is_certain: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A leg of a mission or a manifest: `kind` is `mission` or `manifest`; `departed` is bounded by the day
    it names.

    That day is the mission's; a later leg of it can have left up to `late_us` afterwards.
    """

    kind: str
    id: str
    number: str | None
    tail: str | None
    departed: Moment
    origin: Place
    destination: Place
    persons: Bounds
    is_removal: bool | None
    rows: tuple[str, ...]
    late_us: int = 86_400_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """People whom the books show leaving one facility and arriving at another, `n` of them at the same two
    times.
    """

    id: str
    origin: Place
    destination: Place
    left: Moment
    arrived: Moment
    n: int
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """People whom the books show leaving for a country on a day; `country` is ISO alpha-2, None where its
    name is not known.

    `is_assumed`: the record does not say which, and their citizenship is taken.
    """

    id: str
    country: str | None
    country_text: str
    departed: Moment
    n: int
    rows: tuple[str, ...]
    is_assumed: bool = False


def flown_of(leg: Leg, *, among: Airports | None = None) -> Flown:
    """A leg from positions."""
    among = among or airports()
    return Flown(
        id=f"{leg.hex}@{(instant(leg.first_us or leg.takeoff.moment.hi) or '?')[:16]}",
        source="positions",
        tail=leg.registration,
        callsigns=leg.callsigns,
        takeoff=leg.takeoff.moment,
        landing=leg.landing.moment,
        origins=_candidates(leg.takeoff, among),
        destinations=_candidates(leg.landing, among),
        is_certain=leg.takeoff.is_certain and leg.landing.is_certain,
    )


def flown_of_list(leg: ListedLeg) -> Flown:
    """A leg that a list states."""
    return Flown(
        id=leg.address,
        source=leg.file,
        tail=leg.registration,
        callsigns=(leg.callsign,) if leg.callsign else (),
        takeoff=leg.takeoff.moment,
        landing=leg.landing.moment,
        origins=_stated(leg.takeoff, leg.weight),
        destinations=_stated(leg.landing, leg.weight),
        boarded=leg.takeoff.persons,
        deplaned=leg.landing.persons,
    )


def numbered(flown: Sequence[Flown]) -> list[Flown]:
    """The legs with ids of their own, in order of time: one that comes again gets a number."""
    seen: dict[str, int] = {}
    found = []
    for one in sorted(flown, key=lambda leg: (leg.takeoff.hi or 0, leg.landing.hi or 0, leg.id)):
        seen[one.id] = seen.get(one.id, 0) + 1
        found.append(one if seen[one.id] == 1 else replace(one, id=f"{one.id}#{seen[one.id]}"))
    return found


def _candidates(end: End, among: Airports) -> tuple[Place, ...]:
    return tuple(
        replace(place, weight=one.weight)
        for one in end.candidates
        if (place := place_of(one.icao, among)) is not None
    )


def _stated(end: StatedEnd, weight: float) -> tuple[Place, ...]:
    return (
        (Place(code=end.code, lat=end.lat, lon=end.lon, country=end.country, weight=weight),)
        if end.code
        else ()
    )


@cache
def _place(code: str) -> Place | None:
    try:
        found = airports().named(code)
    except UnknownName:
        return None
    return Place(code=found.icao, lat=found.lat, lon=found.lon, country=found.country)


def place_of(code: str, among: Airports | None = None) -> Place | None:
    """The airport of a code in use now or formerly; None where it is not known."""
    if among is None or among is airports():
        return _place(code.strip().upper())
    try:
        found = among.named(code)
    except UnknownName:
        return None
    return Place(code=found.icao, lat=found.lat, lon=found.lon, country=found.country)


def zone_at(place: Place) -> str | None:
    """The zone of the clock nearest to a place: that of the nearest airport; None where the place is not
    known.
    """
    return (
        airports().nearest(place.lat, place.lon).zone
        if place.lat is not None and place.lon is not None
        else None
    )


@cache
def country_of(name: str) -> str | None:
    """The ISO alpha-2 code of a country as ICE's records name it; None where the name is not known."""
    wanted = " ".join(name.upper().split())
    return _countries().get(wanted)


@cache
def _countries() -> dict[str, str]:
    found = {one.name.upper(): one.alpha2 for one in outlines() if one.alpha2}
    with (files("paradero.flights.matching") / "country_names.csv").open(encoding="utf-8") as lines:
        found |= {row["name"]: row["alpha2"] for row in csv.DictReader(lines)}
    return found


def day_us(day: dt.date) -> int:
    """The first microsecond of a day on a clock without zone."""
    return (day - dt.date(1970, 1, 1)).days * 86_400_000_000
