"""The oracle itself, on cases worked by hand from `docs/explanation/reconstruction.md`: each test states the
rule it shows. Transfers.
"""

from datetime import datetime

from . import drawing
from .case import Case
from .clock import DAY, HOUR, MINUTE, microseconds
from .drawing import LATER, case, stint


def at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    """Give a time in March 2026 that no day without a clock time can stand for."""
    return drawing.at(day, hour + 6, minute)


def transfers(of: Case) -> list[tuple[str, int | None]]:
    """Give status and gap of each transfer."""
    return [(one["status"], one["gap_us"]) for one in of.transfers]


def gaps(of: Case) -> list[tuple[datetime, datetime]]:
    """Give the unaccounted intervals between stints."""
    return [(one["since"], one["until"]) for one in of.unaccounted if one["reason"] == "gap between stints"]


def test_transfers_are_signed_within_a_day_and_late_beyond() -> None:
    of = case(
        stint("A", at(1), at(2)),
        stint("B", at(3) - MINUTE, at(4)),
        stint("C", at(5, 0, 1), at(7)),
        stint("D", at(6), None),
        arrests=[LATER],
    )
    assert transfers(of) == [
        ("signed", microseconds(DAY - MINUTE)),
        ("late", microseconds(DAY + MINUTE)),
        ("early", -microseconds(DAY)),
    ]
    assert [one["covered_until"] for one in of.transfers] == [at(2), at(4), at(7)]
    assert gaps(of) == [(at(4), at(5, 0, 1))]


def test_stints_that_meet_are_signed_and_missing_sides_are_named() -> None:
    assert transfers(case(stint("A", at(1), at(2)), stint("B", at(2), None), stint("C", at(3), at(4)))) == [
        ("signed", 0),
        ("no book-out", None),
    ]
    assert transfers(case(stint("A", None, at(2)), stint("B", None, at(3)))) == [("no book-in", None)]
    assert transfers(case(stint("A", None, None), stint("B", None, at(3)))) == [("no book-out", None)]


def test_the_setting_moves_the_limit() -> None:
    made = stint("A", at(1), at(2)), stint("B", at(2, 2), at(4))
    assert transfers(case(*made, gap_hours=3)) == [("signed", microseconds(2 * HOUR))]
    # two hours to the minute are longer or shorter by seconds
    assert transfers(case(*made, gap_hours=2)) == [("cannot be judged", microseconds(2 * HOUR))]
    assert (transfers(case(*made, gap_hours=1)), gaps(case(*made, gap_hours=1))) == (
        [("late", microseconds(2 * HOUR))],
        [(at(2), at(2, 2))],
    )


def test_a_late_transfer_is_unaccounted_only_where_no_other_stint_covers_it() -> None:
    whole = case(stint("A", at(1), at(9)), stint("B", at(2), at(3)), stint("C", at(8), at(10)))
    assert transfers(whole) == [("early", -microseconds(7 * DAY)), ("late", microseconds(5 * DAY))]
    assert (whole.transfers[1]["covered_until"], gaps(whole)) == (at(9), [])
    part = case(stint("A", at(1), at(5)), stint("B", at(2), at(3)), stint("C", at(8), at(10)))
    assert gaps(part) == [(at(5), at(8))]
    rest = case(stint("A", at(1), at(7)), stint("B", at(2), at(3)), stint("C", at(8), at(10)))
    assert gaps(rest) == []  # from the 7th to the 8th is not longer than a day


def test_stints_of_other_stays_cover_a_late_transfer_too() -> None:
    of = case(stint("A", at(1), at(2)), stint("B", at(2), at(6), at(2)), stint("C", at(9), at(10)))
    assert ("late", microseconds(7 * DAY)) in transfers(of)
    assert gaps(of) == [(at(6), at(9))]
    other = case(
        stint("A", at(1), at(2)),
        stint("B", at(2), at(6), at(2), unique_identifier="q"),
        stint("C", at(9), at(10)),
    )
    assert gaps(other) == [(at(2), at(9))]


def test_a_stint_that_comes_after_the_next_in_the_order_covers_nothing() -> None:
    of = case(stint("A", at(1), at(2)), stint("B", at(5), at(6)), stint("D", at(5), at(9), at(5)))
    assert [one["covered_until"] for one in of.transfers] == [at(2)]


def test_a_transfer_that_nobody_signed_is_a_row_of_its_own() -> None:
    of = case(stint("A", at(1), at(2), detention_release_reason="Transferred"), arrests=[LATER])
    (one,) = of.transfers
    assert (one["status"], one["row_before"], one["row_after"], one["since"], one["until"]) == (
        "unsigned",
        1,
        None,
        at(2),
        None,
    )
    assert [end["end_reason"] for end in of.stay_ends] == ["transferred, no arrival"]
    assert case(stint("A", at(1), at(2), detention_release_reason=None), arrests=[LATER]).transfers == []
    went_on = case(
        stint("A", at(1), at(2), detention_release_reason="Transferred"),
        stint("B", at(2), at(3), at(2)),
        arrests=[LATER],
    )
    assert (went_on.transfers, went_on.stay_ends[0]["end"]) == ([], "continued")


def test_a_side_that_is_hidden_or_given_to_the_day_only_cannot_be_judged() -> None:
    hidden = stint("A", at(1), None, book_out_date_time_why_missing="withheld")
    assert transfers(case(hidden, stint("B", at(5), at(6)))) == [("cannot be judged", None)]
    days = case(
        stint("A", at(1), drawing.at(2)),
        stint("B", drawing.at(2), drawing.at(3)),
        stint("C", drawing.at(6), at(9)),
    )
    assert transfers(days) == [("cannot be judged", 0), ("late", microseconds(3 * DAY))]


def test_an_end_that_the_record_hides_is_not_unaccounted() -> None:
    for hidden, said in (
        ({"book_out_date_time_why_missing": "withheld"}, "book-out withheld"),
        ({"stay_book_out_date_time_why_missing": "unreadable"}, "book-out unreadable"),
        ({"book_out_date_time_why_missing": "not_in_release"}, "book-out not in the release"),
    ):
        of = case(
            stint("A", at(1), None, at(1), **hidden),
            stint("B", at(5), at(6), at(5), stay_release_reason="Removed"),
        )
        assert [(end["end"], end["end_reason"]) for end in of.stay_ends] == [
            ("cannot be judged", said),
            ("removal", "Removed"),
        ]
    of = case(stint("A", at(1), at(2), at(1), stay_release_reason_why_missing="withheld"), arrests=[LATER])
    assert [(end["end"], end["end_reason"]) for end in of.stay_ends] == [
        ("cannot be judged", "reason withheld")
    ]
    blank = case(
        stint("A", at(1), None, at(1)), stint("B", at(5), at(6), at(5), stay_release_reason="Removed")
    )
    assert [(end["end"], end["end_reason"]) for end in blank.stay_ends] == [
        ("unaccounted", "superseded"),
        ("removal", "Removed"),
    ]
