"""The oracle itself, on cases worked by hand from `docs/explanation/reconstruction.md`, each stating its
rule: stints, stays, release instant.
"""

from .case import Case
from .clock import MICROSECOND
from .drawing import D, at, case, stint


def flagged(of: Case, flag: str) -> list[int]:
    """Name the rows that carry a flag."""
    return [row["row_id"] for row in of.stints if row[flag]]


def test_keys_write_midnights_as_dates_and_are_null_when_a_part_is() -> None:
    of = case(stint("F", at(1, 8), None), stint("F", D[2], None, at(1, 0, 5)), stint(None, D[2], None, None))
    assert [row["stint_ID"] for row in of.stints] == ["p_2026-03-01 08:00:00_F", "p_2026-03-02_F", None]
    assert [row["stay_ID"] for row in of.stints] == ["p_2026-03-01", "p_2026-03-01 00:05:00", None]


def test_bond_minima_span_the_stays_of_one_stint_key_and_need_a_person() -> None:
    of = case(
        stint("F", at(1, 8), None, D[1], bond_posted_amount=1500.0, bond_posted_date=None),
        stint("F", at(1, 8), None, D[2], bond_posted_amount=900.0, bond_posted_date=D[5]),
        stint("F", at(1, 9), None, D[1], bond_posted_amount=1.0),
        stint("F", at(1, 8), None, D[1], bond_posted_amount=2.0, unique_identifier=None),
    )
    assert [row["bond_posted_amount_lowest_seen"] for row in of.stints] == [900.0, 900.0, 1.0, None]
    assert [row["bond_posted_date_earliest_seen"] for row in of.stints] == [D[5], D[5], None, None]


def test_bond_duplicates_keep_the_first_in_order_k_nulls_first() -> None:
    same = stint("F", at(1, 8), at(1, 9))
    of = case(
        same | {"bond_posted_date": D[3]},
        same | {"initial_bond_set_amount": 9.0},
        same,
        same | {"bond_posted_amount": 5.0},
    )
    assert flagged(of, "duplicate_likely_bond") == [
        1,
        3,
        4,
    ]  # null dates and amounts: rows 2 and 3 tie, row 2 is first in the file
    assert flagged(of, "duplicate_exact") == []
    assert flagged(of, "duplicate_likely_sameday") == []


def test_one_other_column_keeps_rows_apart_for_the_bond_rule() -> None:
    same = stint("F", at(1, 8), at(1, 9))
    of = case(same | {"race": "a"}, same | {"race": "b"}, same)
    assert flagged(of, "duplicate_likely_bond") == []
    assert flagged(of, "duplicate_likely_sameday") == [
        1,
        2,
    ]  # race is not in order K: the last in file order stays


def test_exact_duplicates_keep_the_first_in_the_file_also_without_a_person() -> None:
    same = stint("F", at(1, 8), at(1, 9))
    nobody = same | {"unique_identifier": None}
    of = case(same, nobody, same, nobody)
    assert flagged(of, "duplicate_exact") == [3, 4]
    assert flagged(of, "duplicate_likely_bond") == [3]
    assert flagged(of, "duplicate_drop_row") == [3]
    assert [row["duplicate_likely"] for row in of.stints] == [False, None, True, None]


def test_sameday_keeps_the_last_book_in_of_a_person_facility_day_and_stay() -> None:
    apart = [
        stint("F", D[2], None),
        stint("G", at(1, 9), None),
        stint("F", at(1, 7), None, D[2]),
    ]  # another day, place, stay
    of = case(stint("F", at(1, 8), at(1, 20)), stint("F", at(1, 21), at(1, 22)), *apart)
    assert flagged(of, "duplicate_likely_sameday") == [1]


def test_sameday_orders_text_by_bytes_and_nulls_lose() -> None:
    same = stint("F", at(1, 8), None)
    of = case(*(same | {"religion": text} for text in ("b", "Z", None, "\u00e9", "\uffee", "\U0001f54a")))
    assert flagged(of, "duplicate_likely_sameday") == [
        1,
        2,
        3,
        4,
        5,
    ]  # 🕊 is above U+FFEE by UTF-8 bytes, below it by UTF-16 units


def test_sameday_takes_nulls_as_equal() -> None:
    of = case(stint(None, None, at(2), None), stint(None, None, at(3), None))
    assert flagged(of, "duplicate_likely_sameday") == [1]


def test_sameday_spares_rows_without_a_person() -> None:
    same = stint("F", at(1, 8), None, unique_identifier=None)
    assert flagged(case(same, same | {"religion": "a"}), "duplicate_likely_sameday") == []


