"""Constraints on moments: as tight as Floyd and Warshall's method makes them, conflicts that are minimal, and
who says what.
"""

import random
import time
from collections.abc import Iterable
from dataclasses import replace

import pytest
from attack.scale import sampled
from hypothesis import given, settings
from hypothesis import strategies as st

from paradero.model.time.constraints import (
    RECORDED,
    Assertion,
    Change,
    Comparison,
    Conflict,
    Side,
    Tightened,
    at,
    conflicts,
    tighten,
    trusting,
    without,
)
from paradero.model.time.moments import Missing, Moment, MomentError, Precision, Reason, unknown
from paradero.model.time.reading import parse_moment

NOTHING = unknown(Reason.NOT_RECORDED)
SOURCES = ("tower", "tracker", "filing")
MINUTE = 60_000_000


def said(
    number: int, of: str, since: str | None, lo: int | None, hi: int | None, says: str = "tower"
) -> Assertion:
    return Assertion(
        id=f"a{number}", says=says, citation=f"page {number}", of=of, since=since, lo_us=lo, hi_us=hi
    )


def bounded(lo: int | None, hi: int | None) -> Moment:
    missing = Missing(reason=Reason.WITHHELD, words="b(6)")
    return Moment(
        lo=lo,
        hi=hi,
        precision=Precision.DAY,
        lo_why_missing=None if lo is not None else missing,
        hi_why_missing=None if hi is not None else missing,
    )


# The oracle: all pairs of moments and the origin, in plain numbers


def oracle(
    names: list[str], assertions: Iterable[Assertion]
) -> dict[str, tuple[int | None, int | None]] | None:
    """Give the bounds of each moment; None where the assertions cannot all hold."""
    far = 10**9
    nodes: list[str | None] = [None, *names]
    most = {(a, b): 0 if a == b else far for a in nodes for b in nodes}
    for one in assertions:
        if one.hi_us is not None:
            most[one.since, one.of] = min(most[one.since, one.of], one.hi_us)
        if one.lo_us is not None:
            most[one.of, one.since] = min(most[one.of, one.since], -one.lo_us)
    for middle in nodes:
        for a in nodes:
            for b in nodes:
                most[a, b] = min(most[a, b], most[a, middle] + most[middle, b])
    if any(most[node, node] < 0 for node in nodes):
        return None
    return {
        name: (
            -most[name, None] if most[name, None] < far / 2 else None,
            most[None, name] if most[None, name] < far / 2 else None,
        )
        for name in names
    }


bounds = st.tuples(st.one_of(st.none(), st.integers(-8, 8)), st.one_of(st.none(), st.integers(-8, 8))).map(
    lambda pair: pair if None in pair else tuple(sorted(pair, key=lambda bound: bound or 0))
)


@st.composite
def cases(draw: st.DrawFn) -> tuple[dict[str, Moment], list[Assertion]]:
    names = [f"m{number}" for number in range(draw(st.integers(1, 6)))]
    moments = {name: bounded(*draw(bounds)) if draw(st.booleans()) else NOTHING for name in names}
    assertions = []
    for number in range(draw(st.integers(0, 12))):
        lo, hi = draw(bounds.filter(lambda pair: pair != (None, None)))
        of, since = draw(st.sampled_from(names)), draw(st.sampled_from([None, *names]))
        if of != since:
            assertions.append(said(number, of, since, lo, hi, draw(st.sampled_from(SOURCES))))
    return moments, assertions


def everything(moments: dict[str, Moment], assertions: list[Assertion]) -> list[Assertion]:
    """Add the moments' own bounds to the assertions."""
    own = [
        at(name, moment, id=f"own {name}", says=RECORDED, citation="")
        for name, moment in moments.items()
        if (moment.lo, moment.hi) != (None, None)
    ]
    return own + assertions


def bounds_of(result: Tightened | Conflict) -> dict[str, tuple[int | None, int | None]] | None:
    return (
        {name: (moment.lo, moment.hi) for name, moment in result.moments.items()}
        if isinstance(result, Tightened)
        else None
    )


def wider(bound: int | None, other: int | None, side: Side) -> bool:
    """Whether the first bound leaves more open than the second."""
    if bound is None or other is None:
        return bound is None and other is not None
    return bound < other if side is Side.LO else bound > other


