"""The page of one person: where, when, by which row; where the gap is; what came last."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from paradero.answers.people.history import (
    TABLES,
    Arrest,
    History,
    Removal,
    Stint,
    Unaccounted,
    history_of,
    person_numbers,
)
from paradero.answers.people.recorded import RecordedDeath, rows_of
from paradero.building.tables import open_tables
from paradero.model.errors import UnknownName
from paradero.reports.charts.strips import NARROW, WIDE, Piece, strip
from paradero.reports.content.blocks import (
    Block,
    Chain,
    Chart,
    Code,
    Named,
    Page,
    Paragraph,
    Points,
    Section,
    Stated,
    Step,
    Table,
    Text,
)
from paradero.reports.content.numbers import clock, day, length, lengths, word
from paradero.reports.content.wording import Wording, joined, plain_text
from paradero.reports.pages.case_page import whole
from paradero.reports.pages.material import Material
from paradero.reports.pages.parts.evidence import row_of

_MINUTE_US = 60_000_000
_ARREST_RULE = "ddp-window"


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
        (death,) = rows_of(built, "deaths", RecordedDeath, found[0].person_no)
    say = material.wording("person")
    steps = _steps(history, say)
    sections = [
        Section(
            id="places",
            name=say.plain("places"),
            title=say("places"),
            sub=say("clock"),
            blocks=(
                *_strip(history, say),
                Paragraph(text=say("no_locator"), kind="small"),
                Chain(steps=tuple(steps)),
            ),
        ),
        Section(
            id="unknown", name=say.plain("unknown"), title=say("unknown"), blocks=(_unknown(history, say),)
        ),
        Section(
            id="locator", name=say.plain("locator"), title=say("locator"), blocks=(_locator(history, say),)
        ),
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
        return say("title_gap", length=Stated(text=_gap_length(gap, say)))
    return say("title_" + history.end.kind.replace(" ", "_"))


def _gap_length(gap: Unaccounted, say: Wording) -> str:
    if gap.length_lo_us is None:
        return word("not_known", say.language)
    hi = None if gap.length_hi_us is None else gap.length_hi_us / _MINUTE_US
    return lengths(gap.length_lo_us / _MINUTE_US, hi, say.language)


def _lead(history: History, say: Wording) -> Text:
    """What the first row says, and what the last."""
    stints = _stints(history)
    parts: list[Text] = []
    if stints:
        first, last = stints[0], stints[-1]
        parts.append(say("lead_first", place=_place(first, say), when=_day(first.book_in, say)))
        if last is not first:
            parts.append(say("lead_last", place=_place(last, say), when=_day(last.book_in, say)))
    for removal in history.removals:
        country = Stated(text=removal.departure_country or word("not_known", say.language))
        parts.append(say("lead_removed", country=country, when=_day(removal.departed, say)))
    return joined(parts, " ") or say("lead_none")


def _day(text: str | None, say: Wording) -> Stated:
    return Stated(text=word("not_known", say.language) if text is None else day(text, say.language))


def _place(stint: Stint, say: Wording) -> Stated | Named:
    text = stint.detention_facility or stint.detention_facility_code or say.plain("no_place")
    code = stint.detention_facility_code
    return Stated(text=text) if code is None else Named(text=text, about="facility", name=code)


def _stints(history: History) -> list[Stint]:
    return [stint for stay in history.stays for stint in stay.stints]


def _steps(history: History, say: Wording) -> list[Step]:
    """Arrests, places, gaps and removals in the order of their times; what has no time comes last."""
    found = [_held(one, say) for one in _stints(history)]
    found += [_gap(one, say) for one in history.unaccounted]
    found += [_arrest(one, say) for one in history.arrests]
    found += [_removal(one, say) for one in history.removals]
    return sorted(found, key=lambda one: (one.iso == "", one.iso))


def _when(text: str | None, say: Wording) -> tuple[str, str, str]:
    """Day and clock in words, and ISO text; a midnight is a day without a clock, as most releases write
    one.
    """
    if text is None:
        return word("not_known", say.language), "", ""
    at = clock(text)
    shown = at if at not in ("", "00:00") else say.plain("no_clock")
    return day(text, say.language), shown, text.replace(" ", "T")


def _held(stint: Stint, say: Wording) -> Step:
    printed, at, iso = _when(stint.book_in, say)
    held = (
        None
        if stint.held_us is None or stint.held_us < 0
        else length(stint.held_us / _MINUTE_US, say.language)
    )
    if stint.book_out is None:
        why = say.code("missing", stint.book_out_why_missing or "blank")
        text = say("held_open", why=Stated(text=why))
    else:
        out = Stated(text=f"{day(stint.book_out, say.language)}, {clock(stint.book_out)}".rstrip(", "))
        text = say("held", length=Stated(text=held or word("not_known", say.language)), out=out)
    reason = stint.detention_release_reason
    if reason:
        text = (*text, " ", *say("reason", reason=Stated(text=reason)))
    return Step(
        day=printed,
        clock=at,
        iso=iso,
        place=(_place(stint, say),),
        text=text,
        row=row_of(stint.address, say.language),
        kind="held",
    )


def _gap(gap: Unaccounted, say: Wording) -> Step:
    printed, at, iso = _when(gap.since, say)
    rows = [row_of(each, say.language) for each in (gap.address, gap.next_address) if each]
    return Step(
        day=printed,
        clock=at,
        iso=iso,
        place=say("gap", length=Stated(text=_gap_length(gap, say))),
        text=say("gap_means", reason=Stated(text=_capital(say.code("reason", gap.reason)))),
        row=joined(rows),
        kind="gap",
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _arrest(arrest: Arrest, say: Wording) -> Step:
    printed, at, iso = _when(arrest.arrested_at, say)
    joins = any(match.rule == _ARREST_RULE for match in arrest.matches)
    return Step(
        day=printed,
        clock=at,
        iso=iso,
        place=say("arrest", method=Stated(text=arrest.apprehension_method or say.plain("no_method"))),
        text=say("arrest_joined" if joins else "arrest_loose"),
        row=row_of(arrest.address, say.language),
        kind="moment",
    )


def _removal(removal: Removal, say: Wording) -> Step:
    printed, at, iso = _when(removal.departed, say)
    country = Stated(text=removal.departure_country or word("not_known", say.language))
    return Step(
        day=printed,
        clock=at,
        iso=iso,
        place=say("removal", country=country),
        text=say("removal_joined" if removal.matches else "removal_loose"),
        row=row_of(removal.address, say.language),
        kind="moment",
    )


def _strip(history: History, say: Wording) -> list[Block]:
    """The strip to scale, where there are at least two times."""
    pieces = [piece for one in _stints(history) if (piece := _piece(one, history, say)) is not None]
    pieces += [
        Piece(kind="nobody", begin=begin, end=end, name=say.plain("nobody"), length=_gap_length(one, say))
        for one in history.unaccounted
        if (begin := _moment(one.since)) is not None
        and (end := _moment(one.until or history.released_at)) is not None
        and end > begin
    ]
    pieces.sort(key=lambda one: (one.begin, one.end))
    if not pieces or len({at for one in pieces for at in (one.begin, one.end)}) < 2:
        return []
    first, last = (min(one.begin for one in pieces), max(one.end for one in pieces))
    title = plain_text(say("strip", first=_iso(first, say), last=_iso(last, say)))
    described = "; ".join(f"{one.name}: {one.length}" for one in pieces) + "."
    drawn = {
        width: strip(
            pieces,
            name=f"strip-{width}",
            title=title,
            description=described,
            language=say.language,
            width=width,
        )
        for width in (WIDE, NARROW)
    }
    rows = tuple(
        ((Stated(text=one.name),), (_iso(one.begin, say),), (_iso(one.end, say),), (Stated(text=one.length),))
        for one in pieces
    )
    heads = tuple(say.plain(each) for each in ("place", "from", "until", "length"))
    return [
        Chart(
            id="strip",
            title=title,
            description=described,
            wide=drawn[WIDE],
            narrow=drawn[NARROW],
            source=say("source"),
            table=Table(caption=title, heads=heads, rows=rows),
        )
    ]


def _piece(stint: Stint, history: History, say: Wording) -> Piece | None:
    begin = _moment(stint.book_in)
    end = _moment(stint.book_out)
    if begin is None or (end is not None and end < begin):
        return None
    ended = end or _moment(history.released_at)
    if ended is None or ended <= begin:
        return None
    text = (
        word("not_known", say.language)
        if end is None
        else length((end - begin).total_seconds() / 60, say.language)
    )
    return Piece(
        kind="held" if end is not None else "open",
        begin=begin,
        end=ended,
        name=_place(stint, say).text,
        length=text,
    )


def _moment(text: str | None) -> dt.datetime | None:
    return None if text is None else dt.datetime.fromisoformat(text)


def _iso(at: dt.datetime, say: Wording) -> Stated:
    return Stated(text=f"{day(at.isoformat(), say.language, short=True)}, {at:%H:%M}")


def _unknown(history: History, say: Wording) -> Points:
    items: list[Text] = [
        say("unknown_gap", since=_day(one.since, say), until=_day(one.until, say))
        if one.until
        else say("unknown_since", since=_day(one.since, say))
        for one in history.unaccounted
    ]
    missing: Sequence[Stint] = [one for one in _stints(history) if one.book_out is None]
    items += [
        say(
            "unknown_out",
            place=_place(one, say),
            why=Stated(text=say.code("missing", one.book_out_why_missing or "blank")),
        )
        for one in missing
    ]
    items += [say("unknown_conflicts", command=Code(text="paradero conflicts"))] if history.conflicts else []
    items += [say("unknown_arrival")] if history.removals else []
    items.append(say("unknown_zone"))
    return Points(items=tuple(items))


def _locator(history: History, say: Wording) -> Points:
    until = Stated(text=day(history.released_at, say.language)) if history.released_at else Stated(text="–")
    return Points(items=(say("locator_until", until=until), say("locator_where")))
