"""Deaths that the rows of a facility record, and what they leave open."""

from __future__ import annotations

import datetime as dt

from paradero.figures.computing import slug
from paradero.figures.facility_answers import Death, Deaths
from paradero.reports.content.blocks import Block, Code, Section, Stated, Table, Text
from paradero.reports.content.numbers import moment_of, number
from paradero.reports.pages.material import Material, person
from paradero.reports.pages.parts.evidence import row_of
from paradero.reports.pages.parts.places import counted_releases, facility_of, of_release

RANK = 20


def section(material: Material) -> Section | None:
    """Each row with its reason; the notices and reports that were due are on the page of rules."""
    code, say = facility_of(material), material.wording("facility")
    counted = counted_releases(material)
    found = [one for one in material.rows("deaths at a facility", Deaths) if one.release in counted]
    if not found:
        return None
    rows = [each for one in found for each in one.rows]
    blocks: tuple[Block, ...] = ()
    if rows:
        heads = tuple(say.plain(each) for each in ("person", "left", "says", "row"))
        lines = tuple(_line(each, say.language) for each in rows)
        blocks = (Table(caption=say.plain("caption_deaths"), heads=heads, rows=lines),)
    figures = [
        (material.figure(f"facility-deaths/{slug(code)}/{slug(one.release)}"), one.release) for one in found
    ]
    most, of = max(figures, key=lambda one: one[0].lo or 0)
    open_rows = sum(one.n_without_reason + one.n_not_understood + one.n_nowhere for one in found)
    sub = say("deaths_open", n=Stated(text=number(open_rows, say.language))) if open_rows else ()
    return Section(
        id="deaths",
        name=say.plain("deaths_name"),
        title=(*say("deaths_title", deaths=most), *of_release(material, of))
        if most.lo
        else say("deaths_none"),
        sub=(*sub, " ", *say("deaths_sub")),
        blocks=blocks,
    )


def _line(one: Death, language: str) -> tuple[Text, ...]:
    return (
        (person(one.unique_identifier, one.release) if one.unique_identifier else Code(text="–"),),
        moment_of(None if one.left_at is None else dt.datetime.fromisoformat(one.left_at), language),
        (Stated(text=f"«{one.says}»" if language == "es" else f"“{one.says}”"),),
        row_of(one.row_address, language),
    )
