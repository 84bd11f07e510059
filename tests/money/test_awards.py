"""Awards: each once, whatever the downloads overlap in; what differs is flagged, what names a person is left out."""

from __future__ import annotations

import random
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from casefile.made import said

from paradero.answers.companies import awards as report
from paradero.building.tables import open_tables
from paradero.casefile.folder import Casefile
from paradero.sources.values.typed import parsed

from .awarded import AWARD, IDV, action, case_of, short, subaward, summary

THREE = [
    action("0", "100.00", "2024-01-02", modified="2024-01-03"),
    action("P00001", "75.10", "2024-03-01", modified="2024-03-02"),
    action("P00002", "-25.10", "2024-06-30", modified="2024-07-01", current_total_value_of_award="150", potential_total_value_of_award="400"),
]


def rows_of(case: Casefile, *names: str) -> dict[str, dict[str, Any]]:
    with open_tables(case, *report.TABLES) as built:
        return {row["award_key"]: row for row in report.award_rows(built, names)}


def test_each_modification_counts_once_however_many_downloads_hold_it(tmp_path: Path) -> None:
    case = case_of(
        tmp_path, {"a.csv": [*THREE, THREE[1]], "b.csv": THREE[1:], "short.csv": [short("P00001", "75.1", "2024-03-01"), short("0", "100.0", "2024-01-02")]}
    )
    (row,) = rows_of(case).values()
    assert (row["obligated"], row["obligated_lo"], row["obligated_hi"]) == (Decimal("150.00"),) * 3
    assert (row["n_actions"], row["n_action_rows"], row["deobligated"]) == (3, 8, Decimal("-25.10"))
    assert (row["current_value"], row["value_as_of"], row["ceiling"]) == (Decimal("150.00"), "2024-06-30", Decimal("400.00"))
    assert row["flags"] == ["deobligated"]
    assert [one["counted"] for one in row["citations"]].count(True) == 3
    assert all(one["counted"] or one["counted_as"] in {other["address"] for other in row["citations"]} for one in row["citations"])


def key(name: str) -> str:
    return f"CONT_AWD_{name}_7012_-NONE-_-NONE-"


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Casefile:
    """One casefile of many awards, each overlapping in its own way in two downloads with transaction numbers and two without."""
    first = [
        action("0", "100", "2024-01-02", award=key("NUMBERED")), action("0", "40", "2024-01-02", number="1", award=key("NUMBERED")),
        action("0", "100", "2024-01-02", modified="2024-05-01", award=key("CORRECTED")),
        action("0", "100.00", "2024-01-02", award=key("UNREAD")), action("P00001", "12.345", "2024-03-01", award=key("UNREAD")),
        action("P00002", "see contract", "2024-04-01", award=key("UNREAD")),
        action("P00007", "5", "2024-03-01", total_dollars_obligated="1000", award=key("PART")),
    ]  # fmt: skip
    second = [action("0", "90", "2024-01-02", modified="2024-04-01", award=key("CORRECTED"))]
    shorts = [
        short("0", "100", "2024-01-02", award=key("SHORT")), short("0", "40", "2024-01-02", award=key("SHORT")),
        short("0", "40", "2024-01-02", award=key("SHORT"), what="THE SAME IN OTHER WORDS"), short("0", "100", "2024-01-02", award=key("UNCLEAR")),
    ]  # fmt: skip
    later = [shorts[0], short("0", "90", "2024-01-02", award=key("UNCLEAR"))]
    return case_of(tmp_path_factory.mktemp("many"), {"a.csv": first, "b.csv": second, "short1.csv": shorts, "short2.csv": later})


