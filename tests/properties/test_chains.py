"""The steps compared with the oracle, table by table, on random histories. A difference names the seed:
`reference.histories.random_history(seed)`.

The suite compares tables of 300 and headcounts of 5 (of which the oracle takes half a second each), `make
attack` of 10,000 and 1,000.
"""

from datetime import datetime

import pytest
from attack.scale import draws
from comparing import check
from hypothesis import given, settings
from reference.headcounts import DDP_FIRST, DDP_LAST
from reference.histories import History, histories, random_history
from running import batch, rows_of, run

A_RUN = draws(5, 50)
A_CHECK = draws(300, 500)


def seeded(first: int, count: int) -> dict[str, History]:
    """Make the histories of consecutive seeds, each named by its seed."""
    return {f"seed {seed}": random_history(seed) for seed in range(first, first + count)}


@pytest.mark.parametrize("first", range(0, draws(A_CHECK, 10_000), A_CHECK))
def test_every_table_equals_the_oracles(first: int) -> None:
    check(seeded(first, A_CHECK))


@pytest.mark.parametrize("first", range(0, draws(A_RUN, 1000), A_RUN))
def test_every_headcount_equals_the_oracles(first: int) -> None:
    check(seeded(first, A_RUN), headcounts=True)


@given(histories())
@settings(max_examples=draws(3, 60), deadline=None, database=None, derandomize=True)
def test_histories_that_can_be_shrunk_equal_the_oracles(made: History) -> None:
    check({"drawn": made})


# two stints of one person at two places, each from its book-in to its book-out; and whether they overlap
TWO_STINTS = {
    # booked in on a day only: it can have been the instant of the book-out, so that nothing is shared
    "a day that ends on it": ("2026-03-01T00:00", "2026-03-01T09:00", "2026-03-01T08:30", "2026-03-04T10:00", False),
    "a day that is over": ("2026-03-01T00:00", "2026-03-03T09:00", "2026-03-02T08:30", "2026-03-04T10:00", True),
    "clock times": ("2026-03-01T07:00", "2026-03-01T09:00", "2026-03-01T08:30", "2026-03-04T10:00", True),
    "a later day only": ("2026-03-01T07:00", "2026-03-02T09:00", "2026-03-02T00:00", "2026-03-04T10:00", False),
    "no book-out": ("2026-03-01T07:00", None, "2026-03-01T08:30", "2026-03-04T10:00", False),
}  # fmt: skip


def test_stints_overlap_only_where_no_time_of_a_day_parts_them() -> None:
    names = ["book_in_date_time", "book_out_date_time"] * 2
    drawn = {}
    for name, (*times, _) in TWO_STINTS.items():
        cells = [
            (column, time and datetime.fromisoformat(time)) for column, time in zip(names, times, strict=True)
        ]
        drawn[name] = History(
            detentions=[
                {"row_id": 1, "release": "A", "unique_identifier": name, "detention_facility_code": "EXA"}
                | dict(cells[:2]),
                {"row_id": 2, "release": "A", "unique_identifier": name, "detention_facility_code": "EXB"}
                | dict(cells[2:]),
            ]
        )
    check(drawn)
    found = rows_of(run(batch(drawn)), "SELECT unique_identifier FROM conflicts WHERE kind = 'overlap'")
    assert {row["unique_identifier"] for row in found} == {
        name for name, (*_, overlaps) in TWO_STINTS.items() if overlaps
    }


def test_zeros_are_filled_over_the_whole_range_and_nowhere_else() -> None:
    engine = run(batch(seeded(0, 12)), only=["headcounts"])
    cells = rows_of(engine, "SELECT definition, count(*) AS n, min(date) AS first, max(date) AS last FROM headcounts "
                            "WHERE definition LIKE 'ddp-%' GROUP BY release, definition, group_value")  # fmt: skip
    groups = rows_of(engine, "SELECT DISTINCT release, group_value FROM counted_stints")
    days = (DDP_LAST - DDP_FIRST).days + 1
    assert len(cells) == 2 * len(groups)
    assert {(one["n"], one["first"], one["last"]) for one in cells} == {(days, DDP_FIRST, DDP_LAST)}
    assert rows_of(engine, "SELECT * FROM headcounts WHERE definition NOT LIKE 'ddp-%' AND n_hi <= 0") == []
