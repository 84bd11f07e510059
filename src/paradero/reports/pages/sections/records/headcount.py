"""How many were held: the last hundred days by day, the whole period by month, with bounds and what opens
them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from paradero.answers.counts.headcounts import Headcount
from paradero.answers.status import ReleaseStatus
from paradero.custody.causes import Cause, causes
from paradero.figures.answered import DRAWN
from paradero.figures.computing import slug
from paradero.figures.facility_answers import PublishedMidnight
from paradero.figures.figure import Figure
from paradero.reports.charts import steps as drawing
from paradero.reports.charts.small import small_steps
from paradero.reports.content.blocks import Block, Chart, Finding, Section, Stated, Table, Text
from paradero.reports.content.numbers import day, number, quantity, span
from paradero.reports.content.wording import Wording, plain_text
from paradero.reports.pages.material import Material, remarks_of

RANK = 30
LAST_DAYS = 100
_MOST_CAUSES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What a chart of days shows beside the records: midnights that others published, a stated capacity."""

    published: Mapping[dt.date, float]
    series: str = ""
    capacity: Figure | None = None


def published_beside(material: Material, release: str, *, capacity: Figure | None = None) -> Beside:
    """What others published of the facility, or of all places, on days that the release covers, under the
    first name that they gave it: of other days the release does not have everybody, and no count of it can
    be held against what was published.
    """
    covered = _covered(material, release)
    rows = [
        one
        for one in material.rows("published midnights", PublishedMidnight)
        if covered is not None and covered[0] <= one.day <= covered[1]
    ]
    series = min(((one.series, one.source) for one in rows), default=None)
    return Beside(
        published={one.day: one.published for one in rows if (one.series, one.source) == series},
        series=f"{series[0]} ({series[1]})" if series else "",
        capacity=capacity,
    )


def _covered(material: Material, release: str) -> tuple[dt.date, dt.date] | None:
    """The first and the last day that a release covers; None where none is known."""
    for one in material.rows("releases", ReleaseStatus):
        if one.release == release and one.covered_from is not None and one.covered_until is not None:
            return dt.date.fromisoformat(one.covered_from[:10]), dt.date.fromisoformat(one.covered_until[:10])
    return None


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
            blocks += charts(
                rows,
                say,
                name=f"held-{slug(release.release)}",
                whose=release.release,
                beside=published_beside(material, release.release),
            )
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
        finding=Finding(rank=30, title=title, text=rest, picture=_picture(material, drawn, say)),
    )


