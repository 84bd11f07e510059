"""The oracle itself, on cases worked by hand from `docs/explanation/reconstruction.md`: each test states the
rule it shows. Arrests and removals.
"""

from datetime import datetime, timedelta
from typing import Any

import pytest

from .case import Case
from .clock import DAY, MINUTE, microseconds
from .columns import Row
from .drawing import D, at, case, departed, stint


def arrested(*times: datetime | None, **more: Any) -> list[Row]:
    """Write arrests of one person."""
    return [{"apprehension_date_time": time} | more for time in times]


def test_episodes_chain_over_24_hours_inclusive() -> None:
    of = case(arrests=arrested(at(1), at(2), at(3), at(4, 0, 1), None))
    assert [row["episode"] for row in of.episodes] == [1, 1, 1, 2, None]
    assert [row["episode_first"] for row in of.episodes] == [True, False, False, True, False]


def test_reprocessed_arrests_come_last_among_equal_times() -> None:
    of = case(arrests=arrested(at(1), apprehension_method="ERO Reprocessed Arrest") + arrested(at(1)))
    assert [row["episode_first"] for row in of.episodes] == [False, True]


def matches(of: Case, rule: str) -> list[tuple[datetime, int]]:
    """Name the stay (by S) and arrest row of each match of a rule."""
    return [
        (row["stay_key"][2], row["arrest_row"])
        for row in of.arrest_stays
        if row["rule"] == rule and row["status"] == "matched"
    ]


@pytest.mark.parametrize(
    ("gap", "found"),
    [(-5 * DAY, True), (-5 * DAY - MINUTE, False), (10 * DAY, True), (10 * DAY + MINUTE, False)],
)
def test_the_ddp_window_includes_both_edges(gap: timedelta, found: bool) -> None:
    of = case(stint("A", at(15), None, at(15)), arrests=arrested(at(15) - gap))
    assert matches(of, "ddp-window") == ([(at(15), 101)] if found else [])


def test_ddp_window_is_greedy_stay_first() -> None:
    # The arrest on the 9th is nearest for both stays and prefers the second; the first stay stays unmatched
    # though the 4th was in range.
    of = case(
        stint("A", at(7), at(8), at(7)), stint("B", at(10), None, at(10)), arrests=arrested(at(4), at(9))
    )
    assert matches(of, "ddp-window") == [(at(10), 102)]
    left = [
        (row["status"], row["arrest_row"])
        for row in of.arrest_stays
        if row["rule"] == "ddp-window" and row["status"] != "matched"
    ]
    assert left == [("stay_unmatched", None), ("arrest_unmatched", 101)]


def test_ddp_window_ties_go_to_the_earlier_arrest_and_the_earlier_stay() -> None:
    assert matches(case(stint("A", at(7), None, at(7)), arrests=arrested(at(9), at(5))), "ddp-window") == [
        (at(7), 102)
    ]
    of = case(stint("A", at(9), None, at(9)), stint("A", at(5), None, at(5)), arrests=arrested(at(7)))
    assert matches(of, "ddp-window") == [(at(5), 101)]


def test_strictly_preceding_takes_the_latest_arrest_after_the_previous_stay() -> None:
    of = case(
        stint("A", at(5), at(6), at(5)),
        stint("B", at(9), None, at(9)),
        arrests=arrested(at(4), at(5), at(5), at(9, 0, 1)),
    )
    assert matches(of, "strictly-preceding") == [
        (at(5), 103)
    ]  # of equal times the last in the file; the 5th is not later than the first S
    assert matches(case(stint("A", at(15), None, at(15)), arrests=arrested(at(5))), "strictly-preceding") == [
        (at(15), 101)
    ]
    assert (
        matches(case(stint("A", at(15), None, at(15)), arrests=arrested(at(4, 23, 59))), "strictly-preceding")
        == []
    )


def test_strictly_preceding_asks_every_row_of_an_episode() -> None:
    of = case(stint("A", at(5), None, at(5)), arrests=arrested(at(4), at(4, 12)))
    assert matches(of, "strictly-preceding") == [(at(5), 102)]
    assert matches(of, "episode") == [(at(5), 101)]


