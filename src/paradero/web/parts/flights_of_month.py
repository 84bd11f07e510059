"""The flights of a month on the map of facilities: lines between airports, and the table of the same."""

from __future__ import annotations

from collections.abc import Sequence

from paradero.answers.flights.leg_scenes import LegScene
from paradero.flights.legs.ends import End, Status
from paradero.flights.places.airports import airports
from paradero.reports.charts.place_map import Airport, Flight
from paradero.reports.content.blocks import Code, Link, Named, Stated, Table, Text
from paradero.reports.content.numbers import number
from paradero.reports.content.wording import Wording, joined
from paradero.reports.pages.parts.flight_drawing import called, city, instant_text

MOST = 30  # legs drawn and listed; all of them are on the page of flights
_NAMED = 3
_SHOWN = 0.05  # of an end's weight: an airport with less is counted and not named


def drawn(legs: Sequence[LegScene]) -> list[Flight]:
    """Legs as the map draws them."""
    return [
        Flight(
            origins=_places(one.scene.leg.takeoff),
            goals=_places(one.scene.leg.landing),
            is_settled=is_settled(one.scene.leg.takeoff) and is_settled(one.scene.leg.landing),
        )
        for one in legs[:MOST]
    ]


def is_settled(end: End) -> bool:
    """Whether an end was surely at one airport: it happened, and no other airport is in reach."""
    is_one = len(end.candidates) == 1 and (end.status is Status.OBSERVED or end.n_in_reach == 1)
    return end.is_certain and is_one


def flights_table(legs: Sequence[LegScene], caption: str, say: Wording) -> Table:
    """A line a leg: its page, the aircraft, where each end may have been, from when to when it may have
    left (UTC).
    """
    flights = Wording("flight", say.language)
    more = len(legs) - MOST
    return Table(
        caption=caption,
        heads=tuple(say.plain(each) for each in ("flight", "aircraft", "from", "to", "left")),
        rows=tuple(
            (
                (Named(text=one.id, about="flight", name=one.id),),
                (Code(text=called(one.scene)),),
                _where(one.scene.leg.takeoff, say),
                _where(one.scene.leg.landing, say),
                _when(one.scene.leg.takeoff, say, flights),
            )
            for one in legs[:MOST]
        ),
        more=say("more_flights", n=Stated(text=number(more, say.language)), all=_all(say))
        if more > 0
        else (),
    )


def _all(say: Wording) -> Link:
    return Link(text=say.plain("all_flights"), to="/flights")


def _named(end: End) -> list[str]:
    likely = sorted(end.candidates, key=lambda one: (-one.weight, one.icao))
    return [one.icao for one in likely if one.weight >= _SHOWN or len(likely) == 1][:_NAMED]


def _places(end: End) -> tuple[Airport, ...]:
    """The airports at which an end may have been; where none is named, where the aircraft was heard nearest
    to it.
    """
    found = [airports().named(code) for code in _named(end)]
    if not found:
        return (Airport(code="", name="", lat=end.lat, lon=end.lon, is_settled=False),)
    settled = is_settled(end)
    return tuple(
        Airport(code=one.icao, name=city(one.icao), lat=one.lat, lon=one.lon, is_settled=settled)
        for one in found
    )


def _where(end: End, say: Wording) -> Text:
    named = _named(end)
    said: list[Text] = [(Stated(text=city(code)),) for code in named]
    text = joined(said, say.plain("or"))
    others = max(end.n_in_reach - len(named), 0)
    if not named:
        text = say(
            "heard_at",
            at=Stated(text=f"{end.lat:.2f}, {end.lon:.2f}"),
            n=Stated(text=number(others, say.language)),
        )
    elif not is_settled(end) and others and end.status is not Status.OBSERVED:
        text = (*text, *say("others_in_reach", n=Stated(text=number(others, say.language))))
    return text if end.is_certain else (*text, *say("if_landed"))


def _when(end: End, say: Wording, flights: Wording) -> Text:
    first, last = instant_text(end.moment.lo, flights), instant_text(end.moment.hi, flights, up=True)
    day, _, _ = first.rpartition(", ")
    last = last.removeprefix(f"{day}, ") if day else last
    return (
        (Stated(text=first),)
        if first.endswith(last)
        else say("between", first=Stated(text=first), last=Stated(text=last))
    )
