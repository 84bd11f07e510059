"""Complete worlds, of which true things are said and the rest is hidden: no verdict may be false of the world
behind it, and its counts must hold the true count.

A world has people with values of two attributes, and names that stand for people. The oracle counts; it knows
nothing of how statements are put together.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from attack.law_files import condition, listed, order
from attack.scale import draws
from paradero.authored.evidence import Trust
from paradero.engines.duckdb import connect
from paradero.law.events import read_event
from paradero.law.identities import read_identities
from paradero.law.matrix import matrix_of
from paradero.law.order_judging import give_matrix, judge_events
from paradero.law.orders import read_order

VALUES = ["A", "B", "C", "D"]
NAMES = ["p", "q", "r", "s", "t", "R/1", "R/2", "S/1"]
GIVEN = ("given", "binds", "2025-03-01T12:00Z")
BY = 'by = "x"\nevidence = "record"\nseen = []\n'

EVENT = """
id = "{id}"
what = "w"
what_es = "w"
kind = "release"

[subject]
id = "{subject}"
what = "w"
what_es = "w"
{people}
{said}

[[outcome]]
happened = true
by = "x"
evidence = "record"
seen = []

[[moment]]
phase = "done"

[[moment.said]]
time = "2025-03-16T12:00Z"
by = "x"
evidence = "record"
seen = []
"""


@dataclass(frozen=True)
class Found:
    """A verdict and how many people it is of, as bounds."""

    verdict: str
    lo: int | None
    hi: int | None


def judged(scope: str, events: list[str], identities: str = "") -> dict[str, Found]:
    """Judge events under one order."""
    said = read_identities(identities, file="i.toml").said if identities else ()
    matrix = matrix_of(
        [read_order(order('forbids = "release"', scope, GIVEN), file="o.toml")],
        [read_event(text, file="e.toml") for text in events],
        Trust(),
        said,
    )
    connection = connect(threads=1)
    try:
        give_matrix(connection, matrix, with_records=False)
        rows = judge_events(connection).project("event_no, verdict, people_lo, people_hi").fetchall()
    finally:
        connection.close()
    return {matrix.events[number].id: Found(verdict, lo, hi) for number, verdict, lo, hi in rows}


def truly_said(rng: random.Random, name: str, values: list[str]) -> str:
    """Write something true of the values of a group, more or less of it."""
    present = sorted(set(values))
    wider = sorted({*present, *rng.sample(VALUES, rng.choice([0, 1, 2]))})
    way = rng.choice(["is_one_of", "is_one_of", "each_is_one_of", "members_are_of", "some_are"])
    count = ""
    if way == "members_are_of":
        shown = present
    elif way == "some_are":
        shown = rng.sample(present, rng.randint(1, len(present)))
        n = sum(value in shown for value in values)
        if rng.random() < 0.6:
            count = f"people_lo = {n - rng.choice([0, 0, 1]) if n > 1 else n}\n" + (
                f"people_hi = {n + rng.choice([0, 1])}\n" if rng.random() < 0.5 else ""
            )
    else:
        shown = rng.choice([present, wider])
    return f'[[subject.attribute]]\nname = "{name}"\n{way} = {listed(shown)}\n{count}{BY}'


def test_no_verdict_on_a_group_is_false_of_the_people_in_it() -> None:
    rng = random.Random(36)
    wrong, settled = [], 0
    for number in range(draws(15, 300)):
        wanted = {
            name: (rng.random() < 0.7, set(rng.sample(VALUES, rng.choice([1, 2]))))
            for name in rng.choice([["law"], ["law"], ["law", "country"]])
        }
        scope = "".join(
            condition(name, "is_one_of" if is_in else "is_none_of", sorted(values))
            for name, (is_in, values) in wanted.items()
        )
        events, truth, texts = [], {}, {}
        for each in range(12):
            size = rng.choice([1, 2, 3, 12])
            people = [
                {name: rng.choice(rng.sample(VALUES, 2)) for name in ("law", "country")} for _ in range(size)
            ]
            said = "".join(
                truly_said(rng, name, [one[name] for one in people])
                for name in wanted
                for _ in range(rng.choice([0, 1, 1, 2, 3]))
            )
            known = rng.choice(
                [
                    f"people_lo = {size}\npeople_hi = {size}",
                    f"people_lo = {size}\npeople_hi = {size}",
                    f"people_hi = {size + 2}" if size > 1 else "people_hi = 1",
                    "",
                ]
            )
            truth[f"e{each}"] = sum(
                all((one[name] in values) == is_in for name, (is_in, values) in wanted.items())
                for one in people
            )
            texts[f"e{each}"] = said
            events.append(EVENT.format(id=f"e{each}", subject=f"g{each}", people=known, said=said))
        for name, found in judged(scope, events).items():
            n = truth[name.removesuffix(".each-member")]
            if name.endswith(".each-member"):
                continue
            settled += found.verdict != "undetermined"
            is_false = (found.verdict == "violated" and n == 0) or (found.verdict == "not_bound" and n > 0)
            if is_false or (found.lo or 0) > n or (found.hi is not None and found.hi < n):
                wrong.append(f"draw {number}, {name}: {found}, in truth {n} of\n{scope}\n{texts[name]}")
    assert not wrong, f"{len(wrong)} false verdicts, the first:\n{wrong[0]}"
    assert settled > draws(15, 300)


def truly_linked(rng: random.Random, people: dict[str, int]) -> str:
    """Write true links between names."""
    found = ""
    for _ in range(rng.choice([0, 1, 2, 3, 4])):
        one, other = rng.sample(NAMES, 2)
        way = "same" if people[one] == people[other] else "different"
        found += f"[[identity]]\n{way} = {listed([one, other])}\n{BY}"
    return found


def test_no_verdict_on_a_person_is_false_of_who_they_are() -> None:
    rng = random.Random(37)
    wrong, settled = [], 0
    for number in range(draws(40, 900)):
        people = {name: rng.randint(1, 4) for name in NAMES}
        people["R/2"] = people["R/1"] % 4 + 1  # a release knows one person by one id
        wanted = rng.sample(NAMES[:5], rng.choice([1, 1, 2]))
        group = rng.sample(range(1, 5), rng.choice([1, 2]))
        names = rng.sample(NAMES[:5], 3)
        members = "".join(
            f'[[subject.{"includes" if people[name] in group else "excludes"}]]\nid = "{name}"\n{BY}'
            for name in rng.sample(NAMES[:5], rng.choice([0, 1, 2]))
        )
        events = [
            EVENT.format(id=f"e{n}", subject=name, people="people_hi = 1", said="")
            for n, name in enumerate(names)
        ]
        events.append(EVENT.format(id="crowd", subject="crowd", people="people_hi = 5", said=members))
        identities = truly_linked(rng, people)
        found = judged(f"individuals = {listed(wanted)}", events, identities)
        protected = {people[name] for name in wanted}
        truth = {f"e{n}": people[name] in protected for n, name in enumerate(names)} | {
            "crowd": bool(protected & set(group))
        }
        for name, is_protected in truth.items():
            settled += found[name].verdict != "undetermined"
            if found[name].verdict == ("not_bound" if is_protected else "violated"):
                wrong.append(
                    f"draw {number}, {name}: {found[name]}, protects {wanted}, people {people}, in the group"
                    f" {group}\n{identities}{members}"
                )
    assert not wrong, f"{len(wrong)} false verdicts, the first:\n{wrong[0]}"
    assert settled > draws(40, 900)