@pytest.mark.parametrize(
    ("name", "obligated", "bounds", "n_actions", "flags"),
    [
        ("NUMBERED", 140, (140, 140), 2, []),  # two actions under one modification number
        ("SHORT", 140, (140, 140), 2, []),  # the same without transaction numbers, in two files
        ("CORRECTED", 100, (100, 100), 1, ["action_changed"]),  # the version last modified counts
        ("UNCLEAR", 90, (90, 100), 1, ["action_changed", "action_unclear"]),  # nothing tells the versions apart
        ("UNREAD", 100, (None, None), 3, ["amount_unreadable"]),  # in no sum, and the bounds are open
        ("PART", 5, (5, 5), 1, ["differs_from_running_total", "actions_missing"]),  # a part of an award says so
    ],
)
def test_an_action_counts_once_and_what_is_odd_is_flagged(
    many: Casefile, name: str, obligated: int, bounds: tuple[int | None, int | None], n_actions: int, flags: list[str]
) -> None:
    row = rows_of(many)[key(name)]
    assert (row["obligated"], (row["obligated_lo"], row["obligated_hi"]), row["n_actions"], row["flags"]) == (obligated, bounds, n_actions, flags)


def test_amounts_that_cannot_be_read_are_rejects_with_their_text(many: Casefile) -> None:
    with open_tables(many, "rejects") as built:
        assert [one["value"] for one in built.rows("SELECT value FROM rejects ORDER BY source_row")] == ["12.345", "see contract"]


def fpds(modification: str, amount: str, on: str, *, piid: str = "A1", parent: str = "V1") -> dict[str, str]:
    """One row of FPDS's search export."""
    return {
        "Contract ID": piid, "Modification Number": modification, "Reference IDV": parent, "Award/IDV Type": "DELIVERY ORDER", "Contracting Agency ID": "7012",
        "Contracting Agency": "U.S. IMMIGRATION AND CUSTOMS ENFORCEMENT", "Legal Business Name": "GUARDS EXAMPLE LLC", "Action Obligation ($)": amount,
        "Date Signed": on, "PSC": "S206", "PSC Description": "HOUSEKEEPING- GUARD", "NAICS": "561612",
    }  # fmt: skip


def test_fpds_and_usaspending_tell_of_the_same_actions_and_each_counts_once(tmp_path: Path) -> None:
    export = [fpds("0", "$100,000.00", "Jan 2, 2024"), fpds("P00001", "($25,000.00)", "03/01/2024"), fpds("0", "$7.00", "Jan 9, 2024", piid="B2", parent="")]
    alone = case_of(tmp_path / "alone", {"fpds.csv": export})
    assert sorted(row["obligated"] for row in rows_of(alone).values()) == [7, 75_000]
    both = case_of(tmp_path / "both", {"fpds.csv": export, "a.csv": [action("0", "100000", "2024-01-02"), action("P00001", "-25000", "2024-03-01")]})
    assert (rows_of(both)[AWARD]["obligated"], rows_of(both)[AWARD]["n_actions"], len(rows_of(both))) == (75_000, 2, 2)


def test_where_the_first_action_is_not_on_record_the_summary_counts_and_what_came_after_it(tmp_path: Path) -> None:
    later = [action("P00002", "40", "2024-02-01"), action("P00003", "-15", "2024-04-01", modified="2024-05-01"), action("P00003", "-15", "2024-04-01")]
    case = case_of(tmp_path, {"a.csv": later, "s.csv": [summary(AWARD, "175.10", "2024-03-01")]})
    row = rows_of(case)[AWARD]
    assert (row["obligated"], row["obligated_from"], row["obligated_actions"]) == (Decimal("160.10"), "summary and later actions", 25)
    assert (row["obligated_lo"], row["obligated_hi"]) == (Decimal("160.10"), Decimal("160.10"))
    assert "actions_missing" in row["flags"]


def test_summary_and_actions_are_compared_and_only_one_is_counted(tmp_path: Path) -> None:
    case = case_of(
        tmp_path,
        {
            "a.csv": THREE,
            "s.csv": [summary(AWARD, "175.10", "2024-03-01"), summary(IDV, "0", "2023-10-01", ceiling="5000000"), summary(key("OTHER"), "151", "2024-06-30")],
            "b.csv": [action("0", "150", "2024-06-30", award=key("OTHER"))],
        },
    )
    row, vehicle = rows_of(case)[AWARD], rows_of(case)[IDV]
    assert (row["obligated"], row["obligated_from"], row["actions_less_summary"]) == (150, "actions", Decimal("-25.10"))
    assert row["flags"] == ["differs_from_summary", "summary_is_older", "deobligated"]
    assert (row["kind"], row["parent_key"], vehicle["kind"], vehicle["ceiling"]) == ("order", IDV, "idv", 5_000_000)
    assert rows_of(case)[key("OTHER")]["flags"] == ["differs_from_summary"]
    with open_tables(case, *report.TABLES) as built:
        (recipient,) = report.recipient_rows(built, report.award_rows(built))
    assert (recipient["n_awards"], recipient["obligated"], recipient["ceiling_idvs"], recipient["ceiling_orders"]) == (3, 300, 5_000_000, 400)
    assert recipient["parent_name"] == "HOLDING EXAMPLE INC"


