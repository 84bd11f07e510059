"""What disclosure control costs and what it keeps, beside two stated alternatives, on the same fabricated
people.

python benchmarks/disclosure.py [--worlds 10]

Five linked tables (sex, origin, place, sex by origin, place by sex) of each world are published by paradero's
private profile; by the rule that ACRO publishes (counts below 10 are suppressed, margins are sums of what is
left); and by the textbook (counts up to 7 suppressed, and one more in each row and column that has just one).
`kept`: cells that are shown; `error`: how far a shown cell is from the count, on average; `known`: withheld
cells that an integer program puts within less than 4 people, and of these `exactly`.
"""

from __future__ import annotations

import argparse
import itertools
import random
from collections.abc import Callable, Mapping

import highspy
import numpy as np

from paradero.disclosure.cells import Condition, Dimension, Region, region_of
from paradero.disclosure.profiles import profile_of
from paradero.disclosure.suppressing import Counted, Wanted, decided

COLUMNS = {"sex": ("F", "M"), "origin": ("q", "r", "s", "t", "u"), "place": ("a", "b", "c", "d")}
TABLES = (("sex",), ("origin",), ("place",), ("sex", "origin"), ("place", "sex"))
KINDS = list(itertools.product(*COLUMNS.values()))
PRIVATE = profile_of("private")

Span = tuple[float, float]
Shown = dict[Region, tuple[int | None, Span]]  # what is shown of a cell, and what readers know of it


def people(seed: int) -> list[tuple[str, ...]]:
    """People of uneven groups."""
    chance = random.Random(seed)
    weights = [[chance.choice((1, 2, 5, 12)) for _ in values] for values in COLUMNS.values()]
    return [
        tuple(
            chance.choices(values, weight)[0]
            for values, weight in zip(COLUMNS.values(), weights, strict=True)
        )
        for _ in range(chance.randint(80, 400))
    ]


def holds(region: Region, kind: tuple[str, ...]) -> bool:
    """Whether people of a kind are in a cell."""
    return all(one.admits(kind[list(COLUMNS).index(one.column)]) for one in region)


def cells(by: tuple[str, ...]) -> list[Region]:
    """The cells of a table."""
    lists = [COLUMNS[column] for column in by]
    return [
        region_of(Condition(column, (value,)) for column, value in zip(by, values, strict=True))
        for values in itertools.product(*lists)
    ]


def ours(counts: Mapping[Region, int]) -> Shown:
    """The private profile, all tables as one publication."""
    dimensions = tuple(
        Dimension(column=column, values=values, parts=True, listed=True) for column, values in COLUMNS.items()
    )
    wanted = Wanted(
        earlier=(),
        at=0,
        dimensions=dimensions,
        cells=tuple(Counted(region=region, count=count) for region, count in counts.items()),
        bound={},
    )
    found: Shown = {}
    for cell in decided(wanted, PRIVATE):
        fact = PRIVATE.fact_of(cell)
        found[cell.region] = cell.shown, (fact.lo, np.inf if fact.hi is None else fact.hi)
    return found


def acro(counts: Mapping[Region, int]) -> Shown:
    """Below 10 suppressed, as ACRO's documentation states; margins of a table add nothing, but a table of one
    column has the counts themselves.
    """
    return {
        region: (None, (0, 9)) if count < 10 else (count, (count, count)) for region, count in counts.items()
    }


def textbook(counts: Mapping[Region, int]) -> Shown:
    """Up to 7 suppressed; the smallest other one beside each that is alone in its row or column."""
    found: Shown = {
        region: (None, (0, 7)) if count <= 7 else (count, (count, count)) for region, count in counts.items()
    }
    for by in TABLES:
        lines = [
            [cell for cell in cells(by) if line in cell]
            for column in by
            for line in (one[0] for one in cells((column,)))
        ]
        for line in lines if len(by) > 1 else [cells(by)]:
            shown = [cell for cell in line if found[cell][0] is not None]
            if len(line) - len(shown) == 1 and shown:
                found[min(shown, key=lambda cell: counts[cell])] = None, (8, np.inf)
    return found


def spans(shown: Shown) -> dict[Region, Span]:
    """What an integer program makes of every withheld cell."""
    members = {region: np.array([holds(region, kind) for kind in KINDS]) for region in shown}
    program = highspy.HighsLp()
    n = len(KINDS)
    program.num_col_, program.num_row_ = n, len(shown)
    program.col_cost_, program.col_lower_, program.col_upper_ = np.zeros(n), np.zeros(n), np.full(n, 1000.0)
    program.row_lower_ = np.array([float(span[0]) for _, span in shown.values()])
    program.row_upper_ = np.array([float(span[1]) for _, span in shown.values()])
    places = [np.flatnonzero(members[region]) for region in shown]
    program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    program.a_matrix_.start_ = np.cumsum([0, *map(len, places)]).astype(np.int32)
    program.a_matrix_.index_ = np.concatenate(places).astype(np.int32)
    program.a_matrix_.value_ = np.ones(sum(map(len, places)))
    program.integrality_ = [highspy.HighsVarType.kInteger] * n
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.passModel(program)
    found = {}
    for region, (number, _) in shown.items():
        if number is None:
            ends = []
            for sign in (1, -1):
                cost = sign * members[region].astype(float)
                solver.changeColsCost(n, np.arange(n, dtype=np.int32), cost)
                solver.run()
                ends.append(sign * solver.getInfo().objective_function_value)
            found[region] = round(ends[0]), round(ends[1])
    return found


def main() -> None:
    """Print a line a method."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--worlds", type=int, default=10)
    worlds = [people(seed) for seed in range(parser.parse_args().worlds)]
    methods: dict[str, Callable[[Mapping[Region, int]], Shown]] = {
        "paradero, private": ours,
        "ACRO's rule": acro,
        "textbook": textbook,
    }
    print(f"{'':20} {'kept':>7} {'error':>7} {'withheld':>9} {'known':>7} {'exactly':>8}")
    for name, method in methods.items():
        n_cells, known, exactly, withheld = 0, 0, 0, 0
        errors = []
        for world in worlds:
            counts = {
                region: sum(holds(region, one) for one in world) for by in TABLES for region in cells(by)
            }
            shown = method(counts)
            n_cells += len(shown)
            errors += [
                abs(number - counts[region]) for region, (number, _) in shown.items() if number is not None
            ]
            found = spans(shown)
            withheld += len(found)
            known += sum(hi - lo < 4 for lo, hi in found.values())
            exactly += sum(hi == lo for lo, hi in found.values())
        print(
            f"{name:20} {len(errors) / n_cells:7.1%} {sum(errors) / len(errors):7.2f} {withheld:9,}"
            f" {known:7,} {exactly:8,}"
        )


if __name__ == "__main__":
    main()
