"""Verdicts from three answers: the table, the same in SQL, and what unknown answers leave open."""

import itertools

import pytest

from paradero.answers.verdicts.verdict_values import if_answered
from paradero.engines.duckdb import connect
from paradero.model.verdicts import Verdict, possible, verdict_of

ANSWERS = list(itertools.product((True, False, None), repeat=3))


@pytest.mark.parametrize(
    ("bound", "force", "shown", "expected"),
    [
        (True, True, True, "violated"), (True, True, False, "complied"), (True, True, None, "undetermined"), (None, True, True, "undetermined"),
        (True, None, True, "undetermined"), (True, None, False, "undetermined"), (False, None, None, "not_bound"), (None, False, True, "not_bound"),
    ],
)  # fmt: skip
def test_the_table(bound: bool | None, force: bool | None, shown: bool | None, expected: str) -> None:
    assert verdict_of(bound, force, shown) == expected


def test_sql_says_the_same() -> None:
    with connect() as connection:
        for answers in ANSWERS:
            assert connection.execute("SELECT verdict_of(?, ?, ?)", list(answers)).fetchall() == [
                (verdict_of(*answers),)
            ]


@pytest.mark.parametrize("answers", ANSWERS)
def test_possible_are_the_verdicts_of_every_way_to_fill_in_the_unknown(
    answers: tuple[bool | None, ...],
) -> None:
    filled = itertools.product(*((answer,) if answer is not None else (True, False) for answer in answers))
    assert set(possible(*answers)) == {verdict_of(*each) for each in filled}
    # one possible verdict, yet not all known: bound by nothing whatever the rest, or never violated and never
    # complied
    if verdict_of(*answers) is not Verdict.UNDETERMINED:
        assert possible(*answers) == (verdict_of(*answers),)


@pytest.mark.parametrize("answers", ANSWERS)
def test_what_either_answer_leaves(answers: tuple[bool | None, bool | None, bool | None]) -> None:
    """For each open question, and for no other, what filling it in leaves possible whatever the rest is."""
    found = {each.question: each for each in if_answered(*answers)}
    names = ("bound", "in_force", "shown")
    assert list(found) == [name for name, answer in zip(names, answers, strict=True) if answer is None]
    for name, each in found.items():
        for filled, left in ((True, each.if_yes), (False, each.if_no)):
            choices = [
                (filled,) if other == name else (True, False) if answer is None else (answer,)
                for other, answer in zip(names, answers, strict=True)
            ]
            assert set(left) == {verdict_of(*each) for each in itertools.product(*choices)}
