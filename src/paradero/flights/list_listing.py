"""Listed legs, register entries and unread cells as rows for programs and people. Field names are those of
legs from positions; `status` is `stated`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from paradero.flights.legs.legs import Leg
from paradero.flights.listed.listed import ListedLeg, StatedEnd, Unread
from paradero.flights.listed.registers import Identity, Register, plain_tail
from paradero.flights.listing import instant, minute
from paradero.model.time.moments import Moment

STATED = "stated"
UNREAD_COLUMNS = ["file", "row", "column", "value", "expected"]


def listed_row(leg: ListedLeg) -> dict[str, Any]:
    """A listed leg as JSON has it."""
    row: dict[str, Any] = {
        "hex": leg.hex,
        "registration": leg.registration,
        "aircraft_type": leg.aircraft_type,
        "callsigns": [leg.callsign] if leg.callsign else [],
        "operator": leg.operator,
    }
    for name, end in (("takeoff", leg.takeoff), ("landing", leg.landing)):
        row |= _end(name, end, leg.weight)
    return row | {
        "status": STATED,
        "stated_status": leg.status,
        "layout": leg.layout,
        "rows": [leg.address],
        "repeats_row": leg.repeats,
        "kept": dict(leg.kept),
        "files": [leg.file],
    }


def _end(name: str, end: StatedEnd, weight: float) -> dict[str, Any]:
    moment = end.moment
    row: dict[str, Any] = {}
    for side, us, why in (("lo", moment.lo, moment.lo_why_missing), ("hi", moment.hi, moment.hi_why_missing)):
        row[f"{name}_{side}"] = instant(us)
        if us is None:
            row[f"{name}_{side}_why_missing"] = str(why.reason) if why is not None else None
    named = (
        [{"icao": end.code, "name": end.name, "distance_km": None, "height_ft": None, "weight": weight}]
        if end.code
        else []
    )
    return row | {
        f"{name}_candidates": named,
        f"{name}_status": STATED,
        f"{name}_basis": end.basis,
        f"{name}_text": end.text,
        f"{name}_zone": zone_of(moment),
        f"{name}_persons": list(end.persons),
    }


def zone_of(moment: Moment) -> str | None:
    """The zone as stated, or those assumed, with a question mark where there are several or none."""
    if moment.assumed is None:
        return moment.zone
    zones = moment.assumed.zones
    return zones[0] if len(zones) == 1 else f"{' or '.join(zones)}?" if zones else "any?"


def listed_line(leg: ListedLeg) -> dict[str, Any]:
    """A listed leg as a line of the table of legs."""
    ends = {}
    for name, place, end in (("take-off", "from", leg.takeoff), ("landing", "to", leg.landing)):
        first, last = ("…" if us is None else minute(us) for us in (end.moment.lo, end.moment.hi))
        ends[name] = (
            first if first == last else f"{first} to {last[11:] if last[:10] == first[:10] else last}"
        )
        ends[place] = (
            f"{end.code} {leg.weight:.2f}" if end.code else f"unknown ({end.text})" if end.text else "unknown"
        )
    flags = ", ".join(f"{name} {count}" for name, count in persons_of(leg).items())
    return {
        "hex": leg.hex,
        "registration": leg.registration,
        "callsign": leg.callsign,
        **ends,
        "status": STATED,
        "flags": flags or None,
    }


def persons_of(leg: ListedLeg) -> dict[str, str]:
    """The people counted at either end, as text."""
    spans = {"boarded": leg.takeoff.persons, "deplaned": leg.landing.persons}
    return {name: str(lo) if lo == hi else f"{lo}-{hi}" for name, (lo, hi) in spans.items() if lo is not None}


def with_identity(
    row: dict[str, Any], register: Register | None, lo: int | None, hi: int | None
) -> dict[str, Any]:
    """The row with what registers say of its aircraft between two instants. What the row itself says stays;
    where the two differ, both are shown.
    """
    if register is None:
        return row
    said = row["registration"] or ""
    found = register.identity(hex_code=row["hex"], registration=said or None, lo=lo, hi=hi)
    if found is None:
        return row | {"register": None}
    filled = {
        name: row.get(name) or getattr(found, name)
        for name in ("hex", "registration", "aircraft_type", "operator")
    }
    return row | filled | {"register": _identity(found, said)}


def _identity(found: Identity, said: str) -> dict[str, Any]:
    names = found.alternatives.get("registration") or ((found.registration,) if found.registration else ())
    differs = bool(said and names and plain_tail(said) not in {plain_tail(name) for name in names})
    return {
        "hex": found.hex,
        "registration": found.registration,
        "operator": found.operator,
        "aircraft_type": found.aircraft_type,
        "alternatives": {name: list(values) for name, values in found.alternatives.items()},
        "registration_differs": differs,
        "is_undated": found.is_undated,
        "rows": list(found.rows),
    }


def unread_rows(unread: Iterable[Unread]) -> list[dict[str, Any]]:
    """Unread cells as rows."""
    return [{name: getattr(one, name) for name in UNREAD_COLUMNS} for one in unread]


def bounds_of(leg: Leg | ListedLeg) -> tuple[int | None, int | None]:
    """The first instant of the take-off and the last of the landing."""
    return leg.takeoff.moment.lo, leg.landing.moment.hi