def test_two_states_of_one_award_are_not_added(tmp_path: Path) -> None:
    older, newer = (
        {f"Contracts_PrimeAwardSummaries_{day}_H01M02S03_1.csv": [summary(AWARD, total, day, total_outlayed_amount=paid)]}
        for day, total, paid in (("2024-01-05", "100", "10"), ("2024-08-05", "150", ""))
    )
    (row,) = rows_of(case_of(tmp_path, {**newer, **older})).values()
    assert (row["obligated"], row["outlayed"], row["outlayed_as_of"], row["as_of"], row["n_summary_rows"]) == (150, 10, "2024-01-05", "2024-08-05", 2)


def test_subawards_are_part_of_the_primes_money(tmp_path: Path) -> None:
    reports = [
        subaward("r1", "S-1", "90"),
        subaward("r1", "S-1", "95", modified="2024-03-20"),
        subaward("r2", "S-1", "70"),
        subaward("r3", "S-2", "1", prime="CONT_AWD_B9_7012_-NONE-_-NONE-"),
    ]
    case = case_of(tmp_path, {"a.csv": THREE, "sub.csv": reports, "again.csv": reports})
    rows = rows_of(case)
    assert (rows[AWARD]["obligated"], rows[AWARD]["subawarded"], rows[AWARD]["subawarded_lo"], rows[AWARD]["n_subawards"]) == (150, 165, 95, 2)
    assert rows[AWARD]["flags"] == ["deobligated", "subawards_over_prime", "subaward_reported_again"]
    other = rows["CONT_AWD_B9_7012_-NONE-_-NONE-"]
    assert (other["obligated"], other["obligated_from"], other["kind"]) == (150, "subaward reports", "contract")


def test_officers_telephones_and_sole_proprietors_are_in_no_table_or_answer(tmp_path: Path) -> None:
    named = action(
        "0", "1", "2024-01-02", highly_compensated_officer_1_name="PERSON ONE", highly_compensated_officer_1_amount="999999", recipient_phone_number="5550100",
        recipient_fax_number="5550101",
    )  # fmt: skip
    alone = action("0", "2", "2024-01-02", award="CONT_AWD_S1_7012_-NONE-_-NONE-", recipient_name="PERSON TWO", sole_proprietorship="t")
    reports = [subaward("r", "1", "1", subawardee_highly_compensated_officer_1_name="PERSON THREE")]
    case = case_of(tmp_path, {"a.csv": [named, alone], "sub.csv": reports})
    answer = said(case.root, "awards", "--json").out + said(case.root, "awards", "--csv").out + said(case.root, "awards").out
    built = b"".join(path.read_bytes() for path in case.build.rglob("awards.parquet")).decode("latin-1")
    rows = "".join(str(row) for kind in ("award_transaction_rows", "subaward_rows") for row in _table(case, kind))
    for words in ("PERSON ONE", "999999", "5550100", "5550101", "PERSON THREE"):
        assert words not in answer + built + rows
    assert "PERSON TWO" not in answer + built
    assert "sole_proprietor" in rows_of(case)["CONT_AWD_S1_7012_-NONE-_-NONE-"]["flags"]
    address = rows_of(case)[AWARD]["citations"][0]["address"]
    assert said(case.root, "rows", address, "--json").json[0]["cells"]["highly_compensated_officer_1_name"] == "(a direct identifier, not shown)"


def _table(case: Casefile, name: str) -> list[dict[str, Any]]:
    with open_tables(case, name) as built:
        return built.rows(f"SELECT * FROM {name}")


