"""Known tables: what is withheld beside the small cells, what is refused, and that nothing is withheld for
nothing.
"""

from __future__ import annotations

import pytest

from paradero.disclosure.cells import Cell, Condition, Dimension, Fact, Region, State, Why, region_of
from paradero.disclosure.profiles import profile_of
from paradero.disclosure.suppressing import Counted, Wanted, decided
from paradero.disclosure.unknowns import parts
from paradero.disclosure.unknowns.equations import NotChecked

PRIVATE = profile_of("private")
SEX = Dimension(column="sex", values=("F", "M"), parts=True, listed=True)
PLACE = Dimension(column="place", values=("a", "b", "c"), parts=True, listed=True)
MANY = Dimension(column="place", values=("a", "b", "c"), parts=False, listed=True)


def cell(**values: str) -> Region:
    return region_of(Condition(column, (value,)) for column, value in values.items())


def but(column: str, value: str) -> Region:
    return (Condition(column, (value,), True),)


def wanted(
    counts: dict[Region, int], *dimensions: Dimension, earlier: tuple[State, ...] = (), at: int | None = None
) -> Wanted:
    cells = tuple(Counted(region=region, count=count) for region, count in counts.items())
    return Wanted(
        earlier=earlier, at=len(earlier) if at is None else at, dimensions=dimensions, cells=cells, bound={}
    )


def shown(counts: dict[Region, int], *dimensions: Dimension) -> dict[Region, int | None]:
    return {one.region: one.shown for one in decided(wanted(counts, *dimensions), PRIVATE)}


def state(facts: dict[Region, tuple[int, int | None]], *dimensions: Dimension) -> State:
    return State(
        dimensions=dimensions,
        facts=tuple(Fact(region=region, lo=lo, hi=hi) for region, (lo, hi) in facts.items()),
    )


def test_a_table_alone_needs_no_more_than_its_small_cells() -> None:
    counts = {cell(place="a"): 40, cell(place="b"): 9, cell(place="c"): 3}
    assert list(shown(counts, PLACE).values()) == [40, 10, None]


def test_a_total_that_leaves_one_person_open_is_not_published_beside_the_parts() -> None:
    """46 people: 38 and 8; the third count can only be 0 or 1 beside a total of 45 (43 to 47)."""
    counts = {(): 46, cell(place="a"): 38, cell(place="b"): 8, cell(place="c"): 0}
    found = shown(counts, PLACE)
    assert found[cell(place="c")] is None
    assert sum(value is None for value in found.values()) == 2


def test_what_is_out_cannot_be_withdrawn_and_the_new_table_gives_way() -> None:
    before = state({(): (43, 47)})
    counts = {cell(place="a"): 38, cell(place="b"): 8, cell(place="c"): 0}
    found = decided(wanted(counts, PLACE, earlier=(before,), at=0), PRIVATE)
    assert [one.why for one in found] == [Why.PROTECTS, Why.ROUNDED, Why.SMALL]


@pytest.mark.parametrize(("is_listed", "second"), [(False, 45), (True, None)])
def test_all_but_one_group_is_a_difference_that_is_known(is_listed: bool, second: int | None) -> None:
    """43 to 47 people and 43 to 47 of them not F leave 0 to 4 of F; where F is listed, 1 to 4: too close."""
    sex = Dimension(column="sex", values=("F", "M"), parts=True, listed=is_listed)
    assert shown({(): 47, but("sex", "F"): 43}, sex) == {(): 45, but("sex", "F"): second}


def test_all_but_one_group_and_the_one_are_parts_of_all() -> None:
    """52 to 55 in all, of whom 43 to 47 are not F, leave 5 of F at least, and 7 are the most."""
    before = state({but("sex", "F"): (43, 47), (): (52, 55)}, SEX)
    with pytest.raises(NotChecked, match="Nothing is published"):
        decided(wanted({cell(sex="F"): 7}, SEX, earlier=(before,), at=0), PRIVATE)


def test_where_nothing_new_can_be_withheld_all_is_refused_and_the_clash_is_named() -> None:
    before = state({cell(place="a"): (38, 42), cell(place="b"): (8, 12), cell(place="c"): (0, 1)}, PLACE)
    with pytest.raises(NotChecked, match=r"Already published, and in its way: .*place = c"):
        decided(wanted({cell(place="a", sex="F"): 20}, PLACE, SEX, earlier=(before,), at=0), PRIVATE)


