"""Match legs to missions, manifests, transfers and removals. A link says what fits, how well, and what else
would fit as well.

A link needs a place and a time that do not contradict. `time` is true where the bounds leave no doubt, null
where they leave it open; what they rule out is no link. Its class is

========  ====================================================================================================
recorded  both records name the same aircraft, both airports are the same, the time leaves no doubt, and
          nothing else fits as well
inferred  both places fit with more than even belief, the time leaves no doubt, and nothing else fits as well
assumed   it is possible, and no more; and whatever has a rival that fits as well
========  ====================================================================================================
"""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from paradero.flights.listed.registers import plain_tail
from paradero.flights.matching.meeting import BIG, HALF, both, meets, minutes, tails, within
from paradero.flights.matching.movements import Flown, Moved, Planned, Removed
from paradero.model.time.comparisons import elapsed, not_after
from paradero.model.time.moments import Moment

_HOUR_US = 3_600_000_000
_SAME_KM = 5.0  # two codes this near are one field


class LinkClass(StrEnum):
    """How a link is known, the best first."""

    RECORDED = "recorded"
    INFERRED = "inferred"
    ASSUMED = "assumed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How far apart things may lie and still be linked: a facility from its airport, and book-out or book-in
    from take-off or landing.

    `late_minutes`: a book-out entered so long after take-off, or a book-in so long before landing, is no
    contradiction but leaves the time open.
    """

    within_km: float = 150.0
    within_hours: float = 24.0
    late_minutes: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One link. `right_kind` is `mission`, `manifest`, `transfer` or `removal`.

    `origin_km` and `destination_km` are distances between the places compared (None: a place is not known);
    `minutes_before` are the bounds from the record's departure to take-off, `minutes_after` from landing to
    the record's arrival (negative bounds: it can be the other way round). `rivals` are other legs or records
    that fit as well or better.
    """

    leg: str
    right_kind: str
    right: str
    link_class: LinkClass
    time: bool | None
    origin: str | None
    destination: str | None
    origin_km: float | None
    destination_km: float | None
    weight: float
    minutes_before: tuple[float | None, float | None]
    minutes_after: tuple[float | None, float | None]
    same_tail: bool | None
    rivals: tuple[str, ...] = ()


Same = Mapping[str, frozenset[str]]
Right = TypeVar("Right", Planned, Moved, Removed)


def same_flights(flown: Sequence[Flown]) -> Same:
    """For each leg those of other sources that can be the same flight: the same tail, bounds that meet at
    both ends, airports that do not contradict.

    They bear each other out and are no rivals.
    """
    of_tail: dict[str, list[Flown]] = {}
    for one in flown:
        if one.tail and "|" not in one.tail:
            of_tail.setdefault(plain_tail(one.tail), []).append(one)
    return {
        one.id: frozenset(
            other.id
            for other in of_tail.get(plain_tail(one.tail or ""), ())
            if other.source != one.source and _can_be_one(one, other)
        )
        for one in flown
    }


def _can_be_one(one: Flown, other: Flown) -> bool:
    if within(one.takeoff, other.takeoff) is False or within(one.landing, other.landing) is False:
        return False
    for candidates, others in ((one.origins, other.origins), (one.destinations, other.destinations)):
        if others and all(meets(candidates, place, _SAME_KM) is None for place in others):
            return False
    return True


def link_planned(flown: Sequence[Flown], planned: Sequence[Planned], same: Same) -> list[Link]:
    """Links of legs to legs of missions or manifests: the same airports on a day on which it can have taken
    off.
    """
    found = _pairs(
        flown,
        planned,
        lambda one: one.departed,
        _planned_link,
        spare_us=max([one.late_us for one in planned] or [0]),
    )
    return _rivalled(found, same)


def link_moved(flown: Sequence[Flown], moved: Sequence[Moved], same: Same, limits: Limits) -> list[Link]:
    """Links of legs to people who left a facility near its origin before it took off, and arrived at one near
    its destination after it landed.
    """
    spare = int(limits.within_hours * _HOUR_US)
    found = _pairs(
        flown,
        moved,
        lambda one: one.left,
        lambda leg, one: _moved_link(leg, one, limits),
        spare_us=spare,
        late_us=int(limits.late_minutes * 60_000_000),
    )
    return _rivalled(found, same, several=True)


