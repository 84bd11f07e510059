"""What is owed to each of several people: each has an answer of their own, whatever is told of the others."""

from __future__ import annotations

import random

import pytest
from attack.scale import draws
from judged import act, event, judged, order

BY = 'by = "counsel"\nevidence = "sworn"\nseen = []\n'
ACTS = act("given", "binds", "2025-12-12T15:00Z") + act("due", "deadline", "2025-12-19T17:00Z")
LATE, LATER, IN_TIME = "2025-12-22T10:00Z", "2025-12-23T10:00Z", "2025-12-18T10:00Z"
PEOPLE = ("ana", "berto", "cruz")
APART = f"[[identity]]\ndifferent = {list(PEOPLE)}\n{BY}".replace("'", '"')
NAMED = f"individuals = {list(PEOPLE)}".replace("'", '"')
CLASS = (
    '[[scope.condition]]\nattribute = "class"\nis_one_of = ["yes"]\nwhat = "w"\nrecord = "r"\nfield = "f"\n'
)
OF_CLASS = '[[subject.attribute]]\nname = "class"\nis_one_of = ["yes"]\n' + BY
ANSWER = f'[[answers]]\nterms = ["o/t"]\n{BY}'


def of(
    who: str, name: str, time: str, *, is_linked: bool = False, happened: bool = True, more: str = ""
) -> str:
    """Write a return, or the word that there was none until then."""
    text = event(
        time,
        name=name,
        kind="return",
        subject=who,
        attributes="people_lo = 1\npeople_hi = 1\n" + more,
        happened=happened,
    )
    return text + (ANSWER if is_linked else "")


def found(scope: str, rest: str, *events: str) -> dict[str, str]:
    """Judge: the verdict by event, without what nobody tells of."""
    text = order(ACTS, term='requires = "return"\nby = "due"', scope=scope, rest=rest)
    matrix, rows = judged([text], list(events))
    return {matrix.events[row["event_no"]].id: row["verdict"] for row in rows}


SILENT = {f"untold-return-{who}": "undetermined" for who in PEOPLE}


@pytest.mark.parametrize("is_linked", [True, False])
@pytest.mark.parametrize(
    ("rest", "events", "expected"),
    [
        (APART, [("ana", LATE), ("berto", IN_TIME)], ["violated", "complied"]),
        (APART, [("ana", LATE), ("berto", LATER)], ["violated", "violated"]),
        (APART, [("ana", LATE), ("berto", IN_TIME), ("cruz", LATER)], ["violated", "complied", "violated"]),
        # of one person, one late and one in time
        (APART, [("ana", LATE), ("ana", IN_TIME), ("berto", LATE)], ["undetermined", "undetermined", "violated"]),
        # who nobody says is another may be the same: only what all worlds say is settled
        ("", [("ana", LATE), ("berto", LATER)], ["violated", "violated"]),
    ],
)  # fmt: skip
def test_each_of_several_named_has_an_act_of_their_own(
    rest: str, events: list[tuple[str, str]], expected: list[str], *, is_linked: bool
) -> None:
    told = [of(who, f"e{n}", time, is_linked=is_linked) for n, (who, time) in enumerate(events)]
    named = {f"e{n}": answer for n, answer in enumerate(expected)}
    if is_linked:  # it says itself that it answers this, so what else was done of the same person is idle
        named = {"e1": "complied", "e2": "violated"} if events[1] == ("ana", IN_TIME) else named
    silent = {name: answer for name, answer in SILENT.items() if name[14:] not in dict(events)}
    assert found(NAMED, rest, *told) == named | silent


@pytest.mark.parametrize(("is_linked", "expected"), [(True, "complied"), (False, "undetermined")])
def test_who_may_be_another_is_not_passed_over(expected: str, *, is_linked: bool) -> None:
    told = [of("ana", "a", LATE, is_linked=is_linked), of("berto", "b", IN_TIME, is_linked=is_linked)]
    answers = found(NAMED, "", *told)
    assert (answers["a"], answers["b"]) == ("undetermined", expected)


def test_one_of_a_class_is_late_whatever_was_done_for_another() -> None:
    told = [of("ana", "a", LATE, more=OF_CLASS), of("berto", "b", IN_TIME, more=OF_CLASS)]
    assert found(CLASS, APART, *told) == {
        "a": "violated",
        "b": "complied",
        "untold-return-those-protected": "undetermined",
    }


def test_that_one_was_not_returned_says_nothing_of_another() -> None:
    told = [of("ana", "a", LATE, happened=False), of("berto", "b", IN_TIME)]
    answers = found(NAMED, APART, *told)
    assert (answers["a"], answers["b"]) == ("violated", "complied")


@pytest.mark.parametrize("seed", range(draws(10, 120)))
def test_what_is_told_of_the_others_changes_nothing_for_one(seed: int) -> None:
    rng = random.Random(seed)
    by_person = {
        who: [
            of(
                who,
                f"{who}{n}",
                rng.choice([IN_TIME, LATE, LATER, "2025-12-19/2025-12-20", "2025-12-01T10:00Z"]),
                is_linked=rng.random() < 0.3,
                happened=rng.random() < 0.8,
            )
            for n in range(rng.choice([0, 1, 1, 2]))
        ]
        for who in PEOPLE
    }
    together = found(NAMED, APART, *(text for told in by_person.values() for text in told))
    alone: dict[str, str] = {}
    for who, told in by_person.items():
        alone |= {
            name: answer
            for name, answer in found(NAMED, APART, *told).items()
            if name.removeprefix("untold-return-").startswith(who)
        }
    assert together == alone
