"""One leg of the positions in a casefile, with all that a picture of it shows: by the id that `flights
match` prints, the aircraft's code and the minute of its first position in the air.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from paradero.casefile.folder import Casefile
from paradero.casefile.originals import Source, check_originals, original_path, sources_of
from paradero.flights import POSITIONS
from paradero.flights.matching.movements import flown_of
from paradero.flights.pictures.scenes import Scene, scenes_of
from paradero.flights.tracks.positions import read_positions
from paradero.flights.tracks.tracks import Track
from paradero.model.errors import UnknownName
from paradero.model.naming import unknown

_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class LegScene:
    """A leg by its id, what a picture of it shows, and the originals its positions are from."""

    id: str
    scene: Scene
    sources: tuple[Source, ...]


def has_positions(case: Casefile) -> bool:
    """Whether the casefile has originals of positions."""
    return any(POSITIONS in source.kinds for source in sources_of(case))


def aircraft_of(case: Casefile) -> dict[str, list[tuple[Source, Track]]]:
    """The tracks of every aircraft in the positions of a casefile, by code, each with its original. Raises
    CasefileError where an original is not what it was.
    """
    sources = [one for one in sources_of(case) if POSITIONS in one.kinds]
    check_originals(case, sources)
    found: dict[str, list[tuple[Source, Track]]] = {}
    for source in sources:
        for track in read_positions(original_path(case, source)):
            found.setdefault(track.hex, []).append((source, track))
    return dict(sorted(found.items()))


def leg_scenes(read: Mapping[str, Sequence[tuple[Source, Track]]], hex_code: str) -> list[LegScene]:
    """The legs of one of the aircraft that `aircraft_of` read, in order of time. Raises UnknownName with
    near codes where it is none of them.
    """
    wanted = hex_code.strip().lower()
    if wanted not in read:
        raise unknown("an aircraft in the positions of this casefile", hex_code, list(read))
    tracks = [track for _, track in read[wanted]]
    used = {source.source: source for source, _ in read[wanted]}
    seen: dict[str, int] = {}
    found = []
    # in the order in which `flights match` numbers legs that share their minute
    for scene in sorted(
        scenes_of(tracks), key=lambda one: (one.leg.takeoff.moment.hi or 0, one.leg.landing.moment.hi or 0)
    ):
        name = flown_of(scene.leg).id
        seen[name] = seen.get(name, 0) + 1
        shown = name if seen[name] == 1 else f"{name}#{seen[name]}"
        found.append(LegScene(id=shown, scene=scene, sources=tuple(used.values())))
    return found


def leg_scene(case: Casefile, leg_id: str) -> LegScene:
    """The leg of that id. Raises UnknownName with near ids where there is none."""
    code, at, _ = leg_id.partition("@")
    if not at:
        raise UnknownName(
            f"`{leg_id}` is neither an event of this casefile nor a leg. A leg's id is its aircraft's code"
            " and the minute of its first position, as 00a1b2@2025-03-15T21:26."
        )
    found = leg_scenes(aircraft_of(case), code)
    by_id = {one.id: one for one in found}
    if leg_id not in by_id:
        raise unknown("a leg of this aircraft", leg_id, list(by_id)[:_SHOWN])
    return by_id[leg_id]