def link_removed(flown: Sequence[Flown], removed: Sequence[Removed], same: Same) -> list[Link]:
    """Links of legs to people who departed for its country of landing on a day on which it can have taken
    off.
    """
    return _rivalled(
        _pairs(flown, removed, lambda one: one.departed, _removed_link, spare_us=0), same, several=True
    )


def _pairs(
    flown: Sequence[Flown],
    right: Sequence[Right],
    when: Callable[[Right], Moment],
    link: Callable[[Flown, Right], Link | None],
    *,
    spare_us: int,
    late_us: int = 0,
) -> list[Link]:
    """All links, from pairs whose times can meet: the records in order of their latest instant, so that each
    leg looks at a stretch of them.
    """
    ordered = sorted(right, key=lambda one: (BIG if when(one).hi is None else when(one).hi or 0, one.id))
    latest = [BIG if when(one).hi is None else when(one).hi or 0 for one in ordered]
    found = []
    for leg in flown:
        lo = -BIG if leg.takeoff.lo is None else leg.takeoff.lo - spare_us
        hi = BIG if leg.takeoff.hi is None else leg.takeoff.hi + late_us
        first = bisect.bisect_left(latest, lo)
        for one in ordered[first:]:
            begin = when(one).lo
            if begin is not None and begin > hi:
                if (
                    begin > hi + 14 * 24 * _HOUR_US
                ):  # no record is wider than a fortnight; later ones begin later still
                    break
                continue
            made = link(leg, one)
            if made is not None:
                found.append(made)
    return found


# --- places -------------------------------------------------------------------------------------------------


# --- the links ----------------------------------------------------------------------------------------------


def _planned_link(leg: Flown, one: Planned) -> Link | None:
    same_tail = tails(leg.tail, one.tail)
    origin, destination = (
        meets(leg.origins, one.origin, _SAME_KM),
        meets(leg.destinations, one.destination, _SAME_KM),
    )
    time = within(leg.takeoff, one.departed)
    if (
        time is False
        and one.departed.hi is not None
        and within(leg.takeoff, replace(one.departed, hi=one.departed.hi + one.late_us)) is not False
    ):
        time = None
    if origin is None or destination is None or time is False or same_tail is False:
        return None
    if origin.code is None and destination.code is None and same_tail is not True:
        return None  # nothing but a day in common
    sure = origin.weight > HALF and destination.weight > HALF and time is True and leg.is_certain
    link_class = (
        LinkClass.ASSUMED if not sure else LinkClass.RECORDED if same_tail is True else LinkClass.INFERRED
    )
    return Link(
        leg=leg.id,
        right_kind=one.kind,
        right=one.id,
        link_class=link_class,
        time=time,
        origin=origin.code,
        destination=destination.code,
        origin_km=origin.km,
        destination_km=destination.km,
        weight=round(origin.weight * destination.weight, 3),
        minutes_before=minutes(elapsed(one.departed, leg.takeoff)),
        minutes_after=(None, None),
        same_tail=same_tail,
    )


def _moved_link(leg: Flown, one: Moved, limits: Limits) -> Link | None:
    origin = meets(leg.origins, one.origin, limits.within_km)
    destination = meets(leg.destinations, one.destination, limits.within_km)
    if origin is None or destination is None or (origin.code is None and destination.code is None):
        return None
    most = int(limits.within_hours * _HOUR_US)
    before, after = elapsed(one.left, leg.takeoff), elapsed(leg.landing, one.arrived)
    time = both(
        not_after(one.left, leg.takeoff),
        not_after(leg.landing, one.arrived),
        _at_most(before, most),
        _at_most(after, most),
    )
    if time is False and not _is_late_entry(before, after, most, int(limits.late_minutes * 60_000_000)):
        return None
    sure = origin.weight > HALF and destination.weight > HALF and time is True and leg.is_certain
    return Link(
        leg=leg.id,
        right_kind="transfer",
        right=one.id,
        link_class=LinkClass.INFERRED if sure else LinkClass.ASSUMED,
        time=time or None,
        origin=origin.code,
        destination=destination.code,
        origin_km=origin.km,
        destination_km=destination.km,
        weight=round(origin.weight * destination.weight, 3),
        minutes_before=minutes(before),
        minutes_after=minutes(after),
        same_tail=None,
    )


