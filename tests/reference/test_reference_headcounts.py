"""The oracle itself, on cases worked by hand from `docs/explanation/reconstruction.md`: each test states the
rule it shows. Headcounts.
"""

from datetime import date, datetime
from typing import Any

import pytest

from .case import Case
from .columns import Row
from .drawing import LATER, D, at, case
from .drawing import stint as drawn
from .headcounts import (
    BLANK,
    DDP_FIRST,
    DDP_LAST,
    LEVELS,
    NOT_IN_RELEASE,
    PERSON_UNKNOWN,
    PLACE_UNKNOWN,
    UNREADABLE,
    WITHHELD,
)


def stint(
    f: str | None, booked_in: datetime | None, out: datetime | None, stay: datetime | None = None, **more: Any
) -> Row:
    """Write one detention row whose stay begins with it and ends with a removal, so that nobody is
    unaccounted for.
    """
    return drawn(
        f,
        booked_in,
        out,
        stay or booked_in or D[1],
        **{"stay_release_reason": None if out is None else "Removed"} | more,
    )


def counted(of: Case, definition: str, place: int = 0) -> dict[int, int]:
    """Count facility A: {day of March 2026: n} (or n_lo, n_hi by `place`), zeros left out."""
    cells = of.headcount("r", definition, fill=False)
    return {on.day: cell[place] for (group, on), cell in cells.items() if group == "A" and cell[place]}


def test_uwchr_counts_rows_at_the_midnight_that_begins_the_day() -> None:
    of = case(stint("A", at(1), at(3)), stint("A", at(1, 8), at(3, 8)), stint("A", at(5), at(4)))
    assert counted(of, "uwchr") == {1: 1, 2: 2, 3: 1}


def test_uwchr_leaves_out_exact_duplicates_and_rows_without_a_person() -> None:
    same = stint("A", at(1, 8), at(3, 8))
    assert counted(
        case(same, same, same | {"unique_identifier": None}, same | {"bond_posted_amount": 1.0}), "uwchr"
    ) == {2: 2, 3: 2}


def test_uwchr_ends_open_stints_at_the_latest_book_out_of_the_release() -> None:
    of = case(stint("A", at(1, 8), None), stint("B", at(2), at(5), unique_identifier=None))
    assert counted(of, "uwchr") == {2: 1, 3: 1, 4: 1}
    assert counted(case(stint("A", at(1, 8), None)), "uwchr") == {}


def test_ddp_midnight_counts_people_at_the_end_of_the_day() -> None:
    of = case(
        stint("A", at(1, 8), at(3, 8)),
        stint("A", at(2, 9), at(3, 9)),
        stint("A", at(2), at(3), unique_identifier=None),
        stint("A", at(5, 8), at(5, 9)),
    )
    assert counted(of, "ddp-midnight") == {1: 1, 2: 2}


def test_ddp_any_time_counts_inversions_on_the_day_of_book_in() -> None:
    assert counted(case(stint("A", at(5), at(3)), stint("A", at(7, 8), at(8))), "ddp-any-time") == {
        5: 1,
        7: 1,
        8: 1,
    }
    assert counted(case(stint("A", at(5), at(3))), "ddp-midnight") == {}


def test_ddp_ends_open_stints_on_its_own_last_day() -> None:
    of = case(stint("A", at(8), None))
    assert counted(of, "ddp-midnight") == {8: 1, 9: 1, 10: 1}  # the last midnight of the range included
    assert counted(of, "ddp-any-time") == {8: 1, 9: 1, 10: 1}
    assert counted(case(stint("A", at(12), None)), "ddp-any-time") == {}


def test_ddp_fills_zeros_over_its_range_and_only_there() -> None:
    cells = case(stint("A", at(8), at(9))).headcount("r", "ddp-midnight")
    assert len(cells) == (DDP_LAST - DDP_FIRST).days + 1
    assert (cells["A", DDP_FIRST][:3], cells["A", date(2026, 3, 8)][:3]) == ((0, 0, 0), (1, 1, 1))
    assert list(case(stint("A", at(8), at(9))).headcount("r", "vera-midnight")) == [("A", date(2026, 3, 8))]


