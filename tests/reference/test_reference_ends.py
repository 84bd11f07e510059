"""The oracle itself, on cases worked by hand from `docs/explanation/reconstruction.md`: each test states the
rule it shows. Ends.
"""

from datetime import datetime
from typing import Any

import pytest

from .clock import DAY, MICROSECOND
from .columns import Row
from .drawing import LATER, D, at, case, departed, stint
from .reasons import reason_kind


@pytest.mark.parametrize(("text", "kind"), [
    ("Died", "death"), (" TRANSFERRED ", "transferred"), ("Transfer", "transferred"), ("Transfer to X", "transferred"), ("Removed", "removal"),
    ("U.S. Marshals", "transfer_of_custody"), ("USC", "release"), ("USC citizen", "other"), ("Not died", "other"),
    ("Returned to Custody", "other"), (None, None),
    ("7-Died", "death"),
])  # fmt: skip
def test_reason_kinds(text: str | None, kind: str | None) -> None:
    assert reason_kind(text) == kind


def end_of(*made: Row, **more: Any) -> Row:
    """Rebuild and give the end of the first stay."""
    return case(*made, **more).stay_ends[0]


def test_death_comes_first_from_either_reason_or_the_last_case_status() -> None:
    died = end_of(
        stint("A", at(1), at(2), stay_release_reason="Removed", detention_release_reason="Died"),
        arrests=[LATER],
    )
    assert (died["end"], died["end_lo"], died["end_hi"], died["end_reason"]) == (
        "death",
        at(2),
        D[3] - MICROSECOND,
        "Died",
    )
    of = case(
        stint("A", at(1), at(2), case_status="7-Died"),
        stint("A", at(5), at(6), at(5), case_status="7-Died"),
        arrests=[LATER],
    )
    assert [(end["end"], end["end_reason"]) for end in of.stay_ends] == [
        ("unaccounted", "book-out without a reason"),
        ("death", "7-Died"),
    ]
    assert [end["end"] for end in of.chain_ends] == ["death"]


def test_a_death_known_only_from_the_case_status_has_no_latest_instant() -> None:
    only = end_of(
        stint("A", at(1), at(2, 5), case_status="7-Died", detention_release_reason="Released"),
        arrests=[LATER],
    )
    assert (only["end"], only["end_lo"], only["end_hi"], only["end_reason"]) == (
        "death",
        at(2, 5),
        None,
        "7-Died",
    )
    both = end_of(
        stint("A", at(1), at(2, 5), case_status="7-Died", detention_release_reason="Died"), arrests=[LATER]
    )
    assert (both["end_lo"], both["end_hi"], both["end_reason"]) == (at(2, 5), at(2, 5), "Died")


def test_a_transfer_or_a_missing_reason_of_the_stay_asks_the_last_stint() -> None:
    assert (
        end_of(
            stint("A", at(1), at(2), stay_release_reason="Transferred", detention_release_reason="Paroled")
        )["end"]
        == "release"
    )
    assert (
        end_of(
            stint("A", at(1), at(2), stay_release_reason="Bonded Out", detention_release_reason="Removed")
        )["end"]
        == "release"
    )
    assert (
        end_of(stint("A", at(1), at(2), stay_release_reason="Transferred"), arrests=[LATER])["end_reason"]
        == "transferred, no arrival"
    )


def test_release_is_dated_by_the_nominal_book_out_and_other_ends_by_the_last_stint() -> None:
    dated = {"stay_book_out_date_time": at(2, 5)}
    assert end_of(stint("A", at(1), at(2), stay_release_reason="Released", **dated), arrests=[LATER])[
        "end_lo"
    ] == at(2, 5)
    other = end_of(stint("A", at(1), at(2), stay_release_reason="Escaped", **dated), arrests=[LATER])
    assert (other["end"], other["end_lo"], other["end_hi"]) == ("other_end", at(2), D[3] - MICROSECOND)


def test_a_departed_date_means_removal_only_on_or_after_the_first_day() -> None:
    end = end_of(stint("A", at(1, 8), at(2), departed_date=D[1]))
    assert (end["end"], end["end_lo"], end["end_hi"]) == ("removal", D[1], D[2] - MICROSECOND)
    assert (
        end_of(stint("A", at(1, 8), at(2), departed_date=D[1] - DAY), arrests=[LATER])["end"] == "unaccounted"
    )
    matched = end_of(stint("A", at(1, 8), at(2), departed_date=D[1] - DAY), removals=departed(at(2, 6)))
    assert (matched["end"], matched["end_lo"], matched["end_hi"]) == ("removal", at(2, 6), at(2, 6))