def _is_late_entry(
    before: tuple[int | None, int | None], after: tuple[int | None, int | None], most: int, late_us: int
) -> bool:
    """Whether only a clerk's delay stands against it: the book-out so soon after take-off, the book-in so
    soon before landing.
    """
    return all(
        (hi is None or hi >= -late_us) and _at_most((lo, hi), most) is not False for lo, hi in (before, after)
    )


def _at_most(bounds: tuple[int | None, int | None], most: int) -> bool | None:
    lo, hi = bounds
    if hi is not None and hi <= most:
        return True
    return False if lo is not None and lo > most else None


def _removed_link(leg: Flown, one: Removed) -> Link | None:
    time = within(leg.takeoff, one.departed)
    if one.country is None or time is False:
        return None
    there = [place for place in leg.destinations if place.country == one.country]
    here = [place for place in leg.origins if place.country == one.country]
    if here and not there:
        return None
    if leg.destinations and not there and sum(place.weight for place in leg.destinations) > HALF:
        return None
    if not there and not leg.origins:
        return None  # nothing but a day in common
    weight = sum(place.weight for place in there)
    sure = (
        not one.is_assumed
        and weight > HALF
        and time is True
        and leg.is_certain
        and sum(place.weight for place in leg.origins if place.country != one.country) > HALF
    )
    best = max(there, key=lambda place: (place.weight, place.code), default=None)
    first = max(leg.origins, key=lambda place: (place.weight, place.code), default=None)
    return Link(
        leg=leg.id,
        right_kind="removal",
        right=one.id,
        link_class=LinkClass.INFERRED if sure else LinkClass.ASSUMED,
        time=time,
        origin=None if first is None else first.code,
        destination=None if best is None else best.code,
        origin_km=None,
        destination_km=None,
        weight=round(weight, 3),
        minutes_before=minutes(elapsed(one.departed, leg.takeoff)),
        minutes_after=(None, None),
        same_tail=None,
    )


def _rank(link: Link) -> tuple[int, bool]:
    return list(LinkClass).index(link.link_class), link.time is not True


def _rivalled(links: Iterable[Link], same: Same, *, several: bool = False) -> list[Link]:
    """The links with their rivals; one with a rival that fits as well is no more than assumed.

    The rivals of a link are other legs for the same record. Where not `several` records can share a leg (a
    leg is one leg of a mission and has one manifest; it carries any number of people from and to any number
    of facilities), they are also other records of its kind for the same leg.
    """
    of_right: dict[tuple[str, str], list[Link]] = {}
    of_leg: dict[tuple[str, str], list[Link]] = {}
    for link in links:
        of_right.setdefault((link.right_kind, link.right), []).append(link)
        of_leg.setdefault((link.right_kind, link.leg), []).append(link)
    found = []
    for link in (one for each in of_right.values() for one in each):
        rivals = [
            one.leg
            for one in of_right[link.right_kind, link.right]
            if one.leg != link.leg and one.leg not in same[link.leg] and _rank(one) <= _rank(link)
        ]
        if not several:
            rivals += [
                one.right
                for one in of_leg[link.right_kind, link.leg]
                if one.right != link.right and _rank(one) <= _rank(link)
            ]
        found.append(
            replace(
                link,
                rivals=tuple(sorted(rivals)),
                link_class=LinkClass.ASSUMED if rivals else link.link_class,
            )
        )
    return sorted(found, key=lambda one: (one.leg, one.right_kind, *_rank(one), -one.weight, one.right))
