"""Costs as files: what is refused with its line, how switches work, and every figure of the reference case's
money table.
"""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest
from casefile.made import said

from paradero.authored.declared import AuthoredError
from paradero.model.errors import UnknownName
from paradero.money.agreements import read_agreement
from paradero.money.amounts import Quantity
from paradero.money.cost_files import ElapsedFile, LedgerFile
from paradero.money.costing import costed
from paradero.money.costs import Cost, Elsewhere, read_cost
from paradero.money.indices import read_index

SAID = 'by = "A"\nevidence = "press"\nseen = ["https://example.org"]\ndated = "2025"\n'
HEAD = 'id = "c"\ntitle = "C"\ntitle_es = "C"\n'


def given(name: str, figures: str, unit: str = "people", more: str = "") -> str:
    year = "prices_of = 2025\n" if "USD" in unit else ""
    return (
        f'[[input]]\nid = "{name}"\nwhat = "{name}"\nwhat_es = "{name}"\nunit ='
        f' "{unit}"\n{year}{figures}\n{SAID}{more}'
    )


def result(formula: str, unit: str, more: str = "") -> str:
    return f'[[result]]\nid = "r"\nwhat = "r"\nwhat_es = "r"\nformula = "{formula}"\nunit = "{unit}"\n{more}'


def assumption(name: str, sets: str, on: str = "true") -> str:
    return (
        f'[[assumption]]\nid = "{name}"\nsays = "{name}"\nsays_es = "{name}"\non ='
        f" {on}\n{SAID}[[assumption.sets]]\n{sets}\n"
    )


def nothing_measured(asked: LedgerFile | ElapsedFile) -> Quantity:
    raise UnknownName(f"Nothing to measure {asked} by.")


NOWHERE = Elsewhere(amounts={}, counts={}, measured=nothing_measured)


def cost(*parts: str) -> Cost:
    return read_cost(HEAD + "".join(parts), file="c.toml", elsewhere=NOWHERE)


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        (
            (given("a", "value = 1", "USD"), result("a", "people")),
            "`r` is declared in people and comes out in USD",
        ),
        (
            (given("a", "value = 1", "USD"), given("b", "value = 1", "day"), result("a + b", "USD")),
            "the two sides of `+` have different units: USD in `a`, day in `b`",
        ),
        ((given("a", "lo = 3\nhi = 2"), result("a", "people")), "are not in order: 3.0, 2.0"),
        ((given("a", "mode = 3"), result("a", "people")), "has no number. Write `value`"),
        ((given("a", "value = nan"), result("a", "people")), "nan is not a finite number"),
        (
            (given("a", "value = 1").replace("USD", "x").replace(SAID, ""), result("a", "people")),
            "nothing says who gives the input `a`",
        ),
        (
            (given("a", "value = 1").replace('dated = "2025"', 'dated = "soon"'), result("a", "people")),
            "`dated` of the input `a` must be a date",
        ),
        (
            (given("a", "value = 1", "USD").replace("prices_of = 2025\n", ""), result("a", "USD")),
            "without the year of its prices",
        ),
        (
            (given("a", "value = 1"), result("z", "people")),
            "`z` is not a named input. Add it, or use one of a",
        ),
        (
            (
                given("a", "value = 1", "USD"),
                given("b", 'formula = "a"', "USD").replace("prices_of = 2025\n", ""),
                assumption("x", 'input = "b"\nvalue = 2'),
                result("b", "USD"),
            ),
            "what is set as `b` is in USD, without the year of its prices",
        ),
        (
            (given("a", 'count = "nobody"'), result("a", "people")),
            "`nobody`, for `a`, is not a count of the balance",
        ),
        (
            (
                given("a", 'elapsed = { since = "x.departure", until = "x.landing", unit = "hour" }', "hour"),
                result("a", "hour"),
            ),
            "`a` cannot be measured. Nothing",
        ),
        (
            (
                given("a", 'value = 1\nelapsed = { since = "x.y", until = "x.z", unit = "hour" }', "hour"),
                result("a", "hour"),
            ),
            "exactly one of numbers",
        ),
        (
            (given("a", "value = 1"), result("a", "people", 'with = ["z"]')),
            "`z` is not an assumption of this file",
        ),
        ((given("Head", "value = 1"), result("Head", "people")), "the id `Head` may hold only small letters"),
        ((given("max", "value = 1"), result("1", "people")), "the id `max` is a word of formulas"),
        (
            (
                given("a", "value = 1"),
                assumption("x", "").replace("[[assumption.sets]]", "sets = []"),
                result("a", "people"),
            ),
            "the assumption `x` sets nothing",
        ),
        (
            (given("a", "value = 1"), assumption("x", 'input = "q"\nvalue = 2'), result("a", "people")),
            "`sets` names `q`, which is not an input. Choose one of: a",
        ),
    ],
)
def test_a_mistake_is_named_with_file_and_line(parts: tuple[str, ...], words: str) -> None:
    with pytest.raises(AuthoredError, match=r"^c\.toml line \d+: ") as refused:
        cost(*parts)
    assert words in str(refused.value)


