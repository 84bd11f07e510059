"""What is settled whoever somebody is, and whatever else is told: one who may be the same person, or not, opens
nothing that either would leave as it is.
"""

from __future__ import annotations

import itertools
import random

import pytest
from attack.scale import draws
from judged import act, event, judged, order
from worlds_drawn import BY, GIVEN, acts, agreed, drawn, hours, tried, written

ACTS = act("given", "binds", "2025-10-06T09:00Z") + act("due", "deadline", "2025-10-14T17:00Z")
TERM = 'requires = "return"\nby = "due"\n'
NAMED = 'individuals = ["x1"]\n'


def back(name: str, who: str, time: str | None, *, happened: bool | None = True, more: str = "") -> str:
    """Write a return of one person."""
    text = event(
        time, name=name, kind="return", subject=who, attributes="people_hi = 1\n", happened=bool(happened)
    )
    if happened is None:
        head, _, rest = text.partition("[[outcome]]")
        text = f"{head}[[moment]]{rest.partition('[[moment]]')[2]}"
    return text + more


def found(events: list[str], rest: str = "") -> dict[str, str]:
    """Judge: the verdict by event."""
    matrix, rows = judged([order(ACTS, term=TERM, scope=NAMED, rest=rest)], events)
    return {matrix.events[row["event_no"]].id: str(row["verdict"]) for row in rows}


EARLY, LATER, LATE = "2025-10-10T10:00Z", "2025-10-12T10:00Z", "2025-10-16T10:00Z"
ONE, OTHER = [f'[[identity]]\n{way} = ["x1", "x9"]\n{BY}' for way in ("same", "different")]


@pytest.mark.parametrize(
    ("events", "rest", "expected"),
    [
        ([back("b", "x1", EARLY)], "", "complied"),
        ([back("b", "x1", EARLY), back("c", "x1", LATER)], "", "complied"),
        ([back("b", "x1", EARLY), back("c", "x9", LATER)], OTHER, "complied"),
        ([back("b", "x1", EARLY), back("c", "x9", LATER)], ONE, "complied"),
        ([back("b", "x1", EARLY), back("c", "x9", LATER)], "", "complied"),
        ([back("b", "x1", EARLY), back("c", "x9", LATER), back("d", "x8", LATER)], "", "complied"),
        # nobody says whether it happened: in time if it did
        ([back("b", "x1", EARLY), back("c", "x1", LATER, happened=None)], "", "complied"),
        ([back("b", "x1", EARLY), back("c", "x9", LATER, happened=None)], "", "complied"),
        # of one person, in time and late: which is meant is open
        ([back("b", "x1", EARLY), back("c", "x9", LATE)], ONE, "undetermined"),
        ([back("b", "x1", EARLY), back("c", "x9", LATE)], "", "undetermined"),
        ([back("b", "x1", EARLY), back("c", "x9", LATE)], OTHER, "complied"),
        ([back("b", "x1", EARLY), back("c", "x9", None)], "", "undetermined"),
        # late, and another that may have been in time
        ([back("b", "x1", LATE), back("c", "x9", LATER)], "", "undetermined"),
        ([back("b", "x1", LATE), back("c", "x9", LATER)], OTHER, "violated"),
    ],
)  # fmt: skip
def test_who_may_be_the_same_person_opens_only_what_that_would_change(
    events: list[str], rest: str, expected: str
) -> None:
    assert found(events, rest)["b"] == expected


def persons(rng: random.Random) -> tuple[str, str, str]:
    """A return of the person named, and one of somebody who may be the same: as each is alone, and as both of
    one person are, the verdict is wherever these agree.
    """
    due = drawn(rng, 60, 70)
    spans = [drawn(rng, 50, 80) for _ in range(2)]
    text = order(
        acts(given=("binds", GIVEN, ""), due=("deadline", due, "")), term=TERM, scope=NAMED, rest="{}"
    )
    events = [
        back(name, who, written(span)) for name, who, span in zip("bc", ("x1", "x9"), spans, strict=True)
    ]
    worlds: set[str] = set()
    for d, *times in itertools.product(hours(due), *map(hours, spans)):
        alone = times[0] <= d
        together = {each <= d for each in times}
        worlds |= {"complied" if alone else "violated"}
        worlds |= {"undetermined"} if len(together) > 1 else {"complied" if together.pop() else "violated"}
    matrix, rows = judged([text.replace("{}", "")], events)
    row = next(
        (str(row["verdict"]) for row in rows if matrix.events[row["event_no"]].id == "b"), "undetermined"
    )
    return agreed(worlds), row, text + "\n".join(events)


def test_of_two_who_may_be_one_what_both_readings_give_is_settled() -> None:
    tried(persons, 51, draws(8, 300))
