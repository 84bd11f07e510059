"""How many were held: the last hundred days by day, the whole period by month, with bounds and what opens
them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from paradero.answers.counts.headcounts import Headcount
from paradero.answers.status import ReleaseStatus
from paradero.custody.causes import causes
from paradero.figures.answered import DRAWN
from paradero.figures.computing import slug
from paradero.figures.figure import Figure
from paradero.reports.charts.steps import NARROW, WIDE, Counted, steps
from paradero.reports.content.blocks import Block, Chart, Finding, Section, Stated, Table, Text
from paradero.reports.content.numbers import day, number, span
from paradero.reports.content.wording import Wording, plain_text
from paradero.reports.pages.material import Material, remarks_of

RANK = 30
LAST_DAYS = 100


def section(material: Material) -> Section | None:
    """The national count of every release under one definition; the others are in the table of peaks."""
    answered = material.answered("headcounts")
    if answered is None:
        return None
    say = material.wording("headcount")
    peaks = material.each("headcount-peak")
    if answered.is_untold or not peaks:
        return Section(
            id="headcount",
            name=say.plain("name"),
            title=say("title_unjudged"),
            sub=remarks_of(answered, material.language),
        )
    blocks: list[Block] = []
    titles: list[Text] = []
    drawn: list[Figure] = []
    for release in material.rows("releases", ReleaseStatus):
        rows = [
            row
            for row in material.rows("headcounts", Headcount)
            if row.definition == DRAWN and row.release == release.release
        ]
        peak = material.maybe(f"headcount-peak/{DRAWN}/{slug(release.release)}")
        if rows and peak is not None:
            titles.append(say("title", peak=peak))
            drawn.append(peak)
            blocks += charts(rows, say, name=f"held-{slug(release.release)}", whose=release.release)
    blocks.append(_peaks(peaks, say))
    title = (
        say("title_several", n=Stated(text=str(len(titles))))
        if len(titles) > 1
        else (*titles, say("title_unjudged"))[0]
    )
    rest = say(
        "rest", causes=Stated(text="; ".join(dict.fromkeys(_causes(each, say) for each in drawn or peaks)))
    )
    return Section(
        id="headcount",
        name=say.plain("name"),
        title=title,
        sub=(
            *say("sub", definition=Stated(text=say.code("definition", DRAWN))),
            " ",
            *remarks_of(answered, material.language),
        ),
        blocks=tuple(blocks),
        finding=Finding(rank=30, title=title, text=rest),
    )


def charts(rows: Sequence[Headcount], say: Wording, *, name: str, whose: str) -> list[Block]:
    """The last hundred days by day and, where there are more, all of them as means of months."""
    days = [Counted(day=row.date, lo=row.n_lo, hi=row.n_hi) for row in rows]
    found: list[Block] = [_chart(days[-LAST_DAYS:], rows[-LAST_DAYS:], say, name, "days", whose)]
    if len(days) > LAST_DAYS:
        found.append(_chart(_months(days), rows, say, f"{name}-months", "months", whose))
    return found


def _chart(
    counts: Sequence[Counted], rows: Sequence[Headcount], say: Wording, name: str, unit: str, whose: str
) -> Chart:
    language = say.language
    first, last = day(counts[0].day.isoformat(), language), day(counts[-1].day.isoformat(), language)
    most = max(counts, key=lambda each: each.hi)
    title = plain_text(say(f"chart_{unit}", first=Stated(text=first), last=Stated(text=last)))
    description = plain_text(
        say(
            f"described_{unit}",
            least=Stated(text=span(counts[-1].lo, counts[-1].hi, language)),
            last=Stated(text=last),
            most=Stated(text=span(most.lo, most.hi, language)),
            when=Stated(text=day(most.day.isoformat(), language)),
        )
    )
    drawn = {
        width: steps(
            counts,
            name=f"{name}-{width}",
            title=title,
            description=description,
            language=language,
            width=width,
            label=_label(counts[-1], unit, say),
        )
        for width in (WIDE, NARROW)
    }
    table = Table(
        caption=title,
        heads=tuple(say.plain(each) for each in ("day" if unit == "days" else "month", "least", "most")),
        rows=tuple(
            (
                (Stated(text=day(each.day.isoformat(), language, short=True)),),
                (Stated(text=number(each.lo, language)),),
                (Stated(text=number(each.hi, language)),),
            )
            for each in counts
        ),
        right=(1, 2),
    )
    return Chart(
        id=name,
        title=title,
        description=description,
        wide=drawn[WIDE],
        narrow=drawn[NARROW],
        source=say("source", causes=Stated(text=_widths(rows, say)), release=Stated(text=whose)),
        table=table,
    )


def _label(last: Counted, unit: str, say: Wording) -> tuple[str, str]:
    """What stands at the end of the band: the last bounds, and of when they are."""
    printed = day(last.day.isoformat(), say.language, short=True)
    return span(
        last.lo, last.hi, say.language
    ), printed if unit == "days" else f"{say.plain('mean')}, {printed}"


def _months(days: Sequence[Counted]) -> list[Counted]:
    """Means of the days of each month: of the least, and of the most."""
    by_month: dict[dt.date, list[Counted]] = {}
    for each in days:
        by_month.setdefault(each.day.replace(day=1), []).append(each)
    return [
        Counted(day=first, lo=sum(each.lo for each in of) / len(of), hi=sum(each.hi for each in of) / len(of))
        for first, of in by_month.items()
    ]


def _widths(rows: Sequence[Headcount], say: Wording) -> str:
    """The causes that open the band of these days, those that open it most first."""
    totals = {each: sum(getattr(row, each.column) for row in rows) for each in causes()}
    named = sorted((each for each in totals if totals[each]), key=lambda each: -totals[each])
    return "; ".join(say.of(each.words, each.words_es) for each in named) or say.plain("nothing")


def _causes(figure: Figure, say: Wording) -> str:
    return "; ".join(say.of(each.name, each.name_es) for each in figure.causes) or say.plain("nothing")


def _peaks(peaks: Sequence[Figure], say: Wording) -> Table:
    """The fullest day by each definition and release."""
    rows: list[tuple[Text, ...]] = []
    for one in peaks:
        _, definition, release = one.id.split("/")
        rows.append(
            ((Stated(text=say.code("definition", definition)),), (Stated(text=release),), (say.number(one),))
        )
    heads = (say.plain("definition"), say.plain("release"), say.plain("peak"))
    return Table(caption=say.plain("caption_peaks"), heads=heads, rows=tuple(rows))
