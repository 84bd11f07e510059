"""What the tables of a built casefile say of flights: missions, manifests, moves between facilities,
removals. Clock readings become moments here.

A release names no zone: a reading is taken on the clock of the nearest airport, as the moment's assumption
says. A reading of exactly midnight is taken for its day, since releases write days so.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TypeVar

import msgspec

from paradero.building.tables import Built
from paradero.engines.queries import query, values_of
from paradero.flights.matching.movements import (
    Moved,
    Place,
    Planned,
    Removed,
    country_of,
    day_us,
    place_of,
    zone_at,
)
from paradero.model.time.moments import Moment, Precision
from paradero.model.time.reading import clock_moment

_QUERIES = files("paradero.answers.flights") / "flight_records.sql"
T = TypeVar("T", bound=msgspec.Struct)

TABLES = ("mission_rows", "passenger_rows", "transfers", "removals", "removal_rows", "facility_rows")
_DAY_US, _MINUTE_US = 86_400_000_000, 60_000_000
_ZONES = (
    "America/New_York",
    "America/Los_Angeles",
)  # the clocks between which the country's airports lie, Alaska and Hawaii aside

Span = tuple[dt.date | None, dt.date | None]


class _Mission(msgspec.Struct, frozen=True):
    row_id: int
    day: int
    number: str | None
    tail_number: str | None
    passengers: int | None
    redactions: str
    stops: list[str | None]


class _Manifest(msgspec.Struct, frozen=True):
    day: int
    mission: str | None
    pickup: str | None
    dropoff: str | None
    rt: str
    least: int
    most: int
    first_row: int
    n_rows: int


class _Move(msgspec.Struct, frozen=True):
    from_facility_code: str | None
    to_facility_code: str | None
    left_at: int
    arrived_at: int | None
    n: int
    from_row: int
    to_row: int


class _Removal(msgspec.Struct, frozen=True):
    departed: int
    departure_country: str | None
    citizenship: str | None
    n: int
    first_row: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """What was found between two days, and what could not be placed, by reason."""

    missions: tuple[Planned, ...]
    manifests: tuple[Planned, ...]
    moved: tuple[Moved, ...]
    removed: tuple[Removed, ...]
    facilities: tuple[Place, ...]
    left_out: dict[str, int]


def records_of(built: Built, span: Span) -> Records:
    """Read the tables. `span`: first and last day wanted, None for no bound; moves and removals are read from
    two days before to two days after.
    """
    left_out: dict[str, int] = {}
    places = _facility_places(built)
    return Records(
        missions=tuple(_missions(built, span, left_out)),
        manifests=tuple(_manifests(built, span, left_out)),
        moved=tuple(_moves(built, span, places, left_out)),
        removed=tuple(_removals(built, span, left_out)),
        facilities=tuple(places.values()),
        left_out=dict(sorted(left_out.items())),
    )


def _read(built: Built, name: str, kind: type[T], window: dict[str, int]) -> list[T]:
    return values_of(built.rows(query(_QUERIES, name), window), kind)


def _window(span: Span, spare_days: int) -> dict[str, int]:
    first, last = span
    lo = day_us(first - dt.timedelta(days=spare_days)) if first else -(1 << 62)
    return {"lo": lo, "hi": day_us(last + dt.timedelta(days=spare_days + 1)) if last else 1 << 62}


def _missions(built: Built, span: Span, left_out: dict[str, int]) -> Iterable[Planned]:
    for row in _read(built, "missions", _Mission, _window(span, 0)):
        known, n_lost = _stages(row.stops, is_withheld="stop_" in row.redactions)
        if n_lost:
            _count(left_out, "mission legs whose airports are withheld or not known", n_lost)
        address = built.address_of(row.row_id)
        for number, origin, destination in known:
            if origin.code == destination.code:
                continue
            yield Planned(
                kind="mission",
                id=f"{address}/{number}",
                number=_text(row.number),
                tail=_tail(row.tail_number),
                departed=_day(row.day, origin),
                origin=origin,
                destination=destination,
                persons=(0, row.passengers),
                is_removal=None,
                rows=(address,),
            )


def _stages(codes: list[str | None], *, is_withheld: bool) -> tuple[list[tuple[int, Place, Place]], int]:
    """The legs between stops that follow each other, numbered, and how many were lost to stops that are
    withheld, missing or not known.

    An empty stop before the end is no stop, unless the record says that stops were withheld; an empty one
    between two others is a lost one.
    """
    stops = [place for place, code in enumerate(codes) if code]
    found, n_lost = [], int(not stops)
    for number, (one, other) in enumerate(itertools.pairwise(stops), 1):
        is_next = other == one + 1 or (other == len(codes) - 1 and not is_withheld)
        origin, destination = place_of(codes[one] or ""), place_of(codes[other] or "")
        if is_next and origin is not None and destination is not None:
            found.append((number, origin, destination))
        else:
            n_lost += 1
    return found, n_lost


def _manifests(built: Built, span: Span, left_out: dict[str, int]) -> Iterable[Planned]:
    for row in _read(built, "manifests", _Manifest, _window(span, 0)):
        origin, destination = (place_of(code) if code else None for code in (row.pickup, row.dropoff))
        if origin is None or destination is None:
            _count(left_out, "manifests whose airports are withheld or not known", 1)
            continue
        if origin.code == destination.code:
            _count(left_out, "manifests that drop off where they pick up", 1)
            continue
        address = built.address_of(row.first_row)
        yield Planned(
            kind="manifest",
            id=_of_several(address, row.n_rows),
            number=_text(row.mission),
            tail=None,
            departed=_day(row.day, origin),
            origin=origin,
            destination=destination,
            persons=(row.least, row.most),
            is_removal={"R": True, "T": False}.get(row.rt),
            rows=(address,),
        )


def _moves(built: Built, span: Span, places: dict[str, Place], left_out: dict[str, int]) -> Iterable[Moved]:
    for row in _read(built, "moves", _Move, _window(span, 2)):
        origin, destination = places.get(row.from_facility_code or ""), places.get(row.to_facility_code or "")
        if origin is None or destination is None:
            _count(
                left_out,
                "people who moved between facilities of which one has no place in the lists: no leg can be"
                " linked to them",
                row.n,
            )
            origin = origin or Place(code=row.from_facility_code or "")
            destination = destination or Place(code=row.to_facility_code or "")
        if row.arrived_at is None:
            _count(left_out, "people who moved and whose arrival has no time", row.n)
            continue
        rows = (built.address_of(row.from_row), built.address_of(row.to_row))
        yield Moved(
            id=_of_several(rows[0], row.n),
            origin=origin,
            destination=destination,
            left=_reading(row.left_at, origin),
            arrived=_reading(row.arrived_at, destination),
            n=row.n,
            rows=rows,
        )


def _removals(built: Built, span: Span, left_out: dict[str, int]) -> Iterable[Removed]:
    for row in _read(built, "removals", _Removal, _window(span, 2)):
        said = row.departure_country or row.citizenship
        country = country_of(said) if said else None
        if not row.departure_country:
            _count(
                left_out,
                "removals whose country is not said: linked by citizenship as an assumption, counted as"
                " possible for every country",
                row.n,
            )
        elif country is None:
            _count(
                left_out,
                "removals to a country not known by that name: not linked, counted as possible for every"
                " country",
                row.n,
            )
        address = built.address_of(row.first_row)
        yield Removed(
            id=_of_several(address, row.n),
            country=country,
            country_text=said or "",
            departed=_day(row.departed, None),
            n=row.n,
            rows=(address,),
            is_assumed=not row.departure_country,
        )


def _facility_places(built: Built) -> dict[str, Place]:
    """Where each facility is: the place that most rows of lists give, ties to the earliest."""
    rows = built.rows(query(_QUERIES, "facility_places"))
    return {row["code"]: Place(code=row["code"], lat=row["lat"], lon=row["lon"]) for row in rows}


def _of_several(address: str, n: int) -> str:
    """The id of a group of rows: the address of the first and how many more there are."""
    return f"{address}+{n - 1}" if n > 1 else address


@cache
def _zones_of(place: Place | None) -> tuple[str, ...]:
    zone = zone_at(place) if place is not None else None
    return (zone,) if zone else _ZONES


def _day(us: int, place: Place | None) -> Moment:
    begin = us // _DAY_US * _DAY_US
    return clock_moment(begin, begin + _DAY_US - 1, precision=Precision.DAY, zones=_zones_of(place))


def _reading(us: int, place: Place) -> Moment:
    if us % _DAY_US == 0:
        return _day(us, place)
    return clock_moment(us, us + _MINUTE_US - 1, precision=Precision.MINUTE, zones=_zones_of(place))


def _text(value: str | None) -> str | None:
    return value.strip() or None if value is not None else None


def _tail(value: str | None) -> str | None:
    """A tail number; what stands for a redaction is none."""
    text = _text(value)
    return text if text and "(" not in text else None


def _count(left_out: dict[str, int], name: str, n: int) -> None:
    left_out[name] = left_out.get(name, 0) + n
