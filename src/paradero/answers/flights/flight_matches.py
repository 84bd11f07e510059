"""Legs against the records of a casefile: links with their classes, distances and rivals; manifests against
the books; what no side could match.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from paradero.answers.flights.flight_records import TABLES, Records, Span, records_of
from paradero.answers.flights.flight_values import (
    FlightLink,
    FlightMatches,
    FlownLeg,
    ManifestCount,
    MatchSettings,
    MovedGroup,
    PlannedLeg,
    RemovedGroup,
    Unmatched,
    WeighedAirport,
)
from paradero.building.tables import open_tables
from paradero.casefile.folder import Casefile
from paradero.flights.listing import instant
from paradero.flights.matching.matching import (
    Limits,
    Link,
    Same,
    link_moved,
    link_planned,
    link_removed,
    same_flights,
)
from paradero.flights.matching.movements import Flown, Moved, Place, Planned, Removed
from paradero.flights.matching.tallies import Tally, tallies


def matches(case: Casefile, flown: Sequence[Flown], *, span: Span, limits: Limits) -> FlightMatches:
    """Match legs with the records between two days. Raises CasefileError where nothing was built."""
    with open_tables(case, *TABLES) as built:
        records = records_of(built, span)
        scope, digest = built.receipt.scope, built.receipt.digest
    same = same_flights(flown)
    links = _links(flown, records, same, limits)
    counted = tallies(records.manifests, records.moved, records.removed, records.facilities, limits)
    return FlightMatches(
        scope=scope,
        digest=digest,
        settings=MatchSettings(
            first=span[0],
            last=span[1],
            within_km=limits.within_km,
            within_hours=limits.within_hours,
            late_minutes=limits.late_minutes,
        ),
        legs=tuple(_with_others(_flown_leg(one), same[one.id]) for one in flown),
        links=tuple(map(_flight_link, links)),
        counts=tuple(map(_manifest_count, counted)),
        unmatched=_unmatched(flown, records, links),
        left_out=records.left_out,
    )


def _links(flown: Sequence[Flown], records: Records, same: Same, limits: Limits) -> list[Link]:
    links = [
        *link_planned(flown, records.missions, same),
        *link_planned(flown, records.manifests, same),
        *link_moved(flown, records.moved, same, limits),
        *link_removed(flown, records.removed, same),
    ]
    return sorted(links, key=lambda one: (one.leg, one.right_kind))


def _unmatched(flown: Sequence[Flown], records: Records, links: Sequence[Link]) -> Unmatched:
    linked = {(link.right_kind, link.right) for link in links}
    legs = {link.leg for link in links}
    return Unmatched(
        legs=tuple(_flown_leg(one) for one in flown if one.id not in legs),
        missions=tuple(_planned_leg(one) for one in records.missions if ("mission", one.id) not in linked),
        manifests=tuple(_planned_leg(one) for one in records.manifests if ("manifest", one.id) not in linked),
        transfers=tuple(_moved_group(one) for one in records.moved if ("transfer", one.id) not in linked),
        removals=tuple(_removed_group(one) for one in records.removed if ("removal", one.id) not in linked),
    )


def _with_others(leg: FlownLeg, others: frozenset[str]) -> FlownLeg:
    return msgspec.structs.replace(leg, same_flight=tuple(sorted(others)))


def _flown_leg(one: Flown) -> FlownLeg:
    return FlownLeg(
        id=one.id,
        source=one.source,
        tail=one.tail,
        callsigns=one.callsigns,
        takeoff_lo=instant(one.takeoff.lo),
        takeoff_hi=instant(one.takeoff.hi),
        landing_lo=instant(one.landing.lo),
        landing_hi=instant(one.landing.hi),
        origins=_weighed(one.origins),
        destinations=_weighed(one.destinations),
        boarded=one.boarded,
        deplaned=one.deplaned,
    )


def _weighed(places: Sequence[Place]) -> tuple[WeighedAirport, ...]:
    return tuple(WeighedAirport(code=one.code, weight=one.weight) for one in places)


def _planned_leg(one: Planned) -> PlannedLeg:
    return PlannedLeg(
        id=one.id,
        number=one.number,
        tail=one.tail,
        departed_lo=instant(one.departed.lo),
        departed_hi=instant(one.departed.hi),
        origin=one.origin.code,
        destination=one.destination.code,
        persons=one.persons,
        is_removal=one.is_removal,
        rows=one.rows,
    )


def _moved_group(one: Moved) -> MovedGroup:
    return MovedGroup(
        id=one.id,
        origin=one.origin.code,
        destination=one.destination.code,
        left_lo=instant(one.left.lo),
        left_hi=instant(one.left.hi),
        arrived_lo=instant(one.arrived.lo),
        arrived_hi=instant(one.arrived.hi),
        n=one.n,
        rows=one.rows,
    )


def _removed_group(one: Removed) -> RemovedGroup:
    return RemovedGroup(
        id=one.id,
        country=one.country,
        country_text=one.country_text,
        is_assumed=one.is_assumed,
        departed_lo=instant(one.departed.lo),
        departed_hi=instant(one.departed.hi),
        n=one.n,
        rows=one.rows,
    )


def _flight_link(link: Link) -> FlightLink:
    return FlightLink(
        leg=link.leg,
        right_kind=link.right_kind,
        right=link.right,
        time=link.time,
        origin=link.origin,
        destination=link.destination,
        origin_km=link.origin_km,
        destination_km=link.destination_km,
        weight=link.weight,
        minutes_before=link.minutes_before,
        minutes_after=link.minutes_after,
        same_tail=link.same_tail,
        rivals=link.rivals,
        link_class=link.link_class,
        n_rivals=len(link.rivals),
    )


def _manifest_count(one: Tally) -> ManifestCount:
    return ManifestCount(
        manifest=one.manifest,
        persons=one.persons,
        book_outs=one.book_outs,
        arrivals=one.arrivals,
        removals=one.removals,
        should_equal=one.should_equal,
        verdict=one.verdict,
        least_difference=one.least_difference,
        rivals=one.rivals,
    )