def test_a_shared_input_stays_one_number_and_the_widest_input_matters_most() -> None:
    one = cost(
        given("a", "lo = 1\nmode = 2\nhi = 4"),
        given("b", "lo = 10\nmode = 10\nhi = 11"),
        result("a + b - a", "people"),
    )
    found = costed(one, one.results[0])
    assert (found.lo, found.mode, found.hi, found.is_exact) == (10, 10, 11, True)
    assert [(each.name, each.swing) for each in found.movers] == [("b", 1), ("a", 0)]


def test_a_missing_bound_stays_missing() -> None:
    one = cost(given("a", "lo = 4"), given("b", "value = 2"), result("a / b", "1"))
    found = costed(one, one.results[0])
    assert (found.lo, found.mode, found.hi) == (2, None, None)


def test_switches_displace_each_other_and_two_that_are_asked_for_do_not_go_together() -> None:
    parts = (
        given("a", "value = 1"),
        assumption("two", 'input = "a"\nvalue = 2'),
        assumption("three", 'input = "a"\nvalue = 3', "false"),
        result("a", "people"),
    )
    one = cost(*parts)
    assert costed(one, one.results[0]).mode == 2
    assert costed(one, one.results[0], off=["two"]).mode == 1
    assert costed(one, one.results[0], on=["three"]).mode == 3
    with pytest.raises(AuthoredError, match="two assumptions that are on set `a`: `two` and `three`"):
        costed(one, one.results[0], on=["two", "three"])
    with pytest.raises(AuthoredError, match="`two` is asked for both on and off"):
        costed(one, one.results[0], on=["two"], off=["two"])


def test_one_name_is_one_number() -> None:
    own = read_cost(HEAD + given("a", "value = 1") + result("a", "people"), file="c.toml", elsewhere=NOWHERE)
    held = own.inputs["a"].quantity
    assert held is not None
    parts = (given("a", "value = 2"), given("b", 'count = "a"').replace(SAID, ""), result("a + b", "people"))
    elsewhere = Elsewhere(amounts={}, counts={"a": held}, measured=nothing_measured)
    one = read_cost(HEAD + "".join(parts), file="c.toml", elsewhere=elsewhere)
    with pytest.raises(AuthoredError, match="two different numbers are named `a`"):
        costed(one, one.results[0])


def test_inputs_that_define_each_other_are_refused() -> None:
    parts = [
        given(name, f'formula = "{other}"').replace(SAID, "") for name, other in (("a", "b"), ("b", "a"))
    ]
    one = cost(*parts, result("a", "people"))
    with pytest.raises(AuthoredError, match="in a circle: a > b > a"):
        costed(one, one.results[0])


def test_an_agreement_without_source_or_with_a_wrong_date_is_refused() -> None:
    amount = (
        '[[amount]]\nid = "x"\nkind = "paid"\nwhat = "x"\nwhat_es = "x"\nunit = "USD"\nprices_of ='
        f" 2025\nvalue = 5\n{SAID}"
    )
    head = 'id = "a"\ntitle = "A"\ntitle_es = "A"\nparties = ["A", "B"]\ninstrument = "a treaty"\n'
    assert read_agreement(head + amount, file="a.toml").amounts[0].mode == Fraction(5)
    for damaged in (
        amount.replace('seen = ["https://example.org"]', "seen = []"),
        amount.replace("value = 5", "value = inf"),
        amount + amount,
    ):
        with pytest.raises(AuthoredError, match=r"^a\.toml line \d+: .*\. [A-Z].*\.$"):
            read_agreement(head + damaged, file="a.toml")


@pytest.fixture(scope="module")
def cecot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cecot") / "case"
    assert said(folder.parent, "new", str(folder), "--from", "cecot-2025").code == 0
    return folder


# README of the collection, "Recomputing the seed's money", and facts AG01 to AG15
MONEY = {
    "paid-per-person": 25_210, "paid-per-person-261": 22_989, "planned-per-person-300": 20_000, "granted-per-person": 20_000, "price-for-238": 4_760_000,
    "price-for-300": 6_000_000, "asked-per-person": 20_000, "us-person-year": 60_097, "salvadoran-person-year": 2_168, "five-countries-total": 32_360_000,
    "saving": 8_303_146, "saving-rounded-bed": 8_280_000, "saving-rounded-both": 8_330_000, "saving-300": 12_000_000, "saving-261": 9_660_000,
    "saving-grant": 9_520_000, "saving-as-held": -1_140_849, "saving-as-held-grant": 99_151, "saving-as-held-fy2023": -467_090,
    "saving-as-held-grant-fy2023": 772_910, "break-even": 153, "break-even-grant": 121, "share-of-prison-budget": 0,
}  # fmt: skip


