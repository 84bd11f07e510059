"""The page of one person: where, when, by which row; where the gap is; what came last."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from paradero.answers.people.history import TABLES, History, Stint, Unaccounted, history_of, person_numbers
from paradero.answers.people.recorded import RecordedDeath, rows_of
from paradero.building.tables import open_tables
from paradero.model.errors import UnknownName
from paradero.model.time.clock import MINUTE_US
from paradero.reports.content.anchors import unlinked
from paradero.reports.content.blocks import Chain, Code, Page, Paragraph, Points, Section, Stated, Text
from paradero.reports.content.numbers import clock, day, length, word
from paradero.reports.content.wording import Wording, joined
from paradero.reports.pages.case_page import whole
from paradero.reports.pages.material import Material
from paradero.reports.pages.parts.offices import offices
from paradero.reports.pages.person.steps import steps_of
from paradero.reports.pages.person.stints import day_of, gap_length, place_of, stints_of, unlisted
from paradero.reports.pages.person.strip import strip_chart
from paradero.reports.pages.person.verdicts import verdicts_section

_ON_SHEET = ("places", "unknown", "locator")


def person_page(material: Material, identifier: str, *, release: str | None = None) -> Page:
    """One page, one line a place. Raises UnknownName where no row has the id, or where several releases
    have it and none is named.
    """
    with open_tables(material.case, *TABLES, "reason_kinds", threads=1) as built:
        found = person_numbers(built, identifier, release)
        if len(found) > 1:
            names = ", ".join(each.release for each in found)
            raise UnknownName(
                f"Several releases have the id `{identifier}`: {names}. Name one with --release."
            )
        history = history_of(built, found[0].person_no)
        kinds = {
            str(row["reason"]): str(row["kind"])
            for row in built.rows("SELECT reason, kind FROM reason_kinds WHERE kind <> 'other'")
        }
        (death,) = rows_of(built, "deaths", RecordedDeath, found[0].person_no)
    say = material.wording("person")
    sections = [
        Section(
            id="places",
            name=say.plain("places"),
            title=say("places"),
            sub=say("clock"),
            blocks=(
                *strip_chart(history, say),
                Paragraph(text=say("no_locator"), kind="small"),
                Chain(steps=tuple(steps_of(history, kinds, say))),
            ),
        ),
        Section(
            id="unknown", name=say.plain("unknown"), title=say("unknown"), blocks=(_unknown(history, say),)
        ),
        Section(
            id="locator",
            name=say.plain("locator"),
            title=say("locator"),
            sub=(*_until(history, say), " ", *say("locator_where")),
            blocks=(
                offices(say.language, has_addresses=not material.is_site),
                Paragraph(text=say("locator_others"), kind="small"),
            ),
        ),
        verdicts_section(material, history),
    ]
    return whole(
        material,
        say,
        kicker=say("kicker", id=Code(text=history.unique_identifier), release=Stated(text=history.release)),
        title=_title(history, death, say),
        lead=_lead(history, say),
        findings=(),
        found=sections,
    )


def _longest(history: History) -> Unaccounted | None:
    """The interval that a title names: one that nothing ends before any other, then the longest."""
    return max(history.unaccounted, key=lambda one: (one.until is None, one.length_lo_us or 0), default=None)


def _title(history: History, death: RecordedDeath, say: Wording) -> Text:
    """How custody ended; a death that any row records is said before all else, even where rows go on."""
    if history.end.kind == "death" and not death.goes_on:
        return say("title_death")
    if death.is_recorded:
        return say("title_death_goes_on" if death.goes_on else "title_death_disputed")
    gap = _longest(history)
    if gap is not None:
        if gap.until is None:
            return (
                say("title_never", since=Stated(text=day(gap.since or "", say.language)))
                if gap.since
                else say("title_gap_untimed")
            )
        return say("title_gap", length=Stated(text=gap_length(gap, say)))
    return say("title_" + history.end.kind.replace(" ", "_"))


def _lead(history: History, say: Wording) -> Text:
    """What the first row says, and what the last."""
    stints = stints_of(history)
    parts: list[Text] = []
    if stints:
        first, last = stints[0], stints[-1]
        parts.append(say("lead_first", place=place_of(first, say), when=day_of(first.book_in, say)))
        if last is not first:
            parts.append(say("lead_last", place=place_of(last, say), when=day_of(last.book_in, say)))
    for removal in history.removals:
        country = Stated(text=removal.departure_country or word("not_known", say.language))
        parts.append(say("lead_removed", country=country, when=day_of(removal.departed, say)))
    return joined(parts, " ") or say("lead_none")


def _unknown(history: History, say: Wording) -> Points:
    items: list[Text] = [
        say("unknown_gap", since=day_of(one.since, say), until=day_of(one.until, say))
        if one.until
        else say("unknown_since", since=day_of(one.since, say))
        for one in history.unaccounted
    ]
    missing: Sequence[Stint] = [one for one in stints_of(history) if one.book_out is None]
    items += [
        say(
            "unknown_out",
            place=place_of(one, say),
            why=Stated(text=say.code("missing", one.book_out_why_missing or "blank")),
        )
        for one in missing
    ]
    items += [_between(one, after, say) for one, after in unlisted(history)]
    items += [say("unknown_conflicts")] if history.conflicts else []
    items += [say("unknown_arrival")] if history.removals else []
    items.append(say("unknown_zone"))
    return Points(items=tuple(items))


def _between(one: Stint, after: Stint, say: Wording) -> Text:
    """Hours between two places that are too short for an interval unaccounted for, and in no row."""
    return say(
        "unknown_between",
        since=_minute(one.book_out, say),
        until=_minute(after.book_in, say),
        length=Stated(text=length((one.next_gap_us or 0) / MINUTE_US, say.language)),
        **{"from": place_of(one, say), "to": place_of(after, say)},
    )


def _minute(text: str | None, say: Wording) -> Stated:
    return Stated(text=f"{day(text or '', say.language)}, {clock(text or '')}".rstrip(", "))


def _until(history: History, say: Wording) -> Text:
    until = Stated(text=day(history.released_at, say.language)) if history.released_at else Stated(text="–")
    return say("locator_until", until=until)


def sheet_of(page: Page) -> Page:
    """The page as a sheet to hand over: the history, what is not known, whom to ask; rows by their numbers.
    What the record holds of a person beside is for whoever asks for the rows.
    """
    kept = tuple(one for one in page.sections if one.id in _ON_SHEET)
    return unlinked(dataclasses.replace(page, sections=kept))
