"""Linear programs over counts: bounds that follow from constraints, the constraints each bound rests on, and
minimal sets that cannot all hold.

HiGHS finds the answer in floating point; every bound and every conflict is then proved again in fractions
from the multipliers that HiGHS gives with it (weak duality and Farkas' lemma: A. Schrijver, Theory of Linear
and Integer Programming, 1986, chapter 7). What cannot be proved is not claimed: a bound that fails the proof
is taken a little wider, a conflict that fails it is none. Counts are whole numbers of people, at least 0.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

import highspy
import numpy as np

from paradero.balance.constraints import Bound, Constraint, component, propagated, tied_to

_ZERO = Fraction(0)
_TOLERANCE = 1e-7
_DENOMINATORS = 10_000  # multipliers are sums of small fractions where the factors of the equations are small


@dataclass(frozen=True, slots=True)
class _Rows:
    """Constraints as rows `a x >= b`: two where both bounds are given; `owner` is the place of the
    constraint.
    """

    matrix: np.ndarray
    right: np.ndarray
    exact: list[tuple[dict[int, Fraction], Fraction]]
    owner: list[int]


def bounds_of(
    names: Sequence[str], constraints: Sequence[Constraint], wanted: Sequence[str]
) -> dict[str, tuple[Bound, Bound]]:
    """The bounds of the wanted counts under constraints that can all hold; a missing bound stays missing, but
    nobody is counted below 0.

    A bound rests on a minimal set: leave one of it out, with the rest of the set, and the bound no longer
    follows.
    """
    found = {}
    for name in wanted:
        reached = component(name, constraints)
        own = [each for each in constraints if each.id in reached]
        columns = _columns(names, own, name)
        rows = _rows(columns, own)
        lo, lo_by = _extreme(columns, own, rows, name, 1)
        hi, hi_by = _extreme(columns, own, rows, name, -1)
        low = Bound(0) if lo is None or lo <= 0 else Bound(ceil(lo), lo_by, lo.denominator != 1)
        high = Bound(None) if hi is None else Bound(floor(-hi), hi_by, hi.denominator != 1)
        found[name] = (low, high)
    return found


def conflict_in(
    names: Sequence[str], constraints: Sequence[Constraint], *, holding: str | None = None
) -> tuple[str, ...]:
    """A minimal set of constraints that cannot all hold, none where they can: leave any one out and the
    others can (deletion filter: J. W. Chinneck, Feasibility and Infeasibility in Optimization, 2008, chapter
    6). `holding` is tried last, so that it is kept where it has a part in it.
    """
    kept = refuting(names, constraints)
    for one in sorted(kept, key=lambda each: each.id == holding):
        rest = refuting(names, [each for each in kept if each.id != one.id])
        if rest:
            kept = rest
    return tuple(each.id for each in kept)


def refuting(names: Sequence[str], constraints: Sequence[Constraint]) -> list[Constraint]:
    """Constraints, not all, from which it is proved in fractions that all cannot hold; none where
    they can.
    """
    rows = _rows(_columns(names, constraints), constraints)
    if not rows.exact:
        return []
    n_columns, n_rows = rows.matrix.shape[1], rows.matrix.shape[0]
    cost = np.concatenate([np.zeros(n_columns), np.ones(n_rows)])
    elastic = np.hstack([rows.matrix, np.eye(n_rows)])
    answer = _solved(cost, elastic, rows.right)
    if answer is None or answer.least <= _TOLERANCE:
        return []
    multipliers = _fractions(answer.multipliers)
    total: dict[int, Fraction] = {}
    for by, (factors, _) in zip(multipliers, rows.exact, strict=True):
        if by:
            for column, factor in factors.items():
                total[column] = total.get(column, _ZERO) + by * factor
    missed = sum((by * right for by, (_, right) in zip(multipliers, rows.exact, strict=True) if by), _ZERO)
    if missed <= 0 or any(value > 0 for value in total.values()):
        return []
    used = {rows.owner[row] for row, by in enumerate(multipliers) if by > 0}
    return [constraints[place] for place in sorted(used)]


def spans_of(
    names: Sequence[str], constraints: Sequence[Constraint], wanted: Sequence[str]
) -> dict[str, tuple[int | None, int | None]]:
    """The bounds of `bounds_of` without what they rest on: counts that propagation along the equations
    settles need no linear program.
    """
    near = propagated(names, constraints)
    found: dict[str, tuple[int | None, int | None]] = {}
    programs: dict[str, tuple[dict[str, int], _Rows]] = {}  # one for all counts that are tied together
    for name in wanted:
        lo, hi = near[name]
        if lo != hi:
            if name not in programs:
                own = tied_to(name, constraints)
                columns = _columns(names, own, name)
                programs |= dict.fromkeys(columns, (columns, _rows(columns, own)))
            columns, rows = programs[name]
            least, most = _least(rows, columns[name], 1), _least(rows, columns[name], -1)
            lo, hi = max(Fraction(0), least[0] if least else Fraction(0)), -most[0] if most else None
        found[name] = (ceil(lo), None if hi is None else floor(hi))
    return found


def _columns(names: Sequence[str], constraints: Sequence[Constraint], *more: str) -> dict[str, int]:
    used = {name for each in constraints for name, _ in each.factors} | set(more)
    return {name: number for number, name in enumerate(name for name in names if name in used)}


def _rows(columns: Mapping[str, int], constraints: Sequence[Constraint]) -> _Rows:
    exact: list[tuple[dict[int, Fraction], Fraction]] = []
    owner: list[int] = []
    for place, one in enumerate(constraints):
        factors = {columns[name]: factor for name, factor in one.factors}
        if one.lo is not None:
            exact.append((factors, one.lo))
            owner.append(place)
        if one.hi is not None:
            exact.append(({column: -factor for column, factor in factors.items()}, -one.hi))
            owner.append(place)
    matrix = np.zeros((len(exact), len(columns)))
    for row, (factors, _) in enumerate(exact):
        for column, factor in factors.items():
            matrix[row, column] = float(factor)
    return _Rows(matrix, np.array([float(right) for _, right in exact]), exact, owner)


def _extreme(
    columns: Mapping[str, int], constraints: Sequence[Constraint], rows: _Rows, name: str, sign: int
) -> tuple[Fraction | None, tuple[str, ...]]:
    """The least of `sign` times the count, and a minimal set of constraints (whose rows are `rows`) from
    which it follows.
    """
    found = _least(rows, columns[name], sign)
    if found is None:
        return None, ()
    least, used = found
    needed = [constraints[place] for place in sorted(used)]
    for one in list(needed):
        rest = [each for each in needed if each.id != one.id]
        again = _least(_rows(columns, rest), columns[name], sign)
        if again is not None and ceil(again[0]) >= ceil(least):
            needed = rest
    return least, tuple(each.id for each in needed)


def _least(rows: _Rows, column: int, sign: int) -> tuple[Fraction, set[int]] | None:
    """The least of `sign` times the count of a column, and the places of the constraints from which it
    follows; None where there is none.
    """
    cost = np.zeros(rows.matrix.shape[1])
    cost[column] = sign
    if not rows.exact:
        return (Fraction(0), set()) if sign > 0 else None
    answer = _solved(cost, rows.matrix, rows.right)
    if answer is None:
        return None
    multipliers = _fractions(answer.multipliers)
    used = {rows.owner[row] for row, by in enumerate(multipliers) if by > 0}
    left = {column: Fraction(sign)}
    for by, (factors, _) in zip(multipliers, rows.exact, strict=True):
        if by:
            for other, factor in factors.items():
                left[other] = left.get(other, _ZERO) - by * factor
    proved = sum((by * right for by, (_, right) in zip(multipliers, rows.exact, strict=True) if by), _ZERO)
    if all(value >= 0 for value in left.values()) and abs(float(proved) - answer.least) <= _TOLERANCE * max(
        1.0, abs(answer.least)
    ):
        return proved, used
    # not proved: a bound that HiGHS may have missed by its own tolerance, and so a little wider
    return Fraction(answer.least) - Fraction(max(1.0, abs(answer.least))) / 1_000_000, set(rows.owner)


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a linear program comes to: the least cost, and the multiplier of each row."""

    least: float
    multipliers: np.ndarray