def test_releases_never_meet() -> None:
    same = stint("F", at(1, 8), None)
    of = case(same, same | {"release": "other"})
    assert flagged(of, "duplicate_exact") == flagged(of, "duplicate_drop_row") == []
    assert [one["n_stays"] for one in of.stays] == [1, 1]


def test_a_stay_orders_open_stints_first_and_takes_the_last_rows_columns() -> None:
    of = case(
        stint("B", at(2), at(3), gender="M"),
        stint("C", at(2), None),
        stint("A", at(1), at(2), gender="F"),
        stint("D", at(2), at(2), gender=None),
    )
    (one,) = of.stays
    assert one["rows"] == (3, 2, 4, 1)
    assert (one["first_row"], one["last_row"], one["n_stints"], one["gender"]) == (3, 1, 4, "M")
    assert one["detention_facility_codes_all"] == "A; C; D; B"


def test_the_lowest_seen_bonds_of_a_stay_are_the_least_over_its_stints() -> None:
    of = case(
        stint("A", at(1), at(2), bond_posted_amount=700.0, initial_bond_set_date=D[3]),
        stint("B", at(2), at(3), bond_posted_amount=900.0),
        stint(
            "A", at(1), at(2), at(9), bond_posted_amount=500.0
        ),  # another stay, but the same stint as the first row
    )
    assert [one["bond_posted_amount_lowest_seen"] for one in of.stays] == [500.0, 500.0]
    assert [one["bond_posted_amount"] for one in of.stays] == [900.0, 500.0]
    assert [one["initial_bond_set_date_earliest_seen"] for one in of.stays] == [D[3], D[3]]


def test_a_null_code_makes_the_joined_codes_null() -> None:
    assert (
        case(stint("A", at(1), at(2)), stint(None, at(2), at(3))).stays[0]["detention_facility_codes_all"]
        is None
    )


def test_longest_ties_go_to_the_last_and_open_stints_run_to_the_cut_off() -> None:
    tied = case(stint("A", at(1), at(2)), stint("B", at(2), at(3)), stint("C", at(3), at(3, 5)))
    assert tied.stays[0]["longest_row"] == 2
    opened = case(stint("A", at(1), None), stint("B", at(5), at(9)))
    assert opened.stays[0]["longest_row"] == 1
    assert (
        case(stint("A", at(1), None), stint("B", at(5), at(9)), longest_open_until=at(2)).stays[0][
            "longest_row"
        ]
        == 2
    )


def test_a_stint_without_book_in_is_longest_only_alone() -> None:
    assert case(stint("A", None, at(9)), stint("B", at(2), at(1))).stays[0]["longest_row"] == 2
    assert (
        case(stint("A", None, at(9)), stint("B", None, at(1))).stays[0]["longest_row"] == 1
    )  # (out, f): B is before A


def test_windows_and_open_stints() -> None:
    after = case(stint("A", at(2), None), stint("B", at(3), at(4))).stays[0]
    assert (after["stint_window_in"], after["stint_window_out"], after["has_open_stint"]) == (
        at(2),
        at(4),
        False,
    )
    same = case(stint("A", at(2), None), stint("B", at(2), at(4))).stays[0]
    assert (same["stint_window_out"], same["has_open_stint"]) == (None, True)
    unknown = case(stint("A", None, None), stint("B", at(3), at(4))).stays[0]
    assert (unknown["stint_window_out"], unknown["has_open_stint"]) == (
        at(4),
        False,
    )  # a missing book-in is the least


def test_stays_without_s_are_one_stay_and_stays_are_counted_per_person() -> None:
    of = case(stint("A", at(1), at(2), None), stint("B", at(4), at(5), None), stint("C", at(7), at(8), at(7)))
    assert [(one["stay_ID"], one["rows"], one["n_stays"]) for one in of.stays] == [
        (None, (1, 2), 2),
        ("p_2026-03-07", (3,), 2),
    ]


def test_released_at_ignores_book_outs_where_there_is_more_and_takes_the_end_of_the_day() -> None:
    removal = {"departed_date": at(5, 3), "removal_date": D[9]}
    of = case(
        stint("A", at(1, 8), at(30), departed_date=D[29]),
        arrests=[{"apprehension_date_time": at(4, 7)}],
        removals=[removal],
    )
    assert of.released_at == {"r": D[6] - MICROSECOND}
    assert case(stint("A", at(1, 8), None), released_at={"r": at(2, 7), "s": at(2)}).released_at == {
        "r": at(2, 7)
    }
    assert case(stint("A", None, at(2))).released_at == {"r": D[2] - MICROSECOND}  # the stay's book-in
    assert case(stint("A", None, at(2), None)).released_at == {
        "r": D[3] - MICROSECOND
    }  # nothing else is recorded
    assert case(stint("A", None, None, None)).released_at == {"r": None}
