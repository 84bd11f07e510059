"""One leg of positions as a chart of pages: map and altitude on one clock, drawn for two widths, with the
table behind it and what the leg leaves open.
"""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from paradero.answers.flights.leg_scenes import LegScene
from paradero.flights.legs.ends import End, Status
from paradero.flights.legs.envelopes import outline
from paradero.flights.legs.gaps import Gap, Sighting
from paradero.flights.pictures.scenes import Scene
from paradero.flights.pictures.views import view_of
from paradero.flights.places.airports import airports
from paradero.model.time.clock import EPOCH
from paradero.reports.charts.flight_map import flight_map
from paradero.reports.charts.flight_profile import Words, flight_profile, height_of
from paradero.reports.charts.marks import svg
from paradero.reports.content.blocks import Chart, Code, Piece, Stated, Table, Text
from paradero.reports.content.numbers import day, number, word
from paradero.reports.content.wording import Wording, plain_text, words_of

WIDE, NARROW = 860, 358
_MAP = {WIDE: 470, NARROW: 330}
_LIKELY = 0.5  # of an end's weight: below that a place is not named in a title
_SHOWN = 0.05
_MINUTE = 60_000_000


def drawing(found: LegScene, say: Wording, *, name: str) -> Chart:
    """The chart of a leg; `name` is its id on the page."""
    scene = found.scene
    title = plain_text(say("map_title", what=Stated(text=called(scene))))
    places = {
        "origin": Stated(text=place_of(scene.leg.takeoff, say)),
        "destination": Stated(text=place_of(scene.leg.landing, say)),
    }
    described = plain_text(say("desc", **places))
    described += " " + say.plain("desc_gaps" if scene.gaps else "desc_whole") + " " + left_open(scene, say)
    wide, narrow = (
        _picture(scene, say, name=f"{name}-{width}", title=title, description=described, width=width)
        for width in (WIDE, NARROW)
    )
    return Chart(
        id=name,
        title=title,
        description=described,
        wide=wide,
        narrow=narrow,
        source=say("source", files=_files(found, say)),
        table=_table(scene, say),
    )


def _picture(scene: Scene, say: Wording, *, name: str, title: str, description: str, width: int) -> str:
    view = view_of(scene, width, _MAP[width])
    countries = {code: str(words[say.language]) for code, words in words_of("flight")["country"].items()}
    marks = flight_map(
        scene,
        view,
        name=name,
        countries=countries,
        lines=(say.plain("last_heard"), say.plain("heard_again")),
        language=say.language,
    )
    zones = zones_of(scene)
    said = Words(
        gap=say.plain("gap"),
        takeoff=say.plain("takeoff"),
        landing=say.plain("landing"),
        height=say.plain("height"),
    )
    top = _MAP[width] + 8
    marks += flight_profile(scene, top=top, width=width, zones=zones, said=said, language=say.language)
    return svg(width, top + height_of(zones), name, title, description, marks)


def zones_of(scene: Scene) -> tuple[str, ...]:
    """UTC, and the time zones of the ends whose airport is likely."""
    found = ["UTC"]
    for end in (scene.leg.takeoff, scene.leg.landing):
        zone = zone_of(end)
        found += [zone] if zone is not None and zone not in found else []
    return tuple(found)


def zone_of(end: End) -> str | None:
    """The time zone of an end's likely airport; None where none is likely."""
    best = likely(end)
    return None if best is None else airports().named(best).zone


def likely(end: End) -> str | None:
    """The code of the airport that has at least half of an end's weight; None where none has."""
    best = max(end.candidates, key=lambda one: one.weight, default=None)
    return None if best is None or best.weight < _LIKELY else best.icao


def called(scene: Scene) -> str:
    """The aircraft as it is known: its registration, else its code."""
    return scene.leg.registration or scene.leg.hex


def place_of(end: End, say: Wording) -> str:
    """The likely place of an end: the city, then the code in brackets."""
    best = likely(end)
    return say.plain("unknown_place") if best is None else city(best)


def city(icao: str) -> str:
    """`Harlingen (KHRL)`."""
    found = airports().named(icao)
    return f"{found.city or found.name} ({icao})"


def left_open(scene: Scene, say: Wording) -> str:
    """One sentence of what the leg leaves open: the gravest."""
    if not scene.leg.landing.is_certain:
        return say.plain("open_landing")
    stops = [gap for gap in scene.gaps if gap.envelope.radius_km is not None]
    if stops:
        is_vast = any(outline(gap.envelope) is None for gap in stops)
        return say.plain("open_gap_vast" if is_vast else "open_gap")
    if scene.gaps:
        return say.plain("open_gap_no_stop")
    if likely(scene.leg.takeoff) is None:
        return say.plain("open_takeoff")
    is_seen = scene.leg.status is Status.OBSERVED
    return say.plain("open_nothing" if is_seen else "open_ends")


