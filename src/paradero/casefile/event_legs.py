"""Legs feed events: what positions and flight lists of the casefile say of the departure, the leaving of airspace and the landing of an event.

A leg's bounds become statements of the event, as if somebody had written them: they count with the others, are left out with their source, and where they
contradict what others say, that is told. A landing that a gap only allows bounds nothing from above, nor does the take-off after it from below.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from paradero.casefile.flight_sources import KINDS, POSITIONS
from paradero.casefile.folder import Casefile
from paradero.casefile.originals import Source, check_originals, original_path, sources_of
from paradero.flights.crossings import crossings_of_aircraft
from paradero.flights.files import Wanted
from paradero.flights.flight_lists import read_flight_list
from paradero.flights.legs import Leg, legs_of
from paradero.flights.listed import ListedLeg
from paradero.flights.listing import instant
from paradero.flights.positions import read_positions
from paradero.flights.tracks import Track
from paradero.law.declared import LawError, line_of
from paradero.law.events import PHASES, Event, FlownLeg
from paradero.law.statements import Said, Statement, read_said
from paradero.model.reading import parse_moment

AIRSPACE = ("US", "PR")  # Natural Earth draws Puerto Rico by itself; the Virgin Islands and the islands of the Pacific are not asked about

Span = tuple[int | None, int | None]  # earliest and latest instant, UTC microseconds; None is no bound


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A leg with the bounds of each phase, and the row of its list where it is of one."""

    bounds: Mapping[str, Span]
    row: str = ""


def with_legs(case: Casefile, event: Event) -> Event:
    """The event with the statements of its legs; raises LawError where a leg's originals are not there or do not hold exactly one leg as described."""
    if not event.file.leg:
        return event
    sources = {source.sha256: source for source in sources_of(case) if set(source.kinds) & set(KINDS)}
    statements: list[Statement] = []
    for number, leg in enumerate(event.file.leg):
        place = f"{event.place} line {line_of(event.text, ['leg', number, 'sources'])}"
        originals = [_original(sources, name, place) for name in leg.sources]
        check_originals(case, originals)
        found = _found(leg, [(one, original_path(case, one)) for one in originals], event.file.zones, place)
        addresses = [f"{one.file_name} (original {one.source}{found.row})" for one in originals]
        for phase in PHASES[event.file.kind]:
            time = _time(found.bounds.get(phase, (None, None)))
            if time is not None:
                of = event.moment_names()[phase]
                said = Said(by=leg.by, evidence=leg.evidence, seen=[*addresses, *leg.seen], time=time, fact=leg.fact, note=leg.note)
                statements.append(read_said(said, id=f"{of}#leg{number}", of=of, zones=[], place=place))
    return replace(event, statements=(*event.statements, *statements))


def _original(sources: Mapping[str, Source], name: str, place: str) -> Source:
    named = [source for digest, source in sources.items() if digest.startswith(name)]
    if len(named) != 1:
        there = ", ".join(f"{one.source} ({one.file_name})" for one in sources.values()) or "none"
        raise LawError(f"{place}: expected one original of positions or a flight list, {name}, in the casefile, found {len(named)}. There are: {there}.")
    return named[0]


def _found(leg: FlownLeg, originals: list[tuple[Source, Path]], zones: list[str], place: str) -> _Found:
    wanted = Wanted(hex=leg.hex or None, registration=leg.registration or None)
    tracks = [track for source, path in originals if POSITIONS in source.kinds for track in read_positions(path) if wanted.takes([track])]
    lists = [path for source, path in originals if POSITIONS not in source.kinds]
    listed = [one for path in lists for one in read_flight_list(path).legs if one.repeats is None and wanted.names(one.hex, one.registration)]
    asked = parse_moment(leg.takeoff, zones=zones)
    every: list[Leg | ListedLeg] = [*(legs_of(tracks) if tracks else []), *listed]
    meeting = [one for one in every if _meets((asked.lo, asked.hi), (one.takeoff.moment.lo, one.takeoff.moment.hi))]
    if len(meeting) != 1:
        there = "; ".join(_span((one.takeoff.moment.lo, one.takeoff.moment.hi)) for one in meeting or every) or "none of this aircraft"
        raise LawError(f"{place}: expected exactly one leg that can have begun {leg.takeoff}, found {len(meeting)}. Take-offs there: {there}.")
    one = meeting[0]
    if isinstance(one, ListedLeg):
        bounds: dict[str, Span] = {"departure": (one.takeoff.moment.lo, one.takeoff.moment.hi), "landing": (one.landing.moment.lo, one.landing.moment.hi)}
        return _Found(bounds=bounds, row=f", row {one.row}")
    return _Found(bounds=_bounds(one, tracks))


def _bounds(leg: Leg, tracks: list[Track]) -> dict[str, Span]:
    takeoff, landing = leg.takeoff.moment, leg.landing.moment
    found: dict[str, Span] = {
        "departure": (takeoff.lo if leg.takeoff.is_certain else None, takeoff.hi),
        "landing": (landing.lo, landing.hi if leg.landing.is_certain else None),
    }
    flown = (takeoff.lo if leg.first_us is None else leg.first_us, landing.hi if leg.last_us is None else leg.last_us)
    exits = [one.moment for one in crossings_of_aircraft(tracks, AIRSPACE) if one.kind == "exit" and _meets(flown, (one.moment.lo, one.moment.hi))]
    if exits:
        los = [one.lo for one in exits if one.lo is not None]
        his = [one.hi if one.hi is not None and (leg.landing.is_certain or one.hi <= (leg.last_us or 0)) else None for one in exits]
        found["leaves_airspace"] = (min(los, default=None), None if None in his else max(one for one in his if one is not None))
    return found


def _meets(one: Span, other: Span) -> bool:
    """Whether two spans share an instant."""
    return not (one[1] is not None and other[0] is not None and one[1] < other[0]) and not (other[1] is not None and one[0] is not None and other[1] < one[0])


def _time(bounds: Span) -> str | None:
    """The bounds as a time of statements; None where there are none at all."""
    return None if bounds == (None, None) else _span(bounds)


def _span(bounds: Span) -> str:
    return "/".join(instant(us) or ".." for us in bounds)
