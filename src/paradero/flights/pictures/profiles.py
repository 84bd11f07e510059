"""The chart of altitude and time below a map."""

from __future__ import annotations

from typing import Any

import altair as alt

from paradero.flights.listing import minute
from paradero.flights.pictures import captions
from paradero.flights.pictures.palette import GAP, GROUND, LANDING, LETTER_PX, LINE, MOST_GAP_SHARE, TAKEOFF
from paradero.flights.pictures.panels import chart_data
from paradero.flights.pictures.scenes import Scene


def profile(scene: Scene, inner: int, drawn_until: int, language: str) -> Any:
    """The chart of altitude over time, gaps shaded, bounds of take-off and landing marked."""
    said = captions.words(language)
    seen = sum(piece[-1].us - piece[0].us for piece in scene.pieces)
    first = max(
        scene.lo,
        min([piece[0].us for piece in scene.pieces] or [scene.lo]) - max(seen, 600_000_000) * MOST_GAP_SHARE,
    )
    spare = (
        (drawn_until - first) // 60 if drawn_until - first > 600_000_000 else 300_000_000
    )  # a single position has room about it, too
    domain = [(first - spare) / 1000, (drawn_until + spare) / 1000]
    top = max([one.altitude_ft or 0.0 for piece in scene.pieces for one in piece] + [1_000.0]) * 1.12
    days = [minute(int(one * 1000))[:10] for one in domain]
    day = days[0] if days[0] == days[1] else " – ".join(days)
    x = alt.X(
        "t:Q",
        scale=alt.Scale(domain=domain, nice=False, zero=False),
        title=said["time"].format(day=day),
        axis=alt.Axis(
            values=_instants(domain, inner),
            labelExpr=f"utcFormat(datum.value, '{'%H:%M' if len(day) == 10 else '%m-%d %H:%M'}')",
            labelOverlap=True,
            grid=False,
        ),
    )
    y = alt.Y(
        "ft:Q",
        scale=alt.Scale(domain=[-0.09 * top, top], nice=False),
        title=said["height"],
        axis=alt.Axis(values=_ticks(top), format=",d", grid=True, gridColor="#eeeeee"),
    )
    layers = [
        *_gap_bands(scene, x, y, inner, domain, top, said),
        *_heights(scene, x, y, said),
        *_bounds(scene, x, y, domain, top, said),
    ]
    return alt.layer(*layers).properties(width=inner, height=max(150, min(240, round(inner * 0.3))))


