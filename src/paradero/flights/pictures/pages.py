"""A picture of a flight as one HTML file: the chart for narrow and wide windows, and what it shows as a
table. It asks nothing of any server.
"""

from __future__ import annotations

import functools
import html
import json
from typing import Any

from paradero.flights.listing import minute
from paradero.flights.pictures import captions
from paradero.flights.pictures.charts import chart_of
from paradero.flights.pictures.scenes import Scene

_WIDE, _NARROW = 960, 390
_SNIPPET = "window.vegaEmbed = vegaEmbed;"
_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; base-uri"
    " 'none'; form-action 'none'"
)
_STYLE = """
body { font-family: Roboto, Helvetica, Arial, sans-serif; color: #222; margin: 0 auto;
  max-width: 1000px; padding: 8px; }
figure { margin: 0; overflow-x: auto; }
.wide { display: none; }
@media (min-width: 1000px) { .wide { display: block; } .narrow { display: none; } }
table { border-collapse: collapse; font-size: 14px; margin: 12px 0; }
th, td { border-bottom: 1px solid #ddd; padding: 4px 8px 4px 0; text-align: left; vertical-align: top; }
@media (max-width: 480px) { table { font-size: 11px; } th, td { padding-right: 6px; } }
"""
_DRAW = """
for (const name of ["wide", "narrow"]) {
  const spec = JSON.parse(document.getElementById("spec-" + name).textContent);
  vegaEmbed("#chart-" + name, spec, {renderer: "svg", actions: false, ast: true,
    loader: {load: () => Promise.reject(new Error("offline"))}});
}
"""


@functools.cache
def _bundle() -> str:
    import vl_convert

    return str(vl_convert.javascript_bundle(_SNIPPET)).replace("</script", r"<\/script")


def page(scene: Scene, *, language: str = "en") -> str:
    """The HTML of a scene. Its content policy forbids every request, so that whoever opens it tells
    nobody.
    """
    title = html.escape(captions.title(scene, language))
    specs = {
        name: chart_of(scene, width=width, language=language).to_dict()
        for name, width in (("wide", _WIDE), ("narrow", _NARROW))
    }
    return "\n".join(
        [
            (
                f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta'
                f' charset="utf-8">\n<title>{title}</title>'
            ),
            (
                '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta'
                f' http-equiv="Content-Security-Policy" content="{_POLICY}">'
            ),
            f"<style>{_STYLE}</style>\n</head>\n<body>\n<main>",
            (
                '<figure role="img"'
                f' aria-label="{html.escape(captions.description(scene, language), quote=True)}">'
            ),
            (
                '<div class="wide"><div id="chart-wide"></div></div>\n<div class="narrow"><div'
                ' id="chart-narrow"></div></div>\n</figure>'
            ),
            _ends(scene, language),
            _gaps(scene, language),
            "</main>",
            *(
                f'<script type="application/json" id="spec-{name}">{_json(spec)}</script>'
                for name, spec in specs.items()
            ),
            f'<script type="module">{_bundle()}\n{_DRAW}</script>\n</body>\n</html>\n',
        ]
    )


def _json(value: Any) -> str:
    """JSON that cannot end the element it stands in."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _ends(scene: Scene, language: str) -> str:
    said = captions.words(language)
    rows = []
    for name, end in (("takeoff", scene.leg.takeoff), ("landing", scene.leg.landing)):
        bounds = [said["open_end"] if us is None else minute(us) for us in (end.moment.lo, end.moment.hi)]
        status = said[str(end.status)] + ("" if end.is_certain else f", {said['if_landed']}")
        rows.append([said[name], *bounds, captions.places(end, language), status])
    return _table([said[f"table_{name}"] for name in ("end", "from", "until", "airports", "status")], rows)


def _gaps(scene: Scene, language: str) -> str:
    said = captions.words(language)
    rows = [
        [
            str(number),
            minute(gap.start.us),
            minute(gap.end.us),
            f"{gap.minutes:,.0f}",
            "–" if gap.envelope.radius_km is None else f"{gap.envelope.radius_km:,.0f}",
            f"{len(gap.airports):,}",
        ]
        for number, gap in enumerate(scene.gaps, 1)
    ]
    return (
        _table([said[f"table_{name}"] for name in ("gap", "from", "until", "minutes", "radius", "n")], rows)
        if rows
        else ""
    )


def _table(header: list[str], rows: list[list[str]]) -> str:
    lines = [
        "<tr>" + "".join(f"<{tag}>{html.escape(cell)}</{tag}>" for cell in row) + "</tr>"
        for tag, row in [("th", header), *(("td", row) for row in rows)]
    ]
    return "<table>\n" + "\n".join(lines) + "\n</table>"
