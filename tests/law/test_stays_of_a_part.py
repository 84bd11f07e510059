"""A stay of part of a class, on groups: against every way in which the members may be of the part or not.

The evaluator names each member, gives each a tie or none, keeps what the statement allows, and asks whether
somebody whom the stay leaves was released. It shares nothing with the product.
"""

from __future__ import annotations

import itertools
import random

import pytest
from attack.scale import draws
from judged import act, event, judged, order
from worlds_drawn import BY, GIVEN, acts, agreed, tried, verdicts

STAY = (60, 60)
LIFTED = (90, 90)
PART = '[[act.condition]]\nattribute = "tie"\nis_none_of = ["yes"]\nwhat = "w"\nrecord = "r"\nfield = "f"\n'
CLASS = (
    '[[scope.condition]]\nattribute = "class"\nis_one_of = ["in"]\nwhat = "w"\nrecord = "r"\nfield = "f"\n'
)


def said(name: str, way: str, values: list[str], count: tuple[int, int] | None = None) -> str:
    """Write an attributed statement of a group."""
    listed = ", ".join(f'"{value}"' for value in values)
    counted = f"people_lo = {count[0]}\npeople_hi = {count[1]}\n" if count else ""
    return f'[[subject.attribute]]\nname = "{name}"\n{way} = [{listed}]\n{counted}{BY}'


def stayed(scope: str = "") -> str:
    """Write an order with a stay of those without a tie."""
    head, _, rest = act("stayed", "stays", "2025-06-03T12:00:00.000000Z").partition("\n[[act.said]]")
    stay = f"{head}\n[[act.said]]{rest}\n{PART}"
    lifted = acts(lifted=("resumes", LIFTED, 'of = "stayed"'))
    return order(acts(given=("binds", GIVEN, "")) + stay + lifted, term='forbids = "release"\n', scope=scope)


def group(hour: int, people: int, *statements: str) -> str:
    """Write the release of a group."""
    time = f"2025-06-{1 + hour // 24:02}T{hour % 24:02}:00:00.000000Z"
    return event(time, attributes=f"people_lo = {people}\npeople_hi = {people}\n" + "".join(statements))


def of_all_worlds(rng: random.Random) -> tuple[str, str, str]:
    """A group of three is released; how many of them have a tie is said in one of the ways of files."""
    people, hour = 3, rng.choice([50, 70, 95])
    way = rng.choice(["each_is_one_of", "members_are_of", "some_are"])
    values = rng.choice([["yes"], ["no"], ["yes", "no"]])
    lo = rng.choice([1, 2, 3])
    count = (lo, rng.choice([lo, 3])) if way == "some_are" else None
    class_way = rng.choice(["all", "some", "unscoped", "unscoped"])
    text = stayed("" if class_way == "unscoped" else CLASS)
    statements = [said("tie", way, values, count)]
    if class_way != "unscoped":
        statements.append(
            said(
                "class",
                "each_is_one_of" if class_way == "all" else "members_are_of",
                ["in"] if class_way == "all" else ["in", "out"],
            )
        )
    worlds, of_members = [], []
    for ties in itertools.product(["yes", "no", "another"], repeat=people):
        n_of = sum(tie in values for tie in ties)
        holds = {
            "each_is_one_of": n_of == people,
            "members_are_of": set(ties) == set(values),
            "some_are": count is not None and count[0] <= n_of <= count[1],
        }[way]
        if not holds:
            continue
        for classes in itertools.product(["in", "out"], repeat=people):
            if (class_way == "all" and "out" in classes) or (class_way == "some" and len(set(classes)) < 2):
                continue
            is_stayed = 60 <= hour < 90
            bound = [
                (class_way == "unscoped" or is_in == "in") and not (is_stayed and tie != "yes")
                for tie, is_in in zip(ties, classes, strict=True)
            ]
            worlds.append("violated" if any(bound) else "not_bound")
            of_members += ["violated" if one else "not_bound" for one in bound]
    happened = group(hour, people, *statements)
    found = verdicts(text, [happened])
    expected = agreed(worlds)
    if found["e"] == "undetermined" and class_way == "some":
        expected = "undetermined"  # whether those of the class are those of the part, is not asked jointly
    each = found.get("e.each-member", agreed(of_members))
    is_right = each in (agreed(of_members), "undetermined")
    return expected, found["e"] if is_right else f"{found['e']}, each {each}", text + happened


def test_a_group_is_bound_where_somebody_is_outside_the_part_in_all_worlds() -> None:
    tried(of_all_worlds, 41, draws(60, 1500))


@pytest.mark.parametrize(
    ("statements", "expected", "people", "each"),
    [
        ([said("tie", "members_are_of", ["yes", "no"])], "violated", (1, 10), "undetermined"),
        ([said("tie", "some_are", ["yes"], (3, 10))], "violated", (3, 10), "undetermined"),
        ([said("tie", "some_are", ["no"], (3, 3))], "undetermined", None, None),  # the others may have neither
        ([said("tie", "some_are", ["no"], (10, 10))], "not_bound", None, None),
        ([said("tie", "some_are", ["no"], (3, 10))], "undetermined", None, None),
        ([], "undetermined", None, None),
    ],
)  # fmt: skip
def test_a_stay_of_a_part_on_a_group(
    statements: list[str], expected: str, people: tuple[int, int] | None, each: str | None
) -> None:
    matrix, rows = judged([stayed()], [group(70, 10, *statements)])
    found = {matrix.events[row["event_no"]].id: row for row in rows}
    assert found["e"]["verdict"] == expected
    if people:
        assert (found["e"]["people_lo"], found["e"]["people_hi"]) == people
    assert (found["e.each-member"]["verdict"] if "e.each-member" in found else None) == each


def test_two_stays_of_parts_may_take_in_everybody() -> None:
    other = PART.replace("is_none_of", "is_one_of")
    head, _, rest = act("other", "stays", "2025-06-03T12:00:00.000000Z").partition("\n[[act.said]]")
    text = stayed().replace(
        '[[act]]\nid = "lifted"', f'{head}\n[[act.said]]{rest}\n{other}\n[[act]]\nid = "lifted"'
    )
    assert (
        verdicts(text, [group(70, 10, said("tie", "members_are_of", ["yes", "no"]))])["e"] == "undetermined"
    )