def test_every_figure_of_the_money_table_is_recomputed(cecot: Path) -> None:
    rows = {row["id"]: row for row in said(cecot, "costs", "list", "--json").json["rows"]}
    assert {
        name: int(rows[name]["mode"] + 0.5) if rows[name]["mode"] > 0 else -int(-rows[name]["mode"] + 0.5)
        for name in MONEY
    } == MONEY
    assert rows["share-of-prison-budget"]["mode"] == 0.03
    assert (
        rows["paid-april-per-person"]["lo"] < 16_807,
        rows["paid-april-per-person"]["mode"],
        rows["paid-april-per-person"]["hi"] > 21_008,
    ) == (True, None, True)
    for row in rows.values():
        assert {"id", "lo", "mode", "hi", "unit", "assumptions", "citations", "matters_most"} <= set(row)
        assert all(each["by"] and each["seen"] and each["dated"] for each in row["citations"])
        assert all(each["said"] for each in row["inputs"]), row["id"]


UNPAID = "unpaid-labour-year"
EACH = ("at-most-45000", "nothing-paid", "full-time", "all-year")


def test_unpaid_labour_is_a_range_and_every_assumption_moves_it_as_a_hand_does(cecot: Path) -> None:
    def asked(*switches: str) -> tuple[float | None, float | None]:
        (row,) = said(cecot, "costs", "list", UNPAID, "--json", *switches).json["rows"]
        assert row["is_estimate"]
        return row["lo"], row["hi"]

    assert asked() == (round(40_001 * 12 * 243.46, 2), 45_000 * 12 * 365)
    assert asked("--without", "at-most-45000") == (round(40_001 * 12 * 243.46, 2), None)  # no bound is said
    assert asked("--without", "nothing-paid") == (0, 45_000 * 12 * 365)  # 26 days of 10 USD are more than 243
    assert asked("--without", "full-time") == (round(40_001 * 12 * 243.46 / 2, 2), 45_000 * 12 * 365)
    assert asked("--without", "all-year") == (0, 45_000 * 12 * 365)
    assert asked("--with", "wage-of-june") == (round(40_001 * 12 * 272.53, 2), 45_000 * 12 * 408.8)
    assert asked("--with", "farm-wage") == (round(40_001 * 12 * 243.46, 2), round(45_000 * 12 * 243.46, 2))
    lo, hi = asked("--with", "keep-is-pay")
    assert (lo, hi) == (
        round(40_001 * 12 * (243.46 - 31 * 5.94), 2),
        round(45_000 * 12 * (365 - 28 * 5.94), 2),
    )
    off = [part for each in EACH for part in ("--without", each)]
    assert asked(*off) == (0, None)
    rows = {row["id"]: row for row in said(cecot, "costs", "list", "--json").json["rows"]}
    assert (rows["unpaid-labour-open"]["lo"], rows["unpaid-labour-open"]["hi"]) == (0, None)


def test_switches_of_the_command(cecot: Path) -> None:
    rows = {
        row["id"]: row
        for row in said(cecot, "costs", "list", "--json", "--without", "full-year").json["rows"]
    }
    assert round(rows["saving"]["mode"]) == -1_140_849
    rows = {
        row["id"]: row
        for row in said(cecot, "costs", "list", "--json", "--with", "bed-rate-fy2023").json["rows"]
    }
    assert round(rows["us-person-year"]["mode"]) == 68_430
    assert rows["saving"]["prices_of"] == [2023, 2025]
    wrong = said(cecot, "costs", "list", "--without", "full-yera")
    assert (wrong.code, "Did you mean `full-year`" in wrong.err) == (1, True)


def test_text_csv_spanish_and_agreements(cecot: Path) -> None:
    assert "switched, the result is 8,303,145.50" in said(cecot, "costs", "list", "saving-as-held").out
    assert "inactivo" in said(cecot, "costs", "list", "saving", "--lang", "es").out
    assert said(cecot, "costs", "list", "--csv").out.startswith("id,cost,what,what_es,lo,mode,hi,unit")
    rows = said(cecot, "agreements", "--json").json["rows"]
    assert json.dumps(rows).count('"fact": "AG') > 15
    assert "4,760,000" in said(cecot, "agreements").out
    assert said(cecot, "costs", "list", "--json").out == said(cecot, "costs", "list", "--json").out


@pytest.mark.parametrize(
    ("years", "words"),
    [
        (((2024, 1.5), (2025, 0)), "the year 2025 has the value 0.0, which is not above 0"),
        (((2024, 1.5), (2024, 1.6)), "the year 2024 appears twice"),
    ],
)
def test_an_index_has_one_value_above_zero_a_year(years: tuple[tuple[int, float], ...], words: str) -> None:
    head = 'id = "i"\ntitle = "I"\ntitle_es = "I"\ncurrency = "USD"\n' + SAID
    text = head + "".join(f"[[year]]\nyear = {year}\nvalue = {value}\n" for year, value in years)
    with pytest.raises(AuthoredError, match=r"^i\.toml line \d+: ") as refused:
        read_index(text, file="i.toml")
    assert words in str(refused.value)
