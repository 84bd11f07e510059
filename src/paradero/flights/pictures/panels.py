"""The map of a scene, layer on layer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import altair as alt

from paradero.flights.legs.envelopes import outline
from paradero.flights.listing import minute
from paradero.flights.pictures import captions, maps
from paradero.flights.pictures.palette import (
    BORDER,
    FEW,
    GAP,
    GROUND,
    INK,
    LABELS_IN_REACH,
    LAND,
    LANDING,
    LINE,
    SEA,
    TAKEOFF,
    WIDE_PX,
)
from paradero.flights.pictures.scenes import Scene
from paradero.flights.places.geometry import EARTH_KM


def scene_map(scene: Scene, view: maps.View, language: str) -> Any:
    """The map of a scene: land, envelopes, gaps, track, positions, airports, scale."""
    said = captions.words(language)
    layers = [
        chart_data([{"type": "Sphere"}]).mark_geoshape(fill=SEA, stroke=None),
        _shapes([{"type": "MultiPolygon", "coordinates": maps.land(view)}]).mark_geoshape(
            fill=LAND, stroke=BORDER, strokeWidth=0.7
        ),
        *_envelopes(scene),
        _shapes(
            [_line([(gap.start.lon, gap.start.lat), (gap.end.lon, gap.end.lat)]) for gap in scene.gaps]
        ).mark_geoshape(filled=False, stroke=GAP, strokeWidth=2, strokeDash=[6, 5]),
        _shapes(
            [_line([(one.lon, one.lat) for one in piece]) for piece in scene.pieces if len(piece) > 1]
        ).mark_geoshape(filled=False, stroke=LINE, strokeWidth=2),
        *_positions(scene, said),
        *_airports(scene, view, said),
        *_bar(view),
    ]
    drawn = alt.layer(*layers).properties(width=view.width, height=view.height)
    return drawn.project(
        type="azimuthalEquidistant",
        rotate=[-view.lon, -view.lat, 0],
        scale=view.scale,
        translate=[view.width / 2, view.height / 2],
        clipAngle=min(179.0, view.reach_km / EARTH_KM * 57.3 + 2),
        clipExtent=[[0, 0], [view.width, view.height]],
        precision=0.3,
    )


def chart_data(rows: list[Any]) -> Any:
    """A chart of rows given as text: Altair copies all that it is given again and again, layer by layer, but
    not the letters of a string.
    """
    return alt.Chart(
        alt.Data(
            values=json.dumps(rows, separators=(",", ":"), ensure_ascii=False),
            format=alt.JsonDataFormat(type="json"),
        )
    )


def _shapes(geometries: Sequence[dict[str, Any]]) -> Any:
    return chart_data([{"type": "Feature", "properties": {}, "geometry": one} for one in geometries])


def _line(points: Sequence[tuple[float, float]]) -> dict[str, Any]:
    return {"type": "LineString", "coordinates": [[round(lon, 5), round(lat, 5)] for lon, lat in points]}


def _envelopes(scene: Scene) -> list[Any]:
    """The shaded envelopes; rings are turned about, since d3 takes a counterclockwise ring for the rest of
    the earth.
    """
    rings = [polygon for gap in scene.gaps for polygon in outline(gap.envelope) or []]
    turned = [{"type": "Polygon", "coordinates": [polygon[0][::-1]]} for polygon in rings]
    return (
        [
            _shapes(turned).mark_geoshape(
                fill=GAP, fillOpacity=0.13, stroke=GAP, strokeWidth=1, strokeDash=[2, 3]
            )
        ]
        if turned
        else []
    )


def _positions(scene: Scene, said: dict[str, str]) -> list[Any]:
    """Positions as points that tell their time and height; those on the ground are seen, the others only
    answer to the pointer.
    """
    every = [
        {
            "lon": round(one.lon, 5),
            "lat": round(one.lat, 5),
            said["at"]: minute(one.us),
            said["altitude"]: one.altitude_ft,
            said["speed"]: one.speed_kt and round(one.speed_kt),
            "ground": one.is_ground,
        }
        for piece in scene.pieces
        for one in piece
    ]
    tips = [alt.Tooltip(name, type="nominal") for name in (said["at"], said["altitude"], said["speed"])]
    ends = [{"lon": place.lon, "lat": place.lat} for gap in scene.gaps for place in (gap.start, gap.end)]
    few = [
        {"lon": one.lon, "lat": one.lat}
        for piece in scene.pieces
        for one in (piece if len(piece) < FEW else (piece[0], piece[-1]))
        if not one.is_ground
    ]
    at = {"longitude": "lon:Q", "latitude": "lat:Q"}
    return [
        chart_data([one for one in every if not one["ground"]])
        .mark_circle(size=60, opacity=0)
        .encode(**at, tooltip=tips),
        chart_data([one for one in every if one["ground"]])
        .mark_circle(size=12, color=GROUND)
        .encode(**at, tooltip=tips),
        chart_data(few).mark_circle(size=26, color=LINE, opacity=1).encode(**at),
        chart_data(ends)
        .mark_point(size=40, filled=True, fill="white", stroke=GAP, strokeWidth=2, opacity=1)
        .encode(**at),
    ]


def _airports(scene: Scene, view: maps.View, said: dict[str, str]) -> list[Any]:
    """Triangles up where it can have taken off, down where it can have landed; small dots for airports that
    only a gap reaches.
    """
    dots = [
        {"lon": one.lon, "lat": one.lat, said["airport"]: f"{one.icao} {one.name}"} for one in scene.reached
    ]
    marks = [
        {
            "lon": one.lon,
            "lat": one.lat,
            "end": one.end,
            said["airport"]: f"{one.icao} {one.name}",
            said["weight"]: f"{one.weight:.2f}",
        }
        for one in scene.marks
    ]
    at = {"longitude": "lon:Q", "latitude": "lat:Q"}
    layers = [
        chart_data(dots)
        .mark_circle(size=9 if len(dots) < 200 else 5, color="#57534e", opacity=0.8)
        .encode(**at, tooltip=alt.Tooltip(said["airport"], type="nominal"))
    ]
    for end, shape, colour in (
        ("takeoff", "triangle-up", TAKEOFF),
        ("landing", "triangle-down", LANDING),
    ):  # the first one larger: both can be one airport
        drawn = chart_data([one for one in marks if one["end"] == end]).mark_point(
            shape=shape,
            size=180 if end == "takeoff" else 80,
            filled=True,
            color=colour,
            stroke="white",
            strokeWidth=1,
            opacity=1,
        )
        layers.append(
            drawn.encode(
                **at,
                tooltip=[alt.Tooltip(name, type="nominal") for name in (said["airport"], said["weight"])],
            )
        )
    return [*layers, *_labels(scene, view, scene.reached[: LABELS_IN_REACH if view.width >= WIDE_PX else 2])]


def _labels(scene: Scene, view: maps.View, reached: Sequence[Any]) -> list[Any]:
    """Codes beside the airports, those of the ends first; a label that would cover another is left out."""
    texts: dict[tuple[float, float], str] = {}
    for mark in scene.marks:
        texts.setdefault((mark.lat, mark.lon), mark.icao)
    texts |= {(one.lat, one.lon): one.icao for one in reached if (one.lat, one.lon) not in texts}
    if not texts:
        return []
    x, y = view.pixels([place[0] for place in texts], [place[1] for place in texts])
    points = list(zip(x.tolist(), y.tolist(), texts.values(), strict=True))
    drawn = [(one.lat, one.lon) for piece in scene.pieces for one in piece[:: max(1, len(piece) // 200)]] + [
        (one.lat, one.lon) for gap in scene.gaps for one in (gap.start, gap.end)
    ]
    way = zip(
        *(
            axis.tolist()
            for axis in view.pixels([place[0] for place in drawn], [place[1] for place in drawn])
        ),
        strict=True,
    )
    taken = [(px - 5, px + 5, py - 5, py + 5) for px, py in [*((x, y) for x, y, _ in points), *way]] + [
        (0.0, view.width / 3 + 60, view.height - 30.0, float(view.height))
    ]
    found = [
        spot
        for spot in maps.placed(points, width=view.width, height=view.height, taken=taken)
        if spot is not None
    ]
    rows = [{"x": round(left, 1), "y": round(middle, 1), "text": text} for left, middle, text in found]
    base = chart_data(rows).encode(x=_pixel("x", view.width), y=_pixel("y", view.height), text="text:N")
    halo = base.mark_text(
        align="left",
        baseline="middle",
        fontSize=11,
        fontWeight="bold",
        color="white",
        stroke="white",
        strokeWidth=3,
        strokeJoin="round",
        opacity=0.85,
    )
    return [halo, base.mark_text(align="left", baseline="middle", fontSize=11, fontWeight="bold", color=INK)]


def _pixel(name: str, size: int) -> Any:
    make = alt.X if name == "x" else alt.Y
    domain = [0, size] if name == "x" else [size, 0]
    return make(
        f"{name}:Q",
        axis=None,
        scale=alt.Scale(domain=domain, range=[0, size] if name == "x" else [size, 0], nice=False, zero=False),
    )


def _bar(view: maps.View) -> list[Any]:
    km, pixels = view.bar()
    low = view.height - 12
    rows = [{"x": 12, "x2": 12 + round(pixels, 1), "y": low, "text": f"{km:,} km"}]
    base = chart_data(rows).encode(y=_pixel("y", view.height))
    rule = base.mark_rule(color=INK, strokeWidth=2).encode(x=_pixel("x", view.width), x2="x2:Q")
    return [
        rule,
        base.mark_text(align="left", baseline="bottom", dy=-4, fontSize=11, color=INK).encode(
            x=_pixel("x", view.width), text="text:N"
        ),
    ]
