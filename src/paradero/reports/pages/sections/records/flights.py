"""Transfers by air: the flights that events rest on, and those of the few aircraft whose positions are
here, each with its map.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from paradero.answers.flights.leg_scenes import LegScene, aircraft_of, has_positions, leg_scenes
from paradero.casefile.originals import Source
from paradero.flights.tracks.tracks import Track
from paradero.law.events import Event
from paradero.model.time.reading import parse_moment
from paradero.reports.content.blocks import Block, Code, Paragraph, Section, Stated
from paradero.reports.content.numbers import number
from paradero.reports.pages.material import Material
from paradero.reports.pages.parts.flight_drawing import drawing

RANK = 62
_FEW, _DRAWN = 5, 6  # aircraft whose legs are all drawn; legs that are


def section(material: Material) -> Section | None:
    """A map a flight, at most six; None where the casefile has no positions."""
    if not has_positions(material.case):
        return None
    say = material.wording("flight")
    read = aircraft_of(material.case)
    legs = list(_legs(read, material.asked.law.events))
    blocks: list[Block] = [
        block
        for place, one in enumerate(legs[:_DRAWN])
        for block in (
            Paragraph(text=(Code(text=one.id),), kind="small"),
            drawing(one, say, name=f"flight-{place}"),
        )
    ]
    command = Code(text="paradero flights legs FILE")
    if len(legs) > _DRAWN:
        left = Stated(text=number(len(legs) - _DRAWN, say.language))
        blocks.append(Paragraph(text=say("more_flights", n=left, command=command), kind="source"))
    if len(read) > _FEW:
        page = Code(text="paradero report --about flight HEX@MINUTE")
        blocks.append(Paragraph(text=say("section_many", command=command, page=page), kind="source"))
    return Section(
        id="flights",
        name=say.plain("section_name"),
        title=say("section_title"),
        sub=say("section_sub"),
        blocks=tuple(blocks),
    )


def _legs(read: Mapping[str, Sequence[tuple[Source, Track]]], events: Sequence[Event]) -> Iterator[LegScene]:
    """All legs of few aircraft; of many only those that may have begun when an event says its leg did."""
    asked: dict[str, list[tuple[int | None, int | None]]] = {}
    for event in events:
        for leg in event.file.leg:
            moment = parse_moment(leg.takeoff, zones=event.file.zones)
            asked.setdefault(leg.hex.strip().lower(), []).append((moment.lo, moment.hi))
    for code in read:
        if len(read) > _FEW and code not in asked:
            continue
        for one in leg_scenes(read, code):
            takeoff = one.scene.leg.takeoff.moment
            if len(read) <= _FEW or any(_meet((takeoff.lo, takeoff.hi), each) for each in asked[code]):
                yield one


def _meet(one: tuple[int | None, int | None], other: tuple[int | None, int | None]) -> bool:
    """Whether two spans share an instant; a side that is None is open."""
    return not (one[1] is not None and other[0] is not None and one[1] < other[0]) and not (
        other[1] is not None and one[0] is not None and other[1] < one[0]
    )
