"""Who is not accounted for: intervals in which no row names a custodian though nothing ended custody."""

from __future__ import annotations

from collections.abc import Sequence

from paradero.answers.people.listing import UnaccountedInterval
from paradero.figures.computing import slug
from paradero.reports.content.blocks import Block, Code, Finding, Section, Stated, Table, Text
from paradero.reports.content.numbers import lengths, moment_of, word
from paradero.reports.content.wording import Wording
from paradero.reports.pages.material import Material, person, remarks_of
from paradero.reports.pages.parts.evidence import row_of
from paradero.reports.pages.parts.pictured import pictured

RANK = 20
_SHOWN = 12
_MINUTE_US = 60_000_000


def section(material: Material) -> Section | None:
    """How many intervals of how many people, by reason, and the longest of them."""
    answered = material.answered("unaccounted")
    if answered is None:
        return None
    say = material.wording("unaccounted")
    people, found = material.figure("unaccounted-people"), material.figure("unaccounted-intervals")
    if not found.judged:
        return Section(
            id="unaccounted",
            name=say.plain("name"),
            title=say("title_unjudged"),
            sub=remarks_of(answered, material.language),
        )
    title = say("title", people=people, intervals=found)
    rows = material.rows("unaccounted", UnaccountedInterval)
    if not rows and found.hi != 0:
        return Section(
            id="unaccounted",
            name=say.plain("name"),
            title=say("title_open"),
            sub=remarks_of(answered, material.language),
        )
    if not rows:
        return Section(
            id="unaccounted",
            name=say.plain("name"),
            title=say("title_none"),
            sub=remarks_of(answered, material.language),
        )
    table = intervals(rows, say)
    blocks: tuple[Block, ...] = (_by_reason(material, rows, say), table)
    never = material.figure("unaccounted-without-end")
    reasons = dict.fromkeys(one.reason for one in rows)
    finding = Finding(
        rank=20,
        title=title,
        text=say("rest", never=never, command=Code(text=answered.command)),
        picture=pictured(
            "unaccounted",
            [
                (say.code("reason", each), material.figure(f"unaccounted-by-reason/{slug(each)}"))
                for each in reasons
            ],
            say,
        ),
    )
    return Section(
        id="unaccounted",
        name=say.plain("name"),
        title=title,
        sub=(*say("sub"), " ", *remarks_of(answered, material.language)),
        blocks=blocks,
        finding=finding,
    )


def intervals(rows: Sequence[UnaccountedInterval], say: Wording) -> Table:
    """The longest of them, each with the last row before it."""
    more = len(rows) - _SHOWN
    return Table(
        caption=say.plain("caption"),
        heads=tuple(say.plain(each) for each in ("person", "since", "until", "length", "why", "row")),
        rows=tuple(_line(one, say) for one in rows[:_SHOWN]),
        more=say("more", n=Stated(text=f"{more:,}")) if more > 0 else (),
    )


def _by_reason(material: Material, rows: Sequence[UnaccountedInterval], say: Wording) -> Table:
    reasons = dict.fromkeys(sorted(one.reason for one in rows))
    lines = tuple(
        (_reason(name, say), (say.bare(material.figure(f"unaccounted-by-reason/{slug(name)}")),))
        for name in reasons
    )
    heads = (say.plain("why"), say.plain("intervals"))
    return Table(caption=say.plain("caption_reasons"), heads=heads, rows=lines, right=(1,))


def _reason(name: str, say: Wording) -> Text:
    return (Stated(text=say.code("reason", name)),)


def _line(one: UnaccountedInterval, say: Wording) -> tuple[Text, ...]:
    language = say.language
    return (
        (person(one.unique_identifier, one.release),),
        moment_of(one.since, language),
        moment_of(one.until, language),
        _length(one, language),
        _reason(one.reason, say),
        row_of(one.last_row_address or one.stay_row_address, language),
    )


def _length(one: UnaccountedInterval, language: str) -> Text:
    if one.length_lo_us is None:
        return (Stated(text=word("not_known", language)),)
    hi = None if one.length_hi_us is None else one.length_hi_us / _MINUTE_US
    return (Stated(text=lengths(one.length_lo_us / _MINUTE_US, hi, language)),)
