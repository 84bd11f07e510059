"""The question of a facility's page that a reader can change: how many on that day, and does the published
figure hold.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence

from paradero.answers.counts.facility_day import FacilityDay, PublishedAverage, PublishedDay, facility_day
from paradero.answers.counts.headcounts import Headcount
from paradero.custody.causes import causes
from paradero.custody.definitions import definitions
from paradero.figures.answered import DRAWN
from paradero.model.errors import UnknownName
from paradero.model.naming import unknown
from paradero.reports.content.blocks import Field, Form, Link, Page, Paragraph, Section, Stated, Table, Text
from paradero.reports.content.numbers import day, number, span
from paradero.reports.content.wording import Wording, joined
from paradero.reports.pages.parts.evidence import row_of
from paradero.reports.pages.parts.places import Place
from paradero.web.addresses import page_at, with_options
from paradero.web.asking import Asking

DAY_OPTIONS = ("day", "definition")


def with_day(asking: Asking, page: Page, place: Place) -> Page:
    """The page with its form; where a day is asked for, the answer to it as title, lead and first section.
    Raises UnknownName for what is no day, or no definition.
    """
    say = Wording("facility_day", asking.language)
    chosen = asking.option("definition", DRAWN)
    if chosen not in definitions():
        raise unknown("a headcount definition", chosen, definitions())
    text = asking.option("day")
    form = _form(place, text, chosen, say)
    if not text:
        return dataclasses.replace(page, form=form)
    try:
        asked = dt.date.fromisoformat(text)
    except ValueError as error:
        raise UnknownName(f"`day={text}`: not a day. Write it like 2025-07-04.") from error
    standing = asking.standing
    found = standing.shared(
        ("facility day", place.code, asked, chosen),
        lambda: facility_day(standing.case, place.code, place.name, asked, chosen),
    )
    when = Stated(text=day(text, asking.language))
    name = Stated(text=place.name or place.code)
    counted = _counted(found, say)
    return dataclasses.replace(
        page,
        title=say("title", name=name, held=counted, when=when),
        lead=(*_answer(found, counted, when, say), " ", *_holds(found, say)),
        form=form,
        sections=(_section(found, when, say), *page.sections),
    )


def _answer(found: FacilityDay, counted: Text, when: Stated, say: Wording) -> Text:
    if not found.covered_by and not found.counts:
        return say("lead_not_over", when=when)
    return say("lead", when=when, held=counted, how=Stated(text=_small(_how(found.definition, say))))


def _form(place: Place, text: str, chosen: str, say: Wording) -> Form:
    return Form(
        to=page_at("facility", place.code),
        button=say.plain("show"),
        fields=(
            Field(name="day", label=say.plain("day"), kind="date", value=text),
            Field(
                name="definition",
                label=say.plain("counted_as"),
                kind="choice",
                value=chosen,
                options=tuple((each, _how(each, say)) for each in definitions()),
            ),
        ),
    )


def _how(definition: str, say: Wording) -> str:
    """A definition as a reader chooses it: what is counted, when in the day, as whom."""
    return say.code("definition", definition)


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def _counted(found: FacilityDay, say: Wording) -> Text:
    """The counts of each release; where none counts anybody, whether nobody was there or nothing is known."""
    if not found.counts:
        if not found.covered_by:
            return say("not_over")
        return say("nobody" if not found.cannot_be_judged else "not_judged")
    several = len({one.release for one in found.counts}) > 1
    return joined(
        (
            (_people(one, say), *((Stated(text=f" ({one.release})"),) if several else ()))
            for one in found.counts
        ),
        "; ",
    )


def _people(one: Headcount, say: Wording) -> Link:
    """A count, which leads to the people of that day, among whom are those it counts."""
    day_of = one.date.isoformat()
    to = with_options(
        "/people", {"facility": one.group or "", "from": day_of, "to": day_of, "release": one.release}
    )
    return Link(text=f"{span(one.n_lo, one.n_hi, say.language)} {say.plain(one.unit)}", to=to)


def _holds(found: FacilityDay, say: Wording) -> Text:
    """Whether what others published of that day, or of days it is among, is within what the records allow."""
    if not found.published and not found.averages:
        return say("nothing_published")
    parts = [
        say(
            "printed_day",
            file=Stated(text=one.file_name or say.plain("a_table")),
            n=Stated(text=number(one.published, say.language)),
            what=Stated(text=_small(_how(one.definition, say))),
            how=_outcome(one, say),
        )
        for one in found.published
    ] or [
        say(
            "printed_average",
            file=Stated(text=one.file_name or say.plain("a_table")),
            n=Stated(text=number(one.published, say.language)),
            days=Stated(text=str(one.days)),
            how=_outcome(one, say),
        )
        for one in found.averages
    ]
    return joined(parts[:2], " ")


def _outcome(one: PublishedDay | PublishedAverage, say: Wording) -> Text:
    return (Stated(text=say.code("published", one.status)),)


def _section(found: FacilityDay, when: Stated, say: Wording) -> Section:
    rows: list[tuple[Text, ...]] = [
        (
            (Stated(text=one.file_name or say.plain("a_table")),),
            (Stated(text=_how(one.definition, say) if one.definition in definitions() else one.definition),),
            (Stated(text=number(one.published, say.language)),),
            _allowed(one, say),
            _outcome(one, say),
            row_of(one.address, say.language),
        )
        for one in found.published
    ]
    rows += [
        (
            (Stated(text=one.file_name or say.plain("a_table")),),
            say("average_over", days=Stated(text=str(one.days)), year=Stated(text=str(one.fiscal_year))),
            (Stated(text=number(one.published, say.language)),),
            _allowed(one, say),
            _outcome(one, say),
            row_of(one.address, say.language),
        )
        for one in found.averages
    ]
    heads = tuple(say.plain(each) for each in ("file", "counted_as", "printed", "allowed", "outcome", "cell"))
    blocks = (
        [Paragraph(text=(*_causes(found.counts, say), " ", *say("list")), kind="small")]
        if found.counts
        else []
    )
    blocks += [Paragraph(text=(Stated(text=f"{each}."),), kind="small") for each in found.cannot_be_judged]
    table = Table(caption=say.plain("published"), heads=heads, rows=tuple(rows), right=(2, 3))
    return Section(
        id="day",
        name=say.plain("day_name"),
        title=say("section", when=when),
        blocks=(*blocks, *((table,) if rows else (Paragraph(text=say("nothing_published")),))),
    )


def _allowed(one: PublishedDay | PublishedAverage, say: Wording) -> Text:
    if one.n_lo is None and one.n_hi is None:
        return say("not_covered")
    return (Stated(text=span(one.n_lo, one.n_hi, say.language)),)


def _causes(counts: Sequence[Headcount], say: Wording) -> Text:
    """What opens the bounds, each cause with its part."""
    parts = [
        (Stated(text=f"{say.of(each.words, each.words_es)} ({width:,})"),)
        for each in causes()
        if (width := sum(int(getattr(one, each.column)) for one in counts))
    ]
    return say("bounds", causes=joined(parts, "; ")) if parts else say("no_bounds")
