"""Claims as files: how figures are read, pairs found from the figures alone, verdicts that no source gives
itself.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import msgspec
import pytest
from balance.counted import balance
from hypothesis import given
from hypothesis import strategies as st

from paradero.authored.declared import AuthoredError
from paradero.balance.balancing import balance_of, spans_without_all
from paradero.claims.checking import Checked, Heard, Known, check
from paradero.claims.needs import would_need
from paradero.claims.pairs import pairs_of, sets_of
from paradero.claims.statements import Claim, read_claims
from paradero.model.errors import UnknownName
from paradero.model.ranges import Interval, bounded
from paradero.money.amounts import Quantity
from paradero.money.costing import costed
from paradero.money.costs import Elsewhere, read_cost

HEAD = 'id = "c"\ntitle = "C"\ntitle_es = "C"\n'


def claims(*said: str, unit: str = "people", subject: str = "") -> list[Claim]:
    """Claims on one subject; each is its figures, with whom says it after a bar."""
    text = (
        f'{HEAD}[[subject]]\nid = "s"\nwhat = "s"\nwhat_es = "s"\nunit = "{unit}"\nzones ='
        f' ["America/New_York"]\n{subject}\n'
    )
    for number, each in enumerate(said):
        figures, _, by = each.partition("|")
        by = by.strip() or f"source {number}"
        lines = "\n".join(part.strip() for part in figures.split(";"))
        dated = "" if "dated" in figures else 'dated = "2025"\n'
        text += (
            f'[[subject.claim]]\nid = "c{number}"\n{lines}\nby = "{by}"\nevidence = "press"\nseen ='
            f' ["https://example.org/{by.replace(" ", "-")}"]\n{dated}'
        )
    return list(read_claims(text, file="c.toml").claims)


def kinds(*said: str, unit: str = "people", subject: str = "") -> list[tuple[str, str]]:
    return [(each.kind, each.id) for each in pairs_of(claims(*said, unit=unit, subject=subject))]


@pytest.mark.parametrize(
    ("figures", "unit", "lo", "hi"),
    [
        ("value = 261", "people", 261, 261),
        ("about = 300", "people", 270, 330),
        ("almost = 300", "people", 270, 299),
        ("over = 250", "people", 251, None),
        ("under = 200", "people", None, 199),
        ("lo = 281", "people", 281, None),
        ("value = 8300000; rounded_to = 100000", "USD", 8_250_000, 8_350_000),
        ("value = 3.1", "percent", Fraction(305, 100), Fraction(315, 100)),
        ("value = 49", "percent", Fraction(485, 10), Fraction(495, 10)),
        ('formula = "6000000 / 300"', "USD", 20_000, 20_000),
    ],
)
def test_how_a_figure_is_read(figures: str, unit: str, lo: Fraction | None, hi: Fraction | None) -> None:
    assert claims(figures, unit=unit)[0].interval == bounded(
        None if lo is None else Fraction(lo), None if hi is None else Fraction(hi)
    )


def test_pairs_are_found_from_the_figures() -> None:
    assert kinds("value = 8", "value = 9", "lo = 8") == [("contradiction", "c0 + c1")]
    assert kinds("value = 261", "almost = 300", "about = 280") == [("contradiction", "c0 + c1")]
    assert kinds(
        'time = "2025-03-15T17:26-04:00"',
        'time = "2025-03-15T17:25-04:00"',
        'time = "2025-03-15"',
        unit="time",
    ) == [("contradiction", "c0 + c1")]
    assert kinds(
        'words = ["one year"]', 'words = ["one year", "longer"]', 'words = ["longer"]', unit="words"
    ) == [("contradiction", "c0 + c2")]


def test_what_differs_silently_is_named() -> None:
    assert kinds(
        "value = 48.8; part = 123; of = 252", "value = 54.6; part = 130; of = 238", unit="percent"
    ) == [("denominator", "c0 + c1")]
    assert kinds("value = 4; part = 9", "value = 6.1; of = 300", unit="percent") == [
        ("denominator", "c0 + c1")
    ]  # implied: 200 to 257
    assert kinds('value = 6; definition = "planned"', 'value = 4; definition = "granted"') == [
        ("definition", "c0 + c1")
    ]
    assert kinds('value = 164; dated = "2025"', 'value = 187; dated = "2023"', subject="changes = true") == [
        ("date", "c0 + c1")
    ]
    assert kinds(
        'value = 164; dated = "2025"', 'value = 187; dated = "2025-04"', subject="changes = true"
    ) == [("contradiction", "c0 + c1")]
    assert kinds(
        'value = 164; dated = "unknown"', 'value = 187; dated = "2025-04"', subject="changes = true"
    ) == [("date", "c0 + c1")]


def test_what_changes_is_no_finding_between_two_days_and_one_between_years_or_on_one_day() -> None:
    changing = "changes = true"

    def of(one: str, other: str, subject: str = changing) -> list[tuple[str, str]]:
        return kinds(f'value = 300; dated = "{one}"', f'value = 410; dated = "{other}"', subject=subject)

    assert of("2024-06-11", "2025-03-26") == []
    assert of("2024-06", "2025-03-26") == []
    assert of("2025-03-26", "2025-03-26") == [("contradiction", "c0 + c1")]
    assert of("2025-03", "2025-03-26") == [("contradiction", "c0 + c1")]  # the day may be the one meant
    assert of("2024", "2025-03-26") == [("date", "c0 + c1")]  # a figure of a year is quoted beyond it
    assert of("2024-06-11/2024-09-11", "2025-03-26") == [("date", "c0 + c1")]
    assert of("unknown", "2025-03-26") == [("date", "c0 + c1")]
    assert of("2024-06-11", "2025-03-26", subject="") == [("contradiction", "c0 + c1")]  # it does not change


def test_claims_on_two_things_that_they_name_are_no_finding() -> None:
    signed, filed = 'value = 4; thing = "signed"', 'value = 9; thing = "filed"'
    assert kinds(signed, filed) == []
    assert kinds(signed, 'value = 9; thing = "signed"') == [("contradiction", "c0 + c1")]
    assert kinds(f'{signed}; definition = "pages"', 'value = 9; thing = "signed"; definition = "leaves"') == [
        ("definition", "c0 + c1")
    ]


def test_a_claim_that_names_no_thing_differs_only_where_none_has_its_figure() -> None:
    signed, filed = 'value = 4; thing = "signed"', 'value = 9; thing = "filed"'
    assert kinds("value = 9", signed, filed) == []  # it may be the filed one
    assert kinds("value = 7", signed, filed) == [("definition", "c0 + c1"), ("definition", "c0 + c2")]
    assert kinds("value = 9", signed, "value = 9") == [("definition", "c0 + c1"), ("definition", "c1 + c2")]
    assert kinds("value = 7", "value = 8", signed)[0] == ("contradiction", "c0 + c1")


def test_a_thing_of_another_subject_excuses_nothing() -> None:
    both = claims("value = 7", 'value = 4; thing = "signed"')
    other = claims('value = 7; thing = "filed"')[0]
    elsewhere = replace(other, id="x0", subject=msgspec.structs.replace(other.subject, id="t"))
    assert [each.id for each in pairs_of([*both, elsewhere])] == ["c0 + c1"]


def test_a_subject_is_held_against_one_thing() -> None:
    with pytest.raises(
        AuthoredError, match=r"c\.toml line 5: `s` has several of `count`, `result` and `moment`"
    ):
        claims("value = 1", subject='count = "n"\nresult = "r"')


def test_a_share_that_its_own_parts_contradict_is_found_and_a_rounded_one_is_not() -> None:
    (found,) = pairs_of(claims("value = 3.1; part = 8; of = 252", unit="percent"))
    assert (found.kind, "254.0 to 262.3" in found.detail[0]) == ("own figures", True)
    assert kinds("value = 3.2; part = 8; of = 252", unit="percent") == []
    assert kinds('value = 2166; formula = "5.94 * 365"', unit="USD") == [("own figures", "c0")]


@pytest.mark.parametrize(
    "figures",
    ["", "value = 1; about = 2", "value = 1; lo = 2", "lo = 3; hi = 2", 'formula = "a + 1"', 'formula = "1 / 0"', 'time = "2025"', 'words = ["a"]', "value = nan", "value = 1; of = 0", "value = 1; dated = \"soon\""],
)  # fmt: skip
def test_a_claim_that_cannot_be_read_is_named_with_file_and_line(figures: str) -> None:
    with pytest.raises(AuthoredError, match=r"^c\.toml line \d+: "):
        claims(figures)


def verdict(
    figures: str, said: dict[str, list[tuple[str, int | None, int | None]]], *equations: str, by: str = "me"
) -> tuple[str, tuple[str, ...]]:
    balances = (balance(said, *equations),)
    heard = {
        count.id: [
            Heard(
                by=one.said.by,
                seen=one.said.seen,
                bounds=bounded(*(None if end is None else Fraction(end) for end in (one.lo, one.hi))),
            )
            for one in count.asserted
        ]
        for count in balances[0].counts
    }
    known = Known(
        said=heard,
        spans=lambda count, own, unsaid: spans_without_all(balances, own, unsaid=unsaid)[count],
        results={},
        moments=lambda _own, _unsaid: {},
    )
    found = check(claims(f"{figures}|{by}", subject='count = "n"')[0], known)
    return found.verdict, tuple(english for english, _ in found.conditions)


def test_no_claim_is_held_against_itself() -> None:
    assert verdict("value = 5", {"n": [("me", 5, 5)]})[0] == "not_checkable"
    assert verdict("value = 5", {"n": [("me", 5, 5), ("B", 5, 5)]})[0] == "supported"


def test_what_only_a_rival_denies_holds_if_the_rival_is_wrong_and_what_sums_deny_is_contradicted() -> None:
    assert verdict("value = 5", {"n": [("me", 5, 5), ("B", 6, 6), ("C", 4, 7)]}) == (
        "holds_only_if",
        ("the figure from B is not the right one",),
    )
    assert verdict(
        "value = 5", {"n": [("me", 5, 5)], "a": [("B", 2, 2)], "b": [("C", 4, 4)]}, "n = a + b"
    ) == ("contradicted", ())
    assert verdict(
        "value = 6", {"n": [("me", 6, 6), ("D", 5, 5)], "a": [("B", 2, 2)], "b": [("C", 4, 4)]}, "n = a + b"
    ) == ("supported", ())


@pytest.mark.parametrize(
    ("figures", "found"),
    [
        ("lo = 1; hi = 7", ("supported", ())),
        ("lo = 4; hi = 6", ("holds_only_if", ("half is on",))),
        ("lo = 5; hi = 7", ("holds_only_if", ("result r lies in what both allow",))),
        ("value = 9", ("contradicted", ())),
        ("value = 2", ("holds_only_if", ("half is off",))),
        ("value = 2.5", ("contradicted", ())),
    ],
)
def test_a_claim_on_a_result_fits_contradicts_or_leaves_it_open(
    figures: str, found: tuple[str, tuple[str, ...]]
) -> None:
    said = 'by = "B"\nevidence = "press"\nseen = ["https://example.org/b"]\ndated = "2025"\n'
    text = (
        f'{HEAD}[[input]]\nid = "a"\nwhat = "a"\nwhat_es = "a"\nunit = "people"\nlo = 2\nhi = 2\n{said}'
        f'[[assumption]]\nid = "half"\nsays = "half"\nsays_es = "half"\non = true\n{said}'
        '[[assumption.sets]]\ninput = "a"\nlo = 4\nhi = 6\n'
        '[[result]]\nid = "r"\nwhat = "r"\nwhat_es = "r"\nformula = "a"\nunit = "people"\n'
    )

    def nothing_measured(asked: object) -> Quantity:
        raise UnknownName(f"Nothing to measure {asked} by.")

    cost = read_cost(
        text, file="c.toml", elsewhere=Elsewhere(amounts={}, counts={}, measured=nothing_measured)
    )
    known = Known(
        said={}, spans=lambda *_, **__: (None, None), results={"r": costed(cost, cost.results[0])},
        moments=lambda _own, _unsaid: {},
    )  # fmt: skip
    checked = check(claims(f"{figures}|me", subject='result = "r"')[0], known)
    assert (checked.verdict, tuple(english for english, _ in checked.conditions)) == found


def needed(figures: str, subject: str = "", unit: str = "people", **bounds: Fraction | None) -> list[str]:
    claim = claims(f"{figures}|me", unit=unit, subject=subject)[0]
    ends = {"lo": None, "hi": None} | bounds
    one = Checked(claim=claim, verdict="not_checkable", basis="", **ends)
    assert all(english != spanish and "{" not in english + spanish for english, spanish in would_need(one))
    assert would_need(replace(one, verdict="supported")) == ()
    return [english for english, _ in would_need(one)]


def test_a_claim_that_cannot_be_checked_says_what_would_make_it_so() -> None:
    assert needed("value = 5") == ["a count of the balance for this subject, by a source other than me"]
    assert needed("value = 5", 'count = "n"') == ["a bound on the count `n` by a source other than me"]
    assert needed("value = 5", 'count = "n"', lo=Fraction(2)) == [
        "closer bounds on the count `n` by a source other than me"
    ]
    assert needed("value = 5", 'result = "r"', unit="USD", hi=Fraction(9)) == [
        "closer bounds on the inputs of the result `r`"
    ]
    assert needed("value = 5", unit="USD")[0].startswith("a result of the costs or a measure")
    assert needed("value = 5; of = 9", unit="percent") == [
        "the numbers that the share is of (`part`), which me does not give"
    ]
    assert needed('time = "2025"', unit="time")[0].startswith("a moment of an event or order")
    assert needed('words = ["a"]', unit="words")[0].startswith("a record, or a source other than me")
    both = needed("value = 5", 'would_need = "the roll"\nwould_need_es = "la nómina"')
    assert both[0] == "the roll"
    with pytest.raises(
        AuthoredError, match=r"c\.toml line \d+: `s` says in one language only what it would need"
    ):
        claims("value = 5", subject='would_need = "the roll"')


def test_sets_across_counts_come_from_the_balance() -> None:
    found = balance_of([balance({"n": [("me", 9, 9)], "a": [("B", 2, 2)], "b": [("C", 4, 4)]}, "n = a + b")])
    of_n, of_a = claims("value = 9|me", subject='count = "n"'), claims("value = 2|B", subject='count = "a"')
    assert [(each.kind, len(each.claims)) for each in sets_of([*of_n, *of_a], found)] == [("sum", 2)]


@given(st.integers(0, 50), st.integers(0, 20), st.integers(0, 50), st.integers(0, 20), st.integers(0, 9))
def test_two_claims_are_a_pair_exactly_where_no_number_meets_both(
    a: int, a_width: int, b: int, b_width: int, wider: int
) -> None:
    one, other = f"lo = {a}; hi = {a + a_width}", f"lo = {b}; hi = {b + b_width}"
    meets = Interval(Fraction(a), Fraction(a + a_width)).meets(Interval(Fraction(b), Fraction(b + b_width)))
    assert (kinds(one, other) == []) == meets
    if meets:  # whoever says less never contradicts more
        assert kinds(f"lo = {max(0, a - wider)}; hi = {a + a_width + wider}", other) == []
