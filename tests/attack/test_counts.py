"""Whatever complete history lies behind the records, its count lies within the bounds: thousands of
histories, hidden, cut and repeated by chance.
"""

import random
from collections.abc import Callable
from datetime import date

import pytest
from reference.histories import History
from running import Batch, batch, rows_of, run

from paradero.custody.causes import causes
from paradero.engines.duckdb import DuckDBEngine

from . import truths
from .counted import DEFINITIONS, Cells, counted, last_day
from .scale import draws
from .truths import MADE, Placement

A_RUN = draws(50, 150)
A_SUPPOSED_RUN = draws(15, 40)
WIDTHS = [each.column for each in causes()]
GROUPS: dict[str, Callable[[Placement], str]] = {
    "detention_facility_code": lambda one: one.place,
    "everywhere": lambda _: "everywhere",
}


def drawn(seed: int, *, is_contradicted: bool) -> tuple[list[Placement], History]:
    """Draw a history and what a release says of it."""
    chance = random.Random(seed)
    placements = truths.truth(chance)
    rows = truths.rows_of(chance, placements)
    rows = (
        truths.cut(chance, truths.contradicted(chance, rows), chance.choice(["none", "minute"]))
        if is_contradicted
        else truths.hidden(chance, rows)
    )
    detentions = [row | {"release": "r", "row_id": number} for number, row in enumerate(rows, 1)]
    return placements, History(detentions=detentions, released_at={"r": MADE})


def released(seeds: range, *, is_contradicted: bool = False) -> tuple[dict[str, list[Placement]], Batch]:
    """Draw many histories, each a release of one case."""
    made = {f"s{seed}": drawn(seed, is_contradicted=is_contradicted) for seed in seeds}
    return {name: placements for name, (placements, _) in made.items()}, batch(
        {name: history for name, (_, history) in made.items()}
    )


def outside(engine: DuckDBEngine, histories: dict[str, list[Placement]], group: str) -> list[str]:
    """Say where the truth is not within the bounds, and where the width is not the sum of its causes."""
    found: dict[tuple[str, str], dict[tuple[str | None, date], tuple[int, int]]] = {}
    named: dict[tuple[str, str], set[str | None]] = {}
    sound = (
        f"n_hi - n_lo = {' + '.join(WIDTHS)} AND least({', '.join(WIDTHS)}) >= 0 AND n BETWEEN n_lo AND n_hi"
    )
    odd = f"SELECT * FROM headcounts WHERE NOT coalesce({sound}, FALSE) LIMIT 5"
    said = [f"the width of {row}" for row in rows_of(engine, odd)]
    for row in rows_of(engine, "SELECT DISTINCT release, definition, group_value FROM headcounts"):
        named.setdefault((row["release"].split("/")[0], row["definition"]), set()).add(row["group_value"])
    # nobody is what a cell that is not there allows, and so is nothing else for one of zeros
    shown = "SELECT release, definition, group_value, date, n_lo, n_hi FROM headcounts WHERE n_lo <> 0 OR n_hi <> 0"
    for row in rows_of(engine, shown):
        found.setdefault((row["release"].split("/")[0], row["definition"]), {})[
            row["group_value"], row["date"]
        ] = (row["n_lo"], row["n_hi"])
    for name, placements in histories.items():
        for definition in DEFINITIONS:
            true: Cells = counted(placements, definition, GROUPS[group])
            bounds = found.get((name, definition), {})
            places = named.get((name, definition), set())
            for place, day in {*true, *(cell for cell in bounds if cell[1] <= last_day(definition))}:
                # a place that no row names has no line of its own: whoever was there is among the people of
                # whom no row says where
                lo, hi = bounds.get((place if place in places else None, day), (0, 0))
                if not lo <= true.get((place, day), 0) <= hi and (place is not None or lo > 0):
                    said.append(
                        f"{name}, {definition}, {place}, {day}: {true.get((place, day), 0)} is not within"
                        f" {lo} to {hi}"
                    )
    return said


@pytest.mark.parametrize("first", range(0, draws(A_RUN, 3000), A_RUN))
@pytest.mark.parametrize("by", GROUPS)
def test_every_count_is_within_its_bounds(first: int, by: str) -> None:
    histories, of = released(range(first, first + A_RUN))
    engine = run(of, by=by, only=["headcounts"])
    said = outside(engine, histories, by)
    engine.close()
    assert said[:5] == []


SUPPOSED = ["timed", "complete", "legible", "held", "disclosed", "identified"]


@pytest.mark.parametrize("first", range(30_000, 30_000 + draws(A_SUPPOSED_RUN, 400), A_SUPPOSED_RUN))
@pytest.mark.parametrize("assumption", SUPPOSED)
def test_where_an_assumption_is_true_its_narrower_bounds_hold(first: int, assumption: str) -> None:
    chance = random.Random(first)
    histories, made = {}, {}
    for seed in range(first, first + A_SUPPOSED_RUN):
        histories[f"s{seed}"] = truths.truth(chance)
        rows = truths.supposed(chance, truths.rows_of(chance, histories[f"s{seed}"]), assumption)
        made[f"s{seed}"] = History(
            detentions=[row | {"release": "r", "row_id": number} for number, row in enumerate(rows, 1)],
            released_at={"r": MADE},
        )
    engine = run(batch(made, assuming=[assumption]), only=["headcounts"])
    said = outside(engine, histories, "detention_facility_code")
    column = next(each.column for each in causes() if each.assumption == assumption)
    wide = rows_of(
        engine, f"SELECT * FROM headcounts WHERE {column} > 0 AND n_hi > n AND definition <> 'uwchr' LIMIT 5"
    )
    engine.close()
    assert said[:5] == []
    assert wide == []


@pytest.mark.parametrize("first", range(10_000, 10_000 + draws(A_RUN, 1500), A_RUN))
def test_a_false_row_beside_the_true_one_makes_nothing_certain(first: int) -> None:
    """Two ends of one stint, two places at once, an end before its begin: whichever of the rows is true, the
    truth lies within the bounds.
    """
    histories, of = released(range(first, first + A_RUN), is_contradicted=True)
    engine = run(of, only=["headcounts"])
    said = outside(engine, histories, "detention_facility_code")
    engine.close()
    assert said[:5] == []
