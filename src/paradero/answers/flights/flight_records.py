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
from typing import Any

from paradero.building.tables import Built
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

TABLES = ("mission_rows", "passenger_rows", "transfers", "removals", "removal_rows", "facility_rows")
_DAY_US, _MINUTE_US = 86_400_000_000, 60_000_000
_ZONES = (
    "America/New_York",
    "America/Los_Angeles",
)  # the clocks between which the country's airports lie, Alaska and Hawaii aside

Span = tuple[dt.date | None, dt.date | None]


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


def _window(span: Span, spare_days: int) -> dict[str, int]:
    first, last = span
    lo = day_us(first - dt.timedelta(days=spare_days)) if first else -(1 << 62)
    return {"lo": lo, "hi": day_us(last + dt.timedelta(days=spare_days + 1)) if last else 1 << 62}


def _missions(built: Built, span: Span, left_out: dict[str, int]) -> Iterable[Planned]:
    stops = ("start_airport", *(f"stop_{number}" for number in range(1, 9)), "end_airport")
    text = (
        "SELECT row_id, CAST(epoch_us(CAST(mission_date AS TIMESTAMP)) AS BIGINT) AS day, mission_id,"
        f" mission_number, tail_number, mission_passengers, redactions, {', '.join(stops)} FROM mission_rows"
        " WHERE mission_date IS NOT NULL AND epoch_us(CAST(mission_date AS TIMESTAMP)) >= $lo AND"
        " epoch_us(CAST(mission_date AS TIMESTAMP)) < $hi ORDER BY row_id"
    )
    for row in built.rows(text, _window(span, 0)):
        known, n_lost = _stages(
            [row[name] for name in stops], is_withheld="stop_" in (row["redactions"] or "")
        )
        if n_lost:
            _count(left_out, "mission legs whose airports are withheld or not known", n_lost)
        address = built.address(row["row_id"]) or ""
        for number, origin, destination in known:
            if origin.code == destination.code:
                continue
            yield Planned(
                kind="mission",
                id=f"{address}/{number}",
                number=_text(row["mission_number"]),
                tail=_tail(row["tail_number"]),
                departed=_day(row["day"], origin),
                origin=origin,
                destination=destination,
                persons=(0, _whole(row["mission_passengers"])),
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
    text = """
        SELECT release, CAST(epoch_us(CAST(mission_date AS TIMESTAMP)) AS BIGINT)
            // 86400000000 * 86400000000 AS day,
          coalesce(mission_id, mission_number) AS mission,
          upper(trim(pickup_airport)) AS pickup, upper(trim(dropoff_airport)) AS dropoff,
            upper(left(trim(coalesce(removal_or_transfer, '')), 1)) AS rt,
          sum(coalesce(passenger_count, 1)) AS most,
          sum(CASE WHEN upper(coalesce(strike_from_list, '')) IN ('', 'N', 'NO', 'FALSE', '0')
            THEN coalesce(passenger_count, 1) ELSE 0 END) AS least,
          min(row_id) AS first_row, count(*) AS n_rows
        FROM passenger_rows
        WHERE mission_date IS NOT NULL AND epoch_us(CAST(mission_date AS TIMESTAMP)) >= $lo
          AND epoch_us(CAST(mission_date AS TIMESTAMP)) < $hi
        GROUP BY ALL ORDER BY day, release, mission NULLS FIRST, pickup NULLS FIRST, dropoff NULLS FIRST, rt
    """
    for row in built.rows(text, _window(span, 0)):
        origin, destination = (place_of(row[name]) if row[name] else None for name in ("pickup", "dropoff"))
        if origin is None or destination is None:
            _count(left_out, "manifests whose airports are withheld or not known", 1)
            continue
        if origin.code == destination.code:
            _count(left_out, "manifests that drop off where they pick up", 1)
            continue
        address = built.address(row["first_row"]) or ""
        yield Planned(
            kind="manifest",
            id=f"{address}+{row['n_rows'] - 1}" if row["n_rows"] > 1 else address,
            number=_text(row["mission"]),
            tail=None,
            departed=_day(row["day"], origin),
            origin=origin,
            destination=destination,
            persons=(int(row["least"]), int(row["most"])),
            is_removal={"R": True, "T": False}.get(row["rt"]),
            rows=(address,),
        )


def _moves(built: Built, span: Span, places: dict[str, Place], left_out: dict[str, int]) -> Iterable[Moved]:
    text = """
        SELECT from_facility_code, to_facility_code, left_at, arrived_at, count(*) AS n,
          min(from_row) AS from_row, min(to_row) AS to_row FROM transfers
        WHERE to_row IS NOT NULL AND left_at >= $lo AND left_at < $hi GROUP BY ALL
        ORDER BY left_at, arrived_at NULLS FIRST, from_facility_code NULLS FIRST, to_facility_code NULLS FIRST
    """
    for row in built.rows(text, _window(span, 2)):
        origin, destination = (
            places.get(row["from_facility_code"] or ""),
            places.get(row["to_facility_code"] or ""),
        )
        if origin is None or destination is None:
            _count(
                left_out,
                "people who moved between facilities of which one has no place in the lists: no leg can be"
                " linked to them",
                row["n"],
            )
            origin, destination = (
                one or Place(code=row[name] or "")
                for one, name in ((origin, "from_facility_code"), (destination, "to_facility_code"))
            )
        if row["arrived_at"] is None:
            _count(left_out, "people who moved and whose arrival has no time", row["n"])
            continue
        rows = tuple(one for one in (built.address(row["from_row"]), built.address(row["to_row"])) if one)
        yield Moved(
            id=f"{rows[0]}+{row['n'] - 1}" if row["n"] > 1 else rows[0],
            origin=origin,
            destination=destination,
            left=_reading(row["left_at"], origin),
            arrived=_reading(row["arrived_at"], destination),
            n=row["n"],
            rows=rows,
        )


def _removals(built: Built, span: Span, left_out: dict[str, int]) -> Iterable[Removed]:
    text = """
        SELECT r.departed, r.departure_country, CASE
          WHEN r.departure_country IS NULL THEN w.citizenship_country END AS citizenship, count(*) AS n,
          min(r.row_id) AS first_row
        FROM removals r LEFT JOIN removal_rows w ON w.row_id = r.row_id
        WHERE r.copy = 1 AND r.departed >= $lo AND r.departed < $hi
        GROUP BY ALL ORDER BY r.departed, r.departure_country NULLS FIRST, citizenship NULLS FIRST
    """
    for row in built.rows(text, _window(span, 2)):
        said = row["departure_country"] or row["citizenship"]
        country = country_of(said) if said else None
        if not row["departure_country"]:
            _count(
                left_out,
                "removals whose country is not said: linked by citizenship as an assumption, counted as"
                " possible for every country",
                row["n"],
            )
        elif country is None:
            _count(
                left_out,
                "removals to a country not known by that name: not linked, counted as possible for every"
                " country",
                row["n"],
            )
        address = built.address(row["first_row"]) or ""
        yield Removed(
            id=f"{address}+{row['n'] - 1}" if row["n"] > 1 else address,
            country=country,
            country_text=said or "",
            departed=_day(row["departed"], None),
            n=row["n"],
            rows=(address,),
            is_assumed=not row["departure_country"],
        )


def _facility_places(built: Built) -> dict[str, Place]:
    """Where each facility is: the place that most rows of lists give, ties to the earliest."""
    text = """
        WITH said AS (
          SELECT detention_facility_code AS code, CAST(latitude AS DOUBLE) AS lat,
            CAST(longitude AS DOUBLE) AS lon, count(*) AS n, min(row_id) AS first_row
          FROM facility_rows WHERE detention_facility_code IS NOT NULL AND latitude IS NOT NULL
            AND longitude IS NOT NULL GROUP BY ALL
        )
        SELECT code, lat, lon
          FROM (SELECT *, row_number() OVER (PARTITION BY code ORDER BY n DESC, first_row) AS choice
          FROM said) z
        WHERE choice = 1 AND abs(lat) <= 90 AND abs(lon) <= 180 ORDER BY code
    """
    return {row["code"]: Place(code=row["code"], lat=row["lat"], lon=row["lon"]) for row in built.rows(text)}


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


def _text(value: Any) -> str | None:
    return str(value).strip() or None if value is not None else None


def _tail(value: Any) -> str | None:
    """A tail number; what stands for a redaction is none."""
    text = _text(value)
    return text if text and "(" not in text else None


def _whole(value: Any) -> int | None:
    return None if value is None else int(value)


def _count(left_out: dict[str, int], name: str, n: int) -> None:
    left_out[name] = left_out.get(name, 0) + n
