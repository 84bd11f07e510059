"""Pictures of flights: a map over a chart of altitude and time, as PNG, SVG and HTML that stands by itself.
Needs the extra `charts`.

Gaps are left open: a dashed line joins their ends on the map, their envelope is shaded there, and their time
is shaded in the chart. Everything is drawn offline; the same scene gives the same SVG.
"""

from __future__ import annotations

import re
import textwrap
from typing import Any

import altair as alt

from paradero.flights.pictures import captions
from paradero.flights.pictures.palette import LETTER_PX, MARGIN_PX
from paradero.flights.pictures.panels import scene_map
from paradero.flights.pictures.profiles import profile
from paradero.flights.pictures.scenes import Scene
from paradero.flights.pictures.views import drawn_until_of, reaches_out, view_of

NARROWEST, WIDEST = 320, 2_400
_WIDE_LETTER_PX = 6.8  # of a subtitle in the widest of the fonts that a browser may have in place of ours
_CLIP = re.compile(r"\bclip\d+\b")


def chart_of(scene: Scene, *, width: int, language: str = "en") -> Any:
    """The Altair chart of a scene, `width` pixels wide in all. Raises UnknownName for a language that is
    neither `en` nor `es`.
    """
    inner = max(NARROWEST, min(WIDEST, width)) - MARGIN_PX - 16
    drawn_until = drawn_until_of(scene)
    view = view_of(scene, inner)
    letters = int((inner + 16) / LETTER_PX)
    is_beyond = any(reaches_out(view, gap.envelope) for gap in scene.gaps)
    below = [
        line
        for text in captions.caption(scene, language, is_beyond_map=is_beyond, drawn_until=drawn_until)
        for line in textwrap.wrap(text, letters)
    ]
    above = [
        line
        for text in captions.subtitle(scene, language)
        for line in textwrap.wrap(text, int((inner + 16) / _WIDE_LETTER_PX), subsequent_indent="   ")
    ]
    title = alt.TitleParams(
        text=captions.title(scene, language),
        subtitle=above,
        anchor="start",
        frame="group",
        offset=10,
        fontSize=16,
        subtitleFontSize=12,
        subtitleColor="#444444",
        subtitleLineHeight=16,
    )
    footer = alt.TitleParams(
        text=below,
        orient="bottom",
        anchor="start",
        frame="group",
        fontSize=11,
        fontWeight="normal",
        color="#444444",
        lineHeight=15,
        offset=10,
    )
    both = alt.vconcat(
        scene_map(scene, view, language),
        profile(scene, inner, drawn_until, language).properties(title=footer),
        spacing=14,
    )
    return (
        both.properties(
            title=title, description=captions.description(scene, language), padding=8, background="white"
        )
        .configure(font="Roboto, Helvetica, Arial, sans-serif")
        .configure_view(stroke="#cccccc")
        .configure_concat(spacing=14)
    )


# --- the map ------------------------------------------------------------------------------------------------


# --- altitude and time --------------------------------------------------------------------------------------


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