def _solved(cost: np.ndarray, matrix: np.ndarray, right: np.ndarray) -> _Answer | None:
    """The least `cost x` where `matrix x >= right` and `x >= 0`, by the dual simplex method; None where there
    is none.
    """
    n_rows, n_columns = matrix.shape
    at_row, at_column = np.nonzero(matrix)
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = n_columns, n_rows
    program.col_cost_, program.col_lower_, program.col_upper_ = (
        cost,
        np.zeros(n_columns),
        np.full(n_columns, highspy.kHighsInf),
    )
    program.row_lower_, program.row_upper_ = right, np.full(n_rows, highspy.kHighsInf)
    program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    program.a_matrix_.start_ = np.concatenate([[0], np.cumsum(np.bincount(at_row, minlength=n_rows))]).astype(
        np.int32
    )
    program.a_matrix_.index_, program.a_matrix_.value_ = at_column.astype(np.int32), matrix[at_row, at_column]
    solver = _solver()
    solver.passModel(program)
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    return _Answer(solver.getInfo().objective_function_value, np.array(solver.getSolution().row_dual))


@functools.cache
def _solver() -> highspy.Highs:
    """One solver for all programs of a process: it begins each anew, and says nothing on the screen."""
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    for option, value in (
        ("output_flag", False),
        ("solver", "simplex"),
        ("simplex_strategy", 1),
        ("threads", 1),
        ("random_seed", 0),
    ):
        solver.setOptionValue(option, value)
    return solver


def _fractions(values: np.ndarray) -> list[Fraction]:
    return [
        Fraction(value).limit_denominator(_DENOMINATORS) if value > 0 else _ZERO for value in values.tolist()
    ]
