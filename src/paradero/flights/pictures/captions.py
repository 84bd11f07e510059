"""The words on a picture of a flight, in English and Spanish."""

from __future__ import annotations

import functools
import tomllib
from importlib.resources import files

from paradero.flights.legs.ends import End
from paradero.flights.legs.envelopes import outline
from paradero.flights.listing import instant, minute
from paradero.flights.pictures.scenes import Scene
from paradero.model.errors import UnknownName

LANGUAGES = ("en", "es")


@functools.cache
def _all() -> dict[str, dict[str, str]]:
    return tomllib.loads(
        (files("paradero.flights.pictures") / "chart_words.toml").read_text(encoding="utf-8")
    )


def words(language: str) -> dict[str, str]:
    """The words of a language by name. Raises UnknownName for one that is neither `en` nor `es`."""
    if language not in LANGUAGES:
        raise UnknownName(f"`{language}` is not a language of captions. Choose {' or '.join(LANGUAGES)}.")
    return _all()[language]


def title(scene: Scene, language: str) -> str:
    """Registration, hex code, type."""
    leg, said = scene.leg, words(language)
    kind = f", {leg.aircraft_type}" if leg.aircraft_type else ""
    return (said["title"] if leg.registration else said["title_hex"]).format(
        registration=leg.registration, hex=leg.hex, type=kind
    )


def subtitle(scene: Scene, language: str) -> list[str]:
    """Call signs and both ends, a line each."""
    leg, said = scene.leg, words(language)
    lines = [said["callsigns"].format(names=", ".join(leg.callsigns))] if leg.callsigns else []
    for name, end in (("takeoff_line", leg.takeoff), ("landing_line", leg.landing)):
        status = said[str(end.status)] + ("" if end.is_certain else f", {said['if_landed']}")
        lines.append(said[name].format(span=span(end, language), places=places(end, language), status=status))
    return lines


def caption(scene: Scene, language: str, *, is_beyond_map: bool, drawn_until: int) -> list[str]:
    """What is drawn and what is not, in sentences."""
    said, gaps = words(language), scene.gaps
    lines = [said["what"]]
    if gaps:
        of = gaps[0].envelope
        about = said["gap_lines_one" if len(gaps) == 1 else "gap_lines_many"]
        lines.append(
            about.format(
                n=len(gaps), minutes=round(gaps[0].minutes), ground=of.ground_minutes, speed=of.speed_kmh
            )
        )
    lines += [said["dots"]] if scene.reached else []
    n_impossible = sum(gap.envelope.radius_km is None for gap in gaps)
    n_vast = sum(gap.envelope.radius_km is not None and outline(gap.envelope) is None for gap in gaps)
    lines += (
        [said["no_stop_one" if len(gaps) == 1 else "no_stop"].format(n=n_impossible)] if n_impossible else []
    )
    lines += [said["no_outline_one" if len(gaps) == 1 else "no_outline"].format(n=n_vast)] if n_vast else []
    lines += [said["beyond_map"]] if is_beyond_map else []
    lines += [said["gap_cut"].format(until=minute(scene.hi))] if scene.hi > drawn_until else []
    return [*lines, said["outline"]]


def description(scene: Scene, language: str) -> str:
    """The picture in one sentence, for those who do not see it."""
    leg, said = scene.leg, words(language)
    of = {"takeoff": places(leg.takeoff, language), "landing": places(leg.landing, language)}
    return said["description"].format(
        registration=leg.registration or leg.hex, hex=leg.hex, n=len(scene.gaps), **of
    )


def span(end: End, language: str) -> str:
    """The bounds of an end: to the second where it was observed, else to the minute; the date once where it
    is one day.
    """
    said = words(language)
    letters = 19 if str(end.status) == "observed" else 16
    first, last = (
        (instant(us) or said["open_end"])[:letters].replace("T", " ") for us in (end.moment.lo, end.moment.hi)
    )
    return (
        first if first == last else f"{first} {said['to']} {last[11:] if last[:10] == first[:10] else last}"
    )


def places(end: End, language: str) -> str:
    """The likeliest airports with their weights, or how many are in reach."""
    said = words(language)
    named = [f"{one.icao} {one.weight:.2f}" for one in end.candidates if one.weight >= 0.05][:3]
    return " / ".join(named) or (
        said["one_of"].format(n=end.n_in_reach) if end.n_in_reach else said["nowhere"]
    )
