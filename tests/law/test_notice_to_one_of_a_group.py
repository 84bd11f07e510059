"""A group is moved, and notice is told of people in it: against every way in which those whom the order names
may be in it or not.
"""

from __future__ import annotations

import itertools
import random

from attack.scale import draws
from judged import event, order
from worlds_drawn import BY, GIVEN, acts, agreed, of_one, tried, verdicts, written

MOVED = 96
WAYS = {
    "early": (60, True),
    "late": (90, True),
    "denied": (96, False),
    "untold": None,
    "too_early_a_word": (70, False),
}


def of_all_worlds(rng: random.Random) -> tuple[str, str, str]:
    """Two people are protected, each in the group, not in it, or untold, with notice a day before or not."""
    people = ["p1", "p2"][: rng.choice([1, 2])]
    members = {name: rng.choice([True, True, None, False]) for name in people}
    told = {name: rng.choice(sorted(WAYS)) for name in people}
    listed = ", ".join(f'"{name}"' for name in people)
    text = order(
        acts(given=("binds", GIVEN, "")),
        term='forbids = "release"\n[term.unless]\nkind = "notice"\nat_least = "PT24H"\nrule = "elapsed"\n',
        scope=f"individuals = [{listed}]\n",
        rest=f'[[identity]]\ndifferent = ["p1", "p2"]\n{BY}' if len(people) > 1 else "",
    )
    named = "".join(
        f'[[subject.{"includes" if is_in else "excludes"}]]\nid = "{name}"\n{BY}'
        for name, is_in in members.items()
        if is_in is not None
    )
    size = "people_lo = 20\npeople_hi = 20\n"
    events = [event(written((MOVED, MOVED)), subject="group", attributes=size + named)]
    for name, way in told.items():
        made = WAYS[way]
        if made is not None:
            notice = of_one("notice", f"n-{name}", (made[0], made[0]), happened=made[1])
            events.append(notice.replace('id = "s"', f'id = "{name}"'))
    state = {
        name: {"early": "met", "late": "unmet", "denied": "unmet"}.get(way, "open")
        for name, way in told.items()
    }
    worlds = []
    for is_in in itertools.product(
        *([each] if each is not None else [True, False] for each in members.values())
    ):
        states = {state[name] for name, each in zip(people, is_in, strict=True) if each}
        worlds.append(
            "not_bound"
            if not states
            else "violated"
            if "unmet" in states
            else "undetermined"
            if "open" in states
            else "complied"
        )
    return agreed(worlds), verdicts(text, events)["e"], text + "\n".join(events)


def test_a_group_is_as_those_whom_the_order_names_are() -> None:
    tried(of_all_worlds, 81, draws(40, 600))
