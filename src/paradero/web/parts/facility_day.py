"""The question of a facility's page that a reader can change: how many on that day, and does the published
figure hold.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from typing import TypeVar

from paradero.answers.counts.facility_day import (
    FacilityDay,
    OfRelease,
    PublishedAverage,
    PublishedDay,
    days_of_releases,
    facility_day,
    last_covered_day,
)
from paradero.answers.counts.headcounts import Headcount
from paradero.custody.causes import causes
from paradero.custody.definitions import definition_of, definitions
from paradero.figures.answered import DRAWN
from paradero.model.errors import UnknownName
from paradero.model.naming import unknown
from paradero.reports.content.blocks import Field, Form, Link, Page, Paragraph, Section, Stated, Table, Text
from paradero.reports.content.numbers import day, number, span
from paradero.reports.content.remarks import remark_in
from paradero.reports.content.wording import Wording, joined
from paradero.reports.pages.parts.evidence import row_of
from paradero.reports.pages.parts.places import Place
from paradero.web.addresses import page_at, with_options
from paradero.web.asking import Asking

DAY_OPTIONS = ("day", "definition")
_MOST_SAID = 2  # published figures that the lead has; the table has all


def with_day(asking: Asking, page: Page, place: Place) -> Page:
    """The page with its form; where a day is asked for, or only a definition (then of the last day that is
    covered), the answer to it as title, lead and first section. Raises UnknownName for what is no day, or no
    definition.
    """
    say = Wording("facility_day", asking.language)
    chosen = asking.option("definition", DRAWN) or DRAWN
    if chosen not in definitions():
        raise unknown("a headcount definition", chosen, definitions())
    asked = day_asked(asking) or (
        last_covered_day(asking.standing.case, chosen) if asking.option("definition") else None
    )
    days = asking.standing.shared(("days of releases",), lambda: days_of_releases(asking.standing.case))
    form = _form(place, asked, days, chosen, say)
    if asked is None:
        return dataclasses.replace(page, form=form)
    standing = asking.standing
    found = standing.shared(
        ("facility day", place.code, asked, chosen),
        lambda: facility_day(standing.case, place.code, place.name, asked, chosen),
    )
    when = Stated(text=day(asked.isoformat(), asking.language))
    name = Stated(text=place.name or place.code)
    counted = _counted(found, say)
    return dataclasses.replace(
        page,
        title=say("title", name=name, held=counted, when=when),
        lead=(*_answer(found, counted, when, say), " ", *_holds(found, say)),
        form=form,
        sections=(_section(found, when, say), *page.sections),
    )


def day_asked(asking: Asking) -> dt.date | None:
    """The day that the address asks for, if any. Raises UnknownName for what is no day."""
    text = asking.option("day")
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise UnknownName(f"`day={text}`: not a day. Write it like 2025-07-04.") from error


def _answer(found: FacilityDay, counted: Text, when: Stated, say: Wording) -> Text:
    """The counts, and what each release cannot say: of days that it does not look at, of people held since
    before it.
    """
    looking = [one for one in found.releases if one.looks]
    if not found.is_counted:
        defined = definition_of(found.definition)
        first, last = (
            Stated(text="–" if each is None else day(each.isoformat(), say.language))
            for each in (defined.first_day, defined.last_day)
        )
        return say("lead_not_counted", first=first, last=last)
    if not looking:
        return say("lead_not_over", when=when)
    said = say("lead", when=when, held=counted, how=Stated(text=_small(_how(found.definition, say))))
    named = _speaking(found)
    for sentence, releases in (
        ("names_it_never", [one for one in looking if named and not one.names_it]),
        ("no_upper", [one for one in named if not one.is_covered]),
        ("not_stated", [one for one in named if one.is_covered and not one.is_cover_stated]),
        ("looks_elsewhere", [one for one in found.releases if not one.looks]),
    ):
        if releases:
            names = joined([_with_days(one, say) for one in releases])
            said = (*said, " ", *say(sentence, releases=names))
    return said


def _with_days(one: OfRelease, say: Wording) -> Text:
    if one.first_day is None or one.last_day is None:
        return (Stated(text=one.release),)
    first, last = (day(each.isoformat(), say.language) for each in (one.first_day, one.last_day))
    return (Stated(text=f"{one.release} ({first} – {last})"),)


def _form(place: Place, asked: dt.date | None, days: tuple[str, str], chosen: str, say: Wording) -> Form:
    """The day, among those that any release looks at, and the way of counting."""
    return Form(
        to=page_at("facility", place.code),
        button=say.plain("show"),
        fields=(
            Field(name="day", label=say.plain("day"), kind="date", value=str(asked or ""), within=days),
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
    """The counts of the releases that look at the day and name the facility; of others only where no release
    names it: one that never does says nothing of how many were there.
    """
    if not found.is_counted:
        return say("not_counted")
    looking = _speaking(found) or [one for one in found.releases if one.looks]
    if not looking:
        return say("not_over")
    return joined(
        (
            (*_of_release(one, say), *((Stated(text=f" ({one.release})"),) if len(looking) > 1 else ()))
            for one in looking
        ),
        "; ",
    )


def _speaking(found: FacilityDay) -> list[OfRelease]:
    """The releases that look at the day and name the facility."""
    return [one for one in found.releases if one.looks and one.names_it]


def _of_release(one: OfRelease, say: Wording) -> Text:
    """A count with the bounds that are known; where there is none, whether nobody was there or nothing is
    known.
    """
    if one.count is not None:
        return (_people(one.count, one.is_covered, say),)
    if one.cannot_be_judged:
        return say("not_judged")
    if not one.names_it:
        return say("never_named", release=Stated(text=one.release))
    return say("nobody" if one.is_covered else "nobody_known")


def _people(one: Headcount, is_covered: bool, say: Wording) -> Link:
    """A count, which leads to the people it is made of, the sure and the possible."""
    day_of = one.date.isoformat()
    to = with_options(
        "/people",
        {
            "facility": one.group or "",
            "from": day_of,
            "to": day_of,
            "release": one.release,
            "definition": one.definition,
        },
    )
    if not (is_covered or one.n_lo):
        return Link(text=say.plain("any_number"), to=to)
    bounds = span(one.n_lo, one.n_hi if is_covered else None, say.language)
    most = one.n_hi if is_covered else one.n_lo
    return Link(text=f"{bounds} {say.plain(one.unit if most != 1 else f'{one.unit}_one')}", to=to)


def _holds(found: FacilityDay, say: Wording) -> Text:
    """Whether what others published of that day, or of days it is among, is within what the records allow:
    each figure once, that of the asked way of counting first, with the releases that name the facility.
    """
    printed: list[PublishedDay | PublishedAverage] = [*found.published] or [*found.averages]
    if not printed:
        return say("nothing_published")
    figures: dict[tuple[str, str | None], list[PublishedDay | PublishedAverage]] = {}
    for one in sorted(_in_order(printed, found), key=lambda each: each.definition != found.definition):
        figures.setdefault((one.address, one.definition), []).append(one)
    return joined([_held_against(of, found, say) for of in figures.values()][:_MOST_SAID], " ")


def _held_against(of: Sequence[PublishedDay | PublishedAverage], found: FacilityDay, say: Wording) -> Text:
    """A published figure and its outcome by each release that speaks of the facility."""
    one, speaking = of[0], {each.release for each in _speaking(found)}
    told = [each for each in of if each.release in speaking] or of[:1]
    several = len({each.release for each in of}) > 1
    how = joined(
        (
            (*_outcome(each, say), *([Stated(text=f" ({each.release})")] if several and each.release else []))
            for each in told
        ),
        "; ",
    )
    file, n = (
        Stated(text=one.file_name or say.plain("a_table")),
        Stated(text=number(one.published, say.language)),
    )
    if isinstance(one, PublishedDay):
        return say(
            "printed_day", file=file, n=n, what=Stated(text=_small(_how(one.definition, say))), how=how
        )
    return say("printed_average", file=file, n=n, days=Stated(text=str(one.days)), how=how)


_Printed = TypeVar("_Printed", bound=PublishedDay | PublishedAverage)


def _in_order(printed: Sequence[_Printed], found: FacilityDay) -> list[_Printed]:
    """What was published, that beside releases which never name the facility last."""
    speaking = {each.release for each in _speaking(found)}
    return sorted(printed, key=lambda one: one.release not in speaking)


def _outcome(one: PublishedDay | PublishedAverage, say: Wording) -> Text:
    return (Stated(text=say.code("published", one.status)),)


def _section(found: FacilityDay, when: Stated, say: Wording) -> Section:
    several = len(found.releases) > 1
    rows: list[tuple[Text, ...]] = []
    printed: list[PublishedDay | PublishedAverage] = [*_in_order(found.published, found)]
    for one in (*printed, *_in_order(found.averages, found)):
        if isinstance(one, PublishedAverage):
            counted = say(
                "average_over", days=Stated(text=str(one.days)), year=Stated(text=str(one.fiscal_year))
            )
        else:
            is_known = one.definition in definitions()
            counted = (Stated(text=_how(one.definition, say) if is_known else one.definition),)
        rows.append(
            (
                (Stated(text=one.file_name or say.plain("a_table")),),
                counted,
                (Stated(text=number(one.published, say.language)),),
                *([(Stated(text=one.release or "–"),)] if several else []),
                _allowed(one, say),
                _outcome(one, say),
                row_of(one.address, say.language),
            )
        )
    names = ("file", "counted_as", "printed", *(["release"] if several else []), "allowed", "outcome", "cell")
    counts = [one.count for one in found.releases if one.count is not None]
    bounded = [one.count for one in found.releases if one.count is not None and one.is_covered]
    causes_of = (*_causes(bounded, say), " ") if bounded else ()
    blocks = [Paragraph(text=(*causes_of, *say("list")), kind="small")] if counts else []
    lacks = dict.fromkeys(each for one in found.releases for each in one.cannot_be_judged)
    blocks += [
        Paragraph(text=(Stated(text=f"{remark_in(each, say.language)}."),), kind="small") for each in lacks
    ]
    table = Table(
        caption=say.plain("published"),
        heads=tuple(map(say.plain, names)),
        rows=tuple(rows),
        right=(2, names.index("allowed")),
    )
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
