"""Listed legs, register entries and unread cells as values and lines of tables. Field names are those of
legs from positions; `status` is `stated`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from msgspec.structs import replace

from paradero.flights.leg_values import LegLine, NamedAirport, RegisteredAs, ShownLeg, StatedLeg, UnreadCell
from paradero.flights.legs.legs import Leg
from paradero.flights.listed.listed import ListedLeg, StatedEnd, Unread
from paradero.flights.listed.registers import Identity, Register, plain_tail
from paradero.flights.listing import instant, minute, why_missing
from paradero.model.answer import columns_of
from paradero.model.time.moments import Moment

STATED = "stated"
UNREAD_COLUMNS = columns_of(UnreadCell)
JsonLeg = TypeVar("JsonLeg", ShownLeg, StatedLeg)


def stated_leg(leg: ListedLeg) -> StatedLeg:
    """A listed leg as JSON has it."""
    takeoff, landing = leg.takeoff, leg.landing
    return StatedLeg(
        hex=leg.hex,
        registration=leg.registration,
        aircraft_type=leg.aircraft_type,
        callsigns=(leg.callsign,) if leg.callsign else (),
        operator=leg.operator,
        takeoff_lo=instant(takeoff.moment.lo),
        takeoff_lo_why_missing=why_missing(takeoff.moment.lo, takeoff.moment.lo_why_missing),
        takeoff_hi=instant(takeoff.moment.hi),
        takeoff_hi_why_missing=why_missing(takeoff.moment.hi, takeoff.moment.hi_why_missing),
        takeoff_candidates=_named(takeoff, leg.weight),
        takeoff_status=STATED,
        takeoff_basis=takeoff.basis,
        takeoff_text=takeoff.text,
        takeoff_zone=zone_of(takeoff.moment),
        takeoff_persons=takeoff.persons,
        landing_lo=instant(landing.moment.lo),
        landing_lo_why_missing=why_missing(landing.moment.lo, landing.moment.lo_why_missing),
        landing_hi=instant(landing.moment.hi),
        landing_hi_why_missing=why_missing(landing.moment.hi, landing.moment.hi_why_missing),
        landing_candidates=_named(landing, leg.weight),
        landing_status=STATED,
        landing_basis=landing.basis,
        landing_text=landing.text,
        landing_zone=zone_of(landing.moment),
        landing_persons=landing.persons,
        status=STATED,
        stated_status=leg.status,
        layout=leg.layout,
        rows=(leg.address,),
        repeats_row=leg.repeats,
        kept=dict(leg.kept),
        files=(leg.file,),
    )


def _named(end: StatedEnd, weight: float) -> tuple[NamedAirport, ...]:
    if not end.code:
        return ()
    return (NamedAirport(icao=end.code, name=end.name, distance_km=None, height_ft=None, weight=weight),)


def zone_of(moment: Moment) -> str | None:
    """The zone as stated, or those assumed, with a question mark where there are several or none."""
    if moment.assumed is None:
        return moment.zone
    zones = moment.assumed.zones
    return zones[0] if len(zones) == 1 else f"{' or '.join(zones)}?" if zones else "any?"


def stated_line(leg: ListedLeg) -> LegLine:
    """A listed leg as a line of the table of legs."""
    flags = ", ".join(f"{name} {count}" for name, count in persons_of(leg).items())
    return LegLine(
        hex=leg.hex,
        registration=leg.registration,
        callsign=leg.callsign,
        takeoff=_when(leg.takeoff),
        origin=_where(leg.takeoff, leg.weight),
        landing=_when(leg.landing),
        destination=_where(leg.landing, leg.weight),
        status=STATED,
        flags=flags or None,
    )


def _when(end: StatedEnd) -> str:
    first, last = ("…" if us is None else minute(us) for us in (end.moment.lo, end.moment.hi))
    return first if first == last else f"{first} to {last[11:] if last[:10] == first[:10] else last}"


def _where(end: StatedEnd, weight: float) -> str:
    if end.code:
        return f"{end.code} {weight:.2f}"
    return f"unknown ({end.text})" if end.text else "unknown"


def persons_of(leg: ListedLeg) -> dict[str, str]:
    """The people counted at either end, as text."""
    spans = {"boarded": leg.takeoff.persons, "deplaned": leg.landing.persons}
    return {name: str(lo) if lo == hi else f"{lo}-{hi}" for name, (lo, hi) in spans.items() if lo is not None}


def with_register(row: JsonLeg, register: Register | None, lo: int | None, hi: int | None) -> JsonLeg:
    """The leg with what registers say of its aircraft between two instants. What the leg itself says stays;
    where the two differ, both are shown.
    """
    if register is None:
        return row
    found = register.identity(hex_code=row.hex, registration=row.registration or None, lo=lo, hi=hi)
    if found is None:
        return replace(row, register=None)
    return replace(
        row,
        hex=row.hex or found.hex,
        registration=row.registration or found.registration,
        aircraft_type=row.aircraft_type or found.aircraft_type,
        operator=row.operator or found.operator,
        register=_registered(found, row.registration or ""),
    )


def line_with_register(line: LegLine, register: Register | None, lo: int | None, hi: int | None) -> LegLine:
    """The line with the operator that registers name, and what else of the aircraft it does not say
    itself.
    """
    if register is None:
        return line
    found = register.identity(hex_code=line.hex, registration=line.registration or None, lo=lo, hi=hi)
    if found is None:
        return line
    return replace(
        line,
        hex=line.hex or found.hex,
        registration=line.registration or found.registration,
        operator=found.operator,
    )


def _registered(found: Identity, said: str) -> RegisteredAs:
    names = found.alternatives.get("registration") or ((found.registration,) if found.registration else ())
    differs = bool(said and names and plain_tail(said) not in {plain_tail(name) for name in names})
    return RegisteredAs(
        hex=found.hex,
        registration=found.registration,
        operator=found.operator,
        aircraft_type=found.aircraft_type,
        alternatives=dict(found.alternatives),
        registration_differs=differs,
        is_undated=found.is_undated,
        rows=found.rows,
    )


def unread_cells(unread: Iterable[Unread]) -> list[UnreadCell]:
    """Unread cells as rows."""
    return [
        UnreadCell(file=one.file, row=one.row, column=one.column, value=one.value, expected=one.expected)
        for one in unread
    ]


def bounds_of(leg: Leg | ListedLeg) -> tuple[int | None, int | None]:
    """The first instant of the take-off and the last of the landing."""
    return leg.takeoff.moment.lo, leg.landing.moment.hi