def test_neither_order_nor_splitting_nor_doubling_of_downloads_changes_an_award(tmp_path: Path) -> None:
    chance = random.Random(5)
    actions = [
        action(f"P{number:05}" if number else "0", f"{chance.randrange(-5000, 9000) / 100:.2f}", f"2024-{1 + number:02}-02", award=f"CONT_AWD_{name}_7012_-NONE-_-NONE-", modified=f"2024-{1 + number:02}-03")
        for name in ("A", "B", "C")
        for number in range(6)
    ]  # fmt: skip
    compared = ("obligated", "obligated_lo", "obligated_hi", "deobligated", "n_actions", "flags", "recipient_name", "as_of")
    once = {key: [row[name] for name in compared] for key, row in rows_of(case_of(tmp_path / "once", {"a.csv": actions})).items()}
    assert once["CONT_AWD_A_7012_-NONE-_-NONE-"][0] == sum(Decimal(str(one["federal_action_obligation"])) for one in actions[:6])
    files = {f"{number}.csv": chance.sample(actions, 12) for number in range(3)} | {"rest.csv": chance.sample(actions, len(actions))}
    assert {key: [row[name] for name in compared] for key, row in rows_of(case_of(tmp_path / "split", files)).items()} == once


def test_an_award_is_asked_for_by_any_of_its_names_and_nothing_merely_alike(tmp_path: Path) -> None:
    case = case_of(tmp_path, {"a.csv": THREE})
    for name in (AWARD, "a1", "UEIGUARDS001", "Guards Example, L.L.C.", "holding example"):
        assert said(case.root, "awards", name, "--json").json["n_rows"] == 1
    heard = said(case.root, "awards", "Guard Example")
    assert heard.code == 1
    assert "Did you mean `GUARDS EXAMPLE LLC`" in heard.err
    answer = said(case.root, "awards", "--json").json
    assert (answer["unit"], answer["total"]["obligated"], answer["total"]["as_of"]) == ("USD, nominal", 150.0, "2024-07-01")
    assert set(answer["definitions"]) == {"obligated", "outlayed", "current_value", "ceiling", "subawarded", "as_of"}
    assert said(case.root, "awards", "--csv").out.splitlines()[1].startswith(f"{AWARD},order,{IDV},A1,UEIGUARDS001,")
    assert "techo" in said(case.root, "awards", "--lang", "es").out


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
        ("STALE", 10_100_000, (10_100_000, 10_100_000), "summary and later actions", "2025-03-01", ["differs_from_summary", "actions_missing"]),
        ("SAMEDAY", 150, (150, 1000), "actions", "2024-12-02", ["differs_from_summary"]),  # nothing says which holds
        ("MIDDLE", 107, (107, 907), "actions", "2024-12-02", ["differs_from_summary"]),  # nor here: the later action is added to both
        ("UNDATED", 50, (50, 57), "summary and later actions", "2024-06-01", ["differs_from_summary", "actions_missing"]),
        ("BLANK", 15, (15, 15), "actions", "2024-03-01", []),  # without a number, and the earliest: the first action
        ("LATEBLANK", 15, (15, 15), "actions", "2024-06-02", ["actions_missing"]),
    ],
)
def test_a_sum_of_actions_does_not_stand_over_a_summary_that_knows_more(
    compared: Casefile, name: str, obligated: int, bounds: tuple[int, int], basis: str, as_of: str, flags: list[str]
) -> None:
    row = rows_of(compared)[key(name)]
    assert (row["obligated"], (row["obligated_lo"], row["obligated_hi"]), row["obligated_from"]) == (obligated, bounds, basis)
    assert (row["as_of"], row["flags"]) == (as_of, flags)


def test_rows_that_the_sum_does_not_rest_on_do_not_move_its_day(tmp_path: Path) -> None:
    later = [summary(AWARD, "150.00", "2024-06-30", last_modified_date="2026-01-01")]
    (row,) = rows_of(case_of(tmp_path, {"a.csv": THREE, "s.csv": later})).values()
    assert (row["obligated_from"], row["as_of"], row["flags"]) == ("actions", "2024-07-01", ["deobligated"])