def test_a_departed_date_after_the_next_stay_began_belongs_to_that_one() -> None:
    def ends(departed_date: datetime, following: datetime | None) -> list[str]:
        of = case(
            stint("A", at(1), at(2), departed_date=departed_date),
            stint("B", following, at(20), at(5)),
            arrests=[LATER],
        )
        return [end["end"] for end in of.stay_ends]

    assert ends(at(5, 9), at(5, 8))[0] == "removal"  # on the day of the next stay's book-in, though later
    assert ends(D[6], at(5, 8))[0] == "unaccounted"
    assert ends(D[6], None)[0] == "removal"


def test_a_removal_by_its_reason_is_dated_by_the_same_departed_date_or_not_at_all() -> None:
    removed = {"stay_release_reason": "Removed"}
    of = case(
        stint("A", at(1), at(2, 7), departed_date=D[6], **removed),
        stint("B", at(5), at(6), at(5)),
        arrests=[LATER],
    )
    assert (of.stay_ends[0]["end_lo"], of.stay_ends[0]["end_hi"]) == (at(2, 7), at(2, 7))
    assert (
        end_of(stint("A", at(1), at(2, 7), departed_date=D[6], **removed), arrests=[LATER])["end_lo"] == D[6]
    )


def test_custody_that_goes_on_in_the_next_stay_is_continued() -> None:
    def end(next_in: datetime | None, out: datetime | None = D[4]) -> str:
        return end_of(stint("A", at(1), out), stint("B", next_in, at(20), at(3)), arrests=[LATER])["end"]

    assert (end(at(4)), end(at(3)), end(at(4, 0, 1)), end(None)) == (
        "continued",
        "continued",
        "unaccounted",
        "unaccounted",
    )
    assert end(at(1), None) == "continued"  # superseded since its book-in
    made = (
        stint("A", at(1), at(4), case_status="ACTIVE", detention_release_reason="Transferred"),
        stint("B", at(3), at(20), at(3)),
    )
    found = end_of(*made, arrests=[LATER])
    assert (found["end"], found["end_lo"], found["end_hi"], found["end_reason"]) == (
        "continued",
        None,
        None,
        "Transferred",
    )
    assert (found["unaccounted_since"], found["unaccounted_until"]) == (None, None)


def test_a_midnight_stands_for_its_day_at_every_kind_of_end() -> None:
    for reason in ("Released", "Removed", "U.S. Marshals", "Died", "Escaped"):
        end = end_of(stint("A", at(1), at(2), stay_release_reason=reason), arrests=[LATER])
        assert (end["end_lo"], end["end_hi"]) == (at(2), D[3] - MICROSECOND)
        end = end_of(stint("A", at(1), at(2, 0, 1), stay_release_reason=reason), arrests=[LATER])
        assert end["end_lo"] == end["end_hi"] == at(2, 0, 1)


def test_a_removal_without_a_departure_is_dated_by_the_last_stint() -> None:
    assert end_of(stint("A", at(1), at(2), stay_release_reason="Removed"), arrests=[LATER])["end_lo"] == at(2)


def test_open_means_no_past_end_and_no_next_stay() -> None:
    assert end_of(stint("A", at(1), None, stay_release_reason="Escaped"))["end"] == "open"
    scheduled = end_of(stint("A", at(1), at(9), stay_book_out_date_time=at(9)))
    assert (scheduled["end"], scheduled["end_lo"]) == ("open", None)
    assert end_of(stint("A", at(1), at(9)), arrests=[LATER])["end"] == "unaccounted"


def test_a_book_out_at_the_release_instant_is_past() -> None:
    assert end_of(stint("A", at(1), at(9)), released_at={"r": at(9)})["end"] == "unaccounted"
    assert end_of(stint("A", at(1), at(9)), released_at={"r": at(9) - MICROSECOND})["end"] == "open"


def test_unaccounted_reasons_and_intervals() -> None:
    def found(*made: Row) -> tuple[str, datetime, datetime]:
        end = end_of(*made, arrests=[LATER])
        return end["end_reason"], end["unaccounted_since"], end["unaccounted_until"]

    after = stint("B", at(9, 4), at(10), at(9))
    assert found(stint("A", at(1), at(2), detention_release_reason="Transferred"), after) == (
        "transferred, no arrival",
        at(2),
        at(9, 4),
    )
    assert found(stint("A", at(1), at(2))) == ("book-out without a reason", at(2), None)
    assert found(stint("A", at(1), None, stay_book_out_date_time=at(3))) == (
        "stay ended, stint open",
        at(3),
        None,
    )
    assert found(stint("A", at(1), None), after) == ("superseded", at(1), at(9, 4))
    assert found(stint("A", None, None), after) == ("superseded", D[1], at(9, 4))
    assert found(stint("A", at(1), None, stay_release_reason="Escaped"), after)[0] == "superseded"
