"""Legs feed events: what positions and flight lists of the casefile say of the departure, the leaving of
airspace and the landing of an event.

A leg's bounds become statements of the event, as if somebody had written them: they count with the others,
are left out with their source, and where they contradict what others say, that is told. A landing that a gap
only allows bounds nothing from above, nor does the take-off after it from below; a leg that lands in the
United States is no removal, and one that may have landed there bounds the leaving and the landing from below
only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from paradero.authored.declared import AuthoredError, place_in
from paradero.authored.statements import Said, Statement, read_said
from paradero.casefile.folder import Casefile
from paradero.casefile.originals import Source, check_originals, original_path, sources_of
from paradero.flights import KINDS_OF_FLIGHTS, POSITIONS
from paradero.flights.files import Wanted
from paradero.flights.legs.leavings import leaving_of
from paradero.flights.legs.legs import Leg, legs_on_tracks
from paradero.flights.listed.flight_lists import read_flight_list
from paradero.flights.listed.listed import ListedLeg
from paradero.flights.listing import instant
from paradero.flights.tracks.positions import read_positions
from paradero.flights.tracks.tracks import Track
from paradero.law.events import Event
from paradero.law.forms.event_file import EventFile, FlownLeg
from paradero.law.forms.kinds import PHASES
from paradero.model.time.reading import parse_moment

AIRSPACE = (
    "US",
    "PR",
    "VI",
    "GU",
    "MP",
    "AS",
)  # whose land and territorial sea is taken for United States airspace
_NOT_FLOWN = re.compile(r"cancel|not flown|did not|no[ -]?show|scheduled|planned|unknown", re.IGNORECASE)

Span = tuple[int | None, int | None]  # earliest and latest instant, UTC microseconds; None is no bound


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A leg with the bounds of each phase, and the row of its list and what that says of itself where it is
    of one.
    """

    bounds: Mapping[str, Span]
    row: str = ""
    says: str = ""


def with_legs(case: Casefile, event: Event) -> Event:
    """The event with the statements of its legs; raises AuthoredError where a leg's originals are not there
    or do not hold exactly one leg as described.
    """
    sources = {
        source.sha256: source for source in sources_of(case) if set(source.kinds) & set(KINDS_OF_FLIGHTS)
    }
    statements: list[Statement] = []
    for number, leg in enumerate(event.file.leg):
        place = place_in(event.text, event.place, ["leg", number, "sources"])
        originals = [_original(sources, name, place) for name in leg.sources]
        check_originals(case, originals)
        found = _found(leg, [(one, original_path(case, one)) for one in originals], event.file, place)
        addresses = [f"{one.file_name} (original {one.source}{found.row})" for one in originals]
        for phase in PHASES[event.file.kind]:
            time = _time(found.bounds.get(phase, (None, None)))
            if time is not None:
                of = event.moment_names()[phase]
                said = Said(
                    by=leg.by,
                    evidence=leg.evidence,
                    seen=[*addresses, *leg.seen],
                    time=time,
                    fact=leg.fact,
                    note=f"{found.says} {leg.note}".strip(),
                )
                statements.append(read_said(said, id=f"{of}#leg{number}", of=of, zones=[], place=place))
    return replace(event, statements=(*event.statements, *statements))


def _original(sources: Mapping[str, Source], name: str, place: str) -> Source:
    named = [source for digest, source in sources.items() if digest.startswith(name)]
    if len(named) != 1:
        problem = (
            f"several originals begin with {name}. Write more of its letters."
            if named
            else f"no original of positions or flight list is {name}. Add it, or correct `sources`."
        )
        there = ", ".join(f"{one.source} ({one.file_name})" for one in sources.values()) or "none"
        raise AuthoredError(f"{place}: {problem} Sources of flights: {there}.")
    return named[0]