def test_vera_ends_open_stints_with_the_release() -> None:
    of = case(stint("A", at(8), None), arrests=[{"apprehension_date_time": at(9, 5)}])
    assert counted(of, "vera-midnight") == {8: 1, 9: 1}
    assert counted(of, "vera-24-hour") == {8: 1, 9: 1}
    assert counted(of, "vera-midnight", 1) == {}  # a blank shows nobody held
    assert counted(of, "vera-midnight", 2) == {8: 1, 9: 1}  # the release instant is the end of its day


def test_nothing_is_shown_after_the_book_in_of_a_stint_without_book_out() -> None:
    of = case(stint("A", at(1, 8), None), stint("B", at(3), None), arrests=[LATER])
    assert counted(of, "vera-24-hour", 1) == {1: 1}
    assert counted(of, "vera-midnight", 1) == {}
    assert set(counted(of, "vera-24-hour", 2)) == set(range(1, 21))
    last = case(stint("B", at(1, 8), None), stint("A", at(3), None), arrests=[LATER])
    assert set(counted(last, "vera-24-hour", 1)) == {3}


@pytest.mark.parametrize(
    ("why", "level"),
    [
        ("withheld", WITHHELD),
        ("blank", BLANK),
        (None, BLANK),
        ("unreadable", UNREADABLE),
        ("not_in_release", NOT_IN_RELEASE),
    ],
)
def test_the_width_is_put_down_to_why_the_book_out_is_missing(why: str | None, level: int) -> None:
    of = case(stint("A", at(18, 8), None, book_out_date_time_why_missing=why), arrests=[LATER])
    assert of.headcount("r", "vera-midnight")["A", date(2026, 3, 19)] == (
        1,
        0,
        1,
        *(int(one == level) for one in LEVELS),
    )


def test_a_row_without_a_person_is_at_most_one_more() -> None:
    known = stint("A", at(1, 8), at(5, 8))
    of = case(known, known | {"unique_identifier": None}, arrests=[LATER])
    assert of.headcount("r", "vera-midnight")["A", date(2026, 3, 2)] == (
        2,
        1,
        2,
        *(int(one == PERSON_UNKNOWN) for one in LEVELS),
    )
    assert of.headcount("r", "uwchr")["A", date(2026, 3, 2)] == (
        1,
        1,
        2,
        *(int(one == PERSON_UNKNOWN) for one in LEVELS),
    )


def test_a_row_without_a_place_may_be_of_any() -> None:
    of = case(
        stint("A", at(1, 8), at(2, 8)),
        stint(None, at(3, 8), at(5, 8), unique_identifier="q"),
        arrests=[LATER],
    )
    anywhere = tuple(int(one == PLACE_UNKNOWN) for one in LEVELS)
    assert of.headcount("r", "vera-midnight")["A", date(2026, 3, 3)] == (0, 0, 1, *anywhere)
    assert of.headcount("r", "vera-midnight")[None, date(2026, 3, 3)] == (1, 0, 1, *anywhere)


def test_a_day_without_a_clock_time_is_any_time_of_it() -> None:
    of = case(stint("A", D[3], D[5]), arrests=[LATER])
    assert [counted(of, "noon", place) for place in range(3)] == [{3: 1, 4: 1}, {4: 1}, {3: 1, 4: 1, 5: 1}]
    assert [counted(of, "uwchr", place) for place in range(3)] == [{3: 1, 4: 1}, {4: 1}, {3: 1, 4: 1, 5: 1}]
    assert [counted(of, "vera-midnight", place) for place in range(3)] == [{3: 1, 4: 1}] * 3


def test_rows_that_may_be_one_placement_told_twice_show_one() -> None:
    of = case(stint("A", at(1, 8), at(5, 8)), stint("A", at(1, 8), at(5, 9)), arrests=[LATER])
    assert of.headcount("r", "uwchr")["A", date(2026, 3, 2)] == (
        2,
        1,
        2,
        *(int(one == PERSON_UNKNOWN) for one in LEVELS),
    )


