"""The page of one facility: how many on the last day, by day and month; who was last seen there; from
where, to where.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from paradero.answers.counts.headcounts import Headcount
from paradero.answers.counts.reconciling import reconciled
from paradero.answers.people.listing import Transfer, UnaccountedInterval
from paradero.answers.status import ReleaseStatus
from paradero.building.tables import open_tables
from paradero.casefile.folder import Casefile
from paradero.figures.answered import DRAWN, Asked
from paradero.figures.computing import slug
from paradero.model.errors import UnknownName
from paradero.model.naming import unknown
from paradero.reports.charts.marks import bar
from paradero.reports.content.blocks import (
    Bar,
    Block,
    Code,
    Facts,
    Page,
    Paragraph,
    Section,
    Stated,
    Table,
    Text,
)
from paradero.reports.content.numbers import day, number, span
from paradero.reports.content.wording import Wording, joined
from paradero.reports.pages.case_page import whole
from paradero.reports.pages.evidence import row_of
from paradero.reports.pages.material import Material
from paradero.reports.pages.sections.headcount import charts
from paradero.reports.pages.sections.unaccounted import intervals

_SHOWN = 10
_NO_CODE = "-"  # arrived somewhere whose code the row does not have


def facility_page(case: Casefile, code: str, language: str) -> Page:
    """The page of the facility with that code, in capitals or not. Raises UnknownName with near codes where
    the records have none, or no count of it.
    """
    name, code = _facility(case, code)
    material = Material(Asked(case, facility=code), language)
    say = material.wording("facility")
    rows = [one for one in material.rows("headcounts of a facility", Headcount) if one.definition == DRAWN]
    if not rows:
        raise UnknownName(
            f"The records count nobody at `{code}`. `paradero headcount --facility {code}` says why."
        )
    releases = [
        each.release
        for each in material.rows("releases", ReleaseStatus)
        if any(row.release == each.release for row in rows)
    ]
    last = material.figure(f"facility-last/{slug(code)}/{DRAWN}/{slug(releases[-1])}")
    latest = max(row.date for row in rows if row.release == releases[-1])
    shown = name or code
    sections = [
        _held(material, rows, releases, code, say),
        _unaccounted(material, code, say),
        _flows(material, code, say),
        _published(material, name, code, say),
    ]
    return whole(
        material,
        say,
        kicker=say("kicker", code=Code(text=code)),
        title=say(
            "title", name=Stated(text=shown), last=last, when=Stated(text=day(latest.isoformat(), language))
        ),
        lead=say("lead", last=last, when=Stated(text=day(latest.isoformat(), language))),
        findings=(),
        found=[each for each in sections if each is not None],
    )


def _facility(case: Casefile, text: str) -> tuple[str | None, str]:
    with open_tables(case, "facilities") as built:
        rows = built.rows(
            "SELECT detention_facility_code AS code, detention_facility AS name FROM facilities"
        )
    known = {str(row["code"]).upper(): row for row in rows if row["code"]}
    found = known.get(text.strip().upper())
    if found is None:
        raise unknown("a facility of these records", text, [str(row["code"]) for row in known.values()])
    return found["name"], str(found["code"])


def _held(
    material: Material, rows: Sequence[Headcount], releases: Sequence[str], code: str, say: Wording
) -> Section:
    counted = material.wording("headcount")
    blocks: list[Block] = []
    facts: list[tuple[str, Text]] = []
    for release in releases:
        of = [row for row in rows if row.release == release]
        peak = material.figure(f"facility-peak/{slug(code)}/{DRAWN}/{slug(release)}")
        last = material.figure(f"facility-last/{slug(code)}/{DRAWN}/{slug(release)}")
        facts.append((say.plain("last"), (say.number(last),)))
        facts.append((say.plain("peak"), (say.number(peak),)))
        blocks += charts(of, counted, name=f"held-{slug(release)}", whose=release)
    peak = material.figure(f"facility-peak/{slug(code)}/{DRAWN}/{slug(releases[-1])}")
    return Section(
        id="held",
        name=say.plain("held_name"),
        title=say("held", peak=peak),
        sub=say("held_sub"),
        blocks=(Facts(caption=say.plain("glance"), rows=tuple(facts)), *blocks),
    )


def _unaccounted(material: Material, code: str, say: Wording) -> Section:
    rows = [
        one
        for one in material.rows("unaccounted", UnaccountedInterval)
        if one.detention_facility_code == code
    ]
    figure = material.maybe(f"unaccounted-last-seen/{slug(code)}")
    if figure is None or not rows:
        everything = material.maybe("unaccounted-intervals")
        is_none = everything is not None and everything.hi == 0
        title = say("unaccounted_none" if is_none else "unaccounted_open")
        return Section(id="unaccounted", name=say.plain("unaccounted_name"), title=title)
    return Section(
        id="unaccounted",
        name=say.plain("unaccounted_name"),
        title=say("unaccounted", intervals=figure),
        blocks=(intervals(rows, material.wording("unaccounted")),),
    )


def _flows(material: Material, code: str, say: Wording) -> Section | None:
    rows = material.rows("transfers", Transfer)
    into = Counter(one.from_facility_code for one in rows if one.to_facility_code == code)
    out = Counter(
        one.to_facility_code or ("" if one.to_row is None else _NO_CODE)
        for one in rows
        if one.from_facility_code == code
    )
    if not into and not out:
        return None
    most = max([*into.values(), *out.values()])
    blocks = tuple(
        Table(
            caption=say.plain(caption),
            heads=(say.plain("facility"), say.plain("transfers")),
            rows=tuple(
                (
                    _other(other, say),
                    Bar(text=(Stated(text=number(n, say.language)),), svg=bar(n, n, 0, most)),
                )
                for other, n in sorted(found.items(), key=lambda each: (-each[1], str(each[0])))[:_SHOWN]
            ),
            more=say("all_transfers"),
        )
        for found, caption in ((into, "into"), (out, "out"))
        if found
    )
    return Section(id="flows", name=say.plain("flows_name"), title=say("flows"), blocks=blocks)


def _other(code: str | None, say: Wording) -> Text:
    """The other side of a transfer: its code, that it has none, or that no arrival is on record."""
    if code and code != _NO_CODE:
        return (Code(text=code),)
    return (Stated(text=say.plain("no_code" if code == _NO_CODE or code is None else "no_arrival")),)


def _published(material: Material, name: str | None, code: str, say: Wording) -> Section | None:
    """Published figures of this facility that contradict the records."""
    if material.answered("published") is None:
        return None
    found = reconciled(material.case, status=None, limit=0)
    known = {each.upper() for each in (name, code) if each}
    of = [one for one in found.rows if (one.facility or "").strip().upper() in known]
    if not of:
        return Section(id="published", name=say.plain("published_name"), title=say("published_none"))
    rows = tuple(
        (
            (Stated(text=one.when or "–"),),
            (Stated(text="–" if one.published is None else number(one.published, say.language)),),
            (Stated(text=span(one.n_lo, one.n_hi, say.language)),),
            joined(row_of(each, say.language) for each in (one.address, one.other_address) if each),
        )
        for one in of[:_SHOWN]
    )
    heads = tuple(say.plain(each) for each in ("when", "printed", "records", "cells"))
    blocks: tuple[Block, ...] = (
        Table(caption=say.plain("published_name"), heads=heads, rows=rows, right=(1, 2)),
    )
    if len(of) > _SHOWN:
        blocks = (*blocks, Paragraph(text=say("more", n=Stated(text=f"{len(of) - _SHOWN:,}")), kind="source"))
    return Section(id="published", name=say.plain("published_name"), title=say("published"), blocks=blocks)
