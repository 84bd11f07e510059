"""Amounts of an agreement that do not go together are found: stated sums, and more paid than granted or
allowed.
"""

from __future__ import annotations

import pytest

from paradero.authored.declared import AuthoredError
from paradero.money.agreements import read_agreement
from paradero.money.sums import Sum, sums_of

SAID = 'by = "A"\nevidence = "record"\nseen = ["https://example.org"]\ndated = "2025"\n'
HEAD = 'id = "a"\ntitle = "A"\ntitle_es = "A"\nparties = ["A", "B"]\ninstrument = "contract"\n'


def amount(
    name: str, kind: str, figures: str, unit: str = "USD", year: int = 2025, facility: str = ""
) -> str:
    money = (f"prices_of = {year}\n" if "USD" in unit else "") + (
        f'facility = "{facility}"\n' if facility else ""
    )
    return (
        f'[[amount]]\nid = "{name}"\nkind = "{kind}"\nwhat = "{name}"\nwhat_es = "{name}"\nunit ='
        f' "{unit}"\n{money}{figures}\n{SAID}'
    )


def equation(holds: str) -> str:
    return f'[[equation]]\nid = "e"\nholds = "{holds}"\n{SAID}'


def sums(*parts: str) -> list[Sum]:
    return sums_of(read_agreement(HEAD + "".join(parts), file="a.toml"))


PARTS = "".join(
    [
        amount("one", "paid", "value = 4.1"),
        amount("two", "paid", "lo = 2\nhi = 3"),
        amount("total", "planned", "value = 6.5"),
        amount("rest", "planned", "value = 2.4"),
        amount("unit", "planned", "value = 1"),
    ]
)


@pytest.mark.parametrize(
    ("holds", "verdict", "lo", "hi"),
    [
        ("total = one + two", "can hold", -0.6, 0.4),
        ("total = one + rest", "holds", 0, 0),
        ("total = one", "cannot hold", 2.4, 2.4),
        ("total >= one + two", "can hold", -0.6, 0.4),
        ("total + unit >= one + two", "holds", 0.4, 1.4),
        ("one <= two", "cannot hold", 1.1, 2.1),
        ("two - two = unit - unit", "holds", 0, 0),
        ("two * 2 = two + two", "holds", 0, 0),
    ],
)
def test_a_stated_sum_is_tested_within_bounds(holds: str, verdict: str, lo: float, hi: float) -> None:
    (found,) = [each for each in sums(PARTS, equation(holds)) if each.is_stated]
    assert (found.verdict, float(found.lo or 0), float(found.hi or 0)) == (
        verdict,
        pytest.approx(lo),
        pytest.approx(hi),
    )
    assert len(found.said) == 1 + sum(name in holds for name in ("one", "two", "total", "rest", "unit"))


def test_price_times_people_times_term_is_a_sum_with_units() -> None:
    parts = (
        amount("planned", "planned", "value = 6000000"),
        amount("price", "price", "value = 20000", "USD/person/year"),
        amount("people", "people", "value = 300", "people"),
    )
    (found,) = sums(
        *parts, amount("term", "term", "value = 1", "year"), equation("planned = price * people * term")
    )
    assert (found.verdict, str(found.unit)) == ("holds", "USD")


def test_what_may_not_lie_above_what_is_found_unasked() -> None:
    grant = amount("granted", "granted", "value = 10"), amount("top", "ceiling", "value = 12")
    assert sums(*grant, amount("paid", "paid", "lo = 9\nhi = 11")) == []
    (found,) = sums(*grant, amount("paid", "paid", "lo = 10.5\nhi = 11"))
    assert (found.holds, found.verdict, found.is_stated) == ("paid <= granted", "cannot hold", False)
    assert [each.holds for each in sums(*grant, amount("paid", "paid", "lo = 13"))] == [
        "paid <= granted",
        "paid <= top",
    ]
    assert sums(*grant, amount("paid", "paid", "lo = 13", "USD", 2019)) == [], "other prices"
    assert sums(*grant, amount("paid", "paid", "lo = 13", facility="AAA")) == [], (
        "of a facility, and the limit of another or of none"
    )
    amended = (
        amount("first", "granted", "value = 6"),
        amount("amendment", "granted", "value = 4"),
        amount("paid", "paid", "value = 8"),
    )
    assert sums(*amended) == [], "several can be parts of one limit"


def test_a_sum_over_prices_of_several_years_says_so() -> None:
    parts = (
        amount("one", "paid", "value = 1", "USD", 2010),
        amount("two", "paid", "value = 2"),
        amount("total", "planned", "value = 3"),
    )
    (found,) = sums(*parts, equation("total = one + two"))
    assert (found.verdict, found.prices_of) == ("holds", (2010, 2025))


@pytest.mark.parametrize(
    ("holds", "words"),
    [
        ("one = three", "`three` is not a named input. Add it, or use one of one, rest, total, two, unit"),
        ("one + two", "is not an equation of two sides"),
        ("one = two * two / (two - two)", "may be zero"),
        ("one = two * two", "have different units"),
    ],
)
def test_a_relation_that_cannot_be_is_refused_by_file(holds: str, words: str) -> None:
    with pytest.raises(AuthoredError, match=r"^a\.toml") as caught:
        sums(PARTS, equation(holds))
    assert words in str(caught.value)
