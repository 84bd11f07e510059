"""Events for Timesketch: a JSON object a line with `message`, `datetime` (UTC) and `timestamp_desc`.

A moment that is not exact has a line for each of its bounds, named as the bound that it is, and both bounds
in its fields; no instant is made up between them. A moment without any bound has no line, and is counted.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from paradero.exports.flights.moments import ends_of, numbered
from paradero.flights.listing import instant
from paradero.flights.pictures.scenes import Scene
from paradero.model.safe_text import shown_in_json

_CALLED = {"takeoff": "take-off", "landing": "landing"}


def text_of(scenes: Sequence[Scene], scope: str) -> str:
    """The lines in order of legs; the same scenes give the same text."""
    found = [one for name, scene in numbered(scenes) for one in _events(name, scene, scope)]
    return "".join(shown_in_json(json.dumps(one, ensure_ascii=False)) + "\n" for one in found)


def n_undated(scenes: Sequence[Scene]) -> int:
    """How many moments have no bound at all, and so no line."""
    return sum(
        end.moment.lo is None and end.moment.hi is None for scene in scenes for _, end in ends_of(scene)
    )


def _events(name: str, scene: Scene, scope: str) -> Iterator[dict[str, Any]]:
    leg = scene.leg
    called = leg.registration or leg.hex
    common = {
        "leg": name,
        "hex": leg.hex,
        "registration": leg.registration,
        "callsigns": list(leg.callsigns),
        "address": ", ".join(leg.files),
        "data_type": "paradero:flight",
        "scope": scope,
    }
    for which, end in ends_of(scene):
        lo, hi = end.moment.lo, end.moment.hi
        places = [f"{one.icao} {one.weight:.2f}" for one in end.candidates if one.weight >= 0.05][:3]
        where = " or ".join(places) or f"one of {end.n_in_reach} airports in reach"
        event = _CALLED[which]
        said = f"{called}: {event}, {where} ({end.status}{'' if end.is_certain else ', if it landed'})"
        bounds = {"lo": instant(lo), "hi": instant(hi), "is_certain": end.is_certain}
        kinds = [(lo, "exact")] if lo == hi else [(lo, "earliest"), (hi, "latest")]
        for us, kind in kinds:
            if us is not None:
                desc = event.capitalize() + ("" if kind == "exact" else f", {kind} possible")
                yield _line(us, said, desc, common | bounds | {"bound": kind})
    for gap in scene.gaps:
        heard = {"lo": instant(gap.start.us), "hi": instant(gap.end.us), "bound": "exact"}
        said = f"{called}: not heard for {gap.minutes:.0f} min"
        yield _line(gap.start.us, said, "Last heard before a gap", common | heard)
        yield _line(gap.end.us, said, "Heard again after a gap", common | heard)


def _line(us: int, message: str, desc: str, fields: dict[str, Any]) -> dict[str, Any]:
    at = (instant(us) or "").removesuffix("Z") + "+00:00"
    return {"message": message, "datetime": at, "timestamp_desc": desc, **fields}
