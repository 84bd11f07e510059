"""Legs and gaps as values for programs and lines for people. Times are ISO 8601 in UTC with milliseconds; a
null says beside it why there is none.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from paradero.flights.gap_values import (
    GapLine,
    MultiPolygon,
    ReachedAirport,
    ShownCrossing,
    ShownGap,
    Sighted,
)
from paradero.flights.leg_values import LegLine, NamedAirport, NearestPosition, ShownLeg, TextOrUnset
from paradero.flights.legs.crossings import Crossing
from paradero.flights.legs.ends import Candidate, End, Status
from paradero.flights.legs.envelopes import Reached, outline
from paradero.flights.legs.gaps import Gap, Sighting
from paradero.flights.legs.legs import Leg
from paradero.flights.listed.listed import ListedLeg
from paradero.flights.tracks.us_marks import mark_of
from paradero.model.answer import columns_of
from paradero.model.time.dates import text_at
from paradero.model.time.moments import Missing, Precision

LEG_COLUMNS = [name for name in columns_of(LegLine) if name != "operator"]
GAP_COLUMNS = columns_of(GapLine)
CROSSING_COLUMNS = columns_of(ShownCrossing)
_FEW = 4


def shown_leg(leg: Leg) -> ShownLeg:
    """A leg as JSON has it."""
    takeoff, landing = leg.takeoff, leg.landing
    return ShownLeg(
        hex=leg.hex,
        registration=leg.registration,
        registration_by_address=mark_of(leg.hex),
        aircraft_type=leg.aircraft_type,
        callsigns=leg.callsigns,
        takeoff_lo=instant(takeoff.moment.lo),
        takeoff_lo_why_missing=why_missing(takeoff.moment.lo, takeoff.moment.lo_why_missing),
        takeoff_hi=instant(takeoff.moment.hi),
        takeoff_hi_why_missing=why_missing(takeoff.moment.hi, takeoff.moment.hi_why_missing),
        takeoff_candidates=_candidates(takeoff),
        takeoff_status=takeoff.status,
        takeoff_is_certain=takeoff.is_certain,
        takeoff_basis=takeoff.basis,
        takeoff_airports_in_reach=takeoff.n_in_reach,
        takeoff_nearest_position=_nearest(takeoff),
        landing_lo=instant(landing.moment.lo),
        landing_lo_why_missing=why_missing(landing.moment.lo, landing.moment.lo_why_missing),
        landing_hi=instant(landing.moment.hi),
        landing_hi_why_missing=why_missing(landing.moment.hi, landing.moment.hi_why_missing),
        landing_candidates=_candidates(landing),
        landing_status=landing.status,
        landing_is_certain=landing.is_certain,
        landing_basis=landing.basis,
        landing_airports_in_reach=landing.n_in_reach,
        landing_nearest_position=_nearest(landing),
        status=leg.status,
        positions=leg.n_positions,
        first_position_at=instant(leg.first_us),
        last_position_at=instant(leg.last_us),
        flags=dict(leg.flags),
        track_flags=dict(leg.track_flags),
        files=leg.files,
    )


def shown_gap(gap: Gap) -> ShownGap:
    """A gap as JSON has it; `outline` is a GeoJSON MultiPolygon."""
    of = gap.envelope
    rings = outline(of)
    no_radius = (
        f"no time for {of.ground_minutes:g} minutes on the ground: at {of.speed_kmh:g} km/h the way"
        " itself takes too long"
        if of.radius_km is None
        else msgspec.UNSET
    )
    return ShownGap(
        hex=gap.hex,
        registration=gap.registration,
        aircraft_type=gap.aircraft_type,
        kind=gap.kind,
        start=instant(gap.start.us),
        end=instant(gap.end.us),
        minutes=round(of.minutes, 2),
        start_place=_sighted(gap.start),
        end_place=_sighted(gap.end),
        apart_km=round(of.apart_km, 1),
        speed_kmh=of.speed_kmh,
        speed_basis=of.basis,
        lost_km=of.lost_km,
        outlasts_endurance=None if gap.endurance_h is None else gap.minutes > gap.endurance_h * 60,
        ground_minutes=of.ground_minutes,
        radius_km=None if of.radius_km is None else round(of.radius_km, 1),
        radius_km_why_missing=no_radius,
        airports=tuple(map(_reached, gap.airports)),
        outline=None if rings is None else MultiPolygon(coordinates=rings),
        outline_why_missing=(
            no_radius or "it reaches a quarter of the way round the earth or farther"
            if rings is None
            else msgspec.UNSET
        ),
    )


def shown_crossing(hex_code: str, registration: str | None, crossing: Crossing) -> ShownCrossing:
    """A crossing as JSON and tables have it."""
    moment = crossing.moment
    return ShownCrossing(
        hex=hex_code,
        registration=registration,
        kind=crossing.kind,
        lo=instant(moment.lo),
        hi=instant(moment.hi),
        hi_why_missing=None if moment.hi_why_missing is None else str(moment.hi_why_missing.reason),
        countries=" ".join(crossing.countries),
        boundary=crossing.boundary,
        outline_error_m=crossing.error_m,
    )


def leg_line(leg: Leg) -> LegLine:
    """A leg as a line of a table."""
    return LegLine(
        hex=leg.hex,
        registration=leg.registration,
        callsign="/".join(leg.callsigns) or None,
        takeoff=_span(leg.takeoff),
        origin=_names(leg.takeoff),
        landing=_span(leg.landing),
        destination=_names(leg.landing),
        status=str(leg.status),
        flags=", ".join(f"{name} {count}" for name, count in leg.flags.items()) or None,
    )


def gap_line(gap: Gap) -> GapLine:
    """A gap as a line of a table; of the airports within those with an IATA code come first."""
    first = [one.icao for one in sorted(gap.airports, key=lambda one: not one.is_scheduled)][:_FEW]
    return GapLine(
        hex=gap.hex,
        registration=gap.registration,
        kind=gap.kind,
        start=minute(gap.start.us),
        end=minute(gap.end.us),
        minutes=round(gap.minutes),
        last_seen=_place(gap.start),
        next_seen=_place(gap.end),
        radius_km=None if gap.envelope.radius_km is None else round(gap.envelope.radius_km),
        airports=len(gap.airports),
        most_time_to_spare=" ".join(first) or None,
    )


def instant(us: int | None) -> str | None:
    """An instant as ISO 8601 in UTC, to the millisecond."""
    return None if us is None else f"{text_at(us // 1000 * 1000, Precision.MILLISECOND, is_last=False)}Z"


def minute(us: int) -> str:
    """An instant as a table shows it, UTC."""
    return (instant(us) or "")[:16].replace("T", " ")


def why_missing(us: int | None, why: Missing | None) -> TextOrUnset:
    """Why there is no instant; not set where there is one."""
    if us is not None:
        return msgspec.UNSET
    return None if why is None else str(why.reason)


def _candidates(end: End) -> tuple[NamedAirport, ...]:
    return tuple(map(_candidate, end.candidates))


def _candidate(one: Candidate) -> NamedAirport:
    return NamedAirport(
        icao=one.icao, name=one.name, distance_km=one.distance_km, height_ft=one.height_ft, weight=one.weight
    )


def _nearest(end: End) -> NearestPosition:
    return NearestPosition(lat=end.lat, lon=end.lon, altitude_ft=end.altitude_ft)


def _reached(one: Reached) -> ReachedAirport:
    return ReachedAirport(
        icao=one.icao,
        name=one.name,
        country=one.country,
        is_scheduled=one.is_scheduled,
        distance_km=one.distance_km,
        distance_to_end_km=one.distance_to_end_km,
        slack_minutes=one.slack_minutes,
    )


def _sighted(one: Sighting) -> Sighted:
    return Sighted(
        lat=one.lat, lon=one.lon, altitude_ft=one.altitude_ft, airport=one.airport, callsign=one.callsign
    )


def _place(one: Sighting) -> str:
    height = "" if one.altitude_ft is None else f" {one.altitude_ft:,.0f} ft"
    return f"{one.airport or f'{one.lat:.2f},{one.lon:.2f}'}{height}"


def _span(end: End) -> str:
    lo, hi = end.moment.lo, end.moment.hi
    first, last = ("…" if us is None else (instant(us) or "")[:19].replace("T", " ") for us in (lo, hi))
    if end.status is not Status.OBSERVED:
        first, last = first[:16], last[:16]
    return first if first == last else f"{first} to {last[11:] if last[:10] == first[:10] else last}"


def _names(end: End) -> str:
    """The likeliest airports with their weights, or how many the bounds allow."""
    named = [f"{one.icao} {one.weight:.2f}" for one in end.candidates if one.weight >= 0.05][:3]
    mark = "" if end.is_certain else " (if it landed)"
    return (" ".join(named) or f"unknown ({end.n_in_reach:,} in reach)") + mark


def of_airport(leg: Leg, codes: Iterable[str]) -> bool:
    """Whether an airport, by any of its codes, is a candidate of either end."""
    wanted = set(codes)
    return any(one.icao in wanted for end in (leg.takeoff, leg.landing) for one in end.candidates)


def of_list_airport(leg: ListedLeg, codes: Iterable[str]) -> bool:
    """Whether a list names an airport, by any of its codes, at either end."""
    wanted = set(codes)
    return any(end.code in wanted for end in (leg.takeoff, leg.landing))
