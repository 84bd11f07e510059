"""Read flight lists: observers' logs, trackers' exports, lists of one's own. Each row becomes one leg, or two
where it is a visit, with moments.

What is known of an end, and its bounds:

===========================  =================================================================================
the list states              bounds
===========================  =================================================================================
a moment                     it
a day                        that day on the clock of the place, of any clock on earth where the place is not
                             known
a scheduled departure        from so many hours before to so many after it, as the layout says
a minute of landing          that minute on each of the days on which the flight can have ended, by its
                             departure, its distance and its duration
only the other end           from the least time over the distance to 20 hours of endurance away from it
===========================  =================================================================================
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from paradero.flights.legs.performance import ENDURANCE_MINUTES, least_flight_minutes
from paradero.flights.listed.clocks import MINUTE_US, clock_of, day_moment, minute_moment
from paradero.flights.listed.list_layouts import ListLayout
from paradero.flights.listed.list_rows import Row, airport_of, layout_of, rows_of
from paradero.flights.listed.listed import FlightList, ListedLeg, StatedEnd, Unread
from paradero.flights.places.airports import Airport
from paradero.flights.places.geometry import geodesic_km
from paradero.flights.tracks.positions import content_of
from paradero.model.errors import SourceError, UnknownName
from paradero.model.time.moments import Moment, MomentError, Precision
from paradero.model.time.reading import parse_moment
from paradero.sources.containers.texts.encodings import utf16_of

_WITH_ZONE = "a clock time with a known zone, as 12:45 EDT"
_HOUR_US = 60 * MINUTE_US
_ENDURANCE_US = int(ENDURANCE_MINUTES * MINUTE_US)
_DURATION_SPARE_US = _HOUR_US  # a tracker's duration against the real one, when only the day is asked for
_LANDED = re.compile(r"Landed\s+(.+)", re.IGNORECASE)


def read_flight_list(path: Path) -> FlightList:
    """The legs of a flight list and what was not read of it. Raises SourceError where it is none of the known
    layouts or is damaged.
    """
    content = content_of(path)
    layout = layout_of(content)
    if layout is None:
        raise SourceError(
            f"{path}: not the headers of a known layout of flight lists. Give it those of `plain`: origin,"
            " destination, takeoff, landing."
        )
    legs: list[ListedLeg] = []
    unread: list[Unread] = []
    seen: dict[tuple[object, ...], int] = {}
    n_rows = 0
    for place, row in enumerate(rows_of(content, path, layout)):
        if place:
            n_rows += 1
            key = tuple(sorted((name, tuple(cells)) for name, cells in row.cells.items() if name != "kept"))
            legs += [replace(leg, repeats=seen.get(key)) for leg in _legs(row, layout)]
            seen.setdefault(key, row.number)
        unread += row.unread
    return FlightList(legs=tuple(legs), unread=tuple(unread), n_rows=n_rows, layout=layout.name)


def is_flight_list(content: bytes) -> bool:
    """Whether the content has the headers of a flight list."""
    return (
        content[:4] != b"PAR1"
        and (b"\0" not in content[:1024] or utf16_of(content) is not None)
        and layout_of(content) is not None
    )


def _legs(row: Row, layout: ListLayout) -> Iterable[ListedLeg]:
    if "takeoff" in layout.columns:
        return _plain_legs(row, layout)
    day = row.day(layout.date_formats)
    if day is None:
        return []
    return _visit(row, layout, day) if layout.observed_at else [_scheduled(row, layout, day)]


def _leg(row: Row, layout: ListLayout, takeoff: StatedEnd, landing: StatedEnd) -> ListedLeg:
    kind, registration = row.aircraft()
    owner = row.text("owner")
    kept = {header: cell for name in ("kept", "link", "owner") for header, cell in row.cells.get(name, ())}
    return ListedLeg(
        file=row.file,
        row=row.number,
        layout=layout.name,
        hex=(row.text("hex") or "").lower() or None,
        registration=registration,
        aircraft_type=kind,
        callsign=row.text("callsign"),
        operator=row.text("operator") or owner,
        status=row.text("status") or "",
        takeoff=takeoff,
        landing=landing,
        weight=layout.weight,
        repeats=None,
        kept=kept,
    )


def _stated(
    moment: Moment,
    basis: str,
    where: tuple[Airport | None, str | None],
    day: str,
    persons: tuple[int | None, int | None] = (None, None),
) -> StatedEnd:
    airport, text = where
    return StatedEnd(
        moment=moment,
        basis=basis,
        code=airport.code_on(day) if airport else None,
        text=text or "",
        name=airport.name if airport else None,
        country=airport.country if airport else None,
        lat=airport.lat if airport else None,
        lon=airport.lon if airport else None,
        persons=persons,
    )


# --- a row a visit ------------------------------------------------------------------------------------------


def _visit(row: Row, layout: ListLayout, day: dt.date) -> list[ListedLeg]:
    """The leg that brought the aircraft and the one that took it away."""
    here = airport_of(layout.observed_at or "")
    assert here is not None  # noqa: S101 - our own layout
    place, text = (here, layout.observed_at), day.isoformat()
    before, after = row.airport("previous"), row.airport("next")
    landed, landed_basis = _on_day(row, "arrived", day, here.zone)
    left, left_basis = _on_day(row, "departed", day, here.zone)
    took_off = _apart(landed, _least_us(before[0], here), way=-1)
    came_down = _apart(left, _least_us(here, after[0]), way=1)
    deplaned, boarded = row.persons("deplaned"), row.persons("boarded")
    inward = _leg(
        row,
        layout,
        _stated(took_off, "before the landing", before, text),
        _stated(landed, landed_basis, place, text, deplaned),
    )
    told = len(row.unread)
    outward = _leg(
        row,
        layout,
        _stated(left, left_basis, place, text, boarded),
        _stated(came_down, "after the take-off", after, text),
    )
    del row.unread[told:]  # the same cells, told once
    return [inward, outward]


def _on_day(row: Row, name: str, day: dt.date, zone: str) -> tuple[Moment, str]:
    text = row.text(name)
    clock = clock_of(text) if text else None
    if clock is not None:
        try:
            return minute_moment(day, *clock, zone), f"the clock time in `{row.header(name)}`"
        except UnknownName:
            row.tell(row.header(name), text or "", _WITH_ZONE)
    elif text:
        row.tell(row.header(name), text, "a clock time; the day bounds the moment")
    return day_moment(day, zone), "the day of the row"


def _least_us(one: Airport | None, other: Airport | None) -> int:
    """The least time between two airports; 0 where one is not known."""
    if one is None or other is None:
        return 0
    return int(least_flight_minutes(geodesic_km(one.lat, one.lon, other.lat, other.lon)) * MINUTE_US)


def _apart(known: Moment, least_us: int, *, way: int) -> Moment:
    """The other end of a leg of which one end is known: a flight's least time to 20 hours away from it."""
    lo = known.lo + (least_us if way > 0 else -_ENDURANCE_US) if known.lo is not None else None
    hi = known.hi + (_ENDURANCE_US if way > 0 else -least_us) if known.hi is not None else None
    return replace(known, lo=lo, hi=hi, precision=None, clock_change=None, text="")