@settings(max_examples=200, deadline=None, derandomize=True)
@given(case=cases())
def test_bounds_are_those_of_the_oracle(case: tuple[dict[str, Moment], list[Assertion]]) -> None:
    moments, assertions = case
    assert bounds_of(tighten(moments, assertions)) == oracle(list(moments), everything(moments, assertions))


@settings(max_examples=150, deadline=None, derandomize=True)
@given(case=cases())
def test_each_bound_rests_on_a_chain_that_gives_it_alone(
    case: tuple[dict[str, Moment], list[Assertion]],
) -> None:
    moments, assertions = case
    result = tighten(moments, assertions)
    if isinstance(result, Conflict):
        return
    for name, moment in result.moments.items():
        for side, bound in ((Side.LO, moment.lo), (Side.HI, moment.hi)):
            chain = result.rests_on(name, side)
            found = oracle(list(moments), chain)
            assert found is not None
            assert found[name][side is Side.HI] == bound
            assert bool(chain) == (bound is not None)
            assert all(
                oracle(list(moments), [one for one in chain if one is not out])[name][side is Side.HI] is None
                for out in chain
            )  # type: ignore[index]


@settings(max_examples=200, deadline=None, derandomize=True)
@given(case=cases())
def test_a_conflict_is_minimal(case: tuple[dict[str, Moment], list[Assertion]]) -> None:
    moments, assertions = case
    found = conflicts(moments, assertions)
    assert bool(found) == (oracle(list(moments), everything(moments, assertions)) is None)
    for conflict in found:
        assert conflict.short_us > 0
        assert oracle(list(moments), conflict.assertions) is None
        assert all(
            oracle(list(moments), [one for one in conflict.assertions if one is not out]) is not None
            for out in conflict.assertions
        )
    members = [one.id for conflict in found for one in conflict.assertions]
    assert len(members) == len(set(members))


@settings(max_examples=150, deadline=None, derandomize=True)
@given(case=cases(), cut=st.integers(0, 12), source=st.sampled_from(SOURCES))
def test_more_assertions_never_widen_and_fewer_never_tighten(
    case: tuple[dict[str, Moment], list[Assertion]], cut: int, source: str
) -> None:
    moments, assertions = case
    fewer, more = tighten(moments, assertions[:cut]), tighten(moments, assertions)
    if isinstance(fewer, Conflict):
        assert isinstance(more, Conflict)
    elif isinstance(more, Tightened):
        for name in moments:
            for side in Side:
                assert not wider(getattr(more.moments[name], side), getattr(fewer.moments[name], side), side)
    if any(one.says == source for one in assertions):
        for comparison, kept in (
            (without(moments, assertions, [source]), lambda one: one.says != source),
            (trusting(moments, assertions, [source]), lambda one: one.says == source),
        ):
            assert bounds_of(comparison.after) == bounds_of(
                tighten(moments, [one for one in assertions if kept(one)])
            )
            assert all(wider(change.after, change.before, change.side) for change in comparison.changes)


def test_a_circle_among_moments_without_any_date_is_found() -> None:
    moments = {"take-off": NOTHING, "landing": NOTHING}
    result = tighten(
        moments, [said(1, "landing", "take-off", 1, None), said(2, "take-off", "landing", 0, None, "tracker")]
    )
    assert isinstance(result, Conflict)
    assert ({one.id for one in result.assertions}, result.short_us) == ({"a1", "a2"}, 1)


def test_a_tightened_moment_keeps_what_it_was_read_from() -> None:
    moments = {
        "landing": parse_moment("2025-03-15[America/New_York]"),
        "take-off": parse_moment("2025-03-15T17:42/17:45-04:00"),
        "arrival": NOTHING,
    }
    result = tighten(moments, [said(1, "landing", "take-off", 110 * MINUTE, 150 * MINUTE, "tracker")])
    assert isinstance(result, Tightened)
    landing = result.moments["landing"]
    assert (landing.text, landing.zone, landing.precision) == (
        "2025-03-15[America/New_York]",
        "America/New_York",
        Precision.DAY,
    )
    assert result.moments["arrival"].lo_why_missing == Missing(reason=Reason.NOT_RECORDED)
    assert [(one.says, one.citation) for one in result.rests_on("landing", Side.HI)] == [
        (RECORDED, "2025-03-15T17:42/17:45-04:00"),
        ("tracker", "page 1"),
    ]
    assert result.rests_on("arrival", Side.LO) == ()