def _files(found: LegScene, say: Wording) -> Text:
    pieces: list[Piece] = []
    for one in found.sources:
        pieces += ["; " if pieces else "", Stated(text=one.file_name), f" ({say.plain('original')} "]
        pieces += [Code(text=one.source), ")"]
    return tuple(piece for piece in pieces if piece != "")


def _table(scene: Scene, say: Wording) -> Table:
    """The ends and the gaps in order of time: what the picture shows, in words."""
    leg = scene.leg
    rows = [_end_row("takeoff", leg.takeoff, say)]
    rows += [_gap_row(gap, scene, say) for gap in scene.gaps]
    rows.append(_end_row("landing", leg.landing, say))
    heads = tuple(say.plain(each) for each in ("what", "from", "until", "local", "where", "how"))
    return Table(caption=say.plain("caption"), heads=heads, rows=tuple(rows))


def _end_row(name: str, end: End, say: Wording) -> tuple[Text, ...]:
    zone = zone_of(end)
    named = [one for one in end.candidates if one.weight >= _SHOWN][:3]
    where = "; ".join(
        f"{city(one.icao)}, {say.plain('weight')} {number(one.weight, say.language)}" for one in named
    )
    if not where:
        where = f"{number(end.n_in_reach, say.language)} {say.plain('in_reach')}"
    status = say.plain(str(end.status)) + ("" if end.is_certain else f", {say.plain('if_landed')}")
    return (
        (say.plain(name),),
        (Stated(text=instant_text(end.moment.lo, say)),),
        (Stated(text=instant_text(end.moment.hi, say, up=True)),),
        (Stated(text=_local(end.moment.lo, end.moment.hi, zone, say)),),
        (Stated(text=where),),
        (status,),
    )


def _gap_row(gap: Gap, scene: Scene, say: Wording) -> tuple[Text, ...]:
    of = gap.envelope
    how: Text = (say.plain("no_stop"),)
    if of.radius_km is not None:
        how = say(
            "reach",
            minutes=Stated(text=f"{of.ground_minutes:g}"),
            km=Stated(text=number(round(of.radius_km), say.language)),
        )
    zones = [zone for zone in zones_of(scene) if zone != "UTC"]
    where = say("last_seen", a=Stated(text=_sighted(gap.start)), b=Stated(text=_sighted(gap.end)))
    return (
        (say.plain("gap"),),
        (Stated(text=instant_text(gap.start.us, say)),),
        (Stated(text=instant_text(gap.end.us, say, up=True)),),
        (Stated(text=_local(gap.start.us, gap.end.us, zones[0] if zones else None, say)),),
        where,
        how,
    )


def _sighted(one: Sighting) -> str:
    return f"{one.lat:.2f}, {one.lon:.2f}"


def instant_text(us: int | None, say: Wording, *, up: bool = False) -> str:
    """An instant's day and minute, UTC; with `up` the minute after it, as an upper bound is never cut down.
    That there is no bound where there is none.
    """
    if us is None:
        return say.plain("no_bound")
    there = at_minute(us, up=up)
    return f"{day(there.isoformat(), say.language, short=True)}, {there:%H:%M}"


def at_minute(us: int, *, up: bool = False) -> dt.datetime:
    """The minute that an instant lies in, or with `up` the next where it is not whole."""
    return EPOCH + dt.timedelta(minutes=-(-us // _MINUTE) if up else us // _MINUTE)


def _local(lo: int | None, hi: int | None, zone: str | None, say: Wording) -> str:
    """Bounds on the clock of a place: `07:31 to 07:38 CDT`; a dash where no place is likely."""
    if zone is None or lo is None or hi is None:
        return "–"
    first, last = (
        at_minute(us, up=up).replace(tzinfo=dt.UTC).astimezone(ZoneInfo(zone))
        for us, up in ((lo, False), (hi, True))
    )
    joins = word("to", say.language)
    if first.date() == last.date():
        return f"{first:%H:%M} {joins} {last:%H:%M} {last.tzname()}"
    begin, end = (day(each.isoformat(), say.language, short=True) for each in (first, last))
    return f"{begin}, {first:%H:%M} {joins} {end}, {last:%H:%M} {last.tzname()}"
