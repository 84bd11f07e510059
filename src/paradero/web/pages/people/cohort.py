"""People by what rows show of them: a count with bounds, and a list that leads to each history."""

from __future__ import annotations

import dataclasses

from paradero.answers.people.cohort import (
    COHORT_TABLES,
    END_KINDS,
    Cohort,
    CohortAsked,
    CohortCount,
    CohortPerson,
    cohort,
    countries_of,
)
from paradero.building.tables import open_tables
from paradero.casefile.originals import sources_of
from paradero.model.naming import unknown
from paradero.model.time.clock import clock_text
from paradero.reports.content.blocks import (
    Block,
    Field,
    Form,
    Link,
    Missing,
    Named,
    Page,
    Paragraph,
    Points,
    Section,
    Stated,
    Table,
    Text,
)
from paradero.reports.content.numbers import day, number, span
from paradero.reports.content.wording import Wording, joined
from paradero.reports.pages.case_page import whole
from paradero.reports.pages.material import Material
from paradero.reports.pages.parts.places import Place, places
from paradero.web.addresses import page_at, with_options
from paradero.web.asking import Asking
from paradero.web.pages.people.asking import COHORT_OPTIONS, OPEN, cohort_at, cohort_in
from paradero.web.pages.people.counted import counted_page

PATH = "/people"
OPTIONS = COHORT_OPTIONS
IS_ABOUT_ROWS = True

FILE = "/files/people.csv"
_PEOPLE = 50
_MOST_PAGES = 1_000_000


def page(asking: Asking) -> Page:
    """The people asked for. Raises UnknownName or ParaderoError where the address names what there is not."""
    if asking.option("definition"):
        return counted_page(asking, PATH, FILE)
    say = Wording("cohort", asking.language)
    asked = cohort_in(asking)
    judged = asking.option("judged")
    if judged not in ("", OPEN):
        raise unknown("a choice of people", judged, [OPEN])
    at = max(asking.whole_number("page", 1, most=_MOST_PAGES), 1)
    case = asking.standing.case
    with open_tables(case, *COHORT_TABLES) as built:
        found = cohort(built, asked, is_open=judged == OPEN, first=(at - 1) * _PEOPLE, n=_PEOPLE)
        countries = asking.standing.shared(("countries",), lambda: countries_of(built))
    if asked.country is not None and asked.country.casefold() not in map(str.casefold, countries):
        raise unknown("a citizenship that these records name", asked.country, countries)
    known = asking.standing.shared(("places",), lambda: places(case))
    said = whole(
        Material(asking.standing.asked(), asking.language, is_site=True),
        say,
        kicker=say("kicker"),
        title=_title(found, say),
        lead=_lead(found, asked, known, say),
        findings=(),
        found=[_counted(asking, found, judged, say), _listed(asking, found, known, judged, at, say)],
    )
    return dataclasses.replace(
        said, form=_form(asking, asked, countries, say), files=(Link(text="csv", to=cohort_at(FILE, asking)),)
    )


def _title(found: Cohort, say: Wording) -> Text:
    """The people of each release: never one sum, as an id means something only within its release."""
    counts = [one for one in found.counts if _most(one)] or found.counts[:1]
    if not any(map(_most, counts)):
        return say("title_none")
    if len(found.counts) == 1:
        return _people_of(counts[0], say)
    return joined(((Stated(text=f"{one.release}: "), *_people_of(one, say)) for one in counts), "; ")


def _most(one: CohortCount) -> int:
    """How many people there may be: each row without an id may be of one more."""
    return one.n_shown + one.n_open + one.n_rows_of_nobody


def _people_of(one: CohortCount, say: Wording) -> Text:
    if not one.has_ids:
        return say("no_ids")
    text = span(one.n_shown, _most(one), say.language)
    return say("title_one" if one.n_shown == _most(one) == 1 else "title", n=Stated(text=text))


def _lead(found: Cohort, asked: CohortAsked, known: dict[str, Place], say: Wording) -> Text:
    """Who was asked for, in a sentence, and what the rows leave open."""
    asks: list[Text] = []
    days = [one for one in (asked.first, asked.last) if one is not None]
    if asked.facility is not None:
        place = known.get(asked.facility)
        name = f"{place.name} ({asked.facility})" if place and place.name else asked.facility
        asks.append(say("asked_facility", facility=Named(text=name, about="facility", name=asked.facility)))
    if days:
        first, last = (Stated(text=day(end(days).isoformat(), say.language)) for end in (min, max))
        asks.append(
            say("asked_days", first=first, last=last) if len(set(days)) > 1 else say("asked_day", day=first)
        )
    if asked.end_kind is not None:
        asks.append(say("asked_end", end=Stated(text=_end(asked.end_kind, say))))
    if asked.country is not None:
        asks.append(say("asked_country", country=Stated(text=asked.country)))
    if asked.release is not None:
        asks.append(say("asked_release", release=Stated(text=asked.release)))
    asks += [say("asked_gaps")] if asked.with_gaps else []
    asks += [say("asked_conflicts")] if asked.with_conflicts else []
    whom = joined(asks, "; ") if asks else say("asked_all")
    said = say("of_whom", whom=whom)
    without = [one for one in found.counts if not one.has_ids and _most(one)]
    if without:
        names = joined([(Stated(text=one.release),) for one in without])
        said = (*said, " ", *say("no_ids_means", releases=names))
    if not any(map(_most, found.counts)):
        said = (*said, " ", *say("none_means"))
    return said