def _instants(domain: list[float], inner: int) -> list[int]:
    """Round instants for the axis of time, in milliseconds: as many as have room."""
    minutes = next(
        step
        for step in (1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1_440, 10_080, 10**6)
        if (domain[1] - domain[0]) / 60_000 / step <= inner / 78
    )
    step = minutes * 60_000
    first = -int(-domain[0] // step) * step
    return list(range(first, int(domain[1]) + 1, step))


def _ticks(top: float) -> list[int]:
    step = next(
        size
        for size in (100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000)
        if top / size <= 5.5 or size == 20_000
    )
    return list(range(0, int(top) + 1, step))


def _gap_bands(
    scene: Scene, x: Any, y: Any, inner: int, domain: list[float], top: float, said: dict[str, str]
) -> list[Any]:
    rows = []
    for gap in scene.gaps:
        begin, end = max(gap.start.us / 1000, domain[0]), min(gap.end.us / 1000, domain[1])
        wide = (end - begin) / (domain[1] - domain[0]) * inner
        long, short = said["minutes"].format(n=round(gap.minutes)), said["min"].format(n=round(gap.minutes))
        text = next((one for one in (long, short) if len(one) * LETTER_PX + 6 < wide), "")
        rows.append(
            {"t": begin, "t2": end, "middle": (begin + end) / 2, "ft": top * 0.5, "text": text, "tip": long}
        )
    if not rows:
        return []
    base = chart_data(rows)
    band = base.mark_rect(
        fill=GAP, fillOpacity=0.13, stroke=GAP, strokeDash=[2, 3], strokeWidth=1, clip=True
    ).encode(x=x, x2="t2:Q", tooltip=alt.Tooltip("tip:N", title=said["gap"]))
    text = base.mark_text(fontSize=11, color="#6b4305").encode(
        x=alt.X("middle:Q", scale=x["scale"]), y=y, text="text:N"
    )
    return [band, text]


def _heights(scene: Scene, x: Any, y: Any, said: dict[str, str]) -> list[Any]:
    """A line for each stretch of sent altitudes, a thick one at the bottom for time on the ground; where no
    altitude was sent there is none.
    """
    rows, ground, number = [], [], 0
    for piece in scene.pieces:
        was_ground = None
        for one in piece:
            number += int(was_ground is not None and one.is_ground != was_ground)
            was_ground = one.is_ground
            if one.is_ground:
                ground.append({"t": one.us / 1000, "ft": 0, "piece": number})
            elif one.altitude_ft is not None:
                rows.append(
                    {"t": one.us / 1000, "ft": one.altitude_ft, "piece": number, said["at"]: minute(one.us)}
                )
            else:
                number += 1
        number += 1
    tips = [
        alt.Tooltip(said["at"], type="nominal"),
        alt.Tooltip("ft:Q", title=said["altitude"], format=",.0f"),
    ]
    line = (
        chart_data(rows).mark_line(color=LINE, strokeWidth=1.8, clip=True).encode(x=x, y=y, detail="piece:N")
    )
    points = (
        chart_data(rows)
        .mark_circle(size=14, color=LINE, opacity=1 if len(rows) < 120 else 0, clip=True)
        .encode(x=x, y=y, tooltip=tips)
    )
    floor = (
        chart_data(ground)
        .mark_line(color=GROUND, strokeWidth=5, clip=True)
        .encode(x=x, y=y, detail="piece:N")
    )
    return [line, points, floor]


def _bounds(scene: Scene, x: Any, y: Any, domain: list[float], top: float, said: dict[str, str]) -> list[Any]:
    """A bar below the chart from the earliest to the latest instant of each end, and its triangle in the
    middle of what is seen of it.
    """
    layers, edge = [], (domain[1] - domain[0]) * 0.008
    for name, end, shape, colour, share in (
        ("takeoff", scene.leg.takeoff, "triangle-up", TAKEOFF, 0.035),
        ("landing", scene.leg.landing, "triangle-down", LANDING, 0.065),
    ):
        lo = domain[0] if end.moment.lo is None else max(domain[0], end.moment.lo / 1000)
        hi = domain[1] if end.moment.hi is None else min(domain[1], end.moment.hi / 1000)
        if lo > domain[1] or hi < domain[0]:
            continue
        row = {
            "t": lo,
            "t2": hi,
            "middle": min(max((lo + hi) / 2, domain[0] + edge), domain[1] - edge),
            "ft": -share * top,
            "tip": captions.span(end, "en"),
        }
        base = chart_data([row])
        tip = alt.Tooltip("tip:N", title=said[name])
        layers.append(
            base.mark_rule(color=colour, strokeWidth=3, clip=True).encode(x=x, x2="t2:Q", y=y, tooltip=tip)
        )
        layers.append(
            base.mark_point(
                shape=shape, size=70, filled=True, color=colour, stroke="white", strokeWidth=0.8, opacity=1
            ).encode(x=alt.X("middle:Q", scale=x["scale"]), y=y, tooltip=tip)
        )
        is_cut = (
            (end.moment.lo or 0) / 1000 < domain[0],
            (end.moment.hi or domain[1] * 1000 + 1) / 1000 > domain[1],
        )
        if any(is_cut) and not all(is_cut):  # the bar leaves the chart: it says until when
            text = (
                f"← {minute(end.moment.lo or 0)}"
                if is_cut[0]
                else f"{said['open_end'] if end.moment.hi is None else minute(end.moment.hi)} →"
            )
            beside = base.transform_calculate(label=f"'{text}'").mark_text(
                align="left" if is_cut[0] else "right", dx=8 if is_cut[0] else -8, fontSize=10, color=colour
            )
            layers.append(
                beside.encode(x=alt.X("t2:Q" if is_cut[0] else "t:Q", scale=x["scale"]), y=y, text="label:N")
            )
    return layers
