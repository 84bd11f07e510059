"""Bounds: from what a text states on a clock to the earliest and latest instant it can mean, in UTC
microseconds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from paradero.model.time.dates import FIRST_US, LAST_US, Stretch
from paradero.model.time.moments import (
    Assumption,
    ClockChange,
    Missing,
    Moment,
    MomentError,
    Precision,
    coarsest,
)
from paradero.model.time.zones import (
    EASTMOST_US,
    UTC,
    WESTMOST_US,
    change_between,
    instants,
    offset_at,
    offset_us,
)

_DATES = (Precision.DAY, Precision.WEEK, Precision.MONTH, Precision.SEASON, Precision.YEAR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of what is stated: a stretch of the clock, or why there is none; its zone; how far to go back
    before it or ahead of it.
    """

    stretch: Stretch | None = None
    missing: Missing | None = None
    precision: Precision | None = None
    offset: str | None = None
    places: tuple[str, ...] | None = None
    is_assumed: bool = False
    back_us: int = 0
    ahead_us: int = 0

    @property
    def is_unplaced(self) -> bool:
        """Whether it names neither an offset nor a place."""
        return self.offset is None and self.places is None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bound:
    """One bound, how far the assumed zones differ about it, and whether a change of clocks touched it."""

    us: int
    spread_us: int = 0
    change: ClockChange | None = None


def moment_of(
    pairs: Sequence[tuple[Side, Side]],
    *,
    text: str,
    zones: tuple[str, ...] = (),
    precision: Precision | None = None,
    missing: Mapping[str, Missing] | None = None,
) -> Moment:
    """The moment that lies within one of the pairs (earliest side, latest side); `zones` are assumed for
    sides that name none.
    """
    placed = [(_placed(first, zones), _placed(last, zones)) for first, last in pairs]
    lo, lo_why, lo_sides = _end([first for first, _ in placed], _earliest, (missing or {}).get("lo"), text)
    hi, hi_why, hi_sides = _end([last for _, last in placed], _latest, (missing or {}).get("hi"), text)
    if lo is not None and hi is not None and lo.us > hi.us:
        raise MomentError(
            f"`{text}` ends before it begins. Where it ends on another day, write that day's date."
        )
    sides = lo_sides + hi_sides
    zone, places = _zone_of(sides, text)
    _check_years(placed, [bound.us for bound in (lo, hi) if bound is not None and zone == UTC], text)
    return Moment(
        lo=None if lo is None else lo.us,
        hi=None if hi is None else hi.us,
        precision=precision or coarsest(*(side.precision for side in sides)),
        zone=zone,
        assumed=(
            None
            if places is None
            else Assumption(zones=places, lo_us=lo.spread_us if lo else 0, hi_us=hi.spread_us if hi else 0)
        ),
        clock_change=_graver([bound for bound in (lo, hi) if bound is not None]),
        lo_why_missing=lo_why,
        hi_why_missing=hi_why,
        text=text,
    )


def _end(
    sides: list[Side], bound_of: Callable[[Side], _Bound | None], given: Missing | None, text: str
) -> tuple[_Bound | None, Missing | None, list[Side]]:
    """The outermost bound of the sides, or why it is missing; and the sides that it rests on: their precision
    and zone are the moment's.
    """
    bounds = [bound_of(side) for side in sides]
    known = [bound for bound in bounds if bound is not None]
    if len(known) == len(bounds):
        if given is not None:
            raise MomentError(
                f"`{text}` gives a bound beside the reason `{given.reason}`, which says there is none. Leave"
                " one of them out."
            )
        outermost = (min if bound_of is _earliest else max)(known, key=lambda bound: bound.us)
        return outermost, None, sides
    silent = next(side for side in sides if side.missing is not None)
    return None, given or silent.missing, [silent] if given is None and silent.precision is not None else []


def _check_years(pairs: Sequence[tuple[Side, Side]], in_utc: Sequence[int], text: str) -> None:
    """Refuse what a duration or another zone carries beyond the years that can be printed."""
    begins = [first.stretch.begin - first.back_us for first, _ in pairs if first.stretch is not None]
    ends = [last.stretch.end + last.ahead_us for _, last in pairs if last.stretch is not None]
    if any(not FIRST_US <= us <= LAST_US for us in (*begins, *ends, *in_utc)):
        raise MomentError(f"`{text}` is outside the years 0001 to 9999. Correct the year.")


