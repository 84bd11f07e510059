"""Which part of the world and of time a picture of a flight shows, whatever draws it."""

from __future__ import annotations

from typing import Any

from paradero.flights.legs.envelopes import outline
from paradero.flights.pictures.maps import View, fitted
from paradero.flights.pictures.palette import MOST_GAP_SHARE
from paradero.flights.pictures.scenes import ENVELOPE_KM, Scene


def view_of(scene: Scene, inner: int, height: int | None = None) -> View:
    """The part of the world that holds a scene: its positions, marks, gaps, and envelopes that are not too
    large. `height` is chosen by the width where it is not given.
    """
    lat = [one.lat for piece in scene.pieces for one in piece] + [one.lat for one in scene.marks]
    lon = [one.lon for piece in scene.pieces for one in piece] + [one.lon for one in scene.marks]
    for gap in scene.gaps:
        lat += [gap.start.lat, gap.end.lat]
        lon += [gap.start.lon, gap.end.lon]
        if gap.envelope.radius_km is not None and gap.envelope.radius_km <= ENVELOPE_KM:
            for polygon in outline(gap.envelope) or []:
                lon += [point[0] for point in polygon[0]]
                lat += [point[1] for point in polygon[0]]
    high = max(260, min(620, round(inner * 0.62))) if height is None else height
    return fitted(lat, lon, width=inner, height=high)


def reaches_out(view: View, of: Any) -> bool:
    """Whether an envelope is known and reaches beyond the edge of the view."""
    rings = outline(of)
    if rings is None:
        return False
    points = [point for polygon in rings for point in polygon[0]]
    x, y = view.pixels([point[1] for point in points], [point[0] for point in points])
    return bool((x < 0).any() or (x > view.width).any() or (y < 0).any() or (y > view.height).any())


def drawn_until_of(scene: Scene) -> int:
    """The last instant drawn: a gap at the end of more than five times what was seen is cut off, and the
    caption says so.
    """
    seen = sum(piece[-1].us - piece[0].us for piece in scene.pieces)
    last = max([piece[-1].us for piece in scene.pieces] or [scene.hi])
    return int(min(scene.hi, last + max(seen, 600_000_000) * MOST_GAP_SHARE))
