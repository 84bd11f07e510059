"""What is said of moments is as sharp as the bounds allow, is never undone by widening them, and is the same
in Python, DuckDB and Spark.
"""

import inspect
import itertools
import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paradero.engines.duckdb import connect
from paradero.model.time.comparisons import (
    after,
    before,
    during,
    elapsed,
    longer_than,
    not_after,
    not_before,
    overlaps,
    same_instant,
)

FAR = 12  # bounds drawn are 0 to 5: an unbounded side can lie beyond all of them
FACTS: dict[Callable[..., bool | None], Callable[..., bool]] = {
    before: lambda a, b: a < b,
    after: lambda a, b: a > b,
    not_after: lambda a, b: a <= b,
    not_before: lambda a, b: a >= b,
    same_instant: lambda a, b: a == b,
    during: lambda m, begin, end: begin <= m < end,
    overlaps: lambda a_begin, a_end, b_begin, b_end: a_begin < b_end and b_begin < a_end,
}
MOMENTS_OF = {operation: len(inspect.signature(operation).parameters) for operation in FACTS}


@dataclass(frozen=True)
class Span:
    """Bounds and nothing else."""

    lo: int | None
    hi: int | None

    def instants(self) -> range:
        return range(-FAR if self.lo is None else self.lo, (FAR if self.hi is None else self.hi) + 1)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    lo, hi = sorted((draw(st.integers(0, 5)), draw(st.integers(0, 5))))
    return Span(lo if draw(st.integers(0, 5)) else None, hi if draw(st.integers(0, 5)) else None)


def answer(truths: set[bool]) -> bool | None:
    return truths.pop() if len(truths) == 1 else None


@pytest.mark.parametrize("operation", FACTS, ids=lambda operation: operation.__name__)
@settings(max_examples=60, deadline=None, derandomize=True)
@given(given_spans=st.tuples(spans(), spans(), spans(), spans()))
def test_true_where_it_always_holds_and_false_where_it_never_does(
    operation: Callable[..., bool | None], given_spans: tuple[Span, ...]
) -> None:
    some = given_spans[: MOMENTS_OF[operation]]
    ends = [
        sorted(
            {
                *span.instants()[:2],
                *span.instants()[-2:],
                *(at for at in range(-1, 7) if at in span.instants()),
            }
        )
        for span in some
    ]
    assert operation(*some) == answer({FACTS[operation](*instants) for instants in itertools.product(*ends)})


@settings(max_examples=300, deadline=None, derandomize=True)
@given(a=spans(), b=spans(), limit=st.integers(-6, 6))
def test_elapsed_spans_every_difference_and_longer_than_follows(a: Span, b: Span, limit: int) -> None:
    differences = {y - x for x in a.instants() for y in b.instants()}
    least, greatest = elapsed(a, b)
    assert least == (None if b.lo is None or a.hi is None else min(differences))
    assert greatest == (None if b.hi is None or a.lo is None else max(differences))
    assert longer_than(a, b, limit) == answer({difference > limit for difference in differences})
    assert longer_than(a, b, None) is None


@pytest.mark.parametrize("operation", FACTS, ids=lambda operation: operation.__name__)
@settings(max_examples=100, deadline=None, derandomize=True)
@given(
    given_spans=st.tuples(spans(), spans(), spans(), spans()),
    which=st.integers(0, 3),
    lower=st.integers(0, 3),
    higher=st.integers(0, 3),
)
def test_widening_turns_an_answer_only_into_none(
    operation: Callable[..., bool | None], given_spans: tuple[Span, ...], which: int, lower: int, higher: int
) -> None:
    some = list(given_spans[: MOMENTS_OF[operation]])
    narrow = operation(*some)
    one = some[which % len(some)]
    some[which % len(some)] = Span(
        None if one.lo is None or lower == 3 else one.lo - lower,
        None if one.hi is None or higher == 3 else one.hi + higher,
    )
    assert operation(*some) in (narrow, None)


def test_what_is_missing_is_never_taken_for_anything() -> None:
    nothing, instant = Span(None, None), Span(0, 0)
    for operation, count in MOMENTS_OF.items():
        assert operation(*[nothing] * count) is None
    assert before(instant, Span(None, 9)) is None
    assert before(instant, Span(1, None)) is True
    assert elapsed(nothing, instant) == (None, None)


# The same in steps

TWO = "a_lo, a_hi, b_lo, b_hi"
FOUR = f"{TWO}, c_lo, c_hi, d_lo, d_hi"
IN_STEPS: dict[str, Callable[[Any], Any]] = {  # of four spans and a limit
    f"before({TWO})": lambda row: before(*row[:2]),
    f"after({TWO})": lambda row: after(*row[:2]),
    f"not_after({TWO})": lambda row: not_after(*row[:2]),
    f"not_before({TWO})": lambda row: not_before(*row[:2]),
    f"same_instant({TWO})": lambda row: same_instant(*row[:2]),
    f"elapsed_lo({TWO})": lambda row: elapsed(*row[:2])[0],
    f"elapsed_hi({TWO})": lambda row: elapsed(*row[:2])[1],
    f"longer_than({TWO}, most)": lambda row: longer_than(*row[:2], row[4]),
    "during(a_lo, a_hi, b_lo, b_hi, c_lo, c_hi)": lambda row: during(*row[:3]),
    f"periods_overlap({FOUR})": lambda row: overlaps(*row[:4]),
}
LIKELY = (range(4), range(1_742_000_000_000_000, 1_742_000_000_000_003), (-(2**61), -1, 2**61))


def drawn(count: int) -> list[tuple[Any, ...]]:
    """Draw rows of four moments and a limit, bounds often equal and often missing."""
    chance = random.Random(15)

    def moment() -> tuple[int | None, int | None]:
        among = chance.choice(LIKELY)
        lo, hi = sorted((chance.choice(among), chance.choice(among)))
        return (lo if chance.random() < 0.85 else None, hi if chance.random() < 0.85 else None)

    return [
        (*(bound for _ in range(4) for bound in moment()), chance.choice([None, *range(-2, 4)]))
        for _ in range(count)
    ]


@pytest.mark.xdist_group("spark")
def test_python_duckdb_and_spark_agree(spark: Any, tmp_path: Path) -> None:
    names = ["i", *(f"{letter}_{side}" for letter in "abcd" for side in ("lo", "hi")), "most"]
    rows = [(number, *row) for number, row in enumerate(drawn(5_000))]
    schema = pa.schema([(name, pa.int64()) for name in names])
    pq.write_table(
        pa.Table.from_pylist([dict(zip(names, row, strict=True)) for row in rows], schema=schema),
        tmp_path / "moments.parquet",
    )
    spans_of = [(*(Span(*row[at : at + 2]) for at in (1, 3, 5, 7)), row[9]) for row in rows]
    expected = [tuple(said(row) for said in IN_STEPS.values()) for row in spans_of]
    query = f"SELECT {', '.join(IN_STEPS)} FROM moments ORDER BY i NULLS LAST"
    connection = connect()
    connection.read_parquet(str(tmp_path / "moments.parquet")).create_view("moments")
    assert connection.execute(query).fetchall() == expected
    connection.close()
    spark.session.read.parquet(str(tmp_path / "moments.parquet")).createOrReplaceTempView("moments")
    assert [tuple(row) for row in spark.session.sql(query).collect()] == expected
    assert all(
        {row[column] for row in expected} == {True, False, None} for column in (0, 1, 2, 3, 4, 7, 8, 9)
    )
