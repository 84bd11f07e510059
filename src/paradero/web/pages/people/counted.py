"""The people behind the number of a facility's day: the sure and the possible, each with its rows."""

from __future__ import annotations

import dataclasses

from paradero.answers.people.counted import COUNTED_TABLES, CountedEntry, CountedPeople, counted_people
from paradero.building.tables import open_tables
from paradero.custody.causes import causes
from paradero.custody.definitions import definition_of
from paradero.model.errors import ParaderoError
from paradero.model.time.clock import clock_text
from paradero.reports.content.blocks import (
    Block,
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
from paradero.reports.pages.parts.evidence import row_of
from paradero.reports.pages.parts.places import places
from paradero.web.addresses import page_at, with_options
from paradero.web.asking import Asking
from paradero.web.pages.people.asking import cohort_at, cohort_in

_ENTRIES = 100
_MOST_PAGES = 1_000_000
_NOT_ASKED = ("end", "country", "gaps", "conflicts", "judged")


def found_of(asking: Asking) -> CountedPeople:
    """The people of the number that the address asks for: of one facility and one day. Raises ParaderoError
    where it asks for more, or for less.
    """
    asked = cohort_in(asking)
    defined = definition_of(asking.option("definition"))
    others = [name for name in _NOT_ASKED if asking.option(name)]
    if others:
        raise ParaderoError(f"`{others[0]}` does not go with `definition`. Leave one of them out.")
    if asked.facility is None or asked.first is None or (asked.last or asked.first) != asked.first:
        raise ParaderoError(
            "`definition` asks for the people behind one number. Name a `facility` and one day, in `from` and"
            " in `to`."
        )
    with open_tables(asking.standing.case, *COUNTED_TABLES) as built:
        return counted_people(built, defined, asked.facility, asked.first, asked.release)


def counted_page(asking: Asking, path: str, file: str) -> Page:
    """The page of that number. Raises as `found_of`, UnknownName for a definition that there is not."""
    say = Wording("counted", asking.language)
    found, asked = found_of(asking), cohort_in(asking)
    defined = definition_of(asking.option("definition"))
    known = asking.standing.shared(("places",), lambda: places(asking.standing.case))
    code = asked.facility or ""
    name = known[code].name if code in known else None
    when = Stated(text=day(str(asked.first), say.language))
    many = "" if found.n_hi != 1 else "_one"
    held = Stated(text=f"{span(found.n_lo, found.n_hi, say.language)} {say.plain(f'{defined.unit}{many}')}")
    said = whole(
        Material(asking.standing.asked(), asking.language, is_site=True),
        say,
        kicker=say("kicker"),
        title=say("title", held=held, name=Stated(text=name or code), when=when),
        lead=say(
            "lead",
            facility=Named(text=f"{name} ({code})" if name else code, about="facility", name=code),
            when=when,
            how=Stated(text=say.code("definition", defined.definition)),
            release=Stated(text=found.release),
        ),
        findings=(),
        found=[_parts(found, say), _listed(asking, path, found, say)],
    )
    any_time: dict[str, str | list[str]] = {
        "facility": code,
        "from": str(asked.first),
        "to": str(asked.first),
        "release": found.release,
    }
    back: dict[str, str | list[str]] = {"day": str(asked.first), "definition": defined.definition}
    ways: tuple[Text, ...] = (
        (Link(text=say.plain("back"), to=with_options(page_at("facility", code), back)),),
        (Link(text=say.plain("any_time"), to=with_options(path, any_time)),),
    )
    around = Section(id="around", name=say.plain("around"), title=say("around"), blocks=(Points(items=ways),))
    return _with(said, around, (Link(text="csv", to=cohort_at(file, asking)),))


def _with(page: Page, section: Section, files: tuple[Link, ...]) -> Page:
    """The section after the first two: below it lie only the rows that are cited."""
    at = next((i for i, one in enumerate(page.sections) if one.is_evidence), len(page.sections))
    return dataclasses.replace(
        page, sections=(*page.sections[:at], section, *page.sections[at:]), files=files
    )


def _parts(found: CountedPeople, say: Wording) -> Section:
    """How the number is made: the sure, and the possible by what leaves each open."""
    items: list[Text] = [say("n_sure", n=Stated(text=number(found.n_sure, say.language)))]
    for cause in causes():
        n = sum(one.cause is cause for one in found.entries)
        if n:
            why = say.stated(cause.words, cause.words_es)
            items.append(say("n_possible", n=Stated(text=number(n, say.language)), why=why))
    if found.n_lo < found.n_sure:
        items.append(say("counts_fewer", n=Stated(text=number(found.n_lo, say.language))))
    return Section(
        id="counts",
        name=say.plain("counts"),
        title=say("counts"),
        sub=say("counts_sub"),
        blocks=(Points(items=tuple(items)),),
    )


def _listed(asking: Asking, path: str, found: CountedPeople, say: Wording) -> Section:
    at = max(asking.whole_number("page", 1, most=_MOST_PAGES), 1)
    n, first = len(found.entries), (at - 1) * _ENTRIES
    shown = found.entries[first : first + _ENTRIES]
    links: list[Text] = [
        (Link(text=say.plain(name), to=cohort_at(path, asking, page=there)),)
        for name, there in (("earlier", at - 1), ("later", at + 1))
        if 1 <= there <= -(-n // _ENTRIES)
    ]
    caption = say.plain("place").format(
        first=number(first + 1, say.language),
        last=number(first + len(shown), say.language),
        n=number(n, say.language),
    )
    block: Block = (
        Table(
            caption=caption,
            heads=tuple(say.plain(each) for each in ("person", "counted", "book_in", "book_out", "row")),
            rows=tuple(_entry(one, say) for one in shown),
            more=joined(links, " · "),
        )
        if shown
        else Paragraph(text=say("nobody_listed"))
    )
    return Section(
        id="people", name=say.plain("people"), title=say("people"), sub=say("people_sub"), blocks=(block,)
    )


def _entry(one: CountedEntry, say: Wording) -> tuple[Text, ...]:
    person: Text = (Missing(text=say.plain("no_id")),)
    if one.unique_identifier is not None:
        person = (Named(text=one.unique_identifier, about="person", name=one.unique_identifier),)
    cause = one.cause
    judged: Text = say("sure")
    if one.is_unaccounted:
        judged = say("unaccounted")
    elif cause is not None:
        judged = say("possible", why=say.stated(cause.words, cause.words_es))
    return (
        person,
        judged,
        _time(None if one.is_unaccounted else one.book_in, say),
        _time(None if one.is_unaccounted else one.book_out, say),
        joined((row_of(each, say.language) for each in one.rows), "; "),
    )


def _time(us: int | None, say: Wording) -> Text:
    text = clock_text(us)
    if text is None:
        return (Missing(text=say.plain("not_recorded")),)
    return (Stated(text=f"{day(text, say.language, short=True)}, {text[11:16]}"),)
