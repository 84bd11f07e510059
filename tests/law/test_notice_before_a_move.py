"""No transfer out of the district without notice, or for a time after a request: what two parts of a term
forbid together, against worlds, and on recorded transfers.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable

import pytest
from attack.scale import draws
from judged import event, judged, order
from test_more_forms_in_worlds import Tried, said_of
from worlds_drawn import GIVEN, acts, agreed, drawn, hours, of_one, tried, written

KEPT = '[term.keeps]\nattribute = "d"\nvalues = ["D"]\nreading = "purposive"\n'
NOTICE = '[term.unless]\nkind = "notice"\nat_least = "PT12H"\n'
AFTER = '[term.within]\nafter = "request"\nlength = "PT24H"\nrule = "elapsed"\n'


def moved(rng: random.Random, parts: str) -> tuple[str, str, list[str], tuple[int, int]]:
    """Write the order, and a move at a drawn time to a drawn place."""
    left = drawn(rng, 60, 110)
    now = rng.choice([["D"], ["E"], ["E"], ["D", "E"], []])
    text = order(acts(given=("binds", GIVEN, "")), term=f'forbids = "release"\n{parts}{KEPT}')
    attributes = f"people_hi = 1\n{said_of('to_d', now)}"
    return text, event(written(left), attributes=attributes), now or ["D", "E"], left


def found(text: str, *events: str) -> str:
    matrix, rows = judged([text], list(events))
    return next(row["verdict"] for row in rows if matrix.events[row["event_no"]].id == "e")


def without_notice(rng: random.Random) -> Tried:
    """A move out of the district, with notice twelve hours before or word that there was none."""
    text, happened, places, left = moved(rng, NOTICE)
    told, way = drawn(rng, 50, 100), rng.choice(["done", "done", "denied", "untold"])
    events = [happened]
    if way != "untold":
        events.append(of_one("notice", "n", told, happened=way == "done"))
    worlds = []
    for x, n, place in itertools.product(hours(left), hours(told), places):
        if place == "D":
            worlds.append("complied")
        elif way == "untold" or (way == "denied" and n <= x - 12):
            worlds.append("undetermined")
        else:
            worlds.append("complied" if way == "done" and n <= x - 12 else "violated")
    return agreed(worlds), found(text, *events), text + "\n".join(events)


def within_a_time(rng: random.Random) -> Tried:
    """A move out of the district within a day of a request."""
    text, happened, places, left = moved(rng, AFTER)
    asked = drawn(rng, 50, 90)
    is_told = rng.random() < 0.8
    events = [happened, *([of_one("request", "q", asked)] if is_told else [])]
    worlds = []
    for x, q, place in itertools.product(hours(left), hours(asked), places):
        if place == "D":
            worlds.append("complied")
        elif not is_told:
            worlds.append("undetermined")
        else:
            worlds.append("violated" if q <= x < q + 24 else "complied")
    return agreed(worlds), found(text, *events), text + "\n".join(events)


@pytest.mark.parametrize(("check", "seed"), [(without_notice, 61), (within_a_time, 62)])
def test_a_move_is_forbidden_only_as_both_parts_say(
    check: Callable[[random.Random], Tried], seed: int
) -> None:
    tried(check, seed, draws(12, 500))


def test_who_was_out_before_is_free_read_literally() -> None:
    text = order(
        acts(given=("binds", GIVEN, "")),
        term=f'forbids = "release"\n{NOTICE}{KEPT}'.replace("purposive", "literal"),
    )
    out = event(
        written((70, 70)), attributes=f"people_hi = 1\n{said_of('from_d', ['E'])}{said_of('to_d', ['F'])}"
    )
    assert found(text, out) == "not_bound"
