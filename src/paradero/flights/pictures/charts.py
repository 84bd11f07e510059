"""Pictures of flights: a map over a chart of altitude and time, as PNG, SVG and HTML that stands by itself. Needs the extra `charts`.

Gaps are left open: a dashed line joins their ends on the map, their envelope is shaded there, and their time is shaded in the chart. Everything is drawn offline;
the same scene gives the same SVG.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Sequence
from typing import Any

import altair as alt

from paradero.flights.legs.envelopes import outline
from paradero.flights.listing import minute
from paradero.flights.pictures import captions, maps
from paradero.flights.pictures.scenes import ENVELOPE_KM, Scene
from paradero.flights.places.geometry import EARTH_KM

NARROWEST, WIDEST = 320, 2_400
_MARGIN_PX = 84  # what the axis and its title take to the left of the plots
LINE, GROUND, _GAP, _TAKEOFF, _LANDING = "#1f4e79", "#6b7280", "#a16207", "#117733", "#882255"
_LAND, _SEA, _BORDER, _INK = "#f3efe6", "#dfe9ef", "#b9b2a3", "#222222"
_LABELS_IN_REACH, _WIDE_PX = 6, 600
_FEW = 60  # positions of a piece that are drawn one by one
_MOST_GAP_SHARE = 5
_LETTER_PX = 6.1
_WIDE_LETTER_PX = 6.8  # of a subtitle in the widest of the fonts that a browser may have in place of ours
_CLIP = re.compile(r"\bclip\d+\b")


def chart_of(scene: Scene, *, width: int, language: str = "en") -> Any:
    """The Altair chart of a scene, `width` pixels wide in all. Raises UnknownName for a language that is neither `en` nor `es`."""
    inner = max(NARROWEST, min(WIDEST, width)) - _MARGIN_PX - 16
    drawn_until = _drawn_until(scene)
    view = _view(scene, inner)
    letters = int((inner + 16) / _LETTER_PX)
    is_beyond = any(_reaches_out(view, gap.envelope) for gap in scene.gaps)
    below = [line for text in captions.caption(scene, language, is_beyond_map=is_beyond, drawn_until=drawn_until) for line in textwrap.wrap(text, letters)]
    above = [line for text in captions.subtitle(scene, language) for line in textwrap.wrap(text, int((inner + 16) / _WIDE_LETTER_PX), subsequent_indent="   ")]
    title = alt.TitleParams(
        text=captions.title(scene, language), subtitle=above, anchor="start", frame="group", offset=10, fontSize=16, subtitleFontSize=12, subtitleColor="#444444", subtitleLineHeight=16
    )  # fmt: skip
    footer = alt.TitleParams(
        text=below, orient="bottom", anchor="start", frame="group", fontSize=11, fontWeight="normal", color="#444444", lineHeight=15, offset=10
    )
    both = alt.vconcat(_map(scene, view, language), _profile(scene, inner, drawn_until, language).properties(title=footer), spacing=14)
    return (
        both.properties(title=title, description=captions.description(scene, language), padding=8, background="white")
        .configure(font="Roboto, Helvetica, Arial, sans-serif")
        .configure_view(stroke="#cccccc")
        .configure_concat(spacing=14)
    )


# --- the map ---------------------------------------------------------------------------------------------------------------------------


def _view(scene: Scene, inner: int) -> maps.View:
    lat = [one.lat for piece in scene.pieces for one in piece] + [one.lat for one in scene.marks]
    lon = [one.lon for piece in scene.pieces for one in piece] + [one.lon for one in scene.marks]
    for gap in scene.gaps:
        lat += [gap.start.lat, gap.end.lat]
        lon += [gap.start.lon, gap.end.lon]
        if gap.envelope.radius_km is not None and gap.envelope.radius_km <= ENVELOPE_KM:
            for polygon in outline(gap.envelope) or []:
                lon += [point[0] for point in polygon[0]]
                lat += [point[1] for point in polygon[0]]
    return maps.fitted(lat, lon, width=inner, height=max(260, min(620, round(inner * 0.62))))


def _reaches_out(view: maps.View, of: Any) -> bool:
    rings = outline(of)
    if rings is None:
        return False
    points = [point for polygon in rings for point in polygon[0]]
    x, y = view.pixels([point[1] for point in points], [point[0] for point in points])
    return bool((x < 0).any() or (x > view.width).any() or (y < 0).any() or (y > view.height).any())


def _map(scene: Scene, view: maps.View, language: str) -> Any:
    said = captions.words(language)
    layers = [
        _chart([{"type": "Sphere"}]).mark_geoshape(fill=_SEA, stroke=None),
        _shapes([{"type": "MultiPolygon", "coordinates": maps.land(view)}]).mark_geoshape(fill=_LAND, stroke=_BORDER, strokeWidth=0.7),
        *_envelopes(scene),
        _shapes([_line([(gap.start.lon, gap.start.lat), (gap.end.lon, gap.end.lat)]) for gap in scene.gaps]).mark_geoshape(
            filled=False, stroke=_GAP, strokeWidth=2, strokeDash=[6, 5]
        ),
        _shapes([_line([(one.lon, one.lat) for one in piece]) for piece in scene.pieces if len(piece) > 1]).mark_geoshape(
            filled=False, stroke=LINE, strokeWidth=2
        ),
        *_positions(scene, said),
        *_airports(scene, view, said),
        *_bar(view),
    ]
    drawn = alt.layer(*layers).properties(width=view.width, height=view.height)
    return drawn.project(
        type="azimuthalEquidistant", rotate=[-view.lon, -view.lat, 0], scale=view.scale, translate=[view.width / 2, view.height / 2],
        clipAngle=min(179.0, view.reach_km / EARTH_KM * 57.3 + 2), clipExtent=[[0, 0], [view.width, view.height]], precision=0.3,
    )  # fmt: skip


def _chart(rows: list[Any]) -> Any:
    """A chart of rows given as text: Altair copies all that it is given again and again, layer by layer, but not the letters of a string."""
    return alt.Chart(alt.Data(values=json.dumps(rows, separators=(",", ":"), ensure_ascii=False), format=alt.JsonDataFormat(type="json")))


def _shapes(geometries: Sequence[dict[str, Any]]) -> Any:
    return _chart([{"type": "Feature", "properties": {}, "geometry": one} for one in geometries])


def _line(points: Sequence[tuple[float, float]]) -> dict[str, Any]:
    return {"type": "LineString", "coordinates": [[round(lon, 5), round(lat, 5)] for lon, lat in points]}


def _envelopes(scene: Scene) -> list[Any]:
    """The shaded envelopes; rings are turned about, since d3 takes a counterclockwise ring for the rest of the earth."""
    rings = [polygon for gap in scene.gaps for polygon in (outline(gap.envelope) or [])]
    turned = [{"type": "Polygon", "coordinates": [polygon[0][::-1]]} for polygon in rings]
    return [_shapes(turned).mark_geoshape(fill=_GAP, fillOpacity=0.13, stroke=_GAP, strokeWidth=1, strokeDash=[2, 3])] if turned else []


def _positions(scene: Scene, said: dict[str, str]) -> list[Any]:
    """Positions as points that tell their time and height; those on the ground are seen, the others only answer to the pointer."""
    every = [
        {"lon": round(one.lon, 5), "lat": round(one.lat, 5), said["at"]: minute(one.us), said["altitude"]: one.altitude_ft, said["speed"]: one.speed_kt and round(one.speed_kt), "ground": one.is_ground}
        for piece in scene.pieces
        for one in piece
    ]  # fmt: skip
    tips = [alt.Tooltip(name, type="nominal") for name in (said["at"], said["altitude"], said["speed"])]
    ends = [{"lon": place.lon, "lat": place.lat} for gap in scene.gaps for place in (gap.start, gap.end)]
    few = [{"lon": one.lon, "lat": one.lat} for piece in scene.pieces for one in (piece if len(piece) < _FEW else (piece[0], piece[-1])) if not one.is_ground]
    at = {"longitude": "lon:Q", "latitude": "lat:Q"}
    return [
        _chart([one for one in every if not one["ground"]]).mark_circle(size=60, opacity=0).encode(**at, tooltip=tips),
        _chart([one for one in every if one["ground"]]).mark_circle(size=12, color=GROUND).encode(**at, tooltip=tips),
        _chart(few).mark_circle(size=26, color=LINE, opacity=1).encode(**at),
        _chart(ends).mark_point(size=40, filled=True, fill="white", stroke=_GAP, strokeWidth=2, opacity=1).encode(**at),
    ]


def _airports(scene: Scene, view: maps.View, said: dict[str, str]) -> list[Any]:
    """Triangles up where it can have taken off, down where it can have landed; small dots for airports that only a gap reaches."""
    dots = [{"lon": one.lon, "lat": one.lat, said["airport"]: f"{one.icao} {one.name}"} for one in scene.reached]
    marks = [
        {"lon": one.lon, "lat": one.lat, "end": one.end, said["airport"]: f"{one.icao} {one.name}", said["weight"]: f"{one.weight:.2f}"} for one in scene.marks
    ]
    at = {"longitude": "lon:Q", "latitude": "lat:Q"}
    layers = [
        _chart(dots)
        .mark_circle(size=9 if len(dots) < 200 else 5, color="#57534e", opacity=0.8)
        .encode(**at, tooltip=alt.Tooltip(said["airport"], type="nominal"))
    ]
    for end, shape, colour in (("takeoff", "triangle-up", _TAKEOFF), ("landing", "triangle-down", _LANDING)):  # the first one larger: both can be one airport
        drawn = _chart([one for one in marks if one["end"] == end]).mark_point(
            shape=shape, size=180 if end == "takeoff" else 80, filled=True, color=colour, stroke="white", strokeWidth=1, opacity=1
        )
        layers.append(drawn.encode(**at, tooltip=[alt.Tooltip(name, type="nominal") for name in (said["airport"], said["weight"])]))
    return [*layers, *_labels(scene, view, scene.reached[: _LABELS_IN_REACH if view.width >= _WIDE_PX else 2])]


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
    way = zip(*(axis.tolist() for axis in view.pixels([place[0] for place in drawn], [place[1] for place in drawn])), strict=True)
    taken = [(px - 5, px + 5, py - 5, py + 5) for px, py in [*((x, y) for x, y, _ in points), *way]] + [
        (0.0, view.width / 3 + 60, view.height - 30.0, float(view.height))
    ]
    found = [spot for spot in maps.placed(points, width=view.width, height=view.height, taken=taken) if spot is not None]
    rows = [{"x": round(left, 1), "y": round(middle, 1), "text": text} for left, middle, text in found]
    base = _chart(rows).encode(x=_pixel("x", view.width), y=_pixel("y", view.height), text="text:N")
    halo = base.mark_text(
        align="left", baseline="middle", fontSize=11, fontWeight="bold", color="white", stroke="white", strokeWidth=3, strokeJoin="round", opacity=0.85
    )
    return [halo, base.mark_text(align="left", baseline="middle", fontSize=11, fontWeight="bold", color=_INK)]


def _pixel(name: str, size: int) -> Any:
    make = alt.X if name == "x" else alt.Y
    domain = [0, size] if name == "x" else [size, 0]
    return make(f"{name}:Q", axis=None, scale=alt.Scale(domain=domain, range=[0, size] if name == "x" else [size, 0], nice=False, zero=False))


def _bar(view: maps.View) -> list[Any]:
    km, pixels = view.bar()
    low = view.height - 12
    rows = [{"x": 12, "x2": 12 + round(pixels, 1), "y": low, "text": f"{km:,} km"}]
    base = _chart(rows).encode(y=_pixel("y", view.height))
    rule = base.mark_rule(color=_INK, strokeWidth=2).encode(x=_pixel("x", view.width), x2="x2:Q")
    return [rule, base.mark_text(align="left", baseline="bottom", dy=-4, fontSize=11, color=_INK).encode(x=_pixel("x", view.width), text="text:N")]


# --- altitude and time -----------------------------------------------------------------------------------------------------------------


def _drawn_until(scene: Scene) -> int:
    """The last instant drawn: a gap at the end of more than five times what was seen is cut off, and the caption says so."""
    seen = sum(piece[-1].us - piece[0].us for piece in scene.pieces)
    last = max([piece[-1].us for piece in scene.pieces] or [scene.hi])
    return int(min(scene.hi, last + max(seen, 600_000_000) * _MOST_GAP_SHARE))


def _profile(scene: Scene, inner: int, drawn_until: int, language: str) -> Any:
    said = captions.words(language)
    seen = sum(piece[-1].us - piece[0].us for piece in scene.pieces)
    first = max(scene.lo, min([piece[0].us for piece in scene.pieces] or [scene.lo]) - max(seen, 600_000_000) * _MOST_GAP_SHARE)
    spare = (drawn_until - first) // 60 if drawn_until - first > 600_000_000 else 300_000_000  # a single position has room about it, too
    domain = [(first - spare) / 1000, (drawn_until + spare) / 1000]
    top = max([one.altitude_ft or 0.0 for piece in scene.pieces for one in piece] + [1_000.0]) * 1.12
    days = [minute(int(one * 1000))[:10] for one in domain]
    day = days[0] if days[0] == days[1] else " – ".join(days)
    x = alt.X(
        "t:Q", scale=alt.Scale(domain=domain, nice=False, zero=False), title=said["time"].format(day=day),
        axis=alt.Axis(values=_instants(domain, inner), labelExpr=f"utcFormat(datum.value, '{'%H:%M' if len(day) == 10 else '%m-%d %H:%M'}')", labelOverlap=True, grid=False),
    )  # fmt: skip
    y = alt.Y(
        "ft:Q",
        scale=alt.Scale(domain=[-0.09 * top, top], nice=False),
        title=said["height"],
        axis=alt.Axis(values=_ticks(top), format=",d", grid=True, gridColor="#eeeeee"),
    )
    layers = [*_gap_bands(scene, x, y, inner, domain, top, said), *_heights(scene, x, y, said), *_bounds(scene, x, y, domain, top, said)]
    return alt.layer(*layers).properties(width=inner, height=max(150, min(240, round(inner * 0.3))))


def _instants(domain: list[float], inner: int) -> list[int]:
    """Round instants for the axis of time, in milliseconds: as many as have room."""
    minutes = next(
        step for step in (1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1_440, 10_080, 10**6) if (domain[1] - domain[0]) / 60_000 / step <= inner / 78
    )
    step = minutes * 60_000
    first = -int(-domain[0] // step) * step
    return list(range(first, int(domain[1]) + 1, step))


def _ticks(top: float) -> list[int]:
    step = next(size for size in (100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000) if top / size <= 5.5 or size == 20_000)
    return list(range(0, int(top) + 1, step))


def _gap_bands(scene: Scene, x: Any, y: Any, inner: int, domain: list[float], top: float, said: dict[str, str]) -> list[Any]:
    rows = []
    for gap in scene.gaps:
        begin, end = max(gap.start.us / 1000, domain[0]), min(gap.end.us / 1000, domain[1])
        wide = (end - begin) / (domain[1] - domain[0]) * inner
        long, short = said["minutes"].format(n=round(gap.minutes)), said["min"].format(n=round(gap.minutes))
        text = next((one for one in (long, short) if len(one) * _LETTER_PX + 6 < wide), "")
        rows.append({"t": begin, "t2": end, "middle": (begin + end) / 2, "ft": top * 0.5, "text": text, "tip": long})
    if not rows:
        return []
    base = _chart(rows)
    band = base.mark_rect(fill=_GAP, fillOpacity=0.13, stroke=_GAP, strokeDash=[2, 3], strokeWidth=1, clip=True).encode(
        x=x, x2="t2:Q", tooltip=alt.Tooltip("tip:N", title=said["gap"])
    )
    text = base.mark_text(fontSize=11, color="#6b4305").encode(x=alt.X("middle:Q", scale=x["scale"]), y=y, text="text:N")
    return [band, text]


def _heights(scene: Scene, x: Any, y: Any, said: dict[str, str]) -> list[Any]:
    """A line for each stretch of sent altitudes, a thick one at the bottom for time on the ground; where no altitude was sent there is none."""
    rows, ground, number = [], [], 0
    for piece in scene.pieces:
        was_ground = None
        for one in piece:
            number += int(was_ground is not None and one.is_ground != was_ground)
            was_ground = one.is_ground
            if one.is_ground:
                ground.append({"t": one.us / 1000, "ft": 0, "piece": number})
            elif one.altitude_ft is not None:
                rows.append({"t": one.us / 1000, "ft": one.altitude_ft, "piece": number, said["at"]: minute(one.us)})
            else:
                number += 1
        number += 1
    tips = [alt.Tooltip(said["at"], type="nominal"), alt.Tooltip("ft:Q", title=said["altitude"], format=",.0f")]
    line = _chart(rows).mark_line(color=LINE, strokeWidth=1.8, clip=True).encode(x=x, y=y, detail="piece:N")
    points = _chart(rows).mark_circle(size=14, color=LINE, opacity=1 if len(rows) < 120 else 0, clip=True).encode(x=x, y=y, tooltip=tips)
    floor = _chart(ground).mark_line(color=GROUND, strokeWidth=5, clip=True).encode(x=x, y=y, detail="piece:N")
    return [line, points, floor]


def _bounds(scene: Scene, x: Any, y: Any, domain: list[float], top: float, said: dict[str, str]) -> list[Any]:
    """A bar below the chart from the earliest to the latest instant of each end, and its triangle in the middle of what is seen of it."""
    layers, edge = [], (domain[1] - domain[0]) * 0.008
    for name, end, shape, colour, share in (
        ("takeoff", scene.leg.takeoff, "triangle-up", _TAKEOFF, 0.035),
        ("landing", scene.leg.landing, "triangle-down", _LANDING, 0.065),
    ):
        lo = domain[0] if end.moment.lo is None else max(domain[0], end.moment.lo / 1000)
        hi = domain[1] if end.moment.hi is None else min(domain[1], end.moment.hi / 1000)
        if lo > domain[1] or hi < domain[0]:
            continue
        row = {"t": lo, "t2": hi, "middle": min(max((lo + hi) / 2, domain[0] + edge), domain[1] - edge), "ft": -share * top, "tip": captions.span(end, "en")}
        base = _chart([row])
        tip = alt.Tooltip("tip:N", title=said[name])
        layers.append(base.mark_rule(color=colour, strokeWidth=3, clip=True).encode(x=x, x2="t2:Q", y=y, tooltip=tip))
        layers.append(
            base.mark_point(shape=shape, size=70, filled=True, color=colour, stroke="white", strokeWidth=0.8, opacity=1).encode(
                x=alt.X("middle:Q", scale=x["scale"]), y=y, tooltip=tip
            )
        )
        is_cut = (end.moment.lo or 0) / 1000 < domain[0], (end.moment.hi or domain[1] * 1000 + 1) / 1000 > domain[1]
        if any(is_cut) and not all(is_cut):  # the bar leaves the chart: it says until when
            text = f"← {minute(end.moment.lo or 0)}" if is_cut[0] else f"{said['open_end'] if end.moment.hi is None else minute(end.moment.hi)} →"
            beside = base.transform_calculate(label=f"'{text}'").mark_text(
                align="left" if is_cut[0] else "right", dx=8 if is_cut[0] else -8, fontSize=10, color=colour
            )
            layers.append(beside.encode(x=alt.X("t2:Q" if is_cut[0] else "t:Q", scale=x["scale"]), y=y, text="label:N"))
    return layers


def png(scene: Scene, *, width: int, language: str = "en") -> bytes:
    """The picture as PNG, two dots a pixel."""
    import vl_convert

    return bytes(vl_convert.vegalite_to_png(_spec(scene, width, language), scale=2))


def svg(scene: Scene, *, width: int, language: str = "en") -> str:
    """The picture as SVG."""
    import vl_convert

    drawn = str(vl_convert.vegalite_to_svg(_spec(scene, width, language)))
    names: dict[str, str] = {}  # Vega numbers clips through the life of the process; here the first is 0
    return _CLIP.sub(lambda found: names.setdefault(found[0], f"clip{len(names)}"), drawn)


def _spec(scene: Scene, width: int, language: str) -> dict[str, Any]:
    found: dict[str, Any] = chart_of(scene, width=width, language=language).to_dict()
    return found
