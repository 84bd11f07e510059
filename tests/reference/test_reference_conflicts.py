"""The oracle itself, on cases worked by hand from `docs/explanation/reconstruction.md`: each test states the
rule it shows. Conflicts.
"""

from datetime import datetime, timedelta
from typing import Any

import pytest

from .case import Case
from .clock import DAY, HOUR, MICROSECOND, MINUTE, microseconds
from .drawing import LATER, D, at, case, departed, stint


def found_conflicts(of: Case, kind: str) -> list[tuple[int, str, tuple[int, ...]]]:
    """Give size, grade and rows of the conflicts of a kind."""
    return [(one["size_us"], one["grade"], one["rows"]) for one in of.conflicts if one["kind"] == kind]


def by_clock(day: int, hour: int = 0, minute: int = 0) -> datetime:
    """Give a time in March 2026 that no day without a clock time can stand for."""
    return at(day, hour + 6, minute)


def test_inversions_are_found_among_kept_stints() -> None:
    inverted = stint("A", at(2), at(1))
    of = case(inverted, inverted, stint("B", at(2), at(1), unique_identifier=None), stint("C", at(2), at(2)))
    assert found_conflicts(of, "inversion") == [(microseconds(DAY), "serious", (1,))]


def test_overlap_needs_two_closed_places_and_a_later_stint_of_some_length() -> None:
    first = stint("A", by_clock(1), by_clock(4))
    assert found_conflicts(case(first, stint("B", by_clock(2), by_clock(2, 0, 30))), "overlap") == [
        (microseconds(30 * MINUTE), "trace", (1, 2))
    ]
    for other in (
        stint("B", by_clock(2), by_clock(2)),
        stint("B", by_clock(4), by_clock(5)),
        stint("B", by_clock(2), None),
        stint("A", by_clock(2), by_clock(3)),
        stint(None, by_clock(2), by_clock(3)),
    ):
        assert found_conflicts(case(first, other), "overlap") == []


def test_two_places_share_nothing_when_one_is_open() -> None:
    of = case(
        stint("A", by_clock(1), by_clock(4)),
        stint("B", by_clock(1), None),
        stint("C", by_clock(1), by_clock(1, 2)),
    )
    assert found_conflicts(of, "two_places") == [
        (0, "trace", (1, 2)),
        (microseconds(2 * HOUR), "minor", (1, 3)),
        (0, "trace", (2, 3)),
    ]
    assert found_conflicts(of, "overlap") == []


def test_custody_after_removal_is_measured_from_the_midnight_that_ends_the_day() -> None:
    def sizes(
        out: datetime | None, booked_in: datetime = D[1], departed_date: datetime = D[2]
    ) -> list[tuple[int, str, tuple[int, ...]]]:
        return found_conflicts(
            case(stint("A", booked_in, out, departed_date=departed_date), arrests=[LATER]),
            "custody_after_removal",
        )

    assert sizes(at(4)) == [(microseconds(DAY), "serious", (1,))]
    assert sizes(at(4), departed_date=at(2, 23)) == [(microseconds(DAY), "serious", (1,))]
    assert sizes(at(2, 23, 59)) == sizes(D[3]) == sizes(None) == []
    assert sizes(D[3] + MICROSECOND) == [(1, "trace", (1,))]
    assert sizes(at(4), booked_in=at(3)) == []  # departed before the stay's first day
    assert sizes(at(25)) == [(microseconds(22 * DAY), "serious", (1,))]  # scheduled, and counted as written


def test_custody_after_removal_looks_at_the_book_in_too() -> None:
    of = case(
        stint("A", at(1), at(2)),
        stint("B", at(9), None),
        stint("C", at(9), at(8), stay_book_out_date_time=at(9)),
        removals=departed(D[4]),
    )
    assert found_conflicts(of, "custody_after_removal") == [(microseconds(4 * DAY), "serious", (3,))]
    assert found_conflicts(of, "no_book_out_at_removal") == []
    opened = case(
        stint("A", at(1), at(2)),
        stint("B", at(9), None, stay_book_out_date_time=at(9)),
        removals=departed(D[4]),
        arrests=[LATER],
    )
    assert found_conflicts(opened, "custody_after_removal") == [(microseconds(4 * DAY), "serious", (2,))]


