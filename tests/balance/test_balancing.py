"""Bounds that follow, the statements they rest on, and minimal conflicts, on drawn and on small balances."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from attack.scale import draws
from hypothesis import given, settings
from hypothesis import strategies as st

from balance.counted import Said, balance
from paradero.authored.declared import AuthoredError
from paradero.authored.evidence import Trust
from paradero.balance import conflicts
from paradero.balance.balances import check_balances, read_balance
from paradero.balance.balancing import Balanced, balance_of, spans_without
from paradero.balance.constraints import propagated
from paradero.balance.linear import Constraint, bounds_of, refuting, spans_of


def spans(found: Balanced) -> dict[str, tuple[int | None, int | None]]:
    return {name: each.span for name, each in found.counts.items()}


def test_a_sum_settles_what_nobody_says_and_names_what_it_rests_on() -> None:
    found = balance_of(
        [
            balance(
                {"all": [("A", 261, 261)], "act": [("B", 137, 137)], "title": [("C", 101, 101)], "rest": []},
                "all = act + title + rest",
            )
        ]
    )
    assert spans(found)["rest"] == (23, 23)
    statements, equations = found.rests_on(found.counts["rest"].lo)
    assert ([each.said.by for each in statements], [each.id for each in equations]) == (
        ["A", "B", "C"],
        ["small/e1"],
    )
    assert found.clashes == ()


def test_a_bound_that_nothing_gives_stays_open_and_nobody_is_counted_below_nothing() -> None:
    found = balance_of(
        [balance({"sent": [("A", 281, None)], "landed": [], "lost": []}, "sent = landed + lost")]
    )
    assert spans(found) == {"sent": (281, None), "landed": (0, None), "lost": (0, None)}


def test_a_count_can_be_divided_by_a_number() -> None:
    found = balance_of([balance({"half": [], "people": [("A", 8, 8)]}, "half = people / 2")])
    assert spans(found)["half"] == (4, 4)


def test_fractions_are_rounded_inward_and_said() -> None:
    found = balance_of([balance({"pairs": [], "people": [("A", 3, 9)]}, "2 * pairs = people")])
    assert spans(found)["pairs"] == (2, 4)
    assert found.counts["pairs"].lo.is_rounded


def test_a_count_that_no_whole_number_meets_is_a_conflict() -> None:
    found = balance_of([balance({"pairs": [], "people": [("A", 3, 3)]}, "2 * pairs = people")])
    assert [clash.counts for clash in found.clashes] == [("people",)]


def test_two_who_disagree_are_both_kept_and_told() -> None:
    found = balance_of(
        [balance({"women": [("A", 8, 8), ("B", 9, 9)], "men": [("A", 1, 1)], "all": []}, "all = women + men")]
    )
    assert (spans(found)["women"], spans(found)["all"]) == ((8, 9), (9, 10))
    assert [clash.sources for clash in found.clashes] == [("A", "B")]
    assert spans_without([balance({"women": [("A", 8, 8), ("B", 9, 9)]})], "B")["women"] == (8, 8)


def test_what_disagrees_only_across_counts_is_found_and_spanned() -> None:
    found = balance_of(
        [
            balance(
                {"of": [("A", 238, 238)], "one": [("B", 130, 130)], "two": [("C", 120, 120)]},
                "of = one + two",
            )
        ]
    )
    (clash,) = found.clashes
    assert (clash.sources, [each.id for each in clash.equations]) == (("A", "B", "C"), ["small/e1"])
    assert spans(found) == {"of": (238, 250), "one": (118, 130), "two": (108, 120)}
    assert found.n_ways == 3


def test_where_there_are_too_many_ways_all_that_conflicts_is_left_out_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said: dict[str, list[Said]] = {
        "of": [("A", 238, 238)],
        "one": [("B", 130, 130)],
        "two": [("C", 120, 120)],
    }
    monkeypatch.setattr(conflicts, "_MOST_WAYS", 2)
    found = balance_of([balance(said, "of = one + two")])
    assert spans(found) == {"of": (0, None), "one": (0, None), "two": (0, None)}


def test_what_propagates_without_end_is_sound_and_left_to_the_program() -> None:
    """a is at most half of b, and b at most a: both are 0, which halving never reaches."""
    rows = [
        Constraint(id="half", factors=(("a", Fraction(2)), ("b", Fraction(-1))), lo=None, hi=Fraction(0)),
        Constraint(id="most", factors=(("b", Fraction(1)), ("a", Fraction(-1))), lo=None, hi=Fraction(0)),
        Constraint(id="said", factors=(("b", Fraction(1)),), lo=None, hi=Fraction(1000)),
    ]
    box = propagated(["a", "b"], rows)
    assert [(lo, hi is not None and 0 < hi < 1000) for lo, hi in box.values()] == [(0, True), (0, True)]
    assert spans_of(["a", "b"], rows, ["a", "b"]) == {"a": (0, 0), "b": (0, 0)}


def test_what_is_not_proved_in_fractions_is_not_claimed() -> None:
    """Multipliers of 1/10007 are none of the small fractions that proofs are made of."""

    def at_least(n: int, factor: int) -> Constraint:
        return Constraint(id="least", factors=(("a", Fraction(factor)),), lo=Fraction(n * factor), hi=None)

    most = Constraint(id="most", factors=(("a", Fraction(1)),), lo=None, hi=Fraction(4))
    assert [each.id for each in refuting(["a"], [at_least(5, 1), most])] == ["least", "most"]
    assert refuting(["a"], [at_least(5, 10_007), most]) == []
    for factor in (1, 10_007):
        ((low, _),) = bounds_of(["a"], [at_least(5, factor)], ["a"]).values()
        assert (low.value, low.rests_on) == (5, ("least",))


def test_sums_show_which_side_of_a_disagreement_they_contradict() -> None:
    said: dict[str, list[Said]] = {
        "act": [("A", 137, 137), ("B", 251, None)],
        "all": [("C", 238, 238)],
        "title": [("C", 101, 101)],
    }
    found = balance_of([balance(said, "all = act + title")])
    assert sorted(sorted(clash.sources) for clash in found.clashes) == [["A", "B"], ["B", "C"]]
    assert spans(found)["act"] == (137, 137)


def test_what_is_not_believed_has_no_part() -> None:
    one = balance({"women": [("A", 8, 8), ("B", 9, 9)]})
    assert spans(balance_of([one], Trust(without=("B",)))) == {"women": (8, 8)}
    assert spans(balance_of([one], Trust(evidence=("court",)))) == {"women": (0, None)}


@pytest.mark.parametrize(
    ("holds", "words"),
    [
        ("a = b * c", "multiplies two counts"),
        ("a + b", "two sides"),
        ("a = __import__('os')", "+ - * / min max"),
        ("a = b ** 2", "+ - * / min max"),
        ("a = a", "cancel each other"),
        ("a = b / 0", "other than zero"),
        ("a = 1 / b", "other than zero"),
        ("a = min(b, c)", "is not a sum of counts"),
    ],
)
def test_an_equation_is_confined_to_sums(holds: str, words: str) -> None:
    with pytest.raises(AuthoredError, match=r"small\.toml line \d+: .*\. [A-Z]") as refused:
        balance({"a": [], "b": [], "c": []}, holds)
    assert words in str(refused.value)


def test_counts_that_no_file_has_are_named_with_file_and_line() -> None:
    with pytest.raises(
        AuthoredError, match=r"small\.toml line \d+: `a = z` names `z`, which is not the id of a count"
    ):
        check_balances((balance({"a": []}, "a = z"),))


NAMES = ("a", "b", "c", "d")
EQUATIONS = ("a = b + c", "d <= b", "a = 2 * d + c", "c >= d", "a + d = b + 3")


@st.composite
def drawn(draw: st.DrawFn) -> tuple[dict[str, list[Said]], list[str]]:
    said: dict[str, list[Said]] = {}
    for name in NAMES:
        said[name] = []
        for number in range(draw(st.integers(0, 2))):
            lo = draw(st.integers(0, 12))
            said[name].append(
                (
                    f"{name}{number}",
                    draw(st.sampled_from([lo, None])),
                    draw(st.sampled_from([lo, lo + draw(st.integers(0, 4))])),
                )
            )
    return said, draw(st.lists(st.sampled_from(EQUATIONS), unique=True, max_size=4))


@settings(deadline=None, max_examples=draws(25, 500))
@given(drawn(), st.integers(0, 10), st.integers(1, 5))
def test_widening_a_statement_never_narrows_a_bound_where_all_agree(
    case: tuple[dict[str, list[Said]], list[str]], which: int, by: int
) -> None:
    said, equations = case
    before = balance_of([balance(said, *equations)])
    flat = [(name, number) for name, each in said.items() for number in range(len(each))]
    if before.clashes or not flat:
        return
    name, number = flat[which % len(flat)]
    who, lo, hi = said[name][number]
    wider = {
        **said,
        name: [
            (
                (who, None if lo is None else max(0, lo - by), None if hi is None else hi + by)
                if at == number
                else each
            )
            for at, each in enumerate(said[name])
        ],
    }
    after = spans(balance_of([balance(wider, *equations)]))
    for count, (lo_before, hi_before) in spans(before).items():
        lo_after, hi_after = after[count]
        assert (lo_after or 0) <= (lo_before or 0)
        assert hi_after is None or (hi_before is not None and hi_after >= hi_before)


@settings(deadline=None, max_examples=draws(25, 500))
@given(drawn())
def test_every_conflict_is_one_and_is_minimal(case: tuple[dict[str, list[Said]], list[str]]) -> None:
    said, equations = case
    found = balance_of([balance(said, *equations)])
    for clash in found.clashes:
        if (
            any(
                found.counts[name].is_disputed and [each.count for each in clash.statements].count(name) > 1
                for name in clash.counts
            )
            and clash.equations
        ):
            continue  # a disputed count stands in it as one
        members = [
            *(
                Constraint(
                    id=each.id,
                    factors=((each.count, Fraction(1)),),
                    lo=_fraction(each.lo),
                    hi=_fraction(each.hi),
                )
                for each in clash.statements
            ),
            *(
                Constraint(id=each.id, factors=each.factors, lo=each.lo, hi=each.hi)
                for each in clash.equations
            ),
        ]
        whole_only = any(
            each.lo.value is not None and each.hi.value is not None and each.lo.value > each.hi.value
            for each in found.counts.values()
        )
        assert refuting(NAMES, members) or whole_only
        for one in members:
            assert not refuting(NAMES, [each for each in members if each is not one])


@settings(deadline=None, max_examples=draws(25, 500))
@given(drawn())
def test_bounds_hold_every_whole_solution(case: tuple[dict[str, list[Said]], list[str]]) -> None:
    said, equations = case
    found = balance_of([balance(said, *equations)])
    if found.clashes:
        return
    bounds = spans(found)
    values = [[value for value in range(17) if _says(said[name], value)] for name in NAMES]
    for solution in product(*values):
        if _solves(*solution, equations):
            assert all(
                (lo or 0) <= value and (hi is None or value <= hi)
                for value, (lo, hi) in zip(solution, (bounds[name] for name in NAMES), strict=True)
            )


def _says(said: list[Said], value: int) -> bool:
    """Whether a value is within all that is said of a count."""
    return all((lo is None or lo <= value) and (hi is None or value <= hi) for _, lo, hi in said)


def _solves(a: int, b: int, c: int, d: int, equations: list[str]) -> bool:
    truth = {
        "a = b + c": a == b + c,
        "d <= b": d <= b,
        "a = 2 * d + c": a == 2 * d + c,
        "c >= d": c >= d,
        "a + d = b + 3": a + d == b + 3,
    }
    return all(truth[each] for each in equations)


def _fraction(value: int | None) -> Fraction | None:
    return None if value is None else Fraction(value)


def test_conflicts_of_counts_that_nothing_ties_together_are_settled_by_themselves_and_too_many_at_once() -> (
    None
):
    said: dict[str, list[Said]] = {}
    for number in range(6):
        said |= {f"a{number}": [("A", 10, 10)], f"b{number}": [("B", 4, 4)], f"c{number}": [("C", 5, 5)]}
    sums = [f"a{number} = b{number} + c{number}" for number in range(6)]
    apart = balance_of([balance(said, *sums)])
    assert (len(apart.clashes), spans(apart)["a0"], apart.left_out_at_once) == (6, (9, 10), False)
    tied = balance_of(
        [balance({**said, "t": []}, *sums, "t = " + " + ".join(f"a{number}" for number in range(6)))]
    )
    assert (len(tied.clashes), spans(tied)["a0"], tied.left_out_at_once) == (6, (0, None), True)


COUNTED = """
id = "small"
title = "Small"
title_es = "Pequeño"

