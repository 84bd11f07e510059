"""A person's history place by place: arrests, stints, gaps and removals, each with its row."""

from __future__ import annotations

from collections.abc import Mapping

from paradero.answers.people.history import Arrest, History, Removal, Stint, Unaccounted
from paradero.model.time.clock import MINUTE_US
from paradero.reports.content.blocks import Stated, Step
from paradero.reports.content.numbers import clock, day, length, word
from paradero.reports.content.wording import Wording, joined
from paradero.reports.pages.parts.evidence import row_of
from paradero.reports.pages.person.stints import gap_length, place_of, stints_of

_ARREST_RULE = "ddp-window"


def steps_of(history: History, kinds: Mapping[str, str], say: Wording) -> list[Step]:
    """Arrests, places, gaps and removals in the order of their times; what has no time comes last. `kinds`
    has what release reasons mean for custody, for readers of another language than theirs.
    """
    found = [_held(one, kinds, say) for one in stints_of(history)]
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


def _held(stint: Stint, kinds: Mapping[str, str], say: Wording) -> Step:
    printed, at, iso = _when(stint.book_in, say)
    held = (
        None
        if stint.held_us is None or stint.held_us < 0
        else length(stint.held_us / MINUTE_US, say.language)
    )
    if stint.book_out is None:
        why = say.code("missing", stint.book_out_why_missing or "blank")
        text = say("held_open", why=Stated(text=why))
    else:
        out = Stated(text=f"{day(stint.book_out, say.language)}, {clock(stint.book_out)}".rstrip(", "))
        text = say("held", length=Stated(text=held or word("not_known", say.language)), out=out)
    reason = stint.detention_release_reason
    if reason:
        kind = kinds.get(reason, "")
        gloss = f" ({say.code('reason_kind', kind)})" if kind and say.language != "en" else ""
        text = (*text, " ", *say("reason", reason=Stated(text=reason), kind=Stated(text=gloss)))
    return Step(
        day=printed,
        clock=at,
        iso=iso,
        place=(place_of(stint, say),),
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
        place=say("gap", length=Stated(text=gap_length(gap, say))),
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
