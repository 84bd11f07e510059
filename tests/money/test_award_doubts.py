"""Awards in doubt: sums beside summaries, rows without number or key, amounts and names as they are spelt."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from casefile.made import said

from paradero.casefile.folder import Casefile
from paradero.sources.values.typed import parsed

from .awarded import AWARD, THREE, action, case_of, key, rows_of, short, subaward, summary, table_of


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Casefile:
    """Awards whose actions and summary do not come to the same, each for another reason."""
    when = "2024-01-03"
    actions = [
        action("0", "100000", "2024-01-02", modified=when, award=key("STALE")),
        action("0", "100", "2024-01-02", modified=when, award=key("SAMEDAY")), action("P00003", "50", "2024-12-01", modified="2024-12-02", award=key("SAMEDAY")),
        action("0", "100", "2024-01-02", modified=when, award=key("MIDDLE")), action("P00009", "7", "2024-12-01", modified="2024-12-02", award=key("MIDDLE")),
        action("P00001", "5", "2024-03-01", award=key("UNDATED")), action("P00002", "7", "", award=key("UNDATED")),
        action("", "10", "2024-01-02", award=key("BLANK")), action("P00001", "5", "2024-03-01", award=key("BLANK")),
        action("P00001", "5", "2024-03-01", award=key("LATEBLANK")), action("", "10", "2024-06-02", award=key("LATEBLANK")),
    ]  # fmt: skip
    summaries = [
        summary(key("STALE"), "10100000", "2025-02-01", number_of_actions="9", last_modified_date="2025-03-01"),
        summary(key("SAMEDAY"), "1000", "2024-12-01", last_modified_date="2025-03-01"), summary(key("MIDDLE"), "900", "2024-06-01", last_modified_date="2025-03-01"),
        summary(key("UNDATED"), "50", "2024-06-01"),
    ]  # fmt: skip
    return case_of(tmp_path_factory.mktemp("compared"), {"a.csv": actions, "s.csv": summaries})


@pytest.mark.parametrize(
    ("name", "obligated", "bounds", "basis", "as_of", "flags"),
    [
        (
            "STALE",
            10_100_000,
            (10_100_000, 10_100_000),
            "summary and later actions",
            "2025-03-01",
            ["differs_from_summary", "actions_missing"],
        ),
        (
            "SAMEDAY",
            150,
            (150, 1000),
            "actions",
            "2024-12-02",
            ["differs_from_summary"],
        ),  # nothing says which holds
        (
            "MIDDLE",
            107,
            (107, 907),
            "actions",
            "2024-12-02",
            ["differs_from_summary"],
        ),  # nor here: the later action is added to both
        (
            "UNDATED",
            50,
            (50, 57),
            "summary and later actions",
            "2024-06-01",
            ["differs_from_summary", "actions_missing"],
        ),
        (
            "BLANK",
            15,
            (15, 15),
            "actions",
            "2024-03-01",
            [],
        ),  # without a number, and the earliest: the first action
        ("LATEBLANK", 15, (15, 15), "actions", "2024-06-02", ["actions_missing"]),
    ],
)
def test_a_sum_of_actions_does_not_stand_over_a_summary_that_knows_more(
    compared: Casefile,
    name: str,
    obligated: int,
    bounds: tuple[int, int],
    basis: str,
    as_of: str,
    flags: list[str],
) -> None:
    row = rows_of(compared)[key(name)]
    assert (row["obligated"], (row["obligated_lo"], row["obligated_hi"]), row["obligated_from"]) == (
        obligated,
        bounds,
        basis,
    )
    assert (row["as_of"], row["flags"]) == (as_of, flags)


def test_rows_that_the_sum_does_not_rest_on_do_not_move_its_day(tmp_path: Path) -> None:
    later = [summary(AWARD, "150.00", "2024-06-30", last_modified_date="2026-01-01")]
    (row,) = rows_of(case_of(tmp_path, {"a.csv": THREE, "s.csv": later})).values()
    assert (row["obligated_from"], row["as_of"], row["flags"]) == ("actions", "2024-07-01", ["deobligated"])


def test_numbers_of_modifications_are_one_with_and_without_zeros_before_them(tmp_path: Path) -> None:
    files = {
        f"{zero}.csv": [
            action(zero, "100", "2024-01-02", number=zero),
            action(one, "50", "2024-03-02", number=zero),
        ]
        for zero, one in (("0", "1"), ("00", "0001"), ("000", "01"))
    }
    (row,) = rows_of(case_of(tmp_path, files)).values()
    assert (row["obligated"], row["n_actions"], row["n_action_rows"], row["flags"]) == (150, 2, 6, [])


def test_a_corrected_row_without_number_takes_the_action_its_file_does_not_account_for(
    tmp_path: Path,
) -> None:
    old = [action("0", "100", "2024-01-02", number="1"), action("0", "200", "2024-01-02", number="2")]
    new = [short("0", "100", "2024-01-02"), short("0", "250", "2024-01-02")]
    (row,) = rows_of(case_of(tmp_path / "one", {"a.csv": old, "b.csv": new})).values()
    assert (row["obligated"], row["obligated_lo"], row["obligated_hi"], row["n_actions"]) == (
        350,
        300,
        350,
        2,
    )
    assert row["flags"] == ["action_changed", "action_unclear"]
    three = [*new, short("0", "200", "2024-01-02")]  # a file that has all three says that they are three
    (row,) = rows_of(case_of(tmp_path / "two", {"a.csv": old, "b.csv": new, "c.csv": three})).values()
    assert (row["obligated"], row["n_actions"], row["flags"]) == (550, 3, [])


def keyless(cells: Mapping[str, Any], **more: str) -> Mapping[str, Any]:
    return {**cells, "contract_award_unique_key": "", **more}


def test_a_row_without_key_is_of_the_one_award_it_can_be_of(tmp_path: Path) -> None:
    base = action("0", "100", "2024-01-02")
    both = rows_of(
        case_of(
            tmp_path / "keyed",
            {
                "a.csv": [base],
                "b.csv": [keyless(base)],
                "s.csv": [keyless(summary(AWARD, "100", "2024-01-02"), parent_award_id_piid="V1")],
            },
        )
    )
    assert {
        name: (row["obligated"], row["n_action_rows"], row["n_summary_rows"], row["flags"])
        for name, row in both.items()
    } == {AWARD: (100, 2, 1, [])}
    reported = {**subaward("r1", "S-1", "40", prime_award_parent_piid="V1"), "prime_award_unique_key": ""}
    neither = rows_of(case_of(tmp_path / "neither", {"a.csv": [keyless(base)], "sub.csv": [reported]}))
    assert {name: (row["obligated"], row["subawarded"], row["flags"]) for name, row in neither.items()} == {
        "PIID_A1_V1_7012": (100, 40, ["key_not_stated"])
    }
    other = keyless(action("0", "700", "2024-05-02"), contract_transaction_unique_key="3600_7012_A1_0_V1_0")
    agencies = rows_of(case_of(tmp_path / "agencies", {"a.csv": [base, other]}))
    assert {name: (row["obligated"], row["flags"]) for name, row in agencies.items()} == {
        AWARD: (100, []),
        "PIID_A1_V1_3600": (700, ["key_not_stated"]),
    }
    apart = rows_of(case_of(tmp_path / "apart", {"a.csv": [base, keyless(base, parent_award_id_piid="")]}))
    assert {name: row["flags"] for name, row in apart.items()} == {
        AWARD: [],
        "PIID_A1_-NONE-_7012": ["key_not_stated", "may_repeat_another"],
    }


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1,234.50", "1234.50"), ("$1,000,000", "1000000"), ("(100)", "-100"), ("($1,234.50)", "-1234.50"), ("\u2212100", "-100"), ("-$50.00", "-50"), ("$-50", "-50"), ("5.", "5"),
        ("12,50", None), ("1,23", None), ("1,000,00", None), ("1,0000", None), (",100", None), ("(-100)", None), ("100-", None), ("1e3", None), ("(100", None), ("12.345", None),
    ],
)  # fmt: skip
def test_an_amount_is_read_as_it_is_written_or_not_at_all(text: str, amount: str | None) -> None:
    with duckdb.connect() as connection:
        assert parsed(connection, pa.array([text]), "money").to_pylist() == [
            None if amount is None else Decimal(amount)
        ]


def test_what_one_row_says_of_a_person_holds_for_all_rows_of_the_award_and_the_uei(tmp_path: Path) -> None:
    one = {
        "recipient_name": "PERSON ONE",
        "recipient_uei": "UEIPERSON001",
        "recipient_parent_name": "PERSON ONE",
        "recipient_parent_uei": "UEIPERSON001",
    }
    two = {"recipient_name": "PERSON TWO", "recipient_uei": ""}
    nine = key("NINE")
    files = {
        "a.csv": [
            action("0", "1", "2024-01-02", award=key("ONE"), sole_proprietorship="t", **one),
            action("0", "1", "2024-01-02", award=key("ELSEWHERE"), **one),
        ],
        "b.csv": [
            action("P00001", "1", "2024-03-02", award=key("ONE"), **one),
            action("0", "2", "2024-03-02", award=nine),
        ],
        "s.csv": [
            summary(key("ONE"), "2", "2024-03-02", **one),
            summary("ASST_NON_F2_7022", "9", "2024-03-02", business_types_description="P: INDIVIDUAL", **two),
        ],
        "t.csv": [summary("ASST_NON_F3_7022", "9", "2024-03-02", **two)],
        "sub.csv": [
            subaward(
                "r1",
                "1",
                "1",
                prime=nine,
                subawardee_name="PERSON THREE",
                subawardee_uei="",
                subawardee_business_types="Sole Proprietorship, For Profit",
            ),
            subaward("r2", "2", "1", prime=nine, subawardee_name="PERSON ONE", subawardee_uei="UEIPERSON001"),
            subaward("r3", "3", "1", prime=nine, subawardee_name="PERSON THREE", subawardee_uei=""),
            subaward("r4", "4", "1", prime=key("ONE"), prime_awardee_name="PERSON ONE", prime_awardee_uei=""),
        ],
    }
    case = case_of(tmp_path, files)
    answers = "".join(
        said(case.root, *words).out
        for words in (
            ("awards",),
            ("awards", "--json"),
            ("awards", "--csv"),
            ("awards", "--csv", "--by-recipient"),
        )
    )
    tables = "".join(
        str(table_of(case, name))
        for name in ("awards", "award_records", "award_recipients", "subawards", "award_parties")
    )
    assert "PERSON ONE" not in answers + tables
    assert "PERSON TWO" not in answers + tables
    assert "PERSON THREE" not in answers + tables
    assert {name for name, row in rows_of(case).items() if "sole_proprietor" not in row["flags"]} == {nine}
    told = {
        row["subaward_number"]: (
            row["is_sole_proprietor"],
            row["prime_is_sole_proprietor"],
            row["subawardee_name"],
            row["prime_name"],
        )
        for row in table_of(case, "subawards")
    }
    assert told == {
        "1": (True, False, None, "GUARDS EXAMPLE LLC"), "2": (True, False, None, "GUARDS EXAMPLE LLC"), "3": (True, False, None, "GUARDS EXAMPLE LLC"),
        "4": (False, True, "MEALS EXAMPLE INC", None),
    }  # fmt: skip
    assert len(table_of(case, "award_recipients")) == 4  # persons without UEI are not thrown together


def test_descriptions_that_number_a_person_are_withheld_and_others_stay_in_the_rows_alone(
    tmp_path: Path,
) -> None:
    words = "ESCORT OF DETAINEE PERSON FOUR A098-765-432 DOB 03/04/1990"
    meals = action("1", "10", "2024-01-03", transaction_description="BREAKFASTS")
    files = {
        "a.csv": [
            action(
                "0",
                "150",
                "2024-01-02",
                transaction_description=words,
                prime_award_base_transaction_description=words,
            ),
            meals,
        ],
        "s.csv": [summary(AWARD, "150", "2024-01-02", prime_award_base_transaction_description=words)],
        "sub.csv": [
            subaward(
                "r1", "1", "1", subaward_description=words, prime_award_base_transaction_description=words
            )
        ],
    }
    case = case_of(tmp_path, files)
    answers = "".join(
        said(case.root, *asked).out for asked in (("awards",), ("awards", "--json"), ("awards", "--csv"))
    )
    tables = "".join(
        str(table_of(case, name))
        for name in ("awards", "award_records", "award_recipients", "award_actions", "subawards")
    )
    assert "098-765" not in answers + tables
    assert "098-765" not in str(table_of(case, "award_transaction_rows"))
    assert "[withheld by paradero: number of a person]" in str(table_of(case, "award_transaction_rows"))
    assert "BREAKFASTS" in str(table_of(case, "award_transaction_rows"))
    assert "BREAKFASTS" not in answers + tables


def test_a_name_as_it_is_spelt_comes_before_one_without_its_legal_form(tmp_path: Path) -> None:
    rows = [
        action(
            "0",
            "1",
            "2024-01-02",
            award=key(form),
            recipient_name=f"ACME {form}",
            recipient_uei="",
            recipient_parent_name="",
            recipient_parent_uei="",
        )
        for form in ("LLC", "INC")
    ]
    case = case_of(tmp_path, {"a.csv": rows})
    assert set(rows_of(case, "Acme, L.L.C.")) == {key("LLC")}
    assert set(rows_of(case, "ACME INC")) == {key("INC")}
    assert set(rows_of(case, "acme")) == set(rows_of(case, "ACME CORP")) == {key("LLC"), key("INC")}