def test_numbers_of_modifications_are_one_with_and_without_zeros_before_them(tmp_path: Path) -> None:
    files = {
        f"{zero}.csv": [action(zero, "100", "2024-01-02", number=zero), action(one, "50", "2024-03-02", number=zero)]
        for zero, one in (("0", "1"), ("00", "0001"), ("000", "01"))
    }
    (row,) = rows_of(case_of(tmp_path, files)).values()
    assert (row["obligated"], row["n_actions"], row["n_action_rows"], row["flags"]) == (150, 2, 6, [])


def test_a_corrected_row_without_number_takes_the_action_its_file_does_not_account_for(tmp_path: Path) -> None:
    old = [action("0", "100", "2024-01-02", number="1"), action("0", "200", "2024-01-02", number="2")]
    new = [short("0", "100", "2024-01-02"), short("0", "250", "2024-01-02")]
    (row,) = rows_of(case_of(tmp_path / "one", {"a.csv": old, "b.csv": new})).values()
    assert (row["obligated"], row["obligated_lo"], row["obligated_hi"], row["n_actions"]) == (350, 300, 350, 2)
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
            tmp_path / "keyed", {"a.csv": [base], "b.csv": [keyless(base)], "s.csv": [keyless(summary(AWARD, "100", "2024-01-02"), parent_award_id_piid="V1")]}
        )
    )
    assert {name: (row["obligated"], row["n_action_rows"], row["n_summary_rows"], row["flags"]) for name, row in both.items()} == {AWARD: (100, 2, 1, [])}
    reported = {**subaward("r1", "S-1", "40", prime_award_parent_piid="V1"), "prime_award_unique_key": ""}
    neither = rows_of(case_of(tmp_path / "neither", {"a.csv": [keyless(base)], "sub.csv": [reported]}))
    assert {name: (row["obligated"], row["subawarded"], row["flags"]) for name, row in neither.items()} == {"PIID_A1_V1_7012": (100, 40, ["key_not_stated"])}
    other = keyless(action("0", "700", "2024-05-02"), contract_transaction_unique_key="3600_7012_A1_0_V1_0")
    agencies = rows_of(case_of(tmp_path / "agencies", {"a.csv": [base, other]}))
    assert {name: (row["obligated"], row["flags"]) for name, row in agencies.items()} == {AWARD: (100, []), "PIID_A1_V1_3600": (700, ["key_not_stated"])}
    apart = rows_of(case_of(tmp_path / "apart", {"a.csv": [base, keyless(base, parent_award_id_piid="")]}))
    assert {name: row["flags"] for name, row in apart.items()} == {AWARD: [], "PIID_A1_-NONE-_7012": ["key_not_stated", "may_repeat_another"]}


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1,234.50", "1234.50"), ("$1,000,000", "1000000"), ("(100)", "-100"), ("($1,234.50)", "-1234.50"), ("\u2212100", "-100"), ("-$50.00", "-50"), ("$-50", "-50"), ("5.", "5"),
        ("12,50", None), ("1,23", None), ("1,000,00", None), ("1,0000", None), (",100", None), ("(-100)", None), ("100-", None), ("1e3", None), ("(100", None), ("12.345", None),
    ],
)  # fmt: skip
def test_an_amount_is_read_as_it_is_written_or_not_at_all(text: str, amount: str | None) -> None:
    with duckdb.connect() as connection:
        assert parsed(connection, pa.array([text]), "money").to_pylist() == [None if amount is None else Decimal(amount)]