def test_people_in_several_places_are_no_parts_of_all_people() -> None:
    """20 people, each place has at most all of them: 3 + 20 + 20 tells nothing, were they parts it would."""
    counts = {(): 20, cell(place="a"): 20, cell(place="b"): 20, cell(place="c"): 3}
    assert list(shown(counts, MANY).values()) == [20, 20, 20, None]


@pytest.mark.parametrize(("people", "is_open"), [(64, True), (65, False)])
def test_every_person_is_in_some_place(people: int, is_open: bool) -> None:
    """Of at least 65 people at most 54 are in a and 7 in b: the other 4 are in c, where 7 are at most."""
    facts = {(): (people, people + 4), cell(place="a"): (50, 54), cell(place="b"): (0, 7)}
    asked = wanted({cell(place="c"): 7}, MANY, earlier=(state(facts, MANY),), at=0)
    if is_open:
        assert decided(asked, PRIVATE)[0].shown is None
    else:
        with pytest.raises(NotChecked, match="Nothing is published"):
            decided(asked, PRIVATE)


def test_all_but_one_place_is_refused_where_a_person_may_be_in_several() -> None:
    with pytest.raises(NotChecked, match="may have several values of `place`"):
        decided(wanted({but("place", "a"): 30}, MANY), PRIVATE)


def test_combinations_that_cannot_be_held_together_are_refused() -> None:
    other = Dimension(column="reason", values=("x", "y"), parts=False, listed=True)
    counts = {cell(place="a"): 20, cell(reason="x"): 20, cell(place="a", reason="x"): 15}
    with pytest.raises(NotChecked, match="cannot be held against each other"):
        decided(wanted(counts, MANY, other), PRIVATE)
    nested = {cell(place="a"): 20, cell(place="a", reason="x"): 15}
    assert list(shown(nested, MANY, other).values()) == [20, 15]


def test_a_change_from_state_to_state_is_protected() -> None:
    """Nobody was taken out: 12 stays 12 or more, so a count of 10 after it says 12 exactly."""
    before = state({cell(place="a"): (12, 16)}, PLACE)
    found = decided(wanted({cell(place="a"): 12}, PLACE, earlier=(before,)), PRIVATE)
    assert found[0] == Cell(region=cell(place="a"), shown=None, why=Why.PROTECTS, protects=found[0].protects)


def test_a_release_that_lost_people_is_held_against_the_earlier_one_without_growth() -> None:
    before = state({cell(place="a"): (43, 47)}, PLACE)
    found = decided(wanted({cell(place="a"): 20}, PLACE, earlier=(before,)), PRIVATE)
    assert found[0].shown == 20


def test_a_column_that_parts_people_in_one_state_only_is_refused() -> None:
    before = state({cell(place="a"): (43, 47)}, PLACE)
    with pytest.raises(NotChecked, match="`place`"):
        decided(wanted({cell(place="a"): 50}, MANY, earlier=(before,)), PRIVATE)


def test_too_many_cells_to_check_are_refused_not_published(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "MOST_UNKNOWNS", 2)
    with pytest.raises(NotChecked, match="too many to check"):
        decided(wanted({cell(place="a"): 20, cell(place="b"): 20, cell(place="c"): 20}, PLACE), PRIVATE)


def test_the_same_again_is_decided_the_same() -> None:
    counts = {(): 46, cell(place="a"): 38, cell(place="b"): 8, cell(place="c"): 0}
    assert decided(wanted(counts, PLACE), PRIVATE) == decided(wanted(counts, PLACE), PRIVATE)


def test_what_was_withheld_before_in_the_same_state_stays_withheld() -> None:
    region = cell(place="a")
    before = Cell(region=region, shown=None, why=Why.PROTECTS, protects="place = c")
    asked = Wanted(
        earlier=(state({region: (8, None)}, PLACE),),
        at=0,
        dimensions=(PLACE,),
        cells=(Counted(region=region, count=40),),
        bound={region: before},
    )
    assert decided(asked, PRIVATE) == (before,)


def test_many_rows_of_few_people_are_withheld() -> None:
    asked = Wanted(
        earlier=(),
        at=0,
        dimensions=(PLACE,),
        cells=(
            Counted(region=cell(place="a"), count=40, people=7),
            Counted(region=cell(place="b"), count=40, people=8),
        ),
        bound={},
    )
    assert [(one.why, one.shown) for one in decided(asked, PRIVATE)] == [(Why.FEW, None), (Why.ROUNDED, 40)]
