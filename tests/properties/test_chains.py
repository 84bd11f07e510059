"""The steps compared with the oracle, table by table, on random histories. A difference names the seed:
`reference.histories.random_history(seed)`.

The suite compares tables of 500 and headcounts of 8 (of which the oracle takes half a second each), `make
attack` of 10,000 and 1,000.
"""

import pytest
from attack.scale import draws
from comparing import check
from hypothesis import given, settings
from reference.headcounts import DDP_FIRST, DDP_LAST
from reference.histories import History, histories, random_history
from running import batch, rows_of, run

A_RUN = draws(8, 50)


def seeded(first: int, count: int) -> dict[str, History]:
    """Make the histories of consecutive seeds, each named by its seed."""
    return {f"seed {seed}": random_history(seed) for seed in range(first, first + count)}


@pytest.mark.parametrize("first", range(0, draws(500, 10_000), 500))
def test_every_table_equals_the_oracles(first: int) -> None:
    check(seeded(first, 500))


@pytest.mark.parametrize("first", range(0, draws(8, 1000), A_RUN))
def test_every_headcount_equals_the_oracles(first: int) -> None:
    check(seeded(first, A_RUN), headcounts=True)


@given(histories())
@settings(max_examples=draws(3, 60), deadline=None, database=None, derandomize=True)
def test_histories_that_can_be_shrunk_equal_the_oracles(made: History) -> None:
    check({"drawn": made})


def test_zeros_are_filled_over_the_whole_range_and_nowhere_else() -> None:
    engine = run(batch(seeded(0, 12)), only=["headcounts"])
    cells = rows_of(engine, "SELECT definition, count(*) AS n, min(date) AS first, max(date) AS last FROM headcounts "
                            "WHERE definition LIKE 'ddp-%' GROUP BY release, definition, group_value")  # fmt: skip
    groups = rows_of(engine, "SELECT DISTINCT release, group_value FROM counted_stints")
    days = (DDP_LAST - DDP_FIRST).days + 1
    assert len(cells) == 2 * len(groups)
    assert {(one["n"], one["first"], one["last"]) for one in cells} == {(days, DDP_FIRST, DDP_LAST)}
    assert rows_of(engine, "SELECT * FROM headcounts WHERE definition NOT LIKE 'ddp-%' AND n_hi <= 0") == []
