"""How long people were held at a facility: stints by length, each surely and at most."""

from __future__ import annotations

from paradero.figures.computing import slug
from paradero.figures.facility_answers import StintsOfLength
from paradero.reports.charts.marks import bar
from paradero.reports.content.blocks import Bar, Section, Stated, Table
from paradero.reports.pages.material import Material
from paradero.reports.pages.parts.places import counted_releases, facility_of, of_release

RANK = 30
_TITLE = "a-day-or-more"


def section(material: Material) -> Section | None:
    """A table for each release; the title says how many lasted a day or more."""
    code, say = facility_of(material), material.wording("facility")
    known = material.rows("lengths at a facility", StintsOfLength)
    releases = [each for each in counted_releases(material) if any(one.release == each for one in known)]
    if not releases:
        return None
    tables = []
    for release in releases:
        rows = [one for one in known if one.release == release and one.bin != _TITLE]
        most = max(one.n_hi for one in rows)
        lines = []
        for one in rows:
            figure = material.figure(f"facility-length/{slug(code)}/{slug(release)}/{slug(one.bin)}")
            lines.append(
                (
                    (Stated(text=say.code("length", one.bin)),),
                    Bar(text=(say.bare(figure),), svg=bar(one.n_lo, one.n_hi, 0, most)),
                )
            )
        heads = (say.plain("length"), say.plain("stints"))
        caption = say.plain("caption_lengths") + (f" ({release})" if len(releases) > 1 else "")
        tables.append(Table(caption=caption, heads=heads, rows=tuple(lines)))
    part = f"{slug(code)}/{slug(releases[-1])}"
    return Section(
        id="lengths",
        name=say.plain("lengths_name"),
        title=(
            *say(
                "lengths",
                longer=material.figure(f"facility-length/{part}/{_TITLE}"),
                everything=material.figure(f"facility-stints/{part}"),
            ),
            *of_release(material, releases[-1]),
        ),
        sub=say("lengths_sub"),
        blocks=tuple(tables),
    )