[[count]]
id = "held"
what = "held"
what_es = "retenidas"
of = "2025-03-15"

[[count.said]]
lo = 3
by = "a clerk"
evidence = "press"
seen = ["https://example.org"]
dated = "2025-03-15"

[[equation]]
id = "e"
holds = "held = 3"
because = "so it is"
because_es = "así es"
by = "us"
"""


@pytest.mark.parametrize(
    ("right", "wrong", "words"),
    [
        ('id = "held"', 'id = "Held"', "the id `Held` may hold only small letters, digits and `_`"),
        ('of = "2025-03-15"', 'of = " "', "`held` lacks its unit, or its day or period"),
        ("lo = 3\n", "", "what a clerk says of `held` has no number"),
        ("lo = 3\n", "lo = 3\nvalue = 3\n", "has both `value` and `lo` or `hi`"),
        ("lo = 3\n", "lo = 3\nhi = 2\n", "(3, 2) is below 0, or `lo` is above `hi`"),
        ('because = "so it is"', 'because = ""', "`because` or `by` is blank"),
    ],
)
def test_a_mistake_in_a_balance_is_named_with_file_and_line(right: str, wrong: str, words: str) -> None:
    with pytest.raises(AuthoredError, match=r"^b\.toml line \d+: ") as refused:
        read_balance(COUNTED.replace(right, wrong, 1), file="b.toml")
    assert words in str(refused.value)
