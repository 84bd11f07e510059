"""GeoJSON (RFC 7946): a feature a piece that was heard, a gap, and an airport that may be an end. A gap's
shape is the area in which it may have stopped, none where none can be drawn; it is never a line.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from paradero.exports.flights.moments import NOTES, ends_of, lines, numbered
from paradero.flights.legs.envelopes import outline
from paradero.flights.listing import instant
from paradero.flights.pictures.scenes import Scene


def text_of(scenes: Sequence[Scene], scope: str) -> str:
    """The collection; the same scenes give the same text."""
    features = [one for name, scene in numbered(scenes) for one in _features(name, scene)]
    whole = {"type": "FeatureCollection", "scope": scope, "notes": NOTES, "features": features}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _features(name: str, scene: Scene) -> Iterator[dict[str, Any]]:
    leg = scene.leg
    named = {
        "leg": name,
        "hex": leg.hex,
        "registration": leg.registration,
        "aircraft_type": leg.aircraft_type,
        "callsigns": list(leg.callsigns),
        "files": list(leg.files),
    }
    for number, piece in enumerate(scene.pieces, 1):
        heard = {
            "kind": "heard",
            "piece": number,
            "first": instant(piece[0].us),
            "last": instant(piece[-1].us),
            "times": [instant(one.us) for one in piece],
            "altitude_ft": [one.altitude_ft for one in piece],
        }
        yield _feature(_line(lines(piece)), named | heard)
    for gap in scene.gaps:
        rings = outline(gap.envelope)
        shape: dict[str, Any] | None = None
        if rings is not None:
            shape = {"type": "MultiPolygon", "coordinates": rings}
        yield _feature(
            shape,
            named
            | {
                "kind": "gap",
                "last_heard": instant(gap.start.us),
                "heard_again": instant(gap.end.us),
                "minutes": round(gap.minutes, 2),
                "last_place": [gap.start.lon, gap.start.lat],
                "next_place": [gap.end.lon, gap.end.lat],
                "ground_minutes": gap.envelope.ground_minutes,
                "speed_kmh": gap.envelope.speed_kmh,
                "radius_km": gap.envelope.radius_km,
                "shape": "where a stop of ground_minutes was possible",
            },
        )
    for which, end in ends_of(scene):
        bounds = {
            "kind": which,
            "lo": instant(end.moment.lo),
            "hi": instant(end.moment.hi),
            "status": str(end.status),
            "is_certain": end.is_certain,
            "airports_in_reach": end.n_in_reach,
        }
        marks = [one for one in scene.marks if one.end == which]
        for mark in marks:
            shape = {"type": "Point", "coordinates": [mark.lon, mark.lat]}
            airport = {"airport": mark.icao, "airport_name": mark.name, "weight": mark.weight}
            yield _feature(shape, named | bounds | airport)
        if not marks:
            yield _feature(None, named | bounds | {"airport": None, "airport_name": None, "weight": None})


def _line(found: Sequence[Sequence[Sequence[float]]]) -> dict[str, Any]:
    """A piece as a line, as several where it crosses the 180th meridian, as a point where it is one."""
    if len(found) > 1:
        return {"type": "MultiLineString", "coordinates": found}
    if len(found[0]) == 1:
        return {"type": "Point", "coordinates": found[0][0]}
    return {"type": "LineString", "coordinates": found[0]}


def _feature(geometry: dict[str, Any] | None, properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}