def test_removing_a_source_shows_what_changes() -> None:
    moments = {"landing": NOTHING}
    assertions = [
        said(1, "landing", None, 10, 30),
        said(2, "landing", None, 20, None, "tracker"),
        said(3, "landing", None, None, 25, "filing"),
    ]
    found = without(moments, assertions, ["tracker"])
    assert found.changes == (Change(name="landing", side=Side.LO, before=20, after=10),)
    assert trusting(moments, assertions, ["filing"]).changes == (
        Change(name="landing", side=Side.LO, before=20, after=None),
    )
    own = without({"landing": bounded(1, 2)}, [], [RECORDED])
    assert own.changes == (
        Change(name="landing", side=Side.LO, before=1, after=None),
        Change(name="landing", side=Side.HI, before=2, after=None),
    )


def test_removing_a_source_can_end_a_conflict() -> None:
    moments = {"landing": NOTHING}
    assertions = [said(1, "landing", None, None, 10), said(2, "landing", None, 20, None, "tracker")]
    found = without(moments, assertions, ["tracker"])
    assert isinstance(found, Comparison)
    assert isinstance(found.before, Conflict)
    assert isinstance(found.after, Tightened)
    assert found.changes == ()


def test_what_cannot_be_asserted_is_refused() -> None:
    moments = {"landing": NOTHING}
    one = said(1, "landing", None, 1, 2)
    for assertions in ([one, one], [replace(one, of="take-off")], [replace(one, since="take-off")]):
        with pytest.raises(MomentError, match=r"assertion.*`.*\. [A-Z]"):
            tighten(moments, assertions)
    for change in ({"lo_us": None, "hi_us": None}, {"lo_us": 3}, {"since": "landing"}):
        with pytest.raises(MomentError, match=r"assertion.*`.*\. [A-Z]"):
            replace(one, **change)  # type: ignore[arg-type]
    with pytest.raises(MomentError, match="said by AP"):
        without(moments, [one], ["AP"])


SHAPES = [
    (shape, broken) for shape in ("scattered", "chain", "chain in no order") for broken in (False, True)
]


@pytest.mark.parametrize(
    ("shape", "broken"), sampled(SHAPES, [("scattered", True), ("chain in no order", False)], several=True)
)
def test_ten_thousand_moments_and_fifty_thousand_constraints_take_seconds(shape: str, broken: bool) -> None:
    chance = random.Random(3)
    count, times = 10_000, sorted(chance.randrange(0, 10**13) for _ in range(10_000))
    names = [
        f"m{number}"
        for number in (range(count) if shape != "chain in no order" else chance.sample(range(count), count))
    ]
    known = 1.0 if shape == "scattered" else 0.001
    moments = {
        name: bounded(us - 10**10, us + 10**10) if chance.random() < known else NOTHING
        for name, us in zip(names, times, strict=True)
    }
    assertions = []
    for number in range(50_000):
        a, b = (
            chance.sample(range(count), 2)
            if shape == "scattered"
            else (
                (number, number + 1) if number < count - 1 else ((a := chance.randrange(count - 50)), a + 49)
            )
        )
        between = times[b] - times[a]
        lo = between - chance.randrange(10**9) + (10**14 if broken and number == 25_000 else 0)
        assertions.append(said(number, names[b], names[a], lo, max(lo, between) + chance.randrange(10**9)))
    begin = time.perf_counter()
    result = tighten({name: moments[name] for name in sorted(moments)}, assertions)
    assert time.perf_counter() - begin < 10
    assert isinstance(result, Conflict) == broken
    if isinstance(result, Tightened):
        assert all(
            moment.lo is not None and moment.hi is not None and moment.lo <= us <= moment.hi
            for moment, us in ((result.moments[name], us) for name, us in zip(names, times, strict=True))
        )
