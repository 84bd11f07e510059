"""The legs of aircraft whose positions are in the casefile, and which of them may fall in a month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from paradero.answers.flights.leg_scenes import LegScene, aircraft_of, has_positions, leg_scenes
from paradero.flights.days import days_between, may_fall_on
from paradero.model.time.clock import EPOCH
from paradero.web.asking import Asking


def flown_legs(asking: Asking) -> Sequence[LegScene]:
    """Every leg, by aircraft and in order of time; worked out once of a state of the casefile."""
    standing = asking.standing
    if not has_positions(standing.case):
        return ()

    def work() -> Sequence[LegScene]:
        read = aircraft_of(standing.case)
        return [leg for code in read for leg in leg_scenes(read, code)]

    return standing.shared(("legs",), work)


def months_of(legs: Sequence[LegScene]) -> set[str]:
    """The months (UTC) in which aircraft were first heard on these legs."""
    return {f"{EPOCH + dt.timedelta(microseconds=one.scene.lo):%Y-%m}" for one in legs}


def may_be_of(legs: Sequence[LegScene], month: str) -> list[LegScene]:
    """The legs that may fall in a month (UTC), as far as the bounds of their ends leave it open."""
    first = dt.date.fromisoformat(f"{month}-01")
    last = (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
    days = days_between(first.isoformat(), last.isoformat())
    found = [one for one in legs if may_fall_on(days, *_span(one))]
    return sorted(found, key=lambda one: (one.scene.lo, one.id))


def _span(one: LegScene) -> tuple[int | None, int | None]:
    return one.scene.leg.takeoff.moment.lo, one.scene.leg.landing.moment.hi
