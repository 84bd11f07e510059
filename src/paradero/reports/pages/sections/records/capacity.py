"""Facilities with more people than a list states as their capacity, by records and by published figures."""

from __future__ import annotations

from paradero.figures.facility_answers import Capacity
from paradero.reports.charts.marks import bar
from paradero.reports.content.blocks import Bar, Code, Section, Stated, Table, Text
from paradero.reports.content.numbers import day, number
from paradero.reports.content.wording import Wording, joined
from paradero.reports.pages.material import Material, remarks_of
from paradero.reports.pages.parts.evidence import row_of
from paradero.reports.pages.parts.places import Place, named, places

RANK = 35
_SHOWN = 8


def section(material: Material) -> Section | None:
    """The fullest facilities, each by the way of counting that has most people there."""
    answered = material.answered("capacities")
    if answered is None:
        return None
    say = material.wording("capacity")
    over = material.figure("facilities-over-capacity")
    fullest: dict[str, Capacity] = {}
    for one in material.rows("capacities", Capacity):
        known = fullest.get(one.detention_facility_code)
        if known is None or one.most > known.most:
            fullest[one.detention_facility_code] = one
    rows = sorted(fullest.values(), key=lambda one: (one.capacity - one.most, one.detention_facility_code))
    known_places = places(material.case)
    table = Table(
        caption=say.plain("caption"),
        heads=tuple(say.plain(each) for each in ("facility", "capacity", "most", "on", "by", "row")),
        rows=tuple(_line(one, say, known_places) for one in rows[:_SHOWN]),
        right=(1,),
        more=say("more", command=Code(text=f"{answered.command} --all")),
    )
    return Section(
        id="capacity",
        name=say.plain("name"),
        title=say("title", over=over) if over.lo else say("title_none"),
        sub=(*say("sub"), " ", *remarks_of(answered, material.language)),
        blocks=(table,),
    )


def _line(one: Capacity, say: Wording, known: dict[str, Place]) -> tuple[Text | Bar, ...]:
    by = say.code("counted_by", one.counted_by.partition(":")[0])
    stated = [one.capacity_address, *([one.published_address] if one.published_address else [])]
    return (
        named(one.detention_facility_code, known),
        (Stated(text=number(one.capacity, say.language)),),
        Bar(
            text=(Stated(text=number(one.most, say.language)),),
            svg=bar(one.most, one.most, 0, max(one.most, one.capacity)),
        ),
        (
            Stated(
                text="–" if one.on_date is None else day(one.on_date.isoformat(), say.language, short=True)
            ),
        ),
        (Stated(text=by),),
        joined(row_of(each, say.language) for each in stated),
    )
