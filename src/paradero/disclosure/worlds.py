"""Whole worlds of counts that fit everything published: the witnesses that a count cannot be worked out.

HiGHS looks for them in floating point; each is then checked in whole numbers against every equation. Only a
checked world counts, so that no tolerance of a solver can let a count out: a count is safe where two checked
worlds give it numbers that are far enough apart.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence

import highspy
import numpy as np

from paradero.disclosure.unknowns.equations import Equation, NotChecked

MOST_NODES = 20_000
MOST_SECONDS = 60.0

World = tuple[int, ...]


class Impossible(Exception):
    """No world fits the equations."""


class Worlds:
    """The worlds of unknowns `0 … n-1`, none above `highest`, that fit some equations, whose bounds may be
    relaxed.
    """

    def __init__(self, n: int, equations: Sequence[Equation], highest: int) -> None:
        self.n = n
        self.highest = highest
        self.equations = list(equations)
        self.checked: list[World] = []

    def relax(self, place: int, lo: int, hi: int | None) -> None:
        """Let an equation have other bounds; worlds that fitted still do where these are wider."""
        old = self.equations[place]
        self.equations[place] = Equation(old.plus, old.minus, lo, hi, old.fact)
        self.checked = [world for world in self.checked if self._fits(world)]

    def extreme(self, aim: Mapping[int, int]) -> World | None:
        """A checked world in which the sum of `aim` (unknown to factor) is as great as can be; None where the
        solver's does not stand the check. Raises Impossible where no world fits, NotChecked where the solver
        comes to no end.
        """
        try:
            found = self._alone(aim) if self.n == 1 else _solved(self.n, self.equations, self.highest, aim)
        except Impossible:
            if not self.checked:
                raise
            return None  # a world fits, whatever the solver says: its word counts for nothing
        if not self._fits(found):
            return None
        self.checked.append(found)
        return found

    def _alone(self, aim: Mapping[int, int]) -> World:
        """The extreme of a single unknown, which no solver is needed for: its equations are bounds on it."""
        lo, hi = 0, self.highest
        for one in self.equations:
            lo = max(lo, lo if one.lo is None else one.lo)
            hi = min(hi, hi if one.hi is None else one.hi)
        if lo > hi:
            raise Impossible
        return (hi,) if aim.get(0, 0) > 0 else (lo,)

    def _fits(self, world: World) -> bool:
        if any(not 0 <= count <= self.highest for count in world):
            return False
        for one in self.equations:
            total = sum(world[unknown] for unknown in one.plus) - sum(world[unknown] for unknown in one.minus)
            if (one.lo is not None and total < one.lo) or (one.hi is not None and total > one.hi):
                return False
        return True


def _solved(n: int, equations: Sequence[Equation], highest: int, aim: Mapping[int, int]) -> World:
    cost = np.zeros(n)
    for unknown, factor in aim.items():
        cost[unknown] = -factor
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = n, len(equations)
    program.col_cost_, program.col_lower_ = cost, np.zeros(n)
    program.col_upper_ = np.full(n, float(highest))
    infinity = highspy.kHighsInf
    program.row_lower_ = np.array([-infinity if one.lo is None else one.lo for one in equations], dtype=float)
    program.row_upper_ = np.array([infinity if one.hi is None else one.hi for one in equations], dtype=float)
    program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    program.a_matrix_.start_ = np.cumsum([0, *(len(one.plus) + len(one.minus) for one in equations)]).astype(
        np.int32
    )
    program.a_matrix_.index_ = np.array(
        [unknown for one in equations for unknown in (*one.plus, *one.minus)], dtype=np.int32
    )
    program.a_matrix_.value_ = np.array(
        [factor for one in equations for factor in (*(1.0 for _ in one.plus), *(-1.0 for _ in one.minus))]
    )
    program.integrality_ = [highspy.HighsVarType.kInteger] * n
    solver = _solver()
    # its clock runs on from program to program; the limit is one program's
    solver.setOptionValue("time_limit", solver.getRunTime() + MOST_SECONDS)
    solver.passModel(program)
    solver.run()
    status = solver.getModelStatus()
    if status == highspy.HighsModelStatus.kInfeasible:
        raise Impossible
    if status != highspy.HighsModelStatus.kOptimal:
        raise NotChecked(
            f"The solver came to no end over {n:,} cells that depend on each other ({status.name})."
            " Count by fewer"
            " columns, or by columns with fewer values."
        )
    return tuple(round(value) for value in solver.getSolution().col_value)


@functools.cache
def _solver() -> highspy.Highs:
    """One solver for all programs of a process: it begins each anew, and says nothing on the screen."""
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    for option, value in (
        ("output_flag", False),
        ("threads", 1),
        ("random_seed", 0),
        ("mip_rel_gap", 0.0),
        ("mip_abs_gap", 0.5),
        ("mip_max_nodes", MOST_NODES),
    ):
        solver.setOptionValue(option, value)
    return solver
