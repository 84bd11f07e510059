"""When and where a flight took off and landed. Both ends are drawn by one set of rules: a take-off is a
landing with time running backward.

What lies beyond the first or last position in the air decides:

=================================  ===========================================================================
beyond it                          bounds of the end
=================================  ===========================================================================
the ground, a minute away or less  that minute: observed
the ground, farther away           from the ground position to the one in the air, less the least time to
                                   climb or descend
another flight of this aircraft    the gap between them, less the least times to descend and climb
nothing                            20 hours of endurance
on its way down or up              besides: at most the time of a slow climb or descent with a spare
                                   (`performance.most_minutes`)
=================================  ===========================================================================
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from paradero.flights.legs.candidates import (
    ARRIVAL_KM_A_FT,
    DEPARTURE_KM_A_FT,
    HALF,
    Found,
    Sight,
    in_air,
    on_ground,
)
from paradero.flights.legs.cleaning import smoothed
from paradero.flights.legs.ends import End, Status, moment_between
from paradero.flights.legs.performance import (
    ENDURANCE_MINUTES,
    FASTEST_KMH,
    MINUTE_US,
    direct_minutes,
    least_flight_minutes,
    least_minutes,
    most_minutes,
)
from paradero.flights.legs.phases import Phases
from paradero.flights.legs.segments import Flight
from paradero.flights.places.airports import Airports
from paradero.flights.places.geometry import sphere_km
from paradero.flights.tracks.tracks import Truth

_OBSERVED_US = 60_000_000
_STRAIGHT_MINUTES = (
    25.0  # so much later than a straight flight, and it can have landed elsewhere and left again
)
_NEAR_KM = 40.0
_FAST_KT = 90.0
_SPARE_US = 5 * MINUTE_US
_STILL_BELIEF = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class _Side:
    """One side of a flight: `air` is its outermost position in the air, `edge` the outermost before any
    ground (it may be unsure), `way` is +1 for landings, -1 for take-offs.
    """

    way: int
    air: int
    edge: int
    ground: int | None
    other: int | None  # the nearest position of the flight beyond the gap
    is_possible: bool


def takeoff_of(phases: Phases, flight: Flight, among: Airports) -> End:
    """The take-off of a flight."""
    if not flight.air:
        return _unseen(phases, flight, among, way=-1)
    first = flight.air[0]
    edge = first if flight.ground_before is not None or flight.air_before is not None else 0
    side = _Side(
        way=-1,
        air=first,
        edge=edge,
        ground=flight.ground_before,
        other=flight.air_before,
        is_possible=flight.is_possible_before,
    )
    return _end(
        phases,
        side,
        flight,
        among,
        limit_us=int(phases.track.us[flight.air[-1]] - ENDURANCE_MINUTES * MINUTE_US),
    )


def landing_of(phases: Phases, flight: Flight, among: Airports, *, takeoff_hi: int | None) -> End:
    """The landing of a flight that took off at `takeoff_hi` at the latest."""
    if not flight.air:
        return _unseen(phases, flight, among, way=1)
    last = flight.air[-1]
    edge = last if flight.ground_after is not None or flight.air_after is not None else len(phases.track) - 1
    side = _Side(
        way=1,
        air=last,
        edge=edge,
        ground=flight.ground_after,
        other=flight.air_after,
        is_possible=flight.is_possible_after,
    )
    begun = int(phases.track.us[flight.air[0]]) if takeoff_hi is None else takeoff_hi
    return _end(phases, side, flight, among, limit_us=int(begun + ENDURANCE_MINUTES * MINUTE_US))


def _end(phases: Phases, side: _Side, flight: Flight, among: Airports, *, limit_us: int) -> End:
    """The end on one side. Times are counted outward from the aircraft: `near` is the bound next to the
    flight, `far` the other one.
    """
    track, way = phases.track, side.way
    at_air, at_edge = int(track.us[side.air]), int(track.us[side.edge])
    if side.ground is not None and abs(int(track.us[side.ground]) - at_air) <= _OBSERVED_US:
        return _observed(phases, side, among)
    base, height, is_on_its_way = _on_its_way(phases, side, flight)
    near = at_air + way * int(least_minutes(track.altitude_ft[side.air]) * MINUTE_US)
    far, basis = _outer(limit_us, at_edge + way * 60 * MINUTE_US, way), "endurance"
    if is_on_its_way:
        slow = int(track.us[base]) + way * int(most_minutes(height) * MINUTE_US)
        far, basis = (
            (_outer(slow, at_edge + way * _SPARE_US, way) if base != side.edge else slow),
            "sustained " + ("descent" if way > 0 else "climb"),
        )
    still = _slowed(phases, side, flight)
    if still is not None and way * (still + way * _SPARE_US) < way * far:
        far, basis = (
            still + way * _SPARE_US,
            "slow at the height of a field " + ("afterwards" if way > 0 else "before"),
        )
    beyond = side.ground if side.ground is not None else side.other
    if beyond is not None:
        known = int(track.us[beyond])
        if side.ground is None:
            known -= way * int(least_minutes(track.altitude_ft[beyond]) * MINUTE_US)
        if way * known <= way * far:
            far, basis = (
                known,
                ("seen on the ground " if side.ground is not None else "seen in flight ")
                + ("afterwards" if way > 0 else "before"),
            )
    if way * far < way * near:
        near = far if way * far >= way * at_air else at_air
        far = max(far, near) if way > 0 else min(far, near)
    if still is not None and side.ground is None:
        edge = side.edge
        found = on_ground(
            float(track.lat[edge]),
            float(track.lon[edge]),
            _day(int(track.us[edge])),
            among,
            belief=_STILL_BELIEF,
        )
    else:
        found, near = _places(
            phases,
            side,
            among,
            reach_minutes=abs(far - at_edge) / MINUTE_US,
            height=height,
            is_on_its_way=is_on_its_way,
            near=near,
        )
    likely = sum(candidate.weight for candidate in found[0])
    is_known = is_on_its_way or still is not None or side.ground is not None
    status = Status.INFERRED if is_known and likely > 0 and not side.is_possible else Status.UNKNOWN
    return _made(
        phases,
        side.edge if beyond is None else side.air,
        near,
        far,
        status,
        basis,
        found,
        is_certain=not side.is_possible,
    )


def _made(
    phases: Phases,
    place: int,
    near: int,
    far: int,
    status: Status,
    basis: str,
    found: Found,
    *,
    is_certain: bool = True,
) -> End:
    track = phases.track
    altitude = float(track.altitude_ft[place])
    return End(
        moment=moment_between(min(near, far) - track.age_us, max(near, far)),
        status=status,
        basis=basis,
        candidates=found[0],
        n_in_reach=found[1],
        is_certain=is_certain,
        lat=float(track.lat[place]),
        lon=float(track.lon[place]),
        altitude_ft=None if np.isnan(altitude) else altitude,
    )


def _outer(one: int, other: int, way: int) -> int:
    return max(one, other) if way > 0 else min(one, other)


def _day(us: int) -> str:
    return dt.datetime.fromtimestamp(us / 1e6, dt.UTC).date().isoformat()


def _observed(phases: Phases, side: _Side, among: Airports) -> End:
    track, ground = phases.track, side.ground
    assert ground is not None  # noqa: S101 - the caller asked
    found = on_ground(float(track.lat[ground]), float(track.lon[ground]), _day(int(track.us[ground])), among)
    return _made(
        phases,
        ground,
        int(track.us[side.air]),
        int(track.us[ground]),
        Status.OBSERVED,
        "wheels " + ("on" if side.way > 0 else "off") + " seen",
        found,
    )


def _slowed(phases: Phases, side: _Side, flight: Flight) -> int | None:
    """When the unsure positions beyond the outermost one in the air first show it slow at the height of a
    field, outward from the flight.

    Only of aircraft that fly at 90 knots or more at the median: others may fly slowly. Of those that can
    hover five minutes more are allowed for.
    """
    tail = (
        np.arange(side.air + 1, side.edge + 1) if side.way > 0 else np.arange(side.air - 1, side.edge - 1, -1)
    )
    slow = tail[phases.is_slow[tail]]
    if not len(slow) or not float(np.nanmedian(np.r_[phases.speed_kt[list(flight.air)], 0.0])) >= _FAST_KT:
        return None
    return int(phases.track.us[slow[0]])


def _on_its_way(phases: Phases, side: _Side, flight: Flight) -> tuple[int, float, bool]:
    """From which position, at which height above the fields about it, it is on a sustained climb out or
    descent in; and whether it is.

    Sustained is: within 25 minutes the altitude changes by 15,000 ft from a position within 10,000 ft of a
    field that is under way (500 ft in the next two minutes, or in the last five of a descent), or by 1,500 ft
    from one within 1,200 ft, at 300 ft a minute or more at the mean, and never goes back by more than 500 ft.
    Less is not enough: sightseers, surveys and training flights climb and descend by thousands of feet an
    hour before they land. The outermost position is asked first, then the outermost one that is surely in the
    air.
    """
    height, found = _sustained(phases, side.edge, flight, side.way)
    if found or side.air == side.edge:
        return side.edge, height, found
    return side.air, *_sustained(phases, side.air, flight, side.way)


def _sustained(phases: Phases, base: int, flight: Flight, way: int) -> tuple[float, bool]:
    track = phases.track
    altitude = track.altitude_ft
    inner = np.arange(base, flight.air[-1] + 1) if way < 0 else np.arange(base, flight.air[0] - 1, -1)
    inner = inner[np.isfinite(altitude[inner]) & (np.abs(track.us[inner] - track.us[base]) <= 25 * MINUTE_US)]
    if not len(inner):
        return float("nan"), False
    here = inner[0]
    field = phases.low_ft[here]
    height = float(altitude[here] - (field if np.isfinite(field) else 0.0))
    if abs(int(track.us[here]) - int(track.us[base])) > MINUTE_US or len(inner) < 4:
        return height, False
    holes = np.flatnonzero(np.abs(np.diff(track.us[inner])) > 3 * MINUTE_US)
    inner = inner[: int(holes[0]) + 1] if len(holes) else inner
    steps = smoothed(altitude[inner])
    steady = (np.maximum.accumulate(steps) - steps) <= 500
    steps = steps if steady.all() else steps[: int(np.argmin(steady))]
    top = int(np.argmax(steps))
    gain, minutes = (
        float(steps[top] - steps[0]),
        abs(int(track.us[inner[top]]) - int(track.us[here])) / MINUTE_US,
    )
    soon = steps[np.abs(track.us[inner[: len(steps)]] - track.us[here]) <= (5 if way > 0 else 2) * MINUTE_US]
    is_under_way = float(soon.max() - soon[0]) >= 500
    is_enough = (gain >= 15_000 and height <= 10_000 and is_under_way) or (
        gain >= 1_500 and bool(np.isfinite(field)) and height <= 1_200
    )
    return height, bool(is_enough and minutes > 0 and gain / minutes >= 300)


def _places(
    phases: Phases,
    side: _Side,
    among: Airports,
    *,
    reach_minutes: float,
    height: float,
    is_on_its_way: bool,
    near: int,
) -> tuple[Found, int]:
    """The candidates of an end that was not observed, and the near bound, drawn nearer where only one airport
    can be.
    """
    track = phases.track
    day = _day(int(track.us[side.edge]))
    if side.ground is not None:
        belief, straight = _belief(phases, side, is_on_its_way, height)
        found = on_ground(
            float(track.lat[side.ground]), float(track.lon[side.ground]), day, among, belief=belief
        )
        if straight is not None:
            near += side.way * int(
                max(0.0, straight - least_minutes(track.altitude_ft[side.air])) * MINUTE_US
            )
            bound = int(track.us[side.ground])
            near = min(near, bound) if side.way > 0 else max(near, bound)
        return found, near
    fastest = (
        float(np.nanmax(np.r_[phases.speed_kt[max(0, side.edge - 200) : side.edge + 200], 150.0])) * 1.852
    )
    speed = min(FASTEST_KMH, max(400.0, fastest * 1.2))
    heading = float(track.heading[side.edge])
    toward = None if np.isnan(heading) else heading if side.way > 0 else (heading + 180) % 360
    sight = Sight(
        lat=float(track.lat[side.edge]),
        lon=float(track.lon[side.edge]),
        altitude_ft=float(track.altitude_ft[side.edge]),
        toward=toward,
        reach_km=min(20_100.0, speed * reach_minutes / 60),
        km_a_ft=ARRIVAL_KM_A_FT if side.way > 0 else DEPARTURE_KM_A_FT,
        is_on_its_way=is_on_its_way,
        is_going_away=bool(side.way * track.rate_fpm[side.edge] >= 300),
        day=day,
    )
    allowed = None if side.other is None else _on_the_way(phases, side, among, speed)
    return in_air(sight, among, allowed=allowed), near


def _on_the_way(phases: Phases, side: _Side, among: Airports, speed: float) -> Truth:
    """The airports from which the flight beyond the gap can still be reached in time."""
    track, other = phases.track, side.other
    assert other is not None  # noqa: S101 - the caller asked
    hours = abs(int(track.us[other]) - int(track.us[side.air])) / 3.6e9
    km = among.km_from(float(track.lat[side.air]), float(track.lon[side.air])) + among.km_from(
        float(track.lat[other]), float(track.lon[other])
    )
    return np.asarray(km <= speed * hours, "?")


def _belief(phases: Phases, side: _Side, is_on_its_way: bool, height: float) -> tuple[float, float | None]:
    """How sure it is that the end was where it is next seen on the ground; and the least minutes to it where
    it cannot have stopped elsewhere.
    """
    track, ground = phases.track, side.ground
    assert ground is not None  # noqa: S101 - the caller asked
    km = float(sphere_km(track.lat[side.air], track.lon[side.air], track.lat[ground], track.lon[ground]))
    minutes = abs(int(track.us[ground]) - int(track.us[side.air])) / MINUTE_US
    spare = minutes - direct_minutes(
        km, float(np.nan_to_num(phases.speed_kt[side.air])), float(track.altitude_ft[side.air])
    )
    if spare <= _STRAIGHT_MINUTES:
        return 1.0, least_flight_minutes(km)
    if is_on_its_way and km <= _NEAR_KM and height <= 10_000:
        return 0.85, None
    return min(HALF, 0.3 + _STRAIGHT_MINUTES / spare / 5), None


def _unseen(phases: Phases, flight: Flight, among: Airports, *, way: int) -> End:
    """An end of a flight of which only the ground positions before and after are known."""
    track, before, after = phases.track, flight.ground_before, flight.ground_after
    # a flight has positions in the air or both of these
    assert before is not None and after is not None  # noqa: S101, PT018
    km = float(sphere_km(track.lat[before], track.lon[before], track.lat[after], track.lon[after]))
    begin, end = int(track.us[before]), int(track.us[after])
    least = int(least_flight_minutes(km) * MINUTE_US)
    here, near, far = (before, begin, end - least) if way < 0 else (after, begin + least, end)
    spare = (end - begin) / MINUTE_US - direct_minutes(km, 400.0, 0.0)
    belief = 0.95 if spare <= _STRAIGHT_MINUTES else min(HALF, 0.3 + _STRAIGHT_MINUTES / spare / 5)
    found = on_ground(
        float(track.lat[here]), float(track.lon[here]), _day(int(track.us[here])), among, belief=belief
    )
    bounds = (near, far) if near <= far else (begin, end)
    return _made(
        phases,
        here,
        *bounds,
        Status.INFERRED,
        "seen on the ground elsewhere " + ("before" if way > 0 else "afterwards"),
        found,
    )
