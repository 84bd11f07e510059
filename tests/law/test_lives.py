"""When an order was in force, against worlds in which each of its moments is one instant, and against what the
engine says of events at single instants.
"""

from __future__ import annotations

import datetime as dt
import itertools
import random

import pytest
from judged import act, event, judged, order

from paradero.law.lives import Span, life_of
from paradero.law.matrix import Matrix
from paradero.law.shown.variants import Variant

FAR = 10**18
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_DAYS = [f"2025-03-{day:02}" for day in range(10, 31)]


def _drawn(draw: random.Random) -> str:
    """The acts of an order, each known to the day, within two days, or not at all."""

    def time() -> list[str]:
        day = draw.choice(_DAYS[:-2])
        later = _DAYS[_DAYS.index(day) + 2]
        return draw.choice([[day], [f"{day}T12:00Z"], [f"{day}/{later}"], [f"{day}T12:00Z", later], []])

    acts = [act("given", "binds", *(time() or ["2025-03-12"]))]
    if draw.random() < 0.6:
        acts.append(act("end", "expires", *time()))
        if draw.random() < 0.5:
            acts += [act("more", "extends", *time(), more='until = "end2"'), act("end2", "expires", *time())]
    if draw.random() < 0.6:
        stops = draw.choice(["stays", "vacates"])
        acts.append(act("stopped", stops, *time()))
        if draw.random() < 0.6:
            acts.append(act("again", "resumes", *time(), more='of = "stopped"'))
    if draw.random() < 0.2:
        acts.append(act("replaced", "supersedes", *time()))
    return "".join(acts)


def _world(variant: Variant, matrix: Matrix, draw: random.Random) -> dict[str, int]:
    """One instant for each act of the order, within what is known of it."""
    names = variant.order.moment_names()
    found = {}
    for one in variant.order.file.act:
        moment = matrix.timeline.moments[names[one.id]]
        lo = -FAR if moment.lo is None else moment.lo
        hi = FAR if moment.hi is None else moment.hi
        found[one.id] = draw.choice((lo, hi, draw.randint(lo, hi)))
    return found


def _is_in_force(at: int, variant: Variant, world: dict[str, int]) -> bool:
    """Begun; not expired, or extended before it was; not stayed, vacated or superseded."""
    acts = variant.order.file.act
    if at < world["given"]:
        return False
    of_extension = {one.until for one in acts if one.does == "extends"}
    ends = [world[one.id] for one in acts if one.does == "expires" and one.id not in of_extension]
    alive = not ends or at < min(ends)
    for one in acts:
        if one.does == "extends" and world[one.id] <= at < world[one.until]:
            alive = True
    for one in acts:
        if one.does == "supersedes" and world[one.id] <= at:
            return False
        if one.does in ("stays", "vacates"):
            lifted = [world[other.id] for other in acts if other.does == "resumes" and other.of == one.id]
            if world[one.id] <= at < min(lifted, default=FAR + 1):
                return False
    return alive


def _at(spans: list[Span], us: int) -> bool | None:
    (found,) = [one for one in spans if (one.lo is None or one.lo <= us) and (one.hi is None or us < one.hi)]
    return found.in_force


@pytest.mark.parametrize("seed", range(25))
def test_a_life_is_true_in_every_world_and_as_the_engine_has_it(seed: int) -> None:
    draw = random.Random(seed)
    instants = [f"{draw.choice(_DAYS)}T{draw.randrange(24):02}:30:00.000000Z" for _ in range(8)]
    events = [event(f"{at}/{at}", name=f"e{number}") for number, at in enumerate(instants)]
    matrix, rows = judged([order(_drawn(draw))], events)
    (variant,) = matrix.variants
    spans = life_of(variant, matrix.timeline)
    assert (spans[0].lo, spans[-1].hi) == (None, None)
    assert all(one.hi == other.lo for one, other in itertools.pairwise(spans))
    worlds = [_world(variant, matrix, draw) for _ in range(60)]
    for span in spans:
        lo = -FAR if span.lo is None else span.lo
        hi = FAR if span.hi is None else span.hi
        for at in (lo, hi - 1, draw.randrange(lo, hi)):
            if span.in_force is not None:
                assert {_is_in_force(at, variant, world) for world in worlds} == {span.in_force}
    for row in rows:
        time = instants[int(matrix.events[row["event_no"]].id[1:])]
        us = (dt.datetime.fromisoformat(time) - _EPOCH) // dt.timedelta(microseconds=1)
        assert row["in_force"] == _at(spans, us), (time, spans)