# --- a row a scheduled flight -------------------------------------------------------------------------------


def _scheduled(row: Row, layout: ListLayout, day: dt.date) -> ListedLeg:
    origin, destination = row.airport("origin"), row.airport("destination")
    zone = origin[0].zone if origin[0] else None
    text, duration, least = row.text("scheduled"), row.minutes(), _least_us(origin[0], destination[0])
    planned, basis = day_moment(day, zone), "the day of the row"
    clock = clock_of(text) if text else None
    if clock is not None:
        try:
            planned, basis = minute_moment(day, *clock, zone), f"scheduled at {text}".replace("\u00a0", " ")
        except UnknownName:
            row.tell(row.header("scheduled"), text or "", _WITH_ZONE)
    elif text:
        row.tell(row.header("scheduled"), text, _WITH_ZONE)
    assert planned.lo is not None and planned.hi is not None  # noqa: S101, PT018 - a day has both
    early, late = int(layout.early_hours * _HOUR_US), int(layout.late_hours * _HOUR_US)
    takeoff = replace(planned, lo=planned.lo - early, hi=planned.hi + late, precision=Precision.HOUR)
    basis += f", {layout.early_hours:g} hours before to {layout.late_hours:g} after it"
    landing, landing_basis = _landed(row, day, takeoff, least, duration, destination[0])
    if (
        landing.hi is not None
        and takeoff.hi is not None
        and takeoff.lo is not None
        and landing.hi - least < takeoff.hi
    ):
        takeoff, basis = (
            replace(takeoff, hi=max(takeoff.lo, landing.hi - least)),
            f"{basis}; before the landing",
        )
    if (
        landing.lo is not None
        and takeoff.lo is not None
        and takeoff.hi is not None
        and landing.lo - _ENDURANCE_US > takeoff.lo
    ):
        takeoff = replace(takeoff, lo=min(takeoff.hi, landing.lo - _ENDURANCE_US))
    return _leg(
        row,
        layout,
        _stated(takeoff, basis, origin, day.isoformat()),
        _stated(landing, landing_basis, destination, day.isoformat()),
    )


