"""What is owed to one person after something that befell a group with that person in it."""

from __future__ import annotations

import itertools
import random

import pytest
from attack.scale import draws
from judged import event, judged, order
from worlds_drawn import BY, GIVEN, acts, agreed, drawn, hours, of_one, tried, written

TERM = 'requires = "hearing"\n[term.within]\nafter = "request"\nlength = "PT24H"\nrule = "elapsed"\n'
ORDERED = acts(given=("binds", GIVEN, ""))
REQUESTED, IN_TIME, LATE = (60, 60), (80, 80), (90, 90)
SILENT = "untold-t-after-r"


def requested(span: tuple[int, int] = REQUESTED, *members: str, without: tuple[str, ...] = ()) -> str:
    """Write the request of a group, with and without some."""
    said = "".join(f'[[subject.includes]]\nid = "{each}"\n{BY}' for each in members)
    said += "".join(f'[[subject.excludes]]\nid = "{each}"\n{BY}' for each in without)
    people = f"people_lo = 30\npeople_hi = 30\n{said}"
    return event(written(span), name="r", kind="request", subject="grp", attributes=people)


def heard(span: tuple[int, int], who: str = "s", more: str = "") -> str:
    """Write a hearing, of one person or of a group."""
    attributes = more or "people_hi = 1\n"
    return event(written(span), name="h", kind="hearing", subject=who, attributes=attributes)


def found(named: str, *events: str) -> dict[str, str]:
    """Judge: the verdict by event."""
    text = order(ORDERED, term=TERM, scope=f"individuals = [{named}]\n")
    matrix, rows = judged([text], list(events))
    return {matrix.events[row["event_no"]].id: str(row["verdict"]) for row in rows}


OPEN = {"h": "undetermined", SILENT: "undetermined"}
GROUP = "people_lo = 30\npeople_hi = 30\n"


@pytest.mark.parametrize(
    ("named", "events", "expected"),
    [
        ('"s"', [requested(REQUESTED, "s"), heard(LATE)], {"h": "violated"}),
        ('"s"', [requested(REQUESTED, "s"), heard(IN_TIME)], {"h": "complied"}),
        ('"s"', [requested(REQUESTED, "s")], {SILENT: "undetermined"}),
        # whether the person is in the group nobody says
        ('"s"', [requested(), heard(LATE)], OPEN),
        # of somebody who may be that person
        ('"s"', [requested(REQUESTED, "s"), heard(LATE, "x")], OPEN),
        # of two whom the order names, the other may be owed one as well
        ('"s", "z"', [requested(REQUESTED, "s"), heard(LATE)], OPEN),
        ('"s", "z"', [requested(REQUESTED, "s", "z"), heard(LATE)], OPEN),
        ('"s", "z"', [requested(REQUESTED, "s", without=("z",)), heard(LATE)], {"h": "violated"}),
        # of the very same group
        ('"s"', [requested(REQUESTED, "s"), heard(LATE, "grp", GROUP + f'[[subject.includes]]\nid = "s"\n{BY}')], {"h": "violated"}),
    ],
)  # fmt: skip
def test_what_is_owed_to_one_of_a_group(named: str, events: list[str], expected: dict[str, str]) -> None:
    assert found(named, *events) == expected


def of_one_of_a_group(rng: random.Random) -> tuple[str, str, str]:
    """A request of a group, the person among it, not, or untold, and a hearing of that person. Without a
    request of that person's nothing says whether anything was owed.
    """
    asked, held = drawn(rng, 52, 70), drawn(rng, 74, 100)
    is_in = rng.choice([True, True, True, None])
    request = requested(asked, *(["s"] if is_in else []))
    hearing = of_one("hearing", "h", held)
    worlds = []
    for was_in, q, h in itertools.product([True] if is_in else [True, False], hours(asked), hours(held)):
        worlds.append("undetermined" if not was_in else "violated" if h - q > 24 else "complied")
    verdicts = found('"s"', request, hearing)
    is_told_twice = bool(is_in) and SILENT in verdicts
    return agreed(worlds), "two rows" if is_told_twice else verdicts["h"], f"{is_in}\n{request}{hearing}"


def test_one_of_a_group_is_owed_what_all_worlds_say() -> None:
    tried(of_one_of_a_group, 71, draws(10, 300))