def _placed(side: Side, zones: tuple[str, ...]) -> Side:
    """The side with the assumed zones where it names none."""
    if not side.is_unplaced:
        return side
    return Side(
        stretch=side.stretch,
        missing=side.missing,
        precision=side.precision,
        places=zones,
        is_assumed=True,
        back_us=side.back_us,
        ahead_us=side.ahead_us,
    )


def _zone_of(sides: Sequence[Side], text: str) -> tuple[str | None, tuple[str, ...] | None]:
    """The zone as read, or else the zones assumed; UTC where the sides name different ones."""
    assumed = {side.places or () for side in sides if side.is_assumed}
    named = {side.places[0] if side.places else str(side.offset) for side in sides if not side.is_assumed}
    if len(assumed) > 1 or (assumed and named):
        raise MomentError(
            f"`{text}` names several zones, or assumptions about them. Write one for the whole moment."
        )
    if assumed:
        return None, assumed.pop()
    return (None, None) if not named else (named.pop() if len(named) == 1 else UTC, None)


def _earliest(side: Side) -> _Bound | None:
    if side.stretch is None:
        return None
    if side.places == ():
        return _Bound(us=side.stretch.begin - EASTMOST_US - side.back_us, spread_us=EASTMOST_US - WESTMOST_US)
    bounds = [_first(side.stretch, zone, side.offset) for zone in side.places or (str(side.offset),)]
    return _Bound(
        us=min(bound.us for bound in bounds) - side.back_us,
        spread_us=max(bound.us for bound in bounds) - min(bound.us for bound in bounds),
        change=_graver(bounds),
    )


def _latest(side: Side) -> _Bound | None:
    if side.stretch is None:
        return None
    if side.places == ():
        return _Bound(us=side.stretch.end - WESTMOST_US + side.ahead_us, spread_us=EASTMOST_US - WESTMOST_US)
    bounds = [_last(side.stretch, zone, side.offset) for zone in side.places or (str(side.offset),)]
    return _Bound(
        us=max(bound.us for bound in bounds) + side.ahead_us,
        spread_us=max(bound.us for bound in bounds) - min(bound.us for bound in bounds),
        change=_graver(bounds),
    )


def _graver(bounds: Sequence[_Bound]) -> ClockChange | None:
    changes = {bound.change for bound in bounds}
    return next((change for change in (ClockChange.GAP, ClockChange.FOLD) if change in changes), None)


def _first(stretch: Stretch, zone: str, offset: str | None) -> _Bound:
    if offset is not None:
        return _Bound(us=_fitting(stretch.begin, zone, offset))
    found = instants(stretch.begin, zone)
    if found.change is ClockChange.GAP and _is_day_with_hours(stretch, zone):
        return _Bound(us=change_between(found.first, found.last, zone))
    return _Bound(us=found.first, change=found.change)


def _last(stretch: Stretch, zone: str, offset: str | None) -> _Bound:
    if offset is not None:
        return _Bound(us=_fitting(stretch.end, zone, offset))
    found = instants(stretch.end, zone)
    if found.change is ClockChange.GAP and _is_day_with_hours(stretch, zone):
        return _Bound(us=change_between(found.first, found.last, zone) - 1)
    return _Bound(us=found.last, change=found.change)


def _is_day_with_hours(stretch: Stretch, zone: str) -> bool:
    """Whether the stretch is a date of which only the first or last hours never were; Samoa never had a 30
    December 2011.
    """
    first, last = instants(stretch.begin, zone), instants(stretch.end, zone)
    both = first.change is ClockChange.GAP and last.change is ClockChange.GAP
    return stretch.precision in _DATES and not (
        both and change_between(first.first, first.last, zone) == change_between(last.first, last.last, zone)
    )


def _fitting(wall_us: int, zone: str, offset: str) -> int:
    us = wall_us - offset_us(offset)
    if offset != UTC and offset_at(us, zone) != offset_us(offset):
        raise MomentError(
            f"`{zone}` did not have the offset `{offset}` at that time. Leave one of the two out."
        )
    return us
