"""Counts against counts: the people of a manifest against those whom the books show leaving for it and
arriving from it. All as bounds.

A person counts surely where place and time leave no doubt, and possibly where they leave it open. Two counts
agree where their bounds meet; else the least difference is given, which no choice within the bounds makes
smaller.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from paradero.flights.listed.listed import Bounds
from paradero.flights.matching.matching import Limits
from paradero.flights.matching.movements import Moved, Place, Planned, Removed
from paradero.flights.places.geometry import sphere_km

_HOUR_US = 3_600_000_000
Nears = dict[tuple[str, str], bool | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """A manifest's count against book-outs near its pickup airport, arrivals near its drop-off, and removals
    to its country. `verdict`: see `verdict_of`.

    `no records of that day` (the casefile has no move, or no removal, about it) and `no facility near` (none
    whose place is known lies near one of the airports) say that nothing was compared. `rivals` are manifests
    of the same day, pickup and drop-off: the books do not tell their passengers apart, so that the sum of all
    is compared.
    """

    manifest: str
    persons: Bounds
    book_outs: Bounds
    arrivals: Bounds
    removals: Bounds
    should_equal: str
    verdict: str
    least_difference: int | None
    rivals: tuple[str, ...]


NO_RECORDS, NO_FACILITY = "no records of that day", "no facility near"


def verdict_of(persons: Bounds, books: Bounds) -> tuple[str, int | None]:
    """`agrees` where both are one and the same number, `can agree` where their bounds meet, `more than the
    books` or `fewer than the books` with the least difference.

    `not known` where a bound is missing.
    """
    lo, hi = persons
    least, most = books
    if lo is not None and most is not None and lo > most:
        return "more than the books", lo - most
    if hi is not None and least is not None and hi < least:
        return "fewer than the books", least - hi
    if None in (lo, hi, least, most):
        return "not known", None
    return ("agrees" if lo == hi == least == most else "can agree"), 0


def tallies(
    manifests: Sequence[Planned],
    moved: Sequence[Moved],
    removed: Sequence[Removed],
    facilities: Sequence[Place],
    limits: Limits,
) -> list[Tally]:
    """The tally of each manifest: against moves from near its pickup to near its drop-off, or where it leads
    abroad against removals to that country.
    """
    removal_days = sorted(one.departed.hi or 0 for one in removed)
    by_left = sorted(moved, key=lambda one: (one.left.hi or 0, one.id))
    latest = [one.left.hi or 0 for one in by_left]
    by_country: dict[str, list[Removed]] = {}
    for gone in removed:
        by_country.setdefault("" if gone.is_assumed else gone.country or "", []).append(gone)
    of_flight: dict[tuple[object, ...], list[Planned]] = {}
    for each in manifests:
        of_flight.setdefault(_flight(each), []).append(each)
    nears: Nears = {}
    found = []
    for group in of_flight.values():
        one = group[0]
        persons = _sum(each.persons for each in group)
        spare = int(limits.within_hours * _HOUR_US)
        first = bisect.bisect_left(latest, (one.departed.lo or 0) - spare)
        books = list(_until(by_left, first, (one.departed.hi or 0) + spare))
        book_outs = _counted(books, one, limits, nears, ends=("origin", "destination"))
        arrivals = _counted(books, one, limits, nears, ends=("destination",))
        is_abroad = one.destination.country is not None and one.destination.country != one.origin.country
        removals = (
            _removals([*by_country.get(one.destination.country or "", ()), *by_country.get("", ())], one)
            if is_abroad
            else (0, 0)
        )
        should = "removals" if is_abroad else "book-outs"
        if is_abroad:
            is_covered = _any_between(
                removal_days, one.departed.lo or 0, (one.departed.hi or 0) + 24 * _HOUR_US
            )
            verdict, difference = verdict_of(persons, removals) if is_covered else (NO_RECORDS, None)
        elif not all(
            any(_near(facility, place, limits.within_km, nears) for facility in facilities)
            for place in (one.origin, one.destination)
        ):
            verdict, difference = NO_FACILITY, None
        else:
            verdict, difference = verdict_of(persons, book_outs) if books else (NO_RECORDS, None)
        for each in group:
            rivals = tuple(sorted(other.id for other in group if other.id != each.id))
            found.append(
                Tally(
                    manifest=each.id,
                    persons=each.persons if not rivals else persons,
                    book_outs=book_outs,
                    arrivals=arrivals,
                    removals=removals,
                    should_equal=should,
                    verdict=verdict,
                    least_difference=difference,
                    rivals=rivals,
                )
            )
    return sorted(found, key=lambda one: one.manifest)


def _any_between(values: Sequence[int], lo: int, hi: int) -> bool:
    place = bisect.bisect_left(values, lo)
    return place < len(values) and values[place] <= hi


def _flight(one: Planned) -> tuple[object, ...]:
    return one.departed.lo, one.departed.hi, one.origin.code, one.destination.code


def _until(ordered: Sequence[Moved], first: int, last_us: int) -> Iterable[Moved]:
    for one in ordered[first:]:
        if (one.left.lo or 0) > last_us + 2 * 24 * _HOUR_US:
            return
        if (one.left.lo or 0) <= last_us:
            yield one


def _counted(
    books: Iterable[Moved], one: Planned, limits: Limits, nears: Nears, *, ends: tuple[str, ...]
) -> Bounds:
    """How many moved between places near its airports about its day: at most all of them, those of whose
    places one is not known included; at least those whom the books show moving on that very day faster than a
    bus goes.
    """
    least = most = 0
    for each in books:
        near = [_near(getattr(each, end), getattr(one, end), limits.within_km, nears) for end in ends]
        if False in near or True not in near:
            continue
        most += each.n
        is_on_day = (
            one.departed.lo is not None
            and one.departed.hi is not None
            and one.departed.lo <= (each.left.lo or 0)
            and (each.left.hi or 0) <= one.departed.hi
        )
        least += each.n if is_on_day and None not in near and _flew(each) else 0
    return (least, most)


def _flew(one: Moved) -> bool:
    """Whether the move was faster than 110 km/h over more than 100 km, so that no bus can have made it."""
    if None in (
        one.origin.lat,
        one.origin.lon,
        one.destination.lat,
        one.destination.lon,
        one.arrived.hi,
        one.left.lo,
    ):
        return False
    km = float(sphere_km(one.origin.lat, one.origin.lon, one.destination.lat, one.destination.lon))
    return km > 100 and km / 110 * _HOUR_US > (one.arrived.hi or 0) - (one.left.lo or 0)


def _near(one: Place, other: Place, within_km: float, nears: Nears) -> bool | None:
    """Whether two places lie near each other; None where one of them is not known."""
    key = (one.code, other.code)
    if key not in nears:
        is_placed = None not in (one.lat, one.lon, other.lat, other.lon)
        nears[key] = (
            float(sphere_km(one.lat, one.lon, other.lat, other.lon)) <= within_km if is_placed else None
        )
    return nears[key]


def _removals(removed: Iterable[Removed], one: Planned) -> Bounds:
    """Removals to the country on the day: at most all of them, and all whose country is not said, came on
    this flight; none surely, since others fly there too.
    """
    most = 0
    for each in removed:
        apart = (each.departed.hi or 0) < (one.departed.lo or 0) or (each.departed.lo or 0) > (
            one.departed.hi or 0
        )
        most += 0 if apart else each.n
    return (0, most)


def _sum(counts: Iterable[Bounds]) -> Bounds:
    every = list(counts)
    return (
        None if any(lo is None for lo, _ in every) else sum(lo or 0 for lo, _ in every),
        None if any(hi is None for _, hi in every) else sum(hi or 0 for _, hi in every),
    )
