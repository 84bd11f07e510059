"""What the files of flights share: ids of legs, instants as text, lines that no gap interrupts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from paradero.flights.legs.ends import End
from paradero.flights.matching.movements import flown_of
from paradero.flights.pictures.scenes import Position, Scene

Line = list[list[float]]

NOTES = {
    "positions": "as volunteers received them; an aircraft that nobody heard is not in them",
    "times": "UTC; bounds are the earliest and latest that the positions allow, null is no bound",
    "gaps": "times without positions: nothing joins what was heard before and after, and no position there is"
    " no sign that anything was switched off",
    "weights": "our degree of belief, no measured probability",
    "thinned": "long tracks are thinned: of each of 1,200 stretches of time the first, lowest, highest and"
    " last position stay",
}


def numbered(scenes: Iterable[Scene]) -> list[tuple[str, Scene]]:
    """The scenes in order of time, each with the id of its leg: one that comes again gets a number."""
    seen: dict[str, int] = {}
    found = []
    for scene in sorted(
        scenes, key=lambda one: (one.leg.takeoff.moment.hi or 0, one.leg.landing.moment.hi or 0, one.leg.hex)
    ):
        name = flown_of(scene.leg).id
        seen[name] = seen.get(name, 0) + 1
        found.append((name if seen[name] == 1 else f"{name}#{seen[name]}", scene))
    return found


def ends_of(scene: Scene) -> list[tuple[str, End]]:
    """Take-off and landing by their names."""
    return [("takeoff", scene.leg.takeoff), ("landing", scene.leg.landing)]


def lines(piece: Sequence[Position]) -> list[Line]:
    """A piece as lines of (longitude, latitude), cut at the 180th meridian, where maps end."""
    found: list[Line] = [[_place(piece[0])]]
    for one in piece[1:]:
        last = found[-1][-1]
        here = _place(one)
        turn = here[0] - last[0]
        if abs(turn) > 180:
            edge = 180.0 if last[0] > 0 else -180.0
            whole = here[0] + (360 if turn < 0 else -360)
            share = (edge - last[0]) / (whole - last[0]) if whole != last[0] else 0.0
            lat = round(last[1] + (here[1] - last[1]) * share, 6)
            found[-1].append([edge, lat])
            found.append([[-edge, lat]])
        found[-1].append(here)
    return found


def _place(one: Position) -> list[float]:
    return [round((one.lon + 180) % 360 - 180, 6), round(one.lat, 6)]