def _landed(
    row: Row, day: dt.date, takeoff: Moment, least_us: int, minutes: int | None, at: Airport | None
) -> tuple[Moment, str]:
    """The landing: the minute that the status names on each day on which it can have been, else what the
    take-off allows.
    """
    open_one = _apart(takeoff, least_us, way=1)
    found = _LANDED.fullmatch(row.text("status") or "")
    clock = clock_of(found[1]) if found else None
    if found is None or clock is None:
        if found is not None:
            row.tell(row.header("status"), row.text("status") or "", "a clock time after `Landed`")
        return open_one, "after the take-off"
    possible = []
    for later in range(-1, 4):
        try:
            one = minute_moment(day + dt.timedelta(days=later), *clock, at.zone if at else None)
        except UnknownName:
            row.tell(row.header("status"), found[1], _WITH_ZONE)
            return open_one, "after the take-off"
        if _can_end(one, takeoff, open_one, minutes):
            possible.append(one)
    if not possible:
        row.tell(
            row.header("status"),
            row.text("status") or "",
            "a minute of landing that the departure allows; it is not used",
        )
        return open_one, "after the take-off"
    bounds = replace(possible[0], hi=possible[-1].hi) if len(possible) > 1 else possible[0]
    return bounds, f"landed at {found[1]}".replace("\u00a0", " ") + (
        f", on one of {len(possible)} days" if len(possible) > 1 else ""
    )


def _can_end(one: Moment, takeoff: Moment, allowed: Moment, minutes: int | None) -> bool:
    assert one.lo is not None and one.hi is not None  # noqa: S101, PT018 - a minute has both
    assert allowed.lo is not None and allowed.hi is not None  # noqa: S101, PT018 - so has what a day allows
    if one.hi < allowed.lo or one.lo > allowed.hi:
        return False
    if minutes is None or takeoff.lo is None or takeoff.hi is None:
        return True
    flown = minutes * MINUTE_US
    return (
        one.hi - flown + _DURATION_SPARE_US >= takeoff.lo
        and one.lo - flown - _DURATION_SPARE_US <= takeoff.hi
    )


# --- a row a leg with moments -------------------------------------------------------------------------------


def _plain_legs(row: Row, layout: ListLayout) -> list[ListedLeg]:
    origin, destination = row.airport("origin"), row.airport("destination")
    takeoff, landing = _moment(row, "takeoff", origin[0]), _moment(row, "landing", destination[0])
    if takeoff is None and landing is None:
        row.tell(
            "takeoff, landing",
            row.text("callsign") or row.text("registration") or "",
            "a moment in at least one of them; the row gives no leg",
        )
        return []
    least = _least_us(origin[0], destination[0])
    bases = ["stated", "stated"]
    if takeoff is None:
        assert landing is not None  # noqa: S101 - not both
        takeoff, bases[0] = _apart(landing, least, way=-1), "before the landing"
    if landing is None:
        landing, bases[1] = _apart(takeoff, least, way=1), "after the take-off"
    day = (
        dt.datetime.fromtimestamp((takeoff.lo or landing.lo or takeoff.hi or landing.hi or 0) / 1e6, dt.UTC)
        .date()
        .isoformat()
    )
    if takeoff.lo is not None and landing.hi is not None and landing.hi < takeoff.lo:
        row.tell(
            "takeoff, landing",
            f"{row.text('takeoff')}, {row.text('landing')}",
            "a landing after the take-off; both are kept as stated",
        )
    return [
        _leg(
            row,
            layout,
            _stated(takeoff, bases[0], origin, day, row.persons("boarded")),
            _stated(landing, bases[1], destination, day, row.persons("deplaned")),
        )
    ]


def _moment(row: Row, name: str, at: Airport | None) -> Moment | None:
    text = row.text(name)
    if text is None:
        return None
    try:
        return parse_moment(text, zones=(at.zone,) if at else ())
    except MomentError:
        row.tell(row.header(name), text, "a moment with its zone, as 2025-03-15T17:42-04:00")
        return None
