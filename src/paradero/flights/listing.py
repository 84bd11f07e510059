"""Legs and gaps as rows for programs and people. Times are ISO 8601 in UTC with milliseconds; a null says
beside it why there is none.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from paradero.flights.legs.crossings import Crossing
from paradero.flights.legs.ends import Candidate, End, Status
from paradero.flights.legs.envelopes import outline
from paradero.flights.legs.gaps import Gap, Sighting
from paradero.flights.legs.legs import Leg
from paradero.flights.listed.listed import ListedLeg
from paradero.flights.tracks.us_marks import mark_of
from paradero.model.time.dates import text_at
from paradero.model.time.moments import Precision

LEG_COLUMNS = ["hex", "registration", "callsign", "take-off", "from", "landing", "to", "status", "flags"]
GAP_COLUMNS = [
    "hex",
    "registration",
    "kind",
    "start",
    "end",
    "minutes",
    "last seen",
    "next seen",
    "radius_km",
    "airports",
    "most time to spare",
]
CROSSING_COLUMNS = [
    "hex",
    "registration",
    "kind",
    "lo",
    "hi",
    "hi_why_missing",
    "countries",
    "boundary",
    "outline_error_m",
]
_FEW = 4


def leg_row(leg: Leg) -> dict[str, Any]:
    """A leg as JSON has it."""
    row: dict[str, Any] = {
        "hex": leg.hex,
        "registration": leg.registration,
        "registration_by_address": mark_of(leg.hex),
    }
    row |= {"aircraft_type": leg.aircraft_type, "callsigns": list(leg.callsigns)}
    for name, end in (("takeoff", leg.takeoff), ("landing", leg.landing)):
        row |= _end_fields(name, end)
    return row | {
        "status": str(leg.status),
        "positions": leg.n_positions,
        "first_position_at": instant(leg.first_us),
        "last_position_at": instant(leg.last_us),
        "flags": dict(leg.flags),
        "track_flags": dict(leg.track_flags),
        "files": list(leg.files),
    }


def gap_row(gap: Gap, *, with_outline: bool = True) -> dict[str, Any]:
    """A gap as JSON has it; `outline` are the coordinates of a GeoJSON MultiPolygon."""
    of = gap.envelope
    row: dict[str, Any] = {
        "hex": gap.hex,
        "registration": gap.registration,
        "aircraft_type": gap.aircraft_type,
        "kind": str(gap.kind),
        "start": instant(gap.start.us),
        "end": instant(gap.end.us),
        "minutes": round(of.minutes, 2),
        "start_place": _sighting(gap.start),
        "end_place": _sighting(gap.end),
        "apart_km": round(of.apart_km, 1),
        "speed_kmh": of.speed_kmh,
        "speed_basis": of.basis,
        "lost_km": of.lost_km,
        "outlasts_endurance": None if gap.endurance_h is None else gap.minutes > gap.endurance_h * 60,
        "ground_minutes": of.ground_minutes,
        "radius_km": None if of.radius_km is None else round(of.radius_km, 1),
    }
    if of.radius_km is None:
        row["radius_km_why_missing"] = (
            f"no time for {of.ground_minutes:g} minutes on the ground: at {of.speed_kmh:g} km/h the way"
            " itself takes too long"
        )
    row["airports"] = [
        {
            name: getattr(one, name)
            for name in (
                "icao",
                "name",
                "country",
                "is_scheduled",
                "distance_km",
                "distance_to_end_km",
                "slack_minutes",
            )
        }
        for one in gap.airports
    ]
    if with_outline:
        rings = outline(of)
        row["outline"] = None if rings is None else {"type": "MultiPolygon", "coordinates": rings}
        if rings is None:
            row["outline_why_missing"] = (
                row.get("radius_km_why_missing")
                or "it reaches a quarter of the way round the earth or farther"
            )
    return row


def crossing_row(hex_code: str, registration: str | None, crossing: Crossing) -> dict[str, Any]:
    """A crossing as a row, the same for JSON and tables."""
    moment = crossing.moment
    return {
        "hex": hex_code,
        "registration": registration,
        "kind": crossing.kind,
        "lo": instant(moment.lo),
        "hi": instant(moment.hi),
        "hi_why_missing": None if moment.hi_why_missing is None else str(moment.hi_why_missing.reason),
        "countries": " ".join(crossing.countries),
        "boundary": str(crossing.boundary),
        "outline_error_m": crossing.error_m,
    }


def leg_line(leg: Leg) -> dict[str, Any]:
    """A leg as a line of a table."""
    return {
        "hex": leg.hex,
        "registration": leg.registration,
        "callsign": "/".join(leg.callsigns) or None,
        "take-off": _span(leg.takeoff),
        "from": _names(leg.takeoff),
        "landing": _span(leg.landing),
        "to": _names(leg.landing),
        "status": str(leg.status),
        "flags": ", ".join(f"{name} {count}" for name, count in leg.flags.items()) or None,
    }


def gap_line(gap: Gap) -> dict[str, Any]:
    """A gap as a line of a table; of the airports within those with an IATA code come first."""
    first = [one.icao for one in sorted(gap.airports, key=lambda one: not one.is_scheduled)][:_FEW]
    return {
        "hex": gap.hex,
        "registration": gap.registration,
        "kind": str(gap.kind),
        "start": minute(gap.start.us),
        "end": minute(gap.end.us),
        "minutes": round(gap.minutes),
        "last seen": _place(gap.start),
        "next seen": _place(gap.end),
        "radius_km": None if gap.envelope.radius_km is None else round(gap.envelope.radius_km),
        "airports": len(gap.airports),
        "most time to spare": " ".join(first) or None,
    }


def instant(us: int | None) -> str | None:
    """An instant as ISO 8601 in UTC, to the millisecond."""
    return None if us is None else f"{text_at(us // 1000 * 1000, Precision.MILLISECOND, is_last=False)}Z"


def minute(us: int) -> str:
    """An instant as a table shows it, UTC."""
    return (instant(us) or "")[:16].replace("T", " ")


def _end_fields(name: str, end: End) -> dict[str, Any]:
    moment, fields = end.moment, {}
    for side, us, why in (("lo", moment.lo, moment.lo_why_missing), ("hi", moment.hi, moment.hi_why_missing)):
        fields[f"{name}_{side}"] = instant(us)
        if us is None:
            fields[f"{name}_{side}_why_missing"] = str(why.reason) if why is not None else None
    return fields | {
        f"{name}_candidates": [_candidate(one) for one in end.candidates],
        f"{name}_status": str(end.status),
        f"{name}_is_certain": end.is_certain,
        f"{name}_basis": end.basis,
        f"{name}_airports_in_reach": end.n_in_reach,
        f"{name}_nearest_position": {"lat": end.lat, "lon": end.lon, "altitude_ft": end.altitude_ft},
    }


def _candidate(one: Candidate) -> dict[str, Any]:
    return {
        "icao": one.icao,
        "name": one.name,
        "distance_km": one.distance_km,
        "height_ft": one.height_ft,
        "weight": one.weight,
    }


def _sighting(one: Sighting) -> dict[str, Any]:
    return {
        "lat": one.lat,
        "lon": one.lon,
        "altitude_ft": one.altitude_ft,
        "airport": one.airport,
        "callsign": one.callsign,
    }


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