def test_what_one_row_says_of_a_person_holds_for_all_rows_of_the_award_and_the_uei(tmp_path: Path) -> None:
    one = {"recipient_name": "PERSON ONE", "recipient_uei": "UEIPERSON001", "recipient_parent_name": "PERSON ONE", "recipient_parent_uei": "UEIPERSON001"}
    two = {"recipient_name": "PERSON TWO", "recipient_uei": ""}
    nine = key("NINE")
    files = {
        "a.csv": [
            action("0", "1", "2024-01-02", award=key("ONE"), sole_proprietorship="t", **one),
            action("0", "1", "2024-01-02", award=key("ELSEWHERE"), **one),
        ],
        "b.csv": [action("P00001", "1", "2024-03-02", award=key("ONE"), **one), action("0", "2", "2024-03-02", award=nine)],
        "s.csv": [
            summary(key("ONE"), "2", "2024-03-02", **one),
            summary("ASST_NON_F2_7022", "9", "2024-03-02", business_types_description="P: INDIVIDUAL", **two),
        ],
        "t.csv": [summary("ASST_NON_F3_7022", "9", "2024-03-02", **two)],
        "sub.csv": [
            subaward(
                "r1", "1", "1", prime=nine, subawardee_name="PERSON THREE", subawardee_uei="", subawardee_business_types="Sole Proprietorship, For Profit"
            ),
            subaward("r2", "2", "1", prime=nine, subawardee_name="PERSON ONE", subawardee_uei="UEIPERSON001"),
            subaward("r3", "3", "1", prime=nine, subawardee_name="PERSON THREE", subawardee_uei=""),
            subaward("r4", "4", "1", prime=key("ONE"), prime_awardee_name="PERSON ONE", prime_awardee_uei=""),
        ],
    }
    case = case_of(tmp_path, files)
    answers = "".join(said(case.root, *words).out for words in (("awards",), ("awards", "--json"), ("awards", "--csv"), ("awards", "--csv", "--by-recipient")))
    tables = "".join(str(_table(case, name)) for name in ("awards", "award_records", "award_recipients", "subawards", "award_parties"))
    assert "PERSON ONE" not in answers + tables
    assert "PERSON TWO" not in answers + tables
    assert "PERSON THREE" not in answers + tables
    assert {name for name, row in rows_of(case).items() if "sole_proprietor" not in row["flags"]} == {nine}
    told = {
        row["subaward_number"]: (row["is_sole_proprietor"], row["prime_is_sole_proprietor"], row["subawardee_name"], row["prime_name"])
        for row in _table(case, "subawards")
    }
    assert told == {
        "1": (True, False, None, "GUARDS EXAMPLE LLC"), "2": (True, False, None, "GUARDS EXAMPLE LLC"), "3": (True, False, None, "GUARDS EXAMPLE LLC"),
        "4": (False, True, "MEALS EXAMPLE INC", None),
    }  # fmt: skip
    assert len(_table(case, "award_recipients")) == 4  # persons without UEI are not thrown together


def test_descriptions_that_number_a_person_are_withheld_and_others_stay_in_the_rows_alone(tmp_path: Path) -> None:
    words = "ESCORT OF DETAINEE PERSON FOUR A098-765-432 DOB 03/04/1990"
    meals = action("1", "10", "2024-01-03", transaction_description="BREAKFASTS")
    files = {
        "a.csv": [action("0", "150", "2024-01-02", transaction_description=words, prime_award_base_transaction_description=words), meals],
        "s.csv": [summary(AWARD, "150", "2024-01-02", prime_award_base_transaction_description=words)],
        "sub.csv": [subaward("r1", "1", "1", subaward_description=words, prime_award_base_transaction_description=words)],
    }
    case = case_of(tmp_path, files)
    answers = "".join(said(case.root, *asked).out for asked in (("awards",), ("awards", "--json"), ("awards", "--csv")))
    tables = "".join(str(_table(case, name)) for name in ("awards", "award_records", "award_recipients", "award_actions", "subawards"))
    assert "098-765" not in answers + tables
    assert "098-765" not in str(_table(case, "award_transaction_rows"))
    assert "[withheld by paradero: number of a person]" in str(_table(case, "award_transaction_rows"))
    assert "BREAKFASTS" in str(_table(case, "award_transaction_rows"))
    assert "BREAKFASTS" not in answers + tables


def test_a_name_as_it_is_spelt_comes_before_one_without_its_legal_form(tmp_path: Path) -> None:
    rows = [
        action("0", "1", "2024-01-02", award=key(form), recipient_name=f"ACME {form}", recipient_uei="", recipient_parent_name="", recipient_parent_uei="")
        for form in ("LLC", "INC")
    ]
    case = case_of(tmp_path, {"a.csv": rows})
    assert set(rows_of(case, "Acme, L.L.C.")) == {key("LLC")}
    assert set(rows_of(case, "ACME INC")) == {key("INC")}
    assert set(rows_of(case, "acme")) == set(rows_of(case, "ACME CORP")) == {key("LLC"), key("INC")}