def _counted(asking: Asking, found: Cohort, judged: str, say: Wording) -> Section:
    """The two counts of each release beside each other, and what no count holds."""
    items: list[Text] = []
    for one in found.counts:
        counted = [("n_shown", one.n_shown), ("n_open", one.n_open)] if one.has_ids else []
        counted += [("nobody", one.n_rows_of_nobody)] if one.n_rows_of_nobody else []
        head = (Stated(text=f"{one.release}: "),) if len(found.counts) > 1 else ()
        items += [(*head, *say(name, n=Stated(text=number(value, say.language)))) for name, value in counted]
    if judged == OPEN:
        items.append((Link(text=say.plain("show_shown"), to=cohort_at(PATH, asking)),))
    elif any(one.n_open for one in found.counts):
        items.append((Link(text=say.plain("show_open"), to=cohort_at(PATH, asking, judged=OPEN)),))
    return Section(
        id="counts",
        name=say.plain("counts"),
        title=say("counts"),
        sub=say("counts_sub"),
        blocks=(Points(items=tuple(items)),),
    )


def _listed(
    asking: Asking, found: Cohort, known: dict[str, Place], judged: str, at: int, say: Wording
) -> Section:
    n = sum(one.n_open if judged == OPEN else one.n_shown for one in found.counts)
    is_several = len({source.release for source in sources_of(asking.standing.case)}) > 1
    links: list[Text] = [
        (Link(text=say.plain(name), to=cohort_at(PATH, asking, judged=judged, page=there)),)
        for name, there in (("earlier", at - 1), ("later", at + 1))
        if 1 <= there <= -(-n // _PEOPLE)
    ]
    first = (at - 1) * _PEOPLE + 1
    caption = say.plain("place_several" if len(found.counts) > 1 else "place").format(
        first=number(first, say.language),
        last=number(first + len(found.people) - 1, say.language),
        n=number(n, say.language),
    )
    block: Block = (
        Table(
            caption=caption,
            heads=tuple(say.plain(each) for each in ("person", "first_in", "last_place", "end", "end_day")),
            rows=tuple(_person(one, known, is_several, say) for one in found.people),
            more=joined(links, " · "),
        )
        if found.people
        else Paragraph(text=say("nobody_listed" if n == 0 else "past"))
    )
    return Section(
        id="people",
        name=say.plain("people"),
        title=say("people_open" if judged == OPEN else "people"),
        sub=say("people_sub"),
        blocks=(block,),
    )


def _person(one: CohortPerson, known: dict[str, Place], is_several: bool, say: Wording) -> tuple[Text, ...]:
    missing: Text = (Missing(text=say.plain("not_recorded")),)
    place: Text = missing
    if one.last_facility_code is not None:
        listed = known.get(one.last_facility_code)
        name = (listed.name if listed else None) or one.last_facility_code
        place = (Named(text=name, about="facility", name=one.last_facility_code),)
    return (
        (
            (_in_release(one),)
            if is_several
            else (Named(text=one.unique_identifier, about="person", name=one.unique_identifier),)
        ),
        _time(one.first_book_in, say) or missing,
        place,
        (Stated(text=_end(one.end_kind, say)),),
        _ended(one, say) or ((Stated(text="–"),) if one.end_kind == "open" else missing),
    )


def _in_release(one: CohortPerson) -> Link:
    """The person of one release, where others may have the same id."""
    to = with_options(page_at("person", one.unique_identifier), {"release": one.release})
    return Link(text=f"{one.unique_identifier} ({one.release})", to=to)


def _ended(one: CohortPerson, say: Wording) -> Text:
    lo, hi = clock_text(one.end_lo), clock_text(one.end_hi)
    if lo is None or hi is None:
        return ()
    first, last = day(lo, say.language, short=True), day(hi, say.language, short=True)
    return (Stated(text=first if first == last else say.plain("between").format(first=first, last=last)),)


def _time(us: int | None, say: Wording) -> Text:
    text = clock_text(us)
    return () if text is None else (Stated(text=f"{day(text, say.language, short=True)}, {text[11:16]}"),)


def _end(kind: str, say: Wording) -> str:
    return say.plain(f"end_{kind.replace(' ', '_')}")


def _form(asking: Asking, asked: CohortAsked, countries: list[str], say: Wording) -> Form:
    releases = sorted({source.release for source in sources_of(asking.standing.case)})
    anything = ("", say.plain("any"))
    country = next((each for each in countries if each.casefold() == (asked.country or "").casefold()), "")
    ends = tuple((kind, _end(kind, say)) for kind in END_KINDS)
    return Form(
        to=PATH,
        button=say.plain("show"),
        fields=(
            Field(name="facility", label=say.plain("facility"), value=asking.option("facility")),
            Field(name="from", label=say.plain("from"), kind="date", value=asking.option("from")),
            Field(name="to", label=say.plain("to"), kind="date", value=asking.option("to")),
            Field(
                name="end",
                label=say.plain("end"),
                kind="choice",
                value=asked.end_kind or "",
                options=(anything, *ends),
            ),
            Field(
                name="country",
                label=say.plain("country"),
                kind="choice",
                value=country,
                options=(anything, *((each, each) for each in countries)),
            ),
            *(
                [
                    Field(
                        name="release",
                        label=say.plain("release"),
                        kind="choice",
                        value=asked.release or "",
                        options=(anything, *((each, each) for each in releases)),
                    )
                ]
                if len(releases) > 1
                else []
            ),
            Field(name="gaps", label=say.plain("gaps"), kind="check", value="on" if asked.with_gaps else ""),
            Field(
                name="conflicts",
                label=say.plain("conflicts"),
                kind="check",
                value="on" if asked.with_conflicts else "",
            ),
        ),
    )