def test_a_row_without_book_in_counts_from_s_in_the_upper_bound_only() -> None:
    of = case(stint("A", None, at(4, 8), at(2, 8)), arrests=[LATER])
    assert [counted(of, "ddp-any-time", place) for place in range(3)] == [{}, {}, {2: 1, 3: 1, 4: 1}]
    beside = case(
        stint("A", None, at(4, 8), at(2, 8)),
        stint("A", at(3), at(3, 1), unique_identifier="q"),
        arrests=[LATER],
    )
    assert [counted(beside, "vera-24-hour", place) for place in range(3)] == [
        {3: 1},
        {3: 1},
        {2: 1, 3: 2, 4: 1},
    ]


def test_a_row_without_any_begin_may_reach_back_a_year_before_all_that_is_recorded() -> None:
    of = case(drawn("A", None, at(4, 8), None, stay_release_reason="Removed"), arrests=[LATER])
    days = [on for (_, on), cell in of.headcount("r", "vera-24-hour").items() if cell[2]]
    assert (min(days), max(days)) == (date(2025, 3, 3), date(2026, 3, 4))
    neither = case(stint("A", None, None, at(2, 8)), arrests=[LATER])
    assert set(counted(neither, "vera-24-hour", 2)) == set(range(2, 21))


def test_days_of_nobody_are_printed_where_somebody_may_have_been() -> None:
    of = case(stint("A", None, at(4, 8), at(2, 8)), arrests=[LATER])
    for name in ("uwchr", "vera-midnight", "vera-24-hour", "noon"):
        assert {cell[:3] for cell in of.headcount("r", name).values()} == {(0, 0, 1)}


def test_noon_counts_people_held_at_the_middle_of_the_day() -> None:
    of = case(
        stint("A", at(1, 12), at(3, 12)),
        stint("A", at(2, 13), at(3, 8)),
        stint("B", at(1, 13), at(2, 12)),
        stint("A", at(5), at(4)),
        arrests=[LATER],
    )
    assert counted(of, "noon") == {1: 1, 2: 1}
    opened = case(stint("A", at(18), None), arrests=[LATER])
    assert counted(opened, "noon") == counted(opened, "noon", 2) == {18: 1, 19: 1, 20: 1}


def test_scheduled_book_outs_show_custody_up_to_the_release_instant_only() -> None:
    of = case(stint("A", at(17, 9), at(25, 8)), arrests=[LATER])
    assert (set(counted(of, "vera-24-hour")), set(counted(of, "vera-24-hour", 1))) == (
        set(range(17, 26)),
        {17, 18, 19, 20},
    )
    assert (set(counted(of, "vera-midnight")), set(counted(of, "vera-midnight", 1))) == (
        set(range(17, 25)),
        {17, 18, 19, 20},
    )
    assert set(counted(of, "noon", 1)) == {17, 18, 19, 20}
    assert set(counted(of, "noon", 2)) == set(range(17, 25))


def test_the_last_counted_instant_may_be_the_release_instant() -> None:
    of = case(stint("A", at(17, 9), at(25, 8), case_status="ACTIVE"), released_at={"r": D[20]})
    assert set(counted(of, "uwchr", 1)) == {18, 19, 20}
    assert set(counted(of, "vera-midnight", 1)) == {17, 18, 19}
    assert set(counted(case(stint("A", at(17, 9), at(25, 8)), released_at={"r": at(20, 12)}), "noon", 1)) == {
        17,
        18,
        19,
        20,
    }
    assert set(counted(case(stint("A", at(17, 9), at(25, 8)), released_at={"r": at(20, 11)}), "noon", 1)) == {
        17,
        18,
        19,
    }


def test_the_upper_bound_is_raised_where_a_peer_counts_past_the_release() -> None:
    of = case(stint("A", at(8), None))
    assert of.headcount("r", "ddp-any-time", fill=False)["A", date(2026, 3, 10)] == (
        1,
        0,
        1,
        *(int(one == NOT_IN_RELEASE) for one in LEVELS),
    )
