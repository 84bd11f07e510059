"""Whether a leg and a record name one place, one aircraft and one time: true, false, or left open."""

from __future__ import annotations

from dataclasses import dataclass

from paradero.flights.listed.registers import plain_tail
from paradero.flights.matching.movements import Place
from paradero.flights.places.geometry import geodesic_km, sphere_km
from paradero.model.time.moments import Moment

HALF = 0.5


BIG = 1 << 62


@dataclass(frozen=True, slots=True, kw_only=True)
class _Met:
    """The best of an end's candidates for a place: its code, the km between them, our belief. `code` None:
    the end has no candidate, so nothing speaks against it.
    """

    code: str | None
    km: float | None
    weight: float


def meets(candidates: tuple[Place, ...], place: Place, within_km: float) -> _Met | None:
    """How an end of a leg meets a place; None where it cannot. An end without candidates may be anywhere."""
    if not candidates:
        return _Met(code=None, km=None, weight=0.0)
    found = []
    for one in candidates:
        if one.code == place.code:
            found.append((-one.weight, 0.0, one.code))
        elif None not in (one.lat, one.lon, place.lat, place.lon):
            rough = float(sphere_km(one.lat, one.lon, place.lat, place.lon))
            if rough <= within_km * 1.01:
                km = geodesic_km(one.lat or 0.0, one.lon or 0.0, place.lat or 0.0, place.lon or 0.0)
                if km <= within_km:
                    found.append((-one.weight, km, one.code))
    if found:
        weight, km, code = min(found)
        return _Met(code=code, km=round(km, 1), weight=-weight)
    # the candidates leave room for others where their weights do not sum to nearly one
    return _Met(code=None, km=None, weight=0.0) if sum(one.weight for one in candidates) <= HALF else None


def tails(one: str | None, other: str | None) -> bool | None:
    """Whether two registrations are one; null where either is not known."""
    if not one or not other:
        return None
    return plain_tail(other) in {plain_tail(part) for part in one.split("|")}


def minutes(bounds: tuple[int | None, int | None]) -> tuple[float | None, float | None]:
    """Bounds in microseconds as minutes, one decimal."""
    lo, hi = bounds
    return (None if lo is None else round(lo / 6e7, 1), None if hi is None else round(hi / 6e7, 1))


def both(*answers: bool | None) -> bool | None:
    """True where all answers are, false where one is, null otherwise."""
    if False in answers:
        return False
    return None if None in answers else True


def within(inner: Moment, outer: Moment) -> bool | None:
    """Whether an instant lies within a stretch: surely, surely not, or it depends."""
    if (
        None not in (inner.lo, inner.hi, outer.lo, outer.hi)
        and (outer.lo or 0) <= (inner.lo or 0)
        and (inner.hi or 0) <= (outer.hi or 0)
    ):
        return True
    apart = (inner.hi is not None and outer.lo is not None and inner.hi < outer.lo) or (
        inner.lo is not None and outer.hi is not None and inner.lo > outer.hi
    )
    return False if apart else None
