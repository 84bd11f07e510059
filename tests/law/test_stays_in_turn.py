"""A deadline under one stay after another, and what was extended without word of its first end."""

from __future__ import annotations

import itertools
import random

import pytest
from attack.scale import draws
from judged import act, judged, order
from worlds_drawn import GIVEN, acts, agreed, drawn, hours, of_one, tried, verdicts

from paradero.authored.declared import AuthoredError
from paradero.law.orders import read_order

Tried = tuple[str, str, str]


def moved_twice(rng: random.Random) -> Tried:
    """A return by an hour that may lie under the first of two stays, or be moved under the second."""
    way = rng.choice(["void", "at_once", "tolled"])
    due, first = drawn(rng, 60, 75), drawn(rng, 55, 70)
    lifted = drawn(rng, first[1] + 1, first[1] + 10)
    second = drawn(rng, lifted[1], lifted[1] + 12)
    again = drawn(rng, second[1] + 1, second[1] + 10)
    back = drawn(rng, 60, 120)
    stays = {
        "one": ("stays", first, ""),
        "off": ("resumes", lifted, 'of = "one"'),
        "two": ("stays", second, ""),
        "end": ("resumes", again, 'of = "two"'),
    }
    names = list(stays)
    rng.shuffle(names)  # the file may tell them in any order
    text = order(
        acts(given=("binds", GIVEN, ""), due=("deadline", due, ""), **{name: stays[name] for name in names}),
        term='requires = "return"\nby = "due"\n',
        rest=f'[[counting]]\nid = "r"\ntitle = "r"\nunder_a_stay = "{way}"\n',
    )
    act_of = of_one("return", "e", back)
    worlds, inside = [], set()
    for d, p, q, r, s, h in itertools.product(*map(hours, (due, first, lifted, second, again, back))):
        end, under = d, []
        for begin, lift in ((p, q), (r, s)):
            is_under = begin <= end < lift
            under.append(is_under)
            if is_under and way != "void":
                end = lift if way == "at_once" else lift + end - begin
        inside.add(tuple(under))
        worlds.append("not_bound" if way == "void" and any(under) else "complied" if h <= end else "violated")
    matrix, rows = judged([text], [act_of])
    found = next(row["verdict"] for row in rows if matrix.variants[row["variant"]].construction == "r")
    if found == "undetermined" and len(inside) > 1:
        return found, found, text  # whether it fell under either is open, and each bound is taken from either
    if found == "undetermined" and True in next(iter(inside)) and way == "tolled":
        return found, found, text  # what is left of the time is bounded by each side alone
    return agreed(worlds), found, text + act_of


def test_a_deadline_is_moved_by_one_stay_after_another() -> None:
    tried(moved_twice, 71, draws(12, 400))


EXTENDED = act("given", "binds", "2025-06-03T00:00Z") + act(
    "more", "extends", "2025-06-10T00:00Z", more='until = "end"'
)


@pytest.mark.parametrize(
    ("first", "end", "at", "expected"),
    [
        # the first end is not told: it was still in force when it was extended, and ends with the extension
        ("", "2025-06-20T00:00Z", "2025-06-05T00:00Z", "violated"),
        ("", "2025-06-20T00:00Z", "2025-06-15T00:00Z", "violated"),
        ("", "2025-06-20T00:00Z", "2025-06-25T00:00Z", "not_bound"),
        # to an end before the one that it moves: which of them is meant, nobody says
        ("2025-06-30T00:00Z", "2025-06-20T00:00Z", "2025-06-15T00:00Z", "violated"),
        ("2025-06-30T00:00Z", "2025-06-20T00:00Z", "2025-06-25T00:00Z", "undetermined"),
        ("2025-06-30T00:00Z", "2025-06-20T00:00Z", "2025-07-05T00:00Z", "not_bound"),
        ("2025-06-12T00:00Z", "2025-06-20T00:00Z", "2025-06-15T00:00Z", "violated"),
    ],
)  # fmt: skip
def test_an_extension_ends_what_it_extends(first: str, end: str, at: str, expected: str) -> None:
    made = EXTENDED + act("end", "expires", end) + (act("was", "expires", first) if first else "")
    happened = of_one("release", "e", (0, 0)).replace("2025-06-01T00:00:00.000000Z", at)
    assert verdicts(order(made, term='forbids = "release"'), [happened]) == {"e": expected}


MOVED = (
    act("given", "binds", "2025-06-03T00:00Z")
    + act("due", "deadline", "2025-06-05T00:00Z")
    + act("more", "extends", "{granted}", more='of = "due"\nuntil = "later"')
    + act("later", "deadline", "2025-06-10T00:00Z")
)


@pytest.mark.parametrize(
    "granted", ["2025-06-04T00:00Z", "2025-06-07T00:00Z"]
)  # in time, and when it was over
@pytest.mark.parametrize(
    ("done", "expected"),
    [("2025-06-04T12:00Z", "complied"), ("2025-06-08T00:00Z", "complied"), ("2025-06-11T00:00Z", "violated")],
)
def test_a_deadline_is_extended(granted: str, done: str, expected: str) -> None:
    text = order(MOVED.replace("{granted}", granted), term='requires = "return"\nby = "due"\n')
    happened = of_one("return", "e", (0, 0)).replace("2025-06-01T00:00:00.000000Z", done)
    assert verdicts(text, [happened]) == {"e": expected}


@pytest.mark.parametrize(
    "more", ['until = "later"', 'of = "later"\nuntil = "later"', 'of = "given"\nuntil = "later"']
)
def test_an_extension_says_which_deadline_it_moves(more: str) -> None:
    made = MOVED.replace("{granted}", "2025-06-04").replace('of = "due"\nuntil = "later"', more)
    with pytest.raises(AuthoredError, match="which is not the `deadline` that is moved to `later`"):
        read_order(order(made, term='requires = "return"\nby = "due"\n'), file="o.toml")
