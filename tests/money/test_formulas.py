"""Formulas are confined, their units checked, and their bounds hold every value that inputs within bounds can
give.
"""

from __future__ import annotations

from fractions import Fraction
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paradero.model.formulas import FormulaError, Node, exact, parse_formula, unit_of
from paradero.model.ranges import Interval, bounded, range_of, value_at
from paradero.model.units import UnitError, parse_unit


def spans(text: str, **box: tuple[float | None, float | None]) -> tuple[object, object, bool]:
    ends = {
        name: bounded(*(None if end is None else exact(end) for end in each)) for name, each in box.items()
    }
    found = range_of(parse_formula(text), ends)
    return found.interval.lo, found.interval.hi, found.is_exact


@pytest.mark.parametrize(
    ("text", "box", "expected"),
    [
        ("x - x", {"x": (1, 9)}, (0, 0, True)),  # the same number on both sides, not two
        ("x / (x + 1)", {"x": (1, 3)}, (Fraction(1, 2), Fraction(3, 4), True)),
        (
            "n * rate * days - paid",
            {"n": (238, 238), "rate": (164.65, 187.48), "days": (124, 125), "paid": (4_760_000, 6_000_000)},
            (exact(-1140849.2), 817530, True),
        ),
        ("min(x, 5) + max(x, 5)", {"x": (4, 7)}, (9, 12, True)),
        ("paid / people", {"paid": (4, None), "people": (2, 4)}, (1, inf, True)),
        ("a - b", {"a": (None, 3), "b": (1, 2)}, (-inf, 2, True)),
    ],
)
def test_bounds_of_formulas(
    text: str, box: dict[str, tuple[float | None, float | None]], expected: tuple[object, object, bool]
) -> None:
    assert spans(text, **box) == expected


def test_an_extreme_inside_is_held_though_not_reached() -> None:
    lo, hi, is_exact = spans("x * x - x", x=(0, 1.1))
    assert (lo <= Fraction(-1, 4), lo > Fraction(-1, 3), hi >= exact(0.11), is_exact) == (
        True,
        True,
        True,
        False,
    )  # type: ignore[operator]


def test_a_divisor_that_can_be_zero_is_refused() -> None:
    with pytest.raises(FormulaError, match="divisor `b` may be zero"):
        spans("a / b", a=(1, 2), b=(-1, 1))


@pytest.mark.parametrize(
    ("text", "bounds", "is_exact"),
    [
        ("-a", (-2, -1), True),
        ("a - w", (-inf, inf), True),
        ("w * v", (-inf, inf), False),
        ("-w * a", (-inf, inf), True),
    ],
)
def test_where_nothing_bounds_an_input_nothing_bounds_the_result(
    text: str, bounds: tuple[object, object], is_exact: bool
) -> None:
    wide = Interval(-inf, inf)
    found = range_of(parse_formula(text), {"a": Interval(Fraction(1), Fraction(2)), "w": wide, "v": wide})
    assert ((found.interval.lo, found.interval.hi), found.is_exact) == (bounds, is_exact)


@pytest.mark.parametrize(
    "text",
    [
        "a ** 2",
        "not a",
        "a if b else c",
        "f(a)",
        "a.b",
        "[a]",
        "'a'",
        "a; b",
        "1e999 * a",
        "lambda: a",
        "min()",
        "True",
        "a" * 3000,
        "(1 + " * 200 + "a" + ")" * 200,
    ],
)
def test_a_formula_is_confined(text: str) -> None:
    with pytest.raises(FormulaError, match=r"`.*\. [A-Z]|letters|deeper|finite"):
        parse_formula(text)


def test_units_follow_and_must_fit() -> None:
    units = {
        "bed": parse_unit("USD/person/day"),
        "year": parse_unit("day/year"),
        "people": parse_unit("people"),
        "paid": parse_unit("USD"),
    }
    assert str(unit_of(parse_formula("bed * year"), units)) == "USD/person/year"
    assert str(unit_of(parse_formula("paid / people"), units)) == "USD/person"
    assert str(parse_unit("person*day")) == "person*day"
    with pytest.raises(
        FormulaError, match=r"the two sides of `-` have different units: USD/day in .*, USD in `paid`"
    ):
        unit_of(parse_formula("people * bed - paid"), units)
    with pytest.raises(UnitError, match="is not a unit"):
        parse_unit("USD//day")


@st.composite
def formulas(draw: st.DrawFn, depth: int = 3) -> str:
    kind = draw(st.integers(0, 6)) if depth else draw(st.integers(0, 1))
    if kind == 0:
        return str(draw(st.integers(1, 9)))
    if kind == 1:
        return draw(st.sampled_from("xyz"))
    left, right = draw(formulas(depth=depth - 1)), draw(formulas(depth=depth - 1))
    return {
        2: f"({left} + {right})",
        3: f"({left} - {right})",
        4: f"({left} * {right})",
        5: f"min({left}, {right})",
        6: f"({left} / (1 + {right}))",
    }[kind]


@settings(deadline=None, max_examples=150)
@given(
    formulas(),
    st.lists(st.tuples(st.integers(-4, 8), st.integers(0, 5)), min_size=3, max_size=3),
    st.lists(st.lists(st.integers(0, 6), min_size=3, max_size=3), min_size=5, max_size=5),
)
def test_bounds_hold_every_sampled_value_and_wider_inputs_never_narrow_them(
    text: str, ends: list[tuple[int, int]], samples: list[list[int]]
) -> None:
    formula = parse_formula(text)
    box = {
        name: Interval(Fraction(lo), Fraction(lo + width))
        for name, (lo, width) in zip("xyz", ends, strict=True)
    }
    try:
        found = range_of(formula, box)
    except FormulaError:
        return
    for sample in samples:
        values = {
            name: box[name].lo + (box[name].hi - box[name].lo) * Fraction(part, 6)
            for name, part in zip("xyz", sample, strict=True)
        }
        assert found.interval.holds(value_at(formula, values))
    narrower = {**box, "x": Interval(box["x"].lo, (box["x"].lo + box["x"].hi) / 2)}
    if found.is_exact and range_of(formula, narrower).is_exact:
        assert range_of(formula, narrower).interval.within(found.interval)


def test_what_was_written_is_what_is_counted() -> None:
    assert exact(164.65) == Fraction(16465, 100)
    assert value_at(
        Node("*", (Node("number", number=exact(164.65)), Node("number", number=Fraction(365)))), {}
    ) == Fraction(6009725, 100)