def test_a_departed_date_before_the_stay_leaves_the_matched_removal() -> None:
    of = case(stint("A", at(5), at(12), departed_date=D[2]), removals=departed(D[8]), arrests=[LATER])
    assert found_conflicts(of, "custody_after_removal") == [(microseconds(3 * DAY), "serious", (1,))]


def test_a_missing_book_out_explains_an_open_stint_at_a_removal() -> None:
    def found(departed_date: datetime, **more: Any) -> list[tuple[int, str, tuple[int, ...]]]:
        return found_conflicts(
            case(stint("A", at(1), None, departed_date=departed_date), **more), "no_book_out_at_removal"
        )

    assert found(D[2], arrests=[LATER]) == [(0, "trace", (1,))]
    assert found(at(19, 23), arrests=[LATER]) == [(0, "trace", (1,))]
    assert found(D[20], arrests=[LATER]) == []  # the release instant is on this day
    assert found(D[2], released_at={"r": D[3]}) == [(0, "trace", (1,))]
    assert found(D[1] - DAY, arrests=[LATER]) == []


def test_a_stay_after_a_death_is_measured_from_the_last_book_out() -> None:
    def found(
        out: datetime | None, next_in: datetime | None, **more: Any
    ) -> list[tuple[int, str, tuple[int, ...]]]:
        of = case(stint("A", at(1), out, **more), stint("B", next_in, at(12), at(5)), arrests=[LATER])
        return found_conflicts(of, "custody_after_death")

    died = {"detention_release_reason": "Died"}
    assert found(at(2), at(5), **died) == [(microseconds(3 * DAY), "serious", (1,))]
    assert found(at(2), at(5), stay_release_reason="Died") == [(microseconds(3 * DAY), "serious", (1,))]
    assert (
        found(at(7), at(5), **died)
        == found(None, at(5), **died)
        == found(at(2), None, **died)
        == [(0, "trace", (1,))]
    )
    assert found(at(2), at(5), case_status="7-Died") == []
    assert found_conflicts(case(stint("A", at(1), at(2), **died)), "custody_after_death") == []


def test_nobody_departs_after_a_death() -> None:
    def found(left: datetime, out: datetime) -> list[tuple[int, str, tuple[int, ...]]]:
        of = case(stint("A", at(1), out, stay_release_reason="Died"), removals=departed(left))
        return found_conflicts(of, "departure_after_death")

    assert found(D[3], D[2]) == [(1, "trace", (1,))]  # a day of death ends with it
    assert found(D[4], D[2]) == [(microseconds(DAY) + 1, "serious", (1,))]
    assert found(D[2], D[2]) == found(D[2], at(2, 8)) == found(D[1], D[2]) == []


def test_nobody_departs_out_of_the_middle_of_a_stint() -> None:
    def found(left: datetime, begun: datetime = D[1], out: datetime | None = D[9]) -> list[Any]:
        of = case(
            stint("A", begun, out), stint("B", at(10), at(11), departed_date=D[12]), removals=departed(left)
        )
        return found_conflicts(of, "held_through_departure")

    assert found(D[4]) == [(microseconds(D[9] - D[5]), "serious", (1,))]
    assert found(D[1]) == found(D[9]) == found(D[4], out=None) == found(D[4], out=D[5]) == []
    assert found(D[4], begun=D[4]) == []
    assert found(D[4], begun=D[3]) != []