def charts(
    rows: Sequence[Headcount],
    say: Wording,
    *,
    name: str,
    whose: str,
    beside: Beside,
    around: dt.date | None = None,
) -> list[Block]:
    """A hundred days by day, the last ones or those `around` a day, and, where there are more, all of them as
    means of months.
    """
    days = [drawing.Counted(day=row.date, lo=row.n_lo, hi=row.n_hi) for row in rows]
    first = max(len(days) - LAST_DAYS, 0)
    is_within = around is not None and days[0].day <= around <= days[-1].day
    if around is not None and is_within:
        at = next(place for place, one in enumerate(days) if one.day >= around)
        first = min(max(at - LAST_DAYS // 2, 0), first)
    shown = slice(first, first + LAST_DAYS)
    at_day = around if is_within else None
    found: list[Block] = [_days(days[shown], rows[shown], say, name, whose, beside, at_day)]
    if len(days) > LAST_DAYS:
        found.append(_chart(_months(days), rows, say, f"{name}-months", "months", whose))
    return found


def _picture(material: Material, drawn: Sequence[Figure], say: Wording) -> str:
    """The means of months of the one release that is drawn, with the figure of its fullest day."""
    if len(drawn) != 1:
        return ""
    release = drawn[0].id.split("/")[-1]
    days = [
        drawing.Counted(day=row.date, lo=row.n_lo, hi=row.n_hi)
        for row in material.rows("headcounts", Headcount)
        if row.definition == DRAWN and slug(row.release) == release
    ]
    label = quantity(drawn[0], say.language, noun=False)
    return small_steps("small-headcount", _months(days) if len(days) > LAST_DAYS else days, label)


def _days(
    counts: Sequence[drawing.Counted],
    rows: Sequence[Headcount],
    say: Wording,
    name: str,
    whose: str,
    beside: Beside,
    at_day: dt.date | None,
) -> Chart:
    """Day by day, with what others published and on which days what opens the band."""
    shown = {each.day: beside.published[each.day] for each in counts if each.day in beside.published}
    opening = _opening(rows)[:_MOST_CAUSES]
    return _chart(
        counts,
        rows,
        say,
        name,
        "days",
        whose,
        series=beside.series,
        at_day=at_day,
        published=drawing.Published(by_day=shown, name=say.plain("published"), records=say.plain("records"))
        if shown
        else None,
        level=drawing.Level(
            count=beside.capacity.hi,
            name=f"{say.plain('capacity')}, {number(beside.capacity.hi, say.language)}",
        )
        if beside.capacity is not None and beside.capacity.hi is not None
        else None,
        causes=[
            drawing.Cause(
                name=plain_text(say("opens", cause=say.stated(each.words, each.words_es))),
                days={row.date for row in rows if getattr(row, each.column)},
            )
            for each in opening
        ],
    )


def _chart(
    counts: Sequence[drawing.Counted],
    rows: Sequence[Headcount],
    say: Wording,
    name: str,
    unit: str,
    whose: str,
    *,
    series: str = "",
    at_day: dt.date | None = None,
    published: drawing.Published | None = None,
    level: drawing.Level | None = None,
    causes: Sequence[drawing.Cause] = (),
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
    beside: Text = ()
    if published is not None:
        beside = _held_against(counts, published.by_day, series, say)
        description += " " + plain_text(beside)
    drawn = {
        width: drawing.steps(
            counts,
            name=f"{name}-{width}",
            title=title,
            description=description,
            language=language,
            width=width,
            label=_label(counts[-1], unit, say),
            published=published,
            level=level,
            causes=causes,
            at_day=at_day,
        )
        for width in (drawing.WIDE, drawing.NARROW)
    }
    return Chart(
        id=name,
        title=title,
        description=description,
        wide=drawn[drawing.WIDE],
        narrow=drawn[drawing.NARROW],
        source=(
            *beside,
            " " if beside else "",
            *say("source", causes=Stated(text=_widths(rows, say)), release=Stated(text=whose)),
        ),
        table=_table(title, counts, say, unit, published),
    )


def _held_against(
    counts: Sequence[drawing.Counted], shown: Mapping[dt.date, float], series: str, say: Wording
) -> Text:
    """On how many of the days that are drawn the published figure lies in the band, above it or below it."""
    compared = [each for each in counts if each.day in shown]
    above = sum(shown[each.day] > each.hi for each in compared)
    below = sum(shown[each.day] < each.lo for each in compared)
    inside = len(compared) - above - below
    parts = {"n": len(compared), "inside": inside, "above": above, "below": below}
    named = Stated(text=series)
    return say(
        "beside",
        series=named,
        **{key: Stated(text=number(value, say.language)) for key, value in parts.items()},
    )


def _table(
    title: str,
    counts: Sequence[drawing.Counted],
    say: Wording,
    unit: str,
    published: drawing.Published | None,
) -> Table:
    """The counts of a chart, and what was published of the same days."""
    heads = ["day" if unit == "days" else "month", "least", "most"]
    if published is not None:
        heads.append("published")
    rows = []
    for each in counts:
        row: list[Text] = [
            (Stated(text=day(each.day.isoformat(), say.language, short=True)),),
            (Stated(text=number(each.lo, say.language, up=False)),),
            (Stated(text=number(each.hi, say.language, up=True)),),
        ]
        if published is not None:
            at = published.by_day.get(each.day)
            row.append((Stated(text="–" if at is None else number(at, say.language)),))
        rows.append(tuple(row))
    return Table(
        caption=title,
        heads=tuple(say.plain(each) for each in heads),
        rows=tuple(rows),
        right=tuple(range(1, len(heads))),
    )


def _label(last: drawing.Counted, unit: str, say: Wording) -> tuple[str, str]:
    """What stands at the end of the band: the last bounds, and of when they are."""
    printed = day(last.day.isoformat(), say.language, short=True)
    return span(
        last.lo, last.hi, say.language
    ), printed if unit == "days" else f"{say.plain('mean')}, {printed}"


def _months(days: Sequence[drawing.Counted]) -> list[drawing.Counted]:
    """Means of the days of each month: of the least, and of the most."""
    by_month: dict[dt.date, list[drawing.Counted]] = {}
    for each in days:
        by_month.setdefault(each.day.replace(day=1), []).append(each)
    return [
        drawing.Counted(
            day=first, lo=sum(each.lo for each in of) / len(of), hi=sum(each.hi for each in of) / len(of)
        )
        for first, of in by_month.items()
    ]


def _opening(rows: Sequence[Headcount]) -> list[Cause]:
    """The causes that open the band of these days, those that open it most first."""
    totals = {each: sum(getattr(row, each.column) for row in rows) for each in causes()}
    return sorted((each for each in totals if totals[each]), key=lambda each: -totals[each])


def _widths(rows: Sequence[Headcount], say: Wording) -> str:
    return "; ".join(say.of(each.words, each.words_es) for each in _opening(rows)) or say.plain("nothing")


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
