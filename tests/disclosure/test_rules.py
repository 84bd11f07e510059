"""What is shown of a count by itself, what readers know of it then, and which profiles are refused."""

from __future__ import annotations

import itertools

import msgspec
import pytest

from paradero.disclosure.cells import Cell, Condition, Fact, Why, in_words, region_of
from paradero.disclosure.profiles import Profile, profile_of, profiles
from paradero.model.errors import ParaderoError, UnknownName

PRIVATE = profile_of("private")


@pytest.mark.parametrize(
    ("count", "shown"),
    [(8, 10), (9, 10), (10, 10), (12, 10), (13, 15), (17, 15), (18, 20), (22, 20), (23, 25), (1002, 1000)],
)
def test_what_is_above_the_threshold_is_rounded_to_the_nearest_five(count: int, shown: int) -> None:
    assert not PRIVATE.is_small(count)
    assert PRIVATE.rounded(count) == shown


@pytest.mark.parametrize("count", range(8))
def test_zero_to_seven_are_withheld_alike(count: int) -> None:
    assert PRIVATE.is_small(count)


@pytest.mark.parametrize("count", range(8, 200))
def test_what_readers_know_of_a_rounded_count_is_every_count_that_is_shown_so(count: int) -> None:
    shown = PRIVATE.rounded(count)
    alike = [other for other in range(8, 300) if PRIVATE.rounded(other) == shown]
    assert PRIVATE.known_of(shown) == (min(alike), max(alike))
    assert max(alike) - min(alike) >= PRIVATE.protection


def test_the_default_is_seven_then_five_and_lets_no_rows_out() -> None:
    assert (PRIVATE.threshold, PRIVATE.base, PRIVATE.protection) == (7, 5, 4)
    assert PRIVATE.gated
    assert not PRIVATE.rows


def test_readers_are_taken_to_know_which_withheld_cells_are_small() -> None:
    region = region_of([Condition("sex", ("F",))])
    small = Cell(region=region, shown=None, why=Why.SMALL)
    protecting = Cell(region=region, shown=None, why=Why.PROTECTS, protects="x")
    assert PRIVATE.fact_of(small) == Fact(region=region, lo=0, hi=7)
    assert PRIVATE.fact_of(protecting) == Fact(region=region, lo=8, hi=None)
    with pytest.raises(ParaderoError, match="shows nothing"):
        PRIVATE.fact_of(Cell(region=region, shown=None, why=Why.ROUNDED))


@pytest.mark.parametrize(
    "changed",
    [{"protection": 5}, {"protection": 0}, {"base": 1}, {"base": 0}, {"threshold": -1}, {"base": 3}],
)
def test_a_profile_that_cannot_hold_what_it_promises_is_refused(changed: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="must be"):
        msgspec.structs.replace(PRIVATE, **changed)


@pytest.mark.parametrize("name", ["private", "public", "court"])
def test_every_profile_says_in_both_languages_what_it_does_and_what_is_off(name: str) -> None:
    profile = profiles()[name]
    assert len({profile.said("en"), profile.said("es"), profile.name, profile.name_es}) >= 3
    assert "Off: " in profile.said("en")
    assert "Desactivado: " in profile.said("es")


def test_an_unknown_profile_is_refused_with_near_names() -> None:
    with pytest.raises(UnknownName, match="private"):
        profile_of("privat")


def test_equal_cells_are_equal_whatever_order_they_are_written_in() -> None:
    conditions = [Condition("a", ("2", None, "1")), Condition("b", ("x",), True)]
    same = [Condition("b", ("x",), True), Condition("a", ("1", "2", None))]
    assert region_of(conditions) == region_of(same)
    assert in_words(region_of(same)) == "a = 1 or 2 or (not recorded), b but x"
    assert in_words(()) == "all"


def test_a_condition_or_its_opposite_admits_every_value() -> None:
    for values, value in itertools.product([("x",), ("x", None), (None,)], ["x", "y", None]):
        assert Condition("c", values).admits(value) is not Condition("c", values, True).admits(value)


def test_no_profile_file_is_left_out() -> None:
    assert {"private", "public", "court"} <= set(profiles())
    assert all(isinstance(each, Profile) for each in profiles().values())