def test_episode_allows_twelve_hours_after_and_any_time_before() -> None:
    late = case(stint("A", at(9), None, at(9)), arrests=arrested(at(9, 12)))
    assert matches(late, "episode") == [(at(9), 101)]
    assert matches(case(stint("A", at(9), None, at(9)), arrests=arrested(at(9, 12, 1))), "episode") == []
    long_before = case(stint("A", at(30), None, at(30)), arrests=arrested(at(1)))
    assert [row["gap_us"] for row in long_before.arrest_stays if row["rule"] == "episode"] == [
        microseconds(29 * DAY)
    ]
    second = case(
        stint("A", at(5), at(6), at(5)), stint("B", at(9), None, at(9)), arrests=arrested(at(5, 12))
    )
    assert matches(second, "episode") == [
        (at(5), 101)
    ]  # exactly the first stay's limit: the second may not have it


def test_every_arrest_row_and_stay_without_a_partner_is_kept() -> None:
    of = case(
        stint("A", at(5), None, None),
        arrests=[*arrested(None), *arrested(at(5), unique_identifier=None), *arrested(at(5), at(5, 1))],
    )
    for rule in ("ddp-window", "strictly-preceding", "episode"):
        statuses = [row["status"] for row in of.arrest_stays if row["rule"] == rule]
        assert statuses == ["stay_unmatched"] + ["arrest_unmatched"] * 4


def test_copies_of_a_removal_stand_under_the_first() -> None:
    of = case(
        removals=departed(D[5], D[5], D[6])
        + departed(D[5], departure_country=None)
        + departed(D[5], D[5], unique_identifier=None)
    )
    assert [row["removal_row"] for row in of.removals] == [201, 201, 203, 204, 205, 206]


def removed(of: Case) -> list[tuple[datetime, int]]:
    """Name the matches of nearest-removal."""
    return [
        (row["stay_key"][2], row["removal_row"])
        for row in of.stay_removals
        if row["rule"] == "nearest-removal" and row["status"] == "matched"
    ]


@pytest.mark.parametrize(("departure", "found"), [(3, True), (2, False), (10, True)])
def test_nearest_removal_starts_seven_days_before_the_end(departure: int, found: bool) -> None:
    of = case(stint("A", at(1), None, stay_book_out_date_time=at(10, 23)), removals=departed(at(departure)))
    assert bool(removed(of)) is found


def test_nearest_removal_ends_thirty_days_after_and_falls_back_on_the_stint_window() -> None:
    assert removed(case(stint("A", at(1), at(1, 20)), removals=departed(D[31]))) == [(at(1), 201)]
    assert removed(case(stint("A", at(1), at(1, 20)), removals=departed(D[31] + DAY))) == []
    assert removed(case(stint("A", at(1), None), removals=departed(D[2]))) == []


def test_nearest_removal_prefers_the_nominal_end() -> None:
    assert removed(
        case(stint("A", at(1), at(2), stay_book_out_date_time=at(25)), removals=departed(D[5], D[24]))
    ) == [(at(1), 202)]


def test_a_removal_goes_to_one_stay_and_the_loser_takes_no_second() -> None:
    of = case(
        stint("A", at(1), at(10)), stint("B", at(11), at(12), at(11)), removals=departed(at(12), at(30))
    )
    assert removed(of) == [(at(11), 201)]
    assert [row["removal_row"] for row in of.stay_removals if row["status"] == "removal_unmatched"] == [202]


def test_nearest_removal_ties_go_to_the_earlier_removal() -> None:
    assert removed(case(stint("A", at(1), at(10)), removals=departed(at(11), at(9)))) == [(at(1), 202)]


def test_recorded_departures_are_the_stays_own() -> None:
    of = case(
        stint("A", at(1), at(2), departed_date=D[9]),
        stint("B", at(2), at(3), departed_date=D[3]),
        stint("C", at(5), None, at(5)),
    )
    found = [
        (row["status"], row["class"], row["departed_date"])
        for row in of.stay_removals
        if row["rule"] == "recorded-departure"
    ]
    assert found == [("matched", "recorded", D[3]), ("stay_unmatched", None, None)]
