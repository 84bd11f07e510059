"""What a verdict may still be, where something else is owed instead, is what some world has."""

from __future__ import annotations

import itertools
import random

from attack.scale import draws
from judged import judged, order
from worlds_drawn import GIVEN, acts, drawn, hours, of_one, tried


def instead(rng: random.Random) -> tuple[str, str, str]:
    """A hearing within 24 hours of a request, else a release: what may still be of the hearing. What nobody
    tells of may have been in time, too late, or never.
    """
    asked = drawn(rng, 49, 55)
    told = {name: rng.choice(["done", "done", "denied", "untold"]) for name in "hr"}
    spans = {name: drawn(rng, 64, 95) for name in "hr"}
    within = '[term.within]\nafter = "request"\nlength = "PT24H"\nrule = "elapsed"\nor_else = "u"\n'
    term = f'requires = "hearing"\n{within}\n[[term]]\nid = "u"\nsays = "s"\nrequires = "release"\n'
    text = order(acts(given=("binds", GIVEN, "")), term=term)
    events = [of_one("request", "q", asked)]
    for kind, name in (("hearing", "h"), ("release", "r")):
        if told[name] != "untold":
            events.append(of_one(kind, name, spans[name], happened=told[name] == "done"))
    worlds = set()
    for q, *times in itertools.product(hours(asked), *map(hours, spans.values())):
        late = [
            {when - q > 24}
            if told[name] == "done"
            else {True}
            if told[name] == "denied" and when - q >= 24
            else {True, False}
            for name, when in zip("hr", times, strict=True)
        ]
        for is_late, instead_late in itertools.product(*late):
            worlds.add("complied" if not is_late else "violated" if instead_late else "not_bound")
    matrix, rows = judged([text], events)
    row = next(
        row
        for row in rows
        if matrix.variants[row["variant"]].term.id == "t" and matrix.events[row["event_no"]].id != "r"
    )
    return str("violated" in worlds), str(bool(row["may_be_violated"])), text + "\n".join(events)


def test_a_breach_may_still_be_only_where_some_world_has_it() -> None:
    tried(instead, 61, draws(4, 120))
