"""Named standards: a claim is put beside a limit as if it were true, and never further than its figures and
the words of the standard go.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from casefile.made import new_reference, said
from hypothesis import given
from hypothesis import strategies as st

from paradero.answers.books.claims import held_claim
from paradero.authored.declared import AuthoredError
from paradero.claims.standards import Held, beside, held_against, read_standard
from paradero.claims.statements import read_claims
from paradero.model.ranges import Interval, bounded

SOURCED = 'by = "A"\nevidence = "press"\nseen = ["https://example.org/a"]\ndated = "2025"\n'


def standard(limit: str = "", name: str = "r") -> str:
    number = f'[provision.limit]\nof = "beds"\nof_es = "camas"\n{limit}\n' if limit else ""
    return (
        'id = "s"\ntitle = "S"\ntitle_es = "S"\nforce = "none"\nforce_es = "ninguna"\n'
        f'[[provision]]\nid = "{name}"\n[provision.text]\ninstrument = "S"\npin = "1"\nsays = "x"\n'
        f'url = "https://example.org/s"\nread = false\n{number}'
    )


def claims(held: str, *figures: str, unit: str = "people") -> str:
    text = f'id = "c"\ntitle = "C"\ntitle_es = "C"\n[[subject]]\nid = "in"\nwhat = "w"\nwhat_es = "w"\nunit = "{unit}"\n'
    text += f"[[subject.held]]\n{held}\n"
    for number, each in enumerate(figures):
        text += f'[[subject.claim]]\nid = "c{number}"\n{each}\n{SOURCED}'
    return text


def found(limit: str, held: str, *figures: str, unit: str = "people") -> list[Held]:
    read = read_claims(claims(held, *figures, unit=unit), file="c.toml").claims
    return held_against(list(read), [read_standard(standard(limit), file="s.toml")])


def words(limit: str, held: str, *figures: str, unit: str = "people") -> list[tuple[str, str]]:
    return [
        (each.claim.id if each.claim else "", each.beside) for each in found(limit, held, *figures, unit=unit)
    ]


BEDS = 'provision = "s/r"\ngives = "said / beds"\ngiven.beds = { value = 80, unit = "bed" }'
ONE_EACH = 'unit = "people/bed"\nat_most = 1'


def test_a_claim_is_beyond_within_or_leaves_it_open() -> None:
    figures = ("value = 81", "value = 80", "lo = 80\nhi = 100", "hi = 100", "over = 79", "over = 80")
    assert sorted(words(ONE_EACH, BEDS, *figures)) == [
        ("c0", "beyond"), ("c1", "within"), ("c2", "open"), ("c3", "open"), ("c4", "open"), ("c5", "beyond"),
    ]  # fmt: skip


def test_what_is_only_a_bound_decides_only_on_its_side() -> None:
    """Hours out of the cell are the most that hours in the open air can be: few prove, many do not."""
    day = 'given.day = { value = 24, unit = "hour/day" }'
    held = f'provision = "s/r"\ngives = "day - said"\nbound = "at_most"\n{day}'
    limit = 'unit = "hour/day"\nat_least = 1'
    assert words(limit, held, "value = 23.5", "value = 20", unit="hour/day") == [
        ("c0", "beyond"),
        ("c1", "open"),
    ]
    assert words(limit, held.replace("at_most", "at_least"), "value = 20", unit="hour/day") == [
        ("c0", "within")
    ]


def test_a_divisor_that_a_claim_allows_to_be_zero_decides_nothing() -> None:
    held = 'provision = "s/r"\ngives = "floor / said"\ngiven.floor = { value = 100, unit = "sqm" }'
    (one,) = found('unit = "sqm/person"\nat_least = 4', held, "hi = 100")
    assert (one.beside, one.lo, one.hi) == ("open", None, None)


def test_a_text_without_a_number_is_not_computed_against() -> None:
    (one,) = found("", 'provision = "s/r"', "value = 5")
    assert (one.claim and one.claim.id, one.beside, one.lo, one.hi) == ("c0", "no_number", None, None)
    with pytest.raises(
        AuthoredError, match=r"c\.toml line \d+: `in` is computed against `s/r`, whose text has no"
    ):
        found("", BEDS, "value = 5")


def test_a_number_that_no_claim_speaks_of_is_listed_as_such() -> None:
    other = read_claims(
        claims(BEDS, "value = 5").replace("[[subject.held]]\n" + BEDS + "\n", ""), file="c"
    ).claims
    assert [
        each.beside for each in held_against(list(other), [read_standard(standard(ONE_EACH), file="s")])
    ] == ["no_claim"]


@pytest.mark.parametrize(
    ("limit", "held", "told"),
    [
        (ONE_EACH, 'provision = "s/other"', "`s/other`, which is no provision in standards/"),
        (ONE_EACH, 'provision = "s/r"', "is held against the number of `s/r` and gives none"),
        (ONE_EACH, 'provision = "s/r"\ngives = "said"', "gives people where `s/r` measures person/bed"),
        (ONE_EACH, 'provision = "s/r"\ngives = "said / x"', "`x` is not a named input"),
        (ONE_EACH, BEDS.replace("value = 80, ", ""), "must be either `claim` or a `value` with its `unit`"),
        (ONE_EACH, BEDS.replace('value = 80, unit = "bed"', 'claim = "c9"'), "`c9` in `given.beds` is not a claim"),
        ('unit = "people"\nat_most = 1\nunder = 2', BEDS, "exactly one of `at_least`, `at_most`, `over`"),
        ('unit = "people"', BEDS, "exactly one of `at_least`, `at_most`, `over`"),
    ],
)  # fmt: skip
def test_what_cannot_be_held_is_named_with_file_and_line(limit: str, held: str, told: str) -> None:
    with pytest.raises(AuthoredError, match=r"^[cs]\.toml line \d+: ") as error:
        found(limit, held, "value = 5")
    assert told in str(error.value)


def test_a_definition_is_no_limit(cecot: Path) -> None:
    """What a definition names is neither within nor beyond a limit, and its note is no part of it."""
    called = 'unit = "hour/day"\nat_least = 22\ncalled = "solitary"\ncalled_es = "aislamiento"'
    (one,) = found(called, 'provision = "s/r"\ngives = "said"', "value = 23", unit="hour/day")
    assert "limit" not in held_claim(one).means
    assert "límite" not in held_claim(one).means_es
    with pytest.raises(AuthoredError, match="needs `called` in both languages"):
        found(called.replace('called_es = "aislamiento"', ""), BEDS, "value = 5")
    rule = next(each for each in said(cecot, "claims", "check", "--json").json["standards"]
                if each["provision"] == "mandela-rules/rule-44-hours")  # fmt: skip
    assert (rule["called"], rule["called_es"], rule["limit"]) == (
        "solitary confinement",
        "aislamiento",
        "at least 22",
    )
    assert "shared" not in rule["says"]
    assert rule["note"]
    for language, words_of in (("en", "a definition, no limit: "), ("es", "una definición, no un límite: ")):
        assert words_of in said(cecot, "claims", "check", "--lang", language).out


@given(
    st.integers(-9, 9), st.integers(0, 9), st.integers(-9, 9),
    st.sampled_from(["at least", "at most", "over", "under"]),
)  # fmt: skip
def test_beside_says_what_every_number_in_the_bounds_says(lo: int, wide: int, value: int, sign: str) -> None:
    allowed = {
        "at least": lambda x: x >= value, "at most": lambda x: x <= value,
        "over": lambda x: x > value, "under": lambda x: x < value,
    }[sign]  # fmt: skip
    each = [allowed(Fraction(lo) + Fraction(step, 2)) for step in range(2 * wide + 1)]
    expected = "within" if all(each) else "open" if any(each) else "beyond"
    assert beside(Interval(Fraction(lo), Fraction(lo + wide)), sign, Fraction(value)) == expected
    assert beside(bounded(None, None), sign, Fraction(value)) == "open"


@pytest.fixture(scope="module")
def cecot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cecot") / "case"
    new_reference(folder)
    return folder


def test_the_prison_beside_the_mandela_rules(cecot: Path) -> None:
    rows: Any = said(cecot, "claims", "check", "--json").json["standards"]
    of = {(each["provision"], each["claim"], *each["given"]): each for each in rows}
    assert of["mandela-rules/rule-23-1", "cell-hours-cnn"]["beside"] == "beyond"
    assert (of["mandela-rules/rule-23-1", "cell-hours-cnn"]["lo"], of["mandela-rules/rule-23-1", "cell-hours-cnn"]["hi"]) == (None, 0.5)  # fmt: skip
    # Hours in a shared cell are no hours without human contact: nobody states those.
    assert of["mandela-rules/rule-44-hours", ""]["beside"] == "no_claim"
    assert {name for name, *_ in of if of[name, *_]["beside"] == "no_number"} == {
        f"mandela-rules/rule-{number}"
        for number in ("12", "13", "22", "24", "43-1a", "43-1c", "45", "58", "103")
    }
    assert of["mandela-rules/rule-43-1c", "light-24"]["beside"] == "no_number"
    # The rule counts days in a row, and the claim does not say that its fifteen are all of them.
    days = of["mandela-rules/rule-44-days", "solitary-up-to-15"]
    assert (days["beside"], days["hi"]) == ("open", None)
    # 80 to 100 people to 80 bunks leave it open; 14,000 in 20,480 bunks are within.
    assert of["mandela-rules/rule-21", "cell-80-100", "bunks-80"]["beside"] == "open"
    assert (
        of["principles-of-the-americas/principle-17", "population-14000", "capacity-20480"]["beside"]
        == "within"
    )
    assert (
        of["principles-of-the-americas/principle-17", "population-over-20000", "capacity-20480"]["beside"]
        == "open"
    )
    assert all(each["force"] and each["force_es"] and each["instrument"] and each["url"] for each in rows)
    assert not any(each["read_in_source"] for each in rows)


def test_standards_are_said_in_both_languages_and_to_be_as_if(cecot: Path) -> None:
    english = said(cecot, "claims", "check").out
    spanish = said(cecot, "claims", "check", "--lang", "es").out
    assert "Rule 23(1), not read in its source: exercise in the open air, at least 1 hour/day" in english
    assert "beyond the limit, if the claim is true: cell-hours-cnn, 23.5 hour/day" in english
    assert "fuera del límite, si la afirmación es cierta: cell-hours-cnn" in spanish
    assert not any(word in spanish for word in ("beyond the limit", "Beside named", "not read in its source"))