def test_nobody_is_booked_in_before_they_are_born() -> None:
    def found(year: int | None) -> list[tuple[int, str, tuple[int, ...]]]:
        return found_conflicts(case(stint("A", at(1), at(2), birth_year=year)), "before_birth")

    born = at(1).year
    assert found(born + 2) == [(microseconds(730 * DAY), "severe", (1,))]
    assert found(born) == found(None) == []


def test_birth_years_may_differ_by_one() -> None:
    def of(*years: int | None) -> Case:
        return case(*(stint("A", at(1, hour), None, birth_year=year) for hour, year in enumerate(years)))

    assert found_conflicts(of(1980, 1981, None), "birth_year") == []
    assert found_conflicts(of(1980, 1982), "birth_year") == [(microseconds(730 * DAY), "minor", (1, 2))]
    assert found_conflicts(of(1980, 1983), "birth_year") == [(microseconds(1095 * DAY), "severe", (1, 2))]


def test_stay_windows_may_differ_by_a_minute() -> None:
    assert (
        found_conflicts(
            case(
                stint("A", by_clock(1, 0, 1), by_clock(2), by_clock(1), stay_book_out_date_time=by_clock(2))
            ),
            "stay_window",
        )
        == []
    )
    wide = case(
        stint("A", by_clock(1, 0, 2), by_clock(2), by_clock(1), stay_book_out_date_time=by_clock(2, 3))
    )
    assert found_conflicts(wide, "stay_window") == [(microseconds(3 * HOUR), "minor", (1,))]


def test_stay_windows_are_compared_only_where_both_have_an_end() -> None:
    assert found_conflicts(case(stint("A", at(1), None, stay_book_out_date_time=at(9))), "stay_window") == []
    assert found_conflicts(case(stint("A", at(1), at(5))), "stay_window") == []


def test_stays_overlap_by_their_nominal_windows() -> None:
    of = case(
        stint("A", at(1), at(2), D[1], stay_book_out_date_time=at(5)),
        stint("B", at(4), at(9), D[4], stay_book_out_date_time=at(9)),
    )
    assert found_conflicts(of, "stays_overlap") == [(microseconds(DAY), "serious", (1, 2))]


def test_stays_that_meet_do_not_overlap() -> None:
    of = case(
        stint("A", at(1), at(4), D[1], stay_book_out_date_time=at(4)),
        stint("B", at(4), at(9), D[4], stay_book_out_date_time=at(9)),
    )
    assert found_conflicts(of, "stays_overlap") == []


def test_one_stint_under_two_stays() -> None:
    of = case(
        stint("A", by_clock(1), by_clock(2), D[1]),
        stint("A", by_clock(1), by_clock(3), D[2]),
        stint(None, by_clock(1), by_clock(2), D[1]),
        stint(None, by_clock(1), by_clock(2), D[2]),
    )
    assert found_conflicts(of, "stint_two_stays") == [(0, "trace", (1, 2))]


@pytest.mark.parametrize(
    ("size", "grade"),
    [(HOUR - MICROSECOND, "trace"), (HOUR, "minor"), (DAY, "serious"), (30 * DAY, "severe")],
)
def test_grades_begin_at_their_limits(size: timedelta, grade: str) -> None:
    assert found_conflicts(case(stint("A", by_clock(1) + size, by_clock(1))), "inversion")[0][1] == grade


def test_a_day_without_a_clock_time_conflicts_only_where_no_time_of_it_agrees() -> None:
    assert found_conflicts(case(stint("A", at(2, 9), at(2))), "inversion") == []
    assert found_conflicts(case(stint("A", at(2, 9), at(1))), "inversion") == [
        (microseconds(33 * HOUR), "serious", (1,))
    ]
    assert found_conflicts(case(stint("A", at(2), at(4)), stint("B", at(2), at(3))), "two_places") == []
    assert found_conflicts(case(stint("A", at(1, 9), at(2, 9)), stint("B", at(2), at(3))), "overlap") == []
    assert found_conflicts(case(stint("A", at(1, 9), at(1, 12), at(1))), "stay_window") == []
