"""Of how many people something was done in time, against every world of a small class: who was of which group,
where groups are stated to be apart or not, and some were too late or are said to have been left out.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator

import pytest
from attack.scale import draws
from judged import act, event, judged, order
from worlds_drawn import BY, tried

from paradero.law.shown.counted import heaviest

DUE = act("given", "binds", "2025-06-01T12:00Z") + act("due", "deadline", "2025-06-10T12:00Z")
TIMES = {
    "done": "2025-06-08",
    "late": "2025-06-12",
    "denied": "2025-06-12/..",
    "perhaps": "2025-06-09/2025-06-11",
}
Bounds = tuple[int, int]


def group(name: str, way: str, people: Bounds, more: str = "") -> str:
    """Write what is told of a group of people."""
    bounds = f"people_lo = {people[0]}\npeople_hi = {people[1]}\n"
    return event(
        TIMES[way],
        name=name,
        kind="return",
        subject=f"g{name}",
        attributes=bounds + more,
        happened=way != "denied",
    )


def apart(*names: str) -> str:
    """Write that somebody says that nobody is in two of these."""
    return f"[[identity]]\ndifferent = {[f'g{name}' for name in names]}\n{BY}".replace("'", '"')


def counted(wanted: int | None, people: Bounds, events: list[str], rest: str = "") -> str:
    """The verdict of an order that wants so many of a class, or all of it."""
    least = "" if wanted is None else f"at_least = {wanted}\n"
    term = f'requires = "return"\nby = "due"\n[term.count]\npeople_lo = {people[0]}\npeople_hi = {people[1]}\n{least}'
    matrix, rows = judged([order(DUE, term=term, rest=rest)], events)
    return next(str(row["verdict"]) for row in rows if matrix.events[row["event_no"]].id == "how-many-t")


A, B, D = ("a", "done", (40, 40)), ("b", "done", (20, 20)), ("d", "late", (50, 50))
Told = tuple[str, str, Bounds]


@pytest.mark.parametrize(
    ("wanted", "people", "told", "others", "expected"),
    [
        (60, (90, 100), [A, B], [], "undetermined"),  # they may be the same people
        (60, (90, 100), [A, B], ["a", "b"], "complied"),
        (61, (90, 100), [A, B], ["a", "b"], "undetermined"),
        (60, (90, 100), [A, ("b", "done", (20, 25))], ["a", "b"], "complied"),
        (60, (90, 100), [A, ("b", "perhaps", (20, 25))], ["a", "b"], "undetermined"),
        (60, (90, 100), [A, ("b", "done", (1, 1)), ("c", "done", (19, 19))], ["a", "b", "c"], "complied"),
        (60, (90, 100), [D], [], "violated"),
        (50, (90, 100), [D], [], "undetermined"),
        (60, (90, 100), [A, D], ["a", "d"], "violated"),
        (60, (90, 90), [A, D], [], "undetermined"),  # those of the forty may be among the fifty, back in time
        (60, (90, 90), [("a", "done", (19, 19)), D], [], "violated"),
        (60, (90, 90), [("a", "perhaps", (19, 19)), D], [], "violated"),
        (60, (90, 90), [("a", "perhaps", (20, 20)), D], [], "undetermined"),
        (None, (90, 90), [("d", "late", (1, 1))], [], "violated"),
        (None, (90, 90), [("d", "late", (1, 1)), ("a", "done", (1, 1))], [], "undetermined"),
        (None, (90, 90), [("d", "late", (1, 1)), ("a", "done", (1, 1))], ["a", "d"], "violated"),
        (None, (90, 90), [("d", "late", (0, 1))], [], "undetermined"),
        (None, (90, 90), [("d", "denied", (1, 1)), ("a", "done", (40, 40))], [], "violated"),
        # not done until then, or done too late: neither was in time
        (60, (90, 90), [("d", "denied", (20, 20)), ("e", "late", (20, 20))], ["d", "e"], "violated"),
        (60, (90, 90), [("d", "denied", (20, 20)), ("e", "late", (20, 20))], [], "undetermined"),
    ],
)  # fmt: skip
def test_how_many_of_several_groups(
    wanted: int | None, people: Bounds, told: list[Told], others: list[str], expected: str
) -> None:
    rest = apart(*others) if others else ""
    assert counted(wanted, people, [group(*each) for each in told], rest) == expected


def test_somebody_in_both_groups_belies_that_they_are_apart() -> None:
    named = f'[[subject.includes]]\nid = "p"\n{BY}'
    events = [group(*A, more=named), group(*B, more=named)]
    assert counted(60, (90, 100), events, apart("a", "b")) == "undetermined"
    assert counted(60, (90, 100), [events[0], group(*B)], apart("a", "b")) == "complied"


def test_an_act_that_says_it_answers_another_term_counts_for_nothing_in_this() -> None:
    said = f'[[answers]]\nterms = ["o/u"]\n{BY}'
    assert counted(60, (90, 100), [group(*D) + said]) == "undetermined"
    assert counted(40, (90, 100), [group(*A) + said]) == "undetermined"


def members(told: list[Told], others: set[frozenset[str]], n: int) -> Iterator[dict[str, frozenset[int]]]:
    """Every way in which the groups may be made of `n` people."""
    crowds = [
        [
            frozenset(each)
            for size in range(lo, min(hi, n) + 1)
            for each in itertools.combinations(range(n), size)
        ]
        for _, _, (lo, hi) in told
    ]
    for chosen in itertools.product(*crowds):
        world = dict(zip((name for name, _, _ in told), chosen, strict=True))
        if not any(world[a] & world[b] for a, b in map(tuple, others)):
            yield world


def short_in_worlds(
    wanted: int | None, people: Bounds, told: list[Told], others: set[frozenset[str]]
) -> set[bool]:
    """Whether too few were reached, in every world in which all that is told is true. Whoever is not told of
    may have been reached, or not.
    """
    ways = {name: way for name, way, _ in told}
    found: set[bool] = set()
    for n in range(people[0], people[1] + 1):
        for world in members(told, others, n):
            for was in itertools.product(
                [True, False], repeat=sum(way == "perhaps" for way in ways.values())
            ):
                lucky = iter(was)
                in_time = [
                    world[name]
                    for name, way in ways.items()
                    if way == "done" or (way == "perhaps" and next(lucky))
                ]
                reached = frozenset().union(*in_time)
                left = frozenset().union(*(world[name] for name, way in ways.items() if way == "denied"))
                if left & reached:
                    continue
                late = frozenset().union(*(world[name] for name, way in ways.items() if way == "late"))
                most = n - len((late | left) - reached)
                found |= {m < (n if wanted is None else wanted) for m in range(len(reached), most + 1)}
    return found


def drawn_counts(rng: random.Random) -> tuple[str, str, str]:
    """Up to three groups of a class of at most four."""
    n1 = rng.randint(2, 4)
    people = (n1, rng.randint(n1, 4))
    told: list[Told] = []
    for name in "abc"[: rng.choice([1, 2, 2, 3])]:
        lo = rng.randint(1, 2)
        told.append(
            (
                name,
                rng.choice(["done", "done", "late", "late", "denied", "perhaps"]),
                (lo, lo + rng.choice([0, 0, 1])),
            )
        )
    pairs = [frozenset(pair) for pair in itertools.combinations([name for name, _, _ in told], 2)]
    others = {pair for pair in pairs if rng.random() < 0.5}
    wanted = rng.choice([None, *range(1, people[1] + 1)])
    answers = short_in_worlds(wanted, people, told, others)
    text = f"{wanted} of {people}: {told}, apart {sorted(map(sorted, others))}"
    if not answers:
        return "undetermined", "undetermined", text
    expected = "undetermined" if len(answers) > 1 else "violated" if answers.pop() else "complied"
    found = counted(
        wanted, people, [group(*each) for each in told], "".join(apart(*sorted(pair)) for pair in others)
    )
    return expected, found, text


def test_a_count_is_what_all_worlds_say() -> None:
    tried(drawn_counts, 41, draws(12, 400))


@pytest.mark.parametrize("seed", range(draws(20, 400)))
def test_no_groups_apart_from_each_other_have_more_people(seed: int) -> None:
    rng = random.Random(seed)
    weights = {one: rng.randint(0, 4) for one in range(rng.randint(0, 8))}
    pairs = {frozenset(pair) for pair in itertools.combinations(weights, 2) if rng.random() < 0.6}
    sets = {one: {other for other in weights if frozenset((one, other)) in pairs} for one in weights}
    most = max(
        sum(weights[one] for one in chosen)
        for size in range(len(weights) + 1)
        for chosen in itertools.combinations(weights, size)
        if all(frozenset(pair) in pairs for pair in itertools.combinations(chosen, 2))
    )
    assert heaviest(weights, sets) == most


def test_as_many_acts_as_a_term_may_have_are_put_together_at_once() -> None:
    """Thirty pairs, each of two who may be one person: two to the power of thirty ways to choose."""
    people = range(60)
    sets = {one: {other for other in people if other // 2 != one // 2} for one in people}
    assert heaviest(dict.fromkeys(people, 1), sets) == 30
