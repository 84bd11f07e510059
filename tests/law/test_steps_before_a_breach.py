"""A breach that counts only after notice of it, and not if it is cured in time: by a table, and against worlds
of which the evaluator here knows everything.
"""

from __future__ import annotations

import itertools
import random

import pytest
from attack.scale import draws
from judged import act, order
from worlds_drawn import BY, GIVEN, acts, agreed, drawn, hours, of_one, tried, verdicts

from paradero.authored.declared import AuthoredError
from paradero.law.orders import read_order

CURED = 'forbids = "arrest"\n[term.step]\nlength = "PT72H"\ncured_by = "release"\n'
FILED = 'requires = "production"\nby = "due"\n[term.step]\nlength = "P10D"\ncured_by = "production"\n'
OF_IT = f'[[answers]]\nterms = ["o/t"]\n{BY}'


def told(kind: str, name: str, hour: int, *, happened: bool = True, more: str = "") -> str:
    """Write what befell one person at an hour of June."""
    return of_one(kind, name, (hour, hour), happened=happened, more=more)


@pytest.mark.parametrize(
    ("term", "events", "expected"),
    [
        (CURED, [told("arrest", "e", 60)], "undetermined"),  # no notice is told: it may still come
        (CURED, [told("arrest", "e", 60), told("notice", "n", 50)], "undetermined"),  # before it, of nothing
        (CURED, [told("arrest", "e", 60), told("notice", "n", 70)], "undetermined"),  # untold what followed
        (CURED, [told("arrest", "e", 60), told("notice", "n", 70), told("release", "r", 100)], "complied"),
        (CURED, [told("arrest", "e", 60), told("notice", "n", 70), told("release", "r", 150)], "violated"),
        (CURED, [told("arrest", "e", 60), told("notice", "n", 70), told("release", "r", 55)], "undetermined"),
        (CURED, [told("arrest", "e", 60), told("notice", "n", 70), told("release", "r", 200, happened=False)], "violated"),
        (CURED, [told("arrest", "e", 60), told("notice", "n", 70), told("release", "r", 100, happened=False)], "undetermined"),
        # let go in time, and said not to have been: neither is preferred
        (CURED, [told("arrest", "e", 60), told("notice", "n", 70), told("release", "r", 100), told("release", "s", 200, happened=False)], "undetermined"),
        (CURED, [told("arrest", "e", 60, happened=False), told("notice", "n", 70)], "complied"),
        (CURED, [told("arrest", "e", 40), told("notice", "n", 70), told("release", "r", 150)], "not_bound"),
        # the notice is of something else
        (CURED, [told("arrest", "e", 60), told("notice", "n", 70, more=OF_IT.replace("o/t", "o/u")), told("release", "r", 150)], "undetermined"),
        # without a cure, the notice is enough
        ('forbids = "arrest"\n[term.step]\n', [told("arrest", "e", 60), told("notice", "n", 70)], "violated"),
        ('forbids = "arrest"\n[term.step]\nitems = ["grounds"]\n', [told("arrest", "e", 60), told("notice", "n", 70)], "undetermined"),
        # what was due: late, but within the time to cure
        (FILED, [told("production", "e", 130), told("notice", "n", 125, more=OF_IT)], "complied"),
        (FILED, [told("production", "e", 400), told("notice", "n", 125, more=OF_IT)], "violated"),
        (FILED, [told("production", "e", 400)], "undetermined"),
        (FILED, [told("production", "e", 110)], "complied"),
    ],
)  # fmt: skip
def test_a_breach_counts_only_after_its_steps(term: str, events: list[str], expected: str) -> None:
    due = acts(given=("binds", GIVEN, ""), due=("deadline", (120, 120), ""))
    text = order(due if "due" in term else acts(given=("binds", GIVEN, "")), term=term)
    assert verdicts(text, events)["e"] == expected


def of_all_worlds(rng: random.Random) -> tuple[str, str, str]:
    """An arrest, a notice of it, and a release within 72 hours of that, or word that there was none."""
    spans = {"e": drawn(rng, 44, 70), "n": drawn(rng, 60, 90), "r": drawn(rng, 100, 170)}
    is_told, way = rng.random() < 0.9, rng.choice(["done", "denied", "untold"])
    events = [of_one("arrest", "e", spans["e"])]
    events += [of_one("notice", "n", spans["n"])] if is_told else []
    events += [of_one("release", "r", spans["r"], happened=way == "done")] if way != "untold" else []
    worlds = []
    for e, n, r in itertools.product(*map(hours, spans.values())):
        if e < GIVEN[0]:
            worlds.append("not_bound")
        elif not is_told or n < e or way == "untold" or (way == "denied" and r < n + 72):
            worlds.append("undetermined")
        else:
            worlds.append("complied" if way == "done" and r <= n + 72 else "violated")
    text = order(acts(given=("binds", GIVEN, "")), term=CURED)
    return agreed(worlds), verdicts(text, events)["e"], text + "\n".join(events)


def test_a_breach_that_counts_is_one_in_all_worlds() -> None:
    tried(of_all_worlds, 31, draws(10, 400))


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        ('standard = "all steps"\n[term.step]\n', "`step` goes only with"),
        ('forbids = "arrest"\n[term.step]\nlength = "soon"\n', "soon"),
        ('requires = "production"\n[term.every]\nfirst = "2025-06-01"\nlength = "daily"\ntimes = 3\n', "no length"),
        ('requires = "production"\n[term.every]\nfirst = "2025-06-01"\nlength = "P1D"\ntimes = 3\neach = 0\n', "must be 1 or more"),
    ],
)  # fmt: skip
def test_a_step_or_a_cadence_that_says_nothing_is_refused(term: str, expected: str) -> None:
    with pytest.raises(AuthoredError, match=expected):
        read_order(order(act("given", "binds", "2025-06-01"), term=term), file="o.toml")