def _found(leg: FlownLeg, originals: list[tuple[Source, Path]], event: EventFile, place: str) -> _Found:
    wanted = Wanted(hex=leg.hex or None, registration=leg.registration or None)
    tracks = [
        track
        for source, path in originals
        if POSITIONS in source.kinds
        for track in read_positions(path)
        if wanted.takes([track])
    ]
    lists = [path for source, path in originals if POSITIONS not in source.kinds]
    listed = [
        one
        for path in lists
        for one in read_flight_list(path).legs
        if one.repeats is None and wanted.names(one.hex, one.registration)
    ]
    asked = parse_moment(leg.takeoff, zones=event.zones)
    every: list[tuple[Leg | ListedLeg, Track | None]] = [
        *(legs_on_tracks(tracks) if tracks else []),
        *((one, None) for one in listed),
    ]
    meeting = [
        one
        for one in every
        if _meets((asked.lo, asked.hi), (one[0].takeoff.moment.lo, one[0].takeoff.moment.hi))
    ]
    if len(meeting) != 1:
        there = (
            "; ".join(_span((one.takeoff.moment.lo, one.takeoff.moment.hi)) for one, _ in meeting or every)
            or "none of this aircraft"
        )
        raise AuthoredError(
            f"{place}: {len(meeting) or 'no'} legs may have begun {leg.takeoff}. Make `takeoff` fit one;"
            f" take-offs there: {there}."
        )
    one, track = meeting[0]
    if isinstance(one, ListedLeg):
        return _of_list(one, event, place)
    assert track is not None  # noqa: S101 (legs of positions come with their track)
    return _of_positions(one, track, event, place)


def _of_positions(leg: Leg, track: Track, event: EventFile, place: str) -> _Found:
    takeoff, landing = leg.takeoff.moment, leg.landing.moment
    bounds: dict[str, Span] = {
        "departure": (takeoff.lo if leg.takeoff.is_certain else None, takeoff.hi),
        "landing": (landing.lo, landing.hi if leg.landing.is_certain else None),
    }
    if "leaves_airspace" in PHASES[event.kind]:
        left = leaving_of(leg, track, AIRSPACE)
        if left.is_abroad is False:
            _refuse_domestic(event, place, ", ".join(one.icao for one in leg.landing.candidates))
        bounds["leaves_airspace"] = (left.lo, left.hi)
        bounds["landing"] = (landing.lo, landing.hi if left.is_abroad else None)
    return _Found(bounds=bounds)


def _of_list(leg: ListedLeg, event: EventFile, place: str) -> _Found:
    """The bounds of a row; one that says it was not flown, or that it landed before it took off, is
    refused.
    """
    takeoff, landing = leg.takeoff.moment, leg.landing.moment
    row = f"row {leg.row} of {leg.file}"
    if _NOT_FLOWN.search(leg.status):
        raise AuthoredError(f"{place}: {row} was not flown: it says `{leg.status}`. Take another row.")
    if landing.hi is not None and takeoff.lo is not None and landing.hi < takeoff.lo:
        raise AuthoredError(
            f"{place}: {row} lands before its take-off. Leave the leg out, or have the list corrected."
        )
    is_abroad = None if leg.landing.country is None else leg.landing.country not in AIRSPACE
    if is_abroad is False and "leaves_airspace" in PHASES[event.kind]:
        _refuse_domestic(event, place, leg.landing.code or leg.landing.text)
    has_latest = is_abroad or "leaves_airspace" not in PHASES[event.kind]
    bounds: dict[str, Span] = {
        "departure": (takeoff.lo, takeoff.hi),
        "landing": (landing.lo, landing.hi if has_latest else None),
    }
    how = "; ".join(
        dict.fromkeys(part for part in (leg.status, leg.takeoff.basis, leg.landing.basis) if part)
    )
    return _Found(bounds=bounds, row=f", row {leg.row}", says=f"The list says: {how}." if how else "")


def _refuse_domestic(event: EventFile, place: str, where: str) -> None:
    raise AuthoredError(
        f"{place}: the leg of a removal must end abroad; this one lands in the United States ({where}). Take"
        f" the leg that leaves, or make {event.id} a transfer."
    )


def _meets(one: Span, other: Span) -> bool:
    """Whether two spans share an instant."""
    return not (one[1] is not None and other[0] is not None and one[1] < other[0]) and not (
        other[1] is not None and one[0] is not None and other[1] < one[0]
    )


def _time(bounds: Span) -> str | None:
    """The bounds as a time of statements; None where there are none at all."""
    return None if bounds == (None, None) else _span(bounds)


def _span(bounds: Span) -> str:
    return "/".join(instant(us) or ".." for us in bounds)
